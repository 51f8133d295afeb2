"""What follows from the decisions on one target: a function of the set of rows, whatever their order and whatever any
clock said.

A decision counts unless it was withdrawn by one that counts. Of those that count the *heads* are the ones that no other
had seen. Heads that say the same are one; heads that differ are a conflict, and then the value is the one that stood
before they parted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from core.decisions.log import CASE, Decision
from core.records import State

Mark = Literal["", "conflict", "stale"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is so of a target: its value (None: it is not there), its state, and the decisions that say so.

    ``mark`` is ``conflict`` where two people said different things and neither knew of the other's word, ``stale``
    where what was read there has changed since it was decided.
    """

    value: Any
    state: State
    heads: tuple[Decision, ...] = ()
    mark: Mark = ""


def live(rows: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that count, without withdrawals, in the order of their ids.

    Rows that withdraw one another in a circle, which no program of ours writes, all count.
    """
    by_id = {row.id: row for row in sorted(rows, key=lambda row: row.id)}
    if all(row.verdict != "withdrawn" for row in by_id.values()):
        return [*by_id.values()]
    against: dict[str, list[str]] = {}
    for row in by_id.values():
        for gone in _withdrawn_by(row):
            against.setdefault(gone, []).append(row.id)
    counts: dict[str, bool] = {}
    for first in by_id:
        _settle(first, against, counts)
    return [row for row in by_id.values() if counts[row.id] and row.verdict != "withdrawn"]


def _settle(first: str, against: Mapping[str, Collection[str]], counts: dict[str, bool]) -> None:
    """Find out whether a row counts: not when a row that counts withdraws it. Without recursion: chains are long."""
    path: list[str] = [first]
    waiting: set[str] = set()
    while path:
        row = path[-1]
        if row in counts:
            path.pop()
            continue
        waiting.add(row)
        open_ones = [w for w in against.get(row, ()) if w not in counts and w not in waiting]
        if open_ones:
            path.append(open_ones[0])
            continue
        counts[row] = not any(counts.get(w, False) for w in against.get(row, ()))
        path.pop()


def _withdrawn_by(row: Decision) -> tuple[str, ...]:
    if row.verdict != "withdrawn" or not isinstance(row.after, (list, tuple)):
        return ()
    return tuple(one for one in row.after if isinstance(one, str) and one != row.id)


def frontier(rows: Iterable[Decision]) -> tuple[str, ...]:
    """Return the ids that a new decision has to have seen so that it has seen all: those that none of these had."""
    found = list(rows)
    seen = {one for row in found for one in row.seen}
    last = sorted(row.id for row in found if row.id not in seen)
    return tuple(last or sorted(row.id for row in found))


def behind(row: Decision, rows: Mapping[str, Decision]) -> set[str]:
    """Return the ids of all that a decision had before it, over any number of steps; ``rows`` are those by id."""
    found: set[str] = set()
    todo = [*row.seen]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += rows[one].seen if one in rows else ()
    return found


def heads(rows: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that count and that no other one that counts had seen, in the order of their ids."""
    found = list(rows)
    if len(found) == 1:
        return [] if found[0].verdict == "withdrawn" else found
    return _last(live(found), {row.id: row for row in found})


def _last(counting: list[Decision], rows: Mapping[str, Decision]) -> list[Decision]:
    """Those of some decisions that no other one of them had seen; all where they claim to have seen one another."""
    if len(counting) < 2:
        return counting
    seen = set().union(*(behind(row, rows) - {row.id} for row in counting))
    return [row for row in counting if row.id not in seen] or counting


def said(row: Decision) -> tuple[State, Any]:
    """Return what a decision says: the state, and the value. That a case was written by hand says nothing of it."""
    if row.verdict == "added" and row.target.part == CASE:
        return "unchecked", None
    if row.verdict == "unsure":
        return "unsure", row.after
    return ("wrong" if row.verdict == "rejected" else "checked"), row.after


def ruling(rows: Iterable[Decision], proposal: Any) -> Ruling:
    """Return what is so of a target: by its decisions, or as it was read where none counts."""
    found = list(rows)
    first = last = heads(found)
    while last:
        says = said(last[0])
        if all(said(head) == says for head in last[1:]):
            break
        last = _common(last, found)
    if not first:
        return Ruling(proposal, "unchecked")
    if last is not first:
        value = said(last[0])[1] if last else _before(first, proposal)
        return Ruling(value, "unsure", tuple(first), "conflict")
    state, value = says
    stale = all(head.read != proposal for head in first)
    return Ruling(value, state, tuple(first), "stale" if stale else "")


def _before(first: Collection[Decision], proposal: Any) -> Any:
    """The value before anybody decided: as read; an item that was added keeps the value of the first of its heads."""
    if proposal is not None:
        return proposal
    return next((head.after for head in first if head.after is not None), None)


def _common(parted: Collection[Decision], rows: Collection[Decision]) -> list[Decision]:
    """The last of those that count and that all of these had before them."""
    by_id = {row.id: row for row in rows}
    shared = set.intersection(*(behind(row, by_id) for row in parted)) - {row.id for row in parted}
    return _last([row for row in live(rows) if row.id in shared], by_id)
