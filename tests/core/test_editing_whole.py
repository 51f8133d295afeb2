"""Cases as wholes and many at once: written by hand, copied, binned, changed together without wiping anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import NotAValue
from core.editing.batch import Batch, carry_out, plan, with_names
from core.editing.whole import Binned, copied, to_bin, written
from core.library import Library, Query, decisions
from core.library.checking import check
from core.library.file import at_once
from core.reading import read_page
from core.records import Case, Metric, Page, Place

TEXT = (
    "清溪镇办起“邻里亭”\n"
    "　　本报讯  去年以来，清溪镇在十二个村建起邻里亭，请老党员轮流坐班，听村民说事。\n"
    "　　亭子里全年接待村民3600人次，调解邻里纠纷152件，帮老人代办\n手续480件。\n"
    "　　镇里把“有事亭里说”作为工作法，村民的满意率提高到98%。\n"
)
HOME = Place("130534", "河北省", "邢台市", "清河县")
CASES = (
    Case("a", "有地区", place=HOME, themes=("基层治理", "民生服务"), tags=("急用",)),
    Case("b", "没地区", metrics=(Metric("人数", Decimal(5), "人", printed="5人", quote="来了5人"),)),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "库.anlan") as made:
        made.cases.add(CASES)
        page = Page(TEXT, "清溪.txt", paper="清溪报")
        made.pages.add(page, read_page(page))
        yield made


def test_a_case_is_written_by_hand_with_its_source(library: Library) -> None:
    case = written({"title": "手写的", "tags": ["自拟"], "published": "2024-05"}, "第一段有7户。\n\n 第二段。")
    num = library.decisions.add_case(case, text="第一段有7户。\n\n 第二段。")
    found = library.cases.load(num)
    assert (found.title, found.tags, found.body) == ("手写的", ("自拟",), ("第一段有7户。", "第二段。"))
    assert library.pages.text(found.source_id) == "第一段有7户。\n\n 第二段。"
    assert not check(library.path).findings
    library.undo()
    assert library.cases.count() == 3
    assert len(library.pages.rows()) == 2


@pytest.mark.parametrize("values", [{}, {"title": " "}, {"title": "题", "published": "昨天"}])
def test_what_is_no_case_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(NotAValue):
        written(values)


def test_a_copy_says_the_same_and_stays_when_the_page_is_read_again(library: Library) -> None:
    case = library.cases.load(3)
    library.decisions.figure(3, case.metrics[0].id, "accepted")
    new, text = copied(library.cases.load(3), library.pages.text(case.source_id))
    num = library.decisions.add_case(new, text=text)
    copy = library.cases.load(num)
    assert copy.title == f"{case.title}（副本）"
    assert copy.body == case.body
    assert [replace(m, id="", span=None, quote_span=None) for m in copy.metrics] == [
        replace(m, id="", span=None, quote_span=None) for m in case.metrics
    ]
    source = library.pages.text(copy.source_id)
    assert all(m.quote_span and source[m.quote_span.start : m.quote_span.end] == m.quote for m in copy.metrics)
    assert {m.id for m in copy.metrics}.isdisjoint(m.id for m in case.metrics)
    library.pages.replace(case.source_id, read_page(Page(TEXT, "清溪.txt", paper="清溪报")), [])
    assert library.cases.load(num).body == copy.body
    assert not check(library.path).findings


def test_a_copy_of_a_case_without_a_body_keeps_its_quotes(library: Library) -> None:
    case = library.cases.load(2)
    new, text = copied(case, library.pages.text(case.source_id))
    copy = library.cases.load(library.decisions.add_case(new, text=text))
    assert copy.metrics[0].quote == "来了5人"
    assert copy.metrics[0].quote_span is not None


def test_cases_go_into_the_bin_and_come_back(library: Library) -> None:
    assert at_once(to_bin(library, [1, 2])) == Binned(2, {})
    assert [row.title for row in library.decisions.binned()] == ["没地区", "有地区"]
    library.decisions.put_back(["a"])
    assert library.cases.load(1).title == "有地区"


def test_adding_wipes_nothing(library: Library) -> None:
    batch = Batch(place=Place("370781", "山东省", "潍坊市", "青州市"), add_themes=("公共安全",), add_tags=("年报",))
    told = {(one.num, one.part): (one.old, one.new) for one in plan(library, [1, 2, 99], batch)}
    assert told[1, "themes"] == (["基层治理", "民生服务"], ["基层治理", "民生服务", "公共安全"])
    assert told[1, "tags"] == (["急用"], ["急用", "年报"])
    assert (1, "place") not in told
    assert told[2, "place"][1][3] == "青州市"
    assert at_once(carry_out(library, [1, 2, 99], batch)) == 2
    assert library.cases.load(1).themes == ("基层治理", "民生服务", "公共安全")
    assert library.cases.load(1).place == HOME
    library.undo()
    assert (library.cases.load(1).tags, library.cases.load(2).themes) == (("急用",), ())


@pytest.fixture
def many(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Seven more cases; two at a time are changed."""
    monkeypatch.setattr(decisions, "AT_ONCE", 2)
    library.cases.add([Case(f"m{n}", f"第{n}个办法", body=(f"清溪镇第{n}次议事。",)) for n in range(7)])
    return library


