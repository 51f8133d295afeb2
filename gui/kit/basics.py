"""The small widgets that the first frame of a window is made of, and how widgets are set beside one another.

What is done before the first paint names no enum of ``Qt``: PySide makes all 120 of them when the first is looked up,
which takes a tenth of a start. Properties are set by name there, and ``QtCore.Qt`` is only used where a person acts.
"""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.plain import Label


class IconButton(QToolButton):
    """A flat button that shows one icon, recoloured with the theme."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None, size: int = 16) -> None:
        super().__init__(parent)
        self.setIconSize(QSize(size, size))
        self.setFixedSize(size + 12, size + 12)
        self.setAutoRaise(True)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setProperty("focusPolicy", "TabFocus")
        theme.set_icon(self, name, sizes=(size,))


class ElidedLabel(Label):
    """A label that takes what room there is and cuts its text with … where that is too little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return a small width, so that the label gives way before its neighbours."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits, with dots for the rest."""
        if not self.text():
            return
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            shown = self.fontMetrics().elidedText(self.text(), QtCore.Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), self.alignment(), shown)


class BusyBar(QWidget):
    """A thin bar over the window while something is at work; still, so that it never distracts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._share: float | None = None
        self.setAccessibleName(self.tr("进度"))

    def show_share(self, share: float | None) -> None:
        """Show how much is done: 0 to 1, or None when nothing is at work."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint how far the work is, at least a little; nothing while none is done."""
        if self._share is not None:
            with QPainter(self) as painter:
                painter.fillRect(0, 0, max(24, round(self.width() * self._share)), 2, theme.color("accent"))


class Line(QFrame):
    """The one line that parts two panes."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.setProperty("ground", "border")


def divide(splitter: QSplitter, *parts: tuple[QWidget, int, int]) -> None:
    """Part panes by one line: each with its first size and its share of further room."""
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for at, (pane, _, share) in enumerate(parts):
        splitter.addWidget(pane)
        splitter.setStretchFactor(at, share)
    splitter.setSizes([size for _, size, _ in parts])


def dismiss(widget: QWidget) -> None:
    """Delete a widget that stands somewhere in a window.

    It leaves its place first: Qt falls where a widget is deleted while it still stands in a splitter; and it is hidden
    before that, or it would be shown as a window of its own for a moment.
    """
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def column_of(parent: QWidget, *widgets: QWidget) -> QVBoxLayout:
    """Set widgets under one another in their parent, without gaps and margins."""
    out = QVBoxLayout(parent)
    out.setContentsMargins(0, 0, 0, 0)
    out.setSpacing(0)
    for widget in widgets:
        out.addWidget(widget)
    return out
