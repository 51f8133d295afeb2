"""Files in: one module a file format, each gives ``Page`` objects or says in the user's words why not."""

from core.sources.errors import SourceError, refusal
from core.sources.files import SUFFIXES, is_read_in_c, is_readable, name_of, read_file, read_pasted

__all__ = ["SUFFIXES", "SourceError", "is_read_in_c", "is_readable", "name_of", "read_file", "read_pasted", "refusal"]
