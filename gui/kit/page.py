"""A page to read: text set with margins, marks painted behind it, links that only say that they were followed.

It loads nothing and follows nothing: every text comes in as plain text, every link is a number of a ``Link``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gui.kit import plain
from gui.kit.fields import x_in
from gui.theme import is_dressing
from gui.theme.colours import color
from gui.theme.fonts import LINE_HEIGHT, font
from gui.theme.icons import pixmap
from gui.theme.states import ROLES as STATE_ROLES
from gui.theme.states import paint_state

GroundKind = Literal["hit", "evidence", "proof", "chip", "quote", "panel", "picture"]
CHARACTERS_A_LINE = 38
MARGIN = 28
GUTTER = 16
"""Room at the left of the text in which bars are painted, as part of the margin."""
BLANK = "\u2003"
"""An em space keeps room for what is painted by hand; it never reaches the clipboard."""
JOINER = "\u2060"
"""Keeps a chip's characters on one line; it never reaches the clipboard, nor do the blanks that it joins."""
NARROW = "\xa0"
HOLE = 0.25
"""A character with more blank than this at its left (in ems) looks indented; an ideograph has less than a tenth."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A run of the page (positions of the document, half open) and what is painted behind it."""

    start: int
    end: int
    kind: GroundKind
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set."""

    role: str = "text"
    size: float = 1.0
    """Relative to the reading size."""
    bold: bool = False
    dotted: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """How a paragraph is set: space above and below in pixels, line height and indent relative to its font."""

    above: float = 0
    below: float = 8
    line: float = LINE_HEIGHT
    indent: float = 0
    first: float = 0
    size: float = 1.0
    hang: float = 0
    """Room at the left for a label before a tab; the lines after the first begin behind it."""


TEXT = Style()
LOOKS = (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange)


class ClosedDocument(QTextDocument):
    """A document that reads no file, whatever stands in it."""

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing is ever loaded; Qt's own would read local files."""


