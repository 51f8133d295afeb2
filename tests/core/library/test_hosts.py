"""A library that several machines can reach: one of them writes at a time, the others read and know who that is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import machine
from core.library import Library, LockedLibrary, ReadOnlyLibrary, hosts, media, opening, restore

Seen = Callable[[str], None]


@pytest.fixture(autouse=True)
def on_the_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every folder is one of the network; this program is on machine aaaaaaaa."""
    monkeypatch.setattr(media, "sharing", lambda path: "network")
    monkeypatch.setattr(machine, "host", lambda: "aaaaaaaa")
    yield
    assert not hosts._holds


@pytest.fixture
def closed(path: Path, library: Library) -> Path:
    library.close()
    return path


def held_by_another(path: Path, age: float = 0, **known: object) -> Path:
    """As if machine bbbbbbbb had the library open."""
    holder = {
        "host": "bbbbbbbb",
        "computer": "SW-03",
        "person": "李明",
        "pid": os.getpid(),
        "birth": "",
        "since": "2026-11-29T09:12",
        "token": "t",
        **known,
    }
    file = hosts.file_of(path)
    file.write_bytes(b"0000000007\n" + json.dumps(holder).encode())
    os.utime(file, (time.time() - age,) * 2)
    return file


def test_the_file_lies_beside_the_library_as_long_as_it_is_open(closed: Path) -> None:
    with Library.open(closed) as opened, Library.open(closed) as again:
        told = json.loads(hosts.file_of(closed).read_bytes()[11:])
        assert (told["host"], told["pid"], told["person"]) == ("aaaaaaaa", os.getpid(), machine.person())
        opened.cases.set_title(1, "甲")
        again.cases.set_title(2, "乙")
    assert list(closed.parent.iterdir()) == [closed]


def test_no_log_that_only_one_machine_sees(closed: Path) -> None:
    with Library.open(closed) as opened:
        assert opened._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert opened._db.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000
        opened.cases.set_title(1, "甲")
        assert not list(closed.parent.glob("*-wal"))


def test_on_a_disk_of_this_machine_there_is_no_such_file(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "sharing", lambda path: "")
    with Library.open(closed) as opened:
        opened.cases.set_title(1, "甲")
        assert opened.holder is None
        assert not hosts.file_of(closed).exists()
        assert opened._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_the_second_machine_reads_and_says_who_writes(closed: Path) -> None:
    file = held_by_another(closed)
    with Library.open(closed, backup=True) as opened:
        assert opened.read_only
        assert opened.holder is not None
        assert opened.holder.words() == "李明（电脑「SW-03」）从 11月29日 9:12 起"
        assert not opened.holder_is_dead
        assert opened.cases.load(1).title
        with pytest.raises(ReadOnlyLibrary, match="李明（电脑「SW-03」）从 11月29日 9:12 起正在用它"):
            opened.cases.set_title(1, "改")
    assert file.exists()


def test_one_that_lives_is_not_taken_over(closed: Path) -> None:
    held_by_another(closed, age=hosts.PACE["network"][1] - 30)
    with Library.open(closed, take_over=True) as opened:
        assert opened.read_only


def test_a_dead_one_is_taken_over_when_that_is_wanted(closed: Path) -> None:
    file = held_by_another(closed, age=hosts.PACE["network"][1] + 30)
    with Library.open(closed) as opened:
        assert opened.read_only
        assert opened.holder_is_dead
    with Library.open(closed, take_over=True) as opened:
        assert opened.holder is None
        opened.cases.set_title(1, "接过来改的")
        assert b"aaaaaaaa" in file.read_bytes()
    assert not file.exists()


def test_who_was_taken_for_dead_and_comes_back_only_reads(closed: Path) -> None:
    with Library.open(closed) as opened:
        opened.cases.set_title(1, "睡着以前")
        held_by_another(closed)
        with pytest.raises(ReadOnlyLibrary, match="李明"):
            opened.cases.set_title(1, "醒来以后")
        assert opened.cases.load(1).title == "睡着以前"
        assert opened.holder is not None
    assert b"bbbbbbbb" in hosts.file_of(closed).read_bytes()


