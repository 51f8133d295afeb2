"""Selections (汇编): named, ordered lists of cases to be written up."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from core.library.answers import SelectionRow
from core.library.stamps import new_id, now


def rows(db: sqlite3.Connection) -> list[SelectionRow]:
    """The selections in the order they were made."""
    query = (
        "SELECT s.id, s.name, count(i.num) FROM selections s LEFT JOIN selection_items i ON i.selection = s.num"
        " GROUP BY s.num ORDER BY s.num"
    )
    return [SelectionRow(*row) for row in db.execute(query)]


def name_of(db: sqlite3.Connection, selection: str) -> str:
    """The name of a selection; KeyError when it is gone."""
    return str(_row(db, selection)[1])


def _row(db: sqlite3.Connection, selection: str) -> tuple[int, str]:
    row = db.execute("SELECT num, name FROM selections WHERE id = ?", (selection,)).fetchone()
    if row is None:
        raise KeyError(selection)
    return int(row[0]), str(row[1])


def add(db: sqlite3.Connection, name: str) -> str:
    """A new, empty selection; its id."""
    selection = new_id()
    db.execute("INSERT INTO selections (id, name, created) VALUES (?, ?, ?)", (selection, name, now()))
    return selection


def rename(db: sqlite3.Connection, selection: str, name: str) -> None:
    """Give a selection another name."""
    db.execute("UPDATE selections SET name = ? WHERE num = ?", (name, _row(db, selection)[0]))


def remove(db: sqlite3.Connection, selection: str) -> None:
    """Remove a selection; its cases stay in the library."""
    db.execute("DELETE FROM selections WHERE num = ?", (_row(db, selection)[0],))


def cases_of(db: sqlite3.Connection, selection: str) -> list[int]:
    """The cases of a selection in its order."""
    num = _row(db, selection)[0]
    query = "SELECT case_num FROM selection_items WHERE selection = ? ORDER BY position"
    return [case for (case,) in db.execute(query, (num,))]


def put(db: sqlite3.Connection, selection: str, nums: Sequence[int], at: int | None = None) -> int:
    """Add cases before position ``at`` (at the end when None); how many were new. Those that were in stay in place."""
    had = cases_of(db, selection)
    new = [num for num in dict.fromkeys(nums) if num not in set(had) and _is_there(db, num)]
    at = len(had) if at is None else max(0, min(at, len(had)))
    row = _row(db, selection)[0]
    db.executemany(
        "INSERT INTO selection_items (selection, case_num, position) VALUES (?, ?, ?)",
        [(row, num, len(had) + i) for i, num in enumerate(new)],
    )
    _arrange(db, row, had[:at] + new + had[at:])
    return len(new)


def _is_there(db: sqlite3.Connection, num: int) -> bool:
    return db.execute("SELECT 1 FROM cases WHERE num = ?", (num,)).fetchone() is not None


def take(db: sqlite3.Connection, selection: str, nums: Sequence[int]) -> int:
    """Take cases out of a selection; how many were in it."""
    row = _row(db, selection)[0]
    had = cases_of(db, selection)
    gone = set(nums) & set(had)
    db.executemany(
        "DELETE FROM selection_items WHERE selection = ? AND case_num = ?", [(row, num) for num in sorted(gone)]
    )
    _arrange(db, row, [num for num in had if num not in gone])
    return len(gone)


def move(db: sqlite3.Connection, selection: str, nums: Sequence[int], at: int) -> None:
    """Move cases of a selection, in the order given, before the one that stands at position ``at`` now."""
    had = cases_of(db, selection)
    moved = [num for num in dict.fromkeys(nums) if num in set(had)]
    rest_before = [num for num in had[: max(0, at)] if num not in set(moved)]
    rest_after = [num for num in had[max(0, at) :] if num not in set(moved)]
    _arrange(db, _row(db, selection)[0], rest_before + moved + rest_after)


def _arrange(db: sqlite3.Connection, row: int, nums: Sequence[int]) -> None:
    """Write positions 0, 1, 2 … where they differ."""
    db.executemany(
        "UPDATE selection_items SET position = ?1 WHERE selection = ?2 AND case_num = ?3 AND position != ?1",
        [(position, row, num) for position, num in enumerate(nums)],
    )
