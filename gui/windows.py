"""The windows of the program: opens another one beside the first, and keeps each until it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication

from gui.shell.faults import FaultLog
from gui.shell.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from pathlib import Path

    from core.folders import Folders

ASIDE = QPoint(32, 32)
"""How far from the first a second window opens, so that both are seen."""


class Windows(QObject):
    """All windows of one person; the program ends with the last of them."""

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog) -> None:
        super().__init__()
        self._folders, self._settings, self._log = folders, settings, log
        self.open: list[Window] = []

    def make(self) -> Window:
        """Return a new window, which is not shown yet."""
        window = Window(self._folders, self._settings, self._log)
        window.another_wanted.connect(lambda: self.show_beside(window))
        window.closed.connect(lambda: self._let_go(window))
        window.is_open_elsewhere = lambda path: self._shows(path, window)
        self.open.append(window)
        return window

    def show_beside(self, first: Window) -> Window:
        """Show another window on the library of the first."""
        session = first.shell.session
        path = session.path if session is not None else None
        window = self.make()
        if not first.isMaximized() and not first.isFullScreen():
            window.setWindowState(QtCore.Qt.WindowState.WindowNoState)
            window.resize(first.size())
            window.move(first.pos() + ASIDE)
        window.first_painted.connect(lambda: window.files.open_first(path))
        window.show()
        window.activateWindow()
        return window

    def say_fault(self, trace: str) -> None:
        """Say in the window that a person works in that something unforeseen happened."""
        active = QApplication.activeWindow()
        window = next((w for w in self.open if w is active), self.open[0] if self.open else None)
        if window is not None:
            window.reports.show_fault(trace)

    def _shows(self, path: Path, but: Window) -> bool:
        """Whether a window other than that one has this library open."""
        sessions = (window.shell.session for window in self.open if window is not but)
        return any(session is not None and session.path == path for session in sessions)

    def _let_go(self, window: Window) -> None:
        """Give up a window that was closed; the last one lives as long as the program."""
        if window in self.open and len(self.open) > 1:
            self.open.remove(window)
            window.deleteLater()
