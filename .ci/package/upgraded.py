"""Says whether an old library was brought up and lost nothing: ``python3 upgraded.py OLD OPENED FRESH``.

OLD is the file as it was, OPENED the same after the program had it open, FRESH one that the program made itself. The
tables' version must be the fresh one's, the cases the same, and beside a changed file must lie a backup as old as OLD.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def version_in(path: Path) -> int:
    """The version of the tables, from the file's head; 0 when it has none."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(64)[60:64], "big")


def cases_in(path: Path) -> list[tuple[str, str]]:
    """The cases' ids and titles."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT id, title FROM cases ORDER BY id").fetchall()


def faults(old: Path, opened: Path, fresh: Path) -> list[str]:
    """What went wrong, in words."""
    found = []
    if version_in(opened) != version_in(fresh):
        found.append(f"version {version_in(opened)}, not {version_in(fresh)}")
    if not cases_in(old) or cases_in(opened) != cases_in(old):
        found.append("the cases are not the same")
    beside = (path for path in opened.parent.rglob("*.anlan") if path != opened)
    if version_in(opened) != version_in(old) and version_in(old) not in map(version_in, beside):
        found.append("no backup of the old version")
    return found


if __name__ == "__main__":
    wrong = faults(*map(Path, sys.argv[1:4]))
    print("; ".join(wrong) or f"version {version_in(Path(sys.argv[1]))} to {version_in(Path(sys.argv[2]))}")
    sys.exit(bool(wrong))
