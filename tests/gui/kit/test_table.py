"""The one table: numbers are never cut, widths are shared and remembered, columns chosen, rows copied as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from gui.kit.columns import Column, Want, share
from gui.kit.records import Head, RecordsModel
from gui.kit.table import RecordsView
from gui.theme import fonts


class Shop(NamedTuple):
    name: str
    sold: int
    told: str = ""


Cut = Callable[[QTableView, int], list[str]]
COLUMNS: tuple[Column[Shop], ...] = (
    Column("name", "店名", lambda s: s.name, least=80, weight=2, ink="text"),
    Column("sold", "售出", lambda s: f"{s.sold:,}".replace(",", " "), "number", key=lambda s: s.sold,
           copied=lambda s: str(s.sold), tip="卖了多少"),
    Column("told", "说明", lambda s: s.told, least=60),
)  # fmt: skip
SHOPS = (Shop("修伞铺", 9, "老街坊"), Shop("粮店", 110), Shop("=书屋", 42, "1-2"))


class Grouping(RecordsModel[Shop]):
    """Two groups under heads."""

    def under_heads(self, shops: tuple[Shop, ...]) -> list[Shop | Head]:
        return [Head("这一组"), *shops[:2], Head("那一组"), *shops[2:]]


@pytest.fixture
def model(dressed: QApplication) -> RecordsModel[Shop]:
    return RecordsModel(COLUMNS, "Shops")


@pytest.fixture
def view(qtbot: QtBot, model: RecordsModel[Shop]) -> RecordsView[Shop]:
    return shown(qtbot, model)


def shown(qtbot: QtBot, model: RecordsModel[Shop], width: int = 500) -> RecordsView[Shop]:
    out = RecordsView(model, "店", several=True)
    qtbot.addWidget(out)
    out.resize(width, 200)
    out.show()
    out.show_records(SHOPS)
    return out


def names(view: RecordsView[Shop]) -> list[str]:
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


# ---- widths


@given(
    st.integers(0, 3000),
    st.lists(st.tuples(st.integers(20, 200), st.integers(0, 600), st.sampled_from([1.0, 2.0, 0.5])), min_size=1),
    st.integers(-1, 0),
)
def test_room_is_shared_without_gap_or_greed(room: int, asked: list[tuple[int, int, float]], grows: int) -> None:
    wants = [Want(least, least + more, weight) for least, more, weight in asked]
    widths = share(room, wants, grows)
    assert all(width >= want.least for width, want in zip(widths, wants, strict=True))
    assert all(w <= want.wish for w, want in list(zip(widths, wants, strict=True))[max(0, grows + 1) :])
    assert sum(widths) <= max(room, sum(want.least for want in wants))
    assert grows < 0 or sum(widths) >= room


@pytest.fixture(params=[14, 23])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The interface font as it is, and a much larger one."""
    monkeypatch.setitem(fonts.SIZES, "interface", (request.param, False))
    return request.param


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=6), st.integers(60, 900))
def test_a_number_is_never_cut(size: int, view: RecordsView[Shop], cut: Cut, sold: list[int], width: int) -> None:
    view.setFont(fonts.font("interface"))
    view.resize(width, 200)
    view.show_records([Shop("一家名字很长很长的老字号修伞补鞋铺", n) for n in sold])
    assert cut(view, 1) == []


def test_a_number_among_thousands_is_never_cut_either(qtbot: QtBot, view: RecordsView[Shop], cut: Cut) -> None:
    view.show_records([Shop("店", 1)] * 1999 + [Shop("店", 10**15)])
    qtbot.waitUntil(lambda: not cut(view, 1))


def test_a_person_cannot_make_a_number_narrower_than_it_is(view: RecordsView[Shop], cut: Cut) -> None:
    view.show_records([Shop("店", 123456789012)])
    view.horizontalHeader().resizeSection(1, 41)
    assert cut(view, 1) == []


def test_remembered_widths_give_way_to_longer_numbers(qtbot: QtBot, view: RecordsView[Shop]) -> None:
    view.horizontalHeader().resizeSection(1, 120)
    other = shown(qtbot, RecordsModel(COLUMNS, "Shops"))
    other.restore_look(view.look())
    assert other.columnWidth(1) == 120
    other.show_records([Shop("店", 10**18)])
    assert other.columnWidth(1) > 120
    other.show_records(SHOPS)
    assert other.columnWidth(1) == 120


def test_the_table_fills_its_room_and_no_more(view: RecordsView[Shop]) -> None:
    assert sum(map(view.columnWidth, range(3))) == view.viewport().width()


def test_a_double_click_on_a_head_gives_up_its_width(view: RecordsView[Shop]) -> None:
    view.horizontalHeader().resizeSection(0, 333)
    view.horizontalHeader().sectionHandleDoubleClicked.emit(0)
    assert view.columnWidth(0) != 333
    assert view.widths.own == {}


# ---- what is remembered


