"""A change of very many cases: told how far it is, in a bar when it takes long, where it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.writing.figure_text import grouped
from gui.kit.banner import Banner

if TYPE_CHECKING:
    from core.library import Library
    from gui.shell.session import Session
    from gui.shell.status import Status

Doing = Callable[["Library"], Generator[int, None, Any]]
"""Changes a library, yielding how many cases are done; what is left before its end leaves no trace."""
BAR_AFTER_MS = 400


class LongChange(QObject):
    """One such change at work. What was asked for is made as a whole, or, when it is stopped in time, not at all."""

    stepped = Signal(str)
    """How far it is, in words."""
    ended = Signal(object)
    """It is made (what came of it)."""
    stopped = Signal()
    """It was stopped: the library is as it was."""
    failed = Signal(object)

    def __init__(
        self, session: Session, status: Status, show_bar: Callable[[QWidget], object], do: Doing, total: int, head: str
    ) -> None:
        super().__init__(session)
        self._status, self._show, self._total, self._head = status, show_bar, total, head
        self._stop = Event()
        self._said = ""
        self._bar: Banner | None = None
        self._later = QTimer(self, interval=BAR_AFTER_MS, singleShot=True)
        self._later.timeout.connect(self._show_bar)
        job = session.change_in_steps(do, self._stop, self._hear, self._end)
        job.failed.connect(self._fail)
        self._later.start()

    def stop(self) -> None:
        """Take back what is done so far; ``stopped`` follows, or ``ended`` where that was too late."""
        self._stop.set()

    def keep_quiet(self) -> None:
        """Show no bar: somebody else says how far it is."""
        self._later.stop()

    def _hear(self, done: int) -> None:
        self._said = self.tr("{done} / {total} 例").format(done=grouped(done), total=grouped(self._total))
        self.stepped.emit(self._said)
        self._status.say_busy(f"{self._head} {self._said}", done / max(1, self._total))
        if self._bar is not None:
            self._bar.say(self._said)

    def _end(self, made: bool, result: object) -> None:
        self._quiet()
        if made:
            self.ended.emit(result)
        else:
            self._status.say(self.tr("已取消，没有改动。"))
            self.stopped.emit()

    def _fail(self, error: Exception) -> None:
        self._quiet()
        self.failed.emit(error)

    def _show_bar(self) -> None:
        self._bar = Banner(self._head, self._said, [(self.tr("取消"), self.stop)])
        self._show(self._bar)

    def _quiet(self) -> None:
        self._later.stop()
        self._status.say_idle()
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None
        self.deleteLater()
