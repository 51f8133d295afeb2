"""What each printed line is: body text, a headline or heading, a byline, a caption, part of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from core.reading.page.bylines import Byline, at_the_end, in_dateline, own_line
from core.reading.page.captions import LONGEST_CAPTION, MASTHEAD, is_caption, is_credit, is_furniture, is_sheet
from core.reading.page.lines import MARKUP, Line, physical_lines
from core.reading.page.seams import OPENERS, bridge, ends_inside_word, open_mark, stray_closer

Kind = Literal["text", "head", "byline", "caption", "sheet"]
_SENTENCE_END = re.compile(r"[。；;]|[！？!?](?!$)")
LIST_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．](?!\d)"
    r"|第[一二三四五六七八九十][，、章节]|[①-⑩])"
)
BULLET = re.compile(r"[●◆▲■★◎○□•△▼◇※]")
"""What items of news in brief begin with."""
_DANGLING = re.compile(r"[的地得和与及在对为将并把被于以从向让使由等或是有个第了着]$")
_GOES_ON = re.compile(r"[该此其这并而但且也等及他她它们还又则即或与]|们")
_PREPOSITION = re.compile(r"[在从为将对由把被据经以按](?!.{2,12}[到中上下时])")
_CUT_START = re.compile(r"^[，。、；：！？,;:）)”’》」』】%％]")
_LINKED = re.compile(r"\d{1,2}[.、)）]\s*!?\[[^\]\n]+\]\([^)\n]*\)")
_CREDIT_AND_TEXT = re.compile(r"[\u3400-\u9fff]{0,4}记者\s?[\u3400-\u9fff]{2,4}\s?摄\s")
LONGEST_HEAD, LONGEST_HEAD_IN_ROWS = 56, 90
"""Characters of a headline line; more where layout spaces divide it into rows."""
_LONGEST_ROW = 24
_TOP = 8
_MOST_ROWS = 12
_NOT_TOLD = re.compile(r"^\W+|[\s.…·]*(?:[（(]?(?:见|详见)?第?\s*[A-Za-z]?\d{1,2}\s*版?[）)]?)$|[^\w]")
_SHORTEST_TOLD = 6
_LIKELY = 1.0


@dataclass(slots=True)
class Item:
    """A printed line and what it was taken for."""

    line: Line
    kind: Kind
    byline: Byline | None = None
    headness: float = 0.0

    @property
    def text(self) -> str:
        return self.line.text


def lay_out(text: str) -> list[Item]:
    """The lines of a page in printed order, each with its kind; headings inside articles still count as headlines."""
    lines = list(physical_lines(text))
    widths = [len(line.text.encode("gb18030", "replace")) / 2 for line in lines]
    items = [_first_guess(line) for line in lines]
    for i, item in enumerate(items):
        if item.kind == "caption" and i and not item.line.blanks and _inside(items[i - 1]):
            item.kind = "text"
        if item.kind == "byline" and not _byline_fits(items, i):
            item.kind, item.byline = "head", None
            item.headness = headness(item.line)
    _set_aside_mastheads(items)
    for above, item in pairwise(items):
        if item.kind == "caption" and item.byline and above.kind == "text" and _may_be_shown(above):
            above.kind = "caption"
    _join_captions(items)
    for i, item in enumerate(items):
        if item.kind == "head":
            item.headness += _in_context(items, widths, i)
    for item in items:
        if item.kind == "head" and item.headness < _LIKELY:
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
    return item.kind in ("text", "head", "caption")


def _short_enough(lines: Sequence[Item]) -> bool:
    return sum(len(line.text) for line in lines) <= LONGEST_CAPTION and "图为" in "".join(line.text for line in lines)


def _set_aside_mastheads(items: Sequence[Item]) -> None:
    """The paper's own name at the top of a page, beside its date or number, is part of the sheet."""
    for i, item in enumerate(items[:_TOP]):
        beside = [other.kind == "sheet" for other in items[max(0, i - 1) : i + 3]]
        if item.kind == "head" and any(beside) and MASTHEAD.fullmatch(item.text):
            item.kind = "sheet"


def _set_aside_contents(items: Sequence[Item]) -> None:
    """A list of contents tells headlines that stand again over their articles; the list is part of the sheet."""
    known: set[str] = set()
    below: Kind = "text"
    for item in reversed(items):
        under, below = below, item.kind
        key = _NOT_TOLD.sub("", item.text) if item.kind in ("head", "text") and len(item.text) <= LONGEST_HEAD else ""
        if len(key) < _SHORTEST_TOLD:
            continue
        if key in known and under in ("head", "sheet"):
            item.kind = below = "sheet"
        if item.kind == "head":
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
    likely = headness(line)
    return Item(line, "head" if likely >= -1.0 else "text", headness=likely)


