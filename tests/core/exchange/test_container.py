"""A packet as a file: whole, or told to be not."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from core.exchange import container

CONTENT = b"SQLite format 3\0" + bytes(range(256)) * 400


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    library = tmp_path / "库"
    library.write_bytes(CONTENT)
    container.pack(library, tmp_path / "包.anlan")
    return tmp_path / "包.anlan"


def opened(packet: Path) -> bytes:
    out = packet.with_name("出")
    container.unpack(packet, out)
    return out.read_bytes()


def test_there_and_back(packet: Path) -> None:
    assert container.is_packet(packet)
    assert opened(packet) == CONTENT
    assert packet.stat().st_size < len(CONTENT) / 10


@pytest.mark.parametrize("keep", [0, 3, 16, 17, 40, -33, -32, -1])
def test_half_copied(packet: Path, keep: int) -> None:
    packet.write_bytes(packet.read_bytes()[:keep])
    with pytest.raises(container.NotAPacket, match="没有复制完整"):
        opened(packet)


@pytest.mark.parametrize("at", [20, 60, -40, -1])
def test_one_bit(packet: Path, at: int) -> None:
    data = bytearray(packet.read_bytes())
    data[at] ^= 4
    packet.write_bytes(data)
    with pytest.raises(container.NotAPacket, match="有损坏"):
        opened(packet)


def test_newer(packet: Path) -> None:
    data = bytearray(packet.read_bytes())
    data[7] = 9
    packet.write_bytes(data)
    with pytest.raises(container.NotAPacket, match="更新版本"):
        opened(packet)


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_MOST", 1 << 20)
    library = tmp_path / "库"
    library.write_bytes(bytes(3 << 20))
    container.pack(library, tmp_path / "包.anlan")
    with pytest.raises(container.NotAPacket, match="大得不像话"):
        opened(tmp_path / "包.anlan")


def test_what_follows_the_end_of_the_compressed(tmp_path: Path) -> None:
    import hashlib

    body = zlib.compress(CONTENT) + b"more"
    head = struct.pack(">7sBBQ", container.MAGIC, 1, container.PLAIN, len(body))
    path = tmp_path / "包.anlan"
    path.write_bytes(head + body + hashlib.sha256(body).digest())
    with pytest.raises(container.NotAPacket, match="有损坏"):
        opened(path)
