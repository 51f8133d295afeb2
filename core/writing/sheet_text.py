"""A comparison as lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from core.comparing.sheet import QUALITY_WORDS, Sheet
from core.comparing.table import pair_words, printed_words, row_unit, value_words, way_words


def sheet_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the columns, what they share, the mechanisms, and the rows of figures that more than one column has."""
    for at, column in enumerate(sheet.columns, 1):
        yield f"{at} {column.label}"
        yield from (f"    {head.id}\t{head.title}\t{head.citation}" for head in column.cases)
        if column.keywords:
            yield f"    关键词：{'、'.join(column.keywords)}"
    if sheet.shared_themes:
        yield f"共同主题：{'、'.join(sheet.shared_themes)}"
    for row in sheet.mechanisms:
        who = "、".join(str(at) for at, cell in enumerate(row.cells, 1) if cell)
        yield f"机制\t{row.name}\t{'共有' if row.is_shared else '独有'}（{who}）"
    yield from _rows(sheet)
    yield from sheet.notes


def _rows(sheet: Sheet) -> Iterator[str]:
    families = {row.family for row in sheet.rows if row.is_shared}
    families |= {sheet.rows[pair.row].family for pair in sheet.pairs}
    for at, row in enumerate(sheet.rows):
        if row.family not in families:
            continue
        unit, by = row_unit(row)
        yield f"\n{row.name}\t{QUALITY_WORDS[row.quality]}\t{unit}\t{way_words(row)}"
        for c, cell in enumerate(row.cells, 1):
            for figure in cell:
                said = f"{figure.metric.indicator}\t{printed_words(figure)}\t{value_words(figure, by)}"
                yield f"  {c}\t{said}\t“{figure.metric.quote}”"
        for pair in sheet.pairs:
            if pair.row == at:
                there = "" if pair.other_row == at else f"（{sheet.rows[pair.other_row].name}）"
                yield f"    {pair.left[0] + 1}—{pair.right[0] + 1}{there}\t{pair_words(pair)}"
