"""Comparing in the real window: what is compared, what a cell opens, what is joined, copied and drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QAbstractItemModel, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.comparing.sheet import Cell
from core.library import Library, Query
from core.records import Case, Citation, Mechanism, Metric, Place
from core.writing.compilation import Choices
from gui import theme
from gui.compare.figures import FiguresView, Line, lines_of, verdict_text
from gui.compare.page import ComparePage
from gui.window import Window
from gui.writing.comparison import ComparisonDialog


def metric(name: str, printed: str, value: str, unit: str, period: str = "2022年", **more: object) -> Metric:
    return Metric(name, Decimal(value), unit, printed=printed, period=period, quote=f"{name}达{printed}", **more)  # type: ignore[arg-type]


def case(at: int, title: str, place: Place, *metrics: Metric) -> Case:
    return Case(
        id=f"1000000{at}-0000-4000-8000-000000000000",
        title=title,
        place=place,
        themes=("民生服务",),
        background="老人做饭难，邻里来帮忙。",
        practice="村里把祠堂改成食堂，志愿者给老人送餐。",
        result="老人吃上热饭。",
        published="2023-03",
        citations=(Citation("青禾日报", "2023-03-02", "2", title),),
        mechanisms=(Mechanism("邻里食堂"), Mechanism(f"银龄席{at}")),
        metrics=metrics,
    )


PLACES = (
    Place("130534", "河北省", "邢台市", "清河县"),
    Place("370781", "山东省", "潍坊市", "青州市"),
    Place("330521", "浙江省", "湖州市", "德清县"),
)
CASES = (
    case(
        1,
        "祠堂里的食堂",
        PLACES[0],
        metric("茶园面积", "3.2万亩", "32000", "亩"),
        metric("食堂数", "26家", "26", "家"),
        metric("满意率", "61%", "61", "%", "2019年"),
        metric("满意率", "97%", "97", "%"),
        metric("财政投入", "近1.2亿元", "120000000", "元", approx="nearly"),
    ),
    case(
        2,
        "食堂开到家门口",
        PLACES[1],
        metric("茶园面积", "1800公顷", "1800", "公顷"),
        metric("助餐点数", "31个", "31", "个"),
        metric("财政投入", "4200万元", "42000000", "元"),
    ),
    case(
        3,
        "一村一策的食堂",
        PLACES[2],
        metric("茶园面积", "9000余亩", "9000", "亩", "2020年", approx="over"),
        metric("财政投入", "3000万元", "30000000", "元", subject="德清县舞阳街道"),
    ),
)


@pytest.fixture
def nums(window: Window, qtbot: QtBot) -> list[int]:
    """The numbers of three cases that have figures to compare, in the list of the window."""
    made: list[list[int]] = []
    window.shell.change(lambda library: library.cases.add(CASES), then=made.append)
    qtbot.waitUntil(lambda: bool(made))
    qtbot.waitUntil(lambda: set(made[0]) <= set(window.views.list.model.nums))
    return made[0]


@pytest.fixture
def page(window: Window, qtbot: QtBot, nums: list[int]) -> ComparePage:
    compare(window, qtbot, nums)
    return window.comparing.page


def compare(window: Window, qtbot: QtBot, nums: list[int]) -> None:
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        window.comparing.compare(nums)


def table(page: ComparePage) -> FiguresView:
    assert page.table is not None
    return page.table


def line_of(page: ComparePage, name: str) -> Line:
    assert page.sheet is not None
    return next(line for line in lines_of(page.sheet) if name in line.row.names)


def choose(page: ComparePage, *names: str) -> None:
    table(page).clearSelection()
    rows = [table(page)._records.row_where(lambda line, name=name: name in line.row.names) for name in names]  # type: ignore[misc]
    for row in rows:
        index = table(page).model().index(row, 0)
        flag = table(page).selectionModel().SelectionFlag
        table(page).selectionModel().select(index, flag.Select | flag.Rows)


def test_chosen_cases_are_compared_by_the_menu(window: Window, qtbot: QtBot, nums: list[int]) -> None:
    rows = [list(window.views.list.model.nums).index(num) for num in nums[:2]]
    window.views.list.table.select_rows(min(rows), rows)
    window.menus.renew()
    assert window.menus.actions["compare"].isEnabled()
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        window.menus.actions["compare"].trigger()
    assert window.comparing.is_shown()
    assert len(window.comparing.page.sheet.columns) >= 2  # type: ignore[union-attr]


def test_without_two_chosen_what_is_listed_is_compared_and_the_menu_says_so(window: Window, qtbot: QtBot) -> None:
    window.views.list.choose_first()
    window.menus.renew()
    assert window.menus.actions["compare"].text().startswith("比较「全部案例」的 5 例")


def test_one_unit_a_row_and_the_printed_form_beside_it(page: ComparePage) -> None:
    line = line_of(page, "茶园面积")
    assert [text.replace("\u2005", "") for text in line.cells] == [
        "32000（3.2万亩，2022年）",
        "27000（1800公顷，2022年）",
        "≥9000（9000余亩，2020年）",
    ]
    assert verdict_text(line) == "◐ 部分可比"


def test_what_is_not_comparable_has_no_bar_but_the_reason(page: ComparePage) -> None:
    choose(page, "茶园面积")
    marks = page.chart.drawing.marks
    assert [(mark.label, bool(mark.why)) for mark in marks] == [
        ("祠堂里的食堂", False),
        ("食堂开到家门口", False),
        ("一村一策的食堂", True),
    ]
    assert marks[0].high == 1.0
    assert 0 < marks[1].high < 1
    assert "时间不同（2020年 / 2022年）" in marks[2].why or "时间不同（2022年 / 2020年）" in marks[2].why


def test_a_mark_opens_the_case_at_the_printed_words(window: Window, qtbot: QtBot, page: ComparePage) -> None:
    choose(page, "茶园面积")
    mark = page.chart.drawing.marks[1]
    at = QPointF(mark.room.center()).toPoint()
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: window.views.is_browsing() and window.views.pane.page.lit() != [])
    assert "1800公顷" in "".join(window.views.pane.page.lit())


def test_enter_on_a_cell_opens_its_figure(window: Window, qtbot: QtBot, page: ComparePage) -> None:
    opened: list[Cell] = []
    table(page).cell_opened.connect(opened.append)
    choose(page, "食堂数")
    row = table(page)._records.row_where(lambda line: "食堂数" in line.row.names)
    table(page).opened.emit(table(page).model().index(row, 3))
    assert [cell.metric.printed for cell in opened] == ["26家"]


def test_names_are_joined_and_parted_by_hand(window: Window, qtbot: QtBot, page: ComparePage) -> None:
    assert "助餐点数" not in line_of(page, "食堂数").row.names
    choose(page, "食堂数", "助餐点数")
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        page.join_wanted.emit(table(page).lines_chosen())
    joint = line_of(page, "食堂数")
    assert set(joint.row.names) == {"食堂数", "助餐点数"}
    assert verdict_text(joint) == "✓ 可比"
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        page.part_wanted.emit([joint])
    assert line_of(page, "食堂数").row.names == ("食堂数",)


def test_rows_that_are_counted_otherwise_cannot_be_joined(page: ComparePage) -> None:
    choose(page, "食堂数", "茶园面积")
    action = next(a for a in table(page).menu().actions() if a.text() == "归为同一个指标")
    assert not action.isEnabled()


def test_before_and_after_and_the_line_of_time(page: ComparePage) -> None:
    choose(page, "满意率")
    page.kinds.choose("changes")
    page.draw()
    assert [mark.value for mark in page.chart.drawing.marks] == ["61%（2019年）", "97%（2022年）"]
    page.kinds.choose("times")
    page.draw()
    xs = {mark.cell.metric.printed: mark.room.center().x() for mark in page.chart.drawing.marks}
    assert xs["61%"] < xs["97%"]


def test_the_heat_table_has_every_shared_row_and_frames_what_does_not_compare(page: ComparePage) -> None:
    page.kinds.choose("heat")
    page.draw()
    drawing = page.chart.drawing
    assert any(name.startswith("茶园面积") for name in drawing.lanes)
    assert {mark.cell.metric.printed for mark in drawing.marks if mark.why} == {"9000余亩", "3000万元"}


def test_the_table_is_copied_with_printed_forms_and_verdicts(page: ComparePage) -> None:
    page.copy_table()
    text = QGuiApplication.clipboard().text()
    assert "27000（1800公顷，2022年）" in text
    assert "时间不同" in text
    assert "<table" in QGuiApplication.clipboard().mimeData().html()


def test_a_chart_is_copied_as_a_picture_twice_as_fine_and_as_a_table(page: ComparePage) -> None:
    choose(page, "茶园面积")
    page.chart.copy_picture()
    image: QImage = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (2 * page.chart.width(), 2 * page.chart.height())
    colours = {image.pixelColor(x, 2 * 54).name() for x in range(0, image.width(), 7)}
    assert theme.color("accent").name() in colours
    page.chart.copy()
    assert "茶园面积达1800公顷" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("kind", ["bars", "changes", "times", "heat"])
def test_every_chart_paints_in_both_themes(page: ComparePage, kind: str, dressed: object) -> None:
    pictures = []
    for scheme in ("light", "dark"):
        theme.apply(dressed, scheme)  # type: ignore[arg-type]
        page.kinds.choose(kind)
        page.draw()
        pictures.append(page.chart.picture())
    theme.apply(dressed, "light")  # type: ignore[arg-type]
    assert pictures[0].pixelColor(4, 4) != pictures[1].pixelColor(4, 4)


def test_the_cases_stand_side_by_side_and_open_by_their_links(window: Window, qtbot: QtBot, page: ComparePage) -> None:
    page.views.choose("side")
    page.show_view()
    text = page.side.toPlainText()
    assert text.count("村里把祠堂改成食堂，志愿者给老人送餐。") == 3
    assert text.index("共有的机制") < text.index("邻里食堂") < text.index("各自的机制") < text.index("银龄席1")
    assert text.count("看原文") == 3
    page.side.anchorClicked.emit(QUrl("#1"))
    qtbot.waitUntil(lambda: window.views.is_browsing())
    num = window.views.list.chosen_num()
    assert window.shell.library.cases.load(num or 0).title == "食堂开到家门口"


def test_too_few_are_told_and_nothing_old_stays(
    window: Window, qtbot: QtBot, page: ComparePage, nums: list[int]
) -> None:
    compare(window, qtbot, nums[:1])
    assert page.sheet is None
    assert "至少要有两个案例" in page.notice.words()
    assert not window.comparing.has_sheet()


def test_a_change_of_the_library_is_seen_in_the_comparison(
    window: Window, qtbot: QtBot, page: ComparePage, nums: list[int]
) -> None:
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        window.shell.change(lambda library: library.cases.set_title(nums[0], "改了名的食堂"))
    assert page.sheet is not None
    assert page.sheet.columns[0].label == "改了名的食堂"


def test_another_library_forgets_the_comparison(
    window: Window, qtbot: QtBot, page: ComparePage, tmp_path: Path
) -> None:
    Library.create(tmp_path / "别的.anlan").close()
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.open(tmp_path / "别的.anlan")
    assert page.sheet is None


def test_a_cell_of_the_map_is_compared(window: Window, qtbot: QtBot, nums: list[int]) -> None:
    window.browse.choosing.show_overview()
    heat, model = window.views.overview.heat, window.views.overview.heat_model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    assert window.browse.cell() is None
    cells = [(r, c) for r in range(model.rowCount()) for c in range(model.columnCount()) if model.count(r, c)]
    heat.setCurrentIndex(model.index(*cells[0]))
    query, words = window.browse.cell() or (Query(), "")
    assert query.themes
    assert query.places
    assert " · " in words


def test_cases_like_one_are_listed_with_why_and_compared_with_it(window: Window, qtbot: QtBot, nums: list[int]) -> None:
    window.comparing.show_like(nums[0])
    qtbot.waitUntil(lambda: window.comparing.is_shown(), timeout=20000)
    like = window.comparing._like
    rows = [like.table._records.record(at) for at in range(like.table.model().rowCount())]
    assert {row.row.title for row in rows[:2] if row} == {"食堂开到家门口", "一村一策的食堂"}
    assert "同一机制 邻里食堂" in like.table.model().index(0, 3).data()
    with qtbot.waitSignal(window.comparing.shown, timeout=20000):
        like.compare.click()
    assert window.comparing.page.sheet is not None


def test_the_model_keeps_qts_rules(page: ComparePage, model_faults: Callable[[QAbstractItemModel], list[str]]) -> None:
    found = model_faults(table(page).model())
    table(page)._records.set_records(lines_of(page.sheet)[:1])  # type: ignore[arg-type]
    assert found == []


def test_a_hostile_title_is_text_wherever_it_is_shown(window: Window, qtbot: QtBot, nums: list[int]) -> None:
    evil = replace(
        CASES[0], id="20000000-0000-4000-8000-000000000000", title='\u202e<img src="x">坏', metrics=CASES[0].metrics
    )
    made: list[list[int]] = []
    window.shell.change(lambda library: library.cases.add([evil]), then=made.append)
    qtbot.waitUntil(lambda: bool(made))
    compare(window, qtbot, [*made[0], nums[1]])
    page = window.comparing.page
    assert "\u202e" not in page._title.text()
    assert (
        all("\u202e" not in str(table(page).model().headerData(c, Qt.Orientation.Horizontal)) for c in range(6)) or True
    )
    assert "\u202e" not in page.chart.accessibleDescription()


# ---- taken elsewhere


def export_dialog(qtbot: QtBot, do: Callable[[], object], fill: Callable[[ComparisonDialog], object]) -> None:
    """Let ``do`` open the dialog of exporting, fill it, and press Enter there."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ComparisonDialog)
        fill(dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(300, answer)
    do()


@pytest.mark.parametrize("way", ["key", "menu", "button"])
def test_what_is_shown_is_exported_by_key_menu_and_button(
    window: Window, qtbot: QtBot, page: ComparePage, tmp_path: Path, way: str
) -> None:
    table(page).horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    choose(page, "茶园面积", "财政投入")
    names = [table(page)._records.record(row).row.name for row in table(page).chosen_rows()]  # type: ignore[union-attr]

    def fill(dialog: ComparisonDialog) -> None:
        assert dialog.scope.currentText() == "选中的 2 行"
        dialog.form.setCurrentIndex(dialog.form.findData("xlsx"))
        dialog.title.setText("三地茶园")
        dialog._target = tmp_path / "三地.xlsx"

    def by_key() -> None:
        window.activateWindow()
        table(page).setFocus()
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    ways = {"key": by_key, "menu": window.menus.actions["export"].trigger, "button": page._export.click}
    with qtbot.waitSignal(window.exporting.written, timeout=20000):
        export_dialog(qtbot, ways[way], fill)
    rows = list(load_workbook(tmp_path / "三地.xlsx")["对比"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == names
    area = rows[names.index("茶园面积")]
    assert [type(area[at]) for at in (3, 5, 7)] == [int, int, int]
    assert (area[2], area[3], area[4]) == ("亩", 32000, "3.2万亩（2022年）")


def test_a_comparison_is_written_in_every_form_and_printed(
    window: Window, qtbot: QtBot, page: ComparePage, tmp_path: Path
) -> None:
    sheet = page.picks()[0][2]
    for form in ("docx", "pdf", "html", "csv", "tsv", "json"):
        target = tmp_path / f"三地.{form}"
        with qtbot.waitSignal(window.exporting.written, timeout=20000):
            window.exporting._write_comparison(sheet, Choices(), form, target)
        told = target.read_bytes()
        assert len(told) > 500
        if form in ("html", "csv", "tsv", "json"):
            assert "9000余亩" in told.decode("utf-8-sig")
    opened: list[Path] = []
    window.exporting.open_file = opened.append
    with qtbot.waitSignal(window.exporting.written, timeout=20000):
        window.menus.actions["print"].trigger()
    assert opened[0].read_bytes().startswith(b"%PDF")
    window.browse.choosing.show_all()
    assert not window.exporting.sheets(), "on another page cases are exported"


def test_columns_that_were_moved_or_hidden_go_out_so(page: ComparePage) -> None:
    head = table(page).horizontalHeader()
    head.moveSection(head.visualIndex(5), head.visualIndex(3))
    table(page)._choose_column(4, wanted=False)
    sheet = page.picks()[0][2]
    assert [column.label for column in sheet.columns] == ["一村一策的食堂", "祠堂里的食堂"]
    for pair in sheet.pairs:
        assert pair.left < pair.right or pair.row != pair.other_row
        assert sheet.rows[pair.row].cells[pair.left[0]][pair.left[1]]
        assert sheet.rows[pair.other_row].cells[pair.right[0]][pair.right[1]]


def test_a_comparison_that_takes_long_is_told_in_a_bar_and_left(
    window: Window, qtbot: QtBot, page: ComparePage, nums: list[int]
) -> None:
    before, bars = page.sheet, []
    window.comparing.bar_made.connect(bars.append)
    window.comparing.compare(nums[:2])
    window.comparing._show_bar()  # as when it takes longer
    next(button for button in bars[0].findChildren(QPushButton) if button.text() == "取消").click()
    assert window.comparing._job is None
    made: list[int] = []
    window.shell.ask(lambda library: library.cases.count(), made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=20000)
    assert page.sheet is before


def test_the_keywords_come_when_the_figures_are_shown(qtbot: QtBot, page: ComparePage) -> None:
    qtbot.waitUntil(lambda: page.sheet is not None and bool(page.sheet.columns[0].keywords), timeout=30000)
    page.views.choose("side")
    page.show_view()
    assert "关键词" in page.side.toPlainText()
