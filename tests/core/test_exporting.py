"""What a selection has of its own is written as the list shows its cases: all, some, in another order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.exporting import Wanted, compilation, export
from core.library import Library
from core.records import Case
from core.writing.compilation import Entry, Passage

Line = int | str


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.create(tmp_path / "库.anlan")
    made.cases.add([Case(str(n), f"第{n}例") for n in range(1, 6)])
    return made


@pytest.fixture
def selection(library: Library) -> str:
    """A foreword, 「甲」 over 1 and 2, 「乙」 over 3 with a note, 「丙」 over nothing."""
    made = library.selections.add("汇编")
    library.selections.put(made, [1, 2, 3])
    for kind, text, at in (("note", "前言", 0), ("heading", "甲", 1), ("heading", "乙", 4), ("note", "乙的话", 6)):
        library.selections.write(made, kind, text, at)  # type: ignore[arg-type]
    library.selections.write(made, "heading", "丙")
    library.selections.annotate(made, 2, "按语")
    return made


ALL: list[Line] = ["前言", "甲", 1, 2, "乙", 3, "乙的话", "丙"]


@pytest.mark.parametrize(
    ("nums", "lines"),
    [([1, 2, 3], ALL), ([1, 2], ["前言", "甲", 1, 2]), ([3], ["前言", "乙", 3, "乙的话"]), ([3, 1, 2], [3, 1, 2]),
     ([1, 5], [1, 5]), ([], ["前言"])],
)  # fmt: skip
def test_lines_of_what_is_listed(library: Library, selection: str, nums: list[int], lines: list[Line]) -> None:
    with library:
        made = compilation(library, Wanted(nums, selection=selection))
        entries = list(made.entries)
        told = [one.text if isinstance(one, Passage) else int(one.case.title[1]) for one in entries]
        assert told == lines
        assert made.headed == any(line in ("甲", "乙") for line in lines)
        assert [e.note for e in entries if isinstance(e, Entry) and e.case.title == "第2例"] == ["按语"] * (2 in nums)


@pytest.mark.parametrize(
    ("own", "asked", "title"), [("自己的", "", "自己的"), ("", "", "典型案例汇编"), ("自己的", "要的", "要的")]
)
def test_which_title_is_written(library: Library, selection: str, own: str, asked: str, title: str) -> None:
    with library:
        library.selections.entitle(selection, own)
        assert compilation(library, Wanted([1], asked, selection=selection)).title == title


def test_tables_have_the_cases_alone(library: Library, selection: str, tmp_path: Path) -> None:
    with library:
        list(export(library, Wanted([1, 2, 3], selection=selection), "json", tmp_path / "出.json"))
        assert [case["title"] for case in json.loads((tmp_path / "出.json").read_text("utf-8"))] == [
            "第1例", "第2例", "第3例",
        ]  # fmt: skip
        list(export(library, Wanted([1, 2, 3], selection=selection), "xlsx", tmp_path / "出.xlsx"))


def test_a_selection_that_is_gone(library: Library, tmp_path: Path) -> None:
    with library, pytest.raises(KeyError):
        list(export(library, Wanted([1], selection="gone"), "html", tmp_path / "出.html"))
    assert not (tmp_path / "出.html").exists()
