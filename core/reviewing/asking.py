"""What checking asks of a library, in steps, so that a large one never makes a person wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.decisions.log import DOUBT, FIGURE
from core.library import Query
from core.records import State
from core.reviewing.queue import DIFFERING, Arranging, Doubted, Queue

if TYPE_CHECKING:
    from core.library import Library

MANY = 500
"""In so many cases doubts are looked for before the first figure is shown (some seconds)."""
CASES = 20
"""So many cases are looked through for doubts in one step."""
STEP = 500
"""So many cases are looked at in one step (a few hundredths of a second)."""
CONFLICT = Doubted(DIFFERING + 1, "两个人的判断不一样")
STALE = Doubted(DIFFERING, "核过以后，读出的又变了")


class Looked(NamedTuple):
    """How many of the cases were looked at."""

    cases: int
    of: int


class Counted(NamedTuple):
    """The queue, and how many figures of its cases are in each state."""

    queue: Queue
    states: Mapping[State, int]


def queue_of(
    library: Library,
    nums: Sequence[int] | None = None,
    doubts: Mapping[str, Doubted] | None = None,
    again: Sequence[State] = (),
) -> Iterator[Looked | Counted]:
    """Yield how far it is, at last the queue of the figures of these cases; of all, by place, when None.

    ``doubts`` are the figures in doubt by id; where people differ, and where a reading has changed since it was
    checked, is known without. ``again`` are states whose figures are to be seen once more.
    """
    cases = library.search.find(Query(order="place")).nums if nums is None else nums
    arranging = Arranging({**(doubts or {}), **_marked(library)}, again)
    for at in range(0, len(cases), STEP):
        yield Looked(at, len(cases))
        arranging.take(library.figures.standing(cases[at : at + STEP]))
    yield Counted(arranging.queue(), arranging.states)


def doubts_of(library: Library, nums: Sequence[int]) -> Iterator[Looked | dict[str, Doubted]]:
    """Yield how far it is, at last the figures of these cases that are in doubt, by id; a doubt put aside is none."""
    from core.doubts.find import Finder  # late: only whoever checks figures needs it

    said = library.decisions.said_of(DOUBT)
    finder = Finder({part.removeprefix(DOUBT) for part, state in said.items() if state == "wrong"})
    found = []
    for at, num in enumerate(nums):
        if at % CASES == 0:
            yield Looked(at, len(nums))
        try:
            found += finder.add(library.cases.load(num))
        except KeyError:
            continue  # somebody took it out meanwhile
    out: dict[str, Doubted] = {}
    for doubt in sorted([*found, *finder.across()], key=lambda one: one.weight):
        out.update((figure, Doubted(doubt.weight, doubt.words)) for _, figure in doubt.targets)
    yield out


def doubts_then_queue(
    library: Library, nums: Sequence[int] | None = None, again: Sequence[State] = ()
) -> Iterator[Looked | Counted]:
    """Yield how far it is, at last the queue, the figures in doubt first.

    Among more than ``MANY`` cases only those are first about which people differ or whose reading has changed: looking
    every case through would make a person wait for minutes.
    """
    cases = library.search.find(Query(order="place")).nums if nums is None else nums
    doubts: dict[str, Doubted] = {}
    for part in doubts_of(library, cases) if len(cases) <= MANY else ():
        if isinstance(part, Looked):
            yield part
        else:
            doubts = part
    yield from queue_of(library, cases, doubts, again)


def _marked(library: Library) -> dict[str, Doubted]:
    """The figures about which people differ, and those that were read anew since."""
    out: dict[str, Doubted] = {}
    for mark, doubt in (("stale", STALE), ("conflict", CONFLICT)):
        parts = (target.part for target in library.decisions.marked(mark))
        out.update((part.removeprefix(FIGURE), doubt) for part in parts if part.startswith(FIGURE))
    return out


def own_share(library: Library) -> int:
    """Return how many figures stand as this library's reviewer has decided."""
    return library.figures.decided_by().get(library.decisions.reviewer, 0)
