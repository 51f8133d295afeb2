"""Copies of a library in the folder 备份 beside it, and putting one back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from core.library import opening
from core.library.errors import LibraryError
from core.library.file import LibraryFile, LibraryPart

FOLDER = "备份"
KEPT = 5


class Backups(LibraryPart):
    """The copies of an open library."""

    def __init__(self, file: LibraryFile) -> None:
        super().__init__(file)
        self.failed = ""
        """Why no copy could be made on opening; the library is open all the same."""

    def all(self) -> list[Path]:
        """Return the copies in 备份/, newest first."""
        return of_library(self._file.path)

    def copy_to(self, target: Path) -> None:
        """Copy the library, as it is now, to another file."""
        copy(self._db, target)

    def keep_when_due(self) -> Path | None:
        """Keep a copy in 备份/ unless the newest is of today or nothing was changed since; the copy, if made."""
        return keep(self._db, self._file.path)

    def keep_on_opening(self) -> None:
        """As ``keep_when_due``, but a copy that cannot be made only leaves a sentence in ``failed``."""
        try:
            self.keep_when_due()
        except LibraryError as error:
            self.failed = str(error)


def copy(db: sqlite3.Connection, target: Path) -> None:
    """Copy an open library to a new file, whole or not at all; a file that is there already is replaced."""
    # Two programs may back up the same library at the same moment, so each writes to a file of its own.
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        into = opening.connect_raw(new, "rwc")
        try:
            db.backup(into)
            # One file that also opens on media that cannot be written.
            into.execute("PRAGMA journal_mode = DELETE")
        finally:
            into.close()
        os.replace(new, target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise LibraryError(f"没有备份成：写不了「{target}」。案例库没有改动。", str(error)) from error


def of_library(path: Path) -> list[Path]:
    """Return the backups of a library, newest first."""
    return sorted((path.parent / FOLDER).glob(f"{_literal(path.stem)} ????-??-?? ??????{path.suffix}"), reverse=True)


def _literal(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


def fresh_name(path: Path) -> Path:
    """Return where a backup made now goes."""
    return path.parent / FOLDER / f"{path.stem} {datetime.now():%Y-%m-%d %H%M%S}{path.suffix}"


def keep(db: sqlite3.Connection, path: Path, *, due: bool = False) -> Path | None:
    """Back up beside the library and drop all but the newest; None when a backup is not due.

    It is due (``due=True`` makes it so) when the newest is not of today and the library was changed since.
    """
    had = of_library(path)
    if not due and had and (_of_today(had[0]) or _revision_in(had[0]) == _revision(db)):
        return None
    target = fresh_name(path)
    copy(db, target)
    for old in of_library(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def _of_today(backup: Path) -> bool:
    return f" {datetime.now():%Y-%m-%d} " in backup.name


def _revision(db: sqlite3.Connection) -> tuple[str, int]:
    id_, revision = db.execute("SELECT id, revision FROM library").fetchone()
    return str(id_), int(revision)


def _revision_in(backup: Path) -> tuple[str, int] | None:
    try:
        db = opening.connect_raw(backup, "ro&immutable=1")
    except sqlite3.Error:
        return None
    try:
        return _revision(db)
    except (sqlite3.Error, TypeError):
        return None
    finally:
        db.close()


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of a library that nobody has open; where the replaced file was kept, if there was one.

    The backup is checked first; when it is not whole nothing is changed.
    """
    db, _ = opening.connect(backup, read_only=True, foreign=True)
    kept = None
    try:
        new = path.with_name(f".{path.name}.new")
        copy(db, new)
        if path.exists():
            kept = path.parent / FOLDER / f"{path.stem} 恢复前 {datetime.now():%Y-%m-%d %H%M%S}{path.suffix}"
            _move_with_log(path, kept)
        os.replace(new, path)
    except OSError as error:
        raise LibraryError(f"没有恢复成：写不了「{path}」。", str(error)) from error
    finally:
        db.close()
    return kept


def _move_with_log(path: Path, target: Path) -> None:
    """Move a library together with the files that SQLite keeps beside it under its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for tail in ("-wal", "-shm", ""):
        part = path.with_name(path.name + tail)
        if part.exists():
            os.replace(part, target.with_name(target.name + tail))
