"""What was read is laid beside what is printed, and what a person types is a value or is said to be none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import NotAValue
from core.records import Case, Citation, Metric, Page, Place, Span
from core.reviewing import compare, disagreements, shown_of, typed_value
from core.reviewing.fetching import AROUND, LONGEST

HOURS = Metric(
    "志愿服务时长", Decimal(62000), "小时", approx="over", printed="6.2万余小时", quote="全年志愿服务6.2万余小时",
    period="2023年",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({}, []),
        ({"value": Decimal(6200)}, ["value"]),
        ({"value": Decimal(26000)}, ["value"]),
        ({"value_max": Decimal(70000)}, ["value"]),
        ({"unit": "人次"}, ["unit"]),
        ({"approx": "exact"}, ["approx"]),
        ({"approx": "nearly", "unit": "天"}, ["unit", "approx"]),
        ({"indicator": "食堂数量"}, []),
        ({"printed": "", "quote": ""}, []),
        ({"printed": "很多"}, []),
    ],
)
def test_what_the_print_says_otherwise_is_told(change: dict[str, object], parts: list[str]) -> None:
    compared = compare(replace(HOURS, **change))  # type: ignore[arg-type]
    assert [one.part for one in disagreements(compared)] == parts


def test_what_the_sentence_does_not_say_is_not_said_to_agree() -> None:
    said = {one.part: one for one in compare(replace(HOURS, indicator="食堂数量"), "全年志愿服务6.2万余小时。")}
    assert (said["indicator"].agrees, said["indicator"].printed) == (None, "")
    assert (said["period"].agrees, said["period"].printed) == (None, "")
    said = {one.part: one for one in compare(HOURS, "2023年全年志愿服务6.2万余小时。")}
    assert (said["period"].agrees, said["period"].printed) == (True, "2023年")
    assert said["indicator"].agrees is True


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("62000", (62000, None)),
        (" 62,000 ", (62000, None)),
        ("６．２万", (62000, None)),
        ("3-5万", (30000, 50000)),
        ("300至500", (300, 500)),
        ("9000-1万", (9000, 10000)),
        ("1.5亿", (150000000, None)),
        ("-3", (-3, None)),
    ],
)
def test_a_value_as_people_type_it(typed: str, value: tuple[int, int | None]) -> None:
    assert typed_value(typed) == value


@pytest.mark.parametrize("typed", ["", "很多", "1.2.3", "5-", "六万", "500-300", "6万小时"])
def test_what_is_no_value_is_said_so(typed: str) -> None:
    with pytest.raises(NotAValue):
        typed_value(typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12, places=2))
def test_every_plain_number_is_a_value(number: Decimal) -> None:
    assert typed_value(f"{number:f}") == (number, None)


# ---- what is shown of a figure

TEXT = "县里的事\n" + "开头的话。\n" * 900 + "全年志愿\n服务6.2万余\n小时，人人有份。\n" + "后来的话。\n" * 900
AT = TEXT.index("6.2万余")
METRIC = replace(HOURS, printed="6.2万余小时", span=Span(AT, AT + 8), quote_span=Span(AT - 7, AT + 8))
BODY = Span(TEXT.index("全年"), TEXT.index("有份。") + 3)
CASE = Case(
    "1", "县里的事", place=Place("", "甲省", "乙市"), body=("前文。", "全年志愿服务6.2万余小时，人人有份。", "后文。"),
    body_spans=((Span(0, 4),), (BODY,), (Span(5, 9),)), metrics=(METRIC,),
    citations=(Citation("清河日报", "2024-03-02", "3", "县里的事"),),
)  # fmt: skip
PAGE = Page(TEXT, "版面", paper="清河日报", published="2024-03-02", page_no="3")


def test_the_printed_page_and_the_tidied_text_with_the_words_in_both() -> None:
    shown = shown_of(7, 3, CASE, PAGE, METRIC)
    assert shown.original is not None
    assert shown.original.figure is not None
    text, (start, end) = shown.original.text, shown.original.figure
    assert text[start:end] == "6.2万余\n小时"
    assert len(text) < 3 * AROUND
    assert not shown.original.begun
    assert not shown.original.ended
    held = [p for p in shown.tidied if p.figure]
    assert [p.text[slice(*p.figure)] for p in held if p.figure] == ["6.2万余小时"]
    assert len(shown.tidied) == 3
    assert shown.printed_where == "《清河日报》2024年3月2日第3版"
    assert disagreements(shown.compared) == []


@pytest.mark.parametrize("page", [None, Page("", "空")])
def test_a_figure_that_no_source_holds_has_no_original(page: Page | None) -> None:
    shown = shown_of(7, 3, CASE, page, METRIC)
    assert shown.original is None
    assert shown_of(7, 3, CASE, PAGE, replace(METRIC, span=None, quote_span=None)).original is None


def test_a_text_that_a_person_put_right_still_names_the_figure() -> None:
    case = replace(CASE, body=("前文。", "全年的志愿服务足足有6.2万余小时，人人有份。", "后文。"))
    held = [p for p in shown_of(7, 3, case, PAGE, METRIC).tidied if p.figure]
    assert [p.text[slice(*p.figure)] for p in held if p.figure] == ["6.2万余小时"]


def test_of_a_paragraph_without_end_only_what_is_near_is_shown() -> None:
    text = "话。" * 40_000 + "办成5件。" + "话。" * 40_000
    at = text.index("5件")
    metric = Metric("办件", Decimal(5), "件", printed="5件", span=Span(at, at + 2))
    case = Case("1", "长", body=(text,), body_spans=((Span(0, len(text)),),), metrics=(metric,))
    shown = shown_of(1, 1, case, Page(text, "长"), metric)
    for passage in (shown.original, *shown.tidied):
        assert passage is not None
        assert passage.figure is not None
        assert len(passage.text) <= max(LONGEST, 5 * AROUND)
        assert passage.text[slice(*passage.figure)] == "5件"
