"""A library from elsewhere runs nothing, hides nothing and holds nothing that this program did not put there."""

from __future__ import annotations

import hashlib
import lzma
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.library import DamagedLibrary, Library, LibraryError, NotALibrary, opening, schema
from core.library.guard import guard
from tests.tables import FOLDER, ROOT, tables_of

COLUMN = (
    "title=title WHERE 0 --'--x\n); INSERT INTO undo_log(statement) VALUES('DELETE FROM v.case_texts');"
    " INSERT INTO undo_log(statement) VALUES('ATTACH ''{other}'' AS v'); END /*"
)
"""A name that is SQL, where names are pasted into SQL."""
NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
TEXTS = (
    "num, '' summary, '' background, '' practice, '' result, '[]' body, '[]' body_spans, '[]' captions, '{}' reading"
)


def sql(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    return spoil


def rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Write other SQL into the schema itself, as no statement would."""

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA writable_schema = ON")
            db.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (old, new, name))
            db.commit()

    return spoil


ATTACKS: dict[str, tuple[Callable[[Path], None], type[LibraryError], str]] = {
    "a column whose name is SQL": (
        sql(f'ALTER TABLE cases ADD COLUMN "{COLUMN}" TEXT'),
        NotALibrary,
        "被改过的表「cases」",
    ),
    "a trigger of a known name with another body": (
        sql(
            "DROP TRIGGER metrics_in",
            "CREATE TRIGGER metrics_in AFTER INSERT ON metrics BEGIN DELETE FROM case_texts; END",
        ),
        NotALibrary,
        "被改过的触发器「metrics_in」",
    ),
    "a trigger of its own": (
        sql("CREATE TRIGGER x AFTER UPDATE ON cases BEGIN DELETE FROM case_texts; END"),
        NotALibrary,
        "不属于案例库的触发器「x」",
    ),
    "an endless view in the place of a table": (
        sql("DROP TABLE selections", f"CREATE VIEW selections AS {NUMBERS} x AS num, x AS id, x AS name FROM n"),
        NotALibrary,
        "不属于案例库的视图「selections」",
    ),
    "an endless view under the texts": (
        sql(
            "DROP VIEW cases_readable",
            "DROP TABLE case_texts",
            f"CREATE VIEW case_texts AS {NUMBERS} x AS {TEXTS} FROM n",
        ),
        NotALibrary,
        "不属于案例库的视图「case_texts」",
    ),
    "a default of 200 MB": (
        sql("ALTER TABLE import_log ADD COLUMN x TEXT DEFAULT (hex(zeroblob(1e8)))"),
        NotALibrary,
        "被改过的表「import_log」",
    ),
    "a generated column of 600 MB": (
        sql("ALTER TABLE cases ADD COLUMN x TEXT AS (hex(zeroblob(3e8)))"),
        NotALibrary,
        "被改过的表「cases」",
    ),
    "a default in the place of one of ours": (
        rewrite("cases", "decided TEXT NOT NULL DEFAULT '[]'", "decided TEXT NOT NULL DEFAULT (hex(zeroblob(1e8)))"),
        NotALibrary,
        "被改过的表「cases」",
    ),
    "a check that never ends": (
        rewrite("library", "only = 1", "only = 1 AND hex(zeroblob(5e8)) != ''"),
        NotALibrary,
        "被改过的表「library」",
    ),
    "an index over an expression": (
        sql("CREATE INDEX x ON cases(hex(title))"),
        NotALibrary,
        "不属于案例库的索引「x」",
    ),
    "a virtual table of another kind": (
        sql("CREATE VIRTUAL TABLE x USING fts5vocab(case_words, 'row')"),
        NotALibrary,
        "不属于案例库的表「x」",
    ),
    "another tokenizer": (
        sql("DROP TABLE title_words", "CREATE VIRTUAL TABLE title_words USING fts5(text)"),
        NotALibrary,
        "被改过的表「title_words」",
    ),
    "a shadow of the index altered": (
        rewrite("title_words_data", "block BLOB", "block BLOB DEFAULT (hex(zeroblob(1e8)))"),
        NotALibrary,
        "被改过的表「title_words_data」",
    ),
    "the table of the steps altered": (
        sql("ALTER TABLE _sqlite_migrations ADD COLUMN x AS (hex(zeroblob(1e8)))"),
        NotALibrary,
        "被改过的表「_sqlite_migrations」",
    ),
    "statistics": (sql("ANALYZE"), NotALibrary, "不属于案例库的表「sqlite_stat1」"),
    "no trigger that keeps a source": (
        sql("DROP TRIGGER sources_keep_text"),
        DamagedLibrary,
        "缺了案例库的触发器「sources_keep_text」",
    ),
    "a version that it is not": (sql("PRAGMA user_version = 1"), NotALibrary, "不属于案例库的|被改过的"),
    "no version": (sql("PRAGMA user_version = 0"), DamagedLibrary, "已损坏"),
    **{
        f"no table {table}": (sql(f"DROP TABLE {table}"), DamagedLibrary, f"缺了案例库的(表|索引|触发器)「{table}")
        for table in ("metrics", "case_texts", "places", "indicators", "title_words", "removed", "import_log")
    },
}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize("foreign", [True, False], ids=["from elsewhere", "known"])
@pytest.mark.parametrize("name", ATTACKS)
def test_refused_untouched_at_every_opening(library: Library, path: Path, name: str, foreign: bool) -> None:
    spoil, kind, words = ATTACKS[name]
    library.close()
    spoil(path)
    before = digests(path.parent)
    with pytest.raises(kind, match=words) as refused:
        Library.open(path, foreign=foreign)
    assert path.name in str(refused.value)
    assert "没有改动" in str(refused.value)
    assert refused.value.detail
    assert digests(path.parent) == before


def test_refused_untouched_with_changes_that_wait_in_a_log(library: Library, path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TRIGGER x AFTER UPDATE ON cases BEGIN DELETE FROM case_texts; END")
    copy = path.parent / "别处" / path.name
    copy.parent.mkdir()
    for tail in ("", "-wal"):
        copy.with_name(copy.name + tail).write_bytes(path.with_name(path.name + tail).read_bytes())
    db.close()
    before = digests(copy.parent)
    with pytest.raises(NotALibrary, match="触发器「x」"):
        Library.open(copy)
    assert {name: digest for name, digest in digests(copy.parent).items() if not name.endswith("-shm")} == before


def test_a_long_name_is_cut_and_shown_in_one_piece(library: Library, path: Path) -> None:
    library.close()
    sql(f'CREATE TABLE "{"长" * 5000}" (x)')(path)
    with pytest.raises(NotALibrary) as refused:
        Library.open(path)
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize("version", range(1, opening.VERSION + 1))
def test_what_is_kept_of_each_version_is_what_its_steps_make(version: int) -> None:
    assert (FOLDER / f"{version}.tsv").read_text("utf-8") == tables_of(version), "python -m tests.tables"


@pytest.mark.parametrize("version", range(1, opening.VERSION))
def test_what_a_released_program_made_is_no_stranger(tmp_path: Path, version: int) -> None:
    path = tmp_path / "旧.anlan"
    path.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / f"schema-{version}.anlan.xz").read_bytes()))
    Library.open(path).close()
    Library.open(path, foreign=True).close()


# ---- what an open library may do

DENIED = (
    "ATTACH '{other}' AS v",
    "DETACH temp",
    "VACUUM INTO '{other}'",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA writable_schema = ON",
    "PRAGMA trusted_schema = ON",
    "PRAGMA user_version = 7",
    "PRAGMA temp_store_directory = '/'",
    "SELECT load_extension('x')",
    "SELECT hex(zeroblob(100))",
    "SELECT writefile('x', 'y')",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE TRIGGER x AFTER UPDATE ON cases BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER x AFTER UPDATE ON cases BEGIN SELECT 1; END",
    "CREATE VIEW x AS SELECT 1",
    "CREATE VIRTUAL TABLE x USING fts5(y)",
    "DROP TABLE cases",
    "DROP TRIGGER sources_keep_text",
    "ALTER TABLE cases ADD COLUMN x",
    "REINDEX",
    "ANALYZE",
    "UPDATE sqlite_master SET sql = ''",
    "DELETE FROM sqlite_master",
    "INSERT INTO sqlite_master VALUES ('trigger', 'x', 'cases', 0, '')",
)


@pytest.mark.parametrize("statement", DENIED)
def test_an_open_library_does_nothing_else(library: Library, tmp_path: Path, statement: str) -> None:
    other = tmp_path / "别的.db"
    with pytest.raises(
        sqlite3.DatabaseError, match=r"not authorized|prohibited|may not|no such function|unsafe|denied"
    ):
        library._db.execute(statement.format(other=other)).fetchall()
    assert not other.exists()
    library.cases.set_title(1, "还能改")
    assert library.undo()


@pytest.mark.skipif(not hasattr(sqlite3.Connection, "setlimit"), reason="from Python 3.11 on")
def test_no_cell_grows_without_bounds(tmp_path: Path) -> None:
    with closing(opening.connect_raw(tmp_path / "a", "rwc")) as db:
        with pytest.raises(sqlite3.DataError, match="too big"):
            db.execute("SELECT length(zeroblob(300000000))")
        with pytest.raises(sqlite3.OperationalError, match="too many attached"):
            db.execute("ATTACH ':memory:' AS x")


def test_a_schema_that_changes_while_it_is_open_still_reaches_no_other_file(library: Library, tmp_path: Path) -> None:
    """What the check at opening cannot see: somebody else changes the tables afterwards."""
    schema.bring_up(db := opening.connect_raw(tmp_path / "b.anlan", "rwc"))
    guard(db, opening.VERSION)
    sql("CREATE TRIGGER x AFTER UPDATE ON library BEGIN SELECT hex(zeroblob(9)); END")(tmp_path / "b.anlan")
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        db.execute("UPDATE library SET revision = 2")
    db.close()
