"""A list of the left pane: named rows with an icon and a count, of which one can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from gui.kit.plain import level, tip
from gui.kit.widgets import ROW, CountDelegate

Index = QModelIndex | QPersistentModelIndex
IdRole = Qt.ItemDataRole.UserRole
MOST_ROWS = 6
_ROOT = QModelIndex()


class Named(Protocol):
    """A row that is told apart from others by its id."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


class SideModel(QAbstractListModel, Generic[N]):
    """The rows; what a list has of its own says what they tell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[N] = []

    def show_rows(self, rows: Sequence[N]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row_of(self, row_id: str) -> int:
        """Return where the row with this id stands, -1 when there is none."""
        return next((at for at, row in enumerate(self.rows) if row.id == row_id), -1)

    def told(self, row: N) -> Mapping[int, Any]:
        """Return what is said of a row, by role."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        said = row.id if role == IdRole else self.told(row).get(int(role))
        if not isinstance(said, str) or role == IdRole:
            return said
        return tip(said) if role == Qt.ItemDataRole.ToolTipRole else level(said)


class SideList(QListView):
    """The view: as high as its rows, up to a few; it says which row a person chose, and not what a program chose."""

    chosen = Signal(str)

    def __init__(self, model: SideModel[Any], name: str, parent: QWidget) -> None:
        """``name`` is what a screen reader calls the list."""
        super().__init__(parent)
        self._rows = model
        self._quiet = False
        self.setModel(model)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "window")
        self.setViewportMargins(6, 0, 6, 0)
        self.setItemDelegate(CountDelegate(self))
        self.selectionModel().selectionChanged.connect(self._say_chosen)

    def show_rows(self, rows: Sequence[Named]) -> None:
        """Show these rows; the one chosen stays chosen."""
        kept, self._quiet = self.chosen_id(), True
        self._rows.show_rows(rows)
        self.setFixedHeight(ROW * max(1, min(len(rows), MOST_ROWS)) + 2)
        self.choose(kept)
        self._quiet = False

    def choose(self, row_id: str) -> bool:
        """Choose that row without saying so; False when there is none like it."""
        at = self._rows.row_of(row_id)
        self._quiet, before = True, self._quiet
        if at >= 0:
            self.setCurrentIndex(self._rows.index(at))
        else:
            self.clearSelection()
        self._quiet = before
        return at >= 0

    def chosen_id(self) -> str:
        """Return the id of the chosen row, empty when there is none."""
        rows = self.selectionModel().selectedIndexes()
        return str(rows[0].data(IdRole)) if rows else ""

    def _say_chosen(self) -> None:
        if not self._quiet and self.chosen_id():
            self.chosen.emit(self.chosen_id())
