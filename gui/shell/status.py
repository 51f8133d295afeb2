"""The status line: what was just said, else what is in the library; what goes on, and which library it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStatusBar

from gui.kit.basics import BusyBar, ElidedLabel
from gui.kit.plain import Label, entry, tip

SAID_MS = 8000


class Status(QObject):
    """Speaks through the status bar and the thin bar at the top."""

    reviewer_pressed = Signal()
    """The name of the person who checks was pressed."""
    differing_pressed = Signal()
    """The count of what people say differently was pressed."""

    def __init__(self, bar: QStatusBar, busy: BusyBar) -> None:
        super().__init__(bar)
        self._busy = busy
        self._line, self._busy_text, self._library = ElidedLabel(), Label(), Label()
        self._figures = ""
        self._saying = QTimer(self, singleShot=True, interval=SAID_MS)
        self._saying.timeout.connect(self.say_figures)
        self._differing = QPushButton()
        self._differing.setProperty("kind", "legend")
        self._differing.setProperty("focusPolicy", "NoFocus")  # the menu has it for the keyboard
        self._differing.clicked.connect(lambda: self.differing_pressed.emit())
        self._differing.hide()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        self._busy_text.hide()
        self._reviewer = QPushButton()
        self._reviewer.setProperty("kind", "legend")
        self._reviewer.setProperty("focusPolicy", "NoFocus")  # the menu has it for the keyboard
        self._reviewer.clicked.connect(lambda: self.reviewer_pressed.emit())
        self._reviewer.hide()
        bar.addWidget(self._line, 1)
        bar.addPermanentWidget(self._busy_text)
        bar.addPermanentWidget(self._differing)
        bar.addPermanentWidget(self._reviewer)
        bar.addPermanentWidget(self._library)

    def say(self, text: str) -> None:
        """Say something for a while, in the place of the figures."""
        self._line.setText(text)
        self._saying.start()

    def said(self) -> str:
        """Return what the line says now."""
        return self._line.text()

    def say_figures(self, text: str = "") -> None:
        """Say what is in the library; without a text what was said last."""
        self._figures = text or self._figures
        if not text or not self._saying.isActive():
            self._saying.stop()
            self._line.setText(self._figures)

    def say_busy(self, text: str, share: float) -> None:
        """Say what goes on, and how much of it is done (0 to 1)."""
        self._busy.show_share(share)
        self._busy_text.setText(text)
        self._busy_text.show()

    def say_idle(self) -> None:
        """Say that nothing goes on any more."""
        self._busy.show_share(None)
        self._busy_text.hide()

    def name_library(self, name: str, place: str) -> None:
        """Say which library is open; where it lies is the tool tip."""
        self._library.setText(name)
        self._library.setToolTip(tip(place))

    def say_differing(self, count: int) -> None:
        """Say on how many things people differ; nothing while they agree."""
        from core.writing.figure_text import grouped

        self._differing.setText(self.tr("说法不一 {0}").format(grouped(count)))
        self._differing.setToolTip(tip(self.tr("两个人定得不一样，点开逐项定下")))
        self._differing.setVisible(count > 0)

    def differing(self) -> str:
        """Return what is said of differences; empty for nothing."""
        return self._differing.text() if not self._differing.isHidden() else ""

    def name_reviewer(self, who: str) -> None:
        """Say who checks; nothing before somebody said so."""
        self._reviewer.setText(entry(self.tr("核对人：{0}").format(who)))
        self._reviewer.setToolTip(tip(self.tr("换核对人")))
        self._reviewer.setVisible(bool(who))

    def reviewer(self) -> str:
        """Return what is said of who checks; empty for nothing."""
        return self._reviewer.text() if not self._reviewer.isHidden() else ""

    def library_name(self) -> str:
        """Return the name of the library as it is shown."""
        return self._library.text()
