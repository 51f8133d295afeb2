"""Every seam of a paragraph has a chance and a reason of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.desk.desk import UNSURE, Desk
from core.reading import articles_of
from core.records import Article, Page, Paragraph, Span

PAGES = sorted((Path(__file__).resolve().parents[3] / "pages").rglob("*.txt"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_chance_and_a_reason_for_each(path: Path) -> None:
    for article in articles_of(Page(path.read_text("utf-8"), path.name)):
        for paragraph in article.paragraphs:
            if paragraph.seams:  # none where a document was taken as printed
                assert len(paragraph.seams) == len(paragraph.reasons) == len(paragraph.spans) - 1
                assert paragraph.confidence == min(paragraph.seams)


def test_a_doubtful_seam_makes_no_other_doubtful() -> None:
    text = "甲乙丙"
    spans = tuple(Span(at, at + 1) for at in range(3))
    article = Article("", (Paragraph(spans, 0.2, ("接续", "接续"), (0.2, UNSURE)),))
    desk = Desk(Page(text, "版.txt"), [article], lambda page, found, fixed: found)
    assert [(seam.start, seam.is_doubtful) for seam in desk.seams()] == [(1, True), (2, False)]


def test_without_chances_of_their_own_all_have_that_of_the_weakest() -> None:
    spans = tuple(Span(at, at + 1) for at in range(3))
    article = Article("", (Paragraph(spans, 0.2, ("接续", "")),))
    desk = Desk(Page("甲乙丙", "版.txt"), [article], lambda page, found, fixed: found)
    assert {seam.confidence for seam in desk.seams()} == {0.2}
