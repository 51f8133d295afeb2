"""The way back to a backup: into the file that is there, whole or not at all, and nobody is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.corpus import generate
from core import scratch
from core.library import (
    DamagedLibrary,
    Library,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NotALibrary,
    Query,
    opening,
    restore,
)
from tests.core.library.test_backups import left_by_a_kill, spoil_page, spoil_text, title_in
from tests.core.library.test_upgrading import WRITTEN_BY_VERSION_1

ROOT = Path(__file__).resolve().parents[3]
FIRST = "云溪县推行“一核四联”"


@pytest.fixture
def copy(library: Library, path: Path) -> Path:
    """A backup; the library was changed after it was made, and is closed."""
    made = library.backups.keep_when_due()
    assert made is not None
    library.cases.set_title(1, "之后改的")
    library.close()
    return made


def test_what_is_replaced_is_kept(copy: Path, path: Path) -> None:
    kept = restore(copy, path)
    assert kept is not None
    assert (title_in(path), title_in(kept)) == (FIRST, "之后改的")
    with Library.open(path, foreign=True) as opened:
        assert opened.backups.all() == [copy]
        assert opened.search.find(Query(words="一核四联")).nums.tolist() == [1]
    assert [p.name for p in path.parent.iterdir() if p != path] == ["备份"]


def test_an_emptied_library_comes_back(copy: Path, path: Path) -> None:
    path.write_bytes(b"")
    restore(copy, path)
    assert title_in(path) == FIRST


def test_it_can_be_taken_back(copy: Path, path: Path) -> None:
    kept = restore(copy, path)
    assert kept is not None
    restore(kept, path)
    assert title_in(path) == "之后改的"


def test_a_restored_library_is_further_on_than_all_before(copy: Path, path: Path) -> None:
    with Library.open(path) as opened:
        opened.cases.set_title(2, "再改")
        before = opened.changed
    restore(copy, path)
    with Library.open(path) as opened:
        assert opened.changed > before


def test_a_log_that_was_left_is_part_of_what_is_kept(copy: Path, path: Path) -> None:
    left_by_a_kill(path)
    kept = restore(copy, path)
    assert kept is not None
    assert (title_in(path), title_in(kept)) == (FIRST, "被杀的进程")
    assert not list(path.parent.glob("*.anlan-*"))


def test_a_lost_library_comes_back(copy: Path, path: Path) -> None:
    path.unlink()
    assert restore(copy, path) is None
    assert title_in(path) == FIRST


def test_a_lost_library_comes_back_without_the_log_that_was_left(copy: Path, path: Path) -> None:
    left_by_a_kill(path)
    path.unlink()
    restore(copy, path)
    assert title_in(path) == FIRST
    assert [p.name[-4:] for p in (path.parent / "备份").iterdir() if "恢复前" in p.name] == ["-wal"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p.write_bytes(b"rubbish" * 1000),
        lambda p: p.write_bytes(p.read_bytes()[:5000]),
        lambda p: spoil_page(p, 0.5),
        lambda p: spoil_page(p, 0),
    ],
    ids=["rubbish", "cut off", "a page", "the head"],
)
def test_a_damaged_library_comes_back_and_its_ruins_are_kept(
    copy: Path, path: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(path)
    ruins = path.read_bytes()
    kept = restore(copy, path)
    assert title_in(path) == FIRST
    assert kept is not None
    assert len(kept.read_bytes()) == len(ruins)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda p: p.write_bytes(b"no library"), NotALibrary),
        (lambda p: p.unlink(), MissingLibrary),
        (lambda p: spoil_page(p, p.read_bytes().find(FIRST.encode()) / p.stat().st_size), DamagedLibrary),
        (spoil_text, DamagedLibrary),
    ],
    ids=["no library", "missing", "a page", "a text"],
)
def test_a_bad_backup_changes_nothing(
    library: Library, path: Path, spoil: Callable[[Path], object], error: type[LibraryError]
) -> None:
    library.cases.add(generate(60))
    copy = library.backups.keep_when_due()
    assert copy is not None
    library.cases.set_title(1, "现在的")
    library.close()
    spoil(copy)
    before = sorted(path.parent.iterdir())
    with pytest.raises(error):
        restore(copy, path)
    assert sorted(path.parent.iterdir()) == before
    assert title_in(path) == "现在的"


def test_a_library_is_no_backup_of_itself(copy: Path, path: Path) -> None:
    with pytest.raises(LibraryError, match="自己"):
        restore(path, path)
    assert title_in(path) == "之后改的"


def test_who_has_the_library_open_is_not_left_behind(copy: Path, path: Path) -> None:
    with Library.open(path) as other:
        with pytest.raises(LockedLibrary, match="还在别的窗口或程序里开着"):
            restore(copy, path)
        other.cases.set_title(1, "又改了")
    assert title_in(path) == "又改了"


PROGRAM = """
import sys, pathlib
from core.library import Library
with Library.open(pathlib.Path(sys.argv[1])) as library:
    print("open", flush=True)
    sys.stdin.readline()
    library.cases.set_title(1, "别的程序后来改的")
"""


def test_another_program_is_not_left_behind(copy: Path, path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LockedLibrary):
            restore(copy, path)
        other.communicate("\n")
    assert title_in(path) == "别的程序后来改的"
    restore(copy, path)
    assert title_in(path) == FIRST


def test_a_backup_of_an_older_version(
    copy: Path, path: Path, tmp_path: Path, make_version: Callable[..., Path]
) -> None:

    old = make_version(tmp_path / "老案例库.anlan", 1, WRITTEN_BY_VERSION_1)
    before = old.read_bytes()
    restore(old, path)
    with Library.open(path, foreign=True) as opened:
        assert opening.version_of(opened._db) == opening.VERSION
        assert sorted(opened.search.find(Query(words="议事亭")).nums) == [1, 2, 3]
    assert old.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_what_a_dead_program_left_is_swept_and_nothing_else(copy: Path, path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    own, others = scratch.beside(path), path.with_name(".ffffffff-1-00000000-1.anlan-new")
    left = path.with_name(own.name.replace(f"-{os.getpid()}-", f"-{dead.pid}-"))
    files = [own, others, left, left.with_name(left.name + "-journal"), path.with_name("报告.未完成")]
    for file in files:
        file.write_bytes(b"half")
    with Library.open(path) as opened:
        opened.cases.set_title(1, "改")
        opened.backups.keep_when_due()
    assert [file for file in files if file.exists()] == [own, others, files[4]]
