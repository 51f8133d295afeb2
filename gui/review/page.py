"""The page on which figures are checked: print and text at the left, the figure at the right, keys below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.records import State
from core.reviewing.fetching import Shown
from core.reviewing.wholes import ShownCase
from gui import theme
from gui.kit.basics import ElidedLabel, IconButton, Line, divide
from gui.kit.page import Page
from gui.kit.plain import Label
from gui.kit.widgets import Notice
from gui.review import keys
from gui.review.card import Card
from gui.review.case_card import CaseCard
from gui.review.figure_card import FigureCard
from gui.review.legend import Legend, Strip
from gui.review.originals import Originals

LOW = 460
"""A lower page has no room for the last decisions."""
CARD, TEXTS = 400, 880


class Share(QWidget):
    """How much was checked, as a bar: what was found right, what is unsure, what is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: dict[State, int] = {}
        self.setFixedSize(140, 6)
        theme.notifier.changed.connect(self.update)

    def show_states(self, states: dict[State, int]) -> None:
        """Show these counts."""
        self._states = dict(states)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts side by side."""
        total = sum(self._states.values())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("control"))
            left = 0.0
            for state in ("checked", "unsure", "wrong"):
                share = self._states.get(state, 0) / total if total else 0
                width = self.width() * share
                painter.fillRect(QRectF(left, 0, width, self.height()), theme.color(theme.STATE_ROLES[state]))
                left += width


class ReviewPage(QWidget):
    """Shows one figure after the other and says which key was pressed."""

    asked = Signal(str)
    """What a key or a button asks for: a verdict, "changed", "note", "skip", "back", "leave"."""
    acted = Signal(str)
    """The button of the notice at the end was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("核对"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.originals, self.card, self.case_card = Originals(), FigureCard(), CaseCard()
        self.strip, self.legend = Strip(), Legend()
        self.notice = Notice()
        self._title, self._progress, self._share = ElidedLabel(), Label(), Share()
        self._looking = Label()
        self._lay_out()
        self.legend.asked.connect(self.asked)
        self.notice.acted.connect(self.acted)
        for page in (self.originals.printed.page, self.originals.tidied.page):
            page.installEventFilter(self)
        for card in (self.card, self.case_card):
            card.note.installEventFilter(self)

    # ---- what is shown

    def say_title(self, text: str) -> None:
        """Say what is checked."""
        self._title.setText(text)

    def say_progress(self, states: dict[State, int], words: str) -> None:
        """Say how much was checked."""
        self._share.show_states(states)
        self._progress.setText(words)
        self._progress.setAccessibleName(words)

    def say_looking(self, words: str) -> None:
        """Say what is still looked for while figures are checked already; empty for nothing."""
        self._looking.setText(words)
        self._looking.setVisible(bool(words))

    def progress(self) -> str:
        """Return what is said of how much was checked."""
        return self._progress.text()

    def show_figure(self, shown: Shown, doubt: str) -> None:
        """Show a figure and listen to the keys."""
        self._stack.setCurrentIndex(0)
        self._show_card(self.card)
        self.originals.show_figure(shown)
        self.card.show_figure(shown, doubt)
        self._scroll.verticalScrollBar().setValue(0)
        self.originals.reveal()
        self.setAccessibleDescription("；".join(self.card.texts()))
        self.setFocus()

    def show_case(self, shown: ShownCase, doubt: str) -> None:
        """Show a case as a whole and listen to the keys."""
        self._stack.setCurrentIndex(0)
        self._show_card(self.case_card)
        self.originals.show_case(shown)
        self.case_card.show_case(shown, doubt)
        self._scroll.verticalScrollBar().setValue(0)
        self.originals.reveal()
        self.setAccessibleDescription("；".join(self.case_card.texts()))
        self.setFocus()

    def is_typing(self) -> bool:
        """Whether a value or a note is being typed."""
        return self._stack.currentIndex() == 0 and self._current_card().is_typing()

    def open_note(self) -> None:
        """Let a note be typed."""
        self._current_card().open_note()

    def note(self) -> str:
        """Return the note that was typed."""
        return self._current_card().note.text().strip()

    def _current_card(self) -> Card:
        return self.card if self.case_card.isHidden() else self.case_card

    def _show_card(self, card: Card) -> None:
        for one in (self.card, self.case_card):
            one.setVisible(one is card)

    def say(self, icon: str, head: str, words: str, button: str = "", act: str = "") -> None:
        """Say something in the place of the figure."""
        self.notice.say(icon, head, words, button, act)
        self._stack.setCurrentIndex(1)
        self.setFocus()

    def says(self) -> str:
        """Return what is said in the place of the figure; empty while one is shown."""
        return self.notice.words() if self._stack.currentIndex() == 1 else ""

    # ---- the keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say what the key asks for; a key that is held down asks once."""
        do = keys.pressed(event)
        if not do:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() or do == "back":
            self.asked.emit(do)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys are heard in the texts, too; in the note only those that end it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if isinstance(watched, Page) and keys.pressed(event):
                self.keyPressEvent(event)
                return True
            ends = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if watched in (self.card.note, self.case_card.note) and event.key() in ends:
                if event.key() == Qt.Key.Key_Escape:
                    self._current_card().note.clear()
                    self._current_card().note.hide()
                self.setFocus()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the last decisions where there is no room."""
        super().resizeEvent(event)
        self.strip.setVisible(self.height() >= LOW)
        self._strip_line.setVisible(self.height() >= LOW)

    # ---- inside

    def _lay_out(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        self._title.setProperty("role", "section")
        self._progress.setProperty("role", "secondary")
        self._looking.setProperty("role", "faint")
        self._looking.hide()
        leave = IconButton("x", self.tr("离开核对（Esc）"))
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave.clicked.connect(lambda: self.asked.emit("leave"))
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._looking)
        row.addWidget(self._share)
        row.addWidget(self._progress)
        row.addWidget(leave)
        self._scroll = QScrollArea()
        cards = QWidget()
        cards.setProperty("ground", "window")
        cards.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        one_of = QVBoxLayout(cards)
        one_of.setContentsMargins(0, 0, 0, 0)
        one_of.addWidget(self.card, 1)
        one_of.addWidget(self.case_card, 1)
        self.case_card.hide()
        self._scroll.setWidget(cards)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumWidth(260)
        body = QSplitter(Qt.Orientation.Horizontal)
        divide(body, (self.originals, TEXTS, 1), (self._scroll, CARD, 0))
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(body)
        self._stack.addWidget(self.notice)
        self._strip_line = Line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, Line(), middle, self._strip_line, self.strip, Line(), self.legend):
            column.addWidget(widget)
        column.setStretch(2, 1)
        for widget in (head, self.strip, self.legend, self.notice):
            widget.setProperty("ground", "surface")
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
