"""Figures across cases: those that a query asks for, each with its case."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from core.decisions.log import FIGURE
from core.library import case_reading, sketches, standings
from core.library.answers import FigureRow, FigureStanding
from core.library.cells import Cells
from core.library.conform import shown
from core.library.file import LibraryFile, LibraryPart, in_one_snapshot
from core.library.query import Query
from core.library.search import Search, figures_that_match
from core.records import STATE_WORDS

_LARGEST = 12
"""How many indicators the overview shows."""
_CANDIDATES = 4 * _LARGEST
"""So many are looked at, since reprints make some look more frequent than they are."""
_LOOKED_AT = 200
"""Figures of one indicator; whatever has so many is frequent."""


class Figures(LibraryPart):
    """The figures of all cases."""

    def __init__(self, file: LibraryFile, search: Search) -> None:
        super().__init__(file)
        self._search = search

    @in_one_snapshot
    def find(self, query: Query) -> list[FigureRow]:
        """Return the figures of the hits that fulfil indicator, unit and value, in the order of the hits."""
        order = {num: rank for rank, num in enumerate(self._search.find(query).nums)}
        found = sorted((order[case], num) for case, num in figures_that_match(self._db, query) if case in order)
        return rows(self._db, self._cells, [num for _, num in found])

    @in_one_snapshot
    def standing(self, case_nums: Sequence[int]) -> list[FigureStanding]:
        """Return where the figures of these cases stand, in that order, those of a case as they are printed."""
        by_case: dict[int, list[FigureStanding]] = {num: [] for num in case_nums}
        for at in range(0, len(case_nums), 500):
            some = case_nums[at : at + 500]
            query = (
                "SELECT num, case_num, id, confidence, state FROM metrics"
                f" WHERE case_num IN ({','.join('?' * len(some))}) ORDER BY case_num, position"
            )
            for num, case, id_, confidence, state in self._db.execute(query, tuple(some)):
                if state in STATE_WORDS and isinstance(confidence, float):  # a damaged one is told with its case
                    by_case[case].append(FigureStanding(num, case, shown(id_), confidence, state))
        return [figure for figures in by_case.values() for figure in figures]

    @in_one_snapshot
    def ids(self, nums: Sequence[int]) -> dict[int, str]:
        """Return the ids of the figures with these numbers; those that are gone are missing."""
        out: dict[int, str] = {}
        for at in range(0, len(nums), 500):
            some = nums[at : at + 500]
            query = f"SELECT num, id FROM metrics WHERE num IN ({','.join('?' * len(some))})"
            out.update((num, shown(id_)) for num, id_ in self._db.execute(query, tuple(some)))
        return out

    @in_one_snapshot
    def numbered(self, nums: Sequence[int]) -> list[FigureRow]:
        """Return the figures with these numbers, each with its case, in that order; those that are gone are missing."""
        return rows(self._db, self._cells, nums)

    @in_one_snapshot
    def with_ids(self, ids: Sequence[str]) -> list[FigureStanding]:
        """Return where the figures with these ids stand; those that are not here are missing."""
        return standings.figures_with_ids(self._db, ids)

    @in_one_snapshot
    def decided_by(self) -> dict[str, int]:
        """Return how many figures stand as a person has decided, by that person's name.

        What was taken back counts for nobody, nor does that about which people differ.
        """
        return standings.standing_by(self._db, FIGURE)


def rows(db: sqlite3.Connection, cells: Cells, metric_nums: Sequence[int]) -> list[FigureRow]:
    """Return the figures with these row numbers, each with its case, in that order."""
    found: dict[int, FigureRow] = {}
    for at in range(0, len(metric_nums), 500):
        some = metric_nums[at : at + 500]
        query = (
            f"SELECT m.num, m.case_num, c.title, {case_reading.metric_columns('m')} FROM metrics m JOIN cases c"
            f" ON c.num = m.case_num WHERE m.num IN ({','.join('?' * len(some))})"
        )
        for num, case_num, title, *values in db.execute(query, some):
            if metric := case_reading.metric_if_whole(values):  # a damaged one is told where its case is shown
                found[num] = FigureRow(case_num, metric, shown(title), cells.label(case_num))
    return [found[num] for num in metric_nums if num in found]


class _Kept(NamedTuple):
    """What is looked at of a figure."""

    num: int
    value: tuple[float, float]
    quote: str
    case: int


def largest(db: sqlite3.Connection) -> list[int]:
    """Of the indicators and units that are told most often, the largest figure each.

    A figure that was printed once and imported twice counts once; what a person called wrong does not count.
    """
    frequent = db.execute(
        "SELECT name, unit FROM indicators WHERE name != '' ORDER BY figures DESC, name, unit LIMIT ?", (_CANDIDATES,)
    ).fetchall()
    kept = [found for pair in frequent if (found := _largest_of(db, *pair))]
    kept.sort(key=lambda figures: -_told(db, figures))
    return [figures[0].num for figures in kept[:_LARGEST]]


def _largest_of(db: sqlite3.Connection, indicator: str, unit: str) -> list[_Kept]:
    """The largest figures of an indicator, the first the largest; no more than it takes to call it frequent."""
    query = (
        "SELECT num, number_max, number, quote, case_num FROM metrics WHERE indicator = ? AND unit = ?"
        " AND state != 'wrong' ORDER BY number_max DESC, number DESC LIMIT ?"
    )
    found = db.execute(query, (indicator, unit, _LOOKED_AT))
    return [_Kept(num, (most, least), "".join(shown(quote).split()), case) for num, most, least, quote, case in found]


def _told(db: sqlite3.Connection, figures: Sequence[_Kept]) -> int:
    """How many figures these are when the same value in the same words, or in a reprint, counts once."""
    by_value: dict[tuple[float, float], dict[str, int]] = {}
    for figure in figures:
        words = figure.quote or str(figure.case)
        by_value.setdefault(figure.value, {}).setdefault(words, figure.case)
    return sum(sketches.articles(db, tuple(set(told.values()))) for told in by_value.values())
