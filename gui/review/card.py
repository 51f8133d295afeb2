"""The figure that is checked: each part of it as read beside what is printed, and why it is in doubt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.dates import clock_time
from core.records import STATE_WORDS
from core.reviewing.fetching import Shown
from core.reviewing.matching import PART_WORDS, Compared, disagreements
from core.reviewing.queue import UNSURE_BELOW
from gui import theme
from gui.kit.plain import Label
from gui.review.form import Form

BIG = ("value", "unit")


class Card(QWidget):
    """The figure; with the form open, its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form()
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("备注，回车写好，和下一个判断一起记下"))
        self.note.setAccessibleName(self.tr("备注"))
        self._indicator, self._doubt, self._wrong, self._said = Label(), Label(), Label(), Label()
        self._state = Label()
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._cells: list[Label] = []
        self._lay_out()

    # ---- what is shown

    def show_figure(self, shown: Shown, doubt: str) -> None:
        """Show a figure, read and printed; ``doubt`` says why it is in doubt, empty where it is not."""
        metric = shown.metric
        self.form.hide()
        self._rows.show()
        self.note.clear()
        self.note.hide()
        self._indicator.setText(metric.indicator)
        words = [doubt] if doubt else []
        if not doubt and metric.confidence < UNSURE_BELOW:
            words.append(self.tr("读的时候没有把握（{0:.0%}）：{1}").format(metric.confidence, metric.reason or "—"))
        self._put(self._doubt, "\n".join(words))
        self._put(self._wrong, self._disagreeing(disagreements(shown.compared)))
        self._put(self._said, self._decided(shown))
        self._fill(shown)

    def open_form(self, shown: Shown) -> None:
        """Put the fields in the place of the comparison, the value chosen."""
        self._rows.hide()
        self.form.open(shown.metric)

    def close_form(self) -> None:
        """Go back to the comparison; what was typed is forgotten."""
        self.form.hide()
        self._rows.show()

    def open_note(self) -> None:
        """Let a note be typed."""
        self.note.show()
        self.note.setFocus()

    def is_typing(self) -> bool:
        """Whether the form is open, or a note is begun."""
        return self.form.isVisibleTo(self) or self.note.isVisibleTo(self)

    def texts(self) -> list[str]:
        """Return every text of the figure that can be seen, in order."""
        labels = [self._indicator, self._doubt, self._wrong, *self._cells, self._said]
        return [label.text() for label in labels if label.text() and label.isVisibleTo(self)]

    # ---- inside

    def _lay_out(self) -> None:
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._indicator.setProperty("role", "title")
        self._doubt.setProperty("role", "doubt")
        self._wrong.setProperty("role", "danger")
        self._said.setProperty("role", "secondary")
        for label in (self._indicator, self._doubt, self._wrong, self._said):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(8)
        for widget in (self._indicator, self._doubt, self._rows, self.form, self._wrong):
            column.addWidget(widget)
        column.addLayout(said)
        column.addWidget(self.note)
        column.addStretch(1)
        self.form.hide()
        self.note.hide()

    def _put(self, label: Label, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _disagreeing(self, parts: list[Compared]) -> str:
        """Say what the print says otherwise."""
        nothing = self.tr("没有")
        said = self.tr("{0}对不上：读作「{1}」，印的是「{2}」。")
        return "\n".join(
            said.format(self.tr(PART_WORDS[one.part]), one.read or nothing, one.printed or nothing) for one in parts
        )

    def _decided(self, shown: Shown) -> str:
        """Say what was decided before, by whom and when."""
        state = shown.metric.state
        self._state.setVisible(state != "unchecked")
        self._state.setPixmap(theme.state_icon(state).pixmap(16, 16))
        if state == "unchecked":
            return ""
        words = [self.tr(STATE_WORDS[state])]
        if shown.said is not None:
            words += [shown.said.who, clock_time(shown.said.at, "%Y-%m-%d"), shown.said.note]
        return "　".join(filter(None, words))

    def _fill(self, shown: Shown) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for column, head in enumerate(("", self.tr("读作"), self.tr("印的"))):
            self._cell(head, 0, column, "faint")
        row = 1
        for one in shown.compared:
            if not one.read and not one.printed and one.part not in BIG:
                continue
            self._cell(self.tr(PART_WORDS[one.part]), row, 0, "faint")
            self._cell(one.read or self.tr("没有"), row, 1, "", one)
            self._cell(self._printed(one, shown), row, 2, "secondary" if one.agrees is None else "", one)
            row += 1
        for cell in self._cells:
            cell.show()
        self._grid.activate()

    def _printed(self, one: Compared, shown: Shown) -> str:
        if one.printed:
            return one.printed
        if shown.original is None and one.part in BIG:
            return self.tr("未找到出处")
        if one.agrees:
            return self.tr("句里有")
        return self.tr("没有") if one.agrees is False else self.tr("句里没写")

    def _cell(self, text: str, row: int, column: int, role: str, one: Compared | None = None) -> None:
        cell = Label(text)
        cell.setWordWrap(True)
        if role:
            cell.setProperty("role", role)
        elif one is not None and one.part in BIG:
            cell.setFont(theme.font("title"))
        if one is not None and one.agrees is False:
            cell.setProperty("role", "differs")
        cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self._cells.append(cell)
