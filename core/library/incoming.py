"""What a file of somebody else brings: its decisions beside ours, its new cases; looked over, nothing written."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.decisions import BIN, CASE, PARTS, Decision, NotAValue, Target, checked, live, pair_target
from core.decisions.log import EDITS, FIGURE, MECHANISM, VERDICT_WORDS
from core.exchange import Double, Packet, Preview, Standing, compare, item_of
from core.library import bin_rows, case_reading, log_rows, parts, settling, sketches, sums
from core.library.conform import FAULTS, conforms, shown
from core.library.deciding import figure_from, mechanism_from
from core.library.errors import DamagedLibrary, LibraryError
from core.library.settling import in_chunks, key_of, marks
from core.records import Case, Mechanism, Metric

_DECISION = ", ".join(parts.DECISION)
_IDS = (
    "SELECT d.num, d.id, d.case_id, d.part, s.sum FROM decisions d"
    " LEFT JOIN sums s ON s.num = d.num AND s.part = 'decisions'"
)
_LONGEST = 2000
"""An id, a name or a part with more characters was written by no program of ours."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file brings: how it would be, and the new rows of the log by target."""

    preview: Preview
    rows: dict[Target, list[Decision]]
    cells: dict[str, Sequence[Any]]
    """Id of each of them → the row as it lies there: written again it might be another text, with another sum."""
    ours: dict[Target, list[Decision]]
    proposals: dict[Target, Any]
    known: tuple[int, ...]
    """Rows of our log that it has, too."""


def look(db: sqlite3.Connection, theirs: sqlite3.Connection, packet: Packet, name: str, revision: int) -> Incoming:
    """Return what a file brings; DamagedLibrary where it is not as it was saved, LibraryError where it lies."""
    fresh, there, here, known = _sorted_ids(db, theirs, name)
    rows, cells = _fresh_rows(theirs, fresh, name)
    ours = settling.log_of(db, rows)
    at = settling.here(db, (decided[0].target for decided in rows.values()))
    new = _new_cases(db, theirs)
    there_at = settling.here(theirs, (d[0].target for d in rows.values() if d[0].target.case in new))
    titles = _titles(db, theirs, {decided[0].target.case for decided in rows.values()})
    items, proposals = [], {}
    for key, decided in rows.items():
        one = at[key]
        for decision in decided:
            if decision.after is None or decision.after != one.value:
                _refuse_unfit(decision, name)
        target = one.target if one.row or one.num else decided[0].target
        proposals[key] = (there_at.get(key) or one).kept.proposal
        of_ours = ours.get(key, [])
        both = [*(row for row in of_ours if row.id in there[key]), *decided]
        items.append(item_of(target, titles.get(decided[0].target.case, ""), of_ours, both, proposals[key]))
    counts: Counter[Standing] = Counter(item.standing for item in items)
    for key, ids in there.items():
        if key not in rows:
            counts[compare(here[key], ids) or "same"] += 1
    preview = Preview(
        packet, tuple(items), counts, tuple(new.items()), frozenset(_returned(db, new)),
        tuple(_doubles(db, theirs, new)), tuple(_read_differently(db, theirs)), 0, revision,
    )  # fmt: skip
    return Incoming(preview, rows, cells, ours, proposals, tuple(known))


def _sorted_ids(
    db: sqlite3.Connection, theirs: sqlite3.Connection, name: str
) -> tuple[list[int], dict[Target, set[str]], dict[Target, set[str]], list[int]]:
    """Rows of their log that are not here, the ids of theirs and of ours by target, the rows of ours that they have."""
    own = {id_: (num, sum_) for num, id_, _, _, sum_ in db.execute(_IDS)}
    there: dict[Target, set[str]] = defaultdict(set)
    fresh, known = [], []
    for num, id_, case, part, sum_ in theirs.execute(_IDS):
        if part == EDITS:  # what was put right on a page is laid over a reading, and ours stays
            continue
        there[key_of(Target(case, part))].add(id_)
        if id_ not in own:
            fresh.append(num)
        elif own[id_][1] != sum_:
            raise LibraryError(f"「{name}」里有一条决定和本库同号而内容不同，没有收下。案例库没有改动。", shown(id_))
        else:
            known.append(own[id_][0])
    here: dict[Target, set[str]] = defaultdict(set)
    for _, id_, case, part, _ in db.execute(_IDS):
        if (key := key_of(Target(case, part))) in there:
            here[key].add(id_)
    return fresh, there, here, known


