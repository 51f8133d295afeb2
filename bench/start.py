"""From the start of the process to the first painted, idle window, against an empty PySide6 window, in turns.

``python -m bench.start [--runs 15] [--library FILE]``. The limit is twice the empty window's time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 2.0


def main() -> None:
    """Measure both windows in turns and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        ours = ["anlan", *(["--library", str(options.library)] if options.library else [])]
        first = painted(ours, home)
        print(f"first start, which builds the default library: painted {first[0]:.3f} s, idle {first[1]:.3f} s")
        rows = [(painted(["empty"], home), painted(ours, home)) for _ in range(options.runs)]
        idle = painted(ours, home, stay_ms=3000)
    for name, column in (("empty window", 0), ("anlan", 1)):
        times = [row[column] for row in rows]
        print(
            f"{name:13} painted {statistics.median(t[0] for t in times):.3f} s, "
            f"idle {statistics.median(t[1] for t in times):.3f} s, RSS {statistics.median(t[2] for t in times):.0f} MB"
        )
    ratio = statistics.median(ours[1] / empty[1] for empty, ours in rows)
    print(f"ratio {ratio:.2f} (limit {LIMIT}), jieba loaded: {any(ours[3] for _, ours in rows)}")
    print(f"after three idle seconds: RSS {idle[2]:.0f} MB")
    if ratio > LIMIT:
        sys.exit(1)


def painted(what: list[str], home: str, stay_ms: int = 0) -> tuple[float, float, float, float]:
    """Seconds to the first paint, seconds to idle, RSS in MB, and whether jieba was loaded."""
    xdg = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    settings = {"HOME": home, "BENCH_STAY_MS": str(stay_ms), **xdg}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **settings}
    run = subprocess.run(
        [sys.executable, "-m", "bench.painted", *what],
        env={**environment, "BENCH_STARTED": repr(time.time())},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    paint, idle, rss, jieba = map(float, run.stdout.split()[-4:])
    return paint, idle, rss, jieba


if __name__ == "__main__":
    main()
