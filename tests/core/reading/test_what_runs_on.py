"""Text that runs on: one document, several, or the articles of a paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.reading import articles_of
from core.records import Page

CASES = json.loads((Path(__file__).parents[2] / "cases" / "running_on.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["is"] for case in CASES])
def test_its_articles_and_their_paragraphs_stay_in_order(case: dict[str, list[str]]) -> None:
    text = "\n".join(case["text"]) + "\n"
    read = articles_of(Page(text, "一页.txt"))
    starts = [p.spans[0].start for article in read for p in article.paragraphs]
    assert [article.title for article in read] == case["titles"]
    assert starts == sorted(starts)
    assert len(starts) == case["paragraphs"]
