"""What stands in the preview and the lists of merges: a decision, a target, who said what, as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.decisions import BIN, CASE, PARTS, VERDICT_WORDS, Decision
from core.decisions.log import FIGURE, MECHANISM, TEXT
from core.exchange import Item

_LONGEST = 60


def part_words(item: Item) -> str:
    """Return what an item is about: 数据 议事亭数量, 标题, 案例."""
    rows = (*item.theirs, *item.ours)
    return _named(item.target.part, item.becomes.value or next((d.after or d.before for d in rows), None))


def named(part: str, row: Decision) -> str:
    """Return what a decision is about."""
    return _named(part, row.before or row.after)


def _named(part: str, value: Any) -> str:
    if part.startswith((FIGURE, MECHANISM)):
        told = value if isinstance(value, dict) else {}
        name = str(told.get("indicator") or told.get("name") or "")
        return f"{'数据' if part.startswith(FIGURE) else '机制'} {name}".strip()
    if part in (CASE, BIN):
        return {CASE: "整个案例", BIN: "回收站"}[part]
    if part.startswith(TEXT):
        return "版面上的字"
    return PARTS.get(part, "两例是不是同一个")


def value_words(value: Any) -> str:
    """Return a value as a reader writes it, on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        if "words" in value:
            return str(value["words"])
        number = f"{value.get('value', '')}{value.get('unit', '')}"
        return number if value.get("value") is not None else str(value.get("name", ""))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(one for one in map(_flat, value) if one)
    return str(value).replace("\n", " ")


def _flat(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def said_words(rows: Sequence[Decision], full: bool = False) -> str:
    """Return what people say, each with the name: 王芳：改 561座."""
    return "；".join(_said(row, full) for row in rows)


def _said(row: Decision, full: bool) -> str:
    value = value_words(row.after) if row.verdict in ("changed", "added", "unsure") else ""
    if row.verdict == "rejected" and row.after is None:
        value = "不要它"
    if row.verdict == "unsure" and row.after is None and row.before is not None:
        value = "读不出了"
    if not full and len(value) > _LONGEST:
        value = value[:_LONGEST] + "…"
    return f"{row.who or '没有署名'}：{VERDICT_WORDS[row.verdict]} {value}".rstrip()
