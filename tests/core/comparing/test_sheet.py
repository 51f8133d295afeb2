"""The records of a comparison: which figures of a row go on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from core.comparing.sheet import Cell, Head, Pair, Reason, Row, Sheet
from core.records import Metric

HEAD = Head("a", 1, "议事亭", "", (), "", "")


def sheet(values: Sequence[Sequence[int]], apart: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()) -> Sheet:
    cells = tuple(
        tuple(Cell(HEAD, Metric("志愿者数", Decimal(v), "名"), Fraction(v)) for v in column) for column in values
    )
    places = [(c, at) for c, cell in enumerate(cells) for at in range(len(cell))]
    pairs = tuple(
        Pair(0, a, 0, b, (Reason("time", "2022年", "2023年"),) if (a, b) in apart else ())
        for a in places
        for b in places
        if a[0] < b[0]
    )
    return Sheet("", (), rows=(Row("志愿者", "amount", "名", cells),), pairs=pairs)


@pytest.mark.parametrize(
    ("values", "apart", "ranked"),
    [
        ([[3], [5]], [], [(1, 0), (0, 0)]),
        ([[3], [5]], [((0, 0), (1, 0))], []),
        ([[3], [5], [4]], [((0, 0), (1, 0))], [(2, 0), (0, 0)]),
        ([[3], [5], [4], [9]], [((0, 0), (1, 0)), ((0, 0), (2, 0))], [(3, 0), (1, 0), (2, 0)]),
        ([[3, 7], [5]], [((0, 0), (1, 0))], [(0, 1), (1, 0)]),
        ([[3], []], [], []),
    ],
)
def test_only_figures_that_are_all_comparable_are_ranked(
    values: list[list[int]], apart: list[tuple[tuple[int, int], tuple[int, int]]], ranked: list[tuple[int, int]]
) -> None:
    assert list(sheet(values, apart).ranked(0)) == ranked


def test_a_pair_that_nothing_parts_is_comparable_and_the_first_reason_is_the_verdict() -> None:
    assert Pair(0, (0, 0), 0, (1, 0)).verdict == "comparable"
    assert Pair(0, (0, 0), 0, (1, 0), (Reason("subject"), Reason("time"))).verdict == "subject"
