"""What stands in the preview and the lists of merges: a decision, a target, who said what, as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.decisions import BIN, CASE, PARTS, VERDICT_WORDS, Decision
from core.decisions.log import FIGURE, MECHANISM
from core.exchange import Item

_LONGEST = 60


def part_words(item: Item) -> str:
    """Return what an item is about: 数据 议事亭数量, 标题, 案例."""
    part = item.target.part
    if part.startswith((FIGURE, MECHANISM)):
        value = item.becomes.value or next((d.after or d.before for d in (*item.theirs, *item.ours)), None) or {}
        name = str(value.get("indicator") or value.get("name") or "")
        return f"{'数据' if part.startswith(FIGURE) else '机制'} {name}".strip()
    if part in (CASE, BIN):
        return {CASE: "整个案例", BIN: "回收站"}[part]
    return PARTS.get(part, "两例是不是同一个")


def value_words(value: Any) -> str:
    """Return a value as a reader writes it, on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
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
    if not full and len(value) > _LONGEST:
        value = value[:_LONGEST] + "…"
    return f"{row.who or '没有署名'}：{VERDICT_WORDS[row.verdict]} {value}".rstrip()


def both_sides(item: Item) -> str:
    """Return all there is to know of an item: what stood there, both sides, their notes and quotes."""
    before = next((d.before for d in (*item.fresh, *item.ours)), None)
    lines = [f"{item.title}　{part_words(item)}", f"原来：{value_words(before)}"]
    for side, rows in (("本机", item.ours), ("对方", item.theirs)):
        lines.append(f"{side}：{said_words(rows, full=True) or '没有人说过'}")
        for row in rows:
            quote = row.after.get("quote") if isinstance(row.after, dict) else ""
            lines += [f"　　原文：{quote}"] if quote else []
            lines += [f"　　备注：{row.note}"] if row.note else []
    return "\n".join(lines)
