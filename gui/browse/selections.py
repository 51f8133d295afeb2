"""我的汇编: the selections of cases that are to be written up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import IconButton
from gui.kit.plain import Label
from gui.kit.side_list import IdRole, Index, SideList, SideModel
from gui.kit.widgets import CASES_MIME, CountRole, IconRole

if TYPE_CHECKING:
    from core.library import SelectionRow


class SelectionsModel(SideModel["SelectionRow"]):
    """The selections by name, on which cases can be dropped."""

    dropped = Signal(str, object)

    def told(self, row: SelectionRow) -> dict[int, Any]:
        return {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.ToolTipRole: row.name,
            Qt.ItemDataRole.AccessibleTextRole: self.tr("{name} {n} 例").format(name=row.name, n=row.cases),
            CountRole: grouped(row.cases),
            IconRole: "bookmark",
        }

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [CASES_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(CASES_MIME) or action != Qt.DropAction.CopyAction:
            return False
        nums = json.loads(bytes(data.data(CASES_MIME).data()))
        self.dropped.emit(self.rows[parent.row()].id if parent.isValid() else "", nums)
        return True


class _List(SideList):
    """Rows that take cases dropped on them; dropped beside them, a new selection begins."""

    def __init__(self, model: SelectionsModel, name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CASES_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(CASES_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self.model().dropMimeData(event.mimeData(), Qt.DropAction.CopyAction, -1, -1, index)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.viewport().update()


class Selections(QWidget):
    """The pane of selections with its heading."""

    selection_chosen = Signal(str)
    adding = Signal()
    renaming = Signal(str)
    """A person wants to give a selection another name."""
    removed = Signal(str)
    export_wanted = Signal(str)
    arrange_wanted = Signal(str)
    """A selection is to be put in order, with headings and notes."""
    dropped = Signal(str, object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SelectionsModel(self)
        self.view = _List(self.model, self.tr("我的汇编"), self)
        self._has_room = True
        self._empty = Label(self.tr("把案例拖到这里，或选中案例按 Ctrl+D。"))
        self._add = IconButton("plus", self.tr("新建汇编"), self)
        self._lay_out()
        self.view.chosen.connect(self.selection_chosen)
        self.view.activated.connect(self.entered)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self._add.clicked.connect(self.adding)
        self.model.dropped.connect(self.dropped)
        self.view.installEventFilter(self)

    def show_selections(self, rows: Sequence[SelectionRow]) -> None:
        """Show them; the one chosen stays chosen."""
        self.view.show_rows(rows)
        self._empty.setVisible(self._has_room and not rows)
        self.view.setVisible(bool(rows))

    def give_way(self, has_room: bool) -> None:
        """Say how a selection begins where there is none, or leave the room for that to the tree."""
        self._has_room = has_room
        self._empty.setVisible(has_room and not self.model.rows)

    def choose(self, selection_id: str) -> bool:
        """Choose that one without saying so; False when there is none like it."""
        return self.view.choose(selection_id)

    def chosen_id(self) -> str:
        """Return the selection that is chosen, empty when there is none."""
        return self.view.chosen_id()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Delete and self.chosen_id():
                self.removed.emit(self.chosen_id())
                return True
            if event.key() == Qt.Key.Key_F2 and self.chosen_id():
                self.renaming.emit(self.chosen_id())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CASES_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.model.dropMimeData(event.mimeData(), Qt.DropAction.CopyAction, -1, -1, QModelIndex())
        event.accept()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        label = Label(self.tr("我的汇编"))
        label.setFont(theme.font("section"))
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)
        column.addWidget(self._empty)
        self._empty.setProperty("role", "faint")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(12, 0, 12, 4)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(True)

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            menu = QMenu(self)
            name = str(index.data(IdRole))
            menu.addAction(theme.icon("list"), self.tr("编排"), lambda: self.arrange_wanted.emit(name))
            menu.addAction(theme.icon("file-text"), self.tr("导出…"), lambda: self.export_wanted.emit(name))
            menu.addSeparator()
            menu.addAction(theme.icon("pencil"), self.tr("改名…"), lambda: self.renaming.emit(name))
            menu.addAction(theme.icon("trash-2"), self.tr("删除汇编"), lambda: self.removed.emit(name))
            menu.exec(self.view.viewport().mapToGlobal(at))
