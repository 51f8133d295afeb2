"""Filters: what was typed is read, chips say it and take it away again, the sheet holds at once."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import Query
from gui.browse.filters import Chips, FilterSheet, chips_of, number_of, without_filters

FULL = Query(
    words="邻里",
    places=("130500", "130534"),
    themes=("基层治理", ""),
    mechanisms=("三问三办",),
    since="2023-05",
    until="2024",
    indicator="件数",
    value_min=Decimal(10),
    value_max=Decimal("2.5"),
    unit="件",
    states=("unsure",),
    kinds=("news",),
    tags=("年度汇报",),
    starred=True,
    order="title",
)


@pytest.mark.parametrize(
    ("typed", "value"), [("", None), ("3,000", "3000"), ("1.5万", "15000"), ("2 亿", "200000000"), ("-0.5", "-0.5")]
)
def test_numbers_as_typed(typed: str, value: str | None) -> None:
    assert number_of(typed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("typed", ["很多", "1..2", "NaN", "无穷", "Infinity", "万"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        number_of(typed)


def test_each_chip_takes_away_what_it_says() -> None:
    chips = dict(chips_of(FULL, lambda code: f"地{code}"))
    assert list(chips) == [
        "地130500",
        "地130534",
        "基层治理",
        "没有主题",
        "机制 三问三办",
        "2023年5月 至 2024年",
        "件数 10–2.5 件",
        "存疑",
        "标签 年度汇报",
        "有星标",
        "新闻",
    ]
    assert (chips["标签 年度汇报"].tags, chips["有星标"].starred) == ((), False)
    assert chips["地130500"].places == ("130534",)
    assert chips["没有主题"].themes == ("基层治理",)
    assert (chips["件数 10–2.5 件"].unit, chips["件数 10–2.5 件"].value_min) == ("", None)


def test_the_sources_of_an_import_are_one_filter() -> None:
    [(said, without)] = chips_of(Query(words="邻里", sources=("甲", "乙")), str, "刚收进的 3 个案例")
    assert (said, without) == ("刚收进的 3 个案例", Query(words="邻里"))


def test_taking_away_every_chip_leaves_words_and_order() -> None:
    query = FULL
    while chips := list(chips_of(query, str)):
        query = chips[0][1]
    assert query == without_filters(FULL) == Query(words="邻里", order="title")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (Query(since="2023"), "2023年 起"),
        (Query(until="2023-11"), "2023年11月 止"),
        (Query(indicator="面积", value_min=Decimal(5), unit="亩"), "面积 ≥ 5 亩"),
        (Query(value_max=Decimal(15000)), "数据 ≤ 15000"),
        (Query(unit="家"), "数据，单位 家"),
    ],
)
def test_chip_texts(query: Query, text: str) -> None:
    assert [said for said, _ in chips_of(query, str)] == [text]


@pytest.fixture
def chips(qtbot: QtBot, dressed: QApplication) -> Chips:
    chips = Chips()
    qtbot.addWidget(chips)
    return chips


def test_chips_hide_when_nothing_narrows(chips: Chips) -> None:
    assert chips.show_query(FULL, str) == 11
    assert chips.show_query(Query(words="邻里"), str) == 0
    assert chips.isHidden()


def test_a_chip_goes_by_key(qtbot: QtBot, chips: Chips) -> None:
    chips.show_query(Query(themes=("基层治理",)), str)
    chip = next(chip for chip in chips.findChildren(type(chips._flow.itemAt(0).widget())))
    with qtbot.waitSignal(chips.changed) as changed:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert changed.args == [Query()]


@pytest.fixture
def sheet(qtbot: QtBot, dressed: QApplication) -> FilterSheet:
    sheet = FilterSheet()
    qtbot.addWidget(sheet)
    sheet.show_query(Query(words="邻里"))
    sheet.open()
    return sheet


def test_tags_and_stars_are_chosen_in_the_sheet(qtbot: QtBot, sheet: FilterSheet) -> None:
    sheet.show_tags([("年度汇报", 7), ("待补照片", 2)])
    with qtbot.waitSignal(sheet.changed) as said:
        qtbot.mouseClick(sheet._tags["待补照片"], Qt.MouseButton.LeftButton)
    assert said.args[0].tags == ("待补照片",)
    with qtbot.waitSignal(sheet.changed) as said:
        qtbot.mouseClick(sheet._starred, Qt.MouseButton.LeftButton)
    assert (said.args[0].tags, said.args[0].starred) == (("待补照片",), True)
    sheet.show_query(said.args[0])
    sheet.show_tags([("年度汇报", 7)])  # the last case with the other lost it: the filter still shows, to be taken away
    assert [*sheet._tags] == ["年度汇报", "待补照片"]
    assert [tag for tag, button in sheet._tags.items() if button.isChecked()] == ["待补照片"]


def test_the_sheet_shows_what_holds(sheet: FilterSheet) -> None:
    sheet._place.setFocus()
    sheet.show_query(FULL)
    assert sheet._themes["基层治理"].isChecked()
    assert not sheet._themes["营商环境"].isChecked()
    assert sheet._edits["value_max"].text() == "2.5"


def test_a_theme_holds_at_once(qtbot: QtBot, sheet: FilterSheet) -> None:
    with qtbot.waitSignal(sheet.changed) as changed:
        sheet._themes["营商环境"].click()
    assert changed.args == [Query(words="邻里", themes=("营商环境",))]


@pytest.mark.parametrize("typed", ["昨天", "2023-02-31"])
def test_what_is_no_date_changes_nothing_and_is_marked(qtbot: QtBot, sheet: FilterSheet, typed: str) -> None:
    with qtbot.assertNotEmitted(sheet.changed):
        sheet._edits["since"].textEdited.emit(typed)
    assert sheet._edits["since"].property("wrong")
    with qtbot.waitSignal(sheet.changed) as changed:
        sheet._edits["since"].textEdited.emit("2023年5月")
    assert changed.args == [Query(words="邻里", since="2023-05")]
    assert not sheet._edits["since"].property("wrong")


def test_a_place_is_found_as_typed_and_taken_with_enter(qtbot: QtBot, sheet: FilterSheet) -> None:
    with qtbot.waitSignal(sheet.places_wanted) as wanted:
        qtbot.keyClicks(sheet._place, "qinghe")
    assert wanted.args == ["qinghe"]
    sheet.show_places("qinghe", [("130534", "河北省 · 邢台市 · 清河县", ""), ("130500", "河北省 · 邢台市", "旧名")])
    qtbot.keyClick(sheet._place, Qt.Key.Key_Down)
    with qtbot.waitSignal(sheet.changed) as changed:
        qtbot.keyClick(sheet._place, Qt.Key.Key_Return)
    assert changed.args == [Query(words="邻里", places=("130500",))]
    assert sheet.name_of("130500") == "邢台市"


def test_an_answer_to_older_typing_is_not_shown(sheet: FilterSheet) -> None:
    sheet._place.setText("清河")
    sheet.show_places("清", [("1", "别处", "")])
    assert sheet._found.count() == 0


def test_an_unknown_place_is_said_and_cannot_be_taken(qtbot: QtBot, sheet: FilterSheet) -> None:
    sheet._place.setText("乌有县")
    sheet.show_places("乌有县", [])
    assert sheet._found.item(0).text() == "没有叫「乌有县」的地区"
    with qtbot.assertNotEmitted(sheet.changed):
        qtbot.keyClick(sheet._place, Qt.Key.Key_Return)


def test_a_mechanism_is_taken_by_name(qtbot: QtBot, sheet: FilterSheet) -> None:
    sheet._mechanism.setText("三问三办")
    with qtbot.waitSignal(sheet.changed) as changed:
        qtbot.keyClick(sheet._mechanism, Qt.Key.Key_Return)
    assert changed.args == [Query(words="邻里", mechanisms=("三问三办",))]


def test_escape_closes_the_sheet(qtbot: QtBot, sheet: FilterSheet) -> None:
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
