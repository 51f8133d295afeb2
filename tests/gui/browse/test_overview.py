"""The overview: counts, the heat table by mouse and keyboard, states, the largest figures, an empty library."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QScrollBar

from core.library.answers import FigureRow
from core.library.answers import Overview as Counts
from core.library.query import Query
from core.records import Metric
from gui import theme
from gui.browse.heat import HeatModel, ink_on, warmth
from gui.browse.overview import Overview
from gui.theme.colours import set_scheme

CITIES = (("530900", "云岭市"), ("531000", "青禾市"), ("=", "地区未定"))
HEAT = {("530900", "民生服务"): 4, ("531000", "党建引领"): 1, ("=", ""): 2, ("531000", "自拟主题"): 1}
MONEY = Metric("捐资", Decimal("50000000"), "元", approx="nearly", printed="近5000万元")
COUNTS = Counts(
    cases=12345, news=2, places=9, themes=3, mechanisms=40, figures=310, sources=5, cities=CITIES, heat=HEAT,
    largest=(FigureRow(7, MONEY, "山里来了议事亭", "云岭市"), FigureRow(8, MONEY, "桥上议事", "青禾市")),
    states={"unchecked": 12000, "checked": 345},
)  # fmt: skip
THEMES_SHOWN = ["党建引领", "民生服务", "自拟主题", "主题未定"]


@pytest.fixture
def page(qtbot) -> Overview:
    out = Overview()
    qtbot.addWidget(out)
    out.resize(900, 700)
    out.show()
    out.show_overview(COUNTS)
    return out


def test_the_model_keeps_qts_rules(qapp, qtlog) -> None:
    one = HeatModel()
    tester = QAbstractItemModelTester(one, QAbstractItemModelTester.FailureReportingMode.Warning)
    one.set_counts(COUNTS)
    one.set_counts(Counts(0, 0, 0, 0, 0, 0, 0, ()))
    assert tester.model() is one
    assert not [r for r in qtlog.records if "FAIL" in r.message]


def test_counts_are_large_figures_in_groups(page: Overview) -> None:
    assert [label.text() for label in page._counts] == ["12\u2005345", "9", "3", "40", "310", "5"]


def test_themes_stand_in_the_order_of_the_house_then_others(page: Overview) -> None:
    model = page.heat_model
    down = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert down == THEMES_SHOWN
    assert model.index(1, 0).data() == "4"
    assert model.index(0, 0).data() == ""


def test_a_cell_narrows_by_mouse(page: Overview, qtbot) -> None:
    at = page.heat.visualRect(page.heat_model.index(1, 0)).center()
    with qtbot.waitSignal(page.narrowed) as said:
        qtbot.mouseClick(page.heat.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said.args == [Query(places=("530900",), themes=("民生服务",))]


def test_a_cell_narrows_by_keyboard(page: Overview, qtbot) -> None:
    page.heat.setCurrentIndex(page.heat_model.index(1, 2))
    qtbot.keyClick(page.heat, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.narrowed) as said:
        qtbot.keyClick(page.heat, Qt.Key.Key_Down)
        qtbot.keyClick(page.heat, Qt.Key.Key_Return)
    assert said.args == [Query(places=("=",), themes=("",))]


def test_an_empty_cell_leads_nowhere(page: Overview, qtbot) -> None:
    with qtbot.assertNotEmitted(page.narrowed):
        page.heat.clicked.emit(page.heat_model.index(0, 0))


def test_heads_narrow_to_a_city_or_a_theme(page: Overview, qtbot) -> None:
    with qtbot.waitSignal(page.narrowed) as city:
        page.heat.horizontalHeader().sectionClicked.emit(1)
    with qtbot.waitSignal(page.narrowed) as about:
        page.heat.verticalHeader().sectionClicked.emit(0)
    assert (city.args, about.args) == ([Query(places=("531000",))], [Query(themes=("党建引领",))])


def test_a_screen_reader_hears_the_whole_cell(page: Overview) -> None:
    said = page.heat_model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "云岭市 · 民生服务：4 个案例"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.4, 0.5, 0.6, 0.75, 1.0])
def test_every_warmth_can_be_read(qapp, scheme: str, share: float) -> None:
    set_scheme(scheme)
    assert theme.contrast(ink_on(warmth(share)), warmth(share)) >= 4.5
    set_scheme("light")


def test_states_are_told_and_lead_to_their_cases(page: Overview, qtbot) -> None:
    assert page._states["checked"].text() == "已核 345"
    assert not page._states["wrong"].isEnabled()
    assert page._bar.accessibleDescription() == "未核 12000，已核 345，存疑 0，有误 0"
    with qtbot.waitSignal(page.narrowed) as said:
        page._states["unchecked"].click()
    assert said.args == [Query(states=("unchecked",))]


def test_a_largest_figure_opens_its_case(page: Overview, qtbot) -> None:
    assert page.largest_model.index(0, 3).data() == "近 50\u2005000\u2005000"
    page.largest.setCurrentIndex(page.largest_model.index(1, 0))
    with qtbot.waitSignal(page.case_chosen) as said:
        qtbot.keyClick(page.largest, Qt.Key.Key_Return)
    assert said.args == [8]


def test_both_tables_are_copied_as_cells(page: Overview, qtbot) -> None:
    qtbot.keyClick(page.heat, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n")[2] == "民生服务\t4\t0\t0"
    qtbot.keyClick(page.largest, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = QGuiApplication.clipboard().text().split("\n")[1].split("\t")
    assert cells == ["捐资", "近5000万", "元", "50000000", "未核", "云岭市", "山里来了议事亭"]


@pytest.mark.parametrize("width", [420, 900, 2400])
def test_no_row_is_hidden_at_any_width(page: Overview, qtbot, width: int) -> None:
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.width() == width)
    rows = [page.heat.visualRect(page.heat_model.index(row, 0)) for row in range(page.heat_model.rowCount())]
    assert rows[-1].bottom() <= page.heat.viewport().height()


def test_an_empty_library_says_what_to_do(page: Overview, qtbot) -> None:
    page.show_overview(Counts(0, 0, 0, 0, 0, 0, 0, ()))
    assert "还是空的" in page._empty.words()
    with qtbot.waitSignal(page.acted) as said:
        page._empty.press()
    assert said.args == ["import"]


MANY = tuple((f"{n}", name) for n, name in enumerate(["浙江省（未分市）", "连云港市", "呼和浩特市", *["青禾市"] * 27]))


@pytest.fixture
def wide(page: Overview) -> Overview:
    page.show_overview(replace(COUNTS, cities=MANY, heat={("0", "民生服务"): 4, ("29", "民生服务"): 1}))
    return page


@pytest.mark.parametrize("width", [420, 900, 1600])
def test_the_name_of_a_city_is_shown_whole(wide: Overview, qtbot, width: int) -> None:
    wide.resize(width, 700)
    qtbot.waitUntil(lambda: wide.width() == width)
    head = wide.heat.horizontalHeader()
    room = QRect(0, 0, head.defaultSectionSize() - 4, 1000)
    wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    boxes = [QFontMetrics(theme.font("secondary")).boundingRect(room, wrapped, name) for _, name in MANY]
    assert max(box.height() for box in boxes) <= head.height()
    assert max(box.width() for box in boxes) <= room.width()


def test_a_map_too_wide_is_scrolled_from_above_the_cities(wide: Overview, qtbot) -> None:
    bar = next(b for b in wide.heat.parentWidget().findChildren(QScrollBar) if b.parent() is wide.heat.parentWidget())
    qtbot.waitUntil(bar.isVisible)
    assert bar.geometry().bottom() <= wide.heat.geometry().top()
    bar.setValue(bar.maximum())
    assert wide.heat.columnViewportPosition(len(MANY) - 1) < wide.heat.viewport().width()
    wide.show_overview(COUNTS)
    qtbot.waitUntil(bar.isHidden)


def test_a_largest_figure_says_whether_it_was_checked(page: Overview) -> None:
    assert [page.largest_model.index(row, 4).data() for row in range(2)] == ["未核", "未核"]


def test_the_table_of_cities_is_copied_as_a_real_table(page: Overview) -> None:
    page.heat.copy()
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 1 + len(THEMES_SHOWN)
    assert '<td align="right">4</td>' in html


def test_no_nought_stands_there_before_anything_was_counted(qtbot) -> None:
    out = Overview()
    qtbot.addWidget(out)
    out.resize(900, 700)
    out.show()
    assert not any(label.isVisible() for label in out._counts)
    out.show_overview(COUNTS)
    assert all(label.isVisible() for label in out._counts)
