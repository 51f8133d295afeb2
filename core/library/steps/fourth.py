"""Version 4: the import desk, with what waits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# What waits on the desk: a row for each file that is to be read, each page that was read and not taken in, each file
# that gave none. The pages have a table of their own so that the list is read without them. A file that gives several
# pages becomes several rows at its place.
_FOURTH = (
    """CREATE TABLE desk_rows (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
        place INTEGER NOT NULL, part INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'added', 'known', 'failed')),
        removed INTEGER NOT NULL DEFAULT 0, direct INTEGER NOT NULL,
        name TEXT NOT NULL, file TEXT NOT NULL, seal TEXT NOT NULL, note TEXT NOT NULL,
        articles INTEGER NOT NULL, figures INTEGER NOT NULL, doubts INTEGER NOT NULL,
        source TEXT NOT NULL, came_as TEXT NOT NULL, hand TEXT NOT NULL)""",
    """CREATE TABLE desk_pages (
        num INTEGER PRIMARY KEY REFERENCES desk_rows(num) ON DELETE CASCADE, page TEXT NOT NULL)""",
    "CREATE INDEX desk_rows_order ON desk_rows(owner, place, part)",
)


def fourth(db: Database) -> None:
    """Add the tables."""
    for statement in _FOURTH:
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")
