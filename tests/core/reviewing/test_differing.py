"""Where people differ, and how it is settled; doubts put aside and taken up; verdicts set back to unchecked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.decisions import CASE, Decision, Target, doubt_target, figure_part, figure_value, pair_target
from core.library import AS_IT_IS, Library, Wish, deciding
from core.library.checking import check
from core.library.stamps import new_id, now
from core.records import Case, Metric
from core.reviewing.differing import differences, settle, side_words
from core.reviewing.doubting import listed, put_aside, sides_of, take_up

METRIC = Metric("座数", Decimal(5), "座", printed="5座", quote="修了5座", confidence=0.9)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.create(tmp_path / "库.anlan")
    library.cases.add([Case("", "甲", metrics=(METRIC, replace(METRIC, indicator="桥"))), Case("", "乙")])
    yield library
    assert check(library.path).findings == ()
    library.close()


def part_of(library: Library, part: str) -> str:
    return figure_part(library.cases.load(1).metrics[0].id) if part == "figure" else part


def say(library: Library, who: str, part: str, verdict: str, after: Any, apart: bool = False) -> Decision:
    """Let a person decide; ``apart`` without having seen anything."""
    case = library.cases.load(1)
    target = Target(case.id, part)
    if not apart:
        library.decisions.reviewer = who
        value = AS_IT_IS if part == CASE else after
        [made] = library.decisions.decide([Wish(1, part, verdict, value)])  # type: ignore[arg-type]
        return made
    kept = deciding.kept(library._db, target)
    assert kept is not None
    row = Decision(new_id(), target, verdict, who, now(), kept.proposal, after, kept.proposal)  # type: ignore[arg-type]

    def merge() -> None:
        library._file.decide([row])
        deciding.settle(library._db, [target])

    library._file.change("合并", merge, [1])
    return row


def changed(value: str) -> dict[str, Any]:
    return {**figure_value(METRIC), "value": value}


SIDES = [
    ("title", ("changed", "题一"), ("changed", "题二"), "甲"),
    ("title", ("changed", "题一"), ("accepted", "甲"), "甲"),
    ("place", ("changed", ["", "浙江省", "", "", "", ""]), ("changed", ["", "河北省", "", "", "", ""]), ""),
    ("tags", ("changed", ["急"]), ("changed", ["缓", "急"]), ""),
    ("figure", ("changed", changed("6")), ("changed", changed("7")), "座数 5座"),
    ("figure", ("changed", changed("6")), ("rejected", None), "座数 5座"),
    ("figure", ("accepted", changed("5")), ("unsure", changed("5")), "座数 5座"),
    (CASE, ("accepted", None), ("rejected", None), ""),
]


@pytest.mark.parametrize(("part", "one", "other", "now_"), SIDES)
@pytest.mark.parametrize("choice", [0, 1, None])
def test_a_difference_is_listed_and_settled(
    library: Library, part: str, one: tuple[str, Any], other: tuple[str, Any], now_: str, choice: int | None
) -> None:
    named = part_of(library, part)
    first = say(library, "王", named, *one)
    second = say(library, "李", named, *other, apart=True)
    [found] = differences(library)
    assert (found.num, found.title, found.now, len(library.decisions.marked())) == (1, "甲", now_, 1)
    assert {side.who for side in found.sides} == {"王", "李"}
    assert all(side_words(side) for side in found.sides)
    assert [*differences(library, [2])] == []
    library.decisions.reviewer = "赵"
    settle(library, found, choice)
    assert [*differences(library)] == []
    last = library.decisions.on(found.target)[-1]
    assert (last.who, set(last.seen)) == ("赵", {first.id, second.id})
    standing = library.decisions.of_case(1)[named]
    if choice is None:
        assert standing.state == "unsure"
    else:
        side = found.sides[choice]
        assert standing.now == (None if part == CASE else side.after)
        assert standing.state == {"rejected": "wrong", "unsure": "unsure"}.get(side.verdict, "checked")
    library.undo()
    assert len(library.decisions.marked()) == 1


def test_another_value_settles_a_figure(library: Library) -> None:
    part = part_of(library, "figure")
    say(library, "王", part, "changed", changed("6"))
    say(library, "李", part, "changed", changed("7"), apart=True)
    [found] = differences(library)
    settle(library, found, None, replace(METRIC, value=Decimal(9)))
    assert (library.cases.load(1).metrics[0].value, len(library.decisions.marked())) == (9, 0)


def test_the_same_word_of_two_people_is_no_difference(library: Library) -> None:
    say(library, "王", "title", "changed", "题")
    say(library, "李", "title", "changed", "题", apart=True)
    assert [*differences(library)] == []


def test_whether_two_cases_are_one_may_differ_too(library: Library) -> None:
    target = pair_target(library.cases.load(1).id, library.cases.load(2).id)
    library.decisions.say([target], "accepted")
    row = Decision(new_id(), target, "rejected", "李", now())
    library._file.change("合并", lambda: (library._file.decide([row]), deciding.settle(library._db, [target])))
    [found] = differences(library)
    assert (set(found.title.split("、")), found.num) == ({"甲", "乙"}, 0)
    settle(library, found, [side.verdict for side in found.sides].index("rejected"))
    assert library.decisions.said_of("pair/") == {target.part.removeprefix("pair/"): "wrong"}


# ---- back to unchecked


@pytest.mark.parametrize("verdict", ["accepted", "rejected", "unsure", "changed"])
def test_what_was_said_is_taken_back_and_the_value_is_as_read(library: Library, verdict: str) -> None:
    part, read = part_of(library, "figure"), library.cases.load(1).metrics[0]
    say(library, "王", part, verdict, changed("6") if verdict == "changed" else AS_IT_IS)
    say(library, "李", part, "unsure", AS_IT_IS)
    library.decisions.set_back([Target(library.cases.load(1).id, part)], "改回未核")
    assert library.cases.load(1).metrics[0] == read
    assert library.figures.decided_by() == {}
    assert library.undo_text == "改回未核"
    library.undo()
    assert library.cases.load(1).metrics[0].state == "unsure"


def test_what_a_person_added_stays(library: Library) -> None:
    figure = library.decisions.add_figure(2, {"indicator": "手添", "value": "1", "unit": "个"})
    target = Target(library.cases.load(2).id, figure_part(figure))
    assert library.decisions.set_back([target]) == []
    library.decisions.figure(2, figure, "unsure")
    assert len(library.decisions.set_back([target])) == 1
    assert [m.state for m in library.cases.load(2).metrics] == ["checked"]


def test_nobody_has_a_share_of_what_people_say_differently(library: Library) -> None:
    part = part_of(library, "figure")
    say(library, "王", part, "changed", changed("6"))
    assert library.figures.decided_by() == {"王": 1}
    say(library, "李", part, "rejected", changed("5"), apart=True)
    assert library.figures.decided_by() == {}


# ---- doubts


def doubtful(library: Library) -> None:
    quote = "2023年建成食堂5家"
    one = Metric("食堂数量", Decimal(5), "家", period="2023年", subject="清河县", printed="5家", quote=quote)
    other = replace(one, value=Decimal(8), printed="8家", quote="2023年建成食堂8家")
    library.cases.add([Case("", "一说", metrics=(one,)), Case("", "又说", metrics=(other,))])


def test_a_doubt_is_put_aside_for_a_reason_and_taken_up(library: Library) -> None:
    doubtful(library)
    [one] = [doubt for found in listed(library) for doubt in found.doubts]
    assert (set(one.titles), one.dismissed, one.reason) == ({"一说", "又说"}, False, "")
    assert {side.shown.metric.printed for side in sides_of(library, one.doubt) if side.shown} == {"5家", "8家"}
    library.decisions.reviewer = "王"
    put_aside(library, [one.doubt], "口径不同")
    [again] = [doubt for found in listed(library) for doubt in found.doubts]
    assert (again.dismissed, again.reason, again.said and again.said.who) == (True, "口径不同", "王")
    take_up(library, [one.doubt])
    assert not next(doubt for found in listed(library) for doubt in found.doubts).dismissed
    library.undo()
    assert library.decisions.on(doubt_target(one.doubt.id))
    assert next(doubt for found in listed(library) for doubt in found.doubts).dismissed


def test_it_is_looked_for_in_the_cases_that_are_asked_for(library: Library) -> None:
    doubtful(library)
    assert not [doubt for found in listed(library, [1, 3]) for doubt in found.doubts]
    steps = [*listed(library, [4, 3])]
    assert next((found.cases, found.of) for found in steps) == (0, 2)
    assert steps[-1].cases == 2
