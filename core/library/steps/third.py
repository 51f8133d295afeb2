"""Version 3: edits of pages under tags of their own instead of the names of classes."""

from __future__ import annotations

import json
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
    for num, text in db.execute("SELECT num, edit FROM page_edits").fetchall():
        edit = json.loads(text)
        edit["do"] = _TAGS[edit["do"]]
        renamed = json.dumps(edit, ensure_ascii=False, separators=(",", ":"))
        db.execute("UPDATE page_edits SET edit = ? WHERE num = ?", (renamed, num))
    db.execute("PRAGMA user_version = 3")
