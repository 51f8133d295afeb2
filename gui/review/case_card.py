"""The case that is checked as a whole: each field as read beside the printed words that speak for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.reviewing.wholes import Field, ShownCase
from gui.review.card import Beside, Card


class CaseCard(Card):
    """The fields of a case, what is in doubt of it, and what was said of it before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((3, 2), parent)

    def show_case(self, shown: ShownCase, doubt: str) -> None:
        """Show a case; ``doubt`` says what of it is in doubt, empty where nothing is."""
        different = [(one.name, one.read, one.printed) for one in shown.fields if one.agrees is False]
        self.show_told(shown.title or self.tr("没有标题"), doubt, different, shown.state, shown.said)
        self.show_rows(self._beside(one, shown) for one in shown.fields)

    def _beside(self, one: Field, shown: ShownCase) -> Beside:
        printed: str | None = one.printed
        if not one.printed:
            nothing = self.tr("没有原文") if shown.original is None else self.tr("原文里没写")
            printed = nothing if one.agrees is not None or one.lit else None
        return Beside(one.name, one.read, printed, differs=one.agrees is False, faint=not one.printed)
