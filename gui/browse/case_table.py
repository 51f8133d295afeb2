"""The table of cases: how a case is painted in one line or in several, dragged, and moved in an order of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from core.places.areas import NO_PLACE
from core.writing.figure_text import grouped
from gui import theme
from gui.browse.case_rows import COLUMNS, STARRED, TAGS, CaseListModel, Index, Marks, MarksRole, RowRole, SnippetRole
from gui.kit.fields import cell_of, stretch_of
from gui.kit.plain import level
from gui.kit.rows import RowDelegate, blank_before
from gui.kit.table import TableView
from gui.kit.widgets import CASES_MIME
from gui.theme.states import paint_state

if TYPE_CHECKING:
    from core.library import CaseRow

translate = QCoreApplication.translate
DENSE_ROW, PLAIN_ROW, SNIPPET_ROW = 32, 56, 78
INSET = 7
"""Where a cell's text begins, as in every other table."""
SIGN = QSize(260, 28)
STAR_SIZE, AROUND_STAR = 16, 4
"""The star, in pixels, and how far beside it a press still counts."""


def paint_text(painter: QPainter, room: QRect, text: str, font: QFont, role: str, marks: Marks = ()) -> None:
    """One line of text, cut with … where it is too long, the marked words on the colour of a hit."""
    painter.setFont(font)
    room = room.adjusted(-blank_before(text, painter.fontMetrics()), 0, 0, 0)
    shown = painter.fontMetrics().elidedText(level(text), Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(theme.color(role))
    if not marks:
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return
    layout = QTextLayout(shown, font)
    layout.setFormats([_mark(shown, start, end) for start, end in marks if start < len(shown)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width() + 8)
    layout.endLayout()
    layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - line.height()) / 2))


