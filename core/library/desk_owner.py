"""Which desk works on a library: a lock beside the file that ends with the process, however that ends."""

from __future__ import annotations

import errno
import re
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_ID = re.compile(r"[0-9a-f]{32}")
_NAME = 200
"""Bytes of the library's name, so that the whole is no longer than a file may be called."""
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class DeskOwner:
    """A desk at work; ``id`` stands in its rows, and the lock says to every other desk that it lives.

    No times are compared, so that the next start after a crash takes over at once, and a clock that jumps does not
    matter. Where a folder knows no locks each desk takes the others for dead; then the rows say who has them.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self.id = uuid.uuid4().hex
        self._file: IO[bytes] | None = None
        with suppress(OSError):
            self._file = self._path(self.id).open("wb")
            _lock(self._file)

    def is_alive(self, other: str) -> bool:
        """Return whether another desk is at work; what a dead one left beside the library is cleared away."""
        if not _ID.fullmatch(other):
            return False  # no desk of ours wrote that
        path = self._path(other)
        try:
            with path.open("rb") as file:
                _lock(file)
        except OSError as error:
            return error.errno in _HELD
        with suppress(OSError):
            path.unlink()
        return False

    def close(self) -> None:
        """The desk is left."""
        if self._file is not None:
            self._file.close()
            with suppress(OSError):
                self._path(self.id).unlink()
            self._file = None

    def _path(self, owner: str) -> Path:
        name = self._library.name.encode("utf-8", "surrogateescape")[:_NAME].decode("utf-8", "ignore")
        return self._library.with_name(f".{name}.desk-{owner}")
