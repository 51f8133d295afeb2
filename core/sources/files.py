"""Which reader a file needs, told by its name and its first bytes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from core.records import Page
from core.sources.compound import MARK
from core.sources.errors import SourceError
from core.sources.foreign import HYPERTEXT, LETTER, WORD, ZIP, is_fixed, why_not
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


def _old_word(raw: bytes, name: str) -> list[Page]:
    from core.sources.old_word import read_old_word

    return [read_old_word(raw, name)]


def _fixed(raw: bytes, name: str) -> list[Page]:
    from core.sources.fixed import read_fixed

    return read_fixed(raw, name)


def _rich(raw: bytes, name: str) -> list[Page]:
    from core.sources.rich import read_rich

    return [read_rich(raw, name)]


def _letter(raw: bytes, name: str) -> list[Page]:
    from core.sources.letter import read_letter

    return [read_letter(raw, name)]


def _pdf(raw: bytes, name: str) -> list[Page]:
    from core.sources.pdf import read_pdf

    return read_pdf(raw, name)


_Reader = Callable[[bytes, str], list[Page]]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), _plain),
    **dict.fromkeys((".htm", ".html", ".xhtml"), _hypertext),
    **dict.fromkeys(sorted(WORD), _word),
    ".pdf": _pdf,
    ".ofd": _fixed,
    ".rtf": _rich,
    **dict.fromkeys((".eml", ".mht", ".mhtml"), _letter),
}
_MARKS: tuple[tuple[re.Pattern[bytes], _Reader], ...] = (
    (re.compile(rb"%PDF-"), _pdf),
    (re.compile(re.escape(MARK)), _old_word),
    (re.compile(rb"\s{0,99}\{\\rtf"), _rich),
    (LETTER, _letter),
)
"""How a file begins tells its reader better than its name."""
SUFFIXES: tuple[str, ...] = tuple(_READERS)
"""What a folder is searched for."""
KINDS = "txt、md、html、docx、doc、wps、pdf、ofd、rtf、eml、mht"
"""What can be read, in a few words for a person."""
_MAX_TEXT, _MAX_PDF, _MAX_OTHER = MAX_BYTES, 256 << 20, 128 << 20
_HEAD = 8192
"""So many bytes tell what a file is."""


def is_readable(path: Path) -> bool:
    """Return whether a file's name promises a page (Word's and the system's own leftovers don't)."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def is_plain(path: Path) -> bool:
    """Return whether a file is plain text: nothing that is written in C reads it, and it can bring nothing down."""
    try:
        with open_regular(path) as stream:
            return _reader_of(stream.read(min(_HEAD, _size_of(stream))), path.suffix.lower()) is _plain
    except (OSError, ValueError):
        return False


def read_file(path: Path) -> list[Page]:
    """Return the pages that a file holds: one, but for a PDF or OFD, which gives one for each page that has text.

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


def _reader_of(raw: bytes, suffix: str) -> _Reader:
    """The reader of a file of which at least the beginning is known."""
    if raw.startswith(ZIP):
        return _fixed if suffix == ".ofd" or is_fixed(raw) else _word
    if suffix in WORD and HYPERTEXT.match(raw):
        return _hypertext
    marked = (reader for mark, reader in _MARKS if mark.match(raw[:_HEAD]))
    return next(marked, _READERS.get(suffix, _plain))


def _limit_of(suffix: str) -> int:
    """The bytes that a file may have; one of an unknown kind is looked at, too, to say what it is."""
    if suffix == ".pdf":
        return _MAX_PDF
    return _MAX_TEXT if _READERS.get(suffix) in (_plain, _hypertext) else _MAX_OTHER


def read_pasted(text: str, name: str = "粘贴的文字") -> Page:
    """Return a page from the clipboard."""
    page = read_plain(storable(text).encode("utf-8", "replace"), name)
    check_size(page)
    return with_masthead(_noted(page, text.count("\0")))


def _visible(page: Page) -> Page:
    """The page with a sign in the place of each U+0000; nothing else of its text is touched, nor any offset."""
    count = page.text.count("\0")
    return _noted(replace(page, text=storable(page.text)), count) if count else page


def _noted(page: Page, count: int) -> Page:
    """The page with a note of how many U+0000 it had."""
    return replace(page, notes=(*page.notes, f"有 {count} 个空字符（NUL），写作 {NUL_SIGN}")) if count else page


def name_of(path: Path) -> str:
    """Return a file's name as a person reads it; one that an old archive left in GBK is decoded."""
    try:
        return os.fsencode(path.name).decode("utf-8")
    except UnicodeError:
        return path.name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def open_regular(path: Path) -> BinaryIO:
    """Open a file that has its bytes at hand; raises ``OSError`` for one that could let a reader wait for them.

    A link may lead to a pipe, a device, or a file of the system that looks like any other and never answers.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise _NoFileError(path)
    return os.fdopen(number, "rb")


def _size_of(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_size


class _NoFileError(OSError):
    """A folder, a pipe, a device."""


def _bytes_of(path: Path, limit: int) -> bytes:
    """The bytes of a file, never more than it says that it has: some files of the system go on for ever."""
    name = name_of(path)
    try:
        with open_regular(path) as stream:
            size = _size_of(stream)
            if size <= limit:
                raw = stream.read(size)
        if size > limit:
            raise SourceError(name, f"有 {size / 2**20:.0f} MB，不像版面（上限 {limit >> 20} MB）；{SPLIT}")
        return raw
    except _NoFileError as error:
        raise SourceError(name, "不是文件", str(path)) from error
    except FileNotFoundError as error:
        raise SourceError(name, "找不到，可能已经移走或改了名；请重新选择", str(path)) from error
    except PermissionError as error:
        raise SourceError(name, "没有读取的权限；请复制到自己的文件夹，再导入", str(path)) from error
    except (OSError, ValueError) as error:
        raise SourceError(name, "读不出来；请看看它所在的磁盘是不是还连着", repr(error)) from error
