"""A figure with all that is shown while it is checked: the printed page and the tidied text, its words in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from core.decisions import Decision, Target, figure_part, heads
from core.places.areas import full_label
from core.records import Case, Citation, Metric, Page, Span, State
from core.reviewing.matching import Compared, compare
from core.text.repair import Repaired, repair

if TYPE_CHECKING:
    from core.library import Library

AROUND = 2500
"""So many characters of the page are shown before and after the printed words, whole lines of them."""
NEIGHBOURS = 2
"""So many paragraphs before and after the one that holds the figure."""
LONGEST = 4000
"""Of a longer paragraph only what stands around the figure is shown."""
_ENDS = "。！？\n"

Place = tuple[int, int]


class Passage(NamedTuple):
    """A text to be read, where the figure stands in it and where its quote (half open, code points)."""

    text: str
    figure: Place | None = None
    quote: Place | None = None
    begun: bool = True
    """Whether it is shown from where it begins; ``ended`` whether to its end."""
    ended: bool = True
    head: str = ""
    more: tuple[Place, ...] = ()
    """Other words that are lit, more faintly."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure to be checked: its number in the file and its case's, and what is laid beside it."""

    unit: ClassVar[Literal["figure"]] = "figure"
    num: int
    case_num: int
    case_id: str
    title: str
    place: str
    printed_where: str
    """Paper, date and page; empty where they are not known."""
    metric: Metric
    original: Passage | None
    """The page as printed; None where no source holds the words."""
    tidied: tuple[Passage, ...]
    said: Decision | None
    """What was decided of it last."""
    compared: tuple[Compared, ...]

    @property
    def state(self) -> State:
        """The state of the figure."""
        return self.metric.state


class Fetching:
    """Reads figures of a library; the case and the page read last are kept, since the next figure is mostly theirs."""

    def __init__(self) -> None:
        self._case: tuple[int, Case, Page | None] | None = None

    def fetch(self, library: Library, num: int) -> Shown | None:
        """Return the figure with this number; None when it is gone."""
        found = library.figures.numbered([num])
        if not found:
            return None
        row = found[0]
        try:
            case, page = self._load(library, row.num)
        except KeyError:
            return None
        said = heads(library.decisions.on(Target(case.id, figure_part(row.metric.id))))
        return shown_of(num, row.num, case, page, row.metric, said[-1] if said else None)

    def _load(self, library: Library, case_num: int) -> tuple[Case, Page | None]:
        if self._case is None or self._case[0] != case_num:
            case = library.cases.load(case_num)
            page = library.pages.load(case.source_id) if case.source_id else None
            self._case = case_num, case, page
        return self._case[1:]


def shown_of(
    num: int, case_num: int, case: Case, page: Page | None, metric: Metric, said: Decision | None = None
) -> Shown:
    """Return what is shown of a figure of a case that was read from a page."""
    text = page.text if page else ""
    original = original_of(text, metric)
    tidied = tuple(tidied_of(case, text, metric))
    sentence = next((sentence_at(p.text, p.figure) for p in tidied if p.figure), "")
    return Shown(
        num, case_num, case.id, case.title, full_label(case.place), where_printed(case, page), metric, original, tidied,
        said, compare(metric, sentence),
    )  # fmt: skip


def where_printed(case: Case, page: Page | None) -> str:
    """Return paper, date and page of a case; empty where none is known."""
    own = Citation(page.paper, page.published, page.page_no).text() if page else ""
    return own or next((text for c in case.citations if (text := replace(c, headline="").text())), "")


def original_of(text: str, metric: Metric) -> Passage | None:
    """Return the lines of a page around the printed words of a figure; None where it is not known where they stand."""
    span = metric.span or metric.quote_span
    if span is None or not 0 <= span.start < span.end <= len(text):
        return None
    start = max(0, text.rfind("\n", 0, max(0, span.start - AROUND)) + 1, span.start - 2 * AROUND)
    end = text.find("\n", min(len(text), span.end + AROUND))
    end = min(len(text) if end < 0 else end, span.end + 2 * AROUND)
    quote = metric.quote_span
    within = quote is not None and start <= quote.start < quote.end <= end
    return Passage(
        text[start:end],
        (span.start - start, span.end - start),
        (quote.start - start, quote.end - start) if quote and within else None,
        begun=start == 0,
        ended=end == len(text),
    )


def tidied_of(case: Case, source: str, metric: Metric) -> Iterator[Passage]:
    """Yield the paragraphs of a case around a figure; of a case without a body what is said of it."""
    if not case.body:
        parts = (("", case.summary), ("背景", case.background), ("做法", case.practice), ("成效", case.result))
        for head, text in parts:
            if text.strip():
                yield Passage(text, _named(text, metric), head=head)
        return
    places = [_place_in(case, i, source, metric) for i in range(len(case.body))]
    holding = [i for i, place in enumerate(places) if place[0]]
    if not holding:
        return
    first, last = max(0, holding[0] - NEIGHBOURS), min(len(places), holding[0] + NEIGHBOURS + 1)
    for i in range(first, last):
        figure, quote = places[i]
        yield _cut(Passage(case.body[i], figure, quote))


def _place_in(case: Case, at: int, source: str, metric: Metric) -> tuple[Place | None, Place | None]:
    """Where a figure and its quote stand in a paragraph, when they do."""
    paragraph = case.body[at]
    spans: Sequence[Span] = case.body_spans[at] if at < len(case.body_spans) else ()
    span = metric.span or metric.quote_span
    if span is None or not any(s.start < span.end and span.start < s.end for s in spans):
        return (None, None) if spans or span is None else (_named(paragraph, metric), None)
    printed = repair(source, spans) if source else Repaired("", ())
    if len(printed.text) != len(paragraph):  # a person put characters right
        return _named(paragraph, metric), None
    return printed.place_of(span), printed.place_of(metric.quote_span) if metric.quote_span else None


def _named(text: str, metric: Metric) -> Place | None:
    """Where a text names the figure in its printed form."""
    at = text.find(metric.printed) if metric.printed else -1
    return (at, at + len(metric.printed)) if at >= 0 else None


def _cut(passage: Passage) -> Passage:
    """Of a paragraph without end what stands around the figure, or its beginning."""
    if len(passage.text) <= LONGEST:
        return passage
    middle = passage.figure[0] if passage.figure else 0
    start = max(0, middle - LONGEST // 2)
    end = min(len(passage.text), start + LONGEST)

    def moved(place: Place | None) -> Place | None:
        return (max(0, place[0] - start), min(end, place[1]) - start) if place and place[1] > start else None

    figure, quote = moved(passage.figure), moved(passage.quote)
    return Passage(passage.text[start:end], figure, quote, start == 0, end == len(passage.text))


def sentence_at(text: str, place: Place) -> str:
    """Return the sentence of a text that holds a place.

    >>> sentence_at("先开会。全年办成5件。再开会。", (8, 10))
    '全年办成5件。'
    """
    start = max(text.rfind(end, 0, place[0]) for end in _ENDS) + 1
    ends = [at for end in _ENDS if (at := text.find(end, place[1])) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)]
