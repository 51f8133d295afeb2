"""The figures of a case as a table: as printed and as a true value, whose and when, and the words that prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QCoreApplication,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.records import STATE_WORDS, Metric
from core.writing.figure_text import normal_text, number_cell, scope_text, value_text
from gui import theme
from gui.kit.fields import cell_of
from gui.kit.rows import RowDelegate
from gui.kit.widgets import IconButton, Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag
ROOT = QModelIndex()
MetricRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells say, what goes to the clipboard, and what they are sorted by."""

    head: str
    text: Callable[[Metric], str]
    tip: str
    most: int
    least: int
    key: Callable[[Metric], Any]
    align: Qt.AlignmentFlag = Align.AlignLeft
    copied: Callable[[Metric], str] | None = None
    whole: bool = False
    """Never cut short: a figure without its end is another figure."""


@dataclass(frozen=True, slots=True)
class Head:
    """The line above the figures of one subject."""

    subject: str
    figures: int


Row = Metric | Head


def quote_text(metric: Metric) -> str:
    """The printed words that prove it, or that none were found."""
    return metric.quote if metric.quote and metric.quote_span is not None else ""


def _by_value(metric: Metric) -> tuple[Decimal, Decimal]:
    return metric.value, metric.value_max if metric.value_max is not None else metric.value


_T = "MetricsTable"
# head, cell, tip, most and least width, sorted by, side, as copied
COLUMNS: tuple[Column, ...] = (
    Column(
        QT_TRANSLATE_NOOP(_T, "指标"), lambda m: m.indicator, QT_TRANSLATE_NOOP(_T, "数的是什么"),
        280, 120, lambda m: m.indicator,
    ),
    Column(
        QT_TRANSLATE_NOOP(_T, "数值"), value_text, QT_TRANSLATE_NOOP(_T, "报上印的数字"),
        150, 64, _by_value, Align.AlignRight, whole=True,
    ),
    Column(
        QT_TRANSLATE_NOOP(_T, "单位"), lambda m: m.unit, QT_TRANSLATE_NOOP(_T, "报上印的单位"),
        110, 52, lambda m: m.unit, whole=True,
    ),
    Column(
        QT_TRANSLATE_NOOP(_T, "归一值"), normal_text, QT_TRANSLATE_NOOP(_T, "乘出万、亿以后的数值，按它排序"),
        190, 72, _by_value, Align.AlignRight, number_cell, whole=True,
    ),
    Column(
        QT_TRANSLATE_NOOP(_T, "口径"), scope_text, QT_TRANSLATE_NOOP(_T, "谁的、什么时候的"),
        220, 72, scope_text,
    ),
    Column(
        QT_TRANSLATE_NOOP(_T, "出处"), quote_text, QT_TRANSLATE_NOOP(_T, "含有这个数字的原文"),
        400, 150, quote_text,
    ),
)  # fmt: skip
MEASURED = 200
A_HEAD = 3
"""So many figures a subject are worth a line of their own; below that the subject stands in 口径."""
INDICATOR, VALUE, UNIT, NORMAL, SCOPE, QUOTE = range(len(COLUMNS))


