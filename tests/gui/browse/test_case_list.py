"""The list: rows in pages, columns, what is copied and dragged, choosing and keeping what is chosen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import CaseRow, Snippet
from gui import theme
from gui.browse.case_list import CaseList
from gui.browse.case_rows import COLUMNS, PAGE, CaseListModel, lines_of
from gui.browse.case_table import INSET, star_beside, star_in
from gui.kit import cells
from gui.kit.rows import blank_before
from gui.kit.widgets import CASES_MIME
from gui.window import Window

TITLE, PLACE, THEMES, DATE, FIGURES, STATE, STARRED, TAGS = range(len(COLUMNS))


def row(num: int) -> CaseRow:
    return CaseRow(
        num, f"id{num}", f"案例{num}", "邢台市 · 清河县", ("基层治理",), "2024-01", num % 7, "unchecked", "case"
    )


class Rows:
    """Gives rows and notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, nums: Sequence[int]) -> list[CaseRow]:
        self.asked.append(list(nums))
        return [row(num) for num in nums if num != 13]


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def model(dressed: QApplication, rows: Rows) -> CaseListModel:
    model = CaseListModel()
    model.show_nums(array("q", range(1, 1001)), rows)
    return model


@pytest.fixture
def shown(qtbot: QtBot, dressed: QApplication, rows: Rows) -> CaseList:
    shown = CaseList()
    qtbot.addWidget(shown)
    shown.resize(420, 600)
    shown.show()
    shown.show_cases(array("q", range(1, 1001)), rows)
    return shown


def test_qt_finds_nothing_wrong_with_the_model(
    model: CaseListModel, rows: Rows, model_faults: Callable[[QAbstractItemModel], list[str]]
) -> None:
    faults = model_faults(model)
    model.show_nums(array("q", [3, 1, 2]), rows)
    model.show_nums(array("q"), rows)
    assert faults == []


def test_only_the_pages_in_sight_are_read(model: CaseListModel, rows: Rows) -> None:
    assert model.index(0, TITLE).data() == "案例1"
    assert model.index(999, TITLE).data() == "案例1000"
    assert [len(nums) for nums in rows.asked] == [PAGE, 1000 % PAGE]


def test_a_case_that_has_gone_leaves_a_word(model: CaseListModel) -> None:
    assert model.index(12, TITLE).data() == "（已移出）"
    assert model.index(12, PLACE).data() is None


def test_cells_say_what_their_columns_are_called(model: CaseListModel) -> None:
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(len(COLUMNS))]
    assert heads == ["标题", "地区", "主题", "日期", "数据", "状态", "★", "标签"]
    said = [model.index(0, c).data() for c in range(len(COLUMNS))]
    assert said == ["案例1", "邢台市 · 清河县", "基层治理", "2024-01", "1", "未核", "", ""]


