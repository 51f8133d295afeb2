"""Fields of a case as a reader writes them, from their values as the log of decisions holds them."""

from __future__ import annotations

from typing import Any

from core.decisions.log import FIGURE, MECHANISM, RULE, RULES, TEXT
from core.decisions.values import NotAValue, field_of, figure_of
from core.places.areas import full_label
from core.records import Place, date_text
from core.writing.figure_text import normal_told_text

KIND_WORDS = {"case": "案例", "news": "新闻", "caption": "图说"}


def told(part: str, value: Any) -> str:
    """Return a value of a field as a person reads it, empty for none."""
    if part == "place":
        return full_label(Place(*value)) if value else ""
    if part == "citations":
        return "；".join(citation.text() for citation in field_of(part, value or []))
    if part == "kind":
        return KIND_WORDS.get(value, "")
    if part == "published":
        return date_text(value or "")
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, (list, tuple)) else str(value or "")


def told_item(part: str, value: Any) -> str:
    """Return the value of any part of a case on one line: a figure with its unit and period, a mechanism.

    >>> told_item("figure/1", {"indicator": "产值", "value": "5", "unit": "元", "period": "2023年"})
    '产值 5元（2023年）'
    """
    if value is None:
        return ""
    if part.startswith(FIGURE):
        try:
            metric = figure_of(value)
        except (NotAValue, KeyError, ValueError, ArithmeticError, TypeError):
            return str(value)
        about = "，".join(filter(None, (metric.subject, metric.period)))
        return f"{metric.indicator} {normal_told_text(metric)}" + (f"（{about}）" if about else "")
    if part.startswith(TEXT):
        return str(value.get("words", ""))
    if part.startswith(RULE):
        return RULES.get(part.removeprefix(RULE), {}).get(value, str(value))
    if part.startswith(MECHANISM):
        parts = "、".join("：".join(filter(None, map(str, one))) for one in value.get("parts", ()))
        return f"{value.get('name', '')}" + (f"（{parts}）" if parts else "")
    return told(part, value)
