"""Very many files: into the library as soon as they are read, without a look at each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from core.intake.importing import Progress
    from core.library import Library
    from core.library.answers import DeskRow
    from gui.shell.jobs import Job
    from gui.shell.shell import Shell

RENEWED_EVERY = 50
"""After so many files the window shows what came in meanwhile."""


class AtOnce(QObject):
    """Lets the library's thread add files, a page at a time, while it answers what else it is asked."""

    stepped = Signal(object, object)
    """One file more is done: its row, and the ``Progress``."""
    ended = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._job: Job | None = None
        self._rows: deque[DeskRow] = deque()
        """The files that wait, in order."""

    def is_busy(self) -> bool:
        """Whether files are added now."""
        return self._job is not None

    def begin(self, rows: Sequence[DeskRow]) -> None:
        """Add these files; behind those that are added now, if there are."""
        self._rows += rows
        if self._job is None:
            self._go_on()

    def cancel(self) -> list[DeskRow]:
        """Stop; the files that were not added."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        left = list(self._rows)
        self._rows.clear()
        return left

    def _go_on(self) -> None:
        rows = list(self._rows)
        job = self._job = self._shell.begin(lambda library: _import(library, rows), patient=True)
        if job is not None:
            job.stepped.connect(self._take)
            job.finished.connect(self._end)
            job.failed.connect(lambda error: self._break_off())

    def _take(self, step: Progress | None) -> None:
        if step is not None:
            self.stepped.emit(self._rows.popleft(), step)
            if step.done % RENEWED_EVERY == 0:
                self._renew()

    def _end(self) -> None:
        self._job = None
        self._renew()
        if self._rows:
            self._go_on()
        else:
            self.ended.emit()

    def _break_off(self) -> None:
        """What was not added waits in the library for the next start."""
        self._rows.clear()
        self._end()

    def _renew(self) -> None:
        if self._shell.session is not None:
            self._shell.session.renew()


def _import(library: Library, rows: Sequence[DeskRow]) -> Iterator[Progress | None]:
    from core.intake.importing import import_waiting

    return import_waiting(library, [Path(row.file) for row in rows], [row.id for row in rows])
