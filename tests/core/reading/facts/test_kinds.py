"""Case, news or caption."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.reading.facts.kinds import find_kind

CASES = json.loads((Path(__file__).parents[3] / "cases" / "kinds.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"] or c["paragraphs"][0][:8])
def test_kind(case: dict[str, Any]) -> None:
    kind, confidence, reason = find_kind(case["title"], case["paragraphs"])
    assert kind == case["kind"], reason
    assert 0.5 <= confidence <= 1.0


def test_photo_credit_makes_surer() -> None:
    shown = "秋日里，候鸟飞临湿地。"
    assert find_kind("", [f"{shown}（王芳 摄）"])[1] > find_kind("", [shown])[1]


def test_long_text_without_title_is_no_caption() -> None:
    assert find_kind("", ["镇里建立机制，完善制度。" * 40])[0] == "case"
