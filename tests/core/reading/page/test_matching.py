"""The cheapest pairs, against all possible ones."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.page.matching import cheapest_pairs

COST = st.integers(-9, 9).map(float)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[dict[int, float]], list[float], list[float]]:
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    costs = [draw(st.dictionaries(st.sampled_from(range(columns)), COST)) if columns else {} for _ in range(rows)]
    return costs, [draw(COST) for _ in range(rows)], [draw(COST) for _ in range(columns)]


def price(
    chosen: tuple[int | None, ...], costs: list[dict[int, float]], rows: list[float], columns: list[float]
) -> float | None:
    taken = [c for c in chosen if c is not None]
    if len(set(taken)) < len(taken) or any(c is not None and c not in costs[r] for r, c in enumerate(chosen)):
        return None
    joined = sum(rows[r] if c is None else costs[r][c] for r, c in enumerate(chosen))
    return joined + sum(cost for c, cost in enumerate(columns) if c not in taken)


@given(problems())
def test_no_other_pairs_are_cheaper(problem: tuple[list[dict[int, float]], list[float], list[float]]) -> None:
    costs, rows, columns = problem
    every = product([None, *range(len(columns))], repeat=len(rows))
    prices = [p for p in (price(chosen, *problem) for chosen in every) if p is not None]
    assert price(tuple(cheapest_pairs(costs, rows, columns)), *problem) == pytest.approx(min(prices))