def found(library: Library, words: str) -> list[int]:
    return sorted(library.search.find(Query(words=words)).nums.tolist())


def test_many_are_one_change_whose_steps_are_told(many: Library) -> None:
    nums = many.search.find(Query()).nums.tolist()
    before = many.decisions.digest()
    assert [*carry_out(many, nums, Batch(add_tags=("复查",)))] == [2, 4, 6, 8, len(nums)]
    after = many.decisions.digest()
    assert found(many, "复查") == sorted(nums)
    assert many.undo() == f"批量修改 {len(nums)} 例"
    assert (many.decisions.digest(), found(many, "复查"), many.undo_text[:2]) == (before, [], "导入")
    assert [*many.redo_in_steps()][-1] == len(nums)
    assert (many.decisions.digest(), found(many, "复查")) == (after, sorted(nums))
    assert not check(many.path).findings


@pytest.mark.parametrize("steps", [1, 3])
def test_who_stops_in_between_leaves_all_as_it_was(many: Library, steps: int) -> None:
    nums = many.search.find(Query()).nums.tolist()
    many.cases.set_title(nums[0], "新题目")
    before, log = many.decisions.digest(), many.decisions.all()
    for work in (carry_out(many, nums, Batch(add_tags=("复查",))), to_bin(many, nums)):
        for _ in range(steps):
            next(work)
        work.close()
        assert (many.decisions.digest(), many.decisions.all()) == (before, log)
        assert (many.undo_text, found(many, "复查")) == ("标题改为「新题目」", [])
    assert at_once(carry_out(many, nums, Batch(add_tags=("复查",)))) == len(nums)
    undone = many.undo_in_steps()
    next(undone)
    undone.close()
    assert found(many, "复查") == sorted(nums)
    many.undo()
    many.undo()
    assert not check(many.path).findings


def test_a_damaged_case_stays_and_says_why(library: Library) -> None:
    library._db.execute("UPDATE cases SET themes = '[' WHERE num = 2")
    binned = at_once(to_bin(library, [1, 2]))
    assert binned.count == 1
    assert "题头" in binned.damaged[2]
    assert [row.title for row in library.decisions.binned()] == ["有地区"]


def test_a_place_is_changed_over_another_only_when_that_is_said(library: Library) -> None:
    other = Place("370781", "山东省", "潍坊市", "青州市")
    assert [one.num for one in plan(library, [1, 2], Batch(place=other, over=True))] == [1, 2]
    assert plan(library, [1, 2], Batch()) == []


NAMES = st.lists(st.sampled_from("甲乙丙丁"), unique=True)


@given(NAMES, NAMES, NAMES)
def test_names_that_nobody_drops_stay_in_their_order(names: list[str], more: list[str], less: list[str]) -> None:
    out = with_names(names, more, less)
    assert [n for n in out if n in names and n not in less] == [n for n in names if n not in less]
    assert set(out) == (set(names) - set(less)) | set(more)
