"""Checking figures: from what a person chose to a queue, one figure after the other, each with one key."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from core.records import STATE_WORDS
from core.writing.figure_text import grouped, value_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.decisions import Verdict
    from core.library import Library
    from core.records import Metric, State
    from core.reviewing import Counted, Fetching, Looked, Queue, Shown, Walk
    from gui.review.page import ReviewPage
    from gui.shell.reviewer import Reviewer
    from gui.shell.shell import Shell

AFTER: dict[str, State] = {"accepted": "checked", "changed": "checked", "rejected": "wrong", "unsure": "unsure"}
"""Verdict → the state that it leaves."""
QUEUE, FIGURE, NEXT, COUNT = "review queue", "review figure", "review next", "review count"
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
        self._page: ReviewPage | None = None
        self._before: QWidget | None = None
        """The page that was shown before."""
        self._scope: tuple[Sequence[int] | None, str] = (None, "")
        self._queue: Queue | None = None
        self._walk: Walk | None = None
        self._fetching: Fetching | None = None
        self._fetched: dict[int, Shown] = {}
        self._current: Shown | None = None
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

    def start(self, nums: Sequence[int] | None, title: str) -> None:
        """Check the figures of these cases, of all when None; who checks is asked for the first time."""
        if not self._shell.can_write():
            self._shell.say(self.tr("这个案例库只读，不能核对。"))
            return
        if not self._reviewer.text() and not self._reviewer.ask():
            return
        self._scope = nums, title
        self._begin()

    def is_shown(self) -> bool:
        """Whether figures are being checked."""
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

    def leave(self) -> None:
        """Go back to the page that was shown before."""
        self._drop()
        if self.is_shown() and self._before is not None:
            self._shell.show_page(self._before)
            self._shell.focus_page()
        self.came_or_left.emit()

    def _begin(self, again: Sequence[State] = ()) -> None:
        """Put the figures in order in the library's thread, in steps, and show how far that is."""
        from core.reviewing import Fetching, doubts_then_queue

        page, (nums, title) = self.page(), self._scope
        if not self.is_shown():
            self._before = self._shell.page()
        self._drop()
        self._fetching = Fetching()
        page.say_title(self.tr("核对 · {0}").format(title))
        page.say_progress({}, "")
        page.strip.show_recent([], -1)
        page.say("list", self.tr("正在排好要核的数据…"), "")
        self._shell.show_page(page)
        page.setFocus()
        self.came_or_left.emit()
        job = self._shell.begin(lambda library: doubts_then_queue(library, nums, again), QUEUE, patient=True)
        if job is not None:
            job.stepped.connect(self._take)

    def _drop(self) -> None:
        self._queue = self._walk = self._current = None
        self._fetched.clear()
        self._times.clear()
        self._words.clear()

    def _forget(self) -> None:
        """The library closes: nothing of it is shown any more."""
        if self.is_shown():
            self.leave()
        self._drop()

    def _take(self, part: Looked | Counted) -> None:
        from core.reviewing import Counted, Walk

        if not isinstance(part, Counted):
            words = self.tr("{0} / {1} 例").format(grouped(part.cases), grouped(part.of))
            self.page().say("list", self.tr("正在排好要核的数据…"), words)
            return
        self._queue, self._states = part.queue, dict(part.states)
        self._walk = Walk(len(part.queue))
        self._count()
        self._show()

    # ---- one figure

    def current(self) -> Shown | None:
        """Return the figure that is shown and can be decided; None while none is."""
        return self._current

    def _show(self) -> None:
        """Show the figure where the walk stands, as soon as it is fetched; the one behind it is fetched meanwhile."""
        walk, queue = self._walk, self._queue
        if walk is None or queue is None:
            return
        self._current = None
        self._say_progress()
        if walk.ended:
            self._say_end()
            return
        num = queue.nums[walk.at]
        if num in self._fetched:
            self._put(num, self._fetched[num])
        else:
            self._fetch(num)

    def _fetch(self, num: int) -> None:
        fetching = self._fetching
        if fetching is None:
            return

        def show(shown: Any) -> None:
            if fetching is self._fetching:
                self._take_fetched(num, shown, FIGURE)

        self._shell.ask(lambda library: fetching.fetch(library, num), show, FIGURE)

    def _fetch_ahead(self) -> None:
        """Fetch the figures that come next, so that a quick person finds them there."""
        fetching, walk, queue = self._fetching, self._walk, self._queue
        if fetching is None or walk is None or queue is None:
            return
        first = max(walk.front, walk.at + 1)
        nums = [num for num in queue.nums[first : first + AHEAD] if num not in self._fetched]

        def fetch(library: Library) -> Iterator[tuple[int, Shown | None]]:
            for num in nums:
                yield num, fetching.fetch(library, num)

        def show(found: tuple[int, Shown | None]) -> None:
            if fetching is self._fetching:
                self._take_fetched(*found, NEXT)

        job = self._shell.begin(fetch, NEXT) if nums else None
        if job is not None:
            job.stepped.connect(show)

    def _take_fetched(self, num: int, shown: Shown | None, kind: str) -> None:
        if shown is not None:
            if len(self._fetched) >= KEPT:
                self._fetched.pop(next(iter(self._fetched)))
            self._fetched[num] = shown
        if kind == FIGURE or self._waits_for(num):
            self._put(num, shown)

    def _waits_for(self, num: int) -> bool:
        walk, queue = self._walk, self._queue
        return (
            self._current is None
            and walk is not None
            and queue is not None
            and not walk.ended
            and queue.nums[walk.at] == num
        )

    def _put(self, num: int, shown: Shown | None) -> None:
        if not self._waits_for(num) or self._walk is None or self._queue is None:
            return
        if shown is None:  # somebody took it out
            self._walk.leave("skipped")
            self._show()
            return
        self._current = shown
        why = self._queue.why.get(shown.metric.id)
        self.page().show_figure(shown, why.words if why else "")
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
            self.page().card.open_note()
        elif what == "changed":
            self.page().card.open_form(self._current)
        else:
            self._decide(cast("Verdict", what))

    def _save(self, metric: Metric) -> None:
        """Take the figure as it was put right; the same as before is right as it was."""
        from core.decisions import figure_value

        if self._current is not None:
            same = figure_value(metric) == figure_value(self._current.metric)
            self._decide("accepted" if same else "changed", None if same else metric)

    def _give_up(self) -> None:
        self.page().card.close_form()
        self.page().setFocus()

    def _decide(self, verdict: Verdict, metric: Metric | None = None) -> None:
        """Write the decision in the library's thread and go on at once."""
        from core.decisions import VERDICT_WORDS, figure_part, figure_value
        from core.library import AS_IT_IS, Wish

        shown, walk = self._current, self._walk
        if shown is None or walk is None:
            return
        value: Any = AS_IT_IS if metric is None else figure_value(metric)
        note = self.page().card.note.text().strip()
        wish = Wish(shown.case_num, figure_part(shown.metric.id), verdict, value, note)
        text = self.tr("核对「{0}」：{1}").format(shown.metric.indicator, VERDICT_WORDS[verdict])
        at = walk.at

        def hear(_: object) -> None:
            self._ours = True

        job = self._shell.change(lambda library: library.decisions.decide([wish], text), then=hear)
        if job is None:
            return
        job.failed.connect(lambda error: self._take_back(at))
        self._note_down(shown, verdict, metric or shown.metric, at)
        walk.leave(verdict)
        self._show()

    def _note_down(self, shown: Shown, verdict: str, metric: Metric, at: int) -> None:
        """Count the decision before the library has written it, so that nobody waits."""
        self._states[shown.metric.state] -= 1
        self._states[AFTER[verdict]] += 1
        self._own += shown.said is None or shown.said.who != self._reviewer.text()
        self._times.append(time.monotonic())
        self._words[at] = f"{value_text(metric)}{metric.unit}"
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
        from core.reviewing import Fetching

        walk, queue = self._walk, self._queue
        if walk is None or queue is None:
            return
        self._fetched.clear()
        self._fetching = Fetching()
        self._current = None
        watched = {queue.nums[at]: at for at in walk.watched()}

        def find(library: Library) -> dict[int, State]:
            figures = library.figures.states([*watched])
            return {watched[num]: state for num, state in figures.items()}

        def show(states: dict[int, State]) -> None:
            if walk is self._walk:
                walk.renew(states)
                self._show()

        self._shell.ask(find, show)
        self._count()

    def _count(self) -> None:
        """Count anew how much was checked, and how much of it by this person."""
        from core.reviewing import own_share

        nums, walk = self._scope[0], self._walk
        if walk is None:
            return

        def show(found: tuple[dict[State, int], int]) -> None:
            if walk is self._walk:
                self._states, self._own = found
                self._say_progress()

        self._shell.ask(lambda library: (library.decisions.progress(nums), own_share(library)), show, COUNT)

    # ---- what is said

    def _say_progress(self) -> None:
        from core.reviewing import minutes_left
        from gui.review.legend import Recent

        walk, page = self._walk, self.page()
        if walk is None:
            return
        total = sum(self._states.values())
        left = walk.length - walk.front
        said = self.tr("已核 {0} / {1}　我核过 {2}　还剩 {3}").format(
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
        walk = self._walk
        if walk is None:
            return
        counts = "，".join(
            f"{self.tr(word)} {grouped(self._states.get(state, 0))}" for state, word in STATE_WORDS.items()
        )
        skipped = len(walk.skipped())
        head = self.tr("核到头了") if walk.length else self.tr("这里没有要核的数据")
        button, act = "", ""
        if skipped:
            button, act = self.tr("再看跳过的 {0} 个").format(grouped(skipped)), "skipped"
        elif self._states.get("unsure"):
            button, act = self.tr("再看存疑的 {0} 个").format(grouped(self._states["unsure"])), "unsure"
        self.page().say("circle-check", head, counts, button, act)

    def _act(self, act: str) -> None:
        """Go once more through what was skipped, or what is unsure."""
        self._begin(again=("unsure",) if act == "unsure" else ())
