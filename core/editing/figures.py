"""A figure as a form shows it: its fields apart, where each stands, and the one value that is decided of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.decisions import NotAValue, checked, figure_part, figure_value
from core.editing.numbers import number_of
from core.editing.words import Words, pinned
from core.library import Wish
from core.records import APPROX_WORDS, Metric

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
    "kind": "种类",
    "printed": "印出",
    "quote": "引文",
}
"""Field of a figure's value → its name on the screen."""
APPROX_CHOICES: dict[str, str] = {key: word or "准数" for key, word in APPROX_WORDS.items()}
KIND_CHOICES = {
    "count": "数量", "money": "金额", "ratio": "占比", "growth": "增减幅度", "rank": "名次", "duration": "时长",
    "length": "长度", "area": "面积", "volume": "体积", "mass": "重量", "content": "含量", "speed": "速度",
    "energy": "能量", "temperature": "温度", "data": "数据量", "pressure": "压力", "number": "没有单位的数",
    "other": "其他",
}  # fmt: skip
"""What a figure measures, as the reader calls it → its name on the screen."""
USUAL = {"approx": "exact", "kind": "count"}
"""What a figure says of these fields when it says nothing."""


def shown(value: Mapping[str, Any] | None, field: str) -> str:
    """Return a field of a figure's value as a form shows it."""
    if not value:
        return ""
    said = str(value.get(field) or USUAL.get(field, ""))
    return _plain(said) if field in ("value", "value_max") else said


def told(field: str, said: str) -> str:
    """Return a field as a person reads it."""
    if field not in ("approx", "kind"):
        return said
    return (APPROX_CHOICES if field == "approx" else KIND_CHOICES).get(said, said)


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


def joined(num: int, metrics: Sequence[Metric]) -> list[Wish]:
    """Return what makes several figures of a case one: the first of them, from the least to the greatest value.

    NotAValue where they do not count the same thing in one unit.
    """
    if len({(m.indicator, m.unit) for m in metrics}) != 1 or len(metrics) < 2:
        raise NotAValue("要合成一个，选中的数据须是同一指标、同一单位")
    least = min(m.value for m in metrics)
    most = max(m.value if m.value_max is None else m.value_max for m in metrics)
    value = figure_value(metrics[0]) | {"value": f"{least:f}"}
    value.pop("value_max", None)
    if most > least:
        value["value_max"] = f"{most:f}"
    first = Wish(num, figure_part(metrics[0].id), "changed", value)
    return [first, *(Wish(num, figure_part(m.id), "rejected", None) for m in metrics[1:])]


def parted(num: int, metric: Metric) -> list[Wish]:
    """Return what makes a figure with two values two figures; NotAValue where it has one."""
    from core.library.stamps import new_id

    if metric.value_max is None:
        raise NotAValue("这个数据只有一个数值，不用拆开")
    low = figure_value(replace(metric, value_max=None))
    high = figure_value(replace(metric, value=metric.value_max, value_max=None))
    return [Wish(num, figure_part(metric.id), "changed", low), Wish(num, figure_part(new_id()), "added", high)]
