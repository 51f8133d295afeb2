"""Laptops come together: whatever the order, all say the same; nothing is written that was not asked for."""

from __future__ import annotations

import lzma
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bench.merging.laptops import Laptops, in_a_process_that_dies, make_template, what_differs, wrong_clocks
from core.decisions import Target, figure_value, heads
from core.editing.joining import joiner
from core.exchange import container, rule_of, sealing
from core.library import (
    DamagedLibrary,
    Library,
    LibraryError,
    NewerLibrary,
    NotALibrary,
    Query,
    SealedPacket,
    Wish,
    packets,
    spooled,
)
from core.library.checking import check
from core.library.merging import OtherLibrary
from core.library.pairing import Pairing
from core.records import Article, Case, Metric, Page, Paragraph, Span

ROOT = Path(__file__).resolve().parents[3]
Dump = Callable[[Library], dict[str, list[str]]]
TEXT = "石桥乡修起晾谷场\n石桥乡修起16处晾谷场，方便240户农户晒谷，还把旧仓库腾出来做了会议室，村里人天天来。\n"
ARTICLE = Article("石桥乡修起晾谷场", (Paragraph((Span(9, 51),)),), title_spans=(Span(0, 8),))


@pytest.fixture
def colleague(library: Library, tmp_path: Path) -> Iterator[Library]:
    """What 王芳 has of the library of four cases: three of them."""
    library.decisions.reviewer = "汇总"
    library.merging.hand_out([1, 2, 3], tmp_path / "给王芳.anlan", "王芳", "请核数据")
    packets.unpack(tmp_path / "给王芳.anlan", tmp_path / "王芳.anlan")
    with Library.open(tmp_path / "王芳.anlan") as made:
        made.decisions.reviewer = "王芳"
        yield made


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """Where she writes what she hands back."""
    return tmp_path / "交回.anlan"


