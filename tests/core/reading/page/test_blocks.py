"""From printed lines to pieces: lines of one column are joined, paragraphs and headings stay apart."""

from __future__ import annotations

import pytest

from core.reading.page.blocks import pieces_of
from core.reading.page.layout import lay_out
from core.reading.page.pieces import Piece

ROAD = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里，日子一天天好起来。"
CANTEEN = "食堂办起来以后，老人们不再为一日三餐发愁，志愿者每天送餐上门，村里的笑声也比从前多了，谁见了都说好。"
LONG, OTHER = ROAD.replace("。", "，") + CANTEEN, CANTEEN.replace("。", "，") + ROAD


def pieces(text: str, subheads: frozenset[int] = frozenset()) -> list[Piece]:
    return pieces_of(text, lay_out(text), subheads)


def broken(text: str, width: int) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


@pytest.mark.parametrize("width", [11, 16, 23])
def test_lines_of_one_column_are_one_piece(width: int) -> None:
    [piece] = pieces(broken(ROAD, width))
    assert piece.text == ROAD
    assert piece.column is not None
    assert (piece.column[0], piece.cut_short) == (width, len(ROAD) % width not in (0, width - 1, width - 2))


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_paragraphs_longer_than_any_column_stay_apart(blank: str) -> None:
    assert [p.text for p in pieces(f"{LONG}{blank}{OTHER}\n")] == [LONG, OTHER]


def test_a_line_wider_than_its_column_is_another_paragraph() -> None:
    assert [p.text for p in pieces(f"{broken(ROAD, 16)}\n{CANTEEN}")] == [ROAD, CANTEEN]


def test_a_break_with_a_blank_line_leaves_two_pieces() -> None:
    one, other = ROAD[:20], ROAD[20:]
    assert [p.ends_open for p in pieces(f"{one}\n\n{other}")] == [True, False]


def test_glued_is_right_below() -> None:
    assert [p.glued for p in pieces(f"{LONG}\n{OTHER}\n\n{LONG}")] == [False, True, False]


def test_set_in_where_the_page_sets_in() -> None:
    assert [p.indented for p in pieces(f"　　{LONG}\n　　{OTHER}\n{LONG}")] == [True, True, False]
    assert [p.indented for p in pieces(f"{LONG}\n{OTHER}")] == [None, None]


def test_headings_inside_an_article_are_pieces_of_their_own() -> None:
    text = f"{ROAD}\n\n食堂办到家门口\n\n{CANTEEN}"
    assert [i.kind for i in lay_out(text)] == ["text", "headline", "text"]
    assert [(p.text, p.subhead) for p in pieces(text, frozenset({1}))][1] == ("食堂办到家门口", True)
    assert [p.text for p in pieces(text)] == [ROAD, CANTEEN]


def test_spans_and_numbers() -> None:
    text = f"{broken(ROAD, 16)}\n\n{CANTEEN}\n"
    found = pieces(text)
    assert [p.number for p in found] == list(range(len(found)))
    assert all("".join(text[s.start : s.end] for s in p.spans) == p.text for p in found)


def test_no_lines_no_pieces() -> None:
    assert pieces("\n \n") == []
