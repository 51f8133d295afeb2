"""A figure while it is read, and the unit that the number before it counts by."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.reading.figures.numerals import Number
from core.reading.figures.units import Unit, unit_at
from core.records import Approx

_FED = re.compile("(?:视频|摄像|监控|高清|探头|感知|信号|镜头|传感)")
# 三个多月, 两个半小时; two of 半天 are 两个半天
_WITH_PIECES = re.compile("个[多半](?=小?[时月]|星期|礼拜|钟头|季度|学期|世纪)")
_OPENS = ("大", "路", "个")
_NOT_COUNTED_BIG = "会型量大师爷家学多小批，。；、”》"
# 2024届, 2025国内, 2024名优: four digits of these years without 年 are a year, and what follows begins a word
_BARE_YEAR = re.compile(r"(?<![\d.,，])(?!2000)(?:19[5-9]|20[0-4])\d")


@dataclass(slots=True)
class Draft:
    """A figure while it is read; ``head``–``number_end`` is its number, ``form`` how it is written (see ``Number``)."""

    start: int
    head: int
    number_end: int
    end: int
    value: Decimal
    unit: str
    kind: str
    form: str
    value_max: Decimal | None = None
    approx: Approx = "exact"


def draft_of(at: int, head: int, number: Number, unit: Unit | None) -> Draft:
    """Return a draft of a number with its unit."""
    end, name, kind = (unit.end, unit.name, unit.kind) if unit else (number.end, "", "number")
    return Draft(at, head, number.end, end, number.value, name, kind, number.form, number.value_max, number.approx)


def unit_of(text: str, number: Number) -> Unit | None:
    """Return the unit after a number: also 大 (两大产业 → 个) and 个多月."""
    at = number.end + (text[number.end : number.end + 1] == " ")
    if text[at : at + 1] in _OPENS and (read := _unit_by_context(text, at, number)):
        return read
    unit = unit_at(text, at, digits=_is_in_digits(text, number))
    scales = unit is not None and unit.name == "个" and text.startswith(("亿", "万"), unit.end)
    return None if scales or (unit and number.end < at and not text[at].isascii()) else unit


def _unit_by_context(text: str, at: int, number: Number) -> Unit | None:
    """两大产业 counts 个, 36路监控 counts 路, 两个半小时 has its half between 个 and 小时."""
    if text.startswith("大类", at):
        return Unit("类", "count", at + 2, "大类")
    if text.startswith("路", at) and _FED.match(text, at + 1) and number.value >= 2:
        return Unit("路", "count", at + 1, "路")
    if text.startswith("大", at) and _counts_with_big(text[at + 1 : at + 2], number):
        return Unit("个", "count", at + 1, "大")
    if (match := _WITH_PIECES.match(text, at)) and (unit := unit_at(text, match.end())) and unit.kind == "duration":
        return replace(unit, name="个月" if unit.name == "月" else unit.name)
    return None


def _is_in_digits(text: str, number: Number) -> bool:
    """Whether a number is in digits, after which more is taken as a unit (5村); 2024国内 holds a year."""
    if number.form == "digits":
        return number.value >= 10
    if number.form not in ("arabic", "float", "mixed"):
        return False
    at = number.end - 4
    return text[at : at + 2] not in ("19", "20") or not _BARE_YEAR.match(text, at, number.end)


def _counts_with_big(follows: str, number: Number) -> bool:
    """两大主导产业: 大 before a noun counts like 个."""
    if not 2 <= number.value <= (30 if number.form == "arabic" else 100):
        return False
    return follows == "“" or ("\u3400" <= follows <= "\u9fff" and follows not in _NOT_COUNTED_BIG)
