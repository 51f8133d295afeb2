"""What a table puts on the clipboard: cells for Excel and WPS, and a real table with heads for Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from core.writing.cells import is_number, not_a_formula

_PAGE = '<html><head><meta charset="utf-8"></head><body>{}</body></html>'
_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">{}</table>'
_AS_TEXT = ' style="mso-number-format:\'\\@\'" sdnum="1033;0;@"'
"""Excel and WPS (by the style) and Calc (by the other) leave such a cell as it is: 2024-05 no date, =A1 no formula."""
_AT_RIGHT = ' align="right"'


def plain(cell: str) -> str:
    """Return a text that stays in one cell when it is pasted.

    >>> plain("上\\t下\\n左")
    '上 下 左'
    """
    return " ".join(cell.split())


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of cells with tabs between the cells; none of them is a formula where it is pasted.

    >>> text_of([["指标", "数值"], ["驿站", "9"]])
    '指标\\t数值\\n驿站\\t9'
    """
    return "\n".join("\t".join(not_a_formula(plain(cell)) for cell in line) for line in lines)


def rows_of(lines: Iterable[Sequence[str]], numbers: Sequence[bool], tag: str = "td") -> str:
    """Return lines of cells as rows of an HTML table; ``numbers`` says of each column whether it holds numbers.

    In such a column a cell that is no plain number (60余, 3-5) is a text all the same.

    >>> rows_of([["9"]], [True])
    '<tr><td align="right">9</td></tr>'
    """

    def cell(text: str, number: bool) -> str:
        look = (_AT_RIGHT if number else "") + ("" if number and is_number(plain(text)) else _AS_TEXT)
        return f"<{tag}{look}>{escape(plain(text))}</{tag}>"

    return "".join(f"<tr>{''.join(map(cell, line, numbers))}</tr>" for line in lines)


def mime_of(heads: Sequence[str], text: str, rows: str, note: str = "") -> QMimeData:
    """Return both forms of a table under its heads: ``text`` from ``text_of``, ``rows`` from ``rows_of``.

    ``note`` goes under the table: where the figures were printed.
    """
    out = QMimeData()
    out.setText("\n".join(filter(None, (text_of([heads]), text, note))))
    head = f"<thead>{rows_of([heads], [False] * len(heads), 'th')}</thead>"
    foot = f"<p>{escape(note)}</p>" if note else ""
    out.setHtml(_PAGE.format(_TABLE.format(f"{head}<tbody>{rows}</tbody>") + foot))
    return out


def put(heads: Sequence[str], lines: Sequence[Sequence[str]], numbers: Sequence[bool], note: str = "") -> str:
    """Put a table on the clipboard in both forms; return its plain one."""
    mime = mime_of(heads, text_of(lines), rows_of(lines, numbers), note)
    QGuiApplication.clipboard().setMimeData(mime)
    return mime.text()
