"""Looks from time to time whether somebody else has changed the library that a window shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from gui.shell.shell import Shell

EVERY_MS = 2000


class Watch(QObject):
    """Looks when the window comes to the front, and every two seconds while it is to be seen."""

    def __init__(self, window: QWidget, shell: Shell) -> None:
        super().__init__(window)
        self._window, self._shell = window, shell
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.installEventFilter(self)

    def look(self) -> None:
        """Look now, unless nobody sees the window or a person is in the midst of something that renewing would undo."""
        if self._window.isVisible() and not self._window.isMinimized() and not _is_in_hand():
            self._shell.look_for_others()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False


def _is_in_hand() -> bool:
    """Whether something is dragged, a menu is open, or a name is typed into a row."""
    focus = QApplication.focusWidget()
    holder = focus.parentWidget() if focus is not None else None  # an editor lies on the viewport of its view
    typing = holder is not None and isinstance(holder.parentWidget(), QAbstractItemView)
    held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    return held or typing or QApplication.activePopupWidget() is not None
