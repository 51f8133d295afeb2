"""The log of decisions in and out of its table."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.decisions import Decision, Target, frontier
from core.decisions.log import FIGURE, MECHANISM
from core.library import sums
from core.library.conform import FAULTS
from core.library.errors import DamagedLibrary
from core.library.parts import DECISION
from core.library.stamps import new_id, now

_COLUMNS = ", ".join(DECISION)
_ADD = f"INSERT INTO decisions ({_COLUMNS}) VALUES ({', '.join('?' * len(DECISION))})"


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def as_json(value: Any) -> str:
    """Return a value as a cell holds it."""
    return _encoder.encode(value)


_decoder = json.JSONDecoder()


def from_json(cell: str) -> Any:
    """Return the value that a cell holds; ValueError or TypeError where it holds none."""
    value, end = _decoder.raw_decode(cell)
    return value if end == len(cell) else json.loads(cell)


def add(db: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Write decisions at the end of the log, with their check sums; one that is there already is left as it is."""
    for row in decisions:
        if db.execute("SELECT 1 FROM decisions WHERE id = ?", (row.id,)).fetchone():
            continue
        place = db.execute(_ADD, row_of(row)).lastrowid
        sums.renew(db, {"decisions": [int(place or 0)]})


def row_of(row: Decision) -> tuple[Any, ...]:
    """Return a decision as it lies in the table, in the order of ``DECISION``."""
    before, after, read = map(as_json, (row.before, row.after, row.read))
    values = (before, None if after == before else after, None if read == before else read)
    return (row.id, *row.target, row.verdict, *values, row.note, as_json(row.seen), row.who, row.at)


def of_targets(db: sqlite3.Connection, targets: Iterable[Target]) -> dict[Target, list[Decision]]:
    """Return the decisions on each of these targets, as they were written; those without any are missing.

    A figure or a mechanism is known by its id alone: it may have come from another case when its page was put right.
    """
    out: dict[Target, list[Decision]] = {}
    for target in targets:
        item = target.part.startswith((FIGURE, MECHANISM))
        where = "part = ?1" if item else "part = ?1 AND case_id = ?2"
        values = (target.part,) if item else (target.part, target.case)
        rows = db.execute(f"SELECT {_COLUMNS} FROM decisions WHERE {where} ORDER BY num", values)
        if found := [*map(decision_of, rows)]:
            out[target] = found
    return out


def with_ids(db: sqlite3.Connection, ids: Sequence[str]) -> list[Decision]:
    """Return the decisions with these ids that are here, in that order."""
    found = (db.execute(f"SELECT {_COLUMNS} FROM decisions WHERE id = ?", (one,)).fetchone() for one in ids)
    return [decision_of(row) for row in found if row]


def everything(db: sqlite3.Connection) -> Iterator[Decision]:
    """Return the whole log, as it was written."""
    return map(decision_of, db.execute(f"SELECT {_COLUMNS} FROM decisions ORDER BY num"))


def withdrawals(db: sqlite3.Connection, ids: Sequence[str], who: str) -> list[Decision]:
    """Return what takes these decisions back, each target's in one; the newest of a target is the last word on it."""
    out = []
    by_target: dict[Target, list[Decision]] = defaultdict(list)
    for row in with_ids(db, ids):
        by_target[row.target].append(row)
    for target, gone in by_target.items():
        rows = of_targets(db, [target])[target]
        was, becomes = gone[-1].after, [row.id for row in gone]
        out.append(Decision(new_id(), target, "withdrawn", who, now(), was, becomes, gone[-1].read, "", frontier(rows)))
    return out


def decision_of(row: Sequence[Any]) -> Decision:
    """Return a row of the log, its columns in the order of ``DECISION``; DamagedLibrary where it cannot be read."""
    try:
        id_, case, part, verdict, before, after, read, note, seen, who, at = row
        said = from_json(before)
        decided = said if after is None else from_json(after)
        proposed = said if read is None else from_json(read)
        before_it = () if seen == "[]" else tuple(json.loads(seen))
        decision = Decision(id_, Target(case, part), verdict, who, at, said, decided, proposed, note, before_it)
        "".join((id_, case, part, verdict, note, who, at, *decision.seen)).encode()  # each is a text, and whole
        return decision
    except FAULTS as error:
        raise DamagedLibrary("记下的决定有损坏，读不出。没有改动；可从「备份」文件夹恢复。", repr(error)) from error
