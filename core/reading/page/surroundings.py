"""What a page of the web prints around an article, told by its place and its form: rows to choose from, teasers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.reading.page.cohesion import pairs_of
from core.reading.page.flow import Block
from core.reading.page.lines import LIST_NUMBER

_LONGEST_ROW = 60
_LONGEST_CHOICE = 7
"""Characters of one thing to choose in a row of them."""
_FEWEST_CHOICES = 3
_LONGEST_LABEL = 8
"""Characters of what stands above a title and is none of its lines: 要闻, 网站首页."""
_KNOWN_WORDS = 0.15
"""Below this share of its pairs of characters in the text a line at the top says nothing of it."""
_BODY = 1500
_SHORTEST_TOLD = 6
# ◆新村修路……3, 新村 修路
_NOT_TOLD = re.compile(r"\W|\d+$")
# 首页 -投稿 -帮助, 大 | 中 | 小, 首页 > 要闻
_CHOICES = re.compile(r"[\s|丨/>＞»·•\-－]+")
# 各色..., 老人们都…
_CUT_SHORT = re.compile(r"(?:\.{3}|(?<!…)…)[\]】）)]?$")


def set_aside(blocks: Sequence[Block]) -> None:
    """Make of what surrounds an article lines of the sheet: rows above it and between its title and its text,
    and what else there is to read below it, which breaks off in the middle of its first sentence."""
    _contents(blocks)
    _above(blocks)
    _below(blocks)


def _contents(blocks: Sequence[Block]) -> None:
    """Lines that tell headings which stand again over their texts."""
    known: set[str] = set()
    for block in reversed(blocks):
        key = _NOT_TOLD.sub("", block.text) if len(block.text) <= _LONGEST_ROW else ""
        if len(key) < _SHORTEST_TOLD or block.kind not in ("heading", "body"):
            continue
        if key in known:
            block.kind = "sheet"
        elif block.kind == "heading":
            known.add(key)


def _above(blocks: Sequence[Block]) -> None:
    text = next((i for i, block in enumerate(blocks) if _is_text(block)), len(blocks))
    if text == len(blocks):
        return
    told = pairs_of("".join(block.text for block in blocks[text:] if block.kind == "body")[:_BODY])
    top = [block for block in blocks[:text] if block.kind in ("heading", "body")]
    known = [block for block in top if _share(block.text, told) >= _KNOWN_WORDS]
    for n, block in enumerate(top if known else ()):
        label = n < top.index(known[0]) and len(block.text) <= _LONGEST_LABEL
        if block not in known and not block.level and (label or _is_row(block.text) or block.kind == "body"):
            block.kind = "sheet"


def _is_text(block: Block) -> bool:
    """Whether a block is a paragraph, not a row or a label."""
    return block.kind == "body" and (len(block.text) > _LONGEST_ROW or block.text[-1] in "。！？”）")


def _share(text: str, told: frozenset[str]) -> float:
    pairs = pairs_of(text)
    return len(pairs & told) / len(pairs) if pairs else 0.0


def _is_row(text: str) -> bool:
    """Whether a line is a row of short things to choose from."""
    choices = [part for part in _CHOICES.split(text) if part]
    return len(choices) >= _FEWEST_CHOICES and max(map(len, choices)) <= _LONGEST_CHOICE


def _below(blocks: Sequence[Block]) -> None:
    """From the end up: headings whose texts all break off with dots."""
    end = len(blocks)
    for i in range(len(blocks) - 1, 0, -1):
        block = blocks[i]
        if block.kind == "body" and not _CUT_SHORT.search(block.text):
            break
        if (
            block.kind == "heading"
            and not LIST_NUMBER.match(block.text)
            and any(b.kind == "body" for b in blocks[i:end])
        ):
            for other in blocks[i:end]:
                other.kind = "sheet"
            end = i
