"""From printed lines to pieces of body text: lines of one column joined, columns printed in turn taken apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.reading.bridges import OPENERS
from core.reading.columns import woven
from core.reading.fragments import Fragment
from core.reading.layout import Item
from core.reading.lines import cells
from core.records import Span

_WIDEST_COLUMN = 62.0
_SET_IN_SHARE = 0.15
_FEWEST_CELLS = 6


def fragments_of(text: str, items: Sequence[Item], subheads: frozenset[int]) -> list[Fragment]:
    """The pieces of body text of a page in printed order; ``subheads`` are the items that head parts of an article."""
    body = [i for i, item in enumerate(items) if item.kind == "text" or i in subheads]
    sets_in = _sets_in(items, body)
    found: list[Fragment] = []
    for group in _blocks(items, body, subheads, sets_in):
        for spans in _pieces(text, items, group):
            words = "".join(text[s.start : s.end] for s in spans)
            first = items[group[0]].line
            found.append(
                Fragment(
                    len(found),
                    spans,
                    words,
                    group[-1],
                    group[0] in subheads,
                    first.indented if sets_in else None,
                    bool(found) and first.blanks == 0 and not first.indented and found[-1].item == group[0] - 1,
                )
            )
    return found


def _sets_in(items: Sequence[Item], body: Sequence[int]) -> bool:
    """Whether the page sets the first lines of paragraphs in, so that a line that isn't goes on with another."""
    inside = sum(items[i].line.indented for i in body)
    return bool(body) and _SET_IN_SHARE < inside / len(body) <= 1.0 and inside >= 2


def _blocks(
    items: Sequence[Item], body: Sequence[int], subheads: frozenset[int], sets_in: bool
) -> Iterator[list[int]]:
    """Runs of lines that are one paragraph set in one column, mostly of a single line each."""
    widths = {i: len(items[i].text.encode("gb18030", "replace")) / 2 for i in body}
    column = _column_width(items, body, widths)
    group: list[int] = []
    for i in body:
        if group and not _same_paragraph(items, group[-1], i, widths, column, subheads, sets_in):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _column_width(items: Sequence[Item], body: Sequence[int], widths: dict[int, float]) -> float:
    """The usual width of full lines where lines stand right below each other; 0 where the page has no such lines."""
    stacked = [i for i in body if items[i].line.blanks == 0 and 8 <= widths[i] <= _WIDEST_COLUMN]
    if len(stacked) < 4:
        return 0.0
    common = Counter(round(widths[i]) for i in stacked)
    width = max(common, key=lambda w: common[w - 1] + common[w] + common[w + 1])
    alike = common[width - 1] + common[width] + common[width + 1]
    return float(width) if alike >= max(3, 0.35 * len(stacked)) else 0.0


def _same_paragraph(
    items: Sequence[Item],
    before: int,
    i: int,
    widths: dict[int, float],
    column: float,
    subheads: frozenset[int],
    sets_in: bool,
) -> bool:
    line = items[i].line
    if not column or i != before + 1 or line.blanks or line.indented or {before, i} & subheads:
        return False
    full = widths[before] >= column - 3
    if items[before].text[-1] not in "。！？…”）)!?":
        return full and widths[before] <= column + 4
    return full and widths[before] <= column + 4 and (sets_in or not OPENERS.match(line.text))


def _pieces(text: str, items: Sequence[Item], group: Sequence[int]) -> list[tuple[Span, ...]]:
    """One piece, or two where the lines (or the parts of one line between spaces) are two columns in turn."""
    lines = [Span(items[i].line.start, items[i].line.end) for i in group]
    parts = [Span(*c) for c in cells(items[group[0]].line)] if len(group) == 1 else lines
    if len(parts) >= _FEWEST_CELLS:
        after = group[-1] + 1
        below = items[after].text if after < len(items) and items[after].kind == "text" else ""
        columns = woven(text, parts, below)
        if columns:
            return list(columns)
    return [tuple(lines)]
