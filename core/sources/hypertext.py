"""HTML saved from e-papers: the text that a reader would see, a block a line.

Every step looks at each character a bounded number of times, whatever is left open (the standard library's parser
does not).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from core.records import Page
from core.sources.errors import SourceError
from core.sources.plain import VISIBLE, read_plain

_HIDDEN = frozenset("head nav button select option noscript template svg iframe object".split())
# A form is not hidden: pages made by ASP.NET stand in one as a whole.
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}
"""Elements whose content is no HTML → what ends them; none of them is text of the page."""
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 li ul ol tr table section article header footer aside main blockquote pre hr dl dt dd"
    " figure figcaption founder-title founder-content founder-author".split()
)
_CELLS = frozenset(("td", "th"))
_VOID = frozenset("br hr img meta link input area base col embed source track wbr".split())
_REMARKS = (("<!--", "-->"), ("<![", "]>"), ("<!", ">"), ("<?", ">"))
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTES = re.compile(r"[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ENDLESS_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9A-Fa-f]{7,});?")
_DEEPEST = 100
"""Hidden elements inside each other; no page has so many."""
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
}
"""What a page of Chinese may say of itself → the codec; whatever else it says is not believed."""
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{1,300}charset|\?xml[^>]{1,300}encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)


def read_hypertext(raw: bytes, name: str) -> Page:
    """The visible text of an HTML page; raises ``SourceError`` when there is none."""
    said = [m.group(1).decode("ascii", "replace").lower() for m in _DECLARED.finditer(raw[:4096])]
    page = read_plain(raw, name, [_ENCODINGS[d] for d in said if d in _ENCODINGS])
    text = visible_text(page.text)
    if not VISIBLE.search(text):
        raise SourceError(name, "里没有看得见的文字")
    return replace(page, text=text, format="html")


def visible_text(source: str) -> str:
    """The text of HTML as a browser shows it, without its layout.

    >>> visible_text("<p>甲 &amp; <b>乙</b><br>丙<script>丁</script></p>")
    '甲 & 乙\\n丙\\n'
    """
    shown = "".join(_Reader(source).pieces())
    lines = (line.strip(" ") for line in shown.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


class _Reader:
    """Reads HTML from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._hidden: list[str] = []
        self._quotes_close = True
        """False once a quotation mark inside a tag turned out to have no partner."""

    def pieces(self) -> Iterator[str]:
        """The visible stretches and line breaks, in order."""
        source, at = self._source, 0
        while (start := source.find("<", at)) >= 0:
            yield from self._text(source[at:start])
            tag = _TAG.match(source, start)
            end = self._end_of_tag(tag.end()) if tag else _end_of_remark(source, start)
            if tag and end:
                at = self._past_raw(tag[2].lower(), end) if not tag[1] else end
                yield from self._break(tag[2].lower(), bool(tag[1]), source[end - 2] == "/")
            elif end:
                at = end
            else:
                yield from self._text("<")
                at = start + 1
                if tag:  # no other tag is closed behind an open one
                    break
        yield from self._text(source[at:])

    def _text(self, text: str) -> Iterator[str]:
        if text and not self._hidden:
            if "&" in text:
                text = html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text))
            yield _SPACE.sub(" ", text)

    def _end_of_tag(self, at: int) -> int:
        """Where a tag ends, a > in quotation marks apart; 0 when it never does."""
        if self._quotes_close:
            if found := _ATTRIBUTES.match(self._source, at):
                return found.end()
            self._quotes_close = False
        return self._source.find(">", at) + 1

    def _past_raw(self, name: str, end: int) -> int:
        """Where to go on behind a beginning tag: behind the content, where that is no HTML."""
        if name not in _RAW:
            return end
        found = _RAW[name].search(self._source, end)
        return found.start() if found else len(self._source)

    def _break(self, name: str, closes: bool, closed_at_once: bool) -> Iterator[str]:
        """What a tag does: hide, show again, break the line."""
        if name == "body":
            self._hidden.clear()
        elif name in _HIDDEN:
            if not closes and not closed_at_once and len(self._hidden) < _DEEPEST:
                self._hidden.append(name)
            elif closes and name in self._hidden:
                while self._hidden.pop() != name:
                    pass
        elif not self._hidden and name in _BLOCKS and not (closes and name in _VOID):
            yield "\n"
        elif not self._hidden and name in _CELLS and not closes:
            yield "\t"


def _end_of_remark(source: str, start: int) -> int:
    """Where a comment or declaration that begins here ends; one without an end takes the rest; 0 when it is none."""
    for mark, close in _REMARKS:
        if source.startswith(mark, start):
            stop = source.find(close, start + len(mark))
            return stop + len(close) if stop >= 0 else len(source)
    return 0
