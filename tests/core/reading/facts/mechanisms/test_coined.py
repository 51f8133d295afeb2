"""Names that stand without quotation marks."""

from __future__ import annotations

import pytest

from core.reading.facts.mechanisms.coined import coined_names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("村里成立邻里议事会，", "邻里议事会", "organisation"),
        ("镇里实行一户一档，", "一户一档", "work model"),
        ("有了它，三级联动机制，", "三级联动机制", "work model"),
        ("昨天，邻里服务中心揭牌", "邻里服务中心", "organisation"),
        ("实施庭院提升工程，", "庭院提升工程", "policy"),
        ("旁边，青春·驿站，", "青春·驿站", "organisation"),
    ],
)
def test_names(text: str, name: str, kind: str) -> None:
    [found] = coined_names(0, text)
    assert (found.name, found.kind, text[found.start : found.end]) == (name, kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "村里成立一个小组，",
        "成立3家合作社，",
        "实行一天一天地修，",
        "王一·李二昨天来了",
        "三级以上机制，",
        "昨天，店里揭牌",
        "全村老少修路，",
        "研究员亚当·诺维奇告诉法新社记者",
        "顾问马丁·克莱因同日在社区发文",
        "成立专家小组来监督该机制，",
        "共建成13个区级服务平台，",
        "开设各种技能提升课堂，",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    assert list(coined_names(0, text)) == []


def test_a_second_verb_is_no_part_of_a_name() -> None:
    assert [p.name for p in coined_names(0, "探索建立邻里议事会，")] == ["邻里议事会"]
