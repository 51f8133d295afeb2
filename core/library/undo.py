"""Undo and redo: every change keeps, row by row, the values that were there before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

LOGGED = {
    table: tuple(columns.split())
    for table, columns in {
        "sources": "num id kind name paper published page_no format encoding sha256 imported text",
        "page_edits": "num source position edit who at",
        "cases": "num id source position title kind place themes published figures state confidence section byline"
        " added changed revision decided",
        "case_texts": "num summary background practice result body body_spans captions reading",
        "case_sketches": "num sketch",
        "case_marks": "num note tags starred",
        "rulings": "num case_id part proposal rest state mark",
        "bin": "num case_id source title at content",
        "case_mechanisms": "num id case_num position mechanism kind parts participants note spans confidence",
        "metrics": "num id case_num position indicator value value_max number number_max unit approx subject period"
        " kind printed start end quote quote_start quote_end confidence reason state",
        "citations": "num case_num position paper published page_no headline byline",
        "selections": "num id name created",
        "selection_items": "num selection case_num position note",
        "selection_texts": "num id selection position kind text",
        "selection_figures": "num selection case_num figures",
    }.items()
}
"""Table → its columns, the number of the row first; never asked of a file, which may call them what it likes."""
_NEVER_CHANGED = {"sources": {"id", "kind", "text", "sha256", "encoding", "format"}}
_STAMPS = {"changed", "revision"}
"""Columns that say when a row was changed, not what a person changed."""
_WIDTH = max(map(len, LOGGED.values()))
_VALUES = ", ".join(f"{side}{i}" for side in ("old", "new") for i in range(_WIDTH))
# Columns without a type keep a value as it is: any characters, U+0000 among them, bytes, numbers, none.
_LOG = f"CREATE TEMP TABLE undo_log (line INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, what TEXT, mask, {_VALUES})"
_OWNER = " ".join(
    f"WHEN '{table}' THEN coalesce(new{at}, old{at})"
    for table, columns in LOGGED.items()
    for at, column in enumerate(columns)
    if column in (("selection",) if table.startswith("selection_") else ("case_num", "source"))
    and table not in ("cases", "sources", "bin")
)
"""Whose row a line of the log is about, where its own number does not say it."""
WayBack = Sequence[tuple[str, tuple[int, ...]]]
"""Statements, each with its values."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back: what it was, its lines of the log, the cases, whether their words, too.

    Cases that were only added have no lines, but a ``way_back`` whose statements take away many rows each. What was
    ``decided`` stays in the log of decisions, where taking it back is a decision, too.
    """

    text: str
    first: int
    last: int
    nums: tuple[int, ...]
    words: bool
    way_back: WayBack = ()
    decided: tuple[str, ...] = ()
    turn: Callable[[], Any] | None = None
    """Of a change that another change takes back: what does it, and gives what does it again."""
    parts: tuple[Step, ...] = ()
    """Of a change of very many cases: some cases each, in the order in which they were made."""

    @property
    def in_parts(self) -> tuple[Step, ...]:
        """The step's parts; itself where it was made at once."""
        return self.parts or (self,)


def as_one(parts: Sequence[Step]) -> Step:
    """Return a step out of its parts, one behind the other."""
    if len(parts) == 1:
        return parts[0]
    nums = tuple(num for part in parts for num in part.nums)
    return Step(parts[0].text, 0, 0, nums, any(part.words for part in parts), parts=tuple(parts))


