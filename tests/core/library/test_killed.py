"""A change is whole or not there, also when the process is killed in the middle of it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.library import Library, Query
from core.library.index import TABLES, stored_fields

ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import sys, pathlib
from bench.corpus import generate
from core.library import Library
with Library.open(pathlib.Path(sys.argv[1])) as library:
    def cases():
        for n, case in enumerate(generate(100000, 3)):
            if n == int(sys.argv[2]):
                print("now", flush=True)
            yield case
    library.cases.add(cases())
"""


def vocabulary(library: Library, table: str) -> list[tuple[object, ...]]:
    """Everything that the index holds, term by term."""
    with closing(sqlite3.connect(library.path)) as db:
        db.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, {table}, 'instance')")
        return db.execute("SELECT term, doc, col, offset FROM temp.seen ORDER BY 1, 2, 3, 4").fetchall()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("at", [1, 300])
def test_killed_in_the_middle_of_adding(library: Library, path: Path, at: int) -> None:
    before = [vocabulary(library, table) for table in TABLES]
    library.close()
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path), str(at)], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"now\n"
        time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    with Library.open(path, foreign=True) as again:
        assert again._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert again._db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert again.cases.count() == 4
        assert list(again.search.find(Query(words="议事亭")).nums) == [4, 1, 2]
        assert [vocabulary(again, table) for table in TABLES] == before
        assert again.cases.add([again.cases.load(4).__class__("", "还能写")])


def test_a_committed_change_outlives_a_kill(library: Library, path: Path) -> None:
    code = CHILD.replace(
        "library.cases.add(cases())", "library.cases.set_title(2, '龙潭'); print('now', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path), "0"], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"now\n"
        child.kill()
    assert list(library.search.find(Query(words="龙潭")).nums) == [2]
    assert stored_fields(library._db, [2])[2].title == ("龙潭",)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        library._db.execute("UPDATE sources SET text = ''")
