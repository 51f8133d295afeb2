"""The tree of cases by place or by theme, with live counts; under it stand the overview and the mechanisms too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.library.query import Query
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.fields import cell_of
from gui.kit.plain import Label, level, tip
from gui.kit.widgets import ROW, Segments, paint_icon, paint_side_row, paint_side_text
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import By, TreeNode
    from core.library.answers import Progress
    from core.records import State

Key = tuple[str, ...]
Branch = tuple["TreeNode | Fixed", "Sequence[Branch] | None"]
"""A node and its children; None where they were not fetched yet."""
Index = QModelIndex | QPersistentModelIndex

OVERVIEW: Key = ("overview",)
MECHANISMS: Key = ("mechanisms",)
ALL: Key = ("all",)
STARRED: Key = ("starred",)
NodeRole = Qt.ItemDataRole.UserRole
FIXED_ROWS: tuple[tuple[Key, str, str], ...] = (
    (OVERVIEW, QT_TRANSLATE_NOOP("CaseTree", "总览"), "layout-dashboard"),
    (MECHANISMS, QT_TRANSLATE_NOOP("CaseTree", "机制"), "workflow"),
    (ALL, QT_TRANSLATE_NOOP("CaseTree", "全部案例"), "library"),
    (STARRED, QT_TRANSLATE_NOOP("CaseTree", "星标"), "star"),
)
PARTS: tuple[State, ...] = ("checked", "unsure", "wrong")
SIGN = 14
"""How large, in pixels, the sign at the right edge is that tells how far a node is checked."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A row that is always there."""

    key: Key
    label: str
    icon: str
    total: int | None = None
    hits: int | None = None
    has_children: bool = False
    query: Any = None
    progress: Progress | None = None


@dataclass(eq=False, slots=True)
class _Row:
    """A node where it stands; ``children`` is None until they are fetched."""

    node: Any
    parent: _Row | None
    at: int
    number: int
    children: list[_Row] | None = None


def count_text(node: Any) -> str:
    """41, or while searching 3 / 41."""
    if node.total is None:
        return ""
    return grouped(node.total) if node.hits is None else f"{grouped(node.hits)} / {grouped(node.total)}"


def progress_text(node: Any) -> str:
    """已核 12 / 31，存疑 1，有误 1; empty for what has no cases, or of which nobody has checked any."""
    if not node.progress or not node.total or not any(node.progress):
        return ""
    checked, unsure, wrong = map(grouped, node.progress)
    out = [QCoreApplication.translate("CaseTree", "已核 {0} / {1}").format(checked, grouped(node.total))]
    out += [QCoreApplication.translate("CaseTree", "存疑 {0}").format(unsure)] if node.progress.unsure else []
    out += [QCoreApplication.translate("CaseTree", "有误 {0}").format(wrong)] if node.progress.wrong else []
    return "，".join(out)


