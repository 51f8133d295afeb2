"""What a file brings of one target: its rows as they lie, of which an item is made when a person looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.decisions import Decision, Target
from core.exchange import Item, item_of
from core.library import log_rows
from core.library.settling import Outcome


@dataclass(slots=True)
class Brought:
    """What a file brings of one target."""

    target: Target
    title: str
    cells: list[tuple[Any, ...]]
    """The new rows as they lie there: written again each might be another text, with another sum."""
    sums: list[int]
    own: list[tuple[Any, ...]]
    """Our rows on it, as they lie here."""
    known: list[str]
    """Ids of those of ours that they have, too."""
    proposal: str | None
    """What the reading proposes, as JSON."""
    plain: Outcome | None = None
    """What follows, where it is one decision on a figure on which here nobody had decided, or one person alike."""

    def packed(self) -> tuple[Any, ...]:
        """Return what an item is made of, in plain tuples: these are put away ten times as fast."""
        return (*self.target, self.title, self.cells, self.own, self.known, self.proposal)

    def ours(self) -> list[Decision]:
        """Return our decisions on it."""
        return [*map(log_rows.decision_of, self.own)]

    def item(self) -> Item:
        """Return it as a person is shown it."""
        fresh, ours = [log_rows.decision_of(row) for row in self.cells], self.ours()
        both = [*(row for row in ours if row.id in self.known), *fresh]
        return item_of(self.target, self.title, ours, both, self.read())

    def read(self) -> Any:
        """Return what the reading proposes."""
        return None if self.proposal is None else log_rows.from_json(self.proposal)


def unpacked(row: tuple[Any, ...]) -> Brought:
    """Return what ``packed`` gave as it was, as far as an item needs it."""
    case, part, title, cells, own, known, proposal = row
    return Brought(Target(case, part), title, cells, [], own, known, proposal)
