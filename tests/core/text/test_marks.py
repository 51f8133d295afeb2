"""The sets of marks: which hold which, and patterns of them."""

from __future__ import annotations

import re

import pytest

from core.text import marks


@pytest.mark.parametrize("mark", [*"]^-\\.*"])
def test_a_mark_that_means_something_in_patterns_is_taken_as_it_is(mark: str) -> None:
    assert re.fullmatch(marks.any_of(f"a{mark}z"), mark)
    assert not re.fullmatch(marks.none_of(f"a{mark}z"), mark)
    assert not re.fullmatch(marks.any_of(f"a{mark}z"), "m")


def test_no_mark_both_opens_and_closes() -> None:
    assert not set(marks.PAIRS) & set(marks.CLOSING + marks.STRAIGHT_QUOTES)
    assert {marks.PAIRS.get(o, "]") for o in marks.OPENING_BRACKETS} == set(marks.CLOSING_BRACKETS)
