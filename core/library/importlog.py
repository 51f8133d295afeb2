"""The log of imports: what became of each file."""

from __future__ import annotations

from collections.abc import Iterable

from core.library.answers import LogRow
from core.library.file import LibraryPart
from core.library.stamps import now


class ImportLog(LibraryPart):
    """What became of the files of past imports."""

    def rows(self, limit: int = 1000) -> list[LogRow]:
        """The last entries, the newest first."""
        query = "SELECT at, file, outcome, pages, cases, figures, reason FROM import_log ORDER BY num DESC LIMIT ?"
        return [LogRow(*row) for row in self._db.execute(query, (limit,))]

    def write(self, entries: Iterable[LogRow]) -> None:
        """Keep entries; one without a time is of now. This is no change to take back, and no view need look again."""
        time = now()
        rows = [(e.when or time, e.file, e.outcome, e.pages, e.cases, e.figures, e.reason) for e in entries]
        with self._file.writing():
            self._db.executemany(
                "INSERT INTO import_log (at, file, outcome, pages, cases, figures, reason) VALUES (?,?,?,?,?,?,?)", rows
            )
