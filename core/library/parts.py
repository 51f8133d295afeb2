"""The rows that a thing of the library is made of, part by part, as they lie in the tables."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from core.library.rows import fetched

Rows = dict[int, list[tuple[Any, ...]]]
_CHUNK = 500
"""How many owners are asked for in one statement."""
PLACE = ("code", "province", "city", "county", "town", "village")
CASE = ("id", "title", "kind", "section", "byline", "published", "state", "confidence", "themes")
CASE_REST = ("position", "added", "decided")
TEXT = ("summary", "background", "practice", "result", "body", "body_spans", "captions")
CITATION = ("paper", "published", "page_no", "headline", "byline")
MECHANISM = ("kind", "parts", "participants", "note", "spans", "confidence", "id")
MARKS = ("note", "tags", "starred")
MERGE = (
    "id", "kind", "at", "who", "packet", "home", "name", "asked", "answers", "undoes", "first", "last", "also",
    "cases",
)  # fmt: skip
DECISION = ("id", "case_id", "part", "verdict", "before", "after", "read", "note", "seen", "who", "at")
METRIC = (
    "id", "indicator", "value", "unit", "value_max", "approx", "subject", "period", "kind", "printed", "start", "end",
    "quote", "quote_start", "quote_end", "confidence", "reason", "state",
)  # fmt: skip


class Part(NamedTuple):
    """Some columns of a table; ``owner`` is the column that says whose row it is."""

    owner: str
    columns: tuple[str, ...]
    tables: str
    order: str

    @property
    def table(self) -> str:
        """The table whose rows they are."""
        return self.tables.split()[0]

    def query(self, owners: int) -> str:
        """Return the statement that asks for the rows of so many owners."""
        return (
            f"SELECT {self.owner}, {', '.join(self.columns)} FROM {self.tables}"
            f" WHERE {self.owner} IN ({','.join('?' * owners)}) ORDER BY {self.owner}, {self.order}"
        )


OF_A_CASE = {
    "cases": Part(
        "c.num",
        (*(f"c.{name}" for name in CASE), *(f"p.{name}" for name in PLACE), "s.id", *(f"c.{n}" for n in CASE_REST)),
        "cases c LEFT JOIN places p ON p.num = c.place LEFT JOIN sources s ON s.num = c.source",
        "c.num",
    ),
    "case_texts": Part("x.num", (*(f"x.{name}" for name in TEXT), "x.reading"), "case_texts x", "x.num"),
    "metrics": Part("m.case_num", tuple(f"m.{name}" for name in METRIC), "metrics m", "m.position, m.num"),
    "case_mechanisms": Part(
        "x.case_num",
        ("m.name", *(f"x.{name}" for name in MECHANISM)),
        "case_mechanisms x LEFT JOIN mechanisms m ON m.num = x.mechanism",
        "x.position, x.num",
    ),
    "citations": Part("t.case_num", tuple(f"t.{name}" for name in CITATION), "citations t", "t.position, t.num"),
    "case_marks": Part("k.num", tuple(f"k.{name}" for name in MARKS), "case_marks k", "k.num"),
}
"""Table → the part of a case that lies in it."""
OF_ALL = {
    **OF_A_CASE,
    "sources": Part("s.num", ("s.id", "s.kind", "s.sha256", "s.encoding", "s.format", "s.text"), "sources s", "s.num"),
    "source_names": Part(
        "s.num", ("s.name", "s.paper", "s.published", "s.page_no", "s.imported"), "sources s", "s.num"
    ),
    "page_edits": Part("e.source", ("e.edit", "e.who", "e.at"), "page_edits e", "e.position, e.num"),
    "selections": Part("l.num", ("l.id", "l.name", "l.created"), "selections l", "l.num"),
    "selection_items": Part(
        "i.selection", ("i.case_num", "i.position", "i.note"), "selection_items i", "i.position, i.num"
    ),
    "selection_texts": Part(
        "w.selection", ("w.id", "w.position", "w.kind", "w.text"), "selection_texts w", "w.position, w.num"
    ),
    "selection_figures": Part("f.selection", ("f.case_num", "f.figures"), "selection_figures f", "f.num"),
    "decisions": Part(
        "d.num",
        tuple(f"d.{name}" for name in DECISION),
        "decisions d",
        "d.num",
    ),
    "rulings": Part(
        "r.num", ("r.case_id", "r.part", "r.proposal", "r.rest", "r.state", "r.mark"), "rulings r", "r.num"
    ),
    "bin": Part("b.num", ("b.case_id", "b.source", "b.title", "b.at", "b.content"), "bin b", "b.num"),
    "merges": Part("g.num", tuple(f"g.{name}" for name in MERGE), "merges g", "g.num"),
}
"""Name → a part of a case, source or selection, or a row of the log: its table, but for a source, of which most is
never changed."""
LOG_SINCE = 6
"""The version of the tables that has a log of decisions."""
SINCE = {
    **dict.fromkeys(("case_marks", "decisions", "rulings", "bin"), LOG_SINCE),
    "merges": 7,
    **dict.fromkeys(("selection_texts", "selection_figures"), 8),
}
"""Part → the version of the tables that has it first; the others are older."""
OF_AN_OLDER_CASE = {name: part for name, part in OF_A_CASE.items() if name not in SINCE}
"""As far as versions 2 to 5 had it."""
OF_AN_OLD_CASE = {
    **OF_AN_OLDER_CASE,
    "cases": OF_A_CASE["cases"]._replace(columns=OF_A_CASE["cases"].columns[: -len(CASE_REST)]),
}
"""As far as the first version had it."""


def rows(db: sqlite3.Connection, part: Part, owners: Sequence[int]) -> Rows:
    """Return the rows of a part, by owner; those without any are missing."""
    out: Rows = defaultdict(list)
    for at in range(0, len(owners), _CHUNK):
        some = owners[at : at + _CHUNK]
        for owner, *rest in fetched(db, part.query(len(some)), some):
            out[owner].append(tuple(rest))
    return out
