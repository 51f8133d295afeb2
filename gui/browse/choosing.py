"""Follows what is chosen at the left: a place, a theme, a selection, a source, the overview, the mechanisms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.library import Query
from core.writing.figure_text import grouped
from gui.browse.asking import Asking, Scope
from gui.browse.case_tree import ALL, MECHANISMS, OVERVIEW
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.shell.settings import Settings
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.library import Library
    from core.library.answers import SourceRow
    from gui.browse.mechanism_view import MechanismView
    from gui.browse.overview import Overview

OFFERED = 5000
"""So many names of mechanisms are offered while one is typed, the most used first; others are found by searching."""


class Choosing(QObject):
    """Narrows the list, or shows a page of its own in its place."""

    chosen = Signal()
    """Something else is chosen at the left."""

    def __init__(
        self,
        shell: Shell,
        views: Views,
        asking: Asking,
        showing: Showing,
        settings: Settings,
        say_figures: Callable[[str], None],
    ) -> None:
        super().__init__(shell)
        self._shell, self._views, self._asking, self._showing = shell, views, asking, showing
        self._settings, self._say_figures = settings, say_figures
        asking.left_page.connect(self.show_all)
        showing.not_listed.connect(self.show_all)
        views.overview_made.connect(self._join_overview)
        views.mechanisms_made.connect(self._join_mechanisms)
        views.tree.node_chosen.connect(self.take_node)
        views.tree.by_chosen.connect(self._take_by)
        views.tree.children_wanted.connect(asking.fetch_children)
        views.selections.selection_chosen.connect(self._take_selection)
        views.sources.source_chosen.connect(self._take_source)

    def selection(self) -> str:
        """Return the selection whose cases are listed, empty for none."""
        return self._asking.scope.query.selection

    # ---- narrowing the list

    def take_node(self, node: Any) -> None:
        """Follow a node of the tree."""
        self._views.selections.choose("")
        self._views.sources.choose("")
        if node.key == OVERVIEW:
            self._show_page(self._views.overview)
        elif node.key == MECHANISMS:
            self._show_page(self._views.mechanisms)
        elif node.key == ALL:
            self._narrow(self._asking.everything())
        else:
            self._narrow(Scope("node", self._views.tree.chosen_title(), node.query))

    def show_all(self) -> None:
        """List every case of the library."""
        self._views.selections.choose("")
        self._views.sources.choose("")
        self._views.tree.choose(ALL)
        self._narrow(self._asking.everything())

    def show_cases(self, sources: Sequence[str], words: str) -> None:
        """List the cases of these sources alone under a filter that is called so, the first of them chosen."""
        self._views.show_panes()
        self._views.selections.choose("")
        self._views.sources.choose("")
        self._views.tree.choose(ALL)
        self._asking.take_sources(sources, words)
        self._showing.begin_at_first()
        self._narrow(self._asking.everything())

    def show_source(self, row: SourceRow) -> None:
        """List the cases of a page, and choose it among the sources."""
        from gui.browse.sources import source_text

        self._views.sources.set_folded(False)
        self._views.sources.choose(row.id)
        self._take_source(row.id, source_text(row))

    def swap_tree(self) -> None:
        """Order the tree by place or by theme, whichever it is not."""
        tree = self._views.tree
        tree.segments.choose("theme" if tree.by() == "place" else "place")
        self._take_by(tree.by())

    def _narrow(self, scope: Scope) -> None:
        self._views.show_panes()
        self._asking.narrow(scope)
        self.chosen.emit()

    def _take_selection(self, selection_id: str) -> None:
        self._views.tree.choose_none()
        self._views.sources.choose("")
        name = next((row.name for row in self._shell.library.selections.rows() if row.id == selection_id), "")
        self._narrow(Scope("selection", name, Query(selection=selection_id)))

    def _take_source(self, source_id: str, name: str) -> None:
        self._views.tree.choose_none()
        self._views.selections.choose("")
        self._narrow(Scope("source", name, Query(sources=(source_id,))))

    def _take_by(self, by: str) -> None:
        self._settings.keep("tree/by", by)
        if self._asking.scope.kind == "node":
            self._views.tree.choose(ALL)
            self._asking.scope = self._asking.everything()
        self._asking.ask()

    def follow_selection(self) -> None:
        """Take over a new name of the selection that is listed; go to all cases when it is gone."""
        if self._asking.scope.kind != "selection":
            return
        row = next((r for r in self._shell.library.selections.rows() if r.id == self.selection()), None)
        everything = self._asking.everything()
        self._asking.scope = replace(self._asking.scope, title=row.name) if row else everything
        if row is None:
            self._views.tree.choose(ALL)

    # ---- overview and mechanisms

    def show_overview(self) -> None:
        """Show what is in the library."""
        self._views.tree.choose(OVERVIEW)
        self._show_page(self._views.overview)

    def show_mechanisms(self) -> None:
        """Show all mechanisms and what they stand for."""
        self._views.tree.choose(MECHANISMS)
        self._show_page(self._views.mechanisms)

    def show_mechanism(self, name: str) -> None:
        """Open the view of mechanisms at this one."""
        self.show_mechanisms()
        self._fetch_mechanism(name)

    def fetch_pages(self) -> None:
        """Count anew what overview and mechanisms show."""
        self._shell.ask(lambda library: library.contents.overview(), self._take_overview, "overview")
        self._shell.ask(lambda library: library.mechanisms.names(OFFERED), self._views.sheet.show_mechanisms, "names")
        if self._views.has_mechanisms() and self._shell.is_shown(self._views.mechanisms):
            show = self._views.mechanisms.show_mechanisms
            self._shell.ask(lambda library: library.mechanisms.rows(), show, "mechanisms")
        self._shell.ask(lambda library: library.contents.tags(), self._views.sheet.show_tags, "tags")

    def _show_page(self, page: QWidget) -> None:
        self._views.selections.choose("")
        self._views.sources.choose("")
        self._shell.show_page(page)
        self.fetch_pages()
        self._asking.narrow(self._asking.everything())
        self.chosen.emit()

    def _join_overview(self, overview: Overview) -> None:
        overview.narrowed.connect(self._asking.take_narrowing)
        overview.case_chosen.connect(self._showing.show_case)
        overview.copied.connect(self._say_copied)

    def _join_mechanisms(self, mechanisms: MechanismView) -> None:
        mechanisms.mechanism_chosen.connect(self._fetch_mechanism)
        mechanisms.case_chosen.connect(self._showing.show_case)
        mechanisms.search_wanted.connect(self._views.search.set_words)
        mechanisms.copied.connect(lambda text: self._say_copied())
        mechanisms.restore(self._settings.text("tables/mechanisms"))
        mechanisms.look_changed.connect(lambda: self._settings.keep("tables/mechanisms", mechanisms.state()))

    def _say_copied(self) -> None:
        self._shell.say(self.tr("已复制，可以粘贴到 Word 和表格里"))

    def _take_overview(self, overview: Any) -> None:
        text = self.tr("案例 {cases} · 数据 {figures} · 机制 {mechanisms} · 来源 {sources}")
        counts = {name: grouped(getattr(overview, name)) for name in ("figures", "mechanisms", "sources")}
        self._say_figures(text.format(cases=grouped(self._shell.library.cases.count()), **counts))
        if self._views.has_overview():
            self._views.overview.show_overview(overview)

    def _fetch_mechanism(self, name: str) -> None:
        def find(library: Library) -> tuple[str, Any, Any]:
            return name, library.mechanisms.cases(name), library.mechanisms.like(name)

        self._shell.ask(find, lambda found: self._views.mechanisms.show_cases_of(*found), "mechanism")
