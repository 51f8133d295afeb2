"""The list of cases: a model that knows all numbers and few rows, and a table with one or two lines a row."""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.records import STATE_WORDS, State
from gui import theme
from gui.kit.fields import cell_of, stretch_of
from gui.kit.rows import RowDelegate
from gui.kit.widgets import CASES_MIME, ElidedLabel, IconButton, Notice
from gui.kit.words import QT_TRANSLATE_NOOP
from gui.theme.states import paint_state

if TYPE_CHECKING:
    from core.library import CaseRow, Snippet

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
Marks = Sequence[tuple[int, int]]

PAGE = 256
PAGES_KEPT = 64
DRAG_TEXT_LIMIT = 500
TITLE_LEAST = 190
DENSE_ROW, PLAIN_ROW, SNIPPET_ROW = 32, 56, 78
_NOTHING_SAID = object()
RowRole, SnippetRole, MarksRole = (Qt.ItemDataRole.UserRole + i for i in range(3))


def state_text(state: State) -> str:
    """未核, 已核, 存疑 or 有误."""
    return translate("CaseList", STATE_WORDS[state])


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is called, what it says of a case, and how the library sorts by it."""

    order: str
    head: str
    text: Callable[[CaseRow], str]
    width: int
    right: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("title", QT_TRANSLATE_NOOP("CaseList", "标题"), lambda row: row.title, 260),
    Column("place", QT_TRANSLATE_NOOP("CaseList", "地区"), lambda row: row.place, 116),
    Column("themes", QT_TRANSLATE_NOOP("CaseList", "主题"), lambda row: "、".join(row.themes), 108),
    Column("published", QT_TRANSLATE_NOOP("CaseList", "日期"), lambda row: row.published, 88),
    Column("figures", QT_TRANSLATE_NOOP("CaseList", "数据"), lambda row: str(row.figures), 50, right=True),
    Column("state", QT_TRANSLATE_NOOP("CaseList", "状态"), lambda row: state_text(row.state), 68),
)
ADDED = QT_TRANSLATE_NOOP("CaseList", "最近加入")
ORDERS: tuple[tuple[str, str, bool], ...] = (
    ("rank", "", False),
    ("added", ADDED, True),
    ("published", QT_TRANSLATE_NOOP("CaseList", "日期，新的在前"), True),
    ("published", QT_TRANSLATE_NOOP("CaseList", "日期，旧的在前"), False),
    ("title", QT_TRANSLATE_NOOP("CaseList", "标题"), False),
    ("place", QT_TRANSLATE_NOOP("CaseList", "地区"), False),
    ("themes", QT_TRANSLATE_NOOP("CaseList", "主题"), False),
    ("figures", QT_TRANSLATE_NOOP("CaseList", "数据，多的在前"), True),
    ("state", QT_TRANSLATE_NOOP("CaseList", "状态"), False),
)


class CaseListModel(QAbstractTableModel):
    """All hits as numbers; their rows are read in pages as they come into sight, snippets when they are asked for."""

    snippets_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nums: array[int] = array("q")
        self._rows_of: Callable[[Sequence[int]], Sequence[CaseRow]] = lambda nums: []
        self._marks_in: Callable[[str], Marks] = lambda text: ()
        self._pages: OrderedDict[int, list[CaseRow | None]] = OrderedDict()
        self._snippets: dict[int, Snippet] = {}
        self._marks: dict[int, Marks] = {}
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)
        self.with_snippets = False

    def show_nums(
        self,
        nums: array[int],
        rows_of: Callable[[Sequence[int]], Sequence[CaseRow]],
        marks_in: Callable[[str], Marks] | None = None,
        snippets: Mapping[int, Snippet] | None = None,
    ) -> None:
        """Show these cases; with ``marks_in`` as the hits of a search, whose words it finds in any text."""
        self.beginResetModel()
        self.nums, self._rows_of = nums, rows_of
        self._marks_in = marks_in or (lambda text: ())
        self.with_snippets = marks_in is not None
        self._pages.clear()
        self._marks.clear()
        self._snippets = dict(snippets or {})
        self._asked = set(self._snippets)
        self._wanted.clear()
        self.endResetModel()

    def show_snippets(self, snippets: Mapping[int, Snippet]) -> None:
        """Take in the snippets that were asked for."""
        self._snippets.update(snippets)
        if self.nums:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.nums) - 1, 0), [SnippetRole])

    def row(self, at: int) -> CaseRow | None:
        """The case in that row, None when it has gone from the library meanwhile."""
        page = self._pages.get(at // PAGE)
        if page is None:
            page = self._read_page(at // PAGE)
        else:
            self._pages.move_to_end(at // PAGE)
        return page[at % PAGE]

    def nums_at(self, rows: Iterable[int]) -> list[int]:
        return [self.nums[at] for at in rows]

    def row_of(self, num: int) -> int:
        """The row of that case, -1 when it isn't among them."""
        try:
            return self.nums.index(num)
        except ValueError:
            return -1

    # Qt's questions
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.nums)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return translate("CaseList", COLUMNS[section].head)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERS:
            return None
        row = self.row(index.row())
        if row is None:
            return (
                translate("CaseList", "（已移出）")
                if role == Qt.ItemDataRole.DisplayRole and index.column() == 0
                else None
            )
        return _ANSWERS[role](self, row, COLUMNS[index.column()])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [CASES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        nums = self.nums_at(sorted({index.row() for index in indexes}))
        out = QMimeData()
        out.setData(CASES_MIME, json.dumps(nums).encode())
        out.setText(cells_text(self._rows_of(nums[:DRAG_TEXT_LIMIT]), range(len(COLUMNS))))
        return out

    def snippet(self, row: CaseRow) -> Snippet | None:
        """The words around the best hit; asks for them when they aren't here yet."""
        if self.with_snippets and row.num not in self._asked:
            self._asked.add(row.num)
            self._wanted.append(row.num)
            self._soon.start()
        return self._snippets.get(row.num)

    def marks(self, row: CaseRow) -> Marks:
        """Where the words of the search stand in the title."""
        if row.num not in self._marks:
            self._marks[row.num] = self._marks_in(row.title)
        return self._marks[row.num]

    def _read_page(self, at: int) -> list[CaseRow | None]:
        nums = self.nums[at * PAGE : (at + 1) * PAGE]
        found = {row.num: row for row in self._rows_of(nums)}
        page = self._pages[at] = [found.get(num) for num in nums]
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        self.snippets_wanted.emit(wanted)


def _tip(row: CaseRow) -> str:
    return "\n".join(x for x in (row.title, row.place, "、".join(row.themes), row.published) if x)


def _spoken(row: CaseRow) -> str:
    figures = translate("CaseList", "{n} 项数据").format(n=row.figures)
    return "，".join(x for x in (row.title, row.place, *row.themes, row.published, figures, state_text(row.state)) if x)


_ANSWERS: dict[int, Callable[[CaseListModel, Any, Column], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda model, row, column: column.text(row),
    int(Qt.ItemDataRole.ToolTipRole): lambda model, row, column: _tip(row),
    int(Qt.ItemDataRole.AccessibleTextRole): lambda model, row, column: (
        _spoken(row) if column.order == "title" else column.text(row)
    ),
    int(RowRole): lambda model, row, column: row,
    int(SnippetRole): lambda model, row, column: model.snippet(row),
    int(MarksRole): lambda model, row, column: model.marks(row),
}


def cells_text(rows: Iterable[CaseRow], columns: Sequence[int]) -> str:
    """The rows as cells that Excel and WPS take: tabs between, a line each."""
    return "\n".join("\t".join(" ".join(COLUMNS[c].text(row).split()) for c in columns) for row in rows)


def paint_text(painter: QPainter, room: QRect, text: str, font: QFont, role: str, marks: Marks = ()) -> None:
    """One line of text, cut with … where it is too long, the marked words on the colour of a hit."""
    painter.setFont(font)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(theme.color(role))
    if not marks:
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return
    layout = QTextLayout(shown, font)
    layout.setFormats([_mark(shown, start, end) for start, end in marks if start < len(shown)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width() + 8)
    layout.endLayout()
    layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - line.height()) / 2))


