"""Plain text: finds the encoding of a page and reads it as found."""

from __future__ import annotations

import hashlib

from core.records import Page

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_plain(raw: bytes, name: str) -> Page:
    """Decode a page of text; only line ends are changed, to ``\\n``."""
    encoding, text = _decode(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(text=text, name=name, sha256=hashlib.sha256(raw).hexdigest(), encoding=encoding)


def _decode(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, raw.decode(encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            return encoding, raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "utf-8", raw.decode("utf-8", "replace")
