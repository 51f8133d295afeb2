"""Themes by cities as a table whose cells are as warm as they have cases; a click or Enter narrows to them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.library.answers import Overview as Counts
from core.library.query import Query
from core.records import THEMES
from core.writing.figure_text import grouped
from gui import theme
from gui.kit import cells
from gui.kit.fields import cell_of
from gui.kit.plain import level, tip

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag
ROOT = QModelIndex()
QueryRole = Qt.ItemDataRole.UserRole
CELL = QSize(68, 30)
NARROWEST = 46
"""So narrow do cells become before the table scrolls: a count and a city of three characters."""
HEAD_PAD = 2


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
        """Return a city above or a theme at the side; a long name's bracket stands on a second line."""
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self._cities) if across else len(self._themes)):
            return None
        name = self._cities[section][1] if across else self._themes[section] or _tr("主题未定")
        if role == Qt.ItemDataRole.DisplayRole:
            return level(name.replace("（", "\n（") if across else name)  # 浙江省（未分市）
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_tr("看「{0}」的案例").format(name))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return how many cases a theme has in a city, none as an empty cell, and the query that finds them."""
        if not index.isValid():
            return None
        count = self.count(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return grouped(count) if count else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._said(index.row(), index.column(), count)
            return level(said) if role == Qt.ItemDataRole.AccessibleTextRole else tip(said)
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
        share = self._view.count(index) / max(1, self._view.most())
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
    copied = Signal()

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # `Heat` has one above the cities
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

    def count(self, index: Index) -> int:
        """The cases of a cell."""
        return self._heat.count(index.row(), index.column())

    def width_for(self, cell: int) -> int:
        """What the table takes with cells of this width when nothing of it is hidden."""
        return self.verticalHeader().sizeHint().width() + cell * self._heat.columnCount() + 2

    def copy(self) -> None:
        """Put the whole table on the clipboard with its heads."""
        model, names = self._heat, Qt.Orientation
        cities = [str(model.headerData(c, names.Horizontal)).replace("\n", "") for c in range(model.columnCount())]
        lines = [
            [str(model.headerData(row, names.Vertical)), *(str(model.count(row, c)) for c in range(len(cities)))]
            for row in range(model.rowCount())
        ]
        cells.put([_tr("主题"), *cities], lines, [False, *[True] * len(cities)])
        self.copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Narrow to the cell with Enter or Space; copy the whole table with Ctrl+C."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._narrow(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the cities."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as all themes, so that the page scrolls and not the table; cells share a lack of room."""
        names = self.verticalHeader()
        room = self.width() - max(names.width(), names.sizeHint().width()) - 2 * self.frameWidth() - 2
        cell = max(NARROWEST, min(CELL.width(), room // max(1, self._heat.columnCount())))
        self.horizontalHeader().setDefaultSectionSize(cell)
        self.horizontalHeader().setFixedHeight(self._head_height(cell))
        self.setFixedHeight(self.horizontalHeader().height() + CELL.height() * self._heat.rowCount() + 4)

    def _head_height(self, cell: int) -> int:
        """As high as the city with most lines in a head of this width."""
        metrics, room = QFontMetrics(theme.font("secondary")), QRect(0, 0, cell - 2 * HEAD_PAD, 1000)
        names = (str(self._heat.headerData(c, Qt.Orientation.Horizontal)) for c in range(self._heat.columnCount()))
        lines = (metrics.boundingRect(room, Align.AlignCenter | Qt.TextFlag.TextWordWrap, name) for name in names)
        return max([CELL.height(), *(box.height() + 8 for box in lines)])

    def _narrow(self, index: QModelIndex) -> None:
        if index.isValid() and self._heat.count(index.row(), index.column()):
            self.narrowed.emit(index.data(QueryRole))


class Heat(QWidget):
    """The heat table with its scroll bar above the cities, in sight wherever the page is scrolled to."""

    def __init__(self, view: HeatView) -> None:
        super().__init__()
        self._view, self._bar = view, QScrollBar(Qt.Orientation.Horizontal)
        inner, bar = view.horizontalScrollBar(), self._bar
        bar.valueChanged.connect(inner.setValue)
        inner.valueChanged.connect(bar.setValue)
        inner.rangeChanged.connect(self._take_range)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(view)
        self._take_range()
        view.model().modelReset.connect(self._show_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bar for scrolling only where the cities do not fit."""
        super().resizeEvent(event)
        self._show_bar()

    def _show_bar(self) -> None:
        """Show the bar only where even the narrowest cells find no room."""
        self._bar.setVisible(self._view.width_for(NARROWEST) > self.width())

    def _take_range(self) -> None:
        inner = self._view.horizontalScrollBar()
        self._bar.setRange(inner.minimum(), inner.maximum())
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(CELL.width() // 2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Overview", text)
