"""From the desk into the library: one page, or all that were read, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.library import AlreadyImported
from gui.desk.row_reader import reading

if TYPE_CHECKING:
    from core.desk.work import Accepted
    from core.intake.desk import Arrived
    from core.intake.duplicates import Duplicate
    from gui.desk.keeping import Keeper
    from gui.desk.queue_rows import QueueRow
    from gui.shell.session import Session
    from gui.shell.shell import Shell

Load = Callable[["QueueRow", Callable[[], object], Callable[[], object]], None]
"""Reads the page of a row and goes on, one way or, when it cannot be read, another."""


class Accepting(QObject):
    """Puts pages into the library, one after the other.

    Every page goes through ``take``, also when all are accepted: what is to be asked before a page goes in is asked
    there.
    """

    came_in = Signal(object, object)
    """A page is in the library: its row, and what arrived of it (``Arrived``)."""
    decided = Signal(object)
    """A person said of a row what of it is in the library already."""
    stayed = Signal(object)
    """A person wants to look at the page of a row again before it goes in."""
    was_there = Signal(object)
    """The very text is in the library already: the row says as which page."""
    refused = Signal(object, object)
    """A page stays on the desk: its row, and why."""
    all_taken = Signal()
    """No page is left to be taken, or a person stopped it."""

    def __init__(self, shell: Shell, keeper: Callable[[], Keeper]) -> None:
        super().__init__(shell)
        self._shell, self._keeper = shell, keeper
        self._under_way: list[QueueRow] = []
        self.takes_all = False
        """Whether all pages that were read go in, one after the other."""
        self._as_proposed = False
        """Whether what is in the library already is joined as proposed, without a question for each page."""

    def is_busy(self) -> bool:
        """Whether a page goes in now."""
        return bool(self._under_way)

    def holds(self, row: QueueRow) -> bool:
        """Whether this page goes in now."""
        return any(row is other for other in self._under_way)

    def take(self, row: QueueRow, page: Accepted, then: Callable[[], object]) -> None:
        """Put a page into the library and go on with ``then``, unless it stays on the desk.

        It goes in when its row is written, with all that a person did to it: what was still to be written would say
        afterwards that it waits. Nothing is changed on it from here on.
        """
        session = self._shell.session
        if session is None or self.holds(row):
            return
        self._under_way.append(row)
        if row.work is not None:
            row.work.goes_in = True
        self._keeper().when_kept(lambda: self._put_in(session, row, page, then))

    def _put_in(self, session: Session, row: QueueRow, page: Accepted, then: Callable[[], object]) -> None:
        job = session.change(
            lambda library: reading().put_in_or_ask(library, page, row.id),
            lambda told: self._hear(row, page, told, then),
        )
        job.failed.connect(lambda error: self._refuse(row, error, then))

    def _hear(self, row: QueueRow, page: Accepted, told: Arrived | list[Duplicate], then: Callable[[], object]) -> None:
        if isinstance(told, list):  # a dialog has events of its own: not in the middle of a job's last word
            QTimer.singleShot(0, self, lambda: self._ask(row, page, told, then) if self.holds(row) else None)
        else:
            self._end(row, told, then)

    def _ask(self, row: QueueRow, page: Accepted, found: list[Duplicate], then: Callable[[], object]) -> None:
        """Some of the page is in the library already: a person says what becomes of it, then it goes in."""
        from gui.desk.duplicates import edits_of, proposals

        answers: Sequence[bool] | None = proposals(found) if self._as_proposed else self._answers(found)
        self._forget(row)
        work = row.work
        if work is not None:
            work.goes_in = False
        if answers is None or work is None:
            self.takes_all = False
            self.stayed.emit(row)
            return
        work.do(edits_of(found, answers))
        self.decided.emit(row)
        self.take(row, replace(page, edits=work.desk.edits), then)

    def _answers(self, found: list[Duplicate]) -> list[bool] | None:
        from gui.desk.duplicates import DuplicatesDialog

        dialog = DuplicatesDialog(found, self.takes_all, self._shell.window)
        answers = dialog.answers() if dialog.exec() else None
        self._as_proposed = answers is not None and dialog.for_all()
        return answers

    def take_all(self, following: Callable[[], QueueRow | None], load: Load) -> None:
        """Put in what ``following`` gives, one a turn so that the window stays alive; ``load`` reads its page first."""
        self.takes_all, self._as_proposed = True, False
        self._take_next(following, load)

    def stop(self) -> None:
        """Take no more."""
        self.takes_all = False

    def clear(self) -> None:
        """The library is closed: nothing more is heard of what goes in."""
        self.takes_all = False
        self._under_way.clear()

    def _take_next(self, following: Callable[[], QueueRow | None], load: Load) -> None:
        row = following() if self.takes_all else None
        if row is None:
            self.takes_all = self._as_proposed = False
            self.all_taken.emit()
        else:
            go_on = partial(self._take_next, following, load)
            load(row, partial(self._take_read, row, go_on), go_on)

    def _take_read(self, row: QueueRow, then: Callable[[], object]) -> None:
        from core.desk.work import Accepted

        if (work := row.work) is not None:
            self.take(row, Accepted(work.page, work.desk.articles, work.desk.edits, work.source_id, work.had), then)

    def _end(self, row: QueueRow, arrived: Arrived, then: Callable[[], object]) -> None:
        self._forget(row)
        row.state, row.articles, row.note = "added", len(arrived.cases) + arrived.joined, ""
        row.cases, row.joined, row.came_as = arrived.cases, arrived.joined, arrived.source_id
        self._leave(row)
        self.came_in.emit(row, arrived)
        then()

    def _refuse(self, row: QueueRow, error: Exception, then: Callable[[], object]) -> None:
        self._forget(row)
        if row.work is not None:
            row.work.goes_in = False
        if isinstance(error, AlreadyImported):
            row.state, row.note, row.came_as = "known", error.reason, error.source_id
            self._leave(row)
            self.was_there.emit(row)
            then()
        else:
            self.takes_all = False
            self.refused.emit(row, error)

    def _leave(self, row: QueueRow) -> None:
        """The page has left the desk; its library still knows what a person did, should it come back."""
        row.work, row.doubts = None, 0

    def _forget(self, row: QueueRow) -> None:
        self._under_way = [other for other in self._under_way if other is not row]
