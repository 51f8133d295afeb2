"""A place's name is a word where the sentence breaks around it; at a seam of other words and in persons it is none."""

from __future__ import annotations

import pytest

from core.places.breaks import is_in_a_person, stands
from core.places.gazetteer import gazetteer

WORDS = [
    ("记者从和政县获悉", "和政"),
    ("家住昌平的老人", "昌平"),
    ("近日海淀法院判决", "海淀"),
    ("甘肃和政油菜花开", "和政"),
    ("河北康保草原上", "康保"),
    ("在常山和开化两地", "常山"),
    ("来到石景山首钢园区", "石景山"),
]
SEAMS = [
    ("统筹发展和安全", "和安"),
    ("村党委和政府包片", "和政"),
    ("合作社和龙头企业", "和龙"),
    ("把健康保障送到家", "康保"),
    ("天气复杂多变", "杂多"),
    ("祝大家幸福安康", "福安"),
    ("启用新平台", "新平"),
    ("弘扬中华家风", "扬中"),
    ("全年建成安置房", "成安"),
    ("用好中小金融机构", "小金"),
    ("党员同心同德", "同德"),
    ("水资源县级统筹", "资源县"),
    ("飞抵吉隆坡", "吉隆"),
    ("南澳大利亚州", "南澳"),
    ("澜沧江流域", "澜沧"),
]
PERSONS = [("老支书赵昌平记下", "昌平"), ("支书刘岐山说起", "岐山"), ("记者高平", "高平"), ("石林说", "石林")]
NO_PERSONS = [("家住昌平的老人", "昌平"), ("位于昌平的园区", "昌平"), ("来到岐山", "岐山"), ("和昌平相邻", "昌平")]


def place_of(text: str, name: str) -> tuple[int, int]:
    return text.index(name), text.index(name) + len(name)


@pytest.mark.parametrize(("text", "name"), WORDS)
def test_a_name_is_a_word(text: str, name: str) -> None:
    assert stands(text, *place_of(text, name))


@pytest.mark.parametrize(("text", "name"), SEAMS)
def test_a_seam_is_no_name(text: str, name: str) -> None:
    assert not stands(text, *place_of(text, name))
    assert name not in [named.name for named in gazetteer().names_in(text)]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_a_person_is_no_place(text: str, name: str) -> None:
    assert is_in_a_person(text, *place_of(text, name))


@pytest.mark.parametrize(("text", "name"), NO_PERSONS)
def test_a_word_before_a_place_is_no_surname(text: str, name: str) -> None:
    assert not is_in_a_person(text, *place_of(text, name))


@pytest.mark.parametrize("text", ["其中城镇人口11.2万人", "建成城镇社区"])
def test_a_seam_is_no_town(text: str) -> None:
    assert not list(gazetteer().towns_in(text))


def test_a_name_with_its_kind_is_one_in_longer_words() -> None:
    assert [named.name for named in gazetteer().names_in("常山县委书记")] == ["常山县"]
