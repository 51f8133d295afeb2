"""What is checked in one go: a figure, or a case as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.decisions import CASE, Target, figure_part
from core.records import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.library import Library

Unit = Literal["figure", "case"]
UNIT_WORDS: dict[Unit, str] = {"figure": "数据", "case": "案例"}
COUNT_WORDS: dict[Unit, str] = {"figure": "个", "case": "例"}


def states_of(library: Library, unit: Unit, nums: Sequence[int]) -> dict[int, State]:
    """Return the states of figures, or of cases as a whole, by number; what is gone is missing."""
    if unit == "figure":
        return library.figures.states(nums)
    return {one.num: one.state for one in library.decisions.whole(nums)}


def progress_of(library: Library, unit: Unit, cases: Sequence[int] | None) -> dict[State, int]:
    """Return how many figures of these cases, or of the cases as a whole, are in each state."""
    return library.decisions.progress(cases) if unit == "figure" else library.decisions.progress_of_cases(cases)


def target_of_unit(unit: Unit, case_id: str, figure: str = "") -> Target:
    """Return the target of what is decided of a figure, or of a case as a whole."""
    return Target(case_id, figure_part(figure) if unit == "figure" else CASE)
