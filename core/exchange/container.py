"""A packet as a file: compressed, with its length and a hash, so that one that is not whole is told at once.

``ANLNPKT`` and a version; a byte that says whether it is sealed by a password; the length of what follows; that itself,
a library file compressed by zlib, sealed or not (``core.exchange.sealing``); its SHA-256. So what is cut off or damaged
is told without the password. It ends in ``.anlan`` like a library and is never changed by who opens it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
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


class Newer(NotAPacket):
    """A packet was written by a newer version of the program."""


class Sealed(NotAPacket):
    """A packet is opened by a password, and none was given, or another one."""


def is_sealed(path: Path) -> bool:
    """Return whether a file is a packet that is opened by a password; OSError when it cannot be read."""
    if not is_packet(path):
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD.size)
    return len(head) == _HEAD.size and _HEAD.unpack(head)[1:3] == (VERSION, SEALED)


def pack(library: Path, target: Path, password: str = "") -> None:
    """Write a closed library file as a packet, sealed where there is a password; OSError."""
    import hashlib

    from core.exchange import sealing

    kind = SEALED if password else PLAIN
    with library.open("rb") as file, target.open("wb") as out:
        out.write(_HEAD.pack(MAGIC, VERSION, kind, 0))
        whole, length = hashlib.sha256(), 0
        blocks = _compressed(file)
        for block in sealing.seal(blocks, password) if password else blocks:
            whole.update(block)
            length += out.write(block)
        out.write(whole.digest())
        out.seek(0)
        out.write(_HEAD.pack(MAGIC, VERSION, kind, length))


def _compressed(file: BinaryIO) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL)
    for block in _blocks(file):
        yield packer.compress(block)
    yield packer.flush()


def unpack(path: Path, library: Path, password: str = "") -> None:
    """Write the library that a packet holds into a new file; OSError.

    NotAPacket where it is none that is whole; Sealed where the password is missing or another one.
    """
    from core.exchange import sealing

    with path.open("rb") as file:
        kind, length = _head(file)
        _make_sure(file, length)
        if kind == SEALED and not password:
            raise Sealed("加了密码")
        file.seek(_HEAD.size)
        held = sealing.unseal(file, length, password) if kind == SEALED else _read(file, length)
        with library.open("wb") as out:
            try:
                for block in _opened(held):
                    out.write(block)
            except sealing.WrongSeal:
                raise Sealed("的密码不对") from None
            except (zlib.error, sealing.BrokenSeal) as error:
                raise NotAPacket("有损坏") from error


def _head(file: BinaryIO) -> tuple[int, int]:
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise NotAPacket("没有复制完整")
    magic, version, kind, length = _HEAD.unpack(head)
    if magic != MAGIC:
        raise NotAPacket("不是分发包")
    if version > VERSION:
        raise Newer("由更新版本的案览写成，请升级程序")
    if kind not in (PLAIN, SEALED) or version < 1:
        raise NotAPacket("有损坏")
    return kind, length


def _make_sure(file: BinaryIO, length: int) -> None:
    """Compare what is there with the length and the hash."""
    import hashlib

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


def _read(file: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left:
        block = file.read(min(_STEP, left))
        left -= len(block)
        yield block


def _opened(held: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, made = zlib.decompressobj(), 0
    for piece in held:
        block = piece
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
