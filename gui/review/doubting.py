"""待核实 and 说法不一: looked for in the library's thread, shown, put aside, taken up, settled; each a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.editing.fields import Opened
    from core.library import Library
    from core.records import Metric
    from core.reviewing.differing import Difference
    from core.reviewing.doubting import Found, Listed
    from gui.edit.case_form import CaseForm
    from gui.edit.figure_form import FigureForm
    from gui.review.doubts_page import DoubtsPage, Tab
    from gui.review.reviewing import Reviewing
    from gui.shell.reviewer import Reviewer
    from gui.shell.shell import Shell

LOOK, SIDES, DIFFERING, COUNT, SAID = "doubts", "doubt sides", "differing", "differing count", "doubts said"
FEW = 300
"""So many cases are looked through anew after every change; of more a person says when."""
MOST = 2000
"""So many doubts are listed, those that weigh most."""
KEPT = 5 * MOST
"""When more were found than these, the lighter ones are only counted."""
OFTEN_MS = 400
"""What was found since is shown so often."""


class Doubting(QObject):
    """The list that is shown, and what is said of what stands in it."""

    counted = Signal(int)
    """On so many things people differ."""

    def __init__(self, shell: Shell, reviewer: Reviewer, reviewing: Reviewing) -> None:
        super().__init__(shell)
        self._shell, self._reviewer, self._reviewing = shell, reviewer, reviewing
        self._page: DoubtsPage | None = None
        self._before: QWidget | None = None
        self._scope: tuple[Sequence[int] | None, str] = (None, "")
        self._found: dict[str, Listed] = {}
        self._dropped = 0
        """So many that were found are only counted."""
        self._cases = (0, 0)
        """How many cases were looked at, of how many."""
        self._runs = self._stopped = False
        self._conflicts = 0
        self.form: CaseForm | FigureForm | None = None
        """The form in which another value is typed."""
        self._showing = QTimer(self, singleShot=True, interval=OFTEN_MS)
        self._showing.timeout.connect(self._show_found)
        shell.library_opened.connect(self.count)
        shell.library_changed.connect(self.count)
        shell.library_closing.connect(self._forget)

    # ---- coming and going

    def show(self, nums: Sequence[int] | None, title: str, tab: Tab = "doubts") -> None:
        """Show what is to be looked at in these cases, in all when None; ``title`` says what they are."""
        if self._shell.session is not None:
            self._reviewing.loading.then(lambda: self._show(nums, title, tab))

    def _show(self, nums: Sequence[int] | None, title: str, tab: Tab) -> None:
        page = self.page()
        if not self.is_shown():
            self._before = self._shell.page()
        self._scope = nums, title
        page.say_title(title)
        page.show_tab(tab)
        self._shell.show_page(page)
        self.look()
        self._show_differences()
        self._focus()

    def is_shown(self) -> bool:
        """Whether the page is shown."""
        return self._shell.is_shown(self._page)

    def page(self) -> DoubtsPage:
        """Return the page, made when it is first wanted."""
        if self._page is None:
            from gui.review.doubts_page import DoubtsPage

            page = self._page = DoubtsPage()
            page.tab_chosen.connect(self._choose_tab)
            page.stop_wanted.connect(self.stop)
            page.again_wanted.connect(self.look)
            page.left.connect(self.leave)
            page.aside_wanted.connect(self.put_aside)
            page.up_wanted.connect(self.take_up)
            page.review_wanted.connect(self.review)
            page.shown_wanted.connect(self._show_sides)
            page.settled.connect(self.settle)
            page.other_wanted.connect(self._settle_otherwise)
            self._shell.add_page(page)
        return self._page

    def leave(self) -> None:
        """Go back to the page that was shown before."""
        self.stop()
        if self.is_shown() and self._before is not None:
            self._shell.show_page(self._before)
            self._shell.focus_page()

    def renew(self) -> None:
        """The library was changed, here or elsewhere."""
        self._show_differences()
        if self._cases[1] <= FEW and not self._runs:
            self.look()
        else:
            self._say_again()

    # ---- doubts

    def look(self) -> None:
        """Look the cases through in the library's thread, in steps; what was found is listed meanwhile."""
        from core.reviewing.doubting import listed

        nums = self._scope[0]
        before = dict(self._found)
        self._found, self._cases, self._runs, self._stopped = {}, (0, 0), True, False
        self._dropped = 0
        if not before:
            self.page().show_doubts((), self._shell.can_write())
        self._say_progress()
        job = self._shell.begin(lambda library: listed(library, nums), LOOK, patient=True)
        if job is not None:
            job.stepped.connect(self._take)
            job.finished.connect(self._end)

    def stop(self) -> None:
        """Look no further; what was found stays listed."""
        if self._runs:
            self._shell.begin(lambda library: iter(()), LOOK)
            self._stopped = True
            self._end()

    def _take(self, found: Found) -> None:
        self._cases = found.cases, found.of
        self._found.update((one.doubt.id, one) for one in found.doubts)
        if len(self._found) > KEPT:
            kept = self._heaviest()
            self._dropped += len(self._found) - len(kept)
            self._found = {one.doubt.id: one for one in kept}
        if found.doubts and not self._showing.isActive():
            self._showing.start()
        self._say_progress()

    def _end(self) -> None:
        self._runs = False
        self._showing.stop()
        self._say_progress()
        self._show_found()

    def _show_found(self) -> None:
        self.page().show_doubts(self._heaviest(), self._shell.can_write())
        self._say_counts()
        self._say_progress()

    def _heaviest(self) -> list[Listed]:
        return sorted(self._found.values(), key=lambda one: (-one.doubt.weight, one.doubt.targets))[:MOST]

    def _say_counts(self) -> None:
        doubts = sum(not one.dismissed for one in self._found.values()) + self._dropped
        self.page().count(doubts, self._conflicts)

    def _say_progress(self) -> None:
        at, of = map(grouped, self._cases)
        if self._runs:
            words = self.tr("正在找 {0} / {1} 例").format(at, of)
        elif self._stopped:
            words = self.tr("停在 {0} / {1} 例").format(at, of)
        elif len(self._found) + self._dropped > MOST:
            words = self.tr("列出最要紧的 {0} 处").format(grouped(MOST))
        else:
            words = ""
        self.page().say_looking(words, self._runs)

    def _say_again(self) -> None:
        """Of many cases only what was said of the doubts is asked anew."""
        from core.reviewing.doubting import with_words

        doubts = [one.doubt for one in self._found.values()][:MOST]

        def show(rows: list[Listed]) -> None:
            self._found.update((one.doubt.id, one) for one in rows if one.doubt.id in self._found)
            self._show_found()

        self._shell.ask(lambda library: with_words(library, doubts), show, SAID)

    def _show_sides(self, row: Listed) -> None:
        from core.reviewing.doubting import sides_of

        page, doubt = self.page(), row.doubt
        self._shell.ask(lambda library: sides_of(library, doubt), lambda sides: page.show_sides(doubt.id, sides), SIDES)

    def put_aside(self, rows: Sequence[Listed], reason: str) -> None:
        """Say that these doubts are none, for a reason."""
        from core.reviewing.doubting import put_aside

        doubts = [row.doubt for row in rows]
        said = self.tr("{0} 处定为不是问题，按 Ctrl+Z 撤销。").format(grouped(len(doubts)))
        self._change(lambda library: put_aside(library, doubts, reason), said)

    def take_up(self, rows: Sequence[Listed]) -> None:
        """List doubts again that were put aside."""
        from core.reviewing.doubting import take_up

        doubts = [row.doubt for row in rows]
        said = self.tr("重新列出 {0} 处，按 Ctrl+Z 撤销。").format(grouped(len(doubts)))
        self._change(lambda library: take_up(library, doubts), said)

    def review(self, rows: Sequence[Listed]) -> None:
        """Check the figures of these doubts one by one."""
        figures = list(dict.fromkeys(figure for row in rows for _, figure in row.doubt.targets))
        why = rows[0].doubt.words if len(rows) == 1 else ""
        if figures:
            self.stop()
            self._reviewing.look_at(figures, self.tr("待核实 {0} 处").format(grouped(len(rows))), why)

    # ---- differences

    def _show_differences(self) -> None:
        from core.reviewing.differing import differences

        page, nums = self.page(), self._scope[0]

        def show(rows: list[Difference]) -> None:
            page.show_differences(rows, self._shell.can_write())
            self._conflicts = len(rows)
            self._say_counts()

        self._shell.ask(lambda library: [*differences(library, nums)], show, DIFFERING)

    def settle(self, difference: Difference, choice: int | None) -> None:
        """Settle a difference by the word of one side, or as unsure."""
        from core.reviewing.differing import settle

        said = self.tr("已定下「{0}」，按 Ctrl+Z 撤销。").format(difference.part)
        self._change(lambda library: settle(library, difference, choice), said)

    def _settle_otherwise(self, difference: Difference) -> None:
        """Settle it by another value, typed in the form of the figure or the case."""
        from core.editing.fields import opened

        num = difference.num
        self._shell.ask(lambda library: opened(library, num), lambda case: self._open(difference, case), "edit")

    def _open(self, difference: Difference, case: Opened) -> None:
        from core.decisions import PARTS
        from core.decisions.log import FIGURE
        from core.editing.fields import places_like
        from core.editing.words import Words
        from gui.edit.case_form import CaseForm
        from gui.edit.figure_form import FigureForm

        part = difference.target.part
        if part.startswith(FIGURE):
            figure = next((m for m in case.case.metrics if part == FIGURE + m.id), None)
            if figure is None:
                self._shell.say(self.tr("这个数据现在不在，先选一边，再改它。"))
                return
            words = Words(case.case, case.source)
            at = words.place_of(figure.quote_span or figure.span)

            def read(find: Callable[[], Sequence[Metric]], show: Callable[[Sequence[Metric]], object]) -> None:
                self._shell.ask(lambda library: find(), show, "figures")

            form = FigureForm(self._shell.window, case, figure, words.around(at[0] if at else 0), read)
            form.saved.connect(lambda _: self._save_figure(difference, form))
            self.form = form
        else:

            def look(typed: str, show: Callable[[Any], object]) -> None:
                self._shell.ask(lambda library: places_like(typed), show, "places")

            focus = part if part in PARTS else "title"
            whole = CaseForm(self._shell.window, case, look, focus)
            whole.saved.connect(lambda values: self._save_case(whole, values))
            self.form = whole
        self.form.open()

    def _save_figure(self, difference: Difference, form: FigureForm) -> None:
        from core.library import Wish

        value = form.value()
        wish = Wish(difference.num, difference.target.part, "changed", value)
        if value == difference.value:  # what stands is what is taken: it is decided all the same
            wish = Wish(difference.num, difference.target.part, "accepted", value)
        form.accept()
        self._change(lambda library: library.decisions.decide([wish]), self.tr("已改，按 Ctrl+Z 撤销。"))

    def _save_case(self, form: CaseForm, values: dict[str, Any]) -> None:
        from core.editing.fields import changed_words, wishes_of

        wishes = wishes_of(form.case, values)
        words = changed_words(form.case.case.title, wishes)
        form.accept()
        self._change(lambda library: library.decisions.decide(wishes, words), self.tr("已改，按 Ctrl+Z 撤销。"))

    # ---- inside

    def _change(self, do: Callable[[Library], object], said: str) -> None:
        """Change the library once it is known who does."""
        if self._shell.can_write() and (self._reviewer.text() or self._reviewer.ask()):
            self._shell.change(do, said)

    def _choose_tab(self, tab: Tab) -> None:
        self.page().show_tab(tab)
        self._say_progress()
        self._focus()

    def _focus(self) -> None:
        page = self.page()
        (page.doubts if page.tab() == "doubts" else page.differences).setFocus()

    def count(self) -> None:
        """Say on how many things people differ, in the whole library."""
        self._shell.ask(lambda library: len(library.decisions.marked("conflict")), self.counted.emit, COUNT)

    def _forget(self) -> None:
        """The library closes: nothing of it is shown any more."""
        self.leave()
        self._found, self._cases = {}, (0, 0)
        self.counted.emit(0)
