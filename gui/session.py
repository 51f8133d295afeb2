"""One open library: read by the window's thread row by row, searched and written safely beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from gui.jobs import Job, LibraryThread, Work

if TYPE_CHECKING:
    from core.library import Library

Result = TypeVar("Result")


class Session(QObject):
    """Opens a library in its thread first, where a backup or an upgrade may take time, then for the window."""

    opened = Signal()
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        path: Path,
        prepare: Callable[[], object] | None = None,
        foreign: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """``prepare`` runs before opening, in the thread: build the file, put a backup in its place."""
        super().__init__(parent)
        self.path = path
        self._prepare, self._foreign = prepare, foreign
        self.prepared = prepare is not None
        self._library: Library | None = None
        self.thread_ = LibraryThread(self._open, self)

    def start(self) -> None:
        """Begin to open; ``opened`` or ``failed`` follows."""
        self.thread_.start()
        job = self.begin(lambda library: iter(("open",)))
        job.finished.connect(self._open_here)
        job.failed.connect(self.failed)

    @property
    def library(self) -> Library:
        """The window's own library; only after ``opened``."""
        if self._library is None:
            raise RuntimeError("the library is not open yet")
        return self._library

    def begin(self, work: Work, kind: str = "") -> Job:
        """Let the thread work; of one ``kind`` only the latest goes on."""
        return self.thread_.begin(work, kind)

    def call(self, do: Callable[[Any], object], kind: str = "") -> Job:
        """Let the thread work out one thing; it comes with ``stepped``."""

        def once(library: Any) -> Iterator[object]:
            yield do(library)

        return self.begin(once, kind)

    def change(self, do: Callable[[Library], Result]) -> Result:
        """Change the library and say so."""
        result = do(self.library)
        self.changed.emit()
        return result

    def close(self) -> None:
        """End the thread and close both."""
        self.thread_.stop()
        if self._library is not None:
            self._library.close()
            self._library = None

    def _open(self) -> Library:
        """In the library thread: make ready, back up, open."""
        from core.library import Library

        if self._prepare is not None:
            self._prepare()
        return Library.open(self.path, backup=True, foreign=self._foreign)

    def _open_here(self) -> None:
        from core.library import Library

        try:
            self._library = Library.open(self.path)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.opened.emit()
