"""Where else the text at a doubtful seam may go on: the likeliest places, each behind a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from core.desk.continuing import MOST_CHOICES
from core.records import Offer, Span
from gui.desk.page import percent
from gui.desk.strip import QUOTE, ROOMY, quote
from gui.kit.plain import Label, entry, tip


class ChoiceLine(QWidget):
    """Under the line about a doubt: 「也可能接」 and a button for each place; hidden where there is none."""

    chosen = Signal(int)
    """Which of the places, from 0."""
    looked_at = Signal(int)
    """The pointer came to one of the places; -1 when it went."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 0, 12, 6)
        row.setSpacing(4)
        self._words = Label(self.tr("也可能接"))
        self._words.setProperty("role", "secondary")
        row.addWidget(self._words)
        self._buttons: list[QPushButton] = []
        for number in range(MOST_CHOICES):
            button = QPushButton()
            button.setProperty("kind", "flat")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            button.clicked.connect(lambda on=False, number=number: self.chosen.emit(number))
            button.installEventFilter(self)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._shown: tuple[Sequence[Offer], str, Sequence[int]] = ((), "", ())
        self.hide()

    def show_choices(self, offers: Sequence[Offer], text: str, articles: Sequence[int]) -> None:
        """Show these places of a page's text, with the number (from 0) of the article that each stands in."""
        self._shown = (offers, text, articles)
        self._fit()
        self.setVisible(bool(offers))

    def words(self) -> list[str]:
        """What the buttons say that can be pressed."""
        return [button.text() for button in self._buttons if not button.isHidden()] if not self.isHidden() else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page fewer words of each place are shown."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        offers, text, articles = self._shown
        self._words.setVisible(self.width() >= ROOMY)
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(offers))
            if number < len(offers):
                self._tell(button, number, offers[number], text, articles[number])

    def _tell(self, button: QPushButton, number: int, offer: Offer, text: str, article: int) -> None:
        start = quote(text, Span(offer.start, offer.start + (QUOTE if self.width() >= ROOMY else QUOTE // 3)))
        button.setText(entry(f"{number + 1}  {start}…  {percent(offer.chance)}"))
        words = self.tr("改为接第 {0} 篇里的“{1}…”（按 {2}）").format(article + 1, start, number + 1)
        button.setToolTip(tip(words))
        button.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which place the pointer is at, so that the page can show it."""
        if event.type() == QEvent.Type.Enter and watched in self._buttons:
            self.looked_at.emit(self._buttons.index(watched))
        elif event.type() == QEvent.Type.Leave:
            self.looked_at.emit(-1)
        return super().eventFilter(watched, event)
