"""The list of what is being imported: each page with its state, each failure with its reason, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.kit import cells
from gui.kit.fields import cell_of
from gui.kit.plain import Label, level, tip
from gui.kit.widgets import BusyBar, IconButton, Line, paint_icon, paint_side_row
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
TALL = 46

# state: icon, its colour, the word for a screen reader
STATES: dict[str, tuple[str, str, str]] = {
    "waiting": ("circle", "text-3", QT_TRANSLATE_NOOP("QueueModel", "等着读")),
    "ready": ("newspaper", "text-2", QT_TRANSLATE_NOOP("QueueModel", "还没有接受")),
    "added": ("circle-check", "success", QT_TRANSLATE_NOOP("QueueModel", "已收进案例库")),
    "known": ("copy", "text-3", QT_TRANSLATE_NOOP("QueueModel", "以前导入过")),
    "failed": ("triangle-alert", "danger", QT_TRANSLATE_NOOP("QueueModel", "没有读成")),
}


@dataclass
class QueueRow:
    """A page of the list, or a file that gave none."""

    name: str
    state: str = "waiting"
    note: str = ""
    """Why a file failed; what else a person should know."""
    articles: int = 0
    figures: int = 0
    doubts: int = 0
    work: Any = None
    """What the desk keeps for the page until it is in the library."""
    path: Any = None
    source: str = ""
    """The id of the page in the library, once it is there."""


class QueueModel(QAbstractListModel):
    """The rows of an import."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueRow] = []

    def add(self, rows: Sequence[QueueRow]) -> int:
        """Append rows; where the first of them stands."""
        at = len(self.rows)
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
        return at

    def put(self, at: int, rows: Sequence[QueueRow]) -> None:
        """Let other rows stand in the place of one: a file turns out to hold several pages."""
        self.rows[at] = rows[0]
        self.say_changed(at)
        if len(rows) > 1:
            self.beginInsertRows(QModelIndex(), at + 1, at + len(rows) - 1)
            self.rows[at + 1 : at + 1] = rows[1:]
            self.endInsertRows()

    def say_changed(self, at: int) -> None:
        """A row is another now."""
        self.dataChanged.emit(self.index(at), self.index(at))

    def drop(self, states: Sequence[str]) -> None:
        """Forget the rows in these states."""
        self.beginResetModel()
        self.rows = [row for row in self.rows if row.state not in states]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a page's name or its row; the tip has the whole path and how it stands."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return level(row.name)
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(x for x in (str(row.path or row.name), self.state_text(row)) if x))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return level(f"{row.name} {self.tr(STATES[row.state][2])} {self.state_text(row)}")
        return None

    def state_text(self, row: QueueRow) -> str:
        """The second line of a row."""
        if row.state in ("failed", "waiting", "known"):
            return row.note or self.tr(STATES[row.state][2])
        text = self.tr("{0} 篇 · 数据 {1}").format(row.articles, row.figures)
        if row.state == "added":
            return self.tr("已收进 {0}").format(text)
        return text + (self.tr(" · 存疑 {0}").format(row.doubts) if row.doubts else "")


class _Delegate(QStyledItemDelegate):
    """Two lines a row: name, and how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow = index.data(RowRole)
        painter.save()
        cell = cell_of(option)
        chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        paint_side_row(painter, cell.rect, chosen, bool(cell.state & QStyle.StateFlag.State_MouseOver), option)
        icon, role, _ = STATES[row.state]
        room = cell.rect.adjusted(8, 4, -8, -4)
        paint_icon(painter, QRect(room.left(), room.top() + 2, 16, 18), icon, role)
        room = room.adjusted(24, 0, 0, 0)
        half = room.height() // 2
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color("text-3" if row.state in ("waiting", "known") else "text"))
        _line(painter, room.adjusted(0, 0, 0, -half), row.name, Qt.TextElideMode.ElideMiddle)
        painter.setFont(theme.font("secondary"))
        faint = "danger" if row.state == "failed" else "warning" if row.doubts and row.state == "ready" else "text-2"
        painter.setPen(theme.color(faint))
        model = index.model()
        if isinstance(model, QueueModel):
            _line(painter, room.adjusted(0, half, 0, 0), model.state_text(row), Qt.TextElideMode.ElideRight)
        painter.restore()


def _line(painter: QPainter, room: QRect, text: str, elide: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(level(text), elide, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class _List(QListView):
    """The rows, with a margin at both sides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty("ground", "window")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setViewportMargins(6, 4, 6, 4)
        self.setItemDelegate(_Delegate(self))


