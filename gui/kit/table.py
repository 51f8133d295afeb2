"""The one table: its set-up, which columns it shows and how wide, its keys, and what it gives to the clipboard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Generic

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QTableView, QWidget

from gui import theme
from gui.kit import cells
from gui.kit.columns import Column, R
from gui.kit.fields import cell_of
from gui.kit.records import Index, RecordRole, RecordsModel
from gui.kit.rows import RowDelegate
from gui.kit.widths import Widths

BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Whole rows without grid, columns that a person chooses and sets, widths that never cut a number."""

    look_changed = Signal()
    """A person chose other columns, widths or another order of them."""
    opened = Signal(QModelIndex)
    """Enter was pressed on a row."""
    copy_wanted = Signal()

    def __init__(self, columns: Sequence[Column[Any]], name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls the table."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.hidden: set[str] = set()
        """The columns that a person does not want to see, by name."""
        self.widths = Widths(self, columns, self.say)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.ROW)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        theme.notifier.changed.connect(self.widths.fit)

    def set_up_heads(self) -> None:
        """Let the heads be sorted by, moved, and chosen from; called when the view has its model."""
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        head.setSortIndicatorShown(True)
        head.setHighlightSections(False)
        # heads show nothing of what is chosen, and would ask every row for it each time they are painted
        head.setSelectionModel(QItemSelectionModel(self.model(), self))
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.columns_menu().popup(head.mapToGlobal(at)))
        head.sectionMoved.connect(lambda: self.look_changed.emit())
        self.widths.join(head)
        self.widths.set_by_person.connect(self.look_changed)

    def say(self, record: Any, column: int) -> str:
        """Return what the cell of a record says."""
        return self.columns[column].text(record)

    # which columns are shown

    def shown_columns(self) -> list[int]:
        """Return the columns in sight from left to right."""
        head = self.horizontalHeader()
        return [c for v in range(head.count()) if not head.isSectionHidden(c := head.logicalIndex(v))]

    def wants(self, at: int) -> bool:
        """Return whether a column is to be shown; the first always is."""
        return at == 0 or self.columns[at].name not in self.hidden

    def show_wanted(self) -> None:
        """Show the columns that are wanted now, and hide the others."""
        for at in range(len(self.columns)):
            self.horizontalHeader().setSectionHidden(at, not self.wants(at))
        self.widths.fit()

    def columns_menu(self) -> QMenu:
        """Return a menu to choose columns from, and to give up widths that were set."""
        menu = QMenu(self.tr("显示的列"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at in range(1, len(self.columns)):
            action = menu.addAction(self.title(at))
            action.setCheckable(True)
            action.setChecked(self.wants(at))
            action.toggled.connect(lambda on, at=at: self._choose_column(at, on))
        menu.addSeparator()
        menu.addAction(self.tr("恢复列宽"), self._give_up_widths).setEnabled(bool(self.widths.own))
        return menu

    def title(self, column: int) -> str:
        """Return what a column is called."""
        return str(self.model().headerData(column, Qt.Orientation.Horizontal))

    def look(self) -> str:
        """Return what is to be remembered of the columns: their order, widths, the hidden ones, and what sorts."""
        head = self.horizontalHeader()
        names = [column.name for column in self.columns]
        sorts = head.sortIndicatorSection()
        state = {
            "widths": self.widths.own,
            "order": [names[head.logicalIndex(v)] for v in range(head.count())],
            "hidden": [name for name in names if name in self.hidden],
            "sort": [names[sorts], _is_down(head.sortIndicatorOrder())] if 0 <= sorts < len(names) else [],
        }
        return json.dumps(state, ensure_ascii=False)

    def restore_look(self, state: str) -> None:
        """Take up what was remembered; what is not of this table is left alone."""
        try:
            known = json.loads(state)
            widths, order, hidden, sort = (known[key] for key in ("widths", "order", "hidden", "sort"))
            down = bool(sort and sort[1])
            unwanted = set(map(str, hidden))
            places = {str(name): at for at, name in enumerate(order)}
            self.widths.own = {}
            self.widths.restore(dict(widths))
        except (ValueError, TypeError, KeyError, IndexError):
            return
        head = self.horizontalHeader()
        by_place = sorted(range(len(self.columns)), key=lambda at: (at > 0, places.get(self.columns[at].name, at)))
        for visual, at in enumerate(by_place):
            head.moveSection(head.visualIndex(at), visual)
        for at, column in enumerate(self.columns):
            if sort and column.name == sort[0]:
                head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.hidden = {column.name for column in self.columns[1:]} & unwanted
        self.show_wanted()

    # rows

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows from top to bottom."""
        ranges = self.selectionModel().selection().toList()
        return sorted({at for r in ranges for at in range(r.top(), r.bottom() + 1)})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self.widths.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to by key, a row shows where the focus is."""
        super().focusInEvent(event)
        if event.reason() in BY_KEY and not self.selectionModel().hasSelection():
            self._choose_end(range(self.model().rowCount()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the chosen rows paler."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C, open with Enter, go to the first or last row with Home and End."""
        rows, plain = range(self.model().rowCount()), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Home and plain:
            self._choose_end(rows)
        elif event.key() == Qt.Key.Key_End and plain:
            self._choose_end(rows[::-1])
        else:
            super().keyPressEvent(event)

    def _choose_end(self, rows: range) -> None:
        """Choose the first of these rows that can be chosen."""
        able = Qt.ItemFlag.ItemIsSelectable
        found = next((row for row in rows if self.model().flags(self.model().index(row, 0)) & able), None)
        if found is not None:
            self.selectRow(found)

    def _choose_column(self, at: int, wanted: bool) -> None:
        (self.hidden.discard if wanted else self.hidden.add)(self.columns[at].name)
        self.show_wanted()
        self.look_changed.emit()

    def _give_up_widths(self) -> None:
        self.widths.reset()
        self.look_changed.emit()


class RecordsView(TableView, Generic[R]):
    """A table over records that are all in memory: sorted, grouped, copied with heads as text and as a real table."""

    chosen = Signal(object)
    """A person chose this record."""
    copied = Signal(str)

    def __init__(self, model: RecordsModel[R], name: str, parent: QWidget | None = None, several: bool = False) -> None:
        """``several``: whether more than one row can be chosen."""
        super().__init__(model.columns, name, parent)
        self._records = model
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setItemDelegate(_RecordsDelegate(self))
        self.setModel(model)
        self.set_up_heads()
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        head.sortIndicatorChanged.connect(model.sort)
        head.sortIndicatorChanged.connect(lambda: self.look_changed.emit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.copy_wanted.connect(self.copy)
        self.selectionModel().selectionChanged.connect(self._say_chosen)
        model.modelReset.connect(self._span_heads)
        self.measure()

    def show_records(self, records: Sequence[R]) -> None:
        """Show these records, in columns as wide as they need; filter and order stay."""
        self._records.set_records(records)
        self.measure()

    def measure(self) -> None:
        """Fit the columns to what stands in them."""
        self.widths.measure(self._records.records)

    def say(self, record: R, column: int) -> str:
        """Return what a cell of this record says."""
        return self._records.text(record, column)

    def record(self) -> R | None:
        """Return the record that is chosen, the current one where several are."""
        rows = self.chosen_rows()
        current = self.currentIndex().row()
        return self._records.record(current if current in rows else rows[-1]) if rows else None

    def choose(self, row: int, quiet: bool = False) -> None:
        """Choose a row alone and bring it into view; ``quiet`` without saying that a person chose it."""
        flags = QItemSelectionModel.SelectionFlag
        blocked = self.selectionModel().blockSignals(quiet)
        # Not selectRow: it adds to what is chosen while Shift or Ctrl is held.
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags.ClearAndSelect | flags.Rows)
        self.selectionModel().blockSignals(blocked)
        self.scrollTo(self.model().index(row, 0))
        self.viewport().update()

    def unsort(self) -> None:
        """Show the records in the order in which they came."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def lines(self) -> list[list[str]]:
        """Return the cells of the chosen rows, or of all that are shown."""
        return self._records.lines(self.chosen_rows() or range(self._records.rowCount()), self.shown_columns())

    def copy(self, note: str = "") -> str:
        """Put the chosen rows, or all, on the clipboard under their heads; return the plain form.

        ``note`` goes under the table.
        """
        shown = self.shown_columns()
        numbers = [self.columns[c].fit == "number" for c in shown]
        text = cells.put([self.title(c) for c in shown], self.lines(), numbers, note)
        self.copied.emit(text)
        return text

    def menu(self) -> QMenu:
        """Return the menu for what is chosen now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("复制") + "\tCtrl+C", self.copy)
        menu.addSeparator()
        menu.addAction(self.tr("恢复原来的顺序"), self.unsort).setEnabled(
            self.horizontalHeader().sortIndicatorSection() >= 0
        )
        menu.addMenu(self.columns_menu())
        return menu

    def _open_menu(self, at: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(at))

    def _say_chosen(self, chosen: QItemSelection, gone: QItemSelection) -> None:
        record = self.record()
        if record is not None:
            self.chosen.emit(record)

    def _span_heads(self) -> None:
        self.clearSpans()
        for row in self._records.heads():
            self.setSpan(row, 0, 1, len(self.columns))


class _RecordsDelegate(RowDelegate):
    """Records as rows; a head goes across all columns over a line."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._columns = view.columns

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = self._columns[index.column()].elide  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(RecordRole) is None:
            room = cell_of(option).rect
            painter.fillRect(room.left(), room.bottom(), room.width(), 1, theme.color("border"))


def _is_down(order: Qt.SortOrder) -> bool:
    return order == Qt.SortOrder.DescendingOrder
