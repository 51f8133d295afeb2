"""Pieces of body text: open and closed ends."""

from __future__ import annotations

import pytest

from core.reading.page.lines import physical_lines
from core.reading.page.ngrams import ngrams
from core.reading.page.pieces import Piece
from core.reading.page.signs import mark


def piece(text: str, subhead: bool = False) -> Piece:
    return Piece(0, mark(next(physical_lines(text)), ngrams()), 0, subhead)


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
    assert not piece("食堂办到家门口", subhead=True).ends_open
