"""How a person goes through a queue: forward by deciding or skipping, back to what was decided, and on again."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from core.decisions import Verdict

Outcome = Literal["skipped"] | Verdict
LAST = 10
"""So many decisions stay at hand."""
WATCHED = 100
"""Of so many decisions it is seen when undo takes them back."""
ENOUGH = 5
"""So many pauses between decisions say how fast a person is; a longer pause than a minute is none of work."""
PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """A place of the queue that was left, and how.

    ``before`` is the id of the decision that stood there then, empty for none; ``first`` how it was left before that.
    """

    at: int
    outcome: Outcome
    before: str = ""
    first: Step | None = None
    order: int = 0
    """The how manieth of all."""


@dataclass(slots=True)
class Walk:
    """Where a person is in a queue of ``length`` figures: at place ``at``; ``length`` is the end.

    Places before ``front`` were seen. Whoever went back to one of them goes on at the front after deciding it again.
    """

    length: int
    at: int = 0
    front: int = 0
    steps: list[Step] = field(default_factory=list)
    """What was decided or skipped, the last one at the end, each place once."""
    _undone: list[Step] = field(default_factory=list)
    _left: int = 0
    """How often a place was left."""

    @property
    def ended(self) -> bool:
        """Whether the end of the queue was reached."""
        return self.at >= self.length

    def leave(self, outcome: Outcome, before: str = "") -> None:
        """Leave the place and go on to the next that was not seen; ``before`` is the decision that stood there."""
        if self.ended:
            return
        first = next((step for step in self.steps if step.at == self.at and step.outcome != "skipped"), None)
        self.steps = [step for step in self.steps if step.at != self.at]
        self._undone.clear()
        self._left += 1
        self.steps.append(Step(self.at, outcome, before, first, self._left))
        self.front = max(self.front, self.at + 1)
        self.at = self.front

    def back(self) -> bool:
        """Go to the place before; False at the beginning."""
        if self.at == 0:
            return False
        self.at -= 1
        return True

    def forward(self) -> bool:
        """Go on without deciding, to the next place that was seen or the front; False when it is there already."""
        if self.at >= self.front:
            return False
        self.at += 1
        return True

    def go(self, at: int) -> None:
        """Go to a place that was seen; IndexError for any other."""
        if not 0 <= at <= self.front:
            raise IndexError(at)
        self.at = at

    def renew(self, stands: Mapping[int, str]) -> None:
        """Take over which decision stands at places now: after undo go back to what was taken back, after redo on.

        Undone is a step at whose place the decision stands again that stood before it, or none does: what a first
        reader said is not lost with the word of the second. Places that ``stands`` does not name are as they were.
        """
        for step in [step for step in reversed(self.steps) if step.at in stands]:
            if step.outcome != "skipped" and stands[step.at] in (step.before, ""):
                self.steps.remove(step)
                self._undone.append(step)
                self.at = step.at
                if step.first is not None and stands[step.at]:
                    self.steps = sorted([*self.steps, step.first], key=lambda one: one.order)
        held: set[int] = set()
        """Places at which an earlier step is undone, too: what was done there later cannot be done again before it."""
        for step in [*reversed(self._undone)]:
            if step.at in held or stands.get(step.at, "") in (step.before, ""):
                held.add(step.at)
                continue
            self._undone.remove(step)
            self.steps = sorted([*(one for one in self.steps if one.at != step.at), step], key=lambda one: one.order)
            self.at = self._undone[-1].at if self._undone else self.front

    def watched(self) -> list[int]:
        """Return the places of which ``renew`` wants to know what stands there."""
        return [step.at for step in (*self.steps[-WATCHED:], *self._undone[-WATCHED:])]

    def last(self) -> Sequence[Step]:
        """Return the last decisions, the newest first; what was skipped is none."""
        decided = [step for step in reversed(self.steps) if step.outcome != "skipped"]
        return decided[:LAST]

    def skipped(self) -> list[int]:
        """Return the places that were skipped."""
        return sorted(step.at for step in self.steps if step.outcome == "skipped")


def minutes_left(times: Sequence[float], left: int) -> int | None:
    """Return how many minutes the figures that are left will take, at least 1; None while nobody can say.

    ``times`` are the seconds of a clock at which decisions were made, in order.

    >>> minutes_left([0, 2, 4, 6, 8, 10], 90), minutes_left([0, 2], 90)
    (3, None)
    """
    pauses = [b - a for a, b in pairwise(times) if b - a <= PAUSE]
    if len(pauses) < ENOUGH:
        return None
    return max(1, round(statistics.median(pauses) * left / 60))
