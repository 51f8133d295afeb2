"""Keeps what is on the import desk in its library, in a thread of its own: nothing of it waits in the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from gui.shell.jobs import LibraryThread

if TYPE_CHECKING:
    from core.desk.saved import Hand, NotKept
    from core.desk.work import Work
    from core.intake.queue import DeskQueue
    from core.library.answers import DeskRow, DeskState
    from core.records import Page

Do = Callable[["DeskQueue"], Any]
Show = Callable[[Any], object]
T = TypeVar("T")
AGAIN_MS = 3000
"""How long after a failure, such as a full disk, writing is tried again."""


class Keeper(QObject):
    """The queue of one library; what is asked of it is done in the order in which it was asked.

    What a person does to a page is kept at once; while something is written only the last of it waits, before all that
    is asked later. What the world prevents is tried again, so that a disk that was full for a while costs nothing.
    """

    failed = Signal(object)
    """Something could not be written (a ``LibraryError``), and will be tried again; said once until it succeeds."""

    def __init__(self, path: Path, secret: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = LibraryThread(lambda: _open(path, secret), self)
        self._thread.start()
        self._waiting: list[tuple[Do, Show | None]] = []
        self._hands: dict[str, tuple[DeskRow, Hand]] = {}
        self._later: deque[Callable[[], object]] = deque()
        """What goes on when all is written that was asked before it."""
        self._at_work = self._has_failed = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._go_on)

    # ---- what the desk says

    def take_over(self, most: int, show: Show) -> None:
        """Show what was left on the desk, a list of rows; it belongs to this desk now.

        More than ``most`` files of a folder are not listed.
        """
        self._ask(lambda queue: queue.take_over(most), show)

    def add(self, rows: Sequence[DeskRow], pasted: dict[str, str] | None = None) -> None:
        """Keep rows that wait, and the texts that were pasted."""
        self._ask(lambda queue: queue.add(rows, pasted))

    def add_files(self, files: Sequence[Path], show: Show) -> None:
        """Keep very many files, which are not listed; shows their rows."""
        self._ask(lambda queue: queue.add_files(files), show)

    def put(self, row_id: str, read: Sequence[tuple[DeskRow, Page, Hand]]) -> None:
        """Keep the pages that a file gave in its place."""
        self._ask(lambda queue: queue.put(row_id, read))

    def keep(self, row: DeskRow, hand: Hand) -> None:
        """Keep what a person did to a page."""
        self._hands[row.id] = (row, hand)
        self._go_on()

    def turn(self, row_id: str, state: DeskState, note: str = "") -> None:
        """Keep how a row stands now."""
        self._ask(lambda queue: queue.turn([row_id], state, note))

    def retry(self, rows: Sequence[DeskRow]) -> None:
        """Keep that these are to be read again."""
        self._ask(lambda queue: queue.retry(rows))

    def remove(self, row_ids: Sequence[str], removed: bool = True) -> None:
        """Take rows off the desk, or put them back."""
        self._ask(lambda queue: queue.remove(row_ids, removed))

    def cite(self, rows: Sequence[DeskRow], known: dict[str, str], show: Show) -> None:
        """Say of pages that nobody looks at where they were printed; shows those that lacked it."""
        self._ask(lambda queue: queue.cite(rows, known), show)

    def work(self, row: DeskRow, show: Callable[[Work | NotKept], object]) -> None:
        """Show the page of a row as it was left, or why it cannot be read any more."""
        self._ask(lambda queue: _tried(lambda: queue.work(row)), show)

    def again(self, row: DeskRow, show: Callable[[Work | str | NotKept | None], object]) -> None:
        """Show what is kept of a row that is to be read again: its page, a text that was pasted, or nothing."""
        self._ask(lambda queue: _tried(lambda: queue.again(row)), show)

    def came_back(self, show: Show) -> None:
        """Show the rows that stand otherwise since the library undid or redid something."""
        self._ask(lambda queue: queue.came_back(), show)

    def when_kept(self, then: Callable[[], object]) -> None:
        """Go on when all is written that was asked until now: at once where nothing waits, at the latest at the end.

        The library knows of nothing that is still to be written; what is to rest on it waits for it.
        """
        if self._at_work or self._waiting or self._hands:
            self._later.append(then)
            self._ask(lambda queue: None, lambda nothing: self._later.popleft()())
        else:
            then()

    def close(self) -> None:
        """Write what is left to write, and leave the desk to the next one."""
        self._again.stop()
        if todo := self._take():
            self._thread.begin(lambda queue: _done(queue, todo, []), kept=True)
        self._thread.stop()
        while self._later:
            self._later.popleft()()

    # ---- inside

    def _ask(self, do: Do, show: Show | None = None) -> None:
        self._line_up_hands()
        self._waiting.append((do, show))
        self._go_on()

    def _line_up_hands(self) -> None:
        """Of each page the last that a person did is written before what is asked from now on."""
        if self._hands:
            hands, self._hands = list(self._hands.values()), {}
            self._waiting.append((lambda queue: queue.keep(hands), None))

    def _take(self) -> list[tuple[Do, Show | None]]:
        """What is to be done now."""
        self._line_up_hands()
        todo, self._waiting = self._waiting, []
        return todo

    def _go_on(self) -> None:
        if self._at_work or self._again.isActive() or not (todo := self._take()):
            return
        self._at_work = True
        done: list[Do] = []
        job = self._thread.begin(lambda queue: _done(queue, todo, done), kept=True)
        job.stepped.connect(lambda told: told[0](told[1]))
        job.finished.connect(self._end)
        job.failed.connect(lambda error: self._put_back(error, todo[len(done) :]))

    def _end(self) -> None:
        self._at_work = self._has_failed = False
        self._go_on()

    def _put_back(self, error: Exception, rest: list[tuple[Do, Show | None]]) -> None:
        """Try again later what the world prevented; a fault of ours is given up, and the rest goes on."""
        from core.library import LibraryError

        self._at_work, ours = False, not isinstance(error, LibraryError)
        self._waiting[:0] = rest[1:] if ours else rest
        if ours or not self._has_failed:
            self.failed.emit(error)
        if ours:
            self._go_on()
        else:
            self._has_failed = True
            self._again.start()


def _open(path: Path, secret: str) -> DeskQueue:
    from core.intake.queue import DeskQueue

    return DeskQueue(path, secret)


def _done(queue: DeskQueue, todo: Sequence[tuple[Do, Show | None]], done: list[Do]) -> Iterator[tuple[Show, Any]]:
    """Do one thing after the other; yields what is to be shown, and to whom."""
    for do, show in todo:
        found = do(queue)
        done.append(do)
        if show is not None:
            yield show, found


def _tried(find: Callable[[], T]) -> T | NotKept:
    from core.desk.saved import NotKept

    try:
        return find()
    except NotKept as error:
        return error
    except KeyError:
        return NotKept("它已经不在导入台上")
