"""Which files of a folder are opened meanwhile, by whatever means: told by the kernel (inotify)."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path
from types import TracebackType

IN_OPEN = 0x20
HEAD = struct.Struct("iIII")


class Opened:
    """Watches a folder while it is entered; ``names`` are the files that somebody opened in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._libc = ctypes.CDLL(None, use_errno=True)

    def __enter__(self) -> Opened:
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK)
        self._libc.inotify_add_watch(self._watch, os.fsencode(self._folder), IN_OPEN)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._watch)

    def names(self) -> set[str]:
        """Return the names that were opened since the last time."""
        try:
            raw = os.read(self._watch, 1 << 16)
        except BlockingIOError:
            return set()
        out, at = set(), 0
        while at < len(raw):
            length = HEAD.unpack_from(raw, at)[3]
            name = raw[at + HEAD.size : at + HEAD.size + length]
            out.add(os.fsdecode(name.rstrip(b"\0")))
            at += HEAD.size + length
        return out - {""}
