"""Figures of which it is not sure what they measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.doubts.conflicts import is_guessed
from core.doubts.printed import AGES, Printed
from core.doubts.records import Doubt, doubt

_LEAST = 0.35
"""At or below this confidence no indicator was read."""


def unnamed(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield figures without an indicator, and those whose guessed indicator stands nowhere in their quote."""
    for figure in figures:
        metric = figure.metric
        if metric.state == "checked" or metric.unit in AGES:
            continue
        if not metric.indicator:
            yield _doubt(figure, f"没有读出 {figure.said} 是什么的数", 0.9)
        elif metric.unit and is_guessed(metric) and not _is_in(metric.indicator, metric.quote):
            yield _doubt(figure, f"{figure.said} 的指标「{metric.indicator}」不在它的原话里，是从邻近的话推得的", 0.1)


def _doubt(figure: Printed, words: str, sure: float) -> Doubt:
    doubted = f"{figure.value}|{figure.metric.indicator}"
    return doubt("unnamed", [figure.target], [doubted], words, [figure.quote], sure)


def _is_in(indicator: str, quote: str) -> bool:
    """Whether two characters of an indicator that follow one another, its last aside, stand in a quote."""
    return any(indicator[i : i + 2] in quote for i in range(max(1, len(indicator) - 2)))