class MetricsModel(QAbstractTableModel):
    """The figures that pass the filter: in printed order under a head a subject, or sorted without heads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metrics: tuple[Metric, ...] = ()
        self._rows: list[Row] = []
        self._words: tuple[str, ...] = ()
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    # what is in it

    def set_metrics(self, metrics: Sequence[Metric]) -> None:
        """Take other figures; filter and order stay."""
        self._metrics = tuple(metrics)
        self._arrange()

    def set_filter(self, typed: str) -> None:
        """Keep only figures that have all the words in one of their cells."""
        self._words = tuple(typed.lower().split())
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by true values; column -1 is the printed order."""
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()

    def metric(self, row: int) -> Metric | None:
        """The figure in a row; None where a head stands."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Metric) else None

    def row_of(self, metric_id: str) -> int:
        """The row of a figure, -1 when the filter hides it or it is not there."""
        rows = enumerate(self._rows)
        return next((i for i, row in rows if isinstance(row, Metric) and row.id == metric_id), -1)

    def heads(self) -> list[int]:
        """The rows in which a head stands."""
        return [i for i, row in enumerate(self._rows) if isinstance(row, Head)]

    def figures(self) -> tuple[int, int]:
        """How many figures are shown, and how many there are."""
        return len(self._rows) - len(self.heads()), len(self._metrics)

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [m for m in self._metrics if self._passes(m)]
        if self._sorted:
            column, order = self._sorted
            shown.sort(key=COLUMNS[column].key, reverse=order == Qt.SortOrder.DescendingOrder)
            self._rows = list(shown)
        else:
            self._rows = _under_heads(shown)
        self.endResetModel()

    def _passes(self, metric: Metric) -> bool:
        text = "\n".join((*(c.text(metric) for c in COLUMNS), number_cell(metric), STATE_WORDS[metric.state])).lower()
        return all(word in text for word in self._words)

    # Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        answers = {
            Qt.ItemDataRole.DisplayRole: _tr(column.head),
            Qt.ItemDataRole.ToolTipRole: _tr(column.tip),
            Qt.ItemDataRole.TextAlignmentRole: column.align | Align.AlignVCenter,
        }
        return answers.get(Qt.ItemDataRole(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.metric(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # arrow keys pass over it
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Head):
            return self._head_data(row, index.column(), role)
        return self._metric_data(row, index.column(), role)

    def _head_data(self, head: Head, column: int, role: int) -> Any:
        if column == 0 and role == Qt.ItemDataRole.DisplayRole:
            return f"{head.subject or _tr('未写明是谁的')}　{head.figures}"
        if role == Qt.ItemDataRole.FontRole:
            return _small_bold()
        return theme.color("text-2") if role == Qt.ItemDataRole.ForegroundRole else None

    def _metric_data(self, metric: Metric, column: int, role: int) -> Any:
        said = COLUMNS[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(metric, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(metric, self.text(metric, column) if column != INDICATOR else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return said.align | Align.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color(_ink(metric, column))
        if role == Qt.ItemDataRole.FontRole and metric.state == "wrong" and column in (INDICATOR, VALUE, NORMAL):
            return _struck()
        if role == Qt.ItemDataRole.DecorationRole and column == INDICATOR:
            return theme.state_icon(metric.state)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == INDICATOR:
            return f"{metric.indicator}，{STATE_WORDS[metric.state]}"
        return metric if role == MetricRole else None

    def text(self, metric: Metric, column: int) -> str:
        """What a cell says; under heads the subject is not said again."""
        if column == SCOPE and self.heads():
            return metric.period
        return COLUMNS[column].text(metric) or (_tr("未找到出处") if column == QUOTE else "")


class _FiguresDelegate(RowDelegate):
    """Figures as rows; a head goes across all columns over a line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(MetricRole) is None:
            room = cell_of(option).rect
            painter.fillRect(room.left(), room.bottom(), room.width(), 1, theme.color("border"))


