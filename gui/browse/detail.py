"""The case and its figures: one above the other, or, where the window is too low for both, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from core.writing.figure_text import grouped
from gui.browse.case_pane import CasePane
from gui.browse.metrics_table import MetricsTable
from gui.kit.basics import divide
from gui.kit.widgets import Segments

LOW = 400
"""A detail of less height than this shows the case or its figures (200 % on 1366 × 768 leaves 290)."""
SHARES = (0.64, 0.36)
"""Of the height that the case and its figures have, until a person divides it."""
TEXT, FIGURES = "text", "figures"


class Detail(QSplitter):
    """How the case that is read and its figures share their room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.pane, self.metrics = CasePane(), MetricsTable()
        self._wants_figures, self._divided = False, False
        self._turned = TEXT
        """Which of the two a low window shows."""
        self._turns = [self._make_turn() for _ in range(2)]
        self.pane.head.insertWidget(0, self._turns[0])
        self.metrics.head.insertWidget(0, self._turns[1])
        divide(self, (self.pane, 480, 1), (self.metrics, 240, 0))
        self.metrics.model.modelReset.connect(self._count)
        self.metrics.view.opened.connect(self.show_text)

    def _make_turn(self) -> Segments:
        turn = Segments(((TEXT, self.tr("正文")), (FIGURES, self.tr("数据"))), self.tr("正文或数据"), self)
        turn.chosen.connect(self.turn)
        turn.hide()
        return turn

    def show_figures(self, wanted: bool) -> None:
        """Show the figures under the case, or leave their room to it."""
        self._wants_figures = wanted
        self._fit()

    def show_text(self) -> None:
        """See to it that the case is in sight."""
        if not self.pane.isVisible():
            self.turn(TEXT)

    def turn(self, to: str) -> None:
        """Show the case (``"text"``) or its figures (``"figures"``) where there is no room for both."""
        held = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) else False
        self._turned = to
        self._fit()
        if self.is_low() and held:
            (self.metrics if self._shows_figures() else self.pane).setFocus()
        self.pane.reveal_lit()

    def is_low(self) -> bool:
        """Whether there is room for one of the two only."""
        return self.height() < LOW

    def restore(self, state: QByteArray | bytes) -> None:
        """Divide the room as a person left it."""
        self._divided = self.restoreState(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _shows_figures(self) -> bool:
        return self._wants_figures and (not self.is_low() or self._turned == FIGURES)

    def _fit(self) -> None:
        low, figures = self.is_low(), self._shows_figures()
        if figures and not low and not self._divided:
            self.setSizes([round(self.height() * share) for share in SHARES])
            self._divided = True
        self.metrics.setVisible(figures)
        self.pane.setVisible(not (low and figures))
        self.metrics.show_count(not low)
        for turn in self._turns:
            turn.choose(FIGURES if figures else TEXT)
            turn.setVisible(low and self._wants_figures)

    def _count(self) -> None:
        """Say in the place of the head, which has no room, how many figures there are."""
        _, there = self.metrics.model.counts()
        for turn in self._turns:
            turn.name(FIGURES, self.tr("数据 {0}").format(grouped(there)))
