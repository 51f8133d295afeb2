"""The main window: shows its frame first, fills it behind that, and joins what concerns more than one area."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMenu

from gui.areas import Areas
from gui.kit.plain import level
from gui.shell.faults import FaultLog
from gui.shell.settings import Settings

if TYPE_CHECKING:
    from core.folders import Folders
    from gui.browse.overview import Overview
    from gui.browse.panes import Browsing
    from gui.shell.menu_bar import MenuBar
    from gui.writing.scope import Scope

MENUS = ("文件(&F)", "编辑(&E)", "查看(&V)", "汇编(&S)", "核对(&R)", "比较(&C)", "帮助(&H)")
SIZE, LEAST = QSize(1280, 800), QSize(640, 360)
FRAME = QSize(16, 48)
"""What a window manager may put around the window."""
LATER = ("importing", "exporting", "comparing", "arranging")
"""The areas that are made in idle moments, so that the first key or click on each is quick."""
IDLE_MS, BETWEEN_MS = 700, 60
"""How long after the first list they are begun, and how long a person is left alone between two of them."""


class Window(Areas):
    """The window on one library at a time."""

    first_painted = Signal()
    another_wanted = Signal()
    """Another window on the same library is wanted."""
    closed = Signal()

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog | None = None) -> None:
        super().__init__(folders, settings, log)
        self._painted = self._closed = False
        self._behind = False
        """Whether the library was changed while figures were checked, and the panes show it as it was before."""
        self._missing: list[Callable[[], object]] = [
            lambda: self.views.tree,
            self.frame.fill_side,
            self.frame.fill,
            lambda: (self.look, self.reviewer, self.exchange, self.helping, self.watch),
            lambda: self.browse,
            lambda: self.doubting,  # behind the list, which is asked for first
            lambda: self.menus,
            self._join,
        ]
        """What is still to be done before the window can be used as a whole."""
        self._turns = self._in_turns()
        self._turn = QTimer(self, interval=0)  # comes when nothing else waits, unlike a single shot without a delay
        self._turn.timeout.connect(self._take_turn)
        self._menus = [self.menuBar().addMenu(title) for title in MENUS]
        for menu in self._menus:
            menu.aboutToShow.connect(self.fill)
        self.views.search.filters_wanted.connect(self._show_filters)
        self.shell.library_coming.connect(self.fill)
        self.setAcceptDrops(True)
        self._restore()

    # ---- filling the frame

    def fill(self) -> None:
        """Do now what is still missing of what a person reads by: somebody presses a key, a library is there."""
        while self._missing:
            self._missing.pop(0)()

    def _in_turns(self) -> Iterator[None]:
        """Do behind the first paint what is still missing, in turns of a few hundredths of a second."""
        getattr(QtCore, "Qt")  # noqa: B009 - has PySide make the enums that all that follows names
        yield
        self.first_painted.emit()
        yield
        while self._missing:  # a key may have had all of it done between two turns
            self._missing.pop(0)()
            yield

    def _take_turn(self) -> None:
        if self._closed or next(self._turns, self) is self:
            self._turn.stop()

    def event(self, event: QEvent) -> bool:
        """Fill the window before the first key that may be one of its own is looked up, or files come over it."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self.fill()
        elif event.type() == QEvent.Type.DragEnter and not self.has("importing"):
            self.fill()
            self.importing.left.look()
            return QtCore.QCoreApplication.sendEvent(self, event)  # who takes it is there now, and watches the window
        return super().event(event)

    def _make_rest(self, names: Iterator[str]) -> None:
        """Make the areas that nobody asked for yet, one at a time."""
        name = next(names, "")
        if name and not self._closed:
            getattr(self, name)
            QTimer.singleShot(BETWEEN_MS, self, lambda: self._make_rest(names))

    def _make_menus(self) -> MenuBar:
        from gui import menus
        from gui.shell.menu_bar import MenuBar
        from gui.shortcuts import SHORTCUTS

        tables = (
            menus.file_menu(self, self.another_wanted.emit),
            menus.edit_menu(self, self.undo, self.redo),
            menus.view_menu(self),
            menus.selection_menu(self),
            menus.review_menu(self),
            menus.compare_menu(self),
            menus.help_menu(self),
        )
        keys = {shortcut.id: shortcut.keys for shortcut in SHORTCUTS}
        bar = MenuBar(self, list(zip(self._menus, tables, strict=True)), keys, self._holds, self._texts)
        bar.add_keys(menus.other_keys(self))
        bar.renew()
        return bar

    # ---- what the menus ask of the window

    def undo(self) -> None:
        """Take back the last change; on the desk the last one of its page."""
        if not (self.has("importing") and self.importing.undo()):
            self.browse.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not (self.has("importing") and self.importing.redo()):
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
            "several": self.browse.many_to_compare()[0] > 1,
            "cell": self.browse.has_cell(),
            "sheet": self.has("comparing") and self.comparing.has_sheet(),
            "selection": bool(self.browse.choosing.selection()),
            "undo": session is not None and bool(session.undo_text),
            "redo": session is not None and bool(session.redo_text),
        }

    def _scopes(self) -> list[Scope]:
        """What can be exported now, the likeliest first: the chosen cases, those that are listed, all."""
        from gui.writing.scope import Scope

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
        from core.library import Query
        from gui.writing.scope import Scope

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
        count, title = self.browse.many_to_compare()
        if count > 1:
            from core.writing.figure_text import grouped
        if count > 1 and title:
            called["compare"] = self.tr("比较「{title}」的 {n} 例").format(title=title, n=grouped(count))
        elif count > 1:
            called["compare"] = self.tr("比较选中的 {n} 例").format(n=grouped(count))
        if self.browse.choosing.selection():
            called["remove"] = self.tr("移出这个汇编")
        return called

    # ---- joining the areas

    def _join(self) -> None:
        """Join what is there with each other, and show what can be done now."""
        shell, browse, views = self.shell, self.browse, self.views
        shell.library_opened.connect(self._name_library)
        shell.library_opened.connect(lambda: self.frame.has_library(True))
        shell.library_closing.connect(lambda: self.frame.has_library(False))
        shell.library_changed.connect(self._renew)
        self.frame.arranged.connect(self.menus.renew)
        self.frame.export_wanted.connect(lambda: self.exporting.export())
        browse.menu_wanted.connect(self._open_list_menu)
        for view, name in ((views.sources.view, "tidy_source"), (views.tree.view, "compare")):
            view.addAction(self.menus.actions[name])
            view.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.ActionsContextMenu)
        views.panes_made.connect(self._offer_quoting)
        views.overview_made.connect(self._offer_comparing)
        views.selections.arrange_wanted.connect(lambda selection: self.arranging.show(selection))
        views.selections.export_wanted.connect(self._export_selection)
        whole = self.tr("整个案例库")
        self.status.differing_pressed.connect(lambda: self.doubting.show(None, whole, "conflicts"))
        shell.bar_made.connect(self.frame.put_bar)
        self._pages.currentChanged.connect(lambda at: self._arrange())
        if self.helping.greets:
            shell.library_opened.connect(self._welcome_soon, QtCore.Qt.ConnectionType.SingleShotConnection)
        browse.settled.connect(self._make_rest_soon, QtCore.Qt.ConnectionType.SingleShotConnection)

    def _make_rest_soon(self) -> None:
        """Look first what was left on the desk, since that is said in a bar; the rest when it is quiet."""
        names = iter(LATER)
        self.importing.left.look()
        QTimer.singleShot(IDLE_MS, self, lambda: self._make_rest(names))

    def _show_filters(self) -> None:
        self.fill()
        self.frame.show_filters()

    def _arrange(self) -> None:
        """The desk and the pages of checking stand alone; the panes show what was changed meanwhile."""
        checks = self._shows("reviewing") or self._shows("doubting")
        self.frame.stand_alone(self._shows("importing") or checks)
        if self._behind and self._shows("doubting"):
            self.doubting.renew()  # what was checked from there may be in doubt no more
        if self._behind and not checks and self.shell.session is not None:
            self._behind = False
            self.browse.renew()

    def _shows(self, area: str) -> bool:
        """Whether the page of an area is what is shown."""
        return self.has(area) and bool(getattr(self, area).is_shown())

    def _renew(self) -> None:
        """Show the library as it is now; what is out of sight while figures are checked is shown later."""
        if self._shows("reviewing"):
            self._behind = True
            self.reviewing.renew()
        elif self._shows("doubting"):
            self._behind = True
            self.doubting.renew()
            self.menus.renew()
        else:
            self.browse.renew()

    def _welcome_soon(self) -> None:
        """When the window has found its place."""
        self.browse.settled.connect(self._welcome, QtCore.Qt.ConnectionType.SingleShotConnection)

    def _welcome(self) -> None:
        """Say the first words on the overview; a start that shows another page makes it later."""
        if self.views.has_overview():
            self.helping.welcome()
        else:
            self.views.overview_made.connect(self.helping.welcome, QtCore.Qt.ConnectionType.SingleShotConnection)

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
        overview.heat.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.ActionsContextMenu)
        overview.heat.selectionModel().currentChanged.connect(lambda now, before: self.menus.renew())

    def _open_list_menu(self, at: QPoint) -> None:
        from gui.menus import LIST_MENU

        self.menus.menu_of(LIST_MENU).exec(at)

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
            self._turn.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep how the window looks, and let every part end its work before the window goes."""
        self._closed = True
        self._settings.keep("window/geometry", self.saveGeometry())
        self.frame.keep()
        if self.has("importing"):
            self.importing.close()
        if self.has("arranging"):
            self.arranging.commit()
        if self.has("exporting"):
            self.exporting.close()
        if self.has("helping"):
            self.helping.close()
        self.files.close()
        self._settings.write()
        super().closeEvent(event)
        self.closed.emit()
