"""A page → its articles in true reading order, each with all that its words tell."""

from __future__ import annotations

from typing import Any

from core.reading.articles import read_articles
from core.reading.explain import reading_as_json
from core.reading.mining import mine
from core.records import Article, Page

__all__ = ["mine", "read_page", "reading_json"]


def read_page(page: Page) -> list[Article]:
    """The articles of a page, with places, themes, mechanisms and figures."""
    return [mine(page, article) for article in read_articles(page.text)]


def reading_json(page: Page, *, explain: bool = False) -> dict[str, Any]:
    """The reading of a page as plain values for other programs; with the reasons when ``explain``."""
    return reading_as_json(page, read_page(page), explain=explain)
