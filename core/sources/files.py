"""Which reader a file needs, told by its name and its first bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.records import Page
from core.sources.errors import SourceError
from core.sources.foreign import WORD, why_not
from core.sources.masthead import with_masthead
from core.sources.plain import MAX_BYTES, SPLIT, check_size, read_plain
from core.text.storable import NUL_SIGN, storable


def _plain(raw: bytes, name: str) -> list[Page]:
    return [read_plain(raw, name)]


# What is read in C is loaded only where such a file is read.


def _hypertext(raw: bytes, name: str) -> list[Page]:
    from core.sources.hypertext import read_hypertext

    return [read_hypertext(raw, name)]


def _word(raw: bytes, name: str) -> list[Page]:
    from core.sources.word import read_word

    return [read_word(raw, name)]


def _pdf(raw: bytes, name: str) -> list[Page]:
    from core.sources.pdf import read_pdf

    return read_pdf(raw, name)


_READERS: dict[str, Callable[[bytes, str], list[Page]]] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), _plain),
    **dict.fromkeys((".htm", ".html", ".xhtml"), _hypertext),
    **dict.fromkeys(sorted(WORD), _word),
    ".pdf": _pdf,
}
_MARKS = {b"%PDF-": _pdf, b"PK\x03\x04": _word}
"""First bytes that tell a file's reader better than its name."""
SUFFIXES: tuple[str, ...] = tuple(_READERS)
"""What a folder is searched for."""
_MAX_TEXT, _MAX_PDF, _MAX_OTHER = MAX_BYTES, 256 << 20, 128 << 20


def is_readable(path: Path) -> bool:
    """Return whether a file's name promises a page (Word's and the system's own leftovers don't)."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def is_read_in_c(path: Path) -> bool:
    """Return whether what reads a file is written in C, so that a file may crash it or stall it."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return _reader_of(stream.read(8), path.suffix.lower()) is not _plain
    except (OSError, ValueError):
        return False


def read_file(path: Path) -> list[Page]:
    """Return the pages that a file holds: one, but for a PDF, which gives one for each of its pages that has text.

    Raises ``SourceError`` in the user's words; the file itself is never written to.
    """
    suffix, name = path.suffix.lower(), name_of(path)
    raw = _bytes_of(path, _limit_of(suffix))
    if why := why_not(raw, suffix):
        raise SourceError(name, why)
    pages = _reader_of(raw, suffix)(raw, name)
    for page in pages:
        check_size(page)
    return [with_masthead(_visible(page)) for page in pages]


def _reader_of(head: bytes, suffix: str) -> Callable[[bytes, str], list[Page]]:
    marked = (reader for mark, reader in _MARKS.items() if head.startswith(mark))
    return next(marked, _READERS.get(suffix, _plain))


def _limit_of(suffix: str) -> int:
    """The bytes that a file may have; one of an unknown kind is looked at, too, to say what it is."""
    if suffix == ".pdf":
        return _MAX_PDF
    return _MAX_TEXT if _READERS.get(suffix) in (_plain, _hypertext) else _MAX_OTHER


def read_pasted(text: str, name: str = "粘贴的文字") -> Page:
    """Return a page from the clipboard."""
    page = read_plain(text.encode("utf-8", "replace"), name)
    check_size(page)
    return with_masthead(_visible(page))


def _visible(page: Page) -> Page:
    """The page with a sign in the place of each U+0000; nothing else of its text is touched, nor any offset."""
    count = page.text.count("\0")
    if not count:
        return page
    return replace(page, text=storable(page.text), notes=(*page.notes, f"有 {count} 个空字符（NUL），写作 {NUL_SIGN}"))


def name_of(path: Path) -> str:
    """Return a file's name as a person reads it; one that an old archive left in GBK is decoded."""
    try:
        return os.fsencode(path.name).decode("utf-8")
    except UnicodeError:
        return path.name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def _bytes_of(path: Path, limit: int) -> bytes:
    """The bytes of a file, never more than the limit (some files of the system hold more than they say)."""
    name = name_of(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError(name, "不是文件")
        if size <= limit:
            with path.open("rb") as stream:
                raw = stream.read(limit + 1)
            size = len(raw)
        if size > limit:
            raise SourceError(name, f"有 {size / 2**20:.0f} MB，不像版面（上限 {limit >> 20} MB）；{SPLIT}")
        return raw
    except FileNotFoundError as error:
        raise SourceError(name, "找不到，可能已经移走或改了名；请重新选择", str(path)) from error
    except PermissionError as error:
        raise SourceError(name, "没有读取的权限；请复制到自己的文件夹，再导入", str(path)) from error
    except (OSError, ValueError) as error:
        raise SourceError(name, "读不出来；请看看它所在的磁盘是不是还连着", repr(error)) from error
