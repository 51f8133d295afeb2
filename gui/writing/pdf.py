"""Writes a compilation as a PDF file, a document of Qt a case: one alone would stop at its page 691."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from core.comparing.sheet import Sheet
from core.writing.compilation import Choices, Compilation, Entry, Fonts, Passage
from core.writing.content import body_of
from core.writing.content.cases import Cases
from core.writing.content.comparison import comparison
from core.writing.content.listing import Listing
from core.writing.html.text import PageText
from core.writing.xml_text import escaped
from gui.writing.bookmarks import add_bookmarks

_MARGINS = QMarginsF(28, 37, 26, 35)
"""Millimetres, left, top, right, bottom (GB/T 9704-2012, 5.2.1)."""
_WIDE_MARGINS = QMarginsF(37, 28, 35, 26)
_POINT_MM = 72 / 25.4
_DPI = 72
"""A dot of the page is a point, so that sizes are what they are called."""
_LINE = 28.0
_STYLE = """
body {{ font-family: '{text}'; font-size: 16pt; }} p {{ margin: 0; text-indent: 32px; }}
h1 {{ margin: 0 0 28px 0; }} h2, h3, h4 {{ margin: 0; }}
.facts, .source {{ font-family: '{second}'; font-size: 14pt; }} .own {{ font-family: '{second}'; }}
.caption {{ font-family: '{head}'; font-size: 14pt; }}
table {{ font-size: 10.5pt; border-collapse: collapse; border-color: #000; margin-bottom: 8px; }}
th {{ font-family: '{head}'; font-weight: normal; }}
.number {{ text-align: right; }} .note {{ font-size: 9pt; text-indent: 0; }} .reference {{ font-size: 14pt; }}
a {{ color: #000; text-decoration: none; }}
"""


def write(path: Path, compilation: Compilation, choices: Choices, library_id: str = "") -> Iterator[int]:
    """Write the file, and yield how many cases are written after each; any thread may."""
    pages = _Pages(path, compilation.title, choices)
    text = PageText()
    body = body_of(text, compilation, choices)
    title = f"<h1 align='center'>{escaped(' '.join(compilation.title.split()))}</h1>"
    try:
        if choices.kind == "figures":
            yield from _listing(pages, title, text, body, compilation)
        else:
            before, marks = title, list[str]()
            for done, entry in compilation.counted():
                before += "".join(body.of(entry))
                if isinstance(entry, Passage):
                    marks += [entry.text] if entry.kind == "heading" and entry.text.strip() else []
                    continue
                pages.add(before, [*marks, entry.case.title])
                before, marks = "", []
                yield done
            pages.add(before, marks)
            pages.add("".join(body.end()), ["未核数据与来源"])
    finally:
        pages.end()
    add_bookmarks(path, pages.bookmarks)


_AT_ONCE = 100
"""Rows of a long table that are laid out as one document."""


def _listing(
    pages: _Pages, title: str, text: PageText, body: Cases | Listing, compilation: Compilation
) -> Iterator[int]:
    """Tables in stretches, so that none grows beyond what Qt lays out."""
    head, made, marks, rows = "", [title], list[str](), 0

    def take(pieces: Iterator[str]) -> None:
        nonlocal head, rows, made, marks
        for piece in pieces:
            if piece.startswith("<table"):
                head = piece
            elif piece.startswith("</tbody>"):
                head = ""
            made.append(piece)
            rows += 1
            if rows >= _AT_ONCE:
                pages.add("".join(made) + (text.table_end() if head else ""), marks)
                made, marks, rows = [head] if head else [], [], 0

    for done, entry in compilation.counted():
        marks += [entry.text] if isinstance(entry, Passage) and entry.kind == "heading" and entry.text.strip() else []
        take(body.of(entry))
        if isinstance(entry, Entry):
            yield done
    take(body.end())
    pages.add("".join(made), marks)


_TAG = re.compile("<[^>]*>")


def write_comparison(path: Path, sheet: Sheet, choices: Choices) -> Iterator[int]:
    """Write a comparison on pages turned sideways; yield how many rows are written; any thread may."""
    pages, text = _Pages(path, sheet.title, replace(choices, kind="figures")), PageText()
    head, made, marks = "", list[str](), list[str]()
    try:
        for at, piece in enumerate(comparison(text, sheet, choices)):
            head = piece if piece.startswith("<table") else "" if piece.startswith("</tbody>") else head
            marks += [unescape(_TAG.sub("", piece)).strip()] if piece.startswith(("<h2", "<h3")) else []
            made.append(piece)
            if len(made) >= _AT_ONCE:
                pages.add("".join(made) + (text.table_end() if head else ""), marks)
                made, marks = [head] if head else [], []
                yield min(at, len(sheet.rows))
        pages.add("".join(made), marks)
    finally:
        pages.end()
    add_bookmarks(path, pages.bookmarks)


class _Pages:
    """The pages of a file while they are painted, with their numbers."""

    def __init__(self, path: Path, title: str, choices: Choices) -> None:
        wide = choices.kind == "figures"
        self.bookmarks: list[tuple[str, int]] = []
        self._fonts, self._page, self._painter = choices.fonts, 0, QPainter()
        turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._writer = QPdfWriter(str(path))
        self._writer.setTitle(title)
        self._writer.setCreator("案览")
        self._writer.setResolution(_DPI)
        none = QMarginsF(0, 0, 0, 0)
        self._writer.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, none, QPageLayout.Unit.Millimeter)
        )
        size = QPageSize(QPageSize.PageSizeId.A4).sizePoints()
        whole = QSizeF(size.height(), size.width()) if wide else QSizeF(size)
        margins = _WIDE_MARGINS if wide else _MARGINS
        left, top = margins.left() * _POINT_MM, margins.top() * _POINT_MM
        right, bottom = margins.right() * _POINT_MM, margins.bottom() * _POINT_MM
        self._area = QRectF(left, top, whole.width() - left - right, whole.height() - top - bottom)

    def add(self, html: str, bookmarks: Sequence[str]) -> None:
        """Paint some pages of a document; the first begins a new page."""
        document = self._laid_out(html)
        if document.isEmpty():
            return
        self.bookmarks += [(bookmark, self._page) for bookmark in bookmarks]
        for at in range(document.pageCount()):
            self._begin_page()
            self._paint(document, at)

    def end(self) -> None:
        """Close the file; one without a page gets an empty one, as no reader opens a file without."""
        if not self._painter.isActive():
            self._begin_page()
        self._painter.end()

    def _laid_out(self, html: str) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        names = {role: getattr(self._fonts, role).replace("'", "") for role in ("title", "head", "second", "text")}
        document.setDefaultStyleSheet(_STYLE.format(**names))
        document.setDefaultFont(QFont(names["text"], 16))
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(self._writer)
        document.setHtml(html)
        _set_lines(document, names, html.startswith("<h1"))
        document.setPageSize(self._area.size())
        return document

    def _begin_page(self) -> None:
        if self._page:
            self._writer.newPage()
        else:
            self._painter.begin(self._writer)
        self._page += 1
        self._number(self._fonts)

    def _number(self, fonts: Fonts) -> None:
        """The number under the text, odd ones at the right, even ones at the left (7.5)."""
        area, painter = self._area, self._painter
        painter.setFont(QFont(fonts.page, 14))
        line = QRectF(area.left() + 14, area.bottom() + 7 * _POINT_MM, area.width() - 28, 20)
        side = Qt.AlignmentFlag.AlignRight if self._page % 2 else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, side | Qt.AlignmentFlag.AlignTop, f"— {self._page} —")

    def _paint(self, document: QTextDocument, at: int) -> None:
        area, painter = self._area, self._painter
        painter.save()
        painter.translate(area.left(), area.top() - at * area.height())
        seen = QRectF(0, at * area.height(), area.width(), area.height())
        painter.setClipRect(seen)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
        context.palette = palette  # type: ignore[attr-defined]
        context.clip = seen  # type: ignore[attr-defined]
        document.documentLayout().draw(painter, context)
        painter.restore()


_HEADINGS = {1: ("title", 22), 2: ("head", 16), 3: ("second", 16), 4: ("text", 16)}
"""Font and size of a heading: Qt would make it larger or smaller, whatever its style says."""


def _set_lines(document: QTextDocument, names: Mapping[str, str], titled: bool) -> None:
    """Lines of 28 points for text and headings; what stands in tables and notes keeps its own.

    Qt forgets of the first block that it is a heading, so the title is told by ``titled``.
    """
    cursor, dot = QTextCursor(document), _dots()
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        level = 1 if titled and block.blockNumber() == 0 else block.blockFormat().headingLevel()
        size = block.charFormat().fontPointSize() or 16
        if cursor.currentTable() is None and (level or size >= 14):
            height = QTextBlockFormat()
            height.setLineHeight(
                (35.0 if level == 1 else _LINE) * dot, QTextBlockFormat.LineHeightTypes.FixedHeight.value
            )
            if level > 1:
                height.setTextIndent(32)
            cursor.mergeBlockFormat(height)
            if level:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(_look(level, names))
        block = block.next()
    cursor.endEditBlock()


def _dots() -> float:
    """How many dots of a document are a point: Qt takes its lengths for those of the screen, and scales them."""
    screen = QGuiApplication.primaryScreen()
    return (screen.logicalDotsPerInchY() if screen is not None else 96.0) / _DPI


def _look(level: int, names: Mapping[str, str]) -> QTextCharFormat:
    role, size = _HEADINGS[level]
    look = QTextCharFormat()
    look.setFontFamilies([names[role]])
    look.setFontPointSize(size)
    look.setFontWeight(QFont.Weight.Bold if level == 4 else QFont.Weight.Normal)
    return look
