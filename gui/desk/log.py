"""导入记录: what became of each file that was imported, the newest first, with the reason where one was not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.dates import clock_time
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.columns import Column
from gui.kit.plain import Label
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import LogRow

_L = "ImportLog"
SIZE, ROOM_AROUND = QSize(960, 480), QSize(24, 24)
OUTCOMES = {
    "added": QT_TRANSLATE_NOOP(_L, "已收进"),
    "known": QT_TRANSLATE_NOOP(_L, "已有"),
    "failed": QT_TRANSLATE_NOOP(_L, "没有导入"),
}


def file_name(row: LogRow) -> str:
    """Return the name of the file, without the folders that it lay in."""
    return PurePath(row.file.replace("\\", "/")).name


def of_added(count: int, row: LogRow) -> str:
    """Return a count of what was added; nothing where nothing was."""
    return grouped(count) if row.outcome == "added" else ""


def plain_count(count: int, row: LogRow) -> str:
    """Return the same count as it goes into a cell."""
    return str(count) if row.outcome == "added" else ""


COLUMNS: tuple[Column[LogRow], ...] = (
    Column("when", QT_TRANSLATE_NOOP(_L, "时间"), lambda r: clock_time(r.when), "whole", key=lambda r: r.when),
    Column("file", QT_TRANSLATE_NOOP(_L, "文件"), file_name, least=96, ink="text", hint=lambda r: r.file,
           elide=Qt.TextElideMode.ElideMiddle),
    Column("outcome", QT_TRANSLATE_NOOP(_L, "结果"), lambda r: _tr(OUTCOMES[r.outcome]), "whole",
           ink=lambda r: "warning" if r.outcome == "failed" else "text-2"),
    Column("pages", QT_TRANSLATE_NOOP(_L, "版面"), lambda r: of_added(r.pages, r), "number", key=lambda r: r.pages,
           copied=lambda r: plain_count(r.pages, r)),
    Column("cases", QT_TRANSLATE_NOOP(_L, "案例"), lambda r: of_added(r.cases, r), "number", key=lambda r: r.cases,
           copied=lambda r: plain_count(r.cases, r)),
    Column("figures", QT_TRANSLATE_NOOP(_L, "数据"), lambda r: of_added(r.figures, r), "number",
           key=lambda r: r.figures, copied=lambda r: plain_count(r.figures, r)),
    Column("reason", QT_TRANSLATE_NOOP(_L, "说明"), lambda r: r.reason, least=120, most=600, weight=3),
)  # fmt: skip


class ImportLog(QDialog):
    """The log of imports as a table; it can be copied whole."""

    def __init__(self, rows: Sequence[LogRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self.setWindowTitle(_tr("导入记录"))
        self.table = RecordsView(RecordsModel(COLUMNS, _L, self), _tr("导入记录"), several=True)
        self.table.show_records(self._rows)
        count = Label(self._counted())
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
        column.addWidget(self.table if rows else self._nothing(), 1)
        column.addLayout(foot)
        self.resize(SIZE.boundedTo(parent.size() - ROOM_AROUND) if parent is not None else SIZE)

    def copy(self) -> str:
        """Put the chosen lines, or the whole log, on the clipboard as a table; return its plain form."""
        return self.table.copy()

    def _nothing(self) -> Notice:
        out = Notice()
        out.say("history", _tr("还没有导入过文件"), _tr("把报纸版面的文件拖进窗口；每个文件怎样了，都记在这里。"))
        return out

    def _counted(self) -> str:
        failed = sum(row.outcome == "failed" for row in self._rows)
        return _tr("共 {0} 条，没有导入的 {1} 条").format(grouped(len(self._rows)), grouped(failed))


def _tr(text: str) -> str:
    return QCoreApplication.translate(_L, text)
