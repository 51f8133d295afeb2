"""Coded and counted names, and the tables of words as patterns."""

from __future__ import annotations

import pytest

from core.reading.facts.mechanisms.cues import CODE, COUNTED, SHORT_CODE, cues


@pytest.mark.parametrize(
    ("name", "code", "counted", "short"),
    [
        ("一核三化", True, False, True),
        ("1551", True, False, False),
        ("1+3", True, False, False),
        ("一核三化多元", True, False, False),
        ("三化", False, False, True),
        ("五个", False, True, True),
        ("三年行动", False, True, True),
        ("邻里议事", False, False, False),
    ],
)
def test_forms_of_names(name: str, code: bool, counted: bool, short: bool) -> None:
    assert [bool(form.fullmatch(name)) for form in (CODE, COUNTED, SHORT_CODE)] == [code, counted, short]


@pytest.mark.parametrize(
    ("behind", "gap", "head"),
    [("机制", "", "机制"), ("的议事机制", "议事", "机制"), ("站，开了", "", "站"), ("，机制", "", "")],
)
def test_the_noun_behind_a_name(behind: str, gap: str, head: str) -> None:
    found = cues().head_behind.match(behind)
    assert (found and (found[2] or ""), found and (found[3] or found[6])) == ((gap, head) if head else (None, None))


@pytest.mark.parametrize("name", ["议事会", "某某工作室"])
def test_every_head_has_a_kind(name: str) -> None:
    found = cues().head_at_end.search(name)
    assert found is not None
    assert cues().kinds[found[0]] == "organisation"
