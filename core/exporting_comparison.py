"""A comparison → a file: Word, Excel, HTML, CSV, TSV, JSON; the file is replaced only when the new one is whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from core import scratch
from core.comparing.sheet import Sheet
from core.exporting import Step, written
from core.writing.compilation import Choices

Form = Literal["docx", "xlsx", "html", "csv", "tsv", "json"]
Write = Callable[[Path, Sheet, Choices], Iterator[int]]
"""Writes a file of a comparison in the look that was chosen; yields how many rows are written."""


def export_comparison(sheet: Sheet, choices: Choices, form: Form | Write, target: Path) -> Iterator[Step]:
    """Write a comparison with the rows and columns that it has, in their order; yield as it goes on.

    What was there is replaced at the end, and stays when this is closed before. Raises ``core.exporting.ExportError``.
    """
    total = len(sheet.rows)
    with written(target) as new:
        yield Step(0, total)
        write = WRITERS[form] if isinstance(form, str) else form
        for done in write(new, sheet, choices):
            yield Step(done, total)
        scratch.sync(new)
        new.replace(target)


def _docx(new: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
    from core.writing.docx.writing import write_comparison

    with new.open("wb") as out:
        yield from _rows(sheet, write_comparison(out, sheet, choices))


def _xlsx(new: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
    from core.writing.xlsx.comparison import write

    yield from write(new, sheet)


def _html(new: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
    from core.writing.html.writing import write_comparison

    with new.open("w", encoding="utf-8", newline="\n") as out:
        yield from _rows(sheet, write_comparison(out, sheet, choices))


def _rows(sheet: Sheet, pieces: Iterator[None]) -> Iterator[int]:
    """How many rows are written after each piece, of which most are a row."""
    for at, _ in enumerate(pieces):
        yield min(at, len(sheet.rows))


def _json(new: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
    from core.writing.sheet_json import sheet_as_json

    # Half a character, which no file can hold, stands as \\ud800: in JSON that is the character itself.
    with new.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        json.dump(sheet_as_json(sheet), out, ensure_ascii=False, indent=1)
    yield len(sheet.rows)


def _table(delimiter: str) -> Write:
    """A table of texts for any spreadsheet: no cell of it becomes a formula or a date."""

    def write(new: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
        from core.comparing.table import figure_table
        from core.writing.cells import cell

        with new.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as out:
            lines = csv.writer(out, delimiter=delimiter)
            for done, line in enumerate(figure_table(sheet)):
                lines.writerow([cell(" ".join(text.split())) for text in line])
                yield done

    return write


WRITERS: Mapping[Form, Write] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "html": _html,
    "csv": _table(","),
    "tsv": _table("\t"),
    "json": _json,
}
