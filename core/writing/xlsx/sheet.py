"""A sheet of xlsxwriter whose texts are written in one piece each: most of a file's time goes into them."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class TextSheet(Worksheet):  # type: ignore[misc, unused-ignore]
    """Rows written as they come (``constant_memory``), each text as a text whatever it looks like.

    xlsxwriter itself takes a text from ``<r>`` to ``</r>`` for one that is marked up, and writes it as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self._styles: dict[int, str] = {}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__.__name__ != "String":
            super()._write_cell(row, col, cell)
            return
        text = cell.string
        if "_x" in text or not text.isprintable():
            text = self._escape_control_characters(text)
        if "&" in text or "<" in text or ">" in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        space = "" if text == text.strip() else ' xml:space="preserve"'
        name = self._names.get(col) or self._names.setdefault(col, xl_col_to_name(col))
        style = self._style(cell.format) if cell.format else self._style_of(col)
        self.fh.write(f'<c r="{name}{row + 1}"{style} t="inlineStr"><is><t{space}>{text}</t></is></c>')

    def _style_of(self, col: int) -> str:
        style = self._styles.get(col)
        if style is None:
            info = self.col_info.get(col)
            style = self._styles[col] = self._style(info.column_format) if info and info.column_format else ""
        return style

    def _style(self, look: Any) -> str:
        return f' s="{look._get_xf_index()}"'
