"""Paragraphs, runs, notes and tables of a Word document as XML; styles by their ids, nothing formatted directly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from core.writing.xml_text import escaped

if TYPE_CHECKING:
    from core.writing.docx.package import Package

_MARKS = re.compile("([“”‘’—…·]+)")
_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z_]")
_LONGEST_NAME = 40
"""Characters of a bookmark's name (ECMA-376, 17.13.6.2)."""


class WordText:
    """Makes the XML of a document's text, and keeps its footnotes and marks in count.

    ``marks`` are the styles for quotation marks and dashes by the role of the font around them, empty where the Latin
    font is the Chinese.
    """

    def __init__(self, parts: Package, marks: Mapping[str, str], write_note: Callable[[str], object]) -> None:
        self._ids, self._marks, self._write_note = parts.ids, marks, write_note
        self._width, self._table = parts.width, parts.table
        self._first_note, self._notes, self._bookmarks = parts.first_note, 0, 0

    def style(self, style_id: str) -> str:
        """Return the id that a style of ours has in this document."""
        return self._ids.get(style_id, style_id)

    # ---- runs

    def run(self, text: str, style_id: str = "", role: str = "text") -> str:
        """Return the runs of a text: one, or one of its own for each quotation mark that needs another font."""
        if not text:
            return ""
        marks = "" if style_id else self._marks.get(role, "")
        if not marks:
            return self._plain(text, style_id)
        pieces = _MARKS.split(text)
        return "".join(self._plain(piece, marks if i % 2 else "") for i, piece in enumerate(pieces) if piece)

    def _plain(self, text: str, style_id: str) -> str:
        style = f'<w:rPr><w:rStyle w:val="{self.style(style_id)}"/></w:rPr>' if style_id else ""
        lines = escaped(text).split("\n")
        inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
        return f"<w:r>{style}{inside}</w:r>"

    def marked(self, inside: str, mark_id: str) -> str:
        """Return runs with a hidden mark around them that names what they are."""
        self._bookmarks += 1
        name = _NOT_IN_A_NAME.sub("_", f"_F{self._bookmarks}_{mark_id}")[:_LONGEST_NAME]
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'

    def note(self, text: str) -> str:
        """Write a footnote, and return the run that refers to it."""
        number = self._first_note + self._notes
        self._notes += 1
        mark = f'<w:rPr><w:rStyle w:val="{self.style("FootnoteReference")}"/></w:rPr>'
        self._write_note(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self.style("FootnoteText")}"/></w:pPr>'
            f"<w:r>{mark}<w:footnoteRef/></w:r>{self.run(' ' + text)}</w:p></w:footnote>"
        )
        return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def notes(self) -> str:
        """Return nothing: Word puts notes at the foot of their pages."""
        return ""

    def to_reference(self, number: int) -> str:
        """Return a raised number that leads to an entry of the list of sources."""
        inside = self._plain(f"[{number}]", "ReferenceMark")
        return f'<w:hyperlink w:anchor="_R{number}" w:history="1">{inside}</w:hyperlink>'

    def reference(self, number: int, text: str) -> str:
        """Return that entry."""
        self._bookmarks += 1
        mark = self._bookmarks
        return self.paragraph(
            f'<w:bookmarkStart w:id="{mark}" w:name="_R{number}"/>{self.run(f"[{number}] {text}")}'
            f'<w:bookmarkEnd w:id="{mark}"/>',
            "Reference",
        )

    # ---- paragraphs and tables

    def paragraph(self, inside: str, style_id: str = "Normal") -> str:
        """Return a paragraph of runs."""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style(style_id)}"/></w:pPr>{inside}</w:p>'

    def table_start(self, heads: Sequence[str], shares: Sequence[int]) -> str:
        """Return the beginning of a table with its head, which repeats on each page.

        WPS takes the widths from the grid, Word from table and cells.
        """
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in shared(shares, self._width))
        head = [self.paragraph(self.run(text, role="head"), "CellHead") for text in heads]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._table}"/><w:tblW w:w="{self._width}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{self._row(head, shares, '<w:tblHeader/>')}"
        )

    def row(self, cells: Sequence[str], shares: Sequence[int]) -> str:
        """Return a row of cells that are paragraphs, which no page parts."""
        return self._row(cells, shares)

    def _row(self, cells: Sequence[str], shares: Sequence[int], more: str = "") -> str:
        inside = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(cells, shared(shares, self._width), strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{inside}</w:tr>"

    def table_end(self) -> str:
        """Return the end of a table."""
        return "</w:tbl>"


def shared(shares: Sequence[int], width: int) -> list[int]:
    """Return a width in these shares, which are hundredths; all of it is given.

    >>> shared((33, 33, 34), 1000)
    [330, 330, 340]
    """
    widths = [share * width // 100 for share in shares]
    return [widths[0] + width - sum(widths), *widths[1:]]
