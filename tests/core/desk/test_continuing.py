"""Where a text goes on as a person decides it: what is offered at a seam, and what choosing it makes of the page."""

from __future__ import annotations

import pytest

from core.desk.continuing import choices, go_on
from core.desk.desk import Desk, Seam
from core.desk.edits import Edit
from core.reading.page.offers import offers_on
from core.records import Article, Offer, Page, Paragraph, Span

LINES = ["甲县办事，", "一次办成。", "乙县修路，", "通到村口。", "丙县没有标题的一段。"]
TEXT = "\n".join(["题一", LINES[0], LINES[3], "题二", LINES[2], LINES[1], LINES[4]])


def at(line: str) -> Span:
    start = TEXT.index(line)
    return Span(start, start + len(line))


@pytest.fixture
def desk() -> Desk:
    """Two articles whose ends were exchanged, and a third one that has no title."""
    first = Article("题一", (Paragraph((at(LINES[0]), at(LINES[3])), confidence=0.3),), title_spans=(at("题一"),))
    second = Article("题二", (Paragraph((at(LINES[2]), at(LINES[1])), confidence=0.3),), title_spans=(at("题二"),))
    third = Article("", (Paragraph((at(LINES[4]),)),))
    return Desk(Page(TEXT, "版.txt"), [first, second, third], lambda page, article, fixed: article)


def seam_behind(desk: Desk, line: str) -> Seam:
    return next(seam for seam in desk.seams() if seam.end == at(line).end)


def bodies(desk: Desk) -> list[str]:
    return ["".join(TEXT[s.start : s.end] for p in a.paragraphs for s in p.spans) for a in desk.articles]


def lay(desk: Desk, edits: list[Edit]) -> None:
    for edit in edits:
        desk.do(edit)


def test_two_that_were_exchanged_change_places(desk: Desk) -> None:
    offers = {
        at(LINES[0]).end: (Offer(at(LINES[1]).start, 0.8), Offer(at(LINES[3]).start, 0.2)),
        at(LINES[2]).end: (Offer(at(LINES[3]).start, 0.7),),
    }
    seam = seam_behind(desk, LINES[0])
    assert [offer.start for offer in choices(desk, seam, offers)] == [at(LINES[1]).start]
    lay(desk, go_on(desk, seam, at(LINES[1]).start, offers))
    assert bodies(desk) == [LINES[0] + LINES[1], LINES[2] + LINES[3], LINES[4]]
    assert seam_behind(desk, LINES[0]).confirmed
    while desk.undo():
        pass
    assert bodies(desk) == [LINES[0] + LINES[3], LINES[2] + LINES[1], LINES[4]]


def test_what_nobody_waits_for_is_an_article_of_its_own(desk: Desk) -> None:
    offers = {at(LINES[0]).end: (Offer(at(LINES[1]).start, 0.8),)}
    lay(desk, go_on(desk, seam_behind(desk, LINES[0]), at(LINES[1]).start, offers))
    assert bodies(desk) == [LINES[0] + LINES[1], LINES[3], LINES[2], LINES[4]]


def test_an_article_without_a_title_goes_on_whole(desk: Desk) -> None:
    offers = {at(LINES[0]).end: (Offer(at(LINES[4]).start, 0.5),)}
    lay(desk, go_on(desk, seam_behind(desk, LINES[0]), at(LINES[4]).start, offers))
    assert LINES[0] + LINES[4] in bodies(desk)
    assert sorted("".join(bodies(desk))) == sorted("".join(LINES))


@pytest.mark.parametrize("start", [at(LINES[2]).start, at(LINES[3]).start, at(LINES[0]).start, at(LINES[1]).start + 2])
def test_not_offered(desk: Desk, start: int) -> None:
    """What follows a headline, what follows now, what stands before it, and what begins inside a line."""
    assert choices(desk, seam_behind(desk, LINES[0]), {at(LINES[0]).end: (Offer(start, 0.9),)}) == []


def test_in_one_article_the_middle_goes_to_the_end() -> None:
    lines = (at(LINES[0]), at(LINES[3]), at(LINES[1]))
    whole = Article("题一", (Paragraph(lines, confidence=0.3),), title_spans=(at("题一"),))
    desk = Desk(Page(TEXT, "版.txt"), [whole], lambda page, article, fixed: article)
    offers = {at(LINES[0]).end: (Offer(at(LINES[1]).start, 0.8),)}
    lay(desk, go_on(desk, seam_behind(desk, LINES[0]), at(LINES[1]).start, offers))
    assert bodies(desk) == [LINES[0] + LINES[1] + LINES[3]]


def test_a_page_offers_places_that_are_on_it() -> None:
    text = "\n".join(
        [
            "一窗受理跑出新速度",
            "全县推行一窗受理，群众办事只进一扇",
            "村里修起了环山路，运瓜果的车辆能开到",
            "门，平均用时缩短了一半。",
            "地头，瓜农笑得合不拢嘴。",
        ]
    )
    starts = {m for m in range(len(text)) if m == 0 or text[m - 1] == "\n"}
    ends = {m for m in range(len(text) + 1) if m == len(text) or text[m] == "\n"}
    found = offers_on(text)
    assert found
    for end, offers in found.items():
        assert end in ends
        assert {o.start for o in offers} <= starts
        assert [o.chance for o in offers] == sorted((o.chance for o in offers), reverse=True)
