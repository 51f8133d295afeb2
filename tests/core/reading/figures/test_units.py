"""Units and measure words, with what they are per and what only begins like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.reading.figures.units import inventory, unit_at

CASES = json.loads((Path(__file__).parents[3] / "cases" / "units.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "name", "kind"), CASES["units"])
def test_unit(text: str, name: str, kind: str) -> None:
    unit = unit_at(text, 0)
    assert unit is not None
    assert (unit.name, unit.kind) == (name, kind)


@pytest.mark.parametrize("text", CASES["after Chinese numerals"])
def test_the_beginning_of_another_word_is_no_unit(text: str) -> None:
    assert unit_at(text, 0, digits=False) is None


@pytest.mark.parametrize("text", CASES["none"])
def test_no_unit(text: str) -> None:
    assert unit_at(text, 0) is None


def test_every_unit_of_the_table_is_read_alone() -> None:
    assert [word for word in inventory().kinds if (unit := unit_at(word, 0)) is None or unit.end != len(word)] == []
