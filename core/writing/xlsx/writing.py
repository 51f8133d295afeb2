"""Writes cases, figures and sources as an Excel file, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from core.writing.compilation import Choices, Compilation
from core.writing.xlsx import columns
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, Value, as_cell
from core.writing.xlsx.kept import FORM, SIGN, Keeper, sum_of

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_KNOWN = 20_000
"""So many cells are remembered with their sums."""
_LINKS = 65_000
"""So many links a sheet: Excel opens no more than 65 530."""
_ROWS = 1_048_575
"""Rows of a sheet below its head."""

_CASE_VALUES = [c.value for c in CASE_COLUMNS]
_FIGURE_VALUES = [c.value for c in FIGURE_COLUMNS]
_SOURCE_VALUES = [value for _, _, value in SOURCE_COLUMNS]
_CASE_LINK = [c.head for c in CASE_COLUMNS].index(columns.SOURCE_LINK)
_FIGURE_LINK = [c.head for c in FIGURE_COLUMNS].index(columns.SOURCE_LINK)


class RowsError(Exception):
    """More rows than a sheet holds, in words."""


def write(path: Path, compilation: Compilation, choices: Choices, library_id: str = "") -> Iterator[int]:
    """Write an .xlsx file, and yield how many cases are written after each; it is whole at the end.

    Every text is a text and every number a number; nothing becomes a formula or a date. Raises ``RowsError``.
    """
    import xlsxwriter

    from core.writing.xlsx.sheet import TextSheet

    book = xlsxwriter.Workbook(str(path), OPTIONS)
    try:
        book.set_properties({"title": compilation.title[:255]})
        sheets = _Sheets(book, library_id, TextSheet)
        for done, entry in enumerate(compilation.cases(), 1):
            sheets.add(entry.case, entry.metrics)
            yield done
        sheets.end()
    finally:
        # What is left unfinished is removed with its file; closing frees the files that its rows wait in.
        book.close()


class _Sheets:
    """The four sheets while they are filled."""

    def __init__(self, book: Any, library_id: str, sheet_class: type) -> None:
        self._class = sheet_class
        self._text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._number = book.add_format({"valign": "top"})
        self._link = book.add_format({"num_format": "@", "valign": "top", "font_color": "#1F5FBF", "underline": 1})
        head = book.add_format({"bold": True, "bg_color": "#F0F2F5", "bottom": 1, "valign": "vcenter"})
        self._cases = self._sheet(book, columns.CASES, [(c.head, c.width) for c in CASE_COLUMNS], head)
        self._figures = self._sheet(book, columns.FIGURES, [(c.head, c.width) for c in FIGURE_COLUMNS], head)
        self._sources = self._sheet(book, columns.SOURCES, [(name, width) for name, width, _ in SOURCE_COLUMNS], head)
        self._kept = book.add_worksheet(columns.KEPT, self._class)
        self._kept.very_hidden()
        for at, text in enumerate((SIGN, FORM, library_id)):
            self._kept.write_string(0, at, text)
        self._rows = {self._cases: 0, self._figures: 0, self._sources: 0, self._kept: 0}
        self._heads = {
            self._cases: len(CASE_COLUMNS),
            self._figures: len(FIGURE_COLUMNS),
            self._sources: len(SOURCE_COLUMNS),
        }
        self._links = 0
        self._known: dict[Value, tuple[str | float | None, int]] = {}
        self._keeper = Keeper((len(CASE_COLUMNS), len(FIGURE_COLUMNS)))
        self._cases.activate()

    def _sheet(self, book: Any, name: str, heads: Sequence[tuple[str, int]], head: Any) -> Any:
        sheet = book.add_worksheet(name, self._class)
        for at, (text, width) in enumerate(heads):
            is_id = text in (columns.ID, "案例编号")
            numeric = text in ("数值", "数值上限", "数据条数")
            sheet.set_column(at, at, width, self._number if numeric else self._text, {"hidden": is_id})
            sheet.write_string(0, at, text, head)
        sheet.freeze_panes(1, 3 if name == columns.FIGURES else 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def add(self, case: Any, metrics: Sequence[Any]) -> None:
        """Write a case, its figures and its sources."""
        if len(self._known) > _KNOWN:
            self._known.clear()
        source = self._rows[self._sources] + 2 if case.citations else 0
        for citation in case.citations:
            self._write(self._sources, [value(case, citation) for value in _SOURCE_VALUES], 0, 0)
        self._keep(self._cases, columns.CASES, case.id, [value(case) for value in _CASE_VALUES], source, _CASE_LINK)
        for metric in metrics:
            values = [value(case, metric) for value in _FIGURE_VALUES]
            self._keep(self._figures, columns.FIGURES, metric.id, values, source, _FIGURE_LINK)

    def _keep(self, sheet: Any, name: str, row_id: str, values: Sequence[Value], source: int, link_at: int) -> None:
        """Write a row, and in the hidden sheet what each of its cells said."""
        self._write_kept(self._keeper.add(name, row_id, self._write(sheet, values, source, link_at)))

    def _write_kept(self, told: str) -> None:
        if told:
            self._kept.write_string(self._next(self._kept), 0, told)

    def _write(self, sheet: Any, values: Sequence[Value], source: int, link_at: int) -> list[int]:
        """Write a row; the sums of its cells. Rows share many texts with each other."""
        row, known, sums = self._next(sheet), self._known, []
        write_string, write_number = sheet.write_string, sheet.write_number
        linked = link_at if source and self._links < _LINKS else -1
        for at, value in enumerate(values):
            told = known.get(value)
            if told is None:
                cell = as_cell(value)
                told = known[value] = cell, sum_of(cell)
            cell, cell_sum = told
            sums.append(cell_sum)
            if cell is None:
                continue
            if type(cell) is float:
                write_number(row, at, cell)
            elif at == linked:
                self._links += 1
                sheet.write_url(row, at, f"internal:'{columns.SOURCES}'!B{source}", self._link, cell)
            else:
                write_string(row, at, cell)
        return sums

    def _next(self, sheet: Any) -> int:
        self._rows[sheet] += 1
        if self._rows[sheet] > _ROWS:
            raise RowsError(f"一张工作表至多 {_ROWS} 行，放不下这么多。没有写。请分几次导出。")
        return self._rows[sheet]

    def end(self) -> None:
        """Write what is kept still, and put filters on the rows that are there."""
        self._write_kept(self._keeper.rest())
        for sheet, width in self._heads.items():
            sheet.autofilter(0, 0, self._rows[sheet], width - 1)
