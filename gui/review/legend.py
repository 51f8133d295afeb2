"""What stays on the screen while figures are checked: the keys, and the last ten decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from core.records import STATE_WORDS, State
from gui import theme
from gui.kit.keys import key_text
from gui.kit.plain import Label, level, tip
from gui.review import keys

WIDEST = 132
RARE = ("note", "unset")
"""Keys that a narrow legend leaves out; F1 lists them."""


class _Button(QAbstractButton):
    """A button that a mouse can press too; the keys stay with the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def ground(self, painter: QPainter, chosen: bool = False) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "raised"))
            painter.drawRoundedRect(self.rect(), 4, 4)


class _KeyButton(_Button):
    def __init__(self, key: keys.Key, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._all = self._caps = [key_text(name) for name in key.keys]
        self.setText(keys.words(key))
        self.setAccessibleName(f"{keys.words(key)} {'、'.join(self._caps)}")
        self.setToolTip(tip(f"{keys.words(key)}（{'、'.join(self._caps)}）"))

    def say_all_keys(self, on: bool) -> None:
        """Show every key that does it, or the first alone where room is short."""
        caps = self._all if on else self._all[:1]
        if caps != self._caps:
            self._caps = caps
            self.updateGeometry()
            self.update()

    def room(self) -> int:
        """Return how wide it is with every key."""
        return sum(self._width(cap) + 4 for cap in self._all) + self.fontMetrics().horizontalAdvance(self.text()) + 20

    def sizeHint(self) -> QSize:
        width = sum(self._width(cap) + 4 for cap in self._caps)
        return QSize(width + self.fontMetrics().horizontalAdvance(self.text()) + 20, 28)

    def _width(self, cap: str) -> int:
        return max(20, self.fontMetrics().horizontalAdvance(cap) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self.ground(painter)
            left = 4
            for cap in self._caps:
                box = QRect(left, 5, self._width(cap), self.height() - 10)
                painter.setPen(QPen(theme.color("control"), 1))
                painter.setBrush(theme.color("surface"))
                painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
                painter.setFont(theme.font("secondary"))
                painter.setPen(theme.color("text-2"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
                left = box.right() + 5
            painter.setFont(theme.font("interface"))
            painter.setPen(theme.color("text"))
            painter.drawText(self.rect().adjusted(left + 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())


class Legend(QWidget):
    """The keys in a row; a click does what the key does."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("核对的按键"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(2)
        self._buttons = [_KeyButton(key, self) for key in keys.KEYS]
        for button in self._buttons:
            key = button.key
            button.clicked.connect(lambda on=False, do=key.do: self.asked.emit(do))
            row.addWidget(button)
        row.addStretch(1)
        theme.notifier.changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all, say one key for each, and leave the rarest out."""
        super().resizeEvent(event)
        room = self.width() - 24 - 2 * len(self._buttons)
        all_fit = sum(button.room() for button in self._buttons) <= room
        for button in self._buttons:
            button.say_all_keys(all_fit)
        too_wide = sum(button.sizeHint().width() for button in self._buttons) > room
        for button in self._buttons:
            button.setVisible(not too_wide or button.key.do not in RARE)


class Recent(NamedTuple):
    """A decision of the strip: its place in the queue, the state that it left, what the figure is."""

    at: int
    state: State
    words: str
    hint: str


class _RecentButton(_Button):
    def __init__(self, recent: Recent, chosen: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._recent, self._chosen = recent, chosen
        self.setText(level(recent.words))
        said = f"{STATE_WORDS[recent.state]}　{recent.hint}"
        self.setAccessibleName(level(said))
        self.setToolTip(tip(said))

    def sizeHint(self) -> QSize:
        return QSize(min(WIDEST, self.fontMetrics().horizontalAdvance(self.text()) + 34), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self.ground(painter, self._chosen)
            theme.paint_state(painter, QRect(6, 4, 16, 16).toRectF(), self._recent.state)
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text" if self._chosen or self.underMouse() else "text-2"))
            room = self.rect().adjusted(26, 0, -6, 0)
            shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class Strip(QWidget):
    """The last decisions, the newest first; each can be opened again."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("最近核过的"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 12, 4)
        self._row.setSpacing(2)
        self._head = Label(self.tr("刚核过"))
        self._head.setProperty("role", "faint")
        self._row.addWidget(self._head)
        self._row.addStretch(1)
        self.setFixedHeight(32)
        self._shown: list[_RecentButton] = []
        theme.notifier.changed.connect(self.update)

    def show_recent(self, recent: Sequence[Recent], at: int) -> None:
        """Show these decisions; the one that is open again is marked."""
        for button in self._shown:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shown = []
        for place, one in enumerate(recent, 1):
            button = _RecentButton(one, one.at == at, self)
            button.clicked.connect(lambda on=False, at=one.at: self.opened.emit(at))
            self._row.insertWidget(place, button)
            button.show()
            self._shown.append(button)
        self._head.setText(self.tr("刚核过") if recent else self.tr("核过的最后十个会排在这里，点一下就能改"))

    def texts(self) -> list[str]:
        """Return what the decisions say to a screen reader, the newest first."""
        return [button.accessibleName() for button in self._shown]

    def press(self, at: int) -> None:
        """Open the decision at this place of the strip again."""
        self._shown[at].click()
