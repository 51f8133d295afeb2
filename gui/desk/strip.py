"""The line under the page: the keys that can be pressed now, or what is being asked; and the line about a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from core.desk.pieces import Doubt
from core.records import Span
from gui import theme
from gui.desk import keys
from gui.desk.page import percent, seam_words
from gui.kit.plain import Label, tip

QUOTE = 10
ROOMY = 480


class _KeyButton(QAbstractButton):
    """A key cap and what it does; a click does it too, and the page keeps the focus."""

    def __init__(self, key: keys.Key, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._cap, self._word = keys.cap(key.keys[0]), keys.short(key)
        self.setText(self._word)
        said = "、".join(keys.cap(k) for k in key.keys)
        self.setToolTip(f"{keys.words(key)}（{said}）")
        self.setAccessibleName(f"{keys.words(key)} {said}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(self._cap_width() + metrics.horizontalAdvance(self._word) + 16, 28)

    def _cap_width(self) -> int:
        return max(20, self.fontMetrics().horizontalAdvance(self._cap) + 10)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("raised"))
                painter.drawRoundedRect(self.rect(), 4, 4)
            wide = self._cap_width()
            cap = self.rect().adjusted(4, 5, 0, -5)
            cap.setWidth(wide)
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text-2"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._cap)
            painter.setPen(theme.color("text" if self.underMouse() else "text-2"))
            painter.drawText(self.rect().adjusted(wide + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)


class KeyStrip(QWidget):
    """The keys of the page; while another article is picked, what a person can do then."""

    asked = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("整理用的键"))
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(36)
        self._keys = QWidget()
        row = QHBoxLayout(self._keys)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._buttons: list[_KeyButton] = []
        for key in (k for k in keys.KEYS if k.strip):
            button = _KeyButton(key)
            button.setFont(theme.font("secondary"))
            button.clicked.connect(lambda on=False, do=key.do: self.asked.emit(do))
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        self._question = QWidget()
        asked = QHBoxLayout(self._question)
        asked.setContentsMargins(16, 0, 8, 0)
        self._words = Label()
        self._words.setProperty("role", "section")
        give_up = QPushButton(self.tr("算了 (Esc)"))
        give_up.setProperty("kind", "legend")
        give_up.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_up.clicked.connect(self.given_up)
        asked.addWidget(self._words, 1)
        asked.addWidget(give_up)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._keys)
        self._stack.addWidget(self._question)
        theme.notifier.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Return the height alone: keys that have no room are left out."""
        return QSize(0, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room ends so do the keys; the menu of the page has them all."""
        super().resizeEvent(event)
        room = self.width() - 16
        for button in self._buttons:
            room -= button.sizeHint().width()
            button.setVisible(room >= 0)

    def ask(self, words: str) -> None:
        """Show what is being asked in the place of the keys; empty for the keys again."""
        self._words.setText(words)
        self._stack.setCurrentWidget(self._question if words else self._keys)

    def words(self) -> str:
        """What is being asked."""
        return self._words.text()


class _Elided(Label):
    """A line that ends in … where the room ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(theme.color("text-2"))
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class DoubtLine(QWidget):
    """How many doubts are left, and the one that is looked at in words, with what can be done about it."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._icon, self._count, self._what = Label(), Label(), _Elided()
        self._count.setProperty("role", "section")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self._icon, self._count):
            row.addWidget(widget)
        row.addWidget(self._what, 1)
        self._buttons: dict[str, QPushButton] = {}
        self._wanted = dict.fromkeys(("cut", "confirm", "next_doubt"), False)
        for do, kind in (("cut", ""), ("confirm", ""), ("next_doubt", "")):
            key = keys.of(do)
            button = QPushButton(f"{keys.short(key)}  {keys.cap(key.keys[0])}")
            button.setProperty("kind", kind or "flat")
            button.setAccessibleName(keys.words(key))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda on=False, do=do: self.asked.emit(do))
            self._buttons[do] = button
            row.addWidget(button)
        theme.notifier.changed.connect(self._colour)
        self._sure = True
        self.show_doubts([], None, "")

    def show_doubts(self, doubts: Sequence[Doubt], now: Doubt | None, text: str) -> None:
        """Say how many there are and what the one that is looked at is; ``text`` is the page's."""
        self._sure = not doubts
        at = next((i for i, d in enumerate(doubts) if now and d.at == now.at), -1)
        if not doubts:
            self._count.setText(self.tr("没有存疑的地方"))
        elif at >= 0:
            self._count.setText(self.tr("存疑 {0} / {1}").format(at + 1, len(doubts)))
        else:
            self._count.setText(self.tr("存疑 {0} 处").format(len(doubts)))
        self._what.setText(_doubt_words(now, text) if now else "")
        self._what.setToolTip(tip(self._what.text()))
        self._wanted = {"cut": bool(now and now.seam), "confirm": now is not None, "next_doubt": bool(doubts)}
        self._fit()
        self._colour()

    def words(self) -> str:
        """What stands in the line."""
        return f"{self._count.text()} {self._what.text()}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the buttons out where the words need the room; their keys stand below too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow page the words come first; the keys stand below it too."""
        for do, button in self._buttons.items():
            button.setVisible(self._wanted[do] and self.width() >= ROOMY)

    def _colour(self) -> None:
        scale = self.devicePixelRatioF()
        name, role = ("circle-check", "success") if self._sure else ("circle-question-mark", "warning")
        drawn = theme.pixmap(name, role, round(16 * scale)).copy()
        drawn.setDevicePixelRatio(scale)
        self._icon.setPixmap(drawn)


def _doubt_words(doubt: Doubt, text: str) -> str:
    if doubt.seam is None:
        number = QCoreApplication.translate("DoubtLine", "第 {0} 篇").format(doubt.article + 1)
        return "，".join(x for x in (number, doubt.reason or percent(doubt.confidence)) if x)
    one = quote(text, Span(max(0, doubt.seam.end - QUOTE), doubt.seam.end))
    other = quote(text, Span(doubt.seam.start, doubt.seam.start + QUOTE))
    return f"{seam_words(doubt.seam)}　…{one} ┊ {other}…"


def quote(text: str, span: Span) -> str:
    """A few printed characters on one line."""
    return "".join(text[span.start : span.end].split())
