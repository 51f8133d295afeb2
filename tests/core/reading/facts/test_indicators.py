"""The names of a paragraph's figures: the noun, the whole indicator, and how it was come by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.facts.indicators import Indicators, Named
from core.reading.facts.periods import find_periods
from core.reading.figures.find import find_figures
from core.text.clauses import Clauses


def name(text: str) -> list[Named]:
    return Indicators(text, find_figures(text), find_periods(text), Clauses(text)).all()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("组建12个家庭医生团队。", [("家庭医生团队", "家庭医生团队数", "after")]),
        ("新增上市公司11家。", [("新增上市公司", "新增上市公司数", "before")]),
        ("群众满意度达97.3%。", [("群众满意度", "群众满意度", "before")]),
        ("党员占34%。", [("党员", "党员占比", "share")]),
        ("中药材产值占农业总产值的21%。", [("中药材产值", "中药材产值占农业总产值比重", "share")]),
        (
            "粮食总产量4万吨，同比增长5.4%。",
            [("粮食总产量",) * 2 + ("before",), ("粮食总产量", "粮食总产量同比增速", "growth")],
        ),
        ("信访总量下降31.6%。", [("信访总量", "信访总量降幅", "growth")]),
        ("整改率提高4.2个百分点。", [("整改率", "整改率提高幅度", "growth")]),
        ("办理时限由7个工作日压缩至2个工作日。", [("办理时限", "办理时限", "before")] * 2),
        ("客运量和货运量分别增长3%和5%。", [(n, f"{n}增速", "growth") for n in ("客运量", "货运量")]),
        ("进出口总额居全省第4位。", [("进出口总额", "进出口总额排名", "before")]),
    ],
)
def test_names(text: str, named: list[tuple[str, str, str]]) -> None:
    assert [(n.base, n.indicator, n.way) for n in name(text)] == named


@pytest.mark.parametrize(
    "text",
    [
        "2022年粮食总产量达4万吨。",
        "粮食总产量从2020年的4万吨起步。",
        "粮食总产量2022年达4万吨。",
    ],
)
def test_a_period_is_no_part_of_a_name(text: str) -> None:
    assert [n.indicator for n in name(text)] == ["粮食总产量"]


def test_a_clause_does_not_reach_over_another_figure() -> None:
    assert [n.indicator for n in name("发放贷款6300万元，不良率0.4%。")] == ["发放贷款", "不良率"]


@given(st.text(alphabet="全市共新增长占达由从提高到个名万元%，。、12345今年的和分别", max_size=60))
def test_every_figure_has_a_name_of_its_own(text: str) -> None:
    named = name(text)
    assert len(named) == len(find_figures(text))
    assert {n.way for n in named} <= {"after", "before", "share", "growth", "guess"}
