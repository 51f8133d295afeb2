"""An older library brought to the tables and the index of this program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from core.library import index, opening, parts, sums

_WAIT_MS = 60_000
"""Another program may be bringing up the same file; a large one takes a while."""


def is_old(db: sqlite3.Connection) -> bool:
    """Whether the tables are of an older version."""
    return opening.version_of(db) < opening.VERSION


def is_behind(db: sqlite3.Connection) -> bool:
    """Whether the tables, or what the index or the check sums were made by, are of an older version."""
    return is_old(db) or bool(_to_make(db))


def bring_up(db: sqlite3.Connection) -> None:
    """Give an older library the tables, the index and the check sums of now, each whole or not at all."""
    had = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    try:
        _bring_up(db)
    finally:
        db.execute(f"PRAGMA busy_timeout = {had}")


def _bring_up(db: sqlite3.Connection) -> None:
    version = opening.version_of(db)
    if is_old(db):
        from core.library import schema  # late: a file that is up to date needs none

        schema.bring_up(db)
    new = [name for name, since in parts.SINCE.items() if version < since]
    makers: list[Callable[[sqlite3.Connection], None]] = [*_to_make(db)]
    if new:
        makers.append(partial(_sum_up, names=new))
    for make in makers:
        db.execute("BEGIN IMMEDIATE")
        try:
            make(db)
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.rollback()


def _sum_up(db: sqlite3.Connection, names: Sequence[str]) -> None:
    """Write the sums of what the tables did not have before."""
    sums.renew(db, {name: sums.owners(db, parts.OF_ALL[name]) for name in names})


def _to_make(db: sqlite3.Connection) -> Sequence[Callable[[sqlite3.Connection], None]]:
    """What makes anew that which is of another making in the file."""
    tokens, made = db.execute("SELECT tokens, sums FROM library").fetchone()
    return [index.rebuild] * (tokens != index.TOKENS) + [sums.make_all] * (made != sums.SUMS)
