"""A comparison as it stands in a document: figures in one unit side by side, mechanisms, and what each place did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.comparing.sheet import Cell, Column, Sheet, Told
from core.comparing.table import plain_value, printed_words, row_unit, verdict_words
from core.writing.citations import quoted
from core.writing.compilation import Choices, state_mark
from core.writing.content.cases import heading
from core.writing.content.text import Text
from core.writing.prose import paragraphs

_INDICATOR, _UNIT, _VERDICT = 16, 8, 18
_PARTS = (("背景", "background"), ("做法", "practice"), ("成效", "result"))


def comparison(text: Text, sheet: Sheet, choices: Choices) -> Iterator[str]:
    """Return the document piece by piece; each figure is written as printed, with its value in the unit of the row."""
    yield text.paragraph(text.run(sheet.title, role="title"), "Title")
    yield from (text.paragraph(text.run(note)) for note in sheet.notes)
    if sheet.rows:
        yield heading(text, "数据对比", 1)
        yield from _figures(text, sheet, choices)
    if sheet.mechanisms:
        yield heading(text, "机制", 1)
        yield from _mechanisms(text, sheet)
    yield heading(text, "各自的做法", 1)
    for column in sheet.columns:
        yield heading(text, column.label, 2)
        yield from _told(text, column)
    yield text.notes()


def _figures(text: Text, sheet: Sheet, choices: Choices) -> Iterator[str]:
    each = (100 - _INDICATOR - _UNIT - _VERDICT) // len(sheet.columns)
    shares = (_INDICATOR, _UNIT, *[each] * len(sheet.columns), _VERDICT)
    yield text.table_start(("指标", "单位", *(c.label for c in sheet.columns), "可否相比"), shares)
    for at, row in enumerate(sheet.rows):
        unit, by = row_unit(row)
        cells = [text.paragraph(text.run(words), "CellText") for words in (row.name, unit)]
        for figures in row.cells:
            inside = text.run("；").join(_figure(text, figure, by, choices) for figure in figures)
            cells.append(text.paragraph(inside, "CellNumber"))
        yield text.row([*cells, text.paragraph(text.run(verdict_words(sheet, at)), "CellText")], shares)
    yield text.table_end()


def _figure(text: Text, cell: Cell, by: int, choices: Choices) -> str:
    """As printed, and in brackets what that is in the unit of the row where it reads otherwise."""
    printed, value = printed_words(cell), plain_value(cell, by)
    words = printed if printed.startswith(value) else f"{printed}〔{value}〕"
    mark = text.run(state_mark(cell.metric), "Unchecked") if choices.states else ""
    note = text.note(quoted(cell.case.citation, cell.case.title, cell.metric)) if choices.sources != "none" else ""
    return text.marked(text.run(words), cell.metric.id) + mark + note


def _mechanisms(text: Text, sheet: Sheet) -> Iterator[str]:
    each = 70 // len(sheet.columns)
    shares = (30, *[each] * len(sheet.columns))
    yield text.table_start(("机制", *(c.label for c in sheet.columns)), shares)
    for row in sheet.mechanisms:
        cells = [text.paragraph(text.run(row.name), "CellText")]
        for told in row.cells:
            said = "；".join(dict.fromkeys(m.note or "有" for _, m in told))
            cells.append(text.paragraph(text.run(said), "CellText"))
        yield text.row(cells, shares)
    yield text.table_end()


def _told(text: Text, column: Column) -> Iterator[str]:
    for head, name in _PARTS:
        told: Sequence[Told] = getattr(column, name)
        if told:
            yield heading(text, head, 3)
        for one in told:
            yield from (text.paragraph(text.run(paragraph)) for paragraph in paragraphs(one.text))
    for case in column.cases:
        yield text.paragraph(
            text.run(f"出处：{case.citation or f'《{case.title}》，出处未录'}。", role="second"), "Source"
        )
