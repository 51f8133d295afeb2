"""What checking asks of a library, in steps, so that a large one never makes a person wait."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.decisions.log import CASE, DOUBT, FIGURE
from core.library import FigureStanding, Query
from core.records import State
from core.reviewing.queue import DIFFERING, Arranging, Doubted, Queue
from core.reviewing.second import READINGS, Reading, seconds_of
from core.reviewing.units import Unit

if TYPE_CHECKING:
    from core.doubts import Doubt
    from core.library import Library

CASES = 10
"""So many cases are looked through for doubts in one step (some hundredths of a second)."""
STEP = 500
"""So many cases are looked at in one step (a few hundredths of a second)."""
SOON = 20
"""So many in the first step, which has what is shown first."""
OFTEN = 200
"""The order is made anew after so many cases that were looked through for doubts, then after twice as many …"""
CONFLICT = Doubted(DIFFERING + 1, "两个人的判断不一样")
STALE = Doubted(DIFFERING, "核过以后，读出的又变了")


class Looked(NamedTuple):
    """How many of the cases were looked at; ``doubts`` whether for doubts."""

    cases: int
    of: int
    doubts: bool = False


class Counted(NamedTuple):
    """The queue, and how many of its figures (or cases) are in each state; not ``whole`` while it is being made."""

    queue: Queue
    states: Mapping[State, int]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked: the figures of these cases (of all, by place, when None) or the cases as a whole.

    ``again`` are states of which all is to be seen once more. ``who`` reads what others have decided as ``reading``
    says; without a name nobody does.
    """

    nums: Sequence[int] | None = None
    unit: Unit = "figure"
    again: Sequence[State] = ()
    who: str = ""
    reading: Reading = READINGS["needed"]
    figures: Sequence[str] = ()
    """Only these figures, by id, in this order, whatever their state."""
    why: str = ""
    """What is doubted of them."""


def queue_of(
    library: Library, asked: Asked = Asked(), seen: Callable[[], Sequence[int]] = tuple
) -> Iterator[Looked | Counted]:
    """Yield how far it is and the queue: a beginning of it as soon as there is one, then the whole, then better ones.

    What is in doubt comes first once it is known: where people differ and where a reading has changed since it was
    checked is known at once, what contradicts itself when the cases were looked through. The last one has it all.
    ``seen`` tells what has been shown meanwhile: it is left out of what comes next. The cost grows with the cases.
    """
    if asked.figures:
        yield Looked(0, 1)
        yield _only(library, asked)
        return
    cases = library.search.find(Query(order="place")).nums if asked.nums is None else asked.nums
    source = _Source(library, asked)
    arranging = Arranging(source.marks(), asked.again, source.second())
    arranging_at, shown = 0, False
    while arranging_at < len(cases):
        step = STEP if shown else SOON
        arranging.take(source.standing(cases[arranging_at : arranging_at + step]))
        arranging_at += step
        yield Looked(min(arranging_at, len(cases)), len(cases))
        if not shown and arranging_at < len(cases) and len(queue := arranging.queue(seen())):
            shown = True
            yield Counted(queue, arranging.states, whole=False)
    yield Counted(arranging.queue(seen()), arranging.states)
    yield from _with_doubts(library, cases, source, arranging, seen)


def _only(library: Library, asked: Asked) -> Counted:
    found = {one.id: one for one in library.figures.with_ids(asked.figures)}
    wanted = [found[id_] for id_ in dict.fromkeys(asked.figures) if id_ in found]
    why = {one.id: Doubted(DIFFERING, asked.why) for one in wanted} if asked.why else {}
    states: dict[State, int] = {"unchecked": 0, "checked": 0, "unsure": 0, "wrong": 0}
    for one in wanted:
        states[one.state] += 1
    return Counted(Queue(array("q", (one.num for one in wanted)), len(why), 0, why), states)


