"""来源: where the cases of the library were printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from gui import theme
from gui.kit.widgets import ROW, CountDelegate, CountRole, IconButton, IconRole

if TYPE_CHECKING:
    from core.library import SourceRow

Index = QModelIndex | QPersistentModelIndex
IdRole = Qt.ItemDataRole.UserRole
MOST_ROWS = 6


def source_text(row: SourceRow) -> str:
    """What a source is called: its paper and date, or the name of its file."""
    from core.records import date_text

    if not row.paper:
        return row.name or date_text(row.published)
    page = f"第{row.page_no}版" if row.page_no else ""
    return f"{row.paper} {date_text(row.published)}{page}".strip()


class SourcesModel(QAbstractListModel):
    """The sources with the number of cases read from each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SourceRow] = []

    def show_rows(self, rows: Sequence[SourceRow]) -> None:
        """Show these sources instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, source_id: str) -> int:
        """Return the row of a source, -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.id == source_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return how a source is called, how many cases it gave, its icon or its id."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return source_text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{name} {n} 例").format(name=source_text(row), n=row.cases)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(dict.fromkeys(x for x in (source_text(row), row.name, row.published) if x))
        return {CountRole: str(row.cases), IconRole: "newspaper", IdRole: row.id}.get(role)


class _List(QListView):
    """Rows with a margin at both sides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "window")
        self.setViewportMargins(6, 0, 6, 0)
        self.setItemDelegate(CountDelegate(self))


class Sources(QWidget):
    """The pane of sources, which folds away."""

    source_chosen = Signal(str, str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.model = SourcesModel(self)
        self.view = _List(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("来源"))
        self._count = QLabel()
        self._fold = IconButton("chevron-right", self.tr("展开来源"), self)
        self._lay_out()
        self._fold.clicked.connect(lambda: self.set_folded(self.view.isVisibleTo(self)))
        self.view.selectionModel().selectionChanged.connect(self._say_chosen)
        self.view.activated.connect(self.entered)
        self.set_folded(True)

    def show_sources(self, rows: Sequence[SourceRow]) -> None:
        """Show them; the one chosen stays chosen."""
        chosen = self.chosen_id()
        self._quiet = True
        self.model.show_rows(rows)
        self._count.setText(str(len(rows)))
        self.view.setFixedHeight(ROW * max(1, min(len(rows), MOST_ROWS)) + 2)
        self.choose(chosen)
        self._quiet = False

    def choose(self, source_id: str) -> bool:
        """Choose that one without saying so; False when there is none like it."""
        at = self.model.row_of(source_id)
        self._quiet, before = True, self._quiet
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at))
        else:
            self.view.clearSelection()
        self._quiet = before
        return at >= 0

    def chosen_id(self) -> str:
        """Return the id of the chosen source, empty for none."""
        rows = self.view.selectionModel().selectedIndexes()
        return str(rows[0].data(IdRole)) if rows else ""

    def set_folded(self, folded: bool) -> None:
        """Hide the list under its head, or show it again."""
        self.view.setVisible(not folded)
        tip = self.tr("展开来源") if folded else self.tr("收起来源")
        self._fold.setToolTip(tip)
        self._fold.setAccessibleName(tip)
        theme.set_icon(self._fold, "chevron-right" if folded else "chevron-down")

    def is_folded(self) -> bool:
        """Return whether only the head is shown."""
        return self.view.isHidden()

    def _lay_out(self) -> None:
        label = QLabel(self.tr("来源"))
        label.setFont(theme.font("section"))
        self._count.setProperty("role", "faint")
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.setSpacing(8)
        for widget in (label, self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)

    def _say_chosen(self) -> None:
        if not self._quiet and self.chosen_id():
            self.source_chosen.emit(self.chosen_id(), str(self.view.currentIndex().data()))
