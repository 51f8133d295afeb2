"""One library: a SQLite file of cases, opened as a whole, read and changed by its parts, undone and closed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from core.library import backups, guard, index, opening, sums
from core.library.backups import Backups
from core.library.cases import Cases
from core.library.contents import Contents
from core.library.errors import LibraryError, ReadOnlyLibrary
from core.library.figures import Figures
from core.library.file import LibraryFile
from core.library.importlog import ImportLog
from core.library.mechanisms import Mechanisms
from core.library.pages import Pages
from core.library.search import Search
from core.library.selections import Selections


class Library:
    """A library belongs to the thread that opened it; another thread opens one of its own on the same file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        self.path, self.read_only = path, read_only
        self.id = str(connection.execute("SELECT id FROM library").fetchone()[0])
        self._db = connection
        self._file = file = LibraryFile(path, connection, read_only)
        self.cases = Cases(file)
        self.pages = Pages(file)
        self.search = Search(file)
        self.figures = Figures(file, self.search)
        self.mechanisms = Mechanisms(file)
        self.selections = Selections(file)
        self.contents = Contents(file)
        self.log = ImportLog(file)
        self.backups = Backups(file)

    # ---- opening

    @classmethod
    def create(cls, path: Path) -> Library:
        """Make a new, empty library; LibraryError when there is a file already or the folder cannot be written."""
        from core.library import (
            schema,  # late, as in ``_bring_up_to_date``: reading a file that is up to date needs none
        )

        if path.exists():
            raise LibraryError(f"「{path.name}」已经存在，没有覆盖。", str(path))
        new = path.with_name(f".{path.name}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            connection = opening.connect_raw(new, "rwc")
            try:
                schema.bring_up(connection)
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
            os.replace(new, path)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"建不了案例库「{path}」：文件夹不能写或磁盘已满。", str(error)) from error
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backup: bool = False, foreign: bool = False) -> Library:
        """Open a library; ``backup`` keeps a copy in 备份/ when one is due, ``foreign`` checks the whole file first.

        A file of an older version is backed up and brought up to date. Raises the errors of ``core.library.errors``;
        a file that is refused is not touched.
        """
        connection, only_read = opening.connect(path, read_only=read_only, foreign=foreign)
        try:
            _bring_up_to_date(connection, path, only_read)
            guard.guard(connection, opening.VERSION)
            library = cls(path, connection, only_read)
            if backup and not only_read:
                library.backups.keep_on_opening()
        except sqlite3.Error as error:
            connection.close()
            raise opening.in_words(path, error) from error
        except LibraryError:
            connection.close()
            raise
        return library

    def close(self) -> None:
        """Close the file."""
        self._db.close()

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

    @property
    def undo_text(self) -> str:
        """Return the words for what ``undo`` would take back; empty when there is nothing."""
        return self._file.undo_text

    @property
    def redo_text(self) -> str:
        """Return the words for what ``redo`` would do again; empty when there is nothing."""
        return self._file.redo_text

    def undo(self) -> str:
        """Take the last change back; what it was, empty when there was none."""
        return self._file.undo()

    def redo(self) -> str:
        """Do again what was taken back last; what it was, empty when there was none."""
        return self._file.redo()


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, only_read: bool) -> None:
    """Back up and migrate an older file; make the index anew when its tokens are of another making."""
    old = opening.version_of(connection) < opening.VERSION
    if not old and not _derived_anew(connection):
        return
    if only_read:
        raise ReadOnlyLibrary(
            f"「{path.name}」由较旧的版本写成，要升级才能打开，但它只读。请复制到可写的文件夹。", str(path)
        )
    if old:
        from core.library import schema

        backups.keep(connection, path, due=True)
        schema.bring_up(connection)
    connection.execute("BEGIN IMMEDIATE")
    for make in _derived_anew(connection):
        make(connection)
    connection.execute("COMMIT")


def _derived_anew(connection: sqlite3.Connection) -> Sequence[Callable[[sqlite3.Connection], None]]:
    """What makes anew that which is of another making in the file: the index, the check sums."""
    tokens, made = connection.execute("SELECT tokens, sums FROM library").fetchone()
    return [index.rebuild] * (tokens != index.TOKENS) + [sums.make_all] * (made != sums.SUMS)
