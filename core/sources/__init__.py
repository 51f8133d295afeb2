"""Files in: one module a file format, each gives ``Page`` objects or says in the user's words why not."""

from core.sources.errors import PASTE, SourceError, refusal
from core.sources.files import KINDS, SUFFIXES, is_plain, is_readable, name_of, read_file, read_pasted

__all__ = [
    "KINDS",
    "PASTE",
    "SUFFIXES",
    "SourceError",
    "is_plain",
    "is_readable",
    "name_of",
    "read_file",
    "read_pasted",
    "refusal",
]
