"""Word files of 1997 to 2003 (.doc, .wps): the text of the document and its text boxes ([MS-DOC]).

The text lies in pieces, in any order and in two encodings, which the piece table lists. What a character or a
paragraph is (struck out as deleted, a heading, the end of a row) stands on pages of properties for ranges of the file.
"""

from __future__ import annotations

import hashlib
import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from core.records import Page
from core.sources.composition import Composition
from core.sources.compound import Compound, DamagedError
from core.sources.errors import PASTE, RECOGNISE, SourceError
from core.sources.foreign import LOCKED
from core.sources.paragraphs import NO_HEADING, Paragraphs
from core.sources.plain import MAX_CHARS, VISIBLE

_HELPS = "请在 Word/WPS 里打开，另存为 .docx"
_OLDER = f"是 Word 95 或更早的文件，读不了；{_HELPS}"
_MARK, _WORD_97 = 0xA5EC, 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _PIECES = 0x4C, 0xFA, 0x102, 0x1A2
"""Where the head says how many characters each part of the text has, and where three tables lie."""
_PAGE = 512
_COMPRESSED = 0x40000000
_IN_TABLE, _ROW_END, _OUTLINE, _NEW_PAGE, _DELETED = 0x2416, 0x2417, 0x2640, 0x2407, 0x0800
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""The bytes of a property's value by the three highest bits of its code; 6 says them itself."""
_LONG = frozenset((0xD608,))
"""Properties that say their length in two bytes."""
_BREAKS = re.compile("[\x07\x0b\x0c\x0d\x0e\x13\x14\x15]")
_PASSED_OVER = (*range(1, 7), 8, *range(0x10, 0x13), *range(0x16, 0x1E), 0x1F)
_TO_WRITE = {0x1E: "-", 0xA0: " ", **dict.fromkeys(_PASSED_OVER)}
_T = TypeVar("_T")


