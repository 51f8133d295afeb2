"""PDF with a text layer: each page's lines in reading order, with their places; scans are named and left alone."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from core.records import Box, Page, Span
from core.sources.errors import PASTE, RECOGNISE, SourceError
from core.sources.leaves import Leaf, are_of_one, bind
from core.sources.plain import MAX_CHARS, MAX_LINES, VISIBLE

MAX_PAGES = 2000
MAX_BOXES = 5000
"""Runs of characters in one page beyond which it is no page of text."""
_AGAIN = "请重新下载或复制一次，再导入"
_DAMAGED = f"已损坏或不是 PDF 文件；{_AGAIN}"
_LOCKED = "带有密码，读不出来；请先去掉密码"
_DOUBLED = 1.2
"""Boxes that together hold so many times the page's characters lie over each other."""
_SCANNED, _BROKEN, _TOO_MUCH = "是扫描的图像，没有文字", "已损坏", "的文字多得不正常"
_WAYS_OUT = {_SCANNED: RECOGNISE, _BROKEN: _AGAIN, _TOO_MUCH: PASTE}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that stand side by side: what the file draws at once, or a printed line."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class _Print:
    """What one page gave: its text with the places of its lines, or what is wrong with it."""

    text: str = ""
    lines: tuple[Box, ...] = ()
    fault: str = ""
    detail: str = ""


class _TooMuchError(Exception):
    """A page has more characters than a page can have."""


def read_pdf(raw: bytes, name: str) -> list[Page]:
    """Return the pages of a PDF that have text, as one where they are leaves of one document.

    Raises ``SourceError`` for passwords, damage and scans.
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
    if len(document) > MAX_PAGES:
        raise SourceError(name, f"有 {len(document)} 页，超出上限 {MAX_PAGES} 页；请拆成几个文件")
    prints = [_print_of(document, n) for n in range(len(document))]
    notes = tuple(_notes(prints))
    if not any(printed.text for printed in prints):
        raise SourceError(name, _nothing(prints), "；".join(printed.detail for printed in prints if printed.detail))
    digest = hashlib.sha256(raw).hexdigest()
    if document := _bound(prints):
        text, lines, breaks = document
        return [Page(text=text, name=name, sha256=digest, format="pdf", notes=notes, lines=lines, breaks=breaks)]
    single = len(prints) == 1
    pages: list[Page] = []
    for n, printed in enumerate(prints, 1):
        if printed.text:
            own = f"{name} 第{n}页" if not single else name
            key = digest if single else f"{digest}#{n}"
            said = notes if not pages else ()
            pages.append(Page(text=printed.text, name=own, sha256=key, format="pdf", notes=said, lines=printed.lines))
    return pages


def _bound(prints: Sequence[_Print]) -> tuple[str, tuple[Box, ...], tuple[int, ...]] | None:
    """The pages as one document, where they are set in one column and together are not too long for a page."""
    leaves = [Leaf(printed.text, printed.lines) for printed in prints if printed.text]
    length, count = sum(len(leaf.text) for leaf in leaves), sum(len(leaf.lines) for leaf in leaves)
    if length > MAX_CHARS or count > MAX_LINES or not are_of_one(leaves):
        return None
    document = bind(leaves)
    return document if VISIBLE.search(document[0]) else None


def _notes(prints: Sequence[_Print]) -> Iterator[str]:
    """One sentence for each thing that is wrong with pages, which it names."""
    for fault in dict.fromkeys(printed.fault for printed in prints if printed.fault):
        which = "、".join(str(n) for n, printed in enumerate(prints, 1) if printed.fault == fault)
        yield f"第 {which} 页{fault}，未导入"


def _nothing(prints: Sequence[_Print]) -> str:
    """Why no page of a file has a text, and what can be done."""
    broken = next((n for n, printed in enumerate(prints, 1) if printed.fault != _SCANNED), 0)
    fault = prints[broken - 1].fault if broken else _SCANNED
    return f"{f'第 {broken} 页' if broken else ''}{fault}；{_WAYS_OUT[fault]}"


def _print_of(document: Any, n: int) -> _Print:
    """A page's text, or what is wrong with it; a page that cannot be read says nothing of the others."""
    try:
        text, lines = _text_of(document, n)
    except _TooMuchError:
        return _Print(fault=_TOO_MUCH)
    except MemoryError:
        raise
    except Exception as error:
        _LOG.exception("page %d could not be read", n + 1)
        return _Print(fault=_BROKEN, detail=repr(error))
    return _Print(text, lines) if VISIBLE.search(text) else _Print(fault=_SCANNED)


