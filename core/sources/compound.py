"""Compound files, the streams in one file that old Office programs write ([MS-CFB]): read within bounds.

Every chain of sectors is followed at most as far as the file has sectors, so that one that bites its tail ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIST = 0xFFFFFFFC
"""From here on numbers are no sectors but say what there is instead: the end of a chain, nothing, a table."""
_ENTRY = struct.Struct("<64sH2xIII16x4x8x8xIQ")
_HEAD_ENTRIES = 109


class _Entry(NamedTuple):
    """A stream or storage: the entries beside it and below, its first sector, its bytes."""

    name: str
    before: int
    after: int
    below: int
    first: int
    size: int


class DamagedError(Exception):
    """A file that is no compound file, or a broken one."""


class Compound:
    """The streams of a compound file by name."""

    def __init__(self, raw: bytes) -> None:
        if not raw.startswith(MARK) or len(raw) < 512:
            raise DamagedError("no compound file")
        self._raw = raw
        shift, small_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise DamagedError(f"sectors of 2^{shift} and 2^{small_shift} bytes")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._cutoff, small_table = (struct.unpack_from("<I", raw, at)[0] for at in (48, 56, 60))
        self._table = self._numbers(self._tables())
        self._small_table = self._numbers(self._chain(small_table))
        entries = list(self._directory(directory))
        if not entries:
            raise DamagedError("no directory")
        self._entries = {name: (first, size) for name, first, size in _in_root(entries)}
        self._small = self._joined(entries[0].first, entries[0].size)

    def names(self) -> list[str]:
        """Return what the streams and storages at the top are called."""
        return list(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; raises ``DamagedError`` where there is none or it is broken."""
        if name not in self._entries:
            raise DamagedError(f"no stream {name}")
        first, size = self._entries[name]
        if size >= self._cutoff:
            return self._joined(first, size)
        out, at, seen = bytearray(), first, 0
        while at < _LIST and len(out) < size:
            if at >= len(self._small_table) or seen > len(self._small_table):
                raise DamagedError(f"the chain of {name} is broken")
            out += self._small[at * self._small_size : (at + 1) * self._small_size]
            at, seen = self._small_table[at], seen + 1
        return bytes(out[:size])

    def _sector(self, at: int) -> bytes:
        start = (at + 1) * self._size
        if at >= _LIST or start >= len(self._raw):
            raise DamagedError(f"no sector {at}")
        return self._raw[start : start + self._size].ljust(self._size, b"\0")

    def _tables(self) -> Iterator[int]:
        """The sectors of the table that says which sector follows which: named in the head, then in a list."""
        listed = struct.unpack_from(f"<{_HEAD_ENTRIES}I", self._raw, 76)
        yield from (at for at in listed if at < _LIST)
        at, seen = struct.unpack_from("<I", self._raw, 68)[0], 0
        while at < _LIST and seen <= len(self._raw) // self._size:
            *more, after = struct.unpack(f"<{self._size // 4}I", self._sector(at))
            yield from (number for number in more if number < _LIST)
            at, seen = after, seen + 1

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        out: list[int] = []
        for at in sectors:
            out += struct.unpack(f"<{self._size // 4}I", self._sector(at))
            if len(out) > len(self._raw):
                raise DamagedError("a table larger than the file")
        return out

    def _chain(self, first: int) -> Iterator[int]:
        at, seen = first, 0
        while at < _LIST:
            if at >= len(self._table) or seen > len(self._table):
                raise DamagedError("a chain of sectors is broken")
            yield at
            at, seen = self._table[at], seen + 1

    def _joined(self, first: int, size: int) -> bytes:
        if size > len(self._raw):
            raise DamagedError("a stream larger than the file")
        out = bytearray()
        for at in self._chain(first):
            if len(out) >= size:
                break
            out += self._sector(at)
        return bytes(out[:size])

    def _directory(self, begins: int) -> Iterator[_Entry]:
        """The entries of the directory as they lie in the file, those that are not used too: they count."""
        for sector in self._chain(begins):
            raw = self._sector(sector)
            for at in range(0, self._size, 128):
                name, length, before, after, below, first, size = _ENTRY.unpack_from(raw, at)
                text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield _Entry(text, before, after, below, first, size & 0xFFFFFFFF)


def _in_root(entries: list[_Entry]) -> Iterator[tuple[str, int, int]]:
    """The streams and storages that lie at the top, not those of documents inside the document."""
    waiting, seen = [entries[0].below], set[int]()
    while waiting:
        at = waiting.pop()
        if at < len(entries) and at not in seen:
            seen.add(at)
            yield entries[at].name, entries[at].first, entries[at].size
            waiting += entries[at].before, entries[at].after
