"""A unit that is rare for its indicator: 面积 in 个, where all others are in 亩 or 平方米."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.doubts.printed import Printed
from core.doubts.records import Doubt, Quote, doubt

_TAIL = 2
"""So many characters at the end of an indicator say what it is: 种植|面积, 平均|年龄."""
_LEAST_TAIL, _LEAST_WHOLE = 15, 8
"""In so many cases an end, or a whole indicator, has to be told before anything is rare for it."""
_USUAL, _RARE = 0.9, 0.06
_KEPT = 200
"""So many figures of one kind are kept for one end; what has more is not rare."""
_NO_DIMENSION = frozenset(("number", "rank"))
_TIMES = frozenset(("倍", "番"))
_HAN = re.compile("[\u4e00-\u9fff]{2}")


class _Kept(NamedTuple):
    target: tuple[str, str]
    said: str
    unit: str
    indicator: str
    quote: Quote


class Dimensions:
    """How often each kind of figure (count, money, area …) is told under an indicator, and under what it ends with."""

    def __init__(self) -> None:
        self._cases: dict[str, Counter[str]] = defaultdict(Counter)
        self._figures: dict[tuple[str, str], list[_Kept]] = defaultdict(list)
        self._units: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._told: set[tuple[str, str]] = set()

    def add(self, figures: Sequence[Printed]) -> None:
        """Count the figures of one case, each kind once under each indicator."""
        seen = set()
        for figure in figures:
            metric = figure.metric
            kind = "ratio" if metric.kind == "growth" else metric.kind
            if kind in _NO_DIMENSION or metric.unit in _TIMES or not metric.indicator:
                continue
            kept = _Kept(figure.target, figure.said, metric.unit, metric.indicator, figure.quote)
            for name in _names(metric.indicator):
                seen.add((name, kind))
                self._units[name, kind][metric.unit] += 1
                if len(self._figures[name, kind]) < _KEPT and metric.state != "checked":
                    self._figures[name, kind].append(kept)
        for name, kind in seen:
            self._cases[name][kind] += 1

    def groups(self) -> list[str]:
        """Return the indicators, and what they end with."""
        return [*self._cases]

    def doubts(self, name: str) -> Iterator[Doubt]:
        """Yield the figures of an indicator whose kind is rare for it, with a usual one, each figure once in all."""
        cases = self._cases[name]
        every = cases.total()
        usual, often = cases.most_common(1)[0]
        unit = self._units[name, usual].most_common(1)[0][0]
        if len(name) == _TAIL and name.endswith("数") and not name.startswith(unit):
            return  # the end of 中位数 and 床位数 is no word; that of 参会人数 is
        if every < (_LEAST_TAIL if len(name) == _TAIL else _LEAST_WHOLE) or often < _USUAL * every:
            return
        for kind, count in cases.items():
            for figure in self._figures[name, kind] if kind != usual and count <= max(1, _RARE * every) else ():
                if figure.target not in self._told:
                    self._told.add(figure.target)
                    example = next((f for f in self._figures[name, usual] if f.unit == unit), None)
                    yield _doubt(figure, name, unit, f"{often}/{every}", example)


def _names(indicator: str) -> Iterator[str]:
    """An indicator, and what it ends with."""
    tail = indicator[-_TAIL:]
    if _HAN.fullmatch(tail):
        yield tail
    if len(indicator) > _TAIL:
        yield indicator


def _doubt(figure: _Kept, name: str, unit: str, often: str, example: _Kept | None) -> Doubt:
    whose = "这个指标" if name == figure.indicator else f"「……{name}」"
    words = (
        f"「{figure.indicator}」是 {figure.said}，单位「{figure.unit}」少见：{whose}一般用「{unit}」一类（{often} 例）"
    )
    doubted = f"{figure.unit}|{figure.indicator}"
    quotes = [figure.quote, *([example.quote] if example else [])]
    return doubt("dimension", [figure.target], [doubted], words, quotes)
