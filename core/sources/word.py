"""Word files (.docx): the text of the document's body, a paragraph a line, a table row a line.

Names are looked at without their namespaces, since the strict form of the format has others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress

from core.records import Page
from core.sources.composition import Composition
from core.sources.errors import RECOGNISE, SourceError
from core.sources.parts import PartReader, Parts, local_name
from core.sources.plain import VISIBLE

_PASSED_OVER = frozenset(("Fallback", "moveFrom", "rt", "tabs", "pPrChange"))
"""What Word repeats for older programs, has moved away, prints above the text (pinyin), or sets without a character."""
_MARKS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset(("title", "标题"))
_TITLE, _NO_HEADING = -1, 9
"""Outline levels count from 0; 9 says that a paragraph is no heading."""

_LONGEST_CHAIN = 20
"""Styles each based on the next; Word allows ten."""


def read_word(raw: bytes, name: str) -> Page:
    """Return the text of a .docx with its headings, tables and page breaks.

    Raises ``SourceError`` for damage, traps and empty documents.
    """
    body = _body(Parts(raw, name, "Word 文件", "请在 Word/WPS 里打开，另存为新的 .docx"))
    text = body.text()
    if not VISIBLE.search(text):
        raise SourceError(name, f"没有文字，可能只有图片；{RECOGNISE}")
    digest = hashlib.sha256(raw).hexdigest()
    return Page(text=text, name=name, sha256=digest, encoding="utf-8", format="docx", **body.structure())


def _body(parts: Parts) -> Composition:
    main = parts.related().get("officeDocument", "word/document.xml")
    body = _Body(_levels(parts, main))
    parts.parse(main, body)
    return body.made


def _levels(parts: Parts, main: str) -> dict[str, int]:
    """The styles' outline levels; without them, or where they are damaged, the text can still be read."""
    styles = _Styles()
    with suppress(SourceError):
        if where := parts.related(main).get("styles"):
            parts.parse(where, styles)
    return styles.levels()


class _Styles(PartReader):
    """Which styles are headings, and of what level."""

    def __init__(self) -> None:
        self._own: dict[str, int] = {}
        self._based: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        local, value = local_name(tag), _value_of(attributes)
        if local == "style":
            self._style = _value_of(attributes, "styleId")
        elif local == "basedOn":
            self._based[self._style] = value
        elif local == "outlineLvl":
            self._own[self._style] = _level_of(value)
        elif local == "name" and (level := _level_of_name(value)) is not None:
            self._own.setdefault(self._style, level)

    def levels(self) -> dict[str, int]:
        """Return the outline level of each style, as far as it or one that it is based on has any."""
        return {style: self._level(style) for style in {*self._own, *self._based}}

    def _level(self, style: str) -> int:
        for _ in range(_LONGEST_CHAIN):  # styles may be based on each other in a circle
            if style in self._own or style not in self._based:
                break
            style = self._based[style]
        return self._own.get(style, _NO_HEADING)


def _level_of(value: str) -> int:
    return int(value) if value in {*"012345678"} else _NO_HEADING


def _level_of_name(name: str) -> int | None:
    if name.lower() in _TITLE_NAMES:
        return _TITLE
    found = _HEADING_NAME.fullmatch(name)
    return int(found[1]) - 1 if found else None


def _value_of(attributes: Mapping[str, str], name: str = "val") -> str:
    return next((value for key, value in attributes.items() if local_name(key) == name), "")


class _Flow:
    """Paragraphs that follow one another: those of the document, or those of a text box."""

    def __init__(self) -> None:
        self.made = Composition(every_empty_line=True)
        self.boxes: list[Composition] = []
        """The text boxes anchored in the line that is being read."""
        self.level = _NO_HEADING
        self._start = 0
        self._tables: list[int] = []
        self._cells = 0
        self._cell_is_empty = True

    def begin_paragraph(self) -> None:
        """In a cell a paragraph goes on with the line."""
        if not self._cells:
            self.level, self._start = _NO_HEADING, self.made.at
        elif not self._cell_is_empty:
            self.made.write(" ")
        self._cell_is_empty = False

    def end_paragraph(self) -> None:
        """Outside of cells the line ends."""
        if self._cells:
            return
        self.made.end_line()
        if self.level != _NO_HEADING:
            self.made.add_heading(self._start, self.level + 1)
        self._add_boxes()

    def break_line(self) -> None:
        """In a cell a row stays a line."""
        if self._cells:
            self.made.write(" ")
        else:
            self.made.end_line()

    def begin_table(self) -> None:
        """A table inside another begins a line."""
        self._tables.append(self.made.at)

    def end_table(self) -> None:
        """The rows since its beginning are the table."""
        self.made.add_table(self._tables.pop())

    def begin_cell(self) -> None:
        """A paragraph in it is no line."""
        self._cells += 1
        self._cell_is_empty = True

    def end_cell(self) -> None:
        """A tab stands between two cells."""
        self._cells -= 1
        self.made.write("\t")

    def end_row(self) -> None:
        """A row is a line."""
        self.made.end_line()
        self._add_boxes()

    def _add_boxes(self) -> None:
        for box in self.boxes:
            self.made.take(box)
        self.boxes.clear()


_BEGINS = {"p": _Flow.begin_paragraph, "tbl": _Flow.begin_table, "tc": _Flow.begin_cell}
_ENDS = {"p": _Flow.end_paragraph, "tbl": _Flow.end_table, "tc": _Flow.end_cell, "tr": _Flow.end_row}


class _Body(PartReader):
    """Reads paragraphs, tables and text boxes; a box follows the line that it is anchored in."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        self._levels = levels
        self._flows = [_Flow()]
        self._in_text = False
        self._skipped = 0

    @property
    def made(self) -> Composition:
        """All that was read."""
        return self._flows[0].made

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        local = local_name(tag)
        if self._skipped or local in _PASSED_OVER:
            self._skipped += 1
        elif local == "txbxContent":
            self._flows.append(_Flow())
        elif local in _BEGINS:
            _BEGINS[local](self._flows[-1])
        else:
            self._mark(local, attributes)

    def end(self, tag: str) -> None:
        local = local_name(tag)
        if self._skipped:
            self._skipped -= 1
        elif local == "t":
            self._in_text = False
        elif local == "txbxContent":
            box = self._flows.pop()
            self._flows[-1].boxes.append(box.made)
        elif local in _ENDS:
            _ENDS[local](self._flows[-1])

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._flows[-1].made.write(text)

    def _mark(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take in what stands between the characters of a paragraph, or says what it is."""
        flow = self._flows[-1]
        if local == "t":
            self._in_text = True
        elif local in _MARKS:
            flow.made.write(_MARKS[local])
        elif local in ("br", "cr"):
            flow.break_line()
        elif local == "pStyle":
            flow.level = self._levels.get(_value_of(attributes), _NO_HEADING)
        elif local == "outlineLvl":
            flow.level = _level_of(_value_of(attributes))
        if local == "lastRenderedPageBreak" or (local == "br" and _value_of(attributes, "type") == "page"):
            flow.made.break_page()
