"""Pages and cases that are new: into the tables and the index, and the way back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from core.library import case_rows, index, parts, source_rows, sums
from core.library.errors import AlreadyImported
from core.library.undo import WayBack
from core.records import Case, Citation, Page


def add_page(db: sqlite3.Connection, page: Page) -> int:
    """Write a page; its row. AlreadyImported when the same text is here already."""
    sha256 = page.sha256 or sha256_of(page.text)
    row = db.execute("SELECT id FROM sources WHERE sha256 = ? AND kind = 'page'", (sha256,)).fetchone()
    if row:
        raise AlreadyImported(page.name, str(row[0]))
    return source_rows.store(db, page, "page", sha256)


def add_case(
    db: sqlite3.Connection,
    case: Case,
    source: int | None,
    position: int,
    reading: object,
    revision: int,
    quotes: Sequence[str] = (),
) -> int:
    """Write and index a case; its number.

    One without source and body gets an excerpt (摘录) of its figures' words, and of these ``quotes`` after them.
    """
    case = case_rows.with_ids(case)
    if source is None and case.source_id:
        row = db.execute("SELECT num FROM sources WHERE id = ?", (case.source_id,)).fetchone()
        source = int(row[0]) if row else None
    if source is None and not case.body:
        case, source = _add_excerpt(db, case, quotes)
    num = case_rows.store(db, case, source, position, reading, revision)
    if case.captions:
        index.put_in_again(db, [num])
    else:
        index.put_in(db, num, case)
    return num


def _add_excerpt(db: sqlite3.Connection, case: Case, quotes: Sequence[str]) -> tuple[Case, int | None]:
    case, text = case_rows.with_excerpt(case, quotes)
    return case, add_excerpt(db, case, text) if text else None


def add_excerpt(db: sqlite3.Connection, case: Case, text: str) -> int:
    """Write a text that a case has without a page of its own; its row."""
    printed = case.citations[0] if case.citations else Citation()
    page = Page(
        text=text,
        name=printed.headline or case.title,
        format="excerpt",
        paper=printed.paper,
        published=printed.published or case.published,
        page_no=printed.page_no,
    )
    return source_rows.store(db, page, "excerpt", sha256_of(text))


def sum_up(db: sqlite3.Connection, nums: Sequence[int], source: int | None) -> None:
    """Write the check sums of added cases, and of the sources that came with them."""
    sums.renew(db, dict.fromkeys(parts.OF_A_CASE, nums))
    own = [source] if source is not None else [*dict.fromkeys(_sources_of(db, nums))]
    sums.renew(db, dict.fromkeys(("sources", "source_names", "page_edits"), own))


def _sources_of(db: sqlite3.Connection, nums: Sequence[int]) -> Iterator[int]:
    for num in nums:
        (source,) = db.execute("SELECT source FROM cases WHERE num = ?", (num,)).fetchone()
        if source is not None:
            yield source


def way_back(db: sqlite3.Connection, nums: Sequence[int], source: int | None) -> WayBack:
    """Return the statements that take added cases back: their numbers and sources follow one another."""
    out: list[tuple[str, tuple[int, ...]]] = []
    if source is not None:
        out.append(("DELETE FROM sources WHERE num = ?", (source,)))
    if nums:
        span = (nums[0], nums[-1])
        if source is None:
            own = "SELECT min(source), max(source) FROM cases NOT INDEXED WHERE num BETWEEN ? AND ?"
            first, last = db.execute(own, span).fetchone()
            if first is not None:
                excerpts = "DELETE FROM sources WHERE num BETWEEN ? AND ? AND kind = 'excerpt'"
                out.append((excerpts, (first, last)))
        out.append(("DELETE FROM cases WHERE num BETWEEN ? AND ?", span))
    return out


def sha256_of(text: str) -> str:
    """Return what a text is known by."""
    import hashlib  # late: it brings OpenSSL along

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
