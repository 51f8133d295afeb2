"""Undo and redo: every change writes down, row by row, the statements that take it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

_LOGGED = (
    "sources",
    "page_edits",
    "cases",
    "case_texts",
    "case_sketches",
    "case_mechanisms",
    "metrics",
    "citations",
    "selections",
    "selection_items",
)
_NEVER_CHANGED = {"sources": {"id", "kind", "text", "sha256", "encoding", "format"}}
_STAMPS = {"changed", "revision"}
"""Columns that say when a row was changed, not what a person changed."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back: what it was, its lines of the log, the cases, whether their words, too.

    The lines of a step that only ``added`` take back many rows each; those of others one row each.
    """

    text: str
    first: int
    last: int
    nums: tuple[int, ...]
    words: bool
    added: bool = False


class UndoLog:
    """The log of one session, in a temporary table that is part of every transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._stamps: dict[int, int] = {}
        """Case that was added here → the revision that it has since our last change of it, as long as nobody else
        changed it."""
        db.execute("CREATE TEMP TABLE undo_log (line INTEGER PRIMARY KEY AUTOINCREMENT, statement TEXT NOT NULL)")

    def start(self) -> int:
        """Begin to write down what is changed; inside a transaction. The first line of the step."""
        for table in _LOGGED:
            for statement in _triggers(self._db, table):
                self._db.execute(statement)
        return self._next_line()

    def stop(self) -> int:
        """Stop writing down. The line after the last one of the step."""
        for table in _LOGGED:
            for what in ("insert", "update", "delete"):
                self._db.execute(f"DROP TRIGGER temp.undo_{table}_{what}")
        return self._next_line()

    def _next_line(self) -> int:
        row = self._db.execute("SELECT seq FROM temp.sqlite_sequence WHERE name = 'undo_log'").fetchone()
        return int(row[0]) + 1 if row else 1

    def write_down(self, statements: Sequence[str]) -> tuple[int, int]:
        """Write the statements that take a change back that was not logged row by row; its lines."""
        first = self._next_line()
        self._db.executemany("INSERT INTO undo_log (statement) VALUES (?)", [(s,) for s in statements])
        return first, self._next_line()

    def remember(self, step: Step) -> None:
        """A new change: it can be undone, and what was undone before it cannot be redone any more."""
        self.done.append(step)
        self.undone.clear()

    def forget(self) -> None:
        """Forget everything."""
        self.done.clear()
        self.undone.clear()
        self._stamps.clear()

    def take_back(self, step: Step) -> None:
        """Run the statements of a step from the last to the first and strike them out; while changes are written down.

        IntegrityError when a row is not as the step left it, or when rows of somebody else would go with it.
        """
        if step.added and not self._are_ours(step.nums):
            raise sqlite3.IntegrityError("cases were changed elsewhere since they were added")
        lines, began = self._lines(step), self._next_line()
        done = [self._db.execute(statement).rowcount for statement in lines]
        if not step.added and (any(rows != 1 for rows in done) or self._next_line() - began != len(lines)):
            raise sqlite3.IntegrityError("rows were changed elsewhere since")
        self._db.execute("DELETE FROM undo_log WHERE line >= ? AND line < ?", (step.first, step.last))

    def _lines(self, step: Step) -> list[str]:
        query = "SELECT statement FROM undo_log WHERE line >= ? AND line < ? ORDER BY line DESC"
        return [statement for (statement,) in self._db.execute(query, (step.first, step.last))]

    # ---- what others did to the cases that were added here

    def stamp_added(self, nums: Sequence[int], revision: int) -> None:
        """Know these cases as added here."""
        self._stamps.update(dict.fromkeys(nums, revision))

    def stamp(self, nums: Sequence[int], revision: int) -> None:
        """Note, before a change of ours, that the cases will have this revision; not where somebody else was before."""
        ours = [num for num in nums if num in self._stamps]
        found = self._revisions(ours)
        for num in ours:
            if found.get(num, self._stamps[num]) == self._stamps[num]:
                self._stamps[num] = revision
            else:
                del self._stamps[num]

    def _are_ours(self, nums: Sequence[int]) -> bool:
        """Whether nobody else changed or removed cases that were stamped just now, or put them into a selection."""
        there, collected = self._revisions(nums), "SELECT 1 FROM selection_items WHERE case_num = ?"
        return all(
            num in there and num in self._stamps and not self._db.execute(collected, (num,)).fetchone() for num in nums
        )

    def _revisions(self, nums: Sequence[int]) -> dict[int, int]:
        """The revisions of those of the cases that are there."""
        rows = (self._db.execute("SELECT num, revision FROM cases WHERE num = ?", (num,)).fetchone() for num in nums)
        return dict(filter(None, rows))


def _triggers(db: sqlite3.Connection, table: str) -> tuple[str, str, str]:
    """Triggers that write down the reverse of each insert, update and delete; it holds for a row as it was left."""
    columns = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
    varying = [c for c in columns if c not in _NEVER_CHANGED.get(table, ())]
    told = [c for c in columns if c not in _STAMPS]
    values = "||','||".join(f"quote(OLD.{c})" for c in columns)
    same = "||".join(f"' AND {c} IS '||quote(NEW.{c})" for c in told if c != "num")
    differs = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in varying)
    before = "||".join(f"CASE WHEN OLD.{c} IS NOT NEW.{c} THEN ',{c}='||quote(OLD.{c}) ELSE '' END" for c in varying)
    after = "||".join(f"CASE WHEN OLD.{c} IS NOT NEW.{c} THEN ' AND {c} IS '||quote(NEW.{c}) ELSE '' END" for c in told)
    lead = f"CREATE TEMP TRIGGER undo_{table}"
    log = "INSERT INTO undo_log (statement) VALUES"
    return (
        f"{lead}_insert AFTER INSERT ON main.{table} BEGIN"
        f" {log} ('DELETE FROM {table} WHERE num='||NEW.num||{same}); END",
        f"{lead}_update AFTER UPDATE ON main.{table} WHEN {differs} BEGIN"
        f" {log} ('UPDATE {table} SET '||substr({before}, 2)||' WHERE num='||NEW.num||{after}); END",
        f"{lead}_delete AFTER DELETE ON main.{table} BEGIN"
        f" {log} ('INSERT INTO {table} ({','.join(columns)}) VALUES ('||{values}||')'); END",
    )
