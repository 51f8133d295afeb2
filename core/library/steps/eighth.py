"""Version 8: what a person writes into a selection, and which figures of its cases are written up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# The texts of a selection: its own title, headings and notes. Headings and notes stand among its cases: one order of
# positions runs through both tables. A case without a row of figures has all of its figures written.
_EIGHTH = (
    """CREATE TABLE selection_texts (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        selection INTEGER NOT NULL REFERENCES selections(num) ON DELETE CASCADE, position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('title', 'heading', 'note')), text TEXT NOT NULL)""",
    """CREATE TABLE selection_figures (
        num INTEGER PRIMARY KEY AUTOINCREMENT,
        selection INTEGER NOT NULL REFERENCES selections(num) ON DELETE CASCADE,
        case_num INTEGER NOT NULL REFERENCES cases(num) ON DELETE CASCADE, figures TEXT NOT NULL,
        UNIQUE (selection, case_num))""",
    "CREATE INDEX selection_texts_order ON selection_texts(selection, position)",
    "CREATE UNIQUE INDEX selection_texts_title ON selection_texts(selection) WHERE kind = 'title'",
    "CREATE INDEX selection_figures_case ON selection_figures(case_num)",
)


def eighth(db: Database) -> None:
    """Add the tables."""
    for statement in _EIGHTH:
        db.execute(statement)
    db.execute("PRAGMA user_version = 8")
