"""The tables: what may never change, what other programs see, and how an older file is brought up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.library import Library, NotALibrary, Query, ReadOnlyLibrary, opening


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
        "INSERT INTO decisions (id, case_id, part, verdict, before, note, seen, who, at)"
        " VALUES ('d', 'c', 'title', 'accepted', '1', '', '[]', '审核人', '2024')"
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


SENTENCES = "".join(f"第{n}个村的议事亭里，{n}位老人说起{n * 7}年前修路的旧事。" for n in range(40))
OF_VERSION_1 = (
    "INSERT INTO sources VALUES (1, 's-1', 'page', '页.txt', '', '', '', 'txt', 'utf-8', 'x', '2024', '议事亭 12座')",
    "INSERT INTO places VALUES (1, '', '', '', '', '', '', '', '')",
    *(
        f"INSERT INTO cases VALUES ({n}, 'c-{n}', 1, {n}, '老案例', 'case', 1, '[]', '', 0, 'checked', 1.0, '', '[]',"
        " '2024', '2024', 1)"
        for n in (1, 2)
    ),
    *(
        f"INSERT INTO case_texts VALUES ({n}, '', '', '', '', '[\"{SENTENCES}\"]', '[[[0, 3]]]', '[]', '{{}}')"
        for n in (1, 2)
    ),
    "UPDATE library SET tokens = 0",
)
"""Two cases as the first version kept them; their index is made anew on opening."""


def test_a_file_of_version_1_is_backed_up_and_brought_up(path: Path, make_version: Callable[..., Path]) -> None:
    make_version(path, 1, OF_VERSION_1)
    with pytest.raises(ReadOnlyLibrary, match="升级"):
        Library.open(path, read_only=True)
    with Library.open(path) as library:
        assert opening.version_of(library._db) == opening.VERSION
        assert library.cases.load(1).state == "checked"
        assert list(library.search.find(Query(words="议事亭")).nums) == [1, 2]
        assert [(row.num, share) for row, share in library.cases.siblings(1)] == [(2, 1.0)]
        assert (library.pages.edits("s-1"), library.log.rows()) == ([], [])
        library.cases.set_title(1, "新题")
        assert library.undo()
        (copy,) = library.backups.all()
    with closing(opening.connect_raw(copy, "ro")) as kept:
        assert opening.version_of(kept) == 1


def test_an_index_of_another_making_is_made_anew(library: Library, path: Path) -> None:
    library._db.execute("INSERT INTO case_words(case_words) VALUES ('delete-all')")
    library._db.execute("UPDATE library SET tokens = 0")
    library.close()
    with Library.open(path) as again:
        assert list(again.search.find(Query(words="议事亭")).nums) == [4, 1, 2]


def test_another_programs_file_with_our_tables_is_not_ours(library: Library, path: Path) -> None:
    library.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 7")
    with pytest.raises(NotALibrary):
        Library.open(path)


def test_indicators_are_counted_as_figures_come_and_go(library: Library) -> None:
    def kept() -> list[tuple[str, str, int]]:
        return library._db.execute("SELECT * FROM indicators ORDER BY name").fetchall()

    assert kept() == [("修路里程", "公里", 1), ("议事亭数量", "座", 1)]
    library._db.execute("UPDATE metrics SET indicator = '修路里程', unit = '公里'")
    assert kept() == [("修路里程", "公里", 2)]
    library.cases.remove([1])
    assert kept() == []
