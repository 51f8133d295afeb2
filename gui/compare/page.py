"""The page of a comparison: figures with their chart, what the cases tell side by side, and how both are copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.comparing.sheet import Sheet
from gui import theme
from gui.compare.chart import Chart
from gui.compare.figures import FiguresView, Line, lines_of
from gui.compare.marks import Kind
from gui.compare.side import Side
from gui.kit.basics import ElidedLabel, IconButton, column_of, dismiss, divide
from gui.kit.basics import Line as Rule
from gui.kit.plain import Label
from gui.kit.widgets import Notice, Segments
from gui.kit.words import QT_TRANSLATE_NOOP

_C = "Compare"
VIEWS = (("figures", QT_TRANSLATE_NOOP(_C, "数据")), ("side", QT_TRANSLATE_NOOP(_C, "做法与机制")))
KINDS = (
    ("bars", QT_TRANSLATE_NOOP(_C, "排序")),
    ("changes", QT_TRANSLATE_NOOP(_C, "前后")),
    ("times", QT_TRANSLATE_NOOP(_C, "时间")),
    ("heat", QT_TRANSLATE_NOOP(_C, "总表")),
)


class ComparePage(QWidget):
    """Shows one comparison at a time, or why there is none."""

    cell_opened = Signal(object)
    """A Cell is to be seen where it was printed."""
    case_opened = Signal(object)
    """The case of a Head is to be seen."""
    join_wanted = Signal(object)
    part_wanted = Signal(object)
    export_wanted = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self._is_told = False
        """Whether what the cases tell was written down; that waits until it is wanted."""
        self.table: FiguresView | None = None
        self.side = Side()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._notes = ElidedLabel(), Label()
        self._title.setProperty("role", "section")
        self._notes.setWordWrap(True)
        self.views = Segments([(key, _tr(text)) for key, text in VIEWS], _tr("看什么"))
        self.kinds = Segments([(key, _tr(text)) for key, text in KINDS], _tr("哪种图"))
        self.chart = Chart()
        self.notice = Notice()
        self._pages = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._build()
        self._say_nothing()

    def _build(self) -> None:
        self.views.chosen.connect(lambda key: self.show_view())
        self.kinds.chosen.connect(lambda key: self.draw())
        self.chart.opened.connect(self.cell_opened)
        self.chart.copied.connect(self.copied)
        self._pages.addWidget(self.notice)
        self._pages.addWidget(self._split)
        self._pages.addWidget(self.side)
        self.side.case_opened.connect(self.case_opened)
        divide(self._split, (self._chart_pane(), 320, 1))
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_M, theme.GAP_S)
        head.setSpacing(theme.GAP_M)
        head.addWidget(self._title, 1)
        self.views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self.views)
        self._copy = IconButton("copy", _tr("复制整张比较表（可以粘贴到 Word 和表格里）"), self, 20)
        self._copy.clicked.connect(self.copy_table)
        head.addWidget(self._copy)
        self._export = IconButton("file-text", _tr("导出这个比较：Word、Excel、PDF……（Ctrl+Shift+E）"), self, 20)
        self._export.clicked.connect(self.export_wanted)
        head.addWidget(self._export)
        column = column_of(self)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._notes)
        column.addWidget(self._pages, 1)
        self._notes.setContentsMargins(theme.GAP_L, theme.GAP_XS, theme.GAP_L, theme.GAP_XS)

    def _chart_pane(self) -> QWidget:
        pane = QWidget()
        pane.setMinimumHeight(120)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_M, 0)
        row.addWidget(self.kinds)
        row.addStretch(1)
        picture = IconButton("monitor", _tr("复制成图片"), pane, 20)
        picture.clicked.connect(self.chart.copy_picture)
        table = IconButton("table-2", _tr("复制这张图的数据"), pane, 20)
        table.clicked.connect(self.chart.copy)
        row.addWidget(picture)
        row.addWidget(table)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.chart)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(scroll, 1)
        return pane

    # ---- what the area says

    def show_sheet(self, sheet: Sheet, lines: Sequence[Line] = ()) -> None:
        """Show a comparison: its table with the first row chosen, and what the cases tell.

        ``lines`` are ``lines_of(sheet)``, best made where nobody waits.
        """
        at = self.table.lines_chosen()[0].row.names[0] if self.table and self.table.lines_chosen() else ""
        self.sheet = sheet
        self._title.setText(_tr("比较：{title}").format(title=sheet.title))
        self._notes.setText("；".join(sheet.notes))
        self._notes.setVisible(bool(sheet.notes))
        self._is_told = False
        self._take_table(FiguresView(sheet, lines or lines_of(sheet)))
        self.show_view()
        self._choose(at)

    def take_keywords(self, sheet: Sheet) -> None:
        """Take the comparison that is shown with its keywords, which come later."""
        if self.sheet is not None and self.sheet.rows is sheet.rows:
            self.sheet = sheet
            if self._is_told:
                self.side.show_sheet(sheet)

    def say(self, words: str, then: str) -> None:
        """Say why there is no comparison, and what to do."""
        self.sheet = None
        self._title.setText(_tr("比较"))
        self._notes.hide()
        self.notice.say("scale", words, then)
        self._pages.setCurrentWidget(self.notice)
        self._show_tools(False)

    def picks(self) -> Sequence[tuple[str, str, Sheet]]:
        """Return what of the comparison can be taken elsewhere as it is shown, the likeliest first.

        Each is a word for it, what it is called, and a comparison of these rows and the columns in sight, in the order
        in which they stand: several chosen rows, all of them, those that more than one column has, one chosen row.
        """
        if self.sheet is None or self.table is None:
            return ()
        chosen, shown = self.table.rows_in_sight(True), self.table.rows_in_sight(False)
        columns = self.table.columns_in_sight()
        shared = [at for at in shown if self.sheet.rows[at].is_shared]
        several = ("chosen", _tr("选中的 {n} 行"), chosen)
        told = [
            *([several] if len(chosen) > 1 else []),
            ("shown", _tr("全部 {n} 行"), shown),
            *([("shared", _tr("几处都有的 {n} 行"), shared)] if 0 < len(shared) < len(shown) else []),
            *([several] if len(chosen) == 1 else []),
        ]
        return [(word, said.format(n=len(rows)), self.sheet.picked(rows, columns)) for word, said, rows in told]

    def copy_table(self) -> None:
        """Put the whole comparison on the clipboard."""
        if self.table is not None:
            self.table.clearSelection()
            self.table.copy()

    def copy(self) -> None:
        """Copy what has the focus, else the table."""
        if self.chart.hasFocus():
            self.chart.copy()
        elif self.table is not None:
            self.table.copy()

    # ---- inside

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = self.table if self.views.choice() == "figures" else self.side
        if shown is not None:
            shown.setFocus(event.reason())

    def _say_nothing(self) -> None:
        self.say(
            _tr("还没有比较什么"),
            _tr("在列表里选中两到八个案例，或选一个汇编、主题、地区，再按 Ctrl+M。"),
        )

    def _take_table(self, table: FiguresView) -> None:
        if self.table is not None:
            dismiss(self.table)
        self.table = table
        self._split.insertWidget(0, table)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([340, 320])
        table.chosen.connect(lambda line: self.draw())
        table.cell_opened.connect(self.cell_opened)
        table.join_wanted.connect(self.join_wanted)
        table.part_wanted.connect(self.part_wanted)
        table.copied.connect(lambda text: self.copied.emit())
        self.setTabOrder(table, self.kinds)

    def _choose(self, name: str) -> None:
        """Choose the row that was chosen before, else the first."""
        table = self.table
        if table is None or self.sheet is None:
            return
        model = table._records
        row = model.row_where(lambda line: name in line.row.names) if name else -1
        row = row if row >= 0 else model.row_where(lambda line: True)
        if row >= 0:
            table.choose(row, quiet=True)
        self.draw()

    def _show_tools(self, on: bool) -> None:
        for tool in (self.views, self._copy, self._export):
            tool.setVisible(on)

    def show_view(self) -> None:
        """Show what was chosen above: the figures, or what the cases tell."""
        if self.sheet is None:
            return
        self._show_tools(True)
        aside = self.views.choice() == "side"
        self._pages.setCurrentWidget(self.side if aside else self._split)
        if aside and not self._is_told:
            self._is_told = True
            self.side.show_sheet(self.sheet)

    def draw(self) -> None:
        """Draw the chosen row in the chosen manner."""
        chosen: list[Line] = self.table.lines_chosen() if self.table is not None else []
        kind = cast("Kind", self.kinds.choice())
        at = chosen[0].at if chosen else 0
        known = self.sheet is not None and self.sheet.rows and (chosen or kind == "heat")
        self.chart.show_row(self.sheet if known else None, at, kind)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_C, text)
