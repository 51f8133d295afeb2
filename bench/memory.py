"""Memory of the window over a working day in little: a scripted session, again and again.

``python -m bench.memory [--rounds 20]``. Each round browses the tree, opens cases and figures, searches, copies and
changes the theme, as the self-test does. After the first rounds, in which caches fill, memory must stay flat.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

SETTLED, GROWTH = 5, 1.05
"""Rounds until caches are full, and how much larger memory may be at the end than then."""


def main() -> int:
    """Run the session, print memory in MB after each round; 1 when it grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        sizes = session(Path(home), options.rounds)
    report = {
        "rounds": options.rounds,
        "seconds": round(time.monotonic() - began),
        "mb": sizes,
        "growth": round(sizes[-1] / sizes[min(SETTLED, len(sizes)) - 1], 3),
    }
    line = json.dumps(report)
    print(line)
    if options.report:
        options.report.write_text(line + "\n", "utf-8")
    return int(report["growth"] > GROWTH)


def session(home: Path, rounds: int) -> list[int]:
    """Resident memory in MB after each round."""
    import psutil
    from PySide6.QtWidgets import QApplication

    from core.folders import Folders
    from gui import self_test, theme
    from gui.shell.settings import Settings
    from gui.window import Window

    app = QApplication([])
    theme.apply(app, "light")
    folders = Folders(home, home, home / "logs", home / "cache")
    window = Window(folders, Settings(folders.settings))
    window.show()
    test = self_test.Tester(window, home)
    self_test.see_opened(test)
    steps = (
        self_test.see_tree, self_test.see_case, self_test.see_figures, self_test.see_search, self_test.see_copy,
        self_test.see_themes,
    )  # fmt: skip
    sizes = []
    for _ in range(rounds):
        for see in steps:
            see(test)
        sizes.append(round(psutil.Process().memory_info().rss / 2**20))
    window.close()
    test.rest(50)
    return sizes


if __name__ == "__main__":
    sys.exit(main())
