"""How a library file is opened: hardened, and refused in words when it is not one of ours, damaged, newer or locked."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core.causes import cause_of as cause_of_os
from core.causes import why_unwritable
from core.library import guard, tables
from core.library.errors import (
    DamagedLibrary,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NewerLibrary,
    NotALibrary,
    ReadOnlyLibrary,
)

_TEXT = partial(str, encoding="utf-8", errors="surrogateescape")
"""Bytes that are no UTF-8 become halves of characters, which no whole text has: the row can be read, and be told."""
APPLICATION_ID = 0x414E4C4E
"""``ANLN``: tells our files from every other SQLite file."""
VERSION = 8
"""The version of the tables that this program writes; older files are brought up to it, newer ones refused."""
_MOST, _MOST_ROWS = 1 << 60, 20_000_000
"""Tables are kept in memory by the numbers of their rows, which were given one after the other."""
_WAIT_MS, _WAIT_TO_WRITE_MS = 5000, 10_000
_PRAGMAS = (
    f"busy_timeout = {_WAIT_MS}",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -8000",
)


def connect(
    path: Path, *, read_only: bool = False, foreign: bool = False, shared: bool = False
) -> tuple[sqlite3.Connection, bool]:
    """Return a connection to a library of any version up to ours, and whether it can only be read.

    One that other machines ``shared`` keeps no log in memory that only one machine sees. Who opens it waits for others
    that write a moment, who writes longer: the other may be taking in many pages.
    Nothing is written to a file that is refused. Raises the errors of ``core.library.errors``.
    """
    try:
        if checked := _look(path, foreign):
            checked.close()
        connection, only_read = _connect(path, read_only or not _writable(path))
        if not checked:  # what a broken change left behind has to be undone by SQLite before anything can be read
            _check_inside(connection, path, foreign)
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_TO_WRITE_MS}")
        if not only_read:
            connection.execute(f"PRAGMA journal_mode = {'DELETE' if shared else 'WAL'}")
    except sqlite3.Error as error:
        raise in_words(path, error) from error
    except UnicodeDecodeError as error:  # SQLite quotes in its own words what is broken
        raise _damaged(path, str(error)) from error
    return connection, only_read


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Return a connection that reads a library of any version, and leaves no file beside it; raises as ``connect``."""
    try:
        return _look(path, False) or connect(path, read_only=True)[0]
    except sqlite3.Error as error:
        raise in_words(path, error) from error
    except UnicodeDecodeError as error:
        raise _damaged(path, str(error)) from error


def _look(path: Path, foreign: bool) -> sqlite3.Connection | None:
    """A connection that only reads a library that was found to be one; None where a broken change has to be undone."""
    _check_kind(path)
    # SQLite lays files of its own beside what it opens; not when told that the file cannot change. So a file that is
    # refused keeps its folder clean, too.
    waiting = _has_log(path)
    with _closing_on_error(_connect_plainly(path, "ro&immutable=1")) as lying:
        _check_head(lying, path, waiting)
        if not waiting:
            _harden(lying)
            return _check_inside(lying, path, foreign)
    lying.close()
    looking = _if_it_can(path, "ro", "SELECT count(*) FROM sqlite_master")
    return _check_inside(looking, path, foreign) if looking else None


