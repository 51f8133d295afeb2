"""Decisions in a library: every field and figure put right, nothing lost by undo, a new reading or the bin."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.decisions import CASE, NotAValue, Target, doubt_target, figure_value, indicator_target, pair_target
from core.decisions.log import DOUBT, INDICATOR, PAIR, PARTS
from core.library import Library, Query, Wish, index
from core.library.checking import check, rebuild
from core.records import Article, Case, Metric, Page, Paragraph, Span

Dump = Callable[[Library], dict[str, list[str]]]
CHANGES = {
    "title": "云溪区的议事亭",
    "place": ["330822", "浙江省", "衢州市", "常山县", "", ""],
    "themes": ["公共安全", "自定主题"],
    "kind": "news",
    "published": "2024-01",
    "section": "栏目",
    "byline": ["甲", "乙"],
    "summary": "另写的摘要龙门",
    "background": "背景里的虎跳",
    "practice": "做法里的凤山",
    "result": "成效里的龟峰",
    "citations": [["岳阳晚报", "2023-11-23", "4", "题", ["丙"]], ["转载报", "", "", "", []]],
    "note": "备注里的麒麟",
    "tags": ["急用", "二季度"],
    "starred": True,
}


def figure_of(library: Library, num: int, at: int = 0) -> Metric:
    return library.cases.load(num).metrics[at]


def test_every_field_has_a_change_here() -> None:
    assert CHANGES.keys() == PARTS.keys()


@pytest.mark.parametrize("part", CHANGES)
def test_a_field_is_put_right_and_undone(library: Library, dump_of: Dump, part: str) -> None:
    before, digest = dump_of(library), library.decisions.digest()
    library.decisions.reviewer = "王小川·县委办"
    [decision] = library.decisions.decide([Wish(1, part, "changed", CHANGES[part])])
    standing = library.decisions.of_case(1)[part]
    assert (standing.now, standing.state, standing.mark) == (CHANGES[part], "checked", "")
    assert standing.read == decision.before != standing.now
    assert decision.who == "王小川·县委办"
    after = dump_of(library)
    index.rebuild(library._db)
    assert dump_of(library) == after
    library.undo()
    assert (dump_of(library), library.decisions.digest()) == (before, digest)
    library.redo()
    assert dump_of(library) == after
    assert not check(library.path).findings


@pytest.mark.parametrize("words", ["龙门", "虎跳", "凤山", "龟峰", "麒麟", "急用", "转载报"])
def test_what_a_person_writes_is_found(library: Library, words: str) -> None:
    library.decisions.decide([Wish(1, part, "changed", value) for part, value in CHANGES.items()])
    assert library.search.find(Query(words=words)).nums.tolist() == [1]


def test_a_value_that_is_there_needs_no_decision(library: Library) -> None:
    assert library.decisions.decide([Wish(1, "title", "changed", library.cases.load(1).title)]) == []
    assert library.decisions.all() == []


def test_a_field_goes_back_to_what_was_read(library: Library) -> None:
    read = library.cases.load(1).title
    library.decisions.decide([Wish(1, "title", "changed", "改一")])
    library.decisions.decide([Wish(1, "title", "changed", "改二")])
    library.decisions.decide([Wish(1, "title", "changed", library.decisions.of_case(1)["title"].read)])
    assert library.cases.load(1).title == read
    assert [d.after for d in library.decisions.of_case(1)["title"].decisions] == ["改一", "改二", read]


@pytest.mark.parametrize(("verdict", "state"), [("accepted", "checked"), ("unsure", "unsure"), ("rejected", "wrong")])
def test_a_figure_is_judged(library: Library, verdict: str, state: str) -> None:
    had = figure_of(library, 1)
    library.decisions.figure(1, had.id, verdict, note="看过原文")  # type: ignore[arg-type]
    assert figure_of(library, 1) == replace(had, state=state)
    assert library.decisions.progress()[state] == 1  # type: ignore[index]
    [decision] = library.decisions.on(Target(library.cases.load(1).id, f"figure/{had.id}"))
    assert (decision.verdict, decision.note, decision.before) == (verdict, "看过原文", figure_value(had))


def test_a_figure_is_corrected_added_and_removed(library: Library, dump_of: Dump) -> None:
    before = dump_of(library)
    had = figure_of(library, 1)
    library.decisions.figure(1, had.id, "changed", {**figure_value(had), "value": "561"})
    new = library.decisions.add_figure(1, {"indicator": "联户", "value": "4", "unit": "户", "quote": "联户4户"})
    library.decisions.figure(1, figure_of(library, 1, 1).id, "rejected", None)
    case = library.cases.load(1)
    assert [(m.indicator, m.value, m.state) for m in case.metrics] == [
        ("议事亭数量", Decimal(561), "checked"), ("联户", Decimal(4), "checked"),
    ]  # fmt: skip
    assert (case.metrics[1].id, case.state, library.cases.rows([1])[0].figures) == (new, "checked", 2)
    assert library.search.find(Query(words="联户4户")).nums.tolist() == [1]
    assert not library.search.find(Query(words="修路3.5")).nums.tolist()
    assert not check(library.path).findings
    for _ in range(3):
        library.undo()
    assert dump_of(library) == before
    for _ in range(3):
        library.redo()
    assert library.cases.load(1) == case


def test_a_decision_is_taken_back_after_later_ones(library: Library) -> None:
    read = library.cases.load(1)
    [first] = library.decisions.decide([Wish(1, "title", "changed", "改过的题")])
    library.decisions.decide([Wish(1, "note", "changed", "记一笔")])
    library.decisions.withdraw([first.id])
    assert (library.cases.load(1).title, library.cases.load(1).note) == (read.title, "记一笔")


def test_a_wrong_value_changes_nothing(library: Library, dump_of: Dump) -> None:
    before = dump_of(library)
    with pytest.raises(NotAValue, match="不是日期"):
        library.decisions.decide([Wish(1, "title", "changed", "新题"), Wish(2, "published", "changed", "去年")])
    for gone in (Wish(99, "title", "changed", "x"), Wish(1, "figure/none", "accepted")):
        with pytest.raises(KeyError):
            library.decisions.decide([gone])
    assert dump_of(library) == before


def test_the_log_only_grows(library: Library) -> None:
    library.decisions.decide([Wish(1, "title", "changed", "新题")])
    for statement in ("DELETE FROM decisions", "UPDATE decisions SET who = '别人'"):
        with pytest.raises(Exception, match="only added"):
            library._db.execute(statement)


def test_a_case_is_checked_when_all_its_figures_are(library: Library) -> None:
    for at in range(2):
        assert library.cases.load(1).state == "unchecked"
        library.decisions.figure(1, figure_of(library, 1, at).id, "accepted")
    assert library.cases.rows([1])[0].state == "checked"
    library.decisions.figure(1, figure_of(library, 1).id, "unsure")
    assert library.cases.rows([1])[0].state == "unsure"


def test_a_case_written_by_hand(library: Library, dump_of: Dump) -> None:
    before = dump_of(library)
    case = Case(
        "",
        "手写的麦田例子",
        summary="自己的话",
        metrics=(Metric("亩数", Decimal(3), "亩", quote="麦田3亩", printed="3亩"),),
    )
    num = library.decisions.add_case(case)
    loaded = library.cases.load(num)
    assert (loaded.title, library.pages.text(loaded.source_id)) == ("手写的麦田例子", "麦田3亩")
    assert library.search.find(Query(words="麦田")).nums.tolist() == [num]
    assert library.decisions.on(Target(loaded.id, CASE))[0].verdict == "added"
    assert not check(library.path).findings
    library.undo()
    assert dump_of(library) == before


def test_the_bin_outlives_the_session(library: Library, path: Path, dump_of: Dump) -> None:
    library.selections.put(library.selections.add("汇编"), [1, 2])
    case, before = library.cases.load(1), dump_of(library)
    library.decisions.put_in_bin([1])
    assert not library.search.find(Query(words="“一核四联”")).nums
    assert library.cases.count() == 3
    library.close()
    with Library.open(path) as again:
        assert [row.title for row in again.decisions.binned()] == [case.title]
        assert again.decisions.put_back([case.id]) == [1]
        assert again.cases.load(1) == case
        assert again.search.find(Query(words="“一核四联”")).nums.tolist() == [1]
        assert {k: v for k, v in dump_of(again).items() if k not in ("decisions", "rulings")} == {
            k: v for k, v in before.items() if k not in ("decisions", "rulings")
        }
        again.undo()
        assert [row.title for row in again.decisions.binned()] == [case.title]
        again.decisions.empty_bin([case.id])
        assert again.decisions.binned() == []
        assert not check(path).findings


TEXT = "石桥乡修起晾谷场\n石桥乡修起16处晾谷场，方便240户农户晒谷。\n柳河镇开夜间公交\n柳河镇开通夜间公交4条。\n"


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def metric(indicator: str, value: int, unit: str) -> Metric:
    printed = f"{value}{unit}"
    return Metric(
        indicator, Decimal(value), unit, printed=printed, span=at(printed), quote=printed, quote_span=at(printed)
    )


FIRST = Article(
    "石桥乡修起晾谷场", (Paragraph((at("石桥乡修起16处晾谷场，方便240户农户晒谷。"),)),),
    title_spans=(at("石桥乡修起晾谷场"),), metrics=(metric("晾谷场", 16, "处"), metric("农户", 240, "户")),
)  # fmt: skip
SECOND = Article(
    "柳河镇开夜间公交", (Paragraph((at("柳河镇开通夜间公交4条。"),)),), title_spans=(at("柳河镇开夜间公交"),),
    metrics=(metric("夜间公交", 4, "条"),),
)  # fmt: skip


@pytest.fixture
def page(library: Library) -> str:
    nums = library.pages.add(Page(TEXT, "页.txt", paper="报"), [FIRST, SECOND])
    return library.cases.load(nums[0]).source_id


def test_a_removed_figure_never_comes_back(library: Library, page: str) -> None:
    library.decisions.figure(5, figure_of(library, 5).id, "rejected", None)
    library.pages.replace(page, [FIRST, SECOND], [])
    renamed = replace(FIRST.metrics[0], indicator="谷场")
    library.pages.replace(page, [replace(FIRST, metrics=(renamed, FIRST.metrics[1])), SECOND], [])
    assert [m.indicator for m in library.cases.load(5).metrics] == ["农户"]


def test_a_binned_case_never_comes_back(library: Library, page: str) -> None:
    library.decisions.put_in_bin([5])
    library.pages.replace(page, [replace(FIRST, title="另读的题"), SECOND], [])
    cases = map(library.cases.load, library.search.find(Query()).nums)
    assert [case.title for case in cases if case.source_id == page] == ["柳河镇开夜间公交"]
    library.decisions.put_back([library.decisions.binned()[0].id])
    assert library.cases.load(5).title == "石桥乡修起晾谷场"


class Deciding(RuleBasedStateMachine):
    """Edits, decisions, new readings, undo and redo in any order: what a person decided stands, every figure of it."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.create(Path(self.folder.name) / "库.anlan")
        nums = self.library.pages.add(Page(TEXT, "页.txt"), [FIRST, SECOND])
        self.page = self.library.cases.load(nums[0]).source_id
        self.ids = [self.library.cases.load(num).id for num in nums]
        self.counter = itertools.count()

    def nums(self) -> list[int]:
        found = []
        for one in self.ids:
            with suppress(KeyError):
                found.append(self.library.cases.num_of(one))
        return found

    @rule(which=st.integers(0, 1), part=st.sampled_from([*CHANGES]), other=st.booleans())
    def change(self, which: int, part: str, other: bool) -> None:
        for num in self.nums()[which : which + 1]:
            value = CHANGES[part]
            if other and isinstance(value, str) and part not in ("kind", "published"):
                value = f"{value}{next(self.counter)}"
            self.library.decisions.decide([Wish(num, part, "changed", value)])

    @rule(
        which=st.integers(0, 1),
        at=st.integers(0, 3),
        what=st.sampled_from(["accepted", "unsure", "rejected", "changed", "gone"]),
    )
    def judge(self, which: int, at: int, what: str) -> None:
        for num in self.nums()[which : which + 1]:
            for one in self.library.cases.load(num).metrics[at : at + 1]:
                if what == "gone":
                    self.library.decisions.figure(num, one.id, "rejected", None)
                elif what == "changed":
                    value = {**figure_value(one), "value": str(next(self.counter))}
                    self.library.decisions.figure(num, one.id, "changed", value)
                else:
                    self.library.decisions.figure(num, one.id, what)  # type: ignore[arg-type]

    @rule(which=st.integers(0, 1))
    def add(self, which: int) -> None:
        for num in self.nums()[which : which + 1]:
            self.library.decisions.add_figure(
                num, {"indicator": f"手添{next(self.counter)}", "value": "1", "unit": "个"}
            )

    @rule(lose=st.booleans(), rename=st.booleans(), title=st.sampled_from(["石桥乡修起晾谷场", "另读的题"]))
    def read_again(self, lose: bool, rename: bool, title: str) -> None:
        decided = self.decided()
        metrics = FIRST.metrics[1:] if lose else FIRST.metrics
        if rename:
            metrics = tuple(replace(m, indicator=m.indicator + "数", value=m.value + 1) for m in metrics)
        self.library.pages.replace(self.page, [replace(FIRST, title=title, metrics=metrics), SECOND], [])
        assert self.decided() == decided

    @rule(which=st.integers(0, 1))
    def throw_away(self, which: int) -> None:
        self.library.decisions.put_in_bin(self.nums()[which : which + 1])

    @rule()
    def put_back(self) -> None:
        self.library.decisions.put_back([row.id for row in self.library.decisions.binned()])

    @precondition(lambda self: self.library.undo_text and not self.library.undo_text.startswith("导入"))
    @rule()
    def undo_and_redo(self) -> None:
        before = (self.decided(), self.library.decisions.digest())
        self.library.undo()
        self.library.redo()
        assert (self.decided(), self.library.decisions.digest()) == before

    @precondition(lambda self: self.library.undo_text and not self.library.undo_text.startswith("导入"))
    @rule()
    def undo(self) -> None:
        self.library.undo()

    def decided(self) -> dict[tuple[str, str], tuple[object, str]]:
        """Every part of every case that somebody decided and that still stands so."""
        out = {}
        for num in self.nums():
            case = self.library.cases.load(num)
            for part, standing in self.library.decisions.of_case(num).items():
                if standing.state != "unchecked":
                    out[case.id, part] = (standing.now, standing.state)
        return out

    @invariant()
    def all_is_sound(self) -> None:
        assert check(self.library.path).findings == ()

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


