"""What is remembered comes back, and a settings file that somebody spoiled does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.shell.settings import Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "设置" / "anlan.ini"


def test_values_come_back_from_the_file(path: Path) -> None:
    settings = Settings(path)
    settings.keep("look/dense", True)
    settings.keep("look/reading", 18)
    settings.keep("search/history", ["常山 “共同富裕”", "a,b;c=d"])
    settings.write()
    again = Settings(path)
    assert again.flag("look/dense", False)
    assert again.number("look/reading", 16) == 18
    assert again.texts("search/history") == ["常山 “共同富裕”", "a,b;c=d"]


def test_the_newest_stands_first_and_once(path: Path) -> None:
    settings = Settings(path)
    for words in ("甲", "乙", "甲", "丙"):
        settings.keep_first("search/history", words, 3)
    assert settings.texts("search/history") == ["丙", "甲", "乙"]
    settings.forget("search/history", "甲")
    assert settings.texts("search/history") == ["丙", "乙"]


def test_nonsense_in_the_file_gives_defaults(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[look]\nreading=gro\xdf\n[search]\nhistory={1\n[list]\ncolumns=7\n", "latin-1")
    settings = Settings(path)
    assert settings.number("look/reading", 16) == 16
    assert settings.texts("search/history") == settings.texts("list/columns") == []
    assert settings.bytes("window/geometry").isEmpty()


def test_only_libraries_that_still_exist_are_recent(path: Path, tmp_path: Path) -> None:
    settings = Settings(path)
    here = tmp_path / "在.anlan"
    here.touch()
    settings.keep("libraries/recent", [str(tmp_path / "不在.anlan"), str(here)])
    assert settings.recent_libraries() == [here]
