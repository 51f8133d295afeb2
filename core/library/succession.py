"""A page read again: which old case goes on in which new article, and what of it stays as a person left it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.records import Article, Case, Metric, Span

Spans = Sequence[Span]
FIELDS = {"SetTitle": "title", "SetPlace": "place", "SetThemes": "themes"}
"""Edits of a page → the field of a case that they decide."""


def successors(old: Sequence[Spans], new: Sequence[Spans]) -> dict[int, int]:
    """Number of a new article → of the old case that it goes on with: of all pairs those that share most characters."""
    owner = {at: i for i, spans in enumerate(old) for span in spans for at in range(span.start, span.end)}
    shared = Counter(
        (n, owner[at])
        for n, spans in enumerate(new)
        for span in spans
        for at in range(span.start, span.end)
        if at in owner
    )
    out: dict[int, int] = {}
    for (n, o), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if n not in out and o not in out.values():
            out[n] = o
    return out


def spans_of(body: Iterable[Spans], captions: Spans, title: Spans) -> Spans:
    """What an article is known by again: its body; where it has none its captions, or its title."""
    return [span for paragraph in body for span in paragraph] or captions or title


def decided_on(article: Article, edits: Sequence[Mapping[str, Any]]) -> set[str]:
    """The fields of an article that these edits decide."""
    paragraphs = [p.spans for p in article.paragraphs]
    everything = [
        s for spans in (*paragraphs, article.captions, article.title_spans, article.byline_spans) for s in spans
    ]
    found = [(FIELDS[e["do"]], int(e["at"])) for e in edits if e.get("do") in FIELDS]
    return {name for name, at in found if any(s.start <= at < s.end for s in everything)}


def continued(old: Case, new: Case, decided: Iterable[str]) -> Case:
    """A case as it is read now, under its old number and ids, with the fields that a person decided as they were."""
    ids = {m.name: m.id for m in old.mechanisms}
    kept = {name: getattr(old, name) for name in decided}
    return replace(
        new,
        num=old.num,
        id=old.id,
        state=old.state,
        mechanisms=tuple(replace(m, id=ids.pop(m.name, "")) for m in new.mechanisms),
        **kept,
    )


class Figures:
    """The figures of a page as they were, each to be found again where it was printed."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._left = [m for case in cases for m in case.metrics if m.span]

    def carried(self, metrics: Sequence[Metric]) -> list[Metric]:
        """New figures with the ids and states of those that stood in the same place.

        A figure that a person has judged stays whole, unless its printed words were corrected since.
        """
        return [self._carried(metric) for metric in metrics]

    def _carried(self, new: Metric) -> Metric:
        here = [m for m in self._left if m.span == new.span]
        if not here:
            return new
        old = next((m for m in here if m.indicator == new.indicator), here[0])
        self._left.remove(old)
        if old.state != "unchecked" and old.printed == new.printed:
            return old
        return replace(new, id=old.id, state=old.state)

    def kept(self, metrics: Sequence[Metric], within: Spans) -> tuple[Metric, ...]:
        """The figures, and those that a person has judged and that were not found again in these parts of the page.

        Call it when all figures of the page were carried over. What was found anew and overlaps a judged one gives way.
        """
        judged = [m for m in self._left if m.state != "unchecked" and m.span and _inside(m.span, within)]
        if not judged:
            return tuple(metrics)
        self._left = [m for m in self._left if m not in judged]
        fresh = [m for m in metrics if m.id or not any(_overlap(m.span, j.span) for j in judged)]
        return tuple(sorted([*fresh, *judged], key=lambda m: m.span.start if m.span else -1))


def _inside(span: Span, spans: Spans) -> bool:
    return any(s.start <= span.start < s.end for s in spans)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end
