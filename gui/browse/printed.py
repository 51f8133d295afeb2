"""Where on the page of a case stands what was printed: readable paragraphs, and where each character was printed."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.records import Case, Metric, Span
from core.text.repair import Repaired, repair

LONGEST_STRETCH = 4000
Printed = tuple[int, int, tuple[Span, ...], int]
"""A run of the page (document positions, half open), the printed paragraph that it is of, and where in it it begins."""


MANY_FIGURES = 400
"""Where the figures of a case of more begin is kept."""


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the figures of a case begin in its source, in that order, each with its number; and the longest one."""

    metrics: Sequence[Metric]
    at: list[tuple[int, int]]
    longest: int


_KEPT: deque[Starts] = deque(maxlen=4)


def starts_of(metrics: Sequence[Metric]) -> Starts:
    """Return where the figures begin; of very many that is worked out once."""
    for kept in list(_KEPT):
        if kept.metrics is metrics:
            return kept
    spans = [(m.span or m.quote_span, i) for i, m in enumerate(metrics)]
    at = sorted((span.start, i) for span, i in spans if span is not None)
    starts = Starts(metrics, at, max((span.end - span.start for span, _ in spans if span is not None), default=0))
    if len(metrics) > MANY_FIGURES:
        _KEPT.append(starts)
    return starts


def prepare(case: Case, source: str) -> None:
    """Work out what setting a long case needs; done in another thread, so that the window need not."""
    starts_of(case.metrics)
    for spans in case.body_spans if source else ():
        repaired(source, spans)


def repaired(source: str, spans: tuple[Span, ...]) -> Repaired:
    """Return a printed paragraph as readable text; that of a long one is kept for the next time."""
    if sum(span.end - span.start for span in spans) > LONGEST_STRETCH:
        return _kept_repaired(source, spans)
    return repair(source, spans)


@lru_cache(maxsize=4)
def _kept_repaired(source: str, spans: tuple[Span, ...]) -> Repaired:
    return repair(source, spans)


def printed_between(source: str, runs: Iterable[Printed], start: int, end: int) -> tuple[int, int] | None:
    """Return the offsets of the first and last printed character between two positions of the page; None for none."""
    found: list[int] = []
    for first, last, spans, at in runs:
        a, b = max(start, first), min(end, last)
        if a < b:
            printed = repaired(source, spans)
            text = printed.text[at:]
            found += printed.offsets[at + points(text, a - first) : at + points(text, b - first)]
    return (found[0], found[-1]) if found else None


def units(text: str, at: int) -> int:
    """Qt counts in UTF-16 units, our spans in code points; they differ for rare characters such as 𠮷."""
    return at + bisect_left(_rare(text), at)


def points(text: str, units: int) -> int:
    """The other way round: how many code points the first UTF-16 units of a text are; 0 for none."""
    if units <= 0:
        return 0
    head = text[:units]
    return len(head.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


@lru_cache(maxsize=8)
def _rare(text: str) -> list[int]:
    """Where the characters stand that take two units."""
    return [at for at, c in enumerate(text) if c > "\uffff"]
