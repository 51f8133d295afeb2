"""Selections keep their cases in order."""

from __future__ import annotations

import pytest

from core.library import Library, Query


@pytest.fixture
def chosen(library: Library) -> str:
    made = library.add_selection("春季汇编")
    library.add_to_selection(made, [1, 2, 3, 4])
    return made


def cases(library: Library, selection: str) -> list[int]:
    return list(library.search(Query(selection=selection)).nums)


@pytest.mark.parametrize(
    ("nums", "at", "order"),
    [([4], 0, [4, 1, 2, 3]), ([1], 4, [2, 3, 4, 1]), ([1, 2], 3, [3, 1, 2, 4]), ([4, 1], 2, [2, 4, 1, 3]),
     ([2], 1, [1, 2, 3, 4]), ([2], 99, [1, 3, 4, 2]), ([9], 0, [1, 2, 3, 4]), ([], 2, [1, 2, 3, 4])],
)  # fmt: skip
def test_moving(library: Library, chosen: str, nums: list[int], at: int, order: list[int]) -> None:
    library.move_in_selection(chosen, nums, at)
    assert cases(library, chosen) == order


def test_adding_counts_what_is_new(library: Library) -> None:
    made = library.add_selection("甲")
    assert library.add_to_selection(made, [3, 3, 1]) == 2
    assert library.add_to_selection(made, [1, 2], at=1) == 1
    assert cases(library, made) == [3, 2, 1]
    assert [(s.name, s.cases) for s in library.selections()] == [("甲", 3)]


def test_removing(library: Library, chosen: str) -> None:
    library.remove_from_selection(chosen, [2, 4, 9])
    assert cases(library, chosen) == [1, 3]
    library.remove_cases([1])
    assert cases(library, chosen) == [3]
    library.remove_selection(chosen)
    assert (library.selections(), library.count()) == ([], 3)


def test_renaming(library: Library, chosen: str) -> None:
    library.rename_selection(chosen, "夏季汇编")
    assert [s.name for s in library.selections()] == ["夏季汇编"]


@pytest.mark.parametrize("change", ["remove_selection", "rename_selection", "add_to_selection"])
def test_a_selection_that_is_gone(library: Library, change: str) -> None:
    values = {"rename_selection": ["名"], "add_to_selection": [[1]]}.get(change, [])
    with pytest.raises(KeyError):
        getattr(library, change)("no-such-id", *values)
    assert library.undo_text == "导入 4 例"