def test_columns_order_and_widths_are_remembered(qtbot: QtBot, view: RecordsView[Shop]) -> None:
    view.horizontalHeader().moveSection(1, 2)
    view.horizontalHeader().resizeSection(0, 222)
    view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    other = shown(qtbot, RecordsModel(COLUMNS, "Shops"))
    other.restore_look(view.look())
    assert other.shown_columns() == [0, 2, 1]
    assert other.columnWidth(0) == 222
    assert names(other) == ["粮店", "=书屋", "修伞铺"]


@pytest.mark.parametrize(
    "kept",
    ["", "b'\\x00'", "[]", "{}", '{"widths": 3, "order": [], "hidden": [], "sort": []}',
     '{"widths": {"name": "wide", "gone": 90}, "order": ["gone"], "hidden": ["name", 7], "sort": ["gone", 1]}'],
)  # fmt: skip
def test_what_was_not_kept_by_this_table_changes_nothing(view: RecordsView[Shop], kept: str) -> None:
    before = view.look()
    view.restore_look(kept)
    assert view.look() == before


def test_columns_are_chosen_from_a_menu_and_said(qtbot: QtBot, view: RecordsView[Shop]) -> None:
    menu = view.columns_menu()
    assert [a.text() for a in menu.actions() if a.isCheckable()] == ["售出", "说明"]
    with qtbot.waitSignal(view.look_changed):
        menu.actions()[0].trigger()
    assert view.shown_columns() == [0, 2]


def test_the_first_column_cannot_be_hidden(view: RecordsView[Shop]) -> None:
    view.hidden = {"name"}
    view.show_wanted()
    assert view.shown_columns() == [0, 1, 2]


# ---- records


def test_qt_finds_nothing_wrong(dressed: QApplication, model_faults: Callable[[QAbstractItemModel], list[str]]) -> None:
    model = Grouping(COLUMNS, "Shops")
    faults = model_faults(model)
    model.set_records(SHOPS)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_filter("没有")
    model.set_records(())
    assert faults == []


def test_filtered_by_all_words_and_sorted_by_key(view: RecordsView[Shop], model: RecordsModel[Shop]) -> None:
    view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert names(view) == ["修伞铺", "=书屋", "粮店"]
    model.set_filter("老街 修")
    assert (names(view), model.counts()) == (["修伞铺"], (1, 3))
    view.unsort()
    model.set_filter("")
    assert names(view) == ["修伞铺", "粮店", "=书屋"]


def test_keys_pass_over_heads_and_reach_both_ends(qtbot: QtBot, dressed: QApplication) -> None:
    view = shown(qtbot, Grouping(COLUMNS, "Shops"))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.record() == SHOPS[0]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.record() == SHOPS[2]
    with qtbot.waitSignal(view.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_choosing_is_said_unless_it_is_quiet(qtbot: QtBot, view: RecordsView[Shop]) -> None:
    with qtbot.assertNotEmitted(view.chosen):
        view.choose(1, quiet=True)
    with qtbot.waitSignal(view.chosen) as said:
        view.choose(2)
    assert said.args == [SHOPS[2]]


def test_a_tip_takes_no_markup(view: RecordsView[Shop]) -> None:
    view.show_records([Shop("<b>店</b>", 1)])
    assert "<b>" not in view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


# ---- the clipboard


def test_copied_as_cells_and_as_a_real_table(qtbot: QtBot, view: RecordsView[Shop]) -> None:
    view.choose(2)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "店名\t售出\t说明\n'=书屋\t42\t1-2"
    html = mime.html()
    assert html.count("<tr>") == 2
    assert html.count("<th ") == 3
    assert '<td align="right">42</td>' in html
    assert '<td style="mso-number-format:\'\\@\'" sdnum="1033;0;@">1-2</td>' in html


def test_without_a_choice_all_is_copied_with_its_note(view: RecordsView[Shop]) -> None:
    text = view.copy("（出处：《云岭日报》）")
    assert text.split("\n") == [
        "店名\t售出\t说明",
        "修伞铺\t9\t老街坊",
        "粮店\t110\t",
        "'=书屋\t42\t1-2",
        "（出处：《云岭日报》）",
    ]
    assert "</table><p>（出处：《云岭日报》）</p>" in QGuiApplication.clipboard().mimeData().html()


def test_only_the_columns_in_sight_are_copied_from_left_to_right(view: RecordsView[Shop]) -> None:
    view.hidden = {"told"}
    view.show_wanted()
    assert view.copy().split("\n")[1] == "修伞铺\t9"


def test_heads_and_torn_cells_do_not_tear_the_table(qtbot: QtBot, dressed: QApplication) -> None:
    view = shown(qtbot, Grouping(COLUMNS, "Shops"))
    view.show_records([Shop("上\t下\n<左>", 1), *SHOPS[1:]])
    assert view.copy().split("\n")[1] == "上 下 <左>\t1\t"
    assert "上 下 &lt;左&gt;" in QGuiApplication.clipboard().mimeData().html()
