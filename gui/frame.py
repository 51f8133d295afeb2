"""The frame of the window: where the panes stand, the menus, the look, and what of it is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.browse.case_tree import CaseTree
from gui.browse.filters import Chips, FilterSheet
from gui.browse.search_bar import SearchBar
from gui.browse.selections import Selections
from gui.browse.sources import Sources
from gui.kit.widgets import BusyBar, ElidedLabel, IconButton, Line, divide
from gui.menus import LINE, MENUS, OTHER_KEYS, Entry
from gui.shell.settings import Settings
from gui.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from gui.browse.case_list import CaseList
    from gui.browse.case_pane import CasePane
    from gui.browse.metrics_table import MetricsTable
    from gui.browse.panes import Browsing

KEYS = {shortcut.id: shortcut.keys for shortcut in SHORTCUTS}
SIDE_WIDTH, PAGE_WIDTH = 256, 1040
USUAL_TEXT = 16
SAID_MS = 8000
LEAST = QSize(640, 360)
NARROW = 860
"""Below this width there is room for two columns only (200 % on a screen of 1366 × 768 leaves 683)."""
PANES = ("show_side", "show_detail", "show_figures")


class Frame(QMainWindow):
    """Everything of the window that needs no library."""

    first_painted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._wants_side, self._side_first = True, False
        self._painted = False
        self._undressed: list[tuple[Any, str]] = []
        self._fillers: dict[str, Callable[[QMenu], None]] = {}
        self.setWindowTitle(self.tr("案览"))
        self._make_views()
        self._lay_out()
        QApplication.instance().focusChanged.connect(self._leave_sheet)  # type: ignore[union-attr]

    # ---- the menus

    def make_menus(self, doers: Sequence[object], fillers: dict[str, Callable[[QMenu], None]]) -> None:
        """Make the menus; each entry is done by the first of the doers that has a method of its name."""
        self._fillers = fillers
        for title, entries in MENUS:
            menu = self.menuBar().addMenu(QCoreApplication.translate("Menus", title))
            menu.aboutToShow.connect(self.enable_actions)
            menu.aboutToShow.connect(self._dress_actions)
            for entry in entries:
                self._add_entry(menu, entry, doers)
        for entry in OTHER_KEYS:
            self.addAction(self._action(entry, doers))

    def enable_actions(self) -> None:
        """Offer only what can be done now."""

    def _dress_actions(self) -> None:
        """Draw the icons of the menus when the first of them opens, not at the start."""
        while self._undressed:
            theme.set_icon(*self._undressed.pop())

    def _add_entry(self, menu: QMenu, entry: Entry, doers: Sequence[object]) -> None:
        if entry is LINE:
            menu.addSeparator()
        elif entry.opens:
            inner = menu.addMenu(QCoreApplication.translate("Menus", entry.text))
            self._undressed.append((inner, entry.icon))
            inner.setToolTipsVisible(True)
            inner.aboutToShow.connect(lambda: self._fillers[entry.do](inner))
        else:
            menu.addAction(self._action(entry, doers))

    def _action(self, entry: Entry, doers: Sequence[object]) -> QAction:
        action = self._actions[entry.do] = QAction(QCoreApplication.translate("Menus", entry.text), self)
        action.setShortcuts([QKeySequence(keys) for keys in KEYS.get(entry.do, ())])
        action.setCheckable(entry.checkable)
        action.setChecked(entry.do in PANES)
        if entry.icon and not entry.checkable:
            self._undressed.append((action, entry.icon))
        if entry.group:
            if entry.group not in self._groups:
                self._groups[entry.group] = QActionGroup(self)
            self._groups[entry.group].addAction(action)
        slot = next(getattr(doer, entry.do) for doer in doers if hasattr(doer, entry.do))
        action.triggered.connect(lambda on=False: slot())
        return action

    # ---- where the panes stand

    def _make_views(self) -> None:
        self.search, self.chips = SearchBar(), Chips()
        self.tree, self.selections, self.sources = CaseTree(), Selections(), Sources()
        self._browsing: Browsing | None = None
        self.busy = BusyBar()
        self._status, self._library_name, self._busy_text = ElidedLabel(), QLabel(), QLabel()
        self._figures = ""
        self._alone = False
        self._saying = QTimer(self, singleShot=True, interval=SAID_MS)
        self._saying.timeout.connect(self.say_figures)
        self.overview: Any = None
        self.mechanisms: Any = None

    def _lay_out(self) -> None:
        self._make_columns()
        centre = QWidget()
        column = _column(centre, self._make_head(), self.busy, Line(), self._columns)
        column.setStretch(3, 1)
        self.setCentralWidget(centre)
        self.sheet = FilterSheet(centre)
        self._make_status()
        self.setMinimumSize(LEAST)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        self.search.box.setFocus()

    def _make_columns(self) -> None:
        self.pages = QStackedWidget()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        divide(self._columns, (self._make_side(), SIDE_WIDTH, 0), (self.pages, PAGE_WIDTH, 1))
        self._side.setMinimumSize(200, 96)

    def _make_head(self) -> QWidget:
        self._head = QWidget()
        _ground(self._head, "surface")
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 16, 8)
        fold = IconButton("panel-left", self.tr("显示或收起目录（F9）"), self._head, 20)
        fold.clicked.connect(lambda: self._actions["show_side"].trigger())
        row.setSpacing(8)
        row.addWidget(fold)
        row.addWidget(self.search, 1)
        column = _column(self._head)
        column.addLayout(row)
        column.addWidget(self.chips)
        return self._head

    def _make_side(self) -> QWidget:
        self._side = QWidget()
        _ground(self._side, "window")
        column = _column(self._side, self.tree, Line(), self.selections, Line(), self.sources)
        column.setStretch(0, 1)
        return self._side

    def _make_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        self._busy_text.hide()
        bar.addWidget(self._status, 1)
        bar.addPermanentWidget(self._busy_text)
        bar.addPermanentWidget(self._library_name)

    def put_bar(self, bar: QWidget) -> None:
        """Put a bar over the panes, under the search."""
        _ground(bar, "raised")
        self.centralWidget().layout().insertWidget(3, bar)  # type: ignore[union-attr]

    def make_browsing(self) -> Browsing:
        """The list, the case and its figures, made now unless they were before."""
        if self._browsing is None:
            from gui.browse.panes import Browsing

            self._browsing = Browsing(self._settings)
            self.pages.addWidget(self._browsing)
            self._fit_columns()
            self.show_figures()
            self.join_browsing(self._browsing)
        return self._browsing

    @property
    def browsing(self) -> Browsing:
        """The list, the case and its figures; made when first wanted."""
        return self.make_browsing()

    @property
    def list(self) -> CaseList:
        return self.browsing.list

    @property
    def pane(self) -> CasePane:
        return self.browsing.pane

    @property
    def metrics(self) -> MetricsTable:
        return self.browsing.metrics

    def join_browsing(self, browsing: Browsing) -> None:
        """Join the panes with the rest, now that they are there."""

    def show_browsing(self) -> None:
        """Tree, list and detail, in the place of a page of its own."""
        self.pages.setCurrentWidget(self.browsing)

    def is_browsing(self) -> bool:
        return self._browsing is not None and self.pages.currentWidget() is self._browsing

    # ---- what the view menu does

    def dense(self) -> None:
        self.browsing.set_dense(self._actions["dense"].isChecked())

    def show_side(self) -> None:
        """Show the left pane or fold it; a narrow window shows it in the place of the detail."""
        if self._is_narrow():
            self._side_first = not self._side_first
        else:
            self._wants_side = self._actions["show_side"].isChecked()
        self._fit_columns()

    def show_detail(self) -> None:
        """Show the case's own column or leave its room to the list."""
        self._fit_columns()

    def leave_alone(self, alone: bool) -> None:
        """The page that is shown takes the place of the left pane too, or gives it back."""
        self._alone = alone
        self._fit_columns()

    def _is_narrow(self) -> bool:
        return self.width() < NARROW

    def _fit_columns(self) -> None:
        """All three columns where there is room for them, two in a narrow window."""
        narrow = self._is_narrow()
        side = self._side_first if narrow else self._wants_side
        self._side.setVisible(side and not self._alone)
        if self._browsing is not None:
            self._browsing.detail.setVisible(self._actions["show_detail"].isChecked() and not (narrow and side))
        self._actions["show_side"].setChecked(side)

    def show_figures(self) -> None:
        """The figures stand under a case that is shown, if a person wants them."""
        if self._browsing is not None:
            self._browsing.show_figures(self.has_case() and self._actions["show_figures"].isChecked())

    def has_case(self) -> bool:
        """Whether the detail pane shows a case."""
        return False

    def scheme_light(self) -> None:
        self._dress("light")

    def scheme_dark(self) -> None:
        self._dress("dark")

    def scheme_system(self) -> None:
        self._dress("system")

    def _dress(self, scheme: theme.Choice) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._settings.keep("look/scheme", scheme)

    def text_larger(self) -> None:
        self._resize_text(theme.reading_size() + 1)

    def text_smaller(self) -> None:
        self._resize_text(theme.reading_size() - 1)

    def text_usual(self) -> None:
        self._resize_text(USUAL_TEXT)

    def _resize_text(self, pixels: int) -> None:
        theme.set_reading_size(pixels)
        self._settings.keep("look/reading", theme.reading_size())

    def next_pane(self) -> None:
        self._step_pane(1)

    def previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        """Put the focus into the next pane that is in sight."""
        panes = [pane for pane in self._focus_order() if pane.isVisible()]
        focused = QApplication.focusWidget()
        at = next(
            (i for i, p in enumerate(panes) if focused is not None and (p is focused or p.isAncestorOf(focused))), -1
        )
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_order(self) -> Sequence[QWidget]:
        page = self.pages.currentWidget()
        inside = self.browsing.panes() if self.is_browsing() else [page] if page is not None else []
        return [self.search, self.tree, *inside]

    # ---- the sheet of filters

    def find(self) -> None:
        self.search.focus()

    def filter(self) -> None:
        """Open the sheet of filters, or close it."""
        if self.sheet.isVisible():
            self.sheet.close_sheet()
        else:
            self.sheet.open()
            self._place_sheet()

    def _place_sheet(self) -> None:
        """Beside the list, so that its hits stay in sight; no higher than the window."""
        room = self.centralWidget().rect()
        self.sheet.fit(room.height() - self._head.height() - 16)
        x = self._side.width()
        if self.is_browsing():
            x = self.list.mapTo(self.centralWidget(), QPoint(self.list.width(), 0)).x()
        self.sheet.move(min(x + 8, max(0, room.width() - self.sheet.width() - 8)), self._head.height() + 8)

    def _leave_sheet(self, old: QWidget | None, new: QWidget | None) -> None:
        """The sheet closes when the work goes on elsewhere in the window."""
        stays = new is None or self.sheet is new or self.sheet.isAncestorOf(new) or self.search.isAncestorOf(new)
        if self.sheet.isVisible() and not stays and new is not None and self.isAncestorOf(new):
            self.sheet.hide()

    # ---- saying

    def say(self, text: str) -> None:
        """Say something for a while in the status line, in the place of the figures."""
        self._status.setText(text)
        self._saying.start()

    def said(self) -> str:
        """What the status line says now."""
        return self._status.text()

    def say_figures(self, text: str = "") -> None:
        """Say what is in the library; without a text what was said last."""
        self._figures = text or self._figures
        if not text or not self._saying.isActive():
            self._saying.stop()
            self._status.setText(self._figures)

    def say_busy(self, text: str, share: float = 0.3) -> None:
        self.busy.show_share(share)
        self._busy_text.setText(text)
        self._busy_text.show()

    def say_idle(self) -> None:
        self.busy.show_share(None)
        self._busy_text.hide()

    # ---- remembering

    def restore_look(self) -> None:
        """As a person left it; call this when the menus are there."""
        settings = self._settings
        self.search.show_history(settings.texts("search/history"))
        self.tree.segments.choose(settings.text("tree/by", "place"))
        theme.set_reading_size(settings.number("look/reading", USUAL_TEXT))
        self._actions[f"scheme_{theme.choice()}"].setChecked(True)
        self._actions["dense"].setChecked(settings.flag("list/dense", False))
        self._restore_panes()

    def _restore_panes(self) -> None:
        settings = self._settings
        self.sources.set_folded(settings.flag("side/sources_folded", True))
        self.restoreGeometry(settings.bytes("window/geometry"))
        self._columns.restoreState(settings.bytes("window/columns"))
        self._wants_side = settings.flag("window/show_side", True)
        for do in ("show_detail", "show_figures"):
            self._actions[do].setChecked(settings.flag(f"window/{do}", True))
        self._fit_columns()
        self.show_figures()

    def _keep_list(self) -> None:
        self._actions["dense"].setChecked(self.list.is_dense())
        self.browsing.keep_list()

    def keep_look(self) -> None:
        """Remember how the window looks now."""
        self._settings.keep("window/geometry", self.saveGeometry())
        self._settings.keep("window/columns", self._columns.saveState())
        self._settings.keep("window/show_side", self._wants_side)
        for do in ("show_detail", "show_figures"):
            self._settings.keep(f"window/{do}", self._actions[do].isChecked())
        if self._browsing is not None:
            self._browsing.keep()
        self._settings.keep("side/sources_folded", self.sources.is_folded())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._actions:
            self._fit_columns()
        if self.sheet.isVisible():
            self._place_sheet()

    # ---- what the focus decides

    def copy(self) -> None:
        """Copy from the pane that has the focus."""
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if callable(getattr(widget, "copy", None)):
                widget.copy()  # type: ignore[attr-defined]
                return
            widget = widget.parentWidget()
        self.list.copy()

    def select_all(self) -> None:
        widget = QApplication.focusWidget()
        (widget if callable(getattr(widget, "selectAll", None)) else self.list.table).selectAll()  # type: ignore[union-attr]


def _column(parent: QWidget, *widgets: QWidget) -> QVBoxLayout:
    out = QVBoxLayout(parent)
    out.setContentsMargins(0, 0, 0, 0)
    out.setSpacing(0)
    for widget in widgets:
        out.addWidget(widget)
    return out


def _ground(widget: QWidget, role: str) -> None:
    widget.setProperty("ground", role)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
