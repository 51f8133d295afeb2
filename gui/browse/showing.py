"""Shows one case: in the pane, with its figures below, and marked in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.browsing import Listed, is_asking
from gui.browse.asking import Asking
from gui.browse.printed import prepare
from gui.browse.views import Views
from gui.shell import collector
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.library import Library
    from core.library.answers import SourceRow
    from core.records import Case
    from gui.browse.case_page import Siblings
    from gui.browse.panes import Browsing

MANY_FIGURES = 1000
"""A case of more figures than this takes longer to read than a person notices (36 000: a second)."""


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
        self._figure = ""
        """The id of the figure that is to shine in the case that is wanted."""
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

    def want_num(self, num: int) -> None:
        """Show that case as soon as a list has it; a list that is narrowed so that it has not goes through all."""
        self._wanted = num
        self._asking.unask()
        self.not_listed.emit()

    def show_case(self, num: int) -> None:
        """Show that case in the list and the pane, whatever is asked and chosen now."""
        self._views.show_panes()
        if not self._views.list.choose(num, focus=True):
            self._wanted = num
            self._asking.unask()
            self.not_listed.emit()

    def show_figure(self, num: int, metric_id: str) -> None:
        """Show that case at one of its figures, whose printed words shine; from the top where the id is empty."""
        self._figure = metric_id
        self.show_case(num)
        if self._shown == num and self._figure:
            self._light_up(self._shell.library.cases.load(num))

    def _light_up(self, case: Case) -> None:
        """Let the figure shine that was wanted with its case."""
        wanted, self._figure = self._figure, ""
        metric = next((metric for metric in case.metrics if metric.id == wanted), None) if wanted else None
        if metric is not None:
            self._views.metrics.choose(wanted)
            self._views.pane.light_up(metric)

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
        """Show that case, or none; one with very many figures comes from the library's thread."""
        library = self._shell.library
        rows = library.cases.rows([num]) if num is not None else []
        if num is not None and rows and rows[0].figures > MANY_FIGURES:
            again = num == self._shown and self._views.pane.shows(rows[0].id)
            self._shown = num
            if not again:
                self._views.pane.say_opening(rows[0].title)
                self._views.metrics.show_metrics(())
            self._shell.ask(lambda theirs: _fetch(theirs, num), lambda fetched: self._put(num, fetched), "case")
        else:
            self._shown = num if rows else None  # another window took it out meanwhile
            self._put(self._shown, _fetch(library, self._shown) if self._shown is not None else None)
        self.shown.emit()

    def _put(self, num: int | None, fetched: _Fetched | None) -> None:
        """Put what was fetched into the panes, unless another case is wanted by now."""
        if num != self._shown:
            return
        pane, metrics = self._views.pane, self._views.metrics
        if fetched is None:
            self._shown = None
            pane.show_case(None, "", self._asking.marks)
        else:
            pane.show_case(fetched.case, fetched.source, self._asking.marks, fetched.siblings, fetched.also)
            pane.say_marks(fetched.marks)
        metrics.show_metrics(
            fetched.case.metrics if fetched else (), pane.source_line(), fetched.marks if fetched else None
        )
        if fetched is not None:
            self._light_up(fetched.case)

    def _choose_metric(self, metric: Any) -> None:
        if metric is not None:
            self._views.metrics.choose(metric.id)


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What is shown of a case."""

    case: Case
    source: str
    """The text that its spans count in."""
    siblings: Siblings
    also: Sequence[SourceRow]
    marks: Mapping[str, str]
    """The parts that want a person's word again, each with ``conflict`` or ``stale``."""


def _fetch(library: Library, num: int) -> _Fetched | None:
    """Read a case with all that is shown of it; None when somebody took it out."""
    with collector.undisturbed():
        try:
            case = library.cases.load(num)
        except KeyError:
            return None
        source = library.pages.text(case.source_id) if case.source_id else ""
        prepare(case, source)
        if len(case.metrics) > MANY_FIGURES:
            collector.set_aside()
    also, marks = library.pages.with_case(num), library.decisions.marks(case.id)
    return _Fetched(case, source, library.cases.siblings(num), also, marks)
