"""The log of imports: a line a file, the reason where one was not imported."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from core.library import LogRow
from gui.desk.log import ImportLog
from gui.kit.widgets import Notice

ROWS = (
    LogRow("2024-05-01T08:00:01Z", "/扫描/五月/乙.pdf", "failed", reason="没有文字"),
    LogRow("2024-05-01T08:00:00Z", "C:\\版面\\甲.txt", "added", 1, 4, 23),
)


@pytest.fixture
def log(qtbot) -> ImportLog:
    out = ImportLog(ROWS)
    qtbot.addWidget(out)
    return out


def line(log: ImportLog, row: int) -> list[str]:
    model = log.table.model()
    return [model.index(row, column).data() for column in range(1, model.columnCount())]


def test_a_line_a_file(log: ImportLog) -> None:
    assert line(log, 0) == ["乙.pdf", "没有导入", "", "", "", "没有文字"]
    assert line(log, 1) == ["甲.txt", "已收进", "1", "4", "23", ""]
    assert "/扫描/五月/乙.pdf" in log.table.model().index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


LONG = "浙江日报 2024年3月12日 第07版 基层治理专刊（扫描件）.pdf"
SCANNED = "是扫描的图像，没有文字；请先用扫描软件识别成文字，再导入"


@pytest.mark.parametrize("width", [960, 660])
def test_long_names_and_reasons_need_no_scrolling_sideways(qtbot, width: int) -> None:
    log = ImportLog([LogRow("2024-05-01T08:00:01Z", f"/扫描/{LONG}", "failed", reason=SCANNED), *ROWS])
    qtbot.addWidget(log)
    log.resize(width, 400)
    log.show()
    assert log.table.horizontalScrollBar().maximum() == 0
    assert SCANNED in log.table.model().index(0, 6).data(Qt.ItemDataRole.ToolTipRole)


def test_a_long_name_keeps_its_end(log: ImportLog) -> None:
    cell = QStyleOptionViewItem()
    log.table.itemDelegate().initStyleOption(cell, log.table.model().index(0, 1))
    assert cell.textElideMode == Qt.TextElideMode.ElideMiddle
    log.table.itemDelegate().initStyleOption(cell, log.table.model().index(0, 6))
    assert cell.textElideMode == Qt.TextElideMode.ElideRight


def test_it_is_no_larger_than_its_window(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(683, 384)
    log = ImportLog(ROWS, window)
    assert log.width() < 683
    assert log.height() < 384


def test_it_can_be_copied_as_cells(log: ImportLog) -> None:
    log.copy()
    head, first, second = QGuiApplication.clipboard().text().split("\n")
    assert head == "时间\t文件\t结果\t版面\t案例\t数据\t说明"
    assert first.split("\t")[1:3] == ["乙.pdf", "没有导入"]
    assert second.endswith("1\t4\t23\t")


def test_an_empty_log_says_so(qtbot) -> None:
    log = ImportLog(())
    qtbot.addWidget(log)
    assert "还没有导入过" in log.findChild(Notice).words()
