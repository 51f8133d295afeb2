"""An article that was read from a page, as the case that the library keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.records import Article, Case, Citation, Page, Span
from core.text.repair import repair


def case_of(page: Page, article: Article, corrections: Mapping[int, str]) -> Case:
    """Return an article as the case that the library keeps, its texts repaired from the page.

    ``corrections`` are misread characters that a person put right: offset → character.
    """

    def text(spans: Sequence[Span]) -> str:
        return repair(page.text, spans, corrections).text

    citation = Citation(page.paper, page.published, page.page_no, article.title, article.byline)
    return Case(
        id="",
        title=article.title,
        kind=article.kind,
        section=article.section,
        byline=article.byline,
        place=article.place,
        themes=tuple(dict.fromkeys(article.themes)),
        summary=text(article.summary),
        background=text(article.background),
        practice=text(article.practice),
        result=text(article.result),
        body=tuple(text(p.spans) for p in article.paragraphs),
        body_spans=tuple(p.spans for p in article.paragraphs),
        captions=article.captions,
        published=page.published,
        citations=(citation,),
        mechanisms=article.mechanisms,
        metrics=article.metrics,
        confidence=article.confidence,
    )


def reading_of(article: Article) -> dict[str, object]:
    """Return what else the reading found, kept for explaining it and for putting it right by hand."""

    def pairs(spans: Iterable[Span]) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    return {
        "title": pairs(article.title_spans),
        "byline": pairs(article.byline_spans),
        "summary": pairs(article.summary),
        "background": pairs(article.background),
        "practice": pairs(article.practice),
        "result": pairs(article.result),
        "paragraphs": [[p.confidence, list(p.reasons), list(p.seams)] for p in article.paragraphs],
        "reasons": dict(article.reasons),
    }
