"""The area of browsing: search box, tree, list, case, overview and mechanisms, joined with each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from core.library import Query
from core.writing.figure_text import grouped
from gui.browse.asking import Asking
from gui.browse.binning import Binning
from gui.browse.case_tree import ALL, OVERVIEW
from gui.browse.choosing import Choosing
from gui.browse.collecting import Collecting
from gui.browse.editing import Editing
from gui.browse.filters import without_filters
from gui.browse.proving import Proving
from gui.browse.quoting import Quoting
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.kit.notices import no_library
from gui.shell.settings import RECENT_SEARCHES, Settings
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from gui.browse.panes import Browsing
    from gui.shell.long import Doing

RETURNING = "places/returning"
"""The setting that names the case that a start is opening by itself."""
RETURNED_MS = 2000
"""A window that still answers after this has opened its case well."""
QUIET_MS = 400
"""How long after the first page is there what a person is likely to want next is made."""


class Browse(QObject):
    """What the menus do while a library is read, and how the panes speak with each other."""

    settled = Signal()
    """The list and the tree show the answer to the last question."""
    changed = Signal()
    """What is chosen or shown is another: other things can be done now."""
    acted = Signal(str)
    """A button of a notice was pressed that other areas answer: "default", "import"."""
    entered_case = Signal()
    """A person went from the list into the case."""
    menu_wanted = Signal(QPoint)
    """The menu of the list is wanted at this place of the screen."""

    def __init__(
        self, shell: Shell, views: Views, settings: Settings, cache: Path, say_figures: Callable[[str], None]
    ) -> None:
        super().__init__(shell)
        self._shell, self._settings, self._say_figures = shell, settings, say_figures
        self.views = views
        self.asking = Asking(shell, views, settings, cache)
        self.showing = Showing(shell, views, self.asking)
        self.choosing = Choosing(shell, views, self.asking, self.showing, settings, say_figures)
        self.collecting = Collecting(shell, views, self.asking, self.choosing)
        self.editing = Editing(shell, views, self.showing)
        self.binning = Binning(shell, views)
        self.proving = Proving(shell, views, self.showing)
        self.quoting = Quoting(shell, views, self.showing)
        self._several = self._opened = False
        self._connect()

    # ---- what the menus do

    def undo(self) -> None:
        """Take back the last change of the library."""
        self._in_steps(lambda library: library.undo_in_steps(), self.tr("正在撤销"), self.tr("已撤销：{what}"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._in_steps(lambda library: library.redo_in_steps(), self.tr("正在重做"), self.tr("已重做：{what}"))

    def _in_steps(self, do: Doing, head: str, said: str) -> None:
        session = self._shell.session
        self._shell.change_in_steps(do, len(session.undo_cases) if session else 0, head, said)

    def remove(self) -> None:
        """Take the chosen figures out of their case, or cases out of their selection, or into the bin."""
        views = self.views
        nums = views.list.chosen_nums()
        if views.selections.view.hasFocus():
            self.collecting.remove_selection()
        elif views.is_browsing() and views.metrics.holds_focus():
            self.editing.figures.remove()
        elif views.list.table.hasFocus() and nums and self.choosing.selection():
            self.collecting.drop_out()
        elif views.list.table.hasFocus() and nums:
            self.binning.put_in(nums)

    def copy_with_source(self) -> None:
        """Copy from the pane or the figures, with the line that says where it was printed."""
        focused = QApplication.focusWidget()
        self.showing.copy_with_source(focused is not None and self.views.metrics.isAncestorOf(focused))

    def has_chosen_cases(self) -> bool:
        """Whether cases are chosen in the list."""
        return self.views.has_panes() and self.views.list.table.selectionModel().hasSelection()

    def what_is_chosen(self) -> tuple[Sequence[int] | None, str]:
        """Return the cases that a person chose, at least two of them, else those that are listed; and what that is."""
        nums = self.views.list.chosen_nums() if self.has_chosen_cases() else []
        if len(nums) > 1 and self.views.is_browsing():
            return nums, self.tr("选中的 {n} 例").format(n=grouped(len(nums)))
        return self.asking.listed_nums()

    def to_compare(self) -> tuple[Sequence[int], str]:
        """Return the cases to be compared: those chosen in the list when they are several, else all that it lists.

        The words say where those that are listed stand; they are empty for chosen ones.
        """
        count, title = self.many_to_compare()
        if count and not title:
            return self.views.list.chosen_nums(), ""
        return (self.views.list.model.nums if count else ()), title

    def many_to_compare(self) -> tuple[int, str]:
        """Return how many cases are to be compared, and the words of ``to_compare``."""
        if not self.views.has_panes() or self._shell.session is None:
            return 0, ""
        chosen = self.views.list.chosen_count()
        if chosen > 1:
            return chosen, ""
        return len(self.views.list.model.nums), self.asking.scope.title or self.tr("列出的案例")

    def has_cell(self) -> bool:
        """Whether a cell of the map that has cases is the current one."""
        return self.cell() is not None

    def cell(self) -> tuple[Query, str] | None:
        """Return the query of the current cell of the map with its words; None where it has no cases."""
        if not self.views.has_overview():
            return None
        from gui.browse.heat import QueryRole  # with the overview, which a start may not show

        index = self.views.overview.heat.currentIndex()
        if not index.isValid() or not index.data():
            return None
        return index.data(QueryRole), str(index.data(Qt.ItemDataRole.AccessibleTextRole)).partition("：")[0]

    # ---- another library, another state of it

    def open_library(self) -> None:
        """Show the library that was opened, as it was left; the overview the first time."""
        self.asking.forget(keep_words=not self._opened)
        self._opened = True
        self.showing.forget()
        self.asking.restore_order()
        self._restore_place()
        self.asking.show_filters()
        self.renew()

    def renew(self) -> None:
        """Show everything again after a change; what is open and chosen stays so."""
        library = self._shell.library
        self.views.selections.show_selections(library.selections.rows())
        self.views.sources.show_sources(library.pages.rows())
        self.choosing.follow_selection()
        self.choosing.fetch_pages()
        self.asking.ask()
        self.changed.emit()

    def say_no_library(self) -> None:
        """Say that none is open, and what to do."""
        self.views.list.show_notice(*no_library())
        self.views.show_panes()

    def close_library(self) -> None:
        """Remember what is open and chosen in this library, and forget what it answered."""
        self._keep_place()
        self._say_returning("")
        self.asking.forget_answer()
        if self.views.has_panes():
            self.views.list.model.show_nums((), lambda nums: ())  # its rows were read from the library that goes

    def _keep_place(self) -> None:
        library, tree, num = self._shell.library, self.views.tree, self.showing.num()
        rows = library.cases.rows([num]) if num is not None else []
        place = {"by": tree.by(), "tree": tree.state(), "case": rows[0].id if rows else ""}
        self._settings.keep(f"places/{library.id}", json.dumps(place, ensure_ascii=False))

    def _restore_place(self) -> None:
        tree = self.views.tree
        try:
            place = json.loads(self._settings.text(f"places/{self._shell.library.id}", "{}"))
            known = place.get("by") == tree.by()
            state, case_id = place.get("tree"), str(place.get("case", ""))
        except (ValueError, AttributeError):
            known, state, case_id = False, None, ""
        tree.restore_state(state if known else [[], [list(OVERVIEW)]])
        self.settled.connect(lambda: self._return_to(case_id), Qt.ConnectionType.SingleShotConnection)

    def _return_to(self, case_id: str) -> None:
        """Now that the tree is there: choose what was chosen, and the case again.

        A case during whose return the program was ended is not opened by itself again: it may have been the reason.
        """
        if case_id and case_id == self._settings.text(RETURNING):
            self._shell.say(self.tr("上次重新打开这个案例时程序没有正常结束，这次没有自动打开它。"))
            case_id = ""
        self._say_returning(case_id)
        self.showing.want(case_id)
        QTimer.singleShot(RETURNED_MS, self, lambda: self._say_returning(""))
        if self.views.tree.chosen_node() is None:
            self.views.tree.choose(ALL)
        self.choosing.take_node(self.views.tree.chosen_node())
        if words := self.views.search.words():
            self.asking.take_words(words)  # somebody typed before the library was there
        QTimer.singleShot(QUIET_MS, self, lambda: self.views.panes)  # so that the first click on a place is quick

    def _say_returning(self, case_id: str) -> None:
        """Leave word for the next start, on the disk, which case is being opened by itself."""
        if case_id != self._settings.text(RETURNING):
            self._settings.keep(RETURNING, case_id)
            self._settings.write()

    # ---- joining the views

    def _connect(self) -> None:
        views, asking = self.views, self.asking
        asking.settled.connect(self.settled)
        self.showing.shown.connect(self.changed)
        self.choosing.chosen.connect(self.changed)
        views.search.asked.connect(asking.take_words)
        views.search.kept.connect(self._keep_search)
        views.search.entered.connect(self._enter_page)
        views.chips.changed.connect(asking.take_query)
        views.sheet.changed.connect(asking.take_query)
        views.sheet.places_wanted.connect(asking.find_places)
        views.sheet.closed.connect(views.search.focus)
        views.panes_made.connect(self._join)
        views.overview_made.connect(lambda overview: overview.acted.connect(self._act))
        for pane in (views.tree, views.selections, views.sources):
            pane.entered.connect(self._enter_page)

    def _join(self, panes: Browsing) -> None:
        """Join list, case and figures with the rest, and show what was asked for last."""
        cases = panes.list
        cases.selection_changed.connect(self._say_chosen)
        cases.entered.connect(self._enter_case)
        cases.order_chosen.connect(self.asking.take_order)
        cases.copy_wanted.connect(self.asking.copy_rows)
        cases.menu_wanted.connect(self.menu_wanted)
        cases.acted.connect(self._act)
        cases.star_wanted.connect(self.editing.star_one)
        cases.model.snippets_wanted.connect(self.asking.fetch_snippets)
        panes.pane.search_wanted.connect(self.views.search.set_words)
        panes.pane.mechanism_chosen.connect(self.choosing.show_mechanism)
        panes.pane.source_chosen.connect(self.choosing.show_source)
        panes.pane.copied.connect(lambda text: self._shell.say(self.tr("已复制")))
        panes.metrics.copied.connect(lambda text: self._shell.say(self.tr("已复制，可以粘贴到 Word 和表格里")))
        self.asking.show_order()
        self.asking.show_listed()

    def _act(self, act: str) -> None:
        """Do what the button of a notice says."""
        do: dict[str, Callable[[], None]] = {
            "all": self.choosing.show_all,
            "unfilter": lambda: self.asking.take_query(without_filters(self.asking.asked)),
            "apart": self.asking.search_apart,
            "clear": self._clear_search,
        }
        do.get(act, lambda: self.acted.emit(act))()

    def _clear_search(self) -> None:
        self.views.search.set_words("")
        self.views.search.focus()

    def _say_chosen(self, chosen: int) -> None:
        if chosen > 1:
            self._shell.say(self.tr("选中 {n} 例").format(n=grouped(chosen)))
        elif self._several:
            self._say_figures("")
        self._several = chosen > 1

    def _enter_page(self) -> None:
        """Move the focus from the search box or the tree into the page that they lead to."""
        if not self.views.is_browsing():
            self._shell.focus_page()
            return
        self.views.list.table.setFocus()
        if self.views.list.chosen_num() is None:
            self.views.list.choose_first()

    def _enter_case(self) -> None:
        self.entered_case.emit()
        self.views.pane.setFocus()

    def _keep_search(self, words: str) -> None:
        self.views.search.show_history(self._settings.keep_first("search/history", words, RECENT_SEARCHES))