def _with_doubts(
    library: Library, cases: Sequence[int], source: _Source, arranging: Arranging, seen: Callable[[], Sequence[int]]
) -> Iterator[Looked | Counted]:
    """Look the cases through for doubts and yield better queues; the times between them double, so all is linear."""
    due, at, news = OFTEN, 0, False
    for at, doubts in doubts_of(library, cases):
        why = _reasons(doubts, source.unit)
        if why:
            arranging.doubt(source.with_ids(why), why)
            news = True
        yield Looked(at, len(cases), doubts=True)
        if news and at >= due:
            due, news = 2 * at, False
            yield Counted(arranging.queue(seen()), arranging.states)
    if news:
        yield Counted(arranging.queue(seen()), arranging.states)


def doubts_of(library: Library, nums: Sequence[int], dismissed: bool = False) -> Iterator[tuple[int, list[Doubt]]]:
    """Yield in steps how many of these cases were looked at, and the doubts that came up; each doubt once.

    One that a person has put aside is none, unless those that were ``dismissed`` are asked for, too.
    """
    from core.doubts.find import Finder  # late: only whoever checks figures needs it

    said = {} if dismissed else library.decisions.said_of(DOUBT)
    finder = Finder({doubt for doubt, state in said.items() if state == "wrong"})
    told: set[str] = set()

    def new(doubts: Sequence[Doubt]) -> list[Doubt]:
        once = {doubt.id: doubt for doubt in doubts if doubt.id not in told}
        told.update(once)
        return [*once.values()]

    found: list[Doubt] = []
    for at, num in enumerate(nums, 1):
        with suppress(KeyError):  # somebody took it out meanwhile
            found += finder.add(library.cases.load(num))
        if at % CASES == 0 or at == len(nums):
            yield at, new(found)
            found = []
    for across in finder.across_steps():
        yield len(nums), new(across)


def _reasons(doubts: Sequence[Doubt], unit: Unit) -> dict[str, Doubted]:
    """The figures (or cases) that doubts are about, by id, each with the heaviest."""
    out: dict[str, Doubted] = {}
    for doubt in sorted(doubts, key=lambda one: one.weight):
        for case, figure in doubt.targets:
            out[figure if unit == "figure" else case] = Doubted(doubt.weight, doubt.words)
    return out


class _Source:
    """Where what is checked stands: figures, or cases as a whole."""

    def __init__(self, library: Library, asked: Asked) -> None:
        self._library, self._asked, self.unit = library, asked, asked.unit
        self._cases = None if asked.nums is None else frozenset(asked.nums)

    def standing(self, nums: Sequence[int]) -> list[FigureStanding]:
        """Of some cases, in their order."""
        return self._library.figures.standing(nums) if self.unit == "figure" else self._library.decisions.whole(nums)

    def with_ids(self, ids: Mapping[str, Doubted]) -> list[FigureStanding]:
        """Of those with these ids; what is not of the cases that are checked is left out."""
        if self.unit == "figure":
            found = self._library.figures.with_ids([*ids])
        else:
            found = self._library.decisions.whole(self._library.cases.nums_of([*ids]))
        return [one for one in found if self._cases is None or one.case in self._cases]

    def marks(self) -> dict[str, Doubted]:
        """About which people differ, and what was read anew since, by id."""
        out: dict[str, Doubted] = {}
        for mark, doubt in (("stale", STALE), ("conflict", CONFLICT)):
            for target in self._library.decisions.marked(mark):
                if self.unit == "case" and target.case:
                    out[target.case] = doubt
                elif target.part.startswith(FIGURE):
                    out[target.part.removeprefix(FIGURE)] = doubt
        return out

    def second(self) -> dict[str, str]:
        """What is to be read a second time, by id."""
        asked, out = self._asked, {}
        rule = asked.reading.figures if self.unit == "figure" else asked.reading.cases
        for some in seconds_of(self._library, FIGURE if self.unit == "figure" else CASE, asked.who, rule):
            out.update(some)
        return out


def own_share(library: Library, unit: Unit = "figure") -> int:
    """Return how many figures (or cases as a whole) stand as this library's reviewer has decided."""
    by = library.figures.decided_by() if unit == "figure" else library.decisions.whole_by()
    return by.get(library.decisions.reviewer, 0)
