"""The order in which figures are checked: what is in doubt, what was read with little confidence, what is unseen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.library import FigureStanding
from core.records import State

UNSURE_BELOW = 0.7
"""A figure that was read with less confidence (0–1) comes before the others: its indicator was guessed."""
DIFFERING = 1000.0
"""The weight of a figure about which two people differ, or whose reading has changed since: before every doubt."""
SECOND = 500.0
"""The weight of a figure that a second person is to read."""


class Doubted(NamedTuple):
    """Why a figure is in doubt: how much that weighs (any scale, the largest first), and what to say of it."""

    weight: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be checked, as numbers in the file; ``why`` says of some why they are in doubt, by id.

    ``doubts`` and ``unsure`` count the first two groups; the rest is unseen. ``seen`` is how many had been shown
    already when it was put in order: they are left out.
    """

    nums: array[int]
    doubts: int = 0
    unsure: int = 0
    why: Mapping[str, Doubted] = field(default_factory=dict)
    seen: int = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.nums)


class Arranging:
    """Takes figures (or cases) as they stand, in the order of their cases, and puts them in the order of checking.

    What was decided is left out unless it is in doubt as ``why`` says, is in one of the states ``again``, or wants a
    ``second`` reader: by id, why; the empty reason means only where it is in doubt, too.
    What stands in doubt comes first, the heaviest first; then what was read with little confidence, the least first in
    steps of a tenth; then the rest. Within each the order is that of the cases, in a case that of the page.
    Nothing is sorted but the doubts, and they may be told later than the figures: the cost grows with the figures.
    """

    def __init__(
        self,
        why: Mapping[str, Doubted] | None = None,
        again: Iterable[State] = (),
        second: Mapping[str, str] | None = None,
    ) -> None:
        self._why = dict(why or {})
        self._second = second or {}
        self._wanted = frozenset(("unchecked", *again))
        self._doubted: dict[int, tuple[float, int]] = {}
        """By number: the weight of the doubt, and how many were taken before."""
        self._unsure = tuple(array("q") for _ in range(round(UNSURE_BELOW * 10)))
        """By the confidence in tenths."""
        self._rest = array("q")
        self._taken = 0
        self.states: dict[State, int] = {"unchecked": 0, "checked": 0, "unsure": 0, "wrong": 0}
        """How many of those taken so far are in each state."""

    def take(self, figures: Iterable[FigureStanding]) -> None:
        """Take the figures of the next cases."""
        for figure in figures:
            self._taken += 1
            self.states[figure.state] += 1
            if self._second and (reason := self._second.get(figure.id)):
                self._why.setdefault(figure.id, Doubted(SECOND, reason))
            if figure.id in self._why:
                self._doubt(figure, self._taken)
            if figure.state in self._wanted:
                self._put(figure)

    def doubt(self, figures: Iterable[FigureStanding], why: Mapping[str, Doubted]) -> None:
        """Hear of figures that were taken before that they are in doubt, what weighs more goes before."""
        for figure in figures:
            had, new = self._why.get(figure.id), why[figure.id]
            if had is None or had.weight < new.weight:
                self._why[figure.id] = new
                self._doubt(figure, figure.num)

    def _doubt(self, figure: FigureStanding, at: int) -> None:
        weight = self._why[figure.id].weight
        if figure.state == "unchecked" or weight >= SECOND or figure.id in self._second:
            self._doubted[figure.num] = (-weight, at)

    def _put(self, figure: FigureStanding) -> None:
        if figure.confidence < UNSURE_BELOW:
            self._unsure[min(int(figure.confidence * 10), len(self._unsure) - 1)].append(figure.num)
        else:
            self._rest.append(figure.num)

    def queue(self, seen: Sequence[int] = ()) -> Queue:
        """Return what was taken, in order, without what was ``seen`` already."""
        left_out = set(seen)
        doubts = sorted((*place, num) for num, place in self._doubted.items() if num not in left_out)
        nums = array("q", (num for *_, num in doubts))
        left_out |= self._doubted.keys()
        for unsure in self._unsure:
            nums.extend(num for num in unsure if num not in left_out)
        first = len(nums)
        nums.extend(num for num in self._rest if num not in left_out)
        return Queue(nums, len(doubts), first - len(doubts), dict(self._why), len(seen))
