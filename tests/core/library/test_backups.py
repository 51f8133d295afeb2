"""Copies beside the library, the last few kept, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.library import Library, LibraryError, MissingLibrary, NotALibrary, restore


def test_a_copy_is_a_library_of_its_own(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "别处" / "副本.anlan"
    library.backups.copy_to(target)
    assert [p.name for p in target.parent.iterdir()] == ["副本.anlan"]
    with Library.open(target, foreign=True) as copy:
        assert (copy.cases.count(), copy.id) == (4, library.id)


def test_a_copy_that_cannot_be_written_says_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(LibraryError, match="没有备份成"):
        library.backups.copy_to(tmp_path / "文件" / "副本.anlan")


def test_opening_keeps_one_copy_a_day(library: Library, path: Path) -> None:
    library.close()
    for _ in range(3):
        with Library.open(path, backup=True) as opened:
            assert len(opened.backups.all()) == 1


def aged(copy: Path, days: int) -> Path:
    """As if the copy were older."""
    time = datetime.now() - timedelta(days=days)
    return copy.rename(copy.with_name(f"试验 {time:%Y-%m-%d %H%M%S}.anlan"))


def test_the_newest_five_are_kept_and_only_when_something_changed(library: Library) -> None:
    for day in range(8, 0, -1):
        library.cases.set_title(1, f"第{day}天")
        made = library.backups.keep_when_due()
        assert made is not None
        aged(made, day)
    assert library.backups.keep_when_due() is None
    assert len(library.backups.all()) == 5
    assert library.backups.all() == sorted(library.backups.all(), reverse=True)


def test_restoring_keeps_what_was_replaced(library: Library, path: Path) -> None:
    copy = library.backups.keep_when_due()
    assert copy is not None
    library.cases.set_title(1, "之后改的")
    library.close()
    kept = restore(copy, path)
    assert kept is not None
    with Library.open(path) as now, Library.open(kept) as replaced:
        assert now.cases.load(1).title == "云溪县推行“一核四联”"
        assert replaced.cases.load(1).title == "之后改的"
        assert kept not in now.backups.all()


def test_restoring_a_lost_library(library: Library, path: Path) -> None:
    copy = library.backups.keep_when_due()
    assert copy is not None
    library.close()
    path.unlink()
    assert restore(copy, path) is None
    with Library.open(path) as again:
        assert again.cases.count() == 4


@pytest.mark.parametrize("content", [None, b"no library"])
def test_a_bad_backup_changes_nothing(library: Library, path: Path, tmp_path: Path, content: bytes | None) -> None:
    library.close()
    before = path.read_bytes()
    bad = tmp_path / "坏.anlan"
    if content:
        bad.write_bytes(content)
    with pytest.raises(NotALibrary if content else MissingLibrary):
        restore(bad, path)
    assert path.read_bytes() == before


def test_a_failing_backup_does_not_keep_the_library_shut(library: Library, path: Path) -> None:
    library.close()
    (path.parent / "备份").write_text("x")
    with Library.open(path, backup=True) as opened:
        assert opened.cases.count() == 4
        assert "没有备份成" in opened.backups.failed
