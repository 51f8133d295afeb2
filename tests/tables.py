"""``python -m tests.tables``: writes down in ``resources/tables`` what the steps make, a file for each version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from core.library import schema
from core.library.tables import entries, written_down

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "tables"


def tables_of(version: int) -> str:
    """Return the text of the file of a version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        tables = Database(db, execute_plugins=False, recursive_triggers=False)
        schema.migrations.apply(tables, stop_before=str(version + 1))
        return written_down(entries(db))


def main() -> None:
    """Write the files."""
    for version in range(1, len(schema.STEPS) + 1):
        (FOLDER / f"{version}.tsv").write_text(tables_of(version), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
