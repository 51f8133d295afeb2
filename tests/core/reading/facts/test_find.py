"""All that the words of one article tell, once its text is settled."""

from __future__ import annotations

from core.reading.facts.find import find_facts
from core.records import Article, Page, Paragraph, Span

TEXT = (
    "浙江省淳安县推行“邻里议事”机制\n"
    "针对邻里矛盾多的问题，淳安县推行“邻里议事”机制，组建议事队伍，一月一议。\n"
    "目前，全县已建议事厅12个，化解邻里矛盾300件，群众满意度达97.3%。\n"
)


def line(number: int) -> Span:
    start = sum(len(row) + 1 for row in TEXT.split("\n")[:number])
    return Span(start, start + len(TEXT.split("\n")[number]))


def article(**fields: object) -> Article:
    paragraphs = tuple(Paragraph((line(number),)) for number in (1, 2))
    return Article(TEXT.split("\n")[0], paragraphs, title_spans=(line(0),), **fields)  # type: ignore[arg-type]


def test_each_finder_is_asked() -> None:
    found = find_facts(Page(TEXT, "page.txt"), article())
    assert (found.place.names, found.kind) == (("浙江省", "杭州市", "淳安县"), "case")
    assert [m.name for m in found.mechanisms] == ["邻里议事"]
    assert [m.indicator for m in found.metrics] == ["议事厅数", "邻里矛盾数", "群众满意度"]
    assert found.themes == ("基层治理",)
    assert [TEXT[s.start : s.end] for s in found.result] == [TEXT.split("\n")[2]]


def test_every_decision_has_its_reason() -> None:
    reasons = find_facts(Page(TEXT, "page.txt"), article(reasons={"title": "版面开头"})).reasons
    assert {"kind", "place", "themes", "title"} <= reasons.keys()


def test_corrections_are_read_instead_of_the_print() -> None:
    at = TEXT.index("12个")
    found = find_facts(Page(TEXT, "page.txt"), article(), {at: "2"})
    assert int(found.metrics[0].value) == 22


def test_a_caption_stays_one_and_its_figures_count() -> None:
    found = find_facts(Page(TEXT, "page.txt"), article(kind="caption", captions=(line(2),)))
    assert found.kind == "caption"
    assert [m.printed for m in found.metrics] == ["12个", "300件", "97.3%"] * 2
