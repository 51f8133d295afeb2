"""What nobody caught: written to a log file with the versions in use, shown in words, and the session goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

LOG_BYTES, LOGS_KEPT = 512_000, 3
TAIL = 64_000
"""How much of the log's end is copied: some ten faults."""


class FaultLog:
    """Writes faults to a rotating file; the file is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "anlan.log"
        self._logger: object = None

    def write(self, text: str) -> None:
        """Add a fault; a log that can't be written must not be a second fault."""
        import logging
        import logging.handlers

        if self._logger is None:
            self._logger = logger = logging.getLogger(f"anlan.faults.{id(self)}")
            logger.propagate = False
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                handler: logging.Handler = logging.handlers.RotatingFileHandler(
                    self.path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
                )
            except OSError:
                handler = logging.NullHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            logger.addHandler(handler)
        self._logger.error(f"{machine_text()}\n{text}")  # type: ignore[attr-defined]

    def listen(self) -> None:
        """From now on write down as well what core says went wrong with a part of its work."""
        import logging

        log = self

        class Kept(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                log.write(self.format(record))

        logging.getLogger("core").addHandler(Kept(logging.WARNING))

    def tail(self) -> str:
        """The end of the log, empty when there is none."""
        try:
            return self.path.read_text("utf-8", errors="replace")[-TAIL:]
        except OSError:
            return ""


def machine_text() -> str:
    """The program, the machine and what it stands on, in one line: what helps somebody who looks into a fault."""
    import platform

    from PySide6.QtCore import QCoreApplication, qVersion

    from core.library.opening import sqlite_version

    parts = [
        f"案览 {QCoreApplication.applicationVersion() or '?'}",
        platform.platform(),
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        f"SQLite {sqlite_version()}",
    ]
    return " · ".join([*parts, "frozen"] if getattr(sys, "frozen", False) else parts)


def trace_of(error: BaseException) -> str:
    """The whole trace of an error."""
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))


def catch_all(log: FaultLog, show: Callable[[str], None]) -> None:
    """From now on every uncaught exception, in any thread, is logged and handed to ``show`` as its trace."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.write(text)
        show(text)

    def caught_in_thread(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            caught(what.exc_type, what.exc_value, what.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread


class Relay(QObject):
    """Brings a trace from whatever thread into the window's."""

    caught = Signal(str)
