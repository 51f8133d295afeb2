"""Runs the core's generators in one library thread, so that the window never waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
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

    def __init__(self, work: Work, parent: QObject | None = None, kept: bool = False, patient: bool = False) -> None:
        """A job that is ``kept`` is done even when its thread is told to stop before; a ``patient`` one gives way to
        others between its steps.
        """
        super().__init__(parent)
        self._work = work
        self._steps: Iterator[object] | None = None
        self.kept = kept
        self.patient = patient
        self.cancelled = False
        self._arrived.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Stop: the generator is closed in its own thread, and nothing more is heard of it."""
        self.cancelled = True

    def work_on(self, library: object) -> bool:
        """Run in the calling thread to the end, or for one step when patient; whether there is more to do."""
        more = False
        try:
            if not self.cancelled:
                self._steps = self._work(library) if self._steps is None else self._steps
                more = self._run(self._steps)
            if not more:
                self._arrived.emit("finished", None)
        except Exception as error:
            self._arrived.emit("failed", error)
        finally:
            if not more:
                self.close()
        return more

    def _run(self, steps: Iterator[object]) -> bool:
        for step in steps:
            if self.cancelled:
                return False
            self._arrived.emit("stepped", step)
            if self.patient:
                return True
        return False

    def close(self) -> None:
        """Close the generator, in the thread that it ran in."""
        close = getattr(self._steps, "close", None)
        self._steps = None
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
    """One thread with a library of its own, in which jobs run one after the other; patient ones wait for the rest."""

    def __init__(self, open_library: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_library = open_library
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._latest: dict[str, Job] = {}

    def begin(self, work: Work, kind: str = "", kept: bool = False, patient: bool = False) -> Job:
        """Queue the work; of one ``kind`` only the latest goes on, and what is ``kept`` is done before the end."""
        job = Job(work, self, kept, patient)
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
        """Do one job after the other with one open library; patient jobs go on when no other waits."""
        library: Any = None
        patient: deque[Job] = deque()
        try:
            while (job := self._next(patient)) is not None:
                try:
                    library = self._open_library() if library is None else library
                except Exception as error:
                    job.refuse(error)
                else:
                    if job.work_on(library):
                        patient.append(job)
        finally:
            for job in patient:
                job.close()
            if library is not None:
                library.close()

    def _next(self, patient: deque[Job]) -> Job | None:
        """What waits, else the next step of a patient job; None at the end."""
        try:
            return self._waiting.get_nowait() if patient else self._waiting.get()
        except Empty:
            return patient.popleft()
