"""A search with kept sets of frequent words finds exactly what a search without them finds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.library import Library, Query
from core.library.frequent import Frequent, ready
from core.library.stopping import Stop, Stopped
from core.records import Case, Mechanism
from tests.core.library.conftest import CASES

WORDS = (
    "议事亭",
    "亭",
    "议事",
    "事亭",
    "修路",
    "的",
    "常山",
    "一核四联",
    "公里",
    "亭 修路",
    "亭 不含 修路",
    "亭 或 夜校",
    "夜校",
)
TEXT = st.text(st.sampled_from("议事亭修路夜校的常"), min_size=1, max_size=6)
CASE = st.builds(
    lambda title, name, body: Case("", title, mechanisms=(Mechanism(name),), body=(body,)), TEXT, TEXT, TEXT
)


def answers(library: Library, words: Sequence[str] = WORDS) -> list[list[int]]:
    """The hits of some searches, nothing remembered from before."""
    library.search._found.clear()
    return [list(library.search.find(Query(words=typed)).nums) for typed in words]


def make(library: Library, folder: Path) -> Frequent:
    found = ready(library._db, folder, Stop(), least=1)
    assert found is not None
    return found


@settings(max_examples=25)
@given(st.lists(CASE, min_size=2, max_size=6), st.lists(CASE, min_size=1, max_size=3), st.data())
def test_as_without(cases: list[Case], more: list[Case], data: st.DataObject) -> None:
    words = [*WORDS, *data.draw(st.lists(TEXT, max_size=6))]
    with tempfile.TemporaryDirectory() as name, Library.create(Path(name) / "a.anlan") as library:
        nums = library.cases.add(cases)
        kept = make(library, Path(name))
        for change in (
            lambda: None,
            lambda: library.cases.add(more),
            lambda: library.cases.set_title(nums[0], more[0].title),
            lambda: library.cases.remove(nums[1:2]),
            library.undo,
        ):
            change()
            library.search.frequent = None
            plain = answers(library, words)
            library.search.frequent = kept
            assert answers(library, words) == plain
            library.search.frequent = make(library, Path(name))  # read from its file again
            assert answers(library, words) == plain


def test_they_are_taken_from_their_file(library: Library, tmp_path: Path) -> None:
    plain = answers(library)
    make(library, tmp_path)
    [file] = tmp_path.glob("*.words")
    written = file.stat().st_mtime_ns
    library.search.frequent = make(library, tmp_path)
    assert file.stat().st_mtime_ns == written
    library._db.execute("INSERT INTO case_words(case_words) VALUES ('delete-all')")  # so nothing comes from the index
    assert len(library.search.frequent) > 20
    assert answers(library, ["议事亭", "亭"]) == [plain[0], plain[1]]


def test_a_copy_that_went_another_way_is_told_apart(library: Library, path: Path, tmp_path: Path) -> None:
    library.close()
    copy = tmp_path / "副本.anlan"
    shutil.copy(path, copy)
    with Library.open(path) as one, Library.open(copy) as other:
        one.cases.set_title(3, "市里办起议事亭")
        other.cases.set_title(2, "夜校")
        assert one._file.revision == other._file.revision
        make(one, tmp_path)
        plain = answers(other)
        other.search.frequent = make(other, tmp_path)
        assert answers(other) == plain


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "empty"])
def test_a_damaged_file_changes_nothing(library: Library, tmp_path: Path, damage: str) -> None:
    plain = answers(library)
    kept = make(library, tmp_path)
    [file] = tmp_path.glob("*.words")
    data = bytearray(file.read_bytes())
    if damage == "changed":
        data[: len(data) // 2] = bytes(byte ^ 0x55 for byte in data[: len(data) // 2])
        file.write_bytes(data)
    elif damage == "gone":
        file.unlink()
    else:
        file.write_bytes(data[: 0 if damage == "empty" else len(data) // 3])
    library.search.frequent = kept
    assert answers(library) == plain
    library.search.frequent = make(library, tmp_path)
    assert answers(library) == plain


def test_another_format_is_made_anew(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(library, tmp_path)
    monkeypatch.setattr("core.library.frequent._FORMAT", 2)
    make(library, tmp_path)
    assert len(list(tmp_path.glob("*.words"))) == 1  # the older is gone
    assert not list(tmp_path.glob("*.new"))


def test_small_libraries_need_none(library: Library, tmp_path: Path) -> None:
    assert ready(library._db, tmp_path / "无", Stop()) is None
    assert not (tmp_path / "无").exists()


def test_where_nothing_can_be_written_the_index_answers(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "一个文件"
    file.touch()
    assert ready(library._db, file, Stop(), least=1) is None


def test_it_can_be_given_up(library: Library, tmp_path: Path) -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        ready(library._db, tmp_path, stop, least=1)
    assert not list(tmp_path.glob("*.words"))
    assert not list(tmp_path.glob("*.new"))


def test_too_many_changes_ask_the_index(library: Library, tmp_path: Path) -> None:
    kept = make(library, tmp_path)
    library.cases.add([replace(CASES[3], id="", title=f"议事亭{at}") for at in range(300)])
    library.search.frequent = kept
    assert len(library.search.find(Query(words="议事亭"))) == 303
    assert kept.cases(library._db, "亭") is None
