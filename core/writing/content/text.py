"""What a kind of document must be able to write: runs with styles, notes, paragraphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Text(Protocol):
    """Makes the text of a document, whose pieces are strings of its own format; styles are those of ``docx.looks``."""

    def run(self, text: str, style_id: str = "", role: str = "text") -> str:
        """Return text in a style of characters; ``role`` names the font of the paragraph that it stands in."""

    def marked(self, inside: str, mark_id: str) -> str:
        """Return runs with a hidden mark around them that names what they are."""

    def note(self, text: str) -> str:
        """Keep a note, and return what refers to it."""

    def notes(self) -> str:
        """Return the notes that are not at the foot of their pages anyway, since the last time."""

    def to_reference(self, number: int) -> str:
        """Return a raised number that leads to an entry of the list of sources."""

    def reference(self, number: int, text: str) -> str:
        """Return that entry."""

    def paragraph(self, inside: str, style_id: str = "Normal") -> str:
        """Return a paragraph of runs."""

    def table_start(self, heads: Sequence[str], shares: Sequence[int]) -> str:
        """Return the beginning of a table with its head, which repeats; ``shares`` of its width are hundredths."""

    def row(self, cells: Sequence[str], shares: Sequence[int]) -> str:
        """Return a row of cells that are paragraphs."""

    def table_end(self) -> str:
        """Return the end of a table."""
