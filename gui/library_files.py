"""What the file menu does: other libraries, copies, backups and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from core.default_library import build_library
from core.folders import Folders
from core.resources import shipped

if TYPE_CHECKING:
    from gui.shell.session import Session
    from gui.shell.settings import Settings
    from gui.window import Window


class LibraryFiles(QObject):
    """Asks for files and lets the window open them."""

    def __init__(self, window: Window, folders: Folders, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._folders, self._settings = window, folders, settings

    def new_library(self) -> None:
        """Make an empty library and open it."""
        from gui.kit import dialogs

        path = dialogs.file_to_write(
            self._window, self.tr("新建案例库"), self._folders.data / self.tr("新案例库.anlan")
        )
        if path is not None:
            self._window.open(path, lambda: make_library(path))

    def open_library(self) -> None:
        """Open another library."""
        from gui.kit import dialogs

        session = self._window.session()
        folder = session.path.parent if session is not None else self._folders.data
        path = dialogs.file_to_open(self._window, self.tr("打开案例库"), folder)
        if path is not None:
            self._window.open(path)

    def open_default(self) -> None:
        """Open the default library; it is built where it isn't there."""
        self._window.open(self._folders.library)

    def rebuild_default(self) -> None:
        """Build the default library anew; what stood there is kept under another name."""
        path = self._folders.library

        def rebuild() -> None:
            if path.exists():
                path.replace(free_name(path.with_name(f"{path.stem}（打不开）{path.suffix}")))
            build_library(path, shipped("seeds"))

        self._window.open(path, rebuild)

    def save_as(self) -> None:
        """Copy the library to another file and go on in that one."""
        path = self._ask_copy(self.tr("另存为"), self.tr("{name} 副本"))
        if path is not None:
            self._copy_to(path, lambda: self._window.open(path))

    def back_up(self) -> None:
        """Copy the library to another file and stay in this one."""
        path = self._ask_copy(self.tr("备份"), "{name} " + str(date.today()))
        if path is not None:
            self._copy_to(path, lambda: self._window.say(self.tr("已备份到 {path}").format(path=path)))

    def restore(self) -> None:
        """Go back to a backup; the file that is replaced stays beside it."""
        from gui.kit import dialogs

        session = self._window.session()
        if session is not None:
            dialog = dialogs.RestoreDialog(self._window, session.library.backups())
            backup = dialog.chosen() if dialog.exec() else None
            if backup is not None:
                self.restore_from(backup)

    def restore_from(self, backup: Path) -> None:
        """Put the backup in the place of the library and open that."""
        from core.library import restore

        session = self._window.session()
        if session is not None:
            path = session.path
            self._window.close_library()
            self._window.open(path, lambda: restore(backup, path))

    def fill_recent(self, menu: QMenu) -> None:
        """List the last libraries that still exist."""
        menu.clear()
        session = self._window.session()
        for path in self._settings.recent_libraries():
            action = menu.addAction(path.stem.replace("&", "&&"), lambda path=path: self._window.open(path))
            action.setToolTip(str(path))
            action.setEnabled(session is None or path != session.path)
        menu.addSeparator()
        menu.addAction(self.tr("默认案例库"), self.open_default)

    def _ask_copy(self, title: str, name: str) -> Path | None:
        from gui.kit import dialogs

        session = self._window.session()
        if session is None:
            return None
        here = session.path
        return dialogs.file_to_write(self._window, title, here.with_name(name.format(name=here.stem) + here.suffix))

    def _copy_to(self, path: Path, then: Callable[[], object]) -> None:
        from gui.kit import dialogs

        session: Session | None = self._window.session()
        if session is None:
            return
        if path == session.path:
            words = self.tr("不能写到正打开着的案例库自己。没有改动任何文件。")
            dialogs.say(self._window, self.tr("没有写成"), words)
            return
        self._window.say_busy(self.tr("正在写 {name}…").format(name=path.name))
        job = session.call(lambda library: library.back_up(path))
        job.finished.connect(self._window.say_idle)
        job.finished.connect(then)
        job.failed.connect(self._window.fail)


def make_library(path: Path) -> None:
    """Make an empty library; one that stands there is not overwritten."""
    from core.library import Library

    path.parent.mkdir(parents=True, exist_ok=True)
    Library.create(path).close()


def free_name(path: Path) -> Path:
    """The path, or the first one like it that isn't taken: 库2.anlan."""
    found, at = path, 1
    while found.exists():
        at += 1
        found = path.with_name(f"{path.stem}{at}{path.suffix}")
    return found
