"""What a changed cell means: the value that its field may take, or why it may not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from core.records import APPROX_WORDS, STATE_WORDS, THEMES
from core.writing.case_table import STAR

_PARTED = re.compile(r"[；;、,，\n]+")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_CHINESE_DATE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_APPROXIMATE = {
    **{word: key for key, word in APPROX_WORDS.items()},
    **dict.fromkeys(("余", "多", "逾", "以上"), "over"),
    "精确": "exact",
    "将近": "nearly",
    "左右": "about",
}
_STARRED = {
    **dict.fromkeys((STAR, "☆", "*", "是", "有", "1", "√"), True),
    **dict.fromkeys(("", "否", "无", "0"), False),
}
_STATES = {word: key for key, word in STATE_WORDS.items()}


class FieldError(Exception):
    """Why a field cannot take what stands in a cell."""


def parsed(field: str, text: str) -> str:
    """Return what a cell means for a field, in the form that the library keeps; ``FieldError`` where it means nothing.

    >>> parsed("value", "1,200"), parsed("published", "2023年3月5日"), parsed("themes", "人才工作、党建引领")
    ('1200', '2023-03-05', '人才工作；党建引领')
    """
    read = _FIELDS.get(field)
    return read(text) if read else text


def _number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not plain.isascii() or abs(number.adjusted()) > 30:
        raise FieldError(f"“{text}”不是数值")
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _number_or_nothing(text: str) -> str:
    return _number(text) if text else ""


def _date(text: str) -> str:
    if match := _CHINESE_DATE.fullmatch(text):
        text = "-".join(part.zfill(2) for part in match.groups() if part)
    if text and not _ISO.fullmatch(text):
        raise FieldError(f"“{text}”不是日期，要写成 2023-11-22、2023-11 或 2023")
    return text


def _one_of(words: Mapping[str, str], what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise FieldError(f"“{text}”不是{what}，可以写：{'、'.join(word for word in words if word)}")
        return words[text]

    return read


def _themes(text: str) -> str:
    themes = [part.strip() for part in _PARTED.split(text) if part.strip()]
    if unknown := [theme for theme in themes if theme not in THEMES]:
        raise FieldError(f"没有“{'、'.join(unknown)}”这样的主题")
    return "；".join(dict.fromkeys(themes))


def _tags(text: str) -> str:
    return "；".join(dict.fromkeys(part.strip() for part in _PARTED.split(text) if part.strip()))


def _star(text: str) -> str:
    if text not in _STARRED:
        raise FieldError(f"“{text}”不是星标，写“{STAR}”或空着")
    return STAR if _STARRED[text] else ""


def _filled(text: str) -> str:
    if not text:
        raise FieldError("这一格不能空着")
    return text


_FIELDS: Mapping[str, Callable[[str], str]] = {
    "value": _number,
    "value_max": _number_or_nothing,
    "approx": _one_of(_APPROXIMATE, "约数的说法"),
    "state": _one_of(_STATES, "核对的结果"),
    "published": _date,
    "themes": _themes,
    "tags": _tags,
    "starred": _star,
    "title": _filled,
    "indicator": _filled,
}
