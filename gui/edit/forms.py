"""A dialog that is a form: rows that scroll, what is wrong said below them, and one button that saves all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.edit.rows import Row
from gui.kit.basics import dismiss
from gui.kit.plain import Label, level

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Form(QDialog):
    """Rows of fields; nothing is decided before it is saved, and everything that was changed then is one decision."""

    saved = Signal(object)
    """A person wants to save; the values of the rows that were touched, by part."""

    def __init__(self, parent: QWidget | None, title: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(level(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows: dict[str, Row] = {}
        self._waits = False
        self._line = 0
        """The next line of the grid of rows, of which each takes two."""
        self._wrong = Label()
        self._wrong.setProperty("role", "danger")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self.save_button, self.cancel = QPushButton(verb), QPushButton(self.tr("取消"))
        self.save_button.setDefault(True)
        self.save_button.setToolTip(self.tr("Ctrl+回车"))
        self.cancel.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)
        self.area = QScrollArea()
        self.form = QGridLayout()
        self._lay_out()

    # ---- what a form is made of

    def fill(self, rows: Sequence[Row], beside: Collection[str] = ()) -> None:
        """Take in rows, in this order, after those that are there; those named in ``beside`` at the right of the last.

        A form in which some stand beside others has six columns, in which the others reach across.
        """
        parts = [row.part for row in rows]
        for part, after, row in zip(parts, [*parts[1:], ""], rows, strict=True):
            if part in beside:
                row.put_into(self.form, self._line - 2, 3)
            else:
                row.put_into(self.form, self._line, 0, 4 if beside and after not in beside else 1)
                self._line += 2
            self.rows[row.part] = row
            row.changed.connect(self._judge)
        if beside:
            self.form.setColumnStretch(4, 1)
        self._judge()

    def clear(self) -> None:
        """Take all rows out."""
        while (item := self.form.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                dismiss(widget)
        self.rows, self._line = {}, 0

    def add_below(self, widget: QWidget, share: int) -> None:
        """Put something between the rows and the buttons; of the height the rows have three parts."""
        at = self._column.indexOf(self.area)
        self._column.insertWidget(at + 1, widget, share)
        self._column.setStretch(at, 3)

    def values(self) -> dict[str, Any]:
        """Return the values of the rows that were touched, by part."""
        return {part: row.value() for part, row in self.rows.items() if row.touched}

    def refusal(self) -> str:
        """Return what is wrong with what was typed, empty when nothing is; a form says its own."""
        return ""

    def say_wrong(self, words: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def save(self) -> None:
        """Say that what was changed is to be saved, if nothing is wrong with it; else say what is."""
        if self._waits:
            return
        wrong = self.refusal()
        self.say_wrong(wrong)
        if not wrong:
            self.saved.emit(self.values())

    def wait(self, on: bool) -> None:
        """While what was saved is being written, nothing is typed, and the form cannot be closed."""
        self._waits = on
        for widget in (self.area, self.save_button, self.cancel):
            widget.setEnabled(not on)

    # ---- manners

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter from anywhere, a text of several lines too."""
        entered = event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if entered or event.matches(QKeySequence.StandardKey.Save):
            self.save()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Give up; what was typed is given up only when a person says so."""
        if self._waits or (self.values() and not self._gives_up()):
            return
        super().reject()

    def _gives_up(self) -> bool:
        from gui.kit import dialogs

        head, words = self.tr("不保存这些改动？"), self.tr("改过的内容还没有保存。")
        choices = (("", self.tr("继续修改")), ("drop", self.tr("不保存")))
        return dialogs.ask(self, head, words, choices) == "drop"

    def _judge(self) -> None:
        self.save_button.setEnabled(bool(self.values()))
        if self._wrong.isVisible():
            self.say_wrong(self.refusal())

    def _keep_in_sight(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = self.area.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            QTimer.singleShot(0, new, lambda: self.area.ensureWidgetVisible(new, 0, 24))

    def _lay_out(self) -> None:
        self.form.setHorizontalSpacing(theme.GAP_M)
        self.form.setVerticalSpacing(theme.GAP_S)
        self.form.setColumnStretch(1, 1)
        self.form.setContentsMargins(0, 0, theme.GAP_M, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.form)
        column.addStretch(1)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, theme.GAP_M, 0)
        foot.addWidget(self._wrong, 1)
        foot.addStretch(0)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 12, 16)
        self._column.setSpacing(theme.GAP_M)
        self._column.addWidget(self.area, 1)
        self._column.addLayout(foot)
        QApplication.instance().focusChanged.connect(self._keep_in_sight)  # type: ignore[union-attr]

    def height_of_rows(self) -> int:
        """Return the height with which all rows are seen, at the width that it has."""
        self.ensurePolished()
        inside, layout = self.area.widget(), self.layout()
        assert inside is not None
        assert layout is not None
        layout.activate()
        rows = inside.layout()
        assert rows is not None
        rows.activate()
        frame = 2 * self.area.frameWidth()
        return self.height() - self.area.height() + frame + rows.totalHeightForWidth(self.area.width() - frame)

    def fit_in(self, wanted_width: int, wanted_height: int) -> None:
        """Take this size, or what room the screen has."""
        room = self.screen().availableSize()
        self.resize(min(wanted_width, room.width() - 16), min(wanted_height, room.height() - 48))
