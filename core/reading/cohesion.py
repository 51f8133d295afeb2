"""How much two pieces of a page talk of the same thing: the rarer pairs of characters that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 1500


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters in a text (its first 1 500 characters).

    >>> sorted(pairs_of("共享社，共享"))
    ['享社', '共享']
    """
    return frozenset(run[i : i + 2] for run in _RUN.findall(text[:_LONGEST]) for i in range(len(run) - 1))


class Cohesion:
    """The pairs of every piece of a page, and in how many pieces each pair stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._pairs = [pairs_of(text) for text in texts]
        self._count = Counter(pair for pairs in self._pairs for pair in pairs)
        self._pieces = max(2, len(texts))

    def weight(self, pair: str) -> float:
        """How telling a pair is on this page: nothing where most pieces have it."""
        return math.log(self._pieces / self._count[pair]) if self._count[pair] else math.log(self._pieces)

    def pairs(self, pieces: Iterable[int]) -> frozenset[str]:
        """All pairs of some pieces, by their numbers."""
        return frozenset().union(*(self._pairs[i] for i in pieces))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The cosine of two sets of pairs, weighted by how telling each pair is: 0 to 1."""
        if not one or not other:
            return 0.0
        shared = sum(self.weight(p) ** 2 for p in one & other)
        size = math.sqrt(sum(self.weight(p) ** 2 for p in one) * sum(self.weight(p) ** 2 for p in other))
        return shared / size if size else 0.0

    def covered(self, title: str, pieces: Iterable[int]) -> float:
        """Which share of a title's pairs stands in some pieces, by weight: 0 to 1."""
        wanted = pairs_of(title)
        return self.covered_pairs(wanted, self.pairs(pieces))

    def covered_pairs(self, wanted: frozenset[str], given: frozenset[str]) -> float:
        whole = sum(self.weight(p) + 0.1 for p in wanted)
        return sum(self.weight(p) + 0.1 for p in wanted & given) / whole if whole else 0.0
