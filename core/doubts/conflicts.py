"""Two figures of one indicator, place and time that cannot both be true: in one case, or in two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.doubts.changes import is_change
from core.doubts.moments import Moment, moment_of
from core.doubts.printed import AGES, Printed, without_numbers
from core.doubts.records import Doubt, Quote, doubt
from core.doubts.values import Range, range_of
from core.records import Metric

GUESSED = 0.6
"""Below this confidence the indicator was taken from the neighbourhood, not from the words at the figure."""
_ALIKE = 0.6
"""So much of their words two quotes share that say the same of the same."""
_MOST = 40
"""A figure is held against so many others at most."""
_LISTED = re.compile(r"[、和与及或×*xX—–~～-]?")
"""Between items of one list, which are of different things: 500人、600人, 235毫米×137毫米."""


def is_guessed(metric: Metric) -> bool:
    """Whether the indicator of a figure is a guess that no person has looked at."""
    return metric.confidence < GUESSED and metric.state != "checked"


def within(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield figures of one case under one indicator, subject and time that differ, where one of them is a guess.

    Where both are sure they are mostly items of a list that says more than the indicator does (名义, 实际).
    """
    groups: dict[tuple[str, ...], list[Printed]] = defaultdict(list)
    for figure in figures:
        metric = figure.metric
        if metric.indicator and metric.kind != "rank" and metric.unit not in AGES:
            groups[(metric.indicator, metric.unit, metric.subject, metric.period)].append(figure)
    for group in groups.values():
        for i, figure in enumerate(group):
            if is_guessed(figure.metric) and (other := _nearest_that_differs(group, i)):
                yield _doubt(figure, other)


def _nearest_that_differs(group: Sequence[Printed], i: int) -> Printed | None:
    """The figure of a group that another one contradicts, before it if there is one."""
    figure, mine = group[i], range_of(group[i].metric)
    for other in (*reversed(group[max(0, i - _MOST) : i]), *group[i + 1 : i + 1 + _MOST]):
        if not range_of(other.metric).meets(mine) and not _belong_together(other, figure):
            return other
    return None


def _belong_together(one: Printed, other: Printed) -> bool:
    """Whether two figures say from what to what, or are items of one list."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    listed = one.same_sentence(other) and _LISTED.fullmatch(first.up_to(last))
    return bool(listed) or is_change(first, last)


def _doubt(figure: Printed, other: Printed) -> Doubt:
    words = f"同一篇里，{_scope(figure.metric)}既是 {other.said}，又是 {figure.said}"
    pair = (other, figure)
    return doubt("conflict", [p.target for p in pair], [p.value for p in pair], words, [p.quote for p in pair], 0.3)


def _scope(metric: Metric) -> str:
    where = "，".join(x for x in (metric.subject, metric.period) if x)
    return f"「{metric.indicator}」" + (f"（{where}）" if where else "")


class _Kept(NamedTuple):
    """What is kept of a figure: no text but its quote; ``after`` the value that it changed from or is listed with."""

    range: Range
    target: tuple[str, str]
    value: str
    said: str
    quote: Quote
    after: str


class Across:
    """Figures by indicator, unit, subject and days: those that differ and are told in like words contradict."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, str, Moment], list[_Kept]] = defaultdict(list)

    def add(self, figures: Sequence[Printed]) -> None:
        """Keep what may be contradicted: figures of a named subject, at a plain time, whose indicator is no guess."""
        for before, figure in zip((None, *figures), figures, strict=False):
            metric = figure.metric
            if not metric.indicator or not metric.subject or metric.kind == "rank" or is_guessed(metric):
                continue
            if moment := moment_of(metric.period, figure.case.published):
                key = (metric.indicator, metric.unit, metric.subject, moment)
                after = before.value if before and _belong_together(before, figure) else ""
                kept = _Kept(range_of(metric), figure.target, figure.value, figure.said, figure.quote, after)
                self._groups[key].append(kept)

    def groups(self) -> list[tuple[str, str, str, Moment]]:
        """Return what is told: indicator, unit, subject and days."""
        return [*self._groups]

    def doubts(self, key: tuple[str, str, str, Moment]) -> Iterator[Doubt]:
        """Yield each figure under a key that contradicts one that was added before, with the first such.

        The same value in the same words counts as one, and no figure is held against more than ``_MOST`` others, so
        that an indicator that thousands of pages tell takes no longer for each of them.
        """
        indicator, _, subject, _ = key
        before: dict[tuple[str, str], _Kept] = {}
        for figure in self._groups[key]:
            other = next((other for other in before.values() if _contradict(figure, other)), None)
            if other:
                where = "两篇里" if other.target[0] != figure.target[0] else "同一篇里"
                words = f"{where}，「{indicator}」（{subject}，同一时间）既是 {other.said}，又是 {figure.said}"
                pair = (other, figure)
                values, quotes = [p.value for p in pair], [p.quote for p in pair]
                yield doubt("conflict", [p.target for p in pair], values, words, quotes, 0.9)
            if len(before) < _MOST:
                before.setdefault((figure.value, figure.quote.words), figure)


def _contradict(one: _Kept, other: _Kept) -> bool:
    bound = one.target[0] == other.target[0] and (one.after == other.value or other.after == one.value)
    if bound or one.range.meets(other.range):
        return False
    return _likeness(one.quote.words, other.quote.words) >= _ALIKE


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters that two texts have in common, numbers aside (Dice, 0–1)."""
    left, right = ({text[i : i + 2] for i in range(len(text) - 1)} for text in map(without_numbers, (one, other)))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
