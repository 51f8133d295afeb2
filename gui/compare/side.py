"""What cases or places tell, side by side: background, practice, result, mechanisms shared and their own, keywords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.comparing.sheet import Column, Head, MechanismRow, Sheet, Told
from core.records import Mechanism
from gui import theme
from gui.kit.plain import Label, entry, level, tip

NARROWEST, NAME = 200, 64
LONGEST_LINK = 13
MOST_TOLD = 3
"""So many cases of a place are told in full."""
PARTS = (("background", "背景"), ("practice", "做法"), ("result", "成效"))


class Side(QScrollArea):
    """A grid of texts; every text has the case that it is from, which opens when its name is pressed."""

    case_opened = Signal(object)
    """The Head of a case that is wanted."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(_tr("做法与机制对照"))
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(theme.GAP_L, theme.GAP_L, theme.GAP_L, theme.GAP_L)
        self._grid.setHorizontalSpacing(theme.GAP_XL)
        self._grid.setVerticalSpacing(theme.GAP_L)
        self._fill(sheet)
        self._grid.setColumnMinimumWidth(0, NAME)
        for at in range(len(sheet.columns)):
            self._grid.setColumnMinimumWidth(at + 1, NARROWEST)
            self._grid.setColumnStretch(at + 1, 1)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(inside)

    def _fill(self, sheet: Sheet) -> None:
        self._row("", [self._head(at, column) for at, column in enumerate(sheet.columns, 1)])
        for part, name in PARTS:
            told: list[Sequence[Told]] = [getattr(column, part) for column in sheet.columns]
            if any(told):
                self._row(_tr(name), [self._told(cell) for cell in told])
        shared = [row for row in sheet.mechanisms if row.is_shared]
        own = [row for row in sheet.mechanisms if not row.is_shared]
        for name, rows in (("共有的机制", shared), ("各自的机制", own)):
            if rows:
                self._row(_tr(name), [self._mechanisms(rows, at) for at in range(len(sheet.columns))])
        if any(column.keywords for column in sheet.columns):
            self._row(_tr("关键词"), [_words(self._keywords(sheet, column)) for column in sheet.columns])

    def _row(self, name: str, cells: Sequence[QWidget]) -> None:
        row = self._grid.rowCount()
        head = Label(name)
        head.setProperty("role", "section")
        head.setWordWrap(True)
        self._grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
        for at, cell in enumerate(cells):
            self._grid.addWidget(cell, row, at + 1, Qt.AlignmentFlag.AlignTop)

    def _head(self, at: int, column: Column) -> QWidget:
        title = Label(f"{at} {column.label}")
        title.setFont(theme.font("section"))
        title.setWordWrap(True)
        about = " · ".join(filter(None, (column.cases[0].place, "、".join(column.cases[0].themes))))
        if len(column.cases) == 1:
            return _stack([title, _words(about), self._link(column.cases[0], _tr("看原文"))])
        count = _words(_tr("{n} 例").format(n=len(column.cases)))
        return _stack([title, count, *map(self._link, column.cases[:MOST_TOLD])])

    def _link(self, head: Head, words: str = "") -> QWidget:
        title = head.title if len(head.title) <= LONGEST_LINK else f"{head.title[:LONGEST_LINK]}…"
        button = QPushButton(entry(words or title))
        button.setProperty("kind", "link")
        button.setToolTip(tip("\n".join(filter(None, (head.title, head.citation)))))
        button.setAccessibleName(level(_tr("看原文：{title}").format(title=head.title)))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self.case_opened.emit, head))
        return button

    def _told(self, told: Sequence[Told]) -> QWidget:
        if not told:
            return _words("—", "text-3")
        if len({one.case.id for one in told}) == 1:
            return _words("\n\n".join(one.text for one in told), "text")
        return _stack([w for one in told[:MOST_TOLD] for w in (self._link(one.case), _words(one.text, "text"))])

    def _mechanisms(self, rows: Sequence[MechanismRow], at: int) -> QWidget:
        said = [line for row in rows if row.cells[at] for line in _mechanism_lines(row.cells[at])]
        return _words("\n".join(said) or "—", "text" if said else "text-3")

    @staticmethod
    def _keywords(sheet: Sheet, column: Column) -> str:
        shared = [word for word in column.keywords if word in sheet.shared_keywords]
        own = [word for word in column.keywords if word not in sheet.shared_keywords]
        both = _tr("共有：{words}").format(words="、".join(shared)) if shared else ""
        return "\n".join(filter(None, (both, "、".join(own))))


def _mechanism_lines(told: Sequence[tuple[Head, Mechanism]]) -> Iterator[str]:
    """The name, and what the fullest telling says of it."""
    best = max((mechanism for _, mechanism in told), key=lambda m: len(m.note) + sum(len(p.meaning) for p in m.parts))
    yield f"{best.name}" + (f"：{best.note}" if best.note else "")
    yield from (f"　{part.label} = {part.meaning}" for part in best.parts)


class _Words(Label):
    """A text that wraps and can be chosen, in the colour of a role."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self._role = role
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.notifier.changed.connect(self._ink)
        self._ink()

    def _ink(self) -> None:
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.color(self._role))
        self.setPalette(palette)


def _words(text: str, role: str = "text-2") -> Label:
    return _Words(text, role)


def _stack(widgets: Sequence[QWidget]) -> QWidget:
    out = QWidget()
    column = QVBoxLayout(out)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP_XS)
    for widget in widgets:
        column.addWidget(widget)
    return out


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
