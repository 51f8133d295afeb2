"""What an area of the window may want of it: the open library, work in its thread, a page to show, words to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from core.library import Library
    from gui.shell.jobs import Job, Work
    from gui.shell.long import Doing, LongChange
    from gui.shell.reports import Reports
    from gui.shell.session import Session
    from gui.shell.status import Status


class Shell(QObject):
    """The window as its areas see it; they know nothing else of it, and nothing of each other."""

    library_coming = Signal()
    """A library is about to be taken: who is to hear of it must be there now."""
    library_opened = Signal()
    library_closing = Signal()
    library_changed = Signal()
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes: how far a change of very many cases is."""

    def __init__(self, window: QWidget, pages: QStackedWidget, status: Status, reports: Reports) -> None:
        super().__init__(window)
        self.window = window
        """What dialogs and menus belong to."""
        self._pages, self._status, self._reports = pages, status, reports
        self._session: Session | None = None

    # ---- the open library

    @property
    def session(self) -> Session | None:
        """The open library with its thread; None before the first was opened."""
        return self._session

    @property
    def library(self) -> Library:
        """The library that is open; RuntimeError when there is none."""
        if self._session is None:
            raise RuntimeError("no library is open")
        return self._session.library

    def can_write(self) -> bool:
        """Whether a library is open that may be changed."""
        return self._session is not None and not self._session.library.read_only

    def take(self, session: Session) -> None:
        """Go on with this library in the place of the one that is open."""
        self.library_coming.emit()
        self.close_library()
        self._session = session
        session.changed.connect(self.library_changed)
        self.library_opened.emit()

    def close_library(self) -> None:
        """Close what is open, after those who remember something of it were told."""
        if self._session is not None:
            self.library_closing.emit()
            self._session.close()
            self._session.deleteLater()
            self._session = None

    def begin(self, work: Work, kind: str = "", patient: bool = False) -> Job | None:
        """Let the library's thread work through a generator; None when no library is open."""
        if self._session is None:
            return None
        job = self._session.begin(work, kind, patient=patient)
        job.failed.connect(self.fail)
        return job

    def ask(self, find: Callable[[Library], Any], show: Callable[[Any], object], kind: str = "") -> None:
        """Let the library's thread work something out, then show it; of one ``kind`` only the latest is shown."""
        if self._session is not None:
            job = self._session.call(find, kind)
            job.stepped.connect(show)
            job.failed.connect(self.fail)

    def change(
        self, do: Callable[[Library], object], said: str = "", then: Callable[[Any], object] | None = None
    ) -> Job | None:
        """Let the library's thread change the library, then say so; ``{what}`` in ``said`` is what came of it.

        None when no library is open.
        """
        if self._session is None:
            return None
        job = self._session.change(do, self._telling(said, then))
        job.failed.connect(self.fail)
        return job

    def change_in_steps(
        self, do: Doing, total: int, head: str, said: str, then: Callable[[Any], object] | None = None
    ) -> LongChange | None:
        """As ``change``, of ``total`` cases in steps; ``head`` says what is going on. None when no library is open."""
        from gui.shell.long import LongChange

        if self._session is None:
            return None
        change = LongChange(self._session, self._status, self.bar_made.emit, do, total, head)
        change.ended.connect(self._telling(said, then))
        change.failed.connect(self.fail)
        return change

    def _telling(self, said: str, then: Callable[[Any], object] | None) -> Callable[[object], None]:
        """What says that a change is done, and goes on with what came of it."""

        def show(what: object) -> None:
            if said and (what or "{what}" not in said):
                self.say(said.format(what=what))
            if then is not None:
                then(what)

        return show

    def look_for_others(self) -> None:
        """Ask whether somebody else has changed the open library; ``library_changed`` follows then."""
        if self._session is not None:
            self._session.look_for_others()

    # ---- pages

    def add_page(self, page: QWidget) -> None:
        """Take in a page that an area may want to show."""
        self._pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        self._pages.setCurrentWidget(page)

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._pages.currentWidget()

    def stays(self) -> Callable[[], bool]:
        """Return what tells later whether the page that is shown now still is: who went on is not called back."""
        page = self.page()
        return lambda: self.page() is page

    def is_shown(self, page: QWidget | None) -> bool:
        """Whether that page is the one that is shown."""
        return page is not None and self._pages.currentWidget() is page

    def focus_page(self) -> None:
        """Put the focus into the page that is shown."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus()

    # ---- saying

    def say(self, text: str) -> None:
        """Say something for a while in the status line."""
        self._status.say(text)

    def say_busy(self, text: str, share: float = 0.3) -> None:
        """Say what goes on, and how much of it is done (0 to 1)."""
        self._status.say_busy(text, share)

    def say_idle(self) -> None:
        """Say that nothing goes on any more."""
        self._status.say_idle()

    def fail(self, error: Exception) -> None:
        """Say in a dialog what could not be done, and why."""
        self.say_idle()
        self._reports.fail(error)
