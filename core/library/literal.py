"""Whether the words of a case's figures are printed where they point: quotes are literal, or they prove nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from core.library import corrections
from core.library.conform import FAULTS
from core.library.errors import LibraryError
from core.records import Case, Metric, Span
from core.text.repair import repair

_PART = 3
"""A quote that a column break cuts points to its longest part, which is no less than this share of it (a third)."""


class Proof(NamedTuple):
    """Of a case's figures: how many quotes are literal, how many point outside the text, the words of the others."""

    literal: int = 0
    outside: int = 0
    others: tuple[str, ...] = ()


def prove(db: sqlite3.Connection, case: Case, corrected: bool) -> Proof:
    """Hold each quote and each printed figure of a case against the text of its source.

    White space does not count, since the layout makes it. ``corrected``: whether the file keeps characters that a
    person put right under the tags that are known here.
    """
    figures = [m for m in case.metrics if m.span or m.quote_span]
    if not figures or not case.source_id:
        return Proof()
    row = db.execute("SELECT num, text FROM sources WHERE id = ?", (case.source_id,)).fetchone()
    if row is None:
        return Proof(outside=len(figures))
    num, text = int(row[0]), str(row[1])
    fixed = corrections.kept_of(db, num) if corrected else {}
    outside = [m for m in figures if not all(_is_inside(span, text) for span in (m.span, m.quote_span))]
    others = [m for m in figures if m not in outside and not _is_literal(m, text, fixed)]
    if others and corrected:
        with suppress(LibraryError, *FAULTS):  # a damaged row of the log proves nothing, and is told as such
            ever = corrections.ever(db, num)
            others = [m for m in others if not all(_was_at(*told, text, ever) for told in _told(m))]
    quotes = sum(m.quote_span is not None for m in figures if m not in outside and m not in others)
    return Proof(quotes, len(outside), tuple(m.quote or m.printed for m in others))


def _is_inside(span: Span | None, text: str) -> bool:
    return span is None or 0 <= span.start <= span.end <= len(text)


def _is_literal(metric: Metric, text: str, fixed: Mapping[int, str]) -> bool:
    return all(_is_at(words, span, text, fixed) for words, span in _told(metric))


def _told(metric: Metric) -> list[tuple[str, Span]]:
    told = ((metric.quote, metric.quote_span), (metric.printed, metric.span))
    return [(words, span) for words, span in told if span]


def _is_at(words: str, span: Span, text: str, fixed: Mapping[int, str]) -> bool:
    wanted = "".join(repair(words, (Span(0, len(words)),)).text.split())
    printed = "".join(repair(text, (span,), fixed).text.split())
    return printed == wanted or (printed in wanted and _PART * len(printed) >= len(wanted) > 0)


def _was_at(words: str, span: Span, text: str, ever: Mapping[int, set[str]]) -> bool:
    """Whether words stand in a place as it is printed, or as somebody put it right at some time: what a person decided
    keeps the words that it was decided on."""
    printed = repair(text, (span,))
    wanted = "".join(repair(words, (Span(0, len(words)),)).text.split())
    begun = {at: at for at in range(len(wanted) + 1)}
    """Where what was found so far ends in the words → the first place where it may begin."""
    for char, at in zip(printed.text, printed.offsets, strict=True):
        ways = {"".join(way.split()) for way in (char, *ever.get(at, ()))}
        further: dict[int, int] = {}
        for end, start in begun.items():
            for way in ways:
                if wanted.startswith(way, end):
                    further[end + len(way)] = min(start, further.get(end + len(way), start))
        begun = further
    longest = max((end - start for end, start in begun.items()), default=-1)
    return longest == len(wanted) or _PART * longest >= len(wanted) > 0
