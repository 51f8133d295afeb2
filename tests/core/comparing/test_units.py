"""Units of one dimension, exactly; checked against pint, which knows the same units by other names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.comparing.units import UnitError, common_unit, convert, is_short, measure, scale_of, written
from core.resources import load_table

TABLE = {
    dimension: [pair.split("=")[0] for pair in words.split()]
    for dimension, words in load_table("units.toml")["dimensions"].items()
}
ALIKE = [(a, b) for units in TABLE.values() for a in units for b in units]
NUMBERS = st.decimals(min_value="0.0001", max_value="1000000000", places=4)
# Chinese units and what they are by definition, in the words of pint.
NAMED = {
    "平方公里": "kilometer**2", "公顷": "hectare", "平方米": "meter**2", "亩": "hectare/15",
    "公里": "kilometer", "米": "meter", "厘米": "centimeter", "里": "kilometer/2", "尺": "meter/3",
    "海里": "nautical_mile",
    "英里": "mile", "英尺": "foot", "英寸": "inch", "码": "yard",
    "立方米": "meter**3", "升": "liter", "毫升": "milliliter",
    "吨": "metric_ton", "公斤": "kilogram", "斤": "kilogram/2", "两": "kilogram/20", "克": "gram", "磅": "pound",
    "小时": "hour", "分钟": "minute", "秒": "second", "天": "day", "周": "week",
    "千瓦时": "kilowatt_hour", "兆瓦时": "megawatt_hour", "千瓦": "kilowatt", "兆瓦": "megawatt",
    "帕": "pascal", "百帕": "hectopascal", "兆帕": "megapascal",
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "to", "out"),
    [
        ("15", "亩", "公顷", Fraction(1)),
        ("100", "亩", "公顷", Fraction(20, 3)),
        ("80", "平方公里", "亩", Fraction(120000)),
        ("9800", "公斤", "吨", Fraction(49, 5)),
        ("120", "斤", "公斤", Fraction(60)),
        ("1.8", "小时", "分钟", Fraction(108)),
        ("2", "天", "小时", Fraction(48)),
        ("3", "年", "个月", Fraction(36)),
        ("5", "‰", "%", Fraction(1, 2)),
        ("8", "名", "人", Fraction(8)),
        ("8", "家", "个", Fraction(8)),
        ("6000", "元/亩", "元/公顷", Fraction(90000)),
        ("3", "公里/小时", "米/分钟", Fraction(50)),
        ("3", "届", "届", Fraction(3)),
    ],
)
def test_values_are_exact(value: str, unit: str, to: str, out: Fraction) -> None:
    assert convert(Decimal(value), unit, to) == out


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("人", "人次"), ("人", "户"), ("户", "家"), ("元", "美元"), ("年", "天"), ("%", "百分点"), ("亩", "米"),
        ("吨", "吨标准煤"), ("倍", "%"), ("期", "场"), ("元/亩", "元"), ("届", "期"), ("人", "个"), ("GB", "TB"),
    ],
)  # fmt: skip
def test_what_measures_another_thing_is_not_converted(unit: str, to: str) -> None:
    with pytest.raises(UnitError):
        convert(Decimal(1), unit, to)


def test_firms_are_counted_by_户_and_by_家_alike() -> None:
    assert convert(Decimal(3), "户", "家", "经营主体") == 3
    with pytest.raises(UnitError):
        convert(Decimal(3), "户", "家", "低保户")


@given(st.sampled_from(ALIKE), NUMBERS)
def test_there_and_back_is_the_same_number(pair: tuple[str, str], value: Decimal) -> None:
    there = convert(value, pair[0], pair[1])
    assert there * measure(pair[1]).factor / measure(pair[0]).factor == Fraction(value)


@given(st.sampled_from(sorted(NAMED)), st.sampled_from(sorted(NAMED)), NUMBERS)
def test_pint_says_the_same(a: str, b: str, value: Decimal) -> None:
    pint = pytest.importorskip("pint")
    units = _registry(pint)
    same = units(NAMED[a]).check(units(NAMED[b]).dimensionality)
    assert same == (measure(a).dimension == measure(b).dimension)
    if same:
        assert (Fraction(value) * units(NAMED[a])).to(units(NAMED[b]).units) / units(NAMED[b]) == convert(value, a, b)


_MADE: list[object] = []


def _registry(pint: object) -> object:
    if not _MADE:
        _MADE.append(pint.UnitRegistry(non_int_type=Fraction))  # type: ignore[attr-defined]
    return _MADE[0]


def test_a_row_is_in_a_printed_unit_in_which_all_its_values_are_short() -> None:
    assert common_unit([(Decimal(100), "亩"), (Decimal(2), "公顷"), (Decimal(7), "公顷")]) == "亩"
    assert common_unit([(Decimal(100), "个"), (Decimal(2), "家"), (Decimal(7), "家")]) == "家"
    assert common_unit([(Decimal(1), "秒"), (Decimal(7), "天")]) == "秒"


@pytest.mark.parametrize(
    ("values", "unit", "scale"),
    [
        ([120_000_000, 86_000_000], "元", "万"),
        ([120_000_000, 860_000_000], "元", "亿"),
        ([120_000_000, 5000], "元", ""),
        ([123_456_789, 86_000_000], "元", "万"),
        ([2018, 20190], "年", ""),
        ([], "元", ""),
    ],
)
def test_large_values_are_written_in_万_where_all_are_large(values: list[int], unit: str, scale: str) -> None:
    assert scale_of([Fraction(v) for v in values], unit)[0] == scale


def test_a_value_that_had_to_be_cut_says_so() -> None:
    assert written(Fraction(20, 3)) == "≈6.667"
    assert written(Fraction(1, 8)) == "0.125"
    assert not is_short(Fraction(1, 3))
