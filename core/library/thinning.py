"""Which copies of a library are kept: many of the last days, fewer of weeks and months before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

LEAST = 5
"""So many are kept whatever room they take."""
ROOM = 10 * 2**30
"""More than this they may not take together, but for the last five."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in 备份: of which library, how far that was changed, the version of its tables, its day by the clock."""

    path: Path
    id: str
    revision: int
    version: int
    day: date
    size: int

    @property
    def order(self) -> tuple[int, int, str]:
        """Rises from an earlier copy to a later one of the same library, whatever the clock said."""
        return self.revision, self.version, self.path.name


_RULES: tuple[tuple[int, Callable[[Copy], object]], ...] = (
    (5, lambda copy: copy.day),
    (4, lambda copy: copy.day.isocalendar()[:2]),
    (12, lambda copy: (copy.day.year, copy.day.month)),
    (3, lambda copy: copy.version),
)


def superfluous(copies: Sequence[Copy]) -> list[Copy]:
    """Return the copies of one library that may go; the newest never does.

    Kept are the newest of each of five days, of four weeks and twelve months beyond, and of the three versions of the
    tables before. Days are told apart by what the clock said when the copy was made, and in the order in which the
    library was changed: a clock that was wrong for a day costs no copy but those of that day.
    """
    newest_first = sorted(copies, key=lambda copy: copy.order, reverse=True)
    kept: list[Copy] = []
    for count, label_of in _RULES:
        _keep(newest_first, kept, count, label_of)
    kept.sort(key=lambda copy: copy.order, reverse=True)
    while len(kept) > LEAST and sum(copy.size for copy in kept) > ROOM:
        kept.pop()
    return [copy for copy in newest_first if copy not in kept]


def _keep(newest_first: Sequence[Copy], kept: list[Copy], count: int, label_of: Callable[[Copy], object]) -> None:
    """Add the newest copy of each of so many labels that no kept one has."""
    seen = {label_of(copy) for copy in kept}
    added = 0
    for copy in newest_first:
        label = label_of(copy)
        if added == count:
            return
        if label not in seen:
            seen.add(label)
            kept.append(copy)
            added += 1
