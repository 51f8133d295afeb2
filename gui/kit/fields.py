"""The fields of Qt's plain structures with their types: PySide6 has the fields, its stubs leave them out."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextLayout, QTextLine
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTextEdit, QWidget


class Cell(Protocol):
    """What a delegate is told of the cell that it paints."""

    rect: QRect
    state: QStyle.StateFlag
    widget: QWidget | None


class Highlight(Protocol):
    """A look laid over a part of a page."""

    cursor: QTextCursor
    format: QTextCharFormat


class Stretch(Protocol):
    """A look of a part of a line, counted in UTF-16 units."""

    start: int
    length: int
    format: QTextCharFormat


def cell_of(option: QStyleOptionViewItem) -> Cell:
    """Return the option itself, with the fields that its stub leaves out."""
    return cast(Cell, option)


def highlight_of(selection: QTextEdit.ExtraSelection) -> Highlight:
    """Return the selection itself, with the fields that its stub leaves out."""
    return cast(Highlight, selection)


def stretch_of(part: QTextLayout.FormatRange) -> Stretch:
    """Return the part itself, with the fields that its stub leaves out."""
    return cast(Stretch, part)


def x_in(line: QTextLine, position: int) -> float:
    """Return how far from the left of its line a position stands; PySide6 gives a pair, its stub says ``object``."""
    found: Any = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)
