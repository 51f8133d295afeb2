"""From one value to another: two figures that the same words bind, at one time; growth that does not fit them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.doubts.moments import moment_of
from core.doubts.printed import Printed
from core.doubts.records import Doubt, doubt
from core.doubts.values import Range, range_of

# 从|28.8%下降到, 由|2小时提高到
_FROM = re.compile("(?:从|由|将)[^，。；]*$")
_TO = re.compile(r"[^，。；、\d]{0,12}[到至成为][^，。；、\d]{0,8}")
_NOW = frozenset("目前 现在 如今 眼下 当前 截至目前 迄今 至今".split())
# |，增长, |，累计下降, |，降幅达
_BY = re.compile(
    r"[左右以上的多余）)]*[，,；]?(?:累计|总共|共|净|实际|同比|总体)?"
    r"(?P<verb>增长|增加|提高|提升|上升|上涨|增幅|涨幅|下降|降低|减少|降幅|缩短|压缩|压减|下跌|跌幅)(?:率|幅度)?[了达为约近超过到高]*"
)
_DOWN = frozenset("下降 降低 减少 降幅 缩短 压缩 压减 下跌 跌幅".split())


def is_change(one: Printed, other: Printed) -> bool:
    """Whether a figure goes over into another in the same sentence: 从28.8%下降到7.9%, 由2小时提高到6小时."""
    if not one.same_sentence(other) or one.end > other.start or one.metric.unit != other.metric.unit:
        return False
    return bool(_FROM.search(one.head)) and _TO.fullmatch(one.up_to(other)) is not None


def same_time(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield the value before a change and the one after it where both are said to be of one and the same time."""
    for one, other in pairwise(figures):
        a, b = one.metric, other.metric
        alike = (a.indicator, a.subject, a.period) == (b.indicator, b.subject, b.period)
        if not alike or not a.indicator or not is_change(one, other) or range_of(a).meets(range_of(b)):
            continue
        if a.period in _NOW or moment_of(a.period, one.case.published):
            words = f"「{a.indicator}」从 {one.said} 到 {other.said}，两个数都写成「{a.period}」的"
            pair = (one, other)
            doubted = [f"{p.value}|{p.metric.period}" for p in pair]
            yield doubt("change", [p.target for p in pair], doubted, words, [p.quote for p in pair])


def growth(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield growth that does not come out of the two values right before it, whatever their rounding."""
    for one, other, by in zip(figures, figures[1:], figures[2:], strict=False):
        if not is_change(one, other) or not other.same_sentence(by):
            continue
        said = _BY.fullmatch(other.up_to(by))
        fits = said and _fits(one, other, by, said["verb"] in _DOWN)
        if fits is False:
            words = f"「{one.metric.indicator}」从 {one.said} 到 {other.said}，与「{by.said}」的增减不合"
            three = (one, other, by)
            yield doubt("growth", [p.target for p in three], [p.value for p in three], words, [p.quote for p in three])


def _fits(one: Printed, other: Printed, by: Printed, down: bool) -> bool | None:
    """Whether a change is of the printed size; None where its unit cannot be compared."""
    a, b, size = (range_of(p.metric) for p in (one, other, by))
    unit = by.metric.unit
    less, more = (b, a) if down else (a, b)
    difference = Range(more.low - less.high, more.high - less.low)
    if (unit == one.metric.unit and unit != "%") or (unit == "百分点" and one.metric.unit == "%"):
        return difference.meets(size)
    if a.low <= 0:
        return None
    shares = Range(difference.low / (a.high if difference.low > 0 else a.low), difference.high / a.low)
    if unit == "%":
        points = one.metric.unit == "%" and difference.meets(size)
        return points or Range(shares.low * 100, shares.high * 100).meets(size)
    if unit == "倍" and not down:
        return shares.meets(size) or Range(shares.low + 1, shares.high + 1).meets(size)
    if unit == "番" and not down:
        times = Range(*(Decimal(2) ** end for end in size))
        return Range(shares.low + 1, shares.high + 1).meets(times)
    return None
