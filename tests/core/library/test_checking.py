"""A library is looked over, an old backup too, and what can be made from the rest is made anew."""

from __future__ import annotations

import hashlib
import lzma
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.library import DamagedLibrary, Library, LibraryError, Query, checking
from tests.core.library.conftest import CASES
from tests.tables import ROOT

Dump = Callable[[Library], dict[str, list[str]]]
DERIVED = {
    "案例的数据条数": "UPDATE cases SET figures = 7 WHERE num = 1",
    "指标的条数": "DELETE FROM indicators",
    "数据排序用的数值": "UPDATE metrics SET number = 1",
    "找转载用的摘录": "INSERT INTO case_sketches VALUES (3, x'00')",
    "检索用的索引": "INSERT INTO title_words(title_words) VALUES ('delete-all')",
}
CONTENT = {
    "UPDATE cases SET title = '别的题' WHERE num = 2": (2, "「别的题」（第 2 号案例）有损坏：题头和存下时不一样。"),
    "DELETE FROM metrics WHERE case_num = 1": (1, "数据和存下时不一样"),
    "DELETE FROM cases WHERE num = 3": (3, "第 3 号案例不见了。"),
    "UPDATE selections SET name = '别的名'": (0, "汇编和存下时不一样"),
    "DELETE FROM selection_items WHERE case_num = 1": (0, "汇编里的案例和存下时不一样"),
    "UPDATE selection_texts SET text = '别的话'": (0, "汇编里的文字和存下时不一样"),
    "UPDATE selection_figures SET figures = '[]'": (0, "汇编里选的数据和存下时不一样"),
    "UPDATE sources SET paper = '别的报'": (0, "来源的出处和存下时不一样"),
}


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def kept(version: int, path: Path) -> Path:
    path.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / f"schema-{version}.anlan.xz").read_bytes()))
    return path


def test_a_whole_library_is_whole(library: Library, path: Path) -> None:
    library.selections.put(library.selections.add("汇编"), [1, 2])
    report = checking.check(path)
    assert (report.cases, report.findings, report.words()) == (4, (), "完好：4 例，2 条数据的原话逐字在原文里")
    assert checking.rebuild(path) == ()


@pytest.mark.parametrize("name", DERIVED)
def test_what_is_made_from_the_rest_is_found_and_made_anew(
    library: Library, path: Path, dump_of: Dump, name: str
) -> None:
    right = dump_of(library)
    library.close()
    alter(path, DERIVED[name])
    report = checking.check(path)
    assert [name in finding.text for finding in report.findings if finding.rebuilds] == [True]
    assert report.can_rebuild
    assert checking.rebuild(path) == (name,)
    assert checking.check(path).findings == ()
    with Library.open(path) as again:
        assert dump_of(again) == right


@pytest.mark.parametrize("statement", CONTENT)
def test_what_is_not_as_it_was_saved_is_named_and_not_blessed(library: Library, path: Path, statement: str) -> None:
    num, words = CONTENT[statement]
    made = library.selections.add("汇编")
    library.selections.put(made, [1, 2])
    library.selections.entitle(made, "题")
    library.selections.choose_figures(made, 1, ["m"])
    library.close()
    alter(path, statement)
    for _ in range(2):
        assert any(found.num == num and words in found.text for found in checking.check(path).findings)
        checking.rebuild(path)


def test_a_view_that_looks_again_sees_what_was_made_anew(library: Library, path: Path) -> None:
    alter(path, DERIVED["检索用的索引"], "INSERT INTO case_words(case_words) VALUES ('delete-all')")
    assert not library.search.find(Query(words="云溪县"))
    checking.rebuild(path)
    assert library.search.find(Query(words="云溪县")).nums.tolist() == [1]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_old_backup_is_looked_over_and_stays_old(tmp_path: Path, version: int) -> None:
    path = kept(version, tmp_path / "旧.anlan")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    report = checking.check(path)
    assert report.version == version
    assert version == 1 or report.findings == ()  # the first was written by hand, its counts and marks are not ours
    assert f"第 {version} 版的文件，没有升级它" in report.words()
    with pytest.raises(LibraryError, match="没有重建"):
        checking.rebuild(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_damage_of_an_old_backup_is_named(tmp_path: Path) -> None:
    path = kept(2, tmp_path / "旧.anlan")
    alter(path, "UPDATE case_texts SET body = '[' WHERE num = 1", "UPDATE cases SET figures = 99 WHERE num = 1")
    found = checking.check(path).findings
    assert [(finding.num, finding.rebuilds) for finding in found if "摘录" not in finding.text] == [
        (1, False),
        (0, True),
    ]


def test_a_library_that_is_none_is_refused_as_ever(tmp_path: Path, library: Library, path: Path) -> None:
    library.close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DamagedLibrary):
        checking.check(path)


def test_a_search_in_a_damaged_index_says_what_helps(library: Library, path: Path) -> None:
    library.close()
    alter(path, "UPDATE case_words_data SET block = x'ffff' WHERE id > 10")
    with Library.open(path) as opened:
        with pytest.raises(DamagedLibrary, match=r"索引有损坏.*检查案例库"):
            opened.search.find(Query(words="议事亭"))
        assert len(opened.search.find(Query())) == 4
    assert "检索用的索引" in checking.rebuild(path)
    with Library.open(path) as opened:
        assert opened.search.find(Query(words="议事亭")).nums.tolist() == [4, 1, 2]


@pytest.mark.parametrize("column", ["quote", "printed"])
def test_a_quote_that_is_not_literal_where_it_points_is_named(path: Path, column: str) -> None:
    with Library.create(path) as made:
        made.cases.add(CASES)
    alter(path, f"UPDATE metrics SET {column} = '另外的话' WHERE num = 1", "UPDATE library SET sums = 0")
    report = checking.check(path)
    assert [f.num for f in report.findings if "原话不在它指的地方" in f.text] == [1]
    assert report.quotes == 1
