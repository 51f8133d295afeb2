"""Agreement of reviewers: worked examples that were published, and what holds for any values."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.agreement import Unit, agreement, alpha


def by_unit(*observers: str) -> list[list[str | None]]:
    """The values of each unit from a line an observer; * is none."""
    return [[None if value == "*" else value for value in unit] for unit in zip(*observers, strict=True)]


# Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C: the data and the published alpha.
PUBLISHED = {
    "two observers, binary": (by_unit("0100000010", "1110010000"), "0.095"),
    "two observers, nominal": (by_unit("aabbdcccedda", "babbbccceddd"), "0.692"),
    "four observers, values missing": (
        by_unit("123321412***", "1233224125*3", "*3332342251*", "12332441251*"),
        "0.743",
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_alpha_as_published(name: str) -> None:
    units, published = PUBLISHED[name]
    found = alpha(units)
    assert found is not None
    assert f"{float(found):.3f}" == published
    assert found == by_coincidences(units)


@pytest.mark.parametrize(
    ("units", "equal", "chance_corrected"),
    [
        ([], None, None),
        ([("对",), (None, "错"), ()], None, None),
        ([("对", "对"), ("对", "对")], Fraction(1), None),
        ([("对", "对"), ("错", "错")], Fraction(1), Fraction(1)),
        ([("对", "错"), ("错", "对")], Fraction(0), Fraction(-1, 2)),
        ([("对", "对", "错")], Fraction(1, 3), Fraction(0)),
    ],
)
def test_small_cases(units: Sequence[Unit], equal: Fraction | None, chance_corrected: Fraction | None) -> None:
    assert (agreement(units), alpha(units)) == (equal, chance_corrected)


def test_two_reviewers_agree_in_so_many_of_a_hundred() -> None:
    units, _ = PUBLISHED["two observers, nominal"]
    assert agreement(units) == Fraction(9, 12)


UNITS = st.lists(st.lists(st.sampled_from([None, "对", "改", "错", "存疑"]), max_size=4), max_size=12)


@given(UNITS)
def test_alpha_is_what_the_matrix_of_coincidences_gives(units: list[Unit]) -> None:
    assert alpha(units) == by_coincidences(units)


@given(UNITS)
def test_neither_the_order_nor_the_names_matter(units: list[list[str | None]]) -> None:
    names = {None: None, "对": "错", "错": "对", "改": "存疑", "存疑": "改"}
    other = [[names[value] for value in reversed(unit)] for unit in reversed(units)]
    assert (agreement(other), alpha(other)) == (agreement(units), alpha(units))


@given(UNITS)
def test_the_ranges(units: list[Unit]) -> None:
    equal, corrected = agreement(units), alpha(units)
    assert equal is None or 0 <= equal <= 1
    assert corrected is None or -1 <= corrected <= 1
    assert (equal == 1) == (corrected == 1) or corrected is None


@given(UNITS)
def test_a_value_without_a_pair_counts_for_nothing(units: list[Unit]) -> None:
    assert alpha([*units, ["改"], [None, None], [None, "错"]]) == alpha(units)


@given(UNITS.filter(bool))
def test_what_all_agree_on_is_one(units: list[list[str | None]]) -> None:
    same = [[unit[0]] * 3 for unit in units if unit]
    assume(len({unit[0] for unit in same} - {None}) > 1)
    assert alpha(same) == agreement(same) == 1


def by_coincidences(units: Sequence[Unit]) -> Fraction | None:
    """Alpha the long way, as the paper writes it: pair by pair into a matrix of coincidences."""
    cells: dict[tuple[object, object], Fraction] = {}
    for unit in units:
        values = [value for value in unit if value is not None]
        for pair in itertools.permutations(values, 2):
            cells[pair] = cells.get(pair, Fraction(0)) + Fraction(1, len(values) - 1)
    margins: dict[object, Fraction] = {}
    for (one, _), weight in cells.items():
        margins[one] = margins.get(one, Fraction(0)) + weight
    whole = sum(margins.values())
    apart = sum(weight for (one, two), weight in cells.items() if one != two)
    chance = sum(margins[one] * margins[two] for one, two in itertools.permutations(margins, 2))
    return 1 - (whole - 1) * apart / chance if chance else None
