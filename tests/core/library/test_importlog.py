"""What became of each file of an import is kept, the newest first."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.library import Library, LogRow, ReadOnlyLibrary

ADDED = LogRow("2024-05-01T08:00:00Z", "甲.txt", "added", 1, 4, 23)
FAILED = LogRow("2024-05-01T08:00:01Z", "乙.pdf", "failed", reason="里面没有文字，没有导入")


def test_the_newest_first(library: Library) -> None:
    library.log.write([ADDED])
    library.log.write([FAILED])
    assert library.log.rows() == [FAILED, ADDED]
    assert library.log.rows(limit=1) == [FAILED]


def test_a_row_without_a_time_is_of_now(library: Library) -> None:
    library.log.write([LogRow("", "丙.docx", "known")])
    assert library.log.rows()[0].when > "2024"


def test_it_is_no_change_of_the_cases(library: Library) -> None:
    before = (library.changed, library.undo_text)
    library.log.write([ADDED])
    assert (library.changed, library.undo_text) == before
    library.undo()
    assert library.log.rows() == [ADDED]


def test_a_name_of_no_characters_is_written_all_the_same(library: Library) -> None:
    library.log.write([LogRow("", "夹/\udcc7\udce5.txt", "failed", reason="读不出\0")])
    [row] = library.log.rows()
    assert (row.file, row.reason) == ("夹/\ufffd\ufffd.txt", "读不出\u2400")


def test_whole_or_not_at_all(library: Library) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        library.log.write([ADDED, LogRow("", "丁", "lost")])  # type: ignore[arg-type]
    assert library.log.rows() == []


def test_not_in_a_file_that_is_only_read(library: Library, path: Path) -> None:
    library.close()
    with Library.open(path, read_only=True) as opened, pytest.raises(ReadOnlyLibrary):
        opened.log.write([ADDED])
