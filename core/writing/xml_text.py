"""Text as it goes into XML."""

from __future__ import annotations

import re

_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\r"): " "}


def whole(text: str) -> str:
    """Return the text with a sign in the place of what no XML can hold."""
    return _NO_CHARACTER.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Return the text for an element or an attribute in double quotes.

    >>> escaped('a<b> & "c"\\x00')
    'a&lt;b&gt; &amp; &quot;c&quot;\ufffd'
    """
    return whole(text).translate(_ESCAPED)
