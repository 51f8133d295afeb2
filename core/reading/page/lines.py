"""The printed lines of a page: where each one's words stand, without layout and format marks, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.records import Span

# <br>, &nbsp;, ![图](a.png), **
MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,200}>|&(?:nbsp|ensp|emsp|thinsp|amp|lt|gt|quot);"
    r"|!?\[[^\]\n]{0,80}\]\([^)\n]{0,300}\)|\*{2,3}|_{2,}|`{1,3}"
)
"""Marks that belong to a file format, not to the paper."""
_MAY_BE_MARKUP = re.compile(r"[<&\[*_`]")
_LEAD = re.compile(r"(?:[\s\u200b-\u200f\ufeff\u2060]|(?P<hash>#{1,6})(?=\s|(?<=##)[^#])|>+\s|[-*+]\s(?=\S))*")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_LONGEST_TAG = 210
_TAG_BEHIND = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>$")
_CELL = re.compile(r"\S+")
# 一、, （二）, 3., 第一章, ①
LIST_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．](?!\d)"
    r"|第[一二三四五六七八九十][，、章节]|[①-⑩])"
)
BULLET = re.compile(r"[●◆▲■★◎○□•△▼◇※]")
"""What items of news in brief begin with."""
Kind = Literal["text", "headline", "byline", "caption", "sheet"]
BODY, TITLE, SUBHEAD, CAPTION, BYLINE, SHEET = range(6)
KINDS = ("body", "title", "subhead", "caption", "byline", "sheet")
"""The kinds of lines that are learnt, in the order of their chances."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line with something on it; offsets into the page's text, half open, marks and spaces cut off."""

    start: int
    end: int
    text: str
    blanks: int
    """Empty lines above it."""
    indented: bool
    marks: int
    """The number of ``#`` before it, 0 when there are none."""


def width_of(text: str) -> float:
    """Return how wide a line is, in full-width characters.

    >>> width_of("共12家")
    3.0
    """
    return len(text.encode("gb18030", "replace")) / 2


def physical_lines(text: str) -> Iterator[Line]:
    """Yield every line of a page that is not empty; the last pages are remembered.

    >>> [(l.text, l.blanks, l.marks) for l in physical_lines("# 标题\\n\\n　　正文。\\n")]
    [('标题', 0, 1), ('正文。', 1, 0)]
    """
    return iter(_lines(text))


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[Line, ...]:
    found: list[Line] = []
    blanks = at = 0
    for raw in text.split("\n"):
        line = _line(raw, at, blanks)
        at += len(raw) + 1
        blanks = 0 if line else blanks + 1
        if line:
            found.append(line)
    return tuple(found)


def _line(raw: str, at: int, blanks: int) -> Line | None:
    lead = _LEAD.match(raw)
    start = lead.end() if lead else 0
    body = raw[start:].rstrip().rstrip(_INVISIBLE).rstrip()
    while True:
        mark = MARKUP.match(body)
        if not mark:
            break
        start += mark.end()
        body = body[mark.end() :]
        more = len(body) - len(body.lstrip())
        start, body = start + more, body[more:]
    if len(body) > 2 and body[0] == body[-1] == "*":
        start, body = start + 1, body[1:-1].rstrip()
    body = _without_marks_behind(body)
    if not body:
        return None
    hashes = lead.group("hash") if lead else None
    indented = raw[:1] in "\u3000\t" or raw[:2] == "  "
    return Line(at + start, at + start + len(body), body, blanks, indented, len(hashes or ""))


def _without_marks_behind(body: str) -> str:
    """A line without the marks of Markdown or HTML behind its words.

    >>> _without_marks_behind("五星* **<br></p> ***"), _without_marks_behind("****** 甲")
    ('五星*', '****** 甲')
    """
    while body:
        shorter = body.rstrip()
        if shorter.endswith("**"):
            shorter = shorter.rstrip("*")
        elif shorter.endswith(">") and (tag := _TAG_BEHIND.search(shorter, max(0, len(shorter) - _LONGEST_TAG))):
            shorter = shorter[: tag.start()]
        if shorter == body:
            break
        body = shorter
    return body


def without_markup(text: str, span: Span) -> Iterator[Span]:
    """Yield a span of a page without the marks of Markdown or HTML inside it."""
    start = span.start
    for mark in MARKUP.finditer(text, start, span.end) if _MAY_BE_MARKUP.search(text, start, span.end) else ():
        if mark.start() > start:
            yield Span(start, mark.start())
        start = mark.end()
    if start < span.end:
        yield Span(start, span.end)


def cells(line: Line) -> list[tuple[int, int]]:
    """Return the pieces of a line between its layout spaces, as offsets into the page's text."""
    return [(line.start + m.start(), line.start + m.end()) for m in _CELL.finditer(line.text)]
