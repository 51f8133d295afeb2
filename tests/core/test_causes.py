"""Why a file could not be written: true, and in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.causes import cause_of, too_long, why_unwritable
from tests.core.library.test_opening import as_nobody

CAUSES = [
    (errno.ENOSPC, "磁盘已满"),
    (errno.EDQUOT, "磁盘空间"),
    (errno.EACCES, "没有权限"),
    (errno.EROFS, "只读"),
    (errno.ENOENT, "文件夹不在了"),
    (errno.ENOTDIR, "不是文件夹"),
    (errno.EISDIR, "同名的文件夹"),
    (errno.EIO, "读写出错"),
    (errno.EFBIG, "文件太大"),
    (errno.ESTALE, "网络文件夹"),
]


@pytest.mark.parametrize(("number", "words"), CAUSES)
def test_what_the_system_says_in_words(number: int, words: str) -> None:
    assert words in cause_of(OSError(number, os.strerror(number), "库.anlan"))


def test_what_is_unknown_is_said_as_it_is() -> None:
    assert cause_of(OSError("odd")) == "odd"


def test_a_long_name_is_told_from_a_long_path(tmp_path: Path) -> None:
    name, path = tmp_path / ("长" * 90), tmp_path.joinpath(*["文件夹" * 20] * 5) / "库.anlan"
    assert "文件名太长" in too_long(name)
    assert "路径太长" in too_long(path)
    assert too_long(tmp_path / "库.anlan") == ""
    with pytest.raises(OSError, match="long") as raised:
        name.touch()
    assert cause_of(raised.value, name) == too_long(name)


def test_a_place_that_can_be_written_gives_no_cause_and_keeps_nothing(tmp_path: Path) -> None:
    assert why_unwritable(tmp_path / "库.anlan") == ""
    assert list(tmp_path.iterdir()) == []


def test_why_a_place_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    (tmp_path / "夹").mkdir()
    assert "不是文件夹" in why_unwritable(tmp_path / "文件" / "库.anlan")
    assert "不在了" in why_unwritable(tmp_path / "没有" / "库.anlan")
    assert "同名的文件夹" in why_unwritable(tmp_path / "夹")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_folder_without_rights() -> None:
    def look() -> None:
        assert why_unwritable(Path("/usr/库.anlan")) == "没有权限"

    assert as_nobody(look) == 0
