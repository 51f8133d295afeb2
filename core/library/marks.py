"""What persons mark cases with: stars and tags of their own."""

from __future__ import annotations

import sqlite3

from core.library.conform import shown

TAGS = (
    "SELECT m.num, t.value AS tag FROM case_marks m,"
    " json_each(CASE WHEN json_valid(m.tags) THEN m.tags ELSE '[]' END) t WHERE m.tags != '[]'"
)
"""(case, tag) of every tag that a case has; a damaged cell has none."""


def tags(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return every tag with how many cases have it, the most used first."""
    query = f"SELECT tag, count(DISTINCT num) AS cases FROM ({TAGS}) GROUP BY tag ORDER BY cases DESC, tag"
    return [(shown(tag), cases) for tag, cases in db.execute(query)]


def starred(db: sqlite3.Connection) -> list[int]:
    """Return the cases that have a star."""
    return [num for (num,) in db.execute("SELECT num FROM case_marks WHERE starred = 1 ORDER BY num")]
