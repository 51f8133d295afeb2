"""The kind of each printed line: body text, a headline or heading, a byline, a caption, part of the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from core.reading.page.bylines import own_line
from core.reading.page.captions import LONGEST_CAPTION, MASTHEAD, is_caption, is_credit, is_furniture, is_sheet
from core.reading.page.headlines import LIKELY, LONGEST_HEADLINE, context_score, headline_score
from core.reading.page.lines import MARKUP, Item, Kind, Line, physical_lines, width_of
from core.text.clauses import breaks_off
from core.text.marks import OPENING_BRACKETS

# 1. [要闻](a.html)
_LINKED = re.compile(r"\d{1,2}[.、)）]\s*!?\[[^\]\n]+\]\([^)\n]*\)")
_TOP = 8
_MOST_ROWS = 12
# 新村修路……（见第3版）, ▶新村
_NOT_TOLD = re.compile(r"^\W+|[\s.…·]*(?:[（(]?(?:见|详见)?第?\s*[A-Za-z]?\d{1,2}\s*版?[）)]?)$|[^\w]")
_SHORTEST_TOLD = 6


def lay_out(text: str) -> list[Item]:
    """Return the lines of a page in printed order with their kinds; headings inside articles count as headlines."""
    lines = list(physical_lines(text))
    widths = [width_of(line.text) for line in lines]
    items = [_first_guess(line) for line in lines]
    for i, item in enumerate(items):
        if item.kind == "caption" and i and not item.line.blanks and _inside(items[i - 1]):
            item.kind = "text"
        if item.kind == "byline" and not _byline_fits(items, i):
            item.kind, item.byline = "headline", None
            item.headline_score = headline_score(item.line)
    _set_aside_mastheads(items)
    for above, item in pairwise(items):
        if item.kind == "caption" and item.byline and above.kind == "text" and _may_be_shown(above):
            above.kind = "caption"
    _join_captions(items)
    for i, item in enumerate(items):
        if item.kind == "headline":
            item.headline_score += context_score(items, widths, i)
    for item in items:
        if item.kind == "headline" and item.headline_score < LIKELY:
            item.kind = "text"
    _set_aside_contents(items)
    return items


def _join_captions(items: Sequence[Item]) -> None:
    """The lines of a paragraph that ends in words about a picture and has a photo credit below it are all a caption."""
    for i, item in enumerate(items):
        if i < 2 or not (item.kind == "caption" and is_credit(item.text)) or _sets_off(item.line):
            continue
        first = i - 1
        while first > max(0, i - _MOST_ROWS) and _in_paragraph(items[first - 1]) and not _sets_off(items[first].line):
            first -= 1
        lines = items[first:i]
        if items[i - 1].text[-1] in "。”" and items[first].line.indented and _short_enough(lines):
            for line in lines:
                line.kind = "caption"


def _sets_off(line: Line) -> bool:
    """Whether a line is set in or stands behind an empty one."""
    return line.indented or line.blanks > 0


def _in_paragraph(item: Item) -> bool:
    return item.kind in ("text", "headline", "caption")


def _short_enough(lines: Sequence[Item]) -> bool:
    return sum(len(line.text) for line in lines) <= LONGEST_CAPTION and "图为" in "".join(line.text for line in lines)


def _set_aside_mastheads(items: Sequence[Item]) -> None:
    """The paper's own name at the top of a page, beside its date or number, is part of the sheet."""
    for i, item in enumerate(items[:_TOP]):
        beside = [other.kind == "sheet" for other in items[max(0, i - 1) : i + 3]]
        if item.kind == "headline" and any(beside) and MASTHEAD.fullmatch(item.text):
            item.kind = "sheet"


def _set_aside_contents(items: Sequence[Item]) -> None:
    """A list of contents tells headlines that stand again over their articles; the list is part of the sheet."""
    known: set[str] = set()
    below: Kind = "text"
    for item in reversed(items):
        under, below = below, item.kind
        may_be_told = item.kind in ("headline", "text") and len(item.text) <= LONGEST_HEADLINE
        key = _NOT_TOLD.sub("", item.text) if may_be_told else ""
        if len(key) < _SHORTEST_TOLD:
            continue
        if key in known and under in ("headline", "sheet"):
            item.kind = below = "sheet"
        if item.kind == "headline":
            known.add(key)


def _inside(above: Item) -> bool:
    """Whether the line above stops in the middle of a sentence, so that words about a picture are part of the text."""
    return above.kind == "text" and breaks_off(above.text)


def _may_be_shown(item: Item) -> bool:
    """Whether a paragraph right above a photo credit may be the words to the picture."""
    return len(item.text) <= LONGEST_CAPTION and not breaks_off(item.text) and not item.line.marks


def _first_guess(line: Line) -> Item:
    text = line.text
    plain = MARKUP.sub("", text) if "](" in text else text
    if _LINKED.fullmatch(text) or (is_sheet(plain) and (not line.marks or is_furniture(plain))):
        credit = None if line.marks else own_line(plain)
        return Item(line, "byline", credit) if credit and credit.names and credit.roles else Item(line, "sheet")
    if is_caption(text):
        return Item(line, "caption", own_line(text) if is_credit(text) else None)
    byline = own_line(plain) if not line.marks else None
    if byline:
        return Item(line, "byline", byline)
    likely = headline_score(line)
    return Item(line, "headline" if likely >= -1.0 else "text", headline_score=likely)


def _byline_fits(items: Sequence[Item], i: int) -> bool:
    """A single bare name stands below a headline or another byline, not in the middle of nowhere."""
    byline = items[i].byline
    if byline is None or byline.roles or items[i].text[0] in OPENING_BRACKETS or len(byline.names) > 1:
        return True
    before = items[i - 1] if i else None
    return before is not None and before.kind in ("headline", "byline") and before.headline_score >= 0
