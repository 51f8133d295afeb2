"""What pieces of a page say of some words: the rarer pairs of characters that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add

from core import compiled

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 1500
_MOST_TEXTS = 512
"""Texts that are remembered with their pairs: a page asks for them more than once."""


def plain_neighbours(text: str, most: int) -> frozenset[str]:
    """Return the pairs of Chinese characters that stand side by side among the first of a text."""
    return frozenset(chain.from_iterable([map(add, run, run[1:]) for run in _RUN.findall(text[:most])]))


_neighbours = compiled.neighbours or plain_neighbours


@lru_cache(maxsize=_MOST_TEXTS)
def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters in a text (its first 1 500 characters).

    >>> sorted(pairs_of("共享社，共享"))
    ['享社', '共享']
    """
    return _neighbours(text, _LONGEST)


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
        self._strange = math.log(whole)
        often = {n: math.log(whole / n) for n in {*count.values()}}
        self._weights = {pair: often[n] for pair, n in count.items() if n > 1}
        self._pairs = pairs
        self._wanted: dict[str, _Wanted] = {}

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