def _text_of(document: Any, n: int) -> tuple[str, tuple[Box, ...]]:
    """A page's text and the places of its lines; without places where the characters lie over each other."""
    textpage = document[n].get_textpage()
    if textpage.count_chars() > MAX_CHARS:
        raise _TooMuchError
    runs = _runs(textpage) if textpage.count_rects() <= MAX_BOXES else []
    if not runs or sum(len(run.text) for run in runs) > _DOUBLED * textpage.count_chars():
        return _as_stored(textpage), ()
    lines = _in_order(_lines(runs))
    return "\n".join(line.text for line in lines) + "\n", tuple(_placed(lines, n + 1))


def _placed(lines: Sequence[_Run], page: int) -> Iterator[Box]:
    """Lines that follow each other in a text, each on a line, with their places on a page."""
    at = 0
    for line in lines:
        yield Box(Span(at, at + len(line.text)), page, line.left, line.bottom, line.right, line.top)
        at += len(line.text) + 1


def _as_stored(textpage: Any) -> str:
    """The page's text in the order of the file: for pages whose boxes lie over each other."""
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").strip("\n") + "\n"


def _runs(textpage: Any) -> list[_Run]:
    """Runs of characters with their boxes, as the PDF groups them."""
    found = []
    for i in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(i)
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        if text.strip():
            found.append(_Run(left, bottom, right, top, " ".join(text.split("\r\n"))))
    return found


def _lines(boxes: Sequence[_Run]) -> list[_Run]:
    """Boxes that stand side by side, closer than a character's height, are one printed line."""
    lines: list[_Run] = []
    for box in sorted(boxes, key=lambda b: (-round((b.top + b.bottom) / 2), b.left)):
        height = box.top - box.bottom
        for i in range(len(lines) - 1, max(-1, len(lines) - 40), -1):
            line = lines[i]
            level = abs((line.top + line.bottom) - (box.top + box.bottom)) / 2 < 0.5 * max(height, 1.0)
            if level and -0.5 * height <= box.left - line.right < 1.2 * height:
                gap = " " if box.left - line.right > 0.4 * height else ""
                lines[i] = _Run(
                    line.left,
                    min(line.bottom, box.bottom),
                    max(line.right, box.right),
                    max(line.top, box.top),
                    line.text + gap + box.text,
                )
                break
        else:
            lines.append(box)
    return lines


def _in_order(lines: Sequence[_Run]) -> list[_Run]:
    """Recursive cut along the widest white: columns left to right, blocks top to bottom."""
    done: list[_Run] = []
    stack = [list(lines)]
    while stack:
        block = stack.pop()
        if len(block) < 2:
            done += block
            continue
        across = _widest_gap([(b.left, b.right) for b in block])
        down = _widest_gap([(-b.top, -b.bottom) for b in block])
        typical = sorted(b.top - b.bottom for b in block)[len(block) // 2]
        if across[0] > 0.5 * typical and across[0] >= 0.4 * down[0]:
            cut = across[1]
            first, rest = [b for b in block if b.left < cut], [b for b in block if b.left >= cut]
        elif down[0] > 0:
            cut = down[1]
            first, rest = [b for b in block if -b.top < cut], [b for b in block if -b.top >= cut]
        else:
            done += sorted(block, key=lambda b: (-b.top, b.left))
            continue
        stack += [rest, first]
    return done


def _widest_gap(runs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The widest white between runs on a line, and where to cut it; (0, 0) when they all touch."""
    best, cut, reach = 0.0, 0.0, float("-inf")
    for low, high in sorted(runs):
        if reach > float("-inf") and low - reach > best:
            best, cut = low - reach, (low + reach) / 2
        reach = max(reach, high)
    return best, cut
