"""Numbers of which only one has the unit beside it: ranges, lists, sizes, and a change from one to the other."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from core.reading.figures.drafts import Draft, draft_of, unit_of
from core.reading.figures.not_figures import is_time, lookalike_end
from core.reading.figures.numerals import DIGITS, MAGNITUDES, NUMERALS, Number, number_at
from core.reading.figures.units import Unit

RANGE_MARK = re.compile(r"\s?(?:-{1,2}|—{1,2}|–|－|~{1,2}|～{1,2}|〜|至|到)\s?")
"""What stands between the two ends of a range."""
# 12|、15, 0.3|和1.8, 3|/5
_LIST_MARK = re.compile(rf"[、和与及或](?=[\d{NUMERALS}])|[,，/](?=\d)")
# 50|×30米
_SIZE_MARK = re.compile(r"\s?[×xX*✕]\s?(?=\d)")
_JOINS = tuple("、和与及或,，/×xX*✕-—–－~～〜至到 ")
"""What the marks of ranges, lists and sizes begin with."""
# 。|6、23岁: behind the end of a sentence a number with 、 is that of an item
_OPENS_AN_ITEM = re.compile(r"[。；！？…]\s?$")
_COMMA_MARK = re.compile("、")
# 分别为|, 依次增长|
_SHARED = re.compile(r"(?:分别|依次|各)[^。；]{0,60}$")
# 从|, 由每户|
_FROM = re.compile(r"[从由自][^，。；、]{0,8}$")
# The 万 of 5万, the 百万 of 5百万, the 万 of 五百万
_SCALE = re.compile(rf"(?<=\d)[百千万亿]+$|(?<=[{DIGITS}十百千])[万亿]+$")
_HUNDREDS = re.compile(rf"(?<=[{DIGITS}])[百千]")
# 从126减到45项, 由2021年的35件降为今年的8件: the words of a change up to its second number
_CHANGED = re.compile(
    rf"[^，。；：、（）“”\d]{{0,10}}?(?P<verb>[减降缩压增升提涨扩展变跌砍调落高长少多短精优][^，。；：、（）“”\d{NUMERALS}]{{0,3}}?)?"
    rf"(?:[到至为]|成(?![立功员果本就长熟绩品交效都]))了?(?:(?:19|20)\d\d年的?|[^，。；：、（）“”\d{NUMERALS}]{{0,6}})(?=[\d{NUMERALS}])"
)
_TURNS = re.compile("[到至为成]")
# 从20增加到1.5万元: what rises to 1.5万 was not 20万
_RISES = re.compile("[增涨升提扩高]|发展|壮大")
_ENDS_FIGURE = re.compile(r"$|[，。；、！？!?,;）)\s]|以[内上下]|左右")
_TIMES_MORE = 25
"""奖励5000、1万元: so many times its neighbour's digits, a number has no part in the neighbour's 万."""


def numbers_that_share(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """Return the figures from a number without a unit up to the one that has it; none where it is alone."""
    if text[number.end : number.end + 1] in _JOINS:
        found = _size(text, at, head, number) or _listed(text, at, head, number) or _range(text, at, head, number)
        if found:
            return found
    return _changed_from(text, at, head, number)


def _further(text: str, at: int) -> Number | None:
    """The next number of a range or list; a date is none."""
    return None if is_time(text[at : at + 16]) else number_at(text, at)


def _is_change(text: str, start: int, mark: str) -> bool:
    """从A到B is a change from one to the other, two figures."""
    return mark.strip() in ("至", "到") and _FROM.search(text[max(0, start - 10) : start]) is not None


# ---- ranges ----


def range_of_units(text: str, draft: Draft) -> Draft | None:
    """7万元至8万元, 10%-15%, 30岁到40岁."""
    mark = RANGE_MARK.match(text, draft.end)
    if mark is None or draft.value_max is not None:
        return None
    below = draft.value < 0 and text[mark.end() : mark.end() + 1] in ("-", "−")
    upper = _further(text, mark.end() + below)
    if upper and below:
        upper = replace(upper, value=-upper.value)
    if upper is None or upper.value <= draft.value or (upper.is_percent and draft.unit != "%"):
        return None
    unit = unit_of(text, upper)
    if unit is None or unit.name != draft.unit:
        return None
    if _is_change(text, draft.start, mark[0]) and not text.startswith(("不等", "之间"), unit.end):
        return None
    return replace(draft, end=unit.end, value_max=upper.value_max or upper.value, number_end=upper.end)


def _range(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """3至5个, 30—40岁, 3-5万元, 五、六个; 从3到5个 are two."""
    comma = _COMMA_MARK.match(text, number.end)
    mark = RANGE_MARK.match(text, number.end) or comma
    upper = _further(text, mark.end()) if mark and number.value_max is None else None
    if mark and upper and upper.is_percent and text[upper.end - 1] == "成" and not comma:
        tenths = replace(number, value=number.value * 10, value_max=upper.value, end=upper.end)
        fits = 0 < number.value < 10 and tenths.value < upper.value and upper.value_max is None
        return [draft_of(at, head, tenths, Unit("%", "ratio", tenths.end, "%"))] if fits else []
    if mark is None or upper is None or upper.is_percent or upper.value_max is not None:
        return []
    unit = unit_of(text, upper) or (None if comma else Unit("", "number", upper.end, ""))
    if unit is None or (comma and not (upper.value == number.value + 1 and upper.value < 10)):
        return []
    low = draft_of(at, head, replace(number, value=_in_range(text, head, number, mark.end(), upper)), unit)
    high = draft_of(mark.end(), mark.end(), upper, unit)
    if _is_change(text, at, mark[0]) and not text.startswith(("不等", "之间"), unit.end):
        return [replace(low, end=number.end), high]
    if low.value >= high.value:
        return []
    form = "arabic" if comma else number.form
    return [replace(low, value_max=high.value, approx=high.approx, form=form, number_end=upper.end)]


def _in_range(text: str, head: int, number: Number, upper_at: int, upper: Number) -> Decimal:
    """3-5万元: both are 万, for else the range would not rise as it does."""
    value = _scaled_like(number.value, text[head : number.end], upper.value, text[upper_at : upper.end])
    return value if value < upper.value else number.value


def _scaled_like(value: Decimal, printed: str, other: Decimal, other_printed: str) -> Decimal:
    """A value with the 万 of its fellow (20、10万元), unless it has its own or is of another size (5000、1万元)."""
    scale = _SCALE.search(other_printed)
    if scale is None or _SCALE.search(printed):
        return value
    if _HUNDREDS.search(printed) and not _HUNDREDS.search(other_printed[: scale.start()]):
        return value
    power = sum(MAGNITUDES[c] for c in scale[0])
    if value >= other.scaleb(-power) * _TIMES_MORE:
        return value
    scaled = value.scaleb(power)
    return Decimal(int(scaled)) if scaled == int(scaled) else scaled


# ---- lists and sizes ----


def _listed(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """0.3和1.8个百分点, 分别为12、15和18家, 奖励20、15、10万元: the last one's span holds the unit of all."""
    if text[number.end] == "、" and number.form == "arabic" and _OPENS_AN_ITEM.search(text[max(0, at - 2) : at]):
        return []
    numbers, unit = _numbers_of_list(text, at, head, number, _LIST_MARK)
    if unit is None or any(n.form == "bare" for _, _, n in numbers):
        return []
    mark = text[number.end]
    if _SHARED.search(text[max(0, at - 70) : at]) or (mark == "/" and len(numbers) > 2):
        return _with_last_unit(text, numbers, unit)
    if unit.kind == "count" or mark in ",，" or _are_neighbours(numbers):
        return []
    priced = unit.kind == "money" or (number.form == "arabic" and mark != "/")
    return _with_last_unit(text, numbers, unit) if priced else []


