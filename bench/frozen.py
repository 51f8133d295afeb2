"""The packed program's start against plain Python's and an empty PySide6 window's, seen from outside, in turns.

``python -m bench.frozen dist/anlan/anlan [--runs 11] [--report FILE]``. A real X server (Xvfb) shows the windows; a
start lasts from making the process until pixels of its window stand on the screen; the processor's time is told too,
which other work on the machine disturbs less. Limits: packed at most 1.1 × plain,
and at most 1.5 × the empty window.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKED_TO_PLAIN, PACKED_TO_EMPTY = 1.1, 1.5
DISPLAY = ":78"
EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
application.exec()
"""
AT, WIDTH, ALL_PLANES, Z_PIXMAP = 400, 640, ctypes.c_ulong(-1).value, 2


class Screen:
    """Looks at one row of the screen."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XGetPixel.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def is_bare(self) -> bool:
        """Whether nothing stands on the row: the root of Xvfb is black."""
        image = ctypes.c_void_p(
            self._x.XGetImage(self._display, self._root, 0, AT, WIDTH, 1, ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        )
        lit = any(self._x.XGetPixel(image, x, 0) & 0xFFFFFF for x in range(0, WIDTH, 32))
        self._x.XFree(image)
        return not lit


@contextmanager
def x_server() -> Iterator[Screen]:
    """An X server with a bare screen, ended afterwards."""
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-br"])
    try:
        time.sleep(1.5)
        yield Screen(DISPLAY)
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True, slots=True)
class Start:
    """How long until the window stood there, how much of a processor that took, and the memory in MB afterwards."""

    seconds: float
    cpu: float
    memory: float


def start(command: list[str], screen: Screen, home: str, stay: float = 0) -> Start:
    """Start a program, wait for its window and ``stay`` seconds more, and end it."""
    xdg = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    environment = {**os.environ, "DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb", "HOME": home, **xdg}
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while screen.is_bare():
            if process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit(f"{command[0]} showed no window")
            time.sleep(0.002)
        seconds = time.monotonic() - began
        time.sleep(stay)
        memory = resident(process.pid)
    finally:
        process.kill()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = -9
        while not screen.is_bare():
            time.sleep(0.01)
    return Start(seconds, used.ru_utime + used.ru_stime, memory)


def resident(pid: int) -> float:
    """Resident memory in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> int:
    """Measure in turns, print and compare; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path, help="the packed program")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    commands = {
        "empty": [sys.executable, "-c", EMPTY],
        "plain": [sys.executable, "-m", "gui"],
        "packed": [str(options.program)],
    }
    load = os.getloadavg()[0]
    with x_server() as screen, tempfile.TemporaryDirectory() as home:
        for name in commands:  # the first start builds the default library and fills the disk's cache
            start(commands[name], screen, home, stay=3)
        rows = [{name: start(commands[name], screen, home) for name in commands} for _ in range(options.runs)]
        idle = {name: round(start(commands[name], screen, home, stay=3).memory) for name in commands}
    ratios = {
        kind: {
            other: round(statistics.median(getattr(row["packed"], kind) / getattr(row[other], kind) for row in rows), 2)
            for other in ("plain", "empty")
        }
        for kind in ("seconds", "cpu")
    }
    # On a busy machine a start waits for its turn: then only the processor's time tells anything.
    judged = "cpu" if load > (os.cpu_count() or 1) / 2 else "seconds"
    report = {
        "runs": options.runs,
        "load": round(load, 1),
        "seconds": {name: round(statistics.median(row[name].seconds for row in rows), 3) for name in commands},
        "cpu": {name: round(statistics.median(row[name].cpu for row in rows), 3) for name in commands},
        "packed_to": ratios,
        "judged_by": judged,
        "idle_mb": idle,
    }
    line = json.dumps(report)
    print(line)
    if options.report:
        options.report.write_text(line + "\n", "utf-8")
    found = ratios[judged]
    return int(found["plain"] > PACKED_TO_PLAIN or found["empty"] > PACKED_TO_EMPTY)


if __name__ == "__main__":
    sys.exit(main())
