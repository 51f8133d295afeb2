"""A packet as a file: compressed, with its length and a hash, so that one that is not whole is told at once.

``ANLNPKT`` and a version; a byte that says whether it is sealed; the length of what follows; that itself, a library
file compressed by zlib; its SHA-256. It ends in ``.anlan`` like a library and is never changed by who opens it.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAGIC = b"ANLNPKT"
VERSION = 1
PLAIN, SEALED = 0, 1
_HEAD = struct.Struct(">7sBBQ")
_STEP = 1 << 20
_MOST = 2 << 30
"""A library of more is no packet; what is compressed to almost nothing would fill the disk."""
_LEVEL = 6


class NotAPacket(ValueError):  # noqa: N818 - a name for what it is
    """A file is no packet that can be read; ``str(error)`` is a clause for the user."""


def is_packet(path: Path) -> bool:
    """Return whether a file begins as a packet does; OSError when it cannot be read.

    A file with SQLite's own beside it is a library, and is not touched: who closes a handle of its own on a library
    that is open here gives up the locks on it.
    """
    if any(path.with_name(path.name + tail).exists() for tail in ("-wal", "-shm", "-journal")):
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def pack(library: Path, target: Path) -> None:
    """Write a closed library file as a packet; OSError."""
    with library.open("rb") as file, target.open("wb") as out:
        out.write(_HEAD.pack(MAGIC, VERSION, PLAIN, 0))
        whole, length, packer = hashlib.sha256(), 0, zlib.compressobj(_LEVEL)
        for block in _blocks(file):
            length += _put(out, packer.compress(block), whole)
        length += _put(out, packer.flush(), whole)
        out.write(whole.digest())
        out.seek(0)
        out.write(_HEAD.pack(MAGIC, VERSION, PLAIN, length))


def _put(out: BinaryIO, block: bytes, whole: hashlib._Hash) -> int:
    whole.update(block)
    return out.write(block)


def unpack(path: Path, library: Path) -> None:
    """Write the library that a packet holds into a new file; NotAPacket where it is none that is whole, OSError."""
    with path.open("rb") as file:
        kind, length = _head(file)
        if kind != PLAIN:
            raise NotAPacket("加了密码")
        _make_sure(file, length)
        file.seek(_HEAD.size)
        with library.open("wb") as out:
            try:
                for block in _opened(file, length):
                    out.write(block)
            except zlib.error as error:
                raise NotAPacket("有损坏") from error


def _head(file: BinaryIO) -> tuple[int, int]:
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise NotAPacket("没有复制完整")
    magic, version, kind, length = _HEAD.unpack(head)
    if magic != MAGIC:
        raise NotAPacket("不是分发包")
    if version > VERSION:
        raise NotAPacket("由更新版本的案览写成，请升级程序")
    if kind not in (PLAIN, SEALED) or version < 1:
        raise NotAPacket("有损坏")
    return kind, length


def _make_sure(file: BinaryIO, length: int) -> None:
    """Compare what is there with the length and the hash."""
    whole, left = hashlib.sha256(), length
    while left:
        block = file.read(min(_STEP, left))
        if not block:
            raise NotAPacket("没有复制完整")
        whole.update(block)
        left -= len(block)
    end = file.read(whole.digest_size + 1)
    if len(end) < whole.digest_size:
        raise NotAPacket("没有复制完整")
    if end != whole.digest() or not length:
        raise NotAPacket("有损坏")


def _opened(file: BinaryIO, length: int) -> Iterator[bytes]:
    unpacker, left, made = zlib.decompressobj(), length, 0
    while left:
        block = file.read(min(_STEP, left))
        left -= len(block)
        while block:
            out = unpacker.decompress(block, _STEP)
            block = unpacker.unconsumed_tail
            made += len(out)
            if made > _MOST:
                raise NotAPacket("展开以后大得不像话")
            yield out
    yield unpacker.flush()
    if not unpacker.eof or unpacker.unused_data:
        raise NotAPacket("有损坏")


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_STEP):
        yield block
