"""The parts of the index, which came bit by bit, merged behind the opening of a library."""

from __future__ import annotations

import time

from core.library import index
from core.library.file import LibraryFile
from core.library.stopping import Stop

LEAST_PAGES = 5000
"""A smaller index, of some 4 000 cases, is fast enough as it is."""
_PAGES = 64
"""So many pages at a time, some milliseconds; in between, others may write."""
_PAUSE_S = 0.01
_SHARE = 0.75
"""A table is written anew as a whole when its largest part has less than this of it, so that it never happens often."""


def merge(file: LibraryFile, stop: Stop, least: int = LEAST_PAGES) -> None:
    """Merge the parts of the index as far as it pays; Stopped when ``stop`` is asked for, whatever is done stays."""
    with stop.working_on(file.db):
        if _parts(file, index.TABLES[-1])[1] < least:
            return
        for table in index.TABLES:
            largest, pages = _parts(file, table)
            step = -_PAGES if largest < _SHARE * pages else _PAGES
            while _merge(file, table, step):
                step = _PAGES
                stop.look()
                time.sleep(_PAUSE_S)


def _parts(file: LibraryFile, table: str) -> tuple[int, int]:
    """How many pages the largest part of a table of the index has, and all of them."""
    counted = f"SELECT count(*) AS pages FROM {table}_idx GROUP BY segid"
    largest, pages = file.db.execute(f"SELECT max(pages), sum(pages) FROM ({counted})").fetchone()
    return largest or 0, pages or 0


def _merge(file: LibraryFile, table: str, pages: int) -> bool:
    """Merge for as long as it takes to write some pages, all parts where the number is below zero; whether any did."""
    with file.writing():
        before = file.db.total_changes
        file.db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)", (pages,))
        return file.db.total_changes - before > 1
