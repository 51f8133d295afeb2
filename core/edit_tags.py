"""The tags that a person's edits of a page are written down under; files hold them, so a tag is never changed."""

from __future__ import annotations

CUT = "cut"
JOIN = "join"
MOVE = "move"
MARK = "mark"
CONFIRM = "confirm"
CORRECT = "correct"
PLACE = "place"
THEMES = "themes"
TITLE = "title"
KIND = "kind"
SAME = "same"
OTHER = "other"
