"""The clauses and sentences of a paragraph, by place."""

from __future__ import annotations

import re
from bisect import bisect_right

CLAUSE_END = re.compile(r"[，。；：！？,;!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
REACH = 120
"""No clause is looked at further than this from its figure."""


class Clauses:
    """Where clauses and sentences of a text begin and end; the comma of 1,200 ends none."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._clause_ends = _ends(CLAUSE_END, text)
        self._sentence_ends = _ends(_SENTENCE_END, text)

    def clause(self, at: int) -> tuple[int, int]:
        """The clause that holds a place, without its mark at the end."""
        i = bisect_right(self._clause_ends, at)
        start = self._clause_ends[i - 1] if i else 0
        end = self._clause_ends[i] - 1 if i < len(self._clause_ends) else self._length
        return max(start, at - REACH), min(end, at + REACH)

    def sentence(self, at: int) -> int:
        """Where the sentence that holds a place begins."""
        i = bisect_right(self._sentence_ends, at)
        return max(self._sentence_ends[i - 1] if i else 0, at - 2 * REACH)


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [m.end() for m in pattern.finditer(text) if not _is_in_number(text, m.start())]


def _is_in_number(text: str, at: int) -> bool:
    """Whether a comma is one of 1,200, a colon one of 9:30."""
    after = text[at + 1 : at + 4]
    return text[at] in ",，:" and text[at - 1 : at].isdigit() and after.isdigit() and len(after) == 3
