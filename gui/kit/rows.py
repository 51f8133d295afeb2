"""How a chosen or hovered row looks in every list and table: one ground across, an accent bar at its left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui.kit.fields import cell_of
from gui.theme.colours import color

BAR = 3
PAD = 4
OPENING = "“‘《〈「『（【〔"
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row; hover reaches across the row, the bar stays when the pane loses the focus."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._hovered = -1
        view.setMouseTracking(True)
        view.entered.connect(self._hover)
        view.viewport().installEventFilter(self)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.paint_ground(painter, option, index)
        self.paint_cell(painter, option, index)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint what stands on the ground; the base draws the cell's text and decoration."""
        plain = QStyleOptionViewItem(option)
        cell = cell_of(plain)
        cell.state &= ~(
            QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
        )
        text, bare = index.data(), index.data(Qt.ItemDataRole.DecorationRole) is None
        blank = blank_before(text, painter.fontMetrics()) if isinstance(text, str) and bare else 0
        cell.rect = cell.rect.adjusted(PAD - blank, 0, -PAD, 0)
        super().paint(painter, plain, index)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row's ground and, in its first visible column, the accent bar."""
        cell = cell_of(option)
        room, chosen = cell.rect, bool(cell.state & QStyle.StateFlag.State_Selected)
        focused = self._view.hasFocus()
        if chosen:
            painter.fillRect(room, color("selection" if focused else "selection-pale"))
        elif index.row() == self._hovered:
            painter.fillRect(room, color("window"))
        if chosen and self._is_first(index):
            bar = QRect(room.left(), room.top(), BAR, room.height())
            painter.fillRect(bar, color("accent" if focused else "text-3"))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * PAD, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hovered = -1
            self._view.viewport().update()
        return super().eventFilter(watched, event)

    def _hover(self, index: QModelIndex) -> None:
        if index.row() != self._hovered:
            self._hovered = index.row()
            self._view.viewport().update()

    def _is_first(self, index: _Index) -> bool:
        view = self._view
        if isinstance(view, QTableView):
            return view.horizontalHeader().visualIndex(index.column()) == 0
        return index.column() == 0


def blank_before(text: str, metrics: QFontMetrics) -> int:
    """Return how wide, in pixels, the blank half of an opening mark at the head of a text is; 0 before other texts.

    Drawn so much further to the left, the mark's ink and not its blank stands at the edge of the column.
    """
    if not text or text[0] not in OPENING:
        return 0
    return max(0, metrics.tightBoundingRect(text[0]).left() - metrics.tightBoundingRect("国").left())
