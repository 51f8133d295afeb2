"""One hash over what the cases and the decisions of a library say, whatever the order in which they came in."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from core.decisions import BIN, PARTS, heads
from core.decisions.log import FIGURE, MECHANISM
from core.library import case_reading, deciding, log_rows
from core.library.log_rows import as_json
from core.library.parts import DECISION
from core.records import Case

_CHUNK = 200


def digest(db: sqlite3.Connection) -> str:
    """Return the SHA-256 in hex.

    It covers every case by its id, in all that a person can read or decide of it, its state, what lies in the bin, and
    the decisions that stand; not row numbers, times of import, or the order of rows.
    """
    whole = hashlib.sha256()
    for line in _lines(db):
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()


def _lines(db: sqlite3.Connection) -> Iterator[str]:
    ids = [(case_id, num) for case_id, num in db.execute("SELECT id, num FROM cases ORDER BY id")]
    for at in range(0, len(ids), _CHUNK):
        some = ids[at : at + _CHUNK]
        cases = case_reading.read(db, [num for _, num in some])
        for case_id, num in some:
            yield as_json(["case", case_id, _said(cases[num])])
    for (case_id,) in db.execute("SELECT case_id FROM bin ORDER BY case_id"):
        yield as_json([BIN, case_id])
    query = f"SELECT {', '.join(DECISION)} FROM decisions ORDER BY case_id, part, id"
    rows = map(log_rows.decision_of, db.execute(query))
    for target, decided in groupby(rows, key=lambda row: row.target):
        if standing := [row.id for row in heads(decided)]:
            yield as_json(["decided", *target, standing])


def _said(case: Case) -> Sequence[Any]:
    fields = {part: deciding.now_in(case, part) for part in PARTS}
    parts = sorted([FIGURE + m.id, m.state, deciding.now_in(case, FIGURE + m.id)] for m in case.metrics) + sorted(
        [MECHANISM + m.id, "", deciding.now_in(case, MECHANISM + m.id)] for m in case.mechanisms
    )
    return [case.state, list(case.body), fields, parts]