@contextmanager
def _closing_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close a connection where something goes wrong with it."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def connect_raw(path: Path, mode: str) -> sqlite3.Connection:
    """Return a hardened connection with SQLite's own opening mode (``rw``, ``rwc``, ``ro``, ``ro&immutable=1``)."""
    connection = _connect_plainly(path, mode)
    try:
        _harden(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_plainly(path: Path, mode: str) -> sqlite3.Connection:
    # SQLite takes no host in an address: //server/share becomes ////server/share.
    address = path.absolute().as_uri().replace("file://", "file:////" if path.drive.startswith("\\\\") else "file://")
    connection = sqlite3.connect(f"{address}?mode={mode}", uri=True, isolation_level=None, cached_statements=256)
    connection.text_factory = _TEXT
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    if hasattr(connection, "setconfig"):  # Python 3.12
        connection.setconfig(1010, True)  # SQLITE_DBCONFIG_DEFENSIVE
    guard.limit(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def sqlite_version() -> str:
    """Return the version of the SQLite that reads and writes the libraries."""
    return sqlite3.sqlite_version


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables in the file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_kind(path: Path) -> None:
    """Refuse what is no file, or an empty one."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise MissingLibrary(f"找不到案例库文件「{path.name}」，可能已移走、改名或删除。", str(path)) from error
    except OSError as error:
        raise LockedLibrary(f"打不开「{path.name}」：{cause_of_os(error, path)}。文件没有改动。", str(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise MissingLibrary(f"「{path.name}」是文件夹，不是案例库文件。什么也没有改动。", str(path))
    if not stat.S_ISREG(found.st_mode):
        raise _no_library(path, f"{path}: mode {found.st_mode:o}")
    if found.st_size == 0:
        raise NotALibrary(f"「{path.name}」是空文件，不是案例库。文件没有改动。", f"{path}: 0 bytes")


def _check_head(lying: sqlite3.Connection, path: Path, waiting: bool) -> None:
    """Refuse by the first hundred bytes of the file as it lies: files of other programs, and newer ones.

    SQLite itself must read even these: a process that closes a handle of its own on a file gives up all locks that it
    has on it, those of a library that is open in another window, too. Then a second program takes itself for the last,
    removes the log, and what is written into that is lost. Where changes are ``waiting`` the file alone may be in
    pieces, as a program that was killed left it; SQLite puts it together when it is opened with them.
    """
    try:
        application = int(lying.execute("PRAGMA application_id").fetchone()[0])
        version = version_of(lying)
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise _no_library(path, str(error)) from error
        if waiting:
            return
        raise
    if application != APPLICATION_ID:
        raise NotALibrary(
            f"「{path.name}」是别的程序的数据文件，不是案例库。文件没有改动。", f"application_id {application:#x}"
        )
    _refuse_version(path, version)


def _no_library(path: Path, detail: str) -> NotALibrary:
    return NotALibrary(f"「{path.name}」不是案例库文件。文件没有改动。", detail)


def _refuse_version(path: Path, version: int) -> None:
    if version > VERSION:
        raise NewerLibrary(
            f"「{path.name}」由更新版本的案览写成，请升级程序后再打开。文件没有改动。", f"version {version} > {VERSION}"
        )
    if version < 1:
        raise _damaged(path, f"version {version}")


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _has_log(path: Path) -> bool:
    """Whether changes wait beside the file that are not in it yet, or somebody has it open."""
    return any(path.with_name(path.name + tail).exists() for tail in ("-wal", "-journal"))


def _connect(path: Path, read_only: bool) -> tuple[sqlite3.Connection, bool]:
    if not read_only and (connection := _if_it_can(path, "rw", "BEGIN IMMEDIATE", "ROLLBACK")):
        return connection, False
    if connection := _if_it_can(path, "ro", "SELECT count(*) FROM sqlite_master"):
        return connection, True
    # On media that cannot be written a file in WAL mode opens only as immutable; not when a log beside it holds more.
    if _has_log(path):
        raise ReadOnlyLibrary(
            f"「{path.name}」还有未写入的改动，所在位置又不能写。请连同 -wal 文件复制到可写的文件夹再打开。", str(path)
        )
    return connect_raw(path, "ro&immutable=1"), True


def _if_it_can(path: Path, mode: str, *statements: str) -> sqlite3.Connection | None:
    """A connection that could do this, None when it lacks the rights. While somebody else writes it waits."""
    connection = None
    try:
        connection = connect_raw(path, mode)
        for statement in statements:
            connection.execute(statement).fetchall()
        return connection
    except sqlite3.Error as error:
        if connection:
            connection.close()
        if "readonly" in str(error) or "unable to open" in str(error):
            return None
        raise


def _check_inside(connection: sqlite3.Connection, path: Path, foreign: bool) -> sqlite3.Connection:
    """The connection, when it has a library of a version that we know; closed otherwise."""
    try:
        version = version_of(connection)
        _refuse_version(path, version)
        _refuse_strange(connection, path, version)
        if wrong := _wrong_numbers(connection):
            raise _damaged(path, wrong)
        if foreign and (wrong := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise _damaged(path, wrong)
    except (sqlite3.Error, LibraryError, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def _wrong_numbers(connection: sqlite3.Connection) -> str:
    """What is wrong with the few numbers that everything else is counted by; empty when nothing is."""
    rows = connection.execute("SELECT id, tokens, revision FROM library LIMIT 2").fetchall()
    if len(rows) != 1:
        return f"{len(rows)} rows in library"
    if [type(cell) for cell in rows[0]] != [str, int, int] or not 0 <= rows[0][2] < _MOST:
        return f"library {rows[0]!r}"[:200]
    for table in ("cases", "places"):
        least, most = connection.execute(f"SELECT coalesce(min(num), 1), coalesce(max(num), 1) FROM {table}").fetchone()
        if not 1 <= least <= most < _MOST_ROWS:
            return f"{table} {least} to {most}"
    return ""


def _refuse_strange(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse what runs, hides or holds anything that we did not put there, before any of it is asked for."""
    added, lacking = tables.strange(connection, version)
    ours = {entry[:2] for entry in lacking}
    for entry in added:
        altered = "有被改过的" if entry[:2] in ours else "有不属于案例库的"
        words = f"「{path.name}」没有打开：{altered}{entry.words()}。文件没有改动。"
        raise NotALibrary(words, f"{[tuple(e)[:3] for e in added]}"[:2000])
    if lacking:
        words = f"「{path.name}」没有打开：缺了案例库的{lacking[0].words()}。文件没有改动，可从「备份」文件夹恢复。"
        raise DamagedLibrary(words, f"{[tuple(e)[:3] for e in lacking]}"[:2000])


_DAMAGED = "「{}」已损坏，不能读。文件没有改动，可从「备份」文件夹恢复。"
_SAID: tuple[tuple[tuple[str, ...], type[LibraryError], str], ...] = (
    (("locked", "busy"), LockedLibrary, "「{}」{}，请关闭后再试。文件没有改动。"),
    (("unable to open", "readonly"), LockedLibrary, "打不开「{}」：{}。内容没有改动。"),
    (("full",), LibraryError, "「{}」{}，内容没有改动。请腾出空间后再试。"),
    (("malformed", "not a database", "no such", "corrupt", "too big"), DamagedLibrary, _DAMAGED),
)


def _damaged(path: Path, detail: str) -> DamagedLibrary:
    return DamagedLibrary(_DAMAGED.format(path.name), detail)


def of_the_world(error: sqlite3.Error) -> bool:
    """Return whether the file or the machine is to blame and not the program."""
    return type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)


def in_words(path: Path, error: sqlite3.Error) -> LibraryError:
    """Return what SQLite says, as a reader understands it."""
    said = str(error)
    for signs, kind, words in _SAID:
        if any(sign in said for sign in signs):
            return kind(words.format(path.name, cause_of(error, path)), said)
    return LibraryError(f"读写「{path.name}」出错：{cause_of(error, path)}。内容没有改动。", said)


def cause_of(error: sqlite3.Error, path: Path) -> str:
    """Return why SQLite refused, a clause without a full stop; what it does not tell is found by trying."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return "正被别的程序占用"
    if any(sign in said for sign in ("unable to open", "readonly", "I/O", "full")):
        found = _why_unreadable(path) or why_unwritable(path)
        return found or ("磁盘已满" if "full" in said else "没有权限，或磁盘读写出错")
    return said


def _why_unreadable(path: Path) -> str:
    try:
        path.stat()
    except OSError as error:
        return "" if isinstance(error, FileNotFoundError) and path.parent.is_dir() else cause_of_os(error, path)
    return "" if os.access(path, os.R_OK) else "没有读取权限"
