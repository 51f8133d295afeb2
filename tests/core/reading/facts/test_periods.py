"""Expressions of time, and which of them a figure belongs to."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.facts.periods import find_periods, period_of

CASES = json.loads((Path(__file__).parents[3] / "cases" / "periods.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["expressions"], ids=lambda case: case[0])
def test_expressions(case: list[str]) -> None:
    assert [p.text for p in find_periods(case[0])] == case[1:]


@pytest.mark.parametrize(("text", "mark", "want", "came"), CASES["belonging"])
def test_which_period_a_figure_belongs_to(text: str, mark: str, want: str, came: str) -> None:
    assert period_of(text.index(mark), find_periods(text), text) == (want, came)


@given(st.text(alphabet="今去年月日以来截至目前上半季度1234二三年来期间，。的到", max_size=60))
def test_expressions_are_literal_and_apart(text: str) -> None:
    periods = find_periods(text)
    assert all(text[p.start : p.end] == p.text for p in periods)
    assert all(a.end <= b.start for a, b in pairwise(periods))
