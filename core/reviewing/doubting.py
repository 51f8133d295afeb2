"""The list of what is to be looked at (待核实), found in steps, and what a person puts aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.decisions import Decision, doubt_target, heads
from core.decisions.log import DOUBT
from core.library import Query
from core.reviewing.asking import doubts_of
from core.reviewing.fetching import Fetching, Shown

if TYPE_CHECKING:
    from core.doubts import Doubt, Quote
    from core.library import Library


@dataclass(frozen=True, slots=True)
class Listed:
    """A doubt with the titles of its cases; ``said`` is how a person put it aside, None while it is open."""

    doubt: Doubt
    titles: tuple[str, ...]
    said: Decision | None = None

    @property
    def dismissed(self) -> bool:
        """Whether a person has put it aside."""
        return self.said is not None

    @property
    def reason(self) -> str:
        """Why it was put aside; empty where nothing was written."""
        return self.said.note if self.said else ""


class Side(NamedTuple):
    """A quote of a doubt, and its figure as it is shown; None where it is none's, or the figure is gone."""

    quote: Quote
    shown: Shown | None


class Found(NamedTuple):
    """How many cases were looked at, and the doubts that came up since the step before."""

    cases: int
    of: int
    doubts: list[Listed]


def listed(library: Library, nums: Sequence[int] | None = None) -> Iterator[Found]:
    """Yield in steps the doubts of these cases, of all when None, those that were put aside among them."""
    cases = library.search.find(Query()).nums if nums is None else nums
    yield Found(0, len(cases), [])
    for at, doubts in doubts_of(library, cases, dismissed=True):
        yield Found(at, len(cases), with_words(library, doubts))


def with_words(library: Library, doubts: Sequence[Doubt]) -> list[Listed]:
    """Return the doubts with the titles of their cases as they are now, and what was said of them."""
    said = {doubt for doubt, state in library.decisions.said_of(DOUBT).items() if state == "wrong"} if doubts else set()
    out = []
    for doubt in doubts:
        nums = library.cases.nums_of([*dict.fromkeys(case for case, _ in doubt.targets)])
        titles = tuple(row.title for row in library.cases.rows(nums))
        last = heads(library.decisions.on(doubt_target(doubt.id))) if doubt.id in said else []
        out.append(Listed(doubt, titles, last[-1] if last else None))
    return out


def sides_of(library: Library, doubt: Doubt) -> list[Side]:
    """Return each quote of a doubt with its figure as it is shown; None for what is no figure's."""
    fetching, out = Fetching(), []
    for quote in doubt.quotes:
        found = library.figures.with_ids([quote.metric]) if quote.metric else []
        out.append(Side(quote, fetching.fetch(library, found[0].num) if found else None))
    return out


def put_aside(library: Library, doubts: Sequence[Doubt], reason: str) -> None:
    """Say that these are none, for a reason: a decision, so that they do not come again while the values stay."""
    library.decisions.say([doubt_target(doubt.id) for doubt in doubts], "rejected", reason)


def take_up(library: Library, doubts: Sequence[Doubt]) -> None:
    """List doubts again that were put aside."""
    words = f"重新列出待核实 {len(doubts)} 处"
    library.decisions.set_back([doubt_target(doubt.id) for doubt in doubts], words)
