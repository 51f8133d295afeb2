"""Shows one case: in the pane, with its figures below, and marked in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.browsing import Listed, is_asking
from gui.browse.asking import Asking
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from gui.browse.panes import Browsing


class Showing(QObject):
    """The case that is read now, and the one that is wanted as soon as the list has it."""

    shown = Signal()
    """Another case is shown, or none."""
    not_listed = Signal()
    """A case was wanted that the list does not hold as it is narrowed now."""

    def __init__(self, shell: Shell, views: Views, asking: Asking) -> None:
        super().__init__(shell)
        self._shell, self._views, self._asking = shell, views, asking
        self._shown: int | None = None
        self._wanted: int | None = None
        self._first_wanted = False
        """Whether the next answer is to be read from its first case on."""
        views.panes_made.connect(self._join)
        asking.listed.connect(self._keep_in_sight)

    def forget(self) -> None:
        """Begin anew in another library."""
        self._shown = self._wanted = None

    def has_case(self) -> bool:
        """Whether a case is shown."""
        return self._shown is not None

    def num(self) -> int | None:
        """Return the case that is shown, or that will be as soon as the list is made."""
        return self._shown if self._views.has_panes() else self._wanted

    def want(self, case_id: str) -> None:
        """Show that case with the next answer, if the library still has it."""
        try:
            self._wanted = self._shell.library.cases.num_of(case_id) if case_id else None
        except KeyError:
            self._wanted = None

    def show_case(self, num: int) -> None:
        """Show that case in the list and the pane, whatever is asked and chosen now."""
        self._views.show_panes()
        if not self._views.list.choose(num, focus=True):
            self._wanted = num
            self._asking.unask()
            self.not_listed.emit()

    def has_hits(self) -> bool:
        """Whether a case is in sight in which words stand that were searched for."""
        return self._views.is_browsing() and self._views.pane.has_hits()

    def step_hit(self, step: int) -> None:
        """Look at the next hit in the case (1) or the one before (-1)."""
        self._views.panes.detail.show_text()
        self._views.pane.step_hit(step)

    def begin_at_first(self) -> None:
        """Go to the first case of the next answer, with the focus in the list."""
        self._shown = self._wanted = None
        self._views.list.choose_none()
        self._first_wanted = True

    def source(self) -> str:
        """Return the source that is chosen, else the one of the case that is shown; empty for none."""
        library = self._shell.library if self._shell.session else None
        shown = library.cases.load(self._shown).source_id if self._shown is not None and library else ""
        return self._views.sources.chosen_id() or shown

    def copy_with_source(self, from_figures: bool) -> None:
        """Copy from the pane or the figures, with the line that says where it was printed."""
        (self._views.metrics if from_figures else self._views.pane).copy_with_source()

    def _join(self, panes: Browsing) -> None:
        panes.list.case_chosen.connect(self._show)
        panes.pane.case_chosen.connect(self.show_case)
        panes.pane.metric_chosen.connect(self._choose_metric)
        panes.metrics.metric_chosen.connect(panes.pane.light_up)

    def _keep_in_sight(self, part: Listed) -> None:
        """Show the case that was wanted, else the one that is shown again, else the first hit of a search."""
        cases = self._views.list
        wanted, self._wanted = self._wanted, None
        if wanted is not None and cases.choose(wanted):
            return
        if self._first_wanted:
            self._first_wanted = False
            cases.choose_first()
            cases.table.setFocus()
        if self._shown is not None and cases.chosen_num() == self._shown:
            self._show(self._shown)
        elif part.nums and is_asking(self._asking.asked):
            cases.choose_first()
        elif cases.chosen_num() is None:
            self._show(None)

    def _show(self, num: int | None) -> None:
        case, library = None, self._shell.library
        if num is not None:
            try:
                case = library.cases.load(num)
            except KeyError:  # another window took it out meanwhile
                num = None
        self._shown = num
        source = library.pages.text(case.source_id) if case is not None and case.source_id else ""
        siblings = library.cases.siblings(case.num) if case is not None else ()
        self._views.pane.show_case(case, source, self._asking.marks, siblings)
        self._views.metrics.show_metrics(case.metrics if case else (), self._views.pane.source_line())
        self.shown.emit()

    def _choose_metric(self, metric: Any) -> None:
        if metric is not None:
            self._views.metrics.choose(metric.id)
