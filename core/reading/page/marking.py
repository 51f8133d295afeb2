"""The printed lines of a page with what they show; two columns that were copied into one line are taken apart."""

from __future__ import annotations

from core.reading.page.columns import woven
from core.reading.page.lines import cells, physical_lines
from core.reading.page.ngrams import NGrams
from core.reading.page.signs import Marked, mark
from core.records import Span

_FEWEST_CELLS = 6


def mark_lines(text: str, grams: NGrams) -> list[Marked]:
    """Return the lines of a page in printed order, marked."""
    lines = list(physical_lines(text))
    found: list[Marked] = []
    for n, line in enumerate(lines):
        parts = [Span(*cell) for cell in cells(line)]
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        columns = woven(text, parts, below) if len(parts) >= _FEWEST_CELLS else None
        if columns is None:
            found.append(mark(line, grams))
            continue
        for column in columns:
            found.append(mark(line, grams, column, "".join([text[s.start : s.end] for s in column])))
    return found
