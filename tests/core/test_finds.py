"""What fuzzing found stays right, and a little more of it at random each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz.properties import PROPERTIES

FINDS = json.loads((Path(__file__).parents[1] / "cases" / "finds.json").read_text("utf-8"))


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find["what"][:40])
def test_what_was_found_once(find: dict[str, str]) -> None:
    PROPERTIES[find["property"]](bytes.fromhex(find["hex"]))


@pytest.mark.parametrize("name", PROPERTIES)
@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=120))
def test_what_must_hold_for_any_input(name: str, raw: bytes) -> None:
    PROPERTIES[name](raw)