TestDeciding = Deciding.TestCase
TestDeciding.settings = settings(max_examples=25, stateful_step_count=14, deadline=None)


def test_what_is_said_of_doubts_pairs_and_indicators(library: Library, dump_of: Dump) -> None:
    before = dump_of(library)
    library.decisions.say([doubt_target("d1"), doubt_target("d2")], "rejected", "两处口径不同")
    library.decisions.say([pair_target("b", "a")], "accepted")
    library.decisions.say([indicator_target("农户/户", "农户数")], "accepted")
    assert library.decisions.said_of(DOUBT) == {"d1": "wrong", "d2": "wrong"}
    assert library.decisions.said_of(PAIR) == {"a/b": "checked"}
    assert library.decisions.said_of(INDICATOR) == {"农户数/农户／户": "checked"}
    assert library.decisions.on(doubt_target("d1"))[0].note == "两处口径不同"
    assert not check(library.path).findings
    for _ in range(3):
        library.undo()
    assert (library.decisions.said_of(DOUBT), dump_of(library)) == ({}, before)


BROKEN = [
    "UPDATE metrics SET value = '7' WHERE state = 'checked'",
    "UPDATE metrics SET state = 'unchecked'",
    "UPDATE cases SET title = '别处来的题' WHERE num = 1",
    "UPDATE rulings SET state = 'wrong'",
    "UPDATE rulings SET mark = 'conflict' WHERE part = 'title'",
]


@pytest.mark.parametrize("statement", BROKEN)
def test_rows_that_do_not_follow_from_the_log_are_found_and_made_anew(
    library: Library, path: Path, dump_of: Dump, statement: str
) -> None:
    library.decisions.decide([Wish(1, "title", "changed", "改过的题")])
    library.decisions.figure(1, figure_of(library, 1).id, "accepted")
    before = dump_of(library)
    library._db.execute(statement)
    library.close()
    assert "按决定得出的内容" in [finding.text.partition("有 ")[0] for finding in check(path).findings]
    assert "按决定得出的内容" in rebuild(path)
    assert check(path).findings == ()
    with Library.open(path) as again:
        assert dump_of(again) == before
