"""Fixed phrasings that name a figure, as they stand around it."""

from __future__ import annotations

import pytest

from core.reading.facts.phrasings import Around, acted, phrased
from core.reading.figures.find import find_figures


def named(text: str, *, next_clause: str = "") -> tuple[str, str, str] | None:
    """What the words around the last figure of a clause name it."""
    figure = find_figures(text)[-1]
    before, after = text[: figure.start], text[figure.end :]
    return phrased(Around(figure, before, after, after, next_clause, "", ""))


@pytest.mark.parametrize(
    ("text", "base", "indicator", "way"),
    [
        ("最高50万元的创业贷款", "创业贷款", "创业贷款最高额度", "after"),
        ("给予5000元支持", "支持", "支持额", "after"),
        ("改管道要花3万元", "改管道", "改管道费用", "before"),
        ("投资2600万元的冷库项目", "冷库项目", "冷库项目投资额", "after"),
        ("一家人到手4.7万元", "一家人", "一家人收入", "before"),
        ("一只羊卖1500元", "羊", "羊售价", "before"),
        ("每斤2元", "每斤", "每斤价格", "before"),
        ("家里种了3亩", "家里", "家里种植面积", "before"),
        ("完成年度任务的93.2%", "年度任务", "年度任务完成率", "share"),
        ("租金比市场价低15%", "租金", "租金低于市场价", "growth"),
        ("年产樱桃900吨", "樱桃", "樱桃年产量", "before"),
        ("收入的70%归村民", "收入", "归村民的收入比例", "share"),
        ("20分钟就能填完信息", "填完信息", "填完信息用时", "after"),
        ("127人凭积分落户", "凭积分落户", "凭积分落户人数", "after"),
        ("92.4%的村干部认为负担减轻", "村干部", "认为负担减轻的村干部占比", "after"),
        ("陪诊一天记15分", "陪诊一天", "陪诊一天积分", "before"),
    ],
)
def test_a_phrasing_names_its_figure(text: str, base: str, indicator: str, way: str) -> None:
    assert named(text) == (base, indicator, way)


@pytest.mark.parametrize(
    "text", ["新建食堂12家", "修路3公里", "拿出5000元", "租金比去年低15%", "最高50万元", "他得了15分"]
)
def test_other_words_name_nothing(text: str) -> None:
    assert named(text) is None


def test_what_took_so_long_may_stand_in_the_next_clause() -> None:
    assert named("不到三分钟", next_clause="网格长回复了") == ("网格长回复", "网格长回复用时", "after")
    assert named("不到三分钟") is None


@pytest.mark.parametrize(
    ("words", "act"), [("就能填完信息，再交", "填完信息"), ("也都办好了", "办好"), ("，又修了路。", "修了路"), ("", "")]
)
def test_what_is_done(words: str, act: str) -> None:
    assert acted(words) == act
