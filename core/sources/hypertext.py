"""HTML saved from e-papers: the text that a reader would see, a block a line."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from core.records import Page
from core.sources.errors import SourceError
from core.sources.plain import VISIBLE, read_plain

_HIDDEN = frozenset("script style head nav form button select option noscript template svg iframe object".split())
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 li ul ol tr table section article header footer aside main blockquote pre hr dl dt dd"
    " figure figcaption founder-title founder-content founder-author".split()
)
_VOID = frozenset("br hr img meta link input area base col embed source track wbr".split())
_DECLARED = re.compile(rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def read_hypertext(raw: bytes, name: str) -> Page:
    """The visible text of an HTML page; raises ``SourceError`` when there is none."""
    declared = [m.group(1).decode("ascii").lower() for m in _DECLARED.finditer(raw[:4096])]
    declared = ["gb18030" if d in {"gb2312", "gbk"} else d for d in declared]
    page = read_plain(raw, name, declared)
    reader = _VisibleText()
    reader.feed(page.text)
    reader.close()
    text = reader.text()
    if not VISIBLE.search(text):
        raise SourceError(name, "里没有看得见的文字")
    return replace(page, text=text, format="html")


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self._pieces.append("\n")
        elif tag in {"td", "th"}:
            self._pieces.append("\t")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS and tag not in _VOID:
            self._pieces.append("\n")
        elif tag == "body":
            self._hidden.clear()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        lines = (line.strip(" ") for line in "".join(self._pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
