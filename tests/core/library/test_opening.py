"""What is not a library, or cannot be opened, is refused in words and not touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from bench.corpus import generate
from core.library import (
    DamagedLibrary,
    Library,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NewerLibrary,
    NotALibrary,
    Query,
    ReadOnlyLibrary,
)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def other_database(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE cases (id)")
    db.close()


def patch(path: Path, at: int, data: bytes) -> None:
    raw = bytearray(path.read_bytes())
    raw[at : at + len(data)] = data
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def hollow(path: Path) -> None:
    """Overwrite every page but the first few with rubbish."""
    raw = path.read_bytes()
    path.write_bytes(raw[:8192] + bytes(range(256)) * ((len(raw) - 8192) // 256))


def strange_trigger(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TRIGGER x AFTER UPDATE ON library BEGIN DELETE FROM selections; END")
    db.close()


def emptied(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DELETE FROM library")
    db.commit()
    db.close()


REFUSED: list[tuple[str, Callable[[Path], object], type[LibraryError], str]] = [
    ("missing", lambda p: p.unlink(), MissingLibrary, "找不到"),
    ("folder", lambda p: (p.unlink(), p.mkdir()), MissingLibrary, "文件夹"),
    ("empty", lambda p: p.write_bytes(b""), NotALibrary, "空文件"),
    ("text", lambda p: p.write_text("今天天气很好" * 100, "utf-8"), NotALibrary, "不是案例库"),
    ("short", lambda p: p.write_bytes(b"SQLite format 3\0"), NotALibrary, "不是案例库"),
    ("other database", lambda p: (p.unlink(), other_database(p)), NotALibrary, "别的程序"),
    ("newer", lambda p: patch(p, 60, (99).to_bytes(4, "big")), NewerLibrary, "升级程序"),
    ("cut off", cut, DamagedLibrary, "已损坏"),
    ("hollow", hollow, DamagedLibrary, "已损坏"),
    ("no row", emptied, DamagedLibrary, "已损坏"),
    ("strange trigger", strange_trigger, NotALibrary, "不属于案例库"),
]


@pytest.mark.parametrize(("spoil", "error", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_and_untouched(
    library: Library, path: Path, spoil: Callable[[Path], object], error: type[LibraryError], words: str
) -> None:
    library.close()
    spoil(path)
    before = digest(path)
    with pytest.raises(error, match=words) as raised:
        Library.open(path, foreign=True)
    assert path.name in str(raised.value)
    assert raised.value.detail
    assert digest(path) == before
    assert not list(path.parent.glob("*.anlan-*"))
    assert str(path) not in {opened.path for opened in psutil.Process().open_files()}


def read_all(path: Path) -> None:
    with Library.open(path) as opened:
        for num in opened.search.find(Query()).nums:
            opened.cases.load(num)


def test_damage_that_only_reading_finds_is_said_in_words(library: Library, path: Path) -> None:
    library.cases.add(generate(60))
    library.close()
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 3] + bytes(len(raw) - len(raw) // 3))
    with pytest.raises(DamagedLibrary, match="备份"):
        read_all(path)


def test_a_file_in_pieces_whose_log_holds_the_rest(library: Library, path: Path, tmp_path: Path) -> None:
    """As a program leaves it that is killed while it writes its log into the file."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
    left = tmp_path / "被杀" / "库.anlan"
    left.parent.mkdir()
    left.write_bytes(path.read_bytes()[:4096])
    log = path.with_name(path.name + "-wal").read_bytes()
    left.with_name(left.name + "-wal").write_bytes(log)
    with Library.open(left, foreign=True) as opened:
        assert list(opened.search.find(Query(words="议事亭")).nums) == [4, 1, 2]


def test_a_locked_library(library: Library, path: Path) -> None:
    library.close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedLibrary, match="占用"):
        Library.open(path)
    db.close()


def test_a_writer_elsewhere_makes_a_change_wait_and_then_fail_whole(library: Library, path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedLibrary, match="占用"):
        library.cases.set_title(1, "改不了")
    db.execute("ROLLBACK")
    assert library.cases.load(1).title == "云溪县推行“一核四联”"
    assert library.undo_text == "导入 4 例"
    library.cases.set_title(1, "改得了")
    db.close()


def test_read_only_reads_and_does_not_write(library: Library, path: Path) -> None:
    library.close()
    before = digest(path)
    with Library.open(path, read_only=True) as opened:
        assert opened.read_only
        assert list(opened.search.find(Query(words="议事亭")).nums) == [4, 1, 2]
        assert len(opened.contents.tree("place")) == 3
        with pytest.raises(ReadOnlyLibrary, match="只读"):
            opened.cases.set_title(1, "改")
    assert digest(path) == before


def as_nobody(action: Callable[[], object]) -> int:
    """Do something in a child process without any rights; 0 when it went well."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            action()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_what_cannot_be_written_opens_read_only(
    library: Library, path: Path, tmp_path_factory: pytest.TempPathFactory, file_mode: int, folder_mode: int
) -> None:
    library.close()
    folder = Path("/tmp") / f"anlan-test-{os.getpid()}-{file_mode}-{folder_mode}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = Path(shutil.copy(path, folder))
    copy.chmod(file_mode)
    folder.chmod(folder_mode)

    def read() -> None:
        with Library.open(copy, backup=True) as opened:
            assert opened.read_only
            assert len(opened.search.find(Query(words="议事亭"))) == 3

    try:
        assert as_nobody(read) == 0
        assert all(p.name.startswith(copy.name) for p in folder.iterdir())
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


def test_opened_hardened(library: Library) -> None:
    for pragma, value in {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 10_000,
    }.items():
        assert library._db.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_create_does_not_overwrite(library: Library, path: Path) -> None:
    with pytest.raises(LibraryError, match="没有覆盖"):
        Library.create(path)
    assert library.cases.count() == 4


def test_create_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(LibraryError, match="建不了"):
        Library.create(tmp_path / "文件" / "库.anlan")


def test_ids_stay(library: Library, path: Path) -> None:
    had = library.id
    library.close()
    with Library.open(path) as again:
        assert again.id == had
        assert again.cases.count() == 4


@pytest.mark.parametrize("name", ["甲 乙.anlan", "一#二.anlan", "三?四.anlan", "五%20六.anlan", "七&mode=ro.db"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    with Library.create(tmp_path / name) as made:
        made.selections.add("汇编")
    with Library.open(tmp_path / name, backup=True) as again:
        assert [s.name for s in again.selections.rows()] == ["汇编"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "备份"])
