"""Figures of paragraphs: indicator, period, subject, kind, and where they were printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.facts.metrics import find_metrics
from core.records import Metric, Place, Span
from core.text.repair import Repaired, repair

CASES = json.loads((Path(__file__).parents[3] / "cases" / "metrics.json").read_text("utf-8"))
COUNTY = Place("361124", "江西省", "上饶市", "铅山县")


def read(text: str) -> list[Metric]:
    return find_metrics([Repaired(text, tuple(range(len(text))))], place=COUNTY)


@pytest.mark.parametrize("case", CASES["paragraphs"], ids=lambda case: case["text"][:12])
def test_figures_of_a_paragraph(case: dict[str, list[list[str]]]) -> None:
    found = read(str(case["text"]))
    assert [m.printed for m in found] == [printed for printed, *_ in case["metrics"]]
    assert [(m.printed, m.period) for m in found] == [(printed, period) for printed, _, period, *_ in case["metrics"]]


def named() -> Iterator[Any]:
    """Every figure of the cases with the name that it should have; those that are read otherwise today must fail."""
    for case in CASES["paragraphs"]:
        for at, (printed, name, _, *today) in enumerate(case["metrics"]):
            marks = [pytest.mark.xfail(strict=True, reason=f"read as {today[0]}")] if today else []
            yield pytest.param(case["text"], at, name, id=f"{case['text'][:8]}-{printed}-{at}", marks=marks)


@pytest.mark.parametrize(("text", "at", "name"), list(named()))
def test_the_name_of_a_figure(text: str, at: int, name: str) -> None:
    assert read(text)[at].indicator == name


@pytest.mark.parametrize("case", [c for kind in CASES["names"].values() for c in kind], ids=lambda case: case[0])
def test_names_by_kind(case: list[str]) -> None:
    text, *names = case
    assert [m.indicator for m in read(text)] == names


@pytest.mark.parametrize(("text", "subject"), CASES["subjects"])
def test_whose_a_figure_is(text: str, subject: str) -> None:
    assert [m.subject for m in read(text)] == [subject]


@pytest.mark.parametrize(("text", "kind"), CASES["kinds"])
def test_kind(text: str, kind: str) -> None:
    assert [m.kind for m in read(text)] == [kind]


def test_spans_lead_back_to_the_page() -> None:
    page = "大棚120\n座。\n\n另一篇的正文。\n\n今年新建"
    paragraph = repair(page, [Span(page.index("今年"), len(page)), Span(0, page.index("。") + 1)])
    (metric,) = find_metrics([paragraph], place=COUNTY)
    assert metric.span is not None
    assert page[metric.span.start : metric.span.end] == "120\n座"
    assert (metric.printed, metric.value, metric.indicator) == ("120座", Decimal(120), "新建大棚数")


def test_a_figure_cut_by_a_column_keeps_its_longer_half() -> None:
    page = "万元的厂房改造。别处的文字。" + "隔栏" * 10 + "总投资1800"
    paragraph = repair(page, [Span(page.index("总投资"), len(page)), Span(0, page.index("。") + 1)])
    (metric,) = find_metrics([paragraph], place=COUNTY)
    assert metric.span is not None
    assert page[metric.span.start : metric.span.end] == "1800"
    assert (metric.value, metric.unit) == (Decimal(18_000_000), "元")
    assert "断开" in metric.reason


def test_the_day_is_carried_from_the_paragraph_before() -> None:
    paragraphs = ["3月8日，镇里举行植树活动。", "当天共栽下树苗600株。"]
    (metric,) = find_metrics([Repaired(p, tuple(range(len(p)))) for p in paragraphs], place=COUNTY)
    assert metric.period == "3月8日"


@given(st.text(alphabet="全市共新增长占达由从到提高个名万元%，。、12345年今去的和分别", max_size=80))
def test_quotes_hold_their_figures(text: str) -> None:
    for metric in read(text):
        assert metric.span is not None
        assert text[metric.span.start : metric.span.end] == metric.printed
        assert metric.printed in metric.quote
        assert metric.quote in text
        assert 0 < metric.confidence <= 1