def headness(line: Line) -> float:
    """How much a line looks like a headline by itself: from 1 on it does.

    >>> lines = physical_lines("强基赋能 同心聚力\\n深入实施人才战略，发挥\\n他们正在平整土地。")
    >>> [headness(line) >= 1 for line in lines]
    [True, False, False]
    """
    text = line.text
    size = len(text)
    pieces = text.split()
    in_rows = len(pieces) > 2 and max(map(len, pieces)) <= _LONGEST_ROW
    if size < 2 or size > (LONGEST_HEAD_IN_ROWS if in_rows else LONGEST_HEAD):
        return -9.0
    score = 1.5 + (2.0 if line.marks else 0.0)
    if in_dateline(text) or _CREDIT_AND_TEXT.match(text):
        return -9.0
    if _SENTENCE_END.search(text) or _CUT_START.match(text) or text[-1] in "，、,":
        return -9.0 if not line.marks else -1.0
    score -= _comma_doubt(text)
    score -= 2.5 if open_mark(text) or stray_closer(text) else 0.0
    score -= 2.0 if _GOES_ON.match(text) else 0.8 if _PREPOSITION.match(text) else 0.0
    score -= 1.5 if _DANGLING.search(text) else 0.0
    score += 1.5 if len(pieces) > 1 and all(2 < len(p) <= 24 for p in pieces) else 0.0
    score += 1.0 if text[-1] in "：:" and size <= 16 else -1.5 if text[-1] in "：:" else 0.0
    score += 0.5 if line.blanks > 1 else 0.0
    score += 1.0 if LIST_NUMBER.match(text) else 0.0
    score -= 1.0 if size > 12 and ends_inside_word(text) else 0.0
    return score - (1.0 if OPENERS.match(text) and len(pieces) == 1 and size > 12 else 0.0)


def _comma_doubt(text: str) -> float:
    """A headline may have one comma between two clauses; body text that was cut off often has one somewhere."""
    clauses = re.split(r"[，,]", text)
    even = len(clauses) == 2 and all(4 <= len(c) <= 14 for c in clauses)
    return 0.8 if even else 2.0 * min(2, len(clauses) - 1)


def _byline_fits(items: Sequence[Item], i: int) -> bool:
    """A single bare name stands below a headline or another byline, not in the middle of nowhere."""
    byline = items[i].byline
    if byline is None or byline.roles or items[i].text[0] in "（(【" or len(byline.names) > 1:
        return True
    before = items[i - 1] if i else None
    return before is not None and before.kind in ("head", "byline") and before.headness >= 0


def _in_context(items: Sequence[Item], widths: Sequence[float], i: int) -> float:
    """What a line's neighbours say for (above 0) or against its being a headline."""
    before = items[i - 1] if i else None
    after = items[i + 1] if i + 1 < len(items) else None
    score = 0.0
    if before is None or at_the_end(before.text):
        score += 1.0
    if before is not None and before.kind == "byline" and i > 1 and items[i - 2].kind == "head":
        score -= 3.0  # below a headline and its byline stands the body
    if after is None:
        score -= 1.0
    elif after.kind == "byline":
        score += 2.0
    elif in_dateline(after.text):
        score += 1.5
    if after is not None and after.text.startswith(("——", "－－")) and len(after.text) <= LONGEST_HEAD:
        score += 2.0  # a 副题 stands below its 主题
    if before is not None and before.kind in ("caption", "sheet"):
        score += 0.5  # no sentence goes on from there
    elif before is not None and (before.kind == "head" or not breaks_off(before.text)):
        score += 0.7 if before.kind == "head" else 0.2
    if not items[i].line.marks:
        score -= _set_like_body(items, widths, i)
        score -= _runs_on(before, items[i], after)
    return score


def _set_like_body(items: Sequence[Item], widths: Sequence[float], i: int) -> float:
    """How much a line is one of a column's lines: others as wide stand around it, and it is as wide as they are."""
    if _stands_alone(items, i):
        return 0.0
    around = [*_run(items, widths, i, -1), *_run(items, widths, i, 1)]
    alike = len(around)
    if alike >= 3:
        return 2.0 + 0.5 * (alike - 3)
    before = items[i - 1] if i else None
    tight = items[i].line.blanks == 0 and before is not None and _is_body(before)
    if tight and before is not None and not items[i].line.indented and before.text[-1] not in "。！？”…）)：":
        return 2.5 if widths[i - 1] >= max(widths[max(0, i - 4) : i + 1]) - 2 else 0.0
    return 0.0


def _is_body(item: Item) -> bool:
    return item.kind == "text" or (item.kind == "head" and item.headness < _LIKELY)


def _stands_alone(items: Sequence[Item], i: int) -> bool:
    """Whether the line above ends a sentence and the one below begins a paragraph, as around a headline."""
    if i == 0 or i + 1 == len(items):
        return False
    before, after = items[i - 1], items[i + 1]
    ended = not _is_body(before) or before.text[-1] in "。！？”…）)"
    return ended and not items[i].line.indented and (after.line.indented or in_dateline(after.text) is not None)


def _run(items: Sequence[Item], widths: Sequence[float], i: int, way: int) -> Iterator[int]:
    """The lines next to each other from one line up (-1) or down (1) that are as wide as it is, four at most."""
    k = i + way
    while 0 <= k < len(items) and abs(k - i) <= 4 and items[k].kind in ("head", "text"):
        if abs(widths[k] - widths[i]) > 1.5:
            return
        yield k
        k += way


def breaks_off(text: str) -> bool:
    """Whether a line ends without any mark that may end a sentence."""
    return text[-1] not in "。！？”…）)：；!?\"'"


def _runs_on(before: Item | None, item: Item, after: Item | None) -> float:
    """How much a line goes on from the one above or goes on in the one below."""
    against = 0.0
    if before and before.kind == "text" and breaks_off(before.text):
        strength = bridge(before.text, item.text).strength
        against += 2.0 if strength > 2.5 else 0.0
    if after and after.kind in ("text", "head") and not OPENERS.match(after.text) and len(item.text.split()) == 1:
        strength = bridge(item.text, after.text).strength
        against += 2.0 if strength > 2.5 else 0.0
    return against
