"""Where a text of several documents is parted: headlines that begin one, told from headings inside one.

What each sign weighs was learned by logistic regression from texts put together of single articles, with their own
headings in them; ``docs/decisions.md`` says from which and how well it does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.reading.page.bylines import at_the_end, in_dateline
from core.reading.page.cohesion import pairs_of
from core.reading.page.flow import Block
from core.reading.page.lines import LIST_NUMBER
from core.text.words import word_model

WEIGHTS = {
    "bias": -3.54,
    "rare": -5.15,
    "of title": -1.98,
    "own above": -1.17,
    "lines": 0.63,
    "length": 0.23,
    "long": 0.5,
    "widest gap": 1.67,
    "gap below": 0.7,
    "gap as first": 1.02,
    "set in": -1.89,
    "signed": 0.45,
    "signed as first": 0.7,
    "closed": 1.19,
    "first signed": -0.52,
    "dateline": 1.34,
    "dated": 0.76,
    "below": -0.03,
    "before": 1.04,
    "section": 0.06,
    "number": -1.1,
    "alike": -0.5,
    "alone": -0.97,
    "bracket": 1.94,
    "comma": -0.87,
    "quoted": -0.48,
}
_FROM = (0.3, -0.3, -1.0)
"""How sure it must be that a document begins, as the logarithm of the odds, in a text where none, one, or more others
surely do: what is doubtful stays one document, but one that is a collection is parted sooner."""
_BLOCKS, _LETTERS = 12, 1500
"""How much text on either side of a heading is compared."""
_UNKNOWN = 0.15
"""The likeness where there is no text on one side."""
_LONG = 14
_PLAIN_CHANCE = 8.0
"""Pairs of characters likelier than exp(-8) say nothing of what a text is about."""
_DEEPER, _UNLEVELLED, _LEVELLED, _SAME_LEVEL = -6.0, -3.0, -1.5, 1.5
"""For headings that the file calls so: below the first one's level, of no level where it has one, the reverse, the
same level where there are deeper ones."""
_COUNTED = 8.0
"""For headings that are counted with the same words: 案例一, 案例二."""
_SIGNED, _FEWEST_SIGNED = 4.0, 2
"""For headings that are signed, where several are: so newspapers and 简报 print them, whatever their levels."""
# 近日，, 5月8日
_DATED = re.compile(r"\d{1,2}月\d{1,2}日|近日|日前|\d{4}年|今年")
# 案例一：, 典型案例2
_ORDINAL = re.compile(r"^([\u3400-\u9fff]{2,6}?)([一二三四五六七八九十]{1,3}|\d{1,3})(?=[\s:：、.．]|$)")


@dataclass(slots=True)
class Head:
    """Headings that stand together, with the bylines below them; numbers are those of the blocks."""

    lines: list[int]
    bylines: list[int]

    @property
    def first(self) -> int:
        """Return the number of its first line."""
        return self.lines[0]

    @property
    def last(self) -> int:
        """Return the number of its last line, bylines included."""
        return max(self.lines[-1], *self.bylines, -1)


def heads_of(blocks: Sequence[Block]) -> list[Head]:
    """Return the headings of a text, those that stand right below each other together."""
    heads: list[Head] = []
    above = -1
    for i, block in enumerate(blocks):
        below = bool(heads) and above == heads[-1].last
        if block.kind == "heading":
            if below and not heads[-1].bylines and not _is_deeper(blocks, heads[-1], block):
                heads[-1].lines.append(i)
            else:
                heads.append(Head([i], []))
        elif block.kind == "byline" and below:
            heads[-1].bylines.append(i)
        above = above if block.kind == "sheet" else i
    return heads


def _is_deeper(blocks: Sequence[Block], head: Head, block: Block) -> bool:
    """A numbered heading, or one of a lower level, is no line of the headline above it."""
    level = blocks[head.lines[-1]].level
    return bool(LIST_NUMBER.match(block.text)) or bool(block.level and level and block.level != level)


def part(blocks: Sequence[Block], heads: Sequence[Head]) -> list[Head]:
    """Return the headlines that begin a document; the first heading of a text always does if no text is above it."""
    if not heads:
        return []
    levels = _levels(blocks, heads)
    counted = _counted(blocks, heads)
    measured = signs_of(blocks, heads)
    odds = [
        sum(WEIGHTS[name] * value for name, value in signs.items()) + levels[n] + _COUNTED * (n in counted)
        for n, signs in enumerate(measured)
    ]
    signed = _signed(heads, measured)
    for n in signed if len(signed) >= _FEWEST_SIGNED else ():
        odds[n] += _SIGNED - min(0.0, levels[n])
    if not any(block.kind == "body" for block in blocks[: heads[0].first]):
        odds[0] = math.inf
    open_to = [-math.inf if LIST_NUMBER.match(blocks[head.first].text) else odds[n] for n, head in enumerate(heads)]
    open_to[0] = odds[0]
    sure = sum(o > _FROM[0] for o in open_to[1:])
    least = _FROM[min(sure, 2)]
    return [head for head, o in zip(heads, open_to, strict=True) if o > least]


def _signed(heads: Sequence[Head], signs: Sequence[dict[str, float]]) -> list[int]:
    """Headings behind the first with a writer or a dateline below them, or a writer at the end of the text above."""
    marks = (
        bool(h.bylines) or any(sign[x] for x in ("closed", "dateline")) for h, sign in zip(heads, signs, strict=True)
    )
    return [n for n, marked in enumerate(marks) if marked and n]


def _levels(blocks: Sequence[Block], heads: Sequence[Head]) -> list[float]:
    """What the levels say that the file itself gives its headings."""
    of = [blocks[head.first].level for head in heads]
    top, deepest = of[0], max(of)
    if not deepest:
        return [0.0] * len(heads)
    if not top:
        return [_LEVELLED if level else 0.0 for level in of]
    same = _SAME_LEVEL if deepest > top else 0.0
    return [_DEEPER if level > top else same if level else _UNLEVELLED for level in of]


def _counted(blocks: Sequence[Block], heads: Sequence[Head]) -> set[int]:
    """Headings that are counted with the same words before the number: 案例一, 案例二."""
    found = {n: m for n, head in enumerate(heads) if (m := _ORDINAL.match(blocks[head.first].text))}
    times = Counter(m[1] for m in found.values())
    return {n for n, m in found.items() if times[m[1]] > 1}


def signs_of(blocks: Sequence[Block], heads: Sequence[Head]) -> list[dict[str, float]]:
    """Return what is measured of each heading: the name of the sign → its value."""
    return _Signs(blocks, heads).all() if heads else []


class _Signs:
    """The signs of all headings of a text."""

    def __init__(self, blocks: Sequence[Block], heads: Sequence[Head]) -> None:
        self._blocks, self._heads = blocks, heads
        self._bodies = [block.text if block.kind == "body" else "" for block in blocks]
        self._lengths = Counter(len(blocks[head.lines[-1]].text) for head in heads[1:])
        gaps = sorted(block.first.blanks for block in blocks[1:])
        self._usual = gaps[len(gaps) // 2] if gaps else 0
        self._widest = gaps[-1] if gaps else 0
        indented = sum(block.first.indented for block in blocks if block.kind == "body")
        self._sets_in = 3 * indented > len(blocks)
        self._title = "".join(blocks[i].text for i in heads[0].lines)

    def all(self) -> list[dict[str, float]]:
        return [self._of(n, head) for n, head in enumerate(self._heads)]

    def _of(self, n: int, head: Head) -> dict[str, float]:
        first, text = self._blocks[head.first].first, self._blocks[head.lines[-1]].text
        lines = [self._blocks[i].text for i in head.lines]
        joined, longest = "".join(lines), max(map(len, lines))
        below = next((b.text for b in self._blocks[head.last + 1 :] if b.kind == "body"), "")
        up = pairs_of("".join(self._bodies[max(0, head.first - _BLOCKS) : head.first])[-_LETTERS:])
        down = pairs_of("".join(self._bodies[head.last + 1 : head.last + _BLOCKS])[:_LETTERS])
        before = self._bodies[self._heads[n - 1].last + 1 : head.first] if n else self._bodies[: head.first]
        stop = self._heads[n + 1].first if n + 1 < len(self._heads) else len(self._bodies)
        alike = sum(self._lengths[size] for size in (len(text) - 1, len(text), len(text) + 1)) - 1
        return {
            "bias": 1.0,
            "rare": 5 * min(0.3, _likeness(up, down)) if up and down else _UNKNOWN,
            "of title": _covered(self._title, down),
            "own above": _covered(joined, up),
            "lines": float(min(3, len(lines)) - 1),
            "length": longest / 10,
            "long": float(longest > _LONG),
            "widest gap": float(first.blanks == self._widest > self._usual),
            "gap below": float(self._gap_below(head)),
            "gap as first": float(self._gap_below(head) == self._gap_below(self._heads[0])),
            "set in": float(first.indented and self._sets_in),
            "signed": float(any(b.names for i in head.bylines if (b := self._blocks[i].byline))),
            "signed as first": float(bool(head.bylines) and bool(self._heads[0].bylines)),
            "closed": float(self._is_closed_above(head)),
            "first signed": float(bool(self._heads[0].bylines)),
            "dateline": float(bool(in_dateline(below))),
            "dated": float(bool(_DATED.search(below[:20]))),
            "below": math.log1p(len(below)) / 5,
            "before": math.log1p(sum(map(len, before))) / 5,
            "section": math.log1p(sum(map(len, self._bodies[head.last + 1 : stop]))) / 5,
            "number": float(bool(LIST_NUMBER.match(lines[0]))),
            "alike": float(min(3, max(0, alike))),
            "alone": float(len(self._heads) == 2),
            "bracket": float(text[-1] in "）)"),
            "comma": float("，" in joined),
            "quoted": float(text[0] == "“"),
        }

    def _is_closed_above(self, head: Head) -> bool:
        """Whether names in brackets end the text above a heading."""
        above = next((b for b in reversed(self._blocks[: head.first]) if b.kind in ("body", "byline")), None)
        closing = at_the_end(above.text) if above is not None and above.kind == "body" else None
        return closing is not None and bool(closing.names)

    def _gap_below(self, head: Head) -> bool:
        """Whether an empty line stands below a heading."""
        at = head.last + 1
        return at < len(self._blocks) and self._blocks[at].first.blanks > 0


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts have in common by their rare pairs of characters: 0 nothing, 1 everything."""
    sizes = _weight(one) * _weight(other)
    return _weight(one & other) / math.sqrt(sizes) if sizes else 0.0


def _covered(words: str, pairs: frozenset[str]) -> float:
    """Which share of the pairs of some words stands in a text, by how rare they are."""
    wanted = pairs_of(words)
    whole = _weight(wanted)
    return _weight(wanted & pairs) / whole if whole else 0.0


@lru_cache(maxsize=512)
def _weight(pairs: frozenset[str]) -> float:
    return math.fsum(map(_rarity, pairs))


@lru_cache(maxsize=50_000)
def _rarity(pair: str) -> float:
    """How much a pair of characters tells: more the rarer it is in Chinese, as a word or by its two characters."""
    chances, rarest = word_model().chances, word_model().rarest
    chance = max(chances.get(pair, -math.inf), chances.get(pair[0], rarest) + chances.get(pair[1], rarest))
    return max(0.0, -chance - _PLAIN_CHANCE) ** 2
