"""From the start of the process to the first painted, idle window, against an empty PySide6 window, in turns.

``python -m bench.start [--runs 15] [--library FILE]``. The limit is one and a half times the empty window's time. Idle
is the first turn of the event loop in which nothing waits: a key would be taken then. What is behind the frame is made
in such turns; the last line says when all of it is there and the list shown. Beside the wall clock the processor's time
is told: on a busy machine it is the steadier of the two.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench import table

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.5


class Start(NamedTuple):
    """Seconds on the wall and of the processor until the first paint, until idle, and until the library is shown.

    The last is known only of a window that stays for a while. Memory in MB.
    """

    painted: float
    idle: float
    painted_cpu: float
    idle_cpu: float
    filled: float
    filled_cpu: float
    rss: float
    jieba: float


def main() -> None:
    """Measure both windows in turns and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    for folder in ("core", "gui", "bench"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    with tempfile.TemporaryDirectory() as home:
        ours = ["anlan", *(["--library", str(options.library)] if options.library else [])]
        first = measure(ours, home)
        print(f"first start, which builds the default library: painted {first.painted:.3f} s, idle {first.idle:.3f} s")
        measure(["empty"], home)
        rows = [(measure(["empty"], home), measure(ours, home)) for _ in range(options.runs)]
        stayed = [measure(ours, home, stay_ms=1500) for _ in range(3)]
    for name, column in (("empty window", 0), ("anlan", 1)):
        middle = Start(*map(statistics.median, zip(*(row[column] for row in rows), strict=True)))
        print(
            f"{name:13} painted {middle.painted:.3f} s (CPU {middle.painted_cpu:.3f}), "
            f"idle {middle.idle:.3f} s (CPU {middle.idle_cpu:.3f}), RSS {middle.rss:.0f} MB"
        )
    ratios = {field: ratio(rows, field) for field in ("painted", "idle", "painted_cpu", "idle_cpu")}
    said = ", ".join(f"{field} {value:.2f}" for field, value in ratios.items())
    print(f"ratios {said} (limit {LIMIT} for idle)")
    loaded, rss = any(mine.jieba for _, mine in rows), max(start.rss for start in stayed)
    print(f"jieba loaded: {loaded}; a little later: RSS {rss:.0f} MB")
    filled = [statistics.median(column) for column in zip(*((s.filled, s.filled_cpu) for s in stayed), strict=True)]
    print(f"library opened and shown: {filled[0]:.3f} s (CPU {filled[1]:.3f})")
    empty, mine = (statistics.median(row[which].idle for row in rows) for which in (0, 1))
    table.report([table.Row("start, idle", "plain", "s", mine, LIMIT, empty, "empty window", of_ratio=True)])
    if ratios["idle"] > LIMIT:
        sys.exit(1)


def ratio(rows: list[tuple[Start, Start]], field: str) -> float:
    """The median of ours to the empty window's over the turns."""
    return float(statistics.median(getattr(ours, field) / getattr(empty, field) for empty, ours in rows))


def measure(what: list[str], home: str, stay_ms: int = 0) -> Start:
    """Start one of the two windows and let it tell what it took."""
    xdg = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    settings = {"HOME": home, "BENCH_STAY_MS": str(stay_ms), **xdg}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's start finds compiled modules
    run = subprocess.run(
        [sys.executable, "-m", "bench.painted", *what],
        env={**environment, "BENCH_STARTED": repr(time.time())},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return Start(*map(float, run.stdout.split()[-len(Start._fields) :]))


if __name__ == "__main__":
    main()
