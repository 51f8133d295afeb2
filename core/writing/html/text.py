"""Paragraphs, runs, notes and tables of a document as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from core.writing.numbering import Numbering
from core.writing.xml_text import escaped

_TAGS = {"Title": "h1", "Heading1": "h2", "Heading2": "h3", "Heading3": "h4"}
_CELLS = {"CellText": "td", "CellNumber": "td", "CellHead": "th"}
_RUNS = {"MechanismName": "b", "Unchecked": "sup", "ReferenceMark": "sup"}
_CLASSES = {
    "CaseFacts": "facts",
    "OwnNote": "own",
    "Mechanism": "mechanism",
    "Caption": "caption",
    "Source": "source",
    "Reference": "reference",
    "CellNumber": "number",
    "Unchecked": "state",
}


class PageText:
    """Makes the HTML of a document's text; its notes stand behind each case."""

    def __init__(self) -> None:
        self._notes = 0
        self._new: list[str] = []
        self._numbering = Numbering()

    def run(self, text: str, style_id: str = "", role: str = "text") -> str:
        """Return text, within a tag where its style has one."""
        inside = escaped(text).replace("\n", "<br/>")
        tag = _RUNS.get(style_id, "")
        return f"<{tag}{_class(style_id)}>{inside}</{tag}>" if tag and inside else inside

    def marked(self, inside: str, mark_id: str) -> str:
        """Return text that names which figure it is."""
        return f'<span class="figure" data-id="{escaped(mark_id)}">{inside}</span>'

    def note(self, text: str) -> str:
        """Keep a note, and return the raised number that leads to it."""
        self._notes += 1
        number = self._notes
        self._new.append(f'<p class="note" id="n{number}"><a href="#r{number}">{number}</a> {escaped(text)}</p>')
        return f'<sup><a id="r{number}" href="#n{number}">{number}</a></sup>'

    def notes(self) -> str:
        """Return the notes since the last time."""
        new = "".join(self._new)
        self._new.clear()
        return f'<div class="notes">{new}</div>' if new else ""

    def to_reference(self, number: int) -> str:
        """Return a raised number that leads to an entry of the list of sources."""
        return f'<sup><a href="#s{number}">[{number}]</a></sup>'

    def reference(self, number: int, text: str) -> str:
        """Return that entry."""
        return f'<p class="reference" id="s{number}">[{number}] {escaped(text)}</p>'

    def paragraph(self, inside: str, style_id: str = "Normal") -> str:
        """Return a paragraph, a heading or the inside of a cell."""
        if style_id in _CELLS:
            tag = _CELLS[style_id]
            return f"<{tag}{_class(style_id)}>{inside}</{tag}>"
        tag = _TAGS.get(style_id, "p")
        inside = self._number(style_id) + inside
        return f"<{tag}{_class(style_id)}>{inside}</{tag}>\n"

    def _number(self, style_id: str) -> str:
        """The number of a heading; empty for any other paragraph."""
        if not style_id.startswith("Heading"):
            return ""
        return self._numbering.next(int(style_id[-1]))

    def table_start(self, heads: Sequence[str], shares: Sequence[int]) -> str:
        """Return the beginning of a table with its head, which repeats on each printed page."""
        cells = "".join(f'<th width="{share}%">{escaped(head)}</th>' for head, share in zip(heads, shares, strict=True))
        return (
            f'<table width="100%" border="1" cellspacing="0" cellpadding="4"><thead><tr>{cells}</tr></thead><tbody>\n'
        )

    def row(self, cells: Sequence[str], shares: Sequence[int]) -> str:
        """Return a row."""
        return f"<tr>{''.join(cells)}</tr>\n"

    def table_end(self) -> str:
        """Return the end of a table."""
        return "</tbody></table>\n"


def _class(style_id: str) -> str:
    return f' class="{_CLASSES[style_id]}"' if style_id in _CLASSES else ""