class Page(QTextBrowser):
    """The page itself; a view fills it with ``start``, ``add`` and ``say`` and listens to ``followed``."""

    followed = Signal(str)
    copied = Signal(str)
    entered = Signal(int)
    """Enter was pressed on no link: 1, with Shift -1."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByMouse
            | flags.TextSelectableByKeyboard
            | flags.LinksAccessibleByMouse
            | flags.LinksAccessibleByKeyboard
        )
        self.anchorClicked.connect(self._follow)
        self._grounds: list[Ground] = []
        self._coming: list[Ground] = []
        """The grounds of the page that is being filled in; once it is shown, the same as those that are painted."""
        self._lit: list[Ground] = []
        self._pointed: Ground | None = None
        self._cursor = QTextCursor(self.document())
        self._empty = True
        self._keeps_place = False
        self._shown: QTextDocument | None = None
        self._fit_column()

    # filling

    def start(self, keep_place: bool = False) -> None:
        """Begin an empty page while the one before is shown; with ``keep_place`` the reader stays where they are."""
        self._keeps_place, self._coming = keep_place, []
        fresh = ClosedDocument(self)
        fresh.setUndoRedoEnabled(False)
        fresh.setDocumentMargin(0)
        fresh.setDefaultFont(font("reading"))
        frame = fresh.rootFrame().frameFormat()
        frame.setLeftMargin(GUTTER)
        frame.setRightMargin(4)
        frame.setTopMargin(4)
        frame.setBottomMargin(2 * MARGIN)
        fresh.rootFrame().setFrameFormat(frame)
        self._fresh = fresh
        self._cursor = QTextCursor(fresh)
        self._cursor.beginEditBlock()
        self._empty = True

    def finish(self) -> None:
        """Show what was filled in; with ``go_on`` more can follow."""
        at_y = self.verticalScrollBar().value() if self._keeps_place else 0
        self._grounds, self._lit, self._pointed = self._coming, [], None
        self._cursor.endEditBlock()
        self.setDocument(self._fresh)
        if self._shown is not None and self._shown is not self._fresh:
            self._shown.deleteLater()  # Qt itself deletes only the document that it began with
        self._shown = self._fresh
        self.verticalScrollBar().setValue(at_y)
        self.viewport().update()

    def lay_out(self) -> None:
        """Lay out what was filled in so far: of a long page Qt would otherwise do it all when the page is shown."""
        self._cursor.endEditBlock()
        self._fresh.documentLayout()
        self._cursor.beginEditBlock()

    @contextmanager
    def go_on(self) -> Iterator[None]:
        """Fill in more, at the end of the page that is shown."""
        self._cursor.beginEditBlock()
        try:
            yield
        finally:
            self._cursor.endEditBlock()

    def last_in_sight(self) -> int:
        """Return the position of the document at the lower end of what is seen."""
        return self.cursorForPosition(self.viewport().rect().bottomRight()).position()

    def block(self, block: Block = Block()) -> None:
        """Begin a paragraph; grounds painted first lie lowest."""
        form = QTextBlockFormat()
        em = font("reading").pixelSize() * block.size
        form.setTopMargin(block.above)
        form.setBottomMargin(block.below)
        form.setLeftMargin((block.indent + block.hang) * em)
        form.setTextIndent((block.first - block.hang) * em)
        if block.hang:
            form.setTabPositions([QTextOption.Tab(block.hang * em, QTextOption.TabType.LeftTab)])
        form.setLineHeight(round(em * block.line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        plain = QTextCharFormat()
        plain.setFont(self._font(Style(size=block.size)))
        if self._empty:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(plain)
            self._empty = False
        else:
            self._cursor.insertBlock(form, plain)

    def say(self, text: str, style: Style = TEXT, link: str = "", tip: str = "") -> tuple[int, int]:
        """Add a run of plain text; where it stands now (document positions, half open)."""
        start = self._cursor.position()
        form = QTextCharFormat()
        form.setFont(self._font(style))
        if style.role != "text":  # plain text has the page's own colour, also while another look is being set
            form.setForeground(QBrush(color(style.role)))
        if style.dotted:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(color("accent"))
        if link:
            form.setAnchor(True)
            form.setAnchorHref(f"#{link}")
        if tip:
            form.setToolTip(plain.tip(tip))
        self._cursor.insertText(plain.level(text), form)
        return start, self._cursor.position()

    def space(self, pixels: int) -> None:
        """Leave more room after the paragraph that was added last."""
        form = self._cursor.blockFormat()
        form.setBottomMargin(form.bottomMargin() + pixels)
        self._cursor.setBlockFormat(form)

    def here(self) -> int:
        """Where the next run will stand."""
        return self._cursor.position()

    def ground(self, start: int, end: int, kind: GroundKind, picture: str = "") -> None:
        """Paint something behind a run that was added."""
        self._coming.append(Ground(start, end, kind, picture))

    def _font(self, style: Style) -> QFont:
        out = font("reading")
        out.setPixelSize(max(12, round(out.pixelSize() * style.size)))
        out.setBold(style.bold)
        out.setStrikeOut(style.struck)
        return out

    # marks

    def light(self, grounds: Sequence[Ground], reveal: bool = True) -> None:
        """Let these runs shine as proof instead of those before, and bring the first into view."""
        self._lit = list(grounds)
        if grounds and reveal:
            self.reveal(grounds[0].start, grounds[0].end)
        self.viewport().update()

    def lit(self) -> list[str]:
        """The words that shine, in order."""
        return [self.text_between(g.start, g.end) for g in self._lit]

    def hits(self) -> list[Ground]:
        """Return where the hits of a search stand, in order."""
        return [ground for ground in self._grounds if ground.kind == "hit"]

    def point_at(self, hit: Ground, reveal: bool = True) -> None:
        """Frame one of the hits, and bring it into view."""
        self._pointed = hit
        if reveal:
            self.reveal(hit.start, hit.end)
        self.viewport().update()

    def grounds(self, kind: GroundKind) -> list[str]:
        """The words that have a ground of this kind, in order."""
        return [self.text_between(g.start, g.end) for g in self._grounds if g.kind == kind]

    def text_between(self, start: int, end: int) -> str:
        """What stands between two positions of the document, as it goes to the clipboard."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return _clean(cursor.selectedText())

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a run stands in the upper half, unless it can be seen already."""
        boxes = self.boxes(start, end)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if boxes and not bar.value() <= boxes[0].top() <= boxes[-1].bottom() <= bar.value() + height:
            bar.setValue(round(boxes[0].top() - height * 0.3))

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Where a run stands, a box a line, in the coordinates of the whole page; as high as its characters."""
        out: list[QRectF] = []
        document = self.document()
        document.documentLayout().blockBoundingRect(document.findBlock(end))  # lays out what is not laid out so far
        block = document.findBlock(start)
        while block.isValid() and block.position() < end:
            layout, at = block.layout(), block.position()
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                left, right = max(start - at, line.textStart()), min(end - at, line.textStart() + line.textLength())
                if left < right:
                    out.append(self._box(layout.position(), line, left, right, self._pixels(at + left)))
            block = block.next()
        return out

    def _pixels(self, position: int) -> int:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position + 1)
        return cursor.charFormat().font().pixelSize()

    @staticmethod
    def _box(origin: QPointF, line: QTextLine, left: int, right: int, pixels: int) -> QRectF:
        x1, x2 = x_in(line, left), x_in(line, right)
        baseline = origin.y() + line.y() + line.ascent()
        return QRectF(origin.x() + x1, baseline - 0.95 * pixels, x2 - x1, 1.2 * pixels)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds under the text: labels and boxes, what is lit, then what was found."""
        top = self.verticalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -top)
            first, last = self.cursorForPosition(QPoint(0, 0)).position(), self.last_in_sight()
            seen = [g for g in self._grounds if g.start <= last and g.end >= first]
            under, over = ([g for g in seen if (g.kind == "hit") is hit] for hit in (False, True))
            for ground in (*under, *self._lit, *over):
                self._paint(painter, ground, top, top + self.viewport().height())
            if self._pointed is not None:
                _frame(painter, self.boxes(self._pointed.start, self._pointed.end))
        super().paintEvent(event)

    def _paint(self, painter: QPainter, ground: Ground, top: float, bottom: float) -> None:
        first = self.document().findBlock(ground.start)
        if first.layout().position().y() > bottom:
            return
        boxes = self.boxes(ground.start, ground.end)
        if boxes and boxes[-1].bottom() >= top:
            _PAINTERS[ground.kind](painter, boxes, ground.picture)

    # manners

    def copy_selection(self) -> str:
        """Put the chosen text on the clipboard as plain text; what was put there, empty when nothing is chosen."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)
        return text

    def copy(self) -> None:
        """Qt's name for it, so that menus find it."""
        self.copy_selection()

    def selected_text(self) -> str:
        """The chosen text, a line a paragraph."""
        return _clean(self.textCursor().selectedText())

    def plain_text(self) -> str:
        """The whole page, a line a paragraph."""
        return _clean(self.toPlainText())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return plain text alone, without the blanks that only the layout needs."""
        out = QMimeData()
        out.setText(self.selected_text())
        return out

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy as plain text with Ctrl+C; say so when Enter is pressed, but a link that Tab came to is followed."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._stands_on_link():
            self.entered.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _stands_on_link(self) -> bool:
        cursor = self.textCursor()
        return cursor.hasSelection() and cursor.charFormat().isAnchor()

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing is ever loaded from a page."""

    def changeEvent(self, event: QEvent) -> None:
        """Leave the text as it is set when the program's font or look changes: it has its own, and may be long."""
        if event.type() in LOOKS:
            QFrame.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column readable and in the middle; while the look changes a long text is not laid out anew."""
        if not is_dressing():
            self._fit_column()
            super().resizeEvent(event)

    def _fit_column(self) -> None:
        """Keep 38 characters a line and the column in the middle."""
        column = CHARACTERS_A_LINE * font("reading").pixelSize() + GUTTER
        side = max(MARGIN, (self.width() - self.verticalScrollBar().sizeHint().width() - column) // 2)
        wanted = (max(0, side - GUTTER), side)
        if wanted != (self.viewportMargins().left(), self.viewportMargins().right()):
            self.setViewportMargins(wanted[0], 0, wanted[1], 0)

    def _follow(self, url: QUrl) -> None:
        self.followed.emit(url.fragment())


def hung(block: Block, text: str) -> Block:
    """Return the block so that an opening mark at the head of its text, such as “ or 《, leaves no hole before it."""
    measured = font("reading")
    blank = QFontMetricsF(measured).tightBoundingRect(text[:1]).left() / measured.pixelSize()
    return replace(block, first=-blank) if blank > HOLE else block


def label_room(labels: Sequence[str]) -> float:
    """How many ems a column of labels takes, at most a fifth of the line."""
    return min(8.0, max((sum(1 if ord(c) > 0x2E7F else 0.6 for c in label) for label in labels), default=0) + 1)


_ROOM = f"(?:[{NARROW} ]{JOINER}){{2,}}", f"(?:{JOINER}[{NARROW} ]){{2,}}"
"""The blanks that make room before and after the words of a chip; Qt gives some of them as plain blanks."""
_CLEANED = (
    ("[\u2029\u2028]", "\n"),
    (f"{_ROOM[1]}{BLANK}{_ROOM[0]}", "、"),
    (f"{_ROOM[0]}|{_ROOM[1]}|{JOINER}|[{BLANK}\ufffc] ?", ""),
    (NARROW, " "),
)


def _clean(text: str) -> str:
    """The words of a text without what only holds room in it; chips beside one another become a list."""
    for what, instead in _CLEANED:
        text = re.sub(what, instead, text)
    return text


def _paint_hit(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("hit"))
    for box in boxes:
        painter.drawRoundedRect(box, 3, 3)


def _frame(painter: QPainter, boxes: list[QRectF]) -> None:
    """The hit that is looked at; its frame tells it from the others without their colour."""
    painter.setPen(QPen(color("warning"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        painter.drawRoundedRect(box.adjusted(-1.5, -1, 1.5, 1), 3, 3)


def _paint_evidence(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("proof"))
    for box in boxes:
        painter.drawRoundedRect(box.adjusted(-2, 0, 2, 1), 3, 3)
    painter.setBrush(color("proof-bar"))
    painter.drawRoundedRect(QRectF(4, boxes[0].top(), 3, boxes[-1].bottom() + 1 - boxes[0].top()), 1.5, 1.5)


def _paint_proof(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    _paint_evidence(painter, boxes, picture)
    for box in boxes:
        painter.drawRect(QRectF(box.left(), box.bottom() - 1, box.width(), 2))


def _paint_chip(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    opened = picture == "chevron-up"
    painter.setPen(QPen(color("accent" if opened else "accent-soft"), 1))
    painter.setBrush(color("accent-soft"))
    for box in boxes:
        pill = box.adjusted(0, -2, 0, 2)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    last = boxes[-1]
    side = last.height() * 0.72
    at = QRectF(last.right() - side - 6, last.center().y() - side / 2, side, side)
    painter.drawPixmap(at, pixmap(picture, "accent", 48), QRectF(0, 0, 48, 48))


def _paint_quote(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("control"))
    rise = boxes[0].height() * 0.2
    painter.drawRect(QRectF(GUTTER, boxes[0].top() - rise, 2, boxes[-1].bottom() - boxes[0].top() + 2 * rise))


def _paint_panel(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("window"))
    top, bottom = boxes[0].top() - 12, boxes[-1].bottom() + 12
    painter.drawRoundedRect(QRectF(GUTTER, top, painter.viewport().width() - GUTTER - 4, bottom - top), 6, 6)


def _paint_picture(painter: QPainter, boxes: list[QRectF], picture: str) -> None:
    box = boxes[0]
    side = min(box.height(), box.width()) * 1.1
    square = QRectF(box.left(), box.center().y() - side / 2, side, side)
    if picture in STATE_ROLES:
        paint_state(painter, square, picture)
    else:
        painter.drawPixmap(square, pixmap(picture, "text-2", 48), QRectF(0, 0, 48, 48))


_PAINTERS = {
    "hit": _paint_hit,
    "evidence": _paint_evidence,
    "proof": _paint_proof,
    "panel": _paint_panel,
    "chip": _paint_chip,
    "quote": _paint_quote,
    "picture": _paint_picture,
}
