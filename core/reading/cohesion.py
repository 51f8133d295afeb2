"""How much two pieces of a page talk of the same thing: the rarer pairs of characters that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 1500


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters in a text (its first 1 500 characters).

    >>> sorted(pairs_of("共享社，共享"))
    ['享社', '共享']
    """
    return frozenset(chain.from_iterable([map(add, run, run[1:]) for run in _RUN.findall(text[:_LONGEST])]))


class Cohesion:
    """The pairs of every piece of a page, and in how many pieces each pair stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        pairs = [pairs_of(text) for text in texts]
        count = Counter(chain.from_iterable(pairs))
        whole = max(2, len(texts))
        by_count = {n: math.log(whole / n) for n in set(count.values())}
        self._strange = math.log(whole)
        self._weights = {pair: by_count[n] for pair, n in count.items() if n > 1}
        self._squares = {pair: weight**2 for pair, weight in self._weights.items()}
        self._shared = [piece & self._weights.keys() for piece in pairs]
        self._sizes = [
            sum([self._squares[p] for p in shared]) + (len(piece) - len(shared)) * self._strange**2
            for piece, shared in zip(pairs, self._shared, strict=True)
        ]
        self._pairs = pairs
        self._groups: dict[tuple[int, ...], frozenset[str]] = {}

    def _together(self, pieces: tuple[int, ...]) -> frozenset[str]:
        """The pairs of some pieces that stand elsewhere on the page too."""
        if len(pieces) == 1:
            return self._shared[pieces[0]]
        if pieces not in self._groups:
            self._groups[pieces] = frozenset().union(*(self._shared[i] for i in pieces))
        return self._groups[pieces]

    def length(self, pieces: Iterable[int]) -> int:
        """How many pairs some pieces have together."""
        return sum([len(self._pairs[i]) for i in pieces])

    def likeness(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        """How much two groups of pieces have in common, rare pairs above all: 0 nothing, 1 everything."""
        size = math.sqrt(self._size(one) * self._size(other))
        squares = self._squares
        return sum([squares[p] for p in self._together(one) & self._together(other)]) / size if size else 0.0

    def _size(self, pieces: tuple[int, ...]) -> float:
        sizes = self._sizes
        return sizes[pieces[0]] if len(pieces) == 1 else sum([sizes[i] for i in pieces])

    def covered(self, words: str, pieces: Iterable[int]) -> float:
        """Which share of the pairs of some words stands in some pieces, by weight: 0 to 1."""
        wanted = pairs_of(words)
        weights, strange = self._weights, self._strange
        whole = sum(weights.get(p, strange) + 0.1 for p in wanted)
        given = {p for i in pieces for p in wanted & self._pairs[i]}
        return sum(weights.get(p, strange) + 0.1 for p in given) / whole if whole else 0.0
