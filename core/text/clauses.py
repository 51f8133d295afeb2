"""The ends of clauses and sentences: the marks that end them, and those of a paragraph by place."""

from __future__ import annotations

import re
from bisect import bisect_right

from core.text.marks import CLAUSE_ENDS, CLOSING, SENTENCE_ENDS, STRAIGHT_QUOTES, any_of

CLAUSE_END = re.compile(any_of(CLAUSE_ENDS + "\n"))
PHRASE_END = re.compile(any_of(CLAUSE_ENDS + "、\n"))
"""A clause or an item of an enumeration ends."""
ITEM_END = re.compile(r"[，。；、]")
"""The same by Chinese marks alone: behind a figure a colon or an ASCII comma may belong to a number or a ratio."""
WORDS_END = re.compile(r"[，。；、\s]")
"""The same, or a space: in what follows a verb a space parts as a mark does."""
SENTENCE_END = re.compile(any_of(SENTENCE_ENDS + "\n"))
_CLOSED = SENTENCE_ENDS + "…；;：:"
"""A sentence ends here, or a list or speech that may stand in a paragraph of its own begins behind it."""
_CLOSERS = CLOSING + STRAIGHT_QUOTES + "]"
_MAY_END_A_LINE = _CLOSED + _CLOSERS
# 5万元（人民币，下同）: a remark without a figure ends no clause
_REMARK = re.compile(r"（[^（）()\d。；\n]{1,24}）|\([^（）()\d。；\n]{1,24}\)")
REACH = 120
"""No clause is looked at further than this from its figure."""


def ends_open(text: str) -> bool:
    """Return whether a text stops in mid-sentence; quotes and brackets behind the last mark do not count.

    >>> ends_open("他说：“好。”"), ends_open("建成服务点（含村级）")
    (False, True)
    """
    bare = text.rstrip().rstrip(_CLOSERS)
    return not bare or bare[-1] not in _CLOSED


def breaks_off(line: str) -> bool:
    """Return whether a printed line ends without any mark that may end a sentence.

    Unlike ``ends_open`` any closing bracket or quote will do: a short line such as 记者王芳（文/图） is whole.
    """
    return line[-1] not in _MAY_END_A_LINE


class Clauses:
    """Where clauses and sentences of a text begin and end; the comma of 1,200 ends none."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        remarks = [m.span() for m in _REMARK.finditer(text)] if "（" in text or "(" in text else []
        ends = [m.end() for m in CLAUSE_END.finditer(text) if not _is_in_number(text, m.start())]
        self._clause_ends = [end for end in ends if not any(a < end <= b for a, b in remarks)] if remarks else ends
        self._sentence_ends = [m.end() for m in SENTENCE_END.finditer(text)]

    def clause(self, at: int) -> tuple[int, int]:
        """Return the clause that holds a place, without its mark at the end."""
        i = bisect_right(self._clause_ends, at)
        start = self._clause_ends[i - 1] if i else 0
        end = self._clause_ends[i] - 1 if i < len(self._clause_ends) else self._length
        return max(start, at - REACH), min(end, at + REACH)

    def sentence(self, at: int) -> int:
        """Return where the sentence that holds a place begins."""
        i = bisect_right(self._sentence_ends, at)
        return max(self._sentence_ends[i - 1] if i else 0, at - 2 * REACH)


def _is_in_number(text: str, at: int) -> bool:
    """Whether a comma is one of 1,200, a colon one of 9:30."""
    if not text[at - 1 : at].isdigit() or text[at] not in ",，:":
        return False
    after = text[at + 1 : at + 4]
    return after.isdigit() and len(after) == 3
