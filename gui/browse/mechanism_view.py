"""All mechanisms of the library: what each is, what its numerals stand for, who takes part, who has one like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.library.answers import MechanismRow
from core.records import MECHANISM_KINDS, Mechanism, Part
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.columns import Column
from gui.kit.page import Block, Page, Style, label_room
from gui.kit.plain import Label
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Told = tuple[int, Mechanism, str, str]
"""A case's number, the mechanism as that case tells it, the case's title and place."""
_T = "MechanismView"


def kind_text(row: MechanismRow) -> str:
    """The kind in the user's words, empty when it is not known."""
    return MECHANISM_KINDS[row.kind] if row.kind else ""


def places_text(row: MechanismRow) -> str:
    """The places that have it."""
    return "、".join(row.places)


COLUMNS: tuple[Column[MechanismRow], ...] = (
    Column("name", QT_TRANSLATE_NOOP(_T, "机制"), lambda r: r.name, least=140, most=420, weight=2, ink="text"),
    Column("kind", QT_TRANSLATE_NOOP(_T, "类别"), kind_text, "whole"),
    Column("cases", QT_TRANSLATE_NOOP(_T, "案例"), lambda r: grouped(r.cases), "number", key=lambda r: r.cases,
           copied=lambda r: str(r.cases)),
    Column("places", QT_TRANSLATE_NOOP(_T, "地区"), places_text, least=96, most=400),
)  # fmt: skip
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


class MechanismsModel(RecordsModel[MechanismRow]):
    """The mechanisms that pass the filter, in the library's order or sorted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, _T, parent)

    def searched(self, row: MechanismRow) -> str:
        """Return the text that is searched: name, kind, places, note and what each part means."""
        parts = (f"{p.label}{p.meaning}" for p in row.parts)
        return "\n".join((row.name, kind_text(row), places_text(row), row.note, *parts))


class MechanismView(QWidget):
    """The list of mechanisms at the left, the chosen one at the right."""

    mechanism_chosen = Signal(str)
    case_chosen = Signal(object)
    search_wanted = Signal(str)
    copied = Signal(str)
    look_changed = Signal()
    """A person chose other columns, or other widths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MechanismsModel(self)
        self._name = ""
        self._cases: Sequence[Told] = ()
        self._similar: Sequence[MechanismRow] = ()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        theme.notifier.changed.connect(self._set_again)
        self.show_mechanisms(())

    # what the window says

    def show_mechanisms(self, rows: Sequence[MechanismRow]) -> None:
        """Show these mechanisms; the one that was chosen stays chosen where it still is."""
        self.list.show_records(rows)
        if self._row_of(self._name) >= 0:
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
        if self._row_of(name) < 0:
            self.filter.clear()
        row = self._row_of(name)
        if row >= 0:
            self.list.choose(row)

    def state(self) -> str:
        """Return what is to be remembered of the columns."""
        return self.list.look()

    def restore(self, state: str) -> None:
        """Take up remembered columns; what does not fit is left alone."""
        self.list.restore_look(state)

    # inside

    def _build(self) -> None:
        self._count = Label()
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

    def _table(self) -> RecordsView[MechanismRow]:
        view = RecordsView(self.model, self.tr("机制一览"))
        view.chosen.connect(self._say_chosen)
        view.copied.connect(self.copied)
        view.look_changed.connect(self.look_changed)
        self.model.modelReset.connect(self._arranged)
        return view

    def _row_of(self, name: str) -> int:
        return self.model.row_where(lambda row: row.name == name)

    def _arranged(self) -> None:
        shown, there = map(grouped, self.model.counts())
        words = self.tr("机制 {0}").format(there) if shown == there else self.tr("机制 {0} / {1}").format(shown, there)
        self._count.setText(words)
        self._rows.setCurrentWidget(self.list if self.model.rowCount() else self._no_rows)
        if self.model.records and not self.model.rowCount():
            none = self.tr("没有符合「{0}」的机制").format(self.filter.text())
            self._no_rows.say("funnel", none, self.tr("换几个字，或清除筛选。"), self.tr("清除筛选"), "clear")
        elif not self.model.records:
            self._no_rows.say(
                "workflow",
                self.tr("案例库里还没有机制"),
                self.tr("导入版面以后，读到的机制会列在这里。"),
            )
        elif self._name:
            self._select(self._name)

    def _select(self, name: str) -> None:
        """Mark a row without saying that a person chose it."""
        row = self._row_of(name)
        if row >= 0:
            self.list.choose(row, quiet=True)

    def _say_chosen(self, row: MechanismRow) -> None:
        if row.name == self._name:
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
        if self._row_of(name) < 0:
            self.filter.clear()
        if self._row_of(name) >= 0:
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
        known = self.model.record(self._row_of(self._name))
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
        said = (kind_text(row), self.tr("{0} 个案例").format(grouped(row.cases)), places_text(row))
        page.say(" · ".join(x for x in said if x) + "　", SMALL)
        page.say(self.tr("查找这一机制"), Style("accent", 0.8125), "search-0")
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
            said = (why, places_text(row), self.tr("{0} 个案例").format(grouped(row.cases)))
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
