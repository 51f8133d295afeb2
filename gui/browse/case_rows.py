"""The rows of the list of cases: all numbers are known, the rows read in pages as they come into sight."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QWidget

from core.records import STATE_WORDS, State
from core.writing.figure_text import grouped
from gui import theme
from gui.kit import cells
from gui.kit.columns import Column
from gui.kit.plain import level, tip
from gui.kit.widgets import CASES_MIME
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import CaseRow, Snippet

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
Marks = Sequence[tuple[int, int]]

PAGE = 256
PAGES_KEPT = 64
DRAG_TEXT_LIMIT = 500
RowRole, SnippetRole, MarksRole = (Qt.ItemDataRole.UserRole + i for i in range(3))


def state_text(state: State) -> str:
    """未核, 已核, 存疑 or 有误."""
    return translate("CaseList", STATE_WORDS[state])


_C = "CaseList"
STAR = "★"
COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_C, "标题"), lambda r: r.title, least=170, most=900, weight=3, grows=True,
           ink="text", spoken=lambda r: spoken(r)),
    Column("place", QT_TRANSLATE_NOOP(_C, "地区"), lambda r: r.place, least=64, most=200, weight=2),
    Column("themes", QT_TRANSLATE_NOOP(_C, "主题"), lambda r: "、".join(r.themes), least=64, most=240),
    Column("published", QT_TRANSLATE_NOOP(_C, "日期"), lambda r: r.published, "whole", sample="2024-12"),
    Column("figures", QT_TRANSLATE_NOOP(_C, "数据"), lambda r: grouped(r.figures), "number",
           copied=lambda r: str(r.figures), ink=lambda r: "text" if r.figures else "text-3"),
    Column("state", QT_TRANSLATE_NOOP(_C, "状态"), lambda r: state_text(r.state), "whole", sample="未核",
           icon=lambda r: theme.state_icon(r.state)),
    Column("starred", STAR, lambda r: STAR if r.starred else "", "whole", sample=STAR),
    Column("tags", QT_TRANSLATE_NOOP(_C, "标签"), lambda r: "、".join(r.tags), least=64, most=160),
)  # fmt: skip
STARRED, TAGS = len(COLUMNS) - 2, len(COLUMNS) - 1


class CaseListModel(QAbstractTableModel):
    """All hits as numbers; their rows are read in pages as they come into sight, snippets when they are asked for."""

    snippets_wanted = Signal(object)
    page_read = Signal(object)
    """The rows of a page that were read just now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nums: Sequence[int] = ()
        self._rows_of: Callable[[Sequence[int]], Sequence[CaseRow]] = lambda nums: []
        self._marks_in: Callable[[str], Marks] = lambda text: ()
        self._pages: OrderedDict[int, list[CaseRow | None]] = OrderedDict()
        self._snippets: dict[int, Snippet] = {}
        self._marks: dict[int, Marks] = {}
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)
        self.with_snippets = False

    def show_nums(
        self,
        nums: Sequence[int],
        rows_of: Callable[[Sequence[int]], Sequence[CaseRow]],
        marks_in: Callable[[str], Marks] | None = None,
        snippets: Mapping[int, Snippet] | None = None,
    ) -> None:
        """Show these cases; with ``marks_in`` as the hits of a search, whose words it finds in any text."""
        self.beginResetModel()
        self.nums, self._rows_of = nums, rows_of
        self._marks_in = marks_in or (lambda text: ())
        self.with_snippets = marks_in is not None
        self._pages.clear()
        self._marks.clear()
        self._snippets = dict(snippets or {})
        self._asked = set(self._snippets)
        self._wanted.clear()
        self.endResetModel()

    def show_snippets(self, snippets: Mapping[int, Snippet]) -> None:
        """Take in the snippets that were asked for."""
        self._snippets.update(snippets)
        if self.nums:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.nums) - 1, 0), [SnippetRole])

    def row(self, at: int) -> CaseRow | None:
        """The case in that row, None when it has gone from the library meanwhile."""
        page = self._pages.get(at // PAGE)
        if page is None:
            page = self._read_page(at // PAGE)
        else:
            self._pages.move_to_end(at // PAGE)
        return page[at % PAGE]

    def nums_at(self, rows: Iterable[int]) -> list[int]:
        """Return the numbers of the cases in these rows, in the same order."""
        return [self.nums[at] for at in rows]

    def row_of(self, num: int) -> int:
        """The row of that case, -1 when it isn't among them."""
        try:
            return self.nums.index(num)
        except ValueError:
            return -1

    def rows_of(self, nums: Iterable[int]) -> list[int]:
        """Return the rows of those of the cases that are among them, from top to bottom; one pass through all."""
        wanted = set(nums)
        return [at for at, num in enumerate(self.nums) if num in wanted] if wanted else []

    # Qt's questions
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.nums)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's head and how it is aligned; rows have none."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return COLUMNS[section].align
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; a case that was taken out meanwhile says so in the first column."""
        if not index.isValid() or role not in _ANSWERS:
            return None
        row = self.row(index.row())
        if row is None:
            return (
                translate("CaseList", "（已移出）")
                if role == Qt.ItemDataRole.DisplayRole and index.column() == 0
                else None
            )
        return _ANSWERS[role](self, row, COLUMNS[index.column()])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cases be dragged, and dropped between rows, never on one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return the one kind of thing that is dragged: numbers of cases."""
        return [CASES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what is dragged: the cases of these cells, each once, from top to bottom."""
        return self.mime_of(sorted({index.row() for index in indexes}))

    def mime_of(self, rows: Sequence[int]) -> QMimeData:
        """Return what is dragged with these rows: the numbers for our own panes, the first of them as a table."""
        nums, columns = self.nums_at(rows), range(len(COLUMNS))
        lines = lines_of(self._rows_of(nums[:DRAG_TEXT_LIMIT]), columns)
        heads = [title_of(c) for c in columns]
        out = cells.mime_of(heads, cells.text_of(lines), cells.rows_of(lines, numbers_of(columns)))
        out.setData(CASES_MIME, json.dumps(nums).encode())
        return out

    def snippet(self, row: CaseRow) -> Snippet | None:
        """The words around the best hit; asks for them when they aren't here yet."""
        if self.with_snippets and row.num not in self._asked:
            self._asked.add(row.num)
            self._wanted.append(row.num)
            self._soon.start()
        return self._snippets.get(row.num)

    def marks(self, row: CaseRow) -> Marks:
        """Where the words of the search stand in the title."""
        if row.num not in self._marks:
            self._marks[row.num] = self._marks_in(row.title)
        return self._marks[row.num]

    def _read_page(self, at: int) -> list[CaseRow | None]:
        nums = self.nums[at * PAGE : (at + 1) * PAGE]
        found = {row.num: row for row in self._rows_of(nums)}
        page = self._pages[at] = [found.get(num) for num in nums]
        self.page_read.emit(list(found.values()))
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        self.snippets_wanted.emit(wanted)


def _said(row: CaseRow) -> str:
    state = state_text(row.state) + (f"　{STAR}" if row.starred else "")
    tags = translate("CaseList", "标签：{0}").format("、".join(row.tags)) if row.tags else ""
    return "\n".join(x for x in (row.title, row.place, "、".join(row.themes), row.published, state, tags) if x)


def spoken(row: CaseRow) -> str:
    """Return a case as one sentence for a screen reader."""
    figures = translate("CaseList", "{n} 项数据").format(n=row.figures)
    own = ([translate("CaseList", "有星标")] if row.starred else []) + [
        translate("CaseList", "标签 {0}").format(tag) for tag in row.tags
    ]
    told = (row.title, row.place, *row.themes, row.published, figures, state_text(row.state), *own)
    return "，".join(x for x in told if x)


_ANSWERS: dict[int, Callable[[CaseListModel, Any, Column[Any]], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda model, row, column: level(column.text(row)),
    int(Qt.ItemDataRole.ToolTipRole): lambda model, row, column: tip(_said(row)),
    int(Qt.ItemDataRole.AccessibleTextRole): lambda model, row, column: level((column.spoken or column.text)(row)),
    int(RowRole): lambda model, row, column: row,
    int(SnippetRole): lambda model, row, column: model.snippet(row),
    int(MarksRole): lambda model, row, column: model.marks(row),
}


def title_of(column: int) -> str:
    """Return what a column is called."""
    return translate(_C, COLUMNS[column].title)


def lines_of(rows: Iterable[CaseRow], columns: Sequence[int]) -> list[list[str]]:
    """Return the cells of rows as they are copied."""
    told = [COLUMNS[c] for c in columns]
    return [[(column.copied or column.text)(row) for column in told] for row in rows]


def numbers_of(columns: Sequence[int]) -> list[bool]:
    """Return which of the columns hold numbers."""
    return [COLUMNS[c].fit == "number" for c in columns]
