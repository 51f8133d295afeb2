"""Version 7: what was handed out and taken back in files, and merges that can be withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# ``packet`` says of a library that was handed out what it is for; any other has no row there. A row of ``merges`` is
# never changed: what was handed out, taken in, or withdrawn again. A merge brought the rows of the log from ``first``
# to before ``last`` (their numbers follow one another), and the cases whose ids it lists; ``also`` are ranges of rows
# that it would have brought, had another merge not done so before.
_SEVENTH = (
    """CREATE TABLE packet (
        only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('out', 'back')),
        home TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL, asked TEXT NOT NULL, at TEXT NOT NULL,
        answers TEXT NOT NULL)""",
    """CREATE TABLE merges (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('out', 'in', 'undone')), at TEXT NOT NULL, who TEXT NOT NULL,
        packet TEXT NOT NULL, home TEXT NOT NULL, name TEXT NOT NULL, asked TEXT NOT NULL, answers TEXT NOT NULL,
        undoes TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, also TEXT NOT NULL,
        cases TEXT NOT NULL)""",
    """CREATE TRIGGER merges_no_update BEFORE UPDATE ON merges
        BEGIN SELECT RAISE(ABORT, 'merges are only added'); END""",
    """CREATE TRIGGER merges_no_delete BEFORE DELETE ON merges
        BEGIN SELECT RAISE(ABORT, 'merges are only added'); END""",
    "CREATE INDEX rulings_part ON rulings(part)",
)


def seventh(db: Database) -> None:
    """Add the tables."""
    for statement in _SEVENTH:
        db.execute(statement)
    db.execute("PRAGMA user_version = 7")
