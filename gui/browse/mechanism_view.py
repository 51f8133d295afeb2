"""All mechanisms of the library: what each is, what its numerals stand for, who takes part, who has one like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QCoreApplication,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.library.answers import MechanismRow
from core.records import MECHANISM_KINDS, Mechanism, Part
from gui import theme
from gui.kit.page import Block, Page, Style, label_room
from gui.kit.rows import RowDelegate
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
Told = tuple[int, Mechanism, str, str]
"""A case's number, the mechanism as that case tells it, the case's title and place."""
Align = Qt.AlignmentFlag
ROOT = QModelIndex()
RowRole = Qt.ItemDataRole.UserRole
_T = "MechanismView"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what its cells say, and what they are sorted by."""

    head: str
    text: Callable[[MechanismRow], str]
    key: Callable[[MechanismRow], Any]
    width: int = 0
    """In pixels; 0 takes a share of what the others leave."""
    align: Qt.AlignmentFlag = Align.AlignLeft


def kind_text(row: MechanismRow) -> str:
    """The kind in the user's words, empty when it is not known."""
    return MECHANISM_KINDS[row.kind] if row.kind else ""


def places_text(row: MechanismRow) -> str:
    """The places that have it."""
    return "、".join(row.places)


COLUMNS: tuple[Column, ...] = (
    Column(QT_TRANSLATE_NOOP(_T, "机制"), lambda r: r.name, lambda r: r.name),
    Column(QT_TRANSLATE_NOOP(_T, "类别"), kind_text, kind_text, 76),
    Column(QT_TRANSLATE_NOOP(_T, "案例"), lambda r: str(r.cases), lambda r: r.cases, 52, Align.AlignRight),
    Column(QT_TRANSLATE_NOOP(_T, "地区"), places_text, places_text),
)
NAME_SHARE = 0.56
WHY: dict[str, str] = {
    "同名": QT_TRANSLATE_NOOP(_T, "同一个名称，写法不同"),
    "同式": QT_TRANSLATE_NOOP(_T, "数字搭配相同"),
    "近名": QT_TRANSLATE_NOOP(_T, "名称大半相同"),
}
TITLE = Block(below=4, line=1.4, size=1.25)
META = Block(below=8, line=1.7, size=0.8125)
HEAD = Block(above=16, below=4, line=1.7, size=0.875)
PARAGRAPH = Block(below=4, line=1.7)
TIGHT = Block(below=2, line=1.65, size=0.9375)
INSIDE = Block(below=2, line=1.6, indent=1.2, size=0.875)
HEADING = Style("text-2", 0.875, bold=True)
SMALL = Style("text-2", 0.8125)
BODY = Style("text", 0.9375)
LINK = Style("accent", 0.9375)


class MechanismsModel(QAbstractTableModel):
    """The mechanisms that pass the filter, in the library's order or sorted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[MechanismRow, ...] = ()
        self._rows: list[MechanismRow] = []
        self._words: tuple[str, ...] = ()
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[MechanismRow]) -> None:
        """Take other mechanisms; filter and order stay."""
        self._all = tuple(rows)
        self._arrange()

    def set_filter(self, typed: str) -> None:
        """Keep those that have all the words in name, kind, places, parts or note."""
        self._words = tuple(typed.lower().split())
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()

    def row(self, at: int) -> MechanismRow | None:
        """The mechanism in a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, name: str) -> int:
        """The row of a mechanism, -1 when it is not shown."""
        return next((i for i, row in enumerate(self._rows) if row.name == name), -1)

    def counts(self) -> tuple[int, int]:
        """How many are shown, and how many there are."""
        return len(self._rows), len(self._all)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._passes(row)]
        if self._sorted:
            column, order = self._sorted
            self._rows.sort(key=COLUMNS[column].key, reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def _passes(self, row: MechanismRow) -> bool:
        parts = (f"{p.label}{p.meaning}" for p in row.parts)
        text = "\n".join((row.name, kind_text(row), places_text(row), row.note, *parts)).lower()
        return all(word in text for word in self._words)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return COLUMNS[section].align | Align.AlignVCenter
        return _tr(COLUMNS[section].head) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{escape(column.text(row))}</qt>"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Align.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text" if index.column() == 0 else "text-2")
        return row if role == RowRole else None


class _List(QTableView):
    """The list of mechanisms, with Ctrl+C as cells."""

    resized = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to by key, a row shows where the focus is."""
        super().focusInEvent(event)
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in keys and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen mechanisms on the clipboard."""
        QGuiApplication.clipboard().setText(self.cells())

    def cells(self) -> str:
        """The chosen mechanisms as tab-separated cells under their heads."""
        chosen = sorted(i.row() for i in self.selectionModel().selectedRows())
        rows = [self.model().index(at, 0).data(RowRole) for at in chosen]
        lines = [[_tr(c.head) for c in COLUMNS], *([c.text(row) for c in COLUMNS] for row in rows)]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


