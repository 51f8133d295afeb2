"""A packet as a file: compressed, with its length and a hash, so that one that is not whole is told at once.

``ANLNPKT`` and a version; a byte that says whether it is sealed by a password; the length of what follows; that itself,
sealed or not (``core.exchange.sealing``); its SHA-256. So what is cut off or damaged is told without the password. What
is held are the length of the log, the log (a small library file with what was decided and which cases there are, so
that a preview need not unpack the rest) and a whole library file, each compressed by zlib; in version 1 the last alone.
It ends in ``.anlan`` like a library and is never changed by who opens it.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from core.exchange import sealing

MAGIC = b"ANLNPKT"
VERSION = 2
_WITHOUT_LOG = 1
PLAIN, SEALED = 0, 1
_HEAD = struct.Struct(">7sBBQ")
_LOG = struct.Struct(">Q")
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
    return len(head) == _HEAD.size and 1 <= _HEAD.unpack(head)[1] <= VERSION and _HEAD.unpack(head)[2] == SEALED


def pack(library: Path, target: Path, password: str = "", log: Path | None = None) -> None:
    """Write a closed library file as a packet, sealed where there is a password, with its ``log`` before it; OSError.

    Without one it is a packet of version 1.
    """
    version = VERSION if log else _WITHOUT_LOG
    kind = SEALED if password else PLAIN
    with target.open("wb") as out:
        out.write(_HEAD.pack(MAGIC, version, kind, 0))
        whole, length = hashlib.sha256(), 0
        blocks = _held(library, log)
        for block in sealing.seal(blocks, password) if password else blocks:
            whole.update(block)
            length += out.write(block)
        out.write(whole.digest())
        out.seek(0)
        out.write(_HEAD.pack(MAGIC, version, kind, length))


def _held(library: Path, log: Path | None) -> Iterator[bytes]:
    if log:
        blocks = [*_compressed(log)]
        yield _LOG.pack(sum(map(len, blocks)))
        yield from blocks
    yield from _compressed(library)


def _compressed(path: Path) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL)
    with path.open("rb") as file:
        while block := file.read(_STEP):
            yield packer.compress(block)
    yield packer.flush()


def unpack(path: Path, library: Path, password: str = "") -> None:
    """Write the library that a packet holds into a new file; OSError.

    NotAPacket where it is none that is whole; Sealed where the password is missing or another one.
    """
    _unpack(path, library, password, "library")


def unpack_log(path: Path, log: Path, password: str = "") -> bool:
    """Write the log that a packet holds into a new file; whether it holds one, which those of version 1 do not.

    Raises as ``unpack`` does.
    """
    return _unpack(path, log, password, "log")


def _unpack(path: Path, target: Path, password: str, wanted: Literal["library", "log"]) -> bool:
    with path.open("rb") as file:
        version, kind, length = _head(file)
        _make_sure(file, length)
        if kind == SEALED and not password:
            raise Sealed("加了密码")
        if wanted == "log" and version == _WITHOUT_LOG:
            return False
        file.seek(_HEAD.size)
        held = sealing.unseal(file, length, password) if kind == SEALED else _read(file, length)
        try:
            with target.open("wb") as out:
                for block in _opened(held if version == _WITHOUT_LOG else _part(held, wanted)):
                    out.write(block)
        except sealing.WrongSeal:
            raise Sealed("的密码不对") from None
        except (zlib.error, sealing.BrokenSeal) as error:
            raise NotAPacket("有损坏") from error
    return True


def _part(held: Iterator[bytes], wanted: Literal["library", "log"]) -> Iterator[bytes]:
    """What is held of the log, or what is held behind it."""
    first = b""
    while len(first) < _LOG.size:
        block = next(held, b"")
        if not block:
            raise NotAPacket("有损坏")
        first += block
    (left,) = _LOG.unpack(first[: _LOG.size])
    for block in chain([first[_LOG.size :]], held):
        own, rest = block[:left], block[left:]
        left -= len(own)
        yield own if wanted == "log" else rest
        if wanted == "log" and not left:
            return


def _head(file: BinaryIO) -> tuple[int, int, int]:
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
    return version, kind, length


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
