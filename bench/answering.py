"""How long the window's thread is busy at a stretch while large things are done: nothing may take above 100 ms.

``python -m bench.answering --library FILE`` (a library of 10 000 cases; a copy of it, with a heavy case, is changed).
The processor's time of the window's thread is told beside the wall clock, which on a busy machine also counts what
others do.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.window import Window

LIMIT_MS = 100
TICK_MS = 2


def main() -> None:
    """Open the library, collect ten thousand cases, undo, redo, search, change the theme, and print the pauses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "案例.anlan"
        shutil.copy(options.library, path)
        _add_heavy(path)
        _decide(path)
        _measure(path, Path(folder))


def _add_heavy(path: Path) -> None:
    """Put a case of 36 000 figures into a library."""
    from bench.corpus import heavy_case
    from core.library import Library

    case, page = heavy_case()
    with Library.open(path) as library:
        library.cases.add([case], page)


def _decide(path: Path) -> None:
    """Let two people have judged, starred and tagged something, so that there is something to be filtered by."""
    from core.decisions import CASE
    from core.library import Library, Query, Wish

    verdicts = ("accepted", "unsure", "rejected")
    with Library.open(path) as library:
        library.decisions.reviewer = "乙"
        for at, num in enumerate(library.search.find(Query()).nums[:300].tolist()):
            wishes = [Wish(num, CASE, verdicts[at % 3])]  # type: ignore[arg-type]
            wishes += [Wish(num, "starred", "changed", True)] if at % 2 else []
            wishes += [Wish(num, "tags", "changed", [f"标签{at % 7}"])] if at % 3 else []
            library.decisions.decide(wishes)


