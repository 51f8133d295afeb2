"""What follows from decisions: whatever the order, whatever the clocks, with conflicts where people really differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import Decision, Target, Verdict, frontier, heads, live, ruling

AT = Target("c", "figure/m")


def row(
    id_: str, verdict: Verdict, value: object = "5", seen: Sequence[str] = (), who: str = "", read: object = "5"
) -> Decision:
    return Decision(id_, AT, verdict, who, "2026", "5", value, read, "", tuple(seen))


def gone(id_: str, ids: Sequence[str], seen: Sequence[str] = ()) -> Decision:
    return row(id_, "withdrawn", list(ids), seen or ids)


A = row("a", "accepted")
B = row("b", "changed", "6", ["a"])
STATES = [
    ([], ("5", "unchecked", "", [])),
    ([A], ("5", "checked", "", ["a"])),
    ([A, B], ("6", "checked", "", ["b"])),
    ([B], ("6", "checked", "", ["b"])),  # what it had seen has not come yet
    ([A, row("c", "rejected", "5", ["a"])], ("5", "wrong", "", ["c"])),
    ([row("d", "rejected", None)], (None, "wrong", "", ["d"])),
    ([row("e", "unsure")], ("5", "unsure", "", ["e"])),
    # two who did not know of one another: the same word is one, another word a conflict at the value of before
    ([A, row("f", "accepted")], ("5", "checked", "", ["a", "f"])),
    ([row("g", "changed", "5"), A], ("5", "checked", "", ["a", "g"])),
    ([A, row("h", "changed", "7")], ("5", "unsure", "conflict", ["a", "h"])),
    ([A, row("h", "changed", "7"), row("i", "changed", "7", ["a", "h"])], ("7", "checked", "", ["i"])),
    ([A, B, row("j", "changed", "8", ["a"])], ("5", "unsure", "conflict", ["b", "j"])),
    (
        [A, B, row("j", "changed", "8", ["b"]), row("k", "rejected", "6", ["b"])],
        ("6", "unsure", "conflict", ["j", "k"]),
    ),
    # withdrawn, and the withdrawal withdrawn
    ([A, B, gone("w", ["b"])], ("5", "checked", "", ["a"])),
    ([A, B, gone("w", ["b"]), gone("x", ["w"])], ("6", "checked", "", ["b"])),
    ([A, gone("w", ["a"])], ("5", "unchecked", "", [])),
    # what was decided upon a withdrawn word stays
    ([A, B, gone("w", ["a"], ["a"])], ("6", "checked", "", ["b"])),
    # the reading has changed since
    ([row("l", "accepted", "5", read="4")], ("5", "checked", "stale", ["l"])),
]


@pytest.mark.parametrize(("rows", "expected"), STATES)
def test_what_follows(rows: list[Decision], expected: tuple[object, ...]) -> None:
    found = ruling(rows, "5")
    assert (found.value, found.state, found.mark, [head.id for head in found.heads]) == expected


def test_an_item_that_was_added_is_there_until_it_is_withdrawn() -> None:
    added = row("a", "added", {"value": "3"}, read=None)
    assert ruling([added], None).value == {"value": "3"}
    assert ruling([added, gone("w", ["a"])], None).value is None


def test_a_circle_that_no_program_of_ours_writes_has_an_end() -> None:
    one, two = gone("a", ["b"]), gone("b", ["a"])
    assert ruling([one, two, row("c", "changed", "6", ["c", "d"]), row("d", "changed", "7", ["c"])], "5").heads


VALUES: tuple[Verdict, ...] = ("accepted", "changed", "rejected", "unsure")


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """What three laptops decide on one figure, each knowing what it was handed so far."""
    known: list[list[Decision]] = [[], [], []]
    for at in range(draw(st.integers(1, 14))):
        laptop = draw(st.integers(0, 2))
        mine = known[laptop]
        what = draw(st.sampled_from([*VALUES, "withdrawn", "take", "take"]))
        if what == "take":
            theirs = known[draw(st.integers(0, 2))]
            known[laptop] = [*mine, *(r for r in theirs if r not in mine)]
            continue
        ids = frontier(mine)
        if what == "withdrawn":
            if not mine:
                continue
            new = row(f"{at:02}", "withdrawn", [draw(st.sampled_from(mine)).id], ids)
        else:
            new = row(f"{at:02}", what, draw(st.sampled_from(["5", "6", "7"])), ids, who=str(laptop))
        known[laptop] = [*mine, new]
    return list({r.id: r for rows in known for r in rows}.values())


@given(histories(), st.randoms())
def test_the_order_in_which_rows_come_says_nothing(rows: list[Decision], random) -> None:  # type: ignore[no-untyped-def]
    mixed = [*rows, *rows[:3]]
    random.shuffle(mixed)
    assert ruling(mixed, "5") == ruling(rows, "5")


@given(histories())
def test_clocks_say_nothing(rows: list[Decision]) -> None:
    other = [replace(r, at=f"{1970 + 97 * at % 100}") for at, r in enumerate(rows)]
    assert [h.id for h in ruling(other, "5").heads] == [h.id for h in ruling(rows, "5").heads]


@given(histories())
def test_one_who_has_seen_all_has_the_last_word(rows: list[Decision]) -> None:
    last = row("zz", "changed", "9", frontier(rows))
    found = ruling([*rows, last], "5")
    assert (found.value, found.state, found.mark, found.heads) == ("9", "checked", "", (last,))


@given(histories())
def test_taking_the_last_word_back_leaves_what_was_before_it(rows: list[Decision]) -> None:
    last = row("zz", "changed", "9", frontier(rows))
    back = row("zzz", "withdrawn", ["zz"], frontier([*rows, last]))
    assert ruling([*rows, last, back], "5") == ruling(rows, "5")
    again = row("zzzz", "withdrawn", ["zzz"], frontier([*rows, last, back]))
    assert ruling([*rows, last, back, again], "5") == ruling([*rows, last], "5")


@given(histories())
def test_a_conflict_is_only_where_people_differ(rows: list[Decision]) -> None:
    found = ruling(rows, "5")
    said = {(head.verdict in ("accepted", "changed", "added"), head.verdict, head.after) for head in found.heads}
    if found.mark == "conflict":
        assert len(said) > 1
    assert {head.id for head in heads(rows)} <= {r.id for r in live(rows)}