@pytest.fixture
def light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made with less work than in earnest, but as they are."""
    monkeypatch.setattr(sealing, "_WORK", 4)


def figure(library: Library, at: int = 0) -> str:
    return f"figure/{library.cases.load(1).metrics[at].id}"


def sound(*libraries: Library) -> bool:
    return not [f for library in libraries for f in check(library.path).findings]


# ---- handing out


def test_a_packet_is_a_library(library: Library, colleague: Library) -> None:
    assert [colleague.cases.load(n) for n in (1, 2, 3)] == [library.cases.load(n) for n in (1, 2, 3)]
    assert colleague.search.find(Query(words="议事亭")).nums.tolist() == [1, 2]
    assert colleague.pages.text(colleague.cases.load(1).source_id)
    assert sound(library, colleague)
    assert [(h.name, h.asked, h.cases, h.figures, h.back) for h in library.merging.handed()] == [
        ("王芳", "请核数据", 3, 2, ())
    ]


def test_what_was_decided_goes_along(library: Library, tmp_path: Path) -> None:
    library.decisions.reviewer = "汇总"
    library.decisions.decide([Wish(1, "title", "changed", "改过的题"), Wish(1, figure(library), "unsure")])
    library.decisions.put_in_bin([2])
    library.merging.hand_out([1], tmp_path / "包.anlan", "王芳")
    packets.unpack(tmp_path / "包.anlan", tmp_path / "开.anlan")
    with Library.open(tmp_path / "开.anlan") as other:
        assert other.decisions.of_case(1) == library.decisions.of_case(1)
        assert len(other.decisions.all()) == 2
        other.decisions.decide([Wish(1, "title", "changed", other.decisions.of_case(1)["title"].read)])
        assert sound(other)


def test_a_library_is_never_written_over(library: Library, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="没有覆盖"):
        library.merging.hand_out([1], path, "王芳")
    assert path.read_bytes() == before
    assert library.merging.all() == []


# ---- handing back


def test_her_work_comes_back(library: Library, colleague: Library, back: Path) -> None:
    colleague.decisions.decide([Wish(1, figure(colleague), "accepted"), Wish(1, "title", "changed", "新题")])
    new = colleague.decisions.add_case(Case("", "她写的例子", summary="自己的话"))
    colleague.decisions.put_in_bin([3])
    binned = colleague.decisions.add_case(Case("", "写了又扔的"))
    colleague.decisions.put_in_bin([binned])
    colleague.merging.hand_back(back)
    before = library.decisions.digest()
    preview = library.merging.preview(back)
    assert library.decisions.digest() == before
    assert (preview.packet.sender, preview.decisions, len(preview.new_cases)) == ("王芳", 6, 2)
    assert preview.counts == {"new": 6}
    assert preview.by_person() == {"王芳": {"accepted": 1, "changed": 3, "added": 2}}
    made = library.merging.merge(back)
    assert (made.name, made.decisions, len(made.cases)) == ("王芳", 6, 2)
    assert library.cases.load(1).title == "新题"
    assert library.cases.load(5).title == colleague.cases.load(new).title
    assert {row.title for row in library.decisions.binned()} == {"市里办起夜校", "写了又扔的"}
    assert library.search.find(Query(words="她写的")).nums.tolist() == [5]
    assert library.merging.preview(back).decisions == 0
    [handed] = library.merging.handed()
    assert (handed.decided, handed.came, handed.overruled, len(handed.back)) == (1, 6, 0, 1)
    assert sound(library, colleague)


def test_a_conflict_is_shown_settled_and_never_comes_back(library: Library, colleague: Library, back: Path) -> None:
    at = figure(library)
    library.decisions.decide([Wish(1, at, "rejected")])
    colleague.decisions.decide([Wish(1, at, "accepted")])
    colleague.merging.hand_back(back)
    [item] = library.merging.preview(back).conflicts
    assert (item.standing, [d.who for d in item.ours], [d.who for d in item.theirs]) == ("forked", ["汇总"], ["王芳"])
    assert item.becomes.value["quote"] == "全县建成议事亭516座"
    library.merging.merge(back, choices={item.target: "theirs"})
    assert library.cases.load(1).metrics[0].state == "checked"
    colleague.merging.merge(library.path)
    colleague.merging.hand_back(back)
    assert library.merging.preview(back).items == ()
    assert library.decisions.marked() == colleague.decisions.marked() == []
    assert library.cases.load(1) == colleague.cases.load(1)


@pytest.mark.parametrize(
    ("rule", "state", "marked"),
    [("seen", "unsure", 1), ("ours", "wrong", 0), ("theirs", "checked", 0), ("unsure", "unsure", 0),
     ("person:王芳", "checked", 0)],
)  # fmt: skip
def test_rules(library: Library, colleague: Library, back: Path, rule: str, state: str, marked: int) -> None:
    library.decisions.decide([Wish(1, figure(library), "rejected")])
    colleague.decisions.decide([Wish(1, figure(library), "accepted"), Wish(1, "note", "changed", "记一笔")])
    colleague.merging.hand_back(back)
    library.merging.merge(back, rule_of(rule))
    assert (library.cases.load(1).metrics[0].state, library.cases.load(1).note) == (state, "记一笔")
    assert len(library.decisions.marked()) == marked


def test_what_is_left_out_stays_out(library: Library, colleague: Library, back: Path) -> None:
    colleague.decisions.decide([Wish(1, "note", "changed", "不要的"), Wish(1, "summary", "changed", "要的")])
    new = colleague.decisions.add_case(Case("", "不要的例子"))
    colleague.merging.hand_back(back)
    library.merging.merge(back, choices={Target(library.cases.load(1).id, "note"): "leave"}, cases=())
    assert (library.cases.load(1).note, library.cases.load(1).summary, library.cases.count()) == ("", "要的", 4)
    assert [i.target.part for i in library.merging.preview(back).items] == ["note", "case"]
    assert [title for _, title in library.merging.preview(back).new_cases] == [colleague.cases.load(new).title]


def test_decisions_on_a_case_in_the_bin_wait_there(library: Library, colleague: Library, back: Path) -> None:
    library.decisions.put_in_bin([1])
    colleague.decisions.decide([Wish(1, "title", "changed", "新题"), Wish(1, figure(colleague), "rejected", None)])
    colleague.merging.hand_back(back)
    library.merging.merge(back)
    assert [row.title for row in library.decisions.binned()] == ["云溪县推行“一核四联”"]
    library.decisions.put_back([library.decisions.binned()[0].id])
    assert (library.cases.load(1).title, len(library.cases.load(1).metrics)) == ("新题", 1)
    assert library.search.find(Query(words="新题")).nums.tolist() == [1]
    assert sound(library)


def test_rows_come_as_they_are(tmp_path: Path) -> None:
    """What an older version wrote is another text than we write; the sums of a row are the same wherever it lies."""
    path = tmp_path / "旧.anlan"
    path.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / "schema-5.anlan.xz").read_bytes()))
    with Library.open(path) as old, Library.create(tmp_path / "新.anlan") as new:
        new.merging.merge(path, foreign=True)
        assert len(new.decisions.all()) == len(old.decisions.all()) > 0
        assert new.decisions.digest() == old.decisions.digest()
        assert new.merging.preview(path, foreign=True).decisions == 0
        assert sound(new)


def test_the_same_old_file_twice_is_one(tmp_path: Path) -> None:
    """What was decided before there was a log has the same ids wherever the same file was brought up."""
    old = tmp_path / "旧.anlan"
    old.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / "schema-5.anlan.xz").read_bytes()))
    with Library.create(tmp_path / "新.anlan") as new:
        assert new.merging.merge(old, foreign=True).decisions == 3
        assert new.merging.merge(old, foreign=True).decisions == 0


def test_nothing_is_checked_but_by_a_decision(library: Library, colleague: Library, back: Path) -> None:
    figure = Metric("议事亭", Decimal(5), "座", id="新数据", state="checked", printed="5座", quote="建成议事亭5座")
    colleague.cases.add([Case("新例", "说是核过的", state="checked", metrics=(figure,))])
    colleague.merging.hand_back(back)
    library.merging.merge(back)
    new = library.cases.load(5)
    assert (new.title, new.state, [m.state for m in new.metrics]) == ("说是核过的", "unchecked", ["unchecked"])
    assert sound(library)


def many(colleague: Library, count: int) -> list[str]:
    """Write a case of so many figures, and decide on all of them."""
    metrics = tuple(
        Metric(f"第{n}项", Decimal(n), "个", id=f"多{n}", printed=f"{n}个", quote=f"第{n}项{n}个") for n in range(count)
    )
    num = colleague.decisions.add_case(Case("多例", "很多数据", metrics=metrics))
    colleague.decisions.decide([Wish(num, f"figure/{m.id}", "accepted") for m in metrics])
    return [f"figure/{m.id}" for m in metrics]


def test_a_preview_of_very_many_is_a_list_like_any_other(library: Library, colleague: Library, back: Path) -> None:
    at = figure(library)
    library.decisions.decide([Wish(1, at, "rejected")])
    colleague.decisions.decide([Wish(1, at, "accepted")])
    parts = many(colleague, spooled.MANY + 100)
    colleague.merging.hand_back(back)
    preview = library.merging.preview(back)
    assert isinstance(preview.items, spooled.Spool)
    assert (len(preview.items), preview.decisions) == (len(parts) + 2, len(parts) + 2)
    assert [item.target.part for item in preview.conflicts] == [at]
    assert {item.target.part for item in preview.items} == {at, "case", *parts}
    assert [preview.items[n] for n in range(len(preview.items))] == [*preview.items] == list(preview.items[:])
    assert preview.items[-1] == preview.items[len(preview.items) - 1]
    with pytest.raises(IndexError):
        preview.items[len(preview.items)]
    assert {item.standing for item in preview.items} == {"new", "forked"}
    library.merging.merge(back)
    assert {m.state for m in library.cases.load(5).metrics} == {"checked"}
    assert library.cases.load(5).state == "checked"
    assert sound(library)


# ---- withdrawing


def test_a_merge_is_withdrawn_after_two_later_ones(library: Library, tmp_path: Path) -> None:
    library.decisions.reviewer = "汇总"
    made = []
    for who, part in (("王芳", "note"), ("李敏", "summary"), ("赵强", "result")):
        library.merging.hand_out([1], tmp_path / "包.anlan", who)
        packets.unpack(tmp_path / "包.anlan", tmp_path / f"{who}.anlan")
        with Library.open(tmp_path / f"{who}.anlan") as other:
            other.decisions.reviewer = who
            other.decisions.decide([Wish(1, part, "changed", who)])
            other.decisions.add_case(Case("", f"{who}的例子"))
            other.merging.hand_back(tmp_path / f"{who}交回.anlan")
    for who in ("王芳", "李敏", "赵强"):
        made.append(library.merging.merge(tmp_path / f"{who}交回.anlan"))
    digest = library.decisions.digest()
    gone = library.merging.withdraw(made[0].id)
    case = library.cases.load(1)
    assert (case.note, case.summary, case.result) == ("", "李敏", "赵强")
    assert [row.title for row in library.decisions.binned()] == ["王芳的例子"]
    assert library.merging.preview(tmp_path / "王芳交回.anlan").withdrawn == 2
    assert [m.withdrawn for m in library.merging.all() if m.kind == "in"] == [False, False, True]
    with pytest.raises(LibraryError, match="已经撤销"):
        library.merging.withdraw(made[0].id)
    library.merging.withdraw(gone.id)
    assert library.decisions.digest() == digest
    assert sound(library)


def test_what_another_brought_too_stays(library: Library, colleague: Library, back: Path, tmp_path: Path) -> None:
    colleague.decisions.decide([Wish(1, "note", "changed", "记一笔")])
    colleague.merging.hand_back(back)
    again = colleague.merging.hand_back(tmp_path / "又交.anlan")
    first = library.merging.merge(back)
    second = library.merging.merge(tmp_path / "又交.anlan")
    assert second.packet == again.id
    library.merging.withdraw(first.id)
    assert library.cases.load(1).note == "记一笔"
    library.merging.withdraw(second.id)
    assert library.cases.load(1).note == ""


def test_undo_takes_a_merge_back(library: Library, colleague: Library, back: Path, dump_of: Dump) -> None:
    colleague.decisions.decide([Wish(1, "title", "changed", "新题"), Wish(1, figure(colleague), "rejected", None)])
    colleague.merging.hand_back(back)
    before = library.decisions.digest()
    library.merging.merge(back)
    after, dump = library.decisions.digest(), dump_of(library)
    assert library.undo() == "合并「王芳」"
    assert library.decisions.digest() == before
    assert library.redo() == "合并「王芳」"
    assert library.decisions.digest() == after
    assert dump_of(library)["cases"] == dump["cases"]
    assert sound(library)


# ---- new cases on both


def test_the_same_page_read_on_both(library: Library, colleague: Library, back: Path) -> None:
    for one in (library, colleague):
        one.pages.add(Page(TEXT, "页.txt"), [ARTICLE])
    [mine], [hers] = (
        [o.cases.load(n) for n in o.search.find(Query(words="晾谷场")).nums] for o in (library, colleague)
    )
    colleague.decisions.decide([Wish(hers.num, "summary", "changed", "她的摘要")])
    colleague.merging.hand_back(back)
    [double] = library.merging.preview(back).doubles
    assert (double.theirs, double.ours, double.likeness) == (hers.id, mine.id, 1.0)
    library.merging.merge(back)
    assert library.contents.overview().sources == len(library.pages.rows())
    library.merging.join(mine.id, hers.id, ["summary"])
    assert library.cases.load(mine.num).summary == "她的摘要"
    assert [row.id for row in library.decisions.binned()] == [hers.id]
    assert sound(library)
    colleague.merging.merge(library.path)
    assert colleague.decisions.digest() == library.decisions.digest()
    assert [row.id for row in colleague.decisions.binned()] == [hers.id]


def test_not_the_same_one_is_remembered(library: Library, colleague: Library, back: Path) -> None:
    for one in (library, colleague):
        one.cases.add([Case("", "晾谷场", body=(TEXT,))])
    colleague.merging.hand_back(back)
    [double] = library.merging.preview(back).doubles
    library.merging.apart(double.ours, double.theirs)
    assert library.merging.preview(back).doubles == ()
    library.undo()
    assert library.decisions.on(Target("", f"pair/{'/'.join(sorted((double.ours, double.theirs)))}"))


def test_read_otherwise_here_is_told_and_ours_stays(library: Library, tmp_path: Path, back: Path) -> None:
    nums = library.pages.add(Page(TEXT, "页.txt"), [ARTICLE])
    page = library.cases.load(nums[0]).source_id
    library.merging.hand_out(nums, tmp_path / "包.anlan", "王芳")
    packets.unpack(tmp_path / "包.anlan", tmp_path / "开.anlan")
    library.pages.replace(page, [replace(ARTICLE, paragraphs=(Paragraph((Span(9, 30),)),))], [])
    with Library.open(tmp_path / "开.anlan") as other:
        other.decisions.decide([Wish(nums[0], "note", "changed", "记")])
        other.merging.hand_back(back)
    before = library.cases.load(nums[0]).body
    assert library.merging.preview(back).read_differently == (library.cases.load(nums[0]).id,)
    library.merging.merge(back)
    assert (library.cases.load(nums[0]).body, library.cases.load(nums[0]).note) == (before, "记")


def test_edits_of_a_page_are_told_and_not_merged(library: Library, tmp_path: Path, back: Path) -> None:
    edits = [{"do": "title", "at": 0, "title": "改过的题"}]
    nums = library.pages.add(Page(TEXT, "页.txt"), [ARTICLE])
    page = library.cases.load(nums[0]).source_id
    library.pages.replace(page, [ARTICLE], [{"do": "correct", "at": 9, "char": "石"}])
    library.merging.hand_out(nums, tmp_path / "包.anlan", "王芳")
    packets.unpack(tmp_path / "包.anlan", tmp_path / "开.anlan")
    with Library.open(tmp_path / "开.anlan") as other:
        other.decisions.reviewer = "王芳"
        other.merging.hand_back(back)
        assert library.merging.preview(back).pages == ()  # what we did ourselves is no news
        other.pages.replace(page, [replace(ARTICLE, title="改过的题")], edits)
        other.merging.hand_back(back)
        assert sound(other)
    assert library.merging.preview(back).pages == (("页.txt", "王芳"),)
    before = library.pages.edits(page)
    library.merging.merge(back)
    assert library.pages.edits(page) == before
    assert library.merging.preview(back).pages == (("页.txt", "王芳"),)
    assert sound(library)
    with Library.create(tmp_path / "别的.anlan") as another:
        assert another.merging.preview(back, foreign=True).pages == (("", "王芳"),)


def test_edits_of_a_page_stay_where_they_were_made(library: Library, tmp_path: Path) -> None:
    nums = library.pages.add(Page(TEXT, "页.txt"), [ARTICLE])
    library.backups.copy_to(tmp_path / "抄.anlan")
    with Library.open(tmp_path / "抄.anlan") as other:
        page = other.cases.load(nums[0]).source_id
        other.pages.replace(page, [replace(ARTICLE, title="改过的题")], [{"do": "title", "at": 0, "title": "改过的题"}])
        assert other.decisions.all()
        other.decisions.decide([Wish(nums[0], "note", "changed", "记")])
        library.merging.merge(other.path)
    assert (library.cases.load(nums[0]).note, library.pages.edits(page)) == ("记", [])
    assert sound(library)


# ---- new cases joined by the merge itself


def typed_on_both(library: Library, colleague: Library, back: Path) -> tuple[Case, str]:
    """The same case written on both laptops, hers with a summary and a figure; ours, and the id of hers."""
    library.cases.add([Case("ours", "晾谷场", body=(TEXT,))])
    metric = Metric("晾谷场", Decimal(16), "处", printed="16处", quote="晾谷场16处")
    colleague.cases.add([Case("hers", "晾谷场", summary="她的摘要", body=(TEXT,), metrics=(metric,))])
    colleague.merging.hand_back(back)
    [double] = library.merging.preview(back).doubles
    return library.cases.load(library.cases.starting_with("ours", 2)[0]), double.theirs


def test_joined_by_a_merge_and_apart_again_when_it_is_withdrawn(
    library: Library, colleague: Library, back: Path, dump_of: Dump
) -> None:
    ours, hers = typed_on_both(library, colleague, back)
    rows = dump_of(library)
    made = library.merging.merge(back, pairings=[Pairing(ours.id, hers, joiner(None))])
    joined = library.cases.load(ours.num)
    assert (joined.summary, [m.indicator for m in joined.metrics]) == ("她的摘要", ["晾谷场"])
    assert [row.id for row in library.decisions.binned()] == [hers]
    assert sound(library)
    with_it = library.decisions.digest()
    out = library.merging.withdraw(made.id)
    assert library.cases.load(ours.num) == ours
    assert [row.id for row in library.decisions.binned()] == [hers]
    assert dump_of(library)["metrics"] == rows["metrics"]
    library.merging.withdraw(out.id)
    assert library.decisions.digest() == with_it
    assert sound(library)


def test_said_to_be_two_by_a_merge(library: Library, colleague: Library, back: Path) -> None:
    ours, hers = typed_on_both(library, colleague, back)
    library.merging.merge(back, pairings=[Pairing(ours.id, hers)])
    assert library.decisions.said_of("pair/") == {"/".join(sorted((ours.id, hers))): "wrong"}
    assert not library.decisions.binned()
    colleague.merging.merge(library.path)
    assert colleague.decisions.digest() == library.decisions.digest()


def test_two_of_theirs_joined_with_one_of_ours(library: Library, colleague: Library, back: Path) -> None:
    ours, hers = typed_on_both(library, colleague, back)
    [again] = colleague.cases.add([Case("hers2", "晾谷场", note="记", summary="又一篇", body=(TEXT,))])
    colleague.merging.hand_back(back)
    both = [
        Pairing(ours.id, hers, joiner(None)),
        Pairing(ours.id, "hers2", joiner({"note": "other", "summary": "other"})),
    ]
    library.merging.merge(back, pairings=both)
    joined = library.cases.load(ours.num)
    assert (joined.summary, joined.note) == ("又一篇", "记")
    assert not library.decisions.marked()
    assert again
    assert sound(library)


def test_a_pairing_of_what_is_not_taken_is_left_out(library: Library, colleague: Library, back: Path) -> None:
    ours, hers = typed_on_both(library, colleague, back)
    library.merging.merge(back, cases=[], pairings=[Pairing(ours.id, hers, joiner(None))])
    assert library.cases.load(ours.num).summary == ""
    assert not library.decisions.said_of("pair/")


# ---- who works together


def test_what_is_missing_and_who_agrees(library: Library, colleague: Library, back: Path) -> None:
    assert library.colleagues.received() is None
    assert (packet := colleague.colleagues.received()) is not None
    assert (packet.sender, packet.recipient, packet.asked) == ("汇总", "王芳", "请核数据")
    library.decisions.decide([Wish(1, figure(library), "accepted"), Wish(1, figure(library, 1), "accepted")])
    colleague.decisions.decide([Wish(1, figure(colleague), "rejected"), Wish(1, figure(colleague, 1), "accepted")])
    colleague.merging.hand_back(back)
    library.merging.merge(back, rule_of("ours"))
    [pair] = library.colleagues.pairs()
    assert ({pair.one, pair.other}, pair.figures, pair.equal) == ({"汇总", "王芳"}, 2, 1)
    [lost] = library.colleagues.overruled("王芳")
    assert (lost.target.part, lost.title, lost.now.who) == (figure(library), library.cases.load(1).title, "汇总")
    assert library.colleagues.overruled("汇总") == []
    [handed] = library.merging.handed()
    assert [(row.num, row.figures, row.decided) for row in library.colleagues.handed_cases(handed.packet)] == [
        (1, 2, 2), (2, 0, 0), (3, 0, 0),
    ]  # fmt: skip
    assert library.colleagues.handed_cases("none") == []


def test_cases_of_a_file_are_looked_at(library: Library, colleague: Library, back: Path) -> None:
    colleague.cases.add([Case("hers", "她的", body=(TEXT,))])
    colleague.decisions.put_in_bin([2])
    colleague.merging.hand_back(back)
    there = library.colleagues.cases_in(back, ["hers", library.cases.load(2).id, "none"])
    assert [case.title for case in there.values()] == ["她的", library.cases.load(2).title]
    back.write_bytes(back.read_bytes()[:-1])
    with pytest.raises(LibraryError, match="没有复制完整"):
        library.colleagues.cases_in(back, ["hers"])


# ---- under a password


@pytest.mark.usefixtures("light_work")
@pytest.mark.parametrize("given", ["", "别的"])
def test_another_password_changes_nothing(
    library: Library, colleague: Library, back: Path, dump_of: Dump, given: str
) -> None:
    colleague.decisions.decide([Wish(1, "note", "changed", "记")])
    colleague.merging.hand_back(back, password="丰收")
    before, file = dump_of(library), back.read_bytes()
    with pytest.raises(SealedPacket, match=r"密码.*没有改动"):
        library.merging.merge(back, password=given)
    assert (dump_of(library), back.read_bytes()) == (before, file)
    assert not [p for p in back.parent.iterdir() if p.name.startswith(".")]
    library.merging.merge(back, password="丰收")
    assert library.cases.load(1).note == "记"


# ---- refused


def test_another_library_is_taken_in_only_when_asked(library: Library, tmp_path: Path) -> None:
    with Library.create(tmp_path / "别的.anlan") as other:
        other.cases.add([Case("", "别处的例子")])
        before = library.decisions.digest()
        with pytest.raises(OtherLibrary, match="另一个案例库"):
            library.merging.merge(other.path)
        assert library.decisions.digest() == before
        assert library.merging.merge(other.path, foreign=True).cases


def rewritten(packet: Path, *statements: str, sums: bool = True, apart: bool = True) -> None:
    """Change what a packet holds, as somebody would who knows how it is made; not ``apart`` it is one of version 1."""
    inner, log = packet.with_name("里.db"), packet.with_name("记.db")
    container.unpack(packet, inner)
    assert container.unpack_log(packet, log)
    for path in (inner, log):
        with closing(sqlite3.connect(path)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()
            if sums and path == inner:
                from core.library.sums import make_all

                make_all(db)
            elif sums:
                from core.library.sums import renew

                renew(db, {name: [n for (n,) in db.execute(f"SELECT num FROM {name}")] for name in ("decisions",)})
            db.commit()
    container.pack(inner, packet, log=log if apart else None)
    inner.unlink()
    log.unlink()


DROP = "DROP TRIGGER decisions_no_update"
MAKE = (
    "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions\n        BEGIN SELECT RAISE(ABORT,"
    " 'decisions are only added'); END"
)
REFUSED: list[tuple[tuple[str, ...], bool, type[LibraryError], str]] = [
    (("PRAGMA user_version = 99",), False, NewerLibrary, "更新版本"),
    (("CREATE TABLE mine (x)",), False, NotALibrary, "不属于案例库"),
    ((DROP, "UPDATE decisions SET note = 'x'", MAKE), False, DamagedLibrary, "有损坏"),
    ((DROP, "UPDATE decisions SET before = '{\"indicator\": 5}'", MAKE), True, LibraryError, "不合规矩"),
    ((DROP, "UPDATE decisions SET before = '\"x\"', part = 'nothing'", MAKE), True, LibraryError, "不合规矩"),
    ((DROP, "UPDATE decisions SET seen = '[1]'", MAKE), True, LibraryError, "不合规矩"),
    ((DROP, "UPDATE decisions SET id = ''", MAKE), True, LibraryError, "不合规矩"),
    (("UPDATE case_texts SET body = '[1]'", "UPDATE cases SET id = id || 'x'"), True, DamagedLibrary, "有损坏"),
    (("UPDATE cases SET title = 'x', id = id || 'x'",), False, DamagedLibrary, "有损坏"),
]


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize(("statements", "sums", "kind", "words"), REFUSED)
def test_refused_and_untouched(
    library: Library, colleague: Library, back: Path, dump_of: Dump, statements: tuple[str, ...], sums: bool,
    kind: type[LibraryError], words: str, apart: bool,
) -> None:  # fmt: skip
    colleague.decisions.decide([Wish(1, figure(colleague), "accepted")])
    colleague.merging.hand_back(back)
    rewritten(back, *statements, sums=sums, apart=apart)
    file, before = back.read_bytes(), dump_of(library)
    with pytest.raises(kind, match=words) as said:
        library.merging.merge(back)
    assert "交回.anlan" in str(said.value)
    assert "没有改动" in str(said.value)
    assert (back.read_bytes(), dump_of(library)) == (file, before)
    assert library.merging.all()[0].kind == "out"
    assert not [p for p in back.parent.iterdir() if p.name.startswith(".")]


def test_a_packet_of_version_1_says_the_same(library: Library, colleague: Library, back: Path, tmp_path: Path) -> None:
    library.decisions.decide([Wish(1, "title", "changed", "我们的题")])
    colleague.decisions.decide([Wish(1, "title", "changed", "她的题"), Wish(2, "note", "changed", "记")])
    colleague.decisions.decide([Wish(1, figure(colleague), "accepted")])
    colleague.decisions.add_case(Case("", "新的例子", body=(TEXT,)))
    colleague.merging.hand_back(back)
    library.backups.copy_to(tmp_path / "抄.anlan")
    container.unpack(back, tmp_path / "里.db")
    container.pack(tmp_path / "里.db", tmp_path / "旧.anlan")
    assert (tmp_path / "旧.anlan").read_bytes()[7] == 1
    with Library.open(tmp_path / "抄.anlan") as twin:
        told = [one.merging.preview(path) for one, path in ((library, back), (twin, tmp_path / "旧.anlan"))]
        assert (told[0].counts, told[0].new_cases, [*told[0].items]) == (
            told[1].counts, told[1].new_cases, [*told[1].items],
        )  # fmt: skip
        library.merging.merge(back)
        twin.merging.merge(tmp_path / "旧.anlan")
        assert library.decisions.digest() == twin.decisions.digest()
        assert sound(library, twin)


def test_what_both_said_alike_is_agreed(library: Library, colleague: Library, back: Path, tmp_path: Path) -> None:
    value = {**figure_value(library.cases.load(1).metrics[0]), "value": "77"}
    for one in (library, colleague):
        one.decisions.decide([Wish(1, figure(one), "changed", value)])
    colleague.merging.hand_back(back)
    preview = library.merging.preview(back)
    assert (preview.counts, [*preview.conflicts]) == ({"agreed": 1}, [])
    [item] = preview.items
    assert (item.standing, item.becomes.value, item.becomes.state) == ("agreed", value, "checked")
    library.merging.merge(back)
    assert library.cases.load(1).metrics[0].value == Decimal(77)
    assert len(library.decisions.on(item.target)) == 2
    library.merging.hand_out([1], tmp_path / "又.anlan", "李敏")
    packets.unpack(tmp_path / "又.anlan", tmp_path / "李敏.anlan")
    assert colleague.merging.preview(tmp_path / "又.anlan").counts["ahead"] == 1
    assert sound(library)


def test_one_id_with_two_contents(library: Library, colleague: Library, back: Path) -> None:
    colleague.decisions.decide([Wish(1, "note", "changed", "记")])
    colleague.merging.hand_back(back)
    library.merging.merge(back)
    rewritten(back, DROP, "UPDATE decisions SET note = '伪造'", MAKE)
    with pytest.raises(LibraryError, match="同号而内容不同"):
        library.merging.merge(back)


@pytest.mark.parametrize("keep", [0, 5, 30, -1])
def test_half_copied(library: Library, colleague: Library, back: Path, keep: int) -> None:
    colleague.merging.hand_back(back)
    back.write_bytes(back.read_bytes()[:keep])
    with pytest.raises(LibraryError, match="交回") as said:
        library.merging.preview(back)
    assert keep in (0, 5) or "没有复制完整" in str(said.value)


@pytest.mark.usefixtures("light_work")
@pytest.mark.parametrize("password", ["", "丰收"])
def test_written_by_a_newer_version(library: Library, colleague: Library, back: Path, password: str) -> None:
    colleague.merging.hand_back(back, password=password)
    data = bytearray(back.read_bytes())
    data[7] = 9
    back.write_bytes(data)
    with pytest.raises(NewerLibrary, match=r"交回.anlan.*更新版本.*没有改动"):
        library.merging.preview(back)


# ---- killed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_write(library: Library, colleague: Library, back: Path, path: Path) -> None:
    library.decisions.decide([Wish(1, figure(library), "rejected")])
    colleague.decisions.decide([Wish(1, figure(colleague), "accepted"), Wish(2, "title", "changed", "新题")])
    colleague.decisions.put_in_bin([3])
    colleague.decisions.add_case(Case("", "新的例子", body=(TEXT,)))
    colleague.merging.hand_back(back)
    before = library.decisions.digest()
    library.close()
    whole, at = False, 0
    while not whole:
        at += 1
        ended = in_a_process_that_dies(path, "汇总", at, lambda own: own.merging.merge(back))
        assert ended in ("killed", "done")
        whole = ended == "done"
        if at % 9 and not whole:
            continue  # every write is killed; every ninth time the file is looked through
        with Library.open(path) as again:
            assert whole or again.decisions.digest() == before
            assert not check(path).findings
    assert at > 30
    with Library.open(path) as again:
        assert again.cases.count() == 4
        assert again.decisions.digest() != before
        assert not check(path).findings


# ---- any history


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_template(tmp_path_factory.mktemp("laptops"), 5)


WHO = st.integers(0, 3)
ANY = st.integers(0, 1 << 20)


class Together(RuleBasedStateMachine):
    """Four laptops, files in any order, twice, never; rules, withdrawals and wrong clocks: in the end one state."""

    template: list[Path]

    @initialize(agreeing=st.booleans(), seed=ANY)
    def begin(self, agreeing: bool, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clocks = wrong_clocks(Random(seed))
        self.clocks.__enter__()
        self.laptops = Laptops(Path(self.folder.name), self.template[:4], agreeing=agreeing)

    @rule(who=WHO, seed=ANY)
    def decide(self, who: int, seed: int) -> None:
        self.laptops.decide(who, Random(seed).randrange)

    @rule(who=WHO, seed=ANY)
    def put_right(self, who: int, seed: int) -> None:
        if not self.laptops.agreeing:
            self.laptops.put_right(who, Random(seed).randrange)

    @rule(who=WHO)
    def put_back(self, who: int) -> None:
        if not self.laptops.agreeing:
            self.laptops.put_back(who)

    @rule(who=WHO)
    def add(self, who: int) -> None:
        self.laptops.add(who)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self.laptops.undo(who)

    @rule(who=WHO)
    def hand_over(self, who: int) -> None:
        self.laptops.hand_over(who)

    @rule(who=WHO, file=ANY, words=st.sampled_from(["seen", "seen", "ours", "theirs", "unsure", "person:王芳"]))
    def take_in(self, who: int, file: int, words: str) -> None:
        self.laptops.take_in(who, file, rule_of("seen" if self.laptops.agreeing else words))

    @rule(who=WHO, which=ANY)
    def withdraw(self, who: int, which: int) -> None:
        self.laptops.withdraw(who, which)

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            self.laptops.come_together()
            assert len(self.laptops.digests()) == 1
            for library in self.laptops.libraries:
                assert not check(library.path).findings
                marked = library.decisions.marked()
                assert not (self.laptops.agreeing and marked)
                assert all(what_differs(heads(library.decisions.on(target))) > 1 for target in marked)
        finally:
            self.laptops.close()
            self.clocks.__exit__(None, None, None)
            self.folder.cleanup()


class TestTogether(Together.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(max_examples=8, stateful_step_count=14, deadline=None)

    @pytest.fixture(autouse=True)
    def _template(self, template: list[Path]) -> None:
        Together.template = template
