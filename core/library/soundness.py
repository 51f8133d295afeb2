"""Whether a library is whole: the pages of the file, and everything that is read out of it."""

from __future__ import annotations

import sqlite3

from core.library.stopping import Stop

_AS_JSON = {
    "cases": ("themes", "byline", "decided"),
    "case_texts": ("body", "body_spans", "captions", "reading"),
    "case_mechanisms": ("parts", "participants", "spans"),
    "citations": ("byline",),
    "page_edits": ("edit",),
    "case_marks": ("tags",),
    "decisions": ("before", "after", "read", "seen"),
    "rulings": ("proposal", "rest"),
    "bin": ("content",),
    "merges": ("also", "cases"),
}
_ORDINARY = """SELECT name FROM sqlite_master t WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
    AND sql NOT LIKE 'CREATE VIRTUAL %' AND NOT EXISTS (SELECT 1 FROM sqlite_master v
    WHERE v.sql LIKE 'CREATE VIRTUAL %' AND substr(t.name, 1, length(v.name) + 1) = v.name || '_')"""


def fault_in(db: sqlite3.Connection, stop: Stop | None = None) -> str:
    """Return what is wrong with a library of any version, in the words of SQLite; empty when it is whole.

    Beyond SQLite's own check every text of every row is decoded, what is kept as JSON must be JSON, and a row that
    belongs to another one must find it. Raises Stopped.
    """
    stop = stop or Stop()
    factory, db.text_factory = db.text_factory, str  # bytes that are no text are to be found, not made readable
    with stop.working_on(db):
        try:
            return _fault_of_file(db) or _fault_of_rows(db, stop)
        except UnicodeDecodeError as error:  # the words of the check itself quote what is broken
            return str(error)
        except sqlite3.DatabaseError as error:
            if stop.asked or not _is_of_content(error):
                raise
            return str(error)
        finally:
            db.text_factory = factory


def _fault_of_file(db: sqlite3.Connection) -> str:
    found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def _fault_of_rows(db: sqlite3.Connection, stop: Stop) -> str:
    for (table,) in db.execute(_ORDINARY).fetchall():
        for n, _ in enumerate(db.execute(f'SELECT * FROM main."{table}"')):
            if n % 1000 == 0:
                stop.look()
        columns = {row[1] for row in db.execute(f'PRAGMA main.table_info("{table}")')}
        for column in columns.intersection(_AS_JSON.get(table, ())):
            wrong = f"SELECT num FROM main.{table} WHERE {column} IS NOT NULL AND NOT json_valid({column}) LIMIT 1"
            if row := db.execute(wrong).fetchone():
                return f"{table}.{column} of {row[0]} is no JSON"
    lost = db.execute("PRAGMA foreign_key_check").fetchone()
    return f"row {lost[1]} of {lost[0]} belongs to no {lost[2]}" if lost else ""


def _is_of_content(error: sqlite3.DatabaseError) -> bool:
    said = str(error)
    return any(sign in said for sign in ("malformed", "not a database", "UTF-8", "corrupt", "no such"))
