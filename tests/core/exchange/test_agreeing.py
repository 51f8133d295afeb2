"""Who agrees with whom where neither knew, and whose word gave way to another's."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import Decision, Target
from core.exchange.agreeing import overruled, pairs

READ = {"indicator": "接待", "value": "36", "unit": "人次"}
OTHER = {**READ, "value": "37"}
FIGURE, TITLE = Target("a", "figure/m"), Target("a", "title")


def says(id_: str, who: str, what: str, seen: Sequence[str] = (), target: Target = FIGURE) -> Decision:
    """A word of a person on a target: right, wrong, unsure, another value; or what takes others back."""
    verdict, after = {
        "right": ("accepted", READ), "wrong": ("rejected", READ), "unsure": ("unsure", READ),
        "other": ("changed", OTHER), "back to it": ("changed", READ), "gone": ("withdrawn", [*seen]),
    }[what]  # fmt: skip
    return Decision(id_, target, verdict, who, "", READ, after, READ, "", tuple(seen))  # type: ignore[arg-type]


PAIRS = [
    ("the same word", [says("1", "甲", "right"), says("2", "乙", "right")], (1, 1)),
    ("another one", [says("1", "甲", "right"), says("2", "乙", "wrong")], (1, 0)),
    ("accepted, or typed as it is", [says("1", "甲", "right"), says("2", "乙", "back to it")], (1, 1)),
    ("both found the same other value", [says("1", "甲", "other"), says("2", "乙", "other")], (1, 1)),
    ("one alone", [says("1", "甲", "right")], None),
    ("without a name", [says("1", "", "right"), says("2", "乙", "right")], None),
    ("who had seen the other's word", [says("1", "甲", "right"), says("2", "乙", "wrong", ["1"])], None),
    (
        "and over another's",
        [says("1", "甲", "right"), says("2", "丙", "right", ["1"]), says("3", "乙", "wrong", ["2"])],
        None,
    ),
    (
        "what each said before it was settled",
        [says("1", "甲", "right"), says("2", "乙", "wrong"), says("3", "甲", "wrong", ["1", "2"])],
        (1, 0),
    ),
    (
        "the last word of each",
        [says("1", "甲", "wrong"), says("3", "甲", "right", ["1"]), says("2", "乙", "right")],
        (1, 1),
    ),
    ("taken back", [says("1", "甲", "right"), says("2", "乙", "right"), says("3", "乙", "gone", ["2"])], None),
    ("a title is no figure", [says("1", "甲", "right", (), TITLE), says("2", "乙", "right", (), TITLE)], None),
]


@pytest.mark.parametrize(("rows", "found"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_pairs(rows: list[Decision], found: tuple[int, int] | None) -> None:
    told = [(p.figures, p.equal) for p in pairs({rows[0].target: rows}) if {p.one, p.other} == {"甲", "乙"}]
    assert told == ([] if found is None else [found])


@given(st.lists(st.tuples(*[st.sampled_from(["right", "wrong", "unsure", "other"])] * 2), min_size=1, max_size=30))
def test_alpha_and_share_are_of_the_words(words: list[tuple[str, str]]) -> None:
    from core.agreement import agreement, alpha

    log = {
        Target("", f"figure/{n}"): [says(f"{n}a", "甲", one), says(f"{n}b", "乙", two)]
        for n, (one, two) in enumerate(words)
    }
    [pair] = pairs(log)
    assert (pair.figures, pair.share, pair.alpha) == (len(words), agreement(words), alpha(words))
    assert pair.share == Fraction(sum(one == two for one, two in words), len(words))


OVERRULED = [
    ("by who knew it", [says("1", "甲", "right"), says("2", "乙", "wrong", ["1"])], [("甲", "乙")]),
    ("over another's", [says("1", "甲", "right"), says("2", "丙", "right", ["1"]), says("3", "乙", "wrong", ["2"])],
     [("丙", "乙"), ("甲", "乙")]),
    ("by one's own", [says("1", "甲", "right"), says("2", "甲", "wrong", ["1"])], []),
    ("said once more by another", [says("1", "甲", "right"), says("2", "乙", "right", ["1"])], []),
    ("nobody has settled it", [says("1", "甲", "right"), says("2", "乙", "wrong")], []),
    ("settled for one of the two",
     [says("1", "甲", "right"), says("2", "乙", "wrong"), says("3", "丙", "wrong", ["1", "2"])], [("甲", "丙")]),
    ("that is taken back again",
     [says("1", "甲", "right"), says("2", "乙", "wrong", ["1"]), says("3", "乙", "gone", ["2"])], []),
    ("said again after it",
     [says("1", "甲", "right"), says("2", "乙", "wrong", ["1"]), says("3", "甲", "right", ["2"])], [("乙", "甲")]),
]  # fmt: skip


@pytest.mark.parametrize("target", [FIGURE, TITLE])
@pytest.mark.parametrize(("rows", "found"), [row[1:] for row in OVERRULED], ids=[row[0] for row in OVERRULED])
def test_overruled(rows: list[Decision], found: list[tuple[str, str]], target: Target) -> None:
    told = overruled({target: rows}, {"a": "邻里亭"})
    assert sorted((one.mine.who, one.now.who) for one in told) == sorted(found)
    assert all(one.title == "邻里亭" for one in told)
    for who in "甲乙丙":
        mine = overruled({target: rows}, {}, who)
        assert [(one.mine.who, one.now.who) for one in mine] == [pair for pair in sorted(found) if pair[0] == who]


def test_what_two_cases_are_is_no_word_on_a_case() -> None:
    pair = Target("", "pair/a/b")
    assert overruled({pair: [says("1", "甲", "right", (), pair), says("2", "乙", "wrong", ["1"], pair)]}, {}) == []
