"""What a file of somebody else brings: its decisions beside ours, its new cases; looked over, nothing written."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.decisions import BIN, CASE, PARTS, Decision, NotAValue, Target, checked, live, pair_target
from core.decisions.log import EDITS, FIGURE, MECHANISM, VERDICT_WORDS
from core.exchange import Double, Preview, Standing
from core.library import (
    bin_rows,
    case_reading,
    corrections,
    log_rows,
    packets,
    parts,
    settling,
    sketches,
    spooled,
    sums,
)
from core.library.brought import Brought
from core.library.conform import FAULTS, conforms, shown
from core.library.deciding import figure_from, mechanism_from
from core.library.errors import DamagedLibrary, LibraryError
from core.library.packets import Theirs
from core.library.rows import fetched
from core.library.settling import Here, Outcome, in_chunks, key_of, marks
from core.records import Case, Mechanism, Metric, State
from core.text.storable import is_whole

_DECISION = ", ".join(parts.DECISION)
_IDS = (
    "SELECT d.num, d.id, d.case_id, d.part, s.sum FROM decisions d"
    " LEFT JOIN sums s ON s.num = d.num AND s.part = 'decisions' WHERE d.num > ? ORDER BY d.num LIMIT ?"
)
_OF_D = ", ".join(f"d.{name}" for name in parts.DECISION)
_VERDICT, _WHO = parts.DECISION.index("verdict"), parts.DECISION.index("who")
_STATES: dict[str, State] = {
    **dict.fromkeys(("accepted", "changed", "added"), "checked"),
    "rejected": "wrong",
    "unsure": "unsure",
}
"""Verdict on a figure → the state that it has then, as ``core.decisions.state.said`` has it."""
_AT_ONCE = 500
_LONGEST = 2000
"""An id, a name or a part with more characters was written by no program of ours."""


@dataclass(slots=True)
class _Theirs:
    """What they say of a target: the rows of their log that are not here, the ids of those that are."""

    fresh: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    case: str = ""
    """The case that the first of the fresh rows names."""


class Incoming:
    """What a file brings: which rows of its log are new, sorted by ids; what they say is read some cases at a time."""

    def __init__(self, db: sqlite3.Connection, file: Theirs, name: str) -> None:
        """Raises LibraryError where a row of the log there has the id of another one here."""
        self._db, self._file, self._theirs, self._name = db, file, file.log, name
        self._of: dict[Target, _Theirs] = defaultdict(_Theirs)
        self.known: list[int] = []
        """Rows of our log that it has, too."""
        self._edits: list[int] = []
        """Rows of its log that say how pages were cut, and are not here."""
        self._texts: dict[str, str] = {}
        """SHA-256 → text of the pages here of which it says how words are put right."""
        self._sort()
        self.counts: Counter[Standing] = Counter()
        """How the targets stand of which it brings nothing new."""
        self._count()
        self.new = new_cases(db, self._theirs)
        """Id → title of the cases that are not here."""
        self.people: dict[str, Counter[str]] = {}
        """Who made how many decisions of each verdict, among those that were read so far."""

    def _sort(self) -> None:
        last = 0
        while some := fetched(self._theirs, _IDS, (last, _AT_ONCE)):
            last = some[-1][0]
            ids = [row[1] for row in some]
            query = (
                "SELECT d.id, d.num, s.sum FROM decisions d LEFT JOIN sums s ON s.num = d.num AND s.part = 'decisions'"
                f" WHERE d.id IN ({marks(ids)})"
            )
            own = {id_: (num, sum_) for id_, num, sum_ in fetched(self._db, query, ids)}
            for num, id_, case, part, sum_ in some:
                if type(case) is not str or type(part) is not str:
                    raise damaged(self._name, f"decision {num}")
                if part == EDITS:  # how a page is cut is laid over a reading, and ours stays
                    self._edits += [num] if id_ not in own else []
                    continue
                self._put(num, id_, case, part, sum_, own.get(id_))

    def _put(self, num: int, id_: str, case: str, part: str, sum_: object, own: tuple[int, object] | None) -> None:
        of = self._of[key_of(Target(case, part))]
        if own is None:
            of.case = of.case if of.fresh else case
            of.fresh.append(num)
        elif own[1] != sum_:
            words = f"「{self._name}」里有一条决定和本库同号而内容不同，没有收下。案例库没有改动。"
            raise LibraryError(words, shown(id_))
        else:
            of.known.append(id_)
            self.known.append(own[0])

    def _count(self) -> None:
        """Count the targets of which we have all that they have, and keep the others only."""
        old = {key: len(of.known) for key, of in self._of.items() if not of.fresh}
        ours = settling.count_of(self._db, old)
        self.counts.update("same" if ours[key] == count else "behind" for key, count in old.items())
        for key in old:
            del self._of[key]

    def pages(self) -> Iterator[tuple[str, str]]:
        """Return the names of the pages that somebody there cut otherwise, each with who did, once."""
        out: dict[tuple[str, str], None] = {}
        for some in in_chunks(self._edits):
            query = f"SELECT case_id, who FROM decisions WHERE num IN ({marks(some)}) ORDER BY num"
            for source, who in fetched(self._theirs, query, some):
                named = "SELECT name FROM sources WHERE id = ?"
                rows = [db.execute(named, (source,)).fetchone() for db in (self._db, self._theirs)]
                out[shown(next((row[0] for row in rows if row), "")), shown(who)] = None
        yield from out

    def brought(self, without: Collection[str] = (), *, added: bool = False) -> Iterator[Found]:
        """Return what it brings of some cases at a time, in the order in which the cases lie; not of those ``without``.

        ``added`` says that the new cases are here by now. DamagedLibrary where a row is not as it was saved,
        LibraryError where it is one that no program of ours would have written.
        """
        targets = {Target(of.case, key.part): key for key, of in self._of.items()}
        of_pages = corrections.pages_of(targets)  # words of a page that is not here come with its cases
        self._texts = {sha256: page[1] for sha256 in of_pages if (page := corrections.page_of(self._db, sha256))}
        away = of_pages - self._texts.keys()
        targets = {target: key for target, key in targets.items() if target.case not in away}
        for some in settling.by_case(self._db, targets):
            yield self._found({targets[target]: target for target in some}, without, added)

    def _found(self, targets: Mapping[Target, Target], without: Collection[str], added: bool) -> Found:
        rows = self._rows([num for key in targets for num in self._of[key].fresh])
        found = settling.here(self._db, [*targets.values()])
        ours = settling.rows_of(self._db, targets)
        there = {} if added else self._there([t for t in targets.values() if t.case in self.new])
        titles = {} if added else _titles(self._db, self._theirs, {target.case for target in targets.values()})
        titles |= corrections.names(self._db, [] if added else self._texts.keys() & {t.case for t in targets.values()})
        out = []
        for key, target in targets.items():
            one, of = found[key], self._of[key]
            fresh = [rows[num] for num in of.fresh]
            proposal = (there.get(key) or one).proposal
            shown_as = one.target if one.row or one.num else target
            if shown_as.case in without:
                continue
            made = Brought(
                shown_as, titles.get(target.case, ""), [row for row, _ in fresh], [sum_ for _, sum_ in fresh],
                ours.get(key, []), of.known, proposal,
            )  # fmt: skip
            made.plain = self._plain(one, made)
            for cells in made.cells:
                self._tell(cells)
                if made.plain is None or made.plain.text != one.text:
                    decision = log_rows.decision_of(cells)
                    _refuse_unfit(decision, self._name)
                    if (text := self._texts.get(target.case)) and not corrections.fits(text, decision):
                        raise _unfit(self._name, f"{decision!r}"[:400])
            out.append((key, made))
        return Found(found, out)

    def _there(self, targets: Sequence[Target]) -> dict[Target, Here]:
        """How targets of new cases stand there: what was decided has a row that says so, mostly."""
        wanted = {*map(key_of, targets)}
        kept = {key_of(Target(*row[1:3])) for row in settling.rulings(self._theirs, wanted)}
        return settling.here(self._theirs if wanted <= kept else self._file.whole, targets)

    def _tell(self, cells: Sequence[Any]) -> None:
        """Count who said what."""
        verdict, who = cells[_VERDICT], cells[_WHO]
        if who not in self.people:
            self.people[who] = Counter()
        self.people[who][verdict] += 1

    def _plain(self, one: Here, made: Brought) -> Outcome | None:
        """What follows from one decision on a figure here on which nobody else had decided, or one person with the same
        word; None where it is not so."""
        if one.figure is None or len(made.own) > 1 or len(made.cells) > 1 or (made.own and made.known):
            return None
        says = _simple(made.cells[0])
        if says is None or says[2] != made.proposal or (made.own and _simple(made.own[0]) != says):
            return None
        return Outcome(says[0], "", says[1])

    def _rows(self, nums: Sequence[int]) -> dict[int, tuple[tuple[Any, ...], int]]:
        """Rows of their log with their sums, by number."""
        out = {}
        for some in in_chunks(sorted(nums)):
            query = (
                f"SELECT d.num, s.sum, {_OF_D} FROM decisions d LEFT JOIN sums s ON s.num = d.num"
                f" AND s.part = 'decisions' WHERE d.num IN ({marks(some)})"
            )
            for num, sum_, *cells in fetched(self._theirs, query, some):
                row = tuple(cells)
                if sum_ != sums.sum_of([row]):
                    raise damaged(self._name, f"decision {num}")
                if not _is_well_formed(row):
                    raise _unfit(self._name, f"{row!r}"[:400])
                out[num] = row, sum_
        return out


def _simple(cells: Sequence[Any]) -> tuple[State, str, str] | None:
    """What a row says of a figure that stays, without having seen another: state, value, and what was read, as JSON."""
    _, _, _, verdict, before, after, read, _, seen, _, _ = cells
    said = before if after is None else after
    if verdict not in _STATES or seen != "[]" or said == "null":
        return None
    return _STATES[verdict], said, before if read is None else read


class Found(NamedTuple):
    """How targets of some cases stand here, and what a file brings of each, by ``key_of`` them."""

    here: dict[Target, Here]
    brought: list[tuple[Target, Brought]]


def preview(db: sqlite3.Connection, file: Theirs, name: str, revision: int) -> tuple[Preview, list[int]]:
    """Return what a file would bring, and the rows of our log that it has, too; nothing is written.

    DamagedLibrary where it is not as it was saved, LibraryError where it lies.
    """
    found, theirs = Incoming(db, file, name), file.log
    items, differing, counts = spooled.Spool(), [], Counter(found.counts)
    for some in found.brought():
        for _, one in some.brought:
            if one.plain is None:
                item = one.item()
                counts[item.standing] += 1
                if item.differ:
                    differing.append(len(items))
            else:
                counts["agreed" if one.own else "new"] += 1
            items.add(one)
    made = Preview(
        file.packet, items.done(), tuple(differing), found.people, counts, tuple(found.new.items()),
        frozenset(_returned(db, found.new)), tuple(_doubles(db, theirs, found.new)),
        tuple(_read_differently(db, theirs)), tuple(found.pages()), 0, revision,
    )  # fmt: skip
    return made, found.known


def wanted(db: sqlite3.Connection, found: Incoming, cases: Collection[str] | None) -> list[str]:
    """Return the new cases that are to be taken: those of ``cases``, when None all but those thrown away."""
    gone = frozenset(_returned(db, found.new)) if cases is None else frozenset()
    return [id_ for id_ in found.new if (id_ not in gone if cases is None else id_ in cases)]


def damaged(name: str, detail: str) -> DamagedLibrary:
    """Return what is to be raised where a file is not as it was saved."""
    return DamagedLibrary(f"「{name}」有损坏，和写成时不一样，没有收下。案例库没有改动。", detail)


def _is_well_formed(row: Sequence[Any]) -> bool:
    """Whether a row of a log has texts, an id, a verdict that there is, a part that there may be, ids that it saw."""
    id_, case, part, verdict, before, after, read, note, seen, who, at = row
    texts = (id_, case, part, verdict, before, note, seen, who, at)
    if not all(type(text) is str for text in texts) or not all(x is None or type(x) is str for x in (after, read)):
        return False
    return (
        bool(id_)
        and verdict in VERDICT_WORDS
        and (part in PARTS or part in (CASE, BIN) or "/" in part)
        and max(len(id_), len(case), len(part), len(who), len(at)) <= _LONGEST
        and is_whole("".join((id_, case, part, note, who, at)))
        and (seen == "[]" or _is_ids(seen))
    )


def _is_ids(cell: str) -> bool:
    try:
        ids = json.loads(cell)
    except FAULTS:
        return False
    return isinstance(ids, list) and all(isinstance(one, str) and len(one) <= _LONGEST for one in ids)


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


def new_cases(db: sqlite3.Connection, theirs: sqlite3.Connection) -> dict[str, str]:
    """Id → title of the cases there, binned ones too, that are neither here nor in our bin."""
    out = {}
    for query in ("SELECT id, title FROM cases ORDER BY num", "SELECT case_id, title FROM bin ORDER BY num"):
        for some in in_chunks(fetched(theirs, query, ())):
            ids = [id_ for id_, _ in some]
            had = {i for (i,) in fetched(db, f"SELECT id FROM cases WHERE id IN ({marks(ids)})", ids)}
            had |= {i for (i,) in fetched(db, f"SELECT case_id FROM bin WHERE case_id IN ({marks(ids)})", ids)}
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
                out.update({shown(id_): shown(title) for id_, title in fetched(one, query, some)})
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
    texts = (
        "SELECT c.id, c.num, s.sum FROM cases c LEFT JOIN sums s ON s.num = c.num AND s.part = 'case_texts'"
        " WHERE c.id IN ({})"
    )
    kept = "SELECT case_id, part, proposal FROM rulings WHERE case_id IN ({})"
    put_right = corrections.pages(db) | corrections.pages(theirs)  # what differs there is told by the words
    for some in in_chunks([id_ for (id_,) in fetched(theirs, "SELECT id FROM cases ORDER BY num", ())]):
        own, there = (
            {id_: (num, sum_) for id_, num, sum_ in fetched(one, texts.format(marks(some)), some)}
            for one in (db, theirs)
        )
        # The sum of a text covers what people write, too: where it is another one, the bodies are compared.
        unlike = [(own[id_][0], num) for id_, (num, sum_) in there.items() if id_ in own and own[id_][1] != sum_]
        other = _other_bodies(db, theirs, unlike)
        differ = {id_ for id_, (num, _) in own.items() if num in other}
        ours = {*fetched(db, kept.format(marks(some)), some)}
        others = {*fetched(theirs, kept.format(marks(some)), some)} - ours
        had = {(case, part) for case, part, _ in ours} if others else set()
        differ.update(case for case, part, _ in others if case in own and (case, part) in had)
        differ -= {one for sha256 in put_right if differ for one in corrections.ids_of(db, sha256)}
        yield from (shown(id_) for id_ in some if id_ in differ)


def _other_bodies(db: sqlite3.Connection, theirs: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The first of those pairs of rows, here and there, whose bodies differ."""
    own, there = (_bodies(one, [pair[at] for pair in pairs]) for at, one in enumerate((db, theirs)))
    return {ours for ours, num in pairs if own.get(ours) != there.get(num)}


def _bodies(db: sqlite3.Connection, nums: Sequence[int]) -> dict[int, int]:
    """The sums of the bodies of some cases, by number: as they are kept in a packet, or of the bodies themselves."""
    kept = sums.kept(db, nums, (packets.BODY,))
    out = {num: sum_ for (num, _), sum_ in kept.items()}
    left = [num for num in nums if num not in out]
    query = f"SELECT num, body FROM case_texts WHERE num IN ({marks(left)})"
    return out | {num: sums.sum_of([(body,)]) for num, body in db.execute(query, left)}


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
