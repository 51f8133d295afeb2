"""What reading a file answers, whatever comes of it."""

from __future__ import annotations

from pathlib import Path

from core.sources import SourceError, read_file


def answer_of(path: Path) -> str:
    """The text of a file's pages, or the sentence that refuses it."""
    try:
        return "".join(page.text for page in read_file(path))
    except SourceError as error:
        return str(error)
