"""An older library brought to the tables and the index of this program."""

from __future__ import annotations

import sqlite3

from core.library import index, opening

_WAIT_MS = 60_000
"""Another program may be bringing up the same file; a large one takes a while."""


def is_old(db: sqlite3.Connection) -> bool:
    """Whether the tables are of an older version."""
    return opening.version_of(db) < opening.VERSION


def is_behind(db: sqlite3.Connection) -> bool:
    """Whether the tables, or what the index was made of, are of an older version."""
    return is_old(db) or bool(db.execute("SELECT tokens FROM library").fetchone()[0] != index.TOKENS)


def bring_up(db: sqlite3.Connection) -> None:
    """Give an older library the tables and the index of now, each whole or not at all."""
    had = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    try:
        _bring_up(db)
    finally:
        db.execute(f"PRAGMA busy_timeout = {had}")


def _bring_up(db: sqlite3.Connection) -> None:
    if is_old(db):
        from core.library import schema  # late: a file that is up to date needs none

        schema.bring_up(db)
    if is_behind(db):
        db.execute("BEGIN IMMEDIATE")
        try:
            index.rebuild(db)
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.rollback()
