"""A question of words, filters and a scope, and its answers in their order: the list, the tree, other words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.browsing import UNASKED, Apart, Counted, Listed, Question, answer, is_asking, places_for, rows_in_pages
from core.library import Library, Query
from core.records import Case, Place

CASES = (
    Case("", "老旧小区装了电梯", place=Place("330822", "浙江省", "衢州市", "常山县"), themes=("民生服务",)),
    Case("", "加装电梯先开议事会", place=Place("330800", "浙江省", "衢州市"), themes=("基层治理",)),
    Case("", "老旧小区加装的电梯", place=Place("430603", "湖南省", "岳阳市", "云溪区"), themes=("民生服务",)),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.create(tmp_path / "a.anlan")) as made:
        made.cases.add(CASES)
        yield made


def listed(library: Library, question: Question) -> tuple[set[int], int]:
    """The cases of the list, and how many there are outside the scope, too."""
    first = next(answer(library, question))
    assert isinstance(first, Listed)
    return set(first.nums), first.found


@pytest.mark.parametrize(
    ("asked", "scope", "nums", "found"),
    [
        (UNASKED, UNASKED, {1, 2, 3}, 3),
        (Query(words="电梯"), Query(places=("330800",)), {1, 2}, 3),
        (Query(places=("330822", "430603")), Query(places=("330800",)), {1}, 2),
        (Query(themes=("民生服务",)), Query(places=("430603",)), {3}, 2),
        (Query(words="没有这样的"), Query(places=("330800",)), set(), 0),
    ],
)
def test_a_scope_narrows_the_list(library: Library, asked: Query, scope: Query, nums: set[int], found: int) -> None:
    assert listed(library, Question(asked, scope)) == (nums, found)


def test_the_tree_follows_with_counts_and_its_open_branches(library: Library) -> None:
    question = Question(Query(words="议事会"), opened=frozenset({("city", "330800")}))
    _, counted = answer(library, question)
    assert isinstance(counted, Counted)
    assert (counted.total, [(node.label, node.hits) for node, _ in counted.branches]) == (
        3,
        [("衢州市", 1), ("岳阳市", 0)],
    )
    assert [None if below is None else len(below) for _, below in counted.branches] == [2, None]


def test_only_a_run_that_stands_nowhere_is_taken_apart(library: Library, tmp_path: Path) -> None:
    *_, last = answer(library, Question(Query(words="老旧小区加装电梯")), tmp_path)
    assert isinstance(last, Apart)
    assert (set(last.words.split()), last.found) == ({"老旧", "小区", "加装", "电梯"}, 1)
    assert len(list(answer(library, Question(Query(words="电梯")), tmp_path))) == 2


def test_an_order_alone_asks_nothing() -> None:
    assert not is_asking(Query(order="title", descending=True))
    assert is_asking(Query(unit="座"))


def test_rows_come_in_pages(library: Library) -> None:
    assert [[row.num for row in rows] for rows in rows_in_pages(library, [3, 1, 2], size=2)] == [[3, 1], [2]]


@pytest.mark.parametrize(("typed", "code"), [("常山", "330822"), ("changshan", "330822"), ("  ", "")])
def test_a_place_is_offered_once_under_its_code(typed: str, code: str) -> None:
    codes = [found[0] for found in places_for(typed)]
    assert len(codes) == len(set(codes))
    assert codes == [] if not code else code in codes
