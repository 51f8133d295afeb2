"""The figures of a case as a table: as printed and as a true value, whose and when, and the words that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from core.records import STATE_WORDS, Metric
from core.writing.figure_text import grouped, normal_text, number_cell, scope_text, value_text
from gui import theme
from gui.kit.basics import IconButton
from gui.kit.columns import Column
from gui.kit.plain import Label
from gui.kit.records import Head, RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP


def quote_text(metric: Metric) -> str:
    """The printed words that prove it, or that none were found."""
    return metric.quote if has_proof(metric) else _tr("未找到出处")


def has_proof(metric: Metric) -> bool:
    """Whether the printed words of a figure are known, and where they stand."""
    return bool(metric.quote) and metric.quote_span is not None


def indicator_hint(metric: Metric) -> str:
    """Return what the mouse is told over an indicator: its state, and why it was read so."""
    return f"{metric.indicator}　{STATE_WORDS[metric.state]}　{metric.reason}".rstrip()


def _by_value(metric: Metric) -> tuple[Decimal, Decimal]:
    return metric.value, metric.value_max if metric.value_max is not None else metric.value


def _is_wrong(metric: Metric) -> bool:
    return metric.state == "wrong"


_T = "MetricsTable"
COLUMNS: tuple[Column[Metric], ...] = (
    Column(
        "indicator", QT_TRANSLATE_NOOP(_T, "指标"), lambda m: m.indicator, least=120, most=340, weight=2,
        tip=QT_TRANSLATE_NOOP(_T, "数的是什么"), hint=indicator_hint, ink="text", struck=_is_wrong,
        spoken=lambda m: f"{m.indicator}，{STATE_WORDS[m.state]}", icon=lambda m: theme.state_icon(m.state),
    ),
    Column(
        "value", QT_TRANSLATE_NOOP(_T, "数值"), value_text, "number", key=_by_value,
        tip=QT_TRANSLATE_NOOP(_T, "报上印的数字"), ink="text", struck=_is_wrong,
    ),
    Column("unit", QT_TRANSLATE_NOOP(_T, "单位"), lambda m: m.unit, "whole", tip=QT_TRANSLATE_NOOP(_T, "报上印的单位")),
    Column(
        "normal", QT_TRANSLATE_NOOP(_T, "归一值"), normal_text, "number", key=_by_value, copied=number_cell,
        tip=QT_TRANSLATE_NOOP(_T, "乘出万、亿以后的数值，按它排序"), ink="text", struck=_is_wrong,
    ),
    Column(
        "scope", QT_TRANSLATE_NOOP(_T, "口径"), scope_text, least=64, most=220,
        tip=QT_TRANSLATE_NOOP(_T, "谁的、什么时候的"),
    ),
    Column(
        "quote", QT_TRANSLATE_NOOP(_T, "出处"), quote_text, least=96, most=480,
        copied=lambda m: m.quote if has_proof(m) else "", tip=QT_TRANSLATE_NOOP(_T, "含有这个数字的原文"),
        ink=lambda m: "text-2" if has_proof(m) else "warning",
    ),
)  # fmt: skip
A_HEAD = 3
"""So many figures a subject are worth a line of their own; below that the subject stands in 口径."""
INDICATOR, VALUE, UNIT, NORMAL, SCOPE, QUOTE = range(len(COLUMNS))


class MetricsModel(RecordsModel[Metric]):
    """The figures that pass the filter: in printed order under a head a subject, or sorted without heads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, _T, parent)
        self.marks: Mapping[str, str] = {}
        """The figures that want a person's word again, by part, each with ``conflict`` or ``stale``."""

    def text(self, metric: Metric, column: int) -> str:
        """Return what a cell says; under heads the subject is not said again."""
        if column == INDICATOR and (mark := self.marks.get(f"figure/{metric.id}")):
            return f"{_tr('有分歧') if mark == 'conflict' else _tr('需复核')}　{metric.indicator}"
        return metric.period if column == SCOPE and self.has_heads else super().text(metric, column)

    def searched(self, metric: Metric) -> str:
        """Return the text that is searched: all cells, the number as it is printed, and the state."""
        return "\n".join((super().searched(metric), number_cell(metric), STATE_WORDS[metric.state]))

    def under_heads(self, metrics: Sequence[Metric]) -> Sequence[Metric | Head]:
        """Return the figures under their subjects when several have more than a few figures each."""
        by_subject: dict[str, list[Metric]] = {}
        for metric in metrics:
            by_subject.setdefault(metric.subject, []).append(metric)
        if len(by_subject) < 2 or len(metrics) < A_HEAD * len(by_subject):
            return metrics
        out: list[Metric | Head] = []
        for subject, own in by_subject.items():
            out += [Head(f"{subject or _tr('未写明是谁的')}　{grouped(len(own))}"), *own]
        return out


