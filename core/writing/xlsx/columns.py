"""The columns of the sheets as data: what a cell holds, how wide it is, and what a changed one would change."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from core.records import APPROX_WORDS, MECHANISM_KINDS, STATE_WORDS, Case, Citation, Mechanism, Metric
from core.writing.case_table import STAR, figure_words
from core.writing.citations import reference
from core.writing.xml_text import whole

Value = str | Decimal | None
LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""
_CUT = "……（超出一格的长度，全文在案例库里）"
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""


class Column(NamedTuple):
    """A column: its head, width in characters, and what it holds of a row; ``field`` is what a change would change.

    Without a field the program works a cell out from others; a change of it is told and not taken.
    """

    head: str
    width: int
    value: Callable[[Case, Metric], Value]
    field: str = ""


class CaseColumn(NamedTuple):
    """A column of the sheet of cases."""

    head: str
    width: int
    value: Callable[[Case], Value]
    field: str = ""


ID = "编号"
CASES, FIGURES, SOURCES, KEPT = "案例", "数据", "出处", "案览"
"""The sheets; the last is hidden and holds what was written, to tell what was changed."""
SOURCE_LINK = "出处"

CASE_COLUMNS: tuple[CaseColumn, ...] = (
    CaseColumn(ID, 10, lambda c: c.id),
    CaseColumn("标题", 36, lambda c: c.title, "title"),
    CaseColumn("省", 10, lambda c: c.place.province, "province"),
    CaseColumn("市", 10, lambda c: c.place.city, "city"),
    CaseColumn("区县", 10, lambda c: c.place.county, "county"),
    CaseColumn("乡镇街道", 12, lambda c: c.place.town, "town"),
    CaseColumn("村社区", 12, lambda c: c.place.village, "village"),
    CaseColumn("主题", 20, lambda c: "；".join(c.themes), "themes"),
    CaseColumn("日期", 12, lambda c: c.published, "published"),
    CaseColumn("摘要", 40, lambda c: c.summary, "summary"),
    CaseColumn("背景", 40, lambda c: c.background, "background"),
    CaseColumn("做法", 60, lambda c: c.practice, "practice"),
    CaseColumn("成效", 40, lambda c: c.result, "result"),
    CaseColumn("机制", 30, lambda c: "；".join(map(_mechanism, c.mechanisms))),
    CaseColumn("数据条数", 9, lambda c: Decimal(len(c.metrics))),
    CaseColumn("核对", 8, lambda c: STATE_WORDS[c.state], "state"),
    CaseColumn(SOURCE_LINK, 40, lambda c: "；".join(filter(None, (x.text() for x in c.citations)))),
    CaseColumn("正文", 60, lambda c: "\n".join(c.body)),
    CaseColumn("标签", 16, lambda c: "；".join(c.tags), "tags"),
    CaseColumn("星标", 6, lambda c: STAR if c.starred else "", "starred"),
    CaseColumn("备注", 24, lambda c: c.note, "note"),
    CaseColumn("核对人", 12, lambda c: c.said_by),
)
FIGURE_COLUMNS: tuple[Column, ...] = (
    Column(ID, 10, lambda c, m: m.id),
    Column("案例编号", 10, lambda c, m: c.id),
    Column("案例", 30, lambda c, m: c.title),
    Column("地区", 20, lambda c, m: " · ".join(c.place.names)),
    Column("指标", 24, lambda c, m: m.indicator, "indicator"),
    Column("原文数值", 14, lambda c, m: figure_words(m), "printed"),
    Column("数值", 14, lambda c, m: m.value, "value"),
    Column("数值上限", 14, lambda c, m: m.value_max, "value_max"),
    Column("单位", 10, lambda c, m: m.unit, "unit"),
    Column("约数", 8, lambda c, m: APPROX_WORDS[m.approx], "approx"),
    Column("对象", 20, lambda c, m: m.subject, "subject"),
    Column("时期", 16, lambda c, m: m.period, "period"),
    Column("核对", 8, lambda c, m: STATE_WORDS[m.state], "state"),
    Column("原文", 50, lambda c, m: m.quote, "quote"),
    Column(SOURCE_LINK, 40, lambda c, m: "；".join(filter(None, (x.text() for x in c.citations)))),
    Column("核对人", 12, lambda c, m: m.said_by),
)
SOURCE_COLUMNS: tuple[tuple[str, int, Callable[[Case, Citation], str]], ...] = (
    ("案例编号", 10, lambda c, x: c.id),
    ("案例", 36, lambda c, x: c.title),
    ("报纸", 18, lambda c, x: x.paper),
    ("日期", 12, lambda c, x: x.published),
    ("版次", 8, lambda c, x: x.page_no),
    ("标题", 36, lambda c, x: x.headline),
    ("作者", 20, lambda c, x: "、".join(x.byline)),
    ("GB/T 7714", 60, lambda c, x: reference(x)),
)


def _mechanism(mechanism: Mechanism) -> str:
    kind = f"（{MECHANISM_KINDS[mechanism.kind]}）" if mechanism.kind else ""
    parts = "，".join(f"{part.label}={part.meaning}" for part in mechanism.parts)
    return mechanism.name + kind + (f"：{parts}" if parts else "")


def as_cell(value: Value) -> str | float | None:
    """Return what is written into a cell: a number where a spreadsheet keeps every digit, else a text, or None.

    >>> as_cell(Decimal("5E+7")), as_cell(Decimal("1234567890123456789")), as_cell("3-5"), as_cell("")
    (50000000.0, '1234567890123456789', '3-5', None)
    """
    if isinstance(value, Decimal):
        digits = len(value.normalize().as_tuple().digits)
        return float(value) if value.is_finite() and digits <= _DIGITS and abs(value.adjusted()) < 300 else f"{value:f}"
    if not value:
        return None
    if value.isprintable() and 2 * len(value) <= LONGEST:
        return value
    text = whole(value).replace("\r\n", "\n").replace("\r", "\n")
    return text if _units(text) <= LONGEST else _cut(text)


def is_cut(value: Value) -> bool:
    """Whether a cell holds less than the whole of it."""
    return isinstance(value, str) and _units(value) > LONGEST


def _units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def _cut(text: str) -> str:
    room = LONGEST - len(_CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + _CUT


def cell_text(cell: object) -> str:
    """Return what a cell says, so that what was written and what was read can be compared.

    >>> cell_text(50000000.0), cell_text(81.3), cell_text(" 甲\\r\\n乙 "), cell_text(None), cell_text(True)
    ('50000000', '81.3', '甲\\n乙', '', 'TRUE')
    """
    if isinstance(cell, str):
        return (cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float | Decimal):
        text = f"{Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return str(cell).strip()
