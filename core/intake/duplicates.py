"""What of a page is in the library already: the same article printed once more, or a reprint, and what differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import edit_tags
from core.desk import Same, edit_as_json
from core.desk.work import Accepted
from core.library import Library
from core.library.articles import case_of
from core.library.joining import said_of, spans_of
from core.library.source_rows import corrections_of
from core.records import Article, Case, Metric
from core.text.folding import fold

_RUN = 5
"""Characters of a run that two texts may share, as ``core.text.likeness`` compares them."""
_MISSING = 0.5
"""A paragraph is missing in a text that has less than this share of its runs."""
_KEPT = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between a case of the library and an article; nothing when all of it is the same."""

    titles: tuple[str, str] | None = None
    """That of the library, and that of the page, where they are not the same."""
    values: tuple[tuple[Metric, Metric], ...] = ()
    """Figures of the same thing with another value: that of the library, and that of the page."""
    figures_there: tuple[Metric, ...] = ()
    """Figures that only the library has."""
    figures_here: tuple[Metric, ...] = ()
    """Figures that only the page has."""
    paragraphs_there: tuple[str, ...] = ()
    paragraphs_here: tuple[str, ...] = ()
    words_here: bool = False
    """Whether any words, however few, stand on the page only."""

    @property
    def brings(self) -> bool:
        """Whether the page has anything that the library does not have, besides another title."""
        return bool(self.values or self.figures_here or self.paragraphs_here)

    def __bool__(self) -> bool:
        return bool(self.titles or self.brings or self.figures_there or self.paragraphs_there)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article of a page that is much like a case of the library."""

    at: int
    """A character of the article, by which edits name it."""
    article: Article
    case: Case
    share: float
    """How much of the text they have in common, 0–1."""
    differences: Differences


def duplicates(library: Library, page: Accepted) -> list[Duplicate]:
    """Return the articles of a page that are much like cases of other pages, each with the case most like it.

    What was said of an article and a case already is not said again; neither is anything of a page that is in the
    library.
    """
    if page.source_id or library.pages.id_of(page.page):
        return []
    edits = [edit_as_json(edit) for edit in page.edits]
    fixed = corrections_of(edits)
    out = []
    for article in page.articles:
        spans = spans_of(article)
        if not spans or said_of(article, edits, edit_tags.SAME):
            continue
        new = case_of(page.page, article, fixed)
        others = set(said_of(article, edits, edit_tags.OTHER))
        for num, share in library.cases.like(new.body):
            case = library.cases.load(num)
            if case.id not in others and not case.fault:
                out.append(Duplicate(spans[0].start, article, case, share, differences(case, new)))
                break
    return out


def joined_at_once(library: Library, page: Accepted) -> tuple[Same, ...]:
    """Return the edits that join what is in the library already, for pages that nobody looks at.

    Only where nothing of the page is lost by it: an article with a word or figure of its own is a case of its own.
    """
    return tuple(
        Same(found.at, found.case.id)
        for found in duplicates(library, page)
        if not found.differences.brings and not found.differences.words_here
    )


def differences(there: Case, here: Case) -> Differences:
    """Return what differs between a case of the library and what was read from a page."""
    titles = None if _bare(there.title) == _bare(here.title) else (there.title, here.title)
    old, new = _without_common(there.metrics, here.metrics)
    values = []
    for metric in list(new):
        told = next((m for m in old if _thing(m) == _thing(metric)), None)
        if told is not None:
            values.append((told, metric))
            old.remove(told)
            new.remove(metric)
    return Differences(
        titles,
        tuple(values),
        tuple(old),
        tuple(new),
        tuple(_missing(there.body, here.body)),
        tuple(_missing(here.body, there.body)),
        not {*_runs("\n".join(here.body))} <= {*_runs("\n".join(there.body))},
    )


def _without_common(one: Sequence[Metric], other: Sequence[Metric]) -> tuple[list[Metric], list[Metric]]:
    """The figures of each that the other does not have, as often as it has them."""
    count = Counter(map(_whole, one)) & Counter(map(_whole, other))
    return _left(one, count), _left(other, count)


def _left(metrics: Sequence[Metric], common: Counter[object]) -> list[Metric]:
    common, out = common.copy(), []
    for metric in metrics:
        if common[_whole(metric)]:
            common[_whole(metric)] -= 1
        else:
            out.append(metric)
    return out


def _whole(metric: Metric) -> object:
    return (*_thing(metric), metric.value, metric.value_max, metric.approx)


def _thing(metric: Metric) -> tuple[object, ...]:
    """What a figure measures, and of whom."""
    return metric.indicator, metric.unit, metric.subject, metric.period


def _missing(body: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a text that another does not have."""
    there = set(_runs("\n".join(other)))
    for paragraph in body:
        runs = list(_runs(paragraph))
        if runs and sum(run in there for run in runs) < _MISSING * len(runs):
            yield paragraph


def _runs(text: str) -> Iterator[str]:
    kept = _bare(text)
    return (kept[at : at + _RUN] for at in range(len(kept) - _RUN + 1))


def _bare(text: str) -> str:
    return "".join(_KEPT.findall(fold(text)))
