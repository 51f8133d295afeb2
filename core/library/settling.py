"""What follows from many decisions at once, written into the rows: a merge brings a hundred thousand."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.decisions import BIN, CASE, Decision, Target, ruling
from core.decisions.log import FIGURE, MECHANISM
from core.decisions.values import figure_value
from core.library import bin_rows, case_reading, case_rows, deciding, index, log_rows, parts, sums
from core.library.case_reading import metric_from
from core.library.deciding import Kept
from core.library.errors import DamagedLibrary
from core.library.log_rows import as_json
from core.library.rows import update

T = TypeVar("T")
Log = Mapping[Target, Sequence[Decision]]
_CHUNK = 400
_DECISION = ", ".join(parts.DECISION)


@dataclass(slots=True)
class Here:
    """A target as it stands in a library: where its rows lie, and what is kept of it (without a row as it is now)."""

    target: Target
    kept: Kept
    row: int = 0
    """The row of ``rulings``; 0 for none."""
    num: int = 0
    """The case; 0 where it is not here, or lies in the bin."""
    figure: int = 0
    """The row of ``metrics``; 0 for none."""
    value: Any = None
    """What a figure says now."""
    state: str = "unchecked"


@dataclass(slots=True)
class Touched:
    """What was written: rows whose sums are no longer right, and cases that others should look at again."""

    cases: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    """Cases of which more than their head and figures may have changed."""
    rulings: list[int] = field(default_factory=list)
    binned: bool = False


def is_item(part: str) -> bool:
    """Return whether a part is a figure or a mechanism, which is known by its id wherever it lies."""
    return part.startswith((FIGURE, MECHANISM))


def key_of(target: Target) -> Target:
    """Return what a target is known by: an item by its part alone."""
    return Target("", target.part) if is_item(target.part) else target


def in_chunks(values: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """Return values a few at a time."""
    return (values[at : at + size] for at in range(0, len(values), size))


def marks(values: Sequence[object]) -> str:
    """Return as many question marks as there are values."""
    return ", ".join("?" * len(values))


# ---- as things stand


def here(db: sqlite3.Connection, targets: Iterable[Target]) -> dict[Target, Here]:
    """Return how targets stand in a library, by ``key_of`` them."""
    out: dict[Target, Here] = {}
    by_case: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        by_case[target.case].append(target)
    for some in in_chunks([*by_case]):
        _look(db, [target for case in some for target in by_case[case]], out)
    return out


def _look(db: sqlite3.Connection, targets: Sequence[Target], out: dict[Target, Here]) -> None:
    wanted = {key_of(target): target for target in targets}
    rows: dict[Target, tuple[int, str, Kept]] = {}
    columns = "num, case_id, part, proposal, rest, state, mark"
    items = [key.part for key in wanted if is_item(key.part)]
    queries = [(f"part IN ({marks(some)})", some) for some in in_chunks(items)]
    fields = [*{t.case for t in targets if not is_item(t.part)}]
    queries += [(f"case_id IN ({marks(some)})", some) for some in in_chunks(fields)]
    for where, values in queries:
        for num, case, part, *kept in db.execute(f"SELECT {columns} FROM rulings WHERE {where}", values):
            if (key := key_of(Target(case, part))) in wanted:
                rows[key] = (num, case, deciding.kept_from(*kept))
    metrics = _metrics(db, [part.removeprefix(FIGURE) for part in items if part.startswith(FIGURE)])
    nums = _nums(db, {*(case for _, case, _ in rows.values()), *(t.case for t in targets)})
    for key, target in wanted.items():
        row = rows.get(key)
        found = metrics.get(key.part)
        case = row[1] if row else (found[3] if found else target.case)
        one = Here(Target(case, target.part), Kept(None, {}), num=nums.get(case, 0))
        if row:
            one.row, one.kept = row[0], row[2]
        if found:
            one.figure, one.value, one.state = found[0], found[1], found[2]
            one.num = found[5]
            if not row:
                one.kept = Kept(found[1], found[4])
        out[key] = one
    _propose(db, [out[key] for key in wanted if not out[key].row and not out[key].figure])


def _metrics(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[int, Any, str, str, dict[str, Any], int]]:
    """Part → row, value, state, id and number of the case, what no person decides; of the figures that are here."""
    out: dict[str, tuple[int, Any, str, str, dict[str, Any], int]] = {}
    for some in in_chunks(ids):
        query = (
            f"SELECT {', '.join(f'm.{name}' for name in parts.METRIC)}, m.num, m.position, c.id, c.num FROM metrics m"
            f" JOIN cases c ON c.num = m.case_num WHERE m.id IN ({marks(some)})"
        )
        for *row, num, position, case, case_num in db.execute(query, some):
            metric = metric_from(row)
            rest = {"position": position, "confidence": metric.confidence, "reason": metric.reason}
            out[FIGURE + metric.id] = (num, figure_value(metric), metric.state, case, rest, case_num)
    return out


def _nums(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for some in in_chunks([*ids]):
        out.update(db.execute(f"SELECT id, num FROM cases WHERE id IN ({marks(some)})", some).fetchall())
    return out


def _propose(db: sqlite3.Connection, some: Sequence[Here]) -> None:
    """Let what was never decided before be as it is now."""
    nums = [*{one.num for one in some if one.num}]
    cases = case_reading.read(db, nums)
    for one in some:
        case = cases.get(one.num)
        if case is None and not one.num and (binned := bin_rows.case_of(db, one.target.case)):
            case = binned[0]
        if case:
            index.refuse(case.fault)
            one.kept = Kept(deciding.now_in(case, one.target.part), deciding.rest_of(case, one.target.part))
        elif one.target.part == BIN:
            one.kept = Kept(False, {})


def log_of(db: sqlite3.Connection, keys: Iterable[Target]) -> dict[Target, list[Decision]]:
    """Return all decisions on targets, by ``key_of`` them, as they were written."""
    out: dict[Target, list[Decision]] = defaultdict(list)
    wanted = set(keys)
    items = [key.part for key in wanted if is_item(key.part)]
    queries = [(f"part IN ({marks(some)})", some) for some in in_chunks(items)]
    cases = [*{key.case for key in wanted if not is_item(key.part)}]
    queries += [(f"case_id IN ({marks(some)})", some) for some in in_chunks(cases)]
    for where, values in queries:
        for row in db.execute(f"SELECT {_DECISION} FROM decisions WHERE {where} ORDER BY num", values):
            if (key := key_of(Target(row[1], row[2]))) in wanted:
                out[key].append(log_rows.decision_of(row))
    return out


# ---- written


def settle(db: sqlite3.Connection, targets: Iterable[Target], known: Log | None = None) -> Touched:
    """Write what follows from the log for these targets, in the index too, with the check sums.

    ``known`` are all decisions on some of them, by ``key_of`` them; those on the others are read.
    DamagedLibrary when a case that would be written over is not as it was saved.
    """
    touched = Touched()
    by_case: dict[str, list[Target]] = defaultdict(list)
    for target in dict.fromkeys(targets):
        by_case[target.case].append(target)
    for some in in_chunks([*by_case]):
        chunk = [target for case in some for target in by_case[case]]
        _settle(db, here(db, chunk), known or {}, touched)
    return touched


def _settle(db: sqlite3.Connection, found: dict[Target, Here], known: Log, touched: Touched) -> None:
    log = log_of(db, [key for key in found if key not in known])
    says = {key: ruling(known.get(key, log.get(key, [])), one.kept.proposal) for key, one in found.items()}
    fast = {k: o for k, o in found.items() if k.part.startswith(FIGURE) and o.figure and says[k].value is not None}
    slow = {k: o for k, o in found.items() if k not in fast}
    heads = {one.num for one in found.values() if one.num}
    bodies = {one.num for one in slow.values() if one.num and one.target.part != CASE}
    worded = {one.num for one in slow.values() if one.num and one.target.part not in ("themes", "starred", CASE)}
    worded |= {one.num for key, one in fast.items() if one.value != says[key].value}
    _refuse_damaged(db, heads, bodies)
    index.take_out(db, [*worded])
    _keep(db, found, says)
    for key, one in fast.items():
        _write_figure(db, one, says[key])
    deciding.settle(db, [one.target for one in slow.values()])
    touched.binned |= any(key.part == BIN for key in slow)
    for case in {one.target.case for one in fast.values()} - {one.target.case for one in slow.values()}:
        deciding.sum_up(db, case)
    # A case that came back from the bin was indexed there.
    index.put_in_again(db, case_rows.existing(db, worded))
    back = {*_nums(db, {o.target.case for o in slow.values() if o.target.part == BIN}).values()}
    touched.cases |= heads | back
    touched.bodies |= bodies | back
    gone = heads.difference(case_rows.existing(db, heads))
    sums.renew(db, {name: [*bodies, *back, *gone] for name in parts.OF_A_CASE})
    sums.renew(db, {name: [*heads] for name in ("cases", "metrics")})
    rows = [num for some in in_chunks([*found.values()]) for num in _rows_of(db, some)]
    sums.renew(db, {"rulings": rows})


def _refuse_damaged(db: sqlite3.Connection, heads: Iterable[int], bodies: Iterable[int]) -> None:
    """What is written over a case that is damaged could not be told from what was there."""
    wrong = sums.wrong(db, [*heads], ("cases", "metrics")) or sums.wrong(db, [*bodies], parts.OF_A_CASE)
    for num in wrong:
        case = case_reading.read(db, [num]).get(num)
        index.refuse(case.fault if case else "")
        raise DamagedLibrary(f"第 {num} 号案例有损坏。没有改动；可以删除它，或从备份里找回。", f"case {num}")


def _keep(db: sqlite3.Connection, found: dict[Target, Here], says: dict[Target, Any]) -> None:
    new, changed = [], []
    for key, one in found.items():
        after = says[key]
        if not one.row:
            proposal = None if one.kept.proposal is None else as_json(one.kept.proposal)
            new.append((*one.target, proposal, as_json(one.kept.rest), after.state, after.mark))
        elif (after.state, after.mark) != (one.kept.state, one.kept.mark):
            changed.append((after.state, after.mark, one.row))
    add = "INSERT INTO rulings (case_id, part, proposal, rest, state, mark) VALUES (?, ?, ?, ?, ?, ?)"
    db.executemany(add, new)
    db.executemany("UPDATE rulings SET state = ?, mark = ? WHERE num = ?", changed)


def _rows_of(db: sqlite3.Connection, some: Sequence[Here]) -> list[int]:
    fresh = [one for one in some if not one.row]
    out = [one.row for one in some if one.row]
    for few in in_chunks(fresh, 200):
        where = " OR ".join(["(case_id = ? AND part = ?)"] * len(few))
        values = [value for one in few for value in one.target]
        out += [num for (num,) in db.execute(f"SELECT num FROM rulings WHERE {where}", values)]
    return out


def _write_figure(db: sqlite3.Connection, one: Here, says: Any) -> None:
    if one.value != says.value:
        figure = one.target.part.removeprefix(FIGURE)
        metric = deciding.figure_from(figure, says.value, one.kept.rest, says.state)
        update(db, "metrics", one.figure, case_rows.metric_row(metric))
    elif one.state != says.state:
        db.execute("UPDATE metrics SET state = ? WHERE num = ?", (says.state, one.figure))


# ---- rows of the log


def add_rows(db: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> tuple[int, int]:
    """Write new rows of the log as they stand in another library, with sums; the number of the first, and the next."""
    (had,) = db.execute("SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'decisions'").fetchone()
    columns = ("num", *parts.DECISION)
    add = f"INSERT INTO decisions ({', '.join(columns)}) VALUES ({marks(columns)})"
    first = int(had) + 1
    db.executemany(add, ((num, *row) for num, row in enumerate(rows, first)))
    db.executemany(
        "INSERT INTO sums (num, part, sum) VALUES (?, 'decisions', ?)",
        ((num, sums.sum_of([row])) for num, row in enumerate(rows, first)),
    )
    return first, first + len(rows)
