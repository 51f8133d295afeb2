"""How the panes and pages share the window: the head, the columns, and what of it is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QWidget

from gui import theme
from gui.kit.basics import BusyBar, IconButton, Line, column_of, divide
from gui.shell.settings import Settings

if TYPE_CHECKING:
    from gui.browse.panes import Browsing
    from gui.browse.views import Views

SIDE_WIDTH, PAGE_WIDTH = 256, 1040
NARROW = 860
"""Below this width there is room for two columns only (200 % on a screen of 1366 × 768 leaves 683)."""

LOW = 420
"""Below this height the left pane keeps its room for the tree, and a page that stands alone takes the search's."""


class Frame(QWidget):
    """The search above, the tree at the left, and one page beside it."""

    arranged = Signal()
    """Other panes are shown than before."""
    export_wanted = Signal()
    """The button of the head that exports was pressed."""

    def __init__(self, pages: QStackedWidget, busy: BusyBar, settings: Settings) -> None:
        super().__init__()
        self._settings, self._pages, self._busy = settings, pages, busy
        self.wants_side, self.wants_detail, self.wants_figures = True, True, True
        self._side_first = self._alone = self._has_case = self._filled = False
        self._columns = QSplitter()
        self._side, self._head, self._export = QFrame(), QFrame(), QPushButton()
        self._export.setEnabled(False)

    def lay_out(self, views: Views) -> None:
        """Put the search into its place, and keep the places of what a later ``fill`` puts there."""
        self._views = views
        _ground(self._side, "window")
        divide(self._columns, (self._side, SIDE_WIDTH, 0), (self._pages, PAGE_WIDTH, 1))
        self._side.setMinimumSize(200, 96)
        column = column_of(self, self._make_head(), self._busy, Line(), self._columns)
        column.setStretch(3, 1)

    def fill_side(self) -> None:
        """Put tree, selections and sources into their places."""
        views, settings = self._views, self._settings
        column = column_of(self._side, views.tree, Line(), views.selections, Line(), views.sources)
        column.setStretch(0, 1)
        views.tree.segments.choose(settings.text("tree/by", "place"))
        views.sources.set_folded(settings.flag("side/sources_folded", True))
        views.selections.give_way(self.height() >= LOW)

    def fill(self) -> None:
        """Put the filters into their places; from now on all of the views are there."""
        views = self._views
        views.search.show_history(self._settings.texts("search/history"))
        self._head.layout().addWidget(views.chips)  # type: ignore[union-attr]
        views.sheet.setParent(self)
        views.panes_made.connect(self._take_panes)
        QApplication.instance().focusChanged.connect(self._leave_sheet)  # type: ignore[union-attr]
        self._filled = True

    def _make_head(self) -> QWidget:
        _ground(self._head, "surface")
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 16, 8)
        fold = IconButton("panel-left", self.tr("显示或收起目录（F9）"), self._head, 20)
        fold.clicked.connect(lambda: self.show_side(not self.shows_side()))
        row.setSpacing(8)
        row.addWidget(fold)
        row.addWidget(self._views.search, 1)
        self._export.setText(self.tr("导出"))
        self._export.setAccessibleName(self.tr("导出"))
        self._export.setToolTip(self.tr("导出为 Word、Excel、PDF……（Ctrl+Shift+E）"))
        self._export.clicked.connect(lambda: self.export_wanted.emit())
        theme.set_icon(self._export, "file-text", sizes=(16,))
        row.addWidget(self._export)
        column = column_of(self._head)
        column.addLayout(row)
        return self._head

    def has_library(self, has: bool) -> None:
        """Whether there is something to export."""
        self._export.setEnabled(has)

    def put_bar(self, bar: QWidget) -> None:
        """Put a bar over the panes, under the search."""
        bar.setProperty("ground", "raised")
        bar.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self.layout().insertWidget(3, bar)  # type: ignore[union-attr]

    def _take_panes(self, panes: Browsing) -> None:
        panes.list.look_changed.connect(self._keep_list)
        self._fit()
        self._fit_figures()

    # ---- which panes are shown

    def shows_side(self) -> bool:
        """Whether the left pane is shown now, or would be beside another page."""
        return self._side_first if self.is_narrow() else self.wants_side

    def show_side(self, on: bool) -> None:
        """Show the left pane or fold it; a narrow window shows it in the place of the detail."""
        if self.is_narrow():
            self._side_first = on
        else:
            self.wants_side = on
        self._fit()

    def show_detail(self, on: bool) -> None:
        """Show the case's own column or leave its room to the list."""
        self.wants_detail = on
        self._fit()

    def show_figures(self, on: bool) -> None:
        """Show the figures under a case, or leave their room to it."""
        self.wants_figures = on
        self._fit_figures()

    def show_dense(self, on: bool) -> None:
        """Show one line a case with columns, or two lines."""
        self._views.panes.set_dense(on)

    def is_dense(self) -> bool:
        """Whether the list shows one line a case."""
        return self._views.list.is_dense() if self._views.has_panes() else self._settings.flag("list/dense", False)

    def make_room_for_case(self) -> None:
        """A narrow window shows the detail in the place of the left pane."""
        if self._side_first and self.is_narrow():
            self.show_side(False)

    def stand_alone(self, alone: bool) -> None:
        """The page that is shown takes the place of the left pane too, or gives it back."""
        self._alone = alone
        self._fit()

    def has_case(self, has: bool) -> None:
        """The figures stand under a case that is shown."""
        self._has_case = has
        self._fit_figures()

    def is_narrow(self) -> bool:
        """Whether there is room for two columns only."""
        return self.width() < NARROW

    def _fit(self) -> None:
        """All three columns where there is room for them, two in a narrow window."""
        self._export.setText("" if self.is_narrow() else self.tr("导出"))
        side = self.shows_side()
        self._side.setVisible(side and not self._alone)
        self._head.setVisible(not self._alone or self.height() >= LOW)
        if self._views.has_panes():
            self._views.panes.detail.setVisible(self.wants_detail and not (self.is_narrow() and side))
        self.arranged.emit()

    def _fit_figures(self) -> None:
        if self._views.has_panes():
            self._views.panes.show_figures(self._has_case and self.wants_figures)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for, and keep the filter beside the list."""
        super().resizeEvent(event)
        self._fit()
        if self._filled:
            self._views.selections.give_way(self.height() >= LOW)
            if self._views.sheet.isVisible():
                self._place_sheet()

    # ---- the focus

    def next_pane(self) -> None:
        """Put the focus into the next pane that is in sight."""
        self._step_pane(1)

    def previous_pane(self) -> None:
        """Put the focus into the pane before."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        panes = [pane for pane in self.focus_order() if pane.isVisible()]
        focused = QApplication.focusWidget()
        holds = (i for i, p in enumerate(panes) if focused is not None and (p is focused or p.isAncestorOf(focused)))
        panes[(next(holds, -1) + step) % len(panes)].setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def focus_order(self) -> Sequence[QWidget]:
        """Return the panes in the order in which the focus goes through them."""
        page = self._pages.currentWidget()
        inside = self._views.panes.panes() if self._views.is_browsing() else [page] if page is not None else []
        return [self._views.search, self._views.tree, *inside]

    def copy(self) -> None:
        """Copy from the pane that has the focus, else from the list."""
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if callable(copy := getattr(widget, "copy", None)):
                copy()
                return
            widget = widget.parentWidget()
        self._views.list.copy()

    def select_all(self) -> None:
        """Select all in the pane that has the focus, else in the list."""
        select = getattr(QApplication.focusWidget(), "selectAll", None)
        (select if callable(select) else self._views.list.table.selectAll)()

    # ---- the sheet of filters

    def to_search(self) -> None:
        """Go to the search box, also where a page that stands alone had taken its room."""
        self._head.show()
        self._views.search.focus()

    def show_filters(self) -> None:
        """Open the sheet of filters, or close it."""
        if self._views.sheet.isVisible():
            self._views.sheet.close_sheet()
        else:
            self._views.sheet.open()
            self._place_sheet()

    def _place_sheet(self) -> None:
        """Beside the list, so that its hits stay in sight; no higher than the window."""
        sheet, room = self._views.sheet, self.rect()
        sheet.fit(room.height() - self._head.height() - 16)
        x = self._side.width()
        if self._views.is_browsing():
            x = self._views.list.mapTo(self, QPoint(self._views.list.width(), 0)).x()
        sheet.move(min(x + 8, max(0, room.width() - sheet.width() - 8)), self._head.height() + 8)

    def _leave_sheet(self, old: QWidget | None, new: QWidget | None) -> None:
        """The sheet closes when the work goes on elsewhere in the window."""
        sheet, search = self._views.sheet, self._views.search
        stays = new is None or sheet is new or sheet.isAncestorOf(new) or search.isAncestorOf(new)
        if sheet.isVisible() and not stays and new is not None and self.isAncestorOf(new):
            sheet.hide()

    # ---- remembering

    def restore(self) -> None:
        """Arrange the panes as a person left them."""
        settings = self._settings
        self._columns.restoreState(settings.bytes("window/columns"))
        self.wants_side = settings.flag("window/show_side", True)
        self.wants_detail = settings.flag("window/show_detail", True)
        self.wants_figures = settings.flag("window/show_figures", True)
        self._fit()

    def keep(self) -> None:
        """Remember how the panes are arranged."""
        self._settings.keep("window/columns", self._columns.saveState())
        self._settings.keep("window/show_side", self.wants_side)
        self._settings.keep("window/show_detail", self.wants_detail)
        self._settings.keep("window/show_figures", self.wants_figures)
        if self._views.has_panes():
            self._views.panes.keep()
        if self._filled:
            self._settings.keep("side/sources_folded", self._views.sources.is_folded())

    def _keep_list(self) -> None:
        self._views.panes.keep_list()
        self.arranged.emit()


def _ground(widget: QFrame, role: str) -> None:
    """Give a widget its ground; a frame paints it by itself."""
    widget.setProperty("ground", role)
