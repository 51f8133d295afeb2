"""Text that a file, a list and a clipboard can hold: what no character is has a sign in its place that one can see."""

from __future__ import annotations

NUL_SIGN = "\u2400"
"""␀ for U+0000, at which much else that reads the text would stop."""
_SIGNS = {0: NUL_SIGN, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def storable(text: str) -> str:
    """Return the text, as long as before, with ``␀`` for U+0000 and ``\ufffd`` for half a pair of UTF-16.

    >>> storable("甲\\0乙\\ud800")
    '甲␀乙\ufffd'
    """
    return text.translate(_SIGNS) if "\0" in text or not is_whole(text) else text


def is_whole(text: str) -> bool:
    """Return whether every character is one: a half of a pair, and a byte that was no UTF-8, are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
