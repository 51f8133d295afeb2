"""Seconds and memory for 1 000 cases to .docx and .xlsx, beside the bare library that writes the same rows.

The bare library is what one would write with it in a few lines: python-docx with a paragraph for each heading and
paragraph and a table of the figures, without notes; xlsxwriter with the same cells without links and what is kept to
take the file back. Each runs in a process of its own, in which the cases lie in memory before.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import table
from bench.corpus import generate
from core.records import Case
from core.writing.case_table import figure_words
from core.writing.compilation import Choices, Compilation, Entry
from core.writing.figure_text import scope_text
from core.writing.prose import parts_of

CASES = 1000
LIMITS = {"xlsx": 1.3}
"""Times what the bare library takes."""
RUNS = 3


def our_docx(cases: Sequence[Case], path: Path) -> None:
    from core.writing.docx.writing import write

    with path.open("wb") as out:
        for _ in write(out, Compilation("汇编", map(Entry, cases), len(cases)), Choices()):
            pass


def bare_docx(cases: Sequence[Case], path: Path) -> None:
    import docx

    document: Any = docx.Document()
    for case in cases:
        document.add_heading(case.title, 1)
        for head, paragraphs in parts_of(case):
            if head:
                document.add_heading(head, 2)
            for paragraph in paragraphs:
                document.add_paragraph(paragraph)
        for mechanism in case.mechanisms:
            document.add_paragraph(mechanism.name + mechanism.note)
        table = document.add_table(1 + len(case.metrics), 4)
        for row, metric in zip(table.rows[1:], case.metrics, strict=True):
            cells = (metric.indicator, figure_words(metric), scope_text(metric), metric.state)
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))


def our_xlsx(cases: Sequence[Case], path: Path) -> None:
    from core.writing.xlsx.writing import write

    for _ in write(path, Compilation("汇编", map(Entry, cases), len(cases)), Choices()):
        pass


def bare_xlsx(cases: Sequence[Case], path: Path) -> None:
    import xlsxwriter

    from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, as_cell

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheets = [book.add_worksheet() for _ in range(3)]
    at = [0, 0, 0]

    def add(sheet: int, values: Sequence[Any]) -> None:
        at[sheet] += 1
        sheets[sheet].write_row(at[sheet], 0, values)

    for case in cases:
        add(0, [as_cell(column.value(case)) for column in CASE_COLUMNS])
        for metric in case.metrics:
            add(1, [as_cell(column.value(case, metric)) for column in FIGURE_COLUMNS])
        for citation in case.citations:
            add(2, [value(case, citation) for _, _, value in SOURCE_COLUMNS])
    book.close()


WAYS: dict[str, Callable[[Sequence[Case], Path], None]] = {
    "docx": our_docx,
    "docx-bare": bare_docx,
    "xlsx": our_xlsx,
    "xlsx-bare": bare_xlsx,
}


def measured(way: str) -> tuple[float, float, float]:
    """Seconds, megabytes at the highest, and kilobytes of the file, of one run in a process of its own."""
    out = subprocess.run([sys.executable, "-m", "bench.writing", way], check=True, capture_output=True, text=True)
    seconds, peak, size = map(float, out.stdout.split())
    return seconds, peak, size


def run_one(way: str) -> None:
    cases = list(generate(CASES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{way[:4]}"
        begun = time.process_time()
        WAYS[way](cases, path)
        seconds = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(seconds, peak, os.path.getsize(path) / 1024)


def main(argv: Sequence[str]) -> int:
    if argv:
        run_one(argv[0])
        return 0
    cases = list(generate(CASES))
    print(f"{len(cases)} cases, {sum(len(case.metrics) for case in cases)} figures; processor seconds, best of {RUNS}")
    best = {way: min(measured(way) for _ in range(RUNS)) for way in WAYS}
    for way, (seconds, peak, size) in best.items():
        bare = best[f"{way[:4]}-bare"][0]
        print(f"{way:10} {seconds:6.2f} s  {seconds / bare:5.2f} ×  peak {peak:4.0f} MB  file {size:6.0f} kB")
        if not way.endswith("-bare"):
            limit = LIMITS.get(way)
            table.report(
                [table.Row(f"writing {way}", f"{CASES} cases", "s", seconds, limit, bare, "bare library", True)]
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
