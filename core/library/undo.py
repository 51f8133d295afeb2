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


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back: what it was, its lines of the log, the cases, whether their words, too."""

    text: str
    first: int
    last: int
    nums: tuple[int, ...]
    words: bool


class UndoLog:
    """The log of one session, in a temporary table that is part of every transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.done: list[Step] = []
        self.undone: list[Step] = []
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

    def take_back(self, step: Step) -> None:
        """Run the statements of a step from the last to the first and strike them out."""
        lines = self._db.execute(
            "SELECT statement FROM undo_log WHERE line >= ? AND line < ? ORDER BY line DESC", (step.first, step.last)
        ).fetchall()
        for (statement,) in lines:
            self._db.execute(statement)
        self._db.execute("DELETE FROM undo_log WHERE line >= ? AND line < ?", (step.first, step.last))


def _triggers(db: sqlite3.Connection, table: str) -> tuple[str, str, str]:
    """Triggers that write down the reverse of each insert, update and delete."""
    columns = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
    values = "||','||".join(f"quote(OLD.{c})" for c in columns)
    changed = "||','||".join(f"'{c}='||quote(OLD.{c})" for c in columns if c not in _NEVER_CHANGED.get(table, ()))
    lead = f"CREATE TEMP TRIGGER undo_{table}"
    log = "INSERT INTO undo_log (statement) VALUES"
    return (
        f"{lead}_insert AFTER INSERT ON main.{table} BEGIN {log} ('DELETE FROM {table} WHERE num='||NEW.num); END",
        f"{lead}_update AFTER UPDATE ON main.{table} BEGIN {log}"
        f" ('UPDATE {table} SET '||{changed}||' WHERE num='||NEW.num); END",
        f"{lead}_delete AFTER DELETE ON main.{table} BEGIN {log}"
        f" ('INSERT INTO {table} ({','.join(columns)}) VALUES ('||{values}||')'); END",
    )
