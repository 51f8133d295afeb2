"""Child of ``bench.start``: opens a window, prints when it was painted and idle and what it weighs, and ends.

``python -m bench.painted empty`` or ``python -m bench.painted anlan [ARGUMENT …]``.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

STARTED = float(os.environ["BENCH_STARTED"])
"""``time.time()`` of the parent just before it started this process."""


def main() -> None:
    """Replace the event loop's start by one that stops when the first window is painted and nothing waits any more."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    run = QApplication.exec

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                watched.removeEventFilter(self)
                painted = taken()
                QTimer.singleShot(0, lambda: report(painted))
                if (shell := getattr(watched.window(), "shell", None)) is not None:
                    shell.library_opened.connect(lambda: watch_list(watched.window()))
            return False

    settled: list[tuple[float, float]] = []

    def watch_list(window: Any) -> None:
        window.browse.settled.connect(lambda: settled.append(taken()))

    def report(painted: tuple[float, float]) -> None:
        idle = taken()
        stay = int(os.environ.get("BENCH_STAY_MS", "0"))
        QTimer.singleShot(stay, lambda: finish(painted, idle, settled[-1] if settled else idle))

    def finish(painted: tuple[float, float], idle: tuple[float, float], filled: tuple[float, float]) -> None:
        import psutil

        rss = psutil.Process().memory_info().rss / 2**20
        numbers = (painted[0], idle[0], painted[1], idle[1], filled[0], filled[1], rss, float("jieba" in sys.modules))
        print(*(f"{number:.4f}" for number in numbers), flush=True)
        QApplication.closeAllWindows()

    def watched_exec(*_: object) -> int:
        watcher = FirstPaint()
        # Only the window itself is watched: a filter for all would make PySide wrap what it else never meets.
        next(w for w in QApplication.topLevelWidgets() if w.isVisible()).installEventFilter(watcher)
        return int(run())

    QApplication.exec = watched_exec  # type: ignore[method-assign]
    if sys.argv[1] == "empty":
        application = QApplication([])
        window = QWidget()
        window.resize(1280, 800)
        window.show()
        application.exec()
    else:
        from gui.__main__ import main as open_window

        open_window(sys.argv[2:])


def taken() -> tuple[float, float]:
    """Seconds since the parent started this process, and seconds of the processor that it has used."""
    return time.time() - STARTED, time.process_time()


if __name__ == "__main__":
    main()
