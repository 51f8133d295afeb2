"""What a person types as the value of a figure, and what such a field holds to begin with."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from core.decisions import NotAValue
from core.records import Metric
from core.writing.figure_text import number_cell

_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_ONE = r"(-?\d+(?:\.\d+)?|-?\.\d+)(万亿|[十百千]万|[百千万亿])?"
_TYPED = re.compile(rf"{_ONE}(?:[-–—~〜至到]{_ONE})?")
_BLANKS = re.compile(r"[\s,，\u2005]+")


def typed_value(text: str) -> tuple[Decimal, Decimal | None]:
    """Return a value or the two ends of a range; NotAValue, in the user's words, where the text is none.

    >>> typed_value("6.2万"), typed_value("300–500万"), typed_value("1,326")
    ((Decimal('62000'), None), (Decimal('3000000'), Decimal('5000000')), (Decimal('1326'), None))
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise NotAValue(f"「{text.strip()[:40]}」不是数：写成 62000、6.2万 或 300-500")
    low, low_scale, high, high_scale = found.groups(default="")
    if not high:
        return _number(low, low_scale), None
    if not low_scale and Decimal(low) < Decimal(high):
        low_scale = high_scale  # 3-5万 are 3万 to 5万
    ends = _number(low, low_scale), _number(high, high_scale)
    if ends[1] < ends[0]:
        raise NotAValue("数值上限比数值小")
    return ends


def _number(digits: str, scale: str) -> Decimal:
    return Decimal(f"{Decimal(digits).scaleb(_SCALES[scale]):f}")


def value_field(metric: Metric) -> str:
    """Return a figure's value as a field for it begins with: 62000, 300–500."""
    return number_cell(metric)
