"""A new version on an old library, and two programs on one library at the same time."""

from __future__ import annotations

import ast
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.desk import EDIT_WORDS, Other, Same, edit_of_json
from core.desk.saved import Hand
from core.intake.desk import work_of
from core.library import Library, NewerLibrary, Query, checking, opening, schema
from core.reading import read_page

Dump = Callable[[Library], dict[str, list[str]]]
ROOT = Path(__file__).resolve().parents[3]
WRITTEN_BY_VERSION_1 = (
    "INSERT INTO sources VALUES (1, 's-1', 'page', '页.txt', '清河日报', '2023-05-04', '3', 'txt', 'utf-8', 'x',"
    " '2024', '议事亭 12座')",
    "INSERT INTO places VALUES (1, '130534', '河北省', '邢台市', '清河县', '', '', 'county', '')",
    *(
        f"INSERT INTO cases VALUES ({n}, 'c-{n}', 1, {n}, '老案例{n}', 'case', 1, '[\"基层治理\"]', '2023-05', 1,"
        " 'checked', 1.0, '', '[]', '2024', '2024', 1)"
        for n in (1, 2, 3)
    ),
    *(
        f"INSERT INTO case_texts VALUES ({n}, '概要', '', '村里立起议事亭', '', '[\"亭里说事\"]', '[]', '[]', '{{}}')"
        for n in (1, 2, 3)
    ),
    "INSERT INTO metrics VALUES (1, 'm-1', 1, 0, '议事亭', '12', NULL, 12, 12, '座', '', '', '2023年', '', '12座', 4,"
    " 7, '议事亭 12座', 0, 7, 1.0, '', 'checked')",
    "INSERT INTO mechanisms VALUES (1, 'x-1', '一亭三议')",
    "INSERT INTO case_mechanisms VALUES (1, 'y-1', 1, 0, 1, 'work model', '[]', '[\"乡贤\"]', '', '[]', 1.0)",
    "INSERT INTO selections VALUES (1, 'z-1', '三季度专报', '2024')",
    "INSERT INTO selection_items VALUES (1, 1, 3, 0, '开头用'), (2, 1, 1, 1, '')",
    "INSERT INTO decisions VALUES (1, 'd-1', '审核人', '2024', 'c-1', 'm-1', 'accepted', NULL, NULL)",
    "UPDATE library SET tokens = 0, revision = 1",
)
"""Three cases, a selection of two of them in an order of its own, a figure that somebody accepted."""


@pytest.fixture
def old(tmp_path: Path, make_version: Callable[..., Path]) -> Path:
    return make_version(tmp_path / "老案例库.anlan", 1, WRITTEN_BY_VERSION_1)


def version_in(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_an_old_library_is_backed_up_before_it_is_brought_up(old: Path) -> None:
    with Library.open(old) as library:
        [backup] = library.backups.all()
    assert (version_in(backup), version_in(old)) == (1, opening.VERSION)


def test_what_a_person_did_is_still_there(old: Path) -> None:
    with Library.open(old, backup=True) as library:
        assert [(s.name, s.cases) for s in library.selections.rows()] == [("三季度专报", 2)]
        assert library.search.find(Query(selection="z-1", order="rank")).nums.tolist() == [3, 1]
        case = library.cases.load(1)
        assert [(m.printed, m.state) for m in case.metrics] == [("12座", "checked")]
        assert case.mechanisms[0].participants == ("乡贤",)
        assert library.pages.text("s-1") == "议事亭 12座"
        assert library._db.execute("SELECT note FROM selection_items ORDER BY num").fetchall()[0] == ("开头用",)
        [decided] = [d for d in library.decisions.all() if d.who]
        assert (decided.who, decided.verdict, decided.after["value"]) == ("审核人", "accepted", "12")


def test_what_it_holds_is_found_after_the_upgrade(old: Path) -> None:
    with Library.open(old) as library:
        assert sorted(library.search.find(Query(words="议事亭")).nums) == [1, 2, 3]
        assert library.search.find(Query(places=("130534",), indicator="议事亭")).nums.tolist() == [1]


def kept(version: int, path: Path) -> Path:
    """A library that a released program of that version made."""
    path.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / f"schema-{version}.anlan.xz").read_bytes()))
    return path


def tables_of(library: Library) -> list[tuple[str, ...]]:
    return library._db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize("version", range(1, opening.VERSION))
def test_a_library_of_any_version_gets_the_tables_of_a_new_one(library: Library, tmp_path: Path, version: int) -> None:
    with Library.open(kept(version, tmp_path / "旧.anlan")) as opened:
        assert opening.version_of(opened._db) == opening.version_of(library._db) == len(schema.STEPS)
        assert tables_of(opened) == tables_of(library)


