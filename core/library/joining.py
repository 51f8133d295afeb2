"""Articles of a page that are a case of the library already: it has one source more, and counts once.

That an article is a case is an edit of its page (``same``), which names a character of the article and the id of the
case: so it is kept, undone and read again like all that a person puts right there.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from core import edit_tags
from core.library.rows import insert
from core.records import Article, Page, Span

Edits = Sequence[Mapping[str, Any]]
_SAME = f'{{"do":"{edit_tags.SAME}",'
"""How an edit that says so begins."""


def spans_of(article: Article) -> list[Span]:
    """Return everything that is printed of an article."""
    paragraphs = (paragraph.spans for paragraph in article.paragraphs)
    return [*chain(*paragraphs, article.captions, article.title_spans, article.byline_spans)]


def said_of(article: Article, edits: Edits, tag: str) -> list[str]:
    """Return the ids of the cases that edits with a tag name for an article, the last one last."""
    spans = spans_of(article)
    named = [(int(e["at"]), str(e["case"])) for e in edits if e.get("do") == tag]
    return [case_id for at, case_id in named if any(span.start <= at < span.end for span in spans)]


def others(edits: Edits) -> bool:
    """Return whether any edit says that an article is another than a case that it is much like."""
    return any(e.get("do") == edit_tags.OTHER for e in edits)


def known(db: sqlite3.Connection, articles: Sequence[Article], edits: Edits) -> dict[int, int]:
    """Return which of these articles are cases of the library: place among the articles → number of the case."""
    out = {}
    for at, article in enumerate(articles):
        for case_id in said_of(article, edits, edit_tags.SAME)[-1:]:
            if found := _there(db, [case_id]):
                out[at] = found[0]
    return out


def cases_of(db: sqlite3.Connection, source: int) -> list[int]:
    """Return the cases that articles of a page are, too."""
    return _there(db, [case_id for _, case_id in _said(db, "source = ?", (source,))])


def cases_of_all(db: sqlite3.Connection, source_ids: Sequence[str]) -> list[int]:
    """Return the cases that articles of any of these pages are, too."""
    wanted = "source IN (SELECT num FROM sources WHERE id IN (SELECT value FROM json_each(?)))"
    return _there(db, [case_id for _, case_id in _said(db, wanted, (json.dumps(source_ids),))])


def counts(db: sqlite3.Connection) -> Counter[int]:
    """Return how many such cases there are, source by source."""
    said = {*_said(db, "1", ())}
    there = {case_id: bool(_there(db, [case_id])) for _, case_id in said}
    return Counter(source for source, case_id in said if there[case_id])


def sources_of(db: sqlite3.Connection, num: int) -> list[int]:
    """Return the pages, besides its own, on which a case is printed, in the order in which they came."""
    (cited,) = db.execute("SELECT count(*) FROM citations WHERE case_num = ?", (num,)).fetchone()
    row = db.execute("SELECT id FROM cases WHERE num = ?", (num,)).fetchone() if cited > 1 else None
    return pages_that_name(db, row[0]) if row else []


def _said(db: sqlite3.Connection, where: str, values: Sequence[object]) -> list[tuple[int, str]]:
    """Pages and ids of cases, as edits say that an article of the one is the other; damaged ones say nothing."""
    query = f"SELECT source, edit FROM page_edits WHERE {where} AND substr(edit, 1, length(?)) = ?"
    out = []
    for source, edit in db.execute(query, (*values, _SAME, _SAME)):
        with suppress(ValueError, KeyError, TypeError):
            out.append((source, str(json.loads(edit)["case"])))
    return out


def _there(db: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    """The numbers of those of the cases that there are."""
    rows = (db.execute("SELECT num FROM cases WHERE id = ?", (case_id,)).fetchone() for case_id in dict.fromkeys(ids))
    return [row[0] for row in rows if row]


def cite(db: sqlite3.Connection, num: int, page: Page, article: Article) -> None:
    """Say with a case that it is printed on this page, too."""
    (last,) = db.execute("SELECT coalesce(max(position), -1) FROM citations WHERE case_num = ?", (num,)).fetchone()
    where = {"paper": page.paper, "published": page.published, "page_no": page.page_no, "headline": article.title}
    byline = json.dumps(article.byline, ensure_ascii=False, separators=(",", ":"))
    insert(db, "citations", {"case_num": num, "position": last + 1, **where, "byline": byline})


def uncite(db: sqlite3.Connection, nums: Iterable[int], page: Page) -> None:
    """Take it back."""
    where = (page.paper, page.published, page.page_no)
    db.executemany(
        "DELETE FROM citations WHERE num = (SELECT max(num) FROM citations WHERE case_num = ? AND position > 0"
        " AND (paper, published, page_no) = (?, ?, ?))",
        [(num, *where) for num in nums],
    )


def cite_anew(db: sqlite3.Connection, source: int, page: Page, column: str, value: str) -> None:
    """Say otherwise where a page is printed, as the cases say it that articles of it are, too; before it is changed."""
    where = (page.paper, page.published, page.page_no)
    db.executemany(
        f"UPDATE citations SET {column} = ?1 WHERE case_num = ?2 AND position > 0"
        f" AND (paper, published, page_no) = (?3, ?4, ?5) AND {column} IS NOT ?1",
        [(value, num, *where) for num in cases_of(db, source)],
    )


def pages_that_name(db: sqlite3.Connection, case_id: str) -> list[int]:
    """Return the pages of which an article was said to be this case, whether it is there or not."""
    return sorted({source for source, named in _said(db, "1", ()) if named == case_id})


def forget_unused(db: sqlite3.Connection, sources: Iterable[int | None]) -> None:
    """Take pages out of which no case is read, and on which none is printed; what lies in the bin counts."""
    for source in sources:
        named = [case_id for _, case_id in _said(db, "source = ?", (source,))]
        binned = "SELECT 1 FROM bin WHERE case_id = ?"
        if not _there(db, named) and not any(db.execute(binned, (case_id,)).fetchone() for case_id in named):
            db.execute(
                "DELETE FROM sources WHERE num = ?1 AND NOT EXISTS (SELECT 1 FROM cases WHERE source = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM bin WHERE source = ?1)",
                (source,),
            )
