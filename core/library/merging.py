"""Laptops come together: parts handed out and handed back as files, merged, and a merge withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from core.decisions import BIN, PARTS, Decision, Target, frontier, heads, pair_target
from core.exchange import Choice, Handed, Merge, Packet, Preview, Rule
from core.library import case_rows, deciding, incoming, log_rows, packets, parts, settling, sums, taking
from core.library.conform import shown
from core.library.deciding import Kept
from core.library.errors import LibraryError
from core.library.file import LibraryPart, in_one_snapshot, said_in_words
from core.library.pairing import Pairing, pair_up
from core.library.rows import insert
from core.library.settling import in_chunks, key_of, marks
from core.library.stamps import new_id, now
from core.text.storable import storable


class OtherLibrary(LibraryError):  # noqa: N818 - a name for what it is
    """What is to be merged comes from another library; it can be taken in as new cases."""


class Merging(LibraryPart):
    """What is handed out and merged. ``decisions.reviewer`` says who does it."""

    # ---- handing out

    @said_in_words
    def hand_out(self, nums: Sequence[int], target: Path, to: str, asked: str = "", password: str = "") -> Packet:
        """Write cases with their sources and the decisions so far into a packet for a person; what it is.

        With a password it is opened by that alone.

        LibraryError when a case is damaged or the file cannot be written.
        """
        ids = self._ids_of(nums)
        packet = self._packet("out", to, asked)
        with self._file.snapshot():
            packets.write(self._db, target, packet, ids, password)
        with self._file.transaction():
            self._note("out", packet, packet.recipient, ids)
        return packet

    @said_in_words
    def hand_back(self, target: Path, packet: str = "", password: str = "") -> Packet:
        """Write what was decided, edited and added since a packet came into a packet of its own; what it is.

        In a library that is a packet everything is handed back; elsewhere the cases that the ``packet`` brought, by its
        id. KeyError when no such packet was taken in.
        """
        with self._file.snapshot():
            own = packets.packet_in(self._db)
            if self._is_packet() and not packet:
                ids, answers, to = self._all_ids(), own.id, own.sender
                home = own.home
            else:
                query = "SELECT home, name, cases FROM merges WHERE kind = 'in' AND packet = ? ORDER BY num DESC"
                row = self._db.execute(query, (packet,)).fetchone()
                if row is None:
                    raise KeyError(packet)
                home, to, ids, answers = shown(row[0]), shown(row[1]), json.loads(row[2]), packet
            made = self._packet("back", to, "", home, answers)
            packets.write(self._db, target, made, ids, password)
        if not self._file.read_only:
            with self._file.transaction():
                self._note("out", made, to, ids)
        return made

    def _ids_of(self, nums: Sequence[int]) -> list[str]:
        known = case_rows.existing(self._db, nums)
        if len(known) < len(set(nums)):
            raise KeyError(next(num for num in nums if num not in set(known)))
        out = []
        for some in in_chunks(known):
            query = f"SELECT num, id FROM cases WHERE num IN ({marks(some)})"
            ids = dict(self._db.execute(query, some).fetchall())
            out += [ids[num] for num in some]
        return out

    def _all_ids(self) -> list[str]:
        query = "SELECT id FROM cases UNION ALL SELECT case_id FROM bin"
        return [id_ for (id_,) in self._db.execute(query)]

    def _is_packet(self) -> bool:
        return bool(self._db.execute("SELECT count(*) FROM packet").fetchone()[0])

    def _packet(self, kind: Any, to: str, asked: str, home: str = "", answers: str = "") -> Packet:
        own = home or packets.home_of(self._db)
        return Packet(new_id(), kind, own, self._file.reviewer, storable(to), storable(asked), now(), answers)

    # ---- looking

    @said_in_words
    def preview(self, path: Path, *, foreign: bool = False, password: str = "") -> Preview:
        """Return what merging a file would do; nothing is written. ``foreign`` takes one of another library, too.

        OtherLibrary, and the errors of ``core.library.errors``, where the file is refused.
        """
        with packets.opened(path, self._file.path, password) as theirs:
            self._refuse_other(theirs.packet, path, foreign)
            with self._file.snapshot():
                found, known = incoming.preview(self._db, theirs, path.name, self._file.revision)
                return replace(found, withdrawn=self._withdrawn(known))

    def _withdrawn(self, known: Iterable[int]) -> int:
        """How many of these rows of the log came with merges that are withdrawn."""
        undone, gone = self._undone(), set[int]()
        for id_, first, last in self._db.execute("SELECT id, first, last FROM merges WHERE kind = 'in'"):
            if id_ in undone:
                gone.update(range(first, last))
        return len(gone.intersection(known))

    def _refuse_other(self, packet: Packet, path: Path, foreign: bool) -> None:
        if packet.home != packets.home_of(self._db) and not foreign:
            words = f"「{path.name}」是另一个案例库的，没有合并；可以把它的案例作为新案例收进来。案例库没有改动。"
            raise OtherLibrary(words, packet.home)

    # ---- merging

    @said_in_words
    def merge(
        self,
        path: Path,
        rule: Rule | None = None,
        choices: Mapping[Target, Choice] | None = None,
        *,
        cases: Collection[str] | None = None,
        pairings: Collection[Pairing] = (),
        foreign: bool = False,
        password: str = "",
    ) -> Merge:
        """Take in what a file brings, whole or not at all; what was merged.

        ``choices`` say of a target (as in the preview) what to do with it, ``rule`` what is done where people differ
        and nothing was chosen. ``cases`` are the ids of the new cases to take; when None all but those thrown away.
        ``pairings`` say of some of these that they are one with a case here, or that they are not.
        """
        with packets.opened(path, self._file.path, password) as theirs:
            packet = theirs.packet
            self._refuse_other(packet, path, foreign)
            with self._file.transaction() as revision:
                found = incoming.Incoming(self._db, theirs, path.name)
                take = taking.Taking(self._db, theirs, path.name, self._file.reviewer, revision)
                taken = incoming.wanted(self._db, found, cases)
                first, last = take.take(found, taken, rule or Rule(), choices or {})
                last += pair_up(self._db, self._file, pairings, revision)
                name = packet.sender or "、".join(found.people) or path.stem
                made = self._note("in", packet, name, taken, first, last, take.added, found.known)
        self._remember(f"合并「{name}」", made.id)
        return made

    @said_in_words
    def withdraw(self, merge: str) -> Merge:
        """Take a merge, or the withdrawal of one, back, at any later time; the row that says so. KeyError for none.

        What others brought, too, stays; the cases that it brought go to the bin.
        """
        made = self._withdraw(merge)
        self._remember("撤销合并" if self._kind(merge) == "in" else "恢复合并", made.id)
        return made

    def _kind(self, merge: str) -> str:
        row = self._db.execute("SELECT kind FROM merges WHERE id = ? AND kind != 'out'", (merge,)).fetchone()
        if row is None:
            raise KeyError(merge)
        return str(row[0])

    def _withdraw(self, merge: str) -> Merge:
        kind = self._kind(merge)
        with self._file.transaction():
            row = self._db.execute("SELECT packet, home, name, first, last, cases FROM merges WHERE id = ?", (merge,))
            packet, home, name, first, last, cases = row.fetchone()
            if merge in self._undone():
                raise LibraryError("这一次合并已经撤销了。案例库没有改动。", merge)
            gone = [*range(first, last)]
            if kind == "in":
                gone = self._only_of(merge, gone)
            ids = json.loads(cases) if kind == "in" else []
            start, end = taking.withdraw(self._db, gone, ids, self._file.reviewer, self._file.revision)
            return self._note("undone", Packet(packet, "back", home, name), name, (), start, end, undoes=merge)

    def _only_of(self, merge: str, rows: Sequence[int]) -> list[int]:
        """Those rows of the log that no other merge that stands has brought, too; with those that it shared with one
        that stands no more."""
        undone = self._undone()
        query = "SELECT id, first, last, also FROM merges WHERE kind = 'in'"
        stands: set[int] = set()
        shared: set[int] = set()
        for id_, first, last, also in self._db.execute(query):
            held = {num for start, end in json.loads(also) for num in range(start, end)}
            if id_ == merge:
                shared = held
            elif id_ not in undone:
                stands.update(range(first, last), held)
        own = set(rows)
        came: set[int] = set()
        for id_, first, last, _ in self._db.execute(query):
            if id_ in undone:
                came.update(range(first, last))
        return sorted((own | (shared & came)) - stands)

    def _undone(self) -> set[str]:
        """Ids of the merges, and of the withdrawals, that are withdrawn."""
        rows = self._db.execute("SELECT id, undoes FROM merges WHERE kind = 'undone' ORDER BY num DESC").fetchall()
        out: set[str] = set()
        for id_, undoes in rows:  # the last first: what takes one back comes after it
            if id_ not in out:
                out.add(undoes)
        return out

    # ---- the list of merges

    @in_one_snapshot
    def all(self) -> list[Merge]:
        """Return what was handed out, taken in and withdrawn, the last first."""
        undone = self._undone()
        query = (
            "SELECT id, kind, at, who, packet, name, asked, answers, undoes, last - first, cases FROM merges"
            " ORDER BY num DESC"
        )
        return [_merge_of(row, row[0] in undone) for row in self._db.execute(query)]

    @in_one_snapshot
    def handed(self) -> list[Handed]:
        """Return of each packet that was handed out from here how it stands, the last first."""
        rows = self.all()
        taken = [row for row in rows if row.kind == "in" and not row.withdrawn]
        return [self._handed(row, [t for t in taken if t.answers == row.packet]) for row in rows if row.kind == "out"]

    def _handed(self, out: Merge, back: Sequence[Merge]) -> Handed:
        figures = decided = 0
        for some in in_chunks(out.cases):
            query = (
                "SELECT count(*), coalesce(sum(m.state != 'unchecked'), 0) FROM metrics m JOIN cases c"
                f" ON c.num = m.case_num WHERE c.id IN ({marks(some)})"
            )
            one, two = self._db.execute(query, some).fetchone()
            figures, decided = figures + one, decided + two
        came = overruled = 0
        for merge in back:
            c, o = self._overruled(merge.id)
            came, overruled = came + c, overruled + o
        when = tuple(row.at for row in back)
        return Handed(out.packet, out.name, out.asked, out.at, len(out.cases), figures, decided, when, came, overruled)

    def _overruled(self, merge: str) -> tuple[int, int]:
        """How many targets a merge decided, and on how many of them another value stands now.

        What settled it there and then is no word that it brought.
        """
        first, last, who = self._db.execute("SELECT first, last, who FROM merges WHERE id = ?", (merge,)).fetchone()
        columns = ", ".join(parts.DECISION)
        query = f"SELECT {columns} FROM decisions WHERE num >= ? AND num < ? AND verdict != 'withdrawn'"
        rows = map(log_rows.decision_of, self._db.execute(query, (first, last)))
        last_word = {key_of(row.target): row for row in rows if row.who != shown(who)}
        lost = 0
        for some in in_chunks([*last_word]):
            for key, log in settling.log_of(self._db, some).items():
                standing, row = heads(log), last_word[key]
                others = [h for h in standing if h.who != row.who and (h.verdict, h.after) != (row.verdict, row.after)]
                lost += bool(standing) and len(others) == len(standing)
        return len(last_word), lost

    # ---- two cases that are one, or not

    @said_in_words
    def apart(self, one: str, other: str) -> None:
        """Remember that two cases, by their ids, are not the same one; they are never proposed again."""
        self._file.change("不是同一个", lambda: self._pair(one, other, "rejected"))

    @said_in_words
    def join(self, kept: str, other: str, fields: Collection[str] = ()) -> None:
        """Make one of two cases, by their ids: ``kept`` gets these fields of the other, which goes to the bin.

        KeyError when one of them is gone, or there is no such field.
        """
        nums = [num for one in (kept, other) if (num := case_rows.num_of(self._db, one)) is not None]
        if len(nums) < 2 or not PARTS.keys() >= set(fields):
            raise KeyError(other)

        def write() -> None:
            mine, theirs = (deciding.read_whole(self._db, [num])[num] for num in nums)
            values = [(kept, mine, part, deciding.now_in(theirs, part)) for part in fields]
            for id_, case, part, value in [*values, (other, theirs, BIN, True)]:
                target, before = Target(id_, part), deciding.now_in(case, part)
                if before == value:
                    continue
                had = deciding.kept(self._db, target) or Kept(before, {})
                deciding.keep(self._db, target, had)
                rows = log_rows.of_targets(self._db, [target]).get(target, ())
                stamp = (self._file.reviewer, now(), before, value, had.proposal, "", frontier(rows))
                self._file.decide([Decision(new_id(), target, "changed", *stamp)])
                deciding.settle(self._db, [target])
            self._pair(kept, other, "accepted")

        self._file.change("并为一例", write, nums)

    def _pair(self, one: str, other: str, verdict: Any) -> None:
        target = pair_target(one, other)
        rows = log_rows.of_targets(self._db, [target]).get(target, ())
        stamp = (self._file.reviewer, now(), None, None, None, "", frontier(rows))
        self._file.decide([Decision(new_id(), target, verdict, *stamp)])
        deciding.settle(self._db, [target])

    # ---- inside

    def _note(
        self, kind: Any, packet: Packet, name: str, cases: Iterable[str], first: int = 0, last: int = 0,
        added: Sequence[str] = (), also: Sequence[int] = (), undoes: str = "",
    ) -> Merge:  # fmt: skip
        brought = [*(cases if kind == "out" else added)]
        row = {
            "id": new_id(), "kind": kind, "at": now(), "who": self._file.reviewer, "packet": packet.id,
            "home": packet.home, "name": storable(name), "asked": packet.asked, "answers": packet.answers,
            "undoes": undoes, "first": first, "last": last, "also": json.dumps(_ranges(also)),
            "cases": json.dumps(brought),
        }  # fmt: skip
        num = insert(self._db, "merges", row)
        sums.renew(self._db, {"merges": [num]})
        told = ("id", "kind", "at", "who", "packet", "name", "asked", "answers", "undoes")
        return _merge_of((*(row[name] for name in told), last - first, row["cases"]), False)

    def _remember(self, text: str, merge: str) -> None:
        self._file.remember_turn(text, partial(self._turn, merge))

    def _turn(self, merge: str) -> Callable[[], Any]:
        made = self._withdraw(merge)
        return partial(self._turn, made.id)


def _merge_of(row: Sequence[Any], withdrawn: bool) -> Merge:
    id_, kind, at, who, packet, name, asked, answers, undoes, decisions, cases = row
    texts = {"packet": packet, "name": name, "asked": asked, "answers": answers, "undoes": undoes}
    own = {key: shown(value) for key, value in texts.items()}
    return Merge(
        shown(id_), kind, shown(at), shown(who), decisions=decisions, cases=tuple(json.loads(cases)),
        withdrawn=withdrawn, **own,
    )  # fmt: skip


def _ranges(nums: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as half-open ranges.

    >>> _ranges([3, 1, 2, 7])
    [(1, 4), (7, 8)]
    """
    out: list[tuple[int, int]] = []
    for num in sorted(set(nums)):
        if out and out[-1][1] == num:
            out[-1] = (out[-1][0], num + 1)
        else:
            out.append((num, num + 1))
    return out
