"""Reprints and near-copies: a sketch of each case that has a body, found by any of its bands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TypeGuard

from core.text.likeness import BINS, LIKE, bands, likeness, sketch

# Each band has an index of its own over that part of the sketch, so that nothing has to be kept in step with it.
_BAND = "SELECT num FROM case_sketches WHERE substr(sketch, {0}, 12) = ?"
_NUMBER = 4
"""Bytes of one number of a sketch."""


def packed(body: Sequence[str]) -> bytes:
    """Return the sketch of a body as it is kept; empty for a very short one."""
    return b"".join(bands(sketch("\n".join(body))))


def write(db: sqlite3.Connection, num: int, body: Sequence[str]) -> None:
    """Keep the sketch of a case as its body is now; a very short one has none."""
    if kept := packed(body):
        db.execute(
            "INSERT INTO case_sketches (num, sketch) VALUES (?1, ?2)"
            " ON CONFLICT (num) DO UPDATE SET sketch = ?2 WHERE sketch IS NOT ?2",
            (num, kept),
        )
    else:
        db.execute("DELETE FROM case_sketches WHERE num = ?", (num,))


def like(db: sqlite3.Connection, num: int) -> list[tuple[int, float]]:
    """Return the cases whose bodies are much like that of this one, with their likeness; the most alike first."""
    row = db.execute("SELECT sketch FROM case_sketches WHERE num = ?", (num,)).fetchone()
    return [] if row is None else [found for found in like_packed(db, row[0]) if found[0] != num]


def like_packed(db: sqlite3.Connection, packed: object) -> list[tuple[int, float]]:
    """Return the cases whose bodies are much like that of this sketch, with their likeness; the most alike first."""
    if not _is_whole(packed):
        return []
    return _like(db, _unpacked(packed))


def like_text(db: sqlite3.Connection, body: Sequence[str]) -> list[tuple[int, float]]:
    """Return the cases whose bodies are much like these paragraphs; none for a very short text."""
    own = sketch("\n".join(body))
    return _like(db, own) if own else []


def _like(db: sqlite3.Connection, own: tuple[int, ...]) -> list[tuple[int, float]]:
    wanted = bands(own)
    width = BINS * _NUMBER // len(wanted)
    any_band = " UNION ".join(_BAND.format(1 + i * width) for i in range(len(wanted)))
    found = db.execute(f"SELECT num, sketch FROM case_sketches WHERE num IN ({any_band})", wanted)
    alike = ((other, likeness(own, _unpacked(kept))) for other, kept in found if _is_whole(kept))
    return sorted(((n, share) for n, share in alike if share >= LIKE), key=lambda pair: (-pair[1], pair[0]))


def articles(db: sqlite3.Connection, nums: Sequence[int]) -> int:
    """Return how many articles these cases are when reprints and near-copies among them count once."""
    if len(nums) < 2:
        return len(nums)
    query = f"SELECT sketch FROM case_sketches WHERE num IN ({','.join('?' * len(nums))})"
    packed = [kept for (kept,) in db.execute(query, nums) if _is_whole(kept)]
    first: dict[tuple[int, bytes], list[tuple[int, ...]]] = {}
    copies = 0
    for own in map(_unpacked, packed):
        keys = list(enumerate(bands(own)))
        if any(likeness(own, other) >= LIKE for key in keys for other in first.get(key, ())):
            copies += 1
            continue
        for key in keys:
            first.setdefault(key, []).append(own)
    return len(nums) - copies


def _is_whole(packed: object) -> TypeGuard[bytes]:
    """Whether a cell holds a sketch, and nothing that damage made of one."""
    return isinstance(packed, bytes) and len(packed) == BINS * _NUMBER


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(packed[i : i + _NUMBER], "big") for i in range(0, len(packed), _NUMBER))
