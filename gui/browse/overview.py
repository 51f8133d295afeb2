"""What is in the library at a glance: counts, themes by cities as a heat table, states, the largest figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.library.answers import FigureRow
from core.library.answers import Overview as Counts
from core.library.query import Query
from core.records import STATE_WORDS, THEMES, State
from core.writing.figure_text import THIN, normal_text, number_cell, value_text
from gui import theme
from gui.kit.fields import cell_of
from gui.kit.rows import RowDelegate
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag
ROOT = QModelIndex()
QueryRole = Qt.ItemDataRole.UserRole
NumRole = Qt.ItemDataRole.UserRole
CELL = QSize(68, 30)
NARROWEST = 62
TWO_LINES = 44
LARGEST = 660
"""The room that the largest figures need beside the heat table."""
_O = "Overview"

FIGURES: tuple[tuple[str, Callable[[Counts], int]], ...] = (
    (QT_TRANSLATE_NOOP(_O, "案例"), lambda o: o.cases),
    (QT_TRANSLATE_NOOP(_O, "地区"), lambda o: o.places),
    (QT_TRANSLATE_NOOP(_O, "主题"), lambda o: o.themes),
    (QT_TRANSLATE_NOOP(_O, "机制"), lambda o: o.mechanisms),
    (QT_TRANSLATE_NOOP(_O, "数据"), lambda o: o.figures),
    (QT_TRANSLATE_NOOP(_O, "来源"), lambda o: o.sources),
)


class HeatModel(QAbstractTableModel):
    """Themes down, cities across, the number of cases in each cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cities: tuple[tuple[str, str], ...] = ()
        self._themes: tuple[str, ...] = ()
        self._heat: dict[tuple[str, str], int] = {}
        self.most = 0

    def set_counts(self, overview: Counts) -> None:
        """Take other counts; themes in the order of the list that the house has, cities in that of the tree."""
        self.beginResetModel()
        known = {t for _, t in overview.heat}
        self._themes = (*(t for t in THEMES if t in known), *sorted(known - set(THEMES), key=lambda t: (not t, t)))
        self._cities, self._heat = tuple(overview.cities), dict(overview.heat)
        self.most = max(self._heat.values(), default=0)
        self.endResetModel()

    def count(self, row: int, column: int) -> int:
        """The cases in a cell."""
        return self._heat.get((self._cities[column][0], self._themes[row]), 0)

    def query(self, row: int, column: int) -> Query:
        """What choosing a cell narrows to; -1 stands for the whole row or column."""
        return Query(
            places=(self._cities[column][0],) if column >= 0 else (),
            themes=(self._themes[row],) if row >= 0 else (),
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._themes)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._cities)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self._cities) if across else len(self._themes)):
            return None
        name = self._cities[section][1] if across else self._themes[section] or _tr("主题未定")
        if role == Qt.ItemDataRole.DisplayRole:
            return name.replace("（", "\n（") if across else name  # 浙江省（未分市）
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{escape(_tr('看「{0}」的案例').format(name))}</qt>"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        count = self.count(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return str(count) if count else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._said(index.row(), index.column(), count)
            return said if role == Qt.ItemDataRole.AccessibleTextRole else f"<qt>{escape(said)}</qt>"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Align.AlignCenter
        return self.query(index.row(), index.column()) if role == QueryRole else None

    def _said(self, row: int, column: int, count: int) -> str:
        where = self._cities[column][1]
        what = self._themes[row] or _tr("主题未定")
        return _tr("{0} · {1}：{2} 个案例").format(where, what, count)


