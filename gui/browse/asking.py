"""Asks the library for what stands in the search box, the filters and at the left, and shows the list it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.browsing import (
    UNASKED,
    Apart,
    Counted,
    Listed,
    Question,
    answer,
    is_asking,
    moved,
    places_for,
    rows_in_pages,
)
from core.library import Query
from core.places.areas import NO_PLACE
from core.writing.figure_text import grouped
from gui.kit.notices import Empty, notice_apart, notice_for
from gui.shell.settings import Settings
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.library import Hits
    from gui.browse.views import Views


@dataclass(frozen=True, slots=True)
class Scope:
    """What the list is narrowed to at the left: everything, a node of the tree, a selection, a source."""

    kind: str = "all"
    title: str = ""
    query: Query = UNASKED


class Asking(QObject):
    """The question as it stands, and the answers as they come; only the latest question is answered."""

    settled = Signal()
    """The list and the tree show the answer to the last question."""
    listed = Signal(object)
    """The list shows these cases (a ``Listed``)."""
    left_page = Signal()
    """A search begun on a page of its own goes through all cases."""

    def __init__(self, shell: Shell, views: Views, settings: Settings, cache: Path) -> None:
        super().__init__(shell)
        self._shell, self._views, self._settings, self._cache = shell, views, settings, cache
        self.asked, self.scope = UNASKED, self.everything()
        self._listed: Listed | None = None
        self._hits: Hits | None = None
        self._apart = self._arrived = ""

    # ---- the question

    def everything(self) -> Scope:
        """Return the scope of all cases."""
        return Scope(title=self.tr("全部案例"))

    def forget(self, *, keep_words: bool = False) -> None:
        """Begin anew in another library; ``keep_words``: what stands in the search box was typed for this one."""
        self.asked, self.scope = UNASKED, self.everything()
        self.forget_answer()
        if self._views.has_panes():
            self._views.list.choose_none()
        if not keep_words:
            self._views.search.set_words("")

    def forget_answer(self) -> None:
        """The library that gave the last answer is closed."""
        self._listed = self._hits = None

    def ask(self) -> None:
        """Search and count in the library's thread."""
        self.show_order()
        tree = self._views.tree
        question = Question(self.asked, self.scope.query, tree.by(), frozenset(tree.fetched_keys()))
        job = self._shell.begin(lambda library: answer(library, question, self._cache), "search")
        if job is not None:
            job.stepped.connect(self._take_answer)
            job.finished.connect(self.settled)

    def narrow(self, scope: Scope) -> None:
        """Ask within another scope."""
        self.scope = scope
        self.ask()

    def take_words(self, words: str) -> None:
        """Take what was typed into the search box."""
        self.asked = replace(self.asked, words=words)
        self._ask_from_anywhere(bool(words.strip()))

    def take_query(self, query: Query) -> None:
        """Take new filters, from the chips, the sheet or the overview."""
        self.asked = query
        self.show_filters()
        self._ask_from_anywhere(is_asking(query))

    def take_narrowing(self, query: Query) -> None:
        """Narrow by what was pressed in the overview, whatever was asked before."""
        self._views.search.set_words(query.words)
        self.take_query(replace(query, order=self.asked.order, descending=self.asked.descending))

    def take_sources(self, sources: Sequence[str], words: str) -> None:
        """Ask for the cases of these sources alone, by one filter that is called so; the order stays."""
        self.unask()
        self._arrived = words
        self.asked = replace(self.asked, sources=tuple(sources))
        self.show_filters()

    def take_order(self, order: str, descending: bool) -> None:
        """Take another order of the list, and remember it."""
        self.asked = replace(self.asked, order=order, descending=descending)  # type: ignore[arg-type]
        self._settings.keep("list/order", [order, "1" if descending else "0"])
        self.ask()

    def restore_order(self) -> None:
        """Take the order that was chosen the last time."""
        order = self._settings.texts("list/order")
        if len(order) == 2:
            self.asked = Query(order=order[0], descending=order[1] == "1")  # type: ignore[arg-type]

    def unask(self) -> None:
        """Drop words and filters; the order stays."""
        self.asked = Query(order=self.asked.order, descending=self.asked.descending)
        self._views.search.set_words("")
        self.show_filters()

    def _ask_from_anywhere(self, asking: bool) -> None:
        if asking and not self._views.is_browsing():
            self.left_page.emit()
        else:
            self.ask()

    # ---- the answer

    def _take_answer(self, part: Listed | Counted | Apart) -> None:
        if isinstance(part, Listed):
            self._listed = part
            self._say_found(part)
            self.show_listed()
        elif isinstance(part, Apart):
            self._apart = part.words
            self._views.list.show_notice(*notice_apart(part.question.asked.words, part.words, part.found))
        else:
            self._hits = part.hits
            hits = None if part.hits is None else len(part.hits)
            self._views.tree.show_tree(part.branches, part.total, hits, part.mechanisms, part.progress, part.starred)

    def show_listed(self) -> None:
        """Show the last answer in the list, when there is one and the list was made."""
        part = self._listed
        if part is None or not self._views.has_panes():
            return
        cases, query = self._views.list, part.query
        if not part.nums:
            words, filtered = self.asked.words, is_asking(replace(self.asked, words=""))
            cases.show_notice(*notice_for(Empty(words, filtered, self.scope.kind, self.scope.title, part.found)))
        cases.set_ordered(bool(query.selection) and query.order == "rank" and not query.words)
        marks = self.marks if query.words.strip() else None
        cases.show_cases(part.nums, self._shell.library.cases.rows, marks, part.snippets)
        self._say_count(part)
        self.listed.emit(part)

    def listed_nums(self) -> tuple[Sequence[int] | None, str]:
        """Return the cases of the last answer in its order, and what they are; None for the whole library."""
        if self._listed is None or not (is_asking(self.asked) or is_asking(self.scope.query)):
            return None, self.tr("整个案例库")
        words = [self.scope.title] if is_asking(self.scope.query) else []
        words += [self.tr("查找「{0}」").format(self.asked.words.strip())] if self.asked.words.strip() else []
        return self._listed.nums, " · ".join(words) or self.tr("筛选出的案例")

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Return where the words of the last answer stand in a text (half open)."""
        query = self._listed.query if self._listed is not None else UNASKED
        return self._shell.library.search.marks(text, query) if query.words.strip() and self._shell.session else []

    def show_moved(self, nums: Sequence[int], at: int) -> None:
        """Show at once the order that is being written, so that the next move goes on from there."""
        if self._listed is not None:
            order = moved(self._listed.nums, nums, at)
            self._listed = replace(self._listed, nums=order)
            self._views.list.show_cases(order, self._shell.library.cases.rows)

    def _say_found(self, part: Listed) -> None:
        """Say beside the search box how many cases were found."""
        found = self.tr("{n} 例").format(n=grouped(part.found)) if is_asking(self.asked) else ""
        self._views.search.show_found(found)

    def _say_count(self, part: Listed) -> None:
        count = grouped(len(part.nums))
        if is_asking(self.asked) and is_asking(self.scope.query) and part.found != len(part.nums):
            count += f" / {grouped(part.found)}"
        self._views.list.show_title(self.scope.title or self.tr("全部案例"), self.tr("{n} 例").format(n=count))

    def show_order(self) -> None:
        """Say above the list in which order it stands."""
        if not self._views.has_panes():
            return
        rank = self.tr("相关程度") if self.asked.words.strip() else ""
        if self.scope.kind == "selection" and not rank:
            rank = self.tr("汇编里的顺序")
        self._views.list.show_order(self.asked.order, self.asked.descending, rank)

    # ---- filters

    def show_filters(self) -> None:
        """Show what is filtered, as chips and in the sheet."""
        self._views.sheet.show_query(self.asked)
        self._views.search.show_filters(self._views.chips.show_query(self.asked, self._place_name, self._arrived))

    def find_places(self, typed: str) -> None:
        """Look up the places that typed text may mean, for the sheet."""
        show = self._views.sheet.show_places
        self._shell.ask(lambda library: places_for(typed), lambda found: show(typed, found), "places")

    def _place_name(self, code: str) -> str:
        if name := self._views.sheet.name_of(code):
            return name
        if "/" in code:
            return code.rstrip("=").split("/")[-1]
        from core.places.gazetteer import place

        names = place(code.rstrip("=")).names
        return names[-1] if names else code.rstrip("=") or NO_PLACE

    def search_apart(self) -> None:
        """Search for the words of a run of characters that stands nowhere."""
        self._views.search.set_words(self._apart)
        self._views.search.focus()

    # ---- what the list and the tree want later

    def fetch_snippets(self, nums: Sequence[int]) -> None:
        """Fetch the passages around the hits of these cases."""
        part = self._listed
        if part is None:
            return

        def show(found: Any) -> None:
            if self._listed is not None and self._listed.query is part.query:
                self._views.list.model.show_snippets(found)

        self._shell.ask(lambda library: library.search.snippets(nums, part.query), show)

    def fetch_children(self, key: tuple[str, ...]) -> None:
        """Fetch the nodes under a node of the tree."""
        tree, hits = self._views.tree, self._hits
        by = tree.by()

        def show(nodes: Any) -> None:
            if by == tree.by() and hits is self._hits:
                tree.show_children(key, nodes)

        self._shell.ask(lambda library: library.contents.tree(by, hits, key), show)

    def copy_rows(self, nums: Sequence[int], columns: Sequence[int]) -> None:
        """Put rows on the clipboard as cells; they are read in the library's thread."""
        from gui.browse.case_rows import lines_of, numbers_of, title_of
        from gui.kit import cells

        texts: list[str] = []
        tables: list[str] = []

        def take(rows: Any) -> None:
            lines = lines_of(rows, columns)
            texts.append(cells.text_of(lines))
            tables.append(cells.rows_of(lines, numbers_of(columns)))

        def finish() -> None:
            mime = cells.mime_of([title_of(c) for c in columns], "\n".join(texts), "".join(tables))
            QGuiApplication.clipboard().setMimeData(mime)
            self._shell.say(self.tr("已复制 {n} 行，可以粘贴到 Word 和表格里").format(n=grouped(len(nums))))

        job = self._shell.begin(lambda library: rows_in_pages(library, nums), "copy") if nums else None
        if job is not None:
            job.stepped.connect(take)
            job.finished.connect(finish)
