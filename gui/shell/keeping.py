"""What is done behind the opening of a library in a thread of its own: the day's backup, what makes searches fast."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal

AFTER_MS = 2000
"""So long the first looks at a library that was just opened have the disk to themselves."""


class Keeping(QObject):
    """Makes one backup, when one is due, and the search of a large library fast, some time after it began."""

    failed = Signal(object)
    """Why there is no backup: the library is damaged, or nothing can be written."""
    found = Signal(object)
    """The frequent words, for whoever searches."""

    def __init__(self, path: Path, cache: Path | None, parent: QObject | None = None) -> None:
        """``cache`` is the folder for what can be thrown away; without one nothing is kept there."""
        super().__init__(parent)
        self._thread = _Thread(path, cache, self)
        self._thread.failed.connect(self.failed)
        self._thread.found.connect(self.found)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(lambda: self._thread.start(QThread.Priority.LowPriority))

    def begin(self) -> None:
        """Begin soon."""
        self._soon.start()

    def has_ended(self) -> bool:
        """Whether all is done, or found not to be due."""
        return self._thread.isFinished()

    def stop(self) -> None:
        """Give it up if it is not finished; nothing of it is left, and nothing more is heard of it."""
        self._soon.stop()
        self.blockSignals(True)
        self._thread.give_up()


class _Thread(QThread):
    failed = Signal(object)
    found = Signal(object)

    def __init__(self, path: Path, cache: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        from core.library.stopping import Stop

        self._path, self._cache, self._stop = path, cache, Stop()

    def give_up(self) -> None:
        self._stop.ask()
        self.wait()

    def run(self) -> None:
        from core.library import Library, LibraryError
        from core.library.stopping import Stopped

        try:
            with Library.open(self._path) as library:
                if not library.read_only:
                    library.backups.keep_when_due(self._stop)
                    with suppress(LibraryError):  # nobody misses it
                        library.search.merge_index(self._stop)
                if self._cache and (frequent := library.search.ready_frequent(self._cache, self._stop)) is not None:
                    self.found.emit(frequent)
        except Stopped:
            pass
        except LibraryError as error:
            self.failed.emit(error)
