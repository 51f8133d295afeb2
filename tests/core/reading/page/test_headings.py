"""The second look at the kinds of lines: which lines are looked at again, and what is seen of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.page.headings import NAMES, Headings, doubtful
from core.reading.page.structure import Marks

TEXT = """新村修路奔小康

近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路。

村里的路

水泥路铺通以后，新村的山货卖到了城里，全村老少在路边开了三家客栈。（记者 王小明）

老街食堂暖人心

老街的食堂办起来以后，老人们不再为一日三餐发愁，志愿者每天送餐上门。
"""
MARKS = Marks(TEXT)
TITLE, SUBHEAD, BODY = [0.0, 0.9, 0.1, 0, 0, 0], [0.0, 0.3, 0.7, 0, 0, 0], [1.0, 0, 0, 0, 0, 0]
KINDS = [TITLE, BODY, SUBHEAD, BODY, TITLE, BODY]


def signs(i: int, kinds: list[list[float]] = KINDS) -> dict[str, float]:
    return dict(zip(NAMES, Headings(MARKS.marked, kinds, MARKS.like).row(i), strict=True))


@pytest.mark.parametrize(
    ("chances", "again"),
    [(BODY, False), ([0, 0, 0, 0, 1.0, 0], False), ([0.98, 0, 0, 0.02, 0, 0], False),
     (TITLE, True), ([0, 1.0, 0, 0, 0, 0], True), ([0.6, 0, 0, 0.4, 0, 0], True)],
)  # fmt: skip
def test_headings_and_what_is_not_sure_are_looked_at_again(chances: list[float], again: bool) -> None:
    assert doubtful([chances]) == [0] * again


def test_a_heading_sees_the_headings_around_it_and_the_text_between() -> None:
    found = signs(2)
    assert (found["above_title"], found["above_size"], found["above_lines"]) == (0.9, 7.0, 1.0)
    assert (found["below_title"], found["below_chars"]) == (0.9, float(len(MARKS.marked[3].text)))
    assert (found["above_again"], found["below_again"]) == (-1.0, -1.0)
    assert (found["page_groups"], found["page_titles"]) == (3.0, pytest.approx(2.1))


def test_one_heading_alone_is_compared_with_none() -> None:
    assert not Headings(MARKS.marked, [TITLE, *[BODY] * 5], MARKS.like).several
    assert Headings(MARKS.marked, KINDS, MARKS.like).several


def test_text_that_goes_on_with_its_subject_below_a_heading_is_likelier_of_one_article() -> None:
    assert signs(2)["like_across"] > 1.5 * signs(4)["like_across"]
    assert (signs(4)["over_closes"], signs(2)["over_closes"]) == (2.0, -1.0)


def test_headings_of_one_form_tell_what_the_others_were_taken_for() -> None:
    assert (signs(0)["same_size_count"], signs(0)["same_size_title"]) == (1.0, pytest.approx(0.9))
    assert (signs(2)["same_size_count"], signs(2)["same_size_title"]) == (0.0, -1.0)


@given(st.lists(st.lists(st.floats(0, 1), min_size=6, max_size=6), min_size=6, max_size=6))
@settings(max_examples=60)
def test_every_row_has_its_signs_whatever_the_first_look_said(kinds: list[list[float]]) -> None:
    headings = Headings(MARKS.marked, kinds, MARKS.like)
    for i in range(len(kinds)):
        row = headings.row(i)
        assert len(row) == len(NAMES)
        assert all(math.isfinite(x) for x in row)
