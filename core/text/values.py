"""Numbers by what they come to: 1326000, 1,326,000 and 132.6万 are one, with the words right behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_SCALES = {"千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
# 1,326,000, 132.6万, 5千; not 5千瓦, 千克
_NUMBER = re.compile(
    r"(?<![\d.])(?<!\d,)(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15}(?!\d))(?P<part>\.\d{1,9}(?!\d))?"
    r"(?P<scale>万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米卡赫帕伏焦]))?"
)
_BEHIND = 4
"""So many characters behind a number are compared, too; the next digit ends them."""
_LEAST = 1000
"""A smaller number is not written in 万, nor with commas."""
_LARGE = re.compile(r"\d{4}|\d,\d{3}|[千万亿]")
"""Stands in every text that has a number of at least that; most texts have none."""
_EDGE = "\u3000"
_APART = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
"""Neither the edge nor these digits stand in a folded text: what is typed never meets a value by its letters."""
_WORDS = re.compile(r"\D*")


def values_of(folded: str) -> list[str]:
    """Return each number of a folded text as the index holds it: its value and the words behind it.

    >>> values_of("筹资132.6万元") == values_of("筹资1,326,000元"), values_of("2023年12个")
    (True, [])
    """
    return [form for _, _, form in _forms(folded)] if _LARGE.search(folded) else []


def value_form(word: str) -> str:
    """Return a folded word as ``values_of`` has it; empty where it is not a number with a few words behind it.

    >>> value_form("132.6万") == value_form("1326000"), value_form("食堂"), value_form("近132.6万")
    (True, '', '')
    """
    found = next(_forms(word), None)
    return found[2] if found and found[0] == 0 and len(word) - found[1] == len(_behind(word, found[1])) else ""


def value_places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where the number that a folded word is stands in a folded text, with the words behind it."""
    wanted = value_form(word)
    if not wanted:
        return
    rest = len(wanted) - wanted.rindex(_EDGE) - 1
    for start, end, form in _forms(folded):
        if form.startswith(wanted):
            yield start, end + rest


def _forms(folded: str) -> Iterator[tuple[int, int, str]]:
    for found in _NUMBER.finditer(folded):
        end, scale = found.end(), found["scale"] or ""
        value = Decimal(found["whole"].replace(",", "") + (found["part"] or "")).scaleb(_SCALES.get(scale, 0))
        is_year = not scale and found["whole"].isdigit() and len(found["whole"]) == 4 and folded[end : end + 1] == "年"
        if value >= _LEAST and not is_year:
            yield found.start(), end, f"{_EDGE}{_plain(value)}{_EDGE}{_behind(folded, end)}"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).translate(_APART)


def _behind(folded: str, at: int) -> str:
    found = _WORDS.match(folded, at, at + _BEHIND)
    return found[0] if found else ""
