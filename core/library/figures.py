"""Figures across cases: those that a query asks for, each with its case."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from core.library import case_rows
from core.library.answers import FigureRow
from core.library.cells import Cells
from core.library.file import LibraryFile, LibraryPart, in_one_snapshot
from core.library.query import Query
from core.library.search import Search, figures_that_match


class Figures(LibraryPart):
    """The figures of all cases."""

    def __init__(self, file: LibraryFile, search: Search) -> None:
        super().__init__(file)
        self._search = search

    @in_one_snapshot
    def find(self, query: Query) -> list[FigureRow]:
        """The figures of the hits that fulfil indicator, unit and value, in the order of the hits."""
        order = {num: rank for rank, num in enumerate(self._search.find(query).nums)}
        found = sorted((order[case], num) for case, num in figures_that_match(self._db, query) if case in order)
        return rows(self._db, self._cells, [num for _, num in found])


def rows(db: sqlite3.Connection, cells: Cells, metric_nums: Sequence[int]) -> list[FigureRow]:
    """The figures with these row numbers, each with its case, in that order."""
    found: dict[int, FigureRow] = {}
    for at in range(0, len(metric_nums), 500):
        some = metric_nums[at : at + 500]
        query = (
            f"SELECT m.num, m.case_num, c.title, {case_rows.metric_columns('m')} FROM metrics m JOIN cases c"
            f" ON c.num = m.case_num WHERE m.num IN ({','.join('?' * len(some))})"
        )
        for num, case_num, title, *values in db.execute(query, some):
            place = cells.label(case_num)
            found[num] = FigureRow(case_num, case_rows.metric_from(values), title, place)
    return [found[num] for num in metric_nums if num in found]
