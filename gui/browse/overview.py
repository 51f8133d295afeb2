"""What is in the library at a glance: counts, themes by cities as a heat table, states, the largest figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.library.answers import FigureRow
from core.library.answers import Overview as Counts
from core.library.query import Query
from core.records import STATE_WORDS, State
from core.writing.figure_text import grouped, normal_text, number_cell, value_text
from gui import theme
from gui.browse.heat import CELL, Heat, HeatModel, HeatView
from gui.kit.basics import dismiss
from gui.kit.columns import Column
from gui.kit.notices import Empty, notice_for
from gui.kit.plain import Label
from gui.kit.records import RecordRole, RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Align = Qt.AlignmentFlag
MARGIN = 28
_O = "Overview"

FIGURES: tuple[tuple[str, Callable[[Counts], int]], ...] = (
    (QT_TRANSLATE_NOOP(_O, "案例"), lambda o: o.cases),
    (QT_TRANSLATE_NOOP(_O, "地区"), lambda o: o.places),
    (QT_TRANSLATE_NOOP(_O, "主题"), lambda o: o.themes),
    (QT_TRANSLATE_NOOP(_O, "机制"), lambda o: o.mechanisms),
    (QT_TRANSLATE_NOOP(_O, "数据"), lambda o: o.figures),
    (QT_TRANSLATE_NOOP(_O, "来源"), lambda o: o.sources),
)


def state_word(row: FigureRow) -> str:
    """Return 未核, 已核, 存疑 or 有误 for a figure."""
    return _tr(STATE_WORDS[row.metric.state])


# A figure that no person has looked at is never shown here without saying so.
COLUMNS: tuple[Column[FigureRow], ...] = (
    Column("indicator", QT_TRANSLATE_NOOP(_O, "指标"), lambda r: r.metric.indicator, least=140, weight=2, ink="text"),
    Column("value", QT_TRANSLATE_NOOP(_O, "数值"), lambda r: value_text(r.metric), "number", ink="text"),
    Column("unit", QT_TRANSLATE_NOOP(_O, "单位"), lambda r: r.metric.unit, "whole"),
    Column("normal", QT_TRANSLATE_NOOP(_O, "归一值"), lambda r: normal_text(r.metric), "number", ink="text",
           copied=lambda r: number_cell(r.metric)),
    Column("state", QT_TRANSLATE_NOOP(_O, "状态"), state_word, "whole",
           icon=lambda r: theme.state_icon(r.metric.state)),
    Column("place", QT_TRANSLATE_NOOP(_O, "地区"), lambda r: r.place, least=96, most=200),
    Column("case", QT_TRANSLATE_NOOP(_O, "案例"), lambda r: r.title, least=120),
)  # fmt: skip


class _Largest(RecordsView[FigureRow]):
    """The largest figure of each frequent indicator, as high as its rows: a click or Enter opens the case."""

    case_chosen = Signal(object)

    def __init__(self, model: RecordsModel[FigureRow]) -> None:
        super().__init__(model, _tr("各指标最大的数据"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        self.opened.connect(self._open)
        model.modelReset.connect(self._fit_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _open(self, index: QModelIndex) -> None:
        self.case_chosen.emit(index.data(RecordRole).num)

    def _fit_height(self) -> None:
        rows = self.model().rowCount() * theme.ROW
        bar = self.horizontalScrollBar().sizeHint().height() if self.widths.least() > self.width() else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 4)


class _StateBar(QWidget):
    """How much of the library is checked, as one bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: dict[State, int] = {}
        self.setFixedHeight(8)
        self.setAccessibleName(_tr("核对情况"))

    def show_states(self, states: dict[State, int]) -> None:
        self._states = states
        words = (f"{_tr(word)} {states.get(state, 0)}" for state, word in STATE_WORDS.items())
        self.setAccessibleDescription("，".join(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = sum(self._states.values())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("border"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
            whole_bar = QPainterPath()
            whole_bar.addRoundedRect(QRectF(self.rect()), 4, 4)
            painter.setClipPath(whole_bar)
            left = 0.0
            for state in ("checked", "unsure", "wrong"):
                width = self.width() * self._states.get(state, 0) / max(1, whole)
                painter.fillRect(QRectF(left, 0, width, self.height()), theme.color(theme.STATE_ROLES[state]))
                left += width


class Overview(QWidget):
    """The page that stands where no case is chosen."""

    narrowed = Signal(object)
    case_chosen = Signal(object)
    acted = Signal(str)
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat_model = HeatModel(self)
        self.largest_model = RecordsModel(COLUMNS, _O, self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._top: QWidget | None = None
        self._build()
        theme.notifier.changed.connect(self._colour)

    def show_overview(self, overview: Counts) -> None:
        """Show these counts; an empty library says what to do next."""
        self._stack.setCurrentWidget(self._area if overview.cases else self._empty)
        for label, (_, count) in zip(self._counts, FIGURES, strict=True):
            label.setText(grouped(count(overview)))
        self._bar.show_states(overview.states)
        for state, button in self._states.items():
            number = overview.states.get(state, 0)
            button.setText(f"{_tr(STATE_WORDS[state])} {grouped(number)}")
            button.setEnabled(number > 0)
        self.heat_model.set_counts(overview)
        self.largest.show_records(overview.largest)
        self._heat_part.setVisible(bool(overview.heat))
        self._largest_part.setVisible(bool(overview.largest))
        self._arrange()

    def show_on_top(self, panel: QWidget) -> None:
        """Put a panel above the counts, in the place of one that was there."""
        if self._top is not None:
            dismiss(self._top)
        self._top = panel
        self._column.insertWidget(0, panel)
        panel.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The heat table takes the focus; as a proxy it would never let Tab out of the page (seen with Qt 6.9)."""
        self.heat.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts beside or under one another, as the width allows."""
        super().resizeEvent(event)
        self._arrange()

    # inside

    def _build(self) -> None:
        self.heat = HeatView(self.heat_model)
        self.heat.narrowed.connect(self.narrowed)
        self.largest = _Largest(self.largest_model)
        self.largest.case_chosen.connect(self.case_chosen)
        for table in (self.heat, self.largest):
            table.copied.connect(lambda *_: self.copied.emit())
        page = QWidget()
        page.setProperty("ground", "surface")
        column = self._column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, theme.GAP_XL, MARGIN, 2 * theme.GAP_XL)
        column.setSpacing(theme.GAP_XL)
        column.addLayout(self._figures())
        column.addLayout(self._state_part())
        self._lower = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lower.setSpacing(2 * theme.GAP_L)
        self._heat_part = _part(
            self.tr("主题与城市"), self.tr("点一格、一个主题或一个城市，看那里的案例"), Heat(self.heat)
        )
        hint = self.tr("常见指标各取最大的一个，点开看案例。未核的是程序读出来的，还没有人核对过。")
        self._largest_part = _part(self.tr("最大的数据"), hint, self.largest)
        for part in (self._heat_part, self._largest_part):
            self._lower.addWidget(part, 0, Align.AlignTop)
        column.addLayout(self._lower)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(page)
        self._empty = Notice()
        self._empty.acted.connect(self.acted)
        self._empty.say(*notice_for(Empty()))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(QWidget())  # as long as nothing was counted, since noughts would be figures
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_L)
        self._counts: list[Label] = []
        for name, _ in FIGURES:
            number, words = Label("0"), Label(_tr(name))
            number.setProperty("role", "figure")
            words.setProperty("role", "secondary")
            number.setAccessibleName(_tr(name))
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(number)
            both.addWidget(words)
            row.addLayout(both)
            row.addSpacing(theme.GAP_L)
            self._counts.append(number)
        row.addStretch(1)
        return row

    def _state_part(self) -> QVBoxLayout:
        self._bar = _StateBar()
        self._bar.setMaximumWidth(720)
        legend = QHBoxLayout()
        legend.setSpacing(theme.GAP_XS)
        self._states: dict[State, QPushButton] = {}
        for state, word in STATE_WORDS.items():
            button = QPushButton(_tr(word))
            button.setProperty("kind", "legend")
            button.setToolTip(self.tr("看「{0}」的案例").format(_tr(word)))
            button.setIconSize(QSize(14, 14))
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, s=state: self.narrowed.emit(Query(states=(s,))))
            legend.addWidget(button)
            self._states[state] = button
        legend.addStretch(1)
        self._colour()
        column = QVBoxLayout()
        column.setSpacing(theme.GAP_XS)
        column.addWidget(self._bar)
        column.addLayout(legend)
        return column

    def _colour(self) -> None:
        for state, button in self._states.items():
            button.setIcon(theme.state_icon(state))

    def _arrange(self) -> None:
        """Table beside table where there is room for both."""
        largest = self.largest.widths.least()
        beside = self.width() >= self.heat.width_for(CELL.width()) + largest + 2 * MARGIN + 2 * theme.GAP_L
        self._lower.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._heat_part.setMinimumWidth(self.heat.width_for(CELL.width()) if beside else 0)
        self._heat_part.setMaximumWidth(self.heat.width_for(CELL.width()))
        self._largest_part.setMinimumWidth(largest if beside else 0)
        self._largest_part.setMaximumWidth(max(960, largest))


def _part(head: str, hint: str, table: QWidget) -> QWidget:
    out = QWidget()
    column = QVBoxLayout(out)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP_XS)
    words = Label(head)
    words.setProperty("role", "section")
    small = Label(hint)
    small.setProperty("role", "secondary")
    small.setWordWrap(True)
    column.addWidget(words)
    column.addWidget(small)
    column.addSpacing(theme.GAP_XS)
    column.addWidget(table)
    return out


def _tr(text: str) -> str:
    return QCoreApplication.translate(_O, text)
