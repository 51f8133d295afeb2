"""Searching: words in the full-text index, filters, figures by value and unit, ranks, snippets."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal

from core.library import snippets
from core.library.answers import Snippet
from core.library.cells import Cells
from core.library.folding import fold, phrase_of
from core.library.orders import Orders, numbers
from core.library.query import Query, words_of

_REMEMBERED = 8
"""How many word searches are remembered, so that another filter or order does not search again."""
_TIERS = (
    ("head_words", "{{title}} : ({0})"),
    ("head_words", "{0}"),
    ("case_words", "{{figure mechanism title}} : ({0})"),
)


class Hits:
    """The answer to a query: the numbers of all hits, in order."""

    __slots__ = ("areas", "nums", "query", "seen", "sets", "total")

    def __init__(self, nums: array[int], query: Query) -> None:
        self.nums = nums
        self.query = query
        self.total = len(nums)
        self.areas: array[int] | None = None
        self.sets: array[int] | None = None
        """Area and set of themes of each hit, once the tree has asked (at the revision ``seen``)."""
        self.seen = -1

    def __len__(self) -> int:
        return self.total


class Search:
    """Answers queries over one connection."""

    def __init__(self, db: sqlite3.Connection, cells: Cells, orders: Orders) -> None:
        self._db = db
        self._cells = cells
        self._orders = orders
        self._found: OrderedDict[tuple[int, tuple[str, ...]], tuple[array[int], ...]] = OrderedDict()

    def hits(self, query: Query) -> Hits:
        """All cases that fulfil a query, in its order."""
        revision = self._cells.refresh()
        words = words_of(query.words)
        tiers = self._tiers(words, revision) if words else (array("q"),)
        allowed = _filtered(self._db, query)
        ranked: Sequence[int]
        if query.order != "rank":
            found = tiers[-1] if words else self._orders.all(query.order, revision)
            ranked = self._orders.sorted(found, query.order, revision) if words else found
        elif words:
            ranked = self._by_tier(tiers, revision)
        elif query.selection:
            ranked, allowed = _selected(self._db, query.selection), _without_selection(self._db, query)
        else:
            ranked = self._orders.all("rank", revision)
        if allowed is not None:
            ranked = array("q", filter(allowed.__contains__, ranked))
        if query.places or query.themes:
            ranked = self._cells.within(ranked, query.places, query.themes)
        nums = array("q", reversed(ranked)) if query.descending else array("q", ranked)
        return Hits(nums, query)

    def _tiers(self, words: tuple[str, ...], revision: int) -> tuple[array[int], ...]:
        """The hits in titles, in titles and mechanisms, in those and figures, everywhere: each holds the one before."""
        key = (revision, words)
        if key not in self._found:
            phrases = " AND ".join(map(phrase_of, words))
            everywhere = _matching(self._db, "case_words", phrases)
            some = [_matching(self._db, table, form.format(phrases)) for table, form in _TIERS] if everywhere else []
            self._found[key] = (*some, everywhere)
            if len(self._found) > _REMEMBERED:
                self._found.popitem(last=False)
        self._found.move_to_end(key)
        return self._found[key]

    def _by_tier(self, tiers: Sequence[array[int]], revision: int) -> array[int]:
        out = array("q")
        seen: set[int] = set()
        for tier in tiers:
            new = [num for num in tier if num not in seen] if seen else tier
            if new:
                out.extend(self._orders.sorted(new, "rank", revision))
            if tier is not tiers[-1]:
                seen.update(new)
        return out

    def snippets(self, nums: Sequence[int], query: Query) -> dict[int, Snippet]:
        """A few words around the best hit of each case; without words nothing."""
        words = words_of(query.words)
        return snippets.snippets(self._db, nums, words) if words else {}


def _matching(db: sqlite3.Connection, table: str, expression: str) -> array[int]:
    return numbers(db, f"SELECT rowid AS num FROM {table} WHERE {table} MATCH ?", (expression,))


def _selected(db: sqlite3.Connection, selection: str) -> array[int]:
    return numbers(
        db,
        "SELECT i.case_num AS num FROM selection_items i JOIN selections s ON s.num = i.selection"
        " WHERE s.id = ? ORDER BY i.position",
        (selection,),
    )


def _without_selection(db: sqlite3.Connection, query: Query) -> set[int] | None:
    return _filtered(db, query, with_selection=False)


def _filtered(db: sqlite3.Connection, query: Query, *, with_selection: bool = True) -> set[int] | None:
    """The cases that the filters of a query leave, places and themes apart; None when it has none."""
    sets = [set(numbers(db, sql, values)) for sql, values in _conditions(query)]
    if query.selection and with_selection:
        sets.append(set(_selected(db, query.selection)))
    if query.asks_figures:
        sets.append({num for num, _ in figures(db, query)})
    return set.intersection(*sets) if sets else None


def _conditions(query: Query) -> list[tuple[str, tuple[str, ...]]]:
    out: list[tuple[str, tuple[str, ...]]] = []
    if query.since or query.until:
        # A date known only to the month or year counts when any day of it does.
        out.append(
            (
                "SELECT num FROM cases WHERE published != '' AND published <= ?2"
                " AND published || substr('9999-99-99', length(published) + 1) >= ?1",
                (query.since, query.until + "~" if query.until else "~"),
            )
        )
    if query.states:
        out.append((f"SELECT num FROM cases WHERE state IN ({_marks(query.states)})", query.states))
    if query.kinds:
        out.append((f"SELECT num FROM cases WHERE kind IN ({_marks(query.kinds)})", query.kinds))
    if query.sources:
        marks = _marks(query.sources)
        out.append(
            (f"SELECT c.num FROM cases c JOIN sources s ON s.num = c.source WHERE s.id IN ({marks})", query.sources)
        )
    if query.mechanisms:
        marks = _marks(query.mechanisms)
        out.append(
            (
                "SELECT DISTINCT x.case_num AS num FROM case_mechanisms x JOIN mechanisms m ON m.num = x.mechanism"
                f" WHERE m.name IN ({marks})",
                query.mechanisms,
            )
        )
    return out


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def figures(db: sqlite3.Connection, query: Query) -> list[tuple[int, int]]:
    """(case, row) of every figure that fulfils indicator, unit and value of a query."""
    conditions = ["1"]
    values: list[str | float] = []
    if query.indicator:
        names = _indicators_with(db, fold(query.indicator))
        conditions.append("indicator IN (SELECT value FROM json_each(?))")
        values.append(_json(names))
    if query.unit:
        conditions.append("unit = ?")
        values.append(query.unit)
    # Numbers are only near the exact values: look a little further, then compare exactly.
    if query.value_min is not None:
        conditions.append("number_max >= ?")
        values.append(_near(query.value_min, -1))
    if query.value_max is not None:
        conditions.append("number <= ?")
        values.append(_near(query.value_max, 1))
    rows = db.execute(
        f"SELECT case_num, num, value, coalesce(value_max, value) FROM metrics WHERE {' AND '.join(conditions)}", values
    )
    low, high = query.value_min, query.value_max
    return [
        (case_num, num)
        for case_num, num, value, top in rows
        if (low is None or Decimal(top) >= low) and (high is None or Decimal(value) <= high)
    ]


def _near(value: Decimal, direction: int) -> float:
    return float(value) + direction * (abs(float(value)) * 1e-12 + 1e-300)


def _json(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _indicators_with(db: sqlite3.Connection, folded: str) -> list[str]:
    """The indicators of the library that hold a folded text; walks the index from one name to the next."""
    rows = db.execute(
        "WITH RECURSIVE names(name) AS (SELECT min(indicator) FROM metrics UNION ALL"
        " SELECT (SELECT min(indicator) FROM metrics WHERE indicator > name) FROM names WHERE name IS NOT NULL)"
        " SELECT name FROM names WHERE name IS NOT NULL"
    )
    return [name for (name,) in rows if folded in fold(name)]
