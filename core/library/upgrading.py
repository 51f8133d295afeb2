"""An older library brought to the tables and the index of this program."""

from __future__ import annotations

import sqlite3

from core.library import index, opening


def is_old(db: sqlite3.Connection) -> bool:
    """Whether the tables are of an older version."""
    return opening.version_of(db) < opening.VERSION


def is_behind(db: sqlite3.Connection) -> bool:
    """Whether the tables, or what the index was made of, are of an older version."""
    return is_old(db) or bool(db.execute("SELECT tokens FROM library").fetchone()[0] != index.TOKENS)


def bring_up(db: sqlite3.Connection) -> None:
    """Give an older library the tables and the index of now, each whole or not at all."""
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
