"""Writes a comparison as an Excel file: a table side by side, every figure, what parts each two, mechanisms, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from core.comparing.sheet import QUALITY_WORDS, VERDICT_WORDS, Cell, Sheet
from core.comparing.table import plain_value, printed_words, reason_words, row_unit, verdict_words, way_words
from core.comparing.units import is_short
from core.records import APPROX_WORDS, STATE_WORDS
from core.writing.xlsx.columns import LONGEST, as_cell
from core.writing.xlsx.writing import OPTIONS
from core.writing.xml_text import whole

TABLE, FIGURES, PAIRS, MECHANISMS, TOLD, SOURCES = "对比", "数据", "可否相比", "机制", "做法", "出处"
"""The sheets."""
_SIGNS = {"": "", "up": "≥", "down": "≤", "both": "≈"}
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_PARTS = (("背景", "background"), ("做法", "practice"), ("成效", "result"))
_NAME = 31
"""Characters of the name of a sheet."""


class Number(NamedTuple):
    """A number as a cell holds it, with the sign that its format puts before it (≥, ≤, ≈)."""

    value: float
    sign: str


Written = Number | str
"""What stands in a cell; an empty text leaves it empty."""


def write(path: Path, sheet: Sheet) -> Iterator[int]:
    """Write an .xlsx file, and yield how many rows of figures are written; it is whole at the end.

    Every value that is one number is a number; what is open to one side (余, 近) shows its sign by its format. Units
    stand in a column of their own, ids in hidden ones.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), OPTIONS)
    try:
        book.set_properties({"title": whole(sheet.title)[:255]})
        pages = _Book(book)
        yield from _side_by_side(pages, sheet)
        _every_figure(pages, sheet)
        _pairs(pages, sheet)
        _mechanisms(pages, sheet)
        _told(pages, sheet)
        _sources(pages, sheet)
    finally:
        book.close()


class _Book:
    """Sheets with their formats, one being filled after the other."""

    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"valign": "top"}
        self._text = book.add_format({**base, "num_format": "@", "text_wrap": True})
        self._head = book.add_format(
            {"bold": True, "bg_color": "#F0F2F5", "bottom": 1, "valign": "vcenter", "text_wrap": True}
        )
        self._numbers = {
            sign: book.add_format({**base, "num_format": f'"{sign}"#,##0.######' if sign else "#,##0.######"})
            for sign in _SIGNS.values()
        }
        self._whole = {
            sign: book.add_format({**base, "num_format": f'"{sign}"#,##0' if sign else "#,##0"})
            for sign in _SIGNS.values()
        }
        self._page: Any = None
        self._row = 0
        self._width = 0

    def begin(self, name: str, heads: Sequence[tuple[str, int]], fixed: int = 1) -> None:
        """Begin a sheet with its head, which stays in sight; a head of width 0 is a hidden column."""
        self._page, self._row, self._width = self._book.add_worksheet(name[:_NAME]), 0, len(heads)
        for at, (text, width) in enumerate(heads):
            self._page.set_column(at, at, width or 10, None, {"hidden": width == 0})
            self._page.write_string(0, at, whole(text)[:LONGEST], self._head)
        self._page.freeze_panes(1, fixed)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(0)

    def add(self, values: Sequence[Written]) -> None:
        """Write a row."""
        self._row += 1
        for at, value in enumerate(values):
            if isinstance(value, Number):
                formats = self._whole if value.value.is_integer() else self._numbers
                self._page.write_number(self._row, at, value.value, formats[value.sign])
            elif value:
                self._page.write_string(self._row, at, str(as_cell(value)), self._text)

    def end(self) -> None:
        """Put filters on the rows that are there."""
        self._page.autofilter(0, 0, self._row, self._width - 1)


def number_of(cell: Cell, by: int = 1) -> Written:
    """Return the value in the unit of its row as a cell has it: a number where it is one, words for a range.

    >>> from decimal import Decimal
    >>> from core.comparing.sheet import Head
    >>> from core.records import Metric
    >>> head, metric = Head("", 0, "", "", (), "", ""), Metric("", Decimal(7), "人")
    >>> number_of(Cell(head, metric, Fraction(50_000), opens="up"), 10_000)
    Number(value=5.0, sign='≥')
    >>> number_of(Cell(head, metric, Fraction(7), Fraction(8)))
    '7–8'
    """
    if cell.value_max is not None:
        return plain_value(cell, by)
    return _number(cell.value / by, _SIGNS[cell.opens])


def _number(value: Fraction, sign: str = "") -> Written:
    """A number that a spreadsheet keeps with all its digits; one that had to be cut has ≈ before it."""
    if value.denominator == 1 and len(str(abs(value.numerator))) > _DIGITS:
        return f"{sign}{value.numerator}"
    return Number(float(value), sign or ("" if is_short(value, _DIGITS) else "≈"))


