"""The case that is checked as a whole: each field as read beside the printed words that speak for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.dates import clock_time
from core.records import STATE_WORDS
from core.reviewing.wholes import Field, ShownCase
from gui import theme
from gui.kit.plain import Label


class CaseCard(QWidget):
    """The fields of a case, what is in doubt of it, and what was said of it before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("备注，回车写好，和下一个判断一起记下"))
        self.note.setAccessibleName(self.tr("备注"))
        self._title, self._doubt, self._wrong, self._said, self._state = (Label() for _ in range(5))
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._cells: list[Label] = []
        self._lay_out()

    def show_case(self, shown: ShownCase, doubt: str) -> None:
        """Show a case; ``doubt`` says what of it is in doubt, empty where nothing is."""
        self.note.clear()
        self.note.hide()
        self._title.setText(shown.title or self.tr("没有标题"))
        for label, text in ((self._doubt, doubt), (self._wrong, self._differing(shown))):
            label.setText(text)
            label.setVisible(bool(text))
        self._say_state(shown)
        self._fill(shown)

    def open_note(self) -> None:
        """Let a note be typed."""
        self.note.show()
        self.note.setFocus()

    def is_typing(self) -> bool:
        """Whether a note is begun."""
        return self.note.isVisibleTo(self)

    def texts(self) -> list[str]:
        """Return every text of the case that can be seen, in order."""
        labels = [self._title, self._doubt, self._wrong, *self._cells, self._said]
        return [label.text() for label in labels if label.text() and label.isVisibleTo(self)]

    # ---- inside

    def _lay_out(self) -> None:
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for label, role in (
            (self._title, "title"), (self._doubt, "doubt"), (self._wrong, "danger"), (self._said, "secondary"),
        ):  # fmt: skip
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(8)
        for widget in (self._title, self._doubt, self._rows, self._wrong):
            column.addWidget(widget)
        column.addLayout(said)
        column.addWidget(self.note)
        column.addStretch(1)
        self.note.hide()

    def _differing(self, shown: ShownCase) -> str:
        said = self.tr("{0}对不上：读作「{1}」，印的是「{2}」。")
        wrong = (field for field in shown.fields if field.agrees is False)
        return "\n".join(said.format(field.name, field.read, field.printed) for field in wrong)

    def _say_state(self, shown: ShownCase) -> None:
        self._state.setVisible(shown.state != "unchecked")
        self._state.setPixmap(theme.state_icon(shown.state).pixmap(16, 16))
        words = [self.tr(STATE_WORDS[shown.state])] if shown.state != "unchecked" else []
        if words and shown.said is not None:
            words += [shown.said.who, clock_time(shown.said.at, "%Y-%m-%d"), shown.said.note]
        self._said.setText("　".join(filter(None, words)))

    def _fill(self, shown: ShownCase) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for column, head in enumerate(("", self.tr("读作"), self.tr("印的"))):
            self._cell(head, 0, column, "faint")
        before = ""
        for row, field in enumerate(shown.fields, 1):
            self._cell("" if field.name == before else field.name, row, 0, "faint")
            before = field.name
            wide = not field.printed and field.agrees is None and not field.lit
            self._cell(field.read or self.tr("没有"), row, 1, "differs" if field.agrees is False else "", wide)
            if not wide:
                self._cell(*self._printed(field, shown, row))
        for cell in self._cells:
            cell.show()
        self._grid.activate()

    def _printed(self, field: Field, shown: ShownCase, row: int) -> tuple[str, int, int, str]:
        if field.printed:
            return field.printed, row, 2, "differs" if field.agrees is False else ""
        nothing = self.tr("没有原文") if shown.original is None else self.tr("原文里没写")
        return nothing, row, 2, "secondary"

    def _cell(self, text: str, row: int, column: int, role: str, wide: bool = False) -> None:
        cell = Label(text)
        cell.setWordWrap(True)
        if role:
            cell.setProperty("role", role)
        cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._grid.addWidget(cell, row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
        self._cells.append(cell)
