"""What a person puts right in the library: the form of a case, stars; every save is one change that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.editing.fields import Opened, changed_words, opened, places_like, starred, wishes_of
from core.writing.figure_text import grouped
from gui.browse.figure_editing import FigureEditing
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.library import Library
    from gui.edit.case_form import CaseForm
    from gui.edit.forms import Form


class Editing(QObject):
    """Opens forms on what is chosen, and lets the library's thread write what was saved in them."""

    def __init__(self, shell: Shell, views: Views, showing: Showing) -> None:
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing
        self.form: Form | None = None
        """The form that is open."""
        self.figures = FigureEditing(shell, views, showing, self._show, self._write)

    def edit(self) -> None:
        """Open the form of what is chosen where the focus is: a selection's name, a figure, else the case."""
        selections = self._views.selections
        if selections.view.hasFocus() and selections.chosen_id():
            selections.renaming.emit(selections.chosen_id())
        elif self._views.is_browsing() and self._views.metrics.holds_focus() and self._views.metrics.chosen():
            self.figures.edit()
        elif self._views.is_browsing():
            self.edit_case()

    def edit_case(self, focus: str = "title") -> None:
        """Open the form of the case that is shown, with one of its fields in focus."""
        num = self._showing.num()
        if num is not None and self._shell.can_write():
            self._shell.ask(lambda library: opened(library, num), lambda case: self._open_case(case, focus), "edit")

    def star(self) -> None:
        """Star the chosen cases, or take their stars away where all of them have one."""
        if nums := self._nums():
            self._shell.change(lambda library: starred(library, nums), self.tr("{what}，按 Ctrl+Z 撤销。"))

    # ---- forms

    def _open_case(self, case: Opened, focus: str) -> None:
        from gui.edit.case_form import CaseForm

        if case.case.fault:
            self._refuse(case.case.fault)
            return
        form = CaseForm(self._shell.window, case, self.look_for_places, focus)
        form.saved.connect(lambda values: self._save_case(form, values))
        self._show(form)

    def _save_case(self, form: CaseForm, values: dict[str, Any]) -> None:
        wishes = wishes_of(form.case, values)
        words = changed_words(form.case.case.title, wishes)
        said = self.tr("已改 {n} 项，按 Ctrl+Z 撤销。").format(n=grouped(len(wishes)))
        self._write(form, lambda library: library.decisions.decide(wishes, words), said)

    def look_for_places(self, typed: str, show: Callable[[Any], object]) -> None:
        """Look up the places that typed text may mean."""
        self._shell.ask(lambda library: places_like(typed), show, "places")

    def _show(self, form: Form) -> None:
        self.form = form
        form.finished.connect(self._forget)
        form.open()

    def _forget(self) -> None:
        self.form = None

    def _write(self, form: Form, do: Callable[[Library], object], said: str) -> None:
        """Write what was saved; the form stays, with all that was typed, until that is done."""
        form.wait(True)
        job = self._shell.change(do, said, then=lambda _: form.accept())
        if job is not None:
            job.failed.connect(lambda _: form.wait(False))

    def _refuse(self, fault: str) -> None:
        from gui.kit import dialogs

        words = self.tr("{fault}没有改动；可以删除它，或从备份里找回。").format(fault=fault)
        dialogs.say(self._shell.window, self.tr("这个案例改不了"), words)

    def _nums(self) -> Sequence[int]:
        """The chosen cases, else the one that is shown."""
        if not self._views.is_browsing():
            return []
        nums, shown = self._views.list.chosen_nums(), self._showing.num()
        return nums or ([shown] if shown is not None else [])
