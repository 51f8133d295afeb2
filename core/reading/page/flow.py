"""A page whose text runs on from the first line to the last: its paragraphs and headings as they are printed.

Typed documents, copies of web pages and text out of Word files are such pages. A newspaper page in columns is not:
there lines break off and go on elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.reading.page.bylines import Byline, at_the_end, in_dateline, own_line
from core.reading.page.captions import is_caption, is_credit, is_sheet
from core.reading.page.lines import BULLET, LIST_NUMBER, Line, physical_lines, width_of
from core.reading.page.seams import open_mark, stray_closer
from core.records import Page, Span
from core.resources import load_table
from core.text.clauses import breaks_off
from core.text.marks import COMMAS, NEVER_FIRST, SENTENCE_ENDS

Kind = Literal["body", "heading", "byline", "caption", "sheet"]
LONGEST_HEADING = 60
_NARROWEST = 24.0
"""Full-width characters from which on a line is wider than a newspaper's column."""
_FULL = 2.5
"""How much a full line may be shorter than the widest, in full-width characters."""
_FULL_SHARE = 0.4
"""From this share of full lines on a text was typed with a line break at the edge of the paper."""
_TORN_SHARE, _OPEN_SHARE = 0.01, 0.06
"""The most paragraphs, in a text that runs on, that begin or end with a mark of mid-sentence, and that lack one."""
_HEADING_SHARE = 0.3
"""The most of its characters that may be headings."""
_FEWEST_BODY = 20
_CLOSED = tuple(SENTENCE_ENDS + "…—；;：:”’）)》」』】〕")
# 难不难？（新观察）, 修好了！ 村民
_SENTENCE_INSIDE = re.compile(r"[。；;]|[！？!?](?![\s（(”’」』》]|$)")
_LONGEST_CRY = 24
"""Of a heading that ends in a mark of a sentence or has three clauses."""
_CLAUSE = re.compile(r"[，,]")
# （作者为县委书记）
_NOTE = re.compile(r"^[（(][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*[）)]$|^—")
_NUMBER = re.compile(r"[\d.,，]+")
_UNIT_PARTS = re.compile(r"[\s（()）、，,/／;；]+")
# 单位：亿元, 图1　生产总值, 表 3
_OF_CHART = re.compile(r"^[（(]?单位[:：]\s*|^[图表]\s*[一二三四五六七八九十\d]{1,3}(?=[\s:：.、．]|$)")
_SCALE = re.compile(r"^[十百千万亿]+")
_ASKED_FOR = re.compile(r"[：:]$")


