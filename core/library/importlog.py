"""The log of imports: what became of each file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace

from core.library.answers import LogRow
from core.library.conform import conforms
from core.library.file import LibraryPart, in_one_snapshot
from core.library.rows import insert_all
from core.library.stamps import now
from core.text.storable import storable

_COLUMNS = ("at", "file", "outcome", "pages", "cases", "figures", "reason")
"""The fields of a ``LogRow``, in their order."""
_UNREADABLE = "（这一条记录有损坏，读不出）"


class ImportLog(LibraryPart):
    """What became of the files of past imports."""

    @in_one_snapshot
    def rows(self, limit: int = 1000) -> list[LogRow]:
        """Return the last entries, the newest first."""
        query = f"SELECT {', '.join(_COLUMNS)} FROM import_log ORDER BY num DESC LIMIT ?"
        rows = (LogRow(*row) for row in self._db.execute(query, (limit,)))
        return [row if conforms(row, LogRow) else LogRow("", _UNREADABLE, "failed") for row in rows]

    def write(self, entries: Iterable[LogRow]) -> None:
        """Keep entries; one without a time is of now. This is no change to take back, and no view need look again."""
        time = now()
        rows = [
            astuple(replace(e, when=e.when or time, file=storable(e.file), reason=storable(e.reason))) for e in entries
        ]
        with self._file.writing():
            insert_all(self._db, "import_log", _COLUMNS, rows)
