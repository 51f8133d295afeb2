"""HTML saved from e-papers: the text that a reader would see, a block a line.

libxml2 calls the reader as it meets tags and text; no tree is built, since its cost grows with the square of the
attributes of one tag.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from core.records import Page
from core.sources.composition import Composition
from core.sources.errors import PASTE, SourceError
from core.sources.plain import VISIBLE, read_plain

_HIDDEN = frozenset(
    "head title nav button select option noscript template svg iframe object script style textarea".split()
)
# A form is not hidden: pages made by ASP.NET stand in one as a whole.
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    "p div br li ul ol tr table section article header footer aside main blockquote pre hr dl dt dd"
    " figure figcaption founder-title founder-content founder-author".split()
) | frozenset(_HEADINGS)
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(("br", "hr"))
_FEWEST_IN_A_ROW = 3
"""Lines of one link each, one after the other, that are a list of them."""
_LETTER = re.compile(r"\w")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 1000
"""Open elements inside each other; each end tag is looked for among them, and browsers stop at half of this."""
_AT_ONCE = 1 << 16
"""Characters fed at once: only between two such pieces does the parser heed that a reader has given up."""
ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
}
"""What a page of Chinese may say of itself → the codec; whatever else it says is not believed."""
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{1,300}charset|\?xml[^>]{1,300}encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)


def read_hypertext(raw: bytes, name: str) -> Page:
    """Return the visible text of an HTML page, its headings and tables; raises ``SourceError`` when there is none."""
    said = [m.group(1).decode("ascii", "replace").lower() for m in _DECLARED.finditer(raw[:4096])]
    page = read_plain(raw, name, [ENCODINGS[d] for d in said if d in ENCODINGS])
    try:
        shown = visible(page.text)
    except _TooDeepError as error:
        raise SourceError(name, f"标签一层套一层，不像正常的网页；{PASTE}") from error
    except etree.LxmlError as error:
        raise SourceError(name, f"已损坏；{PASTE}", str(error)) from error
    text = shown.text()
    if not VISIBLE.search(text):
        raise SourceError(name, f"没有看得见的文字；请在浏览器里打开看看，{PASTE.removeprefix('请')}")
    return replace(page, text=text, format="html", **shown.structure())


def visible(source: str) -> Composition:
    """Return the text of HTML as a browser shows it, without its layout and its rows of links.

    >>> visible("<p>甲 &amp; <b>乙</b><br>丙<script>丁</script></p>").text()
    '甲 & 乙\\n丙\\n'
    """
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    for at in range(0, len(source), _AT_ONCE):
        parser.feed(source[at : at + _AT_ONCE].encode("utf-8", "replace"))
    parser.close()
    return reader.shown


class _TooDeepError(Exception):
    """More elements inside each other than a page has."""


class _Reader:
    """What the parser calls; it closes all that is open itself, so that every start has its end."""

    def __init__(self) -> None:
        self.shown = Composition(every_empty_line=False)
        self._run: list[str] = []
        """Text since the last break or cell; white space is drawn together across inline elements."""
        self._depth = 0
        self._hidden = 0
        self._heading = 0
        """Where the heading begins that is being read."""
        self._tables: list[_Table] = []
        self._links = _Links()

    def start(self, tag: str, _: object) -> None:
        """A beginning tag."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        if self._hidden or tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self._break()
            self._begin(tag)
        elif tag == "a":
            self._links.begin()
        elif tag in _CELLS:
            self._write()
            self.shown.write("\t")
            if self._tables:
                self._tables[-1].add_cell()

    def end(self, tag: str) -> None:
        """An ending tag, printed or implied."""
        self._depth -= 1
        if self._hidden:
            self._hidden -= 1
        elif tag == "a":
            self._links.end()
        elif tag in _BLOCKS and tag not in _VOID:
            self._break()
            self._finish(tag)

    def data(self, text: str) -> None:
        """Text, references resolved."""
        if not self._hidden:
            self._run.append(text)
            self._links.add(text)

    def close(self) -> None:
        """The end of the file: rows of links are taken out, unless there is nothing else."""
        self._break()
        rows = self._links.rows()
        if len(rows) < self._links.lines:
            self.shown.leave_out(rows)

    def _write(self) -> None:
        if self._run:
            self.shown.write(_SPACE.sub(" ", "".join(self._run)))
            self._run.clear()

    def _break(self) -> None:
        self._write()
        before = self.shown.count
        self.shown.end_line()
        if self.shown.count > before:
            self._links.end_line(before)

    def _begin(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = self.shown.at
        elif tag == "table":
            self._tables.append(_Table(self.shown.at))
        elif tag == "tr" and self._tables:
            self._tables[-1].cells = 0

    def _finish(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.shown.add_heading(self._heading, _HEADINGS[tag])
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if table.is_one:
                self.shown.add_table(table.start)
            if self._tables:
                self._tables[-1].holds_another = True


class _Links:
    """Which lines are rows of links: two or more of them in a line, or three lines one after the other, no sentence."""

    def __init__(self) -> None:
        self.lines = 0
        """Lines with text so far."""
        self._inside = False
        self._links = self._letters = self._linked = 0
        self._run: list[int] = []
        self._rows: set[int] = set()
        self._ends_sentence = False

    def begin(self) -> None:
        """A link begins."""
        self._inside = True
        self._links += 1

    def end(self) -> None:
        """A link ends."""
        self._inside = False

    def add(self, text: str) -> None:
        """Count what stands in a link and what does not."""
        letters = len(_LETTER.findall(text))
        self._letters += letters
        self._linked += letters if self._inside else 0
        self._ends_sentence = text.rstrip().endswith("。") or (self._ends_sentence and not text.strip())

    def end_line(self, number: int) -> None:
        """A line ends that bears a number among all; one without text parts nothing."""
        if self._letters:
            self.lines += 1
            only_links = self._linked == self._letters and not self._ends_sentence
            if only_links and self._links > 1:
                self._rows.add(number)
            self._run = [*self._run, number] if only_links else []
            if len(self._run) >= _FEWEST_IN_A_ROW:
                self._rows.update(self._run)
        self._links, self._letters, self._linked = int(self._inside), 0, 0

    def rows(self) -> set[int]:
        """Return the numbers of the lines that are rows of links."""
        return self._rows


class _Table:
    """A table that is being read; those that hold another, or one cell a row, only lay out the page."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.cells = self._most = 0
        self.holds_another = False

    def add_cell(self) -> None:
        """Count a cell of the row."""
        self.cells += 1
        self._most = max(self._most, self.cells)

    @property
    def is_one(self) -> bool:
        """Whether this is a table of facts, as far as its form tells."""
        return self._most > 1 and not self.holds_another
