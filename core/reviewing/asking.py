"""What checking asks of a library, in steps, so that a large one never makes a person wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.decisions.log import FIGURE
from core.library import Query
from core.records import State
from core.reviewing.queue import DIFFERING, Arranging, Doubted, Queue

if TYPE_CHECKING:
    from core.library import Library

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