@pytest.mark.parametrize("version", range(2, opening.VERSION))
def test_a_library_that_was_brought_up_is_sound(tmp_path: Path, version: int) -> None:
    path = kept(version, tmp_path / "旧.anlan")
    Library.open(path).close()
    assert checking.check(path).findings == ()


@pytest.mark.parametrize("path", sorted(ROOT.glob("core/library/steps/*.py")), ids=lambda path: path.stem)
def test_a_step_runs_nothing_that_lives_on(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {"." * node.level + (node.module or "") for node in nodes if isinstance(node, ast.ImportFrom)}
    assert not [name for name in imported if name.startswith(("core", "."))]


CORRECTED = {"do": "correct", "at": 71, "char": "交"}
TAGS = ["cut", "join", "move", "mark", "confirm", "correct", "place", "themes", "title", "kind"]


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A library of version 2 with one edit of each kind on its second page, under the names of then."""
    return kept(2, tmp_path / "改过.anlan")


def test_edits_get_their_tags(edited: Path) -> None:
    with Library.open(edited) as library:
        page = next(row.id for row in library.pages.rows() if row.paper == "江滨晨报")
        edits = library.pages.edits(page)
        assert [edit["do"] for edit in edits] == TAGS
        assert [type(edit_of_json(edit)) for edit in edits] == [
            kind for kind in EDIT_WORDS if kind not in (Same, Other)
        ]  # those came later
        assert CORRECTED in edits


def test_edits_that_got_their_tags_count_and_can_be_undone(edited: Path, dump_of: Dump) -> None:
    with Library.open(edited) as library:
        page = next(row.id for row in library.pages.rows() if row.paper == "江滨晨报")
        before, edits, loaded = dump_of(library), library.pages.edits(page), library.pages.load(page)
        hand = Hand(edits=tuple(map(edit_of_json, edits)))
        library.pages.replace(page, work_of(loaded, read_page(loaded), hand, page).desk.articles, edits)
        assert dump_of(library)["page_edits"] == before["page_edits"]
        assert library.search.find(Query(words="“夜间公交4条”")).nums
        assert library.undo()
        assert dump_of(library) == before


def test_the_copy_of_before_has_the_names_of_then(edited: Path) -> None:
    with Library.open(edited) as library:
        [copy] = library.backups.all()
    names = "SELECT json_extract(edit, '$.do') FROM page_edits ORDER BY num"
    assert opening.connect_raw(copy, "ro").execute(names).fetchone() == ("Cut",)


def test_the_backup_can_be_gone_back_to(old: Path) -> None:
    from core.library import restore

    with Library.open(old) as library:
        [backup] = library.backups.all()
        library.cases.remove([1, 2, 3])
    restore(backup, old)
    with Library.open(old) as library:
        assert library.cases.count() == 3


def test_the_older_version_leaves_it_alone(old: Path) -> None:
    Library.open(old).close()
    db = opening.connect_raw(old, "rw")
    db.execute(f"PRAGMA user_version = {opening.VERSION + 1}")
    db.close()
    before = old.read_bytes()
    with pytest.raises(NewerLibrary, match="更新版本"):
        Library.open(old)
    assert old.read_bytes() == before


# ---- two programs at once

WRITER = """
import sys
from pathlib import Path
from core.library import Library
name = sys.argv[2]
sys.stdin.readline()  # until both are ready
library = Library.open(Path(sys.argv[1]), backup=True)
for at in range(20):
    selection = library.selections.add(f"{name}{at}")
    library.selections.put(selection, [1, 2])
    library.cases.set_title(1, f"{name}{at}")
print(library.cases.count())
library.close()
"""


def write_together(path: Path) -> list[tuple[int, str, str]]:
    """Two programs that begin to write at the same moment: how each ended."""
    command = [sys.executable, "-c", WRITER, str(path)]
    pipe = subprocess.PIPE
    both = [
        subprocess.Popen([*command, name], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for name in "甲乙"
    ]
    for writer in both:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    ends = [writer.communicate(timeout=120) for writer in both]
    return [(writer.returncode, *end) for writer, end in zip(both, ends, strict=True)]


def check_written_by_both(path: Path) -> None:
    with Library.open(path, foreign=True) as library:  # checks every page of the file
        names = {row.name for row in library.selections.rows()}
        assert {f"{name}{at}" for name in "甲乙" for at in range(20)} <= names
        titled = library.cases.load(1).title
        assert titled in ("甲19", "乙19")
        assert library.search.find(Query(words=f"“{titled}”")).nums.tolist() == [1]


def test_two_programs_write_to_one_library(library: Library, path: Path) -> None:
    library.close()
    assert write_together(path) == [(0, "4\n", ""), (0, "4\n", "")]
    check_written_by_both(path)


def test_two_programs_open_an_old_library_at_once(old: Path) -> None:
    assert [(code, err) for code, _, err in write_together(old)] == [(0, ""), (0, "")]
    check_written_by_both(old)
    assert version_in(old) == opening.VERSION
