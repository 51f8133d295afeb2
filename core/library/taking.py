"""One merge while it is made: new cases with their sources, rows of the log, what settles conflicts; and taken back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.decisions import BIN, TEXT, Decision, Target, frontier, ruling
from core.exchange import Choice, Rule, resolved
from core.library import (
    adding,
    case_reading,
    case_rows,
    corrections,
    deciding,
    incoming,
    index,
    log_rows,
    rewording,
    settling,
    source_rows,
    sums,
)
from core.library.brought import Brought
from core.library.conform import FAULTS, conforms, shown
from core.library.deciding import Kept
from core.library.errors import LibraryError
from core.library.incoming import Incoming
from core.library.packets import Theirs
from core.library.rows import fetched, insert
from core.library.settling import in_chunks, key_of, marks
from core.library.stamps import new_id, now
from core.library.undo import LOGGED
from core.records import Case


class Taking:
    """One merge while it is made, inside a transaction."""

    def __init__(self, db: sqlite3.Connection, theirs: Theirs, name: str, who: str, revision: int) -> None:
        self._db, self._theirs, self._name, self._who, self._revision = db, theirs, name, who, revision
        self.added: list[str] = []
        self._sources: dict[int, int] = {}
        self._pages: set[str] = set()
        """New pages, by the SHA-256 of their texts, of which words were put right there."""
        self._had: dict[int, dict[int, str]] = {}
        """Their row of a page that is here, too → what is put right on it there."""

    def take(
        self, found: Incoming, cases: Sequence[str], rule: Rule, choices: Mapping[Target, Choice]
    ) -> tuple[int, int]:
        """Write everything; the first of the rows of the log that were added, and the one after the last."""
        left = {*found.new}.difference(cases)
        own = [target for case_id in cases for target in self._add(case_id)]
        self._sum_up()
        touched = settling.Touched()
        first, last = settling.add_rows(self._db, [])
        for some in found.brought(left, added=True):
            last = self._take(some, rule, choices, touched)
        settling.settle(self._db, own, touched)
        finish(self._db, touched, self._revision)
        return first, last

    def _take(
        self, some: incoming.Found, rule: Rule, choices: Mapping[Target, Choice], touched: settling.Touched
    ) -> int:
        """Write what a file brings of some cases; the row of the log after the last."""
        rows: list[tuple[object, ...]] = []
        known: list[int] = []
        settled: list[Decision] = []
        says: dict[Target, settling.Outcome] = {}
        for key, one in some.brought:
            choice = choices.get(one.target, "take")
            if choice == "leave" and not key.part.startswith(TEXT):
                continue
            rows += one.cells
            known += one.sums
            if one.plain and choice == "take":
                says[key] = one.plain
                continue
            item = one.item()
            both = [*one.ours(), *item.fresh]
            read = one.read()
            stamp = (new_id(), self._who, now())
            if choice == "leave":
                decision = _as_here(one, both, read, stamp)
            else:
                decision = resolved(item, choice, rule, both, read, stamp)
            if decision:
                both.append(decision)
                settled.append(decision)
            says[key] = settling.outcome_of(ruling(both, read))
        _, last = settling.add_rows(self._db, [*rows, *map(log_rows.row_of, settled)], known)
        settling.write(self._db, {key: some.here[key] for key in says}, says, touched)
        return last

    # ---- a new case

    def _add(self, case_id: str) -> list[Target]:
        """Write a case of theirs with its source; the targets of it that somebody decided."""
        case, reading, source, position = incoming.case_of(self._theirs.whole, case_id, self._name)
        case = self._as_new(case)
        at = None if source is None else self._source(source)
        num = adding.add_case(self._db, case, at, position, reading, self._revision)
        self.added.append(case_id)
        stored = case_reading.read(self._db, [num], "nothing")[num]
        kept = self._kept_of(case_id)
        for part in deciding.kept_of_case(self._db, case_id):
            kept.setdefault(part, Kept(deciding.now_in(stored, part), deciding.rest_of(stored, part)))
        for part, row in kept.items():
            deciding.keep(self._db, Target(case_id, part), row)
        if at is not None and source in self._had:
            text, here = source_rows.text(self._db, at), corrections.kept_of(self._db, at)
            searched = index.stored_fields(self._db, [num])
            rewording.reword(self._db, [num], text, self._had[source], here)
            index.exchange(self._db, searched)
        return [Target(case_id, part) for part in kept]

    def _as_new(self, case: Case) -> Case:
        """A figure that lies in another case here stays there: pages may be cut into cases otherwise.

        Nothing is checked but by a decision: those of the file are settled here, whatever states it shows.
        """

        def is_new(table: str, id_: str) -> bool:
            return not self._db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (id_,)).fetchone()

        return replace(
            case,
            state="unchecked",
            metrics=tuple(replace(m, state="unchecked") for m in case.metrics if is_new("metrics", m.id)),
            mechanisms=tuple(m for m in case.mechanisms if is_new("case_mechanisms", m.id)),
            source_id="",
        )

    def _kept_of(self, case_id: str) -> dict[str, Kept]:
        """What is kept there of the parts of a case; refused where it is nothing that we write."""
        try:
            found = deciding.kept_of_case(self._theirs.whole, case_id)
            for part, kept in found.items():
                if kept.proposal is not None and part != BIN:
                    incoming.is_value(part, kept.proposal)
                fits = conforms(kept.rest.get("confidence", 1.0), float) and conforms(kept.rest.get("reason", ""), str)
                if not fits or type(kept.rest.get("position", 0)) is not int:
                    raise ValueError(part)
        except (LibraryError, *FAULTS) as error:
            raise incoming.damaged(self._name, repr(error)[:200]) from error
        return found

    def _source(self, num: int) -> int:
        """The row of a source here, written when it is new."""
        if num not in self._sources:
            self._sources[num] = self._find_source(num) or self._write_source(num)
        return self._sources[num]

    def _find_source(self, num: int) -> int | None:
        id_, kind, sha256, text = self._theirs.whole.execute(
            "SELECT id, kind, sha256, text FROM sources WHERE num = ?", (num,)
        ).fetchone()
        if sums.wrong(self._theirs.whole, [num], ("sources", "source_names", "page_edits")):
            raise incoming.damaged(self._name, f"source {num}")
        query = "SELECT num, text FROM sources WHERE id = ?1 OR (kind = 'page' AND sha256 = ?2 AND ?3 = 'page')"
        for ours, own in self._db.execute(query, (id_, sha256, kind)):
            if own != text:
                words = f"「{self._name}」里有一个来源和本库同号而内容不同，没有收下。案例库没有改动。"
                raise LibraryError(words, shown(id_))
            self._had[num] = source_rows.corrections_of(self._edits_of(num))
            return int(ours)
        return None

    def _write_source(self, num: int) -> int:
        columns = LOGGED["sources"][1:]
        row = self._theirs.whole.execute(f"SELECT {', '.join(columns)} FROM sources WHERE num = ?", (num,)).fetchone()
        if not all(conforms(cell, str) for cell in row):
            raise incoming.damaged(self._name, f"source {num}")
        made = insert(self._db, "sources", dict(zip(columns, row, strict=True)))
        source_rows.write_edits(self._db, made, self._edits_of(num))
        self._put_right(made)
        return made

    def _edits_of(self, num: int) -> source_rows.Edits:
        """What was put right on a page there."""
        try:
            edits = source_rows.edits_of(self._theirs.whole, num)
            source_rows.corrections_of(edits)
        except (LibraryError, *FAULTS) as error:
            raise incoming.damaged(self._name, f"source {num}") from error
        return edits

    def _put_right(self, source: int) -> None:
        """Keep of the stretches of a new page that were put right there how they read before."""
        text, sha256 = source_rows.text(self._db, source), corrections.sha256_of(self._db, source)
        for target in corrections.targets(self._theirs.whole, sha256):
            kept = deciding.kept(self._theirs.whole, target)
            if kept and corrections.is_of(text, target.part, kept.proposal):
                deciding.keep(self._db, target, Kept(kept.proposal, {}))
                self._pages.add(sha256)

    def _sum_up(self) -> None:
        nums = [num for id_ in self.added if (num := case_rows.num_of(self._db, id_)) is not None]
        adding.sum_up(self._db, nums, None)
        rows = []
        for some in in_chunks([*self.added, *self._pages]):
            rows += [n for (n,) in self._db.execute(f"SELECT num FROM rulings WHERE case_id IN ({marks(some)})", some)]
        sums.renew(self._db, {"rulings": rows})


def _as_here(one: Brought, both: Sequence[Decision], read: Any, stamp: tuple[str, str, str]) -> Decision | None:
    """What lets a stretch of a page read as it does here, whatever they say.

    What they put right is known all the same: words that they decided on are quotes of what they read.
    """
    ours, found = ruling(one.ours(), read).value, ruling(both, read)
    if found.value == ours and not found.mark:
        return None
    new, who, at = stamp
    return Decision(new, one.target, "changed", who, at, found.value, ours, read, "", frontier(both))


def withdraw(
    db: sqlite3.Connection, nums: Sequence[int], cases: Sequence[str], who: str, revision: int
) -> tuple[int, int]:
    """Take these rows of the log back, each target's in one, and put these cases into the bin.

    The first of the rows of the log that were added for it, and the one after the last.
    """
    gone: dict[Target, set[str]] = defaultdict(set)
    targets: dict[Target, Target] = {}
    for some in in_chunks(nums):
        query = f"SELECT id, case_id, part FROM decisions WHERE num IN ({marks(some)}) ORDER BY num"
        for id_, case, part in fetched(db, query, some):
            gone[key_of(Target(case, part))].add(id_)
            targets[key_of(Target(case, part))] = Target(case, part)
    touched = settling.Touched()
    first, last = settling.add_rows(db, [])
    for chosen in settling.by_case(db, targets.values()):
        last = _withdraw(db, chosen, gone, who, touched)
    binned = into_the_bin(db, cases, who)
    if binned:
        last = settling.add_rows(db, [*map(log_rows.row_of, binned)])[1]
        settling.settle(db, [row.target for row in binned], touched)
    finish(db, touched, revision)
    return first, last


def _withdraw(
    db: sqlite3.Connection, targets: Sequence[Target], gone: Mapping[Target, set[str]], who: str,
    touched: settling.Touched,
) -> int:  # fmt: skip
    """Take rows on targets of some cases back; the row of the log after the last that was added for it."""
    found, at = settling.here(db, targets), now()
    log = settling.log_of(db, found)
    rows, says = [], {}
    for target in targets:
        key = key_of(target)
        was = [row for row in log[key] if row.id in gone[key]]
        ids = [row.id for row in was]
        stamp = (who, at, was[-1].after, ids, was[-1].read, "", frontier(log[key]))
        rows.append(Decision(new_id(), was[-1].target, "withdrawn", *stamp))
        says[key] = settling.outcome_of(ruling([*log[key], rows[-1]], found[key].read()))
    _, last = settling.add_rows(db, [*map(log_rows.row_of, rows)])
    settling.write(db, found, says, touched)
    return last


def into_the_bin(db: sqlite3.Connection, ids: Sequence[str], who: str) -> list[Decision]:
    """Return what puts the cases that are here into the bin."""
    there = [Target(id_, BIN) for id_ in ids if case_rows.num_of(db, id_) is not None]
    log, at = settling.log_of(db, there), now()
    return [Decision(new_id(), t, "changed", who, at, False, True, False, "", frontier(log.get(t, ()))) for t in there]


def finish(db: sqlite3.Connection, touched: settling.Touched, revision: int) -> None:
    """Put pages right as the log says now, and let every reader look at the cases again that were written."""
    touched.cases |= rewording.lay(db, touched.pages)
    if touched.binned:
        sums.renew(db, {"bin": [num for (num,) in db.execute("SELECT num FROM bin")]})
        there = {num for (num,) in db.execute("SELECT num FROM bin")}
        lost = [n for (n,) in db.execute("SELECT num FROM sums WHERE part = 'bin'") if n not in there]
        sums.renew(db, {"bin": lost})
    left = case_rows.existing(db, touched.cases)
    db.executemany("UPDATE cases SET revision = ? WHERE num = ?", [(revision, num) for num in left])
