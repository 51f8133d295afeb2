"""Version 2: pages put right by hand, the log of imports, sketches to find reprints by."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a person decided: of a page (its edits), of a case (the fields that a later reading leaves alone). What became of
# each file of an import. Sketches of 30 numbers of 32 bits, to find reprints by; ten bands of three numbers each.
_SECOND = (
    "ALTER TABLE cases ADD COLUMN decided TEXT NOT NULL DEFAULT '[]'",
    """CREATE TABLE page_edits (
        num INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES sources(num) ON DELETE CASCADE,
        position INTEGER NOT NULL, edit TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX page_edits_source ON page_edits(source, position)",
    """CREATE TABLE import_log (
        num INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, file TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('added', 'known', 'failed')),
        pages INTEGER NOT NULL, cases INTEGER NOT NULL, figures INTEGER NOT NULL, reason TEXT NOT NULL)""",
    """CREATE TABLE case_sketches (
        num INTEGER PRIMARY KEY REFERENCES cases(num) ON DELETE CASCADE, sketch BLOB NOT NULL)""",
    *(f"CREATE INDEX case_sketches_{at} ON case_sketches(substr(sketch, {at}, 12))" for at in range(1, 120, 12)),
)
_BINS = 30
_NOTHING = 0xFFFFFFFF
_KEPT = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+")


def second(db: Database) -> None:
    """Add the tables, and sketch the cases that are there."""
    for statement in _SECOND:
        db.execute(statement)
    for num, body in db.execute("SELECT num, body FROM case_texts WHERE body != '[]'"):
        if sketch := _sketch("\n".join(json.loads(body))):
            db.execute("INSERT INTO case_sketches (num, sketch) VALUES (?, ?)", (num, sketch))
    db.execute("PRAGMA user_version = 2")


def _sketch(text: str) -> bytes:
    """The least checksum of a run of five characters in each bin, four bytes a bin; empty for a very short text."""
    kept = "".join(_KEPT.findall(text)).encode("utf-16-le")
    bins = [_NOTHING] * _BINS
    for at in range(0, len(kept) - 8, 2):
        value = zlib.crc32(kept[at : at + 10])
        bins[value % _BINS] = min(value, bins[value % _BINS])
    if _BINS - bins.count(_NOTHING) < _BINS // 2:
        return b""
    return b"".join(_filled(bins, at).to_bytes(4, "big") for at in range(_BINS))


def _filled(bins: list[int], at: int) -> int:
    """What a bin holds; where it is empty, what the next filled one does, mixed with the distance."""
    for step in range(_BINS):
        if (value := bins[(at + step) % _BINS]) != _NOTHING:
            return (value + step * 0x9E3779B1) & 0xFFFFFFFF
    return _NOTHING
