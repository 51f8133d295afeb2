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
    """A case as it was, where its title is printed, and the fields that a person set."""

    case: Case
    title: Spans
    decided: frozenset[str]

    def spans(self) -> Spans:
        """Return what it is known by again."""
        return _known_by(self.case, self.title)


def succeed(old: Sequence[Old], new: Sequence[tuple[Article, Case]], fresh: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Return the new cases, each with what stays of the old one that it goes on with (whose number it takes over).

    ``fresh`` are edits made since the old cases were read: a person's last word.
    """
    titles = ([o.title for o in old], [a.title_spans for a, _ in new])
    before = successors([o.spans() for o in old], [_known_by(c, a.title_spans) for a, c in new], titles)
    figures = Figures(o.case for o in old)
    out = []
    for n, (article, case) in enumerate(new):
        if n in before:
            was = old[before[n]]
            case = _continued(was.case, case, was.decided & set(FIELDS.values()) - decided_on(article, fresh))
        out.append(replace(case, metrics=tuple(map(figures.carried, case.metrics))))
    return [replace(case, metrics=figures.kept(case.metrics, _everything(case))) for case in out]


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


def _everything(case: Case) -> Spans:
    return [*chain(*case.body_spans, case.captions)]


def _continued(old: Case, new: Case, decided: Iterable[str]) -> Case:
    """A case as it is read now, under its old number and ids, with the fields that a person decided as they were."""
    ids = {m.name: m.id for m in old.mechanisms}
    return replace(
        new,
        num=old.num,
        id=old.id,
        source_id=old.source_id,
        state=old.state,
        citations=(*new.citations[:1], *old.citations[1:]),
        mechanisms=tuple(replace(m, id=ids.pop(m.name, "")) for m in new.mechanisms),
        **{name: getattr(old, name) for name in decided},
    )


class Figures:
    """The figures of a page as they were, each to be found again where it was printed."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._left: dict[Span, list[Metric]] = defaultdict(list)
        for metric in (m for case in cases for m in case.metrics):
            if metric.span:
                self._left[metric.span].append(metric)

    def carried(self, new: Metric) -> Metric:
        """Return a new figure with the id and state of the one that stood in the same place.

        One that a person has judged stays whole, unless its printed words were corrected since.
        """
        here = self._left.get(new.span) if new.span else None
        if not here:
            return new
        old = next((m for m in here if m.indicator == new.indicator), here[0])
        here.remove(old)
        if old.state != "unchecked" and old.printed == new.printed:
            return old
        return replace(new, id=old.id, state=old.state)

    def kept(self, metrics: Sequence[Metric], within: Spans) -> tuple[Metric, ...]:
        """Return the figures, and those that a person has judged and that were not found again in these parts.

        Call it when all figures of the page were carried over. What was found anew and overlaps a judged one gives way.
        """
        left = chain.from_iterable(here for span, here in self._left.items() if here and _inside(span.start, within))
        judged = [m for m in left if m.state != "unchecked"]
        if not judged:
            return tuple(metrics)
        for span in {m.span for m in judged if m.span}:
            del self._left[span]
        fresh = [m for m in metrics if m.id or not any(_overlap(m.span, j.span) for j in judged)]
        return tuple(sorted([*fresh, *judged], key=lambda m: m.span.start if m.span else -1))


def _inside(at: int, spans: Spans) -> bool:
    return any(s.start <= at < s.end for s in spans)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end
