"""What people decide in a library: each decision a row of the log, and what follows from it in the cases."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.decisions import (
    BIN,
    CASE,
    PARTS,
    VERDICT_WORDS,
    Decision,
    NotAValue,
    Target,
    Verdict,
    checked,
    frontier,
    heads,
    live,
    rule_target,
    ruling,
)
from core.decisions.log import FIGURE, MECHANISM, RULES
from core.library import (
    bin_rows,
    case_reading,
    case_rows,
    corrections,
    deciding,
    digest,
    log_rows,
    rewording,
    standings,
)
from core.library.answers import BinRow, FigureStanding
from core.library.conform import shown
from core.library.file import LibraryPart, at_once, in_one_snapshot, said_in_words
from core.library.stamps import new_id, now
from core.records import Case, State
from core.text.storable import storable


@dataclass(frozen=True, slots=True)
class AsItIs:
    """Stands for the value that is there."""


AS_IT_IS = AsItIs()
AT_ONCE = 200
"""So many cases are decided on, and indexed, before it is said how far it is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to decide: of a case by its number in this file, a part, a verdict, a value.

    The value None means that it is not to be there; without one it stays as it is. A figure or mechanism that is not
    there is ``added`` with a value, or ``unsure`` with one, where it is taken in without being checked.
    """

    num: int
    part: str
    verdict: Verdict = "changed"
    value: Any = AS_IT_IS
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a part of a case stands: what is read there, what is so now, its state, and every decision about it."""

    part: str
    read: Any
    now: Any
    state: State
    mark: str
    """``conflict`` where people differ, ``stale`` where the reading has changed since it was decided; else empty."""
    decisions: tuple[Decision, ...]


