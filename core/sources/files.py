"""Which reader a file needs."""

from __future__ import annotations

from pathlib import Path

from core.records import Page
from core.sources.plain import read_plain


def read_file(path: Path) -> Page:
    """The page that a file holds."""
    return read_plain(path.read_bytes(), path.name)
