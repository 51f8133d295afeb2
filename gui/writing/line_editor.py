"""What stands beside the lines of a 汇编: the chosen heading, note or case, to be written and chosen from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.library.answers import OutlineLine
from core.places.areas import NO_PLACE, full_label
from core.records import STATE_WORDS, Case
from core.writing.case_table import figure_words
from core.writing.figure_text import grouped, scope_text
from gui import theme
from gui.kit.plain import Label, level, tip
from gui.kit.rows import RowDelegate
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_C = "Outline"
_HEADS = (
    QT_TRANSLATE_NOOP(_C, "指标"),
    QT_TRANSLATE_NOOP(_C, "数据"),
    QT_TRANSLATE_NOOP(_C, "口径"),
    QT_TRANSLATE_NOOP(_C, "核对"),
)
_SETTLED_MS = 400
"""Ticks that follow each other within this time are one change."""


class FigureChoice(QAbstractTableModel):
    """The figures of a case with a box each."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case: Case | None = None
        self._ids: list[str] = []
        self._cells: list[tuple[str, str, str, str]] = []
        self._chosen: set[str] = set()

    def show_case(self, case: Case | None, chosen: Iterable[str] | None) -> None:
        """Show the figures of a case; all of them are chosen for None."""
        ids = [metric.id for metric in case.metrics] if case else []
        kept = set(ids) if chosen is None else set(chosen)
        if ids == self._ids and case is self._case:
            if kept != self._chosen:
                self._chosen = kept
                self._say_boxes()
            return
        self.beginResetModel()
        self._case, self._ids, self._chosen = case, ids, kept
        self._cells = [
            (m.indicator, figure_words(m), scope_text(m), STATE_WORDS[m.state]) for m in (case.metrics if case else ())
        ]
        self.endResetModel()

    def chosen(self) -> frozenset[str] | None:
        """Return what is chosen; None where all are, so that figures that come later are written too."""
        kept = frozenset(id_ for id_ in self._ids if id_ in self._chosen)
        return None if len(kept) == len(self._ids) else kept

    def counts(self) -> tuple[int, int]:
        """Return how many are chosen, and how many there are."""
        return sum(id_ in self._chosen for id_ in self._ids), len(self._ids)

    def tick(self, rows: Iterable[int], on: bool) -> None:
        """Choose the figures in these rows, or leave them out."""
        ids = {self._ids[row] for row in rows}
        after = self._chosen | ids if on else self._chosen - ids
        if after != self._chosen:
            self._chosen = after
            self._say_boxes()
            self.changed.emit()

    def is_ticked(self, row: int) -> bool:
        """Whether the figure in a row is chosen."""
        return self._ids[row] in self._chosen

    def _say_boxes(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate(_C, _HEADS[section])
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return level(" ".join(text.split()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            on = QCoreApplication.translate(_C, "写进" if self.is_ticked(index.row()) else "不写")
            return level(f"{text}，{on}") if index.column() == 0 else level(text)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and index.column() == 0 else usual

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class _Figures(QTableView):
    """The figures; the space bar turns the boxes of all chosen rows."""

    left = Signal()

    def __init__(self, model: FigureChoice) -> None:
        super().__init__()
        self._boxes = model
        self.setModel(model)
        self.setAccessibleName(self.tr("写进哪些数据"))
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, width in ((1, 96), (2, 104), (3, 52)):
            head.resizeSection(at, width)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._boxes.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if event.key() == Qt.Key.Key_Space and rows:
            self._boxes.tick(rows, not self._boxes.is_ticked(rows[0]))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """A text that is given when it is left; Esc and Ctrl+Enter leave it, and Enter, too, where it is one line."""

    given = Signal(str)
    """Another text than the one that was shown."""
    left = Signal()
    """A person is done with it."""

    def __init__(self, name: str, one_line: bool = False) -> None:
        super().__init__()
        self._before, self._one_line = "", one_line
        self.setAccessibleName(name)
        self.setProperty("field", True)
        self.setTabChangesFocus(True)

    def show_text(self, text: str) -> None:
        """Show a text that is kept; what is being written goes on as long as the one before it is the same."""
        if text != self._before or text != self.toPlainText():
            was, self._before = self._before, text
            if not (self.hasFocus() and was == text):
                self.setPlainText(text)

    def give(self) -> None:
        """Give the text where it is another than the one that was shown."""
        text = self.toPlainText()
        if text != self._before:
            self._before = text
            self.given.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.give()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and (control or self._one_line)):
            self.give()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LineEditor(QStackedWidget):
    """Shows one line at a time, and says what a person made of it."""

    text_given = Signal(object, str)
    """Key and words of a heading or note."""
    note_given = Signal(int, str)
    figures_given = Signal(int, object)
    """A case, and the ids of the figures that are to be written; None for all."""
    left = Signal()
    """A person is done here, and goes back to the lines."""
    case_wanted = Signal(int)
    """The case is to be seen where it is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: OutlineLine | None = None
        self.nothing = Notice()
        self.heading = TextField(self.tr("小标题"), one_line=True)
        self.text = TextField(self.tr("说明"))
        self.note = TextField(self.tr("按语"))
        self.figures = FigureChoice(self)
        self.table = _Figures(self.figures)
        self._title, self._place, self._count = Label(), Label(), Label()
        self._kind = Label()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._give_figures)
        self._text_page, self._case_page = self._make_text(), self._make_case()
        for page in (self.nothing, self._text_page, self._case_page):
            self.addWidget(page)
        for field in (self.heading, self.text):
            field.given.connect(self._give_text)
            field.left.connect(self.left)
        self.note.given.connect(self._give_note)
        self.note.left.connect(self.left)
        self.table.left.connect(self.left)
        self.figures.changed.connect(self._settling.start)
        self.figures.changed.connect(self._say_count)
        self.show_line(None)

    # ---- what is shown

    def show_line(self, line: OutlineLine | None) -> None:
        """Show a line; what was written of the one before is given first."""
        if self._line is not None and (line is None or line.key != self._line.key):
            self.commit()
        before, self._line = self._line, line
        if line is None:
            self.setCurrentWidget(self.nothing)
        elif line.kind == "case":
            if before is None or before.key != line.key:
                self._title.setText(level(line.text))
                self._place.setText("")
                self.figures.show_case(None, None)
            self.note.show_text(line.note)
            self.setCurrentWidget(self._case_page)
        else:
            one = line.kind == "heading"
            self._kind.setText(self.tr("小标题") if one else self.tr("说明（可以分段）"))
            self.heading.setVisible(one)
            self.text.setVisible(not one)
            (self.heading if one else self.text).show_text(line.text)
            self.setCurrentWidget(self._text_page)

    def show_case(self, case: Case) -> None:
        """Show the case of the line with its figures."""
        if self._line is None or self._line.kind != "case":
            return
        self._title.setText(level(case.title))
        self._place.setText(level(full_label(case.place) or NO_PLACE))
        if not self._settling.isActive():
            self.figures.show_case(case, self._line.figures)
        self._say_count()

    def num(self) -> int | None:
        """Return the case that is shown; None where another line is, or none."""
        return self._line.key if self._line is not None and isinstance(self._line.key, int) else None

    def enter(self) -> None:
        """Put the focus where the line is written."""
        if self._line is None:
            return
        field = {"heading": self.heading, "note": self.text, "case": self.note}[self._line.kind]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._line.kind == "heading":
            field.selectAll()

    def commit(self) -> None:
        """Give what was written and chosen and is not given yet."""
        if self._line is None:
            return
        for field in (self.note,) if self._line.kind == "case" else (self.heading, self.text):
            if not field.isHidden():
                field.give()
        if self._settling.isActive():
            self._settling.stop()
            self._give_figures()

    # ---- what is given

    def _give_text(self, text: str) -> None:
        if self._line is not None and self._line.kind != "case":
            self.text_given.emit(self._line.key, text)

    def _give_note(self, text: str) -> None:
        if (num := self.num()) is not None:
            self.note_given.emit(num, text)

    def _give_figures(self) -> None:
        if (num := self.num()) is not None:
            self.figures_given.emit(num, self.figures.chosen())

    def _say_count(self) -> None:
        chosen, there = map(grouped, self.figures.counts())
        self._count.setText(self.tr("写进的数据 {chosen} / {all}").format(chosen=chosen, all=there))

    # ---- laying out

    def _make_text(self) -> QWidget:
        page = QWidget()
        self._kind.setProperty("role", "section")
        self.heading.setFixedHeight(64)
        hint = Label(self.tr("写好按 Esc 回到左边；离开就存下，Ctrl+Z 撤销。"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        column = _column(page)
        column.addWidget(self._kind)
        column.addWidget(self.heading)
        column.addWidget(self.text, 1)
        column.addWidget(hint)
        column.addStretch(0)
        return page

    def _make_case(self) -> QWidget:
        page = QWidget()
        self._title.setProperty("role", "section")
        self._title.setWordWrap(True)
        self._place.setProperty("role", "secondary")
        self._count.setProperty("role", "section")
        see = _button(self.tr("看这个案例"))
        see.clicked.connect(lambda: self.case_wanted.emit(self.num() or 0))
        label = Label(self.tr("按语（写在这一例前面，可不写）"))
        label.setProperty("role", "section")
        label.setBuddy(self.note)
        self.note.setFixedHeight(96)
        self.table.setMinimumHeight(160)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for words, on in ((self.tr("全写"), True), (self.tr("全不写"), False)):
            button = _button(words)
            button.clicked.connect(lambda _=False, on=on: self.figures.tick(range(self.figures.rowCount()), on))
            row.addWidget(button)
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(see)
        column = _column(page)
        column.addWidget(self._title)
        column.addLayout(place)
        column.addWidget(label)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return _scrolling(page)


def _scrolling(page: QWidget) -> QScrollArea:
    """The page as high as it needs; a low window shows a part of it at a time."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setProperty("ground", "surface")
    page.setProperty("ground", "surface")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return area


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_M)
    column.setSpacing(theme.GAP_S)
    return column


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "flat")
    button.setAutoDefault(False)
    return button