class UndoLog:
    """The log of one session, in a temporary table that is part of every transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._stamps: dict[int, int] = {}
        """Case that was added here → the revision that it has since our last change of it, as long as nobody else
        changed it."""
        db.execute(_LOG)

    def start(self) -> int:
        """Begin to write down what is changed; inside a transaction. The first line of the step."""
        for table in LOGGED:
            for statement in _triggers(table):
                self._db.execute(statement)
        return self._next_line()

    def stop(self) -> int:
        """Stop writing down. The line after the last one of the step."""
        for table in LOGGED:
            for what in _BACK:
                self._db.execute(f"DROP TRIGGER temp.undo_{table}_{what}")
        return self._next_line()

    def _next_line(self) -> int:
        row = self._db.execute("SELECT seq FROM temp.sqlite_sequence WHERE name = 'undo_log'").fetchone()
        return int(row[0]) + 1 if row else 1

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
        """Put the rows of a step back from the last to the first and strike them out; while changes are written down.

        IntegrityError when a row is not as the step left it, or when rows of somebody else would go with it.
        """
        if step.way_back:
            if not self._are_ours(step.nums):
                raise sqlite3.IntegrityError("cases were changed elsewhere since they were added")
            for statement, values in step.way_back:
                self._db.execute(statement, values)
            return
        lines, began = self._lines(step), self._next_line()
        done = [self._db.execute(_BACK[what](name, mask), (line,)).rowcount for line, name, what, mask in lines]
        if any(rows != 1 for rows in done) or self._next_line() - began != len(lines):
            raise sqlite3.IntegrityError("rows were changed elsewhere since")
        self._db.execute("DELETE FROM temp.undo_log WHERE line >= ? AND line < ?", (step.first, step.last))

    def _lines(self, step: Step) -> list[tuple[int, str, str, int]]:
        query = "SELECT line, name, what, mask FROM temp.undo_log WHERE line >= ? AND line < ? ORDER BY line DESC"
        return self._db.execute(query, (step.first, step.last)).fetchall()

    def touched(self, first: int, last: int) -> dict[str, list[int]]:
        """Return whose rows of which part (as ``parts`` names them) the lines of a step have changed."""
        query = (
            f"SELECT DISTINCT CASE WHEN name = 'sources' AND what = 'update' THEN 'source_names' ELSE name END,"
            f" CASE name {_OWNER} ELSE coalesce(new0, old0) END FROM temp.undo_log WHERE line >= ? AND line < ?"
        )
        out: dict[str, list[int]] = {}
        for name, owner in self._db.execute(query, (first, last)):
            out.setdefault(name, []).append(owner)
        if "sources" in out:
            out["source_names"] = [*out.get("source_names", ()), *out["sources"]]
        out.pop("case_sketches", None)
        return out

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


def _told(table: str) -> Iterable[tuple[int, str]]:
    """The columns that must still be as a change left them, each with its place in the log."""
    return ((i, column) for i, column in enumerate(LOGGED[table]) if i and column not in _STAMPS)


@cache
def _take_out(table: str, mask: int) -> str:
    same = "".join(f" AND t.{column} IS u.new{i}" for i, column in _told(table))
    return (
        f"DELETE FROM main.{table} AS t WHERE num = (SELECT new0 FROM temp.undo_log WHERE line = ?1)"
        f" AND EXISTS (SELECT 1 FROM temp.undo_log AS u WHERE u.line = ?1{same})"
    )


@cache
def _change_back(table: str, mask: int) -> str:
    changed = [i for i in range(len(LOGGED[table])) if mask >> i & 1]
    values = ", ".join(f"{LOGGED[table][i]} = u.old{i}" for i in changed)
    same = "".join(f" AND t.{column} IS u.new{i}" for i, column in _told(table) if i in changed)
    return f"UPDATE main.{table} AS t SET {values} FROM temp.undo_log AS u WHERE u.line = ?1 AND t.num = u.new0{same}"


@cache
def _put_back(table: str, mask: int) -> str:
    columns = LOGGED[table]
    values = ", ".join(f"old{i}" for i in range(len(columns)))
    return f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {values} FROM temp.undo_log WHERE line = ?1"


_BACK: dict[str, Callable[[str, int], str]] = {"insert": _take_out, "update": _change_back, "delete": _put_back}
"""What was done to a row → the statement that takes it back, for the columns that changed (a bit each)."""


@cache
def _triggers(table: str) -> tuple[str, ...]:
    """Triggers that write down the values of each row that is inserted, updated or deleted."""
    columns = LOGGED[table]
    varying = [(i, c) for i, c in enumerate(columns) if c not in _NEVER_CHANGED.get(table, ())]
    mask = " | ".join(f"((OLD.{c} IS NOT NEW.{c}) << {i})" for i, c in varying)
    # A line that only says when would be none when it is taken back within the same second.
    other = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for _, c in varying if c not in _STAMPS)
    old, new = (", ".join(f"{row}.{c}" for c in columns) for row in ("OLD", "NEW"))
    into_old, into_new = (", ".join(f"{side}{i}" for i in range(len(columns))) for side in ("old", "new"))

    def trigger(what: str, when: str, mask: str, into: str, values: str) -> str:
        return (
            f"CREATE TEMP TRIGGER undo_{table}_{what} AFTER {what.upper()} ON main.{table} {when} BEGIN INSERT INTO"
            f" undo_log (name, what, mask, {into}) VALUES ('{table}', '{what}', {mask}, {values}); END"
        )

    return (
        trigger("insert", "", "0", into_new, new),
        trigger("update", f"WHEN {other}", mask, f"{into_old}, {into_new}", f"{old}, {new}"),
        trigger("delete", "", "0", into_old, old),
    )
