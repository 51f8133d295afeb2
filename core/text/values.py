"""Numbers by what they come to: 1326000, 1,326,000 and 132.6万 are one, with the words right behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

_SCALES = {"千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
VALUE_EDGE = "\u3000"
# 1,326,000, 132.6万, 5千; not 5千瓦, 千克. Four characters behind are compared, too; the next digit ends them.
# It begins with the digit, and what may not stand before that comes after it: so it is found in half the time.
_NUMBER = re.compile(
    r"(?P<whole>\d(?<![\d.].)(?<!\d,.)(?:\d{0,2}(?:,\d{3})+|\d{0,14})(?!\d))(?P<part>\.\d{1,9}(?!\d))?"
    r"(?P<scale>万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米卡赫帕伏焦]))?"
    rf"(?P<behind>[^\d{VALUE_EDGE}]{{0,4}})"
)
_LEAST, _LEAST_DIGITS = 1000, 4
"""A smaller number is not written in 万, nor with commas."""
_LARGE = re.compile(r"\d{4}|\d,\d{3}|[千万亿]")
"""Stands in every text that has a number of at least that; most texts have none."""
_APART = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
"""Neither the edge nor these digits stand in a folded text: what is typed never meets a value by its letters."""


def values_of(folded: str) -> list[str]:
    """Return each number of a folded text as the index holds it: its value and the words behind it.

    Many texts are read at once where ``VALUE_EDGE`` joins them.

    >>> values_of("筹资132.6万元") == values_of("筹资1,326,000元"), values_of("2023年12个")
    (True, [])
    """
    found = _NUMBER.findall(folded) if _LARGE.search(folded) else ()
    return [form for groups in found if (form := _form(*groups))]


def value_form(word: str) -> str:
    """Return a folded word as ``values_of`` has it; empty where it is not a number with a few words behind it.

    >>> value_form("132.6万") == value_form("1326000"), value_form("食堂"), value_form("近132.6万")
    (True, '', '')
    """
    found = _NUMBER.match(word)
    return _form(*found.groups("")) if found and found.end() == len(word) else ""


def value_places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where the number that a folded word is stands in a folded text, with the words behind it."""
    wanted = value_form(word)
    if not wanted:
        return
    rest = len(wanted) - wanted.rindex(VALUE_EDGE) - 1
    for found in _NUMBER.finditer(folded):
        if _form(*found.groups("")).startswith(wanted):
            yield found.start(), found.start("behind") + rest


@lru_cache(maxsize=8192)
def _form(whole: str, part: str, scale: str, behind: str) -> str:
    """The value of a number, without commas and zeros behind the point; nothing where it is too small, or a year."""
    if not scale and (len(whole) < _LEAST_DIGITS or (len(whole) == _LEAST_DIGITS and behind[:1] == "年")):
        return ""
    value = Decimal(whole.replace(",", "") + part).scaleb(_SCALES.get(scale, 0))
    if value < _LEAST:
        return ""
    text = format(value, "f")
    text = (text.rstrip("0").rstrip(".") if "." in text else text).translate(_APART)
    return f"{VALUE_EDGE}{text}{VALUE_EDGE}{behind}"