def test_who_has_gone_leaves_the_right_to_the_next_change(closed: Path) -> None:
    with Library.open(closed) as opened:
        hosts.file_of(closed).unlink()
        opened.cases.set_title(1, "甲")
        assert b"aaaaaaaa" in hosts.file_of(closed).read_bytes()


def test_a_program_of_this_machine_that_was_killed_is_no_hindrance(closed: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    held_by_another(closed, host="aaaaaaaa", pid=dead.pid)
    with Library.open(closed) as opened:
        opened.cases.set_title(1, "甲")
    assert not hosts.file_of(closed).exists()


def test_a_second_program_of_this_machine_writes_too_and_leaves_the_file(closed: Path) -> None:
    held_by_another(closed, host="aaaaaaaa", pid=os.getppid())
    with Library.open(closed) as opened:
        opened.cases.set_title(1, "甲")
    assert hosts.file_of(closed).exists()


@pytest.mark.parametrize("content", [b"", b"0000000001\n{", b"\xff" * 50, b'0000000001\n{"host": 7}'])
def test_a_file_that_cannot_be_read_counts_as_somebody(closed: Path, content: bytes) -> None:
    hosts.file_of(closed).write_bytes(content)
    with Library.open(closed) as opened:
        assert opened.read_only
        assert "别的电脑" in hosts.refusal(closed, opened.holder or hosts._UNKNOWN)


def test_the_file_is_renewed(closed: Path) -> None:
    with Library.open(closed):
        found = hosts._holds[closed]
        before = hosts.file_of(closed).read_bytes()
        os.utime(found.file, (0, 0))
        found.beat()
        assert hosts.file_of(closed).stat().st_mtime > 0
        assert hosts.file_of(closed).read_bytes() == before.replace(b"0000000000\n", b"0000000001\n")
        held_by_another(closed)
        before = hosts.file_of(closed).read_bytes()
        found.beat()
        assert hosts.file_of(closed).read_bytes() == before


def test_two_that_take_over_at_once(closed: Path) -> None:
    """The file of the dead one is another's when it is taken away: it is put back."""
    held_by_another(closed, age=hosts.PACE["network"][1] + 30)
    found = hosts.Hold(closed)
    dead = hosts._read(found.file)
    assert dead is not None
    held_by_another(closed, person="王芳", token="new")
    found._remove(dead)
    assert hosts._read(found.file) == hosts.Holder(
        "bbbbbbbb", "SW-03", "王芳", os.getpid(), "", "2026-11-29T09:12", "new"
    )
    assert sorted(p.name for p in closed.parent.iterdir()) == sorted([closed.name, found.file.name])


def test_nothing_is_restored_or_saved_over_what_another_machine_has_open(closed: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "备份.anlan", tmp_path / "另一个.anlan"
    with Library.open(closed) as opened:
        opened.backups.copy_to(backup)
        opened.backups.copy_to(other)
    held_by_another(closed)
    with pytest.raises(LockedLibrary, match="李明"):
        restore(backup, closed)
    held_by_another(other)
    with Library.open(closed) as opened, pytest.raises(LockedLibrary, match="正开着：李明"):
        opened.backups.copy_to(other)


def test_a_library_of_an_older_version_is_not_brought_up_by_who_reads(
    tmp_path: Path, make_version: Callable[..., Path]
) -> None:
    old = make_version(tmp_path / "旧.anlan", 1)
    held_by_another(old)
    before = old.read_bytes()
    with pytest.raises(ReadOnlyLibrary):
        Library.open(old)
    assert old.read_bytes() == before


def test_a_very_long_name(tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"{'长' * 80}.anlan"
    library.backups.copy_to(path)
    with Library.open(path) as opened:
        opened.cases.set_title(1, "甲")
        assert hosts.file_of(path).exists()


def test_what_is_checked_takes_no_right(closed: Path) -> None:
    with Library.open(closed, read_only=True, foreign=True) as opened:
        assert opened.cases.count() == 4
        assert not hosts.file_of(closed).exists()


def test_versions_of_now_and_of_before_agree_on_the_journal(closed: Path) -> None:
    """A file that a program without these rules left in WAL mode is brought out of it."""
    db = opening.connect_raw(closed, "rw")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    with Library.open(closed) as opened:
        assert opened._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
