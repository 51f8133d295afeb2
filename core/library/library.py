"""One library: a SQLite file of cases, opened as a whole, read and changed by its parts, undone and closed."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Generator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from core import scratch
from core.library import backups, guard, hosts, opening, placing, upgrading
from core.library.backups import Backups
from core.library.cases import Cases
from core.library.colleagues import Colleagues
from core.library.contents import Contents
from core.library.decisions import Decisions
from core.library.desk_rows import DeskRows
from core.library.errors import LibraryError, LockedLibrary, ReadOnlyLibrary
from core.library.figures import Figures
from core.library.file import LibraryFile, at_once
from core.library.importlog import ImportLog
from core.library.mechanisms import Mechanisms
from core.library.merging import Merging
from core.library.pages import Pages
from core.library.search import Search
from core.library.selections import Selections

if TYPE_CHECKING:
    from core.library.hosts import Hold, Holder


class Library:
    """A library belongs to the thread that opened it; another thread opens one of its own on the same file."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, read_only: bool, machine: Hold | None = None
    ) -> None:
        self.path, self.read_only = path, read_only
        self.id = str(connection.execute("SELECT id FROM library").fetchone()[0])
        self._db = connection
        self._file = file = LibraryFile(path, connection, read_only, machine)
        self.decisions = Decisions(file)
        self.cases = Cases(file, self.decisions)
        self.pages = Pages(file)
        self.search = Search(file)
        self.figures = Figures(file, self.search)
        self.mechanisms = Mechanisms(file)
        self.selections = Selections(file)
        self.contents = Contents(file)
        self.log = ImportLog(file)
        self.desk = DeskRows(file)
        self.merging = Merging(file)
        self.colleagues = Colleagues(file)
        self.backups = Backups(file)

    # ---- opening

    @classmethod
    def create(cls, path: Path) -> Library:
        """Make a new, empty library; LibraryError when there is a file already or the folder cannot be written."""
        from core.library import (
            schema,  # late, as in ``_bring_up_to_date``: reading a file that is up to date needs none
        )

        if os.path.lexists(path):
            raise LibraryError(f"「{path.name}」已经存在，没有覆盖。", str(path))
        said = placing.said("建不了案例库「{name}」：{why}。没有留下文件。", path)
        with scratch.unfinished(path) as new, said:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(opening.connect_raw(new, "rwc")) as connection:
                schema.bring_up(connection)
            placing.put(new, path)
        return cls.open(path)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        backup: bool = False,
        foreign: bool = False,
        take_over: bool = False,
    ) -> Library:
        """Open a library; ``backup`` keeps a copy in 备份/ when one is due, ``foreign`` checks the whole file first.

        A file of an older version is backed up and brought up to date. On the network or in a synced folder the library
        is read only where another machine writes to it (``holder`` says which); ``take_over`` takes the right from one
        that was not heard of for minutes. Raises the errors of ``core.library.errors``; a file that is refused is not
        touched.
        """
        machine = None if read_only else _hold(path, take_over)
        taken = machine.holder if machine else None
        try:
            connection, only_read = opening.connect(
                path, read_only=read_only or taken is not None, foreign=foreign, shared=machine is not None
            )
        except LibraryError:
            hosts.let_go(machine)
            raise
        try:
            _bring_up_to_date(connection, path, only_read)
            guard.guard(connection, opening.VERSION)
            library = cls(path, connection, only_read, machine)
            if backup and not only_read:
                library.backups.keep_on_opening()
        except (sqlite3.Error, LibraryError) as error:
            connection.close()
            hosts.let_go(machine)
            if isinstance(error, LibraryError):
                raise
            raise opening.in_words(path, error) from error
        return library

    @property
    def holder(self) -> Holder | None:
        """The other machine that writes to this library, so that it can only be read here."""
        return self._file.machine.holder if self._file.machine else None

    @property
    def holder_is_dead(self) -> bool:
        """Whether that machine was not heard of for minutes when the library was opened."""
        return bool(self._file.machine and self._file.machine.dead)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
        machine, self._file.machine = self._file.machine, None
        hosts.let_go(machine)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- changes

    @property
    def changed(self) -> int:
        """A number that rises with every committed change, whoever made it."""
        return self._file.revision

    @property
    def others(self) -> int:
        """Another number than before as soon as somebody else has changed the file; changes made here do not count."""
        return self._file.others

    def together(self) -> AbstractContextManager[None]:
        """Make what is done inside one transaction: all of it is there afterwards, or nothing."""
        return self._file.together()

    @property
    def undo_text(self) -> str:
        """Return the words for what ``undo`` would take back; empty when there is nothing."""
        return self._file.undo_text

    @property
    def undo_cases(self) -> tuple[int, ...]:
        """Return the numbers of the cases that ``undo`` would touch."""
        return self._file.undo_cases

    @property
    def redo_text(self) -> str:
        """Return the words for what ``redo`` would do again; empty when there is nothing."""
        return self._file.redo_text

    def undo(self) -> str:
        """Take the last change back; what it was, empty when there was none."""
        return at_once(self._file.undo())

    def undo_in_steps(self) -> Generator[int, None, str]:
        """As ``undo``, yielding how many cases are done; who ends before leaves the library as it was."""
        return self._file.undo()

    def redo(self) -> str:
        """Do again what was taken back last; what it was, empty when there was none."""
        return at_once(self._file.redo())

    def redo_in_steps(self) -> Generator[int, None, str]:
        """As ``redo``, yielding how many cases are done; who ends before leaves the library as it was."""
        return self._file.redo()


def _hold(path: Path, take_over: bool) -> Hold | None:
    """This machine's right to write, where that has to be asked for; without it where nothing can be written at all."""
    if not os.path.isfile(path):
        return None
    try:
        return hosts.hold(path, take_over=take_over)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return None
        raise LockedLibrary(f"打不开「{path.name}」：{placing.why(error, path)}。文件没有改动。", str(error)) from error


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, only_read: bool) -> None:
    """Back up and migrate an older file; make the index anew when its tokens are of another making."""
    if not upgrading.is_behind(connection):
        return
    if only_read:
        raise ReadOnlyLibrary(
            f"「{path.name}」由较旧的版本写成，要升级才能打开，但它只读。请复制到可写的文件夹。", str(path)
        )
    if upgrading.is_old(connection):
        backups.keep_before_upgrade(connection, path)
    upgrading.bring_up(connection)
