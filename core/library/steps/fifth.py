"""Version 5: a check sum of each part of each case, source and selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# The sums are made by living code, like the index, when their number in the file is another.
_FIFTH = (
    """CREATE TABLE sums (
        num INTEGER NOT NULL, part TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (num, part)) WITHOUT ROWID""",
    "ALTER TABLE library ADD COLUMN sums INTEGER NOT NULL DEFAULT 0",
)


def fifth(db: Database) -> None:
    """Add the table."""
    for statement in _FIFTH:
        db.execute(statement)
    db.execute("PRAGMA user_version = 5")
