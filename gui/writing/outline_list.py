"""The lines of a 汇编 as a list: headings, notes and cases in one order, moved by mouse and keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from core.library.answers import OutlineLine
from core.writing.figure_text import grouped
from core.writing.numbering import Numbering
from gui import theme
from gui.kit.fields import cell_of
from gui.kit.plain import level, tip
from gui.kit.rows import RowDelegate
from gui.kit.widgets import paint_icon
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LineRole = Qt.ItemDataRole.UserRole
NumberRole = Qt.ItemDataRole.UserRole + 1
LINES_MIME = "application/x-anlan-lines"
_C = "Outline"
ROW, INDENT = 32, 24
NEW = ""
"""The key of a line that is not written yet."""
WORDS = {"heading": QT_TRANSLATE_NOOP(_C, "小标题"), "note": QT_TRANSLATE_NOOP(_C, "说明")}
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_F2: "open",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Insert: "heading",
}
_SHIFTED = {Qt.Key.Key_Insert: "note"}
_MOVING = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}


def first_line(text: str) -> str:
    """Return what a list shows of a text: all of it in one line, as far as a list reaches."""
    return " ".join(text[:400].split())


class OutlineModel(QAbstractListModel):
    """The lines in their order; each knows its number as the document has it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[OutlineLine, ...] = ()
        self._numbers: list[str] = []

    def show_lines(self, lines: Sequence[OutlineLine]) -> None:
        """Show these lines and no others."""
        self.beginResetModel()
        self.lines = tuple(lines)
        headed = any(line.kind == "heading" for line in lines)
        numbering = Numbering()
        levels = {"heading": 1, "case": 2 if headed else 1}
        numbered = (line.kind == "case" or (line.kind == "heading" and line.text.strip()) for line in lines)
        self._numbers = [
            numbering.next(levels[line.kind]) if counts else "" for line, counts in zip(lines, numbered, strict=True)
        ]
        self.endResetModel()

    def rows_of(self, keys: Sequence[int | str]) -> list[int]:
        """Return the rows of these lines, as far as they are there."""
        wanted = set(keys)
        return [at for at, line in enumerate(self.lines) if line.key in wanted]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role == NumberRole:
            return self._numbers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return level(first_line(line.text) or self._unwritten(line))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.text[:1000])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = QCoreApplication.translate(_C, WORDS[line.kind]) + "：" if line.kind != "case" else ""
            return level(f"{kind}{self._numbers[index.row()]}{first_line(line.text)}　{tail_of(line)}".rstrip())
        return None

    def _unwritten(self, line: OutlineLine) -> str:
        return "（" + QCoreApplication.translate(_C, WORDS.get(line.kind, "")) + "）" if line.kind != "case" else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual if self.lines[index.row()].key == NEW else usual | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [LINES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        rows = sorted(index.row() for index in indexes)
        mime.setData(LINES_MIME, json.dumps([self.lines[row].key for row in rows]).encode())
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def tail_of(line: OutlineLine) -> str:
    """Return what stands behind the title of a case: whether it has a note, how many of its figures are written."""
    if line.kind != "case":
        return ""
    told = [QCoreApplication.translate(_C, "有按语")] if line.note.strip() else []
    if line.figures is not None:
        words = QCoreApplication.translate(_C, "数据 {chosen} / {all}")
        told.append(words.format(chosen=grouped(line.written), all=grouped(line.has_figures)))
    elif line.has_figures:
        told.append(QCoreApplication.translate(_C, "数据 {all}").format(all=grouped(line.has_figures)))
    return " · ".join(told)


class _Delegate(RowDelegate):
    """Headings bold at the edge, what stands under them further in, notes with their sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: OutlineLine = index.data(LineRole)
        painter.save()
        room = cell_of(option).rect.adjusted(theme.GAP_M, 0, -theme.GAP_M, 0)
        if line.kind != "heading":
            room = room.adjusted(INDENT, 0, 0, 0)
        if line.kind == "note":
            paint_icon(painter, room.adjusted(0, 0, -room.width() + 16, 0), "quote", "text-3", 14)
            room = room.adjusted(INDENT, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if tail := tail_of(line):
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text-3"))
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, tail)
            room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(tail) - theme.GAP_M, 0)
        painter.setFont(theme.font("strong" if line.kind == "heading" else "interface"))
        painter.setPen(theme.color("text-2" if line.kind == "note" or not line.text else "text"))
        words = f"{index.data(NumberRole)}{index.data()}"
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class OutlineList(QListView):
    """The view; it says what a person wants done, and leaves the doing to others."""

    moved = Signal(object, int)
    """Lines (their keys) are wanted before the one in that row."""
    acted = Signal(str)
    """A key asks for what is done with the chosen lines: open, remove, heading, note, up, down."""
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = OutlineModel(self)
        self._quiet = False
        self.setModel(self.lines)
        self.setAccessibleName(self.tr("汇编的各行"))
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.doubleClicked.connect(lambda: self.acted.emit("open"))
        self.selectionModel().selectionChanged.connect(self._say_chosen)

    def show_lines(self, lines: Sequence[OutlineLine], keys: Sequence[int | str] = ()) -> None:
        """Show these lines with those of these keys chosen, where they are there, else those that were."""
        wanted, row = list(keys) or self.chosen_keys(), self.currentIndex().row()
        at = self.verticalScrollBar().value()
        self._quiet = True
        self.lines.show_lines(lines)
        self.verticalScrollBar().setValue(at)
        rows = self.lines.rows_of(wanted)
        if not rows and lines and row >= 0:
            rows = [min(row, len(lines) - 1)]
        self.choose_rows(rows)
        self._quiet = False
        self.chosen.emit()

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Choose these rows, the first of them the current one, and bring it into view."""
        selection = QItemSelection()
        for row in rows:
            selection.select(self.lines.index(row), self.lines.index(row))
        flags = QItemSelectionModel.SelectionFlag
        if rows:
            current = self.lines.index(rows[0])
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
            self.scrollTo(current)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows from top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def chosen_keys(self) -> list[int | str]:
        """Return the keys of the chosen lines from top to bottom."""
        return [self.lines.lines[row].key for row in self.chosen_rows()]

    def line(self) -> OutlineLine | None:
        """Return the line that is chosen, None where none or several are."""
        rows = self.chosen_rows()
        return self.lines.lines[rows[0]] if len(rows) == 1 else None

    def _say_chosen(self) -> None:
        if not self._quiet:
            self.chosen.emit()

    # ---- keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys of this list before a menu takes them for the list of cases."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if act := _act_of(event):
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    # ---- the mouse

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        if event.mimeData().hasFormat(LINES_MIME) and event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(LINES_MIME) and event.source() is self:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the lines are wanted; they are moved when the library has them so."""
        if event.source() is self and event.mimeData().hasFormat(LINES_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)  # nothing is to be taken out of the list by the view
            event.accept()
            self.drop(event.mimeData(), event.position().toPoint().y())
        self.viewport().update()
        self.setState(QAbstractItemView.State.NoState)

    def drop(self, mime: QMimeData, y: int) -> None:
        """Take lines that were let go at this height of the view."""
        keys = json.loads(bytes(mime.data(LINES_MIME).data()))
        row, top = self.lines.rowCount(), self.visualRect(self.lines.index(0)).top()
        at = min(row, max(0, round((y - top) / ROW)))
        self.moved.emit(keys, at)


def _act_of(event: QKeyEvent) -> str:
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return _KEYS.get(key, "")
    if modifiers == Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(key, "")
    return _MOVING.get(key, "") if modifiers == Qt.KeyboardModifier.AltModifier else ""
