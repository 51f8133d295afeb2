"""A quiet bar over the panes that says one thing, with what can be done about it; it goes when it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.basics import IconButton, Line
from gui.kit.plain import Label

Action = tuple[str, Callable[[], object]]


class Banner(QWidget):
    """A head, a sentence, flat buttons and a cross."""

    def __init__(self, head: str, words: str, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(head)
        self._words = Label(words)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "secondary")
        self.say(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row(head, actions))
        column.addWidget(Line())

    def say(self, words: str) -> None:
        """Say something else now."""
        self._words.setText(words)
        self.setAccessibleDescription(self._words.text())

    def offer(self, words: str, do: Callable[[], object]) -> None:
        """Offer something more, once: the button goes when it was pressed."""
        [button] = make_buttons([(words, do)])
        button.clicked.connect(button.deleteLater)
        self._buttons.addWidget(button)

    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def _row(self, head: str, actions: Sequence[Action]) -> QHBoxLayout:
        title = Label(head)
        title.setProperty("role", "section")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(title)
        said.addWidget(self._words)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_S, theme.GAP_S)
        row.setSpacing(theme.GAP_XS)
        row.addLayout(said, 1)
        self._buttons = QHBoxLayout()
        row.addLayout(self._buttons)
        for button in make_buttons(actions):
            self._buttons.addWidget(button)
        close = IconButton("x", self.tr("收起"), self)
        close.clicked.connect(self.hide)
        row.addWidget(close)
        return row


def make_buttons(actions: Sequence[Action]) -> list[QPushButton]:
    """A flat button for each action."""
    out = []
    for text, do in actions:
        button = QPushButton(text)
        button.setProperty("kind", "flat")
        button.clicked.connect(lambda _=False, do=do: do())
        out.append(button)
    return out
