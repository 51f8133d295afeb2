"""How much the lines of a page have in common: the pairs of characters that few others use, here and in the press."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from core import compiled
from core.reading.page.ngrams import CompiledNGrams, NGrams

if TYPE_CHECKING:
    from core.compiled import _compiled

_MOST_LINES = 24
"""A pair that stands in more lines of a page tells nothing there."""


class Likeness:
    """The likeness of every two lines of a page, from an index of the pairs that stand in several of them."""

    def __init__(self, pairs: Sequence[frozenset[str]], grams: NGrams) -> None:
        count = Counter(chain.from_iterable(pairs))
        tells, most = _telling(len(pairs))
        lines: dict[str, list[int]] = {pair: [] for pair, n in count.items() if 1 < n <= _MOST_LINES}
        for i, own in enumerate(pairs):
            for pair in own & lines.keys():
                lines[pair].append(i)
        self._shared: list[dict[int, float]] = [{} for _ in pairs]
        shared = self._shared
        for pair, places in lines.items():
            weight = rarity(pair, grams) * tells[len(places)] / most
            for n, i in enumerate(places, 1):
                row = shared[i]
                for k in places[n:]:
                    row[k] = shared[k][i] = row.get(k, 0.0) + weight
        self.sizes = [float(len(own)) for own in pairs]

    def between(self, a: int, b: int) -> float:
        """Return the likeness of two lines."""
        found = self._shared[a].get(b)
        return found / math.sqrt(max(8.0, self.sizes[a]) * max(8.0, self.sizes[b])) if found else 0.0

    def together(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Return the likeness of two groups of lines: the weight of what they share, by their sizes."""
        total = 0.0
        for a in left:
            row = self._shared[a]
            for b in right:
                total += row.get(b, 0.0)
        if not total:
            return 0.0
        one, other = sum([self.sizes[a] for a in left]), sum([self.sizes[b] for b in right])
        return total / math.sqrt(max(8.0, one) * max(8.0, other))

    def row(self, a: int) -> dict[int, float]:
        """Return the weight of what a line shares with each other line that it shares something with."""
        return self._shared[a]


class CompiledLikeness(Likeness):
    """The same, asked of the compiled module."""

    def __init__(self, pairs: Sequence[frozenset[str]], grams: _compiled.Grams, likes: type[_compiled.Likes]) -> None:
        self.likes = likes([*pairs], grams, *_telling(len(pairs)))
        self.sizes = self.likes.sizes()

    def between(self, a: int, b: int) -> float:
        return self.likes.between(a, b)

    def together(self, left: Sequence[int], right: Sequence[int]) -> float:
        return self.likes.together(left, right)

    def row(self, a: int) -> dict[int, float]:
        return self.likes.row(a)


def likeness_of(pairs: Sequence[frozenset[str]], grams: NGrams) -> Likeness:
    """Return the likeness of the lines of a page, by the pairs of characters of each."""
    if compiled.Likes and isinstance(grams, CompiledNGrams):
        return CompiledLikeness(pairs, grams.grams, compiled.Likes)
    return Likeness(pairs, grams)


def _telling(count: int) -> tuple[list[float], float]:
    """How much a pair tells that stands in so many lines of a page, and the most that one can."""
    whole = max(2, count)
    return [0.0, *[math.log(whole / n) for n in range(1, _MOST_LINES + 1)]], math.log(whole)


def rarity(pair: str, grams: NGrams) -> float:
    """Return how rare a pair of characters is in the press: 0 the commonest, about 1 the rarest."""
    return 1.0 - max(0.0, grams.seen(pair)) / 13.0
