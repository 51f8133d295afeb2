"""What only looks like a figure: dates, clock times, ordinals, codes, fixed words, quoted names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.figures import not_figures
from core.reading.figures.not_figures import Names, is_time, lookalike_end, number_run_end


@pytest.mark.parametrize(
    ("text", "at", "skipped"),
    [
        ("2023年11月22日开工", 0, "2023年11月22日"),
        ("今年9月", 2, "9月"),
        ("9:30开门", 0, "9:30"),
        ("三点钟集合", 0, "三点钟"),
        ("第十五届", 0, "第十五"),
        ("周一", 1, "一"),
        ("统一", 1, "一"),
        ("1+3+X模式", 0, "1+3+X"),
        ("百花齐放", 0, "百花齐放"),
        ("3号楼", 0, "3号"),
        ("三年级学生", 0, "三年级"),
        ("一村一品", 0, "一村一"),
        ("A12区", 1, "12"),
        ("400-123-4567", 0, "400-123-4567"),
    ],
)
def test_lookalikes_are_passed_over(text: str, at: int, skipped: str) -> None:
    assert text[at : lookalike_end(text, at)] == skipped


@pytest.mark.parametrize(
    ("text", "at"),
    [("12家", 0), ("95分钟", 0), ("300年历史", 0), ("30日内", 0), ("每周三场", 2), ("不三十天", 1), ("身高一米", 2)],
)
def test_figures_are_not(text: str, at: int) -> None:
    assert lookalike_end(text, at) == 0


@pytest.mark.parametrize(
    ("text", "time"),
    [("2023年", True), ("12月底", True), ("9:30", True), ("五月", True), ("95分", False), ("12家", False)],
)
def test_dates_and_clock_times(text: str, time: bool) -> None:
    assert is_time(text) is time


@pytest.mark.parametrize(
    ("text", "run"), [("A-12.5b，", "A-12.5b"), ("三百二十个", "三百二十"), ("12家", "12"), ("家", "家")]
)
def test_a_run_of_digits_or_numerals(text: str, run: str) -> None:
    assert text[: number_run_end(text, 0)] == run


@pytest.mark.parametrize(
    ("text", "number", "held"),
    [
        ("推行“123”工作法", "123", True),
        ("印发《2025规划》", "2025", True),
        ("他说：“修了3公里，真好。”", "3", False),
        ("修了3公里", "3", False),
    ],
)
def test_a_quoted_name_holds_its_numbers_and_speech_does_not(text: str, number: str, held: bool) -> None:
    assert Names(text).holds(text.index(number)) is held


AFTER_DIGITS = st.text(
    sorted(set(not_figures._DATE[0].pattern + not_figures._CODE[0].pattern + "个元%万 ()（）ab")), max_size=8
)
"""Of all characters that dates and codes are told by, and some others."""


@given(st.text("0123456789", min_size=1, max_size=20), AFTER_DIGITS)
def test_what_is_plainly_no_date_by_its_digits_is_none_by_the_expressions_either(digits: str, rest: str) -> None:
    text = digits + rest
    tried = not_figures._DATE[0].match(text, 0) or not_figures._CODE[0].match(text, 0)
    assert not_figures._may_be_date_or_code(text, 0) or tried is None
