"""The list, the case and its figures beside one another: made when first wanted, for a start may show another page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gui.browse.case_list import CaseList
from gui.browse.detail import Detail
from gui.kit.basics import divide
from gui.shell.settings import Settings

LIST_WIDTH, DETAIL_WIDTH = 400, 640
DENSE_WIDTH, DETAIL_LEAST = 640, 480
LIST_SHARE = 0.42
"""Of a narrow window that the list takes at most, until a person divides it."""


class Browsing(QSplitter):
    """Three panes and how they share their room."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self._dense_width = 0
        self._divided = False
        self.list, self.detail = CaseList(), Detail()
        self.pane, self.metrics = self.detail.pane, self.detail.metrics
        divide(self, (self.list, LIST_WIDTH, 0), (self.detail, DETAIL_WIDTH, 1))
        for pane, least in ((self.list, 260), (self.pane, 300), (self.metrics, 300)):
            pane.setMinimumSize(least, 96)
        self._restore()

    def panes(self) -> list[QWidget]:
        """In the order in which the focus goes through them."""
        return [self.list, self.pane, self.metrics]

    def set_dense(self, dense: bool) -> None:
        """One line a case with columns, or two lines."""
        self.list.set_dense(dense)
        self.keep_list()

    def show_figures(self, wanted: bool) -> None:
        """Show the figures under the case, or leave their room to it."""
        self.detail.show_figures(wanted)

    def keep_list(self) -> None:
        """Remember how the list looks, and give it the room that it wants now."""
        self._make_room_for_columns()
        self._settings.keep("list/dense", self.list.is_dense())
        self._settings.keep("tables/list", self.list.table.look())

    def keep(self) -> None:
        """Remember how the room is shared."""
        self._settings.keep("window/browse", self.saveState())
        if not self.detail.is_low():
            self._settings.keep("window/detail", self.detail.saveState())

    def _restore(self) -> None:
        settings = self._settings
        self.list.table.restore_look(settings.text("tables/list"))
        self.list.set_dense(settings.flag("list/dense", False))
        self.metrics.restore(settings.text("tables/figures"))
        self.metrics.look_changed.connect(lambda: settings.keep("tables/figures", self.metrics.state()))
        self._divided = self.restoreState(settings.bytes("window/browse"))
        self.splitterMoved.connect(self._say_divided)
        self.detail.restore(settings.bytes("window/detail"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the case more room than the list in a narrow window."""
        super().resizeEvent(event)
        if not self._divided and not self.list.is_dense():
            wanted = min(LIST_WIDTH, round(self.width() * LIST_SHARE))
            self.setSizes([wanted, self.width() - wanted])

    def _say_divided(self) -> None:
        self._divided = True

    def _make_room_for_columns(self) -> None:
        """A list with columns wants more width than one with lines, as far as the case can spare it."""
        dense, here, whole = self.list.is_dense(), self.list.width(), self.width()
        wanted = min(DENSE_WIDTH, whole - DETAIL_LEAST) if dense else LIST_WIDTH
        if self.detail.isVisible() and ((dense and here < wanted) or (not dense and here == self._dense_width)):
            self.setSizes([wanted, whole - wanted])
        self._dense_width = wanted if dense else 0
