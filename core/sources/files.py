"""Which reader a file needs, told by its name and its first bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from core.records import Page
from core.sources.errors import SourceError
from core.sources.hypertext import read_hypertext
from core.sources.masthead import with_masthead
from core.sources.plain import MAX_BYTES, check_size, read_plain
from core.sources.word import read_word

_READERS: dict[str, Callable[[bytes, str], Page]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".htm": read_hypertext,
    ".html": read_hypertext,
    ".xhtml": read_hypertext,
    ".docx": read_word,
    ".doc": read_word,
}
SUFFIXES: tuple[str, ...] = (*_READERS, ".pdf")
"""What a folder is searched for."""
_MAX_FILE = {".pdf": 256 << 20, ".docx": 128 << 20, ".doc": 128 << 20}


def is_readable(path: Path) -> bool:
    """Whether a file's name promises a page (Word's and the system's own leftovers don't)."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def is_pdf(path: Path) -> bool:
    """Whether a file is read as a PDF, whatever it is called."""
    if path.suffix.lower() == ".pdf":
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(5) == b"%PDF-"
    except (OSError, ValueError):
        return False


def read_file(path: Path) -> list[Page]:
    """The pages that a file holds: one, but for a PDF, which gives one for each of its pages that has text.

    Raises ``SourceError`` in the user's words; the file itself is never written to.
    """
    suffix, name = path.suffix.lower(), name_of(path)
    raw = _bytes_of(path, _MAX_FILE.get(suffix, MAX_BYTES))
    if raw.startswith(b"%PDF-") or suffix == ".pdf":
        from core.sources.pdf import read_pdf  # loads PDFium only where a PDF is read

        pages = read_pdf(raw, name)
    elif raw.startswith(b"PK\x03\x04"):
        pages = [read_word(raw, name)]
    else:
        pages = [_READERS.get(suffix, read_plain)(raw, name)]
    for page in pages:
        check_size(page)
    return [with_masthead(page) for page in pages]


def read_pasted(text: str, name: str = "粘贴的文字") -> Page:
    """A page from the clipboard."""
    page = read_plain(text.encode("utf-8", "replace"), name)
    check_size(page)
    return with_masthead(page)


def name_of(path: Path) -> str:
    """A file's name as a person reads it; one that an old archive left in GBK is decoded."""
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
            raise SourceError(name, f"有 {size / 2**20:.0f} MB，不像版面（上限 {limit >> 20} MB）")
        return raw
    except FileNotFoundError as error:
        raise SourceError(name, "找不到", str(path)) from error
    except PermissionError as error:
        raise SourceError(name, "没有读取的权限", str(path)) from error
    except (OSError, ValueError) as error:
        raise SourceError(name, "读不出来", repr(error)) from error
