"""Printed pages that are leaves of one document: set in one column, so that their text goes on from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.records import Box, Span

_BESIDE_SHARE, _LEAF_SHARE = 0.1, 0.8
"""The most lines of a leaf that stand beside others (a table may), and the least pages that must be leaves."""
_EDGE, _APART = 2, 1.3
"""So many lines at the top and at the foot of a page, so much further away than the lines are from each other, may be
its running head or its number."""
# - 3 -, 第3页, 3 / 12, — 3 —
_NUMBER = re.compile(r"[-—–·\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／]\s*\d{1,4}|\s*共\s*\d{1,4}\s*页)?[-—–·\s]*")
_DIGITS = re.compile(r"[\d\s]+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of a printed page and the places of its lines."""

    text: str
    lines: tuple[Box, ...]


def are_of_one(leaves: Sequence[Leaf]) -> bool:
    """Return whether printed pages are set in one column: hardly a line stands beside another."""
    single = sum(_beside(leaf.lines) <= _BESIDE_SHARE * len(leaf.lines) for leaf in leaves)
    return len(leaves) > 1 and all(leaf.lines for leaf in leaves) and single >= _LEAF_SHARE * len(leaves)


def _beside(lines: Sequence[Box]) -> int:
    """How many lines stand at the height of the line before them, a column's width away."""
    ordered = sorted(lines, key=lambda box: -(box.y0 + box.y1))
    return sum(abs(a.y0 + a.y1 - b.y0 - b.y1) < min(a.y1 - a.y0, b.y1 - b.y0) for a, b in pairwise(ordered))


def bind(leaves: Sequence[Leaf]) -> tuple[str, tuple[Box, ...], tuple[int, ...]]:
    """Return the text of leaves one behind the other, the places of its lines, and where each but the first begins.

    Running heads and page numbers are left out.
    """
    usual = _pitch(leaves)
    running = _running(leaves, usual)
    text, lines, breaks = "", [], []
    for leaf in leaves:
        if text:
            breaks.append(len(text))
        edges = _edges(leaf, usual)
        for n, box in enumerate(leaf.lines):
            line = leaf.text[box.span.start : box.span.end]
            if n in edges and (_NUMBER.fullmatch(line) or _DIGITS.sub("", line) in running):
                continue
            lines.append(replace(box, span=Span(len(text), len(text) + len(line))))
            text += line + "\n"
    return text, tuple(lines), tuple(at for at in breaks if text[at:].strip())


def _running(leaves: Sequence[Leaf], usual: float) -> frozenset[str]:
    """What stands apart at the edge of half of the pages, whatever number it bears."""
    seen = Counter(key for leaf in leaves for key in {_key(leaf, n) for n in _edges(leaf, usual)})
    return frozenset(key for key, times in seen.items() if key and times >= max(2, len(leaves) / 2))


def _key(leaf: Leaf, n: int) -> str:
    span = leaf.lines[n].span
    return _DIGITS.sub("", leaf.text[span.start : span.end])


def _pitch(leaves: Sequence[Leaf]) -> float:
    """How far the lines of some pages usually are from each other."""
    steps = sorted(step for leaf in leaves for step in _steps(leaf))
    return steps[len(steps) // 2] if steps else 0.0


def _steps(leaf: Leaf) -> list[float]:
    middles = [(box.y0 + box.y1) / 2 for box in leaf.lines]
    return [above - below for above, below in pairwise(middles)]


def _edges(leaf: Leaf, usual: float) -> set[int]:
    """The first and last lines of a page as far as a wider white than usual parts them off."""
    count = len(leaf.lines)
    wide = [n for n, step in enumerate(_steps(leaf)) if step > _APART * usual]
    top = max((n + 1 for n in wide if n < _EDGE), default=0)
    foot = min((n + 1 for n in wide if n + 1 >= count - _EDGE), default=count)
    return {*range(top), *range(foot, count)}
