"""Names of indicators brought together, by rule and by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.comparing.indicators import Ruling, joined, likeness, meaning_of, of_one_thing, same_thing
from core.records import Metric


def metric(name: str, unit: str = "个", kind: str = "count") -> Metric:
    return Metric(name, Decimal(1), unit, kind=kind)


@pytest.mark.parametrize(
    ("name", "unit", "thing", "quality"),
    [
        ("志愿者人数", "人", "志愿者", "amount"),
        ("青禾县志愿者数", "名", "志愿者", "amount"),
        ("累计建成老年食堂数", "家", "老年食堂", "amount"),
        ("长者食堂数", "个", "长者食堂", "amount"),
        ("新增老年食堂数", "家", "老年食堂", "new"),
        ("新引进人才数", "名", "引进人才", "new"),
        ("粮食总产量", "吨", "粮食总产量", "amount"),
        ("粮食总产量增速", "%", "粮食总产量", "growth"),
        ("地区生产总值同比增长", "%", "地区生产总值", "growth"),
        ("党员占比", "%", "党员", "share"),
        ("党员占比提高幅度", "百分点", "党员占比", "change"),
        ("小区党组织覆盖率", "%", "小区党组织覆盖率", "share"),
        ("人均可支配收入", "元", "人均可支配收入", "average"),
        ("亩均产值", "元", "亩均产值", "average"),
        ("村集体年增收额", "元", "村集体", "change"),
        ("预计年产值", "元", "产值", "amount"),
    ],
)
def test_the_thing_and_its_quality(name: str, unit: str, thing: str, quality: str) -> None:
    meaning = meaning_of(metric(name, unit), ["青禾县", "青禾"])
    assert (meaning.thing, meaning.quality) == (thing, quality)


def names_joined(names: list[str], ruling: Ruling | None = None, unit: str = "个") -> list[tuple[list[str], str]]:
    meanings = [meaning_of(metric(name, unit)) for name in names]
    groups = joined(meanings, names, ruling or Ruling())
    return [([names[i] for i in group.members], group.way) for group in groups]


def test_names_come_together_by_what_they_mean_and_say_how() -> None:
    names = ["老年食堂数", "长者食堂数", "乡村老年食堂数", "文化礼堂数", "老年食堂数"]
    assert names_joined(names) == [
        (["老年食堂数", "长者食堂数", "乡村老年食堂数", "老年食堂数"], "alike"),
        (["文化礼堂数"], "same"),
    ]


def test_growth_share_and_totals_never_come_together() -> None:
    names = ["粮食产量", "粮食产量增速", "粮食产量占比"]
    meanings = [meaning_of(metric(n, u)) for n, u in zip(names, ("吨", "%", "%"), strict=True)]
    assert len(joined(meanings, names)) == 3


def test_what_a_person_joined_is_one_and_what_a_person_parted_is_two() -> None:
    joins = Ruling({frozenset(("议事亭数", "说事点数")): True})
    assert names_joined(["议事亭数", "说事点数"], joins) == [(["议事亭数", "说事点数"], "hand")]
    parts = Ruling({frozenset(("老年食堂数", "长者食堂数")): False})
    assert [names for names, _ in names_joined(["老年食堂数", "长者食堂数"], parts)] == [["老年食堂数"], ["长者食堂数"]]


def test_a_parting_holds_over_a_third_name_that_is_like_both() -> None:
    parts = Ruling({frozenset(("老年食堂数", "乡村老年食堂数")): False})
    groups = [names for names, _ in names_joined(["老年食堂数", "长者食堂数", "乡村老年食堂数"], parts)]
    assert not any({"老年食堂数", "乡村老年食堂数"} <= set(names) for names in groups)


def test_a_person_cannot_join_what_is_counted_otherwise() -> None:
    ruling = Ruling({frozenset(("培训人数", "培训人次")): True})
    names = ["培训人数", "培训人次"]
    meanings = [meaning_of(metric("培训人数", "人")), meaning_of(metric("培训人次", "人次"))]
    assert len(joined(meanings, names, ruling)) == 2


NAMES = st.text(st.sampled_from("村镇志愿者老年食堂数产量率新增累计"), min_size=1, max_size=8)


@given(st.lists(NAMES, max_size=12), st.randoms())
def test_every_name_is_in_one_group_whatever_the_order(names: list[str], random: object) -> None:
    groups = [members for members, _ in names_joined(names)]
    assert sorted(name for members in groups for name in members) == sorted(names)
    for one in groups:
        assert all(same_thing(one[0], other) or likeness(one[0], other) > 0 for other in one)


@pytest.mark.parametrize(
    ("amount", "ratio", "one"),
    [
        ("土地流转面积", "土地流转率", True),
        ("森林面积", "森林覆盖率", True),
        ("村集体经济收入", "村均集体经济收入", True),
        ("志愿者数", "小区党组织覆盖率", False),
    ],
)
def test_an_amount_and_a_ratio_of_one_thing(amount: str, ratio: str, one: bool) -> None:
    assert of_one_thing(meaning_of(metric(amount, "亩")), meaning_of(metric(ratio, "%"))) is one
