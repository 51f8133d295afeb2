"""A quiet bar over the panes that says one thing, with what can be done about it; it goes when it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.plain import Label, tip
from gui.kit.widgets import ElidedLabel, IconButton, Line

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


class Welcome(QWidget):
    """What a first start says on the overview: what this is, where the library lies, how pages come in."""

    closed = Signal()

    def __init__(self, library: str, actions: Sequence[Action], more: Sequence[Action]) -> None:
        super().__init__()
        self.setProperty("ground", "welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("第一次使用"))
        self.what = what = Label(
            self.tr("案览是离线的基层治理案例库：按地区和主题看，什么字都找得到，每个数据点一下就亮出原文。")
        )
        what.setWordWrap(True)
        what.setProperty("role", "section")
        drop = Label(
            self.tr("把报纸版面的文件（TXT、网页、Word、PDF、OFD）或文件夹拖进窗口，就读成案例，都标着「未核」。")
        )
        drop.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_S, theme.GAP_M)
        column.setSpacing(theme.GAP_XS)
        column.addLayout(self._head(what))
        column.addLayout(self._place(library, actions))
        column.addWidget(drop)
        buttons = _left(make_buttons(more))
        buttons.setContentsMargins(-theme.GAP_S, 0, 0, 0)  # their words under the words above
        column.addLayout(buttons)

    def _head(self, what: QWidget) -> QHBoxLayout:
        close = IconButton("x", self.tr("知道了"), self)
        close.clicked.connect(self.hide)
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(what, 1)
        row.addWidget(close)
        return row

    def _place(self, library: str, actions: Sequence[Action]) -> QHBoxLayout:
        path = ElidedLabel()
        path.setText(self.tr("案例库就是这个文件：{path}").format(path=library))
        path.setToolTip(tip(library))
        return _left([path, *make_buttons(actions)])


def make_buttons(actions: Sequence[Action]) -> list[QPushButton]:
    """A flat button for each action."""
    out = []
    for text, do in actions:
        button = QPushButton(text)
        button.setProperty("kind", "flat")
        button.clicked.connect(lambda _=False, do=do: do())
        out.append(button)
    return out


def _left(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.GAP_S)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
