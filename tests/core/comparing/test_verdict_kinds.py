"""Verdicts on pairs that are made by kinds of difference: what is right follows from how a pair was made."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from core.comparing.sheet import VERDICT_WORDS
from core.comparing.subjects import kind_of
from core.comparing.verdicts import Figure, figure_of, verdict
from core.records import Place
from tests.verdict_kinds import Told, made


def said(a: Figure, b: Figure) -> str:
    found = verdict(a, b)
    return VERDICT_WORDS[found[0].verdict if found else "comparable"]


def _figure(told: Told) -> Figure:
    return figure_of(told.metric, Place(), told.published)


PAIRS = list(made())


def test_the_pairs_are_many_and_of_every_verdict() -> None:
    assert set(Counter(pair.verdict for pair in PAIRS)) == set(VERDICT_WORDS.values())
    assert min(Counter(pair.verdict for pair in PAIRS).values()) > 300
    assert len({pair.kind for pair in PAIRS}) > 300


def test_every_kind_of_difference_is_told_and_from_the_other_side_as_well() -> None:
    wrong = defaultdict(list)
    for at, pair in enumerate(PAIRS):
        a, b = map(_figure, (pair.a, pair.b))
        got = [said(a, b), *([said(b, a)] if at % 5 == 0 else [])]
        if set(got) != {pair.verdict}:
            wrong[pair.kind, pair.verdict].append((got, pair.a.metric.indicator, pair.b.metric.indicator))
    assert {kind: found[:2] for kind, found in wrong.items()} == {}


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("浦东新区", "county"),
        ("青禾县经济开发区", "zone"),
        ("青禾县人民政府", "county"),
        ("枫溪镇政府", "town"),
        ("我市", "city"),
        ("全州", "city"),
        ("老城区", "part"),
        ("全国", "country"),
        ("村里", "village"),
        ("县工商联", "office"),
        ("枫溪供电所", "station"),
        ("正信会计师事务所", "firm"),
        ("县图书馆", "venue"),
        ("李明", ""),
    ],
)
def test_of_which_kind_a_subject_is(subject: str, kind: str) -> None:
    assert kind_of(subject) == kind
