"""Check sums of what the library keeps, so that a case that is not as it was saved is told from one that is."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from core.library import parts

SUMS = 1
"""Which ``sum_of`` made the sums; a file with another number gets new ones."""
_WRITE = (
    "INSERT INTO sums (num, part, sum) VALUES (?1, ?2, ?3) ON CONFLICT (num, part) DO UPDATE SET sum = ?3"
    " WHERE sum IS NOT ?3"
)
_CHUNK = 500


def sum_of(rows: Sequence[tuple[Any, ...]]) -> int:
    """Return the check sum of the rows of a part: one for any change of a few bytes in a row is never the same.

    It tells what went wrong by itself, not what somebody forged: whoever can write the file can write the sum.
    """
    return _sum_of_text(text_of(rows))


def _sum_of_text(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogateescape"))


def sum_of_texts(texts: Iterable[str]) -> int:
    """Return ``sum_of`` rows whose ``text_of`` are known each by itself.

    >>> sum_of_texts(map(text_of, [(1, "a"), (2, "b")])) == sum_of([(1, "a"), (2, "b")])
    True
    """
    return _sum_of_text(f"[{','.join(texts)}]")


def _bytes_as_json(cell: bytes) -> dict[str, str]:
    """Bytes as what no text is: an empty text is not empty bytes, which one bit makes of it."""
    return {"bytes": cell.hex()}


def _writer() -> Callable[[Sequence[Any]], str]:
    """What writes rows as JSON. ``JSONEncoder`` makes its own writer in C anew for each value, which takes longer than
    the value itself; where Python has none, it does."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_bytes_as_json).encode
    in_c = make(None, _bytes_as_json, json.encoder.encode_basestring, None, ":", ",", False, False, True)
    return lambda rows: "".join(in_c(rows, 0))


text_of = _writer()
"""A row, or rows, as the text that a sum is made of."""


def write(db: sqlite3.Connection, part: str, found: Iterable[tuple[int, int]]) -> None:
    """Write sums that are known: of the owners of a part, each with its sum."""
    db.executemany(_WRITE, ((owner, part, sum_) for owner, sum_ in found))


def kept(db: sqlite3.Connection, nums: Sequence[int], tables: Iterable[str]) -> dict[tuple[int, str], int]:
    """Return the sums that the file has for these parts of these owners."""
    wanted, out = list(tables), {}
    for at in range(0, len(nums), _CHUNK):
        some = nums[at : at + _CHUNK]
        query = (
            f"SELECT num, part, sum FROM sums WHERE num IN ({','.join('?' * len(some))})"
            f" AND part IN ({','.join('?' * len(wanted))})"
        )
        out.update({(num, part): sum_ for num, part, sum_ in db.execute(query, (*some, *wanted))})
    return out


def renew(db: sqlite3.Connection, touched: Mapping[str, Sequence[int]]) -> None:
    """Write the sums of these owners of each part, as their rows are now."""
    for table, owners in touched.items():
        for at in range(0, len(owners), _CHUNK):
            some = owners[at : at + _CHUNK]
            rows = parts.rows(db, parts.OF_ALL[table], some)
            db.executemany(_WRITE, [(owner, table, sum_of(found)) for owner, found in rows.items()])
            gone = [(owner, table) for owner in some if owner not in rows]
            db.executemany("DELETE FROM sums WHERE num = ? AND part = ?", gone)


def make_all(db: sqlite3.Connection) -> None:
    """Take everything as it is for right, and write its sums anew."""
    db.execute("DELETE FROM sums")
    for name, part in parts.OF_ALL.items():
        renew(db, {name: owners(db, part)})
    db.execute("UPDATE library SET sums = ?", (SUMS,))


def owners(db: sqlite3.Connection, part: parts.Part) -> list[int]:
    """Return whose rows lie in the table of a part."""
    return [num for (num,) in db.execute(f"SELECT DISTINCT {part.owner.partition('.')[2]} FROM {part.table}")]


def wrong(db: sqlite3.Connection, nums: Sequence[int], tables: Iterable[str]) -> dict[int, list[str]]:
    """Return the owners whose rows are not as they were saved, each with the tables of the parts that differ."""
    out: dict[int, list[str]] = {}
    tables = tuple(tables)
    had = kept(db, nums, tables)
    for table in tables:
        rows = parts.rows(db, parts.OF_ALL[table], nums)
        for num in nums:
            found = rows.get(num)
            if had.get((num, table)) != (sum_of(found) if found else None):
                out.setdefault(num, []).append(table)
    return out
