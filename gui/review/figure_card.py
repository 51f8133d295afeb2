"""The figure that is checked: each part of it as read beside what is printed, and why it is in doubt."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.reviewing.fetching import Shown
from core.reviewing.matching import PART_WORDS, Compared, disagreements
from core.reviewing.queue import UNSURE_BELOW
from gui.review.card import Beside, Card
from gui.review.form import Form

BIG = ("value", "unit")


class FigureCard(Card):
    """The figure; with the form open, its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((1, 1), parent)
        self.form = Form()
        self.form.hide()
        self.put_after_rows(self.form)

    def show_figure(self, shown: Shown, doubt: str) -> None:
        """Show a figure, read and printed; ``doubt`` says why it is in doubt, empty where it is not."""
        metric = shown.metric
        self.close_form()
        if not doubt and metric.confidence < UNSURE_BELOW:
            sure = self.tr("读的时候没有把握（{0:.0%}）：{1}")
            doubt = sure.format(metric.confidence, metric.reason or "—")
        different = [(self.tr(PART_WORDS[one.part]), one.read, one.printed) for one in disagreements(shown.compared)]
        self.show_told(metric.indicator, doubt, different, metric.state, shown.said)
        self.show_rows(
            Beside(
                self.tr(PART_WORDS[one.part]),
                one.read,
                self._printed(one, shown),
                differs=one.agrees is False,
                faint=one.agrees is None,
                big=one.part in BIG,
            )
            for one in shown.compared
            if one.read or one.printed or one.part in BIG
        )

    def open_form(self, shown: Shown) -> None:
        """Put the fields in the place of the comparison, the value chosen."""
        self.rows.hide()
        self.form.open(shown.metric)

    def close_form(self) -> None:
        """Go back to the comparison; what was typed is forgotten."""
        self.form.hide()
        self.rows.show()

    def is_typing(self) -> bool:
        """Whether the form is open, or a note is begun."""
        return self.form.isVisibleTo(self) or super().is_typing()

    def _printed(self, one: Compared, shown: Shown) -> str:
        if one.printed:
            return one.printed
        if shown.original is None and one.part in BIG:
            return self.tr("未找到出处")
        if one.agrees:
            return self.tr("句里有")
        return self.tr("没有") if one.agrees is False else self.tr("句里没写")
