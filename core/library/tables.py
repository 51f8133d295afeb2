"""Whether a file has the tables, indexes, triggers and views that this program makes, to the letter, and no others."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import NamedTuple

from core.resources import shipped

_WORDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_SEEN = 40
"""So much of a name is shown: it is a stranger's."""
_OF_MIGRATIONS = "_sqlite_migrations"
_QUOTES = str.maketrans("", "", '"[]`')


class Entry(NamedTuple):
    """A row of ``sqlite_master``, its SQL with one space where white space stood."""

    type: str
    name: str
    table: str
    sql: str

    def words(self) -> str:
        """Return what it is, for a reader: 触发器「x」."""
        name = self.name if len(self.name) <= _SEEN else self.name[:_SEEN] + "…"
        return f"{_WORDS.get(self.type, self.type[:_SEEN])}「{name}」"


class Strange(NamedTuple):
    """What a file has that we do not make, and what of ours it lacks; what was altered is in both."""

    added: tuple[Entry, ...]
    lacking: tuple[Entry, ...]


def entries(connection: sqlite3.Connection) -> frozenset[Entry]:
    """Return what stands in ``sqlite_master``."""
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset(_entry(*map(str, row)) for row in rows)


def _entry(type_: str, name: str, table: str, sql: str) -> Entry:
    # What sqlite-utils keeps its steps in: its quotes are its own affair.
    return Entry(type_, name, table, " ".join((sql.translate(_QUOTES) if table == _OF_MIGRATIONS else sql).split()))


@cache
def made_by_us(version: int) -> frozenset[Entry]:
    """Return what a library of a version has; the files in ``resources/tables`` hold what the steps make."""
    lines = shipped("resources", "tables", f"{version}.tsv").read_text("utf-8").splitlines()
    return frozenset(Entry(*line.split("\t")) for line in lines)


def written_down(found: frozenset[Entry]) -> str:
    """Return the text of such a file."""
    return "".join("\t".join(entry) + "\n" for entry in sorted(found))


def strange(connection: sqlite3.Connection, version: int) -> Strange:
    """Return in what a file differs from what we make for its version; both parts are empty when it does not."""
    found, ours = entries(connection), made_by_us(version)
    return Strange(_sorted(found - ours), _sorted(ours - found))


def _sorted(some: frozenset[Entry]) -> tuple[Entry, ...]:
    """Tables first: what belongs to one is of less interest."""
    return tuple(sorted(some, key=lambda entry: (entry.type != "table", entry)))
