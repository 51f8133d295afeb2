"""The page as it was printed: its lines, each article's pieces on a ground of their own, the seams between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.desk import ROLE_WORDS, Seam
from core.desk.pieces import Doubt, Piece, Pieces, Tag
from core.records import Span
from core.text.repair import LOOK_ALIKES
from gui import theme
from gui.desk.keys import key_pressed
from gui.kit.fields import x_in
from gui.kit.plain import show_tip
from gui.theme.hues import article_color

NUMBERS, TAGS, BAR, GAP = 34, 42, 4, 12
LEFT = NUMBERS + TAGS + BAR + GAP
RIGHT = 72
TAIL = 10
"""How many characters on both sides of a seam are framed while it is looked at."""
PIECE_FACES: dict[str, tuple[str, bool]] = {
    "title": ("text", True),
    "section": ("text-2", True),
    "byline": ("text-2", False),
    "caption": ("text-2", False),
    "body": ("text", False),
}


@dataclass(frozen=True, slots=True)
class Pick:
    """Another article is being looked for: from which one, and whether a place in it is looked for too."""

    source: int
    placed: bool
    article: int
    behind: int = -1
    """The piece of that article's body behind which it goes; -1 for the last."""


class _Faces(QSyntaxHighlighter):
    """Sets what is title, byline, section, caption, left over or corrected in type of its own."""

    def __init__(self, document: QTextDocument, page: PageView) -> None:
        super().__init__(document)
        self._page = page

    def highlightBlock(self, text: str) -> None:
        page, block = self._page, self.currentBlock()
        if page.pieces is None or not text.strip():
            return
        start = page.at_of(block.position())
        end = page.at_of(block.position() + len(text))
        self.setFormat(0, len(text), _face("text-3", False))
        for piece in page.pieces.between(start, end):
            left = page.position_of(max(start, piece.start)) - block.position()
            right = page.position_of(min(end, piece.end)) - block.position()
            self.setFormat(left, right - left, _face(*PIECE_FACES[piece.role]))
        for at in page.corrected_between(start, end):
            left = page.position_of(at) - block.position()
            face = self.format(left)
            face.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            face.setUnderlineColor(theme.color("success"))
            face.setForeground(theme.color("success"))
            self.setFormat(left, page.position_of(at + 1) - block.position() - left, face)


