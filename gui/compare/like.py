"""Cases that are like one, each with the words that made it so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from core.comparing.similar import Near
from core.library.answers import CaseRow
from gui import theme
from gui.kit.basics import ElidedLabel, column_of
from gui.kit.basics import Line as Rule
from gui.kit.columns import Column
from gui.kit.plain import Label
from gui.kit.records import RecordRole, RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

_C = "Compare"


class Alike(NamedTuple):
    """A case that is like another, and why."""

    row: CaseRow
    near: Near


def why_text(alike: Alike) -> str:
    """The mechanisms, words and themes that both have."""
    near = alike.near
    parts = (
        near.mechanisms and _tr("同一机制 {words}").format(words="、".join(near.mechanisms)),
        "、".join(near.words),
        near.themes and _tr("同一主题 {words}").format(words="、".join(near.themes)),
    )
    return "；".join(part for part in parts if part)


COLUMNS: tuple[Column[Alike], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_C, "案例"), lambda a: a.row.title, least=160, most=420, weight=2, ink="text"),
    Column("place", QT_TRANSLATE_NOOP(_C, "地区"), lambda a: a.row.place, least=96, most=200),
    Column("likeness", QT_TRANSLATE_NOOP(_C, "相近"), lambda a: f"{round(a.near.likeness * 100)}%", "number",
           key=lambda a: a.near.likeness),
    Column("why", QT_TRANSLATE_NOOP(_C, "哪里相近"), why_text, least=160, most=600),
)  # fmt: skip


class LikePage(QWidget):
    """The cases that are like one; some of them can be compared with it."""

    case_opened = Signal(object)
    compare_wanted = Signal(object)
    """The numbers of the cases to be compared, the first of them the one that the others are like."""
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._num = 0
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel()
        self._title.setProperty("role", "section")
        self._words = Label()
        self._words.setWordWrap(True)
        self._words.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_L, theme.GAP_S)
        self.table = RecordsView(RecordsModel(COLUMNS, _C, self), _tr("相近的案例"), self, several=True)
        self.compare = QPushButton(_tr("和选中的比较"))
        self.notice = Notice()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.notice)
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_M, theme.GAP_S)
        head.addWidget(self._title, 1)
        head.addWidget(self.compare)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.compare.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column = column_of(self)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._words)
        column.addWidget(self._pages, 1)
        self.compare.clicked.connect(self._compare)
        for signal in (self.table.doubleClicked, self.table.opened):
            signal.connect(self._open)
        self.table.copied.connect(lambda text: self.copied.emit())

    def show_like(self, num: int, title: str, keywords: Sequence[str], found: Sequence[Alike]) -> None:
        """Show what is like a case, the most alike first."""
        self._num = num
        self._title.setText(_tr("相近的案例：{title}").format(title=title))
        self._words.setText(_tr("关键词：{words}").format(words="、".join(keywords)))
        self._words.setVisible(bool(keywords))
        self.table.show_records(found)
        self.compare.setEnabled(bool(found))
        self.notice.say("scale", _tr("没有相近的案例"), _tr("案例库里没有同一主题、机制，用词也相近的案例。"))
        self._pages.setCurrentWidget(self.table if found else self.notice)

    def copy(self) -> None:
        """Copy the chosen rows, or all."""
        self.table.copy()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def _open(self, index: QModelIndex) -> None:
        alike = index.data(RecordRole)
        if alike is not None:
            self.case_opened.emit(alike.row.num)

    def _compare(self) -> None:
        """With the chosen ones, else with the three most alike."""
        rows = self.table.chosen_rows() or range(min(3, self.table.model().rowCount()))
        records = (self.table.model().index(row, 0).data(RecordRole) for row in rows)
        self.compare_wanted.emit([self._num, *(record.row.num for record in records if record is not None)])


def _tr(text: str) -> str:
    return QCoreApplication.translate(_C, text)
