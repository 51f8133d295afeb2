"""What the menu of comparing does: cases or places side by side, indicators joined and parted, cases like one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.writing.figure_text import grouped
from gui.kit.banner import Banner
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core import gathering
    from core.comparing.compare import Progress
    from core.comparing.sheet import Cell, Head, Sheet
    from core.library import Library, Query
    from gui.compare.figures import Line
    from gui.compare.like import Alike, LikePage
    from gui.compare.page import ComparePage
    from gui.shell.jobs import Job

    Made = tuple[Sheet, Sequence[Line]] | str
    """A comparison with the lines of its table, or why there is none."""

BAR_AFTER_MS = 600
"""What takes longer is told in a bar, where it can be cancelled."""


class Comparing(QObject):
    """Makes comparisons in the library's thread, and shows the last one."""

    shown = Signal()
    """A comparison is there, or another one."""
    export_wanted = Signal()
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes: how far a comparison is that takes long."""
    case_wanted = Signal(int, str)
    """A case is wanted, at the figure with this id (empty for none)."""

    def __init__(self, shell: Shell, cache: Path) -> None:
        super().__init__(shell)
        self._shell, self._cache = shell, cache
        self._page: ComparePage | None = None
        self._like_page: LikePage | None = None
        self._again: Callable[[], None] | None = None
        self._job: Job | None = None
        self._bar: Banner | None = None
        self._said = ""
        self._bar_later = QTimer(self, singleShot=True, interval=BAR_AFTER_MS)
        self._bar_later.timeout.connect(self._show_bar)
        shell.library_closing.connect(self._forget)
        shell.library_changed.connect(self._renew)

    # ---- what the menus do

    def compare(self, nums: Sequence[int], title: str = "", by: gathering.By | None = None) -> None:
        """Put cases side by side: up to eight each for itself, more by their places."""
        chosen = list(nums)

        def find(library: Library) -> gathering.Found:
            from core import gathering

            return gathering.of_cases(library, chosen, by=by)

        self._again = lambda: self._ask(find, title, show=False)
        self._ask(find, title)

    def compare_query(self, query: Query, title: str = "", by: gathering.By | None = None) -> None:
        """Put the hits of a query side by side: a selection, a theme in a place, a cell of the map; ``by`` places."""

        def find(library: Library) -> gathering.Found:
            from core import gathering

            return gathering.of_cases(library, library.search.find(query).nums.tolist(), by=by)

        self._again = lambda: self._ask(find, title, show=False)
        self._ask(find, title)

    def show(self) -> None:
        """Show the last comparison, or how one is made."""
        self._shell.show_page(self.page)
        self.page.setFocus()

    def show_like(self, num: int) -> None:
        """Show the cases that are like one; other questions are answered while they are looked for."""

        def hear(step: object) -> None:
            if isinstance(step, Found):
                self._like.show_like(num, *step)
                self._shell.show_page(self._like)
                self._shell.say_idle()
                self._like.setFocus()

        job = self._shell.begin(lambda library: _find_like(library, num, self._cache), "like", patient=True)
        if job is not None:
            self._shell.say_busy(self.tr("正在找相近的案例"))
            job.stepped.connect(hear)

    def has_sheet(self) -> bool:
        """Whether there is a comparison."""
        return self._page is not None and self._page.sheet is not None

    def picks(self) -> Sequence[tuple[str, str, Sheet]]:
        """Return what of the comparison that is shown can be taken elsewhere; nothing where another page is shown."""
        return self.page.picks() if self._shell.is_shown(self._page) else ()

    def is_shown(self) -> bool:
        """Whether a page of this area is what is shown."""
        return self._shell.is_shown(self._page) or self._shell.is_shown(self._like_page)

    def copy_table(self) -> None:
        """Put the whole comparison on the clipboard."""
        self.page.copy_table()

    def copy_picture(self) -> None:
        """Put the chart on the clipboard as a picture."""
        self.page.chart.copy_picture()

    # ---- joining and parting

    def join(self, lines: Sequence[Line]) -> None:
        """Decide that the names of several rows are one indicator."""
        names = [line.row.names for line in lines]
        pairs = [(a, b) for x, y in combinations(names, 2) for a in x for b in y if a != b]
        self._rule(pairs, True, self.tr("已归为同一个指标，按 Ctrl+Z 撤销"))

    def part(self, lines: Sequence[Line]) -> None:
        """Decide that the names of one row are indicators of their own."""
        pairs = [pair for line in lines for pair in combinations(line.row.names, 2)]
        self._rule(pairs, False, self.tr("已拆开，按 Ctrl+Z 撤销"))

    def _rule(self, pairs: Sequence[tuple[str, str]], one: bool, said: str) -> None:
        """Keep it as a decision in the library; its change renews the comparison."""

        def rule(library: Library) -> None:
            from core import gathering

            gathering.rule(library, pairs, one)

        if not self._shell.can_write():
            self._shell.say(self.tr("这个案例库只读，归并和拆开记不下来"))
        elif pairs:
            self._shell.change(rule, said)

    # ---- the pages

    @property
    def page(self) -> ComparePage:
        """The page of comparisons."""
        if self._page is None:
            from gui.compare.page import ComparePage

            self._page = ComparePage()
            self._page.cell_opened.connect(self._open_cell)
            self._page.case_opened.connect(self._open_case)
            self._page.join_wanted.connect(self.join)
            self._page.part_wanted.connect(self.part)
            self._page.copied.connect(self._say_copied)
            self._page.export_wanted.connect(self.export_wanted)
            self._shell.add_page(self._page)
        return self._page

    @property
    def _like(self) -> LikePage:
        if self._like_page is None:
            from gui.compare.like import LikePage

            self._like_page = LikePage()
            self._like_page.case_opened.connect(lambda num: self.case_wanted.emit(num, ""))
            self._like_page.compare_wanted.connect(self.compare)
            self._like_page.copied.connect(self._say_copied)
            self._shell.add_page(self._like_page)
        return self._like_page

    def _ask(self, find: Callable[[Library], gathering.Found], title: str, show: bool = True) -> None:
        """Compare in the library's thread, step by step; what takes long is told in a bar, where it can be left."""
        self.cancel()

        def work(library: Library) -> Iterator[Progress | Made | Sheet]:
            return _make(library, find, title, self._cache)

        job = self._shell.begin(work, "compare", patient=True)
        if job is None:
            return
        self._job = job
        self._shell.say_busy(self.tr("正在比较"))
        self._bar_later.start()
        job.stepped.connect(lambda step: self._hear(step, show))
        job.failed.connect(lambda error: self._end())

    def cancel(self) -> None:
        """Leave the comparison that is being made; the one that is shown stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _hear(self, step: Progress | Made | Sheet, show: bool) -> None:
        """Tell how far it is, or take what was made; the keywords come when the rest is shown already."""
        from core.comparing.compare import Progress
        from core.comparing.sheet import Sheet

        if isinstance(step, Sheet):
            self.page.take_keywords(step)
            self._job = None
            return
        if not isinstance(step, Progress):
            self._quiet()
            self._take(step, show)
            return
        of, done, total = step
        if of == "words":
            return
        words = {"cases": self.tr("读案例 {done} / {total}"), "rows": self.tr("比指标 {done} / {total}")}[of]
        said = words.format(done=grouped(done), total=grouped(total))
        share = done / max(1, total)
        self._shell.say_busy(self.tr("正在比较：") + said, share / 2 + (0.5 if of == "rows" else 0.0))
        self._said = said
        if self._bar is not None:
            self._bar.say(said)

    def _show_bar(self) -> None:
        self._bar = Banner(self.tr("正在比较"), self._said, [(self.tr("取消"), self._leave)])
        self.bar_made.emit(self._bar)

    def _leave(self) -> None:
        self.cancel()
        self._shell.say(self.tr("已取消比较。"))

    def _end(self) -> None:
        self._job = None
        self._quiet()

    def _quiet(self) -> None:
        """Nothing is waited for any more."""
        self._said = ""
        self._bar_later.stop()
        self._shell.say_idle()
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None

    def _take(self, made: Made, show: bool) -> None:
        if isinstance(made, str):
            self.page.say(made, self.tr("在列表里选中两个以上案例，或选一个有几个地区的主题、汇编，再比较。"))
        else:
            self.page.show_sheet(*made)
        if show:
            self.show()
        self.shown.emit()

    def _renew(self) -> None:
        """After a change of the library the comparison that is shown is made again."""
        if self.has_sheet() and self._shell.is_shown(self._page) and self._again is not None:
            self._again()

    def _forget(self) -> None:
        """Another library is opened: what was compared is gone."""
        self.cancel()
        self._again = None
        if self._page is not None:
            self.page.say(self.tr("还没有比较什么"), self.tr("选中两到八个案例，再按 Ctrl+M。"))

    def _open_cell(self, cell: Cell) -> None:
        self.case_wanted.emit(cell.case.num, cell.metric.id)

    def _open_case(self, head: Head) -> None:
        self.case_wanted.emit(head.num, "")

    def _say_copied(self) -> None:
        self._shell.say(self.tr("已复制，可以粘贴到 Word 和表格里"))


def _make(
    library: Library, find: Callable[[Library], gathering.Found], title: str, cache: Path
) -> Iterator[Progress | Made | Sheet]:
    """Yield how far a comparison is, then the comparison, or why there is none; at last the same with its keywords."""
    from core import gathering
    from gui.compare.figures import lines_of

    try:
        found = find(library)
    except gathering.TooFewError as error:
        yield str(error)
        return
    ruling = gathering.rulings(library)
    sheet = yield from gathering.sheet_in_steps(found, title=title, ruling=ruling)
    yield sheet, lines_of(sheet)
    yield (yield from gathering.keywords_in_steps(found, sheet, cache))


class Found(NamedTuple):
    """The cases that are like one: its title, its keywords, and they."""

    title: str
    keywords: Sequence[str]
    alike: Sequence[Alike]


def _find_like(library: Library, num: int, cache: Path) -> Iterator[Progress | Found]:
    from core import gathering
    from gui.compare.like import Alike

    near = yield from gathering.like_in_steps(library, num, cache=cache)
    rows = {row.num: row for row in library.cases.rows([num, *(n.num for n in near)])}
    words = gathering.keywords_of(library, [num], cache)
    yield Found(rows[num].title, words, [Alike(rows[n.num], n) for n in near if n.num in rows])
