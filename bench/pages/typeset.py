"""Stories set in columns: printed lines of one width, cut into columns of about equal height, placed on a sheet.

No mark ends up at a line's start, as in print, and nothing keeps a figure, name or word from being cut at a line's or
column's end. Every piece knows its place in the story's text, so the labels are exact by construction.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.pages.habits import Level, Style
from bench.pages.records import FOOT, HEAD, LOOSE, Block, Paragraph, Piece, Story, Words

_NOT_FIRST = frozenset("，。、；：！？”’）》」』】…,;:!?)%％")
_INDENT = "\u3000\u3000"
Slice = tuple[int, int, int]
"""Characters of a story's text: paragraph, start, end."""


@dataclass(slots=True)
class Setter:
    """Sets the stories of one page; what it breaks is counted in ``damage``, what it loses stands in ``lost``."""

    level: Level
    style: Style
    rnd: random.Random
    damage: Counter[str]
    lost: dict[int, list[Slice]]

    def blocks_of(self, number: int, story: Story) -> list[Block]:
        """A story's blocks in reading order: column head, headline, columns, foot; loose captions at the end."""
        sections = [w for w in story.head if w.role == "section" and w.kind == "sheet"]
        head = [w for w in story.head if w not in sections]
        out = [Block(None, HEAD, [[_piece(w, number)]], "sheet") for w in sections]
        if head:
            out.append(Block(number, HEAD, [[_piece(w, number)] for w in head], "title"))
        if story.kind == "caption":
            lines = [[Piece(p.text, "caption", number)] for p in story.paragraphs]
            lines += [[_piece(w, number)] for words in story.captions for w in words]
            return [*out, Block(number, 0, lines, "caption")]
        columns = self._columns(number, story.paragraphs)
        inline = [w for w in story.foot if w.role == "continued inline"]
        if inline and columns:
            columns[-1].lines[-1].append(_piece(inline[0], number))
        out += columns
        foot = [w for w in story.foot if w not in inline]
        if foot:
            out.append(Block(number, FOOT, [[_piece(w, number)] for w in foot], "foot"))
        out += [Block(number, LOOSE, [[_piece(w, number)] for w in words], "caption") for words in story.captions]
        return out

    def _columns(self, number: int, paragraphs: Sequence[Paragraph]) -> list[Block]:
        lines = printed_lines(paragraphs, self.style.width)
        if not lines:
            return []
        parts = self._parts(lines)
        blocks = []
        for column, part in enumerate(parts):
            after = parts[column + 1][0] if column + 1 < len(parts) else None
            kept = self._worn_cut(number, part, after, paragraphs)
            blocks.append(Block(number, column, self._physical(number, kept, paragraphs), "body"))
        return blocks

    def _parts(self, lines: Sequence[Slice]) -> list[list[Slice]]:
        """The lines of each column; a column may end anywhere in a printed line."""
        rnd, level = self.rnd, self.level
        if level.columns[0] > 999:
            return [list(lines)]
        wished = round(len(lines) / rnd.uniform(*level.columns) + 0.3)
        count = max(1, min(2 * self.style.columns, wished, len(lines)))
        height = len(lines) / count
        borders = [round(height * k + rnd.uniform(-0.12, 0.12) * height) for k in range(1, count)]
        edges = [0, *(self._snapped(min(max(b, 1), len(lines) - 1), lines) for b in borders), len(lines)]
        parts = [list(lines[a:b]) for a, b in pairwise(edges) if b > a]
        for here, after in pairwise(parts):
            paragraph, start, end = here[-1]
            if after[0][0] == paragraph and end - start > 3 and rnd.random() < level.free_cut:
                at = rnd.randint(start + 1, end - 1)
                here[-1] = (paragraph, start, at)
                after.insert(0, (paragraph, at, end))
                self.damage["cut inside a printed line"] += 1
        return parts

    def _snapped(self, border: int, lines: Sequence[Slice]) -> int:
        """A column's end, moved to the end of a paragraph close by now and then."""
        if self.rnd.random() < self.level.snap:
            near = [b for b in range(border - 2, border + 3) if 0 < b < len(lines) and lines[b][0] != lines[b - 1][0]]
            return min(near, key=lambda b: abs(b - border), default=border)
        return border

    def _worn_cut(
        self, number: int, part: list[Slice], after: Slice | None, paragraphs: Sequence[Paragraph]
    ) -> list[Slice]:
        """A column, some characters lost at its open end now and then."""
        paragraph, start, end = part[-1]
        is_open = after is not None and after[0] == paragraph and paragraphs[paragraph].kind == "body"
        if is_open and end - start > 6 and self.rnd.random() < self.level.lost:
            gone = self.rnd.randint(1, 3)
            self.lost.setdefault(number, []).append((paragraph, end - gone, end))
            self.damage["characters lost"] += gone
            return [*part[:-1], (paragraph, start, end - gone)]
        return part

    def _physical(self, number: int, part: Sequence[Slice], paragraphs: Sequence[Paragraph]) -> list[list[Piece]]:
        """The lines as they are copied: printed lines kept, or each paragraph's joined within the column."""
        out: list[list[Piece]] = []
        for i, (paragraph, start, end) in enumerate(part):
            kind = paragraphs[paragraph].kind
            piece = Piece(paragraphs[paragraph].text[start:end], kind, number, (paragraph, start))
            goes_on = i > 0 and part[i - 1][0] == paragraph
            if goes_on and not self.style.printed:
                out[-1][-1].text += piece.text
                continue
            if not goes_on and out and kind == out[-1][-1].kind == "body" and self.rnd.random() < self.level.merge:
                out[-1].append(piece)
                self.damage["paragraphs merged"] += 1
                continue
            if start == 0 and kind == "body" and self._indents():
                piece.prefix = _INDENT
            out.append([piece])
        return out

    def _indents(self) -> bool:
        return self.style.indent == "kept" or (self.style.indent == "some" and self.rnd.random() < 0.5)


