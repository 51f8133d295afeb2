"""Each kind of doubt: sentences that raise it, and like ones that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from core.doubts import Doubt, Finder, find
from core.records import Case, Metric, Place

PLACE = Place("430603", "湖南省", "岳阳市", "云溪区")


def metric(indicator: str, value: str, unit: str, printed: str, **more: object) -> Metric:
    return replace(Metric(indicator, Decimal(value), unit, printed=printed, subject="云溪区"), **more)  # type: ignore[arg-type]


def case_of(text: str, metrics: Sequence[Metric], name: str = "甲", published: str = "2023-05-04") -> Case:
    told = [replace(m, id=f"{name}{i}", quote=m.quote or text) for i, m in enumerate(metrics)]
    return Case(id=name, title=name, place=PLACE, body=(text,), metrics=tuple(told), published=published)


def kinds(*cases: Case) -> list[str]:
    return [doubt.kind for doubt in find(cases)]


GUESS = 0.55
CASES = {
    "growth": (
        "茶园从100亩扩大到150亩，增长80%。",
        [metric("茶园", "100", "亩", "100亩"), metric("茶园", "150", "亩", "150亩"), metric("增速", "80", "%", "80%")],
    ),
    "part": (
        "建亭40座，其中村级60座。",
        [metric("亭数", "40", "座", "40座"), metric("村级亭数", "60", "座", "60座")],
    ),
    "share": ("完成全年目标的120%。", [metric("目标占比", "120", "%", "120%", kind="ratio")]),
    "date": ("夜校已办了30期。", [metric("夜校期数", "30", "期", "30期", period="2024年")]),
    "place": ("全国共有茶园30万亩。", [metric("茶园面积", "300000", "亩", "30万亩", kind="area")]),
    "change": (
        "去年办件时间由9天缩短到3天。",
        [
            metric("办件时间", "9", "天", "9天", period="去年", kind="duration"),
            metric("办件时间", "3", "天", "3天", period="去年", kind="duration"),
        ],
    ),
    "conflict": (
        "全区有渔户900户，比上年增加30户。",
        [metric("渔户数", "900", "户", "900户"), metric("渔户数", "30", "户", "30户", confidence=GUESS)],
    ),
    "unnamed": ("一天要跑7趟。", [metric("", "7", "趟", "7趟", confidence=0.3)]),
}
GOOD = {
    "growth that fits": (
        "茶园从100亩扩大到150亩，增长50%。",
        [metric("茶园", "100", "亩", "100亩"), metric("茶园", "150", "亩", "150亩"), metric("增速", "50", "%", "50%")],
    ),
    "a smaller part": (
        "建亭60座，其中村级40座。",
        [metric("亭数", "60", "座", "60座"), metric("村级亭数", "40", "座", "40座")],
    ),
    "growth over all": ("产值增长120%。", [metric("产值增速", "120", "%", "120%", kind="growth")]),
    "a plan": ("到2024年将办夜校30期。", [metric("夜校期数", "30", "期", "30期", period="2024年")]),
    "its own place": ("云溪区共有茶园30万亩。", [metric("茶园面积", "300000", "亩", "30万亩", kind="area")]),
    "a change without a time": (
        "办件时间由9天缩短到3天。",
        [metric("办件时间", "9", "天", "9天"), metric("办件时间", "3", "天", "3天", confidence=GUESS)],
    ),
    "more than": (
        "有渔户900户，渔户超过800户。",
        [
            metric("渔户数", "900", "户", "900户"),
            metric("渔户数", "800", "户", "超过800户", approx="over", confidence=GUESS),
        ],
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_found(kind: str) -> None:
    assert kinds(case_of(*CASES[kind])) == [kind]


@pytest.mark.parametrize("name", GOOD)
def test_not_found(name: str) -> None:
    assert kinds(case_of(*GOOD[name])) == []


def two(value: str, year: str = "2022年") -> list[Case]:
    first = metric("茶叶产量", "516", "吨", "516吨", period="2022年")
    other = metric("茶叶产量", value, "吨", f"{value}吨", period=year)
    return [case_of("茶叶产量达516吨。", [first]), case_of(f"茶叶产量达{value}吨。", [other], "乙")]


@pytest.mark.parametrize(("cases", "found"), [(two("615"), 1), (two("516"), 0), (two("615", "2021年"), 0)])
def test_two_cases(cases: list[Case], found: int) -> None:
    assert kinds(*cases) == ["conflict"] * found


def test_a_rare_unit() -> None:
    usual = [
        case_of(f"种茶面积{i}亩。", [metric("种茶面积", str(i), "亩", f"{i}亩", kind="area")], str(i))
        for i in range(20)
    ]
    odd = case_of("种茶面积7户。", [metric("种茶面积", "7", "户", "7户", kind="count")])
    assert kinds(*usual, odd) == ["dimension"]
    assert kinds(*usual) == []


def only(cases: list[Case]) -> Doubt:
    (found,) = find(cases)
    return found


def test_a_dismissal_holds_until_a_value_changes() -> None:
    found = only(two("615"))
    assert only(two("615")[::-1]).id == found.id
    assert find(two("615"), {found.id}) == []
    assert only(two("616")).id != found.id


def test_one_after_the_other_is_the_same() -> None:
    cases = [case_of(*told, name) for name, told in CASES.items()]
    finder = Finder()
    one_by_one = {doubt.id for case in cases for doubt in finder.add(case)} | {d.id for d in finder.across()}
    assert one_by_one == {doubt.id for doubt in find(cases)}
    assert all(doubt.quotes for doubt in find(cases))
