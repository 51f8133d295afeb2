"""What was printed of a case as one readable text: a person points at words in it, and they become a quote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.records import Case, Metric, Span
from core.text.repair import Repaired, repair

_SAME_PLACE = 12
"""Characters of layout that may part what stands in one place, as for a figure that was read."""
AROUND = 10_000
"""So many characters before and behind a place are shown of a text that is longer than both."""
_BEFORE = 3
"""So many paragraphs before are read with one, since a figure may lean on the day that they name."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that a person pointed at (one line), where they stand in the text (half open), and in the source."""

    text: str
    start: int
    end: int
    span: Span | None = None


class Words:
    """The paragraphs and captions of a case, a line each; without a source our own words of it, printed nowhere."""

    def __init__(self, case: Case, source: str) -> None:
        self.place = case.place
        self._take([*(_printed(case, source) if source else _own_words(case))])

    def around(self, at: int) -> Words:
        """Return the part of a long text that stands around a place of it; a short one as it is."""
        if len(self.text) <= 2 * AROUND:
            return self
        pieces = self._pieces(max(0, at - AROUND), at + AROUND)
        near = copy(self)
        near._take([_part(self.paragraphs[i], a, b) for i, a, b in pieces])
        return near

    def _take(self, paragraphs: list[Repaired]) -> None:
        self.paragraphs = paragraphs
        starts = [0]
        for paragraph in self.paragraphs:
            starts.append(starts[-1] + len(paragraph.text) + 1)
        self._starts = starts[:-1]
        self.text = "\n".join(paragraph.text for paragraph in self.paragraphs)

    def quoted(self, start: int, end: int) -> Quoted | None:
        """Return the words between two places of the text, the longest piece where paragraphs part them.

        Blanks at their ends are left out; None where nothing else is there.
        """
        found = max(self._pieces(start, end), key=lambda piece: piece[2] - piece[1], default=None)
        if found is None:
            return None
        at, a, b = found
        words = self.paragraphs[at].text[a:b]
        a, b = a + len(words) - len(words.lstrip()), b - len(words) + len(words.rstrip())
        if a >= b:
            return None
        start = self._starts[at] + a
        return Quoted(words.strip(), start, start + b - a, self._span(at, a, b))

    def find(self, words: str, line: str = "") -> Quoted | None:
        """Return where words stand for the first time, in that line of the text if it has it; None for nowhere."""
        begin = max(self.text.find(line), 0) if words in line else 0
        at = self.text.find(words, begin) if words and "\n" not in words else -1
        return self.quoted(at, at + len(words)) if at >= 0 else None

    def place_of(self, span: Span | None) -> tuple[int, int] | None:
        """Return where a printed span stands in the text (half open); None when it is not in it."""
        if span is None:
            return None
        for start, paragraph in zip(self._starts, self.paragraphs, strict=True):
            if found := paragraph.place_of(span):
                return start + found[0], start + found[1]
        return None

    def place_between(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the text from the character printed at one offset of the source to that printed at another."""
        begin, end = self.place_of(Span(first, first + 1)), self.place_of(Span(last, last + 1))
        return (min(begin[0], end[0]), max(begin[1], end[1])) if begin and end else None

    def figures(self, start: int, end: int) -> list[Metric]:
        """Return the figures that the reader finds in the words between two places, in printed order."""
        from core.reading.facts.metrics import find_metrics

        out: list[Metric] = []
        for at, a, b in self._pieces(start, end):
            some = [_with_offsets(p) for p in self.paragraphs[max(0, at - _BEFORE) : at + 1]]
            there = some[-1]
            chosen = {there.offsets[i] for i in range(a, b)}
            read = find_metrics(some, place=self.place)
            out += [m for m in read if m.span and not chosen.isdisjoint(range(m.span.start, m.span.end))]
        out = [*{m.span: m for m in out}.values()]
        out = out or self._bare(start, end)
        return [m if self.paragraphs[0].offsets else replace(m, span=None, quote_span=None) for m in out]

    def _bare(self, start: int, end: int) -> list[Metric]:
        """The quantities in the words themselves, where the reader takes none of them for a figure of a case."""
        from core.reading.figures.find import find_figures

        out = []
        for at, a, b in self._pieces(start, end):
            words = self.paragraphs[at].text[a:b]
            for f in find_figures(words):
                metric = Metric("", Decimal(f.value), f.unit, f.value_max, f.approx, kind=f.kind, printed=f.printed)
                span, around = self._span(at, a + f.start, a + f.end), self._span(at, a, b)
                out.append(replace(metric, quote=words, span=span, quote_span=around))
        return out

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The paragraphs that two places of the text touch, and which part of each lies between them."""
        first = max(0, bisect_right(self._starts, start) - 1)
        out = []
        for at in range(first, len(self.paragraphs)):
            begin = self._starts[at]
            a, b = max(start - begin, 0), min(end - begin, len(self.paragraphs[at].text))
            if begin >= end:
                break
            if a < b:
                out.append((at, a, b))
        return out

    def _span(self, at: int, a: int, b: int) -> Span | None:
        runs = self.paragraphs[at].spans(a, b, _SAME_PLACE) if self.paragraphs[at].offsets else []
        return max(runs, key=lambda run: run.end - run.start, default=None)


def _printed(case: Case, source: str) -> Iterable[Repaired]:
    """What was printed of it; of a case without a body, the lines of its excerpt."""
    spans: Sequence[tuple[Span, ...]] = [*case.body_spans, *((span,) for span in case.captions)]
    if not spans:
        at, spans = 0, []
        for line in source.split("\n"):
            spans.append((Span(at, at + len(line)),))
            at += len(line) + 1
    return filter(lambda paragraph: paragraph.text, (repair(source, some) for some in spans))


def _own_words(case: Case) -> Iterable[Repaired]:
    texts = [*case.body, case.summary, case.background, case.practice, case.result]
    return [Repaired(line, ()) for text in texts for line in text.split("\n") if line.strip()]


def _part(paragraph: Repaired, start: int, end: int) -> Repaired:
    return Repaired(paragraph.text[start:end], paragraph.offsets[start:end])


def _with_offsets(paragraph: Repaired) -> Repaired:
    """A text that is printed nowhere, as if it were."""
    return paragraph if paragraph.offsets else Repaired(paragraph.text, tuple(range(len(paragraph.text))))


def pinned(value: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return the value of a figure with the places of its quote and its printed words, as far as they are found."""
    out = {name: said for name, said in value.items() if name not in ("span", "quote_span")}
    quote = words.place_of(Span(*value["quote_span"])) if value.get("quote_span") else None
    found = words.quoted(*quote) if quote else None
    if found is None or found.text != value.get("quote"):
        found = words.find(str(value.get("quote", "")))
    if found is None or found.span is None:
        return out
    out["quote_span"] = [found.span.start, found.span.end]
    printed = str(value.get("printed", ""))
    at = found.text.find(printed) if printed else -1
    figure = words.quoted(found.start + at, found.start + at + len(printed)) if at >= 0 else None
    if figure is not None and figure.span is not None:
        out["span"] = [figure.span.start, figure.span.end]
    return out
