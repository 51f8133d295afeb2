"""What a comparison is of, fetched from a real library; and the cases that are like one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import gathering
from core.comparing.sheet import MOST
from core.library import Library, Query
from core.records import Case, Mechanism, Place

PLACES = (
    Place("330822", "浙江省", "衢州市", "常山县"),
    Place("330521", "浙江省", "湖州市", "德清县"),
    Place("330782", "浙江省", "金华市", "义乌市"),
)
BODIES = (
    ("网格员巡查到户，邻里纠纷由网格员调解，网格议事会每月开。", "网格里的邻里纠纷少了。"),
    ("镇里给网格配了网格员，邻里纠纷先找网格员，网格议事会帮着调解。",),
    ("茶园换了良种，采茶工多挣钱，茶园边办起民宿。",),
)


def case(i: int, at: int = 0, **more: object) -> Case:
    return Case(
        f"{i:08d}-0000-4000-8000-000000000000",
        f"第{i}个村的办法",
        place=PLACES[at],
        themes=("基层治理",),
        body=BODIES[at],
        published="2023-05",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "库.anlan") as made:
        made.cases.add([case(1, 0), case(2, 1), case(3, 2, mechanisms=(Mechanism("茶旅共兴"),))])
        yield made


def nums(library: Library) -> list[int]:
    return sorted(library.search.find(Query()).nums)


def test_up_to_eight_cases_are_a_column_each(library: Library) -> None:
    sheet = gathering.sheet_of(gathering.of_cases(library, nums(library)))
    assert [len(column.cases) for column in sheet.columns] == [1, 1, 1]
    assert sheet.notes == ()


def test_more_are_put_together_by_place(library: Library) -> None:
    library.cases.add([case(i, i % 3) for i in range(4, 14)])
    groups, _ = gathering.of_cases(library, nums(library))
    assert sorted(group.label for group in groups) == ["湖州市 · 德清县", "衢州市 · 常山县", "金华市 · 义乌市"]
    assert sum(len(group.cases) for group in groups) == 13


def test_by_case_the_first_eight_are_taken_and_it_is_said(library: Library) -> None:
    library.cases.add([case(i, i % 3) for i in range(4, 14)])
    groups, notes = gathering.of_cases(library, nums(library), by="case")
    assert len(groups) == MOST
    assert notes == (f"一共 13 例，只比较前 {MOST} 例",)


@pytest.mark.parametrize("chosen", [[], [1]])
def test_fewer_than_two_are_not_compared(library: Library, chosen: list[int]) -> None:
    with pytest.raises(gathering.TooFewError, match="至少要有两个案例"):
        gathering.of_cases(library, chosen)


def test_places_are_columns_with_the_hits_in_them_and_an_empty_one_is_told(library: Library) -> None:
    groups, notes = gathering.of_places(library, ["330822", "330521", "330100"])
    assert [group.label for group in groups] == ["衢州市 · 常山县", "湖州市 · 德清县"]
    assert notes == ("浙江省 · 杭州市没有这样的案例",)
    with pytest.raises(gathering.TooFewError):
        gathering.of_places(library, ["330822", "330521"], Query(words="茶园"))


def test_the_case_most_like_one_is_told_with_the_words_that_made_it_so(library: Library) -> None:
    one, two, three = nums(library)
    found = gathering.like(library, one)
    assert found[0].num == two
    assert {"网格", "邻里"} & set(found[0].words)
    assert found[0].themes == ("基层治理",)
    assert three not in [near.num for near in found[:1]]


def test_a_case_that_names_the_same_mechanism_is_like_it_in_other_words_too(library: Library) -> None:
    library.cases.add([case(20, 0, mechanisms=(Mechanism("“茶旅共兴”"),))])
    three = nums(library)[2]
    near = next(n for n in gathering.like(library, three) if n.mechanisms)
    assert near.mechanisms == ("茶旅共兴",)


def test_keywords_of_several_cases_name_no_place(library: Library) -> None:
    words = gathering.keywords_of(library, nums(library)[:2])
    assert "网格" in words[:3]
    assert not {"常山", "德清"} & set(words)


def test_joining_and_parting_are_decisions_that_are_kept_and_taken_back(library: Library) -> None:
    assert gathering.rulings(library).of("食堂数", "助餐点数") is None
    gathering.rule(library, [("食堂数", "助餐点数"), ("元/亩 产值", "亩产")], one=True)
    path = library.path
    library.close()
    with Library.open(path) as again:
        ruling = gathering.rulings(again)
        assert (ruling.of("助餐点数", "食堂数"), ruling.of("元/亩 产值", "亩产")) == (True, True)
        gathering.rule(again, [("食堂数", "助餐点数")], one=False)
        assert gathering.rulings(again).of("食堂数", "助餐点数") is False
        again.undo()
        assert gathering.rulings(again).of("食堂数", "助餐点数") is True
