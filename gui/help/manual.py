"""The manual that comes with the program, a page a task, in a window of its own: contents, search, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMargins, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.resources import shipped
from gui import theme
from gui.kit.fields import highlight_of
from gui.kit.plain import Label
from gui.kit.rows import RowDelegate

NAME = "使用手册.md"
MARGIN = 32
WIDEST = 880
"""Of the text, so that a line has some 60 characters and pictures can be read."""
SIZES = {1: 20, 2: 20, 3: 16}
OBJECT = "\ufffc"
"""Stands in a block's text where a picture is."""
HEAD = re.compile(r"^## +(.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Page:
    """One task: its title and its Markdown, the title included."""

    title: str
    text: str

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all the words stand in it."""
        found = self.text.lower()
        return all(word in found for word in words)


def read_pages(text: str) -> list[Page]:
    """The pages of a manual: what stands under each head of the second level."""
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [Page(head[1].strip(), text[head.start() : end].strip()) for head, end in zip(heads, ends, strict=True)]


def manual_folder() -> Path:
    """Where the manual and its pictures lie."""
    return shipped("docs")


class Sheet(QTextBrowser):
    """One page of the manual, with pictures as wide as there is room; it opens nothing but its own pictures."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._page = folder, Page("", "")
        self._images: dict[str, QImage] = {}
        self._words: Sequence[str] = ()
        self._shown_room = 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_again)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("手册正文"))
        self.document().setDocumentMargin(0)
        theme.notifier.changed.connect(self._later.start)

    def show_page(self, page: Page) -> None:
        """Show a page from its beginning."""
        self._page = page
        self._show()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: Sequence[str]) -> None:
        """Mark where the words stand and go to the first place."""
        self._words = words
        marks = [spot for word in words for spot in self._spots(word)]
        self.setExtraSelections(marks)
        if marks:
            first = min((highlight_of(m).cursor for m in marks), key=lambda cursor: cursor.position())
            first.clearSelection()
            self.setTextCursor(first)
            self.ensureCursorVisible()

    def next_mark(self) -> bool:
        """Go on to the next marked place; False after the last."""
        here = self.textCursor().position()
        cursors = (highlight_of(m).cursor for m in self.extraSelections())
        later = [cursor for cursor in cursors if cursor.selectionStart() > here]
        if later:
            spot = QTextCursor(min(later, key=QTextCursor.selectionStart))
            spot.setPosition(spot.selectionStart())
            self.setTextCursor(spot)
            self.ensureCursorVisible()
        return bool(later)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture beside the manual, nothing else; smoothly made smaller where there is less room."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = self._image(name.path() if isinstance(name, QUrl) else str(name))
        scale = self.devicePixelRatioF()
        wanted = round(min(self._room(), picture.width()) * scale)
        fitted = (
            picture if picture.isNull() else picture.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
        )
        fitted.setDevicePixelRatio(scale)
        return fitted

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle; draw the page again when its pictures have another width."""
        super().resizeEvent(event)
        margins = QMargins(self._side(), theme.GAP_XL, self._side(), theme.GAP_XL)
        if self.viewportMargins() != margins:
            self.setViewportMargins(margins)
        if self._room() != self._shown_room:
            self._later.start()  # not now: the document may be laying itself out

    # inside

    def _room(self) -> int:
        """How wide a picture may be, the scroll bar shown or not."""
        return max(120, self.width() - 2 * self._side() - 20)

    def _side(self) -> int:
        return max(MARGIN if self.width() > WIDEST // 2 else theme.GAP_L, (self.width() - WIDEST) // 2)

    def _show_again(self) -> None:
        self._show()
        self.mark(self._words)

    def _spots(self, word: str) -> list[QTextEdit.ExtraSelection]:
        out, at = [], QTextCursor(self.document())
        while word and not (at := self.document().find(word, at)).isNull():
            spot = QTextEdit.ExtraSelection()
            look = highlight_of(spot)
            look.cursor = QTextCursor(at)
            look.format.setBackground(theme.color("hit"))
            look.format.setForeground(theme.color("text"))
            out.append(spot)
        return out

    def _image(self, name: str) -> QImage:
        if name not in self._images:
            path = (self._folder / name).resolve()
            inside = path.is_relative_to(self._folder.resolve())
            self._images[name] = QImage(str(path)) if inside else QImage()
        return self._images[name]

    def _show(self) -> None:
        here = self.verticalScrollBar().value()
        self.document().setDefaultFont(theme.font("interface"))
        self.document().setMarkdown(self._page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._shown_room = self._room()
        self._dress()
        self.verticalScrollBar().setValue(here)

    def _dress(self) -> None:
        """Heads, room between paragraphs, keys and tables as the rest of the program has them."""
        block = self.document().begin()
        while block.isValid():
            level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
            shape = QTextBlockFormat()
            pictured = OBJECT in block.text()
            tabled = cursor.currentTable() is not None
            height = 100 if pictured else 130 if level or tabled else 160
            shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(theme.GAP_L if level > 2 else 0)
            shape.setBottomMargin(0 if tabled else theme.GAP_XS if cursor.currentList() is not None else theme.GAP_M)
            cursor.mergeBlockFormat(shape)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_head_format(level))
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            form = frame.frameFormat().toTableFormat()
            if form.isValid():
                form.setBorder(0)
                form.setCellPadding(theme.GAP_XS)
                form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, n) for n in (58, 42)])
                form.setWidth(QTextLength(QTextLength.Type.FixedLength, min(560, self._room())))
                form.setBottomMargin(theme.GAP_L)
                frame.setFrameFormat(form)


def _head_format(level: int) -> QTextCharFormat:
    out, font = QTextCharFormat(), QFont(theme.font("interface"))
    font.setPixelSize(SIZES.get(level, 14))
    font.setBold(True)
    out.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
    out.setForeground(QColor(theme.color("text")))
    return out


class Manual(QWidget):
    """Contents at the left, a page at the right, a box that finds words in all pages."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("使用手册"))
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder = folder or manual_folder()
        self.pages = read_pages(_text_of(self._folder / NAME))
        self.sheet = Sheet(self._folder)
        self.contents, self.box, self._nothing = QListWidget(), QLineEdit(), Label(self.tr("手册里没有这几个字。"))
        self._lay_out()
        self._find()
        self.box.textChanged.connect(self._find)
        self.box.returnPressed.connect(self._next)
        self.contents.currentRowChanged.connect(self._show_row)
        QShortcut(QKeySequence.StandardKey.Find, self, self.box.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        self.resize(1120, 760)

    def shown(self) -> list[str]:
        """The titles that are listed."""
        return [self.contents.item(row).text() for row in range(self.contents.count())]

    def _lay_out(self) -> None:
        self.box.setPlaceholderText(self.tr("在手册里找"))
        self.box.setAccessibleName(self.tr("在手册里找"))
        self.box.setClearButtonEnabled(True)
        self.contents.setAccessibleName(self.tr("目录"))
        self.contents.setItemDelegate(RowDelegate(self.contents))
        self.contents.setProperty("ground", "window")
        self._nothing.setProperty("role", "secondary")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.GAP_M, theme.GAP_M, theme.GAP_M, theme.GAP_M)
        column.setSpacing(theme.GAP_S)
        for widget in (self.box, self._nothing, self.contents):
            column.addWidget(widget)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(self.sheet)
        split.setSizes([240, 760])
        split.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _find(self) -> None:
        """List the pages that hold what was typed; mark it in the one that is shown."""
        words = self._words()
        chosen = self.contents.currentItem()
        before = chosen.text() if chosen is not None else ""
        found = [at for at, page in enumerate(self.pages) if page.holds(words)]
        self.contents.blockSignals(True)
        self.contents.clear()
        for at in found:
            item = QListWidgetItem(self.pages[at].title, self.contents)
            item.setData(Qt.ItemDataRole.UserRole, at)
            item.setSizeHint(QSize(0, theme.ROW))
        self.contents.blockSignals(False)
        self._nothing.setVisible(not found)
        titles = self.shown()
        if found:
            self.contents.setCurrentRow(titles.index(before) if before in titles else 0)
            self._show_row(self.contents.currentRow())

    def _show_row(self, row: int) -> None:
        item = self.contents.item(row)
        if item is not None:
            self.sheet.show_page(self.pages[item.data(Qt.ItemDataRole.UserRole)])
            self.sheet.mark(self._words())

    def _next(self) -> None:
        """To the next place of what was typed, in this page or the next."""
        if not self.sheet.next_mark() and self.contents.count():
            self.contents.setCurrentRow((self.contents.currentRow() + 1) % self.contents.count())

    def _leave(self) -> None:
        if self.box.text():
            self.box.clear()
        else:
            self.close()

    def _words(self) -> list[str]:
        return self.box.text().lower().split()


def _text_of(path: Path) -> str:
    """The manual; where it was taken away, a page that says so."""
    try:
        return path.read_text("utf-8")
    except OSError:
        said = QCoreApplication.translate("Manual", "手册文件不在程序文件夹里：{0}。请重新解压程序。")
        return f"## {path.stem}\n\n{said.format(path)}\n"
