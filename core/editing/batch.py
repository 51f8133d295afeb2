"""One change over many cases: what it would make of each, before it is made; adding wipes nothing that is there."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from core.decisions.values import value_of_field
from core.library import Wish
from core.records import Place

if TYPE_CHECKING:
    from core.library import Library
    from core.records import Case


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done with each of many cases."""

    place: Place | None = None
    """Where they belong; None leaves it as it is."""
    over: bool = False
    """Whether the place of those that have one is changed, too."""
    add_themes: tuple[str, ...] = ()
    drop_themes: tuple[str, ...] = ()
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.place, self.add_themes, self.drop_themes, self.add_tags, self.drop_tags))


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one field of one case; values as the log holds them."""

    num: int
    title: str
    part: str
    old: Any
    new: Any


def plan(library: Library, nums: Sequence[int], batch: Batch) -> list[Planned]:
    """Return what a batch would change, case by case; cases that are gone or damaged are left out."""
    out: list[Planned] = []
    for num in nums if batch else ():
        try:
            case = library.cases.load(num)
        except KeyError:
            continue
        out += () if case.fault else _of_case(case, batch)
    return out


def carry_out(library: Library, nums: Sequence[int], batch: Batch) -> Generator[int, None, int]:
    """Make the change, as one step of undo, yielding how many cases are done; how many cases it changed."""
    planned = plan(library, nums, batch)
    changed = len({one.num for one in planned})
    wishes = [Wish(one.num, one.part, "changed", one.new) for one in planned]
    yield from library.decisions.decide_in_steps(wishes, f"批量修改 {changed} 例")
    return changed


def _of_case(case: Case, batch: Batch) -> Iterator[Planned]:
    wanted: dict[str, Any] = {
        "themes": with_names(case.themes, batch.add_themes, batch.drop_themes),
        "tags": with_names(case.tags, batch.add_tags, batch.drop_tags),
    }
    if batch.place is not None and (batch.over or not case.place.names):
        wanted["place"] = list(astuple(batch.place))
    for part, new in wanted.items():
        if new != (old := value_of_field(case, part)):
            yield Planned(case.num, case.title, part, old, new)


def with_names(names: Sequence[str], more: Sequence[str], less: Sequence[str]) -> list[str]:
    """Return names with others after them, and without some; what is in both stays.

    >>> with_names(["甲", "乙"], ["丙", "甲"], ["乙"])
    ['甲', '丙']
    """
    kept = [name for name in names if name not in less or name in more]
    return [*dict.fromkeys((*kept, *more))]
