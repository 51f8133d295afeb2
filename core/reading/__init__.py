"""A page → its articles in true reading order, each with all that its words tell.

The comment above a pattern shows words as they are printed that make it necessary; where it looks only at one side of a
figure, a name or a seam, ``|`` stands for that place: 粮食总产量增长|, 12家|以上.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.reading.facts.find import find_facts
from core.reading.page.articles import articles_in
from core.reading.page.bylines import in_dateline
from core.reading.page.documents import read_documents
from core.reading.page.lines import physical_lines
from core.reading.page.structure import FEW_LINES, SURE_HEAD, Structure
from core.records import Article, Page, Paragraph, Span
from core.text.marks import SENTENCE_ENDS

_FEWEST_OF_PAGE, _FEWEST_CHARS = 4, 120
"""Headlines from which on what looks like one document is a newspaper page, each over so many characters of text."""
_FEW = 6
"""Lines up to which a text that is no article by its lines is one all the same, if it has a sentence."""
__all__ = ["articles_of", "find_facts", "read_page"]


def read_page(page: Page) -> list[Article]:
    """Return the articles of a page, with places, themes, mechanisms and figures."""
    return [find_facts(page, article) for article in articles_of(page)]


def articles_of(page: Page) -> list[Article]:
    """Return the articles of a page, or the documents that it is, without places, themes, mechanisms and figures.

    What the file itself calls headings is believed, and a text of few lines is parted at its titles where it runs on;
    everything else is read as it was learnt.
    """
    documents = read_documents(page)
    if documents is not None and page.headings:
        return documents or _of_few_lines(page.text)
    structure = Structure(page.text)
    articles = articles_in(structure)
    if documents is not None and _are_documents(page, documents, structure, articles):
        return documents
    return articles or _of_few_lines(page.text)


def _are_documents(page: Page, documents: list[Article], structure: Structure, articles: list[Article]) -> bool:
    """Whether what runs on is rather documents, parted at their titles, than what the learnt reading makes of it."""
    if len(structure.items) <= FEW_LINES:
        return not _is_newspaper(page, documents, _titled(articles))
    return len(documents) == 1 and not _are_several(structure, articles)


def _are_several(structure: Structure, articles: Sequence[Article]) -> bool:
    """Whether what looks like one document surely is several articles: none short and their headlines sure, or many."""
    sure = 1 < len(articles) == _titled(articles) and min(structure.headline_chances) >= SURE_HEAD
    return sure or _titled(articles) >= _FEWEST_OF_PAGE


def _of_few_lines(text: str) -> list[Article]:
    """One short sentence under a headline looks like two headlines: where nothing else is read, its words are kept."""
    lines = list(physical_lines(text))
    told = [n for n, line in enumerate(lines) if line.text.endswith(tuple(SENTENCE_ENDS))]
    if not told or len(lines) > _FEW:
        return []
    title = lines[0] if told[0] else None
    return [
        Article(
            title=title.text if title else "",
            title_spans=(Span(title.start, title.end),) if title else (),
            paragraphs=tuple(Paragraph((Span(line.start, line.end),)) for line in lines[1 if title else 0 :]),
            reasons={"order": "只有几行，按原文顺序"},
        )
    ]


def _titled(articles: Sequence[Article]) -> int:
    sizes = [sum(span.end - span.start for p in a.paragraphs for span in p.spans) for a in articles]
    return sum(bool(a.title) and size >= _FEWEST_CHARS for a, size in zip(articles, sizes, strict=True))


def _is_newspaper(page: Page, documents: Sequence[Article], titled: int) -> bool:
    """Whether the documents of a text are rather the articles of a paper: read as such they have more headlines."""
    if len(documents) == 1:
        return titled >= _FEWEST_OF_PAGE
    firsts = [article.paragraphs[0].spans[0] for article in documents if article.paragraphs]
    reported = any(in_dateline(page.text[span.start : span.end]) for span in firsts)
    return reported or titled > len(documents) or any(article.byline for article in documents)
