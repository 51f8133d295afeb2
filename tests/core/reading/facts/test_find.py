"""All that the words of one article tell, once its text is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest

from core.reading.facts import find
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


FAILING = {
    "find_place": "place",
    "find_page_place": "home",
    "rank_themes": "themes",
    "find_kind": "kind",
    "divide": "passages",
    "find_mechanisms": "mechanisms",
    "find_metrics": "metrics",
}


def raising(error: BaseException) -> Callable[..., NoReturn]:
    def finder(*_: object, **__: object) -> NoReturn:
        raise error

    return finder


@pytest.mark.parametrize(("finder", "step"), FAILING.items())
def test_a_step_that_fails_leaves_the_others(
    finder: str, step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(find, finder, raising(ZeroDivisionError("a weight of zero")))
    found = find_facts(Page(TEXT, f"{finder}.txt"), article())
    full = (bool(found.place.county), bool(found.themes), bool(found.mechanisms), bool(found.metrics))
    assert full.count(False) == (step in ("place", "themes", "mechanisms", "metrics"))
    assert found.reasons[step] == "程序出了错，没有读出（ZeroDivisionError）"
    assert "a weight of zero" in caplog.text


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt()])
def test_want_of_memory_and_an_interrupt_are_not_caught(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "find_metrics", raising(error))
    with pytest.raises(type(error)):
        find_facts(Page(TEXT, "page.txt"), article())
