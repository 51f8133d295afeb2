"""What a person puts right on a page, laid over any reading of it."""

from __future__ import annotations

from core.desk.desk import DOUBTFUL, Desk, Seam
from core.desk.edits import (
    EDIT_WORDS,
    ROLE_WORDS,
    Confirm,
    Correct,
    Cut,
    Edit,
    Join,
    Mark,
    Move,
    Other,
    Role,
    Same,
    SetKind,
    SetPlace,
    SetThemes,
    SetTitle,
    corrections_of,
    edit_as_json,
    edit_of_json,
)

__all__ = [
    "DOUBTFUL",
    "EDIT_WORDS",
    "ROLE_WORDS",
    "Confirm",
    "Correct",
    "Cut",
    "Desk",
    "Edit",
    "Join",
    "Mark",
    "Move",
    "Other",
    "Role",
    "Same",
    "Seam",
    "SetKind",
    "SetPlace",
    "SetThemes",
    "SetTitle",
    "corrections_of",
    "edit_as_json",
    "edit_of_json",
]