def _measure(path: Path, folder: Path) -> None:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from core.folders import Folders
    from core.library import Query, SelectionRow
    from gui import theme
    from gui.shell.settings import Settings
    from gui.window import Window

    app = QApplication([])
    theme.apply(app, "light")
    window = Window(Folders(folder, folder, folder, folder), Settings(folder / "anlan.ini"))
    window.shell.fail = print  # type: ignore[method-assign,assignment]  # a dialog would wait
    window.show()
    gc.freeze()  # as the program does when its event loop begins

    def step(name: str, do: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do it, go on until it is done and a little longer, and print the longest pauses between two ticks."""
        walls, cpus = [0.0], [0.0]
        last = [time.perf_counter(), time.thread_time()]
        loop, began, calm = QEventLoop(), time.perf_counter(), [0]

        def tick() -> None:
            now = [time.perf_counter(), time.thread_time()]
            walls.append(now[0] - last[0])
            cpus.append(now[1] - last[1])
            last[:] = now
            calm[0] = calm[0] + 1 if until() else 0
            last[:] = [time.perf_counter(), time.thread_time()]
            if calm[0] > 100:
                loop.quit()

        timer = QTimer(interval=TICK_MS)
        timer.timeout.connect(tick)
        timer.start()
        do()
        loop.exec()
        took, wall, cpu = time.perf_counter() - began, max(walls) * 1000, max(cpus) * 1000
        mark = "" if cpu <= LIMIT_MS else "  above the limit"
        print(f"{name:28} took {took:6.2f} s, longest pause {wall:6.0f} ms (CPU {cpu:5.0f} ms){mark}", flush=True)

    def rows() -> list[SelectionRow]:
        return window.shell.library.selections.rows()

    step(
        "open",
        lambda: window.files.open(path),
        lambda: window.shell.session is not None and window.views.has_overview(),
    )
    step("first list", window.browse.choosing.show_all, lambda: len(window.views.list.model.nums) > 0)
    nums = list(window.views.list.model.nums)[:10_000]
    step("choose all", window.views.list.table.selectAll, lambda: True)
    had = len(rows())
    begin = lambda: window.shell.change(lambda library: library.selections.add("甲"))  # noqa: E731
    step("new selection", begin, lambda: len(rows()) > had)
    step(
        "collect all",
        lambda: window.browse.collecting.add_to(rows()[-1].id, nums),
        lambda: rows()[-1].cases == len(nums),
    )
    step("undo", window.undo, lambda: rows()[-1].cases == 0)
    step("redo", window.redo, lambda: rows()[-1].cases == len(nums))
    step("search", lambda: window.views.search.set_words("村"), lambda: window.views.search.words() == "村")
    step("search, many words", lambda: window.views.search.set_words("村 服务"), lambda: True)
    step("no search", lambda: window.views.search.set_words(""), lambda: True)
    step("theme by city", window.browse.choosing.swap_tree, lambda: True)
    step("overview", window.browse.choosing.show_overview, lambda: True)
    step("mechanisms", window.browse.choosing.show_mechanisms, lambda: True)
    most = window.shell.library.search.find(Query(order="figures", descending=True)).nums[:1]
    heaviest = window.shell.library.cases.rows(most)[0]
    step(
        f"case of {heaviest.figures} figures",
        lambda: window.browse.showing.show_case(heaviest.num),
        lambda: window.views.pane.is_whole(heaviest.id),
    )
    step("the same copied whole", window.views.pane.copy_with_source, lambda: True)
    step("dark, at its beginning", lambda: window.look.dress("dark"), lambda: window.views.pane.is_whole(heaviest.id))
    bar = window.views.pane.page.verticalScrollBar()
    step("to its end", lambda: bar.setValue(bar.maximum()), lambda: True)
    step("light, at its end", lambda: window.look.dress("light"), lambda: window.views.pane.is_whole(heaviest.id))
    step("a light case", lambda: window.browse.showing.show_case(nums[0]), lambda: True)
    step("dark", lambda: window.look.dress("dark"), lambda: True)
    window.browse.choosing.show_all()
    _filter(window, step)
    _tag(window, step, nums[:2000])
    step("light, list shown", lambda: window.look.dress("light"), lambda: True)
    window.reviewer.take("甲", "")
    reviewing, doubting = window.reviewing, window.doubting
    step("check all, first figure", lambda: reviewing.start(None, "全部"), lambda: reviewing.current() is not None)
    step("a verdict", lambda: reviewing.do("accepted"), lambda: reviewing.current() is not None)
    step("check cases, first case", lambda: reviewing.start(None, "", "case"), lambda: reviewing.current() is not None)
    reviewing.leave()
    step("doubts, first listed", lambda: doubting.show(None, "全部"), lambda: bool(doubting.page().chosen()))
    step("stopped", doubting.stop, lambda: True)
    step("where people differ", lambda: doubting.show(None, "全部", "conflicts"), lambda: True)
    window.close()


Step = Callable[[str, Callable[[], object], Callable[[], bool]], None]
"""Does something, waits until it is done, and prints the longest pauses."""


def _filter(window: Window, step: Step) -> None:
    """Narrow the list by what persons said, starred and tagged, and show all again."""
    from core.library import Query

    wanted = {
        "by state": Query(states=("checked", "unsure")),
        "by tag": Query(tags=("标签1",)),
        "by star": Query(starred=True),
        "by what is unchecked": Query(states=("unchecked",)),
        "by nothing": Query(),
    }
    for name, query in wanted.items():
        count = len(window.shell.library.search.find(query).nums)
        shown = partial(_lists, window, count)
        step(f"filtered {name}, {count}", partial(window.browse.asking.take_query, query), shown)
    step("theme by city again", window.browse.choosing.swap_tree, lambda: True)


def _lists(window: Window, count: int) -> bool:
    return len(window.views.list.model.nums) == count


def _tag(window: Window, step: Step, nums: Sequence[int]) -> None:
    """Tag cases in one change, and take it back."""
    from core.editing.batch import Batch, carry_out
    from core.library import Library

    def do(library: Library) -> Generator[int, None, int]:
        return carry_out(library, nums, Batch(add_tags=("复查",)))

    def tagged() -> bool:
        return ("复查", len(nums)) in window.shell.library.contents.tags()

    step(f"{len(nums)} tagged", lambda: window.shell.change_in_steps(do, len(nums), "", ""), tagged)
    step("undone", window.undo, lambda: not tagged())


if __name__ == "__main__":
    main()
