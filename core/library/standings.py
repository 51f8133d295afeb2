"""Where figures and whole cases stand in being checked, asked of the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from core.decisions import CASE, Decision, Target, heads
from core.decisions.log import FIGURE
from core.decisions.state import said
from core.library import log_rows
from core.library.answers import FigureStanding
from core.library.conform import shown
from core.records import STATE_WORDS, Case, State

_MANY = 500


def whole(db: sqlite3.Connection, nums: Sequence[int]) -> Iterator[FigureStanding]:
    """Yield where these cases stand as a whole, in that order: what was said of them, not of their figures."""
    for at in range(0, len(nums), _MANY):
        some = nums[at : at + _MANY]
        query = (
            "SELECT c.num, c.id, c.confidence, coalesce(r.state, 'unchecked') FROM cases c"
            " LEFT JOIN rulings r ON r.case_id = c.id AND r.part = ?"
            f" WHERE c.num IN ({','.join('?' * len(some))})"
        )
        found = {row[0]: row for row in db.execute(query, (CASE, *some))}
        for num in some:
            if num in found:
                _, id_, confidence, state = found[num]
                sure = confidence if isinstance(confidence, float) else 1.0
                yield FigureStanding(num, num, shown(id_), sure, state)


def count_whole(db: sqlite3.Connection, nums: Sequence[int] | None) -> dict[State, int]:
    """Return of how many of these cases (of all when None) what was said as a whole."""
    out: dict[State, int] = {"unchecked": 0, "checked": 0, "unsure": 0, "wrong": 0}
    if nums is not None:
        for one in whole(db, nums):
            out[one.state] += 1
        return out
    query = (
        "SELECT r.state, count(*) FROM rulings r JOIN cases c ON c.id = r.case_id"
        " WHERE r.part = ? AND r.state != 'unchecked' GROUP BY r.state"
    )
    out.update(db.execute(query, (CASE,)).fetchall())
    (every,) = db.execute("SELECT count(*) FROM cases").fetchone()
    out["unchecked"] = int(every) - sum(out.values())
    return out


def figures_with_ids(db: sqlite3.Connection, ids: Sequence[str]) -> list[FigureStanding]:
    """Return where the figures with these ids stand; those that are not here are missing."""
    out = []
    for at in range(0, len(ids), _MANY):
        some = ids[at : at + _MANY]
        query = (
            f"SELECT num, case_num, id, confidence, state FROM metrics WHERE id IN ({','.join('?' * len(some))})"
            " ORDER BY num"
        )
        for num, case, id_, confidence, state in db.execute(query, tuple(some)):
            if state in STATE_WORDS and isinstance(confidence, float):
                out.append(FigureStanding(num, case, shown(id_), confidence, state))
    return out


def log_of(db: sqlite3.Connection, part: str, after: str, limit: int) -> dict[str, list[Decision]]:
    """Return the decisions on what has an id behind ``after``, by id, in the order of ids, of so many at most.

    ``part`` is the beginning of the parts of figures or of mechanisms (the id is the rest), or a part of a case, whose
    id it then is.
    """
    if part.endswith("/"):
        query = "SELECT DISTINCT part FROM decisions WHERE part > ? AND part < ? ORDER BY part LIMIT ?"
        end = part[:-1] + chr(ord(part[-1]) + 1)
        ids = [shown(one).removeprefix(part) for (one,) in db.execute(query, (part + after, end, limit))]
        targets = {id_: Target("", part + id_) for id_ in ids if id_}
    else:
        query = "SELECT DISTINCT case_id FROM decisions WHERE part = ? AND case_id > ? ORDER BY case_id LIMIT ?"
        targets = {shown(id_): Target(shown(id_), part) for (id_,) in db.execute(query, (part, after, limit))}
    found = log_rows.of_targets(db, targets.values())
    return {id_: found.get(target, []) for id_, target in targets.items()}


def standing_by(db: sqlite3.Connection, part: str) -> dict[str, int]:
    """Return how many targets stand as a person has decided, by that person's name; ``part`` as for ``log_of``.

    What one row alone says needs no more than counting; the rest of the log is asked.
    """
    inside = ("part >= ? AND part < ?", (part, part[:-1] + chr(ord(part[-1]) + 1)))
    where, values = inside if part.endswith("/") else ("part = ?", (part,))
    by = "part" if part.endswith("/") else "case_id"
    query = f"SELECT case_id, part, who, count(*) FROM decisions WHERE {where} GROUP BY {by}"
    out: dict[str, int] = {}
    for case, part_, who, count in db.execute(query, values).fetchall():
        if count > 1 or part == CASE:
            who = _who_says(log_rows.of_targets(db, [target := Target(case, part_)]).get(target, ()))
        if who is not None:
            out[shown(who)] = out.get(shown(who), 0) + 1
    return out


def who_says(db: sqlite3.Connection, case: Case) -> dict[str, str]:
    """Return whose word stands on a case as a whole (``CASE``), and on each figure by its id; nobody's is missing."""
    targets = {m.id: Target(case.id, FIGURE + m.id) for m in case.metrics if m.state != "unchecked"}
    if case.state != "unchecked":
        targets[CASE] = Target(case.id, CASE)
    found = log_rows.of_targets(db, targets.values())
    said_by = {key: _who_says(found.get(target, ())) for key, target in targets.items()}
    return {key: shown(who) for key, who in said_by.items() if who is not None}


def _who_says(rows: Sequence[Decision]) -> str | None:
    """Whose word stands; nobody's where none does, or people differ. Who says the same in two rows counts once."""
    last = [row for row in heads(rows) if said(row)[0] != "unchecked"]
    if not last or any(said(row) != said(last[0]) for row in last):
        return None
    return last[-1].who
