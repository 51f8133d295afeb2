"""One quantity at one place: number and unit, ranges, lists with one unit, changes, units in two pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.figures.quantities import quantities_at


def read(text: str, at: int = 0) -> list[tuple[str, str, str, str | None]]:
    """Printed words, value, unit and upper value of what begins at a place."""
    drafts = quantities_at(text, at)
    return [
        (text[d.start : d.end], f"{d.value:f}", d.unit, f"{d.value_max:f}" if d.value_max else None) for d in drafts
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3公里的路", "3", "公里"),
        ("6.2万小时", "62000", "小时"),
        ("两大主导产业", "2", "个"),
        ("￥12，", "12", "元"),
        ("$3.5万", "35000", "美元"),
        ("零下5℃", "-5", "℃"),
        ("三分之一的农户", "33.33", "%"),
        ("半小时就到", "0.5", "小时"),
        ("半个月", "0.5", "个月"),
        ("一刻钟", "15", "分钟"),
        ("八五折", "8.5", "折"),
        ("5个亿", "500000000", ""),
        ("15k", "15000", ""),
        ("六块五。", "6.5", "元"),
        ("三元五角", "3.5", "元"),
        ("十二元三角五分", "12.35", "元"),
        ("1米75", "1.75", "米"),
        ("两斤三两", "2.3", "斤"),
        ("两个半小时", "2.5", "小时"),
        ("一小时三十分", "90", "分钟"),
        ("三年半。", "3.5", "年"),
    ],
)
def test_one_value(text: str, value: str, unit: str) -> None:
    [(_, found, of, most)] = read(text)
    assert (found, of, most) == (value, unit, None)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5个村", "3", "5", "个"),
        ("30—40岁", "30", "40", "岁"),
        ("3-5万元", "30000", "50000", "元"),
        ("7万元至8万元", "70000", "80000", "元"),
        ("10%-15%", "10", "15", "%"),
        ("五、六个人", "5", "6", "个"),
        ("三到四成", "30", "40", "%"),
    ],
)
def test_a_range_is_one_figure(text: str, low: str, high: str, unit: str) -> None:
    [(_, value, of, most)] = read(text)
    assert (value, most, of) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "at", "values", "unit"),
    [
        ("从3到5个", 1, ["3", "5"], "个"),
        ("分别为12、15和18家", 3, ["12", "15", "18"], "家"),
        ("0.3和1.8个百分点", 0, ["0.3", "1.8"], "百分点"),
        ("0.3和1.3个百分点", 0, ["0.3", "1.3"], "百分点"),
    ],
)
def test_changes_and_lists_are_several_with_one_unit(text: str, at: int, values: list[str], unit: str) -> None:
    found = read(text, at)
    assert ([v for _, v, _, _ in found], {u for _, _, u, _ in found}) == (values, {unit})


@pytest.mark.parametrize("text", ["12、15和18家", "5-3个"])
def test_what_is_neither_list_nor_range(text: str) -> None:
    assert len(read(text)) == 1
    assert read(text)[0][3] is None


@pytest.mark.parametrize(("text", "unit", "kind"), [("3块。", "元", "money"), ("三块地", "块", "count")])
def test_pieces_and_money(text: str, unit: str, kind: str) -> None:
    (draft,) = quantities_at(text, 0)
    assert (draft.unit, draft.kind) == (unit, kind)


@pytest.mark.parametrize(("text", "at"), [("半山腰", 0), ("公里", 0), ("上半年", 1), ("甲+3", 1)])
def test_no_quantity_begins(text: str, at: int) -> None:
    assert read(text, at) == []


def test_a_dash_is_no_sign() -> None:
    assert quantities_at("甲-5度", 1) == []
    assert read("温度为-5℃", 3)[0][1] == "-5"


@given(
    st.text(alphabet="一二三十百千万亿半多余个人元角分年月日小时%0123456789.、和至到-—从为", min_size=1, max_size=20)
)
def test_drafts_lie_in_the_text_and_ranges_rise(text: str) -> None:
    for draft in quantities_at(text, 0):
        assert 0 <= draft.start <= draft.head < draft.number_end <= len(text)
        assert draft.start < draft.end <= len(text)
        assert draft.value_max is None or draft.value_max > draft.value