class FiguresView(QTableView):
    """The table itself, with Ctrl+C as cells."""

    copy_wanted = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to by key, a row shows where the focus is, and its words light up."""
        super().focusInEvent(event)
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in keys and not self.selectionModel().hasSelection() and self.first().isValid():
            self.selectRow(self.first().row())

    def first(self) -> QModelIndex:
        """The first row that is a figure and not a head; none when there is none."""
        rows = (self.model().index(row, 0) for row in range(self.model().rowCount()))
        return next((index for index in rows if index.flags() & Qt.ItemFlag.ItemIsSelectable), QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class MetricsTable(QWidget):
    """The figures of a case, a filter over them, and what to say when there are none."""

    metric_chosen = Signal(object)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MetricsModel(self)
        self.source_line = ""
        """What 复制并附出处 puts under the cells."""
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._own_widths = self._fitting = False
        self._wishes = [column.most for column in COLUMNS]
        self._build()
        self.show_metrics(())

    # what the window says

    def show_metrics(self, metrics: Sequence[Metric], source_line: str = "") -> None:
        """Show these figures, none of them chosen; ``source_line`` goes under what is copied with its source."""
        self.source_line = source_line
        self.filter.clear()
        self.model.set_metrics(metrics)
        self._measure(metrics)

    def choose(self, metric_id: str) -> None:
        """Choose a figure and bring it into view, also when the filter hides it."""
        if self.model.row_of(metric_id) < 0:
            self.filter.clear()
        row = self.model.row_of(metric_id)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))

    def state(self) -> QByteArray:
        """Widths and order of the columns, to be remembered."""
        return self.view.horizontalHeader().saveState()

    def restore(self, state: QByteArray) -> None:
        """Take up remembered columns; what does not fit is left alone."""
        if not state.isEmpty():
            self._own_widths = self.view.horizontalHeader().restoreState(state)

    def cells(self, with_source: bool = False) -> str:
        """The chosen figures, or all that are shown, as tab-separated cells under their heads."""
        rows = sorted({i.row() for i in self.view.selectionModel().selectedRows()}) or range(self.model.rowCount())
        lines = [[_tr(c.head) for c in COLUMNS]]
        for metric in filter(None, (self.model.metric(row) for row in rows)):
            lines.append([_cell((c.copied or c.text)(metric)) for c in COLUMNS])
        if with_source and self.source_line:
            lines.append([self.source_line])
        return "\n".join("\t".join(line) for line in lines)

    def copy(self, with_source: bool = False) -> str:
        """Put the chosen figures on the clipboard as cells; what was put there."""
        text = self.cells(with_source)
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
        return text

    def copy_with_source(self) -> str:
        """Put the chosen figures on the clipboard with their source line under them; what was put there."""
        return self.copy(with_source=True)

    def menu(self) -> QMenu:
        """The menu for what is chosen now."""
        menu = QMenu(self)
        menu.addAction(self.tr("复制") + "\tCtrl+C", self.copy)
        menu.addAction(self.tr("复制并附出处") + "\tCtrl+Shift+C", self.copy_with_source)
        menu.addSeparator()
        order: QAction = menu.addAction(self.tr("按报上的先后排列"), self._unsort)
        order.setEnabled(self.view.horizontalHeader().sortIndicatorSection() >= 0)
        return menu

    # inside

    def _build(self) -> None:
        self._count = QLabel()
        self._count.setProperty("role", "section")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("筛选数据"))
        self.filter.setAccessibleName(self.tr("筛选数据"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setProperty("dense", True)
        self.filter.setMaximumWidth(220)
        self.filter.textChanged.connect(self.model.set_filter)
        copy = IconButton("copy", self.tr("复制为表格，可贴进 Excel、WPS"))
        copy.clicked.connect(lambda: self.copy())
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_S, theme.GAP_XS, theme.GAP_S, theme.GAP_XS)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.filter, 1)
        row.addWidget(copy)
        self.view = self._table()
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

    def _table(self) -> FiguresView:
        view = FiguresView(self)
        view.setAccessibleName(self.tr("数据表"))
        view.setModel(self.model)
        view.setItemDelegate(_FiguresDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.copy_wanted.connect(lambda: self.copy())
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.ROW)
        view.verticalHeader().setMinimumSectionSize(theme.ROW)
        view.resized.connect(self._fit_columns)
        self._head(view.horizontalHeader())
        view.selectionModel().selectionChanged.connect(self._say_chosen)
        self.model.modelReset.connect(self._arranged)
        return view

    def _head(self, head: QHeaderView) -> None:
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(48)
        head.setHighlightSections(False)
        head.sortIndicatorChanged.connect(self.model.sort)
        head.sectionResized.connect(self._keep_widths)

    def _fit_columns(self) -> None:
        """Share out the room among the columns by what stands in them, until a person sets their widths."""
        if self._own_widths:
            return
        self._fitting = True
        wishes = [max(c.least, min(c.most, wish)) for c, wish in zip(COLUMNS, self._wishes, strict=True)]
        rigid = {i for i, c in enumerate(COLUMNS) if c.whole}
        spare = self.view.viewport().width() - sum(w if i in rigid else COLUMNS[i].least for i, w in enumerate(wishes))
        wished = sum(w - COLUMNS[i].least for i, w in enumerate(wishes) if i not in rigid)
        share = max(0.0, min(1.0, spare / max(1, wished)))
        for i, wish in enumerate(wishes[:-1]):
            least = wish if i in rigid else COLUMNS[i].least
            self.view.horizontalHeader().resizeSection(i, round(least + (wish - least) * share))
        self._fitting = False

    def _measure(self, metrics: Sequence[Metric]) -> None:
        """How wide each column would be to show all that stands in it."""
        measure = QFontMetrics(theme.font("interface"))
        for i in range(len(COLUMNS)):
            widths = (measure.horizontalAdvance(self.model.text(m, i)) for m in metrics[:MEASURED])
            beside = 40 if i == INDICATOR else 20
            self._wishes[i] = max(widths, default=0) + beside
        self._fit_columns()

    def _keep_widths(self, section: int) -> None:
        if not self._fitting and section != len(COLUMNS) - 1:
            self._own_widths = True

    def _arranged(self) -> None:
        self.view.clearSpans()
        for row in self.model.heads():
            self.view.setSpan(row, 0, 1, len(COLUMNS))
        shown, there = self.model.figures()
        words = self.tr("数据 {0}").format(there) if shown == there else self.tr("数据 {0} / {1}").format(shown, there)
        self._count.setText(words)
        self.filter.setVisible(there > 0)
        self._stack.setCurrentWidget(self.view if shown else self._nothing)
        if there and not shown:
            found_none = self.tr("没有符合「{0}」的数据").format(self.filter.text())
            self._nothing.say("funnel", found_none, self.tr("换几个字，或清除筛选。"), self.tr("清除筛选"), "clear")
        elif not there:
            self._nothing.say("table-2", self.tr("这里没有数据"), self.tr("选一个案例，它的数据就列在这里。"))

    def _say_chosen(self, chosen: QItemSelection, _: QItemSelection) -> None:
        rows = self.view.selectionModel().selectedRows()
        current = self.view.currentIndex().row()
        at = current if current in {r.row() for r in rows} else (rows[-1].row() if rows else -1)
        metric = self.model.metric(at)
        if metric is not None:
            self.metric_chosen.emit(metric)

    def _unsort(self) -> None:
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))


def _under_heads(metrics: Sequence[Metric]) -> list[Row]:
    """The figures in printed order, gathered under their subjects when several have more than a few figures each."""
    subjects = list(dict.fromkeys(m.subject for m in metrics))
    if len(subjects) < 2 or len(metrics) < A_HEAD * len(subjects):
        return list(metrics)
    out: list[Row] = []
    for subject in subjects:
        own = [m for m in metrics if m.subject == subject]
        out += [Head(subject, len(own)), *own]
    return out


def _ink(metric: Metric, column: int) -> str:
    if column == QUOTE:
        return "text-2" if quote_text(metric) else "warning"
    return "text" if column in (INDICATOR, VALUE, NORMAL) else "text-2"


def _tip(metric: Metric, text: str) -> str:
    """The whole cell as plain words; a tool tip would take angle brackets for markup."""
    words = text or f"{metric.indicator}　{STATE_WORDS[metric.state]}　{metric.reason}".rstrip()
    return f"<qt>{escape(words)}</qt>"


def _small_bold() -> QFont:
    out = theme.font("secondary")
    out.setBold(True)
    return out


def _struck() -> QFont:
    out = theme.font("interface")
    out.setStrikeOut(True)
    return out


def _cell(text: str) -> str:
    """A text that stays in one cell when it is pasted."""
    return " ".join(text.split())


def _tr(text: str) -> str:
    return QCoreApplication.translate("MetricsTable", text)
