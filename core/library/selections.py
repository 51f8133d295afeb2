"""Selections (汇编): named, ordered lists of cases to be written up."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from core.library import case_rows
from core.library.answers import SelectionRow
from core.library.conform import shown
from core.library.file import LibraryPart, in_one_snapshot, said_in_words
from core.library.rows import insert, insert_all
from core.library.stamps import new_id, now
from core.text.storable import storable


class Selections(LibraryPart):
    """Selections by their ids; KeyError where one is gone."""

    @in_one_snapshot
    def rows(self) -> list[SelectionRow]:
        """Return the selections in the order they were made."""
        query = (
            "SELECT s.id, s.name, count(i.num) FROM selections s LEFT JOIN selection_items i ON i.selection = s.num"
            " GROUP BY s.num ORDER BY s.num"
        )
        return [SelectionRow(shown(id_), shown(name), count) for id_, name, count in self._db.execute(query)]

    def add(self, name: str) -> str:
        """Make a new, empty selection; its id."""
        name = storable(name)
        return self._file.change(f"新建汇编「{name}」", lambda: _add(self._db, name))

    def rename(self, selection_id: str, name: str) -> None:
        """Give a selection another name."""
        name = storable(name)
        self._file.change(f"汇编改名为「{name}」", lambda: _rename(self._db, selection_id, name))

    @said_in_words
    def remove(self, selection_id: str) -> None:
        """Remove a selection; its cases stay in the library."""
        num, name = _row(self._db, selection_id)
        remove = "DELETE FROM selections WHERE num = ?"
        self._file.change(f"删除汇编「{name}」", lambda: self._db.execute(remove, (num,)))

    def put(self, selection_id: str, nums: Sequence[int], at: int | None = None) -> int:
        """Add cases before position ``at``, at the end when None; how many were new. Others stay where they are."""
        return self._file.change(f"加入汇编 {len(nums)} 例", lambda: _put(self._db, selection_id, nums, at))

    def take(self, selection_id: str, nums: Sequence[int]) -> None:
        """Take cases out of a selection."""
        self._file.change(f"移出汇编 {len(nums)} 例", lambda: _take(self._db, selection_id, nums))

    def move(self, selection_id: str, nums: Sequence[int], at: int) -> None:
        """Move cases of a selection, in the order given, before the one that stands at position ``at`` now."""
        self._file.change(f"调整汇编顺序 {len(nums)} 例", lambda: _move(self._db, selection_id, nums, at))


def _row(db: sqlite3.Connection, selection: str) -> tuple[int, str]:
    row = db.execute("SELECT num, name FROM selections WHERE id = ?", (selection,)).fetchone()
    if row is None:
        raise KeyError(selection)
    return int(row[0]), str(row[1])


def _cases_of(db: sqlite3.Connection, row: int) -> list[int]:
    """The cases of a selection in its order."""
    query = "SELECT case_num FROM selection_items WHERE selection = ? ORDER BY position"
    return [case for (case,) in db.execute(query, (row,))]


def _add(db: sqlite3.Connection, name: str) -> str:
    selection = new_id()
    insert(db, "selections", {"id": selection, "name": name, "created": now()})
    return selection


def _rename(db: sqlite3.Connection, selection: str, name: str) -> None:
    db.execute("UPDATE selections SET name = ? WHERE num = ?", (name, _row(db, selection)[0]))


def _put(db: sqlite3.Connection, selection: str, nums: Sequence[int], at: int | None) -> int:
    row, _ = _row(db, selection)
    had = _cases_of(db, row)
    new = [num for num in case_rows.existing(db, nums) if num not in set(had)]
    at = len(had) if at is None else max(0, min(at, len(had)))
    items = [(row, num, len(had) + i) for i, num in enumerate(new)]
    insert_all(db, "selection_items", ("selection", "case_num", "position"), items)
    _arrange(db, row, had[:at] + new + had[at:])
    return len(new)


def _take(db: sqlite3.Connection, selection: str, nums: Sequence[int]) -> None:
    row, _ = _row(db, selection)
    gone = set(nums)
    left = [num for num in _cases_of(db, row) if num not in gone]
    db.executemany(
        "DELETE FROM selection_items WHERE selection = ? AND case_num = ?", [(row, num) for num in sorted(gone)]
    )
    _arrange(db, row, left)


def _move(db: sqlite3.Connection, selection: str, nums: Sequence[int], at: int) -> None:
    row, _ = _row(db, selection)
    had = _cases_of(db, row)
    moved = [num for num in dict.fromkeys(nums) if num in set(had)]
    rest_before = [num for num in had[: max(0, at)] if num not in set(moved)]
    rest_after = [num for num in had[max(0, at) :] if num not in set(moved)]
    _arrange(db, row, rest_before + moved + rest_after)


def _arrange(db: sqlite3.Connection, row: int, nums: Sequence[int]) -> None:
    """Write positions 0, 1, 2 … where they differ."""
    db.executemany(
        "UPDATE selection_items SET position = ?1 WHERE selection = ?2 AND case_num = ?3 AND position != ?1",
        [(position, row, num) for position, num in enumerate(nums)],
    )
