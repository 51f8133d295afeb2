"""Searching: words in the full-text index, filters, figures by value and unit, ranks, snippets."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, chain
from pathlib import Path

from pyroaring import BitMap

from core.library import index, joining, marks, snippets
from core.library.answers import Snippet, Where
from core.library.conform import FAULTS, shown
from core.library.errors import DamagedLibrary
from core.library.file import LibraryFile, LibraryPart, in_one_snapshot
from core.library.frequent import Frequent, ready
from core.library.merged import merge
from core.library.orders import Orders, numbers
from core.library.query import Query, Wanted, wanted_of, words_of
from core.library.ranked import Ranked
from core.library.stopping import Stop
from core.text.folding import fold, phrase_of, places_of

_REMEMBERED = 4
"""How many word searches are remembered, so that another filter or order does not search again."""
_BETTER: tuple[Where, ...] = ("title", "mechanism", "figure")
"""The tiers above the body, the best first: where the last of the words stands."""


class Hits:
    """The answer to a query: the set of all hits, and their numbers in its order, made as far as they are looked at."""

    __slots__ = ("cases", "nums", "query")

    def __init__(self, cases: BitMap, nums: Iterable[int], query: Query) -> None:
        self.cases = cases
        self.nums = Ranked(nums, len(cases))
        self.query = query

    def __len__(self) -> int:
        return len(self.nums)


@dataclass(slots=True)
class Found:
    """The cases that have some words: all, and those of the better tiers, the best first, each within the next."""

    all: BitMap
    tiers: list[BitMap] = field(default_factory=list)

    def parts(self, cases: BitMap) -> list[BitMap]:
        """Return the cases by tier, each in the first one only."""
        out: list[BitMap] = []
        for tier in (*self.tiers, self.all):
            out.append(tier & cases)
            cases = cases - tier
        return out


class Search(LibraryPart):
    """Finds cases, and the words in them."""

    def __init__(self, file: LibraryFile) -> None:
        super().__init__(file)
        self._orders = Orders(file.db, file.cells)
        self._found: OrderedDict[tuple[int, Wanted], Found] = OrderedDict()
        self.frequent: Frequent | None = None
        """The sets of words that stand in many cases, once somebody has made them ready."""

    @in_one_snapshot
    def find(self, query: Query) -> Hits:
        """Return all cases that fulfil a query, in its order."""
        revision = self._cells.refresh()
        wanted = wanted_of(query.words)
        found = self._with_words(wanted, revision) if wanted else Found(self._cells.there)
        cases = BitMap.intersection(found.all, *self._filters(query))
        return Hits(cases, self._ordered(found, cases, query, revision), query)

    def _filters(self, query: Query) -> Iterator[BitMap]:
        """The cases that each of the filters of a query leaves."""
        for sql, values in _conditions(self._db, query):
            yield self._cells.set_of(numbers(self._db, sql, values))
        if query.selection:
            yield self._cells.set_of(_selected(self._db, query.selection))
        if query.asks_figures:
            yield self._cells.set_of(_cases_with_figures(self._db, query))
        if query.places:
            yield self._cells.lying(query.places)
        if query.themes:
            yield self._cells.about(query.themes)
        if query.states:
            yield self._cells.stated(query.states)

    def merge_index(self, stop: Stop) -> None:
        """Merge what was indexed bit by bit, so that a large library answers in half the time; Stopped as below."""
        merge(self._file, stop)

    def ready_frequent(self, folder: Path, stop: Stop) -> Frequent | None:
        """Return the sets of the words that stand in many cases, kept in a folder.

        None where none are needed, and where they cannot be made: the index answers, only slower. It may take minutes
        the first time: call it in a thread, on a library of its own, and hand over what it gives to the ``frequent`` of
        others. Stopped when ``stop`` is asked for.
        """
        try:
            return ready(self._db, folder, stop)
        except sqlite3.DatabaseError:
            return None

    def _ordered(self, found: Found, cases: BitMap, query: Query, revision: int) -> Iterator[int]:
        """Some of the cases that were found in the order of the query."""
        if query.selection and query.order == "rank" and not query.words:
            chosen = [num for num in _selected(self._db, query.selection) if num in cases]
            return reversed(chosen) if query.descending else iter(chosen)
        # Title hits first, then mechanisms, figures, body; in each the newest first.
        parts = found.parts(cases) if query.order == "rank" else [cases]
        walks = [self._orders.walk(part, query.order, revision, backwards=query.descending) for part in parts if part]
        return chain.from_iterable(reversed(walks) if query.descending else walks)

    def _with_words(self, wanted: Wanted, revision: int) -> Found:
        key = (revision, wanted)
        if key not in self._found:
            self._found[key] = self._look_up(wanted)
            if len(self._found) > _REMEMBERED:
                self._found.popitem(last=False)
        self._found.move_to_end(key)
        return self._found[key]

    def _look_up(self, wanted: Wanted) -> Found:
        """The cases that have a word of each group, by the last of the tiers that it takes.

        DamagedLibrary, with what helps, where the index itself is damaged.
        """
        try:
            tiers = [self._cells.there] * len(index.TABLES)
            for group in wanted.groups:
                so_far: Iterator[BitMap] = accumulate(self._matching(group), BitMap.union)
                tiers = [tier & cases for tier, cases in zip(tiers, so_far, strict=True)]
                if not tiers[-1]:
                    break
            if wanted.without:
                ruled_out = BitMap.union(*self._matching(wanted.without))
                tiers = [tier - ruled_out for tier in tiers]
            return Found(tiers[-1], tiers[:-1] if wanted.groups else [])
        except sqlite3.DatabaseError as error:
            if "malformed" not in str(error) and "corrupt" not in str(error):
                raise
            name = self._file.path.name
            words = f"「{name}」检索用的索引有损坏，查不了，案例都在。「帮助 → 检查案例库」可以把它重建。没有改动。"
            raise DamagedLibrary(words, str(error)) from error

    def _matching(self, words: Sequence[str]) -> Sequence[BitMap]:
        """For each table of the index the cases that have any of some words there."""
        kept = [self._kept(word) for word in words]
        asked = " OR ".join(phrase_of(word) for word, sets in zip(words, kept, strict=True) if sets is None)
        found = [sets for sets in kept if sets is not None]
        if asked:
            found.append([index.matching(self._db, table, asked) & self._cells.there for table in index.TABLES])
        return found[0] if len(found) == 1 else [BitMap.union(*sets) for sets in zip(*found, strict=True)]

    def _kept(self, word: str) -> Sequence[BitMap] | None:
        """For each table of the index the cases that have a word there, where it is a frequent one."""
        if self.frequent is None:
            return None
        self.frequent.follow(self._db, self._cells.revision)
        return self.frequent.cases(self._db, word)

    @in_one_snapshot
    def snippets(self, nums: Sequence[int], query: Query) -> dict[int, Snippet]:
        """Return a few words around the best hit of each case; without words nothing."""
        wanted = wanted_of(query.words)
        if not wanted.groups:
            return {}
        found = self._with_words(wanted, self._cells.refresh())
        where: dict[int, Where] = dict.fromkeys(nums, "body")
        left = set(nums)
        for place, tier in zip(_BETTER, found.tiers, strict=False):
            here = set(filter(tier.__contains__, left))
            where.update(dict.fromkeys(here, place))
            left -= here
        return snippets.snippets(self._db, where, wanted.words)

    def marks(self, text: str, query: Query) -> list[tuple[int, int]]:
        """Return where the words of a query stand in any text: half-open spans in order, none overlapping."""
        return places_of(text, words_of(query.words))


def _selected(db: sqlite3.Connection, selection: str) -> array[int]:
    return numbers(
        db,
        "SELECT i.case_num AS num FROM selection_items i JOIN selections s ON s.num = i.selection"
        " WHERE s.id = ? ORDER BY i.position",
        (selection,),
    )


def _conditions(db: sqlite3.Connection, query: Query) -> list[tuple[str, tuple[str, ...]]]:
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
    if query.kinds:
        out.append((f"SELECT num FROM cases WHERE kind IN ({_marks(query.kinds)})", query.kinds))
    if query.starred:
        out.append(("SELECT num FROM case_marks WHERE starred = 1", ()))
    if query.tags:
        tagged = f"SELECT DISTINCT num FROM ({marks.TAGS}) WHERE tag IN ({_marks(query.tags)})"
        out.append((tagged, query.tags))
    if query.sources:
        # As JSON: there may be more of them than a statement may have question marks.
        read_from = "SELECT c.num FROM cases c JOIN sources s ON s.num = c.source WHERE s.id IN"
        joined = json.dumps(joining.cases_of_all(db, query.sources))
        either = f"{read_from} (SELECT value FROM json_each(?)) UNION SELECT value FROM json_each(?)"
        out.append((either, (json.dumps(query.sources), joined)))
    if query.mechanisms:
        out.append(
            (
                "SELECT DISTINCT x.case_num AS num FROM case_mechanisms x JOIN mechanisms m ON m.num = x.mechanism"
                f" WHERE m.name IN ({_marks(query.mechanisms)})",
                query.mechanisms,
            )
        )
    return out


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def figures_that_match(db: sqlite3.Connection, query: Query) -> list[tuple[int, int]]:
    """Return (case, row) of every figure that fulfils indicator, unit and value of a query."""
    sure, border, values = _figure_conditions(db, query)
    found = db.execute(f"SELECT case_num, num FROM metrics WHERE {sure}", values).fetchall()
    return [*found, *_on_the_border(db, query, border, values)]


def _cases_with_figures(db: sqlite3.Connection, query: Query) -> set[int]:
    sure, border, values = _figure_conditions(db, query)
    found = set(numbers(db, f"SELECT DISTINCT case_num AS num FROM metrics WHERE {sure}", values))
    return found | {case for case, _ in _on_the_border(db, query, border, values)}


def _figure_conditions(db: sqlite3.Connection, query: Query) -> tuple[str, str, dict[str, str | float]]:
    """The figures that surely fulfil a query, those that have to be looked at exactly, and the values of both.

    Numbers in the table are only near the exact values: on either side of a limit is a strip that they cannot decide.
    """
    rest, wide, narrow = ["1"], ["1"], ["1"]
    values: dict[str, str | float] = {}
    if query.indicator:
        rest.append("indicator IN (SELECT value FROM json_each(:names))")
        values["names"] = _json(_indicators_with(db, fold(query.indicator)))
    if query.unit:
        rest.append("unit = :unit")
        values["unit"] = query.unit
    for limit, column, sign, side in (
        (query.value_min, "number_max", ">=", -1),
        (query.value_max, "number", "<=", 1),
    ):
        if limit is not None:
            wide.append(f"{column} {sign} :wide{side + 1}")
            narrow.append(f"{column} {sign} :narrow{side + 1}")
            values[f"wide{side + 1}"] = _near(limit, side)
            values[f"narrow{side + 1}"] = _near(limit, -side)
    base, loose, tight = (" AND ".join(conditions) for conditions in (rest, wide, narrow))
    return f"{base} AND {tight}", f"{base} AND {loose} AND NOT ({tight})", values


def _on_the_border(
    db: sqlite3.Connection, query: Query, condition: str, values: dict[str, str | float]
) -> list[tuple[int, int]]:
    low, high = query.value_min, query.value_max
    if low is None and high is None:
        return []
    rows = db.execute(f"SELECT case_num, num, value, coalesce(value_max, value) FROM metrics WHERE {condition}", values)
    return [
        (case, num)
        for case, num, value, top in rows
        if (low is None or _decimal(top) >= low) and (high is None or _decimal(value) <= high)
    ]


def _decimal(cell: str) -> Decimal:
    """The value of a figure; where it is damaged one that fulfils nothing."""
    try:
        return Decimal(cell)
    except FAULTS:
        return Decimal("NaN")


def _near(value: Decimal, direction: int) -> float:
    return float(value) + direction * (abs(float(value)) * 1e-12 + 1e-300)


def _json(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _indicators_with(db: sqlite3.Connection, folded: str) -> list[str]:
    """The indicators of the library that hold a folded text."""
    return [name for (name,) in db.execute("SELECT DISTINCT name FROM indicators") if folded in fold(shown(name))]
