"""Numbers as Chinese text writes them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.figures.numerals import read_number

CASES = json.loads((Path(__file__).parents[3] / "cases" / "numbers.json").read_text("utf-8"))
DIGITS = "零一二三四五六七八九"


def words(number: int) -> str:
    """A number below a hundred million in full Chinese words."""
    if number >= 10_000:
        rest = number % 10_000
        return f"{words(number // 10_000)}万{'零' if 0 < rest < 1000 else ''}{words(rest) if rest else ''}"
    out, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        out += ("零" if gap and out and digit else "") + (DIGITS[digit] + name if digit else "")
        gap = (gap or bool(out)) and not digit
    return out


@pytest.mark.parametrize(("text", "want"), CASES["numbers"])
def test_number(text: str, want: str) -> None:
    number = read_number(text)
    assert number is not None
    value, _, approx = want.partition(" ")
    low, _, high = value.partition("~")
    assert (number.value, number.value_max) == (Decimal(low), Decimal(high) if high else None)
    assert number.approx == (approx or "exact")


@pytest.mark.parametrize("text", CASES["none"])
def test_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(1, 99_999_999))
def test_words_of_every_number_are_read(number: int) -> None:
    read = read_number(words(number))
    assert read is not None
    assert read.value == number


@given(st.decimals(0, 9_999_999, places=2))
def test_thousands_commas_change_nothing(number: Decimal) -> None:
    read = read_number(f"{number:,}")
    assert read is not None
    assert read.value == number


@given(st.text(alphabet="零一二三十百千万亿两半几多余点分之成又/.,0123456789", max_size=60))
def test_any_run_is_read_or_refused(text: str) -> None:
    read = read_number(text)
    assert read is None or read.end == len(text)