class MetricsTable(QWidget):
    """The figures of a case, a filter over them, and what to say when there are none."""

    metric_chosen = Signal(object)
    copied = Signal(str)
    look_changed = Signal()
    """A person chose other columns, or other widths."""
    menu_made = Signal(QMenu)
    """The menu is about to be shown; others may put entries into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MetricsModel(self)
        self.source_line = ""
        """What 复制并附出处 puts under the cells."""
        self._shown: tuple[Metric, ...] = ()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.show_metrics(())

    # what the window says

    def show_metrics(
        self, metrics: Sequence[Metric], source_line: str = "", marks: Mapping[str, str] | None = None
    ) -> None:
        """Show these figures; ``source_line`` goes under what is copied with its source.

        Of other figures than before none is chosen; those of the same case stay as a person filtered and chose them,
        and where the chosen one is gone, the next is chosen.
        """
        self.source_line = source_line
        if metrics and tuple(metrics) == self._shown and self.model.marks == (marks or {}):
            return
        self.model.marks = marks or {}
        same = not {m.id for m in metrics if m.id}.isdisjoint(m.id for m in self._shown)
        chosen, row = self.chosen(), min(self.view.chosen_rows(), default=-1)
        self._shown = tuple(metrics)
        if not same:
            self.filter.clear()
        self.view.show_records(metrics)
        if same and chosen:
            kept = self._row_of(chosen[-1].id)
            self.view.choose(kept if kept >= 0 else min(row, self.model.rowCount() - 1), quiet=True)

    def choose(self, metric_id: str) -> None:
        """Choose a figure and bring it into view, also when the filter hides it."""
        if self._row_of(metric_id) < 0:
            self.filter.clear()
        row = self._row_of(metric_id)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.choose(row)

    def chosen(self) -> list[Metric]:
        """Return the figures that are chosen, from top to bottom."""
        found = (self.model.record(row) for row in self.view.chosen_rows())
        return [metric for metric in found if metric is not None]

    def holds_focus(self) -> bool:
        """Whether the table has the focus in its window, not the filter over it."""
        return self.window().focusWidget() is self.view

    def show_count(self, on: bool) -> None:
        """Say how many figures there are, or leave it to others."""
        self._count.setVisible(on)

    def state(self) -> str:
        """Return what is to be remembered of the columns."""
        return self.view.look()

    def restore(self, state: str) -> None:
        """Take up remembered columns; what does not fit is left alone."""
        self.view.restore_look(state)

    def copy(self) -> str:
        """Put the chosen figures on the clipboard as a table; return its plain form."""
        return self.view.copy()

    def copy_with_source(self) -> str:
        """Put the chosen figures on the clipboard with their source line under them; return the plain form."""
        return self.view.copy(self.source_line)

    # inside

    def _build(self) -> None:
        self._count = Label()
        self._count.setProperty("role", "section")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("筛选数据"))
        self.filter.setAccessibleName(self.tr("筛选数据"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setProperty("dense", True)
        self.filter.setMaximumWidth(220)
        self.filter.textChanged.connect(self.model.set_filter)
        copy = IconButton("copy", self.tr("复制为表格，可贴进 Word、Excel、WPS"))
        copy.clicked.connect(lambda: self.copy())
        self.head = row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_S, theme.GAP_XS, theme.GAP_S, theme.GAP_XS)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.filter, 1)
        row.addWidget(copy)
        self.view = _FiguresView(self.model, self)
        self.view.chosen.connect(self.metric_chosen)
        self.view.copied.connect(self.copied)
        self.view.look_changed.connect(self.look_changed)
        self.model.modelReset.connect(self._arranged)
        self._nothing = Notice()
        self._nothing.acted.connect(lambda _: self.filter.clear())
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.view)

    def _row_of(self, metric_id: str) -> int:
        return self.model.row_where(lambda metric: metric.id == metric_id)

    def _arranged(self) -> None:
        shown, there = map(grouped, self.model.counts())
        words = self.tr("数据 {0}").format(there) if shown == there else self.tr("数据 {0} / {1}").format(shown, there)
        self._count.setText(words)
        self.filter.setVisible(bool(self.model.records))
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self._nothing)
        if not self.model.records:
            self._nothing.say("table-2", self.tr("这里没有数据"), self.tr("选一个案例，它的数据就列在这里。"))
        elif not self.model.rowCount():
            found_none = self.tr("没有符合「{0}」的数据").format(self.filter.text())
            self._nothing.say("funnel", found_none, self.tr("换几个字，或清除筛选。"), self.tr("清除筛选"), "clear")


class _FiguresView(RecordsView[Metric]):
    """The table itself, whose menu also copies with the source."""

    def __init__(self, model: MetricsModel, table: MetricsTable) -> None:
        super().__init__(model, table.tr("数据表"), table, several=True)
        self._table = table

    def menu(self) -> QMenu:
        menu = super().menu()
        copy = self._table.tr("复制并附出处") + "\tCtrl+Shift+C"
        menu.insertAction(menu.actions()[1], menu.addAction(copy, self._table.copy_with_source))
        self._table.menu_made.emit(menu)
        return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate(_T, text)
