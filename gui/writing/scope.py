"""Which cases, and which rows of a comparison, can be exported now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.comparing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Scope:
    """Cases that can be exported now: what they are called, and their numbers in order; None for all.

    ``selection`` is the id of the 汇编 that they are of, with whose headings, notes and figures they are written.
    """

    id: str
    words: str
    title: str
    nums: Sequence[int] | None
    total: int = 0
    selection: str = ""
    own_title: str = ""
    """The title that a person gave the 汇编."""

    @property
    def count(self) -> int:
        """Return how many cases they are."""
        return self.total if self.nums is None else len(self.nums)


@dataclass(frozen=True, slots=True)
class SheetScope:
    """Rows of the comparison that is shown, as they can be exported: in their order, with the columns in sight."""

    id: str
    words: str
    sheet: Sheet
