"""Checking figures, or cases as a whole: from what was chosen to a queue, one after the other, one key each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from core.records import STATE_WORDS
from core.writing.figure_text import grouped, told_text
from gui.review.loading import Loading

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.decisions import Verdict
    from core.editing.fields import Opened
    from core.library import Library, Wish
    from core.records import Metric, State
    from core.reviewing import Counted, Fetching, Line, Looked, Shown, ShownCase, Unit, Walk
    from gui.edit.case_form import CaseForm
    from gui.review.page import ReviewPage
    from gui.shell.reviewer import Reviewer
    from gui.shell.shell import Shell

    Item = Shown | ShownCase

AFTER: dict[str, State] = {"accepted": "checked", "changed": "checked", "rejected": "wrong", "unsure": "unsure"}
"""Verdict → the state that it leaves."""
QUEUE, FIGURE, NEXT, COUNT = "review queue", "review figure", "review next", "review count"
LOOKED_AT_ONCE = 200
"""Of so few cases nobody needs to hear how far it is."""
AHEAD = 4
"""So many figures behind the one that is shown are fetched."""
KEPT = 24
"""So many figures that were fetched are kept, for going back."""


class Reviewing(QObject):
    """The queue that is gone through, what is shown of it, and what is decided."""

    came_or_left = Signal()
    """The page came into sight, or left it."""
    decided = Signal()
    """Something was decided, or taken back."""

    def __init__(self, shell: Shell, reviewer: Reviewer) -> None:
        super().__init__(shell)
        self._shell, self._reviewer = shell, reviewer
        self.loading = Loading(shell)
        """Brings along what checking needs."""
        self._page: ReviewPage | None = None
        self._before: QWidget | None = None
        """The page that was shown before."""
        self._scope: tuple[Sequence[int] | None, str, Unit] = (None, "", "figure")
        self._only: tuple[Sequence[str], str] = ((), "")
        """The only figures that are checked, by id, and why."""
        self._line: Line | None = None
        self._walk: Walk | None = None
        self._whole = False
        """Whether the line has all there is to be checked, in whatever order."""
        self.form: CaseForm | None = None
        """The form in which a case is put right."""
        self._fetching: Fetching | None = None
        self._fetched: dict[int, Item] = {}
        self._current: Item | None = None
        self._states: dict[State, int] = {}
        self._own = 0
        self._times: list[float] = []
        self._words: dict[int, str] = {}
        """What the strip says of the places that were decided."""
        self._ours = False
        """Whether the change that the window is about to hear of was made here."""
        shell.library_closing.connect(self._forget)
        reviewer.changed.connect(lambda _: self._count())

    # ---- coming and going

    def start(self, nums: Sequence[int] | None, title: str, unit: Unit = "figure") -> None:
        """Check the figures of these cases, or the cases as a whole, all when None; who checks is asked the first time.

        ``title`` says what they are.
        """
        if not self._shell.can_write():
            self._shell.say(self.tr("这个案例库只读，不能核对。"))
            return
        if not self._reviewer.text() and not self._reviewer.ask():
            return
        self._scope, self._only = (nums, title, unit), ((), "")
        self.loading.then(self._begin)

    def look_at(self, figures: Sequence[str], title: str, why: str = "") -> None:
        """Check these figures, whatever was said of them before."""
        if self._shell.can_write() and (self._reviewer.text() or self._reviewer.ask()):
            self._scope, self._only = (None, title, "figure"), (figures, why)
            self.loading.then(self._begin)

    def is_shown(self) -> bool:
        """Whether figures or cases are being checked."""
        return self._shell.is_shown(self._page)

    def page(self) -> ReviewPage:
        """Return the page, made when it is first wanted."""
        if self._page is None:
            from gui.review.page import ReviewPage

            self._page = ReviewPage()
            self._page.asked.connect(self.do)
            self._page.acted.connect(self._act)
            self._page.strip.opened.connect(self._open)
            self._page.card.form.saved.connect(self._save)
            self._page.card.form.given_up.connect(self._give_up)
            self._shell.add_page(self._page)
        return self._page

    def second(self) -> str:
        """Return how often things are read: a key of ``core.reviewing.READINGS``."""
        return self._shell.library.decisions.rule("second") if self._shell.session else "needed"

    def choose_second(self, reading: str) -> None:
        """Read so often from now on, in this library; what is being checked is put in order anew."""

        def go_on(_: object) -> None:
            if self.is_shown():
                self._begin()

        if self._shell.can_write():
            said = self.tr("记在这个案例库里，合并后大家一样。按 Ctrl+Z 撤销。")
            self._shell.change(lambda library: library.decisions.set_rule("second", reading), said, go_on)

    def leave(self) -> None:
        """Go back to the page that was shown before."""
        self._drop()
        if self.is_shown() and self._before is not None:
            self._shell.show_page(self._before)
            self._shell.focus_page()
        self.came_or_left.emit()

    def _begin(self, again: Sequence[State] = ()) -> None:
        """Put the figures in order in the library's thread, in steps; the first is shown as soon as it is known."""
        from core.reviewing import READINGS, Asked, Fetching, Line, Walk, queue_of

        page, (nums, title, unit) = self.page(), self._scope
        if not self.is_shown():
            self._before = self._shell.page()
        self._drop()
        self._fetching = Fetching()
        head = self.tr("核对 · {0}") if unit == "figure" else self.tr("逐例核对 · {0}")
        page.say_title(head.format(title))
        page.say_progress({}, "")
        page.strip.show_recent([], -1)
        page.say("list", self.tr("正在排好要核的…"), "")
        self._shell.show_page(page)
        page.setFocus()
        self.came_or_left.emit()
        line = self._line = Line()
        self._walk = Walk(0)
        asked = Asked(nums, unit, again, self._reviewer.text(), READINGS[self.second()], *self._only)
        job = self._shell.begin(lambda library: queue_of(library, asked, lambda: tuple(line.seen)), QUEUE, patient=True)
        if job is not None:
            job.stepped.connect(self._take)
            job.finished.connect(lambda: page.say_looking(""))

    def _drop(self) -> None:
        if self._line is not None:
            self._shell.begin(lambda library: iter(()), QUEUE)  # what is being put in order is wanted no more
        self._line = self._walk = self._current = None
        self._whole = False
        self._states = {}
        self._fetched.clear()
        self._times.clear()
        self._words.clear()
        if self._page is not None:
            self._page.say_looking("")

    def _forget(self) -> None:
        """The library closes: nothing of it is shown any more."""
        if self.is_shown():
            self.leave()
        self._line = None
        self._drop()

    def _take(self, part: Looked | Counted) -> None:
        """Show the first as soon as there is a beginning; what is ahead may come in a better order later."""
        from core.reviewing import Counted

        line, walk, page = self._line, self._walk, self.page()
        if line is None or walk is None:
            return
        if not isinstance(part, Counted):
            words = self.tr("{0} / {1} 例").format(grouped(part.cases), grouped(part.of))
            if part.doubts and part.of > LOOKED_AT_ONCE:
                page.say_looking(self.tr("正在找矛盾 {0}").format(words))
            elif not part.doubts and self._current is None and not line.seen:
                page.say("list", self.tr("正在排好要核的…"), words)
            return
        waits = self._current is None
        had = line.seen[walk.at] if walk.at < len(line.seen) else None
        line.take(part.queue)
        walk.length = len(line)
        if part.whole and not self._whole:
            self._whole = True
            self._states = dict(part.states)
            self._count()
        if waits and had is None:
            self._show()
        else:
            self._say_progress()

    # ---- one figure, one case

    def current(self) -> Item | None:
        """Return the figure or the case that is shown and can be decided; None while none is."""
        return self._current

    def _show(self) -> None:
        """Show what stands where the walk is, as soon as it is fetched; what is behind it is fetched meanwhile."""
        walk, line = self._walk, self._line
        if walk is None or line is None:
            return
        self._current = None
        num = self._num_at(walk.at)
        self._say_progress()
        if num is None:
            if self._whole:
                self._say_end()
            else:
                self.page().say("list", self.tr("正在排好要核的…"), "")
        elif num in self._fetched:
            self._put(num, self._fetched[num])
        else:
            self._fetch(num)

    def _num_at(self, place: int) -> int | None:
        """What stands at a place that was shown, or is to be shown now; None at the end."""
        walk, line = self._walk, self._line
        if walk is None or line is None:
            return None
        try:
            return line[place]
        except IndexError:
            return None
        finally:
            walk.length = len(line)

    def _load(self, library: Library, fetching: Fetching, num: int) -> Item | None:
        if self._scope[2] == "figure":
            return fetching.fetch(library, num)
        from core.reviewing.wholes import fetch_case

        return fetch_case(library, num)

    def _fetch(self, num: int) -> None:
        fetching = self._fetching
        if fetching is None:
            return

        def show(shown: Any) -> None:
            if fetching is self._fetching:
                self._take_fetched(num, shown, FIGURE)

        self._shell.ask(lambda library: self._load(library, fetching, num), show, FIGURE)

    def _fetch_ahead(self) -> None:
        """Fetch what comes next, so that a quick person finds it there."""
        fetching, walk, line = self._fetching, self._walk, self._line
        if fetching is None or walk is None or line is None:
            return
        coming = [*line.seen[max(walk.front, walk.at + 1) :][:1], *line.ahead(AHEAD)]
        nums = [num for num in coming if num not in self._fetched]

        def fetch(library: Library) -> Iterator[tuple[int, Item | None]]:
            for num in nums:
                yield num, self._load(library, fetching, num)

        def show(found: tuple[int, Item | None]) -> None:
            if fetching is self._fetching:
                self._take_fetched(*found, NEXT)

        job = self._shell.begin(fetch, NEXT) if nums else None
        if job is not None:
            job.stepped.connect(show)

    def _take_fetched(self, num: int, shown: Item | None, kind: str) -> None:
        if shown is not None:
            if len(self._fetched) >= KEPT:
                self._fetched.pop(next(iter(self._fetched)))
            self._fetched[num] = shown
        if kind == FIGURE or self._waits_for(num):
            self._put(num, shown)

    def _waits_for(self, num: int) -> bool:
        walk, line = self._walk, self._line
        return (
            self._current is None
            and walk is not None
            and line is not None
            and walk.at < len(line.seen)
            and line.seen[walk.at] == num
        )

    def _put(self, num: int, shown: Item | None) -> None:
        if not self._waits_for(num) or self._walk is None or self._line is None:
            return
        if shown is None:  # somebody took it out
            self._walk.leave("skipped")
            self._show()
            return
        self._current = shown
        why = self._line.why.get(_id_of(shown))
        words = why.words if why else ""
        if shown.unit == "figure":
            self.page().show_figure(shown, words)
        else:
            self.page().show_case(shown, words)
        self._fetch_ahead()

    # ---- what the keys do

    def do(self, what: str) -> None:
        """Do what a key asks for."""
        if what == "leave":
            self.leave()
        elif what == "back":
            if self._walk is not None and self._walk.back():
                self._show()
        elif self._current is None or self._walk is None:
            return  # nothing can be decided that is not seen
        elif what == "skip":
            self._walk.leave("skipped")
            self._show()
        elif what == "note":
            self.page().open_note()
        elif what == "changed":
            self._change(self._current)
        elif what == "unset":
            self._set_back(self._current)
        else:
            self._decide(cast("Verdict", what))

    def _change(self, shown: Item) -> None:
        """Let the figure be put right on the page, a case in its form."""
        if shown.unit == "figure":
            self.page().card.open_form(shown)
            return
        from core.editing.fields import opened

        num = shown.num
        self._shell.ask(lambda library: opened(library, num), self._open_case, "edit")

    def _open_case(self, case: Opened) -> None:
        from core.editing.fields import places_like
        from gui.edit.case_form import CaseForm

        if case.case.fault or self._current is None or self._current.case_id != case.case.id:
            self._shell.say(case.case.fault)
            return

        def look(typed: str, show: Callable[[Any], object]) -> None:
            self._shell.ask(lambda library: places_like(typed), show, "places")

        self.form = form = CaseForm(self._shell.window, case, look)
        form.saved.connect(lambda values: self._save_case(form, values))
        form.open()

    def _save_case(self, form: CaseForm, values: dict[str, Any]) -> None:
        """Take the fields as they were put right, and the case as checked with them; one change."""
        from core.editing.fields import wishes_of

        wishes = wishes_of(form.case, values)
        form.accept()
        if self._current is not None and self._current.case_id == form.case.case.id:
            self._decide("changed" if wishes else "accepted", more=wishes)

    def _save(self, metric: Metric) -> None:
        """Take the figure as it was put right; the same as before is right as it was."""
        from core.decisions import figure_value

        if self._current is not None and self._current.unit == "figure":
            same = figure_value(metric) == figure_value(self._current.metric)
            self._decide("accepted" if same else "changed", None if same else metric)

    def _give_up(self) -> None:
        self.page().card.close_form()
        self.page().setFocus()

    def _decide(self, verdict: Verdict, metric: Metric | None = None, more: Sequence[Wish] = ()) -> None:
        """Write the decision in the library's thread and go on at once; ``more`` fields of its case with it."""
        from core.decisions import VERDICT_WORDS, figure_value
        from core.library import AS_IT_IS, Wish
        from core.reviewing import target_of_unit

        shown, walk = self._current, self._walk
        if shown is None or walk is None:
            return
        value: Any = AS_IT_IS if metric is None else figure_value(metric)
        part = target_of_unit(self._scope[2], shown.case_id, _id_of(shown)).part
        wishes = [*more, Wish(shown.case_num, part, verdict, value, self.page().note())]
        text = self.tr("核对「{0}」：{1}").format(_name_of(shown), VERDICT_WORDS[verdict])
        at = walk.at

        def hear(_: object) -> None:
            self._ours = True

        job = self._shell.change(lambda library: library.decisions.decide(wishes, text), then=hear)
        if job is None:
            return
        job.failed.connect(lambda error: self._take_back(at))
        self._note_down(shown, verdict, metric, at)
        walk.leave(verdict, shown.said.id if shown.said is not None else "")
        self._show()

    def _set_back(self, shown: Item) -> None:
        """Take back all that was said of what is shown, by whomever: it is unchecked again, and stays in sight."""
        from core.reviewing import target_of_unit

        if shown.state == "unchecked":
            self._shell.say(self.tr("这一个本来就是未核。"))
            return
        target = target_of_unit(self._scope[2], shown.case_id, _id_of(shown))
        text = self.tr("改回未核「{0}」").format(_name_of(shown))

        def hear(rows: Any) -> None:
            said = (
                self.tr("已改回未核，按 Ctrl+Z 撤销。") if rows else self.tr("手工添加的数据没有未核，可以标为存疑。")
            )
            self._shell.say(said)

        self._shell.change(lambda library: library.decisions.set_back([target], text), then=hear)

    def _note_down(self, shown: Item, verdict: str, metric: Metric | None, at: int) -> None:
        """Count the decision before the library has written it, so that nobody waits."""
        if self._whole:
            self._states[shown.state] -= 1
            self._states[AFTER[verdict]] += 1
        self._own += shown.said is None or shown.said.who != self._reviewer.text()
        self._times.append(time.monotonic())
        figure = metric or (shown.metric if shown.unit == "figure" else None)
        self._words[at] = _name_of(shown) if figure is None else told_text(figure)
        self._fetched.pop(shown.num, None)

    def _take_back(self, at: int) -> None:
        """A decision could not be written: show its figure again."""
        self._ours = False
        if self._walk is not None:
            self._walk.steps = [step for step in self._walk.steps if step.at != at]
            self._walk.go(at)
            self._look_again()

    def _open(self, at: int) -> None:
        """Show a figure of the last decisions again."""
        if self._walk is not None:
            self._walk.go(at)
            self._show()

    # ---- what was changed elsewhere

    def renew(self) -> None:
        """The library was changed: by a decision made here, or by undo, another window, another program."""
        self.decided.emit()
        if self._ours:
            self._ours = False
        elif self._walk is not None and self.page().is_typing():
            self._fetched.clear()  # what is being typed is not taken away; what comes next is as it is now
            self._count()
        elif self._walk is not None:
            self._look_again()

    def _look_again(self) -> None:
        """See which decisions still stand, and show the figure as it is now."""
        from core.reviewing import Fetching, standing_of

        walk, line, unit = self._walk, self._line, self._scope[2]
        if walk is None or line is None:
            return
        self._fetched.clear()
        self._fetching = Fetching()
        self._current = None
        watched = {line.seen[at]: at for at in walk.watched()}

        def find(library: Library) -> dict[int, str]:
            return {watched[num]: stands for num, stands in standing_of(library, unit, [*watched]).items()}

        def show(stands: dict[int, str]) -> None:
            if walk is self._walk:
                walk.renew(stands)
                self._show()

        self._shell.ask(find, show)
        self._count()

    def _count(self) -> None:
        """Count anew how much was checked, and how much of it by this person."""
        (nums, _, unit), walk, only = self._scope, self._walk, self._only[0]
        if walk is None:
            return
        from core.reviewing import own_share, progress_of

        decided = len(self._times)

        def show(found: tuple[dict[State, int], int]) -> None:
            if walk is self._walk and decided != len(self._times):
                self._count()  # it was counted before the last decision was written
            elif walk is self._walk:
                self._states, self._own = found
                self._say_progress()
                if walk.ended and self._whole:
                    self._say_end()

        def count(library: Library) -> dict[State, int]:
            if not only:
                return progress_of(library, unit, nums)
            states = [one.state for one in library.figures.with_ids(only)]
            return {state: states.count(state) for state in STATE_WORDS}

        self._shell.ask(lambda library: (count(library), own_share(library, unit)), show, COUNT)

    # ---- what is said

    def _say_progress(self) -> None:
        from core.reviewing import minutes_left
        from gui.review.legend import Recent

        walk, page = self._walk, self.page()
        if walk is None:
            return
        if self._whole:
            total = sum(self._states.values())
            left = max(0, walk.length - walk.front)
            said = self.tr("已核 {0} / {1}　我核过 {2}　还剩 {3}")
            if self._scope[2] == "case":
                said = self.tr("已核 {0} / {1} 例　我核过 {2}　还剩 {3}")
            said = said.format(
                grouped(total - self._states.get("unchecked", 0)), grouped(total), grouped(self._own), grouped(left)
            )
            if minutes := minutes_left(self._times[-30:], left):
                said += self.tr("，约 {0} 分钟").format(grouped(minutes))
            page.say_progress(self._states, said)
        recent = [
            Recent(step.at, AFTER[step.outcome], self._words.get(step.at, ""), self._words.get(step.at, ""))
            for step in walk.last()
        ]
        page.strip.show_recent(recent, walk.at)

    def _say_end(self) -> None:
        """Say at the end what became of all, and what can be looked at again."""
        walk, cases = self._walk, self._scope[2] == "case"
        if walk is None:
            return
        counts = "，".join(
            f"{self.tr(word)} {grouped(self._states.get(state, 0))}" for state, word in STATE_WORDS.items()
        )
        skipped = len(walk.skipped())
        nothing = self.tr("这里没有要核的案例") if cases else self.tr("这里没有要核的数据")
        head = self.tr("核到头了") if walk.length else nothing
        unit = self.tr("例") if cases else self.tr("个")
        button, act = "", ""
        if skipped:
            button, act = self.tr("再看跳过的 {0} {1}").format(grouped(skipped), unit), "skipped"
        elif self._states.get("unsure"):
            button, act = self.tr("再看存疑的 {0} {1}").format(grouped(self._states["unsure"]), unit), "unsure"
        self.page().say("circle-check", head, counts, button, act)

    def _act(self, act: str) -> None:
        """Go once more through what was skipped, or what is unsure."""
        self._begin(again=("unsure",) if act == "unsure" else ())


def _id_of(shown: Item) -> str:
    return shown.metric.id if shown.unit == "figure" else shown.case_id


def _name_of(shown: Item) -> str:
    return shown.metric.indicator if shown.unit == "figure" else shown.title
