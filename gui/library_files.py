"""What the file menu does with libraries: open, make, copy, back up, and go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.resources import shipped
from gui.kit.plain import entry, tip
from gui.shell.reports import Reports
from gui.shell.session import Session
from gui.shell.settings import RECENT_LIBRARIES, Settings
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.folders import Folders
    from gui.kit.banner import Banner


class LibraryFiles(QObject):
    """Opens one library at a time in the shell, and asks for files."""

    none_open = Signal()
    """A library could not be opened, and no other is."""
    packet_given = Signal(object)
    """A packet was to be opened (its path) where a library is open: it may be meant to be taken in."""
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes: what there is to know of the library that is open."""

    def __init__(self, shell: Shell, reports: Reports, folders: Folders, settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._reports, self._folders, self._settings = shell, reports, folders, settings
        self.is_open_elsewhere: Callable[[Path], bool] = lambda path: False
        """Whether another window has that library open."""
        self._sealed: Path | None = None
        """The packet that was opened last."""
        self.bar: Banner | None = None
        """What is said of the open library as long as that holds."""
        shell.library_closing.connect(self._take_bar_away)

    # ---- opening

    def open_first(self, path: Path | None = None) -> None:
        """Open what was asked for, else the last library, else the default one, which a first start builds."""
        last = self._settings.recent_libraries()
        self.open(path or (last[0] if last else self._folders.library))

    def open(self, path: Path, prepare: Callable[[], object] | None = None, *, take_over: bool = False) -> None:
        """Open that library in the place of the one that is open; this one stays when the other can't be opened.

        ``prepare`` runs before, in the library's thread: it builds the file or puts another in its place. ``take_over``
        takes the right to write from another machine that was not heard of any more.
        """
        if prepare is None and _is_packet(path):
            if self._shell.session is None:
                self.open_any(path)
            else:
                self.packet_given.emit(path)
            return
        if path == self._folders.library and prepare is None and not path.exists():
            prepare = lambda: _build_default(path)  # noqa: E731
        known = {*self._settings.texts("libraries/recent"), str(self._folders.library)}
        foreign = prepare is None and str(path) not in known
        session = Session(path, prepare, foreign, take_over, self._folders.cache, parent=self)
        session.opened.connect(lambda: self._take(session))
        session.failed.connect(lambda error: self._refuse(session, error))
        self._shell.say_busy(self.tr("正在打开 {name}…").format(name=path.stem))
        session.start()

    def open_any(self, path: Path, *, wrong: bool = False) -> None:
        """Open a library; of a packet the library that it holds, which is written beside it.

        A password is asked for where the packet needs one; ``wrong``: another one was given before.
        """
        from core.library import packets

        if not _is_packet(path):
            self.open(path)
            return
        password = ""
        if _is_sealed(path):
            from gui.exchange.password import ask_password

            password = ask_password(path.name, wrong, self._shell.window)
            if not password:
                if self._shell.session is None:
                    self.none_open.emit()
                return
        target = free_name(path.with_name(self.tr("{0}（打开的）{1}").format(path.stem, path.suffix)))
        self._sealed = path
        self.open(target, lambda: packets.unpack(path, target, password))

    def close(self) -> None:
        """Close the library, and what is still opening."""
        self._shell.close_library()
        for session in self.findChildren(Session):
            session.close()

    def _take(self, session: Session) -> None:
        self._shell.say_idle()
        self._shell.take(session)  # before it is remembered: a first start is told by there being none
        self._settings.keep_first("libraries/recent", str(session.path), RECENT_LIBRARIES)
        session.backup_failed.connect(self._say_no_backup)
        if session.library.holder is not None:
            self._say_who_writes(session)
        elif session.library.read_only:
            self._shell.say(self.tr("这个案例库是只读的：可以看、查、复制，不能改。"))

    def _say_who_writes(self, session: Session) -> None:
        """Another machine writes to the library: it can be read here, and taken over when that machine is dead."""
        library, path = session.library, session.path
        if library.holder is None:
            return
        words = self.tr("{who}正在用这个案例库。这里可以看、查、复制，不能改。").format(who=library.holder.words())
        if library.holder_is_dead:
            words += self.tr("那台电脑已有几分钟没有动静，可能已经关了；确定没有人在改，就可以接过来。")
            self._show_bar(self.tr("只读"), words, self.tr("接过来改"), lambda: self.open(path, take_over=True))
        else:
            self._show_bar(self.tr("只读"), words, self.tr("再试一次"), lambda: self.open(path))

    def _say_no_backup(self, error: Exception) -> None:
        """A damaged library is said so until it is seen; what only hinders a copy, for a while."""
        from core.library import DamagedLibrary

        words, _ = self._reports.words_of(error)
        if isinstance(error, DamagedLibrary):
            self._show_bar(self.tr("案例库有损坏的地方"), words, self.tr("从备份恢复…"), self.restore)
        else:
            self._shell.say(words)

    def _show_bar(self, head: str, words: str, text: str, do: Callable[[], object]) -> None:
        from gui.kit.banner import Banner

        self._take_bar_away()
        self.bar = Banner(head, words, [(text, do)])
        self.bar_made.emit(self.bar)

    def _take_bar_away(self) -> None:
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None

    def _refuse(self, session: Session, error: Exception) -> None:
        """Say why it couldn't be opened, and offer what else there is."""
        from core.library import SealedPacket
        from gui.kit import dialogs

        self._shell.say_idle()
        session.close()
        if isinstance(error, SealedPacket) and self._sealed is not None:
            self.open_any(self._sealed, wrong=True)
            return
        head = self.tr("「{name}」没有打开").format(name=session.path.name)
        words, detail = self._reports.words_of(error)
        if session.prepared and session.path.exists() and self._shell.session is None:
            dialogs.say(self._shell.window, head, words, detail)
            self.open(session.path)
            return
        self._settings.forget("libraries/recent", str(session.path))
        answer = dialogs.ask(self._shell.window, head, words, self._ways_on(session.path), detail)
        ways = {"other": self.open_library, "default": self.open_default, "rebuild": self.rebuild_default}
        if answer in ways:
            ways[answer]()
        elif self._shell.session is None:
            self.none_open.emit()

    def _ways_on(self, path: Path) -> list[tuple[str, str]]:
        """What can be done where a library was not opened; the last is the main one."""
        other = ("other", self.tr("打开别的…"))
        if self._shell.session is not None:
            return [other, ("", self.tr("知道了"))]
        if path == self._folders.library:
            return [other, ("rebuild", self.tr("重建默认案例库"))]
        return [other, ("default", self.tr("打开默认案例库"))]

    # ---- the file menu

    def new_library(self) -> None:
        """Make an empty library and open it."""
        from gui.kit import dialogs

        path = dialogs.file_to_write(
            self._shell.window, self.tr("新建案例库"), self._folders.data / self.tr("新案例库.anlan")
        )
        if path is not None:
            self.open(path, lambda: make_library(path))

    def open_library(self) -> None:
        """Open another library."""
        from gui.kit import dialogs

        session = self._shell.session
        folder = session.path.parent if session is not None else self._folders.data
        path = dialogs.file_to_open(self._shell.window, self.tr("打开案例库"), folder)
        if path is not None:
            self.open(path)

    def offer(self, path: Path) -> None:
        """Open a library that was dropped or pasted, after asking where that closes another."""
        from gui.kit import dialogs

        session = self._shell.session
        if session is not None and session.path == path:
            self._shell.say(self.tr("「{name}」正打开着。").format(name=path.stem))
        elif session is None:
            self.open(path)
        else:
            head = self.tr("「{name}」是案例库，不是版面").format(name=path.name)
            words = self.tr("打开它，「{name}」就关上；里面的内容不变，随时可以从「最近打开」回来。")
            ways = [("", self.tr("不打开")), ("open", self.tr("打开这个案例库"))]
            if dialogs.ask(self._shell.window, head, words.format(name=session.path.stem), ways) == "open":
                self.open(path)

    def open_default(self) -> None:
        """Open the default library; it is built where it isn't there."""
        self.open(self._folders.library)

    def rebuild_default(self) -> None:
        """Build the default library anew; what stood there is kept under another name."""
        from core.default_library import rebuild_library

        path = self._folders.library
        kept = free_name(path.with_name(f"{path.stem}（打不开）{path.suffix}"))
        self.open(path, lambda: rebuild_library(path, shipped("seeds"), kept))

    def save_as(self) -> None:
        """Copy the library to another file and go on in that one."""
        path = self._ask_copy(self.tr("另存为"), self.tr("{name} 副本"))
        if path is not None:
            self._copy_to(path, lambda: self.open(path))

    def back_up(self) -> None:
        """Copy the library to another file and stay in this one."""
        path = self._ask_copy(self.tr("备份"), "{name} " + str(date.today()))
        if path is not None:
            self._copy_to(path, lambda: self._shell.say(self.tr("已备份到 {path}").format(path=path)))

    def restore(self) -> None:
        """Go back to a backup; a copy of what is replaced stays among the backups."""
        self._shell.ask(lambda library: library.backups.all(), self._choose_backup, "backups")

    def _choose_backup(self, backups: Sequence[Path]) -> None:
        from gui.kit import dialogs

        dialog = dialogs.RestoreDialog(self._shell.window, backups)
        backup = dialog.chosen() if dialog.exec() else None
        if backup is not None:
            self.restore_from(backup)

    def restore_from(self, backup: Path) -> None:
        """Bring the library back to the backup and open it."""
        from core.library import LibraryError, restore

        session = self._shell.session
        if session is not None:
            path = session.path
            if self.is_open_elsewhere(path):
                words = self.tr("「{name}」在另一个窗口里也开着。请先关掉那个窗口。没有改动任何文件。")
                self._shell.fail(LibraryError(words.format(name=path.stem)))
                return
            self._shell.close_library()
            self.open(path, lambda: restore(backup, path))

    def fill_recent(self, menu: QMenu) -> None:
        """List the last libraries that still exist."""
        menu.clear()
        session = self._shell.session
        for path in self._settings.recent_libraries():
            action = menu.addAction(entry(path.stem), lambda path=path: self.open(path))
            action.setToolTip(tip(str(path)))
            action.setEnabled(session is None or path != session.path)
        menu.addSeparator()
        menu.addAction(self.tr("默认案例库"), self.open_default)

    def _ask_copy(self, title: str, name: str) -> Path | None:
        from gui.kit import dialogs

        session = self._shell.session
        if session is None:
            return None
        here = session.path
        suggested = here.with_name(name.format(name=here.stem) + here.suffix)
        return dialogs.file_to_write(self._shell.window, title, suggested)

    def _copy_to(self, path: Path, then: Callable[[], object]) -> None:
        from gui.kit import dialogs

        session = self._shell.session
        if session is None:
            return
        if path == session.path:
            words = self.tr("不能写到正打开着的案例库自己。没有改动任何文件。")
            dialogs.say(self._shell.window, self.tr("没有写成"), words)
            return
        self._shell.say_busy(self.tr("正在写 {name}…").format(name=path.name))
        job = session.call(lambda library: library.backups.copy_to(path))
        job.finished.connect(self._shell.say_idle)
        job.finished.connect(then)
        job.failed.connect(self._shell.fail)


def _is_packet(path: Path) -> bool:
    from core.exchange import container

    try:
        return container.is_packet(path)
    except OSError:
        return False  # opening says why


def _is_sealed(path: Path) -> bool:
    from core.exchange import container

    try:
        return container.is_sealed(path)
    except OSError:
        return False


def _build_default(path: Path) -> None:
    """In the library's thread, which alone needs what builds it."""
    from core.default_library import build_library

    build_library(path, shipped("seeds"))


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
