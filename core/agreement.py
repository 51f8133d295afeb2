"""How well reviewers agree who judged the same things: the share of pairs that are equal, and Krippendorff's alpha.

A unit is one thing that was judged (a field of a figure): the values that the reviewers gave it, None where one gave
none. Results are exact fractions; None where the values can say nothing.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), nominal data, any number of observers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

Unit = Sequence[Hashable | None]


def agreement(units: Iterable[Unit]) -> Fraction | None:
    """Return which share of all pairs of values given to the same unit are equal (0–1); None where there is no pair.

    >>> agreement([("对", "对"), ("对", "错"), ("错", None)])
    Fraction(1, 2)
    """
    counts = [*_pairable(units)]
    pairs = sum(count.total() * (count.total() - 1) for count in counts)
    equal = sum(n * (n - 1) for count in counts for n in count.values())
    return Fraction(equal, pairs) if pairs else None


def alpha(units: Iterable[Unit]) -> Fraction | None:
    """Return Krippendorff's alpha for nominal values: 1 where all agree, 0 where they agree as by chance, at least -1.

    A unit with fewer than two values counts for nothing. None where all values are one, or there are none: then there
    is nothing to tell apart.

    >>> float(alpha([("a", "a"), ("b", "b"), ("a", "b")]))
    0.4444444444444444
    """
    counts = [*_pairable(units)]
    totals = sum(counts, Counter[Hashable]())
    every = totals.total()
    observed = sum(
        (Fraction(count.total() ** 2 - _squares(count), count.total() - 1) for count in counts), start=Fraction(0)
    )
    expected = Fraction(every**2 - _squares(totals), every - 1) if every else Fraction(0)
    return 1 - observed / expected if expected else None


def _pairable(units: Iterable[Unit]) -> Iterable[Counter[Hashable]]:
    """How often each value was given to a unit, of the units that have two values or more."""
    counts = (Counter(value for value in unit if value is not None) for unit in units)
    return (count for count in counts if count.total() > 1)


def _squares(count: Counter[Hashable]) -> int:
    return sum(n * n for n in count.values())
