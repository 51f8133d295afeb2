"""The areas of a window: each is made when it is first asked for, and joined with the rest then."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QStackedWidget

from gui.browse.views import Views
from gui.frame import Frame
from gui.kit.basics import BusyBar
from gui.shell.faults import FaultLog
from gui.shell.reports import Reports
from gui.shell.settings import Settings
from gui.shell.shell import Shell
from gui.shell.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.folders import Folders
    from gui.browse.browse import Browse
    from gui.compare.comparing import Comparing
    from gui.desk.importing import Importing
    from gui.exchange.exchange import Exchange
    from gui.help.helping import Helping
    from gui.library_files import LibraryFiles
    from gui.review.doubting import Doubting
    from gui.review.reviewing import Reviewing
    from gui.shell.look import Look
    from gui.shell.menu_bar import MenuBar
    from gui.shell.reviewer import Reviewer
    from gui.shell.watch import Watch
    from gui.writing.arranging import Arranging
    from gui.writing.exporting import Exporting
    from gui.writing.scope import Scope


class Areas(QMainWindow):
    """A window whose frame is there at once; what is behind it is made when it is asked for, or in idle moments."""

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog | None = None) -> None:
        super().__init__()
        self._folders, self._settings = folders, settings
        self._log = log or FaultLog(folders.logs)
        self._pages, busy = QStackedWidget(), BusyBar()
        self.status = Status(self.statusBar(), busy)
        self.reports = Reports(self, self._log)
        self.shell = Shell(self, self._pages, self.status, self.reports)
        self.views = Views(self.shell, settings)
        self.frame = Frame(self._pages, busy, settings)
        self.frame.lay_out(self.views)
        self.is_open_elsewhere: Callable[[Path], bool] = lambda path: False
        """Whether another window has that library open."""
        self.setCentralWidget(self.frame)

    def has(self, area: str) -> bool:
        """Whether an area was made already: one that was not shows nothing and has nothing to end."""
        return area in self.__dict__

    # ---- what reading needs

    @cached_property
    def menus(self) -> MenuBar:
        """The actions of the window, in its menus and with their keys."""
        return self._make_menus()

    @cached_property
    def look(self) -> Look:
        """Light or dark, and the size of what is read."""
        from gui.shell.look import Look

        return Look(self._settings)

    @cached_property
    def files(self) -> LibraryFiles:
        """Which library is open."""
        from gui.library_files import LibraryFiles

        files = LibraryFiles(self.shell, self.reports, self._folders, self._settings)
        files.is_open_elsewhere = lambda path: self.is_open_elsewhere(path)
        files.none_open.connect(lambda: self.browse.say_no_library())
        files.packet_given.connect(lambda path: self.exchange.offer(path))
        files.bar_made.connect(self.frame.put_bar)
        return files

    @cached_property
    def browse(self) -> Browse:
        """Search box, tree, list and case."""
        from gui.browse.browse import Browse

        shell, frame = self.shell, self.frame
        browse = Browse(shell, self.views, self._settings, self._folders.cache, self.status.say_figures)
        shell.library_opened.connect(browse.open_library)
        shell.library_closing.connect(browse.close_library)
        browse.changed.connect(lambda: self.menus.renew())
        browse.showing.shown.connect(lambda: frame.has_case(browse.showing.has_case()))
        browse.entered_case.connect(frame.make_room_for_case)
        browse.acted.connect(self._act)
        return browse

    @cached_property
    def reviewer(self) -> Reviewer:
        """Who decides at this computer."""
        from gui.shell.reviewer import Reviewer

        reviewer = Reviewer(self.shell, self._settings)
        reviewer.changed.connect(self.status.name_reviewer)
        self.status.reviewer_pressed.connect(reviewer.ask)
        self.status.name_reviewer(reviewer.text())
        return reviewer

    @cached_property
    def exchange(self) -> Exchange:
        """Packets to colleagues and from them."""
        from gui.exchange.exchange import Exchange

        exchange = Exchange(self.shell, self.reviewer)
        exchange.library_wanted.connect(self.files.open_any)
        exchange.case_wanted.connect(lambda num, figure: self.browse.showing.show_figure(num, figure))
        exchange.bar_made.connect(self.frame.put_bar)
        exchange.page_shown.connect(self.views.choose_none)
        return exchange

    @cached_property
    def helping(self) -> Helping:
        """Manual, keys, first words."""
        from gui.help.helping import Helping
        from gui.shortcuts import SHORTCUTS

        helping = Helping(self.shell, self._settings, self._log, SHORTCUTS)
        helping.overview_wanted.connect(lambda: self.browse.choosing.show_overview())
        helping.import_wanted.connect(lambda: self.importing.import_files())
        helping.welcome_made.connect(lambda panel: self.views.overview.show_on_top(panel))
        helping.bar_made.connect(self.frame.put_bar)
        return helping

    @cached_property
    def watch(self) -> Watch:
        """What looks whether others changed the library."""
        from gui.shell.watch import Watch

        return Watch(self, self.shell)

    # ---- what may never be asked for

    @cached_property
    def importing(self) -> Importing:
        """The desk, on which pages are put right before they come in."""
        from gui.desk.importing import Importing

        browse = self.browse
        importing = Importing(self.shell, browse.showing.source, self._settings)
        importing.desk_shown.connect(lambda: self.menus.renew())
        importing.cases_wanted.connect(browse.choosing.show_cases)
        importing.library_wanted.connect(self._offer)
        importing.left.bar_made.connect(self.frame.put_bar)
        browse.settled.connect(importing.left.look)
        return importing

    @cached_property
    def reviewing(self) -> Reviewing:
        """Checking figure after figure, case after case."""
        from gui.review.reviewing import Reviewing

        reviewing = Reviewing(self.shell, self.reviewer)
        reviewing.came_or_left.connect(lambda: self.menus.renew())
        reviewing.decided.connect(lambda: self.menus.renew())
        return reviewing

    @cached_property
    def doubting(self) -> Doubting:
        """What a person should look at, and where people differ."""
        from gui.review.doubting import Doubting

        doubting = Doubting(self.shell, self.reviewer, self.reviewing)
        doubting.counted.connect(self.status.say_differing)
        if self.shell.session is not None:
            doubting.count()
        return doubting

    @cached_property
    def comparing(self) -> Comparing:
        """Cases side by side."""
        from gui.compare.comparing import Comparing

        comparing = Comparing(self.shell, self._folders.cache)
        comparing.export_wanted.connect(lambda: self.exporting.export())
        comparing.case_wanted.connect(self.browse.showing.show_figure)
        comparing.shown.connect(lambda: self.menus.renew())
        comparing.bar_made.connect(self.frame.put_bar)
        return comparing

    @cached_property
    def exporting(self) -> Exporting:
        """Cases and comparisons as files, and sheets that come back."""
        from gui.writing.exporting import Exporting
        from gui.writing.scope import SheetScope

        exporting = Exporting(self.shell, self._settings, self._scopes, self._folders.cache)
        exporting.sheets = lambda: (
            [SheetScope(*pick) for pick in self.comparing.picks()] if self.has("comparing") else []
        )
        exporting.bar_made.connect(self.frame.put_bar)
        return exporting

    @cached_property
    def arranging(self) -> Arranging:
        """What is written of a 汇编."""
        from gui.writing.arranging import Arranging

        arranging = Arranging(self.shell)
        arranging.case_wanted.connect(self.browse.showing.show_case)
        arranging.cases_wanted.connect(self.browse.choosing.show_all)
        arranging.shown.connect(lambda: self.menus.renew())
        return arranging

    # ---- what only the whole window knows

    def _make_menus(self) -> MenuBar:
        raise NotImplementedError

    def _scopes(self) -> list[Scope]:
        """What can be exported now, the likeliest first."""
        raise NotImplementedError

    def _offer(self, path: Path) -> None:
        """A library or a packet was dropped: it can be opened, or taken into the one that is open."""
        session = self.shell.session
        if session is None or session.path == path:
            self.files.offer(path)
        else:
            self.exchange.offer(path)

    def _act(self, act: str) -> None:
        """Do what the button of a notice says that is no business of the list."""
        if act == "default":
            self.files.open_default()
        elif act == "import":
            self.importing.import_files()