class _HeatDelegate(QStyledItemDelegate):
    """A cell as warm as it has cases; the current one has a frame."""

    def __init__(self, view: HeatView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = index.data()
        share = int(text or 0) / max(1, self._view.most())
        ground = warmth(share) if text else theme.color("window")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        box = QRectF(cell_of(option).rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 4, 4)
        self._frame(painter, box, option, index)
        painter.setFont(theme.font("interface"))
        painter.setPen(ink_on(ground))
        painter.drawText(cell_of(option).rect, Align.AlignCenter, text)
        painter.restore()

    def _frame(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        current = self._view.hasFocus() and self._view.currentIndex() == index
        if current or cell_of(option).state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.color("text" if current else "accent"), 2 if current else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def warmth(share: float) -> QColor:
    """The ground of a cell that has this share of the fullest cell's cases."""
    low, high = theme.color("surface"), theme.color("accent")
    weight = 0.14 + 0.76 * share
    mixed = (a + (b - a) * weight for a, b in zip(theme.parts(low), theme.parts(high), strict=True))
    return QColor.fromRgbF(*mixed)


def ink_on(ground: QColor) -> QColor:
    """The better readable of our two inks; black or white where both are too weak on a middling ground."""
    ours = max((theme.color("text"), theme.color("on-accent")), key=lambda ink: theme.contrast(ink, ground))
    if theme.contrast(ours, ground) >= 4.5:
        return ours
    return max((QColor("black"), QColor("white")), key=lambda ink: theme.contrast(ink, ground))


class HeatView(QTableView):
    """The heat table: a click or Enter on a cell, a theme or a city narrows to its cases."""

    narrowed = Signal(object)

    def __init__(self, model: HeatModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heat = model
        self.setModel(model)
        self.setItemDelegate(_HeatDelegate(self))
        self.setAccessibleName(_tr("主题与城市"))
        self.setAccessibleDescription(_tr("方向键移动，回车看这一格的案例"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        for head, size in ((across, CELL.width()), (down, CELL.height())):
            head.setDefaultSectionSize(size)
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setSectionsClickable(True)
            head.setHighlightSections(False)
            head.setCursor(Qt.CursorShape.PointingHandCursor)
        down.setProperty("kind", "rows")
        across.setProperty("kind", "columns")
        across.setDefaultAlignment(Align.AlignCenter | Qt.TextFlag.TextWordWrap)
        down.setDefaultAlignment(Align.AlignLeft | Align.AlignVCenter)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._narrow)
        across.sectionClicked.connect(lambda column: self.narrowed.emit(model.query(-1, column)))
        down.sectionClicked.connect(lambda row: self.narrowed.emit(model.query(row, -1)))
        model.modelReset.connect(self._fit)

    def most(self) -> int:
        """The cases of the fullest cell."""
        return self._heat.most

    def width_for(self, cell: int) -> int:
        """What the table takes with cells of this width when nothing of it is hidden."""
        return self.verticalHeader().sizeHint().width() + cell * self._heat.columnCount() + 2

    def cells(self) -> str:
        """The whole table as tab-separated cells with its heads."""
        model, names = self._heat, Qt.Orientation
        across = (model.headerData(c, names.Horizontal) for c in range(model.columnCount()))
        lines = [["", *(name.replace("\n", "") for name in across)]]
        for row in range(model.rowCount()):
            counts = (str(model.count(row, column)) for column in range(model.columnCount()))
            lines.append([model.headerData(row, names.Vertical), *counts])
        return "\n".join("\t".join(line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._narrow(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.cells())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as all themes, so that the page scrolls and not the table; cells share a lack of room."""
        room = self.width() - self.verticalHeader().sizeHint().width() - 2
        cell = max(NARROWEST, min(CELL.width(), room // max(1, self._heat.columnCount())))
        self.horizontalHeader().setDefaultSectionSize(cell)
        names = (self._heat.headerData(c, Qt.Orientation.Horizontal) for c in range(self._heat.columnCount()))
        widest = max((QFontMetrics(theme.font("secondary")).horizontalAdvance(name) for name in names), default=0)
        self.horizontalHeader().setFixedHeight(TWO_LINES if widest > cell - 8 else CELL.height())
        shown = self.horizontalScrollBar().sizeHint().height() if self.width_for(cell) > self.width() else 0
        rows = CELL.height() * self._heat.rowCount()
        self.setFixedHeight(self.horizontalHeader().height() + rows + shown + 4)

    def _narrow(self, index: QModelIndex) -> None:
        if index.isValid() and self._heat.count(index.row(), index.column()):
            self.narrowed.emit(index.data(QueryRole))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the largest figures."""

    head: str
    text: Callable[[FigureRow], str]
    width: int
    align: Qt.AlignmentFlag = Align.AlignLeft
    copied: Callable[[FigureRow], str] | None = None


COLUMNS: tuple[Column, ...] = (
    Column(QT_TRANSLATE_NOOP(_O, "指标"), lambda r: r.metric.indicator, 156),
    Column(QT_TRANSLATE_NOOP(_O, "数值"), lambda r: value_text(r.metric), 84, Align.AlignRight),
    Column(QT_TRANSLATE_NOOP(_O, "单位"), lambda r: r.metric.unit, 56),
    Column(QT_TRANSLATE_NOOP(_O, "归一值"), lambda r: normal_text(r.metric), 116, Align.AlignRight,
           lambda r: number_cell(r.metric)),
    Column(QT_TRANSLATE_NOOP(_O, "地区"), lambda r: r.place, 120),
    Column(QT_TRANSLATE_NOOP(_O, "案例"), lambda r: r.title, 120),
)  # fmt: skip


class LargestModel(QAbstractTableModel):
    """The largest figure of each frequent indicator."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FigureRow, ...] = ()

    def set_rows(self, rows: Sequence[FigureRow]) -> None:
        """Take other figures."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[FigureRow, ...]:
        """The figures in order."""
        return self._rows

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return COLUMNS[section].align | Align.AlignVCenter
        return _tr(COLUMNS[section].head) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{escape(column.text(row))}</qt>"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Align.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text" if index.column() in (0, 1, 3) else "text-2")
        return row.num if role == NumRole else None


class _Largest(QTableView):
    """The table of the largest figures: a click or Enter opens the case."""

    case_chosen = Signal(object)

    def __init__(self, model: LargestModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._largest = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(_tr("各指标最大的数据"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(44)
        for i, column in enumerate(COLUMNS):
            head.resizeSection(i, column.width)
        self.clicked.connect(lambda index: self.case_chosen.emit(index.data(NumRole)))
        model.modelReset.connect(self._fit)

    def cells(self) -> str:
        """The table as tab-separated cells under its heads."""
        lines = [[_tr(c.head) for c in COLUMNS]]
        lines += [[(c.copied or c.text)(row) for c in COLUMNS] for row in self._largest.rows()]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.case_chosen.emit(self.currentIndex().data(NumRole))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.cells())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A row shows where the focus is."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows; the last column takes what room there is."""
        rows = self.model().rowCount() * theme.ROW
        narrow = sum(c.width for c in COLUMNS) > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if narrow else 0
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat_model, self.largest_model = HeatModel(self), LargestModel(self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._top: QWidget | None = None
        self._build()
        theme.notifier.changed.connect(self._colour)

    def show_overview(self, overview: Counts) -> None:
        """Show these counts; an empty library says what to do next."""
        self._stack.setCurrentWidget(self._area if overview.cases else self._empty)
        for label, (_, count) in zip(self._counts, FIGURES, strict=True):
            label.setText(f"{count(overview):,}".replace(",", THIN))
        self._bar.show_states(overview.states)
        for state, button in self._states.items():
            number = overview.states.get(state, 0)
            button.setText(f"{_tr(STATE_WORDS[state])} {number}")
            button.setEnabled(number > 0)
        self.heat_model.set_counts(overview)
        self.largest_model.set_rows(overview.largest)
        self._heat_part.setVisible(bool(overview.heat))
        self._largest_part.setVisible(bool(overview.largest))
        self._arrange()

    def show_on_top(self, panel: QWidget) -> None:
        """Put a panel above the counts, in the place of one that was there."""
        if self._top is not None:
            self._top.deleteLater()
        self._top = panel
        self._column.insertWidget(0, panel)
        panel.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The heat table takes the focus; as a proxy it would never let Tab out of the page (seen with Qt 6.9)."""
        self.heat.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # inside

    def _build(self) -> None:
        self.heat = HeatView(self.heat_model)
        self.heat.narrowed.connect(self.narrowed)
        self.largest = _Largest(self.largest_model)
        self.largest.case_chosen.connect(self.case_chosen)
        page = QWidget()
        page.setProperty("ground", "surface")
        column = self._column = QVBoxLayout(page)
        column.setContentsMargins(28, theme.GAP_XL, 28, 2 * theme.GAP_XL)
        column.setSpacing(theme.GAP_XL)
        column.addLayout(self._figures())
        column.addLayout(self._state_part())
        self._lower = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lower.setSpacing(2 * theme.GAP_L)
        self._heat_part = _part(self.tr("主题与城市"), self.tr("点一格、一个主题或一个城市，看那里的案例"), self.heat)
        self._largest_part = _part(self.tr("最大的数据"), self.tr("常见指标各取最大的一个，点开看案例"), self.largest)
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
        self._empty.say(
            "library",
            self.tr("这个案例库还是空的"),
            self.tr("把报纸版面的文件拖进窗口，或打开另一个案例库。"),
            self.tr("打开案例库…"),
            "open_library",
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_L)
        self._counts: list[QLabel] = []
        for name, _ in FIGURES:
            number, words = QLabel("0"), QLabel(_tr(name))
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
        beside = self.width() >= self.heat.width_for(NARROWEST) + LARGEST + 2 * 28 + 2 * theme.GAP_L
        self._lower.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._heat_part.setMinimumWidth(self.heat.width_for(NARROWEST) if beside else 0)
        self._heat_part.setMaximumWidth(self.heat.width_for(CELL.width()))
        self._largest_part.setMinimumWidth(LARGEST if beside else 0)
        self._largest_part.setMaximumWidth(820)


def _part(head: str, hint: str, table: QWidget) -> QWidget:
    out = QWidget()
    column = QVBoxLayout(out)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP_XS)
    words = QLabel(head)
    words.setProperty("role", "section")
    small = QLabel(hint)
    small.setProperty("role", "secondary")
    small.setWordWrap(True)
    column.addWidget(words)
    column.addWidget(small)
    column.addSpacing(theme.GAP_XS)
    column.addWidget(table)
    return out


def _tr(text: str) -> str:
    return QCoreApplication.translate(_O, text)
