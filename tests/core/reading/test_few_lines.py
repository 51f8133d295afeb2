"""A text of a few lines, in which no line looks like the text of a newspaper."""

from __future__ import annotations

import pytest

from core.reading import articles_of, read_page
from core.records import Page


def page(text: str) -> Page:
    return Page(name="几行.txt", text=text)


def words(text: str) -> list[tuple[str, list[str]]]:
    """Titles and paragraphs as printed."""
    return [
        (a.title, ["".join(text[s.start : s.end] for s in p.spans) for p in a.paragraphs])
        for a in articles_of(page(text))
    ]


@pytest.mark.parametrize(
    ("title", "sentence"), [("护林记", "去年头三个月护林26次。"), ("税收", "上个月入库税款320万元。")]
)
def test_one_short_sentence_under_a_headline_is_an_article(title: str, sentence: str) -> None:
    assert words(f"{title}\n{sentence}\n") == [(title, [sentence])]


def test_its_figures_are_read() -> None:
    (article,) = read_page(page("护林记\n去年头三个月护林26次。\n"))
    assert [(m.printed, m.period) for m in article.metrics] == [("26次", "去年头三个月")]


@pytest.mark.parametrize("text", ["", "\n\n", "护林记\n", "第3版\n要闻\n"])
def test_without_a_sentence_there_is_none(text: str) -> None:
    assert words(text) == []
