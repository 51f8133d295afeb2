"""回收站: the cases that were thrown away, to be put back or deleted for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

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
    from core.library.answers import BinRow

_B = "BinPage"


COLUMNS: tuple[Column[BinRow], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_B, "案例"), lambda r: r.title, least=120, most=720, ink="text", grows=True),
    Column("at", QT_TRANSLATE_NOOP(_B, "放进来的时间"), lambda r: clock_time(r.at), "whole", key=lambda r: r.at),
)


class BinPage(QWidget):
    """The bin as a page of its own."""

    put_back = Signal(object)
    """These cases are to be put back (their ids)."""
    thrown_away = Signal(object)
    """These cases are to be deleted for good (their ids)."""

    def __init__(self) -> None:
        super().__init__()
        self._can_write = True
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head, self._count = Label(_tr("回收站")), Label()
        self._head.setProperty("role", "section")
        self._count.setProperty("role", "secondary")
        self.model: RecordsModel[BinRow] = RecordsModel(COLUMNS, _B, self)
        self.table = RecordsView(self.model, _tr("回收站"), self, several=True)
        self.back, self.throw = QPushButton(_tr("放回")), QPushButton(_tr("彻底删除"))
        self.back.setProperty("kind", "main")
        self.back.clicked.connect(lambda: self._say(self.put_back.emit))
        self.throw.clicked.connect(lambda: self._say(self.thrown_away.emit))
        self.table.opened.connect(lambda _: self._say(self.put_back.emit))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self._nothing = Notice()
        self._nothing.say(
            "trash-2", _tr("回收站是空的"), _tr("在列表里选中案例按 Delete，会先放到这里，关上程序也还在。")
        )
        self._lay_out()
        self.setFocusProxy(self.table)
        self.show_rows(())

    def show_rows(self, rows: Sequence[BinRow], can_write: bool = True) -> None:
        """Show what lies in the bin."""
        self._can_write = can_write
        self.table.show_records(rows)
        self._count.setText(_tr("{0} 例").format(grouped(len(rows))) if rows else "")
        self._stack.setCurrentWidget(self.table if rows else self._nothing)
        for button in (self.back, self.throw):
            button.setVisible(bool(rows))
        if rows:
            self.table.choose(0, quiet=True)
        self._offer()

    def chosen(self) -> list[str]:
        """Return the ids of the cases that are chosen."""
        found = (self.model.record(row) for row in self.table.chosen_rows())
        return [row.id for row in found if row is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete for good with Delete."""
        if event.key() == Qt.Key.Key_Delete and self.throw.isEnabled():
            self._say(self.thrown_away.emit)
        else:
            super().keyPressEvent(event)

    def _say(self, tell: Callable[[list[str]], object]) -> None:
        if self._can_write and (ids := self.chosen()):
            tell(ids)

    def _offer(self) -> None:
        for button in (self.back, self.throw):
            button.setEnabled(self._can_write and bool(self.table.chosen_rows()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_M)
        head.setSpacing(theme.GAP_S)
        head.addWidget(self._head)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.throw)
        head.addWidget(self.back)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_B, text)
