"""How a figure is written for a reader: as printed without its unit, and as a true value in groups of digits."""

from __future__ import annotations

import re
from decimal import Decimal

from core.records import APPROX_WORDS, Metric

THIN = "\u2005"
"""Between groups of three digits: the 千分空 of GB/T 15835-2011, a quarter of an em."""

_NUMERALS = r"\d零〇一二三四五六七八九十百千万亿两半"
_APPROXIMATE = re.compile(rf"([^数几{_NUMERALS}]*)([.,，．余多来{_NUMERALS}]+)(.*)", re.S)
"""What stands before a printed number, the number, and its unit with what stands behind."""
_BARE = re.compile(r"\d+(?:\.\d+)?")
_AFTER = re.compile("[余多来+]")
_DIGIT = re.compile(r"\d")
_PASSING = re.compile("(达到了|达到|高达|多达|长达|达|为|有)$")


def value_text(metric: Metric) -> str:
    """Return the figure as printed, without its unit: 50多万公斤 → 50多万.

    >>> value_text(Metric("增产", Decimal(500000), "公斤", approx="over", printed="50多万公斤"))
    '50多万'

    The 20 of 20、10万元 is 200 000: a number whose 万 is printed elsewhere is given as its true value.

    >>> value_text(Metric("奖励", Decimal(200000), "元", printed="20")) == grouped(200000)
    True
    """
    text = metric.printed or normal_text(metric)
    if metric.printed and metric.value_max is None and _BARE.fullmatch(text) and Decimal(text) != metric.value:
        return normal_text(metric)
    return text[: -len(metric.unit)].rstrip() if metric.unit and text.endswith(metric.unit) else text


def normal_text(metric: Metric) -> str:
    """Return the true value in groups of three digits, with the printed word of its approximation: 近4.5万 → 近 45 000.

    >>> normal_text(Metric("参与", Decimal(60), "户", approx="over", printed="60余户"))
    '60余'
    """
    before, after = approx_words(metric)
    numbers = grouped(metric.value, metric.unit)
    if metric.value_max is not None:
        numbers += "–" + grouped(metric.value_max, metric.unit)
    return f"{before} {numbers}{after}".strip()


def told_text(metric: Metric) -> str:
    """Return the figure with its unit as a reader says it: as printed where the unit is printed with it.

    >>> told_text(Metric("时限", Decimal(1), "个月", approx="under", printed="一个月以内"))
    '一个月以内'
    >>> told_text(Metric("参与", Decimal(60), "户", approx="over", printed="60余"))
    '60余户'
    """
    text = value_text(metric)
    return text if metric.unit and metric.unit in text else text + metric.unit


def normal_told_text(metric: Metric) -> str:
    """Return the true value with its unit, the words of its approximation where they belong.

    >>> normal_told_text(Metric("时限", Decimal(1), "个月", approx="under", printed="一个月以内"))
    '1个月以内'
    >>> normal_told_text(Metric("参与", Decimal(60), "户", approx="over", printed="60余户"))
    '60余户'
    """
    text, (_, after) = normal_text(metric), approx_words(metric)
    behind = after if after and not _AFTER.fullmatch(after[0]) and text.endswith(after) else ""
    return text.removesuffix(behind) + metric.unit + behind


def approx_words(metric: Metric) -> tuple[str, str]:
    """Return the words before and after an approximate number, as printed; one of our own where none is.

    >>> approx_words(Metric("增产", Decimal(500000), "公斤", approx="over", printed="50多万公斤"))
    ('', '多')
    >>> approx_words(Metric("里程", Decimal(30), "公里", approx="over", printed="30公里以上"))
    ('', '以上')
    >>> approx_words(Metric("服务", Decimal(12000), "人次", approx="over", printed="1.2万+人次"))
    ('', '+')
    """
    if metric.approx == "exact":
        return "", ""
    if match := _APPROXIMATE.fullmatch(metric.printed):
        before, number, rest = match.groups()
        unit, there, behind = rest.partition(metric.unit) if metric.unit else ("", "", rest)
        after = "".join(_AFTER.findall(number + unit)) + (behind if there or not metric.unit else "")
        before = _PASSING.sub("", before).strip()
        if (before or after) and not _DIGIT.search(after):
            return before, after
    return APPROX_WORDS[metric.approx], ""


def grouped(value: Decimal | int, unit: str = "") -> str:
    """45000 → 45 000; a year stays in one piece."""
    plain = plain_number(Decimal(value))
    return plain if unit == "年" else f"{Decimal(plain):,f}".replace(",", THIN)


def plain_number(value: Decimal) -> str:
    """Return the value as a spreadsheet takes it: no exponent, no idle zeros.

    >>> plain_number(Decimal("5E+7")), plain_number(Decimal("99.20"))
    ('50000000', '99.2')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_cell(metric: Metric) -> str:
    """Return the true value as it goes into a cell: a number where it is one, 300–500 where it is a range."""
    low = plain_number(metric.value)
    return low if metric.value_max is None else f"{low}–{plain_number(metric.value_max)}"


def scope_text(metric: Metric) -> str:
    """Whose figure it is and for when."""
    return " · ".join(x for x in (metric.subject, metric.period) if x)