def _size(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """50×30米: each side has the unit of the last."""
    numbers, unit = _numbers_of_list(text, at, head, number, _SIZE_MARK)
    return _with_last_unit(text, numbers, unit) if unit and unit.kind == "length" else []


def _with_last_unit(text: str, numbers: list[tuple[int, int, Number]], unit: Unit) -> list[Draft]:
    """Each number as a figure in the unit of the last, and in its 万 or 亿."""
    (_, last_head, last), *before = reversed(numbers)
    drafts = [draft_of(last_head, last_head, last, unit)]
    value, printed = last.value, text[last_head : last.end]
    for start, first, each in before:
        own = text[first : each.end]
        scaled = _scaled_like(each.value, own, value, printed)
        if scaled != each.value or _SCALE.search(own):
            value, printed = scaled, own if _SCALE.search(own) else printed
        drafts.append(replace(draft_of(start, first, each, unit), value=scaled, end=each.end))
    return drafts[::-1]


def _numbers_of_list(
    text: str, at: int, head: int, number: Number, mark_between: re.Pattern[str]
) -> tuple[list[tuple[int, int, Number]], Unit | None]:
    """The numbers that a mark joins, up to the one with a unit: a dozen at most."""
    numbers = [(at, head, number)]
    while len(numbers) < 12 and (mark := mark_between.match(text, numbers[-1][2].end)):
        following = _further(text, mark.end())
        if following is None or following.is_percent:
            break
        numbers.append((mark.end(), mark.end(), following))
        if unit := unit_of(text, following):
            return numbers, unit
    return numbers, None


def _are_neighbours(numbers: list[tuple[int, int, Number]]) -> bool:
    """5、6个: a range in speech, not a list; 0.3和1.3个百分点 are two."""
    low, high = numbers[0][2].value, numbers[1][2].value
    return len(numbers) == 2 and low + 1 == high and low < 9 and low == int(low)


# ---- changes ----


def _changed_from(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """从126减到45项: the first number of a change has the unit of the second."""
    change = _change_after(text, number.end) if _changes(text[head : number.end], number) else None
    if change is None or text[at - 1 : at] == "月" or not _FROM.search(text[max(0, at - 10) : at]):
        return []
    after = _changed_number(text, change.end())
    unit = unit_of(text, after) if after else None
    if after is None or unit is None:
        return []
    value = _scaled_like(number.value, text[head : number.end], after.value, text[change.end() : after.end])
    if value > after.value and _RISES.search(change[0]):
        value = number.value
    first = replace(draft_of(at, head, number, unit), value=value, end=number.end)
    return [first, draft_of(change.end(), change.end(), after, unit)]


def changed_to(text: str, draft: Draft) -> list[Draft]:
    """Return the second figure of a change that has the unit of the first: 由20个工作日缩短到5个, 从15天压缩至3."""
    change = _change_after(text, draft.end)
    after = _changed_number(text, change.end()) if change and change["verb"] and draft.unit else None
    if change is None or after is None:
        return []
    unit = unit_of(text, after)
    named = draft.unit != "个" and text.startswith("个", draft.number_end)
    end = unit.end if unit and unit.printed == "个" and named else after.end if unit is None else 0
    if not end or not _ENDS_FIGURE.match(text, end):
        return []
    shared = Unit(draft.unit, draft.kind, end, "")
    printed = text[change.end() : after.end], text[draft.head : draft.number_end]
    value = _scaled_like(after.value, printed[0], draft.value, printed[1])
    return [replace(draft_of(change.end(), change.end(), after, shared), value=value)]


def _change_after(text: str, at: int) -> re.Match[str] | None:
    """The words of a change behind its first number."""
    return _CHANGED.match(text, at) if _TURNS.search(text, at, at + 14) else None


def _changed_number(text: str, at: int) -> Number | None:
    """The second number of a change; 十九大 and 2023年 are none."""
    number = None if lookalike_end(text, at) else number_at(text, at)
    return number if number and _changes(text[at : number.end], number) else None


def _changes(printed: str, number: Number) -> bool:
    """Whether a number may be one of a change: no share, no 一 of an idiom, no year without 年 (2020)."""
    if number.is_percent or number.form in ("bare", "digits") or printed == "一":
        return False
    return not (len(printed) == 4 and printed.isdigit() and printed[:2] in ("19", "20"))
