"""Files → library, a whole page at a time, yielding progress.

Adding is done by the caller's own thread. Closing the generator cancels: what was added stays, nothing is half there.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from core.desk import edit_as_json
from core.desk.work import Accepted
from core.intake.duplicates import joined_at_once
from core.intake.reading import Reading, ReadingPool, find_pages, read_files, reading_steps
from core.library import AlreadyImported, Library, LibraryError, LockedLibrary
from core.library.answers import LogRow, Outcome
from core.library.joining import spans_of
from core.records import Page
from core.sources import name_of, refusal

PATIENCE = 30
"""How often an import of many files waits for another program that writes, some seconds each time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One file more is done; the counts are of all files so far."""

    path: Path
    done: int
    total: int
    pages: int = 0
    cases: int = 0
    figures: int = 0
    added: tuple[int, ...] = ()
    """The new cases of this file."""
    joined: int = 0
    """How many of its articles were in the library already, whose cases have one source more now."""
    problem: str = ""
    """The sentence that names the file and says why nothing of it was added; empty when all went well."""
    reason: str = ""
    """Why, without the file's name, for a list that has it beside."""
    notes: tuple[str, ...] = ()
    known: bool = False
    """The library had this very page already; nothing was added."""

    @property
    def outcome(self) -> Outcome:
        """Return the outcome that the log of imports keeps of the file."""
        return "known" if self.known else "failed" if self.problem else "added"


@dataclass(slots=True)
class _Counts:
    done: int = 0
    pages: int = 0
    cases: int = 0
    figures: int = 0

    def take(self, other: _Counts) -> None:
        """Count as another does."""
        self.done, self.pages, self.cases, self.figures = other.done, other.pages, other.cases, other.figures


def import_files(
    library: Library,
    paths: Iterable[Path],
    executor: Executor | None = None,
    fill: Callable[[Page], Page] | None = None,
) -> Iterator[Progress]:
    """Read files and add their cases, 未核, to a library; yields a ``Progress`` a file, in the order of the files.

    Without an executor the files are read here, one after the other. ``fill`` may complete a page with what only a
    person knows (paper, date). A file that fails is reported and the rest goes on.
    """
    files = find_pages(paths)
    counts = _Counts()
    for reading in read_files(files, executor):
        yield _add(library, reading, len(files), counts, fill)


def import_logged(library: Library, paths: Iterable[Path]) -> Iterator[Progress]:
    """Read files in processes of their own, add their pages to the library, and keep in its log what became of each."""
    files = find_pages(paths)
    return (step for step in import_waiting(library, files, [""] * len(files)) if step is not None)


def import_waiting(library: Library, files: Sequence[Path], rows: Sequence[str]) -> Iterator[Progress | None]:
    """As ``import_logged`` for files that wait on the desk under these ids; None while nothing was read to its end.

    A file leaves the desk in the same transaction that brings its pages in, or its failure into the log, so that an
    import that breaks off goes on with the next file. What failed stays there with its reason.
    """
    pool, counts = ReadingPool(), _Counts()
    try:
        for reading in reading_steps(files, pool):
            if reading is None:
                yield None
            else:
                yield (yield from _take_in(library, reading, len(files), counts, rows[counts.done]))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _take_in(
    library: Library, reading: Reading, total: int, counts: _Counts, row_id: str
) -> Generator[None, None, Progress]:
    """Add a file and say what became of it; waits while somebody else writes to the library."""
    pages, figures = counts.pages, counts.figures
    for waits in range(PATIENCE + 1):
        tried = replace(counts)
        try:
            with library.together():
                step = _add(library, reading, total, tried, None)
                told = (step.pages - pages, len(step.added), step.figures - figures)
                library.log.write([LogRow("", str(step.path), step.outcome, *told, step.reason)])
                _leave_desk(library, row_id, step)
        except LockedLibrary:
            if waits == PATIENCE:
                raise
            yield None
        else:
            break
    counts.take(tried)
    return step


def _leave_desk(library: Library, row_id: str, step: Progress) -> None:
    if step.outcome == "failed":
        library.desk.fail(row_id, step.reason)
    else:
        library.desk.drop(row_id)


def _add(
    library: Library, reading: Reading, total: int, counts: _Counts, fill: Callable[[Page], Page] | None
) -> Progress:
    """Put a file's pages into the library, each whole or not at all."""
    added: list[int] = []
    joined = 0
    problem, reason, known = reading.problem, reading.reason, False
    empty = tuple(page.name for page, articles in reading.pages if not articles)
    if empty and len(empty) == len(reading.pages):
        reason = "没有读出文章"
        problem = refusal(name_of(reading.path), reason)
    for page, articles in reading.pages:
        if not articles:
            continue
        page = fill(page) if fill else page
        try:
            same = joined_at_once(library, Accepted(page, articles, ()))
            new = library.pages.add(page, articles, [edit_as_json(edit) for edit in same])
        except AlreadyImported as error:
            known, problem, reason = True, str(error), error.reason
        except LibraryError as error:
            problem, reason = refusal(page.name, str(error)), str(error)
        else:
            added += new
            joined += len(articles) - len(new)
            counts.pages += 1
            had = {edit.at for edit in same}
            counts.figures += sum(len(a.metrics) for a in articles if not had & {s.start for s in spans_of(a)})
    counts.done += 1
    counts.cases += len(added)
    return Progress(
        path=reading.path,
        done=counts.done,
        total=total,
        pages=counts.pages,
        cases=counts.cases,
        figures=counts.figures,
        added=tuple(added),
        joined=joined,
        problem=problem,
        reason=reason,
        notes=(
            *(note for page, _ in reading.pages for note in page.notes),
            *(f"《{name}》里没有读出文章，未导入" for name in empty if not problem),
        ),
        known=known,
    )
