"""Very large libraries: the program's own rows, sums and index, without what each change of a person costs.

What differs from adding cases is the order of the work: the tables' indexes are made once all rows lie there, and the
full-text index by the opening, as for the library of an older program.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from core.library import Library, adding, case_rows
from core.records import Case

_BATCH = 500
_IN_ORDER = "%(case_num%"
"""Indexes that begin with the number of the case grow at their end, and the check sums are asked by them."""
_FOR_MAKING = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1500000", "temp_store = MEMORY")
"""Of a file that is thrown away when its making breaks off; 1.5 GB, since ids come in no order."""


def build(path: Path, cases: Iterable[Case]) -> None:
    """Make a library of cases with bodies and without pages; its full-text index is made when it is opened."""
    Library.create(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in _FOR_MAKING:
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        with _indexes_put_off(db):
            for some in _batches(cases):
                adding.sum_up(db, [case_rows.store(db, case, None, at, {}, 1) for at, case in enumerate(some)], None)
        db.execute("UPDATE library SET revision = 1, tokens = 0")
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")


def _batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    rest = with_ids(cases)
    while some := [*islice(rest, _BATCH)]:
        yield some


def with_ids(cases: Iterable[Case]) -> Iterator[Case]:
    """Yield cases with ids for their mechanisms, the same each time; they and their figures must have theirs."""
    for case in cases:
        own = uuid.UUID(case.id).int
        ids = (str(uuid.UUID(int=own ^ number)) for number in count(1))
        yield replace(case, mechanisms=tuple(replace(m, id=one) for m, one in zip(case.mechanisms, ids, strict=False)))


@contextmanager
def _indexes_put_off(db: sqlite3.Connection) -> Iterator[None]:
    """Make the indexes of the tables, those that grow in the middle, at the end."""
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE ?"
    made = db.execute(found, (_IN_ORDER,)).fetchall()
    for name, _ in made:
        db.execute(f"DROP INDEX {name}")
    yield
    for _, sql in made:
        db.execute(sql)
