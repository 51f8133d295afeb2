"""Themes: two short invented texts of each field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.reading.facts.themes import main_themes, rank_themes
from core.records import THEMES

CASES = json.loads((Path(__file__).parents[3] / "cases" / "themes.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_theme(case: dict[str, Any]) -> None:
    assert rank_themes(case["title"], "", case["paragraphs"])[0][0] == case["theme"]


def test_cases_cover_every_theme() -> None:
    assert {case["theme"] for case in CASES} == set(THEMES)


def test_shares_add_up_and_words_are_said() -> None:
    ranked = rank_themes("垃圾分类新时尚", "", ["党支部带头，居民参与。"])
    assert sum(share for _, share, _ in ranked) == pytest.approx(1.0, abs=0.02)
    assert "垃圾分类" in ranked[0][2]


def test_nothing_said_nothing_ranked() -> None:
    assert rank_themes("", "", ["天气晴。"]) == []
    assert main_themes([]) == ()


def test_minor_themes_are_left_out() -> None:
    ranked = [("基层治理", 0.7, ""), ("民生服务", 0.2, ""), ("生态环境", 0.1, "")]
    assert main_themes(ranked) == ("基层治理", "民生服务")
