"""Unfinished files: names that only we give, swept when their program is certainly dead."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import machine, scratch

WEEK = 7 * 86400


def dead_pid() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def names(here: str, pid: int, dead: int, birth: str) -> dict[str, tuple[float, bool]]:
    """Name → its age in seconds, and whether it is to go."""
    return {
        f".{here}-{pid}-{birth}-1.anlan-new": (10 * WEEK, False),
        f".{here}-{dead}-{birth}-1.anlan-new": (0, True),
        f".{here}-{dead}-{birth}-1.anlan-new-journal": (0, True),
        f".{here}-{pid}-00000000-1.anlan-new": (0, True),
        f".ffffffff-{dead}-{birth}-1.anlan-new": (WEEK / 2, False),
        f".ffffffff-{pid}-{birth}-1.anlan-new": (2 * WEEK, True),
        f".库 2026-11-29 091500.anlan.{dead}.new": (2 * WEEK, True),
        f".库 2026-11-29 091500.anlan.{dead}.new-journal": (2 * WEEK, True),
        f".库 2026-11-29 091501.anlan.{dead}.new": (60, False),
        f".库 2026-11-29 091502.anlan.{pid}.new": (2 * WEEK, False),
        ".0123456789abcdef.anlan": (2 * WEEK, True),
        ".0123456789abcdef.anlan-wal": (2 * WEEK, True),
        ".库.anlan.new": (2 * WEEK, True),
        f"..库.anlan.new.{dead}.new": (2 * WEEK, True),
        "库.anlan": (9 * WEEK, False),
        "库.anlan-wal": (9 * WEEK, False),
        ".隐藏的.anlan": (9 * WEEK, False),
        "报告.docx.未完成": (9 * WEEK, False),
        ".config.new": (9 * WEEK, False),
        f".库.{here}-{dead}-{birth}-1.anlan-new": (9 * WEEK, False),
        ".~lock.库.anlan#": (9 * WEEK, False),
    }


def test_what_is_swept(tmp_path: Path) -> None:
    pid, birth = os.getpid(), machine.birth_of(os.getpid()) or ""
    table = names(machine.host(), pid, dead_pid(), birth)
    for name, (age, _) in table.items():
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (tmp_path / f".{machine.host()}-{dead_pid()}-{birth}-2.anlan-new").mkdir()
    gone = scratch.sweep(tmp_path)
    assert {path.name for path in gone} == {name for name, (_, goes) in table.items() if goes}
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        n for n, (_, goes) in table.items() if not goes
    }
    assert scratch.sweep(tmp_path / "没有这个文件夹") == []


@pytest.mark.parametrize("name", ["库.anlan", "长" * 84 + "x", "a" * 255, "有 空格#%?.json"])
def test_an_unfinished_file_is_ours_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with scratch.unfinished(tmp_path / name) as new:
        new.write_bytes(b"half")
        new.with_name(new.name + "-journal").write_bytes(b"half")
        assert scratch.sweep(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_each_has_a_name_of_its_own(tmp_path: Path) -> None:
    assert len({scratch.beside(tmp_path / "库.anlan") for _ in range(3)}) == 3


def test_a_process_that_runs_is_known_by_its_birth() -> None:
    own = machine.birth_of(os.getpid())
    assert own is not None
    assert machine.is_running(os.getpid(), own)
    assert machine.is_running(os.getpid(), "")
    assert not own or not machine.is_running(os.getpid(), "0" * 8)
    assert not machine.is_running(dead_pid(), "")
    assert machine.birth_of(2**40) is None
