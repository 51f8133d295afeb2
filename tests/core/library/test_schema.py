"""The tables: what may never change, what other programs see, and how an older file is brought up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from core.library import Library, NotALibrary, Query, ReadOnlyLibrary, opening, schema


def test_the_file_says_whose_it_is(library: Library, path: Path) -> None:
    library.close()
    head = path.read_bytes()[:100]
    assert head[68:72] == b"ANLN"
    assert int.from_bytes(head[60:64], "big") == opening.VERSION


@pytest.mark.parametrize(
    "statement",
    ["UPDATE sources SET text = 'x'", "UPDATE sources SET sha256 = 'x'", "UPDATE decisions SET who = 'x'",
     "DELETE FROM decisions"],
)  # fmt: skip
def test_what_is_never_changed(library: Library, statement: str) -> None:
    library._db.execute(
        "INSERT INTO decisions (id, who, at, case_id, verdict) VALUES ('d', '审核人', '2024', 'c', 'accepted')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        library._db.execute(statement)


def test_the_readable_views(library: Library, path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row
    cases = plain.execute("SELECT * FROM cases_readable ORDER BY 序号").fetchall()
    assert (cases[0]["标题"], cases[0]["主题"], cases[0]["做法机制"]) == (
        "云溪县推行“一核四联”",
        "基层治理、党建引领",
        "一核四联",
    )
    assert cases[1]["正文"] == "茶园里立起议事亭。\n去年修路3公里，人均增收1.2万元。"
    figures = plain.execute("SELECT * FROM metrics_readable ORDER BY 指标").fetchall()
    assert [(f["指标"], f["数值"], f["数值上限"], f["状态"]) for f in figures] == [
        ("修路里程", "3.5", "5.10", "未核"),
        ("议事亭数量", "516", None, "未核"),
    ]
    assert plain.execute("SELECT theme FROM case_themes WHERE case_num = 1").fetchall()[1][0] == "党建引领"
    plain.close()


def test_an_older_file_is_backed_up_and_brought_up(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    steps = Migrations("anlan")
    steps(name="1")(schema.first)

    @steps(name="2")
    def second(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE selections ADD COLUMN colour TEXT NOT NULL DEFAULT ''")
        schema.mark(db, 2)

    monkeypatch.setattr(opening, "VERSION", 2)
    monkeypatch.setattr(schema, "migrations", steps)
    with pytest.raises(ReadOnlyLibrary, match="升级"):
        Library.open(path, read_only=True)
    with Library.open(path) as library:
        assert opening.version_of(library._db) == 2
        assert library.count() == 4
        assert library.add_selection("彩色")
        (copy,) = library.backups()
    monkeypatch.undo()
    with Library.open(copy) as old:
        assert opening.version_of(old._db) == 1


def test_an_index_of_another_making_is_made_anew(library: Library, path: Path) -> None:
    library._db.execute("INSERT INTO case_words(case_words) VALUES ('delete-all')")
    library._db.execute("UPDATE library SET tokens = 0")
    library.close()
    with Library.open(path) as again:
        assert list(again.search(Query(words="议事亭")).nums) == [4, 1, 2]


def test_another_programs_file_with_our_tables_is_not_ours(library: Library, path: Path) -> None:
    library._db.execute("PRAGMA application_id = 7")
    library.close()
    with pytest.raises(NotALibrary):
        Library.open(path)


def test_indicators_are_counted_as_figures_come_and_go(library: Library) -> None:
    def kept() -> list[tuple[str, str, int]]:
        return library._db.execute("SELECT * FROM indicators ORDER BY name").fetchall()

    assert kept() == [("修路里程", "公里", 1), ("议事亭数量", "座", 1)]
    library._db.execute("UPDATE metrics SET indicator = '修路里程', unit = '公里'")
    assert kept() == [("修路里程", "公里", 2)]
    library.remove_cases([1])
    assert kept() == []
