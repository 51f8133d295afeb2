"""The day's backup of a library, made behind its opening in a thread with a connection of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal

AFTER_MS = 2000
"""So long the first looks at a library that was just opened have the disk to themselves."""


class Keeping(QObject):
    """Makes one backup, when one is due, some time after it was told to begin."""

    failed = Signal(object)
    """Why there is none: the library is damaged, or nothing can be written."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Thread(path, self)
        self._thread.failed.connect(self.failed)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(lambda: self._thread.start(QThread.Priority.LowPriority))

    def begin(self) -> None:
        """Make the backup soon."""
        self._soon.start()

    def has_ended(self) -> bool:
        """Whether the backup was made, or found not to be due."""
        return self._thread.isFinished()

    def stop(self) -> None:
        """Give it up if it is not finished; nothing of it is left, and nothing more is heard of it."""
        self._soon.stop()
        self.blockSignals(True)
        self._thread.give_up()


class _Thread(QThread):
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        from core.library.stopping import Stop

        self._path, self._stop = path, Stop()

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
        except Stopped:
            pass
        except LibraryError as error:
            self.failed.emit(error)
