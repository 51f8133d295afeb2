"""The gazetteer: typed queries, names in running text, codes and dates."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.gazetteer import find_places, gazetteer, place, place_code
from core.records import Place

CASES = json.loads((Path(__file__).parents[2] / "cases" / "gazetteer.json").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "code"), CASES["find"])
def test_typed(typed: str, code: str) -> None:
    assert find_places(typed)[0].place.code == code


@pytest.mark.parametrize("names", CASES["place"], ids="".join)
def test_code_of_names(names: list[str]) -> None:
    province, city, county, town, code = names
    assert place_code(Place("", province, city, county, town)) == code


@pytest.mark.parametrize(("text", "names"), CASES["in_text"])
def test_names_in_text(text: str, names: list[str]) -> None:
    assert [n.name for n in gazetteer().names_in(text)] == names


def test_same_initials_are_all_offered() -> None:
    assert {"330822", "430100"} <= {c.place.code for c in find_places("cs", 60)}


def test_former_name_says_what_became_of_it() -> None:
    assert find_places("萧山市")[0].note == "萧山市（—2001），今属杭州市萧山区"


def test_municipality_is_its_own_city() -> None:
    assert place("500117") == Place("500117", "重庆市", "重庆市", "合川区")


def test_unknown_code_is_an_empty_place() -> None:
    assert place("999999") == Place()


def test_misread_name_has_one_right_one() -> None:
    assert gazetteer().misread("玉严镇", ["玉岩镇"]) == ""
    assert gazetteer().misread("象滨山镇", ["象溪山镇"]) == "象溪山镇"


@pytest.mark.parametrize(("city", "known"), [("3101", False), ("31", True), ("3308", True), ("4419", False)])
def test_a_list_of_towns_is_complete_or_not(city: str, known: bool) -> None:
    assert gazetteer().knows_towns_of(city) == known


@given(st.sampled_from([d.code for code in ("110000", "360000", "460000") for d in gazetteer().children(code)]))
def test_every_place_has_its_code(code: str) -> None:
    assert place_code(place(code)) == code


@given(st.text(alphabet="浙江省杭州市西湖区常山县和平鼓楼新开发镇乡街道黄域", max_size=60))
def test_names_stand_where_they_are_said_to(text: str) -> None:
    found = list(gazetteer().names_in(text))
    assert all(text[n.start : n.end] == n.name for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
