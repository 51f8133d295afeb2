"""How long comparing takes, and how long it keeps the window's thread at a stretch: ``python -m bench.comparing FILE``.

A library of any size (a copy of it is opened): two cases, eight cases, the eight places with most cases, every chart,
the words side by side, cases like one. The processor's time of the window's thread stands beside the wall clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

LIMIT_MS = 100
TICK_MS = 2
CALM = 40
"""So many ticks after it is done the window is watched."""


def main() -> None:
    """Measure, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "案例.anlan"
        shutil.copy(options.library, path)
        _core(path, Path(folder))
        _window(path, Path(folder))


def places_of(library: Any, most: int = 8) -> list[str]:
    """Return the codes of the counties that have most cases."""
    nums = library.search.find(_everything()).nums[:20_000]
    counted = Counter(row.place for row in library.cases.rows(nums) if row.place)
    codes = []
    for label, _ in counted.most_common(most):
        num = next(row.num for row in library.cases.rows(nums) if row.place == label)
        codes.append(library.cases.load(num).place.code)
    return codes


def _everything() -> Any:
    from core.library import Query

    return Query()


def _core(path: Path, folder: Path) -> None:
    from core import gathering
    from core.library import Library

    with Library.open(path) as library:
        nums = library.search.find(_everything()).nums.tolist()
        print(f"{len(nums)} cases")
        places = places_of(library)

        def told(name: str, do: Callable[[], Any]) -> Any:
            began, cpu = time.perf_counter(), time.thread_time()
            out = do()
            print(
                f"  {name:28} {time.perf_counter() - began:6.2f} s (CPU {time.thread_time() - cpu:5.2f} s)", flush=True
            )
            return out

        told("keywords of a case, first", lambda: gathering.keywords_of(library, nums[:1], folder))
        told("keywords of a case", lambda: gathering.keywords_of(library, nums[1:2], folder))
        told("keywords of 30 cases", lambda: gathering.keywords_of(library, nums[:30], folder))
        told("cases like one", lambda: gathering.like(library, nums[0], cache=folder))
        found = told("two cases, fetched", lambda: gathering.of_cases(library, nums[:2]))
        told("two cases, compared", lambda: gathering.sheet_of(found, cache=folder))
        found = told("eight places, fetched", lambda: gathering.of_places(library, places))
        sheet = told("eight places, compared", lambda: gathering.sheet_of(found, cache=folder))
        cases = sum(len(group.cases) for group in found[0])
        print(f"  {cases} cases, {len(sheet.rows)} rows, {len(sheet.pairs)} pairs")


class _Watch:
    """Does something, and prints the longest pauses of the window meanwhile."""

    def step(self, name: str, do: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do it, go on until it is done and a little longer."""
        from PySide6.QtCore import QEventLoop, QTimer

        walls, cpus, calm, done = [0.0], [0.0], [0], [0.0]
        last = [time.perf_counter(), time.thread_time()]
        loop, began = QEventLoop(), time.perf_counter()

        def tick() -> None:
            walls.append(time.perf_counter() - last[0])
            cpus.append(time.thread_time() - last[1])
            is_done = until()
            done[0] = done[0] or (time.perf_counter() - began if is_done else 0.0)
            calm[0] = calm[0] + 1 if is_done else 0
            last[:] = [time.perf_counter(), time.thread_time()]
            if calm[0] > CALM:
                loop.quit()

        timer = QTimer(interval=TICK_MS)
        timer.timeout.connect(tick)
        timer.start()
        do()
        loop.exec()
        wall, cpu = max(walls) * 1000, max(cpus) * 1000
        mark = "" if cpu <= LIMIT_MS else "  above the limit"
        print(f"  {name:28} {done[0]:6.2f} s, longest pause {wall:5.0f} ms (CPU {cpu:4.0f} ms){mark}", flush=True)


def _window(path: Path, folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from core.folders import Folders
    from core.library import Query
    from gui import theme
    from gui.shell.settings import Settings
    from gui.window import Window

    app = QApplication([])
    theme.apply(app, "light")
    window = Window(Folders(folder, folder, folder, folder), Settings(folder / "anlan.ini"))
    window.shell.fail = print  # type: ignore[method-assign,assignment]  # a dialog would wait
    window.resize(1280, 800)
    window.show()
    watch = _Watch()
    watch.step("open", lambda: window.files.open(path), lambda: window.shell.session is not None)
    watch.step("list", window.browse.choosing.show_all, lambda: len(window.views.list.model.nums) > 0)
    nums = list(window.views.list.model.nums)
    shown = [0]
    window.comparing.shown.connect(lambda: shown.__setitem__(0, shown[0] + 1))

    def compare(name: str, do: Callable[[], object]) -> None:
        before = shown[0]
        watch.step(name, do, lambda: shown[0] > before)

    compare("two cases, first", lambda: window.comparing.compare(nums[:2]))
    compare("eight cases", lambda: window.comparing.compare(nums[2:10]))
    page = window.comparing.page

    def chart(kind: str) -> None:
        page.kinds.choose(kind)
        page.draw()

    def view(which: str) -> None:
        page.views.choose(which)
        page.show_view()

    for kind, _ in (("changes", ""), ("times", ""), ("heat", ""), ("bars", "")):
        watch.step(f"chart: {kind}", partial(chart, kind), lambda: True)
    watch.step("words side by side", partial(view, "side"), lambda: True)
    watch.step("figures again", partial(view, "figures"), lambda: True)
    window.browse.choosing.show_all()
    compare("everything by place", lambda: window.comparing.compare_query(Query()))
    watch.step("words side by side", partial(view, "side"), lambda: True)
    watch.step("dark", lambda: window.look.dress("dark"), lambda: True)
    watch.step("figures again", partial(view, "figures"), lambda: True)
    watch.step("light", lambda: window.look.dress("light"), lambda: True)
    watch.step("heat", partial(chart, "heat"), lambda: True)
    watch.step("cases like one", lambda: window.comparing.show_like(nums[0]), lambda: window.comparing.is_shown())
    window.close()


if __name__ == "__main__":
    main()
