"""Says in a dialog what went wrong: what the world did in words, a fault of ours with its trace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.shell.faults import FaultLog, trace_of


class Reports(QObject):
    """One dialog at a time; faults of ours go into the log, too."""

    def __init__(self, window: QWidget, log: FaultLog) -> None:
        super().__init__(window)
        self._window, self._log = window, log
        self._open = False

    def fail(self, error: Exception) -> None:
        """Say what could not be done, and why."""
        words, detail = self.words_of(error)
        self._tell(self.tr("没有做成"), words, detail)

    def show_fault(self, trace: str) -> None:
        """Say that something unforeseen happened; its trace is in the log already."""
        words = self.tr("程序出了意外的错，这一步可能没有做完。可以接着用；出错的经过记在 {path}。")
        self._tell(self.tr("出了意外的错"), words.format(path=self._log.path), trace)

    def words_of(self, error: Exception) -> tuple[str, str]:
        """What an error is for a person, and the detail under it."""
        from core.causes import NotDone, cause_of
        from core.library import LibraryError

        if isinstance(error, LibraryError):
            return str(error), error.detail
        if isinstance(error, NotDone):
            return f"{str(error).rstrip('。')}。", ""
        if isinstance(error, OSError):
            words = self.tr("文件 {name} 读写不了：{why}。原来的文件没有改动。")
            path = Path(error.filename) if isinstance(error.filename, str) else None
            return words.format(name=path.name if path else "", why=cause_of(error, path)), trace_of(error)
        self._log.write(trace_of(error))
        return self.tr("程序出了意外的错，已经记下。案例库没有改动，可以接着用。"), trace_of(error)

    def _tell(self, head: str, words: str, detail: str) -> None:
        from gui.kit import dialogs

        if not self._open:
            self._open = True
            dialogs.say(self._window, head, words, detail)
            self._open = False
