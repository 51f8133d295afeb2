"""The form of a figure: its fields beside the source, in which its quote is pointed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.decisions import NotAValue, figure_value
from core.editing.fields import Opened
from core.editing.figures import APPROX_CHOICES, FIELDS, KIND_CHOICES, assembled, of_field, shown, told
from core.editing.words import Quoted, Words
from core.records import STATE_WORDS, Metric
from core.writing.figure_text import normal_told_text, scope_text
from gui import theme
from gui.edit.editors import ChoiceEditor, Editor, LineEditor, TextEditor
from gui.edit.forms import Form
from gui.edit.rows import Row
from gui.edit.source_view import SourceView
from gui.kit.basics import divide
from gui.kit.plain import Label, level

if TYPE_CHECKING:
    from core.library import Standing

Read = Callable[[Callable[[], Sequence[Metric]], Callable[[Sequence[Metric]], object]], object]
"""Reads figures in another thread, where the reader may have to be loaded first, and gives them to the second."""
BESIDE = ("value_max", "approx", "period", "printed")
"""The fields that stand at the right of the one before them, where there is room."""
WIDE = 900
"""Of so many pixels a screen has room for two fields beside each other, and the source beside them."""


class FigureForm(Form):
    """One figure of a case to be put right, or a new one; where words are chosen, the reader proposes what they say."""

    def __init__(
        self,
        parent: QWidget | None,
        case: Opened,
        metric: Metric | None,
        words: Words,
        read: Read,
        chosen: Quoted | None = None,
    ) -> None:
        """``metric`` is None for a new figure; ``chosen`` are the words that it is read from."""
        super().__init__(parent, "", "")
        self.case, self.figure, self._words, self._read = case, metric, words, read
        self._quoted: Quoted | None = None
        self._before: dict[str, Any] | None = figure_value(metric) if metric is not None else None
        self._standing: Standing | None = case.standing.get(f"figure/{metric.id}") if metric is not None else None
        self._offers: Sequence[Metric] = ()
        self.setWindowTitle(
            level(self.tr("添加数据") if metric is None else self.tr("修改数据：{0}").format(metric.indicator))
        )
        self.save_button.setText(self.tr("添加") if metric is None else self.tr("保存"))
        self.source = SourceView(words, self.tr("引用选中的文字"))
        self.source.quoted.connect(self.quote)
        self.offers = QComboBox()
        self.offers.setAccessibleName(self.tr("选中的文字里读到的数据"))
        self.offers.activated.connect(self._take_offer)
        self.offers.hide()
        self._head = Label()
        self._head.setProperty("role", "secondary")
        self._head.setWordWrap(True)
        wide = self.screen().availableSize().width() >= WIDE
        self.fill([self._row(field) for field in FIELDS], BESIDE if wide else ())
        self.form.setHorizontalSpacing(theme.GAP_S)
        self._put_beside()
        self._show(self._before)
        if chosen is not None:
            self.source.select(chosen.start, chosen.end)
            self.quote(chosen)
        self.fit_in(1080, 620)
        first = self.rows["indicator"].editor
        first.setFocus()

    # ---- what a person does

    def quote(self, words: Quoted) -> None:
        """Take the words that were pointed at for the quote; of a new figure what they say is filled in, too."""
        self._set({"quote": words.text})
        self._light()
        self._quoted = words
        self._offer((), self.tr("正在读选中的文字…"))
        self._read(lambda: self._words.figures(words.start, words.end), lambda found: self._take_read(words, found))

    def value(self) -> dict[str, Any]:
        """Return the value that is decided; NotAValue when it is none."""
        return assembled(self._before, self.values(), self._words)

    def refusal(self) -> str:
        """What is wrong with what was typed."""
        try:
            self.value()
        except NotAValue as error:
            return str(error)
        return ""

    # ---- inside

    def _take_read(self, words: Quoted, found: Sequence[Metric]) -> None:
        """Offer what was read in the words, unless the form has gone or others were pointed at meanwhile."""
        if not isValid(self) or words is not self._quoted:
            return
        self._offer(found, self.tr("读到 {0} 个数据，选一个填入").format(len(found)))
        self.offers.setVisible(bool(found))
        if found and self.figure is None:
            self.offers.setCurrentIndex(1)
            self._take_offer(1)

    def _offer(self, found: Sequence[Metric], head: str) -> None:
        self._offers = found
        with QSignalBlocker(self.offers):
            self.offers.clear()
            self.offers.addItem(head)
            for metric in found:
                line = (metric.indicator, normal_told_text(metric), scope_text(metric))
                self.offers.addItem(level("　".join(x for x in line if x)))
        self.offers.show()

    def _row(self, field: str) -> Row:
        name = FIELDS[field]
        choices: Mapping[str, Mapping[Any, str]] = {"approx": APPROX_CHOICES, "kind": KIND_CHOICES}
        editor: Editor
        if field in choices:
            editor = ChoiceEditor(name, choices[field].items())
        else:
            editor = TextEditor(name) if field == "quote" else LineEditor(name)
        return Row(field, name, editor, lambda said: told(field, said), compact=True)

    def _show(self, value: Mapping[str, Any] | None) -> None:
        standing, read = self._standing, self._before if self._standing is None else self._standing.read
        for field, row in self.rows.items():
            own = of_field(standing, field) if standing is not None else None
            row.show_value(shown(value, field), shown(read, field), own, read is not None)
            if self.figure is not None and field not in ("printed", "quote", "kind"):
                row.show_printed(self.figure.printed or self.figure.quote)
        state = self.figure.state if self.figure is not None else "unchecked"
        why = f"　{self.figure.reason}" if self.figure is not None and self.figure.reason else ""
        self._head.setText(
            STATE_WORDS[state] + why if self.figure is not None else self.tr("在原文里选中一段，读出的数据会填进来。")
        )
        self._light()
        self._judge()

    def _set(self, fields: Mapping[str, str]) -> None:
        """Fill fields in, as if a person had typed them."""
        for field, said in fields.items():
            row = self.rows[field]
            if row.value() != said:
                row.editor.show_value(said)
                row.touch()

    def _take_offer(self, at: int) -> None:
        if 0 < at <= len(self._offers):
            value = figure_value(self._offers[at - 1])
            self._set({field: shown(value, field) for field in FIELDS if field != "quote"})
            quote = self.rows["quote"]
            if value.get("printed", "") not in quote.value():
                self._set({"quote": shown(value, "quote")})
            self._light()

    def _light(self) -> None:
        words = self.rows["quote"].value()
        span = self._before.get("quote_span") if self._before is not None else None
        place = self._words.place_of(self.figure.quote_span) if span and self.figure is not None else None
        found = self._words.quoted(*place) if place else None
        if found is None or found.text != words:
            found = self._words.find(words)
        self.source.light(found)

    def _put_beside(self) -> None:
        """The rows at the left, the source at the right."""
        column = self._column
        at = column.indexOf(self.area)
        column.removeWidget(self.area)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, theme.GAP_S, 0)
        rows.setSpacing(theme.GAP_S)
        for widget in (self._head, self.offers):
            rows.addWidget(widget)
        rows.addWidget(self.area, 1)
        both = QSplitter(Qt.Orientation.Horizontal)
        right = QWidget()
        room = QHBoxLayout(right)
        room.setContentsMargins(theme.GAP_S, 0, theme.GAP_M, 0)
        room.addWidget(self.source)
        divide(both, (left, 560, 1), (right, 480, 1))
        column.insertWidget(at, both, 1)
