"""Lets the rows of the list be read: files, pasted texts, pages of the library, and pages left on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.shell.jobs import Job, LibraryThread

if TYPE_CHECKING:
    from core.desk.work import Work
    from core.intake.reading import Reading
    from core.records import Page
    from gui.desk.keeping import Keeper
    from gui.desk.queue import ImportQueue
    from gui.desk.queue_rows import QueueRow


class _NoLibrary:
    """What the reader's thread has in the place of a library: reading needs none."""

    def close(self) -> None:
        """Nothing to close."""


class RowReader(QObject):
    """Reads in one thread, one thing after the other, and puts what it gives into the place of its row.

    A reading of many files gives way between them, so that a page that is asked for later comes soon.
    """

    read = Signal(object)
    """A row has its page now."""
    failed = Signal(object)
    """A row gave no page; it says why."""
    went_on = Signal()
    """Fewer rows wait than before."""
    broke = Signal(object)
    """Reading itself broke: a fault of ours, or of the machine."""

    def __init__(
        self, queue: Callable[[], ImportQueue], keeper: Callable[[], Keeper], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._keeper = queue, keeper
        self._thread: LibraryThread | None = None
        self._jobs: list[Job] = []
        self._under_way: list[QueueRow] = []
        self._asked: list[Work] = []
        """Pages whose offers are being found."""

    # ---- what is to be read

    def find(self, paths: Sequence[Path]) -> Job:
        """Find the files among these and below these folders; they come with ``stepped``."""
        return self._begin(lambda: _found_files(paths))

    def read_files(self, rows: Sequence[QueueRow], beside: bool = False) -> None:
        """Read the files of rows; ``beside`` each in a process of its own."""
        files = [row.path for row in rows if row.path is not None]
        if files:
            self._read(rows, lambda: reading().read_pages(files, beside))

    def read_text(self, row: QueueRow, text: str) -> None:
        """Read what was pasted."""
        self._read([row], lambda: reading().read_text(text, row.name))

    def read_source(self, row: QueueRow, page: Page, edits: Sequence[Any]) -> None:
        """Read a page of the library, with what was put right by hand in it."""
        self._read([row], lambda: reading().read_again(page, edits, row.source))

    def read_on(self, rows: Sequence[QueueRow], load: Callable[[QueueRow], object], beside: bool = False) -> None:
        """Read what waits of these rows, and is not read already, from whatever there is of it.

        ``load`` is asked to read a page of the library.
        """
        waiting = [row for row in rows if row.state == "waiting" and row not in self._under_way]
        self.read_files([row for row in waiting if row.path is not None], beside)
        for row in waiting:
            if row.path is None:
                self._read_kept(row, load)

    def read_again(self, row: QueueRow, load: Callable[[QueueRow], object]) -> None:
        """Read a row that failed once more: the page that is kept of it with what a person did, else its file."""
        row.state, row.note, row.work = "waiting", "", None
        self._say_changed(row)
        self._read_kept(row, load)

    def with_work(self, row: QueueRow, then: Callable[[], object], failed: Callable[[], object]) -> None:
        """Go on with the page of a row, which is read now when nobody has looked at it since the program started."""
        if row.work is not None:
            then()
        else:
            self._keeper().work(row.kept(), lambda found: self._take_work(row, found, then, failed))

    def find_offers(self, work: Work, then: Callable[[], object]) -> None:
        """Find where the texts of a page may go on, and go on with that."""

        def find() -> Iterator[object]:
            from core.reading.page.offers import offers_on

            yield offers_on(work.page.text)

        def keep(found: dict[int, Any]) -> None:
            self._asked = [other for other in self._asked if other is not work]
            work.offers = found
            then()

        if not any(other is work for other in self._asked):
            self._asked.append(work)
            self._begin(find).stepped.connect(keep)

    # ---- stopping

    def is_busy(self) -> bool:
        """Whether something is read now, or waits to be."""
        return bool(self._jobs)

    def cancel(self) -> None:
        """Stop what is read; nothing more is heard of it."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._under_way.clear()
        self._asked.clear()

    def close(self) -> None:
        """Stop, and end the thread."""
        self.cancel()
        if self._thread is not None:
            self._thread.stop()
            self._thread = None

    # ---- inside

    def _begin(self, work: Callable[[], Iterator[object]], patient: bool = False) -> Job:
        if self._thread is None:
            self._thread = LibraryThread(_NoLibrary, self)
            self._thread.start()
        job = self._thread.begin(lambda nothing: work(), patient=patient)
        self._jobs.append(job)
        job.finished.connect(lambda: self._forget(job))
        job.failed.connect(lambda error: self._forget(job))
        job.failed.connect(self.broke)
        return job

    def _forget(self, job: Job) -> None:
        self._jobs = [other for other in self._jobs if other is not job]

    def _read(self, rows: Sequence[QueueRow], work: Callable[[], Iterator[tuple[Reading, list[Work]] | None]]) -> None:
        """Let the thread work, and put each of its readings into the place of its row."""
        waiting = list(rows)
        self._under_way += waiting
        job = self._begin(work, patient=len(waiting) > 1)
        job.stepped.connect(lambda read: self._take(waiting.pop(0), *read) if read else None)
        job.finished.connect(self.went_on)
        job.failed.connect(lambda error: self._fail_all(waiting))

    def _take(self, row: QueueRow, reading: Reading, works: list[Work]) -> None:
        self._under_way.remove(row)
        if self._queue().model.at(row) < 0:
            return  # taken off the desk meanwhile
        if works:
            self._put(row, works)
            self.read.emit(row)
        else:
            self.fail(row, reading.reason or self.tr("没有读出文章"))
        self.went_on.emit()

    def _put(self, row: QueueRow, works: list[Work]) -> None:
        """Let the pages that a file gave stand in its place; the first goes on in its row."""
        from core.desk.saved import hand_of
        from gui.desk.queue_rows import QueueRow

        name = row.name
        rows = [row, *(QueueRow(name, path=row.path) for _ in works[1:])]
        for page_row, work in zip(rows, works, strict=True):
            many = self.tr("{0} 第 {1} 页").format(name, work.page.page_no or "?")
            page_row.name = work.page.name or (name if len(works) == 1 else many)
            page_row.state, page_row.work = "ready", work
            page_row.note = "；".join(work.page.notes)
            page_row.count()
        model = self._queue().model
        model.put(model.at(row), rows)
        read = [(r.kept(), w.desk.printed, hand_of(w)) for r, w in zip(rows, works, strict=True)]
        self._keeper().put(row.id, read)

    def fail(self, row: QueueRow, reason: str) -> None:
        """Say of a row why it gave no page."""
        row.state, row.note, row.work = "failed", reason, None
        self._say_changed(row)
        self._keeper().turn(row.id, "failed", reason)
        self.failed.emit(row)

    def _fail_all(self, rows: Sequence[QueueRow]) -> None:
        for row in rows:
            self._under_way.remove(row)
            self.fail(row, self.tr("读的时候程序出了错"))
        self.went_on.emit()

    def _read_kept(self, row: QueueRow, load: Callable[[QueueRow], object]) -> None:
        self._keeper().again(row.kept(), lambda found: self._go_on(row, found, load))

    def _go_on(self, row: QueueRow, found: Work | str | Exception | None, load: Callable[[QueueRow], object]) -> None:
        """Read on from what is kept of a row; from its file, or the page of the library, where nothing is."""
        if self._queue().model.at(row) < 0:
            return
        if isinstance(found, str) or found is None:
            self._keeper().retry([row.kept()])
        if isinstance(found, str):
            self.read_text(row, found)
        elif found is not None:
            self._take_work(row, found, lambda: self.read.emit(row), lambda: None)
            self.went_on.emit()
        elif row.path is not None:
            self.read_files([row])
        else:
            load(row)

    def _take_work(
        self, row: QueueRow, found: Work | Exception, then: Callable[[], object], failed: Callable[[], object]
    ) -> None:
        if isinstance(found, Exception):
            self.fail(row, str(found))
            failed()
            return
        if row.state == "waiting":
            row.state = "ready"
            self._keeper().turn(row.id, "ready")
        if row.state == "ready":
            row.work = row.work or found
            row.count()
            self._say_changed(row)
            then()

    def _say_changed(self, row: QueueRow) -> None:
        if (at := self._queue().model.at(row)) >= 0:
            self._queue().model.say_changed(at)


# What reads is loaded in the thread, not in the window.


def reading() -> ModuleType:
    """Return what reads for the desk."""
    from core.intake import desk

    return desk


def _found_files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    from core.intake.reading import find_pages

    yield find_pages(paths)
