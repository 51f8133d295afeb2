"""Memory of the window over cases looked at: ``python -m bench.looking [--cases 5000]``.

Every case of a library of our own making is chosen in the list, shown, scrolled to its end, and one of its figures
lit up. After the first five hundred memory must stay flat within 5 %.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

STEP, SETTLED, GROWTH = 500, 500, 1.05
"""After how many cases memory is measured, until when caches fill, and how much larger it may be at the end."""
TICK_MS = 1


def main() -> int:
    """Look at the cases and print the memory in MB after each five hundred; 1 when it grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        sizes = look(Path(home), options.cases)
    settled = sizes[min(SETTLED // STEP, len(sizes)) - 1]
    growth = round(sizes[-1] / settled, 3)
    print(json.dumps({"cases": options.cases, "mb": sizes, "growth": growth}))
    return int(growth > GROWTH)


def look(home: Path, count: int) -> list[float]:
    """Return the resident memory in MB after each ``STEP`` cases."""
    import psutil
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from core.folders import Folders
    from gui import theme
    from gui.shell.settings import Settings
    from gui.window import Window

    path = home / "案例.anlan"
    _build(path, count)
    app = QApplication([])
    theme.apply(app, "light")
    window = Window(Folders(home, home, home / "logs", home / "cache"), Settings(home / "anlan.ini"))
    window.show()
    sizes: list[float] = []

    def hand() -> Iterator[bool]:
        """Do what a person does; True when the next step may follow."""
        window.files.open(path)
        while window.shell.session is None or not window.views.has_overview():
            yield False
        window.browse.choosing.show_all()
        views = window.views
        while not views.has_panes() or len(views.list.model.nums) < count:
            yield False
        for at, num in enumerate(list(views.list.model.nums), 1):
            window.browse.showing.show_case(num)
            yield True
            while not views.pane.is_set():
                yield False
            bar = views.pane.page.verticalScrollBar()
            bar.setValue(bar.maximum())
            yield True
            if (metric := views.metrics.model.record(0)) is not None:
                views.pane.light_up(metric)
            yield True
            if at % STEP == 0:
                gc.collect()
                sizes.append(round(psutil.Process().memory_info().rss / 2**20, 1))

    steps = hand()
    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(lambda: next(steps, None) is None and app.quit())
    timer.start()
    app.exec()
    timer.stop()
    window.close()
    return sizes


def _build(path: Path, count: int) -> None:
    from bench.corpus import generate
    from core.library import Library

    cases = generate(count)
    with Library.create(path) as library:
        while some := list(islice(cases, 1000)):
            library.cases.add(some)


if __name__ == "__main__":
    sys.exit(main())
