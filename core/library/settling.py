"""What follows from many decisions at once, written into the rows: a merge brings a hundred thousand.

Cases are taken some hundred at a time, in the order in which they lie in the file. Of a figure that stays a figure the
row is written straight away, and the check sums are made of what was read once; whatever else was decided goes the way
of a single decision (``deciding.settle``).
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from core.decisions import BIN, CASE, TEXT, Decision, Ruling, Target, ruling
from core.decisions.log import FIGURE, MECHANISM
from core.library import bin_rows, case_reading, case_rows, corrections, deciding, index, log_rows, parts, sums
from core.library.errors import DamagedLibrary
from core.library.log_rows import as_json, from_json
from core.library.rows import fetched, update
from core.library.stamps import now
from core.records import Metric, State

T = TypeVar("T")
_CHUNK, _MANY = 400, 10_000
CASES = 200
"""So many cases are taken at a time."""
_DECISION = ", ".join(parts.DECISION)
_METRIC = ", ".join(parts.METRIC)
_OWN = {"approx": "exact", "kind": "count", "period": "", "printed": "", "quote": "", "subject": ""}
"""Columns of a figure that are left out of its value where they are as by default."""


def _as_json(name: str) -> str:
    """What a column adds to the value of a figure as JSON, a comma before it, in SQL."""
    if name in ("span", "quote_span"):
        start, end = (f"metrics.{name.replace('span', side)}" for side in ("start", "end"))
        return f"CASE WHEN {start} IS NULL THEN '' ELSE ',\"{name}\":['||{start}||','||{end}||']' END"
    added = f"',\"{name}\":'||json_quote({name})"
    if name == "value_max":
        return f"CASE WHEN {name} IS NULL THEN '' ELSE {added} END"
    return f"CASE {name} WHEN '{_OWN[name]}' THEN '' ELSE {added} END" if name in _OWN else added


_OF_A_VALUE = ("indicator", "unit", "value", "value_max", "quote_span", "span", *_OWN)
FIGURE_AS_JSON = f"'{{'||substr({'||'.join(map(_as_json, sorted(_OF_A_VALUE)))},2)||'}}'"
"""``as_json(figure_value(metric_from(row)))`` of a row of ``metrics`` in SQL, which takes a tenth of the time."""
_STATE = parts.METRIC.index("state")
_SEARCHED = ("indicator", "subject", "printed", "quote", "period")
"""What of a figure a search looks into."""


@dataclass(slots=True)
class Figure:
    """A figure as it lies in its table: its row, its case, its place there, what it says as JSON, the rest of it."""

    num: int
    case_num: int
    position: int
    text: str
    confidence: float
    reason: str
    state: State

    def rest(self) -> dict[str, Any]:
        """Return what no person decides of it."""
        return {"position": self.position, "confidence": self.confidence, "reason": self.reason}


@dataclass(slots=True)
class Here:
    """A target as it stands in a library: where its rows lie, and what is kept of it (without a row as it is now)."""

    target: Target
    row: int = 0
    """The row of ``rulings``; 0 for none."""
    num: int = 0
    """The case in which it lies; 0 where that is not here, or in the bin."""
    owner: int = 0
    """The case of the target; a figure may lie in another one since its page was cut otherwise. 0 as above."""
    figure: Figure | None = None
    proposal: str | None = None
    """What the reading proposes, as JSON."""
    rest: str = "{}"
    state: State = "unchecked"
    mark: str = ""

    @property
    def text(self) -> str | None:
        """What the figure says now, as JSON; None where it is not here."""
        return self.figure.text if self.figure else None

    def rest_as_json(self) -> str:
        """Return what no person decides of it, as it is kept."""
        return as_json(self.figure.rest()) if self.figure and not self.row else self.rest

    def read(self) -> Any:
        """Return what the reading proposes; DamagedLibrary where it cannot be read."""
        return deciding.kept_from(self.proposal, "{}", self.state, self.mark).proposal


class Outcome(NamedTuple):
    """What follows from the log for a target; the value as JSON, None where it is not to be there."""

    state: State
    mark: str
    text: str | None


@dataclass(slots=True)
class Touched:
    """What was written: cases that others should look at again."""

    cases: set[int] = field(default_factory=set)
    binned: bool = False
    pages: set[str] = field(default_factory=set)
    """Pages, by the SHA-256 of their texts, of which words are put right."""


def outcome_of(found: Ruling) -> Outcome:
    """Return a ruling as it is written."""
    return Outcome(found.state, found.mark, None if found.value is None else as_json(found.value))


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


def by_case(db: sqlite3.Connection, targets: Iterable[Target]) -> Iterator[list[Target]]:
    """Return targets, those of some cases at a time, as the cases lie in the file; of unknown ones last."""
    of: dict[str, list[Target]] = defaultdict(list)
    for target in dict.fromkeys(targets):
        of[target.case].append(target)
    nums = _nums(db, of)
    ids = sorted(of, key=lambda id_: (id_ not in nums, nums.get(id_, 0)))
    for some in in_chunks(ids, CASES):
        yield [target for id_ in some for target in of[id_]]


def here(db: sqlite3.Connection, targets: Sequence[Target]) -> dict[Target, Here]:
    """Return how targets of some cases stand in a library, by ``key_of`` them."""
    wanted = {key_of(target): target for target in targets}
    out: dict[Target, Here] = {}
    for num, case, part, *kept in rulings(db, wanted):
        key = key_of(Target(case, part))
        if key in wanted:
            out[key] = Here(Target(case, part), num)
            out[key].proposal, out[key].rest, out[key].state, out[key].mark = kept
    for key, target in wanted.items():
        out.setdefault(key, Here(target))
    nums = _nums(db, {one.target.case for one in out.values()} | {target.case for target in targets})
    figures = _figures(db, [*nums.values()], [key.part for key in wanted if key.part.startswith(FIGURE)])
    ids = _ids(db, {figure.case_num for figure in figures.values()}, nums)
    unknown = []
    for key, one in out.items():
        if found := figures.get(key.part):
            one.figure = found
            if not one.row:
                one.target, one.proposal = Target(ids[found.case_num], key.part), found.text
        elif not one.row:
            unknown.append(one)
        one.owner = nums.get(one.target.case, 0)
        one.num = found.case_num if found else one.owner
    _propose(db, unknown)
    return out


def rulings(db: sqlite3.Connection, wanted: Iterable[Target]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of ``rulings`` of targets, and of others of their cases."""
    columns = "num, case_id, part, proposal, rest, state, mark"
    keys = [*wanted]
    for column, values in (
        ("part", [key.part for key in keys if is_item(key.part)]),
        ("case_id", [*{key.case for key in keys if not is_item(key.part)}]),
    ):
        for some in in_chunks(values):
            yield from fetched(db, f"SELECT {columns} FROM rulings WHERE {column} IN ({marks(some)})", some)


