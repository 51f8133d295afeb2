"""What cases or places tell, side by side: background, practice, result, mechanisms shared and their own, keywords.

One document with one table: its texts go in as plain text, its links are numbers of cases, and it loads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from core.comparing.sheet import Column, Head, MechanismRow, Sheet
from core.records import Mechanism
from gui import theme
from gui.kit.page import ClosedDocument
from gui.kit.plain import level

NARROWEST, NAME = 210, 104
MOST_TOLD = 3
"""So many cases of a place are told."""
LONGEST, LONGEST_OF_SEVERAL = 1200, 240
"""So many characters of a text are shown, alone and beside others of its place; the rest stands in the case."""
PARTS = (("background", "背景"), ("practice", "做法"), ("result", "成效"))
Write = Callable[[QTextCursor, int], None]
"""Writes what a column tells into its cell."""


class Side(QTextBrowser):
    """A table of texts; the name of a case, or 看原文, opens it."""

    case_opened = Signal(object)
    """The Head of a case that is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._is_old = False
        """Whether it was written in the colours of another theme."""
        self._heads: list[Head] = []
        self.setDocument(ClosedDocument(self))
        self.setAccessibleName(_tr("做法与机制对照"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.anchorClicked.connect(self._follow)
        theme.notifier.changed.connect(self._dress)

    def show_sheet(self, sheet: Sheet) -> None:
        """Write down what the columns of a comparison tell."""
        self._sheet = sheet
        self._write()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_old:
            self._write()

    def _dress(self) -> None:
        """Take the new colours: when it is seen, and then apart from what else changes with them."""
        self._is_old = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._write)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as the window, or as many columns need."""
        count = len(self._sheet.columns) if self._sheet is not None else 1
        self.setLineWrapColumnOrWidth(max(self.viewport().width() - 2, NAME + NARROWEST * count))

    # ---- writing

    def _write(self) -> None:
        sheet = self._sheet
        self._is_old = False
        if sheet is None:
            return
        self._heads = []
        self._fit()
        rows = list(self._rows(sheet))
        old, fresh = self.document(), ClosedDocument(self)  # filled before it is shown, it is laid out only once
        fresh.setUndoRedoEnabled(False)
        fresh.setDefaultFont(theme.font("interface"))
        cursor = QTextCursor(fresh)
        table = cursor.insertTable(len(rows), len(sheet.columns) + 1, _format(len(sheet.columns)))
        for at, (name, write) in enumerate(rows):
            _put(_cell(table, at, 0), name, "text-2", bold=True)
            for column in range(len(sheet.columns)):
                write(_cell(table, at, column + 1), column)
        self.setDocument(fresh)
        old.deleteLater()

    def _rows(self, sheet: Sheet) -> Iterator[tuple[str, Write]]:
        yield "", lambda cursor, at: self._head(cursor, at, sheet.columns[at])
        for part, name in PARTS:
            if any(getattr(column, part) for column in sheet.columns):
                yield _tr(name), lambda cursor, at, part=part: self._told(cursor, sheet.columns[at], part)  # type: ignore[misc]
        for name, is_shared in (("共有的机制", True), ("各自的机制", False)):
            rows = [row for row in sheet.mechanisms if row.is_shared is is_shared]
            if rows:
                yield _tr(name), lambda cursor, at, rows=rows: _put(cursor, _mechanisms(rows, at))  # type: ignore[misc]
        if any(column.keywords for column in sheet.columns):
            yield _tr("关键词"), lambda cursor, at: _put(cursor, _keywords(sheet, sheet.columns[at]), "text-2")

    def _head(self, cursor: QTextCursor, at: int, column: Column) -> None:
        _put(cursor, f"{at + 1} {column.label}", bold=True)
        if len(column.cases) == 1:
            head = column.cases[0]
            about = " · ".join(filter(None, (head.place, "、".join(head.themes))))
            _put(cursor, f"\n{about}\n", "text-2")
            self._link(cursor, head, _tr("看原文"))
            return
        _put(cursor, "\n" + _tr("{n} 例").format(n=len(column.cases)), "text-2")
        for head in column.cases[:MOST_TOLD]:
            _put(cursor, "\n")
            self._link(cursor, head, head.title)

    def _told(self, cursor: QTextCursor, column: Column, part: str) -> None:
        told = getattr(column, part)
        if not told:
            _put(cursor, "—", "text-3")
        for at, one in enumerate(told[:MOST_TOLD]):
            if len(column.cases) > 1:
                _put(cursor, "\n" if at else "")
                self._link(cursor, one.case, one.case.title)
                _put(cursor, "\n")
            longest = LONGEST if len(column.cases) == 1 else LONGEST_OF_SEVERAL
            _put(cursor, one.text if len(one.text) <= longest else f"{one.text[:longest].rstrip()}……")

    def _link(self, cursor: QTextCursor, head: Head, words: str) -> None:
        look = _look("accent")
        look.setAnchor(True)
        look.setAnchorHref(f"#{len(self._heads)}")
        look.setToolTip("")
        self._heads.append(head)
        cursor.insertText(level(words), look)

    def _follow(self, url: QUrl) -> None:
        at = url.fragment()
        if at.isdigit() and int(at) < len(self._heads):
            self.case_opened.emit(self._heads[int(at)])


def _format(columns: int) -> QTextTableFormat:
    out = QTextTableFormat()
    out.setBorder(0)
    out.setCellPadding(theme.GAP_S)
    out.setCellSpacing(0)
    out.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    out.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    share = QTextLength(QTextLength.Type.VariableLength, 0)
    out.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, NAME), *[share] * columns])
    return out


def _cell(table: QTextTable, row: int, column: int) -> QTextCursor:
    cursor = table.cellAt(row, column).firstCursorPosition()
    block = QTextBlockFormat()
    block.setLineHeight(108, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(block)
    return cursor


def _put(cursor: QTextCursor, text: str, role: str = "text", bold: bool = False) -> None:
    cursor.insertText(level(text), _look(role, bold))


def _look(role: str, bold: bool = False) -> QTextCharFormat:
    out = QTextCharFormat()
    font = QFont(theme.font("interface"))
    font.setBold(bold)
    out.setFont(font)
    out.setForeground(theme.color(role))
    return out


def _mechanisms(rows: Sequence[MechanismRow], at: int) -> str:
    said = [line for row in rows if row.cells[at] for line in _mechanism_lines(row.cells[at])]
    return "\n".join(said) or "—"


def _mechanism_lines(told: Sequence[tuple[Head, Mechanism]]) -> Iterator[str]:
    """The name, and what the fullest telling says of it."""
    best = max((mechanism for _, mechanism in told), key=lambda m: len(m.note) + sum(len(p.meaning) for p in m.parts))
    yield f"{best.name}" + (f"：{best.note}" if best.note else "")
    yield from (f"　{part.label} = {part.meaning}" for part in best.parts)


def _keywords(sheet: Sheet, column: Column) -> str:
    shared = [word for word in column.keywords if word in sheet.shared_keywords]
    own = [word for word in column.keywords if word not in sheet.shared_keywords]
    both = _tr("共有：{words}").format(words="、".join(shared)) if shared else ""
    return "\n".join(filter(None, (both, "、".join(own))))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
