"""Steps through what was searched for in the case that is read: 3/12, with a way on and a way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.writing.figure_text import grouped
from gui.kit.basics import IconButton
from gui.kit.plain import Label


class HitSteps(QWidget):
    """Which hit of how many is looked at; nothing where there is none."""

    stepped = Signal(int)
    """A person wants to go on so many hits; -1 is back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label()
        self._count.setProperty("role", "secondary")
        self._count.setToolTip(self.tr("查找的字在这个案例里：第几处 / 共几处"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._count)
        row.addSpacing(4)
        for icon, tip, step in (
            ("chevron-up", self.tr("上一处 (Shift+F3)"), -1),
            ("chevron-down", self.tr("下一处 (F3)"), 1),
        ):
            button = IconButton(icon, tip)
            button.clicked.connect(lambda checked=False, step=step: self.stepped.emit(step))
            row.addWidget(button)
        self.show_place(-1, 0)

    def show_place(self, at: int, count: int) -> None:
        """Say that hit ``at`` (from 0) of ``count`` is looked at."""
        self._count.setText(f"{grouped(at + 1)}/{grouped(count)}" if count else "")
        self._count.setAccessibleName(self.tr("第 {0} 处，共 {1} 处").format(at + 1, count) if count else "")
        self.setVisible(count > 0)

    def words(self) -> str:
        """Return what is said, such as 3/12; empty where there is no hit."""
        return self._count.text()
