"""What one name says more than another, and whether it makes them two things."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.comparing.indicators import difference, meaning_of
from core.comparing.wording import only_in, parted_in_print, printed_beside, telling
from core.records import Metric


def _names(name: str) -> list[dict[str, str]]:
    lines = (Path(__file__).parents[2] / "cases" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))


NAMES = _names("indicator_names.tsv")
BY_THEME = _names("indicator_names_by_theme.tsv")


def _parted(row: dict[str, str]) -> bool:
    one, other = (
        meaning_of(
            Metric(row[side], Decimal(1), row["unit"], printed=f"1{row['unit']}", quote=f"{row[side]}1{row['unit']}")
        )
        for side in ("a", "b")
    )
    return difference(one, other) is not None


def test_names_of_two_things_stay_two() -> None:
    others = [row for row in NAMES if row["said"] == "other"]
    assert len(others) > 60
    assert [row for row in others if not _parted(row)] == []


def test_nine_of_ten_pairs_of_names_for_one_thing_are_one_without_any_sentence() -> None:
    """The others need a sentence that says so; no list has every word."""
    same = [row for row in NAMES if row["said"] == "same"]
    parted = [(row["a"], row["b"]) for row in same if _parted(row)]
    assert 10 * len(parted) <= len(same), parted


def test_names_of_every_theme_are_told_as_they_were() -> None:
    """Names alone, without a sentence."""
    right = Counter(row["said"] for row in BY_THEME if _parted(row) == (row["said"] == "other"))
    all_of = Counter(row["said"] for row in BY_THEME)
    assert min(all_of.values()) > 300
    assert right["other"] >= 0.87 * all_of["other"]
    assert right["same"] >= 0.88 * all_of["same"]


@pytest.mark.parametrize(
    ("quote", "printed", "beside"),
    [
        ("全县户籍人口52万人，常住人口41万人。", "41万人", "常住人口"),
        ("全市甲企业、乙企业分别达412家和1685家。", "1685家", ""),
        ("材料由12份精简为3份。", "3份", "材料由12份"),
        ("", "3份", ""),
    ],
)
def test_what_stands_beside_a_figure(quote: str, printed: str, beside: str) -> None:
    assert printed_beside(quote, printed) == beside


def test_what_the_other_sentence_prints_is_no_difference_and_what_it_prints_of_its_own_name_is() -> None:
    assert telling("公共充电桩", "充电桩", "全县公共充电桩") == ""
    assert telling("公共充电桩", "充电桩", "全县充电桩") == "公共"
    assert telling("公共一般公共预算收入", "一般公共预算收入", "一般公共预算收入") == "公共"


@pytest.mark.parametrize(
    ("a", "b", "parted"),
    [
        ("全县户籍人口", "全县常住人口", True),
        ("热线受理办结工单", "热线受理工单", False),
        ("60岁以上老人", "60周岁及以上老人", False),
        ("60岁以上老人", "老人", False),
        ("集体收入10万元以上的村", "集体收入50万元以上的村", True),
    ],
)
def test_printed_words_part_equal_names_only_where_both_print_one(a: str, b: str, parted: bool) -> None:
    assert (parted_in_print(a, b) is not None) is parted


WORDS = st.text(st.sampled_from("村级互助养老点富硒胡柚产量全县户籍人口率数"), max_size=8)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_nothing_parts_a_name_from_itself_and_what_is_left_over_is_of_the_name(a: str, b: str) -> None:
    assert only_in(a, a) == ()
    assert telling(a, a, "") == ""
    assert all(piece in a for piece in only_in(a, b))
    assert set(telling(a, b, "")) <= set("".join(only_in(a, b)))
