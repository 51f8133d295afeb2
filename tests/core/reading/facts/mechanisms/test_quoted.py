"""Which quoted phrases are names: their points by their wording and their neighbours."""

from __future__ import annotations

import pytest

from core.reading.facts.mechanisms.cues import Phrase
from core.reading.facts.mechanisms.find import THRESHOLD
from core.reading.facts.mechanisms.quoted import Said, quoted_names


def quoted(text: str, title: str = "") -> list[Phrase]:
    return quoted_names(0, text, Said(title, [text]))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("推行“邻里议事”机制", "邻里议事", "work model"),
        ("上线“码上办”小程序", "码上办", "platform"),
        ("“一核三化”工作法", "一核三化", "work model"),
        ('推行"邻里议事"机制', "邻里议事", "work model"),
        ("推行「邻里议事」机制", "邻里议事", "work model"),
        ("推行“十五点半”工作法", "十五点半", "work model"),
        ("推行“一五一十”工作法", "一五一十", "work model"),
    ],
)
def test_names(text: str, name: str, kind: str) -> None:
    [phrase] = quoted(text)
    assert (phrase.name, phrase.kind, phrase.points >= THRESHOLD) == (name, kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "他说：“修好路。”",
        "荣获“最美乡村”称号",
        "以“共建共享”为主题",
        "破解“老大难”问题",
        "这条路叫“路”",
        "分为“五类”来办",
        "“十四五”以来，镇里推行改革",
        "编制“十五五规划”",
        "“十二五”时期，推行“十二五”目标责任制",
    ],
)
def test_other_quoted_words_stay_below_the_threshold(text: str) -> None:
    assert all(phrase.points < THRESHOLD for phrase in quoted(text))


def test_a_list_shares_the_points_of_its_best() -> None:
    alone = quoted("门口有“便民小站”")[0].points
    shared = quoted("办起“幸福食堂”“爱心超市”和“便民小站”")
    assert [p.name for p in shared] == ["幸福食堂", "爱心超市", "便民小站"]
    assert shared[-1].points > alone


def test_a_list_of_slogans_is_none_of_names() -> None:
    assert all(p.points < THRESHOLD for p in quoted("争当“修路标兵”“护路能手”等荣誉称号"))


def test_a_name_of_the_title_is_likelier_one() -> None:
    text = "人们管它叫“邻里通”"
    assert quoted(text, "“邻里通”通民心")[0].points > quoted(text)[0].points


def test_how_often_a_name_is_said() -> None:
    said = Said("", ["“邻里通”好", "邻里通真好"])
    assert (said.times("邻里通"), said.times("码上办")) == (2, 0)
