"""What was printed of a case as one text: words that are pointed at become a quote with its place, figures are read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import figure_value
from core.editing.figures import KIND_CHOICES
from core.editing.words import AROUND, Words, pinned
from core.records import Case, Place, Span
from core.resources import load_table

SOURCE = "清溪日报\n　　去年，村里办了议\n事亭12场，参加的人\n有600多人次。\n另有一条，与此无关。\n"
BODY = (Span(SOURCE.index("去年"), SOURCE.index("\n另有")),)
CASE = Case("c", "议事亭", place=Place("130534", "河北省", "邢台市", "清河县"), body=("",), body_spans=(BODY,))
READ = "去年，村里办了议事亭12场，参加的人有600多人次。"


@pytest.fixture
def words() -> Words:
    return Words(CASE, SOURCE)


def test_the_text_is_what_is_read_of_the_case_alone(words: Words) -> None:
    assert words.text == READ


def test_words_that_are_pointed_at_know_where_they_were_printed(words: Words) -> None:
    at = READ.index("议事亭")
    quoted = words.quoted(at, at + 6)
    assert quoted is not None
    assert quoted.text == "议事亭12场"
    assert quoted.span is not None
    assert SOURCE[quoted.span.start : quoted.span.end] == "议\n事亭12场"
    assert words.place_of(quoted.span) == (at, at + 6)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (400, 500)])
def test_nothing_pointed_at_is_no_quote(words: Words, start: int, end: int) -> None:
    assert words.quoted(start, end) is None


def test_figures_are_read_in_what_is_pointed_at_alone(words: Words) -> None:
    at = READ.index("12场")
    [figure] = words.figures(at, at + 3)
    assert (figure.value, figure.unit, figure.printed) == (Decimal(12), "场", "12场")
    assert [m.value for m in words.figures(0, len(READ))] == [Decimal(12), Decimal(600)]
    assert words.figures(0, 2) == []


def test_a_quantity_that_is_no_figure_of_a_case_is_offered_where_it_is_pointed_at() -> None:
    source = "村里65岁以上的老人都来了。"
    words = Words(Case("c", "甲", body_spans=((Span(0, len(source)),),)), source)
    [figure] = words.figures(0, len(words.text))
    assert (figure.value, figure.unit, figure.indicator) == (Decimal(65), "岁", "")


def test_our_own_words_have_no_place() -> None:
    words = Words(Case("c", "甲", summary="办成30件。"), "")
    [figure] = words.figures(0, len(words.text))
    assert (figure.value, figure.span, figure.quote_span) == (Decimal(30), None, None)
    assert words.quoted(0, 3).span is None


def test_a_figure_is_pinned_to_its_quote(words: Words) -> None:
    [figure] = words.figures(READ.index("12场"), READ.index("12场") + 3)
    value = figure_value(figure) | {"quote": "办了议事亭12场"}
    found = pinned(value, words)
    assert SOURCE[slice(*found["span"])] == "12场"
    assert SOURCE[slice(*found["quote_span"])] == "办了议\n事亭12场"


def test_a_quote_that_is_not_printed_has_no_place(words: Words) -> None:
    found = pinned({"indicator": "场次", "value": "12", "unit": "场", "quote": "十二场", "quote_span": [0, 3]}, words)
    assert "quote_span" not in found
    assert "span" not in found


@given(st.integers(0, len(READ)), st.integers(0, len(READ)))
def test_what_is_quoted_comes_back_from_its_span(a: int, b: int) -> None:
    words = Words(CASE, SOURCE)
    quoted = words.quoted(min(a, b), max(a, b))
    assert quoted is None or words.place_of(quoted.span) == (quoted.start, quoted.end)


def test_of_a_long_text_what_stands_around_a_place_is_shown() -> None:
    source = "甲" * 50_000 + "办成30件。" + "乙" * 50_000
    words = Words(Case("c", "长", body_spans=((Span(0, len(source)),),)), source)
    span = Span(50_000, 50_006)
    near = words.around(50_000)
    assert len(near.text) == 2 * AROUND
    place = near.place_of(span)
    assert place is not None
    assert near.quoted(*place).text == "办成30件。"
    assert near.quoted(*place).span == span
    assert near.around(0) is near


def test_every_kind_that_the_reader_knows_has_a_name() -> None:
    assert {*load_table("units.toml")["kinds"], "growth", "rank", "number"} <= set(KIND_CHOICES)