@dataclass(slots=True)
class Block:
    """A paragraph, or a line that is none, as printed."""

    kind: Kind
    lines: list[Line]
    text: str
    level: int = 0
    """The level of a heading that the file itself calls one, from 1; 0 where it does not."""
    byline: Byline | None = None

    @property
    def first(self) -> Line:
        """Return its first printed line."""
        return self.lines[0]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return where it stands on the page."""
        return tuple(Span(line.start, line.end) for line in self.lines)


def flow_of(page: Page) -> list[Block] | None:
    """Return the blocks of a page in printed order, or None where its text does not run on."""
    lines = list(physical_lines(page.text))
    levels = {heading.span.start: max(1, heading.level + 1) for heading in page.headings}
    level_of = {n: level for n, line in enumerate(lines) if (level := _level(line, levels, page))}
    rows = {n for n, line in enumerate(lines) if any(t.start <= line.start < t.end for t in page.tables)}
    tops = {bisect_left(starts, at) for at in page.breaks} if (starts := [line.start for line in lines]) else set()
    blocks = _titled(_blocks(lines, level_of, rows, tops), len(lines))
    return blocks if blocks and _runs_on(blocks) else None


def _level(line: Line, levels: dict[int, int], page: Page) -> int:
    """The level at which the file calls a line a heading."""
    if line.marks:
        return line.marks
    inside = (h for h in page.headings if h.span.start <= line.start < h.span.end)
    return next((levels[h.span.start] for h in inside), 0) if levels else 0


def _blocks(lines: Sequence[Line], level_of: dict[int, int], rows: set[int], tops: set[int]) -> Iterator[Block]:
    edge = _edge(lines)
    typed: list[Line] = []
    sets_in = sum(line.indented for line in lines) >= 2
    for n, line in enumerate(lines):
        other = n in rows or n in level_of
        over = bool(typed) and n in tops and not other and _goes_over(typed[-1], line)
        if typed and not over and not _goes_on(typed, line, edge, sets_in, other):
            yield _block(typed)
            typed = []
        if n in rows:
            yield Block("body", [line], line.text)
        elif n in level_of:
            yield _headed(line, level_of[n])
        else:
            typed.append(line)
    if typed:
        yield _block(typed)


def _titled(blocks: Iterable[Block], most: int) -> list[Block] | None:
    """The blocks, at most so many, or None as soon as more paragraphs than may are torn or open.

    At the top even a line that ends in a question or a colon is a headline, where another or the text follows.
    """
    found: list[Block] = []
    torn = left_open = 0
    top = True
    for block in blocks:
        if top and found:
            above = found[-1]
            if above.kind == "body" and len(above.lines) == 1 and _may_be_title(above, block):
                above.kind = "heading"
            top = above.kind != "body"
        found.append(block)
        if not top and block.kind == "body":
            torn += _is_torn(block)
            left_open += _is_open(block)
            if torn > _TORN_SHARE * most or left_open > max(1, _OPEN_SHARE * most):
                return None
    return found


def _may_be_title(block: Block, below: Block) -> bool:
    text = block.text
    if len(text) > LONGEST_HEADING or text[0] in NEVER_FIRST or "\t" in text or in_dateline(text):
        return False
    if text[-1] in "：:":
        return below.kind == "heading" and len(text) <= _LONGEST_CRY
    if text.endswith("——") or (text[-1] in "？！?!" and not _SENTENCE_INSIDE.search(text)):
        return True
    return text[-1] not in COMMAS + "。；;" and not _SENTENCE_INSIDE.search(text) and len(_CLAUSE.findall(text)) < 2


def _headed(line: Line, level: int) -> Block:
    """A line that the file calls a heading, whether it looks like one or not."""
    fits = len(line.text) <= LONGEST_HEADING and not line.text.endswith("。") and not is_caption(line.text)
    return Block("heading", [line], line.text, level) if fits else _block([line])


def _edge(lines: Sequence[Line]) -> float:
    """How wide the lines of a text are that was typed with a break at the edge of the paper; 0 for any other."""
    widths = Counter(round(width_of(line.text)) for line in lines if width_of(line.text) >= _NARROWEST)
    if not widths:
        return 0.0
    common = max(widths, key=lambda w: (widths[w] + widths[w - 1] + widths[w + 1], w))
    wide = sum(n for w, n in widths.items())
    near = sum(n for w, n in widths.items() if common - _FULL <= w <= common + 1)
    beyond = sum(n for w, n in widths.items() if w > common + 1)
    is_typed = near >= 3 and near >= 2 * _FULL_SHARE * wide and beyond <= 0.05 * wide
    return float(common + 1) if is_typed else 0.0


def _goes_on(above: Sequence[Line], line: Line, edge: float, sets_in: bool, other: bool) -> bool:
    """Whether a line goes on with the paragraph above it: only in a text with line breaks at the edge of the paper."""
    last = above[-1]
    if not edge or other or line.blanks or line.indented or LIST_NUMBER.match(line.text) or BULLET.match(line.text):
        return False
    indent = 2.0 if last.indented else 0.0
    if width_of(last.text) + indent < edge - 1 - _FULL:
        return False
    return sets_in or breaks_off(last.text) or last.text[-1] in COMMAS


def _goes_over(last: Line, line: Line) -> bool:
    """Whether a paragraph goes on at the top of the next printed page: it stops in mid-sentence at the foot of this."""
    ended = not breaks_off(last.text) and last.text[-1] not in COMMAS
    headed = may_head(last.text) and width_of(last.text) < _NARROWEST
    return not (ended or headed or line.indented or LIST_NUMBER.match(line.text))


def _block(lines: list[Line]) -> Block:
    if len(lines) > 1:
        text = "".join(line.text for line in lines)
        return Block("body", list(lines), text)
    line = lines[0]
    text = line.text
    if is_of_chart(text) or is_sheet(text):
        credit = own_line(text)
        return Block("byline", [line], text, byline=credit) if credit and credit.names else Block("sheet", [line], text)
    byline = own_line(text)
    if byline and (byline.roles or len(byline.names) > 1 or text[0] in "（(【〔"):
        return Block("caption" if is_credit(text) else "byline", [line], text, byline=byline)
    if is_caption(text) and not at_the_end(text):
        return Block("caption", [line], text)
    if byline:
        return Block("byline", [line], text, byline=byline)
    return Block("heading" if may_head(text) else "body", [line], text)


def may_head(text: str) -> bool:
    """Return whether a line may be a headline or a heading by its marks: no sentence, nothing left open.

    >>> may_head("存得进"), may_head("基层干部休假难不难？（新观察）"), may_head("该村修了路。"), may_head("各位代表：")
    (True, True, False, False)
    """
    if not 2 <= len(text) <= LONGEST_HEADING or text[0] in NEVER_FIRST or text[-1] in COMMAS + "；;。…":
        return False
    if len(text) > _LONGEST_CRY and (text[-1] in SENTENCE_ENDS or len(_CLAUSE.findall(text)) > 1):
        return False
    if _SENTENCE_INSIDE.search(text) or _ASKED_FOR.search(text) or in_dateline(text) or BULLET.match(text):
        return False
    return not (open_mark(text) or stray_closer(text) or _NOTE.match(text))


def is_of_chart(text: str) -> bool:
    """Return whether a line names only units, numbers or a chart, as what is left of a chart in a text.

    >>> [is_of_chart(text) for text in ("亿元", "%", "万人 万户", "单位：公顷", "存得进", "2019 2020 2021")]
    [True, True, True, True, False, True]
    """
    if len(text) > LONGEST_HEADING or text.endswith("。"):
        return False
    words = [word for word in _UNIT_PARTS.split(text) if word]
    return bool(_OF_CHART.match(text)) or (bool(words) and all(map(_is_unit, words)))


def _is_unit(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word in _units() or _SCALE.sub("", word) in _units()


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    """The units and measure words of the program."""
    return frozenset(word for words in load_table("units.toml")["kinds"].values() for word in words.split())


def _runs_on(blocks: Sequence[Block]) -> bool:
    """Whether the paragraphs end where sentences end, and headings are few beside them."""
    body = [block for block in blocks if block.kind == "body"]
    size = sum(len(block.text) for block in body)
    heads = sum(len(block.text) for block in blocks if block.kind == "heading")
    if size < _FEWEST_BODY or heads > _HEADING_SHARE * (size + heads) + 2 * LONGEST_HEADING:
        return False
    torn = sum(map(_is_torn, body))
    return torn <= _TORN_SHARE * len(body) and sum(map(_is_open, body)) <= max(1, _OPEN_SHARE * len(body))


def _is_torn(block: Block) -> bool:
    return block.text[0] in NEVER_FIRST or block.text[-1] in COMMAS


def _is_open(block: Block) -> bool:
    """Whether a paragraph has no mark at its end: a few do in any text, in a text cut into columns many."""
    text = block.text
    as_listed = BULLET.match(text) or LIST_NUMBER.match(text) or _NOTE.match(text) or "\t" in text
    return not (as_listed or text.endswith(_CLOSED) or at_the_end(text))
