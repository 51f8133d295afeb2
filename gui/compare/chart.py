"""A chart of a comparison, painted by Qt in the colours of the theme: pressed, a mark opens its printed words."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.comparing.sheet import Sheet
from core.comparing.table import printed_words
from gui import theme
from gui.compare.marks import AFTER, DRAW, LABEL, NOTE, PAD, TOP, Drawing, Kind, Mark
from gui.kit import cells
from gui.kit.plain import level, show_tip

Align = Qt.AlignmentFlag
PICTURE_SCALE = 2.0
"""A picture has so many pixels a point, sharp in print and at 200 %."""
_FULL = 0.86
"""Of its room the longest bar takes so much, so that an open end finds room."""


class Chart(QWidget):
    """One chart; arrows go through its marks, Enter opens one, Ctrl+C copies its table."""

    opened = Signal(object)
    """The cell of a mark is wanted where it was printed."""
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._row = 0
        self._kind: Kind = "bars"
        self._at = -1
        self.drawing = Drawing("bars", "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_row(self, sheet: Sheet | None, row: int, kind: Kind) -> None:
        """Draw a row of a comparison, or all of it as a heat table; nothing for None."""
        self._sheet, self._row, self._kind, self._at = sheet, row, kind, -1
        self._lay_out()

    def _lay_out(self) -> None:
        known = self._sheet is not None and self._row < len(self._sheet.rows)
        if known and self._sheet is not None:
            self.drawing = DRAW[self._kind](self._sheet, self._row, self.width())
        else:
            self.drawing = Drawing(self._kind, "", empty=_tr("选一行数据，这里画出图来"))
        self.setFixedHeight(self.drawing.height)
        self.setAccessibleName(level(self.drawing.title or self.drawing.empty))
        self.setAccessibleDescription(level("；".join(_said(mark) for mark in self.drawing.marks)))
        self.update()

    # ---- copying

    def picture(self) -> QImage:
        """Return the chart as a picture, twice as fine as the screen has it."""
        image = QImage((self.size() * PICTURE_SCALE), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(PICTURE_SCALE)
        image.fill(theme.color("surface"))
        with QPainter(image) as painter:
            self._paint(painter)
        return image

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())
        self.copied.emit()

    def copy(self) -> None:
        """Put what is drawn on the clipboard as a table, each figure with its quote and source."""
        heads = [_tr(word) for word in ("名称", "数值", "印的字样", "说明", "原句", "出处")]
        lines = [
            [m.label, m.value, printed_words(m.cell), m.why, m.cell.metric.quote, m.cell.case.citation]
            for m in self.drawing.marks
        ]
        cells.put(heads, lines, [False, True, False, False, False, False], self.drawing.title)
        self.copied.emit()

    # ---- what a person does

    def mark_at(self, at: QPointF) -> Mark | None:
        """Return the mark under a point."""
        return next((mark for mark in self.drawing.marks if mark.room.contains(at)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.mark_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the mark that was pressed."""
        mark = self.mark_at(event.position())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(mark.cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the marks with the arrows, open one with Enter, copy with Ctrl+C."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        marks = self.drawing.marks
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in steps and marks:
            self._at = max(0, min(len(marks) - 1, self._at + steps[cast("Qt.Key", event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(marks):
            self.opened.emit(marks[self._at].cell)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the quote of the mark under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            show_tip(event.globalPos(), _hint(mark) if mark else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0 and self.drawing.marks:
            self._at = 0
        self.update()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("surface"))
            self._paint(painter)
            if self.hasFocus() and 0 <= self._at < len(self.drawing.marks):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRoundedRect(self.drawing.marks[self._at].room.adjusted(1, 1, -1, -1), 4, 4)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("section"))
        painter.setPen(theme.color("text"))
        _text(painter, QRectF(PAD, TOP, self.width() - 2 * PAD, 24), self.drawing.title)
        painter.setFont(theme.font("interface"))
        if self.drawing.empty:
            painter.setPen(theme.color("text-2"))
            _text(painter, QRectF(PAD, TOP + 28, self.width() - 2 * PAD, 60), _tr(self.drawing.empty))
            return
        kinds: dict[Kind, Callable[[QPainter], None]] = {
            "bars": self._paint_bars,
            "changes": self._paint_changes,
            "times": self._paint_times,
            "heat": self._paint_heat,
        }
        kinds[self.drawing.kind](painter)
        if self.drawing.note:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text-2"))
            _text(painter, QRectF(PAD, self.height() - NOTE - 4, self.width() - 2 * PAD, NOTE), self.drawing.note)

    def _paint_bars(self, painter: QPainter) -> None:
        for mark in self.drawing.marks:
            room = mark.room
            name, after = min(LABEL, room.width() * 0.3), min(AFTER, room.width() * 0.3)
            painter.setPen(theme.color("text"))
            _text(painter, QRectF(room.left(), room.top(), name - 8, room.height()), mark.label)
            track = QRectF(room.left() + name, room.top() + 6, room.width() - name - after, room.height() - 12)
            if mark.why:
                painter.setPen(theme.color("warning"))
                _text(painter, track, _tr("口径不同：{why}").format(why=mark.why))
            elif mark.high:
                self._paint_bar(painter, track, mark)
            else:
                painter.setPen(theme.color("text-3"))
                _text(painter, track, _tr("没有可以相比的数据"))
            painter.setPen(theme.color("text"))
            _text(painter, QRectF(room.right() - after + 8, room.top(), after - 8, 18), mark.value)
            painter.setPen(theme.color("text-2"))
            painter.setFont(theme.font("secondary"))
            said = printed_words(mark.cell)
            _text(painter, QRectF(room.right() - after + 8, room.top() + 17, after - 8, 18), said)
            painter.setFont(theme.font("interface"))

    def _paint_bar(self, painter: QPainter, track: QRectF, mark: Mark) -> None:
        """A bar; the room of a range is paler, and an open end (余, 近) ends in a point instead of an edge."""
        width = track.width() * _FULL
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        bar = QRectF(track.left(), track.top() + 2, max(2.0, width * mark.low), track.height() - 4)
        painter.drawRoundedRect(bar, 3, 3)
        if mark.high > mark.low:
            painter.setBrush(_pale())
            painter.drawRect(QRectF(bar.right(), bar.top(), width * (mark.high - mark.low), bar.height()))
        if mark.cell.opens:
            tip, end = bar.height() / 2, QPointF(track.left() + max(2.0, width * mark.high), bar.center().y())
            painter.setBrush(_pale())
            if mark.cell.opens in ("up", "both"):
                painter.drawPolygon(_point(end, tip, bar))
            if mark.cell.opens in ("down", "both"):
                painter.setBrush(theme.color("surface"))
                painter.drawPolygon(_point(end, -tip / 2, bar))

    def _paint_changes(self, painter: QPainter) -> None:
        by_column: dict[int, list[Mark]] = {}
        for mark in self.drawing.marks:
            by_column.setdefault(mark.column, []).append(mark)
        for before, after in (pair for pair in by_column.values() if len(pair) == 2):
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawLine(QLineF(before.room.center(), after.room.center()))
            for mark, side in ((before, Align.AlignRight), (after, Align.AlignLeft)):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.drawEllipse(mark.room.center(), 5, 5)
                painter.setPen(theme.color("text"))
                left = mark.room.left() - LABEL + PAD if side == Align.AlignRight else mark.room.right() + 4
                box = QRectF(left, mark.words - 18, LABEL - PAD - 4, 18)
                _text(painter, box, mark.value, side)
                painter.setPen(theme.color("text-2"))
                painter.setFont(theme.font("secondary"))
                _text(painter, box.translated(0, 17), mark.label, side)
                painter.setFont(theme.font("interface"))

    def _paint_times(self, painter: QPainter) -> None:
        painter.setFont(theme.font("secondary"))
        for x, words in self.drawing.ticks:
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QLineF(x, TOP + 36, x, self.height() - 28))
            painter.setPen(theme.color("text-2"))
            _text(painter, QRectF(x + 2, self.height() - 26, 60, 18), words)
        for lane, name in enumerate(self.drawing.lanes):
            y = TOP + 52 + 44 * lane
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QLineF(LABEL, y, self.width() - PAD, y))
            painter.setPen(theme.color("text"))
            _text(painter, QRectF(PAD, y - 10, LABEL - PAD - 8, 20), name)
        for mark in self.drawing.marks:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(mark.room.center(), 6, 6)
            painter.setPen(theme.color("text-2"))
            _text(painter, QRectF(mark.room.right(), mark.room.top() - 8, 120, 18), mark.value)
        painter.setFont(theme.font("interface"))

    def _paint_heat(self, painter: QPainter) -> None:
        name, box = self.drawing.ticks[0][0], self.drawing.ticks[1][0]
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text-2"))
        for column, head in enumerate(self.drawing.heads):
            _text(painter, QRectF(PAD + name + box * column + 2, TOP + 30, box - 4, 22), head, Align.AlignHCenter)
        for lane, words in enumerate(self.drawing.lanes):
            painter.setPen(theme.color("text"))
            _text(painter, QRectF(PAD, TOP + 56 + 30 * lane, name - 8, 30), words)
        for mark in self.drawing.marks:
            ground = _warm(mark.high) if not mark.why else theme.color("raised")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(mark.room.adjusted(1, 1, -1, -1), 4, 4)
            if mark.why:
                painter.setPen(QPen(theme.color("warning"), 1, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(mark.room.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
            painter.setPen(_ink(ground))
            _text(painter, mark.room.adjusted(4, 0, -4, 0), mark.value, Align.AlignHCenter)
        painter.setFont(theme.font("interface"))


def _point(end: QPointF, reach: float, bar: QRectF) -> QPolygonF:
    """A point at the end of a bar, outwards or, where it reaches back, into it."""
    x = end.x() + 1
    return QPolygonF([QPointF(x, bar.top()), QPointF(end.x() + reach, end.y()), QPointF(x, bar.bottom())])


def _pale() -> QColor:
    return _mixed(0.45)


def _warm(share: float) -> QColor:
    return _mixed(0.14 + 0.76 * share)


def _mixed(weight: float) -> QColor:
    """The accent on the surface."""
    pairs = zip(theme.parts(theme.color("surface")), theme.parts(theme.color("accent")), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * weight for a, b in pairs))


def _ink(ground: QColor) -> QColor:
    """The best readable of four inks."""
    inks = (theme.color("text"), theme.color("on-accent"), QColor("black"), QColor("white"))
    return max(inks, key=lambda ink: theme.contrast(ink, ground))


def _text(painter: QPainter, room: QRectF, words: str, side: Align = Align.AlignLeft) -> None:
    shown = painter.fontMetrics().elidedText(level(words), Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, side | Align.AlignVCenter, shown)


def _said(mark: Mark) -> str:
    return f"{mark.label} {mark.value}" + (f"，{mark.why}" if mark.why else "")


def _hint(mark: Mark) -> str:
    """The quote and where it was printed."""
    metric = mark.cell.metric
    said = [f"{mark.label}：{printed_words(mark.cell)}", f"“{metric.quote}”", mark.cell.case.citation, mark.why]
    return "\n".join(filter(None, said))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
