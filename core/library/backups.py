"""Copies of a library in the folder 备份 beside it: made once a day, checked, thinned out by their age."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from core import scratch
from core.causes import LONGEST_NAME
from core.library import copies, opening, placing, thinning
from core.library.errors import DamagedLibrary, LibraryError
from core.library.file import LibraryFile, LibraryPart
from core.library.stopping import Stop
from core.library.thinning import Copy

FOLDER = "备份"
_TIME = "%Y-%m-%d %H%M%S"
_STAMP = re.compile(r" (\d{4}-\d\d-\d\d) \d{6}")


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
        """Copy the library, as it is now, to another file; LibraryError when it cannot be written or is not whole."""
        copies.copy(self._db, self._file.path, target)

    def keep_when_due(self, stop: Stop | None = None) -> Path | None:
        """Keep a copy in 备份/ unless the newest is of today or nothing was changed since; the copy, if made.

        What dead programs left unfinished beside the library is swept first. Raises LibraryError when no copy could be
        made, and Stopped.
        """
        sweep(self._file.path)
        self._file.rise_above(newest_revision(self._file.path, self._db))
        return keep(self._db, self._file.path, stop=stop)

    def keep_on_opening(self) -> None:
        """As ``keep_when_due``, but a copy that cannot be made only leaves a sentence in ``failed``."""
        try:
            self.keep_when_due()
        except LibraryError as error:
            self.failed = str(error)


def of_library(path: Path) -> list[Path]:
    """Return the backups of a library, newest first; those of others of its name and unreadable ones come last."""
    found = [(copy_at(file), file) for file in _files(path)]
    own = _id_in(path)

    def order(entry: tuple[Copy | None, Path]) -> tuple[object, ...]:
        copy, file = entry
        return (copy is not None, copy is not None and copy.id == own, *(copy.order if copy else (0, 0, file.name)))

    return [file for _, file in sorted(found, key=order, reverse=True)]


def _id_in(path: Path) -> str:
    """The id of a library that may be open or lost; empty when it is not to be read."""
    with suppress(sqlite3.Error, TypeError), closing(opening.connect_raw(path, "ro")) as db:
        return _state_of(db)[0]
    return ""


def _files(path: Path) -> Iterator[Path]:
    """The files whose names say that they are copies of this library."""
    stem = _short(path)
    with suppress(OSError):
        for file in (path.parent / FOLDER).iterdir():
            if file.suffix == path.suffix and file.stem.startswith(stem) and _STAMP.fullmatch(file.stem[len(stem) :]):
                yield file


def _short(path: Path) -> str:
    """As much of the library's name as leaves room for a time."""
    room = LONGEST_NAME - len(path.suffix.encode()) - len(" 恢复前 2026-11-29 091500".encode())
    return path.stem.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore")


def copy_at(path: Path) -> Copy | None:
    """What a copy is one of; None when that cannot be read out of it."""
    stamp = _STAMP.search(path.stem)
    try:
        day = date.fromisoformat(stamp[1]) if stamp else date.fromtimestamp(path.stat().st_mtime)
        with closing(opening.connect_raw(path, "ro&immutable=1")) as db:
            return Copy(path, *_state_of(db), day, path.stat().st_size)
    except (sqlite3.Error, OSError, TypeError, ValueError):
        return None


def _state_of(db: sqlite3.Connection) -> tuple[str, int, int]:
    """Which library it is, how far it was changed, and the version of its tables."""
    id_, revision = db.execute("SELECT id, revision FROM library").fetchone()
    return str(id_), int(revision), opening.version_of(db)


def own_copies(path: Path, id_: str) -> list[Copy]:
    """The copies of the library with this id, the newest first, whatever the clock said."""
    found = (copy for copy in map(copy_at, _files(path)) if copy is not None and copy.id == id_)
    return sorted(found, key=lambda copy: copy.order, reverse=True)


def newest_revision(path: Path, db: sqlite3.Connection) -> int:
    """How far this library had been changed when the newest of its copies was made; 0 when there is none."""
    had = own_copies(path, _state_of(db)[0])
    return had[0].revision if had else 0


def clock() -> datetime:
    """Return the local time, which may be wrong: it tells days apart, and never what came first."""
    return datetime.now()


def fresh_name(path: Path, word: str = "") -> Path:
    """Return where a copy made now goes: a name that is not taken."""
    time = clock()
    while True:
        name = f"{_short(path)}{word} {time:{_TIME}}{path.suffix}"
        target = path.parent / FOLDER / name
        if not target.exists():
            return target
        time += timedelta(seconds=1)


def keep(db: sqlite3.Connection, path: Path, *, stop: Stop | None = None) -> Path | None:
    """Back up beside the library what was changed since the last copy, once a day, and thin the copies out.

    None when no copy is due. An older one goes only when the new one was found whole. Raises LibraryError when there
    is no new one, and Stopped.
    """
    id_, revision, version = _state_of(db)
    had = own_copies(path, id_)
    newest = had[0] if had else None
    if newest and (newest.day == clock().date() or (newest.revision, newest.version) == (revision, version)):
        return None
    return _keep(db, path, had, stop)


def keep_before_upgrade(db: sqlite3.Connection, path: Path) -> None:
    """Back up a library that is about to get other tables, unless a whole copy of just this state is there."""
    id_, revision, version = _state_of(db)
    had = own_copies(path, id_)
    same = [copy for copy in had if (copy.revision, copy.version) == (revision, version)]
    if not any(not copies.fault_of(copy.path) for copy in same):
        _keep(db, path, had, None)


def _keep(db: sqlite3.Connection, path: Path, had: list[Copy], stop: Stop | None) -> Path:
    target = fresh_name(path)
    try:
        copies.copy(db, path, target, stop, over=False)
    except placing.TakenName:
        return target  # another program has made one of this very second
    except DamagedLibrary as error:
        raise DamagedLibrary(_warning(path, had), error.detail) from error
    except LibraryError as error:
        raise LibraryError(f"没有自动备份：{error}", error.detail) from error
    made = copy_at(target)
    for old in thinning.superfluous([*had, *([made] if made else [])]):
        with suppress(OSError):
            old.path.unlink()
    return target


def _warning(path: Path, had: list[Copy]) -> str:
    """What is to be said of a library that is damaged: its copies are left as they are."""
    words = f"案例库「{path.name}」有损坏的地方，今天没有备份，已有的备份一份也没有动。"
    whole = next((copy for copy in had if not copies.fault_of(copy.path)), None)
    if whole is None:
        return words + "没有找到完好的备份，请先把案例库文件复制一份留着。"
    return words + f"最近一份完好的备份是「{whole.path.stem}」，可用「从备份恢复」。"


def sweep(path: Path) -> list[Path]:
    """Remove what programs that are dead left unfinished beside a library and in 备份/."""
    return [gone for folder in (path.parent, path.parent / FOLDER) for gone in scratch.sweep(folder)]
