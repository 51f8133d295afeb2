"""Goes over the cases of a library once and says what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from core.doubts import changes, conflicts, dates, parts, places, shares, unnamed
from core.doubts.dimensions import Dimensions
from core.doubts.printed import Printed, figures_of
from core.doubts.records import Doubt
from core.records import Case

T = TypeVar("T")
Within = Callable[[Sequence[Printed]], Iterator[Doubt]]
GROUPS = 500
"""So many indicators are looked at across cases in one step."""
WITHIN: tuple[Within, ...] = (
    conflicts.within,
    changes.growth,
    parts.parts,
    shares.shares,
    dates.dates,
    places.places,
    changes.same_time,
)
"""What is found in one case by itself."""


class Finder:
    """Takes cases one after the other and keeps of them no more than figures by indicator.

    ``dismissed`` are ids of doubts that a person has put aside with a reason.
    """

    def __init__(self, dismissed: Collection[str] = ()) -> None:
        self._dismissed = dismissed
        self._across = (conflicts.Across(), Dimensions())

    def add(self, case: Case) -> list[Doubt]:
        """Take a case; the doubts that it raises by itself, a figure in doubt anyway not told as unsure too."""
        figures = figures_of(case)
        found = [doubt for find in WITHIN for doubt in find(figures)]
        doubted = {target for doubt in found for target in doubt.targets}
        found += [doubt for doubt in unnamed.unnamed(figures) if doubt.targets[0] not in doubted]
        for kept in self._across:
            kept.add(figures)
        return [*self._open(found)]

    def across(self) -> list[Doubt]:
        """Return the doubts that the cases taken so far raise together."""
        return [doubt for some in self.across_steps() for doubt in some]

    def across_steps(self) -> Iterator[list[Doubt]]:
        """Yield them in steps, each after so many indicators that nobody waits for it."""
        conflicting, dimensions = self._across
        for keys in batched(conflicting.groups(), GROUPS):
            yield [*self._open(doubt for key in keys for doubt in conflicting.doubts(key))]
        for names in batched(dimensions.groups(), GROUPS):
            yield [*self._open(doubt for name in names for doubt in dimensions.doubts(name))]

    def _open(self, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
        return (doubt for doubt in doubts if doubt.id not in self._dismissed)


def find(cases: Iterable[Case], dismissed: Collection[str] = ()) -> list[Doubt]:
    """Return what is to be looked at in these cases, what weighs most first; each doubt once."""
    finder = Finder(dismissed)
    found = [doubt for case in cases for doubt in finder.add(case)]
    found += finder.across()
    return sorted({doubt.id: doubt for doubt in found}.values(), key=lambda doubt: (-doubt.weight, doubt.targets))


def batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the items in order, so many at a time."""
    return (items[at : at + size] for at in range(0, len(items), size))
