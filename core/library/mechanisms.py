"""Mechanisms across cases: who has which, what its numerals stand for, who else has one like it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from core.library import case_reading
from core.library.answers import MechanismRow
from core.library.conform import FAULTS, conforms, shown
from core.library.file import LibraryPart, in_one_snapshot
from core.records import MECHANISM_KINDS, Mechanism, Part
from core.text.folding import fold

_NUMERAL = re.compile(r"[一二三四五六七八九十百千两双多\dNXnx]+")
_ALIKE_AT_LEAST = 0.34
_ALIKE_MOST = 20
_ROWS = """
    SELECT m.name, count(DISTINCT x.case_num), group_concat(DISTINCT x.kind), group_concat(DISTINCT x.case_num),
        x.parts, x.note, max(length(x.parts) * 4096 + length(x.note))
    FROM case_mechanisms x JOIN mechanisms m ON m.num = x.mechanism WHERE {0} GROUP BY m.num
"""
"""One row a name, with parts and note of the case that explains it most fully (SQLite takes them from the maximum)."""


class Mechanisms(LibraryPart):
    """Mechanisms by their printed names."""

    @in_one_snapshot
    def rows(self, words: str = "") -> list[MechanismRow]:
        """Return the mechanisms, those of most cases first; with words those whose name, note or parts hold all."""
        wanted = [fold(w) for w in words.split()]
        found = self._rows("1", ())
        kept = [r for r in found if all(any(w in fold(t) for t in _texts(r)) for w in wanted)] if wanted else found
        return sorted(kept, key=lambda row: (-row.cases, row.name))

    @in_one_snapshot
    def count(self) -> int:
        """Return how many mechanisms cases have."""
        return int(self._db.execute("SELECT count(DISTINCT mechanism) FROM case_mechanisms").fetchone()[0])

    @in_one_snapshot
    def names(self, most: int) -> list[str]:
        """Return the names of at most so many mechanisms, those of most cases first."""
        query = (
            "SELECT m.name FROM (SELECT mechanism, count(DISTINCT case_num) AS cases FROM case_mechanisms"
            " GROUP BY mechanism ORDER BY cases DESC, mechanism LIMIT ?) x JOIN mechanisms m ON m.num = x.mechanism"
            " ORDER BY x.cases DESC, m.name"
        )
        return [shown(name) for (name,) in self._db.execute(query, (most,))]

    @in_one_snapshot
    def cases(self, name: str) -> list[tuple[int, Mechanism, str, str]]:
        """Return (number, the mechanism as that case tells it, title, place) of every case that has it."""
        self._cells.refresh()
        rows = self._db.execute(
            f"SELECT x.case_num, c.title, {case_reading.MECHANISM_COLUMNS} FROM case_mechanisms x"
            " JOIN mechanisms m ON m.num = x.mechanism JOIN cases c ON c.num = x.case_num"
            " WHERE m.name = ? ORDER BY c.published DESC, c.num",
            (name,),
        )
        return [
            (num, mechanism, shown(title), self._cells.label(num))
            for num, title, *row in rows
            if (mechanism := case_reading.mechanism_if_whole(row))
        ]

    @in_one_snapshot
    def like(self, name: str) -> list[MechanismRow]:
        """Return mechanisms like this one, the most alike first; ``why`` says by what.

        同名: the same name in another spelling; 同式: the same pattern of numerals; 近名: much of the name is shared.
        """
        mine = _Shape(name)
        names = [shown(n) for (n,) in self._db.execute("SELECT name FROM mechanisms WHERE name != ?", (name,))]
        scored = [(*mine.alikeness(other), other) for other in names if mine.may_be_like(other)]
        alike = sorted((s for s in scored if s[0] >= _ALIKE_AT_LEAST), key=lambda s: (-s[0], s[2]))
        best = [(why, other) for _, why, other in alike[:_ALIKE_MOST]]
        marks = ",".join("?" * len(best))
        rows = {row.name: row for row in self._rows(f"m.name IN ({marks})", tuple(other for _, other in best))}
        return [replace(rows[other], why=why) for why, other in best if other in rows]

    def _rows(self, where: str, values: tuple[object, ...]) -> list[MechanismRow]:
        self._cells.refresh()
        label = self._cells.label
        return [
            MechanismRow(
                name=shown(name),
                kind=next((k for k in MECHANISM_KINDS if shown(kinds).split(",")[0] == k), None),
                cases=count,
                places=tuple(
                    dict.fromkeys(filter(None, (label(int(n)) for n in shown(nums).split(",") if n.isdigit())))
                ),
                parts=_parts(parts),
                note=shown(note),
            )
            for name, count, kinds, nums, parts, note, _ in self._db.execute(_ROWS.format(where), values)
        ]


def _numbers(cell: str) -> Iterable[int]:
    return (int(num) for num in shown(cell).split(",") if num.isdigit())


def _parts(cell: str) -> tuple[Part, ...]:
    """The parts of a mechanism; none where they cannot be read."""
    try:
        found = tuple(Part(*pair) for pair in json.loads(cell))
    except FAULTS:
        return ()
    return found if conforms(found, tuple[Part, ...]) else ()


def _texts(row: MechanismRow) -> Iterable[str]:
    yield from (row.name, row.note)
    for part in row.parts:
        yield from (part.label, part.meaning)


class _Shape:
    """What a name is compared by: its bare text, the pairs of its characters, its pattern of numerals."""

    def __init__(self, name: str) -> None:
        self.bare = _bare(name)
        self.pairs = _pairs(self.bare)
        self.pattern = numeral_pattern(name)

    def may_be_like(self, other: str) -> bool:
        """Rules out most names without looking at them closely."""
        folded = fold(other)
        return bool(self.pattern) or self.bare == folded or any(pair in folded for pair in self.pairs)

    def alikeness(self, name: str) -> tuple[float, str]:
        """Return how alike another name is, 0 to 1, and by what.

        >>> _Shape("一核三化多元").alikeness("一核多元")[1]
        '同式'
        """
        bare = _bare(name)
        if bare == self.bare:
            return 1.0, "同名"
        pairs = _pairs(bare)
        shared = 2 * len(self.pairs & pairs) / (len(self.pairs) + len(pairs)) if self.pairs and pairs else 0.0
        pattern = _shared_pattern(self.pattern, numeral_pattern(name)) if self.pattern else 0.0
        if pattern and pattern + shared / 2 >= _ALIKE_AT_LEAST:
            return min(0.99, pattern + shared / 2), "同式"
        return shared, "近名"


def _bare(name: str) -> str:
    """The folded name without quotation marks and what else only decorates."""
    return re.sub(r"[\W_]+", "", fold(name))


def _pairs(text: str) -> set[str]:
    return {x + y for x, y in pairwise(text)}


def numeral_pattern(name: str) -> tuple[str, ...]:
    """Return what a coded name counts, numeral by numeral: 一核三化多元 → 核, 化, 元; 1+3+X → three bare numerals.

    >>> numeral_pattern("一核三化多元"), numeral_pattern("“1+3+X”工作法")
    (('核', '化', '元'), ('+', '+', '+'))
    """
    text = fold(name).upper()
    sums: list[str] = re.findall(r"[\dNX一二三四五六七八九十]+(?:\+[\dNX一二三四五六七八九十]+)+", text)
    if sums:
        return ("+",) * (sums[0].count("+") + 1)
    units = [text[m.end() : m.end() + 1] for m in _NUMERAL.finditer(text) if text[m.end() : m.end() + 1] >= "一"]
    return tuple(units) if len(units) > 1 else ()


def _shared_pattern(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Sums are alike as such; counted names by the things that both count."""
    if not a or not b:
        return 0.0
    if a[0] == "+" or b[0] == "+":
        return (0.6 if len(a) == len(b) else 0.5) if a[0] == b[0] else 0.0
    return 0.9 * len(set(a) & set(b)) / len(set(a) | set(b))
