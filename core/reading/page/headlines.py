"""Points for a printed line's being a headline, by itself and beside its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.reading.page.bylines import at_the_end, in_dateline
from core.reading.page.lines import LIST_NUMBER, Item, Line
from core.reading.page.seams import OPENERS, ends_inside_word, open_mark, stray_closer, weigh_seam
from core.text.clauses import breaks_off
from core.text.marks import COMMAS, NEVER_FIRST, SENTENCE_ENDS

# 路修好了。, 修路；, 真好！大家说
_SENTENCE_END = re.compile(r"[。；;]|[！？!?](?!$)")
# 山货卖到了, 修路的, 为了让
_DANGLING = re.compile(r"[的地得和与及在对为将并把被于以从向让使由等或是有个第了着]$")
# 该村, 并在, 他们
_GOES_ON = re.compile(r"[该此其这并而但且也等及他她它们还又则即或与]|们")
# 在全县, 为老人
_PREPOSITION = re.compile(r"[在从为将对由把被据经以按](?!.{2,12}[到中上下时])")
# 记者 王一 摄 村民
_CREDIT_AND_TEXT = re.compile(r"[\u3400-\u9fff]{0,4}记者\s?[\u3400-\u9fff]{2,4}\s?摄\s")
LONGEST_HEADLINE, LONGEST_HEADLINE_IN_ROWS = 56, 90
"""Characters of a headline line; more where layout spaces divide it into rows."""
_LONGEST_ROW = 24
LIKELY = 1.0
_ENDED = SENTENCE_ENDS + "…”）)"
"""What the line above a headline ends with; behind a colon or a semicolon its own text goes on."""


def headline_score(line: Line) -> float:
    """Return how much a line looks like a headline by itself: from 1 on it does.

    >>> from core.reading.page.lines import physical_lines
    >>> lines = physical_lines("强基赋能 同心聚力\\n深入实施人才战略，发挥\\n他们正在平整土地。")
    >>> [headline_score(line) >= 1 for line in lines]
    [True, False, False]
    """
    text = line.text
    size = len(text)
    pieces = text.split()
    in_rows = len(pieces) > 2 and max(map(len, pieces)) <= _LONGEST_ROW
    if size < 2 or size > (LONGEST_HEADLINE_IN_ROWS if in_rows else LONGEST_HEADLINE):
        return -9.0
    score = 1.5 + (2.0 if line.marks else 0.0)
    if in_dateline(text) or _CREDIT_AND_TEXT.match(text):
        return -9.0
    if _SENTENCE_END.search(text) or text[0] in NEVER_FIRST or text[-1] in COMMAS:
        return -9.0 if not line.marks else -1.0
    score -= _comma_doubt(text)
    score -= 2.5 if open_mark(text) or stray_closer(text) else 0.0  # 老人说：“好, 食堂”开张
    score -= 2.0 if _GOES_ON.match(text) else 0.8 if _PREPOSITION.match(text) else 0.0  # 该村修路, 在全县
    score -= 1.5 if _DANGLING.search(text) else 0.0  # 山货卖到了
    score += 1.5 if len(pieces) > 1 and all(2 < len(p) <= 24 for p in pieces) else 0.0  # 村村通路 户户通电
    score += 1.0 if text[-1] in "：:" and size <= 16 else -1.5 if text[-1] in "：:" else 0.0  # 淳安县：
    score += 0.5 if line.blanks > 1 else 0.0
    score += 1.0 if LIST_NUMBER.match(text) else 0.0  # 一、修路
    score -= 1.0 if size > 12 and ends_inside_word(text) else 0.0  # 村里的老人和孩子们都参与消
    return score - (1.0 if OPENERS.match(text) and len(pieces) == 1 and size > 12 else 0.0)  # 近年来全村老少齐修路


def _comma_doubt(text: str) -> float:
    """A headline may have one comma between two clauses; body text that was cut off often has one somewhere."""
    clauses = re.split(r"[，,]", text)
    even = len(clauses) == 2 and all(4 <= len(c) <= 14 for c in clauses)
    return 0.8 if even else 2.0 * min(2, len(clauses) - 1)


def context_score(items: Sequence[Item], widths: Sequence[float], i: int) -> float:
    """Return the points for (above 0) or against a line's being a headline by its neighbours."""
    before = items[i - 1] if i else None
    after = items[i + 1] if i + 1 < len(items) else None
    score = 0.0
    if before is None or at_the_end(before.text):
        score += 1.0
    if before is not None and before.kind == "byline" and i > 1 and items[i - 2].kind == "headline":
        score -= 3.0  # below a headline and its byline stands the body
    if after is None:
        score -= 1.0
    elif after.kind == "byline":
        score += 2.0
    elif in_dateline(after.text):
        score += 1.5
    if after is not None and after.text.startswith(("——", "－－")) and len(after.text) <= LONGEST_HEADLINE:
        score += 2.0  # a 副题 stands below its 主题
    if before is not None and before.kind in ("caption", "sheet"):
        score += 0.5  # no sentence goes on from there
    elif before is not None and (before.kind == "headline" or not breaks_off(before.text)):
        score += 0.7 if before.kind == "headline" else 0.2
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
    if tight and before is not None and not items[i].line.indented and before.text[-1] not in _ENDED + "：":
        return 2.5 if widths[i - 1] >= max(widths[max(0, i - 4) : i + 1]) - 2 else 0.0
    return 0.0


def _is_body(item: Item) -> bool:
    return item.kind == "text" or (item.kind == "headline" and item.headline_score < LIKELY)


def _stands_alone(items: Sequence[Item], i: int) -> bool:
    """Whether the line above ends a sentence and the one below begins a paragraph, as around a headline."""
    if i == 0 or i + 1 == len(items):
        return False
    before, after = items[i - 1], items[i + 1]
    ended = not _is_body(before) or before.text[-1] in _ENDED
    return ended and not items[i].line.indented and (after.line.indented or in_dateline(after.text) is not None)


def _run(items: Sequence[Item], widths: Sequence[float], i: int, way: int) -> Iterator[int]:
    """The lines next to each other from one line up (-1) or down (1) that are as wide as it is, four at most."""
    k = i + way
    while 0 <= k < len(items) and abs(k - i) <= 4 and items[k].kind in ("headline", "text"):
        if abs(widths[k] - widths[i]) > 1.5:
            return
        yield k
        k += way


def _runs_on(before: Item | None, item: Item, after: Item | None) -> float:
    """How much a line goes on from the one above or goes on in the one below."""
    against = 0.0
    if before and before.kind == "text" and breaks_off(before.text):
        strength = weigh_seam(before.text, item.text).strength
        against += 2.0 if strength > 2.5 else 0.0
    if after and after.kind in ("text", "headline") and not OPENERS.match(after.text) and len(item.text.split()) == 1:
        strength = weigh_seam(item.text, after.text).strength
        against += 2.0 if strength > 2.5 else 0.0
    return against
