"""Pieces of body text: open and closed ends, doubtful starts, points of a list, columns."""

from __future__ import annotations

from typing import Any

import pytest

from core.reading.page.pieces import Piece
from core.records import Span


def piece(text: str, **fields: Any) -> Piece:
    return Piece(**{"number": 0, "spans": (Span(0, len(text)),), "text": text, "item": 0, **fields})


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("村里建起了食堂。", False),
        ("他说：“食堂真好。”", False),
        ("有三项做法：", False),
        ("先建食堂；", False),
        ("村里建起了", True),
        ("村里建起了“幸福食堂”", True),
        ("村里建起了，", True),
        ("村里建起了食堂（王一 李二）", False),
    ],
)
def test_ends_open(text: str, opened: bool) -> None:
    assert piece(text).ends_open is opened


def test_a_heading_inside_an_article_is_never_open() -> None:
    heading = piece("食堂办到家门口", subhead=True)
    assert (heading.ends_open, heading.start_doubt, heading.closes) == (False, 0.0, None)


@pytest.mark.parametrize("text", ["，又建起食堂。", "”村民说。", "%的农户受益。", "常。"])
def test_surely_the_rest_of_another_piece(text: str) -> None:
    assert piece(text).start_doubt >= 4


@pytest.mark.parametrize(
    "text", ["近年来，村里建起了食堂。", "本报讯（记者 王一）村里建起了食堂。", "村里建起了食堂，老人都说好。"]
)
def test_surely_a_start(text: str) -> None:
    assert piece(text).start_doubt == 0


def test_being_set_in_tells_for_a_start_and_against() -> None:
    doubts = [piece("食堂，老人都说好。", indented=how).start_doubt for how in (True, None, False)]
    assert doubts == sorted(doubts)
    assert doubts[0] < doubts[2]


@pytest.mark.parametrize(
    ("text", "first", "all_points"),
    [
        ("一是建食堂。二是请厨师。", 1, {1, 2}),
        ("其次，请厨师。", 2, {2}),
        ("第三，评菜单。", 0, set()),
        ("村里有三要：一要建食堂，二要请厨师。", 0, {1, 2}),
        ("一座食堂二层楼。", 0, set()),
    ],
)
def test_points_of_a_list(text: str, first: int, all_points: set[int]) -> None:
    assert (piece(text).begins_with_point, set(piece(text).counts)) == (first, all_points)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [((16, 16.0), (17, 17.0), True), ((16, 16.0), (24, 24.0), False), ((16, 16.0), None, None), (None, None, None)],
)
def test_columns_of_one_width(one: Any, other: Any, same: bool | None) -> None:
    assert piece("甲", column=one).in_column_of(piece("乙", column=other)) is same


@pytest.mark.parametrize(
    ("text", "fields", "strip"),
    [("一行窄窄的字", {}, True), ("字" * 31, {}, False), ("一行", {"subhead": True}, False)],
)
def test_strips(text: str, fields: dict[str, Any], strip: bool) -> None:
    assert piece(text, **fields).is_strip is strip
