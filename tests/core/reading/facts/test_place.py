"""Where an article is about: snippets from all provinces, with a paper's own place where 我县 needs one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.gazetteer import gazetteer
from core.reading.facts.place import find_page_place, find_place
from core.records import Place

CASES = json.loads((Path(__file__).parents[3] / "cases" / "places.json").read_text("utf-8"))
NAMES = sorted(gazetteer().printed_forms)
BEHIND = ["", "路", "江畔", "话", "菜", "河", "大学", "银行", "镇", "村", "人", "：", "，", "和", "等地", "籍"]
PROVINCES = [division.name for division in gazetteer().provinces]
SENTENCES: st.SearchStrategy[str] = st.lists(
    st.tuples(
        st.sampled_from(["", "在", "王", "本报讯 ", *PROVINCES]), st.sampled_from(NAMES), st.sampled_from(BEHIND)
    ),
    min_size=1,
    max_size=6,
).map(lambda words: "".join("".join(word) for word in words))


@given(SENTENCES, st.lists(SENTENCES, max_size=3))
def test_no_text_of_names_is_too_much(title: str, paragraphs: list[str]) -> None:
    found = find_place(title, "", paragraphs, page_place=find_page_place("\n".join([title, *paragraphs])).place)
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_place_of_article(case: dict[str, list[str]]) -> None:
    home = Place("", *case["home"])
    found = find_place(case["title"], case["section"], case["paragraphs"], page_place=home).place
    assert [found.province, found.city, found.county] == [*case["place"], "", "", ""][:3]


def test_no_place_without_names() -> None:
    assert find_place("冬日暖阳", "", ["社区里的老人围坐在一起下棋。"]).place == Place()


def test_page_belongs_to_its_masthead() -> None:
    assert find_page_place("今日松阳\n\n要闻\n昨日，杭州市有关领导来访。").place.county == "松阳县"


def test_mixed_page_has_no_home() -> None:
    page = "四川省泸州市江阳区推行积分制。\n山东省临沂市兰山区建成驿站。\n云南省玉溪市澄江市保护湖泊。"
    assert find_page_place(page).place == Place()


def test_misread_town_is_named_in_the_reason() -> None:
    found = find_place("", "", ["近日，临海市白水羊镇办起夜校。白水羊镇的夜校由退休教师授课。"])
    assert found.place.town == "白水洋镇"
    assert "“白水羊镇”应为“白水洋镇”" in found.reason


@pytest.mark.parametrize(("published", "county"), [("2013-05", "临安市"), ("2023-05", "临安区"), ("", "临安区")])
def test_the_date_of_the_page_chooses_the_name(published: str, county: str) -> None:
    assert find_place("夜校开到村口", "", ["杭州临安办起夜校。"], published=published).place.county == county


@pytest.mark.parametrize(("published", "county"), [("2011", "宣武区"), ("2020", ""), ("", "宣武区")])
def test_a_short_name_is_given_up_with_its_place(published: str, county: str) -> None:
    assert find_place("夜校", "", ["北京宣武的胡同里办起夜校。"], published=published).place.county == county


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("秭归的夜校开了课。", ""),
        ("湖北秭归的夜校开了课。", "秭归县"),
        ("秭归法院的夜校开了课。", "秭归县"),
        ("秭归县的夜校开了课。", "秭归县"),
        ("秭归办夜校，秭归人爱学，秭归还办到村里，全县都办。", "秭归县"),
    ],
)
def test_a_short_name_alone_is_not_enough(text: str, county: str) -> None:
    assert find_place("夜校", "", [text]).place.county == county


def test_a_place_named_in_passing_is_proposed_in_the_reason() -> None:
    found = find_place("道理", "", ["基层治理要算长远账，把群众的事放在心上。", "办法要对路。", "常山县便是如此。"])
    assert (found.place, found.confidence) == (Place(), 0.0)
    assert "常山县" in found.reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("内蒙古自治区人大常委会日前审议条例，为乌兰牧骑的演出立下规矩。", "内蒙古自治区"),
        ("青海省海西州乌兰县的牧民搬进了新居，乌兰县政府派人来看望。", "青海省海西蒙古族藏族自治州乌兰县"),
        ("上海市的志愿者来到延吉新村，上门给老人量血压。", "上海市"),
        ("巴中两国多年来互相帮助，双方代表在会上发言。", ""),
        ("四川省巴中市把服务站修到山里，巴中的老人不再走远路。", "四川省巴中市"),
        ("河南省的货运航线一天没停，新郑国际机场夜里也卸货。", "河南省"),
    ],
)
def test_a_short_name_inside_another_thing_is_no_county(text: str, place: str) -> None:
    assert "".join(find_place("记者手记", "", [text]).place.names) == place


def test_a_page_has_no_home_by_datelines_alone() -> None:
    lines = ["电力需求平稳增长", "本报北京1月26日电（记者李梅）记者获悉，去年用电量增长6%。", "煤炭产量增长2%。"]
    assert find_page_place("\n".join(lines)).place == Place()
    assert find_place(lines[0], "", lines[1:]).place == Place()


def test_a_reporter_of_any_name_and_an_agency_are_no_place() -> None:
    line = "新华网柳州1月31日电（记者旦增尼玛曲珠）近日，一家工厂添了新设备，产量增长6%。"
    assert find_page_place(line).place == Place()
    assert find_place("工厂添了新设备", "", [line]).place == Place()


def test_a_paper_known_by_its_name_gives_the_home() -> None:
    text = "亭子里接待村民3600人次。"
    assert find_page_place(text, paper="常山报").place.county == "常山县"
    assert find_page_place("光明日报\n" + text, paper="光明日报").place == Place()
