"""The middle pane: the list of cases, what it lists and how it is sorted, or what to do when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui import theme
from gui.browse.case_rows import COLUMNS, CaseListModel, Marks, translate
from gui.browse.case_table import DENSE_ROW, PLAIN_ROW, SNIPPET_ROW, CaseTable
from gui.kit.basics import ElidedLabel, IconButton
from gui.kit.plain import Label, tip
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import CaseRow, Snippet

_NOTHING_SAID = object()
KEPT = 1000
"""So many chosen cases stay chosen in another answer."""
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
    ("starred", QT_TRANSLATE_NOOP("CaseList", "星标在前"), True),
    ("tags", QT_TRANSLATE_NOOP("CaseList", "标签"), False),
)


class CaseList(QWidget):
    """The middle pane: what is listed, how it is sorted, and the table or a notice."""

    case_chosen = Signal(object)
    selection_changed = Signal(int)
    order_chosen = Signal(str, bool)
    entered = Signal()
    copy_wanted = Signal(object, object)
    moved = Signal(object, int)
    star_wanted = Signal(object)
    """The star of a case was pressed (its number)."""
    look_changed = Signal()
    menu_wanted = Signal(QPoint)
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order, self._descending = "rank", False
        self._quiet = False
        self._said: object = None
        self.model = CaseListModel(self)
        # In its stack from the beginning: else Qt's chain of Tab stops falls into two when the table becomes the proxy.
        self._stack = QStackedWidget(self)
        self.table = CaseTable(self.model, self._stack)
        self.notice = Notice(self)
        self._title, self._count, self._sort = ElidedLabel(), Label(), QToolButton()
        self._dense = IconButton("list", self.tr("一例一行"), self)
        self._dense.setCheckable(True)
        self._lay_out()
        self._connect()
        self.set_dense(False)

    def show_title(self, title: str, count: str) -> None:
        """Say what is listed, and how many."""
        self._title.setText(title)
        self._title.setToolTip(tip(title))
        self._count.setText(count)

    def show_cases(
        self,
        nums: Sequence[int],
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
        rows = self.model.rows_of(kept[:KEPT])
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
        at = next((i for i, column in enumerate(COLUMNS) if column.name == order), -1)
        side = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().blockSignals(True)
        self.table.horizontalHeader().setSortIndicator(at, side)
        self.table.horizontalHeader().blockSignals(False)
        for action in self._orders.actions():
            action.setChecked(action.data() == (order, descending))
        head = next((column.title for column in COLUMNS if column.name == order), "")
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
        """Choose the first case of the list; nothing when it is empty."""
        if self.model.nums:
            self.table.select_rows(0, [0])

    def choose_none(self) -> None:
        """Take the choice away, so that no case is shown as chosen."""
        self.table.clearSelection()

    def chosen_num(self) -> int | None:
        """The case that the detail pane is to show."""
        index = self.table.currentIndex()
        chosen = self.table.selectionModel()
        if index.isValid() and chosen.isRowSelected(index.row()):
            return self.model.nums[index.row()]
        first = min((r.top() for r in chosen.selection().toList()), default=-1)
        return self.model.nums[first] if first >= 0 else None

    def chosen_count(self) -> int:
        """How many cases are chosen; of all of them it is known at once."""
        ranges = self.table.selectionModel().selection().toList()
        return ranges[0].height() if len(ranges) == 1 else len(self.table.chosen_rows())

    def chosen_nums(self) -> list[int]:
        """All chosen cases from top to bottom."""
        return self.model.nums_at(self.table.chosen_rows())

    def set_dense(self, dense: bool) -> None:
        """One line a row with columns, or two lines."""
        self._dense.setChecked(dense)
        self.table.set_dense(dense)
        self._set_heights()

    def is_dense(self) -> bool:
        """Return whether a case is one line with columns, not two or three lines."""
        return self.table.dense

    def set_ordered(self, ordered: bool) -> None:
        """Whether the cases stand in an order of the user's own, that dragging changes."""
        self.table.ordered = ordered

    def copy(self) -> None:
        """Ask for the chosen rows to be put on the clipboard as cells."""
        columns = self.table.shown_columns() if self.is_dense() else list(range(len(COLUMNS)))
        self.copy_wanted.emit(self.chosen_nums(), columns)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the chosen cases where the mouse is."""
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
        self.table.opened.connect(lambda: self.entered.emit())
        self.table.copy_wanted.connect(self.copy)
        self.table.look_changed.connect(self.look_changed)
        self.table.doubleClicked.connect(self.entered)
        self.table.moved.connect(self.moved)
        self.table.star_wanted.connect(self.star_wanted)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.notice.acted.connect(self.acted)
        self._dense.clicked.connect(self._take_dense)

    def _take_dense(self, dense: bool) -> None:
        self.set_dense(dense)
        self.look_changed.emit()

    def _set_heights(self) -> None:
        plain = SNIPPET_ROW if self.model.with_snippets else PLAIN_ROW
        self.table.verticalHeader().setDefaultSectionSize(DENSE_ROW if self.table.dense else plain)

    def _sort_by(self, column: int) -> None:
        order = COLUMNS[column].name
        again = order == self._order
        self.order_chosen.emit(order, not self._descending if again else order in {"published", "figures", "starred"})

    def _say_chosen(self) -> None:
        if self._quiet:
            return
        self.selection_changed.emit(sum(r.height() for r in self.table.selectionModel().selection().toList()))
        num = self.chosen_num()
        if num != self._said:
            self._said = num
            self.case_chosen.emit(num)
