"""How people stand to one another in a log: who agrees with whom where neither knew, and whose word was overruled."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from core.agreement import alpha
from core.decisions import BIN, CASE, PARTS, Decision, Target, behind, heads, live, ruling
from core.decisions.log import FIGURE, MECHANISM, TEXT
from core.decisions.state import said

Log = Mapping[Target, Sequence[Decision]]


@dataclass(frozen=True, slots=True)
class Pair:
    """How well two people agree on the figures that both have judged, neither knowing the other's word."""

    one: str
    other: str
    figures: int
    equal: int
    alpha: Fraction | None
    """Krippendorff's alpha; None where all said one thing, which tells nothing apart."""

    @property
    def share(self) -> Fraction:
        """Return which share of the figures they say the same of, 0–1."""
        return Fraction(self.equal, self.figures)


@dataclass(frozen=True, slots=True)
class Overruled:
    """A word of a person in the place of which another one stands now, by somebody who had seen it."""

    target: Target
    title: str
    mine: Decision
    now: Decision


def pairs(log: Log) -> list[Pair]:
    """Return how well each two people agree, those with most in common first; those without are left out."""
    units: dict[tuple[str, str], list[tuple[Hashable, Hashable]]] = defaultdict(list)
    for key, rows in log.items():
        if key.part.startswith(FIGURE):
            for two, unit in _units(rows):
                units[two].append(unit)
    out = []
    for (one, other), both in units.items():
        out.append(Pair(one, other, len(both), sum(mine == theirs for mine, theirs in both), alpha(both)))
    return sorted(out, key=lambda pair: (-pair.figures, pair.one, pair.other))


def _units(rows: Sequence[Decision]) -> Iterable[tuple[tuple[str, str], tuple[Hashable, Hashable]]]:
    """What each two people said of a figure, as far as neither knew."""
    by_id = {row.id: row for row in rows}
    of: dict[str, list[Decision]] = defaultdict(list)
    for row in live(rows):
        of[row.who].append(row)
    knew = {row.id: {by_id[one].who for one in behind(row, by_id) if one in by_id} for row in rows}
    for one, other in combinations(sorted(filter(None, of)), 2):
        mine = [row for row in of[one] if other not in knew[row.id]]
        theirs = [row for row in of[other] if one not in knew[row.id]]
        if mine and theirs:
            yield (one, other), (_word(_last(mine, by_id)), _word(_last(theirs, by_id)))


def _last(rows: Sequence[Decision], by_id: Mapping[str, Decision]) -> Decision:
    """The decision of a person that had seen most of the person's own."""
    return max(rows, key=lambda row: (len(behind(row, by_id)), row.id))


def _word(row: Decision) -> str:
    """What a decision says, so that the same is the same: right as read, wrong, unsure, or another value."""
    state, value = said(row)
    if state != "checked":
        return state
    return state if value == row.read else json.dumps(value, ensure_ascii=False, sort_keys=True)


def overruled(log: Log, titles: Mapping[str, str], who: str = "") -> list[Overruled]:
    """Return where a person's last word (anybody's where ``who`` is empty) does not stand, for another's who knew it.

    Where people differ and nobody has settled it, nobody is overruled.
    """
    out: list[Overruled] = []
    for key, rows in log.items():
        if key.part in PARTS or key.part in (CASE, BIN) or key.part.startswith((FIGURE, MECHANISM, TEXT)):
            found = ruling(rows, None)
            if found.heads and found.mark != "conflict":
                out += _lost(key, rows, titles, who)
    return sorted(out, key=lambda one: (one.title, one.target))


def _lost(key: Target, rows: Sequence[Decision], titles: Mapping[str, str], who: str) -> Iterable[Overruled]:
    by_id = {row.id: row for row in rows}
    stand = heads(rows)
    of: dict[str, list[Decision]] = defaultdict(list)
    for row in live(rows):
        of[row.who].append(row)
    for person, own in of.items():
        if not person or (who and person != who) or any(head.who == person for head in stand):
            continue
        mine = _last(own, by_id)
        now = next((head for head in stand if said(head) != said(mine) and mine.id in behind(head, by_id)), None)
        if now is not None:
            yield Overruled(mine.target, titles.get(mine.target.case, ""), mine, now)
