"""PDF with a text layer: each page's lines in reading order, with their places; scans are named and left alone."""

from __future__ import annotations

import logging
from typing import Any

import pypdfium2 as pdfium

from core.records import Box, Page
from core.sources.errors import SourceError
from core.sources.plain import MAX_CHARS, VISIBLE
from core.sources.printed import AGAIN, BROKEN, SCANNED, TOO_MUCH, Print, Run, check_count, laid_out, pages_of

MAX_BOXES = 5000
"""Runs of characters in one page beyond which it is no page of text."""
_DAMAGED = f"已损坏或不是 PDF 文件；{AGAIN}"
_LOCKED = "带有密码，读不出来；请先去掉密码"
_DOUBLED = 1.2
"""Boxes that together hold so many times the page's characters lie over each other."""
_LOG = logging.getLogger(__name__)


class _TooMuchError(Exception):
    """A page has more characters than a page can have."""


def read_pdf(raw: bytes, name: str) -> list[Page]:
    """Return the pages of a PDF that have text; raises ``SourceError`` for passwords, damage and scans.

    A page without text or with a fault is named in the notes of the first page that has some.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        # PDFium says of any broken file what it said of the last one with a password.
        locked = "password" in str(error).lower() and b"/Encrypt" in raw
        raise SourceError(name, _LOCKED if locked else _DAMAGED, str(error)) from error
    try:
        return _pages(document, raw, name)
    finally:
        document.close()


def _pages(document: Any, raw: bytes, name: str) -> list[Page]:
    check_count(len(document), name)
    return pages_of([_print_of(document, n) for n in range(len(document))], raw, name, "pdf")


def _print_of(document: Any, n: int) -> Print:
    """A page's text, or what is wrong with it; a page that cannot be read says nothing of the others."""
    try:
        text, lines = _text_of(document, n)
    except _TooMuchError:
        return Print(fault=TOO_MUCH)
    except MemoryError:
        raise
    except Exception as error:
        _LOG.exception("page %d could not be read", n + 1)
        return Print(fault=BROKEN, detail=repr(error))
    return Print(text, lines) if VISIBLE.search(text) else Print(fault=SCANNED)


def _text_of(document: Any, n: int) -> tuple[str, tuple[Box, ...]]:
    """A page's text and the places of its lines; without places where the characters lie over each other."""
    textpage = document[n].get_textpage()
    if textpage.count_chars() > MAX_CHARS:
        raise _TooMuchError
    runs = _runs(textpage) if textpage.count_rects() <= MAX_BOXES else []
    if not runs or sum(len(run.text) for run in runs) > _DOUBLED * textpage.count_chars():
        return _as_stored(textpage), ()
    return laid_out(runs, n + 1)


def _as_stored(textpage: Any) -> str:
    """The page's text in the order of the file: for pages whose boxes lie over each other."""
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").strip("\n") + "\n"


def _runs(textpage: Any) -> list[Run]:
    """Runs of characters with their boxes, as the PDF groups them."""
    found = []
    for i in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(i)
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        if text.strip():
            found.append(Run(left, bottom, right, top, " ".join(text.split("\r\n"))))
    return found
