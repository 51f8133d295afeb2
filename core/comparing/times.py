"""When: a printed period and the day of printing → months that can be compared.

Months are counted from the year 0; ``end`` is the first month that is no longer in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "at", "during", "since", "each"]
"""Not told; as it was on a day; what a period brought; what came together since; what each year brings."""

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_COUNTS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "半": 0}
_YEAR = re.compile(
    r"(?P<plain>(?:1[89]|20)\d\d)年?|(?P<word>今年|本年度?|当年|去年|上年|前年|明年)"
    r"|(?P<chinese>[二一][〇○零一二三四五六七八九]{3})年"
)
_SHIFT = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_NUMBER = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_MONTHS = re.compile(rf"(?P<a>{_NUMBER})月?(?:份)?(?:[-—–~～至到、]{{1,2}}(?P<b>{_NUMBER}))月|(?P<one>{_NUMBER})月")
_FIRST_MONTHS = re.compile(rf"[前头](?P<n>{_NUMBER}|两)个月")
_QUARTER = re.compile(r"第?([一二三四1234])季度|首季")
_QUARTERS = re.compile(r"第?([一二三四1234])(?:季度)?[-—–~～至到、和]{1,2}第?([一二三四1234])季度")
_SINCE = re.compile("以来|起$|来$|以后|之后|至今|下来")
_NOW = re.compile("目前|如今|现在|眼下|当前|现已|迄今|至今|今天|现阶段")
_YEARS_BACK = re.compile(
    r"(?P<n>\d{1,2}|[一二三四五六七八九十两几数半]+)(?:个?多)?年"
    r"|(?P<m>\d{1,2}|[一二三四五六七八九十两几数半]+)个?多?月"
)
_LONG = re.compile("近年来|近些年|近几年|历年|多年来|连年来|长期以来|一直以来|往年|这些年|这几年")
_AGO = re.compile(r"(?P<n>\d{1,2}|[一二三四五六七八九十两]+)年(?:以?前|之前)$")
_BEFORE = re.compile(r"(?:以前|之前|此前|从前|[^目日当年月\d]前)$|^(?:过去|原来|原先|当初|当时|起初)$")
_MONTH_WORDS = {"本月": 0, "当月": 0, "这个月": 0, "上月": -1, "上个月": -1}
_TO = re.compile(
    r"(?<=[年月度])[-—–~～至到]{1,2}(?=(?:1[89]|20)\d\d|[今本当去]年|目前|如今|现在|今)"
    r"|(?<=\d\d)[-—–~～至到]{1,2}(?=(?:1[89]|20)\d\d)"
)
"""Between two dated points: 2020—2022年, 2019年3月至2023年10月, 2018年至今."""
_EACH = re.compile("每年|每月|每天|每日|每周|每季度|年均|常年")
_EVENT = re.compile(
    r"春节|五一|国庆|端午|中秋|清明|元旦|暑期|寒假|暑假|汛期|[春夏秋冬]季|[春夏秋冬]天|黄金周|小长假|双节|春运|双十一"
)
_END = re.compile("年?底|年?末")
_PLAN = re.compile(r"[“‘]?十([一二三四五六])五")
_PLANS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}


HALF_A_YEAR = 6
EARLY = 3
"""Up to this month 全年 is the year before."""


@dataclass(frozen=True, slots=True)
class When:
    """A time: its kind, from where to where as far as known, and an event that only ``during`` may have (春节)."""

    kind: Kind = ""
    start: int | None = None
    end: int | None = None
    event: str = ""
    to_date: bool = False
    """Whether it ends with the day of printing: 今年以来."""

    @property
    def year(self) -> int | None:
        """The year in which it ends."""
        return None if self.end is None else (self.end - 1) // 12

    @property
    def is_long(self) -> bool:
        """Whether it is longer than a year, or begins nobody knows when."""
        return self.start is None or self.end is None or self.end - self.start > 12


def when(period: str, published: str) -> When:
    """Return what a printed period means in a text that was printed then (ISO, as much as is known).

    >>> when("今年第一季度", "2023-05") == when("2023年1—3月", "2024-02")
    True
    >>> when("2019年以来", "2023-11").kind, when("目前", "2023-11").year, when("去年", "").end
    ('since', 2023, None)
    """
    printed = _printed(published)
    text = re.sub(r"[\s“”‘’]", "", period)
    if not text:
        return When("", None, printed[1])
    if _EACH.search(text):
        return When("each", None, printed[1])
    if _LONG.search(text):
        return When("since", None, printed[1])
    if between := _between(text, published):
        return between
    if text in _MONTH_WORDS and printed[1] is not None:
        last = printed[1] + _MONTH_WORDS[text]
        return When("during", last - 1, last)
    if ago := _AGO.search(text):
        return When("at", None, None if printed[0] is None else (printed[0] - _number(ago["n"])) * 12 + 12)
    if _BEFORE.search(text):
        return When("at")
    year = _year_of(text, printed)
    rest = _YEAR.sub("", text)
    if plan := _PLAN.search(text):
        return _of_a_plan(text, _PLANS[plan[1]] * 12, printed)
    if _EVENT.search(rest) and not _SINCE.search(rest):
        return _at_an_event(_EVENT.search(rest)[0], year, printed)  # type: ignore[index]
    span = _months_of(rest, year, printed)
    if span is None and year is None:
        return _without_a_date(text, printed)
    if span is None and year is not None:
        span = (year * 12, year * 12 + 12)
    return _placed(text, span, year, printed)


def _between(text: str, published: str) -> When | None:
    """From one dated point to another; None where a text names no two."""
    found = _TO.search(text)
    if found is None:
        return None
    begins = text[: found.start()].removeprefix("自").removeprefix("从")
    first, last = when(begins, published), when(text[found.end() :], published)
    start = first.start if first.kind == "during" else None if first.end is None else first.end - 1
    if start is None or last.end is None or last.end <= start:
        return None
    to_date = last.kind in ("", "at") and last.start is None and not re.search(r"\d", text[found.end() :])
    return When("during" if last.end - start <= 12 else "since", start, last.end, to_date=to_date)


def event_of(text: str) -> str:
    """Return the holiday or season that a name tells: 春节假期接待游客."""
    found = _EVENT.search(text)
    return found[0] if found else ""


def is_ahead(time: When, published: str) -> bool:
    """Return whether a time lies behind the day of printing, so that what is told of it is not yet so.

    >>> is_ahead(when("2025年", "2023-05"), "2023-05"), is_ahead(when("今年", "2023-05"), "2023-05")
    (True, False)
    """
    now = _printed(published)[1]
    if now is None or time.to_date:
        return False
    if time.kind == "at":
        return time.end is not None and time.end > now
    return time.start is not None and time.start >= now


def _printed(published: str) -> tuple[int | None, int | None]:
    """The year of printing, and the month behind its month (behind its year when only that is known)."""
    pieces = [int(p) for p in published.split("-") if p.isdigit()]
    if not pieces:
        return None, None
    month = pieces[1] if len(pieces) > 1 else 12
    return pieces[0], pieces[0] * 12 + month


def _year_of(text: str, printed: tuple[int | None, int | None]) -> int | None:
    found = _YEAR.search(text)
    if found is None:
        return None
    if found["word"]:
        return None if printed[0] is None else printed[0] + _SHIFT[found["word"]]
    return int((found["plain"] or found["chinese"]).translate(_DIGITS))


def _number(text: str) -> int:
    """A number of one or two digits or characters: 12, 十二, 三."""
    if text.isdigit():
        return int(text)
    return 10 + _COUNTS.get(text[1:], 0) if text.startswith("十") else _COUNTS[text]


def _months_of(rest: str, year: int | None, printed: tuple[int | None, int | None]) -> tuple[int, int] | None:
    """The months that are named, in the year that is named or in the last one in which they were over."""
    part = _part_of(rest)
    if part is None:
        return None
    if year is None:
        if printed[0] is None or printed[1] is None:
            return None
        begun = printed[1] - printed[0] * 12 - part[0]
        is_over = part[1] - part[0] <= begun
        year = printed[0] if is_over or 2 * begun >= part[1] - part[0] else printed[0] - 1
    return year * 12 + part[0], year * 12 + part[1]


def _part_of(rest: str) -> tuple[int, int] | None:
    """Which months of a year, the first and the one behind the last."""
    if "上半年" in rest:
        return 0, 6
    if "下半年" in rest:
        return 6, 12
    if "前三季度" in rest:
        return 0, 9
    if found := _QUARTERS.search(rest):
        return 3 * _number(found[1]) - 3, 3 * _number(found[2])
    if found := _QUARTER.search(rest):
        quarter = _number(found[1]) if found[1] else 1
        return 3 * quarter - 3, 3 * quarter
    if found := _FIRST_MONTHS.search(rest):
        return 0, _number(found["n"])
    if found := _MONTHS.search(rest):
        first = _number(found["one"] or found["a"])
        last = _number(found["b"]) if found["b"] else first
        return (first - 1, last) if 1 <= first <= last <= 12 else None
    if _END.search(rest):
        return 11, 12
    return (0, 1) if "年初" in rest or rest == "初" else None


def _of_a_plan(text: str, start: int, printed: tuple[int | None, int | None]) -> When:
    if _SINCE.search(text):
        return When("since", start, printed[1])
    if _END.search(text) or text.endswith(("末", "收官")):
        return When("at", None, start + 60)
    return When("since", start, start + 60)


def _at_an_event(event: str, year: int | None, printed: tuple[int | None, int | None]) -> When:
    year = printed[0] if year is None else year
    return When("during", None if year is None else year * 12, None if year is None else year * 12 + 12, event)


def _without_a_date(text: str, printed: tuple[int | None, int | None]) -> When:
    """目前, 6年来, 成立以来, 去年 without a day of printing; what says nothing of a time that could be compared."""
    if word := _YEAR.search(text):
        if _SINCE.search(text):
            return When("during" if word["word"] == "今年" else "since", None, None, to_date=True)
        return When("at" if text.startswith(("截至", "截止")) else "during")
    if _NOW.search(text) or text.startswith(("截至", "截止")):
        return When("at", None, printed[1])
    if text in ("全年", "年内", "一年", "全年度") and printed[0] is not None and printed[1] is not None:
        year = printed[0] - (text != "年内" and printed[1] - printed[0] * 12 <= EARLY)  # told in January of what was
        return When("during", year * 12, year * 12 + 12)
    found = _YEARS_BACK.search(text)
    if found and (_SINCE.search(text) or text.startswith(("近", "最近", "过去")) or re.search("里|间|内", text)):
        return _back(found, printed[1])
    if _SINCE.search(text):
        return When("since", None, printed[1])
    return When("during") if "期间" in text else When("", None, printed[1])


def _back(found: re.Match[str], end: int | None) -> When:
    words = found["n"] or found["m"]
    if words == "半":
        return When("during", None if end is None or found["m"] else end - 6, end, to_date=True)
    if not words.isdigit() and words not in _COUNTS:
        return When("since", None, end)
    months = _number(words) * (12 if found["n"] else 1)
    return When("since" if months > 12 else "during", None if end is None else end - months, end, to_date=True)


def _placed(text: str, span: tuple[int, int] | None, year: int | None, printed: tuple[int | None, int | None]) -> When:
    """A named year or months: as a day up to which, as a beginning, or as the period itself."""
    if span is None:
        return When("during")
    start, end = span
    now = printed[1]
    if text.startswith(("截至", "截止", "到", "至")) or _END.search(text):
        return When("at", None, end)
    if _SINCE.search(text):
        begun = now is not None and (now - 1) // 12 == start // 12 and start % 12 == 0
        return When("during" if begun else "since", start, now, to_date=True)
    cut = now is not None and start < now < end
    return When("during", start, now if cut else end, to_date=cut)


def same_period(a: When, b: When) -> bool | None:
    """Return whether two periods are the same; None where that cannot be worked out.

    Two that go on to the day of printing are the same when these days are a month apart at most.
    """
    if a.event or b.event:
        return a.event == b.event and a.year == b.year if a.end and b.end else None
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return None
    near = 1 if a.to_date or b.to_date else 0
    return a.start == b.start and abs(a.end - b.end) <= near


def same_state(a: When, b: When) -> bool | None:
    """Return whether what there is at two times stands side by side: half a year apart at most, or one in the other.

    >>> same_state(when("目前", "2023-11"), when("2024年初", "2024-03"))
    True
    >>> same_state(when("2022年", ""), when("2023年", ""))
    False
    """
    if a.end is None or b.end is None:
        return None
    if a.event and b.event:
        return same_period(a, b)
    return abs(a.end - b.end) <= HALF_A_YEAR or _ends_in(a.end, b) or _ends_in(b.end, a)


def _ends_in(end: int, time: When) -> bool:
    return time.kind == "during" and time.start is not None and time.end is not None and time.start < end <= time.end


def is_part_of_what_so_far(part: When, whole: When) -> bool:
    """Return whether the one is a month or a quarter, the other the months of a year so far.

    >>> is_part_of_what_so_far(when("9月", "2023-10"), when("1—9月", "2023-10"))
    True
    >>> is_part_of_what_so_far(when("一季度", "2023-10"), when("1—9月", "2023-10"))
    False
    """
    if part.event or whole.event or part.kind != "during" or whole.kind != "during":
        return False
    if part.start is None or part.end is None or whole.start is None or whole.end is None:
        return False
    months, all_months = part.end - part.start, whole.end - whole.start
    if (part.start - whole.start) % 12 + months > all_months:
        return False
    so_far = whole.start % 12 == 0 and (all_months < 12 or whole.to_date)
    return so_far and months < all_months and (months == 1 or (months == 3 and part.start % 12 != 0))


def in_words(time: When) -> str:
    """Return a time as a reader compares it: 2023年, 2023年1—3月, 截至2023年, 2019年起; empty where nothing is told."""
    if time.end is None:
        return ""
    last = time.end - 1
    if time.kind == "at" or time.kind == "":
        return f"截至{last // 12}年" if time.kind else ""
    if time.kind == "since":
        return f"{time.start // 12}年起" if time.start is not None else f"累计到{last // 12}年"
    if time.kind == "each":
        return "每年"
    if time.start is None:
        return ""
    year, first, final = time.start // 12, time.start % 12 + 1, last % 12 + 1
    if time.event:
        return f"{year}年{time.event}"
    if last // 12 != year:
        return f"{year}年{first}月—{last // 12}年{final}月"
    return (
        f"{year}年"
        if (first, final) == (1, 12)
        else f"{year}年{first}—{final}月"
        if first != final
        else f"{year}年{first}月"
    )