def test_a_row_is_spoken_in_one_sentence(model: CaseListModel) -> None:
    spoken = model.index(0, TITLE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "案例1，邢台市 · 清河县，基层治理，2024-01，1 项数据，未核"


def test_cells_hold_neither_tabs_nor_line_breaks() -> None:
    torn = CaseRow(1, "i", "上\t下\n左", "", (), "", 0, "checked", "case")
    assert cells.text_of(lines_of([torn, row(2)], [TITLE, FIGURES, STATE])) == "上 下 左\t0\t已核\n案例2\t2\t未核"


def test_cases_are_dragged_as_numbers_and_as_text(model: CaseListModel) -> None:
    mime = model.mimeData([model.index(at, c) for at in (4, 1) for c in range(2)])
    assert json.loads(bytes(mime.data(CASES_MIME).data())) == [2, 5]
    assert mime.text().splitlines()[0].startswith("标题\t地区")
    assert mime.text().splitlines()[1].startswith("案例2\t")
    assert "<td" in mime.html()


def test_snippets_are_asked_for_once_and_together(qtbot: QtBot, model: CaseListModel, rows: Rows) -> None:
    model.show_nums(array("q", [1, 2, 3]), rows, lambda text: [(0, 2)], {1: Snippet("一", ())})
    with qtbot.waitSignal(model.snippets_wanted) as asked:
        for at in (0, 1, 2, 1):
            model.snippet(row(model.nums[at]))
    assert asked.args == [[2, 3]]
    model.show_snippets({2: Snippet("二", ((0, 1),))})
    found = model.snippet(row(2))
    assert found is not None
    assert found.text == "二"


def test_without_a_search_no_snippet_is_asked_for(qtbot: QtBot, model: CaseListModel) -> None:
    with qtbot.assertNotEmitted(model.snippets_wanted, wait=20):
        model.snippet(row(1))


def test_choosing_says_which_case(qtbot: QtBot, shown: CaseList) -> None:
    with qtbot.waitSignal(shown.case_chosen) as chosen:
        shown.choose(700)
    assert chosen.args == [700]
    assert shown.table.currentIndex().row() == 699


def test_what_is_chosen_stays_chosen_where_it_still_is(shown: CaseList, rows: Rows) -> None:
    shown.table.select_rows(4, [4, 5, 6])
    shown.show_cases(array("q", [7, 100, 5]), rows)
    assert sorted(shown.chosen_nums()) == [5, 7]
    assert shown.chosen_num() == 5


def test_losing_what_was_chosen_is_said(qtbot: QtBot, shown: CaseList, rows: Rows) -> None:
    shown.choose(3)
    with qtbot.waitSignal(shown.case_chosen) as chosen:
        shown.show_cases(array("q", [8, 9]), rows)
    assert chosen.args == [None]


def test_an_empty_list_says_what_to_do_next(qtbot: QtBot, shown: CaseList, rows: Rows) -> None:
    shown.show_notice("search", "没有找到「旧词」", "换个说法。", "清空查找", "clear")
    shown.show_cases(array("q"), rows)
    assert shown.notice.isVisible()
    with qtbot.waitSignal(shown.acted) as acted:
        shown.notice.press()
    assert acted.args == ["clear"]


@pytest.mark.parametrize(
    ("before", "column", "wanted"),
    [
        (("rank", False), TITLE, ["title", False]),
        (("title", False), TITLE, ["title", True]),
        (("title", True), DATE, ["published", True]),
        (("place", False), FIGURES, ["figures", True]),
    ],
)
def test_a_click_on_a_head_sorts(
    qtbot: QtBot, shown: CaseList, before: tuple[str, bool], column: int, wanted: list[object]
) -> None:
    shown.show_order(*before, rank="相关程度")
    with qtbot.waitSignal(shown.order_chosen) as chosen:
        shown.table.horizontalHeader().sectionClicked.emit(column)
    assert chosen.args == wanted


def test_dense_rows_have_the_chosen_columns(shown: CaseList) -> None:
    shown.table.hidden = {"themes", "published", "figures"}
    assert shown.table.shown_columns() == [TITLE]
    shown.set_dense(True)
    assert shown.table.shown_columns() == [TITLE, PLACE, STATE, STARRED, TAGS]
    shown.set_dense(False)
    assert shown.table.shown_columns() == [TITLE]
    assert shown.table.columnWidth(TITLE) == shown.table.viewport().width()


@pytest.mark.parametrize("width", [280, 420, 900])
def test_dates_and_numbers_are_never_cut(qtbot: QtBot, shown: CaseList, width: int) -> None:
    long = [replace(row(num), figures=10**num, published="2024-05-06") for num in range(1, 8)]
    shown.resize(width, 600)
    shown.set_dense(True)
    shown.show_cases(array("q", range(1, 8)), lambda nums: [long[num - 1] for num in nums])
    measure = QFontMetrics(theme.font("interface"))
    for column, text in ((DATE, "2024-05-06"), (FIGURES, "10\u2005000\u2005000")):
        wanted = measure.horizontalAdvance(text) + 2 * INSET
        qtbot.waitUntil(lambda c=column, w=wanted: shown.table.columnWidth(c) >= w)


def test_what_is_dragged_is_a_small_sign(shown: CaseList) -> None:
    for rows in ([0], list(range(500))):
        assert shown.table.drag_sign(rows).height() <= 32
        assert shown.table.drag_sign(rows).width() <= 260


@pytest.mark.parametrize(("text", "hangs"), [("“童”行", True), ("《办法》", True), ("童行", False), ("", False)])
def test_an_opening_mark_hangs_at_the_edge(dressed: QApplication, text: str, hangs: bool) -> None:
    assert (blank_before(text, QFontMetrics(theme.font("interface"))) > 3) == hangs


def test_copying_takes_the_columns_in_sight(qtbot: QtBot, shown: CaseList) -> None:
    shown.set_dense(True)
    shown.table.hidden = {"place", "themes", "published", "state", "starred", "tags"}
    shown.table.show_wanted()
    shown.table.select_rows(1, [1, 2])
    with qtbot.waitSignal(shown.copy_wanted) as wanted:
        shown.copy()
    assert wanted.args == [[2, 3], [TITLE, FIGURES]]


@pytest.mark.parametrize("dense", [False, True])
def test_a_star_is_pressed_without_another_choice(qtbot: QtBot, shown: CaseList, dense: bool) -> None:
    shown.set_dense(dense)
    shown.table.select_rows(0, [0])
    cell = shown.table.visualRect(shown.model.index(2, STARRED if dense else TITLE))
    star = star_in(cell) if dense else star_beside(cell)
    with qtbot.waitSignal(shown.star_wanted) as wanted:
        qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=star.center())
    assert wanted.args == [3]
    assert shown.chosen_nums() == [1]
    with qtbot.assertNotEmitted(shown.star_wanted, wait=20):
        qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=star.center() - QPoint(40, 0))
    assert shown.chosen_nums() == [3]


