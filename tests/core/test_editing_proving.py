"""What a case says, looked up in what was printed: literal spans or none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.default_library import build_library
from core.editing.proving import printed_where, proofs
from core.editing.proving import proved as everything
from core.editing.words import Words
from core.library import Library, Query
from core.records import Case, Citation, Mechanism, Page, Place, Span

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SOURCE = (
    "清溪日报\n议事亭里\n说新事\n　　去年，清河县的村里办了议\n事亭12场，邻里互助，“三问三办”从此开始。\n"
    "另有一条，南宫市与此无关。\n"
)
ELSEWHERE = "印在这一版上，不在这个案例的正文里"
BODY = (Span(SOURCE.index("　　去年"), SOURCE.index("\n另有")),)


def proved(**fields: object) -> dict[str, tuple[list[str], str]]:
    case = Case("c", str(fields.pop("title", "议事亭里说新事")), body=("",), body_spans=(BODY,), **fields)  # type: ignore[arg-type]
    found = proofs(case, SOURCE, Words(case, SOURCE))
    return {one.part: ([SOURCE[s.start : s.end] for s in one.spans], one.note) for one in found}


@pytest.mark.parametrize(
    ("place", "printed", "note"),
    [
        (Place("130534", "河北省", "邢台市", "清河县"), ["清河县"], ""),
        (Place("370781", "山东省", "潍坊市", "青州市"), [], ""),
        (Place("130534", "河北省", "邢台市", "清河县", "葛仙庄镇"), ["清河县"], "印的是「清河县」，没有印「葛仙庄镇」"),
        (Place("130581", "河北省", "邢台市", "南宫市"), ["南宫市"], ELSEWHERE),
    ],
)
def test_a_place_is_proved_by_its_finest_printed_name(place: Place, printed: list[str], note: str) -> None:
    assert proved(place=place)["place"] == (printed, note)


def test_a_title_is_found_across_lines_and_a_mechanism_by_its_name() -> None:
    found = proved(mechanisms=(Mechanism("三问三办", id="m"), Mechanism("四办", id="n")))
    assert found["title"][0] == ["议事亭里\n说新事"]
    assert (found["mechanism/m"][0], found["mechanism/n"][0]) == (["三问三办"], [])
    assert proved(title="别的题目")["title"][0] == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [("1241工作法", ["1241”工作法"]), ("一骑向前", ["一‘骑’向前"]), ("“邻里互助”会", []), ("「”", []), ("四一", [])],
)
def test_a_name_is_found_with_whatever_quotation_marks_are_printed_in_it(name: str, printed: list[str]) -> None:
    text = "全县推行“1241”工作法，又办起一‘骑’向前，邻里互助，一会一四。"
    case = Case("c", "题", mechanisms=(Mechanism(name, id="m"),), body=("",), body_spans=((Span(0, len(text)),),))
    found = {one.part: one.spans for one in proofs(case, text, Words(case, text))}["mechanism/m"]
    assert [text[span.start : span.end] for span in found] == printed


@pytest.mark.parametrize(
    ("title", "headline", "paper", "cited"),
    [
        ("村里议事", "村里议事", "甲报", "《甲报》2023年12月，题为「村里议事」"),
        ("村里 议事", "村里议事 ——乙镇见闻", "", "报名不详，2023年12月，题为「村里议事 ——乙镇见闻」"),
        ("村里议事", "别的题目", "甲报", ""),
        ("村里议事", "", "甲报", ""),
        ("议事亭里说新事", "议事亭里说新事", "甲报", ""),
    ],
)
def test_a_title_that_is_not_kept_is_cited(title: str, headline: str, paper: str, cited: str) -> None:
    case = Case("c", title, citations=(Citation(paper, "2023-12", "", headline),))
    assert next(iter(proofs(case, SOURCE, Words(case, SOURCE)))).cited == cited


def test_nearly_all_that_the_default_library_says_is_proved(tmp_path: Path) -> None:
    build_library(tmp_path / "默认.anlan", SEEDS)
    with Library.open(tmp_path / "默认.anlan") as library:
        found = [one for num in library.search.find(Query()).nums.tolist() for one in everything(library, num).proofs]
    missing = [one for one in found if not (one.spans or one.cited)]
    count = Counter(one.part.partition("/")[0] for one in missing)
    assert (count["figure"], count["place"], count["title"]) == (0, 0, 1)  # one is a caption without a headline
    assert count["mechanism"] < 10
    assert len(found) > 500


def test_themes_are_proved_by_the_words_that_a_reader_weighs() -> None:
    found = proved(themes=("基层治理", "自拟", "邻里互助"))
    assert found["themes/自拟"][0] == []
    assert "邻里互助" in found["themes/邻里互助"][0]


def test_without_a_source_nothing_is_proved() -> None:
    case = Case("c", "题", themes=("基层治理",), place=Place("", "河北省"), summary="河北省的基层治理")
    assert all(not one.spans for one in proofs(case, "", Words(case, "")))


@pytest.mark.parametrize(
    ("case", "page", "told"),
    [
        (Case("c", "题", published="2022"), None, "报名不详，2022年"),
        (Case("c", "题"), Page("", "a", paper="甲报", published="2024-03", page_no="2"), "《甲报》2024年3月第2版"),
        (Case("c", "题", citations=(Citation("", "2023-12", "", "题"),)), None, "报名不详，2023年12月"),
        (Case("c", "题"), None, "报名不详"),
    ],
)
def test_where_it_was_printed_says_that_the_paper_is_not_known(case: Case, page: Page | None, told: str) -> None:
    assert printed_where(case, page) == told


@settings(max_examples=40, deadline=None)
@given(st.text("议事亭里办 \n了去年𠮷", max_size=40), st.text("议事亭𠮷", min_size=2, max_size=4))
def test_what_is_said_to_be_printed_is_literally_there(text: str, name: str) -> None:
    case = Case("c", name, mechanisms=(Mechanism(name, id="m"),), body=("",), body_spans=((Span(0, len(text)),),))
    for one in proofs(case, text, Words(case, text)):
        for span in one.spans:
            assert "".join(text[span.start : span.end].split()) == name
