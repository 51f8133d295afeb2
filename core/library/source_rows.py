"""Sources in and out of the tables: text, where it was printed, and what a person put right in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from core import edit_tags
from core.library import joining
from core.library.conform import FAULTS, shown
from core.library.errors import DamagedLibrary
from core.library.rows import insert, insert_all, not_found
from core.library.stamps import new_id, now
from core.records import Page, Span
from core.text.repair import repair

Edits = Sequence[Mapping[str, Any]]
"""What was put right on a page, in order, as ``core.desk`` writes it down; ``do`` is one of ``core.edit_tags``."""
_PAGE = ("text", "name", "sha256", "encoding", "format", "paper", "published", "page_no")
"""The columns of a source that are fields of a page, in that order."""


def num_of(db: sqlite3.Connection, source_id: str) -> int:
    """Return the row of a source; KeyError when there is none."""
    row = db.execute("SELECT num FROM sources WHERE id = ?", (source_id,)).fetchone()
    if row is None:
        raise not_found(db, "sources", source_id)
    return int(row[0])


def id_of(db: sqlite3.Connection, source: int) -> str:
    """Return the id of a source."""
    return shown(db.execute("SELECT id FROM sources WHERE num = ?", (source,)).fetchone()[0])


def text(db: sqlite3.Connection, source: int) -> str:
    """Return the text of a source as it was imported."""
    return shown(db.execute("SELECT text FROM sources WHERE num = ?", (source,)).fetchone()[0])


def load(db: sqlite3.Connection, source: int) -> Page:
    """Return a source as the page that was imported, with what is known by now of where it was printed."""
    row = db.execute(f"SELECT {', '.join(_PAGE)} FROM sources WHERE num = ?", (source,)).fetchone()
    text, name, sha256, encoding, format_, paper, published, page_no = map(shown, row)
    return Page(text, name, sha256, encoding, format_, paper, published, page_no)


def is_page(db: sqlite3.Connection, source: int) -> bool:
    """Return whether a source is a whole page and no excerpt."""
    return bool(db.execute("SELECT kind = 'page' FROM sources WHERE num = ?", (source,)).fetchone()[0])


def cases_of(db: sqlite3.Connection, source: int) -> list[int]:
    """Return the cases that were read from a source, in the order of the page."""
    return [num for (num,) in db.execute("SELECT num FROM cases WHERE source = ? ORDER BY position", (source,))]


def store(db: sqlite3.Connection, page: Page, kind: str, sha256: str) -> int:
    """Write the text of a page or an excerpt; its row."""
    own = {name: getattr(page, name) for name in _PAGE}
    return insert(db, "sources", {**own, "sha256": sha256, "id": new_id(), "kind": kind, "imported": now()})


def edits_of(db: sqlite3.Connection, source: int) -> list[dict[str, Any]]:
    """Return what was put right on a page, in order."""
    rows = db.execute("SELECT edit FROM page_edits WHERE source = ? ORDER BY position", (source,))
    return [_edit(db, source, edit) for (edit,) in rows]


def _edit(db: sqlite3.Connection, source: int, cell: str) -> dict[str, Any]:
    try:
        edit = json.loads(cell)
    except FAULTS:
        edit = None
    if not isinstance(edit, dict) or not isinstance(edit.get("do"), str):
        (name,) = db.execute("SELECT name FROM sources WHERE num = ?", (source,)).fetchone()
        raise DamagedLibrary(f"版面「{shown(name)}」上的改动有损坏，读不出。没有改动。", shown(cell))
    return edit


def write_edits(db: sqlite3.Connection, source: int, edits: Edits) -> Edits:
    """Keep these edits with a page in the place of what was kept; those that are new since the first difference.

    Edits that stay as they were keep the time when they were made.
    """
    made = [json.dumps(dict(edit), ensure_ascii=False, separators=(",", ":")) for edit in edits]
    had = [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in edits_of(db, source)]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(had, made, strict=False)))
    db.execute("DELETE FROM page_edits WHERE source = ? AND position >= ?", (source, same))
    time = now()
    rows = [(source, i, edit, "", time) for i, edit in enumerate(made[same:], same)]
    insert_all(db, "page_edits", ("source", "position", "edit", "who", "at"), rows)
    return edits[same:]


def corrections_of(edits: Edits) -> dict[int, str]:
    """Return the misread characters that a person put right: offset in the page → character."""
    return {int(e["at"]): str(e["char"]) for e in edits if e.get("do") == edit_tags.CORRECT}


def with_corrections(edits: Edits, fixed: Mapping[int, str]) -> Edits:
    """Return edits of a page that put these characters right and no others; all else stays, in its order."""
    left, out = dict(fixed), list[Mapping[str, Any]]()
    for edit in edits:
        own = corrections_of([edit])
        if all(left.get(at) == text for at, text in own.items()):
            out.append(edit)
            left = {at: text for at, text in left.items() if at not in own}
    return [*out, *({"do": edit_tags.CORRECT, "at": at, "char": left[at]} for at in sorted(left))]


def printed(db: sqlite3.Connection, source: int, spans: Iterable[Span]) -> list[str]:
    """Return the words of a source at each of these spans, with the misread characters that a person put right."""
    whole, fixed = text(db, source), corrections_of(edits_of(db, source))
    return [repair(whole, (span,), fixed).text for span in spans]


def cite(db: sqlite3.Connection, source: int, known: Mapping[str, str]) -> None:
    """Say where a page was printed: ``known`` are new values of paper, published and page_no.

    The first citation of each of its cases says so, too; a case without any gets one.
    """
    own = "(SELECT num FROM cases WHERE source = ?1)"
    db.execute(
        "INSERT INTO citations (case_num, position, paper, published, page_no, headline, byline)"
        " SELECT c.num, 0, s.paper, s.published, s.page_no, c.title, c.byline FROM cases c JOIN sources s"
        " ON s.num = c.source WHERE s.num = ? AND NOT EXISTS (SELECT 1 FROM citations WHERE case_num = c.num)",
        (source,),
    )
    for column, value in known.items():
        joining.cite_anew(db, source, load(db, source), column, value)
        db.execute(f"UPDATE sources SET {column} = ?2 WHERE num = ?1 AND {column} IS NOT ?2", (source, value))
        db.execute(
            f"UPDATE citations SET {column} = ?2 WHERE position = 0 AND case_num IN {own} AND {column} IS NOT ?2",
            (source, value),
        )
    if "published" in known:
        db.execute(
            "UPDATE cases SET published = ?2, changed = ?3 WHERE source = ?1 AND published IS NOT ?2",
            (source, known["published"], now()),
        )
