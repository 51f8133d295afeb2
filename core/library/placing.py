"""A finished library put at its place: never over one that is open, never beside the log of another."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from core import scratch
from core.causes import cause_of
from core.library import opening
from core.library.errors import DamagedLibrary, LibraryError, LockedLibrary

_LOGS = ("-wal", "-journal", "-shm")


class TakenName(LibraryError):  # noqa: N818 - a name for what it is
    """Something stands there already."""


@contextmanager
def said(words: str, path: Path) -> Iterator[None]:
    """Say what the system and SQLite refuse as a LibraryError: ``{name}`` and ``{why}`` in the words are filled in.

    Why is found out on the spot: what was written so far must still be there, or a full disk is no longer full.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        told = words.format(name=path.name, why=why(error, path))
        raise LibraryError(told, f"{path}: {error}") from error


@contextmanager
def owned(path: Path) -> Iterator[sqlite3.Connection]:
    """Have a library for oneself: nobody else has it open, nobody can open it meanwhile, no log is left beside it.

    LockedLibrary when somebody has it open, in any program; ``sqlite3.DatabaseError`` when it is no SQLite file.
    """
    with closing(opening.connect_raw(path, "rw")) as db:
        try:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")
            db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                words = "「{}」还在别的窗口或程序里开着，请先关掉它。没有改动任何文件。"
                raise LockedLibrary(words.format(path.name), str(error)) from error
            raise
        yield db


def put(new: Path, target: Path, *, over: bool = False) -> None:
    """Give a finished file its place; what is there already stays, or with ``over`` is replaced whole or not at all.

    A library that is replaced is written through SQLite, so that nobody goes on in a file that is no more. Raises
    LibraryError in words, and OSError and ``sqlite3.Error`` of the medium.
    """
    _make_sure_of_all(new)
    if not target.exists():
        refuse_logs(target)
        _give_name(new, target)
    elif not over or target.is_dir():
        raise TakenName(f"「{target.name}」已经存在，没有覆盖。", str(target))
    elif not write_over(new, target):
        refuse_logs(target)
        os.replace(new, target)
    scratch.sync_folder(target.parent)


def write_over(new: Path, target: Path) -> bool:
    """Write a finished file into the SQLite file that is there, in one transaction; False when it is none."""
    try:
        with owned(target) as db, closing(opening.connect_raw(new, "ro&immutable=1")) as finished:
            finished.backup(db)
    except sqlite3.DatabaseError as error:
        if not isinstance(opening.in_words(target, error), DamagedLibrary):
            raise
        return False
    return True


def refuse_logs(path: Path) -> None:
    """LibraryError where the log of a library that was here lies: laid over another one it would change that."""
    for tail in _LOGS:
        log = path.with_name(path.name + tail)
        if not log.exists():
            continue
        if tail == "-shm" or log.stat().st_size == 0:
            log.unlink()  # holds no changes
            continue
        words = "旁边有「{}」：那是一个同名案例库还没写完的改动。请换个名字，或先把它移走。没有改动任何文件。"
        raise LibraryError(words.format(log.name), str(log))


def put_over_ruins(new: Path, path: Path, kept: Path) -> Path | None:
    """Put a finished library where none is, or only one that SQLite cannot read; where that was kept, if there was any.

    What was there goes to ``kept`` with its logs. There is a file at the path all the time.
    """
    _make_sure_of_all(new)
    _set_aside(path, kept)
    os.replace(new, path)
    scratch.sync_folder(path.parent)
    return kept if kept.exists() else None


def fold(path: Path) -> None:
    """Bring the log of a closed library into the file; ``sqlite3.OperationalError`` when there is no room for it."""
    with closing(opening.connect_raw(path, "rw")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
    if any(log.exists() for log in _logs_of(path)):
        raise sqlite3.OperationalError("database or disk is full")


def _logs_of(path: Path) -> list[Path]:
    return [log for tail in ("-wal", "-journal") if (log := path.with_name(path.name + tail)).exists()]


def _make_sure_of_all(new: Path) -> None:
    """Bring a finished file to the medium; one whose log was not brought into it is not finished."""
    if logs := [log for log in _logs_of(new) if log.stat().st_size]:
        raise LibraryError("没有写完，没有留下文件。", str(logs[0]))
    scratch.sync(new)


def _set_aside(path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        try:
            os.link(path, kept)
        except OSError:
            from shutil import copyfile  # late: it brings every way of packing along

            copyfile(path, kept)
    for tail in _LOGS:
        with suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + tail), kept.with_name(kept.name + tail))


def _give_name(new: Path, target: Path) -> None:
    """Rename a file; where one has come to be meanwhile, it stays."""
    if os.name == "nt":
        new.rename(target)  # refuses to replace
        return
    try:
        os.link(new, target)
    except FileExistsError:
        raise TakenName(f"「{target.name}」已经存在，没有覆盖。", str(target)) from None
    except OSError:  # a medium without links
        os.replace(new, target)
    else:
        new.unlink()


def why(error: OSError | sqlite3.Error, path: Path) -> str:
    """Return why a file could not be written, a clause in words."""
    return cause_of(error, path) if isinstance(error, OSError) else opening.cause_of(error, path)
