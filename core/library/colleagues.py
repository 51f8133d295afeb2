"""Who works on a library together: what was given to whom and is missing, who agrees with whom, who was overruled."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.decisions import Decision, Target
from core.exchange import Packet
from core.exchange.agreeing import Overruled, Pair, overruled, pairs
from core.library import corrections, incoming, packets, settling
from core.library.conform import shown
from core.library.file import LibraryPart, in_one_snapshot, said_in_words
from core.library.settling import in_chunks, key_of, marks
from core.records import Case


@dataclass(frozen=True, slots=True)
class Missing:
    """A case that was handed out: how many of its figures are decided by now, by whomever."""

    num: int
    title: str
    figures: int
    decided: int


class Colleagues(LibraryPart):
    """What the log and the list of merges say of those who work on a library."""

    @in_one_snapshot
    def own_packet(self) -> Packet | None:
        """Return what this library was handed out for; None where it is no packet."""
        there = self._db.execute("SELECT count(*) FROM packet").fetchone()[0]
        return packets.packet_in(self._db) if there else None

    @in_one_snapshot
    def received(self) -> Packet | None:
        """Return the packet that can be handed back: the library's own, or the last one taken in; None for none."""
        if (own := self.own_packet()) is not None:
            return own
        undone = "SELECT undoes FROM merges WHERE kind = 'undone'"
        query = f"SELECT packet, home, name FROM merges WHERE kind = 'in' AND id NOT IN ({undone}) ORDER BY num DESC"
        row = self._db.execute(query).fetchone()
        return Packet(shown(row[0]), "out", shown(row[1]), shown(row[2])) if row else None

    @in_one_snapshot
    def pairs(self) -> list[Pair]:
        """Return how well each two people agree on figures that both judged without the other's word."""
        return pairs(self._log_of_several())

    @in_one_snapshot
    def overruled(self, who: str = "") -> list[Overruled]:
        """Return where the word of a person (of anybody) gave way to another's who knew it, by title."""
        log = self._log_of_several(who)
        return overruled(log, self._titles({row.target.case for rows in log.values() for row in rows}), who)

    @in_one_snapshot
    def handed_cases(self, packet: str) -> list[Missing]:
        """Return the cases of a packet that was handed out, those with most left to decide first.

        Cases that are gone or lie in the bin are left out.
        """
        row = self._db.execute("SELECT cases FROM merges WHERE kind = 'out' AND packet = ?", (packet,)).fetchone()
        out = []
        for some in in_chunks(json.loads(row[0]) if row else []):
            query = (
                "SELECT c.num, c.title, count(m.num), coalesce(sum(m.state != 'unchecked'), 0) FROM cases c"
                f" LEFT JOIN metrics m ON m.case_num = c.num WHERE c.id IN ({marks(some)}) GROUP BY c.num"
            )
            out += [Missing(num, shown(title), n, done) for num, title, n, done in self._db.execute(query, some)]
        return sorted(out, key=lambda one: (one.decided - one.figures, one.num))

    @said_in_words
    def cases_in(self, path: Path, ids: Sequence[str], password: str = "") -> dict[str, Case]:
        """Return cases of a packet or library of somebody else, by id, as they are there; those not there are left out.

        The errors of ``core.library.errors`` where the file cannot be read or a case is not as it was saved.
        """
        out = {}
        with packets.opened(path, self._file.path, password) as theirs:
            for case_id in ids:
                if _has(theirs.log, case_id):
                    out[case_id] = incoming.case_of(theirs.whole, case_id, path.name)[0]
        return out

    def _log_of_several(self, who: str = "") -> dict[Target, list[Decision]]:
        """The decisions on what more than one person decided (one of them this one), by ``key_of`` the targets."""
        query = "SELECT DISTINCT case_id, part, who FROM decisions WHERE verdict != 'withdrawn'"
        people: dict[Target, set[str]] = {}
        for case, part, person in self._db.execute(query):
            people.setdefault(key_of(Target(case, part)), set()).add(person)
        return settling.log_of(self._db, [key for key, by in people.items() if len(by) > 1 and (not who or who in by)])

    def _titles(self, ids: set[str]) -> dict[str, str]:
        out = corrections.names(self._db, ids & corrections.pages(self._db))
        for some in in_chunks([*ids]):
            for table, column in (("bin", "case_id"), ("cases", "id")):
                query = f"SELECT {column}, title FROM {table} WHERE {column} IN ({marks(some)})"
                out.update({shown(id_): shown(title) for id_, title in self._db.execute(query, some)})
        return out


def _has(db: sqlite3.Connection, case_id: str) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM cases WHERE id = ?1) OR EXISTS (SELECT 1 FROM bin WHERE case_id = ?1)"
    return bool(db.execute(query, (case_id,)).fetchone()[0])
