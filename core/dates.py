"""Dates as people type them, and as the library keeps them: ISO 8601, as far as the day is known."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})(?:(?P<mark>[-./ ])(?P<month>\d\d?)(?:(?P=mark)(?P<day>\d\d?))?)?",
        r"(?P<year>\d{4})年(?:(?P<month>\d\d?)(?:月(?:(?P<day>\d\d?)[日号]?)?)?)?",
    )
)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width digits and marks, as an input method types them, and what they are elsewhere."""


def read_date(typed: str) -> str | None:
    """Return what was typed as an ISO date with as much as was said; empty for nothing, None for what is no date.

    >>> read_date("2023年11月2日"), read_date("2023.5"), read_date("２０２３"), read_date(" ")
    ('2023-11-02', '2023-05', '2023', '')
    >>> read_date("2023-02-31"), read_date("昨天")
    (None, None)
    """
    text = " ".join(typed.translate(_NARROW).split())
    if not text:
        return ""
    text = re.sub(r" ?([-./年月日号]) ?", r"\1", text)
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    return _iso(*found.group("year", "month", "day")) if found else None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """Return the parts as an ISO date; None when the calendar has no such day."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


def clock_time(at: str, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a time in UTC, as the library keeps it, as the clock on the wall showed it; what is no time as it is."""
    try:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone().strftime(form)
    except ValueError:
        return at
