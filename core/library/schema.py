"""The versions of a library's tables: each is made from the one before it by a step."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from core.library.steps.eighth import eighth
from core.library.steps.fifth import fifth
from core.library.steps.first import first
from core.library.steps.fourth import fourth
from core.library.steps.second import second
from core.library.steps.seventh import seventh
from core.library.steps.sixth import sixth
from core.library.steps.third import third

STEPS = (first, second, third, fourth, fifth, sixth, seventh, eighth)
migrations = Migrations("anlan")
for _number, _step in enumerate(STEPS, 1):
    migrations(name=str(_number))(_step)


def bring_up(connection: sqlite3.Connection) -> None:
    """Apply the steps that the file does not have yet, all of them or none."""
    # Locked before it is asked which are missing: another program may be bringing up the same file.
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
        # A file that somebody else wrote may have all tables and tell no version: it would be old at every opening.
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.rollback()
