"""Points for a printed line's being a headline, by itself: one of the signs of its kind."""

from __future__ import annotations

import re

from core.reading.page.bylines import in_dateline
from core.reading.page.lines import LIST_NUMBER, Line
from core.reading.page.seams import OPENERS, ends_inside_word, open_mark, stray_closer
from core.text.marks import COMMAS, NEVER_FIRST

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
