"""A page → its articles in true reading order, each with all that its words tell.

The comment above a pattern shows words as they are printed that make it necessary; where it looks only at one side of a
figure, a name or a seam, ``|`` stands for that place: 粮食总产量增长|, 12家|以上.
"""

from __future__ import annotations

from core.reading.facts.find import find_facts
from core.reading.page.articles import read_articles
from core.reading.page.documents import read_documents
from core.records import Article, Page

__all__ = ["articles_of", "find_facts", "read_page"]


def read_page(page: Page) -> list[Article]:
    """Return the articles of a page, with places, themes, mechanisms and figures."""
    return [find_facts(page, article) for article in articles_of(page)]


def articles_of(page: Page) -> list[Article]:
    """Return the articles of a page, or the documents that it is, without places, themes, mechanisms and figures."""
    documents = read_documents(page)
    return read_articles(page.text) if documents is None else documents
