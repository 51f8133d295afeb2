"""What follows from the log of decisions, written into the rows that everything reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.decisions import BIN, CASE, EDITS, PARTS, Ruling, Target, live, ruling
from core.decisions.log import FIGURE, MECHANISM
from core.decisions.values import field_of, figure_of, figure_value, mechanism_of, mechanism_value, value_of_field
from core.library import bin_rows, case_reading, case_rows, log_rows
from core.library.conform import FAULTS
from core.library.errors import DamagedLibrary
from core.library.log_rows import as_json, from_json
from core.library.rows import insert, update
from core.library.stamps import now
from core.records import Case, Mechanism, Metric, State


class Kept(NamedTuple):
    """A row of ``rulings``: what the reading proposes (None: nothing), what no person decides of it, what follows."""

    proposal: Any
    rest: dict[str, Any]
    state: State = "unchecked"
    mark: str = ""


def kept(db: sqlite3.Connection, target: Target) -> Kept | None:
    """Return what is kept of a target; None when nothing was ever decided about it."""
    query = "SELECT proposal, rest, state, mark FROM rulings WHERE case_id = ? AND part = ?"
    row = db.execute(query, target).fetchone()
    return kept_from(*row) if row else None


def kept_of_case(db: sqlite3.Connection, case_id: str) -> dict[str, Kept]:
    """Return what is kept of every part of a case that was ever decided."""
    query = "SELECT part, proposal, rest, state, mark FROM rulings WHERE case_id = ? ORDER BY num"
    return {part: kept_from(*row) for part, *row in db.execute(query, (case_id,))}


def kept_from(proposal: str | None, rest: str, state: State, mark: str) -> Kept:
    """Return a row of ``rulings``; DamagedLibrary where it cannot be read."""
    try:
        return Kept(None if proposal is None else from_json(proposal), dict(from_json(rest)), state, mark)
    except FAULTS as error:
        words = "记下的决定有损坏，读不出。没有改动；可从「备份」文件夹恢复。"
        raise DamagedLibrary(words, repr(error)) from error


def keep(db: sqlite3.Connection, target: Target, found: Kept) -> None:
    """Write what is kept of a target."""
    proposal = None if found.proposal is None else as_json(found.proposal)
    db.execute(
        "INSERT INTO rulings (case_id, part, proposal, rest, state, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (case_id, part) DO UPDATE SET proposal = ?3, rest = ?4, state = ?5, mark = ?6"
        " WHERE (proposal, rest, state, mark) IS NOT (?3, ?4, ?5, ?6)",
        (*target, proposal, as_json(found.rest), found.state, found.mark),
    )


def now_in(case: Case, part: str) -> Any:
    """Return the value that a part of a case has now; None where there is no such figure or mechanism."""
    if part.startswith(FIGURE):
        return next((figure_value(m) for m in case.metrics if m.id == part.removeprefix(FIGURE)), None)
    if part.startswith(MECHANISM):
        return next((mechanism_value(m) for m in case.mechanisms if m.id == part.removeprefix(MECHANISM)), None)
    if part in (CASE, BIN):
        return None if part == CASE else False
    return value_of_field(case, part) if part in PARTS else None


def rest_of(case: Case, part: str) -> dict[str, Any]:
    """Return what no person decides of a figure or a mechanism: where it stands, how sure the reading was and why."""
    for at, metric in enumerate(case.metrics):
        if part == FIGURE + metric.id:
            return {"position": at, "confidence": metric.confidence, "reason": metric.reason}
    for at, mechanism in enumerate(case.mechanisms):
        if part == MECHANISM + mechanism.id:
            return {"position": at, "confidence": mechanism.confidence}
    return {}


# ---- from the log into the rows


def settle(db: sqlite3.Connection, targets: Iterable[Target], *, indexed: bool = True) -> None:
    """Write what follows from the log for these targets; a case that is not here is left alone.

    One that comes back from the bin is ``indexed`` unless the caller does so.
    """
    touched: dict[str, None] = {}
    decided = log_rows.of_targets(db, targets := list(dict.fromkeys(targets)))
    for target in targets:
        had = kept(db, target) or Kept(None, {})
        found = ruling(decided.get(target, ()), had.proposal)
        keep(db, target, Kept(had.proposal, had.rest, found.state, found.mark))
        if target.part == BIN:
            _lay(db, target.case, bool(found.value), indexed)
        elif (num := case_rows.num_of(db, target.case)) is not None:
            _write(db, num, target.part, found, had.rest)
        touched[target.case] = None
    for case_id in touched:
        sum_up(db, case_id)


def settle_again(db: sqlite3.Connection, targets: Iterable[Target]) -> None:
    """Write what others still say of these targets, whose rows are as they were before somebody decided on them."""
    decided = log_rows.of_targets(db, targets := list(dict.fromkeys(targets)))
    said = [target for target in targets if target.part != EDITS and live(decided.get(target, ()))]
    for target in said:
        num = case_rows.num_of(db, target.case)
        if kept(db, target) is None and num is not None:
            case = case_reading.read(db, [num], "nothing")[num]
            keep(db, target, Kept(now_in(case, target.part), rest_of(case, target.part)))
    settle(db, said, indexed=False)


def is_settled(db: sqlite3.Connection, case_id: str) -> dict[str, bool]:
    """Return of each part of a case that was ever decided whether the rows hold what follows from the log."""
    num = case_rows.num_of(db, case_id)
    case = None if num is None else case_reading.read(db, [num], "nothing")[num]
    states = {FIGURE + m.id: m.state for m in case.metrics} if case else {}
    out = {}
    for part, had in kept_of_case(db, case_id).items():
        target = Target(case_id, part)
        found = ruling(log_rows.of_targets(db, [target]).get(target, ()), had.proposal)
        right = (found.state, found.mark) == (had.state, had.mark)
        if part == BIN:
            right = right and bool(found.value) == (case is None)
        elif case and (part in PARTS or _is_item(part)):
            gone = part.startswith(MECHANISM) and found.state == "wrong"
            wanted = None if gone else found.value
            right = right and now_in(case, part) == wanted and states.get(part, found.state) == found.state
        out[part] = right
    return out


def _is_item(part: str) -> bool:
    return part.startswith((FIGURE, MECHANISM))


def _lay(db: sqlite3.Connection, case_id: str, binned: bool, indexed: bool) -> None:
    num = case_rows.num_of(db, case_id)
    if binned and num is not None:
        bin_rows.put(db, num)
    elif not binned and num is None:
        rest = [Target(case_id, part) for part in kept_of_case(db, case_id) if part != BIN]
        bin_rows.put_back(db, case_id, lambda: settle(db, rest), indexed=indexed)


def _write(db: sqlite3.Connection, num: int, part: str, found: Ruling, rest: dict[str, Any]) -> None:
    if part.startswith(FIGURE):
        _write_figure(db, num, part.removeprefix(FIGURE), found, rest)
    elif part.startswith(MECHANISM):
        _write_mechanism(db, num, part.removeprefix(MECHANISM), found, rest)
    elif part in PARTS and found.value is not None:
        case_rows.write_field(db, num, part, field_of(part, found.value))


def figure_from(figure_id: str, value: Any, rest: dict[str, Any], state: State) -> Metric:
    """Return the figure that a value of the log says."""
    own = {"confidence": rest.get("confidence", 1.0), "reason": rest.get("reason", "")}
    return figure_of(value, id=figure_id, state=state, **own)


def mechanism_from(mechanism_id: str, value: Any, rest: dict[str, Any]) -> Mechanism:
    """Return the mechanism that a value of the log says."""
    return mechanism_of(value, id=mechanism_id, confidence=rest.get("confidence", 1.0))


def _write_figure(db: sqlite3.Connection, num: int, figure: str, found: Ruling, rest: dict[str, Any]) -> None:
    metric = None if found.value is None else figure_from(figure, found.value, rest, found.state)
    row = db.execute("SELECT num FROM metrics WHERE id = ? AND case_num = ?", (figure, num)).fetchone()
    if metric is None:
        db.execute("DELETE FROM metrics WHERE id = ? AND case_num = ?", (figure, num))
    elif row:
        update(db, "metrics", row[0], case_rows.metric_row(metric))
    else:
        at = rest.get("position", _end(db, "metrics", num))
        insert(db, "metrics", {"case_num": num, "position": at, **case_rows.metric_row(metric)})


def _write_mechanism(db: sqlite3.Connection, num: int, mechanism: str, found: Ruling, rest: dict[str, Any]) -> None:
    row = db.execute("SELECT num FROM case_mechanisms WHERE id = ? AND case_num = ?", (mechanism, num)).fetchone()
    if found.value is None or found.state == "wrong":  # a way of working that is none is not listed
        db.execute("DELETE FROM case_mechanisms WHERE id = ? AND case_num = ?", (mechanism, num))
        return
    own = case_rows.mechanism_row(db, mechanism_from(mechanism, found.value, rest))
    if row:
        update(db, "case_mechanisms", row[0], own)
    else:
        at = rest.get("position", _end(db, "case_mechanisms", num))
        insert(db, "case_mechanisms", {"case_num": num, "position": at, **own})


def _end(db: sqlite3.Connection, table: str, num: int) -> int:
    query = f"SELECT coalesce(max(position) + 1, 0) FROM {table} WHERE case_num = ?"
    return int(db.execute(query, (num,)).fetchone()[0])


def sum_up(db: sqlite3.Connection, case_id: str) -> None:
    """Write what a case as a whole has from its parts: count of figures, state, the fields that a person decided."""
    num = case_rows.num_of(db, case_id)
    if num is None:
        return
    figures = [state for (state,) in db.execute("SELECT state FROM metrics WHERE case_num = ?", (num,))]
    query = "SELECT part, state, mark FROM rulings WHERE case_id = ?"
    parts = {part: (state, mark) for part, state, mark in db.execute(query, (case_id,))}
    state, decided = summed(figures, parts)
    row = {"figures": len(figures), "state": state, "decided": decided}
    had = db.execute("SELECT figures, state, decided FROM cases WHERE num = ?", (num,)).fetchone()
    if had != tuple(row.values()):
        update(db, "cases", num, {**row, "changed": now()})


def summed(figures: Sequence[State], said: Mapping[str, tuple[State, str]]) -> tuple[State, str]:
    """Return the state of a case, and as JSON the fields of it that a person decided: by the states of its figures,
    and by part the state and mark of all that was decided of it."""
    whole = said.get(CASE, ("unchecked", ""))[0]
    state = state_of(figures, whole, any(mark == "conflict" for _, mark in said.values()))
    return state, as_json(sorted(part for part, (s, _) in said.items() if part in PARTS and s != "unchecked"))


def state_of(figures: Sequence[State], whole: State, conflict: bool) -> State:
    """Return the state of a case: what was said of it as a whole, else unsure where anything in it is, checked where
    every figure was decided.

    >>> state_of(["checked", "wrong"], "unchecked", False), state_of(["checked", "unchecked"], "unchecked", False)
    ('checked', 'unchecked')
    """
    if conflict or "unsure" in figures:
        return "unsure" if whole in ("unchecked", "checked") or conflict else whole
    if whole != "unchecked":
        return whole
    return "checked" if figures and "unchecked" not in figures else "unchecked"


def read_whole(db: sqlite3.Connection, nums: Sequence[int]) -> dict[int, Case]:
    """Return cases that are about to be decided on; DamagedLibrary where one is not as it was saved."""
    cases = case_reading.read(db, nums)
    for case in cases.values():
        if case.fault:
            raise DamagedLibrary(f"{case.fault}没有改动；可以删除它，或从备份里找回。", case.fault)
    return cases