class Decisions(LibraryPart):
    """The log of decisions, and what is decided through it. ``reviewer`` says who decides."""

    @property
    def reviewer(self) -> str:
        """Return who decides here: a name, with the unit where it is known."""
        return self._file.reviewer

    @reviewer.setter
    def reviewer(self, who: str) -> None:
        self._file.reviewer = storable(who)

    # ---- looking

    @in_one_snapshot
    def of_case(self, num: int) -> dict[str, Standing]:
        """Return where each part of a case stands that was ever decided; KeyError when the case is gone."""
        case = case_reading.read(self._db, [num])[num]
        kept_of = deciding.kept_of_case(self._db, case.id)
        log = log_rows.of_targets(self._db, [Target(case.id, part) for part in kept_of])
        return {
            part: Standing(
                part, kept.proposal, deciding.now_in(case, part), kept.state, kept.mark,
                tuple(log.get(Target(case.id, part), ())),
            )
            for part, kept in kept_of.items()
        }  # fmt: skip

    @in_one_snapshot
    def marks(self, case_id: str) -> dict[str, str]:
        """Return the parts of a case that want a person's word again, each with ``conflict`` or ``stale``."""
        query = "SELECT part, mark FROM rulings WHERE case_id = ? AND mark != '' ORDER BY num"
        return {shown(part): shown(mark) for part, mark in self._db.execute(query, (case_id,))}

    @in_one_snapshot
    def on(self, target: Target) -> list[Decision]:
        """Return the decisions on one target, the oldest first as they came into this library."""
        return log_rows.of_targets(self._db, [target]).get(target, [])

    @in_one_snapshot
    def all(self) -> list[Decision]:
        """Return the whole log, as it came into this library."""
        return [*log_rows.everything(self._db)]

    @in_one_snapshot
    def marked(self, mark: str = "conflict") -> list[Target]:
        """Return the targets where people differ (``conflict``), or where the reading has changed (``stale``)."""
        query = "SELECT case_id, part FROM rulings WHERE mark = ? ORDER BY case_id, part"
        return [Target(shown(case), shown(part)) for case, part in self._db.execute(query, (mark,))]

    @in_one_snapshot
    def progress(self, nums: Sequence[int] | None = None) -> dict[State, int]:
        """Return how many figures of these cases (of all when None) are in each state."""
        out: dict[State, int] = {"unchecked": 0, "checked": 0, "unsure": 0, "wrong": 0}
        query = "SELECT state, count(*) FROM metrics{} GROUP BY state"
        if nums is None:
            out.update(self._db.execute(query.format("")).fetchall())
            return out
        for at in range(0, len(nums), 500):
            some = nums[at : at + 500]
            where = f" WHERE case_num IN ({','.join('?' * len(some))})"
            for state, count in self._db.execute(query.format(where), tuple(some)):
                out[state] += count
        return out

    @in_one_snapshot
    def whole(self, nums: Sequence[int]) -> list[FigureStanding]:
        """Return where these cases stand as a whole, in that order; those that are gone are missing."""
        return [*standings.whole(self._db, nums)]

    @in_one_snapshot
    def progress_of_cases(self, nums: Sequence[int] | None = None) -> dict[State, int]:
        """Return of how many of these cases (of all when None) what was said as a whole."""
        return standings.count_whole(self._db, nums)

    @in_one_snapshot
    def whole_by(self) -> dict[str, int]:
        """Return how many cases stand as a whole as a person has said, by that person's name."""
        return standings.standing_by(self._db, CASE)

    @in_one_snapshot
    def log_of(self, part: str, after: str = "", limit: int = 1000) -> dict[str, list[Decision]]:
        """Return the decisions on all figures (``FIGURE``) or on all cases as a whole (``CASE``), by id, in its order.

        So many at a time, those with an id behind ``after``.
        """
        return standings.log_of(self._db, part, after, limit)

    @in_one_snapshot
    def digest(self) -> str:
        """Return a hash of what the cases and decisions say, the same wherever they say the same."""
        return digest.digest(self._db)

    @in_one_snapshot
    def binned(self) -> list[BinRow]:
        """Return what lies in the bin, the last first."""
        rows = self._db.execute("SELECT case_id, title, at FROM bin ORDER BY num DESC")
        return [BinRow(shown(id_), shown(title), shown(at)) for id_, title, at in rows]

    # ---- deciding: each call is one change, whole or not there

    @said_in_words
    def decide(self, wishes: Iterable[Wish], text: str = "") -> list[Decision]:
        """Decide, in one change that can be taken back; the decisions that were needed.

        A value that is there already needs none. KeyError when a case or a part of it is gone, NotAValue when a value
        is none of its part.
        """
        return at_once(self.decide_in_steps(wishes, text))

    def decide_in_steps(self, wishes: Iterable[Wish], text: str = "") -> Generator[int, None, list[Decision]]:
        """As ``decide``, yielding how many cases are done; who ends before leaves the library as it was."""
        wishes = [*wishes]
        of_case: dict[int, list[Wish]] = {}
        for wish in wishes:
            of_case.setdefault(wish.num, []).append(wish)
        with self._file.said_in_words():
            known = set(case_rows.existing(self._db, of_case))
        if len(known) < len(of_case):
            raise KeyError(next(num for num in of_case if num not in known))
        out: list[Decision] = []

        def some(nums: Sequence[int]) -> Callable[[], None]:
            return lambda: out.extend(self._write(nums, [wish for num in nums for wish in of_case[num]]))

        chunks = [[*of_case][at : at + AT_ONCE] for at in range(0, len(of_case), AT_ONCE)]
        words = any(_changes_words(wish) for wish in wishes)
        parts = ((nums, some(nums)) for nums in chunks)
        yield from self._file.change_in_steps(text or _words(wishes), parts, words=words)
        return out

    def _write(self, nums: Sequence[int], wishes: Sequence[Wish]) -> list[Decision]:
        cases = deciding.read_whole(self._db, nums)
        out: list[Decision] = []
        for wish in wishes:
            if decision := self._decision(cases[wish.num], wish):
                self._file.decide([decision])
                out.append(decision)
        deciding.settle(self._db, [decision.target for decision in out])
        return out

    def _decision(self, case: Case, wish: Wish) -> Decision | None:
        """The decision that a wish needs, with what is kept of its target; None where it needs none."""
        target = Target(case.id, wish.part)
        before = deciding.now_in(case, wish.part)
        had = deciding.kept(self._db, target)
        if before is None and wish.part not in (CASE, BIN) and wish.verdict != "added":
            if not wish.part.startswith((FIGURE, MECHANISM)):
                raise NotAValue(f"没有「{wish.part[:40]}」这一项，可以改的有：{'、'.join(PARTS)}")
            if (had is None and wish.verdict != "unsure") or wish.value in (None, AS_IT_IS):
                raise KeyError(wish.part)
        if wish.value is AS_IT_IS:
            after = before
        else:
            after = None if wish.value is None else checked(wish.part, wish.value)
        if after == before and wish.verdict == "changed" and wish.part not in (CASE,):
            return None
        if had is None:
            had = deciding.Kept(before, deciding.rest_of(case, wish.part))
            deciding.keep(self._db, target, had)
        rows = log_rows.of_targets(self._db, [target]).get(target, ())
        stamp = (self._file.reviewer, now())
        return Decision(
            new_id(), target, wish.verdict, *stamp, before, after, had.proposal, storable(wish.note), frontier(rows)
        )

    def needed(self, case: Case, wish: Wish) -> Decision | None:
        """Return the decision that a wish needs, unwritten; None for none. Inside a transaction."""
        return self._decision(case, wish)

    def figure(self, num: int, figure: str, verdict: Verdict, value: Any = AS_IT_IS, note: str = "") -> list[Decision]:
        """Say of a figure of a case that it is right, wrong, unsure or to be changed; see ``decide``."""
        return self.decide([Wish(num, FIGURE + figure, verdict, value, note)])

    def add_figure(self, num: int, value: Any, note: str = "") -> str:
        """Add a figure to a case by hand; its id. NotAValue when it is none."""
        figure = new_id()
        self.decide([Wish(num, FIGURE + figure, "added", value, note)])
        return figure

    @said_in_words
    def add_case(self, case: Case, note: str = "", text: str = "") -> int:
        """Add a case that a person wrote; its number.

        ``text`` is what its spans count in, kept as an excerpt (摘录): no page that is ever read again.
        """
        from core.library import adding

        def add() -> int:
            source = adding.add_excerpt(self._db, new, text) if text.strip() else None
            num = adding.add_case(self._db, new, source, 0, {}, self._file.revision)
            stamp = (self._file.reviewer, now())
            self._file.decide([Decision(new_id(), Target(new.id, CASE), "added", *stamp, note=storable(note))])
            added.append(num)
            return num

        added: list[int] = []
        new = case_rows.with_ids(case)
        return self._file.change(f"新建案例「{case.title}」", add, added=added)

    def set_back(self, targets: Sequence[Target], text: str = "") -> list[Decision]:
        """Take back all that was said of these targets, so that they are unchecked and as read; what was written.

        A decision without which the target would not be there (an item added by hand) stays.
        """
        log = log_rows.of_targets(self._db, targets)
        return self.withdraw([row.id for rows in log.values() for row in live(rows) if not _brings(row)], text)

    @said_in_words
    def withdraw(self, ids: Sequence[str], text: str = "") -> list[Decision]:
        """Take decisions back, at any later time; what was written for it. Unknown ids are left out.

        ``text`` says what undo would take back.
        """
        against = log_rows.withdrawals(self._db, ids, self._file.reviewer)
        targets = [row.target for row in against]
        nums = [num for target in targets if (num := case_rows.num_of(self._db, target.case)) is not None]
        pages = corrections.pages_of(targets)
        nums += [num for page in pages for num in corrections.cases_of(self._db, page)]

        def write() -> None:
            self._file.decide(against)
            deciding.settle(self._db, targets)
            rewording.lay(self._db, pages, indexed=False)

        if against:
            self._file.change(text or f"撤回决定 {len(ids)} 项", write, nums)
        return against

    @said_in_words
    def say(self, targets: Sequence[Target], verdict: Verdict, note: str = "") -> list[Decision]:
        """Say something of doubts, of pairs of cases, of names of indicators (``core.decisions.doubt_target`` …)."""
        stamp = (self._file.reviewer, now())
        log = log_rows.of_targets(self._db, targets)
        rows = [
            Decision(new_id(), t, verdict, *stamp, note=storable(note), seen=frontier(log.get(t, ()))) for t in targets
        ]

        def write() -> None:
            self._file.decide(rows)
            deciding.settle(self._db, targets)

        if rows:
            self._file.change(f"{VERDICT_WORDS[verdict]} {len(rows)} 处", write)
        return rows

    @in_one_snapshot
    def said_of(self, kind: str) -> dict[str, State]:
        """Return what was said of all doubts, pairs or indicators: the part after ``kind`` (``DOUBT`` …) → state.

        What was said and taken back is missing.
        """
        query = "SELECT part, state FROM rulings WHERE part >= ?1 AND part < ?1 || char(0x10FFFF) AND case_id = ''"
        rows = self._db.execute(query, (kind,))
        return {shown(part).removeprefix(kind): state for part, state in rows if state != "unchecked"}

    @in_one_snapshot
    def rule(self, name: str) -> str:
        """Return what is decided of a rule of ``RULES``; where people differ, what held before."""
        return self._rule(log_rows.of_targets(self._db, [rule_target(name)]).get(rule_target(name), ()), name)

    def _rule(self, rows: Sequence[Decision], name: str) -> str:
        at_first = next(iter(RULES[name]))
        value = ruling(rows, at_first).value
        return value if value in RULES[name] else at_first

    @said_in_words
    def set_rule(self, name: str, value: str) -> None:
        """Decide a rule, for everybody who works with this library. NotAValue when there is no such value."""
        target = rule_target(name)
        value = checked(target.part, value)
        rows = log_rows.of_targets(self._db, [target]).get(target, [])
        before = self._rule(rows, name)
        if before == value and len(heads(rows)) == 1:
            return
        stamp = (self._file.reviewer, now())
        row = Decision(new_id(), target, "changed", *stamp, before, value, seen=frontier(rows))

        def write() -> None:
            self._file.decide([row])
            deciding.settle(self._db, [target])

        self._file.change(f"第二遍：{RULES[name][value]}", write)

    # ---- the bin

    def put_in_bin(self, nums: Sequence[int]) -> None:
        """Move cases into the bin, out of lists, searches and counts."""
        at_once(self.put_in_bin_in_steps(nums))

    def put_in_bin_in_steps(self, nums: Sequence[int]) -> Generator[int, None, None]:
        """As ``put_in_bin``, yielding how many cases are done; who ends before leaves the library as it was."""
        with self._file.said_in_words():
            known = case_rows.existing(self._db, nums)
        if known:
            wishes = [Wish(num, BIN, "changed", True) for num in known]
            yield from self.decide_in_steps(wishes, f"移到回收站 {len(known)} 例")

    @said_in_words
    def put_back(self, case_ids: Sequence[str]) -> list[int]:
        """Put cases back from the bin where they were; their numbers."""
        there = {row.id for row in self.binned()}
        targets = [Target(one, BIN) for one in case_ids if one in there]
        out: list[int] = []

        def write() -> None:
            for target in targets:
                rows = log_rows.of_targets(self._db, [target]).get(target, ())
                stamp = (self._file.reviewer, now())
                self._file.decide(
                    [Decision(new_id(), target, "changed", *stamp, True, False, False, "", frontier(rows))]
                )
            deciding.settle(self._db, targets)
            out.extend(num for t in targets if (num := case_rows.num_of(self._db, t.case)) is not None)

        if targets:
            self._file.change(f"从回收站放回 {len(targets)} 例", write, added=out)
        return out

    @said_in_words
    def empty_bin(self, case_ids: Sequence[str]) -> None:
        """Throw cases of the bin away for good, and their sources when nothing else was read from them."""

        def write() -> None:
            for one in case_ids:
                bin_rows.empty(self._db, one)

        self._file.change(f"从回收站删除 {len(case_ids)} 例", write)


def _changes_words(wish: Wish) -> bool:
    """Whether what a search looks into may change."""
    return wish.value is not AS_IT_IS and wish.part not in ("themes", "starred", CASE)


def _brings(row: Decision) -> bool:
    """Whether a figure or a mechanism is there by this decision."""
    return row.target.part.startswith((FIGURE, MECHANISM)) and row.before is None and row.after is not None


def _words(wishes: Sequence[Wish]) -> str:
    """What undo is told to take back."""
    kinds = {(_name(wish.part), wish.verdict) for wish in wishes}
    if len(kinds) != 1:
        return f"改动 {len(wishes)} 处"
    ((name, verdict),) = kinds
    count = f" {len(wishes)} 处" if len(wishes) > 1 else ""
    return f"{name}：{VERDICT_WORDS[verdict]}{count}"


def _name(part: str) -> str:
    if part.startswith(FIGURE):
        return "数据"
    if part.startswith(MECHANISM):
        return "机制"
    return {CASE: "案例", BIN: "回收站"}.get(part) or PARTS.get(part, part)
