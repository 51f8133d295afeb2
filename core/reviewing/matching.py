"""A figure as it was read beside the words that were printed, part by part, so that confirming it is comparing.

The printed words are read once more by themselves: what comes out of them has nothing from the figure that is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.reading.figures.find import Figure, find_figures
from core.records import APPROX_WORDS, Metric
from core.writing.figure_text import grouped

Part = Literal["value", "unit", "approx", "indicator", "period", "subject"]
PART_WORDS: dict[Part, str] = {
    "value": "数值",
    "unit": "单位",
    "approx": "约数",
    "indicator": "指标",
    "period": "时间",
    "subject": "谁的",
}
ENOUGH = 0.5
"""An indicator of which so many characters stand in the sentence is told there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A part of a figure: as read, and as printed (empty where the sentence does not say it).

    ``printed`` is empty, too, where only most of an indicator's characters stand there. ``agrees`` is False where the
    printed words say something else, None where they say nothing about it.
    """

    part: Part
    read: str
    printed: str
    agrees: bool | None


def compare(metric: Metric, sentence: str = "") -> tuple[Compared, ...]:
    """Return each part of a figure beside its print; ``sentence`` are printed words around the quote, where known."""
    around = f"{metric.quote}\n{sentence}"
    printed = _printed(metric)
    return (
        *_number(metric, printed),
        _told("indicator", metric.indicator, _has_most(metric.indicator, around), metric.indicator in around),
        _told("period", metric.period, _has(metric.period, around)),
        _told("subject", metric.subject, _has(metric.subject, around)),
    )


def disagreements(compared: Sequence[Compared]) -> list[Compared]:
    """Return the parts whose print says something else."""
    return [one for one in compared if one.agrees is False]


def _printed(metric: Metric) -> Figure | None:
    """The figure that the printed words hold: the one at the place of its printed form, read anew."""
    words = metric.quote if metric.printed and metric.printed in metric.quote else metric.printed
    at = words.find(metric.printed)
    if not words or at < 0:
        return None
    end = at + len(metric.printed)
    there = [f for f in find_figures(words) if f.start < end and f.end > at]
    same = [f for f in there if (f.value, f.value_max) == (metric.value, metric.value_max)]
    return max(same or there, key=lambda f: min(f.end, end) - max(f.start, at), default=None)


def _number(metric: Metric, printed: Figure | None) -> tuple[Compared, Compared, Compared]:
    read, approx = _value_text(metric.value, metric.value_max, metric.unit), APPROX_WORDS[metric.approx]
    if printed is None:
        nothing: bool | None = None
        return (
            Compared("value", read, metric.printed, nothing),
            Compared("unit", metric.unit, "", nothing),
            Compared("approx", approx, "", nothing),
        )
    value = (printed.value, printed.value_max) == (metric.value, metric.value_max)
    shown = metric.printed if value else _value_text(printed.value, printed.value_max, printed.unit)
    return (
        Compared("value", read, shown, value),
        Compared("unit", metric.unit, printed.unit, _same_unit(metric.unit, printed.unit)),
        Compared("approx", approx, APPROX_WORDS[printed.approx], printed.approx == metric.approx),
    )


def _same_unit(read: str, printed: str) -> bool | None:
    """A unit by another (毫克/千克) of which only the first stands in the figure is neither confirmed nor refuted."""
    return None if "/" in read and read.partition("/")[0] == printed else read == printed


def _value_text(low: Decimal, high: Decimal | None, unit: str) -> str:
    """A value without its approximation, in groups of three digits."""
    return grouped(low, unit) + ("" if high is None else f"–{grouped(high, unit)}")


def _told(part: Part, read: str, stands: bool, literally: bool = True) -> Compared:
    return Compared(part, read, read if stands and literally else "", True if stands else None)


def _has(words: str, text: str) -> bool:
    return bool(words) and words in text


def _has_most(words: str, text: str) -> bool:
    """Whether most characters of some words stand in a text: an indicator is put together from its sentence."""
    kept = [c for c in words if c.isalnum()]
    return bool(kept) and sum(c in text for c in kept) >= ENOUGH * len(kept)
