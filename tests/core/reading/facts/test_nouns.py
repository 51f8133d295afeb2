"""The nouns and verbs around a figure: what it counts, what it measures, and what such a thing is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.facts import nouns
from core.reading.figures.find import find_figures


def wrong(why: str) -> pytest.MarkDecorator:
    """A case that is read wrongly today."""
    return pytest.mark.xfail(reason=why, strict=True)


@given(st.text(alphabet="“”《》全县新建养老服务站覆盖率，、的a1 ⼈", max_size=30))
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join(word for word, _ in nouns.cut(text)) == text


def test_a_quoted_name_is_one_noun() -> None:
    assert ("“红色代办点”", "n") in nouns.cut("设立“红色代办点”多处")


@pytest.mark.parametrize(
    ("after", "noun"),
    [
        ("教授团队，共计", "教授团队"),
        pytest.param("符合发展的科技成果", "科技成果", marks=wrong("a modifier is taken for the noun")),
        ("的教授团队", "教授团队"),
        ("党群服务圈", "党群服务圈"),
        ("返乡青年和留守妇女", "返乡青年和留守妇女"),
        ("网格员走进家庭", "网格员"),
        ("（含分校）", ""),
        ("，其中", ""),
        ("", ""),
    ],
)
def test_noun_after(after: str, noun: str) -> None:
    assert nouns.noun_after(after) == noun


def test_a_noun_in_a_phrase_ends_before_the_act() -> None:
    assert nouns.noun_after("小区试点", in_phrase=True) == "小区"


@pytest.mark.parametrize(
    ("before", "noun"),
    [
        ("新增上市公司", "新增上市公司"),
        ("志愿服务时长达", "志愿服务时长"),
        ("今年以来，全县农民人均可支配收入", "农民人均可支配收入"),
        ("粮食总产量达到", "粮食总产量"),
        ("计划新建", ""),
        ("其中", ""),
        ("", ""),
    ],
)
def test_noun_before(before: str, noun: str) -> None:
    assert nouns.noun_before(before) == noun


@pytest.mark.parametrize(
    ("find", "words", "found"),
    [
        (nouns.last_verb, "累计培训", "培训"),
        (nouns.last_verb, "举办", ""),
        (nouns.last_verb, "学校", ""),
        (nouns.bare_verb, "累计下沉", "下沉"),
        (nouns.bare_verb, "网格员", ""),
        (nouns.verbs_before, "累计拆除违建", "拆除违建"),
        (nouns.verbs_before, "村民", ""),
        (nouns.subject_of, "目前合作社成员由", "合作社成员"),
        (nouns.subject_of, "，", ""),
    ],
)
def test_verbs_and_subjects(find: Callable[[str], str], words: str, found: str) -> None:
    assert find(words) == found


@pytest.mark.parametrize(
    ("after", "verb"), [("，其中", True), ("的一年", True), ("", True), ("网格员走进家庭", False), ("服务人员", False)]
)
def test_starts_with_verb(after: str, verb: bool) -> None:
    assert nouns.starts_with_verb(after) is verb


@pytest.mark.parametrize(
    ("head", "count", "heads"),
    [
        ("粮食总产量、农业产值和财政收入", 3, ["粮食总产量", "农业产值", "财政收入"]),
        pytest.param("产值和可支配收入", 2, ["产值", "可支配收入"], marks=wrong("可 is cut off")),
        ("全年，粮食总产量与农业产值", 2, ["粮食总产量", "农业产值"]),
        ("粮食总产量", 2, []),
    ],
)
def test_heads_of_a_list(head: str, count: int, heads: list[str]) -> None:
    assert nouns.split_heads(head, count) == heads


@pytest.mark.parametrize(
    ("noun", "printed", "name"),
    [
        ("上市公司", "11家", "上市公司数"),
        ("惠及群众", "300人", "惠及群众人数"),
        ("接待游客", "20人次", "接待游客人次"),
        ("总人口", "3万人", "总人口"),
        ("贷款余额", "3亿元", "贷款余额"),
        ("网格员数", "12名", "网格员数"),
        ("", "12名", ""),
    ],
)
def test_name_of_what_is_counted(noun: str, printed: str, name: str) -> None:
    assert nouns.with_suffix(noun, find_figures(printed)[0]) == name


@pytest.mark.parametrize(
    ("noun", "printed", "name"),
    [
        ("行动计划", "三年", "行动计划期限"),
        ("房产", "300平方米", "房产面积"),
        ("水库", "5万立方米", "水库容积"),
        ("绿地面积", "300亩", "绿地面积"),
        ("网格员", "12名", "网格员"),
        ("", "300亩", ""),
    ],
)
def test_name_of_what_is_measured(noun: str, printed: str, name: str) -> None:
    assert nouns.measured_name(noun, find_figures(printed)[0]) == name
