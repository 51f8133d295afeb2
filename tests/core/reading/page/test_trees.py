"""Sums of trees, and chances from them."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import compiled
from core.reading.page.headings import NAMES as HEADING_NAMES
from core.reading.page.joins import AGAIN_NAMES, END_NAMES, NAMES, START_NAMES
from core.reading.page.signs import NAMES as LINE_NAMES
from core.reading.page.stretches import NEXT_NAMES
from core.reading.page.trees import OFTEN, Trees, kinds_of, learnt, shares
from core.resources import shipped

STUMP = {"roots": [0], "sign": [1], "limit": [0.5], "low": [-1], "high": [-2], "leaves": [-2.0, 3.0]}
BRANCH = {"roots": [0, 2], "sign": [0, 1, 1], "limit": [1.0, 2.0, 0.0], "low": [1, -1, -3], "high": [-4, -2, -5],
          "leaves": [1.0, 2.0, 10.0, 4.0, 20.0]}  # fmt: skip


@pytest.mark.parametrize("sums", [None, compiled.Sums])
@pytest.mark.parametrize(("row", "score"), [([9.0, 0.5], -2.0), ([9.0, 0.6], 3.0)])
def test_a_sign_at_its_limit_goes_low(row: list[float], score: float, sums: type[Any] | None) -> None:
    assert Trees(STUMP, sums).chance(row) == pytest.approx(1 / (1 + math.exp(-score)))


@pytest.mark.parametrize(
    ("row", "total"), [([1.0, 2.0], 1.0 + 20.0), ([1.0, 3.0], 2.0 + 20.0), ([2.0, 0.0], 4.0 + 10.0)]
)
def test_trees_are_added(row: list[float], total: float) -> None:
    assert Trees(BRANCH).part(0, row) == total


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=2))
def test_trees_that_are_asked_often_say_the_same(row: list[float]) -> None:
    said = Trees(BRANCH, None).chance(row)
    often = Trees(BRANCH, None)
    assert {often.chance([0.0, 0.0]) for _ in range(OFTEN + 1)} == {Trees(BRANCH).chance([0.0, 0.0])}
    assert often.chance(row) == said


def test_what_was_learnt_says_the_same_however_often_it_is_asked() -> None:
    table = json.loads(shipped("resources", "order", "trees.json").read_text("utf-8"))["sums"]["joins"][0]
    trees = Trees(table, None)
    rows = [[float((k * sign) % 23 - 5) for sign in range(len(NAMES))] for k in range(40)]
    for _ in range(1 + OFTEN // len(rows)):
        for row in rows:
            trees.chance(row)
    assert [trees.chance(row) for row in rows] == [learnt()["joins"][0].chance(row) for row in rows]


@pytest.mark.parametrize(("name", "signs"), [("kinds", LINE_NAMES), ("headings", (*LINE_NAMES, *HEADING_NAMES))])
def test_kinds_that_are_asked_often_say_the_same(name: str, signs: tuple[str, ...]) -> None:
    tables = json.loads(shipped("resources", "order", "trees.json").read_text("utf-8"))["sums"][name]
    sums = [Trees(table, None) for table in tables]
    rows = [[float((k * sign) % 23 - 5) for sign in range(len(signs))] for k in range(40)]
    for _ in range(1 + OFTEN // len(rows)):
        for row in rows:
            kinds_of(sums, row)
    assert [kinds_of(sums, row) for row in rows] == [kinds_of(learnt()[name], row) for row in rows]


def test_shares_sum_to_one_and_keep_their_order() -> None:
    found = shares([800.0, 801.0, -800.0])
    assert sum(found) == pytest.approx(1)
    assert found[1] > found[0] > found[2] >= 0
    assert kinds_of([Trees(STUMP), Trees(STUMP)], [0.0, 0.0]) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("name", "signs"),
    [("kinds", LINE_NAMES), ("next", NEXT_NAMES), ("joins", NAMES), ("again", AGAIN_NAMES), ("ends", END_NAMES),
     ("starts", START_NAMES), ("headings", (*LINE_NAMES, *HEADING_NAMES))],
)  # fmt: skip
def test_what_was_learnt_asks_for_signs_that_there_are(name: str, signs: tuple[str, ...]) -> None:
    for trees in learnt()[name]:
        assert trees.signs() <= set(range(len(signs)))


def test_no_leaf_of_what_was_learnt_runs_away() -> None:
    tables = json.loads(shipped("resources", "order", "trees.json").read_text("utf-8"))["sums"]
    assert max(abs(leaf) for several in tables.values() for table in several for leaf in table["leaves"]) < 20
