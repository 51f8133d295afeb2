"""Files that are being written: named so that they are certainly ours, and swept when their program is dead."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from core import machine

ENDING = ".anlan-new"
_OLD_S = 7 * 86400
"""After so long a file that another machine began, or an earlier version of the program, is given up."""
_LOGS = ("", "-journal", "-wal", "-shm")
_OURS = re.compile(rf"\.([0-9a-f]{{8}})-(\d+)-([0-9a-f]{{8}}|)-\d+{re.escape(ENDING)}(?:-journal|-wal|-shm)?")
_EARLIER = re.compile(
    r"\.(?:[0-9a-f]{16}\.anlan(?:-journal|-wal|-shm)?|.+\.anlan(?:\.new)?(?:\.(\d+))?\.new(?:-journal|-wal|-shm)?)"
)
"""Names that earlier versions gave: ``.0123456789abcdef.anlan``, ``.库.anlan.new``, ``.库.anlan.77.new``."""
_numbers = count(1)


def beside(target: Path) -> Path:
    """Return a path for a file that is to become ``target``: in the same folder, of this process alone."""
    birth = machine.birth_of(os.getpid()) or ""
    return target.with_name(f".{machine.host()}-{os.getpid()}-{birth}-{next(_numbers)}{ENDING}")


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Give a path to write what is to become ``target``; what is still there at the end is removed, logs and all."""
    new = beside(target)
    try:
        yield new
    finally:
        for tail in _LOGS:
            with suppress(OSError):
                new.with_name(new.name + tail).unlink(missing_ok=True)


def sweep(folder: Path) -> list[Path]:
    """Remove what programs that are dead left unfinished in a folder; what was removed.

    A file goes when its name is one that only we give, and its program runs no more on this machine; one of another
    machine, or of a version that did not write down which program it was, when it was not touched for a week.
    """
    gone = []
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            with suppress(OSError):
                if entry.name.startswith(".") and entry.is_file(follow_symlinks=False) and _is_left(entry):
                    os.unlink(entry.path)
                    gone.append(Path(entry.path))
    return gone


def _is_left(entry: os.DirEntry[str]) -> bool:
    old = time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD_S
    if ours := _OURS.fullmatch(entry.name):
        here = ours[1] == machine.host()
        return not machine.is_running(int(ours[2]), ours[3]) if here else old
    earlier = _EARLIER.fullmatch(entry.name)
    return bool(earlier) and old and not (earlier and earlier[1] and machine.is_running(int(earlier[1]), ""))


def sync(path: Path) -> None:
    """Let the system write a closed file to the medium."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Let the system write down which files a folder holds; where it can't, nothing happens."""
    if os.name != "nt":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
