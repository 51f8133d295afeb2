"""Sums of small decision trees: what was learnt of lines and seams, as numbers in a file of our own."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Union

from core import compiled
from core.resources import shipped

if TYPE_CHECKING:
    from core.compiled import _compiled

PART = 20
"""Trees that are asked at once."""
OFTEN = 1000
"""From so many rows on, some pages, making a function of trees takes less time than it saves."""
_MOST = 30.0
_PLAINLY_NOT, _PLAINLY = -9.0, 12.0
"""Log-odds below which something is plainly not so; how far ahead of the next the first kind plainly is."""

Table = Union[list[list[float]], "_compiled.Rows"]
"""Rows of signs: a list of them, or compiled."""
_Sum = Callable[[Sequence[float]], float]
_Sums = Callable[[Sequence[float]], Sequence[float]]


class Trees:
    """A sum of trees over a row of signs.

    Trees lie in flat arrays: node ``n`` asks whether sign ``sign[n]`` is at most ``limit[n]`` and goes on to ``low[n]``
    or ``high[n]``; a negative number is a leaf.
    """

    def __init__(self, table: Mapping[str, Any], sums: type[_compiled.Sums] | None = compiled.Sums) -> None:
        self._roots = list(table["roots"])
        self._sign, self._limit = list(table["sign"]), list(table["limit"])
        self._low, self._high = list(table["low"]), list(table["high"])
        self._leaves = list(table["leaves"])
        self.table = self._roots, self._sign, self._limit, self._low, self._high, self._leaves
        self.parts = [self._roots[at : at + PART] for at in range(0, len(self._roots), PART)]
        self.sums = sums
        """What asks them faster where it could be compiled."""
        self._sums = _sums_of(sums, [self]) if sums else None
        self._whole: _Sum | None = self._sums.sum if self._sums else None
        self._asked = 0
        self.together: _Kinds | None = None
        """The sums of all kinds, of which this is the first."""

    def signs(self) -> frozenset[int]:
        """Return the numbers of the signs that are asked for."""
        return frozenset(self._sign)

    def part(self, number: int, row: Sequence[float]) -> float:
        """Return the sum of what one part of the trees says of a row."""
        sign, limit, low, high, leaves = self._sign, self._limit, self._low, self._high, self._leaves
        total = 0.0
        for n in self.parts[number]:
            while n >= 0:
                n = low[n] if row[sign[n]] <= limit[n] else high[n]
            total += leaves[~n]
        return total

    def chance(self, row: Sequence[float]) -> float:
        """Return the chance that a row is what was asked for, 0 to 1; what is plainly not is not asked to the end."""
        return _chance(self._whole(row) if self._whole else self._sum(row))

    def chances(self, rows: Table) -> list[float]:
        """Return the chance of each row."""
        if self._sums:
            return [*map(_chance, self._sums.each(rows))]
        return [*map(self.chance, rows if isinstance(rows, list) else rows.lists())]

    def _sum(self, row: Sequence[float]) -> float:
        self._asked += 1
        if self._asked >= OFTEN:
            self._whole = self._function()
        total = 0.0
        for number in range(len(self.parts)):
            total += self.part(number, row)
            if total < _PLAINLY_NOT:
                break
        return total

    def _function(self) -> _Sum:
        """Make the trees a function that adds the same numbers in the same order in a third of the time.

        What is plainly not so is not asked to the end.
        """
        asked: set[int] = set()
        body = ["    total = 0.0"]
        for number in range(len(self.parts)):
            body += self.written(number, asked)
            body += ["    total += part", f"    if total < {_PLAINLY_NOT}: return total"]
        function: _Sum = _made([*body, "    return total"], asked)
        return function

    def written(self, number: int, asked: set[int]) -> list[str]:
        """Return one part of the trees as lines of a function; the signs asked for are added to ``asked``."""
        return ["    part = 0.0", *[f"    part += {self._expression(root, asked)}" for root in self.parts[number]]]

    def _expression(self, n: int, asked: set[int]) -> str:
        """Write a node with all below it as an expression; the signs that it asks for are added to ``asked``."""
        if n < 0:
            return repr(float(self._leaves[~n]))
        sign = int(self._sign[n])
        asked.add(sign)
        low, high = self._expression(self._low[n], asked), self._expression(self._high[n], asked)
        return f"({low} if s{sign} <= {float(self._limit[n])!r} else {high})"


def _chance(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, total))))


def _sums_of(sums: type[_compiled.Sums], several: Sequence[Trees]) -> _compiled.Sums:
    """Several sums of trees as the compiled module asks them."""
    return sums([trees.table for trees in several], PART, _PLAINLY_NOT, _PLAINLY)


def _made(body: Sequence[str], asked: set[int]) -> Any:
    """A function of a row from the lines of its body, which name the signs asked for."""
    signs = "".join([f"s{n}, " if n in asked else "_, " for n in range(max(asked, default=0) + 1)])
    made: dict[str, Any] = {}
    exec("\n".join(["def function(row):", f"    {signs}*_ = row", *body]), made)  # numbers of our own file
    return made["function"]


class _Kinds:
    """Several sums of trees about the same rows, one a kind."""

    def __init__(self, sums: Sequence[Trees]) -> None:
        self._sums = sums
        self._totals = _sums_of(sums[0].sums, sums).totals if sums[0].sums else None
        self._function_of: list[_Sums | None] = [None] * len(sums[0].parts)
        self._asked = [0] * len(sums[0].parts)

    def chances(self, row: Sequence[float]) -> list[float]:
        """Return the chances of the kinds; a plain case is not asked to the end."""
        if self._totals:
            return shares(self._totals(row))
        totals = [0.0] * len(self._sums)
        for number, function in enumerate(self._function_of):
            parts = function(row) if function else self._parts(number, row)
            totals = [total + part for total, part in zip(totals, parts, strict=True)]
            first, second = sorted(totals)[-1:-3:-1]
            if first - second > _PLAINLY:
                break
        return shares(totals)

    def _parts(self, number: int, row: Sequence[float]) -> Sequence[float]:
        """What one part of each sum says of a row; asked often, all of them become one function."""
        self._asked[number] += 1
        if self._asked[number] >= OFTEN:
            self._function_of[number] = self._function(number)
        return [trees.part(number, row) for trees in self._sums]

    def _function(self, number: int) -> _Sums:
        asked: set[int] = set()
        body: list[str] = []
        for k, trees in enumerate(self._sums):
            body += [*trees.written(number, asked), f"    t{k} = part"]
        function: _Sums = _made([*body, f"    return {', '.join([f't{k}' for k in range(len(self._sums))])}"], asked)
        return function


def kinds_of(sums: Sequence[Trees], row: Sequence[float]) -> list[float]:
    """Return the chances of several kinds, one sum of trees a kind; a plain case is not asked to the end."""
    together = sums[0].together
    if together is None:
        together = sums[0].together = _Kinds(sums)
    return together.chances(row)


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
