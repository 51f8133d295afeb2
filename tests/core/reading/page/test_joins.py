"""Lines, stretches and the steps between them: every row has its signs, and the assignment keeps to the rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.reading.page.joins import AGAIN_NAMES, END_NAMES, NAMES, START_NAMES, Joins
from core.reading.page.order import assign, cut
from core.reading.page.stretches import NEXT_NAMES, Lines
from core.reading.page.structure import Marks

TEXT = """新村修路奔小康

近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水

老街食堂暖人心

老街的食堂办起来以后，老人们不再为一日三餐发愁，志愿者每天送餐上门。

泥路，山货卖到了城里。
"""
CHANCE = st.floats(0.0, 1.0)


def joins_of(text: str, sure: float = 0.0) -> Joins:
    marks = Marks(text)
    kinds = [[0.0, 1.0, 0, 0, 0, 0] if len(m.text) < 10 else [1.0, 0, 0, 0, 0, 0] for m in marks.marked]
    lines = Lines(marks.marked, kinds, list(range(len(kinds))), marks.like, marks.grams)
    return Joins(lines, cut(lines.count, [sure] * lines.count))


def test_every_row_has_its_signs() -> None:
    joins = joins_of(TEXT)
    rows = joins.rows()
    again = joins.again(rows, [0.5] * len(rows), [None] * joins.count)
    assert {len(row) for _, _, row in rows} == {len(NAMES)}
    assert {len(row) for _, _, row in again} == {len(AGAIN_NAMES)}
    assert {len(row) for row in joins.end_rows()} == {len(END_NAMES)}
    assert {len(row) for row in joins.start_rows()} == {len(START_NAMES)}
    assert {len(row) for row in joins.lines.next_rows()} == {len(NEXT_NAMES)}


def test_a_cut_line_is_asked_for_its_rest_wherever_it_stands() -> None:
    joins = joins_of(TEXT)
    assert 4 in joins.candidates[1]
    assert joins.gain(1, 4) > joins.gain(1, 3)
    assert all(a not in row for a, row in enumerate(joins.candidates))


def test_stretches_are_cut_where_it_is_not_sure() -> None:
    assert cut(4, [0.99, 0.5, 0.98]) == [(0, 1), (2, 3)]
    assert cut(0, []) == []
    assert joins_of(TEXT, sure=1.0).count == 1


@given(st.integers(2, 6).flatmap(lambda n: st.tuples(
    st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), CHANCE), max_size=14),
    st.lists(CHANCE, min_size=n, max_size=n), st.lists(CHANCE, min_size=n, max_size=n))))  # fmt: skip
def test_every_line_has_one_before_and_one_behind_and_nothing_goes_round(
    drawn: tuple[list[tuple[int, int, float]], list[float], list[float]],
) -> None:
    steps, ends, starts = drawn
    known = {(a, b): chance for a, b, chance in steps if a != b}
    found = assign(list(known), list(known.values()), ends, starts)
    assert len({b for b, _ in found.values()}) == len(found)
    for first in found:
        at, passed = first, set()
        while at in found:
            assert at not in passed
            passed.add(at)
            at = found[at][0]


def test_the_likelier_pair_of_steps_wins() -> None:
    pairs = [(0, 1), (0, 2), (3, 1), (3, 2)]
    found = assign(pairs, [0.6, 0.5, 0.55, 0.02], [0.1] * 4, [0.1] * 4)
    assert {a: b for a, (b, _) in found.items()} == {0: 2, 3: 1}


def test_a_step_that_is_less_likely_than_an_end_and_a_start_is_not_taken() -> None:
    assert assign([(0, 1)], [0.3], [0.9, 0.9], [0.9, 0.9]) == {}
