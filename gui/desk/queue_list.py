"""How the rows of the import desk's list are painted, and the keys that are heard on them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import theme
from gui.desk.queue_rows import STATES, Index, QueueModel, QueueRow, RowRole
from gui.kit.fields import cell_of
from gui.kit.plain import level
from gui.kit.widgets import paint_icon, paint_side_row

TALL = 46


class _Delegate(QStyledItemDelegate):
    """Two lines a row: name, and how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow = index.data(RowRole)
        painter.save()
        cell = cell_of(option)
        chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        paint_side_row(painter, cell.rect, chosen, bool(cell.state & QStyle.StateFlag.State_MouseOver), option)
        icon, role, _ = STATES[row.state]
        room = cell.rect.adjusted(8, 4, -8, -4)
        paint_icon(painter, QRect(room.left(), room.top() + 2, 16, 18), icon, role)
        room = room.adjusted(24, 0, 0, 0)
        half = room.height() // 2
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color("text-3" if row.state in ("waiting", "known") else "text"))
        _line(painter, room.adjusted(0, 0, 0, -half), row.name, Qt.TextElideMode.ElideMiddle)
        painter.setFont(theme.font("secondary"))
        faint = "danger" if row.state == "failed" else "warning" if row.doubts and row.state == "ready" else "text-2"
        painter.setPen(theme.color(faint))
        model = index.model()
        if isinstance(model, QueueModel):
            _line(painter, room.adjusted(0, half, 0, 0), model.state_text(row), Qt.TextElideMode.ElideRight)
        painter.restore()


def _line(painter: QPainter, room: QRect, text: str, elide: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(level(text), elide, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class QueueList(QListView):
    """The rows, with a margin at both sides; several can be chosen, to be taken off or read again."""

    removal_wanted = Signal()
    """Delete was pressed."""
    menu_wanted = Signal(QPoint)
    """A menu of what can be done with the chosen rows is wanted there (on the screen)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty("ground", "window")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setViewportMargins(6, 4, 6, 4)
        self.setItemDelegate(_Delegate(self))

    def event(self, event: QEvent) -> bool:
        """Claim the key before a menu's shortcut takes it."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() == Qt.Key.Key_Delete:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = (
            self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
            if keyboard
            else event.globalPos()
        )
        self.menu_wanted.emit(at)
