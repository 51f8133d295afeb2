"""One open library: read by the window's thread row by row, searched and written safely beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.shell import collector
from gui.shell.jobs import Job, LibraryThread, Work
from gui.shell.keeping import Keeping

if TYPE_CHECKING:
    from core.library import Library
    from core.library.frequent import Frequent


class Session(QObject):
    """Opens a library in its thread first, where an upgrade may take time, then for the window; then backs it up."""

    opened = Signal()
    failed = Signal(object)
    changed = Signal()
    backup_failed = Signal(object)
    """Why the day's copy could not be made; the library is open all the same."""

    def __init__(
        self,
        path: Path,
        prepare: Callable[[], object] | None = None,
        foreign: bool = False,
        take_over: bool = False,
        cache: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``prepare`` runs before opening, in the thread: build the file, put a backup in its place.

        ``take_over`` takes the right to write from another machine that was not heard of any more.
        """
        super().__init__(parent)
        self.path = path
        self._prepare, self._foreign, self._take_over = prepare, foreign, take_over
        self.prepared = prepare is not None
        self.undo_text = self.redo_text = ""
        """What undo and redo would do now; the log of changes belongs to the library thread."""
        self.undo_cases: tuple[int, ...] = ()
        """The cases that undo would touch."""
        self._others = 0
        """What the library thread last said of changes that others made."""
        self._library: Library | None = None
        self.thread_ = LibraryThread(self._open, self)
        self.keeping = Keeping(path, cache, self)
        self.keeping.failed.connect(self.backup_failed)
        self.keeping.found.connect(self._search_faster)

    def start(self) -> None:
        """Begin to open; ``opened`` or ``failed`` follows."""
        self.thread_.start()
        job = self.begin(lambda library: iter(("open",)))
        job.finished.connect(self._open_here)
        job.failed.connect(self.failed)

    @property
    def library(self) -> Library:
        """The window's own library; only after ``opened``."""
        if self._library is None:
            raise RuntimeError("the library is not open yet")
        return self._library

    def begin(self, work: Work, kind: str = "", patient: bool = False) -> Job:
        """Let the thread work; of one ``kind`` only the latest goes on, and a patient job lets others in between."""
        return self.thread_.begin(work, kind, patient=patient)

    def call(self, do: Callable[[Any], object], kind: str = "") -> Job:
        """Let the thread work out one thing; it comes with ``stepped``."""

        def once(library: Any) -> Iterator[object]:
            yield do(library)

        return self.begin(once, kind)

    def change(self, do: Callable[[Library], object], then: Callable[[Any], object] | None = None) -> Job:
        """Let the thread change the library, one change after the other; ``then`` hears what came of it.

        A change that was asked for is made, also when the window closes meanwhile.
        """

        def work(library: Library) -> Iterator[object]:
            yield do(library), *_undo_of(library)

        def show(done: tuple[object, str, str, tuple[int, ...]]) -> None:
            result, self.undo_text, self.redo_text, self.undo_cases = done
            if then is not None:
                then(result)
            self.changed.emit()

        job = self.thread_.begin(work, kept=True)
        job.stepped.connect(show)
        job.failed.connect(lambda error: self._renew_undo())
        return job

    def change_in_steps(
        self,
        do: Callable[[Library], Generator[int, None, Any]],
        stop: Event,
        hear: Callable[[int], object],
        end: Callable[[bool, Any], object],
    ) -> Job:
        """As ``change``, of what yields how far it is, which ``hear`` hears, until ``stop`` is set.

        ``end`` hears whether it was made, and what came of it.
        """

        def work(library: Library) -> Iterator[object]:
            steps = do(library)
            while True:
                try:
                    done = next(steps)
                except StopIteration as ended:
                    yield True, ended.value, *_undo_of(library)
                    return
                if stop.is_set():
                    steps.close()
                    yield False, None, *_undo_of(library)
                    return
                yield done

        def show(step: Any) -> None:
            if isinstance(step, int):
                hear(step)
                return
            made, result, self.undo_text, self.redo_text, self.undo_cases = step
            end(made, result)
            if made:
                self.changed.emit()

        job = self.thread_.begin(work, kept=True)
        job.stepped.connect(show)
        job.failed.connect(lambda error: self._renew_undo())
        return job

    def renew(self) -> None:
        """Say that the library was changed by other work of the thread."""
        self._renew_undo()
        self.changed.emit()

    def look_for_others(self) -> None:
        """Ask whether somebody else has changed the file: another window, another program; ``changed`` follows then.

        The library thread is asked, since it makes this window's changes, which are no news.
        """
        self.call(lambda library: library.others, "others").stepped.connect(self._hear_of_others)

    def _hear_of_others(self, others: int) -> None:
        if others != self._others:
            self._others = others
            self.changed.emit()

    def _search_faster(self, frequent: Frequent) -> None:
        """Let the library thread, which searches, have the sets of frequent words."""

        def take(library: Library) -> None:
            library.search.frequent = frequent

        self.call(take)

    def _renew_undo(self) -> None:
        def show(undo: tuple[str, str, tuple[int, ...]]) -> None:
            self.undo_text, self.redo_text, self.undo_cases = undo

        self.call(_undo_of).stepped.connect(show)

    def close(self) -> None:
        """End the threads and close all."""
        self.keeping.stop()
        self.thread_.stop()
        if self._library is not None:
            self._library.close()
            self._library = None
        collector.take_back()

    def _open(self) -> Library:
        """In the library thread: make ready, open."""
        from core.library import Library

        if self._prepare is not None:
            self._prepare()
        library = Library.open(self.path, foreign=self._foreign, take_over=self._take_over)
        self._others = library.others
        return library

    def _open_here(self) -> None:
        from core.library import Library

        try:
            self._library = Library.open(self.path)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.opened.emit()
            if not self._library.read_only:
                self.keeping.begin()


def _undo_of(library: Library) -> tuple[str, str, tuple[int, ...]]:
    """What undo and redo would do, and the cases that undo would touch."""
    return library.undo_text, library.redo_text, library.undo_cases
