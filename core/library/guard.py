"""What a connection to a library may do: read, and write to our own tables; whatever the file itself may ask for."""

from __future__ import annotations

import sqlite3

from core.library.tables import made_by_us

_LIMITS = {
    "SQLITE_LIMIT_LENGTH": 256 << 20,
    "SQLITE_LIMIT_SQL_LENGTH": 16 << 20,
    "SQLITE_LIMIT_ATTACHED": 0,
    "SQLITE_LIMIT_TRIGGER_DEPTH": 16,
    "SQLITE_LIMIT_WORKER_THREADS": 0,
}
"""The longest that we write is the index of a text of a million characters, some 20 MB."""
_ALWAYS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_RECURSIVE}
_WRITES = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
_OF_THE_LOG = {sqlite3.SQLITE_CREATE_TEMP_TABLE, sqlite3.SQLITE_CREATE_TEMP_TRIGGER, sqlite3.SQLITE_DROP_TEMP_TRIGGER}
_TEMPORARY = {"undo_log", "sqlite_temp_master", "sqlite_master", "sqlite_sequence"}
_ASKED = {
    *("data_version", "user_version", "application_id", "journal_mode", "foreign_keys", "trusted_schema"),
    *("cell_size_check", "busy_timeout", "quick_check", "integrity_check", "foreign_key_check"),
}
"""Pragmas that tell something when they are given no value."""
_GIVEN = {"defer_foreign_keys", "quick_check", "integrity_check", "table_info"}
_FUNCTIONS = {
    *("coalesce", "length", "substr", "char", "max", "min", "sum", "count", "group_concat", "instr", "match"),
    *("json_each", "json_group_array", "json_quote", "json_valid", "typeof"),
}


def limit(connection: sqlite3.Connection) -> None:
    """Let no cell and no statement grow without bounds, and nothing be attached (from Python 3.11 on)."""
    if hasattr(connection, "setlimit"):
        for name, most in _LIMITS.items():
            connection.setlimit(getattr(sqlite3, name), most)


def guard(connection: sqlite3.Connection, version: int) -> None:
    """Refuse from now on what no part of the library does: other files, other tables, settings, other functions."""
    ours = {entry.name for entry in made_by_us(version) if entry.type == "table"}
    # SQLite asks so for triggers of the log; whoever would write there plainly is refused for want of a setting.
    writable = {"main": ours | {"sqlite_master"}, "temp": _TEMPORARY}

    def allows(action: int, one: str | None, two: str | None, database: str | None) -> bool:
        if action == sqlite3.SQLITE_READ or action in _ALWAYS:
            return True
        if action in _WRITES:
            return one in writable.get(database or "", ())
        if action == sqlite3.SQLITE_FUNCTION:
            return two in _FUNCTIONS
        if action == sqlite3.SQLITE_PRAGMA:
            return one in (_ASKED if two is None else _GIVEN)
        if action == sqlite3.SQLITE_CREATE_TABLE:  # where SQLite counts the lines of the log
            return (one, database) == ("sqlite_sequence", "temp")
        return action in _OF_THE_LOG and (one or "").startswith("undo_")

    def answer(action: int, one: str | None, two: str | None, database: str | None, trigger: str | None) -> int:
        return sqlite3.SQLITE_OK if allows(action, one, two, database) else sqlite3.SQLITE_DENY

    connection.set_authorizer(answer)