def test_stars_and_tags_are_told_and_copied(model: CaseListModel) -> None:
    marked = replace(row(1), starred=True, tags=("年度汇报", "待补照片"))
    assert lines_of([marked], [STARRED, TAGS]) == [["★", "年度汇报、待补照片"]]
    model.show_nums(array("q", [1]), lambda nums: [marked])
    spoken = model.index(0, TITLE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("未核，有星标，标签 年度汇报，标签 待补照片")


@pytest.mark.parametrize(("step", "at"), [(-1, 3), (1, 7)])
def test_cases_move_only_in_an_order_of_ones_own(qtbot: QtBot, shown: CaseList, step: int, at: int) -> None:
    shown.table.select_rows(4, [4, 5])
    with qtbot.assertNotEmitted(shown.moved):
        shown.table.move_by(step)
    shown.set_ordered(True)
    with qtbot.waitSignal(shown.moved) as moved:
        shown.table.move_by(step)
    assert moved.args == [[5, 6], at]


def test_ten_thousand_chosen_rows_are_counted_fast_enough_to_hold(shown: CaseList, rows: Rows) -> None:
    shown.show_cases(array("q", range(1, 10_001)), rows)
    shown.table.selectAll()
    assert len(shown.chosen_nums()) == 10_000


def test_two_line_rows_are_painted_with_hits(shown: CaseList, rows: Rows) -> None:
    plain = shown.grab().toImage()
    shown.show_cases(array("q", range(1, 50)), rows, lambda text: [(0, 2)], {1: Snippet("村口的亭子", ((0, 2),))})
    assert shown.grab().toImage() != plain


def test_chosen_cases_stay_chosen_in_another_order(window: Window) -> None:
    cases = window.views.list
    cases.table.selectAll()
    nums = cases.chosen_nums()
    with_gap = [nums[0], nums[1], nums[3]]
    cases.table.select_rows(0, cases.model.rows_of(with_gap))
    cases.show_cases(array("q", reversed(nums)), window.shell.library.cases.rows)
    assert sorted(cases.chosen_nums()) == sorted(with_gap)
    assert cases.chosen_num() == nums[0]
