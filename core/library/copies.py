"""A library copied to another file: in steps that can be given up, checked, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core import scratch
from core.library import hosts, opening, placing, soundness
from core.library.errors import DamagedLibrary, LibraryError
from core.library.stopping import Stop

_STEP = 512
"""Pages that are copied before it is asked whether to go on: two megabytes."""


def copy(db: sqlite3.Connection, path: Path, target: Path, stop: Stop | None = None, *, over: bool = True) -> None:
    """Copy the library that is open at a path to a file of its own; a file that is there already is replaced.

    LibraryError when it cannot be written, DamagedLibrary when the copy is not whole, since the library is not; the
    target is as it was then, and so it is when the work is given up (Stopped).
    """
    said = placing.said("没有写成「{name}」：{why}。案例库没有改动。", target)
    with scratch.unfinished(target) as new, said:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.samefile(path):
            raise LibraryError("不能写到正打开着的案例库自己。没有改动任何文件。", str(target))
        hosts.refuse_held(target)
        _make_sure_of_room(path, target)
        write(db, new, stop)
        if fault := fault_of(new, stop):
            raise DamagedLibrary("案例库有损坏的地方，抄出来的一份不能用，没有留下。", fault)
        placing.put(new, target, over=over)


def write(db: sqlite3.Connection, new: Path, stop: Stop | None = None) -> None:
    """Write a library into a new file, as it is at one moment; raises Stopped, OSError, ``sqlite3.Error``."""
    stop = stop or Stop()
    with closing(opening.connect_raw(new, "rwc")) as into, stop.working_on(db, into):
        # Nobody knows the file yet; it goes to the medium as a whole before it gets its name.
        into.execute("PRAGMA synchronous = OFF")
        into.execute("PRAGMA journal_mode = OFF")
        with _one_moment(db):
            db.backup(into, pages=_STEP, progress=lambda *_: stop.look())
        # One file that also opens on media that cannot be written.
        into.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """See the library as it is now where that keeps nobody from writing; elsewhere a change begins the copy anew."""
    if db.in_transaction or db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        yield
        return
    db.execute("BEGIN")
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield
    finally:
        db.rollback()


def fault_of(path: Path, stop: Stop | None = None) -> str:
    """Return what is wrong with a library file that nobody has open; empty when it is whole. Raises Stopped."""
    try:
        with closing(opening.connect_raw(path, "ro&immutable=1")) as db:
            return soundness.fault_in(db, stop)
    except sqlite3.DatabaseError as error:
        return str(error)


def _make_sure_of_room(path: Path, target: Path) -> None:
    from shutil import disk_usage  # late: it brings every way of packing along

    needed, free = path.stat().st_size, disk_usage(target.parent).free
    if free < needed:
        words = "没有写成「{}」：磁盘空间不够，要 {} MB，只剩 {} MB。案例库没有改动。"
        said = words.format(target.name, -(-needed // 2**20), free // 2**20)
        raise LibraryError(said, f"{target}: {free} bytes free")
