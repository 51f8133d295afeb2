"""Mechanisms across cases: who has which, what its numerals stand for, who else has one like it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from itertools import pairwise

from core.library import cases
from core.library.answers import MechanismRow
from core.library.cells import Cells
from core.library.folding import fold
from core.records import Mechanism

_NUMERAL = re.compile(r"[一二三四五六七八九十百千两双多\dNXnx]+")
_ALIKE_AT_LEAST = 0.34
_ALIKE_MOST = 20


def all_rows(db: sqlite3.Connection, cells: Cells, words: str = "") -> list[MechanismRow]:
    """The mechanisms of the library, those of most cases first; with words those whose name or note holds them all."""
    wanted = [fold(w) for w in words.split()]
    found = _rows(db, cells, "1", ())
    kept = [r for r in found if all(any(w in fold(t) for t in _texts(r)) for w in wanted)] if wanted else found
    return sorted(kept, key=lambda row: (-row.cases, row.name))


def _texts(row: MechanismRow) -> Iterable[str]:
    yield from (row.name, row.note)
    for part in row.parts:
        yield from (part.label, part.meaning)


def _rows(db: sqlite3.Connection, cells: Cells, where: str, values: tuple[object, ...]) -> list[MechanismRow]:
    """One row a name, told in the words of the case that explains it most fully."""
    cells.refresh()
    told: dict[str, list[tuple[int, Mechanism]]] = {}
    query = (
        f"SELECT x.case_num, {cases.MECHANISM_COLUMNS} FROM case_mechanisms x JOIN mechanisms m ON m.num = x.mechanism"
        f" WHERE {where} ORDER BY x.case_num, x.position"
    )
    for num, *row in db.execute(query, values):
        mechanism = cases.mechanism_from(row)
        told.setdefault(mechanism.name, []).append((num, mechanism))
    return [_row(cells, name, group) for name, group in told.items()]


def _row(cells: Cells, name: str, told: list[tuple[int, Mechanism]]) -> MechanismRow:
    fullest = max((m for _, m in told), key=lambda m: (len(m.parts), len(m.note)))
    places = (cells.label(num) for num, _ in told)
    return MechanismRow(
        name=name,
        kind=next((m.kind for _, m in told if m.kind), None),
        cases=len({num for num, _ in told}),
        places=tuple(dict.fromkeys(p for p in places if p)),
        parts=fullest.parts,
        note=fullest.note,
    )


def of_name(db: sqlite3.Connection, cells: Cells, name: str) -> list[tuple[int, Mechanism, str, str]]:
    """(number, mechanism as that case tells it, title, place) of every case that has the mechanism."""
    cells.refresh()
    rows = db.execute(
        f"SELECT x.case_num, c.title, {cases.MECHANISM_COLUMNS} FROM case_mechanisms x"
        " JOIN mechanisms m ON m.num = x.mechanism JOIN cases c ON c.num = x.case_num"
        " WHERE m.name = ? ORDER BY c.published DESC, c.num",
        (name,),
    )
    return [(num, cases.mechanism_from(row), title, cells.label(num)) for num, title, *row in rows]


def similar(db: sqlite3.Connection, cells: Cells, name: str) -> list[MechanismRow]:
    """Mechanisms like this one, the most alike first; ``why`` says by what.

    同名: the same name in another spelling; 同式: the same pattern of numerals; 近名: much of the name is shared.
    """
    names = [n for (n,) in db.execute("SELECT name FROM mechanisms WHERE name != ?", (name,))]
    scored = sorted(((*_alikeness(name, other), other) for other in names), key=lambda s: (-s[0], s[2]))
    best = [(why, other) for score, why, other in scored if score >= _ALIKE_AT_LEAST][:_ALIKE_MOST]
    marks = ",".join("?" * len(best))
    rows = {row.name: row for row in _rows(db, cells, f"m.name IN ({marks})", tuple(other for _, other in best))}
    return [_because(rows[other], why) for why, other in best if other in rows]


def _because(row: MechanismRow, why: str) -> MechanismRow:
    return MechanismRow(row.name, row.kind, row.cases, row.places, row.parts, row.note, why)


def _alikeness(name: str, other: str) -> tuple[float, str]:
    """How alike two names are, 0 to 1, and by what.

    >>> _alikeness("一核三化多元", "一核多元")[1]
    '同式'
    """
    a, b = _bare(name), _bare(other)
    if a == b:
        return 1.0, "同名"
    shared = _shared(a, b)
    pattern = _shared_pattern(numeral_pattern(name), numeral_pattern(other))
    if pattern and pattern + shared / 2 >= _ALIKE_AT_LEAST:
        return min(0.99, pattern + shared / 2), "同式"
    return shared, "近名"


def _bare(name: str) -> str:
    """The folded name without quotation marks and what else only decorates."""
    return re.sub(r"[\W_]+", "", fold(name))


def _shared(a: str, b: str) -> float:
    """How many of their character pairs two texts share (Dice)."""
    pairs_a, pairs_b = ({x + y for x, y in pairwise(t)} for t in (a, b))
    return 2 * len(pairs_a & pairs_b) / (len(pairs_a) + len(pairs_b)) if pairs_a and pairs_b else 0.0


def numeral_pattern(name: str) -> tuple[str, ...]:
    """What a coded name counts, numeral by numeral: 一核三化多元 → 核, 化, 元; 1+3+X → three bare numerals.

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
