"""Where things are kept, and the library that a first start builds."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from core.default_library import build_library, ensure_library
from core.folders import PORTABLE_FOLDER, PORTABLE_MARKS, Folders, find_folders
from core.library import Library, Query

SEED = """\
id = "6f0b7d6e-1111-4222-8333-444455556666"
title = "渡口边的夜市"
kind = "case"
section = ""
byline = []
themes = ["营商环境"]
summary = "镇上把渡口空地让给夜市，摊主自己管卫生。"
background = ""
practice = "划线摆摊。"
result = ""
[citation]
paper = ""
published = "2024"
page_no = ""
headline = "渡口边的夜市"
[place]
province = "浙江省"
city = "衢州市"
county = "常山县"
town = ""
village = ""
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "渡口.toml").write_text(SEED, "utf-8")
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    home = tmp_path / "用户"
    return Folders(home / "data", home / "config", home / "logs", home / "cache")


def test_folders_are_the_users_own(own_folders: Path) -> None:
    folders = find_folders()
    assert not folders.portable
    assert all(own_folders in path.parents for path in (folders.library, folders.settings, folders.logs))


@pytest.mark.parametrize("mark", PORTABLE_MARKS)
def test_a_mark_beside_the_program_keeps_everything_there(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    folders = find_folders(beside=tmp_path)
    assert folders.portable
    assert {folders.data, folders.config} == {tmp_path / PORTABLE_FOLDER}


def test_portable_can_be_asked_for(tmp_path: Path) -> None:
    assert find_folders(portable=True, beside=tmp_path).portable


def test_a_stick_that_cannot_be_written_is_not_used(tmp_path: Path) -> None:
    assert not find_folders(portable=True, beside=tmp_path / "gone").portable


def test_looking_for_folders_leaves_nothing_behind(tmp_path: Path) -> None:
    find_folders(portable=True, beside=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_first_start_builds_and_the_second_keeps(folders: Folders, seeds: Path) -> None:
    build_library(folders.library, seeds)
    library = Library.open(folders.library)
    library.cases.remove(list(library.search.find(Query()).nums))
    library.close()
    again = Library.open(ensure_library(folders))
    assert again.cases.count() == 0
    again.close()


def test_places_of_seeds_get_their_codes(folders: Folders, seeds: Path) -> None:
    build_library(folders.library, seeds)
    library = Library.open(folders.library)
    found = library.search.find(Query(places=("330822",)))
    assert library.cases.load(found.nums[0]).place.code == "330822"
    library.close()


def test_a_library_that_could_not_be_built_is_not_there(folders: Folders, seeds: Path) -> None:
    (seeds / "坏.toml").write_text("id = ", "utf-8")
    with pytest.raises(Exception, match="坏"):
        build_library(folders.library, seeds)
    assert list(folders.data.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask platformdirs itself")
@pytest.mark.parametrize("given", ["", "/elsewhere", "not/absolute"])
def test_the_folders_are_those_that_platformdirs_names(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", given)
    theirs = (platformdirs.user_data_path, platformdirs.user_config_path, platformdirs.user_log_path)
    named = [of("anlan", appauthor=False) for of in (*theirs, platformdirs.user_cache_path)]
    assert list(find_folders()[:4]) == named
