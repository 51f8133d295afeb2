"""Pieces of body text: whether each begins a sentence or goes on with one, ends one or breaks off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from core.reading.page.bylines import Byline, at_the_end, in_dateline
from core.reading.page.seams import (
    OPENERS,
    REST_OF_FIGURE,
    TAIL_ONLY,
    Left,
    Right,
    left_of,
    open_mark,
    right_of,
    stray_closer,
)
from core.records import Span
from core.text.clauses import ends_open
from core.text.marks import NEVER_FIRST, SENTENCE_ENDS
from core.text.words import word_model

_NEVER_FIRST = NEVER_FIRST + ".!?"
"""Also the point of a decimal that was cut in two, and the ASCII marks that Markdown and addresses have."""
# 了，, 食堂、
_SHORT_CLAUSE = re.compile(r"^[\u3400-\u9fff]{1,3}[，、,]")
# 起来。老人
_REST_OF_SENTENCE = re.compile(r"[\u3400-\u9fff]{1,3}。(?!$)")
# 聚人、聚心、, 定规矩、抓落实、
_EVEN_CLAUSES = re.compile(r"^(?:[\u3400-\u9fff]{2}[、，,]){2}|^(?:[\u3400-\u9fff]{3}[、，,]){2}")
_BREAK = re.compile(r"[，、：,:]")
# 一是, 二要, 其次，, 首先，
_POINTS = re.compile(
    r"(?:^|(?<=[。；;，：:！？”]))第?([一二三四五六七八九首其再])(?=是|要(?![求闻])|先(?=[，,、])|次(?=[，,、]))"
)
_COUNTING = {**{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}, "首": 1, "其": 2, "再": 3}
_FIT_ALONE = frozenset("cdtlirv")
_WEAK_FIRST = frozenset("ufqky")
_STUB = 14
_NARROW = 30


@dataclass(frozen=True)
class Piece:
    """A piece of body text that stands together on the page, mostly one printed line."""

    number: int
    spans: tuple[Span, ...]
    text: str
    item: int
    """The number of the (last) printed line that it came from."""
    subhead: bool = False
    indented: bool | None = None
    """Whether it is set in like a new paragraph; None where the page sets nothing in."""
    glued: bool = False
    """Whether it stands right below the piece before it, without an empty line."""
    column: tuple[int, float] | None = None
    """Characters and width of its lines where it is set in several."""
    cut_short: bool = False
    """Whether its last line does not reach the edge of its column."""

    @cached_property
    def closes(self) -> Byline | None:
        """The byline in brackets that ends it."""
        return None if self.subhead else at_the_end(self.text)

    @cached_property
    def dateline(self) -> Byline | None:
        """Return the byline in the dateline that it begins with."""
        return None if self.subhead else in_dateline(self.text)

    @cached_property
    def is_tail(self) -> bool:
        """Whether it is nothing but the last characters of a sentence."""
        return bool(TAIL_ONLY.match(self.text))

    @cached_property
    def ends_open(self) -> bool:
        """Whether it stops in the middle of a sentence."""
        if self.subhead or self.closes:
            return False
        return ends_open(self.text)

    def in_column_of(self, other: Piece) -> bool | None:
        """Return whether two pieces are set to the same width; None where one of them does not show it."""
        if self.column is None or other.column is None:
            return None
        return abs(self.column[0] - other.column[0]) <= 1 or abs(self.column[1] - other.column[1]) <= 1.0

    @cached_property
    def is_strip(self) -> bool:
        """Whether it is a single line of a narrow column."""
        return len(self.spans) == 1 and len(self.text) <= _NARROW and not self.subhead

    @cached_property
    def counts(self) -> frozenset[int]:
        """The numbers of the points that it lists: 一是, 二要, 其次, 第三."""
        return frozenset(_COUNTING[found] for found in _POINTS.findall(self.text))

    @cached_property
    def begins_with_point(self) -> int:
        """The number of the point that it begins with, or 0."""
        found = _POINTS.match(self.text)
        return _COUNTING[found[1]] if found else 0

    @cached_property
    def left(self) -> Left:
        """Its traits for a seam behind it."""
        return left_of(self.text)

    @cached_property
    def right(self) -> Right:
        """Its traits for a seam before it."""
        return right_of(self.text)

    @cached_property
    def opened(self) -> str:
        """Return the quotation mark or bracket that it opens and does not close, or nothing."""
        return open_mark(self.text)

    @cached_property
    def stray(self) -> str:
        """Return the closing mark near its beginning that it does not open, or nothing."""
        return stray_closer(self.text[:120])

    @cached_property
    def start_doubt(self) -> float:
        """How little it looks like the start of a paragraph: 0 not at all, from 4 surely the rest of another piece."""
        if self.subhead:
            return 0.0
        text = self.text
        if text[0] in _NEVER_FIRST or self.is_tail:
            return 5.0
        doubt = 3.0 if self.stray else 0.0
        if self.indented is not None:
            doubt += -1.5 if self.indented else 1.5
        if OPENERS.match(text) or self.dateline:
            return max(0.0, doubt - 1.0)
        return max(0.0, doubt + _first_word_doubt(text))


def _first_word_doubt(text: str) -> float:
    model = word_model()
    if REST_OF_FIGURE.match(text) or _REST_OF_SENTENCE.match(text):
        return 3.0
    first = next((text[:n] for n in (4, 3, 2) if text[:n] in model.counts), text[:1])
    tag = model.tags.get(first, "")
    clause = None if _EVEN_CLAUSES.match(text) else _SHORT_CLAUSE.match(text)
    doubt = 1.5 if clause and (len(first) != len(clause.group()) - 1 or tag not in _FIT_ALONE) else 0.0
    if tag in _WEAK_FIRST or (len(first) == 1 and model.counts.get(first, 0) < 20_000):
        doubt += 0.8 if "\u3400" <= first[0] <= "\u9fff" else 0.0
    stub = len(text) < _STUB and text[-1] in SENTENCE_ENDS
    return doubt + (0.8 if stub else 0.0) + (0.8 if stub and not _BREAK.search(text) else 0.0)
