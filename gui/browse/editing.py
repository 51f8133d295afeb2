"""What a person puts right in the library: the form of a case, stars; every save is one change that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from core.editing.batch import carry_out, plan
from core.editing.fields import Opened, changed_words, opened, places_like, starred, wishes_of
from core.editing.joining import join
from core.editing.whole import copied
from core.writing.figure_text import grouped
from gui.browse.figure_editing import FigureEditing
from gui.browse.mechanism_editing import MechanismEditing
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.editing.batch import Batch
    from core.library import Library
    from core.records import Case
    from gui.edit.batch_form import BatchForm
    from gui.edit.case_form import CaseForm
    from gui.edit.forms import Form
    from gui.edit.join_form import JoinForm
    from gui.edit.new_case_form import NewCaseForm


class Editing(QObject):
    """Opens forms on what is chosen, and lets the library's thread write what was saved in them."""

    def __init__(self, shell: Shell, views: Views, showing: Showing) -> None:
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing
        self.form: Form | None = None
        """The form that is open."""
        self.figures = FigureEditing(shell, views, showing, self._show, self._write)
        self.mechanisms = MechanismEditing(shell, views, showing, self._show, self._write)

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

            def show(read: tuple[Opened, Mapping[str, str]]) -> None:
                self._open_case(*read, focus)

            self._shell.ask(lambda library: _read(library, num), show, "edit")

    def star(self) -> None:
        """Star the chosen cases, or take their stars away where all of them have one."""
        if (nums := self._nums()) and self._shell.can_write():
            self._star(nums)

    def star_one(self, num: int) -> None:
        """Star one case, or take its star away."""
        if self._shell.can_write():
            self._star([num])

    def _star(self, nums: Sequence[int]) -> None:
        said = self.tr("{what}，按 Ctrl+Z 撤销。")
        self._shell.change_in_steps(lambda library: starred(library, nums), len(nums), self.tr("正在加星标"), said)

    def set_back(self) -> None:
        """Take back what was said of the chosen figures, or of the chosen cases as a whole."""
        from core.decisions import CASE, Target, figure_part

        num, nums = self._showing.num(), self._nums()
        if not self._shell.can_write() or not nums:
            return
        chosen = self._views.metrics.chosen() if self._views.metrics.holds_focus() else []
        figures = [metric.id for metric in chosen if metric.state != "unchecked"]

        def write(library: Library) -> str:
            if figures and num is not None:
                case = library.cases.load(num)
                targets = [Target(case.id, figure_part(one)) for one in figures]
            else:
                targets = [Target(row.id, CASE) for row in library.cases.rows(nums)]
            words = self.tr("改回未核 {n} 处").format(n=grouped(len(targets)))
            return words if library.decisions.set_back(targets, words) else ""

        self._shell.change(write, self.tr("{what}，按 Ctrl+Z 撤销。"))

    def new_case(self) -> None:
        """Open the form of a case that a person writes."""
        if self._shell.can_write():
            from gui.edit.new_case_form import NewCaseForm

            form = NewCaseForm(self._shell.window, self.look_for_places)
            form.saved.connect(lambda _: self._add_case(form))
            self._show(form)

    def copy_case(self) -> None:
        """Add a copy of the case that is shown, and show it."""
        num = self._showing.num()
        if num is not None and self._shell.can_write():
            self._shell.change(lambda library: _copy(library, num), self.tr("已复制，按 Ctrl+Z 撤销。"), self._show_new)

    def change_many(self) -> None:
        """Open the form of one change over all cases that are chosen."""
        nums = self._nums()
        if nums and self._shell.can_write():
            from gui.edit.batch_form import BatchForm

            def find(batch: Batch, show: Callable[[Any], object]) -> None:
                self._shell.ask(lambda library: plan(library, nums, batch), show, "plan")

            form = BatchForm(self._shell.window, len(nums), self.look_for_places, find)
            form.saved.connect(lambda _: self._change_many(form, nums))
            self._show(form)

    def join_cases(self) -> None:
        """Open the form that makes the case that is shown and the other one that is chosen one."""
        nums, shown = self._nums(), self._showing.num()
        others = [num for num in nums if num != shown]
        if shown is None or len(others) != 1 or not self._shell.can_write():
            self._shell.say(self.tr("要合并，请在列表里正好选中两例：先选留下的那一例。"))
            return

        def load(library: Library) -> tuple[Case, Case]:
            return library.cases.load(shown), library.cases.load(others[0])

        self._shell.ask(load, lambda both: self._open_join(*both), "edit")

    # ---- forms

    def _open_join(self, this: Case, other: Case) -> None:
        from gui.edit.join_form import JoinForm

        if this.fault or other.fault:
            self._refuse(this.fault or other.fault)
            return
        form = JoinForm(self._shell.window, this, other)
        form.saved.connect(lambda _: self._join_cases(form))
        self._show(form)

    def _join_cases(self, form: JoinForm) -> None:
        this, other, chosen = form.this.num, form.other.num, form.chosen()
        said = self.tr("已合并，另一例在回收站里。按 Ctrl+Z 撤销。")
        self._write(form, lambda library: join(library, this, other, chosen), said)

    def _add_case(self, form: NewCaseForm) -> None:
        case, text = form.case_and_text()
        said = self.tr("已新建「{what}」，按 Ctrl+Z 撤销。").format(what=case.title)
        self._write(form, lambda library: library.decisions.add_case(case, text=text), said, self._show_new)

    def _change_many(self, form: BatchForm, nums: Sequence[int]) -> None:
        batch = form.batch()
        said = self.tr("已改 {n} 例，按 Ctrl+Z 撤销。").format(n=grouped(len({one.num for one in form.planned})))
        form.wait(True)
        change = self._shell.change_in_steps(
            lambda library: carry_out(library, nums, batch), len(nums), self.tr("正在批量修改"), said
        )
        if change is not None:
            form.follow(change)

    def _show_new(self, num: int) -> None:
        """Show a case that was just added, as soon as the list has it."""
        self._showing.want_num(num)

    def _open_case(self, case: Opened, printed: Mapping[str, str], focus: str) -> None:
        from gui.edit.case_form import CaseForm

        if case.case.fault:
            self._refuse(case.case.fault)
            return
        form = CaseForm(self._shell.window, case, self.look_for_places, focus, printed)
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
        """Show a form that was just made, when the window has answered in between: both take their time."""
        QTimer.singleShot(0, form, lambda: self._open(form))

    def _open(self, form: Form) -> None:
        if self.form is not None:
            form.deleteLater()  # another was faster
            return
        self.form = form
        form.finished.connect(self._forget)
        form.open()

    def _forget(self) -> None:
        self.form = None

    def _write(
        self, form: Form, do: Callable[[Library], object], said: str, then: Callable[[Any], object] | None = None
    ) -> None:
        """Write what was saved; the form stays, with all that was typed, until that is done."""

        def close(what: Any) -> None:
            form.accept()
            if then is not None:
                then(what)

        form.wait(True)
        job = self._shell.change(do, said, close)
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


def _read(library: Library, num: int) -> tuple[Opened, dict[str, str]]:
    from core.editing.proving import printed_words

    case = opened(library, num)
    return case, {} if case.case.fault else printed_words(case.case, case.source)


def _copy(library: Library, num: int) -> int:
    case = opened(library, num)
    new, text = copied(case.case, case.source)
    return library.decisions.add_case(new, text=text)
