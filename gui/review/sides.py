"""What people said differently of one thing, side by side, each to be taken by a key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.dates import clock_time
from core.decisions import Decision
from core.decisions.log import FIGURE
from core.reviewing.differing import Difference, side_words
from gui import theme
from gui.kit.plain import Label, level
from gui.kit.words import QT_TRANSLATE_NOOP

_S = "SidesView"
TAKE = QT_TRANSLATE_NOOP(_S, "以此为准")


class SidesView(QWidget):
    """Both sides of a difference: who, when, what, why; a button each, another value, or unsure."""

    taken = Signal(object, object)
    """This difference is settled: by the word of the side at a place, or as unsure (None)."""
    other_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._difference: Difference | None = None
        self._can_write = True
        self.head = Label()
        self.head.setProperty("role", "section")
        self.head.setWordWrap(True)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.GAP_M)
        self.other, self.unsure = QPushButton(_tr("另定…（3）")), QPushButton(_tr("存疑（4）"))
        self.buttons: list[QPushButton] = []
        self._panels: list[QWidget] = []
        self.other.clicked.connect(lambda: self._difference and self.other_wanted.emit(self._difference))
        self.unsure.clicked.connect(lambda: self._difference and self.taken.emit(self._difference, None))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_M)
        column.setSpacing(theme.GAP_M)
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addWidget(self.unsure)
        foot.addStretch(1)
        column.addWidget(self.head)
        column.addLayout(self._row)
        column.addLayout(foot)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setProperty("ground", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def show_difference(self, difference: Difference | None, can_write: bool) -> None:
        """Show the sides of a difference; nothing for None."""
        self._difference, self._can_write = difference, can_write
        for panel in self._panels:
            self._row.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self._panels, self.buttons = [], []
        for button in (self.other, self.unsure):
            button.setVisible(difference is not None)
            button.setEnabled(can_write)
        if difference is None:
            self.head.setText("")
            return
        now = _tr("　定下以前用的是：{0}").format(difference.now) if difference.now else ""
        self.head.setText(level(f"{difference.title}　{difference.part}{now}"))
        self.other.setEnabled(can_write and bool(difference.num))
        for at, side in enumerate(difference.sides):
            self._add(at, side)

    def press(self, key: str) -> None:
        """Do what a key does: 1 and 2 take a side, 3 another value, 4 unsure."""
        at = int(key) - 1
        if key in ("3", "4"):
            (self.other if key == "3" else self.unsure).click()
        elif at < len(self.buttons):
            self.buttons[at].click()

    def texts(self) -> list[str]:
        """Return what is said of each side."""
        return [label.text() for panel in self._panels for label in panel.findChildren(Label)]

    def _add(self, at: int, side: Decision) -> None:
        panel = QWidget()
        panel.setProperty("ground", "window")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_M)
        column.setSpacing(theme.GAP_S)
        quote = side.after.get("quote", "") if isinstance(side.after, dict) and _is_figure(side) else ""
        words = (
            (f"{side.who or _tr('没有署名')}　{clock_time(side.at)}", "secondary"),
            (side_words(side), "section"),
            (_tr("原文：{0}").format(quote) if quote else "", "secondary"),
            (_tr("备注：{0}").format(side.note) if side.note else "", "secondary"),
        )
        for text, role in words:
            if text:
                label = Label(level(text))
                label.setProperty("role", role)
                label.setWordWrap(True)
                column.addWidget(label)
        column.addStretch(1)
        button = QPushButton(f"{_tr(TAKE)}（{at + 1}）" if at < 2 else _tr(TAKE))
        button.setEnabled(self._can_write)
        button.setAccessibleName(f"{_tr(TAKE)}：{level(side.who)}")
        button.clicked.connect(lambda: self.taken.emit(self._difference, at))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(button)
        self._panels.append(panel)
        self._row.addWidget(panel, 1)


def _is_figure(side: Decision) -> bool:
    return side.target.part.startswith(FIGURE)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_S, text)
