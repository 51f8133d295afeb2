"""Files → pages with their articles, read here or by a pool of processes beside.

Reading is work for any ``concurrent.futures.Executor`` that the caller passes in.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from core.records import Article, Page
from core.sources import PASTE, SourceError, is_plain, is_readable, name_of, read_file, refusal

IN_FLIGHT = 8
"""Files that are being read or wait to be added: bounds the memory of an import of any length."""
TIME_LIMIT = 120
"""Seconds after which a file's reading is given up."""
MOMENT = 0.1
"""Seconds after which whoever waits for a reading can do something else."""
SHORT = 100_000
"""Bytes of plain text that are read in a moment."""
MEMORY_LIMIT = 3 << 29
"""Bytes of address space for a reading process, where the system knows such a limit: a trap in a file ends there."""


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its pages with their articles, or why nothing."""

    path: Path
    pages: tuple[tuple[Page, tuple[Article, ...]], ...] = ()
    reason: str = ""
    """Why nothing, in the user's words, without the file's name."""
    detail: str = ""

    @property
    def problem(self) -> str:
        """The sentence that names the file and says why it gave nothing; empty when it gave pages."""
        return refusal(name_of(self.path), self.reason) if self.reason else ""


def find_pages(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read, by name: those named, and all that promise a page below the folders named.

    Links to folders are not followed, so that a folder that holds itself comes to an end.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
            found |= dict.fromkeys(sorted(p for p in below if is_readable(p)))
        else:
            found[path] = None
    return list(found)


def read_one(path: Path) -> Reading:
    """Read a file and the articles on its pages; never raises (it runs in other processes)."""
    try:
        return _read_pages(path, read_file(path))
    except SourceError as error:
        return Reading(path, reason=error.reason, detail=error.detail)
    except Exception as error:
        return Reading(path, reason="读到一半出了错", detail=repr(error))


def _read_pages(path: Path, pages: Sequence[Page]) -> Reading:
    """Read each page by itself: one that fails is named in the notes of the first that does not, and in the log."""
    from core.reading import read_page

    read: list[tuple[Page, tuple[Article, ...]]] = []
    failed: dict[str, Exception] = {}
    for page in pages:
        try:
            read.append((page, tuple(read_page(page))))
        except MemoryError:
            raise
        except Exception as error:
            _LOG.exception("《%s》 could not be read", page.name)
            failed[page.name] = error
    if not read:
        raise next(iter(failed.values()))
    first, articles = read[0]
    notes = (*first.notes, *(f"《{name}》读到一半出了错，未导入" for name in failed))
    return Reading(path, ((replace(first, notes=notes), articles), *read[1:]))


class ReadingPool(Executor):
    """Reading processes, one a core, that outlive a file that kills or stalls one of them.

    They are spawned: a window's threads must not be forked.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a job; a pool that broke is replaced."""
        for _ in range(2):
            self._pool = self._pool or self._new(self._workers)
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._pool = None
        raise BrokenExecutor("no reading process could be started")

    def start(self) -> Future[Any]:
        """Start the processes; the future is done when one of them can read."""
        started = [self.submit(_get_ready) for _ in range(self._workers)]
        return started[0]

    @contextmanager
    def again(self, path: Path) -> Iterator[Future[Reading]]:
        """Read a file, whose first reader died, in a process of its own, which ends with the context."""
        self.drop()
        alone = self._new(1)
        try:
            yield alone.submit(read_one, path)
        finally:
            _end(alone)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, when told not to wait in the midst of what they do."""
        if not wait:
            self.drop()
        elif self._pool:
            self._pool.shutdown(cancel_futures=cancel_futures)

    def drop(self) -> None:
        """End the processes, one of which stalls; the files that the others read are read again."""
        if self._pool:
            _end(self._pool)
        self._pool = None

    @staticmethod
    def _new(workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _get_ready() -> None:
    """Load in a reading process what reads."""
    import core.reading  # noqa: F401


def _begin() -> None:
    """Let a reading process end with the one that started it, and let no file make it eat the machine."""
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """Wait until the program that this process reads for is gone, however it ended."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool whose processes may never end by themselves."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def is_short(path: Path) -> bool:
    """Return whether a file is read in a moment, and cannot bring the program down."""
    return is_plain(path) and path.stat().st_size <= SHORT


def read_files(files: list[Path], executor: Executor | None = None) -> Iterator[Reading]:
    """Read files in their order with a bounded number under way; without an executor here, one after the other."""
    return (reading for reading in reading_steps(files, executor) if reading is not None)


def reading_steps(files: Sequence[Path], executor: Executor | None = None) -> Iterator[Reading | None]:
    """As ``read_files``, with a None for each moment in which nothing was read to its end.

    So a caller can do something else meanwhile, or stop: closing the generator ends what is being read.
    """
    return _readings(files, executor) if executor else _readings_here(files)


def _readings_here(files: Sequence[Path]) -> Iterator[Reading | None]:
    """Readings one after the other; all but short texts in a process beside, since they may crash or stall."""
    with ReadingPool(1) as beside:
        for path in files:
            if is_short(path):
                yield read_one(path)
            else:
                yield (yield from _result(beside, path, beside.submit(read_one, path)))


def _readings(files: Sequence[Path], executor: Executor) -> Iterator[Reading | None]:
    """Readings in the order of the files, with a bounded number under way."""
    waiting: deque[tuple[Path, Future[Reading]]] = deque()
    rest = iter(files)
    try:
        for path in rest:
            waiting.append((path, executor.submit(read_one, path)))
            if len(waiting) >= IN_FLIGHT:
                yield (yield from _result(executor, *waiting.popleft()))
        while waiting:
            yield (yield from _result(executor, *waiting.popleft()))
    finally:
        for _, future in waiting:
            future.cancel()


def _result(executor: Executor, path: Path, future: Future[Reading]) -> Generator[None, None, Reading]:
    """What a file gave, or why nothing, after as many moments as it takes."""
    try:
        try:
            return (yield from _awaited(future))
        except BrokenExecutor:
            if isinstance(executor, ReadingPool):
                with executor.again(path) as alone:
                    return (yield from _awaited(alone))
            raise
    except FutureTimeout:
        if isinstance(executor, ReadingPool):
            executor.drop()
        return Reading(path, reason=f"读了 {TIME_LIMIT} 秒还没有读完；{PASTE}")
    except (BrokenExecutor, CancelledError) as error:
        return Reading(path, reason=f"使读取的进程中断；{PASTE}", detail=repr(error))


def _awaited(future: Future[Reading]) -> Generator[None, None, Reading]:
    """The result of a job, given up after the time that a file may take."""
    end = time.monotonic() + TIME_LIMIT
    while not future.done() and time.monotonic() < end:
        wait([future], MOMENT)
        if not future.done():
            yield None
    return future.result(0)
