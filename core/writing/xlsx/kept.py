"""The hidden sheet that says what was written: for each row its id and a check sum of each cell."""

from __future__ import annotations

import struct
import zlib
from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from typing import Any

from core.writing.xlsx.columns import cell_text

FORM = "2"
"""The form of the hidden sheet: 1 had a row for each row, and its sums in sixteens."""
SIGN = "案览"
_AT_ONCE = 150
"""So many rows of the other sheets are kept in one cell, which holds 32 767 characters."""
Sums = Sequence[int]


def sum_of(cell: object) -> int:
    """Return the check sum of what a cell said, by which a changed one is known; 0 for an empty one alone."""
    text = cell_text(cell)
    return (zlib.crc32(text.encode()) or 1) if text else 0


class Keeper:
    """Gathers rows, and gives what cells of the hidden sheet hold of them."""

    def __init__(self, widths: Iterable[int]) -> None:
        """``widths`` are the numbers of columns that rows have."""
        self._packs = {width: struct.Struct(f"<{width}I").pack for width in widths}
        self._waiting: list[str] = []

    def add(self, sheet: str, row_id: str, sums: Sums) -> str:
        """Keep a row; a cell's worth of rows when there are enough of them, else nothing."""
        told = b2a_base64(self._packs[len(sums)](*sums), newline=False).decode()
        self._waiting.append(f"{sheet}\t{told}\t{row_id}")
        return self.rest() if len(self._waiting) >= _AT_ONCE else ""

    def rest(self) -> str:
        """Return what is left, as one cell."""
        told = "\n".join(self._waiting)
        self._waiting.clear()
        return told


def read(sheet: Any) -> tuple[str, dict[str, dict[str, Sums]]]:
    """Return of a hidden sheet which library it was written from, and sheet → id → the sums of the cells.

    Both are empty where it is none of ours; rows that cannot be read are left out.
    """
    kept: dict[str, dict[str, Sums]] = {}
    if cell_text(sheet.cell(1, 1).value) != SIGN:
        return "", kept
    first = cell_text(sheet.cell(1, 2).value) == "1"
    for (cell,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True):
        text = cell_text(cell)
        for row in [text.replace("\n", "\t")] if first else text.split("\n"):
            name, sums, row_id = f"{row}\t\t".split("\t", 3)[:3]
            try:
                kept.setdefault(name, {})[row_id] = _of_first(sums) if first else _unpacked(sums)
            except (ValueError, Error, struct.error):
                continue
    return cell_text(sheet.cell(1, 3).value), kept


def _unpacked(text: str) -> Sums:
    told = a2b_base64(text.encode())
    return struct.unpack(f"<{len(told) // 4}I", told)


def _of_first(text: str) -> Sums:
    return [0 if told == "-" else int(told, 16) or 1 for told in text.split(" ")]
