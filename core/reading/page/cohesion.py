"""The likeness of pieces of a page: the rarer pairs of characters that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 1500


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters in a text (its first 1 500 characters).

    >>> sorted(pairs_of("共享社，共享"))
    ['享社', '共享']
    """
    return frozenset(chain.from_iterable([map(add, run, run[1:]) for run in _RUN.findall(text[:_LONGEST])]))


@dataclass(frozen=True, slots=True)
class _Group:
    """Some pieces together: their pairs that stand elsewhere on the page too, the weight and number of all pairs."""

    shared: frozenset[str]
    size: float
    length: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The pairs of some words, what each weighs and all together."""

    pairs: frozenset[str]
    weights: dict[str, float]
    whole: float


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
        self._groups: dict[tuple[int, ...], _Group] = {}
        self._wanted: dict[str, _Wanted] = {}

    def _group(self, pieces: tuple[int, ...]) -> _Group:
        """Return some pieces as one group, put together once."""
        found = self._groups.get(pieces)
        if found is None:
            shared = self._shared
            together = shared[pieces[0]] if len(pieces) == 1 else frozenset().union(*[shared[i] for i in pieces])
            size = math.fsum([self._sizes[i] for i in pieces])
            found = self._groups[pieces] = _Group(together, size, sum([len(self._pairs[i]) for i in pieces]))
        return found

    def length(self, pieces: tuple[int, ...]) -> int:
        """Return how many pairs some pieces have together."""
        return self._group(pieces).length

    def likeness(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        """Return how much two groups of pieces have in common, rare pairs above all: 0 nothing, 1 everything."""
        return _likeness(self._group(one), self._group(other), self._squares)

    def likeness_if_long(self, one: tuple[int, ...], other: tuple[int, ...], fewest: int) -> float | None:
        """Return the same; None where one side has so few pairs that they tell nothing."""
        left, right = self._group(one), self._group(other)
        if left.length < fewest or right.length < fewest:
            return None
        return _likeness(left, right, self._squares)

    def covered(self, words: str, pieces: Sequence[int]) -> float:
        """Return which share of the pairs of some words stands in some pieces, by weight: 0 to 1."""
        wanted = self._wanted.get(words)
        if wanted is None:
            weights = {p: self._weights.get(p, self._strange) + 0.1 for p in pairs_of(words)}
            wanted = self._wanted[words] = _Wanted(frozenset(weights), weights, math.fsum(weights.values()))
        given = wanted.pairs & self._pairs[pieces[0]] if len(pieces) == 1 else self._given(wanted, pieces)
        weights = wanted.weights
        return math.fsum([weights[p] for p in given]) / wanted.whole if given else 0.0

    def _given(self, wanted: _Wanted, pieces: Sequence[int]) -> set[str]:
        """The wanted pairs that stand in some pieces."""
        given: set[str] = set()
        for i in pieces:
            given |= wanted.pairs & self._pairs[i]
        return given


def _likeness(left: _Group, right: _Group, squares: dict[str, float]) -> float:
    both = left.shared & right.shared
    if not both or not left.size * right.size:
        return 0.0
    return math.fsum([squares[p] for p in both]) / math.sqrt(left.size * right.size)