def _mark(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    """A hit's format; Qt counts in UTF-16, the library in code points."""
    out = QTextLayout.FormatRange()
    stretch = stretch_of(out)
    stretch.start = len(text[:start].encode("utf-16-le")) // 2
    stretch.length = len(text[start:end].encode("utf-16-le")) // 2
    look = QTextCharFormat()
    look.setBackground(theme.color("hit"))
    look.setForeground(theme.color("text"))
    stretch.format = look
    return out


class CaseDelegate(RowDelegate):
    """Paints a case as cells, or as two or three lines."""

    def __init__(self, view: CaseTable) -> None:
        super().__init__(view)
        self._table = view

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell of a column, or the whole case in lines; only its words where it was taken out."""
        painter.save()
        row = index.data(RowRole)
        if row is None:
            room = cell_of(option).rect.adjusted(16, 0, -8, 0)
            paint_text(painter, room, index.data() or "", theme.font("interface"), "text-3")
        elif self._table.dense:
            self._paint_column(painter, cell_of(option).rect, index, row)
        else:
            self._paint_lines(painter, cell_of(option).rect, index, row)
        painter.restore()

    def _paint_column(self, painter: QPainter, room: QRect, index: Index, row: CaseRow) -> None:
        column = COLUMNS[index.column()]
        inner = room.adjusted(INSET, 0, -INSET, 0)
        text = index.data() or ""
        if index.column() == STARRED:
            if row.starred or index.row() in (self._hovered, self._table.currentIndex().row()):
                theme.paint_star(painter, QRectF(star_in(room)), row.starred)
        elif column.name == "state":
            paint_state(painter, QRectF(inner.left(), inner.center().y() - 6.5, 14, 14), row.state)
            paint_text(painter, inner.adjusted(20, 0, 0, 0), text, theme.font("secondary"), "text-2")
        elif column.fit == "number":
            painter.setFont(theme.font("interface"))
            painter.setPen(theme.color("text" if row.figures else "text-3"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        else:
            role = "text" if column.name == "title" else "text-2"
            marks = index.data(MarksRole) if column.name == "title" else ()
            paint_text(painter, inner, text, theme.font("interface"), role, marks)

    def _paint_lines(self, painter: QPainter, room: QRect, index: Index, row: CaseRow) -> None:
        painter.setPen(theme.color("border"))
        painter.drawLine(room.left() + 16, room.bottom(), room.right(), room.bottom())
        inner = room.adjusted(16, 7, -12, -7)
        paint_state(painter, QRectF(inner.right() - 14, inner.top() + 4, 14, 14), row.state)
        starred = row.starred or index.row() in (self._hovered, self._table.currentIndex().row())
        if starred:
            theme.paint_star(painter, QRectF(star_beside(room)), row.starred)
        head = QRect(inner.left(), inner.top(), inner.width() - (40 if starred else 20), 22)
        paint_text(painter, head, row.title, theme.font("interface"), "text", index.data(MarksRole))
        second = QRect(inner.left(), inner.top() + 23, inner.width(), 18)
        self._paint_second_line(painter, second, row)
        snippet = index.data(SnippetRole)
        if snippet is not None and room.height() >= SNIPPET_ROW:
            third = QRect(inner.left(), inner.top() + 44, inner.width(), 19)
            paint_text(painter, third, _one_line(snippet.text), theme.font("secondary"), "text-2", snippet.marks)

    def _paint_second_line(self, painter: QPainter, room: QRect, row: CaseRow) -> None:
        figures = translate("CaseList", "{n} 项数据").format(n=grouped(row.figures)) if row.figures else ""
        tail = level("  ".join(x for x in (row.published, figures) if x))
        painter.setFont(theme.font("secondary"))
        width = painter.fontMetrics().horizontalAdvance(tail)
        painter.setPen(theme.color("text-3"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tail)
        room = room.adjusted(0, 0, -width - 12, 0)
        room = room.adjusted(0, 0, -self._paint_tags(painter, room, row.tags), 0)
        words = "　".join(x for x in (row.place or NO_PLACE, "、".join(row.themes)) if x)
        paint_text(painter, room, words, theme.font("secondary"), "text-2")

    def _paint_tags(self, painter: QPainter, room: QRect, tags: Sequence[str]) -> int:
        """Paint a person's own tags as small pills at the right, in half of the room; how wide they are."""
        metrics, right, shown = painter.fontMetrics(), room.right(), 0
        for at, tag in enumerate(tags):
            text = metrics.elidedText(level(tag), Qt.TextElideMode.ElideRight, 96)
            width = metrics.horizontalAdvance(text) + 12
            if room.right() - (right - width) > room.width() // 2 and at:
                text = f"+{len(tags) - at}"
                width = metrics.horizontalAdvance(text) + 12
            pill = QRectF(right - width, room.top() + 0.5, width, room.height() - 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("border"))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(pill, 4, 4)
            painter.setPen(theme.color("text-2"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
            right, shown = right - width - 4, at + 1
            if text.startswith("+") and shown <= len(tags):
                break
        return room.right() - right + 8 if tags else 0


def star_in(cell: QRect) -> QRect:
    """Return where the star stands in the cell of its own column."""
    return QRect(cell.left() + INSET, cell.center().y() - STAR_SIZE // 2 + 1, STAR_SIZE, STAR_SIZE)


def star_beside(row: QRect) -> QRect:
    """Return where the star stands in a case of several lines: left of its state."""
    return QRect(row.right() - 12 - 14 - 6 - STAR_SIZE, row.top() + 7 + 3, STAR_SIZE, STAR_SIZE)


def _one_line(text: str) -> str:
    """The same number of characters without line breaks, so that marks stay right."""
    return "".join(" " if char in "\r\n\t\u2028\u2029" else char for char in text)


class CaseTable(TableView):
    """The table itself: one line a case with columns, or two or three lines; cases can be dragged."""

    moved = Signal(object, int)
    star_wanted = Signal(object)
    """The star of a case was pressed (its number)."""

    def __init__(self, cases: CaseListModel, parent: QWidget) -> None:
        super().__init__(COLUMNS, QCoreApplication.translate("CaseList", "案例列表"), parent)
        self._cases = cases
        self.dense = False
        self.ordered = False
        self.hidden = {COLUMNS[TAGS].name}  # until a person wants them
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setItemDelegate(CaseDelegate(self))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(DENSE_ROW)
        theme.notifier.changed.connect(self.viewport().update)
        self.setModel(cases)
        self.set_up_heads()
        cases.page_read.connect(self._measure_page, Qt.ConnectionType.QueuedConnection)  # not in the midst of painting

    def set_dense(self, dense: bool) -> None:
        """Show one line a row with columns, or two lines."""
        self.dense = dense
        self.horizontalHeader().setVisible(dense)
        self.show_wanted()
        self.viewport().update()

    def title(self, column: int) -> str:
        """Return what a column is called in words; the head of the stars has no room for them."""
        return self.tr("星标") if column == STARRED else super().title(column)

    def wants(self, at: int) -> bool:
        """Return whether a column is shown: with lines instead of columns only the first is."""
        return super().wants(at) and (self.dense or at == 0)

    def starred_at(self, at: QPoint) -> int | None:
        """Return the case whose star stands at that place of the viewport; None for no star."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() not in (0, STARRED) or (index.column() == 0 and self.dense):
            return None
        cell = self.visualRect(index)
        star = star_in(cell) if self.dense else star_beside(cell)
        near = star.adjusted(-AROUND_STAR, -AROUND_STAR, AROUND_STAR, AROUND_STAR).contains(at)
        return self._cases.nums[index.row()] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set or take away the star that is pressed; what is chosen stays so."""
        num = self.starred_at(event.position().toPoint())
        if num is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self.star_wanted.emit(num)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two presses on a star are two presses."""
        if self.starred_at(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that a star can be pressed."""
        super().mouseMoveEvent(event)
        on = self.starred_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the chosen cases with a small sign beside the pointer; Qt's picture of the rows would hide the goal."""
        rows = self.chosen_rows()
        if rows:
            drag = QDrag(self)
            drag.setMimeData(self._cases.mime_of(rows))
            drag.setPixmap(self.drag_sign(rows))
            drag.setHotSpot(QPoint(-12, -12))
            drag.exec(actions, Qt.DropAction.CopyAction)

    def drag_sign(self, rows: Sequence[int]) -> QPixmap:
        """Return what is seen beside the pointer: the title of a case, or how many are dragged."""
        row = self._cases.row(rows[0]) if len(rows) == 1 else None
        words = row.title if row else self.tr("{n} 例").format(n=grouped(len(rows)))
        return sign(words, self.devicePixelRatioF())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take rows of this very table where the order is the user's own, and nothing else."""
        super().dragMoveEvent(event)
        if self.ordered and event.source() is self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which cases are to stand before which row; the half of the row that is hit decides."""
        if not self.ordered or event.source() is not self:
            return
        index = self.indexAt(event.position().toPoint())
        at = index.row() if index.isValid() else self.model().rowCount()
        if index.isValid() and event.position().y() > self.visualRect(index).center().y():
            at += 1
        self.moved.emit(json.loads(bytes(event.mimeData().data(CASES_MIME).data())), at)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def select_rows(self, first: int, rows: Iterable[int], scroll: bool = True) -> None:
        """Choose these rows and make the first the current one."""
        model, chosen = self.model(), QItemSelection()
        for low, high in runs(rows):
            chosen.select(model.index(low, 0), model.index(high, model.columnCount() - 1))
        current = model.index(first, (self.shown_columns() or [0])[0])
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        if scroll:
            self.scrollTo(current)

    def move_by(self, step: int) -> None:
        """Ask for the chosen cases to be moved up or down by one, in an order of the user's own."""
        rows = self.chosen_rows()
        if rows and self.ordered:
            at = rows[0] - 1 if step < 0 else rows[-1] + 2
            if 0 <= at <= self.model().rowCount():
                self.moved.emit(self._cases.nums_at(rows), at)

    def _measure_page(self, rows: Sequence[CaseRow]) -> None:
        self.widths.measure_more(rows)
        self.widths.fit()


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return rows as runs of neighbours, each with its first and last; a choice of few ranges costs Qt little.

    >>> runs([3, 1, 2, 7])
    [(1, 3), (7, 7)]
    """
    out: list[tuple[int, int]] = []
    for at in sorted(rows):
        if out and at == out[-1][1] + 1:
            out[-1] = (out[-1][0], at)
        else:
            out.append((at, at))
    return out


def sign(words: str, scale: float) -> QPixmap:
    """Return a small label that hangs at the pointer."""
    font, width = theme.font("interface"), SIGN.width()
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(level(words), Qt.TextElideMode.ElideRight, width - 24)
    size = QSize(metrics.horizontalAdvance(shown) + 24, SIGN.height())
    out = QPixmap(size * scale)
    out.setDevicePixelRatio(scale)
    out.fill(Qt.GlobalColor.transparent)
    with QPainter(out) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent"))
        painter.setBrush(theme.color("accent-soft"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 6, 6)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(QPoint(), size), Qt.AlignmentFlag.AlignCenter, shown)
    return out
