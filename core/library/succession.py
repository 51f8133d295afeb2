"""A page read again: which old case goes on in which new article, and what of it stays as a person left it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from core import edit_tags
from core.records import Article, Case, Metric, Span

Spans = Sequence[Span]
FIELDS = {edit_tags.TITLE: "title", edit_tags.PLACE: "place", edit_tags.THEMES: "themes"}
"""Tags of edits of a page → the field of a case that they decide."""


@dataclass(frozen=True, slots=True)
class Old:
    """A case as it was read, and where its title is printed."""

    case: Case
    title: Spans

    def spans(self) -> Spans:
        """Return what it is known by again."""
        return _known_by(self.case, self.title)


def succeed(old: Sequence[Old], new: Sequence[tuple[Article, Case]]) -> list[Case]:
    """Return the new cases, each under the number and ids of the old one that it goes on with."""
    titles = ([o.title for o in old], [a.title_spans for a, _ in new])
    before = successors([o.spans() for o in old], [_known_by(c, a.title_spans) for a, c in new], titles)
    figures = Figures(o.case for o in old)
    out = []
    for n, (_, case) in enumerate(new):
        if n in before:
            case = _continued(old[before[n]].case, case)
        out.append(replace(case, metrics=tuple(map(figures.carried, case.metrics))))
    return out


def successors(
    old: Sequence[Spans], new: Sequence[Spans], titles: tuple[Sequence[Spans], Sequence[Spans]] = ((), ())
) -> dict[int, int]:
    """Number of a new article → of the old case that it goes on with.

    Of all pairs that share characters, those first that have the same printed title (a case that is cut keeps its name
    where its title is), then those that share most.

    >>> successors([[Span(0, 9)], [Span(9, 12)]], [[Span(9, 20)], [Span(0, 3)], [Span(3, 9)]])
    {2: 0, 0: 1}
    """
    owner = {at: i for i, spans in enumerate(old) for at in _characters(spans)}
    shared = Counter((n, owner[at]) for n, spans in enumerate(new) for at in _characters(spans) if at in owner)
    named = {(n, o) for o, a in enumerate(titles[0]) for n, b in enumerate(titles[1]) if a and list(a) == list(b)}
    out: dict[int, int] = {}
    for (n, o), _ in sorted(shared.items(), key=lambda pair: (pair[0] not in named, -pair[1], pair[0])):
        if n not in out and o not in out.values():
            out[n] = o
    return out


def decided_on(article: Article, edits: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the fields of an article that these edits decide."""
    paragraphs = (p.spans for p in article.paragraphs)
    spans = [*chain(*paragraphs, article.captions, article.title_spans, article.byline_spans)]
    return {FIELDS[e["do"]] for e in edits if e.get("do") in FIELDS and _inside(int(e["at"]), spans)}


def _characters(spans: Spans) -> Iterator[int]:
    return chain.from_iterable(range(span.start, span.end) for span in spans)


def _known_by(case: Case, title: Spans) -> Spans:
    """The body of a case; where it has none its captions, or its title."""
    return [*chain(*case.body_spans)] or case.captions or title


def _continued(old: Case, new: Case) -> Case:
    """A case as it is read now, under its old number and ids."""
    ids = {m.name: m.id for m in old.mechanisms}
    return replace(
        new,
        num=old.num,
        id=old.id,
        source_id=old.source_id,
        citations=(*new.citations[:1], *old.citations[1:]),
        mechanisms=tuple(replace(m, id=ids.pop(m.name, "")) for m in new.mechanisms),
    )


class Figures:
    """The figures of a page as they were read, each to be found again where it was printed."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._left: dict[Span, list[Metric]] = defaultdict(list)
        for metric in (m for case in cases for m in case.metrics):
            if metric.span:
                self._left[metric.span].append(metric)

    def carried(self, new: Metric) -> Metric:
        """Return a new figure with the id of the one that stood in the same place."""
        here = self._left.get(new.span) if new.span else None
        if not here:
            return new
        old = next((m for m in here if m.indicator == new.indicator), here[0])
        here.remove(old)
        return replace(new, id=old.id)


def _inside(at: int, spans: Spans) -> bool:
    return any(s.start <= at < s.end for s in spans)


def overlap(one: Span | None, other: Span | None) -> bool:
    """Return whether two spans share a character."""
    return one is not None and other is not None and one.start < other.end and other.start < one.end
