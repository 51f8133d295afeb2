"""Word files (.docx): the text of the document's body, a paragraph a line, a table row a line."""

from __future__ import annotations

import hashlib
import io
import zipfile
from xml.parsers import expat

from core.records import Page
from core.sources.errors import SourceError
from core.sources.plain import VISIBLE

MAX_XML = 64 << 20
"""The body of a book has some 5 MB of XML; what unpacks to more is a trap."""
_RATIO = 400
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BODY = "word/document.xml"


def read_word(raw: bytes, name: str) -> Page:
    """The text of a .docx; raises ``SourceError`` for .doc, passwords, damage, traps and empty documents."""
    if raw.startswith(_OLE):
        raise SourceError(name, "是旧版 Word 文件或带有密码，请在 Word/WPS 里另存为不带密码的 .docx")
    text = _body_text(_unpack(raw, name), name)
    if not VISIBLE.search(text):
        raise SourceError(name, "里没有文字（可能只有图片）")
    return Page(text=text, name=name, sha256=hashlib.sha256(raw).hexdigest(), encoding="utf-8", format="docx")


def _unpack(raw: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entry = archive.getinfo(_BODY)
            if entry.file_size > MAX_XML or entry.file_size > _RATIO * max(entry.compress_size, 1):
                raise SourceError(name, "解开后大得不正常", f"{entry.compress_size} → {entry.file_size} bytes")
            with archive.open(entry) as stream:
                xml = stream.read(MAX_XML + 1)
    except SourceError:
        raise
    except Exception as error:  # a broken archive makes zipfile raise nearly anything
        raise SourceError(name, "已损坏或不是 Word 文件", repr(error)) from error
    if len(xml) > MAX_XML:
        raise SourceError(name, "解开后大得不正常")
    return xml


class _Body:
    """Collects the text of WordprocessingML; what Word repeats for older programs (mc:Fallback) is passed over."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._in_text = False
        self._skipped = 0
        self._cells = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if self._skipped or local == "Fallback":
            self._skipped += 1
        elif local == "t":
            self._in_text = True
        elif local in {"tab", "br", "cr"} and tag.startswith("http"):
            self.pieces.append("\t" if local == "tab" else "\n")
        elif local == "tc":
            self._cells += 1

    def end(self, tag: str) -> None:
        local = tag.rpartition(" ")[2]
        if self._skipped:
            self._skipped -= 1
        elif local == "t":
            self._in_text = False
        elif local == "p":
            self.pieces.append("\n" if not self._cells else " ")
        elif local == "tc":
            self._cells -= 1
            self.pieces.append("\t")
        elif local == "tr":
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self.pieces.append(text)


def _body_text(xml: bytes, name: str) -> str:
    body = _Body()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = body.start, body.end
    parser.CharacterDataHandler = body.data

    def refuse(*_: object) -> None:
        raise SourceError(name, "带有外部引用，不是正常的 Word 文件")

    # A Word file has no document type: whoever declares one wants entities expanded or files fetched.
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise SourceError(name, "已损坏", str(error)) from error
    return "\n".join(line.strip(" \t") for line in "".join(body.pieces).split("\n"))
