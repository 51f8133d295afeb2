"""The panes and pages of browsing; what a start may not show is made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.browse.search_bar import SearchBar
from gui.shell.settings import Settings
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from gui.browse.case_list import CaseList
    from gui.browse.case_pane import CasePane
    from gui.browse.case_tree import CaseTree
    from gui.browse.filters import Chips, FilterSheet
    from gui.browse.mechanism_view import MechanismView
    from gui.browse.metrics_table import MetricsTable
    from gui.browse.overview import Overview
    from gui.browse.panes import Browsing
    from gui.browse.selections import Selections
    from gui.browse.sources import Sources


class Views(QObject):
    """The search box, the panes at the left, and the pages: list with case, overview, mechanisms."""

    panes_made = Signal(object)
    overview_made = Signal(object)
    mechanisms_made = Signal(object)

    def __init__(self, shell: Shell, settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._settings = shell, settings
        self.search = SearchBar()
        self._panes: Browsing | None = None
        self._overview: Overview | None = None
        self._mechanisms: MechanismView | None = None

    # ---- what stands at the left and over the list

    @cached_property
    def chips(self) -> Chips:
        """The filters that hold."""
        from gui.browse.filters import Chips

        return Chips()

    @cached_property
    def sheet(self) -> FilterSheet:
        """What can be filtered by."""
        from gui.browse.filters import FilterSheet

        return FilterSheet()

    @cached_property
    def tree(self) -> CaseTree:
        """The places or themes of the cases."""
        from gui.browse.case_tree import CaseTree

        return CaseTree()

    @cached_property
    def selections(self) -> Selections:
        """The 汇编 under the tree."""
        from gui.browse.selections import Selections

        return Selections()

    @cached_property
    def sources(self) -> Sources:
        """The pages under these."""
        from gui.browse.sources import Sources

        return Sources()

    # ---- the list, the case and its figures

    @property
    def panes(self) -> Browsing:
        """The list, the case and its figures."""
        if self._panes is None:
            from gui.browse.panes import Browsing

            self._panes = Browsing(self._settings)
            self._shell.add_page(self._panes)
            self.panes_made.emit(self._panes)
        return self._panes

    @property
    def list(self) -> CaseList:
        """The list of cases."""
        return self.panes.list

    @property
    def pane(self) -> CasePane:
        """The case that is read."""
        return self.panes.pane

    @property
    def metrics(self) -> MetricsTable:
        """The figures of that case."""
        return self.panes.metrics

    def has_panes(self) -> bool:
        """Whether list, case and figures were made already."""
        return self._panes is not None

    def show_panes(self) -> None:
        """Show list, case and figures in the place of a page of its own."""
        self._shell.show_page(self.panes)

    def choose_none(self) -> None:
        """Let nothing be chosen at the left: a page of its own is shown."""
        self.tree.choose_none()
        self.selections.choose("")
        self.sources.choose("")

    def is_browsing(self) -> bool:
        """Whether list, case and figures are what is shown."""
        return self._shell.is_shown(self._panes)

    # ---- pages of their own

    @property
    def overview(self) -> Overview:
        """What is in the library at a glance."""
        if self._overview is None:
            from gui.browse.overview import Overview

            self._overview = Overview()
            self._shell.add_page(self._overview)
            self.overview_made.emit(self._overview)
        return self._overview

    def has_overview(self) -> bool:
        """Whether the overview was made already."""
        return self._overview is not None

    @property
    def mechanisms(self) -> MechanismView:
        """The mechanisms and what their parts stand for."""
        if self._mechanisms is None:
            from gui.browse.mechanism_view import MechanismView

            self._mechanisms = MechanismView()
            self._shell.add_page(self._mechanisms)
            self.mechanisms_made.emit(self._mechanisms)
        return self._mechanisms

    def has_mechanisms(self) -> bool:
        """Whether the view of mechanisms was made already."""
        return self._mechanisms is not None
