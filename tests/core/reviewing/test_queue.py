"""In which order figures come, how a person goes through them, and how far that is."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.decisions import CASE, Target, doubt_target, figure_part, figure_value
from core.doubts import find
from core.library import AS_IT_IS, FigureStanding, Library, Wish
from core.library.checking import check
from core.records import Case, Metric
from core.reviewing import (
    READINGS,
    Arranging,
    Asked,
    Counted,
    Doubted,
    Line,
    Looked,
    Queue,
    Reading,
    Walk,
    minutes_left,
    own_share,
    progress_of,
    queue_of,
    standing_of,
)  # fmt: skip
from core.reviewing.queue import DIFFERING
from core.reviewing.second import Rule

STANDING = st.builds(
    FigureStanding,
    num=st.integers(1, 10**6),
    case=st.integers(1, 99),
    id=st.sampled_from("abcdefghij"),
    confidence=st.floats(0, 1),
    state=st.sampled_from(["unchecked", "checked", "unsure", "wrong"]),
)


def arranged(figures: Sequence[FigureStanding], **more: object) -> Queue:
    arranging = Arranging(**more)  # type: ignore[arg-type]
    arranging.take(figures)
    return arranging.queue()


def test_doubts_come_first_then_what_was_read_unsurely_then_the_rest() -> None:
    figures = [
        FigureStanding(1, 1, "a", 0.9, "unchecked"),
        FigureStanding(2, 1, "b", 0.55, "unchecked"),
        FigureStanding(3, 2, "c", 0.9, "unchecked"),
        FigureStanding(4, 2, "d", 0.3, "unchecked"),
        FigureStanding(5, 2, "e", 0.52, "unchecked"),
        FigureStanding(6, 3, "f", 0.2, "checked"),
        FigureStanding(7, 3, "g", 0.9, "unchecked"),
    ]
    queue = arranged(figures, why={"g": Doubted(3), "c": Doubted(8), "f": Doubted(5)})
    assert list(queue.nums) == [3, 7, 4, 2, 5, 1]
    assert (queue.doubts, queue.unsure, len(queue)) == (2, 3, 6)


@pytest.mark.parametrize(
    ("state", "why", "again", "comes"),
    [
        ("unchecked", {}, (), True),
        ("checked", {}, (), False),
        ("unsure", {}, (), False),
        ("unsure", {}, ("unsure",), True),
        ("wrong", {"a": Doubted(5)}, (), False),
        ("wrong", {"a": Doubted(DIFFERING)}, (), True),
    ],
)
def test_what_was_decided_comes_again_only_for_a_reason(
    state: str, why: dict[str, Doubted], again: tuple[str, ...], comes: bool
) -> None:
    figure = FigureStanding(1, 1, "a", 0.9, state)  # type: ignore[arg-type]
    assert bool(arranged([figure], why=why, again=again).nums) is comes


@given(st.lists(STANDING, unique_by=lambda f: f.num), st.dictionaries(st.sampled_from("abcdefghij"), st.floats(0, 9)))
def test_each_unseen_figure_comes_once(figures: list[FigureStanding], weights: dict[str, float]) -> None:
    queue = arranged(figures, why={id_: Doubted(weight) for id_, weight in weights.items()})
    assert sorted(queue.nums) == sorted(f.num for f in figures if f.state == "unchecked")
    doubted = {f.num for f in figures if f.id in weights}
    assert set(queue.nums[: queue.doubts]) <= doubted
    assert not doubted & set(queue.nums[queue.doubts :])


def test_the_walk_goes_on_where_it_was_after_going_back() -> None:
    walk = Walk(5)
    walk.leave("accepted")
    walk.leave("skipped")
    walk.leave("unsure")
    assert (walk.at, walk.skipped()) == (3, [1])
    assert walk.back()
    assert walk.back()
    walk.leave("rejected")  # what was skipped is decided now
    assert (walk.at, walk.skipped()) == (3, [])
    assert [(step.at, step.outcome) for step in walk.last()] == [(1, "rejected"), (2, "unsure"), (0, "accepted")]
    walk.leave("accepted")
    walk.leave("accepted")
    assert walk.ended
    walk.leave("accepted")
    assert walk.at == 5


def test_nobody_goes_back_before_the_beginning_nor_to_what_was_not_seen() -> None:
    walk = Walk(3)
    assert not walk.back()
    assert not walk.forward()
    for at in (-1, 1):
        with pytest.raises(IndexError):
            walk.go(at)


@given(
    st.lists(st.sampled_from(["accepted", "skipped", "unsure", "back", "undo", "redo"])),
    st.sets(st.integers(0, 19)),
)
@example(["accepted", "back", "accepted", "undo", "undo", "redo", "redo"], {0})
@settings(max_examples=400)
def test_undo_and_redo_lead_back_to_where_one_was(does: list[str], read: set[int]) -> None:
    """Places in ``read`` were decided by a first reader before."""
    walk, made, taken = Walk(20), [], []
    said = {at: [f"first {at}"] if at in read else [""] for at in range(20)}
    count = 0
    for do in does:
        if do == "back":
            walk.back()
        elif do == "undo" and made:
            at = made.pop()
            taken.append((at, said[at].pop()))
            walk.renew({at: said[at][-1] for at in walk.watched()})
            assert walk.at == at
        elif do == "redo" and taken:
            at, one = taken.pop()
            made.append(at)
            said[at].append(one)
            walk.renew({at: said[at][-1] for at in walk.watched()})
            assert walk.at == (taken[-1][0] if taken else walk.front)
        elif do not in ("undo", "redo") and not walk.ended:
            if do == "skipped" and walk.at in made:
                return  # who skips what they had decided has left it as it is
            taken = []
            if do != "skipped":
                count += 1
                made.append(walk.at)
                said[walk.at].append(f"{count}")
                walk.leave(do, said[walk.at][-2])  # type: ignore[arg-type]
            else:
                walk.leave(do, said[walk.at][-1])
        assert 0 <= walk.at <= walk.front <= walk.length
        assert [step.at for step in walk.last()] == [*dict.fromkeys(reversed(made))][:10]


def test_the_end_is_in_sight_once_there_is_a_pace() -> None:
    assert minutes_left([], 100) is None
    assert minutes_left([0, 3, 6, 9, 12, 15, 500, 503], 40) == 2  # nobody works while they are away
    assert minutes_left([0, 1, 2, 3, 4, 5], 1) == 1


# ---- a library


def figures(count: int, name: str) -> Case:
    return Case("", name, metrics=tuple(Metric(f"{name}{n}", Decimal(n), "件") for n in range(count)))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "库.anlan")
    library.cases.add([figures(3, "甲"), figures(2, "乙"), figures(0, "丙")])
    return library


def contradicting(library: Library, title: str = "两说") -> int:
    """Add a case that says two things of one; its number."""
    quote = "2023年建成食堂5家"
    one = Metric("食堂数量", Decimal(5), "家", period="2023年", subject="清河县", printed="5家", quote=quote)
    other = replace(one, value=Decimal(8), printed="8家", quote="2023年建成食堂8家")
    return library.cases.add([Case("", title, metrics=(one, other))])[0]


def decide(library: Library, who: str, num: int, at: int, verdict: str) -> None:
    library.decisions.reviewer = who
    metric = library.cases.load(num).metrics[at]
    library.decisions.decide([Wish(num, figure_part(metric.id), verdict)])  # type: ignore[arg-type]


def last(library: Library, nums: Sequence[int] | None = None, **more: object) -> Counted:
    """The last queue that comes: the one that knows all."""
    parts = [*queue_of(library, Asked(nums, **more))]  # type: ignore[arg-type]
    assert all(isinstance(part, (Looked, Counted)) for part in parts)
    return [part for part in parts if isinstance(part, Counted)][-1]


def test_the_queue_of_a_library_in_the_order_of_its_cases(library: Library) -> None:
    assert len(last(library).queue) == 5
    ids = [m.id for num in (2, 1) for m in library.cases.load(num).metrics]
    rows = library.figures.numbered(last(library, array("q", [2, 1, 3])).queue.nums)
    assert [row.metric.id for row in rows] == ids
    decide(library, "王", 2, 0, "accepted")
    counted = last(library, [2, 3])
    assert (len(counted.queue), counted.states) == (1, {"unchecked": 1, "checked": 1, "unsure": 0, "wrong": 0})
    library.close()


def test_each_persons_share_is_what_stands_as_they_said(library: Library) -> None:
    decide(library, "王", 1, 0, "accepted")
    decide(library, "王", 1, 1, "unsure")
    decide(library, "李", 1, 1, "rejected")
    assert library.figures.decided_by() == {"王": 1, "李": 1}
    library.undo()
    assert library.figures.decided_by() == {"王": 2}
    library.undo()
    library.redo()
    assert library.figures.decided_by() == {"王": 2}
    library.decisions.reviewer = "王"
    assert own_share(library) == 2
    library.undo()
    library.undo()
    assert library.figures.decided_by() == {}
    library.close()


def test_what_contradicts_itself_comes_first_unless_a_person_put_the_doubt_aside(library: Library) -> None:
    contradicting(library)
    counted = last(library)
    rows = library.figures.numbered(counted.queue.nums)
    assert ({row.title for row in rows[:2]}, counted.queue.doubts) == ({"两说"}, 2)
    assert all(counted.queue.why[row.metric.id].words for row in rows[:2])
    for doubt in find([library.cases.load(4)]):
        library.decisions.say([doubt_target(doubt.id)], "rejected", "两次统计")
    counted = last(library)
    assert counted.queue.doubts == 0
    library.close()


def said(library: Library, num: int, *parts: tuple[str, str, str]) -> None:
    for who, part, verdict in parts:
        library.decisions.reviewer = who
        library.decisions.decide([Wish(num, part, verdict)])  # type: ignore[arg-type]


def test_cases_are_checked_as_a_whole(library: Library) -> None:
    assert last(library, unit="case").queue.nums.tolist() == [3, 2, 1]
    decide(library, "王", 1, 0, "unsure")  # that a figure of it is unsure says nothing of the case as a whole
    said(library, 2, ("王", CASE, "accepted"))
    counted = last(library, unit="case")
    assert counted.queue.nums.tolist() == [3, 1]
    assert counted.states == {"unchecked": 2, "checked": 1, "unsure": 0, "wrong": 0}
    assert progress_of(library, "case", None) == progress_of(library, "case", [1, 2, 3]) == counted.states
    stands = standing_of(library, "case", [1, 2, 9])
    assert (stands[1], stands[2], len(stands)) == ("", library.decisions.all()[-1].id, 2)
    assert own_share(library, "case") == 1
    library.undo()
    assert own_share(library, "case") == 0
    assert len(last(library, unit="case").queue) == 3
    library.close()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [(who, verdict) for who in ("王", "李") for verdict in ("accepted", "rejected", "unsure", "changed")]
            + [("", "undo"), ("", "redo")]
        ),
        max_size=9,
    )
)
@example([("王", "accepted"), ("李", "rejected"), ("", "undo"), ("", "redo"), ("", "undo"), ("", "undo")])
def test_undo_of_a_second_word_gives_back_the_first(does: list[tuple[str, str]]) -> None:
    """However often two readers decide, and undo, what stands is what the last word that counts left there."""
    with TemporaryDirectory() as folder, Library.create(Path(folder) / "库.anlan") as library:
        num = library.cases.add([Case("", "没有数据"), figures(1, "甲")])[1]
        [at] = last(library).queue.nums
        [row] = library.figures.numbered([at])

        def stands() -> tuple[object, ...]:
            metric = library.cases.load(num).metrics[0]
            return metric.state, metric.value, standing_of(library, "figure", [at])[at]

        past, ahead = [stands()], []
        for who, do in does:
            if do == "undo" and len(past) > 1:
                library.undo()
                ahead.append(past.pop())
            elif do == "redo" and ahead:
                library.redo()
                past.append(ahead.pop())
            elif who:
                value = {**figure_value(row.metric), "value": f"{len(past)}7"} if do == "changed" else AS_IT_IS
                library.decisions.reviewer = who
                library.decisions.decide([Wish(num, figure_part(row.metric.id), do, value)])  # type: ignore[arg-type]
                past.append(stands())
                ahead = []
            assert stands() == past[-1]
        assert not check(library.path).findings


@pytest.mark.parametrize(
    ("verdict", "rule", "comes"),
    [
        ("accepted", "needed", False),
        ("accepted", "always", True),
        ("changed", "needed", True),
        ("rejected", "needed", True),
        ("unsure", "needed", True),
        ("unsure", "never", False),
    ],
)
def test_the_second_reader_gets_what_the_first_changed_or_doubted(
    library: Library, verdict: str, rule: Rule, comes: bool
) -> None:
    metric = library.cases.load(1).metrics[0]
    library.decisions.reviewer = "王"
    value = {**figure_value(metric), "value": "77"} if verdict == "changed" else AS_IT_IS
    library.decisions.decide([Wish(1, figure_part(metric.id), verdict, value)])  # type: ignore[arg-type]
    reading = Reading(rule, "never")
    first = library.figures.numbered(last(library, who="李", reading=reading).queue.nums[:1])[0].metric.id
    assert (first == metric.id) is comes
    assert len(last(library, who="李", reading=reading).queue) == 4 + comes
    for same in ("王", ""):  # nobody reads again what is their own; without a name nobody reads a second time
        assert len(last(library, who=same, reading=reading).queue) == 4
    decide(library, "李", 1, 0, "accepted")
    assert len(last(library, who="赵", reading=reading).queue) == 4  # two have read it
    library.undo()
    library.decisions.set_back([Target(library.cases.load(1).id, figure_part(metric.id))])
    assert len(last(library, who="李", reading=reading).queue) == 5  # what was taken back is unread
    library.close()


def test_what_something_contradicts_is_read_a_second_time(library: Library) -> None:
    num = contradicting(library)
    decide(library, "王", num, 0, "accepted")
    decide(library, "王", num, 1, "accepted")
    ids = [m.id for m in library.cases.load(num).metrics]
    counted = last(library, [num], who="李")
    assert {row.metric.id for row in library.figures.numbered(counted.queue.nums)} == set(ids)
    assert len(last(library, [num], who="王").queue) == 0
    library.close()


def test_whole_cases_are_read_twice_only_when_that_is_so_set(library: Library) -> None:
    said(library, 2, ("王", CASE, "unsure"))
    said(library, 3, ("王", CASE, "accepted"))
    for reading, nums in (("needed", [2, 1]), ("twice", [1]), ("never", [1])):
        assert last(library, unit="case", who="李", reading=READINGS[reading]).queue.nums.tolist() == nums
    library.close()


def test_a_beginning_comes_at_once_and_the_order_gets_better(library: Library) -> None:
    library.cases.add([figures(2, f"多{n}") for n in range(60)])
    late = contradicting(library, "最后")  # cases without a place come by title
    seen: list[int] = []
    counted: list[Counted] = []
    for part in queue_of(library, Asked(), lambda: seen):
        if isinstance(part, Counted):
            counted.append(part)
            seen.append(part.queue.nums[0])
    assert [one.whole for one in counted] == [False, True, True]
    assert 0 < len(counted[0].queue) < len(counted[1].queue)
    rows = library.figures.numbered(counted[2].queue.nums[:2])
    assert {row.num for row in rows} == {late}
    for one, had in zip(counted, range(3), strict=True):
        assert one.queue.seen == had
        assert not set(one.queue.nums) & set(seen[:had])
    library.close()


@given(st.data())
def test_a_line_shows_each_figure_once_whatever_order_comes(data: st.DataObject) -> None:
    every = data.draw(st.lists(st.integers(1, 99), unique=True, min_size=1))
    line, shown = Line(), []
    line.take(Queue(array("q", every)))
    while True:
        before = len(line.seen)
        if data.draw(st.booleans()):
            kept = [num for num in data.draw(st.permutations(every)) if num not in set(line.seen[: before // 2])]
            line.take(Queue(array("q", kept), seen=before // 2))
            assert len(line) == len(every)
            assert line.ahead(99) == [num for num in kept if num not in shown]
        try:
            shown.append(line[len(line.seen)])
        except IndexError:
            break
    assert sorted(shown) == sorted(every)
    assert [line[place] for place in range(len(line))] == shown
    with pytest.raises(IndexError):
        line[len(line) + 1]


def test_what_was_checked_is_left_out_until_it_is_taken_back(library: Library) -> None:
    first = library.cases.load(1).metrics[2]
    decide(library, "王", 1, 2, "accepted")
    assert first.id not in [row.metric.id for row in library.figures.numbered(last(library).queue.nums)]
    library.undo()
    assert len(last(library).queue) == 5
    library.close()
