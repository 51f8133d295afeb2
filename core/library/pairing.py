"""Cases that a merge brings and that are here already: made one field by field, or said to be two, inside the merge."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from core.decisions import Decision, Verdict, frontier, pair_target
from core.library import case_rows, deciding, log_rows, settling, source_rows, taking
from core.library.decisions import Decisions, Wish
from core.library.file import LibraryFile
from core.library.stamps import new_id, now
from core.records import Case

Joiner = Callable[[Case, Case, str], Sequence[Wish]]
"""Ours, theirs, and the text of our source → what makes ours of both (``core.editing.joining.joiner``)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """What is to be done with a new case that is much like one of ours: ids, and how they are joined.

    Without a way to join them it is remembered that they are not the same one.
    """

    ours: str
    theirs: str
    join: Joiner | None = None


def pair_up(db: sqlite3.Connection, file: LibraryFile, pairings: Collection[Pairing], revision: int) -> int:
    """Write what is said of new cases that are much like ours, inside a transaction; how many rows of the log.

    A pairing of a case that is not here any more is left out: somebody has taken it away since it was shown.
    """
    written = 0
    for one in pairings:
        ours, theirs = (case_rows.num_of(db, case_id) for case_id in (one.ours, one.theirs))
        if ours is None or theirs is None:
            continue
        rows = _decisions(db, file, one, ours, theirs)
        first, last = settling.add_rows(db, [log_rows.row_of(row) for row in rows])
        taking.finish(db, settling.settle(db, [row.target for row in rows]), revision)
        written += last - first
    return written


def _decisions(db: sqlite3.Connection, file: LibraryFile, one: Pairing, ours: int, theirs: int) -> list[Decision]:
    out = []
    if one.join is not None:
        kept, gone = (deciding.read_whole(db, [num])[num] for num in (ours, theirs))
        text = source_rows.text(db, source_rows.num_of(db, kept.source_id)) if kept.source_id else ""
        for wish in one.join(kept, gone, text):
            if row := Decisions(file).needed(kept if wish.num == ours else gone, wish):
                out.append(row)
    target = pair_target(one.ours, one.theirs)
    seen = frontier(log_rows.of_targets(db, [target]).get(target, ()))
    verdict: Verdict = "rejected" if one.join is None else "accepted"
    return [*out, Decision(new_id(), target, verdict, file.reviewer, now(), seen=seen)]
