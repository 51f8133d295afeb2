"""Plain text and Markdown: finds the encoding of a page and reads it as found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from core.records import Page
from core.sources.errors import PASTE, SourceError

MAX_BYTES = 16 << 20
"""A page has some 10 kB of text; a file beyond this, pictures inside its HTML and all, is something else."""
MAX_CHARS, MAX_LINES = 1_000_000, 100_000
"""A text beyond these is no page: a whole paper has a tenth of them. They bound what reading costs."""

SPLIT = "请拆成几个小些的文件"
_NO_TEXT = f"不是文字文件；{PASTE}"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Letters that a text of a few sentences cannot do without, simplified and traditional: they tell GBK from Big5.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开"
    "這來個們時國會學動對發過說產種經進著電裡現實點從業體機當應開與為於並將無長見區縣鄉鎮萬"
)
VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BAD_SHARE = 0.005
"""A text in which more than this share of the characters cannot be read is in another encoding or no text at all."""


def read_plain(raw: bytes, name: str, declared: Sequence[str] = ()) -> Page:
    """Decode a page of text; only line ends are changed, to ``\\n``.

    ``declared`` are encodings that the file itself names; they are tried first. Raises ``SourceError`` for an empty
    file, a file too large for a page, and one that is not text.
    """
    if len(raw) > MAX_BYTES:
        raise SourceError(name, f"有 {len(raw) / 2**20:.0f} MB，不像版面文字（上限 {MAX_BYTES >> 20} MB）；{SPLIT}")
    encoding, text, notes = decode(raw, name, declared)
    if not VISIBLE.search(text):
        raise SourceError(name, "是空的")
    return Page(
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        name=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=encoding,
        notes=notes,
    )


def check_size(page: Page) -> None:
    """Raise ``SourceError`` for a text that is too long for a page."""
    lines = page.text.count("\n")
    if len(page.text) > MAX_CHARS:
        raise SourceError(page.name, f"有 {len(page.text)} 个字，不像版面（上限 {MAX_CHARS} 个）；{SPLIT}")
    if lines > MAX_LINES:
        raise SourceError(page.name, f"有 {lines} 行，不像版面（上限 {MAX_LINES} 行）；{SPLIT}")


def decode(raw: bytes, name: str, declared: Sequence[str] = ()) -> tuple[str, str, tuple[str, ...]]:
    """Return the encoding of some bytes, their text, and what could not be read of it."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return (encoding, *_lossy(raw, encoding, name))
    if guess := _utf16_without_mark(raw):
        return (guess, *_lossy(raw, guess, name))
    if b"\x00" in raw[:4096]:
        raise SourceError(name, _NO_TEXT)
    for encoding in (*declared, "utf-8"):
        try:
            return encoding, _checked(raw.decode(encoding), name), ()
        except (UnicodeDecodeError, LookupError):
            continue
    return _by_letters(raw, name)


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 text shows its zero bytes or its CJK high bytes on one side only, and no other text has zero bytes."""
    head = raw[: 4096 - 4096 % 2]
    if len(head) < 8:
        return ""
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        wide = sum(b in (0, 0x30, 0xFF) or 0x4E <= b <= 0x9F for b in high)
        low = head[(encoding == "utf-16-be") :: 2]
        narrow = [b for a, b in zip(high, low, strict=False) if a == 0]
        if wide > 0.95 * len(high) and (len(narrow) > 0.3 * len(high) or any(b in b"\r\n" for b in narrow)):
            return encoding
    return ""


def _by_letters(raw: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Neither marked nor UTF-8: the encoding whose reading has the most everyday letters."""
    best = ("", "", float("-inf"))
    for encoding in ("gb18030", "big5"):
        text = raw.decode(encoding, "replace")
        han = [c for c in text if "\u4e00" <= c <= "\u9fff"]
        share = sum(c in _COMMON for c in han) / (len(han) or 1) - 5 * text.count("\ufffd") / (len(text) or 1)
        if share > best[2]:
            best = (encoding, text, share)
    utf8 = raw.decode("utf-8", "replace")
    if utf8.count("\ufffd") <= _BAD_SHARE * len(utf8):
        return ("utf-8", *_lossy(raw, "utf-8", name))
    return (best[0], *_lossy(raw, best[0], name))


def _lossy(raw: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    text = raw.decode(encoding, "replace")
    bad = text.count("\ufffd") - raw.count("\ufffd".encode())
    if bad > 1 and bad > _BAD_SHARE * len(text):
        raise SourceError(
            name, f"不是文字文件，或文字已损坏；{PASTE}", f"{encoding}: {bad} of {len(text)} characters unreadable"
        )
    return _checked(text, name), ((f"有 {bad} 个字读不出，留作 \ufffd",) if bad > 0 else ())


def _checked(text: str, name: str) -> str:
    controls = len(_CONTROL.findall(text))
    if controls > 2 and controls > _BAD_SHARE * len(text):
        raise SourceError(name, _NO_TEXT, f"{controls} control characters in {len(text)}")
    return text
