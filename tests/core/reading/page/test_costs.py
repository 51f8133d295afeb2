"""What steps of the reading order cost: whatever is likelier costs less."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import pytest

from core.reading.page.cohesion import Cohesion
from core.reading.page.costs import Costs, Material
from core.reading.page.pieces import Piece
from core.records import Span

ROAD = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，修路的钱由村集体出。"
ROAD_ON = "修路那阵子，新村的老少天天上工地，水泥路一直铺到出山的路口，村集体又出钱装了路灯。"
CANTEEN = "老街的食堂办起来以后，老人们不再为一日三餐发愁，食堂的志愿者每天给老街的老人送餐上门。"
TITLES = ("新村老少齐修水泥路", "老街食堂让老人不愁三餐")


def steps(
    texts: Sequence[str], heads: dict[int, str] | None = None, closed: Sequence[int] = (), **fields: Any
) -> Costs:
    """The steps of a page of some pieces; ``heads`` are headlines by the piece right below them."""
    heads = heads or {}
    pieces = [Piece(i, (Span(0, len(t)),), t, i) for i, t in enumerate(texts)]
    given = {"signed": [False] * len(heads), "plain": [False] * len(heads), **fields}
    cohesion = Cohesion(list(texts))
    return Costs(Material(pieces, [*heads.values()], [*heads], closed=frozenset(closed), cohesion=cohesion, **given))


def going_on(page: Costs, a: int, b: int) -> float:
    """The cost of going on from one piece in another, whatever it is."""
    cost = page.step_below(a, b, inf)
    assert cost is not None
    return cost


def cut(text: str, before: str) -> tuple[str, str]:
    at = text.index(before)
    return text[:at], text[at:]


def test_headlines_between_and_above() -> None:
    page = steps([ROAD, ROAD_ON, CANTEEN], {0: TITLES[0], 2: TITLES[1]}).material
    assert [page.headlines_between(a, b) for a, b in ((0, 1), (1, 2), (2, 0), (1, 1))] == [0, 1, 1, 0]
    assert page.headlines_above() == {0: 0, 2: 1}


def test_a_headline_owns_the_piece_with_its_words() -> None:
    page = steps([ROAD, CANTEEN, ROAD_ON], {0: TITLES[0], 1: TITLES[1]})
    assert [page.owner(i) for i in range(3)] == [0, 1, 0]
    assert page.of_other_titles(0, 1)
    assert not page.of_other_titles(0, 2)
    assert steps([ROAD]).owner(0) is None


def test_a_sentence_goes_on_where_its_words_do() -> None:
    start, rest = cut(ROAD, "泥路，修")
    page = steps([start, CANTEEN, rest])
    assert going_on(page, 0, 2) < going_on(page, 0, 1)
    assert going_on(page, 0, 2) < page.end(0, headed=False)


def test_going_on_behind_a_closing_byline_costs_most() -> None:
    texts = [ROAD, ROAD_ON]
    assert going_on(steps(texts, closed=[0]), 0, 1) > going_on(steps(texts), 0, 1)
    assert steps(texts, closed=[0]).is_end(0)
    assert steps([f"{ROAD}（王一 李二）", ROAD_ON]).is_end(0)


def test_points_go_on_in_turn() -> None:
    page = steps(["一是修路，全村老少齐上阵。", "三是装灯，村集体出钱。", "二是铺桥，乡亲们出力。"])
    assert going_on(page, 0, 2) < going_on(page, 0, 1)
    assert [page.lacks_point_before(i) for i in range(3)] == [False, True, False]


def test_a_cheaper_limit_stops_the_asking() -> None:
    page = steps([ROAD, ROAD_ON])
    cost = going_on(page, 0, 1)
    assert page.step_below(0, 1, cost + 0.1) == cost
    assert page.step_below(0, 1, cost) is None


@pytest.mark.parametrize(
    ("texts", "headed", "state"),
    [
        ([ROAD, ROAD_ON], False, "on"),
        ([*cut(ROAD, "泥路，修")], False, "on"),
        ([ROAD, CANTEEN], True, "end"),
        ([cut(ROAD, "泥路，修")[0], CANTEEN], True, "doubt"),
        ([ROAD, "常。"], False, "doubt"),
        ([ROAD, "，又装了路灯。"], True, "doubt"),
        (["一是修路。", "三是装灯，村集体出钱。"], False, "doubt"),
    ],
    ids="paragraph sentence headline open-end tail open-start point".split(),
)
def test_neighbours(texts: list[str], headed: bool, state: str) -> None:
    assert steps(texts, {1: TITLES[1]} if headed else {}).neighbours(0, headed) == state


def test_ends() -> None:
    page = steps([cut(ROAD, "泥路，修")[0], ROAD, CANTEEN])
    lost, quiet, last = page.end(0, headed=False), page.end(1, headed=False), page.end(2, headed=False)
    assert lost > quiet > last == 0
    assert page.end(1, headed=True) == 0


def test_beginnings_without_a_headline() -> None:
    page = steps([ROAD, ROAD_ON, "，又装了路灯。"])
    assert page.begin(0) < page.begin(1) < page.begin(2)


@pytest.mark.parametrize(("fields", "dearer"), [({"signed": [True]}, True), ({"plain": [True]}, False)])
def test_headlines_without_a_body(fields: dict[str, Any], dearer: bool) -> None:
    bare, other = (steps([ROAD], {0: TITLES[0]}, **f).bare(0) for f in ({}, fields))
    assert (other > bare) is dearer
    assert other != bare


def test_a_headline_takes_the_body_below_it_that_has_its_words() -> None:
    page = steps([ROAD, CANTEEN], {0: TITLES[0], 1: TITLES[1]})
    assert page.under(0, 0) < page.under(0, 1)
    assert page.under(1, 1) < page.under(1, 0)


def test_likeness_is_higher_on_one_topic() -> None:
    page = steps([ROAD, CANTEEN, ROAD_ON])
    assert page.likeness(0, 2) > page.likeness(0, 1)
