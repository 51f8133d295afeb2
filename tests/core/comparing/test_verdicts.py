"""Whether two figures may be compared, against the labels of ``tests/cases/pairs*.tsv`` (how they are given:
``docs/comparing.md``)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.comparing.sheet import VERDICT_WORDS, Reason
from core.comparing.verdicts import Figure, figure_of, verdict
from core.reading.figures.find import find_figures
from core.records import Metric, Place

CASES = Path(__file__).parents[2] / "cases"


def pairs_of(name: str) -> list[dict[str, str]]:
    lines = [line for line in (CASES / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


PAIRS = pairs_of("pairs.tsv")
BY_ANOTHER_HAND = pairs_of("pairs_by_another_hand.tsv")
BY_A_THIRD_HAND = pairs_of("pairs_by_a_third_hand.tsv")
BY_A_FOURTH_HAND = pairs_of("pairs_by_a_fourth_hand.tsv")
BY_WORDING = pairs_of("pairs_by_wording.tsv")
BY_THEME = pairs_of("pairs_by_theme.tsv")
FLOOR = 95
"""Of a hundred pairs so many must be told as their labels say."""


def figure(row: Mapping[str, str], side: str) -> Figure:
    printed = row[f"{side}_printed"]
    found = find_figures(printed)
    read = found[0] if found else None
    metric = Metric(
        indicator=row[f"{side}_indicator"],
        value=read.value if read else 0,  # type: ignore[arg-type]
        unit=read.unit if read else "",
        value_max=read.value_max if read else None,
        approx=read.approx if read else "exact",
        subject=row[f"{side}_subject"],
        period=row[f"{side}_period"],
        kind=read.kind if read else "count",
        printed=printed,
        quote=row[f"{side}_quote"],
    )
    return figure_of(metric, Place(), row[f"{side}_published"])


def said(row: Mapping[str, str]) -> str:
    reasons = verdict(figure(row, "a"), figure(row, "b"))
    return VERDICT_WORDS[reasons[0].verdict if reasons else "comparable"]


def wrong(rows: list[dict[str, str]]) -> list[str]:
    out = []
    for row in rows:
        got = said(row)
        if got != row["verdict"]:
            sides = " / ".join(
                "|".join(row[f"{s}_{f}"] for f in ("indicator", "printed", "subject", "period")) for s in "ab"
            )
            out.append(f"{row['verdict']} → {got}: {sides}")
    return out


@pytest.mark.parametrize("half", ["1", "2"])
def test_at_least_95_of_a_hundred_pairs_are_told_as_a_reader_tells_them(half: str) -> None:
    rows = [row for row in PAIRS if row["set"] == half]
    assert len(rows) == 100
    assert len(wrong(rows)) <= 5, wrong(rows)


def test_at_least_95_of_a_hundred_pairs_of_another_hand_are_told_as_it_tells_them() -> None:
    """59 were right when it was first run; one half was looked at then, the other when 41 of its 50 were right."""
    assert len(BY_ANOTHER_HAND) == 100
    strictly = wrong(BY_ANOTHER_HAND)
    assert len(strictly) <= 100 - FLOOR, strictly
    defended = [row for row in BY_ANOTHER_HAND if said(row) not in (row["verdict"], row["also"])]
    assert defended == []


def test_pairs_of_a_third_hand_are_told_no_worse_than_they_were() -> None:
    """57 were right when it was first run, 67 with what is only another wording asked last, 88 with words of a table.

    Nobody has looked at one of them, so what is gained here by other means is gained on pairs not learnt from.
    """
    assert len(BY_A_THIRD_HAND) == 100
    misses = len(wrong(BY_A_THIRD_HAND))  # counted apart, so that a failure shows none of them
    assert misses <= 12


def test_pairs_of_a_fourth_hand_are_told_no_worse_than_they_were() -> None:
    """71 were right when it was first run, 99 with the table of words, 102 when the rule for unknown words was turned.

    Nobody has looked at one of them; only rates were told.
    """
    assert len(BY_A_FOURTH_HAND) == 120
    right = sum(said(row) == row["verdict"] for row in BY_A_FOURTH_HAND)
    either = sum(said(row) in (row["verdict"], row["also"]) for row in BY_A_FOURTH_HAND)
    assert right >= 102
    assert either >= 108


def test_pairs_of_every_theme_are_told_by_the_page() -> None:
    """169 of 228 when they were first run, with the program before the table of words."""
    assert len(BY_THEME) == 228
    assert 100 * len(wrong(BY_THEME)) <= (100 - FLOOR) * len(BY_THEME), wrong(BY_THEME)


def test_pairs_in_many_wordings_are_told_by_the_page() -> None:
    assert len(BY_WORDING) == 120
    assert 100 * len(wrong(BY_WORDING)) <= (100 - FLOOR) * len(BY_WORDING), wrong(BY_WORDING)


def test_every_verdict_has_pairs_enough_to_count() -> None:
    counted = Counter(row["verdict"] for row in PAIRS)
    assert set(counted) == set(VERDICT_WORDS.values())
    assert min(counted.values()) >= 10


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['a_indicator']}/{row['b_indicator']}")
def test_the_verdict_is_the_same_from_both_sides_and_nothing_parts_a_figure_from_itself(row: dict[str, str]) -> None:
    a, b = figure(row, "a"), figure(row, "b")
    here, there = verdict(a, b), verdict(b, a)
    assert [(r.verdict, r.left, r.right) for r in here] == [(r.verdict, r.right, r.left) for r in there]
    assert {reason.verdict for reason in verdict(a, a)} <= {"unknown"}


def test_a_name_that_a_person_joined_is_no_other_definition() -> None:
    row = next(row for row in PAIRS if row["b_indicator"] == "富硒胡柚产量")
    a, b = figure(row, "a"), figure(row, "b")
    assert verdict(a, b)[0] == Reason("definition", "胡柚产量", "富硒")
    assert verdict(a, b, one=True) == ()


def test_every_reason_is_told_behind_the_first() -> None:
    row = next(row for row in PAIRS if row["a_indicator"] == "落地项目数")
    told = [reason.verdict for reason in verdict(figure(row, "a"), figure(row, "b"))]
    assert told == ["cumulative", "time", "definition"]  # what is certain first; no subject: a town and a town