def _mark(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    """A hit's format; Qt counts in UTF-16, the library in code points."""
    out = QTextLayout.FormatRange()
    stretch = stretch_of(out)
    stretch.start = len(text[:start].encode("utf-16-le")) // 2
    stretch.length = len(text[start:end].encode("utf-16-le")) // 2
    look = QTextCharFormat()
    look.setBackground(theme.color("hit"))
    look.setForeground(theme.color("text"))
    stretch.format = look
    return out


class CaseDelegate(RowDelegate):
    """Paints a case as cells, or as two or three lines."""

    def __init__(self, view: CaseTable) -> None:
        super().__init__(view)
        self._table = view

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row = index.data(RowRole)
        if row is None:
            room = cell_of(option).rect.adjusted(16, 0, -8, 0)
            paint_text(painter, room, index.data() or "", theme.font("interface"), "text-3")
        elif self._table.dense:
            self._paint_column(painter, cell_of(option).rect, index, row)
        else:
            self._paint_lines(painter, cell_of(option).rect, index, row)
        painter.restore()

    def _paint_column(self, painter: QPainter, room: QRect, index: Index, row: CaseRow) -> None:
        column = COLUMNS[index.column()]
        inner = room.adjusted(8, 0, -8, 0)
        text = index.data() or ""
        if column.order == "state":
            paint_state(painter, QRectF(inner.left(), inner.center().y() - 6.5, 14, 14), row.state)
            paint_text(painter, inner.adjusted(20, 0, 0, 0), text, theme.font("secondary"), "text-2")
        elif column.right:
            painter.setFont(theme.font("interface"))
            painter.setPen(theme.color("text" if row.figures else "text-3"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        else:
            role = "text" if column.order == "title" else "text-2"
            marks = index.data(MarksRole) if column.order == "title" else ()
            paint_text(painter, inner, text, theme.font("interface"), role, marks)

    def _paint_lines(self, painter: QPainter, room: QRect, index: Index, row: CaseRow) -> None:
        painter.setPen(theme.color("border"))
        painter.drawLine(room.left() + 16, room.bottom(), room.right(), room.bottom())
        inner = room.adjusted(16, 7, -12, -7)
        paint_state(painter, QRectF(inner.right() - 14, inner.top() + 4, 14, 14), row.state)
        head = QRect(inner.left(), inner.top(), inner.width() - 20, 22)
        paint_text(painter, head, row.title, theme.font("interface"), "text", index.data(MarksRole))
        second = QRect(inner.left(), inner.top() + 23, inner.width(), 18)
        self._paint_second_line(painter, second, row)
        snippet = index.data(SnippetRole)
        if snippet is not None and room.height() >= SNIPPET_ROW:
            third = QRect(inner.left(), inner.top() + 44, inner.width(), 19)
            paint_text(painter, third, _one_line(snippet.text), theme.font("secondary"), "text-2", snippet.marks)

    def _paint_second_line(self, painter: QPainter, room: QRect, row: CaseRow) -> None:
        figures = translate("CaseList", "{n} 项数据").format(n=row.figures) if row.figures else ""
        tail = "  ".join(x for x in (row.published, figures) if x)
        painter.setFont(theme.font("secondary"))
        width = painter.fontMetrics().horizontalAdvance(tail)
        painter.setPen(theme.color("text-3"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tail)
        words = "　".join(x for x in (row.place or translate("CaseList", "地区未定"), "、".join(row.themes)) if x)
        paint_text(painter, room.adjusted(0, 0, -width - 12, 0), words, theme.font("secondary"), "text-2")


def _one_line(text: str) -> str:
    """The same number of characters without line breaks, so that marks stay right."""
    return "".join(" " if char in "\r\n\t\u2028\u2029" else char for char in text)


class CaseTable(QTableView):
    """The table itself: whole rows, hover over the row, cases that can be dragged."""

    moved = Signal(object, int)
    entered_case = Signal()

    def __init__(self, cases: CaseListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._cases = cases
        self.dense = False
        self.ordered = False
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setItemDelegate(CaseDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(DENSE_ROW)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme.notifier.changed.connect(self.viewport().update)
        self.setModel(cases)

    def visible_columns(self) -> list[int]:
        """The columns in sight from left to right."""
        head = self.horizontalHeader()
        return [c for v in range(head.count()) if not head.isSectionHidden(c := head.logicalIndex(v))]

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_case.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            last = self.model().rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if self.ordered and event.source() is self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if not self.ordered or event.source() is not self:
            return
        index = self.indexAt(event.position().toPoint())
        at = index.row() if index.isValid() else self.model().rowCount()
        if index.isValid() and event.position().y() > self.visualRect(index).center().y():
            at += 1
        self.moved.emit(json.loads(bytes(event.mimeData().data(CASES_MIME).data())), at)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_title()

    def fit_title(self) -> None:
        """Give the title what the other columns leave, and never too little to be read."""
        if self.dense:
            others = sum(self.columnWidth(c) for c in self.visible_columns() if c)
            self.setColumnWidth(0, max(TITLE_LEAST, self.viewport().width() - others))

    def selected_rows(self) -> list[int]:
        """The chosen rows from top to bottom."""
        ranges = sorted((r.top(), r.bottom()) for r in self.selectionModel().selection().toList())
        return sorted({at for top, bottom in ranges for at in range(top, bottom + 1)})

    def select_rows(self, first: int, rows: Iterable[int], scroll: bool = True) -> None:
        """Choose these rows and make the first the current one."""
        model, chosen = self.model(), QItemSelection()
        for at in rows:
            chosen.select(model.index(at, 0), model.index(at, model.columnCount() - 1))
        current = model.index(first, self.visible_columns()[0] if self.visible_columns() else 0)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        if scroll:
            self.scrollTo(current)

    def move_by(self, step: int) -> None:
        """Ask for the chosen cases to be moved up or down by one, in an order of the user's own."""
        rows = self.selected_rows()
        if rows and self.ordered:
            at = rows[0] - 1 if step < 0 else rows[-1] + 2
            if 0 <= at <= self.model().rowCount():
                self.moved.emit(self._cases.nums_at(rows), at)


class CaseList(QWidget):
    """The middle pane: what is listed, how it is sorted, and the table or a notice."""

    case_chosen = Signal(object)
    selection_changed = Signal(int)
    order_chosen = Signal(str, bool)
    entered = Signal()
    copy_wanted = Signal(object, object)
    moved = Signal(object, int)
    look_changed = Signal()
    menu_wanted = Signal(QPoint)
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order, self._descending = "rank", False
        self._quiet = False
        self._said: object = None
        self._shown = {c.order for c in COLUMNS}
        self.model = CaseListModel(self)
        # In its stack from the beginning: else Qt's chain of Tab stops falls into two when the table becomes the proxy.
        self._stack = QStackedWidget(self)
        self.table = CaseTable(self.model, self._stack)
        self.table.setAccessibleName(self.tr("案例列表"))
        self.notice = Notice(self)
        self._title, self._count, self._sort = ElidedLabel(), QLabel(), QToolButton()
        self._dense = IconButton("list", self.tr("一例一行"), self)
        self._dense.setCheckable(True)
        self._lay_out()
        self._connect()
        self.set_dense(False)

    def show_title(self, title: str, count: str) -> None:
        """Say what is listed, and how many."""
        self._title.setText(title)
        self._title.setToolTip(title)
        self._count.setText(count)

    def show_cases(
        self,
        nums: array[int],
        rows_of: Callable[[Sequence[int]], Sequence[CaseRow]],
        marks_in: Callable[[str], Marks] | None = None,
        snippets: Mapping[int, Snippet] | None = None,
    ) -> None:
        """Show these cases; those chosen stay chosen as far as they are still among them."""
        kept = self.chosen_nums()
        current = self.chosen_num()
        top = self.table.verticalScrollBar().value()
        self._quiet = True
        self.model.show_nums(nums, rows_of, marks_in, snippets)
        self._set_heights()
        rows = [at for at in map(self.model.row_of, kept[:1000]) if at >= 0]
        if rows:
            at = self.model.row_of(current) if current is not None else rows[0]
            self.table.verticalScrollBar().setValue(top)
            self.table.select_rows(at if at >= 0 else rows[0], rows)
        self._quiet = False
        self._stack.setCurrentWidget(self.table if nums else self.notice)
        if kept and not rows:
            self._say_chosen()

    def show_notice(self, icon: str, head: str, then: str, button: str = "", act: str = "") -> None:
        """Say what to do next, where the list is empty."""
        self.notice.say(icon, head, then, button, act)
        self._stack.setCurrentWidget(self.notice)

    def show_order(self, order: str, descending: bool, rank: str = "") -> None:
        """Show how the list is sorted; ``rank`` is what the library's own order is called, "" for newest first."""
        for action in self._orders.actions():
            if action.data() == ("rank", False):
                action.setText(rank)
                action.setVisible(bool(rank))
        if order == "rank" and not rank:
            order, descending = "published", True
        self._order, self._descending = order, descending
        at = next((i for i, column in enumerate(COLUMNS) if column.order == order), -1)
        side = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().blockSignals(True)
        self.table.horizontalHeader().setSortIndicator(at, side)
        self.table.horizontalHeader().blockSignals(False)
        for action in self._orders.actions():
            action.setChecked(action.data() == (order, descending))
        head = next((column.head for column in COLUMNS if column.order == order), "")
        self._sort.setText(
            f"{translate('CaseList', head)} {'↓' if descending else '↑'}"
            if head
            else rank or translate("CaseList", ADDED)
        )

    def choose(self, num: int, focus: bool = False) -> bool:
        """Choose that case and show it; False when it isn't among those listed."""
        at = self.model.row_of(num)
        if at >= 0:
            self._said = _NOTHING_SAID
            self.table.select_rows(at, [at])
            self._say_chosen()
            if focus:
                self.table.setFocus()
        return at >= 0

    def choose_first(self) -> None:
        if self.model.nums:
            self.table.select_rows(0, [0])

    def choose_none(self) -> None:
        self.table.clearSelection()

    def chosen_num(self) -> int | None:
        """The case that the detail pane is to show."""
        index = self.table.currentIndex()
        chosen = self.table.selectionModel()
        if index.isValid() and chosen.isRowSelected(index.row()):
            return self.model.nums[index.row()]
        rows = self.table.selected_rows()[:1]
        return self.model.nums[rows[0]] if rows else None

    def chosen_nums(self) -> list[int]:
        """All chosen cases from top to bottom."""
        return self.model.nums_at(self.table.selected_rows())

    def set_dense(self, dense: bool) -> None:
        """One line a row with columns, or two lines."""
        self.table.dense = dense
        self._dense.setChecked(dense)
        head = self.table.horizontalHeader()
        head.setVisible(dense)
        if dense:
            self._show_columns(self._shown)
        else:
            for at in range(1, len(COLUMNS)):
                head.setSectionHidden(at, True)
            head.setSectionHidden(0, False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive if dense else QHeaderView.ResizeMode.Stretch)
        self.table.fit_title()
        self._set_heights()
        self.table.viewport().update()

    def is_dense(self) -> bool:
        return self.table.dense

    def set_ordered(self, ordered: bool) -> None:
        """Whether the cases stand in an order of the user's own, that dragging changes."""
        self.table.ordered = ordered

    def shown_columns(self) -> list[str]:
        """The columns that the dense list shows, by what they sort by."""
        return [c.order for c in COLUMNS if c.order in self._shown]

    def restore_columns(self, orders: Iterable[str]) -> None:
        """Show these columns; the title always."""
        self._show_columns({*orders} | {"title"})

    def copy(self) -> None:
        """Ask for the chosen rows to be put on the clipboard as cells."""
        columns = self.table.visible_columns() if self.is_dense() else list(range(len(COLUMNS)))
        self.copy_wanted.emit(self.chosen_nums(), columns)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def _lay_out(self) -> None:
        self._title.setFont(theme.font("section"))
        self._count.setProperty("role", "secondary")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setToolTip(self.tr("排序"))
        self._sort.setAccessibleName(self.tr("排序"))
        self._sort.setMenu(self._order_menu())
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._sort)
        row.addWidget(self._dense)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(self.table)
        for at, each in enumerate(COLUMNS):
            self.table.setColumnWidth(at, each.width)

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        self._orders = QActionGroup(self)
        for order, text, descending in ORDERS:
            action = QAction(translate("CaseList", text), self, checkable=True)
            action.setData((order, descending))
            self._orders.addAction(action)
            menu.addAction(action)
        self._orders.triggered.connect(lambda action: self.order_chosen.emit(*action.data()))
        return menu

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._say_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._say_chosen)
        self.table.entered_case.connect(self.entered)
        self.table.doubleClicked.connect(self.entered)
        self.table.moved.connect(self.moved)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.horizontalHeader().customContextMenuRequested.connect(self._choose_columns)
        self.notice.acted.connect(self.acted)
        self._dense.clicked.connect(self._take_dense)

    def _take_dense(self, dense: bool) -> None:
        self.set_dense(dense)
        self.look_changed.emit()

    def _set_heights(self) -> None:
        plain = SNIPPET_ROW if self.model.with_snippets else PLAIN_ROW
        self.table.verticalHeader().setDefaultSectionSize(DENSE_ROW if self.table.dense else plain)

    def _show_columns(self, orders: Iterable[str]) -> None:
        self._shown = set(orders)
        for at, column in enumerate(COLUMNS):
            hidden = column.order not in self._shown if self.table.dense else at > 0
            self.table.horizontalHeader().setSectionHidden(at, hidden)
        self.table.fit_title()

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for column in COLUMNS[1:]:
            action = menu.addAction(translate("CaseList", column.head))
            action.setCheckable(True)
            action.setChecked(column.order in self._shown)
            action.toggled.connect(lambda on, order=column.order: self._toggle_column(order, on))
        menu.exec(self.table.horizontalHeader().mapToGlobal(at))

    def _toggle_column(self, order: str, on: bool) -> None:
        self._show_columns(self._shown | {order} if on else self._shown - {order})
        self.look_changed.emit()

    def _sort_by(self, column: int) -> None:
        order = COLUMNS[column].order
        again = order == self._order
        self.order_chosen.emit(order, not self._descending if again else order in {"published", "figures"})

    def _say_chosen(self) -> None:
        if self._quiet:
            return
        self.selection_changed.emit(sum(r.height() for r in self.table.selectionModel().selection().toList()))
        num = self.chosen_num()
        if num != self._said:
            self._said = num
            self.case_chosen.emit(num)
