"""From printed lines to pieces of body text: lines of one column joined, columns printed in turn taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.reading.page.columns import woven
from core.reading.page.lines import BULLET, Item, cells, width_of
from core.reading.page.pieces import Piece
from core.reading.page.seams import OPENERS
from core.records import Span
from core.text.clauses import breaks_off

_WIDEST_COLUMN = 62.0
_NARROWEST_COLUMN = 9.0
_SET_IN_SHARE = 0.15
_FEWEST_CELLS = 6
_FEWEST_STRIPS = 6


@dataclass(slots=True)
class _Block:
    """Lines set right below each other in one column, as one paragraph or a part of one."""

    lines: list[int]
    size: int = 0
    width: float = 0.0
    """The most characters in a line, and the widest line in full-width characters."""

    def takes(self, size: int, width: float) -> bool:
        """Return whether a line is no longer than the block's lines are."""
        slack = 3 if len(self.lines) == 1 else 1
        return size <= self.size + slack or width <= self.width + slack

    def is_full(self, size: int, width: float) -> bool:
        """Return whether a line reaches the edge of the column."""
        return size >= self.size - 2 or width >= self.width - 2.5

    def add(self, line: int, size: int, width: float) -> None:
        self.lines.append(line)
        self.size, self.width = max(self.size, size), max(self.width, width)


def pieces_of(text: str, items: Sequence[Item], subheads: frozenset[int]) -> list[Piece]:
    """Return the pieces of body text of a page in printed order; ``subheads`` are items that head parts of articles."""
    body = [i for i, item in enumerate(items) if item.kind == "text" or i in subheads]
    sets_in = _sets_in(items, body)
    blocks = list(_blocks(items, body, subheads, sets_in))
    found: list[Piece] = []
    for group in _with_strips(text, items, blocks, subheads):
        for spans in _columns_of(text, items, group):
            found.append(_piece(text, items, group, spans, found, subheads, sets_in))
    return found


def _piece(
    text: str,
    items: Sequence[Item],
    block: _Block,
    spans: tuple[Span, ...],
    before: Sequence[Piece],
    subheads: frozenset[int],
    sets_in: bool,
) -> Piece:
    first, last = items[block.lines[0]].line, items[block.lines[-1]].line
    column = (block.size, block.width) if len(block.lines) > 1 else None
    tight = bool(before) and not first.blanks and not first.indented and before[-1].item == block.lines[0] - 1
    return Piece(
        number=len(before),
        spans=spans,
        text="".join([text[s.start : s.end] for s in spans]),
        item=block.lines[-1],
        subhead=block.lines[0] in subheads,
        indented=first.indented if sets_in else None,
        glued=tight and not before[-1].cut_short,
        column=column,
        cut_short=column is not None and not block.is_full(len(last.text) + 1, width_of(last.text) + 1),
    )


def _sets_in(items: Sequence[Item], body: Sequence[int]) -> bool:
    """Whether the page sets the first lines of paragraphs in, so that a line that isn't goes on with another."""
    inside = sum(items[i].line.indented for i in body)
    return inside >= 2 and inside / len(body) > _SET_IN_SHARE


def _blocks(items: Sequence[Item], body: Sequence[int], subheads: frozenset[int], sets_in: bool) -> Iterator[_Block]:
    """Runs of lines that are one paragraph set in one column, mostly of a single line each."""
    block: _Block | None = None
    for i in body:
        text = items[i].text
        size, width = len(text), width_of(text) if len(text) <= _WIDEST_COLUMN else 2 * _WIDEST_COLUMN
        tight = block is not None and i == block.lines[-1] + 1 and not items[i].line.blanks
        if block and tight and not {block.lines[-1], i} & subheads and _goes_on(items, block, i, size, width, sets_in):
            block.add(i, size, width)
            continue
        if block:
            yield block
        block = _Block([i], size, width)
    if block:
        yield block


def _goes_on(items: Sequence[Item], block: _Block, i: int, size: int, width: float, sets_in: bool) -> bool:
    """Whether a line right below a block belongs to the same paragraph."""
    line, last = items[i].line, items[block.lines[-1]].text
    if line.indented or BULLET.match(line.text) or not block.takes(size, width):
        return False
    if width > _WIDEST_COLUMN or block.width < _NARROWEST_COLUMN:
        return False
    if not block.is_full(len(last), width_of(last)):
        return False
    return breaks_off(last) or sets_in or not OPENERS.match(line.text)


def _with_strips(
    text: str, items: Sequence[Item], blocks: Sequence[_Block], subheads: frozenset[int]
) -> Iterator[_Block]:
    """The blocks, with runs of single narrow lines of one width put together where they are two columns in turn."""
    run: list[_Block] = []
    for block in blocks:
        if not (_is_strip(block, subheads) and (not run or block.lines[0] == run[-1].lines[-1] + 1)):
            yield from _put_together(text, items, run)
            run = []
        if _is_strip(block, subheads):
            run.append(block)
        else:
            yield block
    yield from _put_together(text, items, run)


def _is_strip(block: _Block, subheads: frozenset[int]) -> bool:
    return len(block.lines) == 1 and block.width <= _WIDEST_COLUMN / 2 and block.lines[0] not in subheads


def _put_together(text: str, items: Sequence[Item], run: Sequence[_Block]) -> Iterator[_Block]:
    lines = [i for block in run for i in block.lines]
    spans = [Span(items[i].line.start, items[i].line.end) for i in lines]
    if len(run) >= _FEWEST_STRIPS and woven(text, spans, _below(items, lines[-1])):
        yield _Block(lines, max(b.size for b in run), max(b.width for b in run))
    else:
        yield from run


def _below(items: Sequence[Item], i: int) -> str:
    """The body text right below a line."""
    return items[i + 1].text if i + 1 < len(items) and items[i + 1].kind == "text" else ""


def _columns_of(text: str, items: Sequence[Item], block: _Block) -> list[tuple[Span, ...]]:
    """One piece, or two where the lines (or the parts of one line between spaces) are two columns in turn."""
    lines = [Span(items[i].line.start, items[i].line.end) for i in block.lines]
    parts = [Span(*c) for c in cells(items[block.lines[0]].line)] if len(lines) == 1 else lines
    columns = woven(text, parts, _below(items, block.lines[-1])) if len(parts) >= _FEWEST_CELLS else None
    return list(columns) if columns else [tuple(lines)]
