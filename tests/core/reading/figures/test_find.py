"""Figures in running text, as whole texts, and what only looks like one."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.fuzz.properties import find_any_figures
from core.reading.figures.find import Figure, find_figures

CASES = json.loads((Path(__file__).parents[3] / "cases" / "figures.json").read_text("utf-8"))
PIECES = [
    *"全市 共有 新增 从 到 提高到 增长 每 近 约 超过 不足 以上 左右 多 余 、 ， 。 和 分别 “ ”".split(),
    *"一 两 三 十 百 千 万 亿 半 几 第 0 1 2 5 12 300 4.5 1,200 三分之一 百分之五 2023年 7月1日 9时30分".split(),
    *"个 名 家 元 亩 % 个百分点 年 月 日 小时 公里 平方米 毫克/升 次 倍 成 人次 点 分 号 级 届 位".split(),
    *"之首 - — ~ ￥ ℃ 零下 过半 翻番 减到 同比 × / + ≥ 块 两 20 15 前 每".split(),
    " ",
    "\n",
]
running = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def told(figure: Figure) -> str:
    """A figure as the cases write it: 30000~50000 元 about."""
    high = "" if figure.value_max is None else f"~{plain(figure.value_max)}"
    approx = "" if figure.approx == "exact" else f" {figure.approx}"
    return f"{plain(figure.value)}{high} {unicodedata.normalize('NFKC', figure.unit)}{approx}".rstrip()


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def wanted(case: str) -> str:
    """A case with its values in the same form."""
    values, _, rest = case.partition(" ")
    return f"{'~'.join(plain(Decimal(v)) for v in values.split('~'))} {rest}".rstrip()


@pytest.mark.parametrize("case", [*CASES["running text"], *CASES["whole text"]], ids=lambda case: case[0])
def test_figures(case: list[str]) -> None:
    assert [told(f) for f in find_figures(case[0])] == [wanted(w) for w in case[1:]]


@pytest.mark.parametrize("case", [c for kind in CASES["kinds"].values() for c in kind], ids=lambda case: case[0])
def test_figures_by_kind_and_what_only_looks_like_them(case: list[str]) -> None:
    assert [told(f) for f in find_figures(case[0])] == [wanted(w) for w in case[1:]]


@pytest.mark.parametrize("text", CASES["no figures"])
def test_no_figures(text: str) -> None:
    assert find_figures(text) == []


@given(running)
def test_spans_are_literal_and_apart(text: str) -> None:
    figures = find_figures(text)
    assert [text[f.start : f.end] for f in figures] == [f.printed for f in figures]
    assert all(a.end <= b.start for a, b in pairwise(figures))


@given(running)
@example("两个半月，居全市之首，从3到5个，近万人")
@example(f"亿近{'二' * 32}年")
@example(f"投入{'9' * 40}万元")
def test_reading_a_figure_again_gives_its_value(text: str) -> None:
    for figure in find_figures(text):
        again = find_figures(figure.printed)
        assert [(f.value, f.value_max) for f in again] == [(figure.value, figure.value_max)]


@given(st.binary(max_size=40))
def test_what_is_printed_in_any_order_is_read_the_same_alone(raw: bytes) -> None:
    find_any_figures(raw)


@given(running, st.integers(0, 60), st.sampled_from([" ", "\n", "\u3000", "\u200b"]))
def test_a_layout_blank_beside_a_chinese_character_changes_nothing(text: str, at: int, blank: str) -> None:
    whole = "".join(text.split())
    spot = next((i for i in range(min(at, len(whole)), len(whole)) if "\u4e00" <= whole[i] <= "\u9fff"), len(whole))
    broken = whole[:spot] + blank + whole[spot:]
    assert [told(f) for f in find_figures(broken)] == [told(f) for f in find_figures(whole)]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[f.start : f.end] == f.printed for f in find_figures(text))
