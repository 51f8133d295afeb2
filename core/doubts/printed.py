"""The figures of a case where they are printed: each in its paragraph, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.doubts.records import Quote
from core.records import Case, Metric
from core.text.clauses import Clauses

AGES = frozenset(("岁", "周岁"))
"""Units of an age: each is somebody's, whoever else is named."""
_DIGITS = re.compile(r"\d[\d,，.．]*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a case in the text that holds it (half open): a paragraph, or its quote where there is no more.

    ``place`` counts the texts of a case, so that two figures stand in one text where it is the same.
    """

    case: Case
    metric: Metric
    text: str
    place: int
    start: int
    end: int
    sentence: int
    """Where its sentence begins in the text."""
    sentence_end: int
    clause: int
    """Where its clause begins."""
    clause_end: int

    @property
    def target(self) -> tuple[str, str]:
        """The ids of its case and of itself."""
        return self.case.id, self.metric.id

    @property
    def quote(self) -> Quote:
        """The printed words that hold it."""
        metric = self.metric
        return Quote(self.case.id, metric.id, metric.quote or metric.printed, metric.quote_span or metric.span)

    @property
    def value(self) -> str:
        """What is doubted where the value is: exact, with its unit."""
        metric = self.metric
        return "|".join(map(str, (metric.value.normalize(), metric.value_max, metric.approx, metric.unit)))

    @property
    def said(self) -> str:
        """The figure as a sentence for the user names it: as printed, else value and unit."""
        return self.metric.printed or f"{self.metric.value:f}{self.metric.unit}"

    @property
    def head(self) -> str:
        """The words of its clause before it."""
        return self.text[self.clause : self.start]

    @property
    def whole_sentence(self) -> str:
        """Its sentence."""
        return self.text[self.sentence : self.sentence_end]

    def same_sentence(self, other: Printed) -> bool:
        """Whether both stand in one sentence of one text."""
        return self.place == other.place and self.sentence == other.sentence

    def up_to(self, other: Printed) -> str:
        """The words between this figure and a later one of the same text."""
        return self.text[self.end : other.start]


def figures_of(case: Case) -> list[Printed]:
    """Return the figures of a case that may be doubted, in their order; those that a person called wrong are left out.

    A figure is looked for in the paragraphs from where the one before it stands on; one that is in none of them (that
    of a caption, or of a case without a body) stands in its quote alone.
    """
    return [*_printed(case)]


def _printed(case: Case) -> Iterator[Printed]:
    clauses: dict[int, Clauses] = {}
    at = (0, 0)
    for i, metric in enumerate(case.metrics):
        found = _look(case.body, metric, at)
        if found:
            at = (found[0], found[2])
            place, start, end = found
            text = case.body[place]
        else:
            place, text = -1 - i, metric.quote or metric.printed
            start = max(0, text.find(metric.printed))
            end = min(len(text), start + len(metric.printed))
        if metric.state != "wrong":
            known = clauses.setdefault(place, Clauses(text)) if place >= 0 else Clauses(text)
            clause, clause_end = known.clause(start)
            sentence = known.sentence(start)
            yield Printed(case, metric, text, place, start, end, sentence, _sentence_end(text, end), clause, clause_end)


_STOP = re.compile("[。！？!?\n]")


def _sentence_end(text: str, at: int) -> int:
    found = _STOP.search(text, at)
    return found.start() if found else len(text)


def _look(body: tuple[str, ...], metric: Metric, at: tuple[int, int]) -> tuple[int, int, int] | None:
    """The paragraph that holds a figure behind a place, and where in it the figure stands."""
    quote, printed = metric.quote, metric.printed
    if not quote or not printed:
        return None
    inside = quote.find(printed)
    first, last_end = at
    for place in range(first, len(body)):
        behind = last_end if place == first else 0
        start = body[place].find(quote, max(0, behind - len(quote)))
        while start >= 0:
            figure = body[place].find(printed, max(start, behind), start + len(quote)) if inside >= 0 else -1
            if figure >= 0:
                return place, figure, figure + len(printed)
            start = body[place].find(quote, start + 1)
    return None


def without_numbers(text: str) -> str:
    """Return a text with its numbers taken out."""
    return _DIGITS.sub("", text)
