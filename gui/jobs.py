"""Runs the core's generators in one library thread, so that the window never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

Work = Callable[[Any], Iterator[object]]
"""Takes the thread's own library and yields what it has so far."""


class Job(QObject):
    """One generator at work: what it yields, how it ended, and a way to stop it.

    The library thread speaks to ``_arrived`` only; the three public signals come from the job's own thread, so
    that a cancelled job is silent at once and nobody can connect too late.
    """

    stepped = Signal(object)
    finished = Signal()
    failed = Signal(object)
    _arrived = Signal(str, object)

    def __init__(self, work: Work, parent: QObject | None = None, kept: bool = False) -> None:
        """A job that is ``kept`` is done even when its thread is told to stop before."""
        super().__init__(parent)
        self._work = work
        self.kept = kept
        self.cancelled = False
        self._arrived.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Stop: the generator is closed in its own thread, and nothing more is heard of it."""
        self.cancelled = True

    def work_through(self, library: object) -> None:
        """Run to the end in the calling thread."""
        steps: Iterator[object] = iter(())
        try:
            if not self.cancelled:
                steps = self._work(library)
            for step in steps:
                if self.cancelled:
                    break
                self._arrived.emit("stepped", step)
            self._arrived.emit("finished", None)
        except Exception as error:
            self._arrived.emit("failed", error)
        finally:
            close = getattr(steps, "close", None)
            if close:
                close()

    def refuse(self, error: Exception) -> None:
        """Say that there was no library to work on."""
        self._arrived.emit("failed", error)

    @Slot(str, object)
    def _hear(self, what: str, value: object) -> None:
        if not self.cancelled:
            if what == "finished":
                self.finished.emit()
            else:
                getattr(self, what).emit(value)
        if what != "stepped":
            self.deleteLater()


class LibraryThread(QThread):
    """One thread with a library of its own, in which jobs run one after the other."""

    def __init__(self, open_library: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_library = open_library
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._latest: dict[str, Job] = {}

    def begin(self, work: Work, kind: str = "", kept: bool = False) -> Job:
        """Queue the work; of one ``kind`` only the latest goes on, and what is ``kept`` is done before the end."""
        job = Job(work, self, kept)
        if kind:
            self.cancel(kind)
            self._latest[kind] = job
        self._waiting.put(job)
        return job

    def cancel(self, kind: str) -> None:
        """Stop the job of that kind, if one is at work or waits."""
        job = self._latest.pop(kind, None)
        if job is not None:
            job.cancelled = True

    def stop(self) -> None:
        """Cancel everything but what must be done, wait for that, and end the thread; nothing more is heard of it."""
        for job in self.findChildren(Job):
            job.cancelled = not job.kept
        self._waiting.put(None)
        self.wait()
        for job in self.findChildren(Job):
            job.cancel()

    def run(self) -> None:
        library: Any = None
        try:
            while (job := self._waiting.get()) is not None:
                try:
                    library = self._open_library() if library is None else library
                except Exception as error:
                    job.refuse(error)
                else:
                    job.work_through(library)
        finally:
            if library is not None:
                library.close()
