"""The open file under the parts of a library: readings of one moment, and changes that can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, wraps
from json import JSONDecodeError
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from core.library import case_reading, case_rows, deciding, index, log_rows, opening, sums
from core.library.cells import Cells
from core.library.errors import DamagedLibrary, LibraryError, MissingLibrary, ReadOnlyLibrary
from core.library.undo import Step, UndoLog, WayBack, as_one

if TYPE_CHECKING:
    from sqlite_utils import Database

    from core.decisions import Decision
    from core.library.hosts import Hold

T = TypeVar("T")
P = ParamSpec("P")
PartT = TypeVar("PartT", bound="LibraryPart")


class LibraryFile:
    """A library's file, its connection, and what is remembered of it as long as it is open."""

    def __init__(self, path: Path, db: sqlite3.Connection, read_only: bool, machine: Hold | None = None) -> None:
        """``machine`` is this machine's right to write, where others may have the library open, too."""
        self.path, self.db, self.read_only, self.machine = path, db, read_only, machine
        self._opened = None if machine else _identity_of(path)
        """Which file was opened; on a network the same one may have another number tomorrow."""
        self.cells = Cells(db)
        self._damaged: set[int] = set()
        """Cases that were damaged when they were removed here."""
        self._own = 0
        """How many of the changes were made through this connection."""
        self.reviewer = ""
        """Who decides here."""
        self._decided: list[str] = []
        """The decisions of the change that is being made."""

    @property
    def revision(self) -> int:
        """A number that rises with every committed change, whoever made it."""
        return int(self.db.execute("SELECT revision FROM library").fetchone()[0])

    @property
    def others(self) -> int:
        """Another number than before as soon as somebody else, through another connection, has changed the file."""
        return self.revision - self._own

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Show the file as it was at one moment, whatever another thread commits meanwhile."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            with self.said_in_words():
                yield
        finally:
            self.db.rollback()

    # ---- changing

    @contextmanager
    def transaction(self) -> Iterator[int]:
        """Open a transaction that every reader will notice; gives the number of the change."""
        with self.writing():
            self.db.execute("UPDATE library SET revision = revision + 1")
            yield self.revision
        self._own += 1

    @contextmanager
    def together(self) -> Iterator[None]:
        """Open a transaction for several changes; when it is taken back undo forgets them, too."""
        own, steps = self._own, None
        try:
            with self.writing():
                steps = len(self._log.done)
                yield
        except BaseException:
            self._own = own
            if steps is not None:
                del self._log.done[steps:]
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open a transaction that has the right to write from its start."""
        self._refuse_a_lost_file()
        if self.machine and (self.machine.holder or not self.read_only):
            self.machine.make_sure()
        if self.read_only:
            raise ReadOnlyLibrary(f"「{self.path.name}」以只读方式打开，不能改动。", str(self.path))
        _ = self._log
        with self.said_in_words(), self._whole():
            yield

    def _refuse_a_lost_file(self) -> None:
        """MissingLibrary where the file is at its place no more: what is written into it then, nobody finds again."""
        found = _identity_of(self.path)
        if found is None or (self._opened and found != self._opened):
            words = "「{}」已经不在原来的地方：移走、改名、删掉了，或换成了别的文件。没有改动。请重新打开案例库。"
            raise MissingLibrary(words.format(self.path.name), str(self.path))

    def rise_above(self, revision: int) -> None:
        """Let the number of changes be higher than this one, which a copy has: copies are put in order by it.

        It is lower where a person has put an older copy in the place of the library.
        """
        if self.revision < revision and not self.read_only:
            with self.writing():
                self.db.execute("UPDATE library SET revision = max(revision, ?)", (revision + 1,))

    def change(
        self,
        text: str,
        action: Callable[[], T],
        nums: Sequence[int] = (),
        *,
        words: bool = True,
        added: Sequence[int] = (),
        for_good: bool = False,
    ) -> T:
        """Do what a person asked for, with the index in step and the way back written down.

        ``nums`` are the cases that it may change or remove, ``added`` those that it will have added (with the index);
        ``words`` says whether what a search looks into changes; ``for_good`` that the cases are to go, damaged or not.
        """
        with self.transaction() as revision:
            result, step = self._do(text, action, nums, revision, words=words, added=added, for_good=for_good)
        self._remember(step)
        return result

    def change_in_steps(
        self, text: str, parts: Iterable[tuple[Sequence[int], Callable[[], object]]], *, words: bool = True
    ) -> Iterator[int]:
        """Do as one change what a person asked for, some cases after the other; yields how many cases are done.

        Who ends before all of them are leaves the library as it was.
        """
        steps, done = [], 0
        with self.transaction() as revision:
            for nums, action in parts:
                steps.append(self._do(text, action, nums, revision, words=words)[1])
                done += len(nums)
                yield done
        if steps:
            self._remember(as_one(steps))

    def _do(
        self,
        text: str,
        action: Callable[[], T],
        nums: Sequence[int],
        revision: int,
        *,
        words: bool,
        added: Sequence[int] = (),
        for_good: bool = False,
    ) -> tuple[T, Step]:
        nums = case_rows.existing(self.db, nums)
        with self._in_step(nums, revision, words=words, for_good=for_good):
            first, self._decided = self._log.start(), []
            result = action()
            last = self._stop(first)
        return result, Step(text, first, last, (*nums, *added), words, decided=tuple(self._decided))

    def _remember(self, step: Step) -> None:
        if any(part.last > part.first or part.decided for part in step.in_parts):
            self._log.remember(step)

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Write decisions into the log, as a part of the change that is being made."""
        log_rows.add(self.db, decisions)
        self._decided += [decision.id for decision in decisions]

    def remember_added(self, way_back: WayBack, nums: Sequence[int], revision: int) -> None:
        """Remember how cases that were added and committed can be taken back."""
        if way_back:
            self._log.stamp_added(nums, revision)
            self._log.remember(Step(f"导入 {len(nums)} 例", 0, 0, tuple(nums), True, way_back))

    def remember_turn(self, text: str, turn: Callable[[], Any]) -> None:
        """Remember a change that is taken back by another one, which gives what takes that back."""
        self._log.remember(Step(text, 0, 0, (), True, turn=turn))

    # ---- undoing

    @property
    def undo_text(self) -> str:
        """Return the words for what ``undo`` would take back; empty when there is nothing."""
        return self._log.done[-1].text if self._log.done else ""

    @property
    def undo_cases(self) -> tuple[int, ...]:
        """Return the cases that ``undo`` would touch."""
        return self._log.done[-1].nums if self._log.done else ()

    @property
    def redo_text(self) -> str:
        """Return the words for what ``redo`` would do again; empty when there is nothing."""
        return self._log.undone[-1].text if self._log.undone else ""

    def undo(self) -> Generator[int, None, str]:
        """Take the last change back, as ``change_in_steps`` makes it; what it was, empty when there was none."""
        return self._take_back(self._log.done, self._log.undone)

    def redo(self) -> Generator[int, None, str]:
        """Do again what was taken back last; what it was, empty when there was none."""
        return self._take_back(self._log.undone, self._log.done)

    def _take_back(self, steps: list[Step], other: list[Step]) -> Generator[int, None, str]:
        if not steps:
            return ""
        step = steps[-1]
        if step.turn:
            turn = step.turn()
            steps.pop()
            other.append(Step(step.text, 0, 0, (), True, turn=turn))
            return step.text
        back, done = [], 0
        try:
            with self.transaction() as revision:
                self.db.execute("PRAGMA defer_foreign_keys = ON")
                for part in reversed(step.in_parts):
                    back.append(self._turned(part, revision))
                    done += len(part.nums)
                    yield done
        except sqlite3.IntegrityError as error:
            self._log.forget()
            raise LibraryError(f"撤销不了「{step.text}」：之后又有别的改动。案例库没有改动。", str(error)) from error
        steps.pop()
        other.append(as_one(back))
        return step.text

    def _turned(self, step: Step, revision: int) -> Step:
        """Take back what was done to some cases; what takes that back."""
        with self._in_step(step.nums, revision, words=step.words or bool(step.decided)):
            first = self._log.start()
            self._log.take_back(step)
            against = log_rows.withdrawals(self.db, step.decided, self.reviewer)
            log_rows.add(self.db, against)
            deciding.settle_again(self.db, [row.target for row in against])
            from core.library import corrections, rewording  # late: few changes put words of a page right

            rewording.lay(self.db, corrections.pages_of(row.target for row in against), indexed=False)
            last = self._stop(first)
        return Step(step.text, first, last, step.nums, step.words, decided=tuple(row.id for row in against))

    # ---- inside

    @cached_property
    def _writer(self) -> Database:
        from sqlite_utils import Database  # late: a tenth of a second that reading does not need

        return Database(self.db, execute_plugins=False, recursive_triggers=False)

    @cached_property
    def _log(self) -> UndoLog:
        return UndoLog(self.db)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """A transaction, or a part of one, that is there as a whole or not at all.

        The right to write is taken first: who reads before it is refused when somebody else wrote meanwhile.
        """
        if self.db.in_transaction:
            with self._writer.atomic():
                yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        finally:
            if self.db.in_transaction:
                self.db.rollback()

    @contextmanager
    def said_in_words(self) -> Iterator[None]:
        """Say in words what the file or the machine is to blame for."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if str(error) == "constraint failed":  # of no table of ours: the index holds what it should not
                words = f"「{self.path.name}」检索用的索引有损坏，没有改动。「帮助 → 检查案例库」可以把它重建。"
                raise DamagedLibrary(words, str(error)) from error
            if opening.of_the_world(error):
                raise opening.in_words(self.path, error) from error
            raise
        except UnicodeEncodeError as error:
            words = f"「{self.path.name}」没有改动：要存的文字里有不成字的编码（半个 UTF-16 字符）。"
            raise LibraryError(words, str(error)) from error
        except (JSONDecodeError, UnicodeDecodeError, ArithmeticError, RecursionError, MemoryError) as error:
            words = f"「{self.path.name}」里有读不出的内容，可能损坏了；「帮助 → 检查案例库」找得出是哪里。没有改动。"
            raise DamagedLibrary(words, repr(error)) from error

    def _stop(self, first: int) -> int:
        """Stop writing down; the check sums of what was changed since the first line are as it is now."""
        last = self._log.stop()
        sums.renew(self.db, self._log.touched(first, last))
        # A damaged case that was removed and comes back is as damaged as it was.
        self.db.executemany("DELETE FROM sums WHERE num = ? AND part = 'cases'", [(num,) for num in self._damaged])
        return last

    @contextmanager
    def _in_step(self, nums: Sequence[int], revision: int, *, words: bool, for_good: bool = False) -> Iterator[None]:
        """Take cases out of the index, let them be changed, index them as they are then; every reader will notice.

        DamagedLibrary when one of them is not as it was saved, unless it is to go for good.
        """
        self._log.stamp(nums, revision)
        before: dict[int, index.Fields] = {}
        if words:
            damaged: list[int] = []
            before = index.held(self.db, case_rows.existing(self.db, nums), damaged if for_good else None)
            self._damaged |= {*damaged}
        else:
            for num in sums.wrong(self.db, nums, ["cases"]):
                index.refuse(case_reading.read(self.db, [num])[num].fault)
        yield
        left = case_rows.existing(self.db, nums)
        if words:
            index.exchange(self.db, before)
            index.put_in_again(self.db, [num for num in left if num not in before])
        self.db.executemany("UPDATE cases SET revision = ? WHERE num = ?", [(revision, num) for num in left])


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def at_once(steps: Generator[object, None, T]) -> T:
    """Return what comes of something that is done in steps."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


class LibraryPart:
    """A part of a library: what it reads and changes goes through the open file."""

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._db = file.db
        self._cells = file.cells


def in_one_snapshot(read: Callable[Concatenate[PartT, P], T]) -> Callable[Concatenate[PartT, P], T]:
    """Let a method of a part see the file as it was at one moment."""

    @wraps(read)
    def reading(part: PartT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with part._file.snapshot():
            return read(part, *args, **kwargs)

    return reading


def said_in_words(do: Callable[Concatenate[PartT, P], T]) -> Callable[Concatenate[PartT, P], T]:
    """Let what a method of a part reads before it changes anything fail in words, too."""

    @wraps(do)
    def doing(part: PartT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with part._file.said_in_words():
            return do(part, *args, **kwargs)

    return doing