def _figures(db: sqlite3.Connection, cases: Sequence[int], wanted: Sequence[str]) -> dict[str, Figure]:
    """Part → the figure, of those that are here: they mostly lie in these cases, one behind the other."""
    out: dict[str, Figure] = {}
    columns = f"num, case_num, position, id, {FIGURE_AS_JSON}, confidence, reason, state"
    ids = [part.removeprefix(FIGURE) for part in wanted]
    try:
        for some in in_chunks(ids, _MANY):
            where = f"case_num IN ({marks(cases)}) AND +id IN ({marks(some)})"
            out.update(_figures_of(fetched(db, f"SELECT {columns} FROM metrics WHERE {where}", [*cases, *some])))
        for some in in_chunks([id_ for id_ in ids if FIGURE + id_ not in out]):
            out.update(_figures_of(fetched(db, f"SELECT {columns} FROM metrics WHERE id IN ({marks(some)})", some)))
    except sqlite3.OperationalError as error:
        if "BLOB" not in str(error):
            raise
        raise DamagedLibrary("有数据损坏，读不出。没有改动；可从「备份」文件夹恢复。", str(error)) from error
    return out


def _figures_of(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, Figure]]:
    return ((FIGURE + id_, Figure(num, case, position, *rest)) for num, case, position, id_, *rest in rows)


