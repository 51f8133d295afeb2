"""The words that were printed of a case, to be read and pointed at; the quote of a figure shines in them."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from core.editing.words import Quoted, Words
from gui import theme
from gui.kit.fields import highlight_of
from gui.kit.plain import Label, level


class SourceView(QWidget):
    """A text to select in; what is selected is taken by the button, or by Enter."""

    quoted = Signal(object)
    """A person takes these words (a ``Quoted``)."""

    def __init__(self, words: Words, verb: str) -> None:
        super().__init__()
        self.words = words
        self._rare = [at for at, char in enumerate(words.text) if char > "\uffff"]
        self.text = _Text(level(words.text))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("原文"))
        self.text.setProperty("field", True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.take = QPushButton(verb)
        self.take.setAutoDefault(False)
        self.take.setEnabled(False)
        self.take.clicked.connect(self.take_selected)
        self.text.selectionChanged.connect(lambda: self.take.setEnabled(self.selected() is not None))
        self.text.entered.connect(self.take_selected)
        self._lit: Quoted | None = None
        theme.notifier.changed.connect(self._paint)
        self._lay_out()

    def selected(self) -> Quoted | None:
        """Return the words that are selected; None when there are none."""
        cursor = self.text.textCursor()
        return self.words.quoted(self._points(cursor.selectionStart()), self._points(cursor.selectionEnd()))

    def select(self, start: int, end: int) -> None:
        """Select what stands between two places of the words, and bring it into view."""
        cursor = self.text.textCursor()
        cursor.setPosition(self._units(start))
        cursor.setPosition(self._units(end), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def take_selected(self) -> None:
        """Take the words that are selected."""
        if (found := self.selected()) is not None:
            self.quoted.emit(found)

    def light(self, quote: Quoted | None) -> None:
        """Let a quote shine, and bring it into view."""
        self._lit = quote
        self._paint()
        if quote is not None:
            cursor = self.text.textCursor()
            cursor.setPosition(self._units(quote.start))
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def lit(self) -> str:
        """Return the words that shine."""
        return self._lit.text if self._lit is not None else ""

    def _paint(self) -> None:
        shown = QTextEdit.ExtraSelection()
        if self._lit is None:
            self.text.setExtraSelections([])
            return
        look: Any = highlight_of(shown)
        look.cursor = self.text.textCursor()
        look.cursor.setPosition(self._units(self._lit.start))
        look.cursor.setPosition(self._units(self._lit.end), QTextCursor.MoveMode.KeepAnchor)
        look.format.setBackground(theme.color("proof"))
        look.format.setFontUnderline(True)
        self.text.setExtraSelections([shown])

    def _units(self, at: int) -> int:
        """Qt counts in UTF-16 units."""
        return at + bisect_left(self._rare, at)

    def _points(self, units: int) -> int:
        return units - bisect_left([self._units(rare) + 1 for rare in self._rare], units)

    def _lay_out(self) -> None:
        head = Label(self.tr("原文"))
        head.setProperty("role", "secondary")
        row = QHBoxLayout()
        row.addWidget(head)
        row.addStretch(1)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_S)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        if not self.words.text:
            self.text.setPlaceholderText(self.tr("这个案例没有原文，引文可以空着。"))


class _Text(QPlainTextEdit):
    """A text that is read; Enter takes what is selected."""

    entered = Signal()

    def keyPressEvent(self, event: Any) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.textCursor().hasSelection():
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
