"""What a person took off the desk: it can be put back as long as the library is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.library.answers import DeskRow
    from gui.desk.keeping import Keeper
    from gui.desk.queue import ImportQueue
    from gui.desk.queue_rows import QueueRow

Time = tuple[list[tuple[int, "QueueRow"]], list["DeskRow"]]
"""What was taken off together: rows of the list with where they stood, and very many files that were in none."""


class TakenOff:
    """The rows that were taken off, a time together; the last time comes back first."""

    def __init__(self, queue: Callable[[], ImportQueue], keeper: Callable[[], Keeper]) -> None:
        self._queue, self._keeper = queue, keeper
        self._times: list[Time] = []

    def __bool__(self) -> bool:
        return bool(self._times)

    def take(self, rows: Sequence[QueueRow], files: Sequence[DeskRow]) -> None:
        """Take rows off the desk and out of the list, and files that were in no list."""
        self._times.append((self._queue().take(rows), list(files)))
        self._keeper().remove([*(row.id for row in rows), *(file.id for file in files)])
        self._offer()

    def give_back(self) -> tuple[list[QueueRow], list[DeskRow]]:
        """Put back what was taken off last; the rows that are in the list again, and the files that were in none."""
        listed, files = self._times.pop()
        rows = [row for _, row in listed]
        self._queue().model.give_back(listed)
        self._keeper().remove([*(row.id for row in rows), *(file.id for file in files)], removed=False)
        self._offer()
        return rows, files

    def clear(self) -> None:
        """Forget it all."""
        self._times.clear()
        self._offer()

    def _offer(self) -> None:
        listed, files = self._times[-1] if self._times else ([], [])
        self._queue().offer_back(len(listed) + len(files))
