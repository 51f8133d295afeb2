"""A page → its articles in true reading order, each with all that its words tell."""

from __future__ import annotations

from core.reading.facts.find import find_facts
from core.reading.page.articles import read_articles
from core.records import Article, Page

__all__ = ["find_facts", "read_page"]


def read_page(page: Page) -> list[Article]:
    """Return the articles of a page, with places, themes, mechanisms and figures."""
    return [find_facts(page, article) for article in read_articles(page.text)]