def _fresh_rows(
    theirs: sqlite3.Connection, fresh: Sequence[int], name: str
) -> tuple[dict[Target, list[Decision]], dict[str, Sequence[Any]]]:
    cells: dict[str, Sequence[Any]] = {}
    out: dict[Target, list[Decision]] = defaultdict(list)
    for some in in_chunks(fresh):
        kept = sums.kept(theirs, some, ("decisions",))
        query = f"SELECT num, {_DECISION} FROM decisions WHERE num IN ({marks(some)}) ORDER BY num"
        for num, *row in theirs.execute(query, some):
            if kept.get((num, "decisions")) != sums.sum_of([tuple(row)]):
                raise damaged(name, f"decision {num}")
            try:
                decision = log_rows.decision_of(row)
            except LibraryError as error:
                raise _unfit(name, f"{row!r}"[:400]) from error
            if not _is_well_formed(decision):
                raise _unfit(name, f"{row!r}"[:400])
            out[key_of(decision.target)].append(decision)
            cells[decision.id] = row
    return out, cells


def damaged(name: str, detail: str) -> DamagedLibrary:
    """Return what is to be raised where a file is not as it was saved."""
    return DamagedLibrary(f"「{name}」有损坏，和写成时不一样，没有收下。案例库没有改动。", detail)


def _is_well_formed(decision: Decision) -> bool:
    """Whether a row of a log has an id, a verdict that there is, a part that there may be."""
    short = (decision.id, *decision.target, decision.who, decision.at, *decision.seen)
    part = decision.target.part
    return (
        bool(decision.id)
        and decision.verdict in VERDICT_WORDS
        and (part in PARTS or part in (CASE, BIN) or "/" in part)
        and max(map(len, short)) <= _LONGEST
    )


def _refuse_unfit(decision: Decision, name: str) -> None:
    """LibraryError where the value of a row of a log is one that no program of ours would have written."""
    try:
        if decision.verdict == "withdrawn":
            fits = conforms(tuple(decision.after), tuple[str, ...])
        elif decision.after is None:
            fits = decision.verdict in ("rejected", "unsure") or checked_empty(decision.target.part)
        else:
            fits = is_value(decision.target.part, decision.after)
    except (NotAValue, *FAULTS) as error:
        raise _unfit(name, f"{decision!r}"[:400]) from error
    if not fits:
        raise _unfit(name, f"{decision!r}"[:400])


def checked_empty(part: str) -> bool:
    """Return whether a verdict on a part has no value."""
    if part.startswith((FIGURE, MECHANISM)):
        return True  # not to be there
    return checked(part, None) is None


def is_value(part: str, value: Any) -> bool:
    """Return whether a part may have this value; NotAValue, or what reading raises, where it is none at all."""
    if part.startswith(FIGURE):
        return conforms(figure_from("x", value, {}, "checked"), Metric)
    if part.startswith(MECHANISM):
        return conforms(mechanism_from("x", value, {}), Mechanism)
    checked(part, value)
    return True


def _unfit(name: str, detail: str) -> LibraryError:
    return LibraryError(f"「{name}」里有不合规矩的决定，没有收下。案例库没有改动。", detail)


# ---- cases


def _new_cases(db: sqlite3.Connection, theirs: sqlite3.Connection) -> dict[str, str]:
    """Id → title of the cases there, binned ones too, that are neither here nor in our bin."""
    out = {}
    for query in ("SELECT id, title FROM cases ORDER BY num", "SELECT case_id, title FROM bin ORDER BY num"):
        for some in in_chunks(theirs.execute(query).fetchall()):
            ids = [id_ for id_, _ in some]
            had = {i for (i,) in db.execute(f"SELECT id FROM cases WHERE id IN ({marks(ids)})", ids)}
            had |= {i for (i,) in db.execute(f"SELECT case_id FROM bin WHERE case_id IN ({marks(ids)})", ids)}
            out.update({shown(id_): shown(title) for id_, title in some if id_ not in had})
    return out