def printed_lines(paragraphs: Sequence[Paragraph], width: int) -> list[Slice]:
    """Printed lines of one width; a paragraph's first line is two characters shorter.

    >>> printed_lines([Paragraph("body", "一二三四五六七八，九十。")], 6)
    [(0, 0, 4), (0, 4, 10), (0, 10, 12)]
    """
    out: list[Slice] = []
    for number, paragraph in enumerate(paragraphs):
        text, at = paragraph.text, 0
        while at < len(text):
            end = min(len(text), at + width - (2 if at == 0 and paragraph.kind == "body" else 0))
            while end < len(text) and text[end] in _NOT_FIRST and end - at < width + 3:
                end += 1
            out.append((number, at, end))
            at = end
    return out


def rewrapped(block: Block, width: int) -> list[list[Piece]]:
    """A block's lines in printed lines of one width."""
    out: list[list[Piece]] = []
    for line in block.lines:
        for piece in line:
            at = 0
            while at < len(piece.text):
                end = min(len(piece.text), at + width)
                while end < len(piece.text) and piece.text[end] in _NOT_FIRST and end - at < width + 2:
                    end += 1
                rank = (piece.rank[0], piece.rank[1] + at)
                out.append([Piece(piece.text[at:end], piece.kind, piece.article, rank, piece.role)])
                at = end
    return out


def place(stories: Sequence[Sequence[Block]], columns: int, rnd: random.Random) -> None:
    """Give every block a place on the sheet: shelves of one to three stories side by side."""
    order = list(range(len(stories)))
    if rnd.random() < 0.4:
        rnd.shuffle(order)
    top, at = 0.0, 0
    while at < len(order):
        shelf = order[at : at + rnd.choice((1, 2, 2, 3))]
        at += len(shelf)
        left, deep = 0, 1.0
        for number in shelf:
            own = stories[number]
            text = sum(0 <= b.column < FOOT for b in own)
            span = max(1, min(text, columns - left)) if left < columns else 1
            first = min(left, columns - 1)
            for block in own:
                if block.column == HEAD:
                    block.x, block.y = first, top
                elif block.column == LOOSE:
                    block.x, block.y = first + rnd.randrange(span), top + rnd.uniform(0.3, 0.9)
                else:
                    column = min(block.column, max(0, text - 1))
                    block.x = first + column % span
                    block.y = top + 0.1 + 0.5 * (column // span) + (0.05 if block.column == FOOT else 0)
            deep = max(deep, 1.0 + (max(text, 1) - 1) // span * 0.5)
            left += span
        top += deep


def _piece(words: Words, number: int) -> Piece:
    return Piece(words.text, words.kind, None if words.kind == "sheet" else number, role=words.role)
