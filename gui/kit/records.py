"""A table's records: filtered by words, sorted by a column, under heads where there are several groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gui.kit.columns import Column, R
from gui.kit.plain import level, tip
from gui.theme.colours import color
from gui.theme.fonts import font

Index = QModelIndex | QPersistentModelIndex
RecordRole = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_ABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


@dataclass(frozen=True, slots=True)
class Head:
    """A line across all columns above the records of one group."""

    text: str


class RecordsModel(QAbstractTableModel, Generic[R]):
    """The records that pass the filter, in the order in which they came or sorted by a column."""

    def __init__(self, columns: Sequence[Column[R]], context: str, parent: QObject | None = None) -> None:
        """Take columns whose titles are translated in that context."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._context = context
        self.records: tuple[R, ...] = ()
        self._rows: list[R | Head] = []
        self._words: tuple[str, ...] = ()
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.has_heads = False

    # what is in it

    def set_records(self, records: Sequence[R]) -> None:
        """Take other records; filter and order stay."""
        self.records = tuple(records)
        self._arrange()

    def set_filter(self, typed: str) -> None:
        """Keep only records that have all the words in what is searched of them."""
        self._words = tuple(typed.lower().split())
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order in which the records came."""
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()

    def record(self, row: int) -> R | None:
        """Return the record in a row; None where a head stands or there is no such row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, Head) else found

    def row_where(self, is_it: Callable[[R], bool]) -> int:
        """Return the row of the first record that is the one, -1 when none is or the filter hides it."""
        rows = enumerate(self._rows)
        return next((at for at, row in rows if not isinstance(row, Head) and is_it(row)), -1)

    def heads(self) -> list[int]:
        """Return the rows in which a head stands."""
        return [i for i, row in enumerate(self._rows) if isinstance(row, Head)] if self.has_heads else []

    def counts(self) -> tuple[int, int]:
        """Return how many records are shown, and how many there are."""
        return len(self._rows) - len(self.heads()), len(self.records)

    def title(self, column: int) -> str:
        """Return what a column is called."""
        return QCoreApplication.translate(self._context, self.columns[column].title)

    def lines(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """Return cells as they are copied, a list a record; heads are left out."""
        records = (record for record in map(self.record, rows) if record is not None)
        told = [self.columns[c] for c in columns]
        return [[(c.copied or c.text)(record) for c in told] for record in records]

    # what a table may have of its own

    def text(self, record: R, column: int) -> str:
        """Return what a cell says."""
        return self.columns[column].text(record)

    def searched(self, record: R) -> str:
        """Return what the filter looks into."""
        return "\n".join(column.text(record) for column in self.columns)

    def under_heads(self, records: Sequence[R]) -> Sequence[R | Head]:
        """Return the records that are not sorted by a column, under heads where a table has any."""
        return records

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [record for record in self.records if self._passes(record)] if self._words else [*self.records]
        if self._sorted:
            column, order = self.columns[self._sorted[0]], self._sorted[1]
            shown.sort(key=column.key or column.text, reverse=order == Qt.SortOrder.DescendingOrder)
            self._rows = list(shown)
        else:
            self._rows = list(self.under_heads(shown))
        self.has_heads = any(isinstance(row, Head) for row in self._rows)
        self.endResetModel()

    def _passes(self, record: R) -> bool:
        text = self.searched(record).lower()
        return all(word in text for word in self._words)

    # Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return a column's head, its tip and how it is aligned; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _Role.DisplayRole:
            return self.title(section)
        if role == _Role.ToolTipRole:
            return QCoreApplication.translate(self._context, self.columns[section].tip) or None
        return self.columns[section].align if role == _Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let records be chosen, and heads between them not."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.has_heads and self.record(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # arrow keys pass over a head
        return _ABLE  # asked of every row when all are chosen

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Return what a cell of a record says, or a head in its first column."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Head):
            return _head_data(row, index.column(), role)
        return self._cell_data(row, index.column(), role)

    def _cell_data(self, record: R, at: int, role: int) -> Any:
        column = self.columns[at]
        if role == _Role.DisplayRole:
            return level(self.text(record, at))
        if role == _Role.ToolTipRole:
            return tip((column.hint or column.text)(record))
        if role == _Role.TextAlignmentRole:
            return column.align
        if role == _Role.ForegroundRole:
            return color(column.ink if isinstance(column.ink, str) else column.ink(record))
        if role == _Role.FontRole:
            return _struck() if column.struck and column.struck(record) else None
        if role == _Role.DecorationRole:
            return column.icon(record) if column.icon else None
        if role == _Role.AccessibleTextRole:
            return level((column.spoken or column.text)(record))
        return record if role == RecordRole else None


def _head_data(head: Head, column: int, role: int) -> Any:
    if role == _Role.DisplayRole:
        return level(head.text) if column == 0 else None
    if role == _Role.FontRole:
        return _small_bold()
    return color("text-2") if role == _Role.ForegroundRole else None


def _small_bold() -> QFont:
    out = font("secondary")
    out.setBold(True)
    return out


def _struck() -> QFont:
    out = font("interface")
    out.setStrikeOut(True)
    return out
