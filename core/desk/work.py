"""One page on the desk with everything that belongs to it until it is in the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.desk.desk import Desk
from core.desk.edits import Edit
from core.desk.pieces import Pieces
from core.records import Article, Offer, Page


@dataclass
class Work:
    """A page, its desk, and how many edits one press of a key made, so that one undo takes them all back."""

    desk: Desk
    source_id: str = ""
    """The page of the library that is put right; empty for a page that is not there yet."""
    colors: dict[int, int] = field(default_factory=dict)
    caret: int = 0
    goes_in: bool = False
    """It goes into the library now as it is: nothing is changed on it any more."""
    had: tuple[Edit, ...] | None = None
    """What was put right in it in the library when it came onto the desk; None where nobody knows."""
    offers: dict[int, tuple[Offer, ...]] | None = None
    """Where its texts may go on (``core.reading.page.offers``); None as long as nobody asked."""
    _done: list[int] = field(default_factory=list)
    _undone: list[int] = field(default_factory=list)

    def do(self, edits: Sequence[Edit]) -> bool:
        """Lay edits over the page as one step; False when they change nothing."""
        if self.goes_in:
            return False
        done = sum([self.desk.do(edit) for edit in edits])
        if done:
            self._done.append(done)
            self._undone.clear()
        return bool(done)

    def undo(self) -> Edit | None:
        """Take the last step back; its last edit, None when there is none."""
        if self.goes_in:
            return None
        count = self._done.pop() if self._done else 1  # edits of an earlier day go back one by one
        edits = [self.desk.undo() for _ in range(count)]
        if edits[-1] is not None:
            self._undone.append(count)
        return edits[-1]

    def redo(self) -> Edit | None:
        """Do the step again that was taken back last."""
        if self.goes_in or not self._undone:
            return None
        count = self._undone.pop()
        edits = [self.desk.redo() for _ in range(count)]
        self._done.append(count)
        return edits[-1]

    @property
    def page(self) -> Page:
        return self.desk.page

    def cite(self, **known: str) -> None:
        """Say where the page was printed: paper, published, page_no."""
        if not self.goes_in:
            self.desk.cite(known)

    def doubts(self) -> int:
        """Return how many places a person should look at."""
        return len(Pieces(self.desk).doubts)

    def figures(self) -> int:
        """Return how many figures its articles have."""
        return sum(len(article.metrics) for article in self.desk.articles)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What goes into the library."""

    page: Page
    articles: tuple[Article, ...]
    edits: tuple[Edit, ...]
    source_id: str = ""
    had: tuple[Edit, ...] | None = None
    """What was put right in it, where it is a page of the library, before these edits."""
