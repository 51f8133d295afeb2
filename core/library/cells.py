"""Place and themes of every case in memory, four bytes a case, so that trees and filters need no table."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, compress, groupby
from operator import itemgetter

from core.library.places import Places

Cell = tuple[int, tuple[str, ...]]
"""A place number and the themes, the main one first."""


class Cells:
    """Which (place, themes) each case has; cases with the same share a cell."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._cell_of = array("I")
        self.cells: list[Cell] = [(0, ())]
        self._index: dict[Cell, int] = {}
        self.places = Places()
        self._revision = -1
        self._totals: Counter[int] | None = None

    def refresh(self) -> int:
        """Take in what was committed since the last time; the revision of the library."""
        revision, removed = self._db.execute("SELECT revision, removed FROM library").fetchone()
        if revision != self._revision:
            if removed > self._revision:
                self._cell_of = array("I")
                self.places.clear()
                self._load(-1)
            else:
                self._load(self._revision)
            self._revision, self._totals = revision, None
        return int(revision)

    def _load(self, since: int) -> None:
        self.places.load(self._db)
        top = self._db.execute("SELECT coalesce(max(num), 0) FROM cases").fetchone()[0]
        if top >= len(self._cell_of):
            self._cell_of.extend([0] * (top + 1 - len(self._cell_of)))
        rows = self._db.execute(
            "SELECT c.num, c.place, t.name FROM cases c LEFT JOIN case_themes x ON x.case_num = c.num"
            " LEFT JOIN themes t ON t.num = x.theme WHERE c.revision > ? ORDER BY c.num, x.position"
            if since >= 0
            else "SELECT c.num, c.place, t.name FROM cases c LEFT JOIN case_themes x ON x.case_num = c.num"
            " LEFT JOIN themes t ON t.num = x.theme WHERE ? < 0 ORDER BY c.num, x.position",
            (since,),
        )
        for num, group in groupby(rows, key=itemgetter(0)):
            found = list(group)
            self._cell_of[num] = self._number((found[0][1], tuple(name for _, _, name in found if name)))

    def _number(self, cell: Cell) -> int:
        number = self._index.get(cell)
        if number is None:
            number = self._index[cell] = len(self.cells)
            self.cells.append(cell)
        return number

    def of(self, num: int) -> Cell:
        """Place and themes of a case."""
        return self.cells[self._cell_of[num]]

    def count(self, nums: Iterable[int]) -> Counter[int]:
        """How many of the cases are in each cell (by the cell's number)."""
        return Counter(map(self._cell_of.__getitem__, nums))

    def totals(self) -> Counter[int]:
        """How many cases of the library are in each cell."""
        if self._totals is None:
            self._totals = Counter(self._cell_of)
            self._totals.pop(0, None)
        return self._totals

    def kept(self, nums: Sequence[int], places: Sequence[str], themes: Sequence[str]) -> Sequence[int]:
        """Those of the cases that lie in any of the places and have any of the themes, in the same order."""
        inside = self.places.nums_in(places) if places else None
        wanted = set(themes)
        allowed = bytearray(
            (inside is None or place in inside)
            and (not wanted or not wanted.isdisjoint(names) or ("" in wanted and not names))
            for place, names in self.cells
        )
        return array("q", compress(nums, map(allowed.__getitem__, map(self._cell_of.__getitem__, nums))))

    def position(self, ranks: dict[int, int]) -> array[int]:
        """For each case number the rank of its cell."""
        by_cell = [ranks.get(number, 0) for number in range(len(self.cells))]
        return array("I", map(by_cell.__getitem__, self._cell_of))

    def theme_names(self) -> set[str]:
        """Every theme that a case has."""
        return set(chain.from_iterable(self.cells[number][1] for number in self.totals()))