def _returned(db: sqlite3.Connection, new: Iterable[str]) -> Iterator[str]:
    """Those of the cases that are new here that somebody had here, and threw away or took back."""
    for some in in_chunks([*new]):
        query = f"SELECT {_DECISION} FROM decisions WHERE case_id IN ({marks(some)}) AND part IN (?, ?) ORDER BY num"
        of: dict[str, list[Decision]] = defaultdict(list)
        for row in db.execute(query, (*some, CASE, BIN)):
            of[row[1]].append(log_rows.decision_of(row))
        for case, rows in of.items():
            added = [row for row in rows if row.verdict == "added"]
            stand = live(rows)
            taken_back = bool(added) and not any(row.verdict == "added" for row in stand)
            if taken_back or any(row.target.part == BIN and row.after is True for row in stand):
                yield case


def _titles(db: sqlite3.Connection, theirs: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for some in in_chunks([*ids]):
        for one in (theirs, db):
            for table, column in (("bin", "case_id"), ("cases", "id")):
                query = f"SELECT {column}, title FROM {table} WHERE {column} IN ({marks(some)})"
                out.update({shown(id_): shown(title) for id_, title in one.execute(query, some)})
    return out


def _doubles(db: sqlite3.Connection, theirs: sqlite3.Connection, new: dict[str, str]) -> Iterator[Double]:
    """Cases that are new here and much like one that is, unless somebody said of the two what they are."""
    pairs = "SELECT part FROM decisions WHERE case_id = '' AND part >= 'pair/' AND part < 'pair0'"
    said = {shown(part) for (part,) in db.execute(pairs)}
    for some in in_chunks([*new]):
        query = "SELECT c.id, k.sketch FROM cases c JOIN case_sketches k ON k.num = c.num WHERE c.id IN ({})"
        for case_id, packed in theirs.execute(query.format(marks(some)), some):
            for num, likeness in sketches.like_packed(db, packed)[:1]:
                ours, title = db.execute("SELECT id, title FROM cases WHERE num = ?", (num,)).fetchone()
                if pair_target(case_id, ours).part not in said:
                    yield Double(case_id, shown(ours), new[case_id], shown(title), likeness)


def _read_differently(db: sqlite3.Connection, theirs: sqlite3.Connection) -> Iterator[str]:
    """Cases that are on both sides and of which the text, or what was proposed where people decided, differs."""
    query = "SELECT c.id, x.body FROM cases c JOIN case_texts x ON x.num = c.num WHERE c.id IN ({})"
    kept = "SELECT case_id, part, proposal FROM rulings WHERE case_id IN ({})"
    for some in in_chunks([id_ for (id_,) in theirs.execute("SELECT id FROM cases ORDER BY num")]):
        own = dict(db.execute(query.format(marks(some)), some).fetchall())
        differ = {id_ for id_, body in theirs.execute(query.format(marks(some)), some) if own.get(id_, body) != body}
        ours = {(case, part): said for case, part, said in db.execute(kept.format(marks(some)), some)}
        for case, part, said in theirs.execute(kept.format(marks(some)), some):
            if case in own and ours.get((case, part), said) != said:
                differ.add(case)
        yield from (shown(id_) for id_ in some if id_ in differ)


def case_of(theirs: sqlite3.Connection, case_id: str, name: str) -> tuple[Case, Any, int | None, int]:
    """Return a case of theirs, what else was found when it was read, its source there, its place on the page.

    DamagedLibrary where it is not as it was saved, or holds what no program of ours writes.
    """
    row = theirs.execute("SELECT num, source, position FROM cases WHERE id = ?", (case_id,)).fetchone()
    try:
        if row:
            case = case_reading.read(theirs, [row[0]])[row[0]]
            (cell,) = theirs.execute("SELECT reading FROM case_texts WHERE num = ?", (row[0],)).fetchone()
            found = case, json.loads(cell), row[1], row[2]
        else:
            binned = bin_rows.case_of(theirs, case_id)
            if binned is None:
                raise KeyError(case_id)
            case = binned[0]
            found = *binned, 0
    except (LibraryError, *FAULTS) as error:
        raise damaged(name, f"case {case_id!r}") from error
    if case.fault or not conforms(case, Case) or not isinstance(found[1], dict) or type(found[3]) is not int:
        raise damaged(name, case.fault or f"case {case_id!r}")
    return found
