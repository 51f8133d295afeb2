"""The cheapest way to give every row at most one column and every column at most one row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush


def cheapest_pairs(
    costs: Sequence[Mapping[int, float]], row_alone: Sequence[float], column_alone: Sequence[float]
) -> list[int | None]:
    """For each row the column it is joined to, or None, so that the whole costs least.

    ``costs[r]`` maps the columns that row ``r`` may have to what that costs; a row or column that stays alone costs
    its share of ``row_alone`` or ``column_alone``. Exact: rows are added one by one along cheapest alternating paths
    (the Hungarian method on a sparse graph).

    >>> cheapest_pairs([{0: 1.0, 1: 2.0}, {0: 1.5}], [9, 9], [9, 9])
    [1, 0]
    >>> cheapest_pairs([{0: 5.0}], [1], [1])
    [None]
    """
    matching = _Matching(costs, row_alone, column_alone)
    for row in range(len(costs)):
        matching.add(row)
    return matching.column_of


class _Matching:
    """Rows with their columns so far; the prices keep every reduced cost at 0 or above."""

    def __init__(
        self, costs: Sequence[Mapping[int, float]], row_alone: Sequence[float], column_alone: Sequence[float]
    ) -> None:
        self.column_of: list[int | None] = [None] * len(costs)
        self._row_of: dict[int, int] = {}
        self._edges = [[(c, cost - column_alone[c]) for c, cost in row.items()] for row in costs]
        self._alone = row_alone
        self._row_price = [0.0] * len(costs)
        self._column_price = [0.0] * len(column_alone)

    def add(self, row: int) -> None:
        """Give a row its column, or none, and move others where that is cheaper altogether."""
        edges = self._edges[row]
        self._row_price[row] = min([self._alone[row], *(cost - self._column_price[c] for c, cost in edges)])
        came_from, settled, end, last = self._search(row)
        for c, far in settled.items():
            self._row_price[self._row_of[c]] += last - far
            self._column_price[c] -= last - far
        self._row_price[row] += last
        column: int | None = end
        if end < 0:  # the row at the end of the path goes without
            column, self.column_of[-end - 1] = self.column_of[-end - 1], None
        while column is not None:
            taker = came_from[column]
            left = self.column_of[taker]
            self.column_of[taker], self._row_of[column] = column, taker
            column = left if taker != row else None

    def _search(self, row: int) -> tuple[dict[int, int], dict[int, float], int, float]:
        """Dijkstra from a row to a free column (its number) or to a row that goes without (minus its number - 1)."""
        came_from: dict[int, int] = {}
        settled: dict[int, float] = {}
        queue: list[tuple[float, int, int]] = []
        here, far, without, leaver = row, 0.0, math.inf, row
        while True:
            price = self._row_price[here]
            if far + self._alone[here] - price < without:
                without, leaver = far + self._alone[here] - price, here
            for c, cost in self._edges[here]:
                if c not in settled:
                    heappush(queue, (far + cost - price - self._column_price[c], c, here))
            while queue and queue[0][1] in settled:
                heappop(queue)
            if not queue or queue[0][0] >= without:
                return came_from, settled, -leaver - 1, without
            far, column, before = heappop(queue)
            came_from[column] = before
            if column not in self._row_of:
                return came_from, settled, column, far
            settled[column] = far
            here = self._row_of[column]
