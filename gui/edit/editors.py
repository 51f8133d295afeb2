"""The fields of a form: each shows a value as the log of decisions has it, and says when a person changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.dates import read_date
from core.editing.fields import names_in
from gui import theme
from gui.kit.flow import Flow
from gui.kit.plain import Label

MOST_LINES = 8
"""A text of more lines than this scrolls inside its field."""


class Editor(QWidget):
    """A field of a form."""

    changed = Signal()

    def value(self) -> Any:
        """Return the value as it is shown now, as the log holds it."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value, without saying that a person changed it."""
        raise NotImplementedError


class LineEditor(Editor):
    """A text of one line."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.line = line_edit(name, hint)
        self.line.textEdited.connect(lambda _: self.changed.emit())
        lay_in(self, self.line)

    def value(self) -> Any:
        return self.line.text().strip()

    def show_value(self, value: Any) -> None:
        self.line.setText(str(value or ""))
        self.line.setCursorPosition(0)


class DateEditor(LineEditor):
    """A day, a month or a year, also as it is written in a text."""

    def value(self) -> Any:
        """Return the date as 2023-11-22, or what was typed where it is none."""
        typed = super().value()
        return read_date(typed) or typed


class ListEditor(LineEditor):
    """Names in one line, parted by 、 or a comma."""

    def value(self) -> Any:
        return names_in(self.line.text())

    def show_value(self, value: Any) -> None:
        super().show_value("、".join(value or ()))


class TextEditor(Editor):
    """A text of several lines, as high as it needs up to ``MOST_LINES``; Tab goes on to the next field."""

    def __init__(self, name: str, lines: int = 2) -> None:
        super().__init__()
        self._least = lines
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(name)
        self.text.setTabChangesFocus(True)
        self.text.setProperty("field", True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.textChanged.connect(self.changed)
        self.text.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.setFocusProxy(self.text)
        lay_in(self, self.text)

    def value(self) -> Any:
        return self.text.toPlainText()

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self.text):
            self.text.setPlainText(str(value or ""))
        self._fit()

    def _fit(self) -> None:
        """The size of a plain document is counted in lines."""
        lines = min(MOST_LINES, max(self._least, round(self.text.document().size().height())))
        self.text.ensurePolished()
        self.text.setFixedHeight(lines * (self.text.fontMetrics().lineSpacing() + 1) + 22)


class ChoiceEditor(Editor):
    """One of a few words."""

    def __init__(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        for key, word in choices:
            self.box.addItem(word, key)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())
        lay_in(self, self.box).addStretch(1)

    def value(self) -> Any:
        return self.box.currentData()

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(0, self.box.findData(value)))


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = QCheckBox(text)
        self.box.clicked.connect(lambda _: self.changed.emit())
        lay_in(self, self.box)

    def value(self) -> Any:
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class ThemesEditor(Editor):
    """The fixed themes to be ticked, and a line for others; the one that was ticked first is the main one."""

    def __init__(self, name: str, themes: Sequence[str], hint: str) -> None:
        super().__init__()
        self._order: list[str] = []
        self.ticks = {theme_: _Tick(theme_) for theme_ in themes}
        self.others = line_edit(name, hint)
        self.others.textEdited.connect(lambda _: self.changed.emit())
        flow_of = QWidget()
        flow = Flow(flow_of, gap=6)
        for theme_, tick in self.ticks.items():
            tick.clicked.connect(lambda on, theme_=theme_: self._tick(theme_, on))
            flow.addWidget(tick)
        self._main = Label()
        self._main.setProperty("role", "faint")
        lay_in(self, flow_of, self.others, self._main)
        self.setFocusProxy(next(iter(self.ticks.values())))

    def value(self) -> Any:
        return [*self._order, *(name for name in names_in(self.others.text()) if name not in self._order)]

    def show_value(self, value: Any) -> None:
        self._order = [name for name in value or () if name in self.ticks]
        for name, tick in self.ticks.items():
            tick.setChecked(name in self._order)
        self.others.setText("、".join(name for name in value or () if name not in self.ticks))
        self._say_main()

    def _tick(self, name: str, on: bool) -> None:
        if on:
            self._order.append(name)
        else:
            self._order.remove(name)
        self._say_main()
        self.changed.emit()

    def _say_main(self) -> None:
        """With several themes, which of them the case is listed under first."""
        self._main.setText(self.tr("主要主题：{0}").format(self._order[0]) if len(self._order) > 1 else "")
        self._main.setVisible(len(self._order) > 1)


class _Tick(QToolButton):
    """A word that is ticked or not."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.setProperty("pill", True)


class CitationsEditor(Editor):
    """Paper, page and headline of the first place where a case was printed; others are kept as they are."""

    def __init__(self, names: Mapping[str, str], more: Callable[[int], str]) -> None:
        """``names`` are those of the fields: ``paper``, ``page`` and ``headline``; ``more`` tells how many others."""
        super().__init__()
        self._shown: list[list[Any]] = []
        self._more = more
        self.lines = {key: line_edit(name, name) for key, name in names.items()}
        self._others = Label()
        self._others.setProperty("role", "faint")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_S)
        for key, line in self.lines.items():
            line.textEdited.connect(lambda _: self.changed.emit())
            row.addWidget(line, {"paper": 3, "page": 1}.get(key, 4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_XS)
        column.addLayout(row)
        column.addWidget(self._others)
        self.setFocusProxy(self.lines["paper"])

    def value(self) -> Any:
        paper, page, headline = (self.lines[key].text().strip() for key in ("paper", "page", "headline"))
        first = self._shown[0] if self._shown else ["", "", "", "", []]
        told = [paper, first[1], page, headline, first[4]]
        return [told, *self._shown[1:]] if self._shown or any((paper, page, headline)) else []

    def show_value(self, value: Any) -> None:
        self._shown = [list(one) for one in value or ()]
        first = self._shown[0] if self._shown else ["", "", "", "", []]
        for key, at in (("paper", 0), ("page", 2), ("headline", 3)):
            self.lines[key].setText(str(first[at]))
            self.lines[key].setCursorPosition(0)
        self._others.setText(self._more(len(self._shown) - 1))
        self._others.setVisible(len(self._shown) > 1)


def line_edit(name: str, hint: str = "") -> QLineEdit:
    """Return a field of one line that a screen reader calls so."""
    edit = QLineEdit()
    edit.setAccessibleName(name)
    edit.setPlaceholderText(hint)
    return edit


def lay_in(editor: QWidget, *widgets: QWidget) -> QHBoxLayout | QVBoxLayout:
    """Put widgets into a field: one beside its room, several below one another."""
    layout = QVBoxLayout(editor) if len(widgets) > 1 else QHBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.GAP_XS)
    for widget in widgets:
        layout.addWidget(widget)
    if editor.focusProxy() is None and len(widgets) == 1:
        editor.setFocusProxy(widgets[0])
    return layout