class _Margin(QWidget):
    """A strip beside the text, painted by the page."""

    def __init__(self, page: PageView, left: bool) -> None:
        super().__init__(page)
        self._page, self._left = page, left
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), theme.color("surface"))
            (self._page.paint_left if self._left else self._page.paint_right)(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside a line chooses the article there."""
        self._page.click_line(event.position().y())


class PageView(QPlainTextEdit):
    """Shows the printed text; a person puts the caret where something is to be done, and presses its key."""

    asked = Signal(str)
    """A key of the page was pressed: what it does."""
    caret_moved = Signal(int)
    picked = Signal(object)
    """The ``Pick`` that a person settled on; None when nothing was picked."""
    pick_changed = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces: Pieces | None = None
        self._colors: Sequence[int] = ()
        self._corrections: Mapping[int, str] = {}
        self._wide: list[int] = []
        self._shown = ""
        self._chosen = -1
        self._doubt: Doubt | None = None
        self._lit: Sequence[Span] = ()
        self._pick: Pick | None = None
        self._quiet = False
        self._build()
        self._faces = _Faces(self.document(), self)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def _build(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setAcceptDrops(False)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # letters are keys here, not pinyin
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(self.tr("版面原文"))
        self.setAccessibleDescription(self.tr("光标放在要改的地方，按下面一行里的键"))
        self.document().setDocumentMargin(0)
        self._left, self._right = _Margin(self, True), _Margin(self, False)
        self.setViewportMargins(LEFT, 8, RIGHT, 0)
        self.updateRequest.connect(self._follow_scroll)
        self.cursorPositionChanged.connect(self._say_caret)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.viewport().setMouseTracking(True)

    # ---- what the desk says

    def show_pieces(self, pieces: Pieces, colors: Sequence[int], corrections: Mapping[int, str], fresh: bool) -> None:
        """Show a page's pieces; ``fresh`` for another page, else caret and scrolling stay."""
        before, self.pieces = self.pieces, pieces
        self._colors, self._corrections = colors, corrections
        # one character for one: no font of ours has the radicals that PDF text puts in the place of characters
        plain = pieces.text.translate(LOOK_ALIKES)
        # what is longer or shorter than one character is read on the other side
        one = {at: char for at, char in corrections.items() if len(char) == 1}
        text = "".join(one.get(i, c) for i, c in enumerate(plain)) if one else plain
        self._wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF] if not text.isascii() else []
        if fresh or text != self._shown:
            self._show_text(text, fresh)
        elif before is not None:
            self._set_faces(before, pieces)
        self._repaint()

    def _set_faces(self, before: Pieces, now: Pieces) -> None:
        """Set in other type only what changed its part; a whole long page would take seconds."""
        old, new = ({(p.start, p.end, p.role) for p in pieces.all} for pieces in (before, now))
        changed = {number for start, end, _ in old ^ new for number in self._lines(start, end)}
        for number in changed:
            self._faces.rehighlightBlock(self.document().findBlockByNumber(number))

    def _lines(self, start: int, end: int) -> range:
        """The numbers of the printed lines of a stretch."""
        first, last = (self.document().findBlock(self.position_of(at)).blockNumber() for at in (start, end - 1))
        return range(first, last + 1)

    def show_nothing(self) -> None:
        """No page."""
        self.pieces, self._shown = None, ""
        self.clear()

    def choose(self, article: int) -> None:
        """The article that is worked on stands out."""
        if article != self._chosen:
            self._chosen = article
            self._repaint()

    def show_doubt(self, doubt: Doubt | None) -> None:
        """Frame both sides of a seam and bring them into view; None for none."""
        self._doubt = doubt
        if doubt is not None:
            self.set_caret(doubt.at)
            self._reveal_doubt()
        self._repaint()

    def _reveal_doubt(self) -> None:
        if self._doubt is not None:
            at, seam = self._doubt.at, self._doubt.seam
            ends = [at, *((seam.end - 1,) if seam else ())]
            self.reveal(min(ends), max(ends), at)

    def light(self, spans: Sequence[Span]) -> None:
        """Let printed words shine and bring the first into view."""
        self._lit = tuple(spans)
        if spans:
            self.reveal(spans[0].start, spans[0].end, spans[0].start)
        self._repaint()

    def lit(self) -> list[str]:
        """The words that shine."""
        return [self.pieces.text[s.start : s.end] for s in self._lit] if self.pieces else []

    # ---- where the caret is

    def caret(self) -> int:
        """The character of the page behind the caret."""
        return self.at_of(self.textCursor().position())

    def set_caret(self, at: int) -> None:
        """Put the caret before a character."""
        cursor = self.textCursor()
        cursor.setPosition(self.position_of(at))
        self.setTextCursor(cursor)

    def selection(self) -> tuple[int, int]:
        """What is selected, half open; both the caret when nothing is."""
        cursor = self.textCursor()
        return self.at_of(cursor.selectionStart()), self.at_of(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select characters of the page."""
        cursor = self.textCursor()
        cursor.setPosition(self.position_of(start))
        cursor.setPosition(self.position_of(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def box_of(self, at: int) -> QRect:
        """Where a character stands on the screen, in the coordinates of the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.position_of(at))
        left = self.cursorRect(cursor)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        right = self.cursorRect(cursor)
        wide = right.left() - left.left() if right.top() == left.top() else self.fontMetrics().horizontalAdvance("国")
        return QRect(left.left(), left.top(), max(4, wide), left.height())

    def reveal(self, start: int, end: int, first: int) -> None:
        """Scroll so that a stretch is in view, at least its character ``first``."""
        blocks = [self.document().findBlock(self.position_of(at)) for at in (start, end, first)]
        tops = [self._top(block) for block in blocks]
        height = self.viewport().height() - 2 * self.fontMetrics().height()
        if tops[0] >= 0 and tops[1] <= height:
            return
        lines = [block.firstLineNumber() for block in blocks]
        row = self.fontMetrics().lineSpacing()
        fits = (lines[1] - lines[0] + 4) * row < height
        at = (lines[0] + lines[1]) // 2 if fits else lines[2]
        self.verticalScrollBar().setValue(max(0, at - height // row // 2))
        self._come_near(first, height, row)

    def _come_near(self, at: int, height: int, row: int) -> None:
        """Lines that were never in sight are not laid out yet, and count for less than they take: look again."""
        for _ in range(6):
            top = self.box_of(at).top()
            if 0 <= top <= height:
                return
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round((top - height / 3) / row))

    # Qt counts in UTF-16 units, our spans in code points; they differ for rare characters such as 𠮷.

    def position_of(self, at: int) -> int:
        """Return Qt's position, counted in UTF-16 units, of a place in the text, counted in characters."""
        return at + bisect_left(self._wide, at)

    def at_of(self, position: int) -> int:
        """Return the place in the text, counted in characters, of Qt's position, counted in UTF-16 units."""
        if not self._wide or position <= self._wide[0]:
            return position
        low, high = 0, len(self._wide)
        while low < high:
            middle = (low + high) // 2
            if self._wide[middle] + middle < position:
                low = middle + 1
            else:
                high = middle
        return position - low

    def corrected_between(self, start: int, end: int) -> list[int]:
        """The characters of a stretch that a person put right."""
        return [at for at in self._corrections if start <= at < end]

    # ---- picking another article

    def start_pick(self, source: int, placed: bool) -> None:
        """Let a person pick another article by mouse, arrows or number; ``picked`` follows."""
        count = len(self.pieces.articles) if self.pieces else 0
        if count > 1 or (count and source < 0):
            first = source - 1 if source > 0 else (source + 1) % count
            self._set_pick(Pick(source, placed, first))
        else:
            self.picked.emit(None)

    def pick(self) -> Pick | None:
        """What is being picked now."""
        return self._pick

    def stop_pick(self) -> None:
        """Give the picking up without a word."""
        self._pick = None
        self.viewport().unsetCursor()
        self._repaint()

    def _set_pick(self, pick: Pick) -> None:
        self._pick = pick
        if self.pieces is not None:
            body = self.pieces.body(pick.article)
            tags = [t.at for t in self.pieces.tags if t.article == pick.article]
            at = body[pick.behind].start if body and pick.placed else tags[0] if tags else 0
            self.reveal(at, at, at)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.pick_changed.emit(pick)
        self._repaint()

    def _pick_by_key(self, event: QKeyEvent) -> None:
        pick, key = self._pick, Qt.Key(event.key())
        if pick is None or self.pieces is None:
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        digit = event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._end_pick(pick)
        elif key == Qt.Key.Key_Escape:
            self._end_pick(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and pick.placed:
            self._set_pick(self._step_behind(pick, steps[key]))
        elif key in steps:
            self._set_pick(self._step_article(pick, steps[key]))
        elif digit.isdigit() and 1 <= int(digit) <= len(self.pieces.articles) and int(digit) - 1 != pick.source:
            self._set_pick(Pick(pick.source, pick.placed, int(digit) - 1))
            if not pick.placed and len(self.pieces.articles) < 10:
                self._end_pick(self._pick)

    def _step_article(self, pick: Pick, step: int) -> Pick:
        count = len(self.pieces.articles) if self.pieces else 1
        at = (pick.article + step) % count
        return Pick(pick.source, pick.placed, (at + step) % count if at == pick.source else at)

    def _step_behind(self, pick: Pick, step: int) -> Pick:
        count = max(1, len(self.pieces.body(pick.article)) if self.pieces else 1)
        behind = (pick.behind % count + step) % count
        return Pick(pick.source, pick.placed, pick.article, behind)

    def _pick_by_mouse(self, at: int) -> None:
        piece = self.pieces.near(at) if self.pieces else None
        if self._pick is None or self.pieces is None or piece is None or piece.article == self._pick.source:
            return
        behind = next((i for i, s in enumerate(self.pieces.body(piece.article)) if s.start == piece.start), -1)
        self._end_pick(Pick(self._pick.source, self._pick.placed, piece.article, behind))

    def _end_pick(self, pick: Pick | None) -> None:
        self.stop_pick()
        self.picked.emit(pick)

    # ---- keys and mouse

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to the next doubt here; Ctrl+Tab leaves the page."""
        return False

    def event(self, event: QEvent) -> bool:
        """Claim the page's keys before a menu's shortcut takes them."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and self.pieces is not None and (self._pick or key_pressed(event, True)):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the choice of an article while one is asked for, else do what the key stands for."""
        if self._pick is not None:
            self._pick_by_key(event)
            event.accept()
            return
        do = key_pressed(event, True) if self.pieces is not None else ""
        if do:
            event.accept()
            self.asked.emit(do)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the article under the mouse while one is asked for; the right button moves the caret there."""
        if self._pick is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick_by_mouse(self.at_of(self.cursorForPosition(event.position().toPoint()).position()))
            return
        if event.button() == Qt.MouseButton.RightButton and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click selects the whole piece, which is what is marked or moved most often."""
        piece = self.pieces.near(self.caret()) if self.pieces else None
        if piece is None or self._pick is not None:
            super().mouseDoubleClickEvent(event)
        else:
            self.select(piece.start, piece.end)

    def click_line(self, y: float) -> None:
        """Put the caret at the beginning of the line at that height, or pick the article there."""
        cursor = self.cursorForPosition(QPoint(0, round(y)))
        self.setFocus()
        if self._pick is not None:
            self._pick_by_mouse(self.at_of(cursor.position()))
        else:
            self.setTextCursor(cursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tip of what is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """What is known of the place under the mouse: why a seam is doubtful, what was printed before a correction."""
        if self.pieces is None:
            return ""
        at = self.at_of(self.cursorForPosition(point).position())
        for spot in (at, at - 1):
            if spot in self._corrections:
                return self._correction_words(spot)
        near = (*self.pieces.seams_within(at - 3, at + 4), *self.pieces.seams_left(at - 3, at + 4))
        line = [s for s in near if s.is_doubtful]
        return seam_words(line[0]) if line else ""

    def _correction_words(self, at: int) -> str:
        """What a person did to a character."""
        printed, now = self.pieces.text[at] if self.pieces else "", self._corrections[at]
        if len(now) == 1:
            return self.tr("原来印的是「{0}」").format(printed)
        return self.tr("「{0}」改成「{1}」").format(printed, now) if now else self.tr("「{0}」删去了").format(printed)

    def _open_menu(self, at: QPoint) -> None:
        if self.pieces is not None and self._pick is None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def _say_caret(self) -> None:
        if not self._quiet and self.pieces is not None:
            if self._doubt is not None and self.caret() != self._doubt.at:
                self._doubt = None
            self.caret_moved.emit(self.caret())
            self._repaint()

    # ---- setting

    def _show_text(self, text: str, fresh: bool) -> None:
        kept, scrolled = self.caret() if not fresh else 0, self.verticalScrollBar().value()
        self._quiet = True
        if fresh:
            self._chosen, self._doubt, self._pick, self._lit = -1, None, None, ()
        self._shown = text
        self.setPlainText(text)
        self.set_caret(kept)
        self.verticalScrollBar().setValue(0 if fresh else scrolled)
        self._quiet = False

    def _dress(self) -> None:
        self.setFont(theme.font("reading"))
        self.document().setDefaultFont(theme.font("reading"))
        if self.pieces is not None:
            self._faces.rehighlight()
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the margins beside the text, and keep the doubt that is looked at in sight."""
        super().resizeEvent(event)
        room = self.contentsRect()
        bar = self.verticalScrollBar().width() if self.verticalScrollBar().isVisible() else 0
        if self._doubt is not None:  # lines break elsewhere now
            QTimer.singleShot(0, self, self._reveal_doubt)
        top, height = self.viewport().geometry().top(), self.viewport().height()
        self._left.setGeometry(QRect(room.left(), top, LEFT, height))
        self._right.setGeometry(QRect(room.right() + 1 - bar - RIGHT, top, RIGHT, height))

    def _follow_scroll(self, rect: QRect, dy: int) -> None:
        self._left.update()
        self._right.update()
        if dy:  # frames and curves reach beyond what Qt scrolled
            self.viewport().update()

    def _repaint(self) -> None:
        for widget in (self.viewport(), self._left, self._right):
            widget.update()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the articles' grounds under the text, the seams and the doubt over it."""
        if self.pieces is not None:
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                for block, top in self._visible():
                    self._paint_grounds(painter, block, top)
                self._paint_lit(painter)
        super().paintEvent(event)
        if self.pieces is not None:
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_seams(painter)
                self._paint_doubt(painter)

    def _visible(self) -> Iterator[tuple[QTextBlock, float]]:
        """The printed lines in sight and the height at which each begins."""
        block = self.firstVisibleBlock()
        while block.isValid():
            top = self._top(block)
            if top > self.viewport().height():
                return
            yield block, top
            block = block.next()

    def _top(self, block: QTextBlock) -> float:
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).top()

    def _paint_grounds(self, painter: QPainter, block: QTextBlock, top: float) -> None:
        assert self.pieces is not None
        start, layout = block.position(), block.layout()
        at, end = self.at_of(start), self.at_of(start + block.length() - 1)
        found = self.pieces.between(at, end)
        if not found:
            bridge = self.pieces.bridges(at) if not block.text().strip() else None
            if bridge:
                height = self.blockBoundingRect(block).height()
                painter.fillRect(QRectF(0, top, self.viewport().width(), height), self._ground(bridge.article))
            return
        for i in range(layout.lineCount()):
            line = layout.lineAt(i)
            for piece in found:
                box = self._row(line, start, top, piece)
                if box is not None:
                    painter.fillRect(box, self._ground(piece.article))

    def _row(self, line: QTextLine, start: int, top: float, piece: Piece) -> QRectF | None:
        """The ground of a piece on one row: to the edges where nothing else is printed beside it."""
        assert self.pieces is not None
        first, last = start + line.textStart(), start + line.textStart() + line.textLength()
        left, right = max(first, self.position_of(piece.start)), min(last, self.position_of(piece.end))
        if left >= right:
            return None
        text = self._shown
        before = text[self.at_of(first) : self.at_of(left)].strip()
        behind = text[self.at_of(right) : self.at_of(last)].strip()
        x1 = x_in(line, left - start) if before else 0.0
        x2 = x_in(line, right - start) if behind else float(self.viewport().width())
        return QRectF(x1, top + line.y(), x2 - x1, line.height())

    def _ground(self, article: int) -> QColor:
        color = article_color("tint", self._color_of(article))
        if self._pick is not None:
            return article_color("strong", self._color_of(article)) if article == self._pick.article else _faded(color)
        return article_color("strong", self._color_of(article)) if article == self._chosen else color

    def _color_of(self, article: int) -> int:
        return self._colors[article] if article < len(self._colors) else 0

    def _boxes(self, start: int, end: int) -> list[QRectF]:
        """Where characters stand, a box a row, as far as they are in sight or near to it."""
        out: list[QRectF] = []
        first, last = self.position_of(start), self.position_of(end)
        block = self.document().findBlock(first)
        while block.isValid() and block.position() < last:
            layout, top = block.layout(), self._top(block)
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                begin = block.position() + line.textStart()
                left, right = max(first, begin), min(last, begin + line.textLength())
                if left < right:
                    x1, x2 = x_in(line, left - block.position()), x_in(line, right - block.position())
                    out.append(QRectF(x1, top + line.y(), x2 - x1, line.height()))
            block = block.next()
        return out

    def _paint_lit(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for span in self._lit:
            for box in self._boxes(span.start, span.end):
                painter.setBrush(theme.color("proof"))
                painter.drawRoundedRect(box.adjusted(-1, 1, 1, -1), 3, 3)
                painter.setBrush(theme.color("proof-bar"))
                painter.drawRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2))

    def _in_sight(self) -> tuple[int, int]:
        first = self.firstVisibleBlock()
        bottom = self.cursorForPosition(QPoint(self.viewport().width(), self.viewport().height()))
        return self.at_of(first.position()), self.at_of(bottom.position()) + 1

    def _paint_seams(self, painter: QPainter) -> None:
        assert self.pieces is not None
        low, high = self._in_sight()
        for seam in self.pieces.seams_left(low, high + 1):
            if seam.is_doubtful or self._jumps(seam):
                self._paint_edge(painter, self._boxes(seam.end - 1, seam.end), _role_of(seam), closing=True)
        for seam in self.pieces.seams_within(low, high + 1):
            if seam.is_doubtful or seam.confirmed or self._jumps(seam):
                self._paint_edge(painter, self._boxes(seam.start, seam.start + 1), _role_of(seam), closing=False)

    def _jumps(self, seam: Seam) -> bool:
        """Whether other words are printed between the two sides of a seam."""
        text = self.pieces.text if self.pieces else ""
        return seam.start < seam.end or bool(text[seam.end : seam.start].strip())

    @staticmethod
    def _paint_edge(painter: QPainter, boxes: list[QRectF], role: str, closing: bool) -> None:
        """A small hook at the end of one piece or the beginning of the other."""
        if not boxes:
            return
        box = boxes[0].adjusted(0, 2, 0, -2)
        x, reach = (box.right() + 0.5, -5.0) if closing else (box.left() - 0.5, 5.0)
        path = QPainterPath(QPointF(x + reach, box.top()))
        path.lineTo(x, box.top())
        path.lineTo(x, box.bottom())
        path.lineTo(x + reach, box.bottom())
        painter.setPen(QPen(theme.color(role), 2 if role == "warning" else 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_doubt(self, painter: QPainter) -> None:
        """Frames around both sides of the seam that is looked at."""
        seam = self._doubt.seam if self._doubt else None
        if seam is None or self.pieces is None:
            return
        text = self.pieces.text
        one = self._boxes(max(seam.end - TAIL, text.rfind("\n", 0, seam.end - 1) + 1), seam.end)
        line_end = text.find("\n", seam.start)
        other = self._boxes(seam.start, min(seam.start + TAIL, line_end if line_end > 0 else len(text)))
        pen = QPen(theme.color("warning"), 1.6)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in (*one, *other):
            painter.drawRoundedRect(box.adjusted(-2, 0.5, 2, -0.5), 4, 4)

    def _paint_way(self, painter: QPainter) -> None:
        """In the margin the way from the end of one piece to the beginning of the other, with an arrow at its end."""
        seam = self._doubt.seam if self._doubt else None
        boxes = [self._boxes(at, at + 1) for at in (seam.end - 1, seam.start)] if seam else []
        if not all(boxes) or not boxes:
            return
        start, end = boxes[0][0].center().y(), boxes[1][0].center().y()
        if abs(start - end) < 1.5 * boxes[0][0].height():
            return
        painter.setPen(QPen(theme.color("warning"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(0, start))
        for x, y in ((6.0, start), (6.0, end), (1.0, end)):
            path.lineTo(x, y)
        painter.drawPath(path)
        painter.drawPolyline([QPointF(4, end - 3), QPointF(1, end), QPointF(4, end + 3)])

    # ---- the margins

    def paint_left(self, painter: QPainter) -> None:
        """Numbers of lines, tags of articles, and their bars."""
        if self.pieces is None:
            return
        painter.setFont(theme.font("secondary"))
        for block, top in self._visible():
            height = self.blockBoundingRect(block).height()
            row = block.layout().lineAt(0).height() if block.layout().lineCount() else height
            painter.setPen(theme.color("text-3"))
            number = QRectF(0, top, NUMBERS - 6, row)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if block.text().strip():
                painter.drawText(number, right, str(block.blockNumber() + 1))
            self._paint_bar(painter, block, top, height)
            self._paint_tags(painter, block, top, row)

    def _paint_bar(self, painter: QPainter, block: QTextBlock, top: float, height: float) -> None:
        assert self.pieces is not None
        at, end = self.at_of(block.position()), self.at_of(block.position() + block.length() - 1)
        found = self.pieces.between(at, end)
        bridge = self.pieces.bridges(at) if not found and not block.text().strip() else None
        first = found[0] if found else bridge
        if first is not None:
            chosen = first.article == (self._pick.article if self._pick else self._chosen)
            wide = BAR if chosen else BAR - 1
            bar = article_color("bar", self._color_of(first.article))
            painter.fillRect(QRectF(LEFT - GAP - BAR + (BAR - wide), top, wide, height), bar)

    def _paint_tags(self, painter: QPainter, block: QTextBlock, top: float, row: float) -> None:
        at, end = self.at_of(block.position()), self.at_of(block.position() + block.length() - 1)
        inside = self.pieces.tags_within(at, max(end, at + 1)) if self.pieces else ()
        for tag in inside[:1]:
            self._paint_tag(painter, QRectF(NUMBERS, top + (row - 18) / 2, TAGS - 5, 18), tag)

    def _paint_tag(self, painter: QPainter, box: QRectF, tag: Tag) -> None:
        color = self._color_of(tag.article)
        chosen = tag.article == (self._pick.article if self._pick else self._chosen)
        painter.setPen(QPen(article_color("bar", color), 1))
        painter.setBrush(article_color("bar" if chosen else "tint", color))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(article_color("on-bar", color) if chosen else theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag.label)

    def paint_right(self, painter: QPainter) -> None:
        """In words what a line is, if it is not body, and how sure a doubtful seam is."""
        if self.pieces is None:
            return
        painter.setFont(theme.font("secondary"))
        self._paint_way(painter)
        for block, top in self._visible():
            word, role = self._note_of(block)
            if word:
                row = block.layout().lineAt(0).height()
                painter.setPen(theme.color(role))
                room = QRectF(12, top, RIGHT - 12, row)
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)

    def _note_of(self, block: QTextBlock) -> tuple[str, str]:
        assert self.pieces is not None
        at, end = self.at_of(block.position()), self.at_of(block.position() + block.length() - 1)
        for seam in self.pieces.seams_within(at, end):
            if seam.is_doubtful:
                return self.tr("接缝 {0}").format(percent(seam.confidence)), "warning"
        found = self.pieces.between(at, end)
        words = [self.tr(ROLE_WORDS[p.role]) for p in found if p.role != "body"]
        if words:
            return words[0], "text-2"
        return (self.tr("不是文章"), "text-3") if not found and block.text().strip() else ("", "text-3")


def _role_of(seam: Seam) -> str:
    return "warning" if seam.is_doubtful else "success" if seam.confirmed else "text-3"


def percent(confidence: float) -> str:
    """0.57 → 57%."""
    return f"{round(confidence * 100)}%"


def seam_words(seam: Seam) -> str:
    """How sure a seam is, and why."""
    sure = QCoreApplication.translate("PageView", "可信 {0}").format(percent(seam.confidence))
    return f"{sure}：{seam.reason}" if seam.reason else sure


def _face(role: str, bold: bool) -> QTextCharFormat:
    out = QTextCharFormat()
    out.setForeground(QBrush(theme.color(role)))
    if bold:
        out.setFontWeight(QFont.Weight.Bold)
    return out


def _faded(color: QColor) -> QColor:
    out = QColor(color)
    out.setAlphaF(0.45)
    return out
