"""What the parts of a coded name stand for, and who takes part, as far as the text says so."""

from __future__ import annotations

import pytest

from core.reading.facts.mechanisms.explained import find_parts


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        (
            "一核三化",
            "“一核三化”，即一个党建核心，服务精细化、管理网格化、参与多元化。",
            {"一核": "一个党建核心", "三化": "服务精细化、管理网格化、参与多元化"},
        ),
        (
            "一核两翼",
            "“一核两翼”：“一核”即党组织，“两翼”即志愿者和业主。",
            {"一核": "党组织", "两翼": "志愿者和业主"},
        ),
        ("三审", "“三审”就是初审、复审、终审。", {"三审": "初审、复审、终审"}),
        ("1+3", "“1+3”，即建1个中心、设3个站点。", {"1": "建1个中心", "3": "设3个站点"}),
        ("三审", "“三审”就是初审、终审。", {}),
        ("三审", "推行“三审”。", {}),
        ("议事会", "“议事会”就是初审、复审、终审。", {}),
    ],
)
def test_parts(name: str, text: str, parts: dict[str, str]) -> None:
    assert {p.label: p.meaning for p in find_parts(name, [text])[0]} == parts


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("由社区、物业、业委会共同组成邻里议事会。", ("社区", "物业", "业委会")),
        ("由社区牵头组成邻里议事会。", ()),
        ("由社区、物业共同修路。后来有了邻里议事会。", ()),
    ],
)
def test_who_takes_part(text: str, who: tuple[str, ...]) -> None:
    assert find_parts("邻里议事会", [text])[1] == who
