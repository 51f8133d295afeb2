"""The order in which figures are checked: what is in doubt, what was read with little confidence, what is unseen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.library import FigureStanding
from core.records import State

UNSURE_BELOW = 0.7
"""A figure that was read with less confidence (0–1) comes before the others: its indicator was guessed."""
DIFFERING = 1000.0
"""The weight of a figure about which two people differ, or whose reading has changed since: before every doubt."""


class Doubted(NamedTuple):
    """Why a figure is in doubt: how much that weighs (any scale, the largest first), and what to say of it."""

    weight: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The figures to be checked, as their numbers in the file; ``why`` says of some why they are in doubt, by id.

    ``doubts`` and ``unsure`` count the first two groups; the rest is unseen.
    """

    nums: array[int]
    doubts: int = 0
    unsure: int = 0
    why: Mapping[str, Doubted] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.nums)


class Arranging:
    """Takes figures in the order of their cases and puts them in the order of checking.

    A figure that was decided is left out unless it is in doubt as ``why`` says, or is in one of the states ``again``.
    What stands in doubt comes first, the heaviest first; then what was read with little confidence, the least first in
    steps of a tenth; then the rest. Within each the order is that of the cases, in a case that of the page.
    """

    def __init__(self, why: Mapping[str, Doubted] | None = None, again: Iterable[State] = ()) -> None:
        self._why = dict(why or {})
        self._wanted = frozenset(("unchecked", *again))
        self._doubted: list[tuple[float, int, int]] = []
        self._unsure: list[tuple[int, int, int]] = []
        self._rest = array("q")
        self._taken = 0
        self.states: dict[State, int] = {"unchecked": 0, "checked": 0, "unsure": 0, "wrong": 0}
        """How many of the figures taken so far are in each state."""

    def take(self, figures: Iterable[FigureStanding]) -> None:
        """Take the figures of the next cases."""
        for figure in figures:
            self._taken += 1
            self.states[figure.state] += 1
            doubt = self._why.get(figure.id)
            if doubt is not None and (figure.state == "unchecked" or doubt.weight >= DIFFERING):
                self._doubted.append((-doubt.weight, self._taken, figure.num))
            elif figure.state in self._wanted:
                self._put(figure)

    def _put(self, figure: FigureStanding) -> None:
        if figure.confidence < UNSURE_BELOW:
            self._unsure.append((int(figure.confidence * 10), self._taken, figure.num))
        else:
            self._rest.append(figure.num)

    def queue(self) -> Queue:
        """Return what was taken, in order."""
        nums = array("q", self._in_order())
        return Queue(nums, len(self._doubted), len(self._unsure), self._why)

    def _in_order(self) -> Iterator[int]:
        yield from (num for *_, num in sorted(self._doubted))
        yield from (num for *_, num in sorted(self._unsure))
        yield from self._rest
