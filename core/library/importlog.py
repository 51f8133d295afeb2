"""The log of imports: what became of each file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from core.library.answers import LogRow
from core.library.stamps import now


def write(db: sqlite3.Connection, rows: Iterable[LogRow]) -> None:
    """Add rows; one without a time is of now."""
    time = now()
    db.executemany(
        "INSERT INTO import_log (at, file, outcome, pages, cases, figures, reason) VALUES (?,?,?,?,?,?,?)",
        [(r.when or time, r.file, r.outcome, r.pages, r.cases, r.figures, r.reason) for r in rows],
    )


def read(db: sqlite3.Connection, limit: int) -> list[LogRow]:
    """The last rows, the newest first."""
    query = "SELECT at, file, outcome, pages, cases, figures, reason FROM import_log ORDER BY num DESC LIMIT ?"
    return [LogRow(*row) for row in db.execute(query, (limit,))]


def log_entry(
    file: object, outcome: str, pages: int = 0, cases: int = 0, figures: int = 0, reason: str = ""
) -> dict[str, Any]:
    """What the log of the library keeps of a file; it says itself when."""
    counts = {"pages": pages, "cases": cases, "figures": figures}
    return {"when": "", "file": str(file), "outcome": outcome, **counts, "reason": reason}
