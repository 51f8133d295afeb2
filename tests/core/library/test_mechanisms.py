"""Who has which mechanism, and who has one like it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.library import Library
from core.records import Case, Mechanism

ALIKE = json.loads((Path(__file__).parents[2] / "cases" / "alike.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "others", "expected"), ALIKE)
def test_alike(library: Library, name: str, others: list[str], expected: list[list[str]]) -> None:
    library.cases.add([Case("", n, mechanisms=(Mechanism(n),)) for n in (name, *others)])
    assert [[row.name, row.why] for row in library.mechanisms.like(name)] == expected


def test_rows_tell_the_fullest_case(library: Library) -> None:
    library.cases.add([Case("", "又一例", mechanisms=(Mechanism("一核四联", note="短"), Mechanism("茶话会")))])
    first, second = library.mechanisms.rows()
    assert (first.name, first.cases, first.kind, len(first.parts), first.places) == (
        "一核四联", 2, "work model", 2, ("岳阳市 · 云溪区",)
    )  # fmt: skip
    assert (second.name, second.cases, second.note) == ("茶话会", 1, "")
    assert [row.name for row in library.mechanisms.rows("联心 支部")] == ["一核四联"]
    assert library.mechanisms.rows("没有") == []
    assert library.mechanisms.count() == len(library.mechanisms.rows())
    assert library.mechanisms.names(9) == [row.name for row in library.mechanisms.rows()]
    assert library.mechanisms.names(1) == ["一核四联"]


def test_cases_of_a_mechanism(library: Library) -> None:
    ((num, mechanism, title, place),) = library.mechanisms.cases("一核四联")
    assert (num, title, place) == (1, "云溪县推行“一核四联”", "岳阳市 · 云溪区")
    assert mechanism == library.cases.load(1).mechanisms[0]
    assert library.mechanisms.cases("没有") == []


def test_removed_cases_take_their_mechanism_along(library: Library) -> None:
    library.cases.remove([1])
    assert library.mechanisms.rows() == []
