"""The order in which an extractor copies a sheet's blocks out, and what it does to their lines on the way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.pages.habits import Level, Style
from bench.pages.records import FOOT, HEAD, LOOSE, Block, Piece
from bench.pages.typeset import rewrapped

_NARROW = 0.5
"""Share of columns copied in turn that keep their printed lines."""
_GAPS = ("  ", "    ", "\u3000\u3000", "      ", "\t")


def copied(
    stories: list[list[Block]], level: Level, style: Style, rnd: random.Random, damage: Counter[str]
) -> list[Block]:
    """A page's blocks in the order of its text file."""
    damage[f"order {style.order}"] += 1
    for own in stories:
        _loosened(own, level, rnd, damage)
    flat = _ordered(stories, level, style, rnd)
    if level.tail_away:
        _throw_tails(flat, len(stories), level, rnd, damage)
    if rnd.random() < level.alternating:
        _alternate(flat, rnd, damage)
    if rnd.random() < level.side_by_side:
        _side_by_side(flat, rnd, damage)
    return flat


def _loosened(own: list[Block], level: Level, rnd: random.Random, damage: Counter[str]) -> None:
    """One story's own disorder: columns backwards, captions anywhere, the headline below its text."""
    text = [i for i, b in enumerate(own) if b.kind == "body"]
    if len(text) > 1 and rnd.random() < level.backwards:
        own[text[0] : text[-1] + 1] = own[text[0] : text[-1] + 1][::-1]
        damage["columns backwards"] += 1
    for caption in [b for b in own if b.column == LOOSE]:
        own.remove(caption)
        own.insert(rnd.randint(1, len(own)), caption)
    if text and rnd.random() < level.title_late:
        head = next(b for b in own if b.kind == "title")
        own.remove(head)
        last = rnd.random() < level.title_last
        at = len(own) if last else next(i for i, b in enumerate(own) if b.kind == "body") + 1
        own.insert(at, head)
        head.x, head.y = own[at - 1].x, own[at - 1].y + 0.02
        damage["body above its title"] += 1


def _ordered(stories: Sequence[list[Block]], level: Level, style: Style, rnd: random.Random) -> list[Block]:
    if style.order == "columns":
        return sorted((b for own in stories for b in own), key=lambda b: (int(b.x), b.y))
    if style.order == "zip":
        return _zipped(stories, rnd)
    flat = [b for own in stories for b in own]
    if style.order == "stray":
        loose = [b for b in flat if b.kind == "body" and b.column > 0]
        for block in rnd.sample(loose, min(rnd.randint(*level.strays), len(loose))):
            flat.remove(block)
            flat.insert(rnd.randint(0, len(flat)), block)
    return flat


def _zipped(stories: Sequence[list[Block]], rnd: random.Random) -> list[Block]:
    """Two or three stories block by block in turn; most headlines stay with the first column of their text."""
    out: list[Block] = []
    at = 0
    while at < len(stories):
        group = [list(own) for own in stories[at : at + rnd.choice((1, 2, 2, 3))]]
        at += len(group)
        for own in group:
            heads = [b for b in own if b.column == HEAD]
            if rnd.random() < 0.85 and len(own) > len(heads):
                first = next(i for i, b in enumerate(own) if b.column != HEAD)
                own[: first + 1] = [_joined(own[: first + 1])]
        for k in range(max(map(len, group))):
            out += [own[k] for own in group if k < len(own)]
    return [part for block in out for part in _parts(block)]


def _joined(blocks: list[Block]) -> Block:
    """Blocks that travel together, to be taken apart again by ``_parts``."""
    return _Bundle(blocks[0].article, blocks[0].column, [], "bundle", blocks[0].x, blocks[0].y, blocks)


def _parts(block: Block) -> list[Block]:
    return block.blocks if isinstance(block, _Bundle) else [block]


class _Bundle(Block):
    __slots__ = ("blocks",)

    def __init__(
        self,
        article: int | None,
        column: int,
        lines: list[list[Piece]],
        kind: str,
        x: float,
        y: float,
        blocks: list[Block],
    ) -> None:
        super().__init__(article, column, lines, kind, x, y)
        self.blocks = blocks


