"""A column of a table as data, and how columns share the room that a table has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

R = TypeVar("R")
Fit = Literal["text", "whole", "number"]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a table of records: what it is called, what its cells say, how wide it is and how it is sorted."""

    name: str
    """What its width and place are remembered by, and what a library sorts by."""
    title: str
    text: Callable[[R], str]
    fit: Fit = "text"
    """``text`` gives way where room is short; ``whole`` is never cut; a ``number`` is whole and stands at the right."""
    least: int = 64
    """So narrow, in pixels, does a text become before the table scrolls sideways."""
    most: int = 320
    """So wide, in pixels, does a text wish to be."""
    weight: float = 1.0
    """Its share of room that does not suffice for all texts, beside others of weight 1."""
    grows: bool = False
    """Takes what is left when every column has its wish; the last text does where none is said to."""
    key: Callable[[R], Any] | None = None
    """What it is sorted by; its text where none is given."""
    copied: Callable[[R], str] | None = None
    """What goes to the clipboard; its text where nothing is given."""
    tip: str = ""
    """What its head tells."""
    hint: Callable[[R], str] | None = None
    """What a cell tells under the mouse; its text where nothing is given."""
    spoken: Callable[[R], str] | None = None
    """What a screen reader says; the text where nothing is given."""
    ink: str | Callable[[R], str] = "text-2"
    """The role of its colour."""
    icon: Callable[[R], QIcon] | None = None
    struck: Callable[[R], bool] | None = None
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    """Where a text is cut that has no room: names of files are told apart by their ends."""
    sample: str = ""
    """The widest text that is likely, for lists whose rows are not all known."""

    @property
    def whole(self) -> bool:
        """Whether its cells are never cut: a figure without its end is another figure."""
        return self.fit != "text"

    @property
    def align(self) -> Qt.AlignmentFlag:
        """Numbers stand at the right, all else at the left."""
        side = Qt.AlignmentFlag.AlignRight if self.fit == "number" else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class Want(NamedTuple):
    """What a column asks for, in pixels: no less than ``least``, no more than ``wish``."""

    least: int
    wish: int
    weight: float = 1.0


def share(room: int, wants: Sequence[Want], grows: int = -1) -> list[int]:
    """Return a width for each column, in pixels; they fill the room unless even the least widths do not fit.

    Short texts get their wish first, longer ones what is left by weight; the column ``grows`` takes what nobody wants.

    >>> share(300, [Want(60, 60), Want(50, 80), Want(50, 400)])
    [60, 80, 160]
    >>> share(100, [Want(60, 60), Want(50, 80), Want(50, 400)])
    [60, 50, 50]
    >>> share(600, [Want(60, 60), Want(50, 80)], grows=1)
    [60, 540]
    """
    out = [want.least for want in wants]
    spare = max(0, room - sum(out))
    waiting = sorted((i for i, w in enumerate(wants) if w.wish > w.least), key=lambda i: _steps(wants[i]))
    weights = sum(wants[i].weight for i in waiting)
    for i in waiting:
        want = wants[i]
        given = min(want.wish - want.least, int(spare * want.weight / weights))
        out[i] += given
        spare -= given
        weights -= want.weight
    if grows >= 0:
        out[grows] += spare
    return out


def _steps(want: Want) -> float:
    """How much each unit of weight would have to be given until this column has its wish."""
    return (want.wish - want.least) / want.weight
