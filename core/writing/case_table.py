"""Cases and figures as CSV tables that Excel and WPS open as they are, each text as text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from core.records import APPROX_WORDS, MECHANISM_KINDS, STATE_WORDS, Case, Mechanism, Metric
from core.writing.cells import cell
from core.writing.figure_text import plain_number

STAR = "★"
"""What stands for a star in a cell."""

CASE_COLUMNS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("编号", lambda c: c.id),
    ("标题", lambda c: _title(c)),
    ("省", lambda c: c.place.province),
    ("市", lambda c: c.place.city),
    ("区县", lambda c: c.place.county),
    ("乡镇街道", lambda c: c.place.town),
    ("主题", lambda c: "；".join(c.themes)),
    ("日期", lambda c: c.published),
    ("状态", lambda c: STATE_WORDS[c.state]),
    ("核对人", lambda c: c.said_by),
    ("标签", lambda c: "；".join(c.tags)),
    ("星标", lambda c: STAR if c.starred else ""),
    ("备注", lambda c: c.note),
    ("摘要", lambda c: c.summary),
    ("背景", lambda c: c.background),
    ("做法", lambda c: c.practice),
    ("成效", lambda c: c.result),
    ("机制", lambda c: "；".join(_mechanism_text(m) for m in c.mechanisms)),
    ("数据", lambda c: "；".join(f"{m.indicator} {figure_words(m)}" for m in c.metrics)),
    ("正文", lambda c: "\n".join(c.body)),
    ("出处", lambda c: "；".join(x.text() for x in c.citations)),
)
FIGURE_COLUMNS: tuple[tuple[str, Callable[[Case, Metric], str]], ...] = (
    ("编号", lambda c, m: m.id),
    ("指标", lambda c, m: m.indicator),
    ("数值（原文）", lambda c, m: m.printed),
    ("归一值", lambda c, m: plain_number(m.value)),
    ("上限", lambda c, m: plain_number(m.value_max) if m.value_max is not None else ""),
    ("单位", lambda c, m: m.unit),
    ("约数", lambda c, m: APPROX_WORDS[m.approx]),
    ("对象", lambda c, m: m.subject),
    ("时期", lambda c, m: m.period),
    ("引文", lambda c, m: m.quote),
    ("状态", lambda c, m: STATE_WORDS[m.state]),
    ("核对人", lambda c, m: m.said_by),
    ("案例", lambda c, m: _title(c)),
    ("地区", lambda c, m: " · ".join(c.place.names)),
    ("案例编号", lambda c, m: c.id),
    ("出处", lambda c, m: "；".join(x.text() for x in c.citations)),
)


def _title(case: Case) -> str:
    """The title, and that the case is damaged where it is: a table goes where nobody sees what the window says."""
    return f"（有损坏）{case.title}" if case.fault else case.title


def write_case_table(cases: Iterable[Case], out: TextIO) -> Iterator[int]:
    """Write one row a case, with a head row; yield how many cases are written after each."""
    table = csv.writer(out)
    table.writerow([head for head, _ in CASE_COLUMNS])
    for done, case in enumerate(cases, 1):
        table.writerow([cell(text(case)) for _, text in CASE_COLUMNS])
        yield done


def write_figure_table(cases: Iterable[Case], out: TextIO) -> Iterator[int]:
    """Write one row a figure, with a head row; yield how many cases are written after each."""
    table = csv.writer(out)
    table.writerow([head for head, _ in FIGURE_COLUMNS])
    for done, case in enumerate(cases, 1):
        for metric in case.metrics:
            table.writerow([cell(text(case, metric)) for _, text in FIGURE_COLUMNS])
        yield done


def figure_words(metric: Metric) -> str:
    """Return the figure as printed, its unit included; its true value where unit or 万 are printed elsewhere.

    >>> from decimal import Decimal
    >>> figure_words(Metric("奖励", Decimal(200000), "元", printed="20"))
    '200000元'
    >>> figure_words(Metric("参与", Decimal(60), "户", approx="over", printed="60余户"))
    '60余户'
    """
    return true_value_text(metric) if not metric.printed or metric.printed.isdecimal() else metric.printed


def true_value_text(metric: Metric) -> str:
    """Return the normalised value with its unit: 约62000小时, 3–5个."""
    top = f"–{plain_number(metric.value_max)}" if metric.value_max is not None else ""
    return f"{APPROX_WORDS[metric.approx]}{plain_number(metric.value)}{top}{metric.unit}"


def _mechanism_text(mechanism: Mechanism) -> str:
    kind = f"（{MECHANISM_KINDS[mechanism.kind]}）" if mechanism.kind else ""
    parts = "，".join(f"{part.label}={part.meaning}" for part in mechanism.parts)
    return mechanism.name + kind + (f"：{parts}" if parts else "")
