"""When a figure is for: a printed expression of time and the day of the paper → the days that it means."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_THIS_YEAR = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}
_PREFIX = r"(?P<until>截至|截止到?|到|至)?(?:目前)?"
_YEAR = r"(?P<year>\d{4})年度?|(?P<word>今年|本年度?|去年|上一?年|前年|明年)"
_MONTHS = r"(?P<month>\d{1,2})月?份?(?:[-—–~～至到]{1,2}(?P<month_to>\d{1,2})月份?)?"
_DAY = r"(?:(?P<day>\d{1,2})[日号])"
_PARTS = {
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "全年": (1, 12),
}
_PART = rf"第?(?P<part>{'|'.join(_PARTS)})"
_END = r"(?P<end>年?底|年?末)"
_WHOLE = re.compile(rf"{_PREFIX}(?:{_YEAR})(?:(?:{_PART})|(?P<months>{_MONTHS}(?<=[月份]){_DAY}?))?{_END}?(?P<rest>.*)")
_OPEN = re.compile("[-—–~～至到起]|以来|期间|以后|之后|以前|之前|前$|后$|[上中下]旬|[春夏秋冬]|节|初")


class Moment(NamedTuple):
    """The first and the last day; ``until`` where it is a state on the last day (截至2019年底)."""

    first: date
    last: date
    until: bool


def moment_of(period: str, published: str) -> Moment | None:
    """Return the days that a period means in a paper of a day (ISO, as far as known); None where that is not plain.

    Only a period that names its year, or counts it from the paper's, is plain, and no time that is open at an end.

    >>> moment_of("今年第一季度", "2022-05-13")
    Moment(first=datetime.date(2022, 1, 1), last=datetime.date(2022, 3, 31), until=False)
    >>> moment_of("截至去年底", "2020").last.isoformat(), moment_of("近年来", "2020"), moment_of("2021年以来", "2022")
    ('2019-12-31', None, None)
    """
    found = _WHOLE.fullmatch(period)
    if found is None or found["rest"] or _OPEN.search(found["rest"]):
        return None
    year = _year_of(found, published)
    return _days(found, year) if year else None


def first_day(period: str, published: str) -> date | None:
    """Return the day on which a period begins, one that is open at its end too (2021年以来); None where not plain."""
    found = _WHOLE.match(period)
    year = _year_of(found, published) if found else 0
    moment = _days(found, year) if found and year else None
    if moment is None:
        return None
    return moment.last if found and (found["end"] or moment.until) else moment.first


def last_day_of(published: str) -> date | None:
    """Return the last day that a date of a paper may mean: of 2022 the last of December; None where there is none."""
    parts = [int(part) for part in published.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, day = [*parts, 12, 31][:3] if len(parts) < 2 else [*parts, 31][:3]
    try:
        return date(year, month, min(day, monthrange(year, month)[1]))
    except ValueError:
        return None


def _year_of(found: re.Match[str], published: str) -> int:
    if found["year"]:
        return int(found["year"])
    return int(published[:4]) + _THIS_YEAR[found["word"]] if published[:4].isdigit() else 0


def _days(found: re.Match[str], year: int) -> Moment | None:
    first, last = _PARTS.get(found["part"] or "", (1, 12))
    if found["months"]:
        first = int(found["month"])
        last = int(found["month_to"] or first)
    try:
        if found["day"]:
            begin = finish = date(year, first, int(found["day"]))
        else:
            begin, finish = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None
    ends = bool(found["until"] or found["end"])
    return Moment(finish if ends else begin, finish, ends)
