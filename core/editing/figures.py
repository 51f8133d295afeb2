"""A figure as a form shows it: its fields apart, where each stands, and the one value that is decided of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.decisions import NotAValue, checked, figure_part
from core.editing.numbers import number_of
from core.editing.words import Words, pinned
from core.records import APPROX_WORDS

if TYPE_CHECKING:
    from core.library import Standing

FIELDS: dict[str, str] = {
    "indicator": "指标",
    "value": "数值",
    "value_max": "上限",
    "unit": "单位",
    "approx": "约数",
    "subject": "谁的",
    "period": "时间",
    "printed": "印出",
    "quote": "引文",
}
"""Field of a figure's value → its name on the screen."""
APPROX_CHOICES = {key: word or "准数" for key, word in APPROX_WORDS.items()}


def shown(value: Mapping[str, Any] | None, field: str) -> str:
    """Return a field of a figure's value as a form shows it."""
    if not value:
        return ""
    said = str(value.get(field) or ("exact" if field == "approx" else ""))
    return _plain(said) if field in ("value", "value_max") else said


def told(field: str, said: str) -> str:
    """Return a field as a person reads it."""
    return APPROX_CHOICES.get(said, said) if field == "approx" else said  # type: ignore[call-overload]


def assembled(before: Mapping[str, Any] | None, typed: Mapping[str, str], words: Words) -> dict[str, Any]:
    """Return the value of a figure out of what was typed, over the value that it had; NotAValue when it is none.

    Its quote, and the printed words in it, are looked for in the source; what is not there has no place.
    """
    value: dict[str, Any] = {**(before or {}), **typed}
    for field in ("value", "value_max"):
        value[field] = _number(str(value.get(field) or ""))
    if value["value"] is None:
        raise NotAValue("数值不能空着")
    if {"quote", "printed"} & typed.keys() or not before:
        value = pinned(value, words)
    said: dict[str, Any] = checked(figure_part("new"), value)
    return said


def of_field(standing: Standing, field: str) -> Standing:
    """Return where one field of a figure stands: the same decisions, each with what it said of that field."""
    decisions = tuple(
        replace(one, before=shown(one.before, field), after=shown(one.after, field))
        for one in standing.decisions
        if one.verdict != "withdrawn"
    )
    mark = standing.mark if shown(standing.read, field) != shown(standing.now, field) else ""
    return replace(
        standing, part=field, read=shown(standing.read, field), now=shown(standing.now, field), mark=mark,
        decisions=decisions,
    )  # fmt: skip


def _number(typed: str) -> str | None:
    try:
        number = number_of(typed)
    except ValueError:
        raise NotAValue(f"「{typed[:40]}」不是数") from None
    return None if number is None else f"{number:f}"


def _plain(said: str) -> str:
    """Without the idle zeros behind a point."""
    try:
        number = f"{Decimal(said):f}"
    except ArithmeticError:
        return said
    return number.rstrip("0").rstrip(".") if "." in number else number
