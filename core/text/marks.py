"""The marks of printed Chinese, one name a set; an ASCII mark counts where papers print it for a full-width one.

A pattern of its own words that only keeps a gap inside a clause (``[^，。；]{0,8}``) spells it out.
"""

from __future__ import annotations

import re

SENTENCE_ENDS = "。！？!?"
CLAUSE_ENDS = "，；：,;" + SENTENCE_ENDS
"""Without the ASCII colon, which may belong to a time or a ratio: 9:30, 1:3."""
PAUSES = "，、；：,;:"
"""What parts clauses and items inside a sentence."""
STOPS = PAUSES + "。！？"
"""Without the ASCII marks ! and ?, which also stand in Markdown and in addresses."""
COMMAS = "，、,"
PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "［": "］",
}
"""Opening quotation marks and brackets with those that close them; straight quotes look alike on both sides."""
CLOSING = "".join(PAIRS.values())
"""Without the ASCII bracket ], which also ends a link in Markdown."""
STRAIGHT_QUOTES = "\"'"
NEVER_FIRST = STOPS + CLOSING + "％%"
"""What no paragraph and no headline begins with; a line that does goes on with another."""
OPENING_BRACKETS, CLOSING_BRACKETS = "（(【〔[", "）)】〕]"
"""The brackets that names and notes are printed in."""


def any_of(marks: str) -> str:
    """Return a pattern for one of some marks."""
    return f"[{re.escape(marks)}]"


def none_of(marks: str) -> str:
    """Return a pattern for one character that is none of some marks."""
    return f"[^{re.escape(marks)}]"