class CaseTreeModel(QAbstractItemModel):
    """Nodes as the library counts them; children are asked for with ``children_wanted`` and come when they come."""

    children_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[_Row] = []
        self._top: list[_Row] = []
        self._asked: set[Key] = set()

    def show_branches(self, branches: Sequence[Branch], kept: Iterable[Key] = ()) -> None:
        """Show the tree; while searching without the branches that hold no hit, except those ``kept``."""
        kept = set(kept)
        shown = list(_with_hits(branches, kept))
        self._asked.clear()
        if _same_shape(shown, self._top):
            self._renew(shown, self._top, QModelIndex())
            return
        self.beginResetModel()
        self._all = []
        self._top = self._rows(shown, None)
        self.endResetModel()

    def show_children(self, key: Key, nodes: Sequence[Any]) -> None:
        """Put the fetched children under their node, if it is still there."""
        self._asked.discard(key)
        row = self._row_with(key)
        if row is None or row.children is not None:
            return
        shown = list(_with_hits([(node, None) for node in nodes], set()))
        if not shown:
            row.children = []
            return
        self.beginInsertRows(self._index_of(row), 0, len(shown) - 1)
        row.children = self._rows(shown, row)
        self.endInsertRows()

    def index_of(self, key: Key) -> QModelIndex:
        """Where the node stands; an invalid index when it isn't shown."""
        row = self._row_with(key)
        return self._index_of(row) if row is not None else QModelIndex()

    def path_to(self, index: Index) -> list[Key]:
        """The keys from the top down to the node."""
        out: list[Key] = []
        while index.isValid():
            out.insert(0, self._all[index.internalId()].node.key)
            index = index.parent()
        return out

    # Qt's questions
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._children(parent)
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row].number)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        row = self._all[index.internalId()].parent if index.isValid() else None
        return self._index_of(row) if row is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Return whether a node can be opened, also where what is under it was not fetched yet."""
        if not parent.isValid():
            return bool(self._top)
        row = self._all[parent.internalId()]
        return bool(row.children) if row.children is not None else row.node.has_children

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether what is under a node exists and was not asked for yet."""
        if not parent.isValid():
            return False
        row = self._all[parent.internalId()]
        return row.children is None and row.node.has_children and row.node.key not in self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask once for what is under a node; the library's thread answers later."""
        if self.canFetchMore(parent):
            key = self._all[parent.internalId()].node.key
            self._asked.add(key)
            self.children_wanted.emit(key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a node's label, the node itself, how far it is checked; all of it in words for a screen reader."""
        if not index.isValid():
            return None
        node = self._all[index.internalId()].node
        if role == Qt.ItemDataRole.DisplayRole:
            return level(node.label)
        if role == NodeRole:
            return node
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return level("，".join(x for x in (f"{node.label} {count_text(node)}".strip(), progress_text(node)) if x))
        if role == Qt.ItemDataRole.ToolTipRole:
            told = progress_text(node) or QCoreApplication.translate("CaseTree", "都还没有核对")
            return tip(f"{node.label}\n{told}") if node.progress is not None and node.total else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _rows(self, branches: Sequence[Branch], parent: _Row | None) -> list[_Row]:
        out = []
        for at, (node, children) in enumerate(branches):
            row = _Row(node, parent, at, len(self._all))
            self._all.append(row)
            out.append(row)
            if children is not None:
                row.children = self._rows(children, row)
        return out

    def _renew(self, branches: Sequence[Branch], rows: Sequence[_Row], parent: QModelIndex) -> None:
        for (node, children), row in zip(branches, rows, strict=True):
            row.node = node
            if children is not None and row.children is not None:
                self._renew(children, row.children, self.createIndex(row.at, 0, row.number))
        if rows:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(len(rows) - 1, 0, parent))

    def _children(self, parent: Index) -> list[_Row]:
        return (self._all[parent.internalId()].children or []) if parent.isValid() else self._top

    def _row_with(self, key: Key) -> _Row | None:
        return next((row for row in self._all if row.node.key == key), None)

    def _index_of(self, row: _Row) -> QModelIndex:
        return self.createIndex(row.at, 0, row.number)


def _with_hits(branches: Sequence[Branch], kept: set[Key]) -> Iterator[Branch]:
    for node, children in branches:
        if node.hits != 0 or node.key in kept or isinstance(node, Fixed):
            yield node, None if children is None else list(_with_hits(children, kept))


def _same_shape(branches: Sequence[Branch], rows: Sequence[_Row]) -> bool:
    """Whether the rows show these nodes already, apart from their counts."""
    return len(branches) == len(rows) and all(
        node.key == row.node.key
        and node.has_children == row.node.has_children
        and (children is None) == (row.children is None)
        and (children is None or _same_shape(children, row.children or []))
        for (node, children), row in zip(branches, rows, strict=True)
    )


