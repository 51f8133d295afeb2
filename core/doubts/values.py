"""What a printed figure may truly be: 近4.5万 is not 45000 sharp, and 40.2亿 may be 40.24亿."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from core.records import Approx, Metric

_SCALES = {
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_NUMBER = re.compile(r"\d[\d,，]*(?:[.．](?P<part>\d+))?\s*(?P<scale>万亿|[十百千]?亿|[十百千]?万|千|百)?")
# How far a figure with such a word may be from the value that is printed, as factors of it.
_REACH: dict[Approx, tuple[Decimal, Decimal]] = {
    "exact": (Decimal(1), Decimal(1)),
    "over": (Decimal(1), Decimal("1.3")),
    "about": (Decimal("0.85"), Decimal("1.15")),
    "nearly": (Decimal("0.8"), Decimal(1)),
    "under": (Decimal(0), Decimal(1)),
}


class Range(NamedTuple):
    """The least and the largest value that a figure may have."""

    low: Decimal
    high: Decimal

    def meets(self, other: Range) -> bool:
        """Whether both may be the same value."""
        return self.low <= other.high and other.low <= self.high


def range_of(metric: Metric) -> Range:
    """Return what a figure may be by the digits and the approximation that are printed, in its unit.

    >>> found = range_of(Metric("产值", Decimal(4_020_000_000), "元", printed="40.2亿元"))
    >>> int(found.low), int(found.high)
    (4015000000, 4025000000)
    """
    half = step_of(metric) / 2
    down, up = _REACH[metric.approx]
    last = metric.value if metric.value_max is None else metric.value_max
    ends = (metric.value * down, metric.value * up, last * down, last * up)
    return Range(min(ends) - half, max(ends) + half)


def step_of(metric: Metric) -> Decimal:
    """Return what the last printed digit counts: 10 000 000 of 40.2亿, 1 of 516; of 两万, which has none, 10 000."""
    found = [*_NUMBER.finditer(metric.printed)]
    if not found:
        return _power_within(metric.value)
    last = found[-1]
    return Decimal(1).scaleb(_SCALES.get(last["scale"] or "", 0) - len(last["part"] or ""))


def _power_within(value: Decimal) -> Decimal:
    """The largest power of ten that divides a whole number; 1 for any other."""
    power = Decimal(1)
    while value and value % (power * 10) == 0:
        power *= 10
    return power
