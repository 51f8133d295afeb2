"""Pieces of body text: the printed lines of articles, each with what its words show."""

from __future__ import annotations

from dataclasses import dataclass

from core.reading.page.signs import Marked
from core.records import Span


@dataclass(slots=True)
class Piece:
    """A line of body text, or a heading inside an article."""

    number: int
    marked: Marked
    item: int
    """The number of the printed line that it came from."""
    subhead: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return where it stands on the page."""
        return self.marked.spans

    @property
    def text(self) -> str:
        """Return its words."""
        return self.marked.text

    @property
    def ends_open(self) -> bool:
        """Return whether it stops in the middle of a sentence."""
        return not self.subhead and self.marked.closes is None and self.marked.ends_open
