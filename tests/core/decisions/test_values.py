"""Values of the log: made from records and back without loss, and refused in words where they are none."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import NotAValue, checked, figure_of, figure_value, value_of_field
from core.decisions.log import PARTS
from core.decisions.values import field_of, mechanism_of, mechanism_value
from core.records import APPROX_WORDS, Case, Citation, Mechanism, Metric, Part, Place, Span

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**12)
SPANS = st.none() | st.builds(lambda at, n: Span(at, at + n), st.integers(0, 999), st.integers(0, 99))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
FIGURES = st.builds(
    Metric, indicator=TEXTS.filter(bool), value=NUMBERS, unit=TEXTS, approx=st.sampled_from([*APPROX_WORDS]),
    subject=TEXTS, period=TEXTS, printed=TEXTS, span=SPANS, quote=TEXTS, quote_span=SPANS,
)  # fmt: skip


@given(FIGURES)
def test_a_figure_survives_the_log(metric: Metric) -> None:
    kept = json.loads(json.dumps(figure_value(metric)))
    assert figure_of(checked("figure/x", kept)) == metric


def test_a_mechanism_and_the_fields_survive_the_log() -> None:
    mechanism = Mechanism("一核四联", "work model", (Part("一核", "支部"),), ("商会",), "注", (Span(1, 5),))
    assert mechanism_of(checked("mechanism/x", json.loads(json.dumps(mechanism_value(mechanism))))) == mechanism
    case = Case(
        "c", "题", "news", "栏", ("甲",), Place("330822", "浙江省", "衢州市", "常山县"), ("基层治理",), "摘", "背",
        "做", "成", published="2023-05", citations=(Citation("报", "2023-05", "3", "题", ("乙",)),), note="注",
        tags=("急",), starred=True,
    )  # fmt: skip
    for part in PARTS:
        value = json.loads(json.dumps(value_of_field(case, part)))
        assert field_of(part, checked(part, value)) == getattr(case, part)


REFUSED = [
    ("title", " ", "标题不能空着"),
    ("title", 3, "不是文字"),
    ("published", "2023-13", "不是日期"),
    ("published", "２０２３", "不是日期"),
    ("place", ["", "浙江省"], "不是所要的一列"),
    ("themes", "基层治理", "不是所要的一列"),
    ("kind", "book", "类别只能是"),
    ("starred", 1, "只能是"),
    ("color", "red", "没有「color」这一项"),
    ("citations", [["报", "2023", "3", "题"]], "不是所要的一列"),
    ("figure/x", {"indicator": "户数", "value": "很多", "unit": "户"}, "「很多」不是数"),
    ("figure/x", {"indicator": "户数", "value": True, "unit": "户"}, "不是数"),
    ("figure/x", {"indicator": "户数", "value": "1e999", "unit": "户"}, "不是数"),
    ("figure/x", {"indicator": "", "value": "5", "unit": "户"}, "数据要有指标"),
    ("figure/x", {"indicator": "户数", "value": "5", "unit": "户", "value_max": "4"}, "上限比数值小"),
    ("figure/x", {"indicator": "户数", "value": "5", "unit": "户", "approx": "大概"}, "约数只能是"),
    ("figure/x", {"indicator": "户数", "value": "5", "unit": "户", "span": [7, 5]}, "不是原文里的一段"),
    ("figure/x", {"indicator": "户数", "value": "5", "unit": "户", "colour": ""}, "没有这一项：colour"),
    ("figure/x", "5户", "数据要写成"),
    ("mechanism/x", {"name": " "}, "机制要有名称"),
    ("mechanism/x", {"name": "一核", "kind": "magic"}, "机制的类别只能是"),
]


@pytest.mark.parametrize(("part", "value", "words"), REFUSED)
def test_what_is_no_value_is_refused_in_words(part: str, value: object, words: str) -> None:
    with pytest.raises(NotAValue, match=words):
        checked(part, value)


@pytest.mark.parametrize(("given", "kept"), [("1,200", "1200"), ("62000.50", "62000.50"), (Decimal("7"), "7")])
def test_a_number_is_read_as_people_write_it(given: object, kept: str) -> None:
    assert checked("figure/x", {"indicator": "户数", "value": given, "unit": "户"})["value"] == kept
