"""What a library holds, as one number, and whether the file is whole."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from core import scratch
from core.library import Library, LibraryError, copies, opening
from core.library.index import TABLES

_UNLIKE = {"id", "created", "changed", "added", "imported", "at", "revision", "case_id", "part", "undoes", "content"}
"""Columns that differ between two libraries to which the same was done: ids are drawn, times pass; what lies in the bin
is kept with its times."""
_NO_CONTENT = {"removed", "library", "import_log", "sums", "decisions", "_sqlite_migrations"}
"""Of the running of the library, and sums over what is drawn, too; the log of decisions grows with every undo, and what
follows from it is in the other tables."""

_NAMES = {
    "places": "num IN (SELECT place FROM cases)",
    "mechanisms": "num IN (SELECT mechanism FROM case_mechanisms)",
    "indicators": "name IN (SELECT indicator FROM metrics)",
}
"""Tables that only give names numbers: one that no row uses any more is no content, and undo leaves it."""


def digest_of(path: Path) -> str:
    """Return a number that stands for everything in a library, its index, too; raises when it is not whole."""
    with closing(opening.connect_raw(path, "rw")) as db:
        return _digest(db)


def _digest(db: sqlite3.Connection) -> str:
    told = hashlib.sha256()
    shadows = tuple(f"{table}_" for table in TABLES)
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        if name in _NO_CONTENT or name in TABLES or name.startswith(("sqlite_", *shadows)):
            continue
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})") if row[1] not in _UNLIKE]
        quoted = " || ',' || ".join(f"quote({column})" for column in columns)
        query = f"SELECT {quoted} AS line FROM {name} WHERE {_NAMES.get(name, '1')}"
        told.update(f"{name}{_joined(db, query)}".encode("utf-8", "replace"))
    for table in TABLES:
        db.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, {table}, 'instance')")
        terms = _joined(db, "SELECT term || ' ' || doc || ' ' || col || ' ' || offset AS line FROM temp.seen")
        told.update(terms.encode("utf-8", "replace"))
        db.execute("DROP TABLE temp.seen")
    return told.hexdigest()[:16]


def _joined(db: sqlite3.Connection, query: str) -> str:
    """All lines of a query, sorted; joined by SQLite, which is faster than Python."""
    return str(db.execute(f"SELECT group_concat(line, char(10)) FROM ({query} ORDER BY line)").fetchone()[0])


def version_of(path: Path) -> int:
    """Return the version of the tables of a library that nobody has open."""
    with closing(opening.connect_raw(path, "rw")) as db:
        return opening.version_of(db)


def faults_of(path: Path) -> list[str]:
    """Return what is wrong with a library after its program was killed: it must open, be whole, and take a change."""
    try:
        with Library.open(path, foreign=True) as library:
            library.selections.add("之后还能写")
            library.undo()
    except (LibraryError, sqlite3.Error) as error:
        return [f"{path.name}: {error} ({getattr(error, 'detail', '')})"]
    fault = copies.fault_of(path)
    return [f"{path.name}: {fault}"] if fault else []


def faults_beside(folder: Path) -> list[str]:
    """Return which copies in a folder are not whole, and what a sweep leaves of unfinished files."""
    wrong = [f"{path.name}: {fault}" for path in folder.glob("[!.]*.anlan") if (fault := copies.fault_of(path))]
    scratch.sweep(folder)
    return wrong + [f"left: {path.name}" for path in folder.glob(".*")]
