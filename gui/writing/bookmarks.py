"""Bookmarks of a PDF file: Qt writes none, so they are added behind the end of what it wrote (ISO 32000-1, 7.5.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_SIZE = re.compile(rb"/Size\s+(\d+)")
_INFO = re.compile(rb"/Info\s+\d+\s+0\s+R")
_PAGES = re.compile(rb"/Pages\s+(\d+)\s+0\s+R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")


def add_bookmarks(path: Path, bookmarks: Sequence[tuple[str, int]]) -> None:
    """Add bookmarks: the words of each, and its page, from 0; a file of another making is left as it is."""
    data = path.read_bytes()
    told = _added(data, bookmarks) if bookmarks else b""
    if told:
        with path.open("ab") as file:
            file.write(told)


def _added(data: bytes, bookmarks: Sequence[tuple[str, int]]) -> bytes:
    start = _START.search(data[-64:])
    if not start:
        return b""
    trailer = data[data.rindex(b"trailer") :]
    root, size, info = _ROOT.search(trailer), _SIZE.search(trailer), _INFO.search(trailer)
    if not root or not size:
        return b""
    catalog = _object(data, int(root[1]))
    pages = _PAGES.search(catalog)
    kids = _KIDS.search(_object(data, int(pages[1]))) if pages else None
    if not kids or b"/Outlines" in catalog:
        return b""
    sheets = [int(number) for number in _REFERENCE.findall(kids[1])]
    first = int(size[1])
    numbers = range(first + 1, first + 1 + len(bookmarks))
    objects = {
        int(root[1]): catalog.replace(b"<<", b"<<\n/Outlines %d 0 R\n/PageMode /UseOutlines" % first, 1),
        first: b"<<\n/Type /Outlines\n/First %d 0 R\n/Last %d 0 R\n/Count %d\n>>"
        % (numbers[0], numbers[-1], len(numbers)),
    }
    for number, (words, page) in zip(numbers, bookmarks, strict=True):
        title = ("\ufeff" + words).encode("utf-16-be", "replace").hex().encode()
        before = b"/Prev %d 0 R\n" % (number - 1) if number > numbers[0] else b""
        after = b"/Next %d 0 R\n" % (number + 1) if number < numbers[-1] else b""
        objects[number] = b"<<\n/Title <%s>\n/Parent %d 0 R\n%s%s/Dest [%d 0 R /Fit]\n>>" % (
            title, first, before, after, sheets[min(page, len(sheets) - 1)],
        )  # fmt: skip
    out, at, rows = bytearray(b"\n"), len(data), {}
    for number, inside in objects.items():
        rows[number] = at + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    table = at + len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % row for row in sorted(rows.items()))
    out += b"trailer\n<<\n/Size %d\n/Root %s 0 R\n%s\n/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        numbers[-1] + 1, root[1], info[0] if info else b"", start[1], table,
    )  # fmt: skip
    return bytes(out)


def _object(data: bytes, number: int) -> bytes:
    """What an object of the file holds; empty where it cannot be found."""
    found = re.search(rb"(?:^|\n)%d 0 obj\s(.*?)\sendobj" % number, data, re.S)
    return found[1] if found else b""
