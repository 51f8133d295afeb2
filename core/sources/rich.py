"""RTF: the text of its paragraphs and tables; what lays them out, pictures and fields' instructions are passed over."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from core.records import Page
from core.sources.composition import Composition
from core.sources.errors import PASTE, RECOGNISE, SourceError
from core.sources.paragraphs import NO_HEADING, Paragraphs
from core.sources.plain import VISIBLE

_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\(.)|([{}])|[\r\n]+|[^\\{}\r\n]+", re.I | re.S)
_DEEPEST = 1000
_PASSED_OVER = frozenset(
    b"colortbl info pict object objdata fldinst header headerl headerr headerf footer footerl footerr footerf footnote"
    b" nonshppict sp sn sv listtext pntext shprslt themedata datastore latentstyles xmlnstbl annotation generator"
    .split()
)  # fmt: skip
_KEPT = frozenset((b"shpinst", b"shptxt"))
"""Marked as something that old programs leave out, but there is text in it."""
_PAGES = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs"}
"""The character sets of East Asian fonts → codecs; other fonts' bytes are in the code page of the file."""
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"tab": "\t", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005",
}  # fmt: skip
_ESCAPED = {b"~": "\xa0", b"_": "-", b"-": ""}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group until it ends."""

    skipped: bool = False
    place: bytes = b""
    """The table of the head that is being read: fonttbl or stylesheet."""
    font: int = 0
    blanks: int = 1
    """How many characters stand for a ``\\u`` where it is not understood."""
    deleted: bool = False


def read_rich(raw: bytes, name: str) -> Page:
    """Return the text of an RTF file with its headings, tables and page breaks.

    Raises ``SourceError`` for damage, traps and empty documents.
    """
    reader = _Reader(name)
    for token in _TOKEN.finditer(raw):
        reader.take(token)
    made = reader.finish()
    text = made.text()
    if not VISIBLE.search(text):
        raise SourceError(name, f"没有文字，可能只有图片；{RECOGNISE}")
    digest = hashlib.sha256(raw).hexdigest()
    return Page(text=text, name=name, sha256=digest, encoding="utf-8", format="rtf", **made.structure())


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._to = Paragraphs()
        self._state, self._outer = _State(), list[_State]()
        self._boxes: list[tuple[int, Paragraphs]] = []
        """The text boxes that are open: how deep each began, and what was being written before."""
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        """The styles that are headings, and of what outline level."""
        self._style, self._level, self._in_table = 0, NO_HEADING, False
        self._bytes, self._units = bytearray(), list[str]()
        self._to_skip = 0
        self._fresh = False
        """Whether a group has just begun, so that its first word says what is in it."""
        self._starred = False
        self._binary = 0

    def take(self, token: re.Match[bytes]) -> None:
        """Take the next token."""
        if self._binary > token.start():
            return
        word, number, code, sign, brace = token.groups()
        if brace:
            self._flush()
            self._group(brace)
        elif word:
            self._word(word.lower(), number, token.end())
            self._fresh = self._starred = False
        elif code:
            self._byte(bytes([int(code, 16)]))
        elif sign == b"*" and self._fresh:
            self._starred = True
        elif sign:
            self._sign(sign)
        elif token[0][:1] not in b"\r\n":
            self._literal(token[0])

    def finish(self) -> Composition:
        """Return what was read."""
        self._flush()
        for _, outer in reversed(self._boxes):
            outer.add_box(self._to.finish())
            self._to = outer
        return self._to.finish()

    def _group(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._outer) >= _DEEPEST:
                raise SourceError(self._name, f"一层套一层，不像正常的 RTF 文件；{PASTE}")
            self._outer.append(self._state)
            self._fresh = True
        elif self._outer:
            if self._boxes and self._boxes[-1][0] == len(self._outer):
                box, (_, self._to) = self._to, self._boxes.pop()
                self._to.add_box(box.finish())
            self._state, self._fresh = self._outer.pop(), False
        self._to_skip = 0
        self._starred = False

    def _literal(self, text: bytes) -> None:
        self._fresh = False
        left = text[self._to_skip :] if self._to_skip else text
        self._to_skip = max(0, self._to_skip - len(text))
        if left and self._is_shown():
            self._bytes += left

    def _byte(self, byte: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._is_shown():
            self._bytes += byte

    def _sign(self, sign: bytes) -> None:
        if sign in b"\r\n":
            self._word(b"par", None, 0)
        elif sign in b"\\{}":
            self._literal(sign)
        elif sign in _ESCAPED:
            self._write(_ESCAPED[sign])

    def _is_shown(self) -> bool:
        return not (self._state.skipped or self._state.place or self._state.deleted)

    def _write(self, text: str) -> None:
        self._flush()
        if text and self._is_shown():
            self._to.write(text)

    def _flush(self) -> None:
        """Decode what came as bytes, and put the halves of rare characters together."""
        if self._bytes:
            page = self._fonts.get(self._state.font, self._page)
            self._units.append(self._bytes.decode(page, "replace"))
            self._bytes.clear()
        if self._units:
            joined = "".join(self._units).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._units.clear()
            self._to.write(joined.replace("\0", ""))

    def _word(self, word: bytes, number: bytes | None, end: int) -> None:
        value = int(number) if number is not None else 1
        if word == b"u":
            self._unicode(value)
            return
        self._to_skip = 0
        if self._fresh and (word in _PASSED_OVER or (self._starred and word not in _KEPT)):
            self._state = replace(self._state, skipped=True)
        elif self._fresh and word == b"shptxt" and self._is_shown():
            self._boxes.append((len(self._outer), self._to))
            self._to = Paragraphs(every_empty_line=False)
        elif word == b"bin":
            self._binary = end + max(0, value)
        elif self._fresh and word in (b"fonttbl", b"stylesheet"):
            self._state = replace(self._state, place=word)
        elif self._state.place:
            self._define(word, value)
        elif not self._state.skipped:
            self._obey(word, value, number is not None)

    def _unicode(self, value: int) -> None:
        if self._is_shown():
            if self._bytes:
                page = self._fonts.get(self._state.font, self._page)
                self._units.append(self._bytes.decode(page, "replace"))
                self._bytes.clear()
            self._units.append(chr(value % 0x10000))
        self._to_skip = self._state.blanks

    def _define(self, word: bytes, value: int) -> None:
        """A font's character set, or a style's outline level."""
        if word == b"f":
            self._state = replace(self._state, font=value)
        elif word == b"fcharset" and value in _PAGES:
            self._fonts[self._state.font] = _PAGES[value]
        elif word == b"s":
            self._style = value
        elif word == b"outlinelevel" and self._state.place == b"stylesheet":
            self._levels[self._style] = value

    def _obey(self, word: bytes, value: int, given: bool) -> None:
        if word in (b"f", b"af"):
            self._flush()
            self._state = replace(self._state, font=value)
        elif word == b"uc":
            self._state = replace(self._state, blanks=max(0, min(value, 16)))
        elif word == b"ansicpg":
            self._page = _CODE_PAGES.get(value, "cp1252")
        elif word == b"deleted":
            self._flush()
            self._state = replace(self._state, deleted=not given or value != 0)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        else:
            self._end(word, value)

    def _end(self, word: bytes, value: int) -> None:
        """What ends a line or a cell, or says how the paragraph is set."""
        if word in (b"par", b"sect"):
            self._flush()
            self._to.end_paragraph(self._in_table, self._level)
        elif word == b"line":
            self._flush()
            self._to.break_line(self._in_table)
        elif word in (b"page", b"pagebb"):
            self._flush()
            self._to.break_page()
        elif word in (b"cell", b"nestcell"):
            self._flush()
            self._to.end_cell()
        elif word in (b"row", b"nestrow"):
            self._flush()
            self._to.end_row()
        elif word == b"pard":
            self._level, self._in_table = NO_HEADING, False
        elif word == b"intbl":
            self._in_table = True
        elif word == b"outlinelevel":
            self._level = value
        elif word == b"s":
            self._level = self._levels.get(value, NO_HEADING)
