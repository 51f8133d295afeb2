"""How a library file is opened: hardened, and refused in words when it is not one of ours, damaged, newer or locked."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from core.causes import cause_of as cause_of_os
from core.causes import why_unwritable
from core.library.errors import (
    DamagedLibrary,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NewerLibrary,
    NotALibrary,
    ReadOnlyLibrary,
)

APPLICATION_ID = 0x414E4C4E
"""``ANLN``: tells our files from every other SQLite file."""
VERSION = 4
"""The version of the tables that this program writes; older files are brought up to it, newer ones refused."""
_TRIGGERS = {
    "sources_keep_text",
    "decisions_no_update",
    "decisions_no_delete",
    "cases_out",
    "metrics_in",
    "metrics_out",
    "metrics_renamed",
}
_ALL_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_WAIT_MS, _WAIT_FOR_MACHINES_MS = 2000, 10_000
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

    One that other machines ``shared`` keeps no log in memory that only one machine sees, and waits longer for others.
    Nothing is written to a file that is refused. Raises the errors of ``core.library.errors``.
    """
    try:
        _check_kind(path)
        # SQLite lays files of its own beside what it opens; not when told that the file cannot change. So a file that
        # is refused keeps its folder clean, too.
        waiting = _has_log(path)
        with closing(_connect_plainly(path, "ro&immutable=1")) as lying:
            _check_head(lying, path, waiting)
            if not waiting:
                _harden(lying)
                _check_inside(lying, path, foreign)
        connection, only_read = _connect(path, read_only or not _writable(path))
        if waiting:
            _check_inside(connection, path, foreign)
        if shared:
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_MACHINES_MS}")
        if not only_read:
            connection.execute(f"PRAGMA journal_mode = {'DELETE' if shared else 'WAL'}")
    except sqlite3.Error as error:
        raise in_words(path, error) from error
    return connection, only_read


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
    return sqlite3.connect(f"{address}?mode={mode}", uri=True, isolation_level=None, cached_statements=256)


def _harden(connection: sqlite3.Connection) -> None:
    if hasattr(connection, "setconfig"):  # Python 3.12
        connection.setconfig(1010, True)  # SQLITE_DBCONFIG_DEFENSIVE
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
    _refuse_newer(path, version)


def _no_library(path: Path, detail: str) -> NotALibrary:
    return NotALibrary(f"「{path.name}」不是案例库文件。文件没有改动。", detail)


def _refuse_newer(path: Path, version: int) -> None:
    if version > VERSION:
        raise NewerLibrary(
            f"「{path.name}」由更新版本的案览写成，请升级程序后再打开。文件没有改动。", f"version {version} > {VERSION}"
        )


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
        _refuse_newer(path, version_of(connection))
        if foreign:
            _check_foreign(connection, path)
        if connection.execute("SELECT count(*) FROM library").fetchone()[0] != 1:
            raise _damaged(path, "no row in library")
    except (sqlite3.Error, LibraryError):
        connection.close()
        raise
    return connection


def _check_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """What comes from elsewhere must be whole and run nothing that we did not put there."""
    wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if wrong != "ok":
        raise _damaged(path, wrong)
    strange = {n for (n,) in connection.execute(_ALL_TRIGGERS)} - _TRIGGERS
    if strange:
        raise NotALibrary(f"「{path.name}」里有不属于案例库的程序，没有打开。", f"triggers {sorted(strange)}")


_DAMAGED = "「{}」已损坏，不能读。文件没有改动，可从「备份」文件夹恢复。"
_SAID: tuple[tuple[tuple[str, ...], type[LibraryError], str], ...] = (
    (("locked", "busy"), LockedLibrary, "「{}」{}，请关闭后再试。文件没有改动。"),
    (("unable to open", "readonly"), LockedLibrary, "打不开「{}」：{}。内容没有改动。"),
    (("full",), LibraryError, "「{}」{}，内容没有改动。请腾出空间后再试。"),
    (("malformed", "not a database", "no such", "corrupt"), DamagedLibrary, _DAMAGED),
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