class NodeDelegate(QStyledItemDelegate):
    """Paints a label and, at the right edge, its count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the pane's."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint icon, label and count; paler where the search finds nothing under the node."""
        node, cell = index.data(NodeRole), cell_of(option)
        chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        painter.save()
        role = "text-3" if node.hits == 0 else "text"
        icon = getattr(node, "icon", "")
        room = cell.rect.adjusted(4, 0, -8 - SIGN - 6, 0)
        paint_side_text(painter, room, index.data(), count_text(node), icon, chosen, role)
        if node.progress is not None and node.total:
            box = QRectF(cell.rect.right() - 7 - SIGN, cell.rect.center().y() - SIGN / 2 + 0.5, SIGN, SIGN)
            if state := node.progress.state(node.total):
                theme.paint_state(painter, box, state)
            else:
                shares = (count / node.total for count in node.progress)
                theme.paint_parts(painter, box, dict(zip(PARTS, shares, strict=True)))
        painter.restore()


class _View(QTreeView):
    """The tree itself: whole rows, our own chevrons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._make_viewport()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(NodeDelegate(self))
        self.setProperty("ground", "window")
        theme.notifier.changed.connect(self.viewport().update)

    def _make_viewport(self) -> None:
        """One like Qt's own, for which PySide would first learn every kind of widget that there is: 17 ms."""
        viewport = QWidget(self)
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        option = QStyleOptionViewItem(options)
        cell = cell_of(option)
        row = QRect(0, cell.rect.top(), self.viewport().width(), cell.rect.height())
        cell.widget = self
        cell.rect = self.visualRect(index)
        chosen = self.selectionModel().isSelected(index)
        painter.save()
        paint_side_row(painter, row, chosen, self._is_under_mouse(index), option)
        painter.restore()
        self._paint_chevron(painter, index)
        if chosen:
            cell.state |= QStyle.StateFlag.State_Selected
        self.itemDelegate().paint(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _is_under_mouse(self, index: Index) -> bool:
        viewport = self.viewport()
        return viewport.underMouse() and self.indexAt(viewport.mapFromGlobal(self.cursor().pos())) == index

    def _paint_chevron(self, painter: QPainter, index: Index) -> None:
        if self.model().hasChildren(index):
            item = self.visualRect(index)
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            paint_icon(painter, QRect(item.left() - 14, item.top(), 14, item.height()), name, "text-3", 14)


class CaseTree(QWidget):
    """The left pane's tree with its switch between the two orders."""

    node_chosen = Signal(object)
    by_chosen = Signal(str)
    children_wanted = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: set[Key] = set()
        self._path: list[Key] = []
        self._quiet = False
        self.model = CaseTreeModel(self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("案例目录"))
        self.segments = Segments(
            (("place", self.tr("按地区")), ("theme", self.tr("按主题"))), self.tr("目录的分法"), self
        )
        self._lay_out()
        self.segments.chosen.connect(self.by_chosen)
        self.model.children_wanted.connect(self.children_wanted)
        self.view.expanded.connect(lambda index: self._open.add(index.data(NodeRole).key))
        self.view.collapsed.connect(lambda index: self._open.discard(index.data(NodeRole).key))
        self.view.selectionModel().selectionChanged.connect(self._say_chosen)
        self.view.activated.connect(self.entered)

    def show_tree(
        self,
        branches: Sequence[Branch],
        total: int,
        hits: int | None,
        mechanisms: int,
        progress: Progress | None = None,
        starred: tuple[int, int | None] = (0, None),
    ) -> None:
        """Show the library's tree under the rows that are always there; what was open and chosen stays so."""
        stars = starred if starred[0] else (None, None)
        totals: dict[Key, tuple[int | None, int | None]] = {
            ALL: (total, hits), MECHANISMS: (mechanisms, None), STARRED: stars
        }  # fmt: skip
        told = {ALL: progress}
        fixed: list[Branch] = [
            (self._fixed(key, label, icon, *totals.get(key, (None, None)), told.get(key)), None)
            for key, label, icon in FIXED_ROWS
        ]
        at = self.view.verticalScrollBar().value()
        self._quietly(lambda: self.model.show_branches([*fixed, *branches], self._path))
        self._quietly(self._restore)
        self.view.verticalScrollBar().setValue(at)
        self.view.viewport().update()

    @staticmethod
    def _fixed(
        key: Key, label: str, icon: str, total: int | None, hits: int | None, progress: Progress | None
    ) -> Fixed:
        query = Query(starred=True) if key == STARRED else None
        words = QCoreApplication.translate("CaseTree", label)
        return Fixed(key, words, icon, total, hits, query=query, progress=progress)

    def show_children(self, key: Key, nodes: Sequence[Any]) -> None:
        """Show what was asked for with ``children_wanted``."""
        self.model.show_children(key, nodes)
        self._quietly(self._restore)

    def choose(self, key: Key) -> bool:
        """Choose that node without saying so; False when it isn't shown."""
        index = self.model.index_of(key)
        if index.isValid():
            self._path = self.model.path_to(index)
            self._quietly(lambda: self.view.setCurrentIndex(index))
        return index.isValid()

    def choose_none(self) -> None:
        """Nothing in the tree is chosen any more."""
        self._path = []
        self._quietly(self.view.clearSelection)

    def by(self) -> By:
        """How the tree is divided: by ``place`` or by ``theme``."""
        return "theme" if self.segments.choice() == "theme" else "place"

    def chosen_key(self) -> Key:
        """Return the key of the chosen node, empty for none."""
        return self._path[-1] if self._path else ()

    def chosen_node(self) -> Any:
        """The node that is chosen and in sight, None without one."""
        index = self.model.index_of(self.chosen_key())
        return index.data(NodeRole) if index.isValid() else None

    def chosen_title(self) -> str:
        """The chosen node with those above it: 衢州市 · 常山县."""
        labels = (self.model.index_of(key).data() for key in self._path)
        return " · ".join(label for label in labels if label)

    def fetched_keys(self) -> set[Key]:
        """The nodes whose children are wanted at the next ``show_tree``."""
        return self._open | set(self._path)

    def state(self) -> list[list[list[str]]]:
        """What is open and what is chosen, to be remembered."""
        return [[list(key) for key in sorted(self._open)], [list(key) for key in self._path]]

    def restore_state(self, state: object) -> None:
        """Open and choose what was remembered, at the next ``show_tree``."""
        try:
            opened, path = ([tuple(map(str, key)) for key in keys] for keys in state)  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            return
        self._open, self._path = set(opened), path

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        label = Label(self.tr("案例"))
        label.setFont(theme.font("section"))
        head.addWidget(label)
        head.addStretch(1)
        self.segments.setMinimumWidth(140)
        head.addWidget(self.segments)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        sides = QHBoxLayout()
        sides.setContentsMargins(6, 0, 6, 0)
        sides.addWidget(self.view)
        column.addLayout(sides, 1)
        self.setFocusProxy(self.view)

    def _quietly(self, do: Callable[[], object]) -> None:
        self._quiet, before = True, self._quiet
        do()
        self._quiet = before

    def _restore(self) -> None:
        opened = set(self._open)
        for key in sorted(opened, key=len):
            index = self.model.index_of(key)
            if index.isValid() and not self.view.isExpanded(index):
                self.view.expand(index)
        if self._path:
            index = self.model.index_of(self._path[-1])
            if index.isValid() and not self.view.selectionModel().isSelected(index):
                self.view.setCurrentIndex(index)
        self._open = opened

    def _say_chosen(self) -> None:
        chosen = self.view.selectionModel().selectedIndexes()
        if not self._quiet and chosen:
            self._path = self.model.path_to(chosen[0])
            self.node_chosen.emit(chosen[0].data(NodeRole))
