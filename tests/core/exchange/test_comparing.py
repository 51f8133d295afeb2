"""How two logs stand to each other, who wins, and what settles a conflict."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.decisions import Decision, Target, Verdict, ruling
from core.exchange import Choice, Rule, item_of, resolved, rule_of

AT = Target("c", "figure/m")


def row(id_: str, verdict: Verdict, value: object = "5", seen: Sequence[str] = (), who: str = "") -> Decision:
    return Decision(id_, AT, verdict, who or id_, "2026", "5", value, "5", "", tuple(seen))


A = row("a", "accepted")
B = row("b", "changed", "6", ["a"])
STANDINGS = [
    ([], [A], "new", False),
    ([A], [A], "same", False),
    ([A], [A, B], "ahead", False),
    ([A, B], [A], "behind", False),
    ([A], [row("c", "rejected")], "forked", True),
    ([A], [row("c", "accepted")], "agreed", False),
    ([A, B], [A, row("c", "changed", "7", ["a"])], "forked", True),
    ([A, B], [A, row("c", "changed", "6", ["a"])], "agreed", False),
    ([], [A, row("c", "rejected")], "new", True),  # they differ among themselves
]


@pytest.mark.parametrize(("ours", "theirs", "standing", "differ"), STANDINGS)
def test_how_they_stand(ours: list[Decision], theirs: list[Decision], standing: str, differ: bool) -> None:
    item = item_of(AT, "题", ours, theirs, "5")
    assert (item.standing, item.differ) == (standing, differ)
    assert {r.id for r in item.fresh} == {r.id for r in theirs} - {r.id for r in ours}


OURS, THEIRS = [A, B], [A, row("c", "changed", "7", ["a"], "王芳")]
CHOSEN: list[tuple[Choice, str, object]] = [
    ("take", "seen", None),
    ("take", "ours", ("6", "checked")),
    ("take", "theirs", ("7", "checked")),
    ("take", "unsure", ("5", "unsure")),
    ("take", "person:王芳", ("7", "checked")),
    ("take", "person:别人", None),
    ("ours", "theirs", ("6", "checked")),
    ("theirs", "seen", ("7", "checked")),
    ("unsure", "ours", ("5", "unsure")),
    ("leave", "ours", None),
]


@pytest.mark.parametrize(("choice", "rule", "expected"), CHOSEN)
def test_a_conflict_is_settled_once(choice: Choice, rule: str, expected: object) -> None:
    item = item_of(AT, "", OURS, THEIRS, "5")
    both = [*OURS, *item.fresh]
    made = resolved(item, choice, rule_of(rule), both, "5", ("z", "汇总", "2026"))
    if expected is None:
        assert made is None
        return
    assert made
    found = ruling([*both, made], "5")
    assert (found.value, found.state) == expected
    assert found.mark == ""
    assert set(made.seen) == {"b", "c"}


def test_where_nobody_differs_a_rule_writes_nothing() -> None:
    item = item_of(AT, "", [A], [A, B], "5")
    assert resolved(item, "take", Rule("ours"), [A, B], "5", ("z", "", "")) is None


@pytest.mark.parametrize("words", ["", "newest", "person:", "ours:x"])
def test_what_is_no_rule(words: str) -> None:
    with pytest.raises(ValueError, match="规则"):
        rule_of(words)