class _Piece(NamedTuple):
    """A run of the text: its first character, the one behind its last, where it lies in the file, bytes a character."""

    start: int
    end: int
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What is known of a paragraph."""

    level: int = NO_HEADING
    in_table: bool = False
    ends_row: bool = False
    begins_page: bool = False


def read_old_word(raw: bytes, name: str) -> Page:
    """Return the text of a .doc with its headings, tables and page breaks.

    Raises ``SourceError`` for passwords, damage, older formats and empty documents.
    """
    try:
        made = _composed(Compound(raw))
    except DamagedError as error:
        raise SourceError(name, f"已损坏或不是 Word 文件；{_HELPS}", str(error)) from error
    except (struct.error, IndexError) as error:
        raise SourceError(name, f"已损坏；{_HELPS}", repr(error)) from error
    except _RefusedError as refused:
        raise SourceError(name, str(refused)) from refused
    text = made.text()
    if not VISIBLE.search(text):
        raise SourceError(name, f"没有文字，可能只有图片；{RECOGNISE}")
    digest = hashlib.sha256(raw).hexdigest()
    return Page(text=text, name=name, sha256=digest, encoding="utf-8", format="doc", **made.structure())


class _RefusedError(Exception):
    """A file that is whole, and cannot be read; the text says why and what helps."""


def _composed(file: Compound) -> Composition:
    document = file.stream("WordDocument")
    mark, version = struct.unpack_from("<HH", document)
    (flags,) = struct.unpack_from("<H", document, 0x0A)
    if flags & _ENCRYPTED:
        raise _RefusedError(LOCKED)
    if mark != _MARK or version < _WORD_97:
        raise _RefusedError(_OLDER)
    tables = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    counts = struct.unpack_from("<8i", document, _COUNTS)
    main, boxes = counts[0], counts[6]
    before = sum(max(0, counts[i]) for i in (0, 1, 2, 4, 5))
    pieces = list(_pieces(_table(document, tables, _PIECES)))
    if max(main, 0) + max(boxes, 0) > 4 * MAX_CHARS:
        raise _RefusedError(f"的文字多得不正常；{PASTE}")
    told = _Told(document, tables, pieces)
    out = told.read(0, main)
    if boxes > 0:
        out.take(told.read(before, before + boxes))
    return out


def _table(document: bytes, tables: bytes, where: int) -> bytes:
    """A table of the second stream, of which the head says where it lies and how long it is."""
    at, length = struct.unpack_from("<II", document, where)
    if at + length > len(tables):
        raise DamagedError(f"a table at {at} beyond the end")
    return tables[at : at + length]


def _pieces(table: bytes) -> Iterator[_Piece]:
    """The pieces of the text in their order."""
    at = 0
    while at < len(table) and table[at] == 1:  # what was changed and not yet saved: properties only
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= len(table) or table[at] != 2:
        raise DamagedError("no table of pieces")
    (length,) = struct.unpack_from("<I", table, at + 1)
    count = (min(length, len(table) - at - 5) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    if list(starts) != sorted(starts):
        raise DamagedError("pieces that run backwards")
    for i in range(count):
        (where,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * i + 2)
        narrow = bool(where & _COMPRESSED)
        where &= _COMPRESSED - 1
        if starts[i + 1] > starts[i]:
            yield _Piece(starts[i], starts[i + 1], where // 2 if narrow else where, 1 if narrow else 2)


class _Fields:
    """The fields that are open; of each its instruction comes first, which is no text, then its result."""

    def __init__(self) -> None:
        self._open: list[bool] = []
        self.instructions = 0
        """How many of the open fields are in their instruction."""

    def take(self, mark: str) -> bool:
        """Take a mark of the text; False for one that is of no field."""
        if mark == "\x13":
            self._open.append(True)
            self.instructions += 1
        elif mark in "\x14\x15" and self._open:
            self.instructions -= self._open.pop()
            if mark == "\x14":
                self._open.append(False)
        return mark in "\x13\x14\x15"


class _Told:
    """The text of a file with what is told of its characters and paragraphs."""

    def __init__(self, document: bytes, tables: bytes, pieces: list[_Piece]) -> None:
        self._document, self._pieces = document, pieces
        self._ends, self._paragraphs = _ranges(
            document, _table(document, tables, _PARAGRAPH_PAGES), _paragraph_of_page, _Paragraph()
        )
        self._marks, self._deleted = _ranges(
            document, _table(document, tables, _CHARACTER_PAGES), _is_deleted_on_page, False
        )

    def read(self, start: int, end: int) -> Composition:
        """Return the text between two characters."""
        out, fields = Paragraphs(every_empty_line=start == 0), _Fields()
        for piece in self._pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            at = piece.at + (first - piece.start) * piece.width
            if first < last:
                self._read_piece(out, fields, at, (last - first) * piece.width, piece.width)
        return out.finish()

    def _read_piece(self, out: Paragraphs, fields: _Fields, start: int, length: int, width: int) -> None:
        """Read bytes of the file."""
        if start + length > len(self._document):
            raise DamagedError("a piece beyond the end")
        at = start
        for stop, deleted in self._stretches(start, start + length):
            raw = self._document[at:stop]
            if not deleted:
                text = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
                self._take(out, fields, text, at, width)
            at = stop

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, bool]]:
        """Where each stretch of characters ends of which the same is told, and whether they are deleted."""
        at = bisect_right(self._marks, start)
        while start < end:
            stop = min(end, self._marks[at]) if at < len(self._marks) else end
            told = self._deleted[at - 1] if 0 < at <= len(self._deleted) else False
            yield stop, told
            start, at = stop, at + 1

    def _take(self, out: Paragraphs, fields: _Fields, text: str, at: int, width: int) -> None:
        last = 0
        for found in _BREAKS.finditer(text):
            before = text[last : found.start()]
            if not fields.instructions:
                out.write(before.translate(_TO_WRITE))
            at += len(before.encode("utf-16-le", "surrogatepass")) if width == 2 else len(before)
            if not fields.take(found[0]) and not fields.instructions:
                self._end(out, found[0], at)
            at, last = at + width, found.end()
        if not fields.instructions:
            out.write(text[last:].translate(_TO_WRITE))

    def _end(self, out: Paragraphs, mark: str, at: int) -> None:
        """End a line, a paragraph, a cell, a row or a page; ``at`` is where the mark lies in the file."""
        number = bisect_right(self._ends, at)
        told = self._paragraphs[number - 1] if 0 < number <= len(self._paragraphs) else _Paragraph()
        if mark == "\x07":
            (out.end_row if told.ends_row else out.end_cell)()
        elif mark == "\x0b":
            out.break_line(told.in_table)
        elif mark in "\x0c\x0e":
            out.end_paragraph(told.in_table, told.level, told.begins_page)
            if mark == "\x0c":
                out.break_page()
        elif mark == "\x0d":
            out.end_paragraph(told.in_table, told.level, told.begins_page)


def _ranges(
    document: bytes, table: bytes, on_page: Callable[[bytes, int, int], _T], default: _T
) -> tuple[list[int], list[_T]]:
    """Where in the file each range of properties begins, and what it tells; what stands between ranges is default."""
    count = max(0, (len(table) - 4) // 8)
    pages = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    found: list[tuple[int, int, _T]] = []
    for number in pages[: len(document) // _PAGE + 1]:
        page = document[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            runs = page[-1]
            bounds = struct.unpack_from(f"<{runs + 1}I", page) if 4 * (runs + 1) < _PAGE else (0,)
            found += [(start, bounds[i + 1], on_page(page, runs, i)) for i, start in enumerate(bounds[:-1])]
    found.sort(key=lambda run: run[0])
    starts, told = [0], [default]
    for start, end, value in found:
        if start < starts[-1] or end <= start:
            continue  # ranges that overlap are damage; the first holds
        if start == starts[-1]:
            told[-1] = value
        else:
            starts.append(start)
            told.append(value)
        starts.append(end)
        told.append(default)
    return starts, told


def _is_deleted_on_page(page: bytes, runs: int, i: int) -> bool:
    at = 2 * page[4 * (runs + 1) + i]
    if not at:
        return False
    properties = _properties(page[at + 1 : at + 1 + page[at]])
    return bool(properties.get(_DELETED, b"\0")[0])


def _paragraph_of_page(page: bytes, runs: int, i: int) -> _Paragraph:
    at = 2 * page[4 * (runs + 1) + 13 * i]
    if not at:
        return _Paragraph()
    length = 2 * page[at] - 1
    if not page[at]:
        at += 1
        length = 2 * page[at]
    own = page[at + 1 : at + 1 + length]
    if len(own) < 2:
        return _Paragraph()
    style = struct.unpack_from("<H", own)[0]
    properties = _properties(own[2:])
    level = properties.get(_OUTLINE, bytes([style - 1 if 1 <= style <= 9 else NO_HEADING]))[0]
    flags = (bool(properties.get(code, b"\0")[0]) for code in (_IN_TABLE, _ROW_END, _NEW_PAGE))
    return _Paragraph(level, *flags)


def _properties(raw: bytes) -> Mapping[int, bytes]:
    """The properties of a run by their codes; the last of a kind holds."""
    out: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        kind = code >> 13
        if code in _LONG:
            length = 2 + max(0, struct.unpack_from("<H", raw, at)[0] - 1) if at + 2 <= len(raw) else len(raw)
        else:
            length = _OPERAND[kind] if kind != 6 else 1 + raw[at]
        value = raw[at : at + length]
        if value:
            out[code] = value
        at += length
    return out
