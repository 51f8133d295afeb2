"""The main window: puts frame, areas and menus together, and joins what concerns more than one area."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from core.folders import Folders
from core.library import Query
from core.writing.figure_text import grouped
from gui import menus
from gui.browse.browse import Browse
from gui.browse.views import Views
from gui.compare.comparing import Comparing
from gui.desk.importing import Importing
from gui.exchange.exchange import Exchange
from gui.frame import Frame
from gui.help.helping import Helping
from gui.kit.plain import level
from gui.kit.widgets import BusyBar
from gui.library_files import LibraryFiles
from gui.review.doubting import Doubting
from gui.review.reviewing import Reviewing
from gui.shell.faults import FaultLog
from gui.shell.look import Look
from gui.shell.menu_bar import MenuBar
from gui.shell.reports import Reports
from gui.shell.reviewer import Reviewer
from gui.shell.settings import Settings
from gui.shell.shell import Shell
from gui.shell.status import Status
from gui.shell.watch import Watch
from gui.shortcuts import SHORTCUTS
from gui.writing.arranging import Arranging
from gui.writing.exporting import Exporting
from gui.writing.scope import Scope, SheetScope

if TYPE_CHECKING:
    from pathlib import Path

    from gui.browse.overview import Overview
    from gui.browse.panes import Browsing

KEYS = {shortcut.id: shortcut.keys for shortcut in SHORTCUTS}
SIZE, LEAST = QSize(1280, 800), QSize(640, 360)
FRAME = QSize(16, 48)
"""What a window manager may put around the window."""


class Window(QMainWindow):
    """The window on one library at a time."""

    first_painted = Signal()
    another_wanted = Signal()
    """Another window on the same library is wanted."""
    closed = Signal()

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._painted = False
        log = log or FaultLog(folders.logs)
        pages, busy = QStackedWidget(), BusyBar()
        self.status = Status(self.statusBar(), busy)
        self.reports = Reports(self, log)
        self.shell = Shell(self, pages, self.status, self.reports)
        self.look = Look(settings)
        self.frame = Frame(pages, busy, settings)
        self.views = Views(self.shell, settings)
        self.frame.lay_out(self.views)
        self.setCentralWidget(self.frame)
        self.files = LibraryFiles(self.shell, self.reports, folders, settings)
        self.browse = Browse(self.shell, self.views, settings, folders.cache, self.status.say_figures)
        self.importing = Importing(self.shell, self.browse.showing.source, settings)
        self.reviewer = Reviewer(self.shell, settings)
        self.reviewing = Reviewing(self.shell, self.reviewer)
        self.doubting = Doubting(self.shell, self.reviewer, self.reviewing)
        self._behind = False
        """Whether the library was changed while figures were checked, and the panes show it as it was before."""
        self.comparing = Comparing(self.shell, folders.cache)
        self.exchange = Exchange(self.shell, self.reviewer)
        self.exporting = Exporting(self.shell, settings, self._scopes, folders.cache)
        self.arranging = Arranging(self.shell)
        self.exporting.sheets = lambda: [SheetScope(*pick) for pick in self.comparing.picks()]
        self.comparing.export_wanted.connect(self.exporting.export)
        self.helping = Helping(self.shell, settings, log, SHORTCUTS)
        self.watch = Watch(self, self.shell)
        self.menus = self._make_menus()
        self._connect(pages)
        self._restore()

    def _make_menus(self) -> MenuBar:
        table = (
            menus.file_menu(
                self.files,
                self.importing,
                self.exporting,
                menus.exchange_entries(self.browse, self.exchange),
                self.another_wanted.emit,
                self.close,
            ),
            menus.edit_menu(self.frame, self.browse, self.undo, self.redo),
            menus.view_menu(self.frame, self.browse, self.importing, self.look),
            menus.selection_menu(self.browse, self.arranging),
            menus.review_menu(self.browse, self.reviewing, self.doubting, self.reviewer),
            menus.compare_menu(self.browse, self.comparing),
            menus.help_menu(self.helping),
        )
        bar = MenuBar(self, table, KEYS, self._holds, self._texts)
        bar.add_keys(menus.other_keys(self.frame))
        return bar

    # ---- what the menus ask of the window

    def undo(self) -> None:
        """Take back the last change; on the desk the last one of its page."""
        if not self.importing.undo():
            self.browse.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self.importing.redo():
            self.browse.redo()

    def _holds(self) -> Mapping[str, bool]:
        """What is there for the entries that need it."""
        session = self.shell.session
        return {
            "library": session is not None,
            "writing": self.shell.can_write(),
            "cases": self.browse.has_chosen_cases(),
            "hits": self.browse.showing.has_hits(),
            "case": self.browse.showing.has_case(),
            "several": len(self.browse.to_compare()[0]) > 1,
            "cell": self.browse.has_cell(),
            "sheet": self.comparing.has_sheet(),
            "selection": bool(self.browse.choosing.selection()),
            "undo": session is not None and bool(session.undo_text),
            "redo": session is not None and bool(session.redo_text),
        }

    def _scopes(self) -> list[Scope]:
        """What can be exported now, the likeliest first: the chosen cases, those that are listed, all."""
        self.arranging.commit()
        arranged, asking = self.arranging.scope(), self.browse.asking
        scopes = [arranged] if arranged is not None else []
        if self.views.is_browsing():
            chosen, listed = self.views.list.chosen_nums(), list(self.views.list.model.nums)
            selection, own = self.browse.choosing.selection(), ""
            with suppress(KeyError):  # another window may have removed it
                own = self.shell.library.selections.title(selection) if selection else ""
            title = asking.scope.title if asking.scope.kind != "all" else ""
            of = partial(Scope, selection=selection)
            if len(chosen) > 1:
                scopes.append(of("chosen", self.tr("选中的"), title, chosen, own_title=own))
            scopes.append(of("listed", self.tr("列表里的"), title, listed, own_title=own))
            if len(chosen) == 1:
                scopes.append(of("chosen", self.tr("选中的"), "", chosen))
        total = self.shell.library.cases.count()
        return [*(s for s in scopes if s.nums), Scope("all", self.tr("整个案例库"), "", None, total)]

    def _export_selection(self, selection_id: str) -> None:
        """Export a selection from its menu, whatever is shown."""
        query, library = Query(selection=selection_id, order="rank"), self.shell.library
        names = {row.id: row.name for row in library.selections.rows()}
        if selection_id in names:
            name, nums = names[selection_id], library.search.find(query).nums
            words, own = self.tr("汇编「{name}」").format(name=name), library.selections.title(selection_id)
            scope = Scope("selection", words, name, nums, selection=selection_id, own_title=own)
            self.exporting.export([scope, *self._scopes()])

    def _texts(self) -> Mapping[str, str]:
        """What entries are called now: what undo would undo, from where a case would be taken."""
        session = self.shell.session
        texts = {"undo": session.undo_text, "redo": session.redo_text} if session is not None else {}
        words = {"undo": self.tr("撤销"), "redo": self.tr("重做")}
        called = {do: f"{words[do]}：{what}" for do, what in texts.items() if what}
        nums, title = self.browse.to_compare()
        if len(nums) > 1 and title:
            called["compare"] = self.tr("比较「{title}」的 {n} 例").format(title=title, n=grouped(len(nums)))
        elif len(nums) > 1:
            called["compare"] = self.tr("比较选中的 {n} 例").format(n=grouped(len(nums)))
        if self.browse.choosing.selection():
            called["remove"] = self.tr("移出这个汇编")
        return called

    # ---- joining the areas

    def _connect(self, pages: QStackedWidget) -> None:
        shell, browse, importing, helping = self.shell, self.browse, self.importing, self.helping
        shell.library_opened.connect(browse.open_library)
        shell.library_opened.connect(self._name_library)
        shell.library_opened.connect(lambda: self.frame.has_library(True))
        shell.library_closing.connect(lambda: self.frame.has_library(False))
        shell.library_changed.connect(self._renew)
        shell.library_closing.connect(browse.close_library)
        self.files.none_open.connect(browse.say_no_library)
        for signal in (browse.changed, self.frame.arranged, importing.desk_shown):
            signal.connect(self.menus.renew)
        browse.showing.shown.connect(lambda: self.frame.has_case(browse.showing.has_case()))
        browse.entered_case.connect(self.frame.make_room_for_case)
        browse.menu_wanted.connect(self._open_list_menu)
        browse.acted.connect(self._act)
        self.views.search.filters_wanted.connect(self.frame.show_filters)
        self.views.sources.view.addAction(self.menus.actions["tidy_source"])
        self.views.sources.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.views.panes_made.connect(self._offer_quoting)
        self.comparing.case_wanted.connect(browse.showing.show_figure)
        self.comparing.shown.connect(self.menus.renew)
        self.views.tree.view.addAction(self.menus.actions["compare"])
        self.views.tree.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.views.overview_made.connect(self._offer_comparing)
        importing.cases_wanted.connect(browse.choosing.show_cases)
        importing.left.bar_made.connect(self.frame.put_bar)
        browse.settled.connect(lambda: importing.left.look())
        importing.library_wanted.connect(self._offer)
        self.files.packet_given.connect(self.exchange.offer)
        self.exchange.library_wanted.connect(self.files.open_any)
        self.exchange.case_wanted.connect(browse.showing.show_figure)
        self.exchange.bar_made.connect(self.frame.put_bar)
        self.exchange.page_shown.connect(self.views.choose_none)
        pages.currentChanged.connect(lambda at: self._arrange())
        self.reviewing.came_or_left.connect(self.menus.renew)
        self.reviewing.decided.connect(self.menus.renew)
        self.doubting.counted.connect(self.status.say_differing)
        self.status.differing_pressed.connect(lambda: self.doubting.show(None, self.tr("整个案例库"), "conflicts"))
        self.reviewer.changed.connect(self.status.name_reviewer)
        self.status.reviewer_pressed.connect(self.reviewer.ask)
        self.status.name_reviewer(self.reviewer.text())
        helping.overview_wanted.connect(browse.choosing.show_overview)
        helping.import_wanted.connect(importing.import_files)
        helping.welcome_made.connect(lambda panel: self.views.overview.show_on_top(panel))
        helping.bar_made.connect(self.frame.put_bar)
        self.files.bar_made.connect(self.frame.put_bar)
        self.exporting.bar_made.connect(self.frame.put_bar)
        self.shell.bar_made.connect(self.frame.put_bar)
        self.arranging.case_wanted.connect(browse.showing.show_case)
        self.arranging.cases_wanted.connect(browse.choosing.show_all)
        self.arranging.shown.connect(self.menus.renew)
        self.views.selections.arrange_wanted.connect(self.arranging.show)
        self.views.selections.export_wanted.connect(self._export_selection)
        self.frame.export_wanted.connect(self.exporting.export)
        self.comparing.bar_made.connect(self.frame.put_bar)
        if helping.greets:
            shell.library_opened.connect(self._welcome_soon, Qt.ConnectionType.SingleShotConnection)

    def _offer(self, path: Path) -> None:
        """A library or a packet was dropped: it can be opened, or taken into the one that is open."""
        session = self.shell.session
        if session is None or session.path == path:
            self.files.offer(path)
        else:
            self.exchange.offer(path)

    def _arrange(self) -> None:
        """The desk and the pages of checking stand alone; the panes show what was changed meanwhile."""
        checks = self.reviewing.is_shown() or self.doubting.is_shown()
        self.frame.stand_alone(self.importing.is_shown() or checks)
        if self._behind and self.doubting.is_shown():
            self.doubting.renew()  # what was checked from there may be in doubt no more
        if self._behind and not checks and self.shell.session is not None:
            self._behind = False
            self.browse.renew()

    def _renew(self) -> None:
        """Show the library as it is now; what is out of sight while figures are checked is shown later."""
        if self.reviewing.is_shown():
            self._behind = True
            self.reviewing.renew()
        elif self.doubting.is_shown():
            self._behind = True
            self.doubting.renew()
            self.menus.renew()
        else:
            self.browse.renew()

    def _welcome_soon(self) -> None:
        """When the window has found its place."""
        self.browse.settled.connect(self._welcome, Qt.ConnectionType.SingleShotConnection)

    def _welcome(self) -> None:
        """Say the first words on the overview; a start that shows another page makes it later."""
        if self.views.has_overview():
            self.helping.welcome()
        else:
            self.views.overview_made.connect(self.helping.welcome, Qt.ConnectionType.SingleShotConnection)

    def _offer_quoting(self, panes: Browsing) -> None:
        """What is chosen in a case or its figures can be copied with its source by their own menus."""

        def add(menu: QMenu) -> None:
            menu.addSeparator()
            for name in ("copy_sentences", "copy_notes", "copy_figures"):
                menu.addAction(self.menus.actions[name])

        panes.pane.menu_made.connect(add)
        panes.metrics.menu_made.connect(add)

    def _offer_comparing(self, overview: Overview) -> None:
        """A cell of the map can be compared by its own menu."""
        overview.heat.addActions([self.menus.actions[name] for name in ("compare_cell", "compare_theme")])
        overview.heat.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        overview.heat.selectionModel().currentChanged.connect(lambda now, before: self.menus.renew())

    def _act(self, act: str) -> None:
        """Do what the button of a notice says that is no business of the list."""
        {"default": self.files.open_default, "import": self.importing.import_files}[act]()

    def _open_list_menu(self, at: QPoint) -> None:
        self.menus.menu_of(menus.LIST_MENU).exec(at)

    def _name_library(self) -> None:
        library = self.shell.library
        name = library.path.stem
        if library.read_only:
            name = self.tr("{name}（只读）").format(name=name)
        self.setWindowTitle(level(self.tr("{name} — 案览").format(name=name)))
        self.status.name_library(name, str(library.path))

    # ---- beginning and ending

    def _restore(self) -> None:
        """As a person left it."""
        self.setWindowTitle(self.tr("案览"))
        self.setMinimumSize(LEAST)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        self.frame.restore()
        self.restoreGeometry(self._settings.bytes("window/geometry"))
        self.menus.renew()
        self.views.search.box.setFocus()

    def appear(self) -> None:
        """Show the window as it was left; the first time on the whole screen where its own size finds no room."""
        room = self.screen().availableSize() - FRAME
        fits = SIZE.boundedTo(room) == SIZE
        if fits or self._settings.bytes("window/geometry"):
            self.show()
        else:
            self.showMaximized()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window has been painted, so that what can wait begins only then."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep how the window looks, and let every part end its work before the window goes."""
        self._settings.keep("window/geometry", self.saveGeometry())
        self.frame.keep()
        self.importing.close()
        self.arranging.commit()
        self.exporting.close()
        self.helping.close()
        self.files.close()
        self._settings.write()
        super().closeEvent(event)
        self.closed.emit()
