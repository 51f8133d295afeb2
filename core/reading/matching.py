"""The cheapest way to give every row at most one column and every column at most one row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def cheapest_pairs(
    costs: Sequence[Mapping[int, float]], row_alone: Sequence[float], column_alone: Sequence[float]
) -> list[int | None]:
    """For each row the column it is joined to, or None, so that the whole costs least.

    ``costs[r]`` maps the columns that row ``r`` may have to what that costs; a row or column that stays alone costs
    its share of ``row_alone`` or ``column_alone``. Exact (shortest augmenting paths, the Hungarian method).

    >>> cheapest_pairs([{0: 1.0, 1: 2.0}, {0: 1.5}], [9, 9], [9, 9])
    [1, 0]
    >>> cheapest_pairs([{0: 5.0}], [1], [1])
    [None]
    """
    rows, columns = len(costs), len(column_alone)
    width = columns + rows
    table = [
        [0.0] + [row.get(c, math.inf) - column_alone[c] for c in range(columns)] + [math.inf] * rows for row in costs
    ]
    for r in range(rows):
        table[r][1 + columns + r] = row_alone[r]
    owner = _assign(table, width)
    found: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found


def _assign(table: list[list[float]], width: int) -> list[int]:
    """Each column's row (counted from 1, 0 for none); every row has at least its own column at a finite cost."""
    row_price = [0.0] * (len(table) + 1)
    column_price = [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(table) + 1):
        owner[0] = row
        way = _grow(table, row_price, column_price, owner, width)
        column = way.pop(-1)
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return owner


def _grow(
    table: list[list[float]], row_price: list[float], column_price: list[float], owner: list[int], width: int
) -> dict[int, int]:
    """Grow the tree of cheapest alternating paths from column 0 until it meets a free column, kept under key -1."""
    least = [math.inf] * (width + 1)
    used = [False] * (width + 1)
    way: dict[int, int] = {}
    column = 0
    while True:
        used[column] = True
        row, step, after = owner[column], math.inf, 0
        costs, price = table[row - 1], row_price[row]
        for c in range(1, width + 1):
            if used[c]:
                continue
            cost = costs[c] - price - column_price[c]
            if cost < least[c]:
                least[c], way[c] = cost, column
            if least[c] < step:
                step, after = least[c], c
        for c in range(width + 1):
            if used[c]:
                row_price[owner[c]] += step
                column_price[c] -= step
            else:
                least[c] -= step
        column = after
        if not owner[column]:
            way[-1] = column
            return way
