"""The mechanisms: the list and its filter, what the page says of one, and where its links lead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from core.library.answers import MechanismRow
from core.records import Mechanism, Part
from gui.browse.mechanism_view import MechanismsModel, MechanismView

PARTS = (Part("一亭", "议事亭"), Part("三议", "提议、商议、决议"))
ROWS = (
    MechanismRow("一亭三议", "work model", 12, ("云岭市 · 云岭县", "青禾市"), PARTS, "在亭里议事。"),
    MechanismRow("乡贤会", "organisation", 3, ("青禾市",), (), "回乡的人一起出力。"),
    MechanismRow("没人说过的", None, 1),
)
OURS = Mechanism("一亭三议", "work model", PARTS, ("村民", "镇干部"), "在亭里议事。")
TOLD = (
    (7, OURS, "山里来了议事亭", "云岭市 · 云岭县"),
    (9, Mechanism("一亭三议", note="青禾的亭子建在桥上。", participants=("村民",)), "桥上议事", "青禾市"),
)
SIMILAR = (MechanismRow("两亭四议", "work model", 2, ("溪口市",), why="同式"),)


@pytest.fixture
def view(qtbot) -> MechanismView:
    out = MechanismView()
    qtbot.addWidget(out)
    out.resize(1000, 600)
    out.show()
    out.show_mechanisms(ROWS)
    return out


@pytest.fixture
def told(view: MechanismView) -> MechanismView:
    view.choose("一亭三议")
    view.show_cases_of("一亭三议", TOLD, SIMILAR)
    return view


def names(view: MechanismView) -> list[str]:
    return [view.model.index(row, 0).data() for row in range(view.model.rowCount())]


def click(view: MechanismView, link: str) -> None:
    view.page.anchorClicked.emit(QUrl(f"#{link}"))


def test_the_model_keeps_qts_rules(qapp, qtlog) -> None:
    model = MechanismsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_records(ROWS)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.set_filter("乡贤")
    assert tester.model() is model
    assert not [r for r in qtlog.records if "FAIL" in r.message]


def test_cases_are_sorted_as_numbers(view: MechanismView) -> None:
    view.list.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert names(view) == ["没人说过的", "乡贤会", "一亭三议"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [("商议", ["一亭三议"]), ("青禾 组织", ["乡贤会"]), ("回乡", ["乡贤会"]), ("没有这样的", [])],
)
def test_the_filter_looks_into_parts_places_and_notes(view: MechanismView, typed: str, left: list[str]) -> None:
    view.filter.setText(typed)
    assert names(view) == left


def test_choosing_tells_and_shows_what_is_known_at_once(view: MechanismView, qtbot) -> None:
    with qtbot.waitSignal(view.mechanism_chosen) as said:
        view.choose("一亭三议")
    assert said.args == ["一亭三议"]
    assert "三议\t提议、商议、决议" in view.page.plain_text()


def test_the_page_says_who_what_and_where(told: MechanismView) -> None:
    text = told.page.plain_text()
    assert "工作模式 · 12 个案例 · 云岭市 · 云岭县、青禾市" in text
    assert "谁参与\n村民、镇干部" in text
    assert "桥上议事　青禾市\n青禾的亭子建在桥上。" in text
    assert "两亭四议　数字搭配相同 · 溪口市 · 2 个案例" in text
    assert text.count("在亭里议事。") == 1


def test_links_open_a_case_a_search_and_another_mechanism(told: MechanismView, qtbot) -> None:
    with qtbot.waitSignals(
        [told.case_chosen, told.search_wanted, told.mechanism_chosen],
        check_params_cbs=[lambda n: n == 9, lambda w: w == "一亭三议", lambda m: m == "两亭四议"],
    ):
        click(told, "case-1")
        click(told, "search-0")
        click(told, "similar-0")


def test_links_that_are_not_ours_do_nothing(told: MechanismView, qtbot) -> None:
    with qtbot.assertNotEmitted(told.case_chosen):
        click(told, "case-77")
        click(told, "case-x")


def test_showing_the_cases_does_not_ask_for_them_again(view: MechanismView, qtbot) -> None:
    with qtbot.assertNotEmitted(view.mechanism_chosen):
        view.show_cases_of("乡贤会", (), ())
    assert view.list.selectionModel().selectedRows()[0].row() == 1


def test_a_mechanism_that_the_list_does_not_have_is_shown_all_the_same(view: MechanismView) -> None:
    view.show_cases_of("溪口亭", ((3, Mechanism("溪口亭", "brand", PARTS), "溪口", "溪口市"),), ())
    assert "品牌 · 1 个案例 · 溪口市" in view.page.plain_text()


def test_new_rows_keep_the_choice(told: MechanismView) -> None:
    told.show_mechanisms(ROWS[::-1])
    assert told.list.selectionModel().selectedRows()[0].data() == "一亭三议"
    told.show_mechanisms(ROWS[1:])
    assert "一亭三议" not in told.page.plain_text()


def test_copied_as_cells(told: MechanismView, qtbot) -> None:
    qtbot.keyClick(told.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n")[1] == "一亭三议\t工作模式\t12\t云岭市 · 云岭县、青禾市"


def test_nothing_to_show_says_what_to_do(view: MechanismView) -> None:
    view.filter.setText("没有这样的")
    assert "没有符合「没有这样的」" in view._no_rows.words()
    view.filter.clear()
    view.show_mechanisms(())
    assert "还没有机制" in view._no_rows.words()


def test_widths_are_remembered(view: MechanismView) -> None:
    view.list.horizontalHeader().resizeSection(1, 133)
    other = MechanismView()
    other.restore(view.state())
    assert other.list.horizontalHeader().sectionSize(1) == 133
