"""Sums of small decision trees: what was learnt of lines and seams, as numbers in a file of our own."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from core.resources import shipped

PART = 20
"""Trees that are asked at once."""
OFTEN = 1000
"""From so many rows on, some pages, making a function of trees takes less time than it saves."""
_MOST = 30.0
_PLAINLY_NOT, _PLAINLY = -9.0, 12.0
"""Log-odds below which something is plainly not so; how far ahead of the next the first kind plainly is."""

_Sum = Callable[[Sequence[float]], float]


class Trees:
    """A sum of trees over a row of signs.

    Trees lie in flat arrays: node ``n`` asks whether sign ``sign[n]`` is at most ``limit[n]`` and goes on to ``low[n]``
    or ``high[n]``; a negative number is a leaf.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._roots = list(table["roots"])
        self._sign, self._limit = list(table["sign"]), list(table["limit"])
        self._low, self._high = list(table["low"]), list(table["high"])
        self._leaves = list(table["leaves"])
        self.parts = [self._roots[at : at + PART] for at in range(0, len(self._roots), PART)]
        self._whole: _Sum | None = None
        self._function_of: list[_Sum | None] = [None] * len(self.parts)
        self._asked = [0] * (len(self.parts) + 1)
        """How often each part was asked, and all of them."""

    def signs(self) -> frozenset[int]:
        """Return the numbers of the signs that are asked for."""
        return frozenset(self._sign)

    def part(self, number: int, row: Sequence[float]) -> float:
        """Return the sum of what one part of the trees says of a row."""
        function = self._function_of[number]
        if function:
            return function(row)
        if self._is_asked_often(number):
            self._function_of[number] = self._function([number])
        return self._walk(number, row)

    def chance(self, row: Sequence[float]) -> float:
        """Return the chance that a row is what was asked for, 0 to 1; what is plainly not is not asked to the end."""
        total = self._whole(row) if self._whole else self._sum(row)
        return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, total))))

    def _sum(self, row: Sequence[float]) -> float:
        if self._is_asked_often(-1):
            self._whole = self._function(range(len(self.parts)))
        total = 0.0
        for number in range(len(self.parts)):
            total += self._walk(number, row)
            if total < _PLAINLY_NOT:
                break
        return total

    def _is_asked_often(self, number: int) -> bool:
        self._asked[number] += 1
        return self._asked[number] >= OFTEN

    def _walk(self, number: int, row: Sequence[float]) -> float:
        """Ask one part of the trees node by node."""
        sign, limit, low, high, leaves = self._sign, self._limit, self._low, self._high, self._leaves
        total = 0.0
        for n in self.parts[number]:
            while n >= 0:
                n = low[n] if row[sign[n]] <= limit[n] else high[n]
            total += leaves[~n]
        return total

    def _function(self, numbers: Sequence[int]) -> _Sum:
        """Make some parts of the trees a function that adds the same numbers in the same order in a third of the time.

        What is plainly not so is not asked to the end.
        """
        asked: set[int] = set()
        parts: list[str] = []
        for number in numbers:
            trees = [f"    part += {self._expression(root, asked)}" for root in self.parts[number]]
            parts += ["    part = 0.0", *trees, "    total += part", f"    if total < {_PLAINLY_NOT}: return total"]
        signs = "".join([f"s{n}, " if n in asked else "_, " for n in range(max(asked, default=0) + 1)])
        source = ["def function(row):", f"    {signs}*_ = row", "    total = 0.0", *parts, "    return total"]
        made: dict[str, Any] = {}
        exec("\n".join(source), made)  # numbers of our own file, written out by us
        function: _Sum = made["function"]
        return function

    def _expression(self, n: int, asked: set[int]) -> str:
        """Write a node with all below it as an expression; the signs that it asks for are added to ``asked``."""
        if n < 0:
            return repr(float(self._leaves[~n]))
        sign = int(self._sign[n])
        asked.add(sign)
        low, high = self._expression(self._low[n], asked), self._expression(self._high[n], asked)
        return f"({low} if s{sign} <= {float(self._limit[n])!r} else {high})"


def kinds_of(sums: Sequence[Trees], row: Sequence[float]) -> list[float]:
    """Return the chances of several kinds, one sum of trees a kind; a plain case is not asked to the end."""
    totals = [0.0] * len(sums)
    for number in range(len(sums[0].parts)):
        totals = [total + trees.part(number, row) for total, trees in zip(totals, sums, strict=True)]
        first, second = sorted(totals)[-1:-3:-1]
        if first - second > _PLAINLY:
            break
    return shares(totals)


def shares(scores: Sequence[float]) -> list[float]:
    """Return the chances of several kinds from their scores; they sum to 1.

    >>> shares([0.0, 0.0])
    [0.5, 0.5]
    """
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    whole = sum(weights)
    return [weight / whole for weight in weights]


@lru_cache(maxsize=1)
def learnt() -> dict[str, list[Trees]]:
    """Return what was learnt, by name: ``kinds`` (one sum of trees a kind), ``next``, ``joins`` …; read once."""
    tables = json.loads(shipped("resources", "order", "trees.json").read_text("utf-8"))
    return {name: [Trees(table) for table in several] for name, several in tables["sums"].items()}
