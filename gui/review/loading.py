"""What checking needs takes a third of a second to load: that is done in the library's thread, before it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from core.library import Library
    from gui.shell.shell import Shell

AFTER_MS = 1500
"""So long after a library was opened: what a person sees first goes first."""
NEEDED = ("core.reviewing", "core.reviewing.doubting", "core.reviewing.differing")


class Loading(QObject):
    """Loads it once, behind the opening of a library, or as soon as somebody wants it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell, self._done = shell, False
        self._waiting: Callable[[], object] | None = None
        self._later = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._later.timeout.connect(self._load)
        shell.library_opened.connect(self._begin)
        shell.library_closing.connect(self._forget)

    def then(self, do: Callable[[], object]) -> None:
        """Do something that needs it: at once where it is loaded, else as soon as it is; of several only the last."""
        if self._done:
            do()
            return
        self._waiting = do
        self._load()

    def _begin(self) -> None:
        if not self._done:
            self._later.start()

    def _load(self) -> None:
        self._later.stop()
        if not self._done:
            job = self._shell.begin(_load, "load", patient=True)
            if job is not None:
                job.finished.connect(self._go_on)

    def _go_on(self) -> None:
        self._done = True
        do, self._waiting = self._waiting, None
        if do is not None:
            do()

    def _forget(self) -> None:
        self._later.stop()
        self._waiting = None


def _load(library: Library) -> Iterator[object]:
    """Load the modules; names of places and words (32 MB) only when somebody checks, which is .1 s then."""
    for name in NEEDED:
        yield import_module(name)
