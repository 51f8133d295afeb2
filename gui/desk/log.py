"""导入记录: what became of each file that was imported, the newest first, with the reason where one was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.kit.rows import RowDelegate
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import LogRow

_L = "ImportLog"
HEADS = (
    QT_TRANSLATE_NOOP(_L, "时间"),
    QT_TRANSLATE_NOOP(_L, "文件"),
    QT_TRANSLATE_NOOP(_L, "结果"),
    QT_TRANSLATE_NOOP(_L, "版面"),
    QT_TRANSLATE_NOOP(_L, "案例"),
    QT_TRANSLATE_NOOP(_L, "数据"),
    QT_TRANSLATE_NOOP(_L, "说明"),
)
NAME_WIDTH = 240
OUTCOMES = {
    "added": QT_TRANSLATE_NOOP(_L, "已收进"),
    "known": QT_TRANSLATE_NOOP(_L, "已有"),
    "failed": QT_TRANSLATE_NOOP(_L, "没有导入"),
}


def cells_of(row: LogRow) -> tuple[str, ...]:
    """What the table says of a row; counts only of what was added."""
    counts = (row.pages, row.cases, row.figures) if row.outcome == "added" else ("", "", "")
    return (
        when_text(row.when),
        PurePath(row.file.replace("\\", "/")).name,
        _tr(OUTCOMES[row.outcome]),
        *map(str, counts),
        row.reason,
    )


def when_text(when: str) -> str:
    """A time in UTC as the clock on the wall showed it; what is no time as it is."""
    try:
        return datetime.fromisoformat(when.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when


class ImportLog(QDialog):
    """The log of imports as a table; it can be copied whole."""

    def __init__(self, rows: Sequence[LogRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self.setWindowTitle(_tr("导入记录"))
        self.table = self._table()
        count = QLabel(self._counted())
        count.setProperty("role", "secondary")
        copy, close = QPushButton(_tr("复制")), QPushButton(_tr("关闭"))
        copy.setEnabled(bool(rows))
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(count)
        foot.addStretch(1)
        foot.addWidget(copy)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_XL, theme.GAP_XL, theme.GAP_XL, theme.GAP_XL)
        column.setSpacing(theme.GAP_L)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.resize(860, 480)

    def copy(self) -> str:
        """Put the table on the clipboard as cells; what was put there."""
        lines = [tuple(_tr(head) for head in HEADS), *map(cells_of, self._rows)]
        out = "\n".join("\t".join(cell.replace("\n", " ") for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(out)
        return out

    def _counted(self) -> str:
        if not self._rows:
            return _tr("还没有导入过文件。")
        failed = sum(row.outcome == "failed" for row in self._rows)
        return _tr("共 {0:,} 条，没有导入的 {1:,} 条").format(len(self._rows), failed)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._rows), len(HEADS))
        table.setAccessibleName(_tr("导入记录"))
        table.setHorizontalHeaderLabels([_tr(head) for head in HEADS])
        table.setItemDelegate(RowDelegate(table))
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.ROW)
        for at, row in enumerate(self._rows):
            for column, text in enumerate(cells_of(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(row.file if column == 1 else row.reason)
                table.setItem(at, column, item)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(100)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(1, NAME_WIDTH)
        head.setStretchLastSection(True)
        return table


def _tr(text: str) -> str:
    return QCoreApplication.translate(_L, text)
