"""Files, pasted text and pages of a library → pages on the desk, and from the desk into the library."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.desk import Desk, edit_as_json, edit_of_json
from core.desk.saved import NOTHING_DONE, Hand
from core.desk.work import Accepted, Work
from core.intake.duplicates import Duplicate, duplicates
from core.intake.reading import Reading, ReadingPool, is_short, read_one, reading_steps
from core.library import Library
from core.places.gazetteer import find_places
from core.reading import find_facts, read_page
from core.records import Article, Page
from core.sources import SourceError, read_pasted

FEW_FILES, FEW_BYTES = 3, 100_000
"""So little is read in the caller's thread; for more, processes are started, which takes them half a second."""


def read_pages(files: list[Path], beside: bool = False) -> Iterator[tuple[Reading, list[Work]] | None]:
    """Read files for the desk, many of them in processes of their own; None while nothing was read to its end.

    ``beside`` reads every file in a process: what the program did not survive once must not hold it up again.
    """
    few = len(files) <= FEW_FILES and sum(map(_size_of, files)) <= FEW_BYTES
    for reading in reading_steps(files) if few and not beside else _readings(files, beside):
        yield None if reading is None else (reading, [work_of(*page) for page in reading.pages])


def _readings(files: Sequence[Path], beside: bool) -> Iterator[Reading | None]:
    """Readings in the order of the files; short pages are read here until the processes that read the rest are there.

    So the first page comes at once, though it takes processes seconds to start.
    """
    waiting, pool = deque(files), ReadingPool()
    try:
        if not beside and is_short(waiting[0]):
            yield read_one(waiting.popleft())
        started = pool.start()
        while not beside and waiting and not started.done() and is_short(waiting[0]):
            yield read_one(waiting.popleft())
        yield from reading_steps(list(waiting), pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def read_text(text: str, name: str) -> Iterator[tuple[Reading, list[Work]]]:
    """Read a text from the clipboard."""
    path = Path(name)
    try:
        page = read_pasted(text, name)
    except SourceError as error:
        yield Reading(path, reason=error.reason, detail=error.detail), []
    else:
        yield Reading(path), [work_of(page, read_page(page))]


def read_again(page: Page, edits: Sequence[Any], source_id: str) -> Iterator[tuple[Reading, list[Work]]]:
    """Read a page of the library again and lay over it what was put right in it."""
    there = tuple(edit_of_json(edit) for edit in edits)
    hand = Hand(edits=there, had=there)
    yield Reading(Path(page.name)), [work_of(page, read_page(page), hand, source_id)]


def work_of(page: Page, articles: Sequence[Article], hand: Hand = NOTHING_DONE, source_id: str = "") -> Work:
    """Return a page for the desk; what it needs of the reader and the gazetteer is loaded here, not in the window."""
    find_places(page.name[:1])
    for article in articles[:1]:
        find_facts(page, article)
    return Work(Desk(page, articles, find_facts, hand.edits, hand.cited), source_id, caret=hand.caret, had=hand.had)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A page that is in the library now: its source, its cases, and how many of its articles were there already."""

    source_id: str
    cases: tuple[int, ...]
    joined: int = 0


def put_in_or_ask(library: Library, page: Accepted, row_id: str = "") -> Arrived | list[Duplicate]:
    """Put an accepted page into a library, or return what of it is there already and was not spoken of yet."""
    with library.together():
        return duplicates(library, page) or put_in(library, page, row_id)


def put_in(library: Library, page: Accepted, row_id: str = "") -> Arrived:
    """Put an accepted page into a library: a new one, or what was put right in one that is there.

    In the same transaction the row of the desk, if it waits there under an id, says so.
    """
    edits = [edit_as_json(edit) for edit in page.edits]
    with library.together():
        if page.source_id:
            had = None if page.had is None else [edit_as_json(edit) for edit in page.had]
            cases = library.pages.replace(page.source_id, page.articles, edits, had)
        else:
            cases = library.pages.add(page.page, page.articles, edits)
        source_id = page.source_id or library.pages.id_of(page.page)
        library.desk.accept(row_id, source_id, len(page.articles))
    return Arrived(source_id, tuple(cases), len(page.articles) - len(cases))
