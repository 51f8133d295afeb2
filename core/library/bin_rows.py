"""The bin: cases that were taken out of everything, kept whole with all their rows until they are put back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from core.library import case_rows, index, joining, parts, sketches
from core.library.case_reading import built, spans_of
from core.library.conform import FAULTS
from core.library.errors import DamagedLibrary
from core.library.log_rows import as_json
from core.library.rows import insert, insert_all
from core.library.stamps import now
from core.library.undo import LOGGED
from core.records import Case, Span

_COLLECTED = ("selection_items", "selection_figures")
"""Where the selections lie that the case is in."""
_OF_A_CASE = {
    **dict.fromkeys(("cases", "case_texts", "case_marks"), "num"),
    **dict.fromkeys(("case_mechanisms", "metrics", "citations"), "case_num"),
    **dict.fromkeys(_COLLECTED, "case_num"),
}
"""Table → the column that says whose row it is; the sketch is made anew."""


def put(db: sqlite3.Connection, num: int) -> None:
    """Move a case into the bin. Its page stays, so that a new reading of it knows what was thrown away."""
    content = {}
    for table, owner in _OF_A_CASE.items():
        columns = ", ".join(LOGGED[table])
        content[table] = db.execute(f"SELECT {columns} FROM {table} WHERE {owner} = ? ORDER BY num", (num,)).fetchall()
    (case_id, title, source) = db.execute("SELECT id, title, source FROM cases WHERE num = ?", (num,)).fetchone()
    row = {"case_id": case_id, "source": source, "title": title, "at": now(), "content": as_json(content)}
    case_rows.delete(db, [num])
    insert(db, "bin", row)


def put_back(
    db: sqlite3.Connection, case_id: str, then: Callable[[], object] | None = None, *, indexed: bool = True
) -> int | None:
    """Put a case back where it was, with its number, into the index too; its number, None where it lies in no bin.

    ``then`` is done before it is indexed: what was decided meanwhile is written into its rows.
    """
    row = db.execute("SELECT content FROM bin WHERE case_id = ?", (case_id,)).fetchone()
    if row is None:
        return None
    content = _content(row[0])
    (num,) = (case[0] for case in content["cases"])
    for table in _OF_A_CASE:
        rows = content[table]
        if table in _COLLECTED:  # a selection may be gone meanwhile
            there = "SELECT 1 FROM selections WHERE num = ?"
            rows = [row for row in rows if db.execute(there, (row[1],)).fetchone()]
        insert_all(db, table, LOGGED[table], rows)
    db.execute("DELETE FROM bin WHERE case_id = ?", (case_id,))
    db.execute("UPDATE cases SET revision = (SELECT revision FROM library) WHERE num = ?", (num,))
    (body,) = db.execute("SELECT body FROM case_texts WHERE num = ?", (num,)).fetchone()
    sketches.write(db, num, json.loads(body))
    if then:
        then()
    if indexed:
        index.put_in_again(db, [num])
    return int(num)


def content_of(db: sqlite3.Connection, case_id: str) -> dict[str, Any] | None:
    """Return the rows of a binned case, by table; None where it lies in no bin."""
    row = db.execute("SELECT content FROM bin WHERE case_id = ?", (case_id,)).fetchone()
    return None if row is None else _content(row[0])


def forget_selections(db: sqlite3.Connection, num: int) -> bool:
    """Take out of a row of the bin in which selections its case was, and with which words; whether there were any."""
    (cell,) = db.execute("SELECT content FROM bin WHERE num = ?", (num,)).fetchone()
    content = _content(cell)
    if not any(content[table] for table in _COLLECTED):
        return False
    db.execute(
        "UPDATE bin SET content = ? WHERE num = ?", (as_json(content | {table: [] for table in _COLLECTED}), num)
    )
    return True


def spans_of_binned(db: sqlite3.Connection, source: int) -> list[tuple[Span, ...]]:
    """Return of each binned case of a page where its body, captions and title are printed."""
    out = []
    for (cell,) in db.execute("SELECT content FROM bin WHERE source = ? ORDER BY num", (source,)):
        text = dict(zip(LOGGED["case_texts"], _content(cell)["case_texts"][0], strict=True))
        body = [span for paragraph in json.loads(text["body_spans"]) for span in paragraph]
        rest = [*json.loads(text["captions"]), *json.loads(text["reading"]).get("title", [])]
        out.append(spans_of([*body, *rest]))
    return out


def empty(db: sqlite3.Connection, case_id: str) -> None:
    """Throw a binned case away for good, and its source when nothing else was read from it."""
    row = db.execute("SELECT source FROM bin WHERE case_id = ?", (case_id,)).fetchone()
    if row is None:
        return
    sources = [row[0], *joining.pages_that_name(db, case_id)]
    db.execute("DELETE FROM bin WHERE case_id = ?", (case_id,))
    joining.forget_unused(db, sources)


def _content(cell: str) -> dict[str, Any]:
    try:
        content = json.loads(cell)
        if isinstance(content, dict):
            content.setdefault("selection_figures", [])  # a case that was thrown away before there were any
        if not isinstance(content, dict) or content.keys() != _OF_A_CASE.keys():
            raise ValueError(cell[:80])
    except FAULTS as error:
        raise DamagedLibrary("回收站里的案例有损坏，读不出。没有改动；可从「备份」文件夹恢复。", repr(error)) from error
    return content


def case_of(db: sqlite3.Connection, case_id: str) -> tuple[Case, Any, int | None] | None:
    """Return a binned case, what else was found when it was read, and its source; None where it lies in no bin."""
    content = content_of(db, case_id)
    if content is None:
        return None
    rows = {t: [dict(zip(LOGGED[t], row, strict=True)) for row in content[t]] for t in content if t not in _COLLECTED}
    head = rows["cases"][0]
    place = db.execute(f"SELECT {', '.join(parts.PLACE)} FROM places WHERE num = ?", (head["place"],)).fetchone()
    source = db.execute("SELECT id FROM sources WHERE num = ?", (head["source"],)).fetchone()
    raw: dict[str, list[tuple[object, ...]]] = {
        "cases": [(*(head[c] for c in parts.CASE), *(place or ()), *(source or (None,)))],
        "case_texts": [tuple(row[c] for c in parts.TEXT) for row in rows["case_texts"]],
        "case_marks": [tuple(row[c] for c in parts.MARKS) for row in rows["case_marks"]],
        "citations": [tuple(row[c] for c in parts.CITATION) for row in rows["citations"]],
        "metrics": [tuple(row[c] for c in parts.METRIC) for row in rows["metrics"]],
        "case_mechanisms": [],
    }
    for row in rows["case_mechanisms"]:
        name = db.execute("SELECT name FROM mechanisms WHERE num = ?", (row["mechanism"],)).fetchone()
        raw["case_mechanisms"].append((*(name or ("",)), *(row[c] for c in parts.MECHANISM)))
    return built(0, raw), json.loads(rows["case_texts"][0]["reading"]), head["source"]
