"""Rows read and written by the names of their columns, not by their places in a list of question marks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from core.library.conform import shown
from core.library.errors import DamagedLibrary


def named(db: sqlite3.Connection, query: str, values: Sequence[object]) -> Iterator[sqlite3.Row]:
    """Return the rows of a query, each of which is asked for its columns by name."""
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    yield from cursor.execute(query, values)


def fetched(db: sqlite3.Connection, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Return the rows of a query at once.

    Their texts are made by SQLite's own module, which is some times as fast as ours, that makes halves of characters of
    bytes that are no UTF-8; where there are such, by that one.
    """
    ours = db.text_factory
    try:
        db.text_factory = str
        return db.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
    finally:
        db.text_factory = ours
    return db.execute(query, values).fetchall()


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Insert a row; its number."""
    made = db.execute(_insert(table, tuple(row)), tuple(row.values()))
    return int(made.lastrowid or 0)


def insert_all(db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows that hold the values of these columns, in their order."""
    db.executemany(_insert(table, columns), rows)


def update(db: sqlite3.Connection, table: str, num: int, row: Mapping[str, object]) -> None:
    """Write these columns of the row with this number."""
    columns = ", ".join(f"{column} = ?" for column in row)
    db.execute(f"UPDATE {table} SET {columns} WHERE num = ?", (*row.values(), num))


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def not_found(db: sqlite3.Connection, table: str, wanted: str) -> Exception:
    """Return what to raise where no row is found by its id: KeyError, or in words when a row has the id all the same.

    An id whose bytes were damaged is shown as something else than it is, and one whose index was damaged is not found.
    """
    if any(shown(cell) == wanted for (cell,) in db.execute(f"SELECT id FROM {table} NOT INDEXED")):
        words = "案例库有损坏：这一条的编号读不出。没有改动；可从「备份」文件夹恢复。"
        return DamagedLibrary(words, f"{table} {wanted!r}")
    return KeyError(wanted)
