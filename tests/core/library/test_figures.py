"""Figures across cases."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import generate
from core.library import Library, Query
from core.records import Case, Metric, State


@pytest.fixture
def roads(library: Library) -> Library:
    values = ["0.1", "0.3", "40.2", "123456789012345678901234567890.1", "-5"]
    library.cases.add([Case("", f"路{v}", metrics=(Metric("新 修路", Decimal(v), "里"),)) for v in values])
    return library


@pytest.mark.parametrize(
    ("query", "values"),
    [
        (Query(indicator="新修路", order="added"), ["0.1", "0.3", "40.2", "123456789012345678901234567890.1", "-5"]),
        (Query(unit="里", value_min=Decimal("0.3"), value_max=Decimal("40.2"), order="added"), ["0.3", "40.2"]),
        (Query(unit="里", value_max=Decimal(0)), ["-5"]),
        (Query(unit="里", value_min=Decimal("123456789012345678901234567890.1")), ["123456789012345678901234567890.1"]),
        (Query(unit="里", value_min=Decimal("123456789012345678901234567890.2")), []),
        (Query(indicator="修路", unit="公里"), ["3.5"]),
        (Query(words="议事亭", indicator="亭"), ["516"]),
        (Query(indicator="没有"), []),
    ],
)
def test_figures_that_match(roads: Library, query: Query, values: list[str]) -> None:
    assert [str(row.metric.value) for row in roads.figures.find(query)] == values


def test_a_figure_knows_its_case(library: Library) -> None:
    (row,) = library.figures.find(Query(unit="座"))
    assert (row.num, row.title, row.place) == (1, "云溪县推行“一核四联”", "岳阳市 · 云溪区")
    assert row.metric == library.cases.load(1).metrics[0]


VALUE = st.decimals(-1000, 1000, places=3) | st.sampled_from(
    [Decimal("0.1") + Decimal(f"{n}e-18") for n in range(-2, 3)]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(VALUE, st.none() | VALUE), max_size=8), st.none() | VALUE, st.none() | VALUE)
def test_values_are_compared_exactly(
    values: list[tuple[Decimal, Decimal | None]], low: Decimal | None, high: Decimal | None
) -> None:
    query = Query(unit="里", value_min=low, value_max=high)
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "a.anlan") as library:
        nums = library.cases.add([Case("", "路", metrics=(Metric("路", a, "里", b),)) for a, b in values])
        expected = {
            num
            for num, (a, b) in zip(nums, values, strict=True)
            if (low is None or (a if b is None else b) >= low) and (high is None or a <= high)
        }
        assert set(library.search.find(query).nums) == expected
        assert {row.num for row in library.figures.find(query)} == expected


LONG = [case.body for case in generate(80, 3) if sum(map(len, case.body)) > 500][:4]


def told(name: str, value: int, quote: str = "", body: tuple[str, ...] = (), state: State = "unchecked") -> Case:
    return Case("", name, body=body, metrics=(Metric(name, Decimal(value), "场", quote=quote, state=state),))


@pytest.mark.parametrize(
    ("cases", "order"),
    [
        ([told("甲", 9, "办了\n9场")] * 3 + [told("乙", n) for n in (1, 2)], ["乙", "甲"]),
        ([told("甲", 9, f"第{n}版：9场", LONG[0]) for n in range(3)] + [told("乙", n) for n in (1, 2)], ["乙", "甲"]),
        ([told("甲", 9, f"{n}报：9场", LONG[n]) for n in range(3)] + [told("乙", n) for n in (1, 2)], ["甲", "乙"]),
        ([told("甲", n, "", LONG[0]) for n in range(3)] + [told("乙", n) for n in (1, 2)], ["甲", "乙"]),
    ],
    ids=["same words", "same article", "same value of different articles", "different values"],
)
def test_what_was_imported_twice_counts_once_in_the_overview(path: Path, cases: list[Case], order: list[str]) -> None:
    with Library.create(path) as library:
        library.cases.add(cases)
        assert [row.metric.indicator for row in library.contents.overview().largest] == order


def test_a_figure_that_is_wrong_is_not_shown_as_the_largest(path: Path) -> None:
    with Library.create(path) as library:
        library.cases.add([told("甲", 900, state="wrong"), told("甲", 9), told("乙", 1, state="wrong")])
        assert [row.metric.value for row in library.contents.overview().largest] == [9]
