"""Text as one may read it: full-width digits folded, layout spaces gone, and every character still knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_WIDE = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")
_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_BLANK = re.compile(f"\\s+|[{_UNSEEN}]+")
_ANY_BLANK = re.compile(f"[\\s{_UNSEEN}]")
_TO_FOLD = re.compile("[０-９Ａ-Ｚａ-ｚ％．＋－＄￥\u2f00-\u2fdf]")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_FOLDED |= {ord(wide): ord(narrow) for wide, narrow in zip("％．＋－＄￥", "%.+-$¥", strict=True)}
# Kangxi radicals that stand for the characters figures are written with
_FOLDED |= {
    ord(radical): ord(plain) for radical, plain in zip("⼀⼆⼋⼗⼈⽇⽉⼦⼾⼝", "一二八十人日月子户口", strict=True)
}


@dataclass(frozen=True, slots=True)
class Clear:
    """A text without layout; ``gone`` holds (place in this text, characters left out before it)."""

    text: str
    gone: list[tuple[int, int]]

    def back(self, at: int) -> int:
        """Return where a character of this text stands in the text as given."""
        i = bisect_right(self.gone, (at, 1 << 62))
        return at + (self.gone[i - 1][1] if i else 0)


def without_layout(text: str) -> Clear:
    """Return the text with full-width digits folded and the blanks of the layout left out.

    >>> without_layout("共４ 个").text
    '共4个'
    """
    if _TO_FOLD.search(text):
        text = text.translate(_FOLDED)
    if not _ANY_BLANK.search(text):
        return Clear(text, [])
    gone: list[tuple[int, int]] = []
    pieces: list[str] = []
    last = total = 0
    for match in _BLANK.finditer(text):
        if _is_layout(text, match):
            pieces.append(text[last : match.start()])
            total += match.end() - match.start()
            last = match.end()
            gone.append((last - total, total))
    pieces.append(text[last:])
    return Clear("".join(pieces) if gone else text, gone)


def _is_layout(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank came from laying out the page: beside a Chinese character, or inside a number."""
    start, end = blank.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after or not blank[0][0].isspace():
        return True
    if _WIDE.match(before) or _WIDE.match(after) or after in "%℃°":
        return True
    if not (before.isdigit() or before in ".,") or not (after.isdigit() or after in ".,"):
        return False
    return "\n" in blank[0] or (
        end - start == 1 and _is_inside_number(text[max(0, start - 3) : start], text[end : end + 4])
    )


def _is_inside_number(before: str, after: str) -> bool:
    """3 . 5万, 5 0 0人, 1 200元: single spaces that justified a line or group the thousands."""
    if after[0] == "." or before[-1] == ".":
        return after.lstrip(". ")[:1].isdigit()
    if not (before[-1].isdigit() and after[0].isdigit()):
        return False
    if not before[-2:-1].isdigit() and not after[1:2].isdigit():
        return True
    if before[-2:-1].isspace() and before[-3:-2].isdigit():
        return True
    short = re.search(r"(?:^|[^\d.,])\d{1,2}$", before) is not None
    return short and after[:3].isdigit() and not after[3:].isdigit()
