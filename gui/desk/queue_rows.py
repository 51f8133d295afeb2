"""The rows of the import desk's list: each page with its state, each failure with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.library.answers import DeskRow, DeskState
from gui.kit.plain import level, tip
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.desk.work import Work

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole

# state: icon, its colour, the word for a screen reader
STATES: dict[DeskState, tuple[str, str, str]] = {
    "waiting": ("circle", "text-3", QT_TRANSLATE_NOOP("QueueModel", "等着读")),
    "ready": ("newspaper", "text-2", QT_TRANSLATE_NOOP("QueueModel", "还没有接受")),
    "added": ("circle-check", "success", QT_TRANSLATE_NOOP("QueueModel", "已收进案例库")),
    "known": ("copy", "text-3", QT_TRANSLATE_NOOP("QueueModel", "以前导入过")),
    "failed": ("triangle-alert", "danger", QT_TRANSLATE_NOOP("QueueModel", "没有读成")),
}
_PROGRAM, _NUMBERS = uuid.uuid4().hex, count()


@dataclass(eq=False)
class QueueRow:
    """A page of the list, or a file that gave none."""

    name: str
    state: DeskState = "waiting"
    note: str = ""
    """Why a file failed; what else a person should know."""
    articles: int = 0
    figures: int = 0
    doubts: int = 0
    work: Work | None = None
    """The page on the desk; None before it is read, when it has left the desk, and as long as nobody looked at it
    since the program was started."""
    path: Path | None = None
    source: str = ""
    """The page of the library that is put right."""
    came_as: str = ""
    """The page of the library that it became, or is known as."""
    hand: str = ""
    """What a person did to it, as the library keeps it; that of ``work`` is newer."""
    cases: tuple[int, ...] = ()
    """The cases that it brought into the library while this window was open."""
    joined: int = 0
    """How many of its articles were cases there already."""
    id: str = field(default_factory=lambda: f"{_PROGRAM}-{next(_NUMBERS)}")
    """Unlike that of any row of any program."""

    @classmethod
    def of(cls, kept: DeskRow) -> QueueRow:
        """Return a row as the library keeps it."""
        return cls(
            kept.name,
            kept.state,
            kept.note,
            kept.articles,
            kept.figures,
            kept.doubts,
            path=Path(kept.file) if kept.file else None,
            source=kept.source,
            came_as=kept.came_as,
            hand=kept.hand,
            id=kept.id,
        )

    def kept(self) -> DeskRow:
        """Return the row as the library keeps it."""
        return DeskRow(
            self.id,
            self.name,
            self.state,
            file=str(self.path or ""),
            note=self.note,
            articles=self.articles,
            figures=self.figures,
            doubts=self.doubts,
            source=self.source,
            came_as=self.came_as,
            hand=self.hand,
        )

    def seen(self) -> int:
        """Return when a person looked at it last, in seconds since 1970; 0 for never."""
        from core.desk.saved import NotKept, hand_of_json

        try:
            return hand_of_json(self.hand).seen
        except NotKept:
            return 0

    def count(self) -> None:
        """Count anew what is on the page."""
        if self.work is not None:
            self.articles, self.figures = len(self.work.desk.articles), self.work.figures()
            self.doubts = self.work.doubts()


class QueueModel(QAbstractListModel):
    """The rows of an import."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueRow] = []

    def at(self, row: QueueRow) -> int:
        """Return where a row stands, -1 when it is not in the list."""
        return next((at for at, other in enumerate(self.rows) if other is row), -1)

    def add(self, rows: Sequence[QueueRow], at: int | None = None) -> int:
        """Insert rows, behind all others when not told where; where the first of them stands."""
        at = len(self.rows) if at is None else min(at, len(self.rows))
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self.rows[at:at] = rows
            self.endInsertRows()
        return at

    def put(self, at: int, rows: Sequence[QueueRow]) -> None:
        """Let other rows stand in the place of one: a file turns out to hold several pages."""
        self.rows[at] = rows[0]
        self.say_changed(at)
        self.add(rows[1:], at + 1)

    def say_changed(self, at: int) -> None:
        """A row is another now."""
        self.dataChanged.emit(self.index(at), self.index(at))

    def take(self, rows: Iterable[QueueRow]) -> list[tuple[int, QueueRow]]:
        """Take rows out of the list; each with where it stood, so that ``give_back`` finds the place."""
        gone = {id(row) for row in rows}
        taken = [(at, row) for at, row in enumerate(self.rows) if id(row) in gone]
        if len(taken) > 1:
            self.beginResetModel()
            self.rows = [row for row in self.rows if id(row) not in gone]
            self.endResetModel()
        elif taken:
            self.beginRemoveRows(QModelIndex(), taken[0][0], taken[0][0])
            del self.rows[taken[0][0]]
            self.endRemoveRows()
        return taken

    def give_back(self, taken: Sequence[tuple[int, QueueRow]]) -> None:
        """Put rows back to where they stood."""
        for at, row in taken:
            self.add([row], at)

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
            joined = self.tr("，其中合并 {0} 篇").format(row.joined) if row.joined else ""
            return self.tr("已收进 {0}").format(text) + joined
        return text + (self.tr(" · 存疑 {0}").format(row.doubts) if row.doubts else "")
