"""Selections keep their cases in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.library import Library, Query
from core.library.selections import Selections


@pytest.fixture
def chosen(library: Library) -> str:
    made = library.selections.add("春季汇编")
    library.selections.put(made, [1, 2, 3, 4])
    return made


def cases(library: Library, selection: str) -> list[int]:
    return list(library.search.find(Query(selection=selection)).nums)


@pytest.mark.parametrize(
    ("nums", "at", "order"),
    [([4], 0, [4, 1, 2, 3]), ([1], 4, [2, 3, 4, 1]), ([1, 2], 3, [3, 1, 2, 4]), ([4, 1], 2, [2, 4, 1, 3]),
     ([2], 1, [1, 2, 3, 4]), ([2], 99, [1, 3, 4, 2]), ([9], 0, [1, 2, 3, 4]), ([], 2, [1, 2, 3, 4])],
)  # fmt: skip
def test_moving(library: Library, chosen: str, nums: list[int], at: int, order: list[int]) -> None:
    library.selections.move(chosen, nums, at)
    assert cases(library, chosen) == order


def test_adding_counts_what_is_new(library: Library) -> None:
    made = library.selections.add("甲")
    assert library.selections.put(made, [3, 3, 1]) == 2
    assert library.selections.put(made, [1, 2], at=1) == 1
    assert cases(library, made) == [3, 2, 1]
    assert [(s.name, s.cases) for s in library.selections.rows()] == [("甲", 3)]


def test_removing(library: Library, chosen: str) -> None:
    library.selections.take(chosen, [2, 4, 9])
    assert cases(library, chosen) == [1, 3]
    library.cases.remove([1])
    assert cases(library, chosen) == [3]
    library.selections.remove(chosen)
    assert (library.selections.rows(), library.cases.count()) == ([], 3)


def test_renaming(library: Library, chosen: str) -> None:
    library.selections.rename(chosen, "夏季汇编")
    assert [s.name for s in library.selections.rows()] == ["夏季汇编"]


@pytest.mark.parametrize(
    "change",
    [lambda s: s.remove("gone"), lambda s: s.rename("gone", "名"), lambda s: s.put("gone", [1]),
     lambda s: s.take("gone", [1]), lambda s: s.move("gone", [1], 0)],
)  # fmt: skip
def test_a_selection_that_is_gone(library: Library, change: Callable[[Selections], object]) -> None:
    with pytest.raises(KeyError):
        change(library.selections)
    assert library.undo_text == "导入 4 例"
