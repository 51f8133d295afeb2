"""What is checked in one go: a figure, or a case as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.decisions import CASE, Target, figure_part, heads
from core.records import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.library import Library

Unit = Literal["figure", "case"]
UNIT_WORDS: dict[Unit, str] = {"figure": "数据", "case": "案例"}
COUNT_WORDS: dict[Unit, str] = {"figure": "个", "case": "例"}


def standing_of(library: Library, unit: Unit, nums: Sequence[int]) -> dict[int, str]:
    """Return which decision stands on figures, or on cases as a whole, by number: its id, empty for none.

    What is gone is missing.
    """
    if unit == "figure":
        targets = {num: Target("", figure_part(id_)) for num, id_ in library.figures.ids(nums).items()}
    else:
        targets = {one.num: Target(one.id, CASE) for one in library.decisions.whole(nums)}
    return {
        num: last[-1].id if (last := heads(library.decisions.on(target))) else "" for num, target in targets.items()
    }


def progress_of(library: Library, unit: Unit, cases: Sequence[int] | None) -> dict[State, int]:
    """Return how many figures of these cases, or of the cases as a whole, are in each state."""
    return library.decisions.progress(cases) if unit == "figure" else library.decisions.progress_of_cases(cases)


def target_of_unit(unit: Unit, case_id: str, figure: str = "") -> Target:
    """Return the target of what is decided of a figure, or of a case as a whole."""
    return Target(case_id, figure_part(figure) if unit == "figure" else CASE)
