"""A page's structure: headlines, pieces, headings inside articles, and bylines that stand alone."""

from __future__ import annotations

import pytest

from core.reading.page import structure as module
from core.reading.page.order import Offers, Step
from core.reading.page.stretches import Lines
from core.reading.page.structure import Structure

ROAD = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里。"
CANTEEN = "老街的食堂办起来以后，老人们不再为一日三餐发愁，志愿者每天送餐上门，大家都说好。"
PAGE = ["新村修路奔小康", "王一 李二", ROAD, "老街食堂暖人心", "张立 李思", CANTEEN]


def structure(*lines: str) -> Structure:
    return Structure("\n\n".join(lines))


def titles(page: Structure) -> list[str]:
    return ["".join(page.items[i].text for i in head.lines) for head in page.titles]


def test_headlines_and_bodies() -> None:
    page = structure(*PAGE)
    assert titles(page) == ["新村修路奔小康", "老街食堂暖人心"]
    assert [p.text for p in page.pieces] == [ROAD, CANTEEN]
    assert [(c.headline, c.pieces) for c in page.chains] == [(0, [0]), (1, [1])]
    assert [len(head.bylines) for head in page.titles] == [1, 1]


def test_numbered_headings_are_pieces() -> None:
    page = structure(*PAGE[:3], "一、全村齐上阵", ROAD)
    assert titles(page) == ["新村修路奔小康"]
    assert [p.subhead for p in page.pieces] == [False, True, False]
    assert [(c.headline, c.pieces) for c in page.chains] == [(0, [0, 1, 2])]


@pytest.mark.parametrize(
    ("lines", "headlines", "pieces"),
    [(PAGE, ["新村修路奔小康", "老街食堂暖人心"], [[0], [1]]),
     ([*PAGE[:3], "一、全村齐上阵", ROAD], ["新村修路奔小康"], [[0, 1, 2]]),
     (["要闻 要闻", *PAGE[:3]], ["新村修路奔小康"], [[0]])],
)  # fmt: skip
def test_no_article_goes_on_in_what_surely_is_a_headline(
    lines: list[str], headlines: list[str], pieces: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_in_one(found: Lines, _: object) -> tuple[list[Step | None], Offers]:
        return [*(Step(a + 1, 0.9) for a in range(found.count - 1)), None], {}

    monkeypatch.setattr(module, "find_steps", all_in_one)
    page = structure(*lines)
    assert titles(page) == headlines
    assert [chain.pieces for chain in page.chains] == pieces


def test_a_heading_above_a_headline_is_no_line_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_in_one(found: Lines, _: object) -> tuple[list[Step | None], Offers]:
        return [*(Step(a + 1, 0.9) for a in range(found.count - 1)), None], {}

    title, body, office = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.1, 0.4, 0.5, 0.0, 0.0, 0.0]
    monkeypatch.setattr(module, "find_steps", all_in_one)
    monkeypatch.setattr(module, "kinds_on", lambda *_: [title, body, office, title, title, body])
    page = structure(PAGE[0], ROAD, "新村办公室", "老街食堂", "暖人心", CANTEEN)
    assert titles(page) == ["新村修路奔小康", "老街食堂暖人心"]
    assert [chain.pieces for chain in page.chains] == [[0, 1], [2]]


def test_a_byline_behind_the_body_stands_alone_and_closes_it() -> None:
    page = structure(PAGE[0], ROAD, "（王一 李二）", *PAGE[3:])
    [lone] = page.lone_bylines()
    assert page.items[lone].text == "（王一 李二）"
    assert page.last_above(lone) == 0


def test_nothing_stands_above_the_first_piece_or_beyond_a_headline() -> None:
    page = structure(*PAGE)
    assert [page.last_above(i) for i in (0, 1, 4)] == [None, None, None]
    assert page.lone_bylines() == []


@pytest.mark.parametrize("page", ["⼈民路３号", "ＡＢ座"])
def test_look_alikes_are_read_in_place(page: str) -> None:
    read = Structure(page).text
    assert len(read) == len(page)
    assert read in ("人民路3号", "AB座")


@pytest.mark.parametrize("page", ["", "\n\n", "第3版"])
def test_a_page_without_body(page: str) -> None:
    found = Structure(page)
    assert (found.pieces, found.chains) == ([], [])
