"""Which SQLite reads and writes the libraries."""

from __future__ import annotations

import sqlite3


def sqlite_version() -> str:
    """Its version, as the log names it."""
    return sqlite3.sqlite_version