class ImportQueue(QWidget):
    """The pane of the list: how far it is, a way to stop, the rows, and one button that accepts them all."""

    row_chosen = Signal(int)
    cancelled = Signal()
    accept_all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = QueueModel(self)
        self.view = _List(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("导入的版面"))
        self._words, self._bar = Label(), BusyBar()
        self._words.setProperty("role", "secondary")
        self._words.setWordWrap(True)
        self._cancel = IconButton("x", self.tr("停止导入；读好的版面留着"))
        self._all = QPushButton(self.tr("全部接受"))
        self._all.setToolTip(self.tr("没看过的版面也收进案例库，标为未核；以后可以从「来源」再整理"))
        self._failed = QPushButton()
        self._failed.setProperty("kind", "legend")
        self._lay_out()
        self._cancel.clicked.connect(self.cancelled)
        self._all.clicked.connect(self.accept_all_wanted)
        self._failed.clicked.connect(self.to_next_failure)
        self.view.selectionModel().currentChanged.connect(self._say_chosen)
        self.show_progress("", None)

    # ---- what the desk says

    def show_progress(self, words: str, share: float | None) -> None:
        """How far it is in words and as a share; None when nothing is at work."""
        self._words.setText(words or self.tr("共 {0} 页").format(len(self.model.rows)))
        self._bar.show_share(share)
        self._cancel.setVisible(share is not None)
        self.renew()

    def words(self) -> str:
        """What is said of the progress."""
        return self._words.text()

    def renew(self) -> None:
        """Offer what can be done with the rows as they are now."""
        ready, failed = self.count("ready"), self.count("failed")
        self._all.setEnabled(ready > 0)
        self._all.setText(self.tr("全部接受（{0} 页）").format(ready) if ready else self.tr("全部接受"))
        self._failed.setVisible(failed > 0)
        self._failed.setText(self.tr("{0} 个没有读成").format(failed))

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.model.rows)

    def choose(self, at: int) -> None:
        """Choose a row without saying so; -1 for none, so that each can be chosen next."""
        self._quiet = True
        self.view.setCurrentIndex(self.model.index(at))
        self._quiet = False

    def chosen(self) -> int:
        """The row that is chosen, -1 for none."""
        return self.view.currentIndex().row()

    def next_open(self, after: int, step: int = 1) -> int:
        """The next page that is not accepted yet, going round; -1 when there is none."""
        count = len(self.model.rows)
        order = [(after + step * i) % count for i in range(1, count + 1)] if count else []
        return next((at for at in order if self.model.rows[at].state == "ready"), -1)

    def to_next_failure(self) -> None:
        """Show the next file that could not be read."""
        rows = self.model.rows
        order = [*range(self.chosen() + 1, len(rows)), *range(self.chosen() + 1)]
        at = next((i for i in order if rows[i].state == "failed"), -1)
        if at >= 0:
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(at))

    def copy(self) -> None:
        """Copy the list as a table: name, state, what is said of it."""
        rows = self.model.rows
        lines = [[row.name, self.model.tr(STATES[row.state][2]), self.model.state_text(row)] for row in rows]
        cells.put([self.tr("版面"), self.tr("状态"), self.tr("说明")], lines, [False] * 3)

    # inside

    def _lay_out(self) -> None:
        title = Label(self.tr("导入"))
        title.setFont(theme.font("section"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._cancel)
        top = QWidget()
        inner = QVBoxLayout(top)
        inner.setContentsMargins(12, 8, 8, 8)
        inner.setSpacing(2)
        inner.addLayout(head)
        inner.addWidget(self._words)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(12, 8, 12, 12)
        below.setSpacing(4)
        below.addWidget(self._failed, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, share in ((top, 0), (self._bar, 0), (Line(), 0), (self.view, 1), (Line(), 0), (foot, 0)):
            column.addWidget(widget, share)

    def _say_chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.row_chosen.emit(now.row())
