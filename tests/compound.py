"""Makes the compound files that old Office programs write, whole ones and broken ones, and Word files in them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each in sectors of its own; streams of less than 4096 bytes are padded."""
    body, chains = b"", list[list[int]]()
    for raw in streams.values():
        padded = raw.ljust(4096, b"\0")
        padded += bytes(-len(padded) % SECTOR)
        chains.append([len(body) // SECTOR + i for i in range(len(padded) // SECTOR)])
        body += padded
    directory = _entry("Root Entry", 5, 1 if streams else FREE, END, 0)
    for number, (name, chain) in enumerate(zip(streams, chains, strict=True), 1):
        after = number + 1 if number < len(streams) else FREE
        directory += _entry(name, 2, FREE, chain[0], len(chain) * SECTOR, after)
    directory += bytes(-len(directory) % SECTOR)
    chains.append([len(body) // SECTOR + i for i in range(len(directory) // SECTOR)])
    body += directory
    tables = 1
    while tables * SECTOR // 4 < len(body) // SECTOR + tables:
        tables += 1
    first_table = len(body) // SECTOR
    table = [FREE] * (tables * SECTOR // 4)
    for chain in chains:
        for here, after in zip(chain, [*chain[1:], END], strict=True):
            table[here] = after
    for at in range(first_table, first_table + tables):
        table[at] = FAT
    head = bytearray(SECTOR)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, tables, chains[-1][0], 0, 4096, END, 0, END, 0, first_table)
    struct.pack_into("<108I", head, 80, *[first_table + i if i < tables else FREE for i in range(1, 109)])
    return bytes(head) + body + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, below: int, first: int, size: int, after: int = FREE) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, after, below)
    return head + bytes(36) + struct.pack("<IQ", first, size)


def old_word(*pieces: tuple[str, bool], flags: int = 0, version: int = 0xC1, counted: int | None = None) -> bytes:
    """A .doc whose text lies in pieces, each of one byte or of two bytes a character; without any properties."""
    text, table, starts, at = b"", b"", [0], 1024
    for words, narrow in pieces:
        raw = words.encode("cp1252" if narrow else "utf-16-le")
        where = (at + len(text)) * 2 | 0x40000000 if narrow else at + len(text)
        table += struct.pack("<HIH", 0, where, 0)
        text += raw
        starts.append(starts[-1] + len(raw) // (1 if narrow else 2))
    places = struct.pack(f"<{len(starts)}I", *starts) + table
    pieces_table = b"\x02" + struct.pack("<I", len(places)) + places
    head = bytearray(1024)
    struct.pack_into("<HH", head, 0, 0xA5EC, version)
    struct.pack_into("<H", head, 0x0A, flags)
    struct.pack_into("<i", head, 0x4C, starts[-1] if counted is None else counted)
    struct.pack_into("<II", head, 0x1A2, 0, len(pieces_table))
    for table_of_properties in (0xFA, 0x102):
        struct.pack_into("<II", head, table_of_properties, 0, 0)
    return compound({"WordDocument": bytes(head) + text, "0Table": pieces_table})
