"""A packet as a file: whole, or told to be not."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from pathlib import Path

import pytest

from core.exchange import container, sealing

CONTENT = b"SQLite format 3\0" + bytes(range(256)) * 400


PASSWORD = "丰收ａ1é"


LOG = b"SQLite format 3\0" + bytes(range(250)) * 90


def packed(tmp_path: Path, password: str = "", content: bytes = CONTENT, log: bytes | None = None) -> Path:
    library = tmp_path / "库"
    library.write_bytes(content)
    if log is not None:
        (tmp_path / "记").write_bytes(log)
    container.pack(library, tmp_path / "包.anlan", password, None if log is None else tmp_path / "记")
    return tmp_path / "包.anlan"


@pytest.fixture(params=[None, LOG], ids=["version 1", "version 2"])
def packet(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return packed(tmp_path, log=request.param)


@pytest.fixture(autouse=True)
def light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made with less work than in earnest, but as they are."""
    monkeypatch.setattr(sealing, "_WORK", 4)


def opened(packet: Path, password: str = "") -> bytes:
    out = packet.with_name("出")
    container.unpack(packet, out, password)
    return out.read_bytes()


def test_there_and_back(packet: Path) -> None:
    assert container.is_packet(packet)
    assert opened(packet) == CONTENT
    assert packet.stat().st_size < len(CONTENT) / 10


@pytest.mark.parametrize("log", [None, b"", LOG, random.Random(1).randbytes(3 << 20)])
@pytest.mark.parametrize("password", ["", PASSWORD])
def test_the_log_is_read_apart(tmp_path: Path, log: bytes | None, password: str) -> None:
    packet, out = packed(tmp_path, password, log=log), tmp_path / "出"
    assert container.unpack_log(packet, out, password) == (log is not None)
    assert log is None or out.read_bytes() == log
    assert opened(packet, password) == CONTENT


@pytest.mark.parametrize("told", [0, 5, 60, 1 << 20, 1 << 63])
def test_a_log_of_another_length_than_told(tmp_path: Path, told: int) -> None:
    packet = packed(tmp_path, log=LOG)
    data = packet.read_bytes()
    body = struct.pack(">Q", told) + data[17 + 8 : -32]
    packet.write_bytes(data[:17] + body + hashlib.sha256(body).digest())
    for unpack in (container.unpack_log, container.unpack):
        with pytest.raises(container.NotAPacket, match="有损坏"):
            unpack(packet, tmp_path / "出")


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
    body = zlib.compress(CONTENT) + b"more"
    head = struct.pack(">7sBBQ", container.MAGIC, 1, container.PLAIN, len(body))
    path = tmp_path / "包.anlan"
    path.write_bytes(head + body + hashlib.sha256(body).digest())
    with pytest.raises(container.NotAPacket, match="有损坏"):
        opened(path)


# ---- under a password


@pytest.mark.parametrize("size", [0, 1, sealing.FRAME - 1, sealing.FRAME, sealing.FRAME + 1, 3 * sealing.FRAME + 5])
def test_sealed_and_opened(size: int, tmp_path: Path) -> None:
    content = random.Random(size).randbytes(size)
    assert opened(packed(tmp_path, PASSWORD, content), PASSWORD) == content


def test_a_password_is_the_same_however_it_was_typed(tmp_path: Path) -> None:
    assert opened(packed(tmp_path, PASSWORD), "丰收a１e\u0301") == CONTENT


def test_nothing_of_it_can_be_read(tmp_path: Path) -> None:
    plain, sealed = packed(tmp_path).read_bytes(), packed(tmp_path, PASSWORD).read_bytes()
    assert plain[17:40] not in sealed
    assert packed(tmp_path, PASSWORD).read_bytes() != sealed  # the salt is another one each time


@pytest.mark.parametrize(("password", "words"), [("", "^加了密码$"), ("丰收", "^的密码不对$"), (" ", "^的密码不对$")])
def test_another_password(tmp_path: Path, password: str, words: str) -> None:
    packet = packed(tmp_path, PASSWORD)
    assert container.is_sealed(packet)
    with pytest.raises(container.Sealed, match=words):
        opened(packet, password)


def test_one_without_needs_none(packet: Path) -> None:
    assert not container.is_sealed(packet)
    assert opened(packet, "任意") == CONTENT


@pytest.mark.parametrize("keep", [0, 3, 17, 20, 60, -33, -1])
def test_half_a_sealed_one_is_told_without_the_password(tmp_path: Path, keep: int) -> None:
    packet = packed(tmp_path, PASSWORD)
    packet.write_bytes(packet.read_bytes()[:keep])
    with pytest.raises(container.NotAPacket, match="没有复制完整"):
        opened(packet)


@pytest.mark.parametrize("at", [17, 20, 60, -40, -1])
def test_one_bit_of_a_sealed_one(tmp_path: Path, at: int) -> None:
    packet = packed(tmp_path, PASSWORD)
    data = bytearray(packet.read_bytes())
    data[at] ^= 4
    packet.write_bytes(data)
    with pytest.raises(container.NotAPacket, match="有损坏"):
        opened(packet, PASSWORD)


FRAME = sealing.FRAME + 16
FORGED = {
    "without its end": lambda body: body[: 17 + 2 * FRAME],
    "two frames changed about": lambda body: (
        body[:17] + body[17 + FRAME :][:FRAME] + body[17:][:FRAME] + body[17 + 2 * FRAME :]
    ),
    "a frame left out": lambda body: body[: 17 + FRAME] + body[17 + 2 * FRAME :],
    "a frame twice": lambda body: body[: 17 + FRAME] + body[17:],
    "nothing but its head": lambda body: body[:17],
    "not even that": lambda body: body[:9],
    "more work than there is memory": lambda body: bytes([40]) + body[1:],
    "no work at all": lambda body: bytes([0]) + body[1:],
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_put_together_otherwise_by_somebody_who_knows_the_form(tmp_path: Path, how: str) -> None:
    """Its length and its hash are right, the password too; what it holds is not what was sealed."""
    packet = packed(tmp_path, PASSWORD, random.Random(1).randbytes(3 * sealing.FRAME))
    body = FORGED[how](packet.read_bytes()[17:-32])
    head = struct.pack(">7sBBQ", container.MAGIC, 1, container.SEALED, len(body))
    packet.write_bytes(head + body + hashlib.sha256(body).digest())
    with pytest.raises(container.NotAPacket, match=r"有损坏|密码不对"):
        opened(packet, PASSWORD)
