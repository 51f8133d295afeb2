"""Whether the program ended as it should: a lock file while it runs, found again by the next start when it did not."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
import time
from pathlib import Path
from typing import IO

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QLockFile, QMetaObject

PATIENCE = 10.0
MOST = 16
"""Windows of one person at the same time that are told apart; one more is simply not watched."""


class Run:
    """One run of the program. The lock knows its process, so a run that goes on beside this one is no crash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: QLockFile | None = None
        self._trace: IO[str] | None = None

    def begin(self) -> list[str]:
        """Mark this run; what each earlier run left that did not end: its trace, empty when it was simply killed."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            there = set(os.listdir(self._folder))
        except OSError:
            return []  # nothing can be kept here, so nothing is watched
        left = [self._take(at) for at in range(MOST) if self._lock is None or f"run-{at}.lock" in there]
        return [trace for trace in left if trace is not None]

    def end(self) -> None:
        """The program ends as it should."""
        if self._trace is not None:
            faulthandler.disable()
            self._trace.close()
            Path(self._trace.name).unlink(missing_ok=True)
            self._trace = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _take(self, at: int) -> str | None:
        """Look at one place: a trace when a run broke off there. The first free place becomes ours."""
        path = self._folder / f"run-{at}.lock"
        was_there, trace = path.exists(), path.with_suffix(".trace")
        lock = QLockFile(str(path))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return None
        left = _text_of(trace) if was_there else None
        if self._lock is None:
            self._lock = lock
            self._watch(trace)
        else:
            trace.unlink(missing_ok=True)
            lock.unlock()
        return left

    def _watch(self, trace: Path) -> None:
        """From now on a fault that takes the whole process down leaves where it was."""
        try:
            self._trace = trace.open("w", encoding="utf-8")
            faulthandler.enable(self._trace)
        except OSError:
            self._trace = None


def close_when_told(app: QCoreApplication, patience: float = PATIENCE) -> None:
    """End as by the menu when the system says so, as Linux desktops do at the end of a session.

    A window that does not get to it within ``patience`` seconds is ended as it is: what was changed is in the library.
    """
    if os.name != "posix":
        return  # Windows closes the windows itself
    listening, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    signal.signal(signal.SIGTERM, lambda *_: None)  # the pipe hears it, also while the window's thread is at work

    def wait() -> None:
        while signal.SIGTERM not in os.read(listening, 16):
            continue
        QMetaObject.invokeMethod(app, "quit", QtCore.Qt.ConnectionType.QueuedConnection)  # type: ignore[call-overload]
        time.sleep(patience)
        os._exit(128 + signal.SIGTERM)

    threading.Thread(target=wait, name="told to end", daemon=True).start()


def _text_of(trace: Path) -> str:
    try:
        return trace.read_text("utf-8", errors="replace")
    except OSError:
        return ""
