"""Files in: one module a file format, each gives a ``Page``."""

from core.sources.files import read_file

__all__ = ["read_file"]
