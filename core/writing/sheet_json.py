"""A comparison as JSON: every value as text, exact (a fraction where it has no end), beside what was printed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from core.comparing.sheet import QUALITY_WORDS, VERDICT_WORDS, WAY_WORDS, Cell, Column, Pair, Sheet
from core.comparing.table import row_unit


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    """Return a comparison as plain data."""
    return {
        "title": sheet.title,
        "columns": [_column(column) for column in sheet.columns],
        "shared": {"themes": list(sheet.shared_themes), "keywords": list(sheet.shared_keywords)},
        "mechanisms": [
            {"name": row.name, "shared": row.is_shared, "cases": [[head.id for head, _ in cell] for cell in row.cells]}
            for row in sheet.mechanisms
        ],
        "figures": [
            {
                "indicator": row.name,
                "quality": QUALITY_WORDS[row.quality],
                "unit": row.unit,
                "shown_in": row_unit(row)[0],
                "family": row.family,
                "joined": {"by": WAY_WORDS[row.way], "confidence": row.confidence, "names": list(row.names)},
                "cells": [[_cell(cell) for cell in cells] for cells in row.cells],
            }
            for row in sheet.rows
        ],
        "pairs": [_pair(pair) for pair in sheet.pairs],
        "notes": list(sheet.notes),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "keywords": list(column.keywords),
        "cases": [
            {"id": h.id, "title": h.title, "place": h.place, "themes": list(h.themes), "source": h.citation}
            for h in column.cases
        ],
        **{
            part: [{"id": told.case.id, "text": told.text} for told in getattr(column, part)]
            for part in ("background", "practice", "result")
        },
    }


def _cell(cell: Cell) -> dict[str, Any]:
    metric = cell.metric
    return {
        "case": cell.case.id,
        "indicator": metric.indicator,
        "printed": metric.printed,
        "quote": metric.quote,
        "subject": metric.subject,
        "period": metric.period,
        "time": cell.when,
        "value": _exact(cell.value),
        "value_max": None if cell.value_max is None else _exact(cell.value_max),
        "open": cell.opens,
        "state": metric.state,
    }


def _exact(value: Fraction) -> str:
    """5/2 → 2.5; 20/3 stays."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "row": pair.row,
        "left": list(pair.left),
        "other_row": pair.other_row,
        "right": list(pair.right),
        "verdict": VERDICT_WORDS[pair.verdict],
        "reasons": [[VERDICT_WORDS[r.verdict], r.left, r.right] for r in pair.reasons],
    }