def _nums(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for some in in_chunks([*ids]):
        out.update(fetched(db, f"SELECT id, num FROM cases WHERE id IN ({marks(some)})", some))
    return out


def _ids(db: sqlite3.Connection, nums: Iterable[int], known: Mapping[str, int]) -> dict[int, str]:
    """Number → id of cases, most of which are known."""
    out = {num: id_ for id_, num in known.items()}
    for some in in_chunks([num for num in nums if num not in out]):
        out.update(db.execute(f"SELECT num, id FROM cases WHERE num IN ({marks(some)})", some).fetchall())
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
            proposal = deciding.now_in(case, one.target.part)
            one.proposal = None if proposal is None else as_json(proposal)
            one.rest = as_json(deciding.rest_of(case, one.target.part))
        elif one.target.part == BIN:
            one.proposal = "false"
        elif one.target.part.startswith(TEXT) and (read := corrections.proposal(db, one.target)):
            one.proposal = as_json(read)


def log_of(db: sqlite3.Connection, keys: Iterable[Target]) -> dict[Target, list[Decision]]:
    """Return all decisions on targets, by ``key_of`` them, as they were written."""
    return defaultdict(list, {key: [*map(log_rows.decision_of, rows)] for key, rows in rows_of(db, keys).items()})


def rows_of(db: sqlite3.Connection, keys: Iterable[Target]) -> dict[Target, list[tuple[Any, ...]]]:
    """Return the rows of all decisions on targets, by ``key_of`` them, as they lie in the log."""
    out: dict[Target, list[tuple[Any, ...]]] = defaultdict(list)
    wanted = set(keys)
    items = [key.part for key in wanted if is_item(key.part)]
    queries = [(f"part IN ({marks(some)})", some) for some in in_chunks(items)]
    cases = [*{key.case for key in wanted if not is_item(key.part)}]
    queries += [(f"case_id IN ({marks(some)})", some) for some in in_chunks(cases)]
    for where, values in queries:
        for row in fetched(db, f"SELECT {_DECISION} FROM decisions WHERE {where} ORDER BY num", values):
            if (key := key_of(Target(row[1], row[2]))) in wanted:
                out[key].append(row)
    return out


def count_of(db: sqlite3.Connection, keys: Iterable[Target]) -> Counter[Target]:
    """Return how many decisions there are on targets, by ``key_of`` them."""
    out: Counter[Target] = Counter()
    wanted = set(keys)
    for column, values in (
        ("part", [key.part for key in wanted if is_item(key.part)]),
        ("case_id", [*{key.case for key in wanted if not is_item(key.part)}]),
    ):
        for some in in_chunks(values):
            query = f"SELECT case_id, part FROM decisions WHERE {column} IN ({marks(some)})"
            found = (key_of(Target(*row)) for row in fetched(db, query, some))
            out.update(key for key in found if key in wanted and is_item(key.part) == (column == "part"))
    return out


# ---- written


def settle(db: sqlite3.Connection, targets: Iterable[Target], touched: Touched | None = None) -> Touched:
    """Write what follows from the log for these targets, in the index too, with the check sums; what was ``touched``.

    DamagedLibrary when a case that would be written over is not as it was saved.
    """
    touched = touched or Touched()
    for some in by_case(db, targets):
        found = here(db, some)
        log = log_of(db, found)
        says = {key: outcome_of(ruling(log.get(key, ()), one.read())) for key, one in found.items()}
        write(db, found, says, touched)
    return touched


def write(
    db: sqlite3.Connection, found: Mapping[Target, Here], says: Mapping[Target, Outcome], touched: Touched
) -> None:
    """Write what follows for some targets of some cases; ``touched`` gets what was touched."""
    fast = {key: one for key, one in found.items() if one.figure and says[key].text is not None}
    slow = {key: one for key, one in found.items() if key not in fast and (one.num or key.part == BIN)}
    anew = {
        key: case_rows.metric_row(_metric(one, says[key])) for key, one in fast.items() if one.text != says[key].text
    }
    cases = Cases(db, {num for one in found.values() for num in (one.num, one.owner) if num})
    mixed = {num for one in slow.values() for num in (one.num, one.owner) if num}
    bodies = {one.num for one in slow.values() if one.num and one.target.part != CASE}
    worded = {one.num for one in slow.values() if one.num and one.target.part not in ("themes", "starred", CASE)}
    worded |= {found[key].num for key, row in anew.items() if _is_reworded(found[key], row)}
    cases.refuse_damaged(bodies)
    searched = index.held(db, [*worded])
    _keep(db, found, says)
    for key, one in fast.items():
        if one.figure:
            cases.write_figure(one.figure, says[key].state, anew.get(key))
    cases.write_states()
    deciding.settle(db, [one.target for one in slow.values()])
    for num in {one.num for one in slow.values() if one.num != one.owner}:
        deciding.sum_up(db, cases.id_of(num))
    touched.binned |= any(key.part == BIN for key in slow)
    touched.pages |= corrections.pages_of(found)
    cases.sum_up(cases.nums - mixed)
    index.exchange(db, searched)  # a case that came back from the bin was indexed there
    back = {*_nums(db, {o.target.case for o in slow.values() if o.target.part == BIN}).values()}
    touched.cases |= cases.nums | back
    gone = mixed.difference(case_rows.existing(db, mixed))
    sums.renew(db, {name: [*{*bodies, *back, *gone}] for name in parts.OF_A_CASE})
    sums.renew(db, {name: [*mixed - bodies] for name in ("cases", "metrics")})
    sums.renew(db, {"rulings": [*_rulings_of(db, [one.target for one in slow.values()])]})


def _is_reworded(one: Here, after: Mapping[str, object]) -> bool:
    """Whether a figure is to say something else in what a search looks into."""
    before = from_json(one.text or "{}")
    return any(before.get(name, "") != after[name] for name in _SEARCHED)


def _metric(one: Here, says: Outcome) -> Metric:
    """The figure that is to be."""
    value = from_json(says.text or "null")
    return deciding.figure_from(one.target.part.removeprefix(FIGURE), value, from_json(one.rest_as_json()), says.state)


class Cases:
    """Some cases that are written: their heads and figures, read once, compared with their sums, summed anew."""

    def __init__(self, db: sqlite3.Connection, nums: set[int]) -> None:
        self._db = db
        own = sorted(nums)
        self._heads = {num: rows[0] for num, rows in parts.rows(db, parts.OF_ALL["cases"], own).items()}
        self.nums = {*self._heads}
        self._figures: dict[int, dict[int, tuple[Any, ...]]] = {num: {} for num in own}
        """Case → row of ``metrics`` → its columns, in the order in which they stand in the case."""
        self._texts: dict[int, str] = {}
        """Row of ``metrics`` → what its part of the sum is made of."""
        self._states: list[tuple[str, int]] = []
        query = (
            f"SELECT case_num, num, {_METRIC} FROM metrics WHERE case_num IN ({{}}) ORDER BY case_num, position, num"
        )
        for some in in_chunks(own):
            for case, num, *cells in fetched(db, query.format(marks(some)), some):
                self._figures[case][num] = tuple(cells)
                self._texts[num] = sums.text_of(cells)

    def refuse_damaged(self, bodies: Iterable[int]) -> None:
        """What is written over a case that is damaged could not be told from what was there."""
        had = sums.kept(self._db, [*self.nums], ("cases", "metrics"))
        wrong = [num for num in self._heads if had.get((num, "cases")) != sums.sum_of([self._heads[num]])]
        wrong += [num for num in self._heads if had.get((num, "metrics")) != self._sum_of_figures(num)]
        for num in wrong or sums.wrong(self._db, [*bodies], parts.OF_A_CASE):
            case = case_reading.read(self._db, [num]).get(num)
            index.refuse(case.fault if case else "")
            raise DamagedLibrary(f"第 {num} 号案例有损坏。没有改动；可以删除它，或从备份里找回。", f"case {num}")

    def _sum_of_figures(self, num: int) -> int | None:
        texts = [self._texts[figure] for figure in self._figures[num]]
        return sums.sum_of_texts(texts) if texts else None

    def id_of(self, num: int) -> str:
        """Return the id of one of the cases."""
        return str(self._heads[num][0])

    def write_figure(self, figure: Figure, state: State, row: Mapping[str, object] | None) -> None:
        """Write a figure that stays: its new row, or only its state, which ``write_states`` writes."""
        had = self._figures[figure.case_num][figure.num]
        if row is not None:
            cells = tuple(row[name] for name in parts.METRIC)
            changed = [name for name, old, new in zip(parts.METRIC, had, cells, strict=True) if old != new]
            if {"value", "value_max"}.intersection(changed):
                changed += ["number", "number_max"]
            if changed:
                update(self._db, "metrics", figure.num, {name: row[name] for name in changed})
        elif had[_STATE] != state:
            self._states.append((state, figure.num))
            cells = (*had[:_STATE], state, *had[_STATE + 1 :])
        else:
            return
        self._figures[figure.case_num][figure.num] = cells
        self._texts[figure.num] = sums.text_of(cells)

    def write_states(self) -> None:
        """Write the states of the figures of which nothing else changed."""
        self._db.executemany("UPDATE metrics SET state = ? WHERE num = ?", self._states)

    def sum_up(self, nums: set[int]) -> None:
        """Write what these of the cases have from their figures and rulings, and their sums."""
        ids = {self._heads[num][0]: num for num in nums}
        said: dict[int, dict[str, tuple[State, str]]] = {num: {} for num in nums}
        for some in in_chunks([*ids]):
            query = f"SELECT case_id, part, state, mark FROM rulings WHERE case_id IN ({marks(some)})"
            for case, part, state, mark in fetched(self._db, query, some):
                said[ids[case]][part] = state, mark
        rows, time = [], now()
        for num in nums:
            states = [cells[_STATE] for cells in self._figures[num].values()]
            state, decided = deciding.summed(states, said[num])
            rows.append((len(states), state, decided, num, time))
            head = [*self._heads[num]]
            head[parts.CASE.index("state")], head[-1] = state, decided
            self._heads[num] = tuple(head)
        self._db.executemany(
            "UPDATE cases SET figures = ?1, state = ?2, decided = ?3, changed = ?5"
            " WHERE num = ?4 AND (figures, state, decided) IS NOT (?1, ?2, ?3)",
            rows,
        )
        sums.write(self._db, "cases", [(num, sums.sum_of([self._heads[num]])) for num in nums])
        figured = ((num, self._sum_of_figures(num)) for num in nums)
        sums.write(self._db, "metrics", [(num, sum_) for num, sum_ in figured if sum_ is not None])


def _keep(db: sqlite3.Connection, found: Mapping[Target, Here], says: Mapping[Target, Outcome]) -> None:
    """Write the rows of ``rulings``, with their sums."""
    (had,) = db.execute("SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'rulings'").fetchone()
    new: list[tuple[Any, ...]] = []
    changed, summed = [], []
    for key, one in found.items():
        after = says[key]
        if one.row and (after.state, after.mark) == (one.state, one.mark):
            continue
        cells = (*one.target, one.proposal, one.rest_as_json(), after.state, after.mark)
        if not one.row:
            one.row = int(had) + len(new) + 1
            new.append((one.row, *cells))
        else:
            changed.append((after.state, after.mark, one.row))
        summed.append((one.row, sums.sum_of([cells])))
    add = "INSERT INTO rulings (num, case_id, part, proposal, rest, state, mark) VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.executemany(add, new)
    db.executemany("UPDATE rulings SET state = ?, mark = ? WHERE num = ?", changed)
    sums.write(db, "rulings", summed)


def _rulings_of(db: sqlite3.Connection, targets: Sequence[Target]) -> Iterator[int]:
    for few in in_chunks(targets, 200):
        where = " OR ".join(["(case_id = ? AND part = ?)"] * len(few))
        values = [value for target in few for value in target]
        yield from (num for (num,) in db.execute(f"SELECT num FROM rulings WHERE {where}", values))


# ---- rows of the log


def add_rows(db: sqlite3.Connection, rows: Sequence[tuple[Any, ...]], known: Sequence[int] = ()) -> tuple[int, int]:
    """Write new rows of the log as they stand in another library, with sums; the number of the first, and the next.

    ``known`` are the sums of the first of them.
    """
    (had,) = db.execute("SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'decisions'").fetchone()
    columns = ("num", *parts.DECISION)
    add = f"INSERT INTO decisions ({', '.join(columns)}) VALUES ({marks(columns)})"
    first = int(had) + 1
    db.executemany(add, ((num, *row) for num, row in enumerate(rows, first)))
    made = [*known, *(sums.sum_of([row]) for row in rows[len(known) :])]
    db.executemany("INSERT INTO sums (num, part, sum) VALUES (?, 'decisions', ?)", enumerate(made, first))
    return first, first + len(rows)