def _throw_tails(flat: list[Block], stories: int, level: Level, rnd: random.Random, damage: Counter[str]) -> None:
    """The last column of some stories behind the story's names, another headline, or everything else."""
    for number in range(stories):
        text = [b for b in flat if b.article == number and b.kind == "body"]
        if len(text) < 2 or rnd.random() >= level.tail_away:
            continue
        tail = max(text, key=lambda b: b.column)
        foot = next((b for b in flat if b.article == number and b.column == FOOT), None)
        flat.remove(tail)
        where = rnd.choice(("names", "headline", "end"))
        heads = [i for i, b in enumerate(flat) if b.kind == "title" and b.article != number]
        if where == "names" and foot:
            flat.insert(flat.index(foot) + 1, tail)
        elif where == "names" and (names := _names_apart(flat, number)):
            rest = [b for b in text if b is not tail]
            flat.insert(flat.index(rest[-1]) + 1, names)
            flat.insert(flat.index(names) + 1, tail)
        elif where == "headline" and heads:
            flat.insert(rnd.choice(heads) + 1, tail)
        else:
            flat.append(tail)
        damage["tail elsewhere"] += 1


def _names_apart(flat: list[Block], number: int) -> Block | None:
    """The names taken out of a story's headline block, as a block of their own."""
    head = next((b for b in flat if b.article == number and b.kind == "title"), None)
    lines = [line for line in head.lines if line[0].kind == "byline"] if head else []
    if not head or not lines or len(lines) == len(head.lines):
        return None
    head.lines = [line for line in head.lines if line not in lines]
    return Block(number, FOOT, lines, "foot", head.x, head.y)


def _neighbours(flat: Sequence[Block], shortest: int) -> list[int]:
    """Places where two columns of text follow each other."""
    return [
        i
        for i, (a, b) in enumerate(pairwise(flat))
        if a.kind == b.kind == "body" and min(_length(a), _length(b)) >= shortest
    ]


def _length(block: Block) -> int:
    return sum(len(p.text) for line in block.lines for p in line)


def _alternate(flat: list[Block], rnd: random.Random, damage: Counter[str]) -> None:
    """Two neighbouring columns copied line by line in turn, in lines as they were printed now and then."""
    spots = _neighbours(flat, 60)
    if not spots:
        return
    at = rnd.choice(spots)
    pair = flat[at], flat[at + 1]
    columns = [b.lines for b in pair]
    if rnd.random() < _NARROW:
        width = rnd.randint(10, 20)
        columns = [rewrapped(b, width) for b in pair]
    lines = [own[k] for k in range(max(map(len, columns))) for own in columns if k < len(own)]
    flat[at : at + 2] = [Block(None, 0, lines, "mixed", pair[0].x, pair[0].y)]
    damage["columns alternating"] += 1


def _side_by_side(flat: list[Block], rnd: random.Random, damage: Counter[str]) -> None:
    """Two neighbouring columns with the printed lines of both in one physical line, left and right."""
    spots = _neighbours(flat, 30)
    if not spots:
        return
    at = rnd.choice(spots)
    width = rnd.randint(10, 20)
    gap = rnd.choice(_GAPS)
    left, right = rewrapped(flat[at], width), rewrapped(flat[at + 1], width)
    lines: list[list[Piece]] = []
    for k in range(max(len(left), len(right))):
        if k >= len(left):
            right[k][0].before = "\u3000" * (width + 1) + gap if rnd.random() < 0.5 else ""
            lines.append(right[k])
        elif k >= len(right):
            lines.append(left[k])
        else:
            room = width + 2 - len(left[k][0].text)
            right[k][0].before = ("\u3000" * max(0, room) if gap != "\t" else "") + gap
            lines.append([*left[k], *right[k]])
    flat[at : at + 2] = [Block(None, 0, lines, "mixed", flat[at].x, flat[at].y)]
    damage["columns in one line"] += 1
