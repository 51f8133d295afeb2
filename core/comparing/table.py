"""A comparison as one table of texts, for copying and printing: printed forms beside exact values, and the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.comparing.sheet import QUALITY_WORDS, VERDICT_WORDS, WAY_WORDS, Cell, Pair, Reason, Row, Sheet
from core.comparing.units import is_short, scale_of, written
from core.records import Metric

_SIGNS = {"up": "≥", "down": "≤", "both": "≈", "": ""}


def row_unit(row: Row) -> tuple[str, int]:
    """Return the unit of a row as it is written, and by what its values are divided: 万元, 10 000."""
    values = [v for cell in row.cells for c in cell for v in (c.value, c.value_max) if v is not None]
    word, by = scale_of(values, row.unit)
    return f"{word}{row.unit}", by


def value_words(cell: Cell, by: int = 1) -> str:
    """Return the exact value in the unit of the row; its openness stays: ≥ 50, 7–8.

    >>> from decimal import Decimal
    >>> from core.comparing.sheet import Head
    >>> value_words(Cell(Head("", 0, "", "", (), "", ""), Metric("", Decimal(50), "人"), Fraction(50), opens="up"))
    '≥50'
    """
    low = written(cell.value / by)
    high = "" if cell.value_max is None else f"–{written(cell.value_max / by)}"
    return _SIGNS[cell.opens] + low + high


def plain_value(cell: Cell, by: int = 1) -> str:
    """Return the value as a spreadsheet takes it where it is one exact number, as words elsewhere."""
    value = cell.value / by
    if cell.opens or cell.value_max is not None or not is_short(value):
        return value_words(cell, by)
    return written(value).replace("\u2005", "")


def printed_words(cell: Cell) -> str:
    """Return the printed form with the time that it is of."""
    metric: Metric = cell.metric
    time = metric.period or cell.when
    return f"{metric.printed or written(Fraction(metric.value)) + metric.unit}" + (f"（{time}）" if time else "")


def reason_words(reason: Reason) -> str:
    """Return a reason with the words that say so: 时间不同（2022年 / 2021年）."""
    said = " / ".join(word or "—" for word in (reason.left, reason.right)) if reason.left or reason.right else ""
    return VERDICT_WORDS[reason.verdict] + (f"（{said}）" if said else "")


def pair_words(pair: Pair) -> str:
    """Return what is said of a pair: its verdict, and everything else that parts the two."""
    return "；".join(map(reason_words, pair.reasons)) or VERDICT_WORDS["comparable"]


def verdict_words(sheet: Sheet, row: int) -> str:
    """Return the verdicts of a row: one where all pairs have the same, else pair by pair."""
    said = {pair: pair_words(pair) for pair in sheet.pairs_of(row) if pair.left[1] == pair.right[1] == 0}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return "；".join(f"{p.left[0] + 1}—{p.right[0] + 1}：{words}" for p, words in said.items())


def way_words(row: Row) -> str:
    """Return how the names of a row were brought together, with how sure that is when a machine did it."""
    sure = f" {round(row.confidence * 100)}%" if row.way in ("synonym", "alike") else ""
    return WAY_WORDS[row.way] + sure


def figure_table(sheet: Sheet, rows: Sequence[int] | None = None) -> list[list[str]]:
    """Return the figures as a table with a head: each column printed, and its value in the unit of the row."""
    head = ["指标", "计法", "单位"]
    head += [text for column in sheet.columns for text in (column.label, "折合")]
    out = [[*head, "可否相比", "指标归并", "原来的指标名"]]
    for at in range(len(sheet.rows)) if rows is None else rows:
        row = sheet.rows[at]
        unit, by = row_unit(row)
        line = [row.name, QUALITY_WORDS[row.quality], unit]
        for cell in row.cells:
            line += ["；".join(map(printed_words, cell)), "；".join(plain_value(c, by) for c in cell)]
        out.append([*line, verdict_words(sheet, at), way_words(row), "；".join(row.names)])
    return out
