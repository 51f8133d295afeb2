"""A library brought back to what a backup holds, in one transaction of the file that is there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from core import scratch
from core.library import backups, copies, hosts, opening, placing, upgrading
from core.library.errors import DamagedLibrary, LibraryError


def restore(backup: Path, path: Path) -> Path | None:
    """Bring a library back to a backup; where the state before was kept, if there was any.

    The backup is checked first, and may be of an older version. Nobody else may have the library open, in any program:
    LockedLibrary then. At any moment the library is as it was or as the backup is; whatever goes wrong raises a
    LibraryError, and the library is as it was.
    """
    if os.path.exists(path) and os.path.exists(backup) and path.samefile(backup):
        raise LibraryError("这个备份就是正在用的案例库自己。没有改动任何文件。", str(path))
    db, _ = opening.connect(backup, read_only=True, foreign=True)
    said = placing.said("没有恢复成：「{name}」写不了，{why}。案例库还是原来的样子。", path)
    with closing(db), scratch.unfinished(path) as new, said, hosts.held(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        copies.write(db, new)
        _make_ready(new, backup, path)
        return _put_in(new, path)


def _make_ready(new: Path, backup: Path, path: Path) -> None:
    """Check the copy of a backup, and bring it up to date beyond all that was here, so that it counts as the newest."""
    if fault := copies.fault_of(new):
        raise DamagedLibrary(f"备份「{backup.name}」已损坏，没有恢复。案例库没有改动。", fault)
    with closing(opening.connect_raw(new, "rw")) as db:
        upgrading.bring_up(db)
        id_, revision = db.execute("SELECT id, revision FROM library").fetchone()
        known = [copy.revision for copy in backups.own_copies(path, id_)]
        db.execute("UPDATE library SET revision = ?", (max([revision, *known]) + 1,))
        db.execute("PRAGMA journal_mode = DELETE")


def _put_in(new: Path, path: Path) -> Path | None:
    if not path.exists():
        return placing.put_over_ruins(new, path, backups.fresh_name(path, " 恢复前"))
    try:
        with placing.owned(path) as old:
            return _write_over(new, old, path)
    except sqlite3.DatabaseError as error:
        if not isinstance(opening.in_words(path, error), DamagedLibrary):
            raise
    return placing.put_over_ruins(new, path, backups.fresh_name(path, " 恢复前"))


def _write_over(new: Path, old: sqlite3.Connection, path: Path) -> Path:
    """Keep what is there, then write the new state into it, in one transaction."""
    kept = backups.fresh_name(path, " 恢复前")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with scratch.unfinished(kept) as before:
        copies.write(old, before)  # as it is: a damaged library is kept, too
        placing.put(before, kept)
    with closing(opening.connect_raw(new, "rw")) as ready:
        ready.execute("UPDATE library SET revision = max(revision, ?)", (_revision_in(old) + 1,))
        ready.backup(old)
    return kept


def _revision_in(db: sqlite3.Connection) -> int:
    try:
        return int(db.execute("SELECT revision FROM library").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return 0
