"""How a figure is written for a reader: as printed without its unit, and as a true value in groups of digits."""

from __future__ import annotations

from decimal import Decimal

from core.records import APPROX_WORDS, Metric

THIN = "\u2005"
"""Between groups of three digits: the 千分空 of GB/T 15835-2011, a quarter of an em."""


def value_text(metric: Metric) -> str:
    """The figure as printed, without its unit: 50多万公斤 → 50多万.

    >>> value_text(Metric("增产", Decimal(500000), "公斤", approx="over", printed="50多万公斤"))
    '50多万'
    """
    text = metric.printed or normal_text(metric)
    return text[: -len(metric.unit)].rstrip() if metric.unit and text.endswith(metric.unit) else text


def normal_text(metric: Metric) -> str:
    """The true value in groups of three digits, with its approximation in words: 近4.5万 → 近 45 000."""
    words = APPROX_WORDS[metric.approx]
    numbers = grouped(metric.value, metric.unit)
    if metric.value_max is not None:
        numbers += "–" + grouped(metric.value_max, metric.unit)
    return f"{words} {numbers}" if words else numbers


def grouped(value: Decimal, unit: str = "") -> str:
    """45000 → 45 000; a year stays in one piece."""
    plain = plain_number(value)
    return plain if unit == "年" else f"{Decimal(plain):,f}".replace(",", THIN)


def plain_number(value: Decimal) -> str:
    """The value as a spreadsheet takes it: no exponent, no idle zeros.

    >>> plain_number(Decimal("5E+7")), plain_number(Decimal("99.20"))
    ('50000000', '99.2')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_cell(metric: Metric) -> str:
    """The true value as it goes into a cell: a number where it is one, 300–500 where it is a range."""
    low = plain_number(metric.value)
    return low if metric.value_max is None else f"{low}–{plain_number(metric.value_max)}"


def scope_text(metric: Metric) -> str:
    """Whose figure it is and for when."""
    return " · ".join(x for x in (metric.subject, metric.period) if x)
