"""The few small widgets that several views are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.kit.fields import cell_of
from gui.kit.plain import Label, level, tip

CORNER = 6
REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return)
"""The keys that remove a chip."""
ROW = 28
CASES_MIME = "application/x-anlan-cases"
"""What is dragged out of a list of cases: their numbers as a JSON list."""


class _Segment(QAbstractButton):
    """One choice of a segmented control."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 24, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row of choices moves on
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if self.isChecked():
                painter.setPen(QPen(theme.color("border"), 1))
                painter.setBrush(theme.color("surface"))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER - 2, CORNER - 2)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("accent"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER - 2, CORNER - 2)
            painter.setPen(theme.color("text" if self.isChecked() or self.underMouse() else "text-2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(QWidget):
    """A row of choices of which one holds: 按地区 | 按主题."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for i, (_, text) in enumerate(choices):
            segment = _Segment(text, self)
            self._group.addButton(segment, i)
            row.addWidget(segment, 1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._say)
        self.setFixedHeight(28)
        theme.notifier.changed.connect(self.update)

    def choose(self, key: str) -> None:
        """Show that choice without saying so."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def name(self, key: str, text: str) -> None:
        """Call a choice otherwise."""
        segment = self._group.button(self._keys.index(key))
        segment.setText(text)
        segment.setAccessibleName(text)
        segment.updateGeometry()

    def choice(self) -> str:
        """Return the key of the part that is chosen."""
        return self._keys[self._group.checkedId()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the part beside with the left and right arrows, round at the ends."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._keys))
        button.setFocus()
        button.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the common ground of the parts."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("border"))
            painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)

    def _say(self, at: int) -> None:
        self.chosen.emit(self._keys[at])


class Chip(QWidget):
    """A removable word: what narrows the list."""

    removed = Signal()

    def __init__(self, text: str, removal: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = level(text)
        self.setAccessibleName(self._text)
        self.setToolTip(tip(removal))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.notifier.changed.connect(self.update)

    def text(self) -> str:
        """Return the words without the cross."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room of the words, up to a limit, and of the cross."""
        return QSize(min(self.fontMetrics().horizontalAdvance(self._text), 260) + 34, 24)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that remove, before a menu's shortcut takes Delete for what is chosen in the list."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in REMOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove with Delete, Backspace, Space or Enter."""
        if event.key() in REMOVES:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove when the cross is clicked, not the words."""
        if event.position().x() >= self.width() - 24 and event.button() == Qt.MouseButton.LeftButton:
            self.removed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill, its words and the cross; a border where it has the focus."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent-soft"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
            room = self.rect().adjusted(10, 0, -24, 0)
            painter.setPen(theme.color("accent"))
            text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            x, y = self.width() - 15.5, self.height() / 2
            painter.setPen(QPen(theme.color("accent"), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            cross = QPainterPath()
            cross.moveTo(x - 3.5, y - 3.5)
            cross.lineTo(x + 3.5, y + 3.5)
            cross.moveTo(x + 3.5, y - 3.5)
            cross.lineTo(x - 3.5, y + 3.5)
            painter.drawPath(cross)


class Notice(QWidget):
    """What stands where nothing is: a sentence, what to do next, one button."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = ""
        self._icon, self._head, self._next, self._button = Label(), Label(), Label(), QPushButton()
        self._icon_name = "search"
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._head, self._next):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._head.setFont(theme.font("section"))
        self._button.clicked.connect(lambda: self.acted.emit(self._act))
        theme.notifier.changed.connect(self._colour)
        self._colour()

    def say(self, icon: str, head: str, then: str, button: str = "", act: str = "") -> None:
        """Show the words; without a ``button`` none is shown."""
        self._icon_name, self._act = icon, act
        self._head.setText(head)
        self._next.setText(then)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(self._head.text())
        self.setAccessibleDescription(self._next.text())
        self._colour()

    def words(self) -> str:
        """What stands there, as plain text."""
        return f"{self._head.text()}\n{self._next.text()}"

    def take_focus(self) -> bool:
        """Put the focus on the notice's button; False when it has none."""
        if self._button.isHidden():
            return False
        self._button.setFocus()
        return True

    def press(self) -> None:
        """Do what the notice's button does."""
        self._button.click()

    def _colour(self) -> None:
        scale = self.devicePixelRatioF()
        drawn = QPixmap(theme.pixmap(self._icon_name, "text-3", round(32 * scale)))
        drawn.setDevicePixelRatio(scale)
        self._icon.setPixmap(drawn)
        palette = self._next.palette()
        palette.setColor(self._next.foregroundRole(), theme.color("text-2"))
        self._next.setPalette(palette)


CountRole = Qt.ItemDataRole.UserRole + 100
IconRole = Qt.ItemDataRole.UserRole + 101
LabelRole = Qt.ItemDataRole.UserRole + 102
"""A shorter name than the one that is spoken, beside what stands in ``TailRole``."""
TailRole = Qt.ItemDataRole.UserRole + 103
"""What stands after the name and is never cut; the name gives way."""


class CountDelegate(QStyledItemDelegate):
    """A row of the left pane: an icon, a name, a count at the right edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row; the width is the pane's."""
        return QSize(80, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint icon, name and count on the ground of the row."""
        painter.save()
        cell = cell_of(option)
        chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        paint_side_row(painter, cell.rect, chosen, bool(cell.state & QStyle.StateFlag.State_MouseOver), option)
        room = cell.rect.adjusted(8, 0, -8, 0)
        label, tail = index.data(LabelRole) or index.data(), index.data(TailRole) or ""
        paint_side_text(painter, room, label, index.data(CountRole), index.data(IconRole), chosen, tail=tail)
        painter.restore()


def paint_icon(painter: QPainter, room: QRect, name: str, role: str, size: int = 16) -> None:
    """A drawing in the middle of the room, sharp at every scale."""
    scale = painter.device().devicePixelRatioF()
    drawn = QPixmap(theme.pixmap(name, role, round(size * scale)))
    drawn.setDevicePixelRatio(scale)
    painter.drawPixmap(room.center().x() - size // 2 + 1, room.center().y() - size // 2 + 1, drawn)


def paint_side_row(painter: QPainter, room: QRect, chosen: bool, hovered: bool, option: QStyleOptionViewItem) -> None:
    """The ground of a row in the left pane: chosen (paler out of focus), under the mouse, or plain."""
    widget = cell_of(option).widget
    focused = widget is not None and widget.hasFocus()
    ground = ("selection" if focused else "selection-pale") if chosen else "raised" if hovered else ""
    if not ground:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(room.adjusted(0, 1, 0, -1), 4, 4)
    if chosen:
        painter.setBrush(theme.color("accent" if focused else "text-3"))
        painter.drawRoundedRect(QRect(room.left(), room.top() + 6, 3, room.height() - 12), 1.5, 1.5)


def paint_side_text(
    painter: QPainter,
    room: QRect,
    label: str,
    count: str,
    icon: str,
    chosen: bool,
    role: str = "text",
    tail: str = "",
) -> None:
    """What stands in a row of the left pane: icon, label, what tells it apart, count."""
    if icon:
        paint_icon(painter, QRect(room.left(), room.top(), 16, room.height()), icon, "accent" if chosen else "text-2")
        room = room.adjusted(24, 0, 0, 0)
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.color("text-3"))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
    room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - 8, 0)
    if tail:
        painter.setPen(theme.color("text-2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tail)
        room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(tail) - 8, 0)
    painter.setFont(theme.font("interface"))
    painter.setPen(theme.color(role))
    shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
