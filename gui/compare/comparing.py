"""What the menu of comparing does: cases or places side by side, indicators joined and parted, cases like one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core import gathering
    from core.comparing.sheet import Cell, Head, Sheet
    from core.library import Library, Query
    from gui.compare.figures import Line
    from gui.compare.like import Alike, LikePage
    from gui.compare.page import ComparePage


class Comparing(QObject):
    """Makes comparisons in the library's thread, and shows the last one."""

    shown = Signal()
    """A comparison is there, or another one."""
    export_wanted = Signal()
    case_wanted = Signal(int, str)
    """A case is wanted, at the figure with this id (empty for none)."""

    def __init__(self, shell: Shell, cache: Path) -> None:
        super().__init__(shell)
        self._shell, self._cache = shell, cache
        self._page: ComparePage | None = None
        self._like_page: LikePage | None = None
        self._again: Callable[[], None] | None = None
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

    def compare_query(self, query: Query, title: str = "") -> None:
        """Put the hits of a query side by side: a selection, a theme in a place, a cell of the map."""

        def find(library: Library) -> gathering.Found:
            from core import gathering

            return gathering.of_cases(library, library.search.find(query).nums.tolist())

        self._again = lambda: self._ask(find, title, show=False)
        self._ask(find, title)

    def show(self) -> None:
        """Show the last comparison, or how one is made."""
        self._shell.show_page(self.page)
        self.page.setFocus()

    def show_like(self, num: int) -> None:
        """Show the cases that are like one."""

        def find(library: Library) -> tuple[str, Sequence[str], list[Alike]]:
            from core import gathering
            from gui.compare.like import Alike

            near = gathering.like(library, num, cache=self._cache)
            rows = {row.num: row for row in library.cases.rows([num, *(n.num for n in near)])}
            words = gathering.keywords_of(library, [num], self._cache)
            return rows[num].title, words, [Alike(rows[n.num], n) for n in near if n.num in rows]

        def show(found: tuple[str, Sequence[str], list[Alike]]) -> None:
            self._like.show_like(num, *found)
            self._shell.show_page(self._like)
            self._shell.say_idle()
            self._like.setFocus()

        self._shell.say_busy(self.tr("正在找相近的案例"))
        self._shell.ask(find, show, "like")

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
        def make(library: Library) -> tuple[Sheet, Sequence[Line]] | str:
            from core import gathering
            from gui.compare.figures import lines_of

            try:
                found = find(library)
            except gathering.TooFewError as error:
                return str(error)
            ruling = gathering.rulings(library)
            sheet = gathering.sheet_of(found, title=title, ruling=ruling, cache=self._cache)
            return sheet, lines_of(sheet)

        self._shell.say_busy(self.tr("正在比较"))
        self._shell.ask(make, lambda made: self._take(made, show), "compare")

    def _take(self, made: tuple[Sheet, Sequence[Line]] | str, show: bool) -> None:
        self._shell.say_idle()
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
        self._again = None
        if self._page is not None:
            self.page.say(self.tr("还没有比较什么"), self.tr("选中两到八个案例，再按 Ctrl+M。"))

    def _open_cell(self, cell: Cell) -> None:
        self.case_wanted.emit(cell.case.num, cell.metric.id)

    def _open_case(self, head: Head) -> None:
        self.case_wanted.emit(head.num, "")

    def _say_copied(self) -> None:
        self._shell.say(self.tr("已复制，可以粘贴到 Word 和表格里"))
