"""The card beside the source: what is read and printed in rows, what differs, is in doubt, and was said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.dates import clock_time
from core.decisions import Decision
from core.records import STATE_WORDS, State
from gui import theme
from gui.kit.plain import Label


class Beside(NamedTuple):
    """A row: a name, what is read, what is printed (None: the first reaches across both columns)."""

    name: str
    read: str
    printed: str | None
    differs: bool = False
    faint: bool = False
    """Whether what is said of the print is not printed there."""
    big: bool = False


class Card(QWidget):
    """What a figure's and a case's card have in common."""

    def __init__(self, shares: tuple[int, int], parent: QWidget | None = None) -> None:
        """``shares`` of the width go to what is read and to what is printed."""
        super().__init__(parent)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("备注，回车写好，和下一个判断一起记下"))
        self.note.setAccessibleName(self.tr("备注"))
        self._title, self._doubt, self._wrong, self._said, self._state = (Label() for _ in range(5))
        self.rows = QWidget()
        self._grid = QGridLayout(self.rows)
        self._cells: list[Label] = []
        self._lay_out(shares)

    # ---- what is shown

    def show_told(
        self, title: str, doubt: str, different: Sequence[tuple[str, str, str]], state: State, said: Decision | None
    ) -> None:
        """Show the title, what is in doubt, what differs (name, read, printed), and what was said before."""
        self.note.clear()
        self.note.hide()
        self._title.setText(title)
        nothing, words = self.tr("没有"), self.tr("{0}对不上：读作「{1}」，印的是「{2}」。")
        wrong = "\n".join(words.format(name, read or nothing, printed or nothing) for name, read, printed in different)
        before = self._decided(state, said)
        for label, text in ((self._doubt, doubt), (self._wrong, wrong), (self._said, before)):
            label.setText(text)
            label.setVisible(bool(text))
        self._state.setVisible(state != "unchecked")
        self._state.setPixmap(theme.state_icon(state).pixmap(16, 16))

    def show_rows(self, rows: Iterable[Beside]) -> None:
        """Show these rows under the heads; the name of several rows stands once."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for column, head in enumerate(("", self.tr("读作"), self.tr("印的"))):
            self._cell(head, 0, column, "faint")
        before = ""
        for at, row in enumerate(rows, 1):
            self._cell("" if row.name == before else row.name, at, 0, "faint")
            before = row.name
            differs = "differs" if row.differs else ""
            self._cell(row.read or self.tr("没有"), at, 1, differs, row.big, 2 if row.printed is None else 1)
            if row.printed is not None:
                self._cell(row.printed, at, 2, differs or ("secondary" if row.faint else ""), row.big)
        for cell in self._cells:
            cell.show()
        self._grid.activate()

    def put_after_rows(self, widget: QWidget) -> None:
        """Put something below the rows."""
        self._column.insertWidget(self._column.indexOf(self.rows) + 1, widget)

    def open_note(self) -> None:
        """Let a note be typed."""
        self.note.show()
        self.note.setFocus()

    def is_typing(self) -> bool:
        """Whether a note is begun."""
        return self.note.isVisibleTo(self)

    def texts(self) -> list[str]:
        """Return every text that can be seen, in order."""
        labels = [self._title, self._doubt, self._wrong, *self._cells, self._said]
        return [label.text() for label in labels if label.text() and label.isVisibleTo(self)]

    # ---- inside

    def _lay_out(self, shares: tuple[int, int]) -> None:
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wrapped = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        wrapped.setHeightForWidth(True)  # else a title of two lines gets the room of one
        for label, role in (
            (self._title, "title"), (self._doubt, "doubt"), (self._wrong, "danger"), (self._said, "secondary"),
        ):  # fmt: skip
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setSizePolicy(wrapped)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for at, share in enumerate(shares, 1):
            self._grid.setColumnStretch(at, share)
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._said, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(8)
        for widget in (self._title, self._doubt, self.rows, self._wrong):
            column.addWidget(widget)
        column.addLayout(said)
        column.addWidget(self.note)
        column.addStretch(1)
        self.note.hide()

    def _decided(self, state: State, said: Decision | None) -> str:
        """Say what was decided before, by whom and when."""
        if state == "unchecked":
            return ""
        words = [self.tr(STATE_WORDS[state])]
        if said is not None:
            words += [said.who, clock_time(said.at, "%Y-%m-%d"), said.note]
        return "　".join(filter(None, words))

    def _cell(self, text: str, row: int, column: int, role: str, big: bool = False, across: int = 1) -> None:
        cell = Label(text)
        cell.setWordWrap(True)
        if big and role in ("", "differs"):
            cell.setFont(theme.font("title"))
        if role:
            cell.setProperty("role", role)
        cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._grid.addWidget(cell, row, column, 1, across, Qt.AlignmentFlag.AlignTop)
        self._cells.append(cell)
