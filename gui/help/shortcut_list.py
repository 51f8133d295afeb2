"""The dialog under F1 that lists the keys of the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.kit.keys import Shortcut, key_text
from gui.kit.plain import Label


class ShortcutList(QDialog):
    """All keys by group, with a box that narrows them."""

    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键"))
        self._shortcuts = tuple(shortcuts)
        self._columns = 0
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("找一个操作或按键"))
        self._filter.setAccessibleName(self.tr("找一个操作或按键"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("快捷键一览"))
        close = QPushButton(self.tr("关闭"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.GAP_XL,) * 4)
        column.setSpacing(theme.GAP_L)
        column.addWidget(self._filter)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.resize(760, 560)
        self._show()

    def words(self) -> list[str]:
        """What is listed now, a line a shortcut."""
        typed = self._filter.text().lower().split()
        lines = [f"{_tr(s.words)} {' '.join(map(key_text, s.keys))}" for s in self._shortcuts]
        return [line for line in lines if all(t in line.lower().replace(" ", "") for t in typed)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the keys out again when another number of columns fits."""
        super().resizeEvent(event)
        if self._columns != self._room():
            self._show()

    def _room(self) -> int:
        return 2 if self.width() >= 680 else 1

    def _show(self) -> None:
        wanted = set(self.words())
        self._columns = self._room()
        sides = [QVBoxLayout() for _ in range(self._columns)]
        heights = [0] * self._columns
        for group in dict.fromkeys(s.group for s in self._shortcuts):
            own = [s for s in self._shortcuts if s.group == group]
            kept = [s for s in own if f"{_tr(s.words)} {' '.join(map(key_text, s.keys))}" in wanted]
            if kept:
                at = heights.index(min(heights))
                sides[at].addWidget(_group(_tr(group), kept))
                heights[at] += len(kept) + 2
        self._area.setWidget(_beside(sides, self.tr("没有这样的操作或按键。") if not wanted else ""))


def _beside(sides: Sequence[QVBoxLayout], instead: str) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, theme.GAP_M, 0)
    row.setSpacing(2 * theme.GAP_XL)
    if instead:
        row.addWidget(Label(instead), 0, Qt.AlignmentFlag.AlignTop)
    for side in sides:
        side.setSpacing(theme.GAP_L)
        side.addStretch(1)
        row.addLayout(side, 1)
    return whole


def _group(name: str, shortcuts: Sequence[Shortcut]) -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme.GAP_XS + 2)
    head = Label(name)
    head.setProperty("role", "section")
    grid.addWidget(head, 0, 0, 1, 2)
    for i, shortcut in enumerate(shortcuts, 1):
        keys = QHBoxLayout()
        keys.setSpacing(theme.GAP_XS)
        keys.addStretch(1)
        for key in shortcut.keys:
            cap = Label(key_text(key))
            cap.setProperty("role", "key")
            keys.addWidget(cap)
        words = Label(_tr(shortcut.words))
        words.setAccessibleDescription(QKeySequence(shortcut.keys[0]).toString())
        grid.addWidget(words, i, 0)
        grid.addLayout(keys, i, 1)
    grid.setColumnStretch(0, 1)
    return whole


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shortcuts", text)