def _side_by_side(book: _Book, sheet: Sheet) -> Iterator[int]:
    heads = [("指标", 24), ("计法", 9), ("单位", 9)]
    for at, column in enumerate(sheet.columns, 1):
        heads += [(f"{at} {column.label}", 16), (f"{at} 印的字样", 20)]
    book.begin(TABLE, [*heads, ("可否相比", 30), ("指标归并", 12), ("原来的指标名", 30)])
    for at, row in enumerate(sheet.rows):
        unit, by = row_unit(row)
        line: list[Written] = [row.name, QUALITY_WORDS[row.quality], unit]
        for cells in row.cells:
            line.append(number_of(cells[0], by) if len(cells) == 1 else "；".join(plain_value(c, by) for c in cells))
            line.append("；".join(map(printed_words, cells)))
        book.add([*line, verdict_words(sheet, at), way_words(row), "；".join(row.names)])
        yield at + 1
    book.end()


_FIGURE_HEADS = (
    *(
        ("指标", 24),
        ("对比里的指标", 20),
        ("栏", 20),
        ("数值", 14),
        ("数值上限", 12),
        ("单位", 9),
        ("约数", 8),
        ("印的字样", 16),
    ),
    *(("时间", 14), ("对象", 16), ("核对", 8), ("原句", 50), ("案例", 30), ("出处", 40), ("编号", 0), ("案例编号", 0)),
)


def _every_figure(book: _Book, sheet: Sheet) -> None:
    """A figure a row, so that it can be sorted, filtered and worked with; the ids are hidden."""
    book.begin(FIGURES, _FIGURE_HEADS)
    for row in sheet.rows:
        unit, by = row_unit(row)
        for at, cells in enumerate(row.cells):
            for cell in cells:
                metric = cell.metric
                most = "" if cell.value_max is None else _number(cell.value_max / by)
                book.add([
                    *(metric.indicator, row.name, sheet.columns[at].label, _number(cell.value / by), most, unit),
                    *(APPROX_WORDS[metric.approx], metric.printed, metric.period or cell.when, metric.subject),
                    *(STATE_WORDS[metric.state], metric.quote, cell.case.title, cell.case.citation),
                    *(metric.id, cell.case.id),
                ])  # fmt: skip
    book.end()


def _pairs(book: _Book, sheet: Sheet) -> None:
    """What is said of each two figures."""
    heads = (
        ("指标", 24),
        ("一", 22),
        ("一的数据", 24),
        ("另一", 22),
        ("另一的数据", 24),
        ("可否相比", 12),
        ("哪里不同", 50),
    )
    book.begin(PAIRS, heads)
    for pair in sheet.pairs:
        left = sheet.rows[pair.row].cells[pair.left[0]][pair.left[1]]
        right = sheet.rows[pair.other_row].cells[pair.right[0]][pair.right[1]]
        labels = [sheet.columns[at].label for at, _ in (pair.left, pair.right)]
        said = "；".join(map(reason_words, pair.reasons))
        figures = [f"{c.metric.indicator} {printed_words(c)}" for c in (left, right)]
        name, verdict = sheet.rows[pair.row].name, VERDICT_WORDS[pair.verdict]
        book.add([name, labels[0], figures[0], labels[1], figures[1], verdict, said])
    book.end()


def _mechanisms(book: _Book, sheet: Sheet) -> None:
    book.begin(MECHANISMS, [("机制", 24), ("共有、独有", 10), *((c.label, 40) for c in sheet.columns)])
    for row in sheet.mechanisms:
        told = ["；".join(dict.fromkeys(m.note or "有" for _, m in cell)) for cell in row.cells]
        book.add([row.name, "共有" if row.is_shared else "独有", *told])
    book.end()


def _told(book: _Book, sheet: Sheet) -> None:
    book.begin(TOLD, [("", 10), *((c.label, 60) for c in sheet.columns)])
    for word, part in _PARTS:
        book.add([word, *(_texts(getattr(column, part), len(column.cases)) for column in sheet.columns)])
    book.add(["关键词", *("、".join(column.keywords) for column in sheet.columns)])
    book.end()


def _texts(told: Sequence[Any], cases: int) -> str:
    """The words of one case, or those of several under their titles."""
    return "\n\n".join(one.text if cases == 1 else f"【{one.case.title}】\n{one.text}" for one in told)


def _sources(book: _Book, sheet: Sheet) -> None:
    book.begin(
        SOURCES, [("栏", 24), ("案例", 36), ("地区", 24), ("主题", 24), ("日期", 12), ("出处", 60), ("案例编号", 0)]
    )
    for column in sheet.columns:
        for head in column.cases:
            themes = "；".join(head.themes)
            book.add([column.label, head.title, head.place, themes, head.published, head.citation, head.id])
    book.end()
