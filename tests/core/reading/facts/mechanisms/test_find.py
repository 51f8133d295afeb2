"""Named mechanisms: what is one, what is only quoted, and what the parts of a coded name stand for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.facts.mechanisms.find import find_mechanisms
from core.records import Mechanism, Span
from core.text.repair import Repaired, repair

CASES = json.loads((Path(__file__).parents[4] / "cases" / "mechanisms.json").read_text("utf-8"))


def _read(paragraphs: list[str]) -> list[Repaired]:
    text, out, at = "\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        out.append(repair(text, [Span(at, at + len(paragraph))]))
        at += len(paragraph) + 1
    return out


def _found(case: dict[str, Any]) -> dict[str, Mechanism]:
    return {m.name: m for m in find_mechanisms(_read(case["paragraphs"]), title=case["title"])}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_names(case: dict[str, Any]) -> None:
    found = _found(case)
    assert [n for n in case["names"] if not any(n in name for name in found)] == []
    assert [n for n in case["not"] if n in found] == []


@pytest.mark.parametrize("case", [c for c in CASES if c["parts"]], ids=lambda c: c["title"])
def test_parts(case: dict[str, Any]) -> None:
    found = _found(case)
    for name, parts in case["parts"].items():
        assert {p.label: p.meaning for p in found[name].parts} == parts


def test_bare_code_takes_its_noun() -> None:
    found = find_mechanisms(_read(["镇里推行“2358”工作体系，矛盾就地化解。"]), title="")
    assert [m.name for m in found] == ["2358工作体系"]


def test_kind_follows_the_noun() -> None:
    found = find_mechanisms(_read(["区里上线“码上帮”小程序，成立“老娘舅”工作室，实施“春风”行动。"]), title="")
    kinds = {m.name: m.kind for m in found}
    assert kinds == {"码上帮": "platform", "老娘舅": "organisation", "春风": "activity"}


def test_span_is_the_printed_name_across_a_break() -> None:
    source = "街道创新“楼栋\n\n会客厅”议事机制，一月一议。"
    found = find_mechanisms([repair(source, [Span(0, len(source))])], title="")
    printed = [source[s.start : s.end] for m in found for s in m.spans]
    assert printed == ["楼栋\n\n会客厅"]


def test_straight_marks_with_one_missing() -> None:
    text = '深入实施英才工程"。打造"滨江夜话"活动品牌,擦亮"银杏课堂"品牌。'
    assert {"滨江夜话", "银杏课堂"} <= {m.name for m in find_mechanisms(_read([text]), title="")}


@given(st.text(alphabet='打造推行“”‘’"模式机制一二三+、，。甲乙丙丁：就是1N', max_size=80))
def test_every_span_is_literal(text: str) -> None:
    for found in find_mechanisms(_read([text]), title=""):
        assert all(0 <= s.start < s.end <= len(text) for s in found.spans)
