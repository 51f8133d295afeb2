"""A text to read in which some words shine, the first of them in sight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from gui import theme
from gui.kit.fields import highlight_of
from gui.kit.plain import Label, level

AROUND = 10_000
"""So many characters before and behind the first shining words are shown of a text that is longer than both."""


class LitText(QWidget):
    """A head over a text; places are counted in its characters (code points)."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self._whole, self._shown, self._from = "", "", 0
        self._places: list[tuple[int, int]] = []
        self._head = Label(head)
        self._head.setProperty("role", "secondary")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(head)
        self.text.setProperty("field", True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_XS)
        column.addWidget(self._head)
        column.addWidget(self.text, 1)
        theme.notifier.changed.connect(self._paint)

    def show_text(self, text: str, hint: str) -> None:
        """Show a text; the hint stands where there is none."""
        self._whole = text
        self.text.setPlaceholderText(hint)
        self.light([])

    def light(self, places: Sequence[tuple[int, int]]) -> None:
        """Let these places (half open, in order) shine; of a long text what stands around the first is shown."""
        long = len(self._whole) > 2 * AROUND
        begin = max(0, places[0][0] - AROUND) if places and long else 0
        shown = self._whole[begin : begin + 2 * AROUND] if long else self._whole
        if (begin, shown) != (self._from, self._shown):
            self._from, self._shown = begin, shown
            self.text.setPlainText(level(shown))
        self._places = [(a - begin, b - begin) for a, b in places if b - begin <= len(shown)]
        self._rare = [at for at, char in enumerate(shown) if char > "\uffff"]
        self._paint()
        if self._places:
            cursor = self.text.textCursor()
            cursor.setPosition(self._units(self._places[0][0]))
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def lit(self) -> list[str]:
        """Return the words that shine."""
        return [self._shown[a:b] for a, b in self._places]

    def _paint(self) -> None:
        out = []
        for start, end in self._places:
            one = QTextEdit.ExtraSelection()
            look: Any = highlight_of(one)
            look.cursor = QTextCursor(self.text.document())
            look.cursor.setPosition(self._units(start))
            look.cursor.setPosition(self._units(end), QTextCursor.MoveMode.KeepAnchor)
            look.format.setBackground(theme.color("proof"))
            look.format.setFontUnderline(True)
            out.append(one)
        self.text.setExtraSelections(out)

    def _units(self, at: int) -> int:
        """Qt counts in UTF-16 units."""
        return at + bisect_left(self._rare, at)
