"""Version 3: edits of pages under tags of their own instead of the names of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TAGS = {
    "Cut": "cut",
    "Join": "join",
    "Move": "move",
    "Mark": "mark",
    "Confirm": "confirm",
    "Correct": "correct",
    "SetPlace": "place",
    "SetThemes": "themes",
    "SetTitle": "title",
    "SetKind": "kind",
}


def third(db: Database) -> None:
    """Write the new tags into the edits that are there."""
    rename = (
        "UPDATE page_edits SET edit = json_set(edit, '$.do', ?2)"
        " WHERE CASE WHEN json_valid(edit) THEN json_extract(edit, '$.do') END = ?1"
    )
    for names in _TAGS.items():
        db.execute(rename, names)
    db.execute("PRAGMA user_version = 3")