class MechanismView(QWidget):
    """The list of mechanisms at the left, the chosen one at the right."""

    mechanism_chosen = Signal(str)
    case_chosen = Signal(object)
    search_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MechanismsModel(self)
        self._name = ""
        self._cases: Sequence[Told] = ()
        self._similar: Sequence[MechanismRow] = ()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._own_widths = self._fitting = False
        self._build()
        theme.notifier.changed.connect(self._set_again)
        self.show_mechanisms(())

    # what the window says

    def show_mechanisms(self, rows: Sequence[MechanismRow]) -> None:
        """Show these mechanisms; the one that was chosen stays chosen where it still is."""
        self.model.set_rows(rows)
        if self.model.row_of(self._name) >= 0:
            self._select(self._name)
        else:
            self._name, self._cases, self._similar = "", (), ()
        self._set()

    def show_cases_of(self, name: str, cases: Sequence[Told], similar: Sequence[MechanismRow]) -> None:
        """Show which cases have the mechanism, how each tells it, and which mechanisms are like it."""
        self._name, self._cases, self._similar = name, cases, similar
        self._select(name)
        self._set()

    def choose(self, name: str) -> None:
        """Choose a mechanism as a click on its row does, also when the filter hides it."""
        if self.model.row_of(name) < 0:
            self.filter.clear()
        row = self.model.row_of(name)
        if row >= 0:
            self.list.selectRow(row)
            self.list.scrollTo(self.model.index(row, 0))

    def state(self) -> QByteArray:
        """Widths and order of the columns, to be remembered."""
        return self.list.horizontalHeader().saveState()

    def restore(self, state: QByteArray) -> None:
        """Take up remembered columns; what does not fit is left alone."""
        if not state.isEmpty():
            self._own_widths = self.list.horizontalHeader().restoreState(state)

    # inside

    def _build(self) -> None:
        self._count = QLabel()
        self._count.setProperty("role", "section")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("筛选机制"))
        self.filter.setAccessibleName(self.tr("筛选机制"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setProperty("dense", True)
        self.filter.textChanged.connect(self.model.set_filter)
        self.list = self._table()
        self._no_rows = Notice()
        self._no_rows.acted.connect(lambda _: self.filter.clear())
        self.page = Page(self.tr("机制说明"))
        self.page.followed.connect(self._follow)
        self._no_choice = Notice()
        self._no_choice.say(
            "workflow",
            self.tr("选一个机制"),
            self.tr("看它是什么、数字各代表什么、谁参与，还有谁有相近的做法。"),
        )
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([460, 560])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list takes the focus; as a proxy it would let Tab pass by the filter before it."""
        self.list.setFocus(event.reason())

    def _left(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_M, theme.GAP_S, theme.GAP_M, theme.GAP_S)
        row.setSpacing(theme.GAP_M)
        row.addWidget(self._count)
        row.addWidget(self.filter, 1)
        left = QWidget()
        left.setMinimumWidth(220)
        self._rows = QStackedLayout()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._rows, 1)
        self._rows.addWidget(self.list)  # only now: shown without a parent it would be a window for a moment
        self._rows.addWidget(self._no_rows)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        right.setMinimumWidth(260)
        self._detail = QStackedLayout(right)
        self._detail.setContentsMargins(0, theme.GAP_L, 0, 0)
        self._detail.addWidget(self.page)
        self._detail.addWidget(self._no_choice)
        return right

    def _table(self) -> _List:
        view = _List()
        view.setAccessibleName(self.tr("机制一览"))
        view.setModel(self.model)
        view.setItemDelegate(RowDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = view.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(44)
        head.sortIndicatorChanged.connect(self.model.sort)
        head.setStretchLastSection(True)
        head.sectionResized.connect(self._keep_widths)
        view.resized.connect(self._fit_columns)
        view.selectionModel().selectionChanged.connect(self._say_chosen)
        self.model.modelReset.connect(self._arranged)
        return view

    def _fit_columns(self) -> None:
        """Give names and places what the narrow columns leave, until a person sets the widths."""
        if self._own_widths:
            return
        self._fitting = True
        rest = self.list.viewport().width() - sum(c.width for c in COLUMNS if c.width)
        for i, column in enumerate(COLUMNS[:-1]):
            self.list.horizontalHeader().resizeSection(i, column.width or max(120, round(rest * NAME_SHARE)))
        self._fitting = False

    def _keep_widths(self, section: int) -> None:
        if not self._fitting and section != len(COLUMNS) - 1:
            self._own_widths = True

    def _arranged(self) -> None:
        shown, there = self.model.counts()
        words = self.tr("机制 {0}").format(there) if shown == there else self.tr("机制 {0} / {1}").format(shown, there)
        self._count.setText(words)
        self._rows.setCurrentWidget(self.list if shown else self._no_rows)
        if there and not shown:
            none = self.tr("没有符合「{0}」的机制").format(self.filter.text())
            self._no_rows.say("funnel", none, self.tr("换几个字，或清除筛选。"), self.tr("清除筛选"), "clear")
        elif not there:
            self._no_rows.say(
                "workflow",
                self.tr("案例库里还没有机制"),
                self.tr("导入版面以后，读到的机制会列在这里。"),
            )
        elif self._name:
            self._select(self._name)

    def _select(self, name: str) -> None:
        """Mark a row without saying that a person chose it."""
        row = self.model.row_of(name)
        with QSignalBlocker(self.list.selectionModel()):
            if row >= 0:
                self.list.selectRow(row)
        self.list.viewport().update()

    def _say_chosen(self, chosen: QItemSelection, _: QItemSelection) -> None:
        rows = self.list.selectionModel().selectedRows()
        row = self.model.row(rows[0].row()) if rows else None
        if row is None or row.name == self._name:
            return
        self._name, self._cases, self._similar = row.name, (), ()
        self._set()
        self.mechanism_chosen.emit(row.name)

    def _follow(self, link: str) -> None:
        what, _, number = link.partition("-")
        at = int(number) if number.isdigit() else -1
        if what == "case" and 0 <= at < len(self._cases):
            self.case_chosen.emit(self._cases[at][0])
        elif what == "similar" and 0 <= at < len(self._similar):
            self._go_to(self._similar[at].name)
        elif what == "search":
            self.search_wanted.emit(self._name)

    def _go_to(self, name: str) -> None:
        if self.model.row_of(name) < 0:
            self.filter.clear()
        if self.model.row_of(name) >= 0:
            self.choose(name)
        else:
            self.mechanism_chosen.emit(name)

    # the page

    def _set_again(self) -> None:
        self._set(keep_place=True)

    def _set(self, keep_place: bool = False) -> None:
        self._detail.setCurrentWidget(self.page if self._name else self._no_choice)
        self.page.start(keep_place)
        if self._name:
            self._say_what_it_is()
            self._say_cases()
            self._say_similar()
        self.page.finish()

    def _row(self) -> MechanismRow:
        known = self.model.row(self.model.row_of(self._name))
        if known is not None:
            return known
        places = tuple(dict.fromkeys(place for *_, place in self._cases if place))
        first = self._cases[0][1] if self._cases else Mechanism(self._name)
        return MechanismRow(self._name, first.kind, len(self._cases), places, first.parts, first.note)

    def _say_what_it_is(self) -> None:
        row, page = self._row(), self.page
        page.block(TITLE)
        page.say(row.name, Style("text", 1.25, bold=True))
        page.block(META)
        said = (kind_text(row), self.tr("{0} 个案例").format(row.cases), places_text(row))
        page.say(" · ".join(x for x in said if x) + "　", SMALL)
        page.say(self.tr("检索这一机制"), Style("accent", 0.8125), "search-0")
        if row.note:
            page.block(PARAGRAPH)
            page.say(row.note)
        if row.parts:
            self._head(self.tr("由什么组成"))
            self._say_parts(row.parts, TIGHT, BODY)
        who = list(dict.fromkeys(name for _, told, *_ in self._cases for name in told.participants))
        if who:
            self._head(self.tr("谁参与"))
            page.block(TIGHT)
            page.say("、".join(who), BODY)

    def _say_cases(self) -> None:
        if not self._cases:
            return
        self._head(self.tr("哪些案例有它"))
        for i, (_, told, title, place) in enumerate(self._cases):
            self.page.block(TIGHT)
            self.page.say(title, LINK, f"case-{i}", self.tr("打开这个案例"))
            if place:
                self.page.say(f"　{place}", SMALL)
            self._say_told(told)

    def _say_told(self, told: Mechanism) -> None:
        """How this case tells it, where that is not what was said above already."""
        row = self._row()
        if told.note and told.note != row.note:
            self.page.block(INSIDE)
            self.page.say(told.note, Style("text-2", 0.875))
        if told.parts and told.parts != row.parts:
            self._say_parts(told.parts, INSIDE, Style("text-2", 0.875))

    def _say_similar(self) -> None:
        if not self._similar:
            return
        self._head(self.tr("相近的做法"))
        for i, row in enumerate(self._similar):
            self.page.block(TIGHT)
            self.page.say(row.name, LINK, f"similar-{i}", self.tr("看这个机制"))
            why = _tr(WHY.get(row.why, row.why))
            said = (why, places_text(row), self.tr("{0} 个案例").format(row.cases))
            self.page.say("　" + " · ".join(x for x in said if x), SMALL)

    def _head(self, text: str) -> None:
        self.page.block(HEAD)
        self.page.say(text, HEADING)

    def _say_parts(self, parts: Sequence[Part], block: Block, style: Style) -> None:
        hanging = replace(block, hang=label_room([p.label for p in parts]))
        for part in parts:
            self.page.block(hanging)
            self.page.say(part.label, Style("accent", style.size, bold=True))
            self.page.say(f"\t{part.meaning}", style)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MechanismView", text)
