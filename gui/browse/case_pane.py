"""The pane of a case: its page, the steps through what was searched for, and the printed words of a figure lit up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from core.decisions import mechanism_part
from core.decisions.log import FIGURE, PARTS
from core.records import Case, Mechanism, Metric
from gui import theme
from gui.browse.case_page import CasePage, Marks
from gui.browse.hits import HitSteps
from gui.browse.printed import Printed, printed_between
from gui.kit.basics import IconButton
from gui.kit.page import Ground, Page
from gui.kit.plain import Label, entry
from gui.kit.widgets import Notice

if TYPE_CHECKING:
    from core.library.answers import SourceRow
    from gui.browse.case_page import Siblings


class Selected(NamedTuple):
    """Words that are selected in a case, none where they are empty."""

    text: str
    printed: tuple[int, int] | None
    """The offsets of the first and the last character in the source; None where the words stand in our own."""
    line: str
    """The paragraph in which they begin."""


AT_ONCE = 2500
"""So many characters of a case are set before it is shown: some screens full."""
LONG = 4 * AT_ONCE
"""A case of more characters is set in another look in turns of their own, behind the change of all the rest."""
UNNOTICED = 0.016
"""So many seconds at a time the window may be busy with the rest."""


class CasePane(QWidget):
    """Shows one case, or what to do when none is chosen."""

    search_wanted = Signal(str)
    proof_wanted = Signal(str)
    """Where a statement of the case is printed is asked (its part, empty for the first)."""
    metric_chosen = Signal(object)
    mechanism_chosen = Signal(str)
    case_chosen = Signal(object)
    source_chosen = Signal(object)
    """Another page on which the case is printed is wanted (its ``SourceRow``)."""
    """The number of a reprint or near-copy."""
    copied = Signal(str)
    menu_made = Signal(QMenu)
    """The menu is about to be shown; others may put entries into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: Case | None = None
        self._source = ""
        self._siblings: Siblings = ()
        self._also: Sequence[SourceRow] = ()
        self._marks: Marks = _no_marks
        self._opened: set[str] = set()
        self._evidence: dict[int, list[Ground]] = {}
        self._runs: list[Printed] = []
        self._lit: Metric | None = None
        self._hit = 0
        """The hit that is looked at, from 0."""
        self._waits_for_hit = False
        """Whether the first hit of a long page is still to come into view."""
        self._steps: Iterator[None] = iter(())
        """What is still to be set of the page."""
        self._enough = 0
        """So many characters of it are set before it is shown."""
        self._is_coming = False
        """Whether the page before is shown until so many are."""
        self._setting_on = QTimer(self, interval=1)
        self._setting_on.timeout.connect(self._set_on)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        theme.notifier.changed.connect(self._set_again)
        self.show_case(None, "", _no_marks)

    # what the window says

    def show_case(
        self,
        case: Case | None,
        source_text: str,
        marks: Marks,
        siblings: Siblings = (),
        also: Sequence[SourceRow] = (),
    ) -> None:
        """Show a case with the hits of a search marked; ``source_text`` is what its spans count in, may be empty.

        ``siblings`` are named at its foot, and the pages ``also`` on which it is printed. Of a long case the beginning
        is set at once and the rest while it is read.
        """
        same = case is not None and self._case is not None and case.id == self._case.id
        before = self.page.hits()
        self._case, self._source, self._marks, self._siblings = case, source_text, marks, siblings
        self._also = also
        if not same:
            self._lit = None
            self._opened = {m.name for m in case.mechanisms} if case and len(case.mechanisms) == 1 else set()
        self._stack.setCurrentWidget(self._reading if case else self._nothing)
        if case is None:
            words = self.tr("在列表里点一个案例，或按 Ctrl+F 查找。")
            self._nothing.say("book-open", self.tr("还没有选中案例"), words)
        self._set(keep_place=same)
        if not same or self.page.hits() != before:
            self._hit, self._waits_for_hit = 0, True
            self._point(reveal=True)

    def say_marks(self, marks: Mapping[str, str]) -> None:
        """Say which decisions on the case want a person's word again, and that F2 shows them."""
        parts = [PARTS.get(part, self.tr("数据") if part.startswith(FIGURE) else self.tr("机制")) for part in marks]
        differ = "conflict" in marks.values()
        head = self.tr("有分歧或需复核") if differ else self.tr("需复核（读出的和决定时不同了）")
        self._doubts.setText(self.tr("{0}：{1}").format(head, "、".join(dict.fromkeys(parts))))
        self._doubts.setVisible(bool(marks))

    def shows(self, case_id: str) -> bool:
        """Whether that case is what is shown now."""
        return self._case is not None and self._case.id == case_id

    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Return the mechanisms of the case that is shown."""
        return self._case.mechanisms if self._case is not None else ()

    def is_whole(self, case_id: str) -> bool:
        """Whether that case is shown from its first word to its last."""
        return self.shows(case_id) and self.is_set()

    def is_set(self) -> bool:
        """Whether nothing of the page is still to be set."""
        return not self._setting_on.isActive()

    def say_opening(self, title: str) -> None:
        """Say that a case is being opened, in the place of what was shown."""
        self.show_case(None, "", _no_marks)
        self._nothing.say("book-open", self.tr("正在打开…"), title)

    def has_hits(self) -> bool:
        """Whether words that were searched for stand on the page."""
        return bool(self.page.hits())

    def step_hit(self, step: int) -> None:
        """Look at the next hit (1) or the one before (-1), round at the ends."""
        if hits := self.page.hits():
            self._hit = (self._hit + step) % len(hits)
            self._point(reveal=True)

    def _point(self, reveal: bool) -> None:
        hits = self.page.hits()
        self._hit = min(self._hit, max(0, len(hits) - 1))
        self.hits.show_place(self._hit, len(hits))
        if hits:
            self._waits_for_hit = False
            self.page.point_at(hits[self._hit], reveal)

    def light_up(self, metric: Metric | None) -> None:
        """Let a figure's printed words shine and bring them into view; say so when they were not found."""
        self._lit = metric
        grounds = self._grounds_of(metric)
        self.page.light(grounds)
        missing = metric is not None and not grounds and not self._setting_on.isActive()
        self._missing.setVisible(missing)
        if metric is not None and missing:
            words = self.tr("未找到出处：「{0}」没有对应的原文。")
            self._missing.setText(words.format(metric.printed or metric.indicator))

    def reveal_lit(self) -> None:
        """Bring the words of the figure that shines into view again."""
        if self._lit is not None:
            self.light_up(self._lit)

    def copy(self) -> str:
        """Copy the chosen text; what was copied."""
        return self.page.copy_selection()

    def copy_with_source(self) -> str:
        """Copy the chosen text, or the whole page, with its source line under it; what was copied."""
        if self._case is None:
            return ""
        text = self.page.selected_text()
        if not text:
            self._set_all()
            text = self.page.plain_text()
        out = f"{text.strip()}\n{self.source_line()}"
        QGuiApplication.clipboard().setText(out)
        self.copied.emit(out)
        return out

    def source_line(self) -> str:
        """Where the case was printed, as it goes under a copied text."""
        if self._case is None:
            return ""
        known = [c.text() for c in self._case.citations if c.text()]
        return self.tr("（出处：{0}）").format("；".join(known) or f"《{self._case.title}》")

    def selected(self) -> Selected:
        """Return the words that are selected, and where they were printed."""
        cursor = self.page.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = self.page.document().findBlock(start)
        line = self.page.text_between(block.position(), block.position() + block.length() - 1)
        place = printed_between(self._source, self._runs, start, end) if start < end else None
        return Selected(self.page.selected_text().strip(), place, line.strip())

    def menu(self) -> QMenu:
        """The menu for what is chosen now."""
        menu = QMenu(self)
        chosen = self.page.selected_text().strip()
        copy = menu.addAction(self.tr("复制") + "\tCtrl+C", self.copy)
        copy.setEnabled(bool(chosen))
        menu.addAction(self.tr("复制并附出处") + "\tCtrl+Shift+C", self.copy_with_source)
        menu.addSeparator()
        if chosen and "\n" not in chosen:
            short = chosen if len(chosen) <= 12 else chosen[:12] + "…"
            menu.addAction(self.tr("查找「{0}」").format(entry(short)), lambda: self.search_wanted.emit(chosen))
        menu.addAction(self.tr("全选") + "\tCtrl+A", self.page.selectAll)
        menu.addAction(self.tr("查出处…") + "\tF8", lambda: self.proof_wanted.emit(""))
        self.menu_made.emit(menu)
        return menu

    # inside

    def _build(self) -> None:
        self.page = Page(self.tr("案例正文"))
        self.page.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.page.customContextMenuRequested.connect(self._open_menu)
        self.page.followed.connect(self._follow)
        self.page.copied.connect(self.copied)
        self.page.entered.connect(self.step_hit)
        self.hits = HitSteps()
        self.hits.stepped.connect(self.step_hit)
        self._missing = Label()
        self._missing.setProperty("role", "missing")
        self._missing.setWordWrap(True)
        self._missing.hide()
        self._doubts = Label()
        self._doubts.setProperty("role", "missing")
        self._doubts.setWordWrap(True)
        self._doubts.hide()
        self._nothing = Notice()
        self._reading = QWidget()
        column = QVBoxLayout(self._reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._tools())
        column.addWidget(self.page, 1)
        column.addWidget(self._missing)
        column.addWidget(self._doubts)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self._nothing)
        self.setFocusProxy(self.page)

    def _tools(self) -> QHBoxLayout:
        self.head = row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_M, theme.GAP_S, theme.GAP_M, 0)
        row.setSpacing(theme.GAP_XS)
        row.addStretch(1)
        row.addWidget(self.hits)
        row.addSpacing(theme.GAP_S)
        for name, tip, act in (
            ("a-arrow-down", self.tr("文字小一些 (Ctrl+-)"), lambda: self._resize(-1)),
            ("a-arrow-up", self.tr("文字大一些 (Ctrl++)"), lambda: self._resize(1)),
            ("quote", self.tr("复制并附出处 (Ctrl+Shift+C)"), self.copy_with_source),
        ):
            button = IconButton(name, tip)
            button.clicked.connect(act)
            row.addWidget(button)
        return row

    def _resize(self, by: int) -> None:
        theme.set_reading_size(theme.reading_size() + by)

    def _set_again(self) -> None:
        """Set the page in another look; a long one while the one before is still shown."""
        self._set(keep_place=True, soon=self.page.document().characterCount() > LONG)

    def _set(self, keep_place: bool, soon: bool = False) -> None:
        self._setting_on.stop()
        self._enough = AT_ONCE + (self.page.last_in_sight() if keep_place else 0)
        self._is_coming = True
        self.page.start(keep_place)
        self._evidence, self._runs, self._steps = {}, [], iter(())
        if self._case is not None:
            setting = CasePage(
                self.page, self._case, self._source, self._marks, self.tr, self._opened, self._siblings, self._also
            )
            self._evidence, self._runs, self._steps = setting.evidence, setting.runs, setting.set()
        if soon:
            self._setting_on.start()
        else:
            self._show_what_is_set(whole=not any(self.page.here() >= self._enough for _ in self._steps))

    def _show_what_is_set(self, whole: bool) -> None:
        self._is_coming = False
        self.page.finish()
        self._point(reveal=False)
        self.page.light(self._grounds_of(self._lit), reveal=False)
        if self._lit is None:
            self._missing.hide()
        if whole:
            self._setting_on.stop()
        else:
            self._setting_on.start()

    def _set_on(self) -> None:
        """Set more of a long page, for as long as nobody notices; then the figure that waits for its words shines."""
        until = time.perf_counter() + UNNOTICED
        if self._is_coming:
            whole = not any(self.page.here() >= self._enough or time.perf_counter() > until for _ in self._steps)
            self.page.lay_out()
            if whole or self.page.here() >= self._enough:
                self._show_what_is_set(whole)
            return
        with self.page.go_on():
            whole = not any(time.perf_counter() > until for _ in self._steps)
        if whole:
            self._setting_on.stop()
        self._point(reveal=self._waits_for_hit)
        if self._lit is not None and not self.page.lit():
            self.light_up(self._lit)

    def _set_all(self) -> None:
        """Set what is still to be set, for somebody who wants the whole page."""
        if self._is_coming:
            self._show_what_is_set(whole=False)
        with self.page.go_on():
            for _ in self._steps:
                pass
        self._setting_on.stop()

    def _grounds_of(self, metric: Metric | None) -> list[Ground]:
        at = self._index_of(metric)
        return self._evidence.get(at, []) if at is not None else []

    def _index_of(self, metric: Metric | None) -> int | None:
        metrics: Sequence[Metric] = self._case.metrics if self._case else ()
        if metric is None:
            return None
        same = (i for i, m in enumerate(metrics) if (m.id == metric.id if metric.id else m == metric))
        return next(same, None)

    def _follow(self, link: str) -> None:
        what, _, number = link.partition("-")
        if self._case is None or not number.isdigit():
            return
        at = int(number)
        if what == "figure":
            self.light_up(self._case.metrics[at])
            self.metric_chosen.emit(self._case.metrics[at])
        elif what == "chip":
            self._opened ^= {self._case.mechanisms[at].name}
            self._set(keep_place=True)
        elif what == "search":
            self.search_wanted.emit(self._case.mechanisms[at].name)
        elif what == "mechanism":
            self.mechanism_chosen.emit(self._case.mechanisms[at].name)
        elif what == "proof":
            self.proof_wanted.emit("")
        elif what == "printed":
            self.proof_wanted.emit(mechanism_part(self._case.mechanisms[at].id))
        elif what == "sibling":
            self.case_chosen.emit(self._siblings[at][0].num)
        elif what == "also":
            self.source_chosen.emit(self._also[at])

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.page.viewport().mapToGlobal(at))


def _no_marks(text: str) -> list[tuple[int, int]]:
    return []
