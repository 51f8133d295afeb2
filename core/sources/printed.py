"""Printed pages whose lines have places (PDF, OFD): their reading order, and the ``Page`` objects made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.records import Box, Page, Span
from core.sources.errors import PASTE, RECOGNISE, SourceError
from core.sources.leaves import Leaf, are_of_one, bind
from core.sources.plain import MAX_CHARS, MAX_LINES, VISIBLE

MAX_PAGES = 2000
AGAIN = "请重新下载或复制一次，再导入"
SCANNED, BROKEN, TOO_MUCH = "是扫描的图像，没有文字", "已损坏", "的文字多得不正常"
_WAYS_OUT = {SCANNED: RECOGNISE, BROKEN: AGAIN, TOO_MUCH: PASTE}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side: what the file draws at once, or a printed line; points, upwards."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Print:
    """What one page gave: its text with the places of its lines, or what is wrong with it."""

    text: str = ""
    lines: tuple[Box, ...] = ()
    fault: str = ""
    detail: str = ""


def pages_of(prints: Sequence[Print], raw: bytes, name: str, form: str) -> list[Page]:
    """Return the pages that have text, as one where they are leaves of one document.

    Raises ``SourceError`` where none has.

    A page without text or with a fault is named in the notes of the first page that has some.
    """
    notes = tuple(_notes(prints))
    if not any(printed.text for printed in prints):
        raise SourceError(name, _nothing(prints), "；".join(printed.detail for printed in prints if printed.detail))
    digest = hashlib.sha256(raw).hexdigest()
    if bound := _bound(prints):
        text, lines, breaks = bound
        return [Page(text=text, name=name, sha256=digest, format=form, notes=notes, lines=lines, breaks=breaks)]
    single = len(prints) == 1
    pages: list[Page] = []
    for n, printed in enumerate(prints, 1):
        if printed.text:
            own = f"{name} 第{n}页" if not single else name
            key = digest if single else f"{digest}#{n}"
            said = notes if not pages else ()
            pages.append(Page(text=printed.text, name=own, sha256=key, format=form, notes=said, lines=printed.lines))
    return pages


def _bound(prints: Sequence[Print]) -> tuple[str, tuple[Box, ...], tuple[int, ...]] | None:
    """The pages as one document, where they are set in one column and together are not too long for a page."""
    leaves = [Leaf(printed.text, printed.lines) for printed in prints if printed.text]
    length, count = sum(len(leaf.text) for leaf in leaves), sum(len(leaf.lines) for leaf in leaves)
    if length > MAX_CHARS or count > MAX_LINES or not are_of_one(leaves):
        return None
    document = bind(leaves)
    return document if VISIBLE.search(document[0]) else None


def check_count(count: int, name: str) -> None:
    """Raise ``SourceError`` for a file of too many pages."""
    if count > MAX_PAGES:
        raise SourceError(name, f"有 {count} 页，超出上限 {MAX_PAGES} 页；请拆成几个文件")


def _notes(prints: Sequence[Print]) -> Iterator[str]:
    """One sentence for each thing that is wrong with pages, which it names."""
    for fault in dict.fromkeys(printed.fault for printed in prints if printed.fault):
        which = "、".join(str(n) for n, printed in enumerate(prints, 1) if printed.fault == fault)
        yield f"第 {which} 页{fault}，未导入"


def _nothing(prints: Sequence[Print]) -> str:
    """Why no page of a file has a text, and what can be done."""
    broken = next((n for n, printed in enumerate(prints, 1) if printed.fault != SCANNED), 0)
    fault = prints[broken - 1].fault if broken else SCANNED
    return f"{f'第 {broken} 页' if broken else ''}{fault}；{_WAYS_OUT[fault]}"


def laid_out(runs: Sequence[Run], page: int) -> tuple[str, tuple[Box, ...]]:
    """Return the text of runs in the order in which they are read, a printed line a line, and the lines' places."""
    lines = _in_order(_lines(runs))
    return "\n".join(line.text for line in lines) + "\n", tuple(_placed(lines, page))


def _placed(lines: Sequence[Run], page: int) -> Iterator[Box]:
    """Lines that follow each other in a text, each on a line, with their places on a page."""
    at = 0
    for line in lines:
        yield Box(Span(at, at + len(line.text)), page, line.left, line.bottom, line.right, line.top)
        at += len(line.text) + 1


def _lines(boxes: Sequence[Run]) -> list[Run]:
    """Boxes that stand side by side, closer than a character's height, are one printed line."""
    lines: list[Run] = []
    for box in sorted(boxes, key=lambda b: (-round((b.top + b.bottom) / 2), b.left)):
        height = box.top - box.bottom
        for i in range(len(lines) - 1, max(-1, len(lines) - 40), -1):
            line = lines[i]
            level = abs((line.top + line.bottom) - (box.top + box.bottom)) / 2 < 0.5 * max(height, 1.0)
            if level and -0.5 * height <= box.left - line.right < 1.2 * height:
                gap = " " if box.left - line.right > 0.4 * height else ""
                lines[i] = Run(
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


def _in_order(lines: Sequence[Run]) -> list[Run]:
    """Recursive cut along the widest white: columns left to right, blocks top to bottom."""
    done: list[Run] = []
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
