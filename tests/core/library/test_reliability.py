"""What bench.reliability tries with kills must be right without one, and each of its looks must find what is wrong."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bench.reliability import acts, disk, edits, kills
from bench.reliability.acts import ACTS, FILES, LIBRARY, Act
from bench.reliability.outcome import Outcome
from core.library import Library

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
TRIED = (*FILES, ACTS["title"], ACTS["undo"], ACTS["selections"], ACTS["merge, withdraw, do again"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "template"
    acts.make_world(folder, small=True)
    return folder


def laid(world: Path, act: Act, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(world, tmp_path / "world"))
    act.prepare(folder)
    return folder


@pytest.mark.parametrize("act", TRIED, ids=lambda act: act.name)
def test_nothing_is_wrong_without_a_kill_and_after_one(world: Path, tmp_path: Path, act: Act) -> None:
    for at, after in enumerate((None, random.Random(act.name).uniform(0, 0.3))):
        (tmp_path / str(at)).mkdir()
        folder = laid(world, act, tmp_path / str(at))
        told, killed = kills.do_in_fork(act, folder, after)
        assert killed or told
        assert kills.faults_after(act, folder, told) == []


def spoil(path: Path) -> None:
    with Library.open(path) as library:
        library._db.execute("UPDATE cases SET title = '没有人写过' WHERE num = 1")


@pytest.mark.parametrize("name", ["title", "backup", "restore", "daily backup"])
def test_a_change_that_nobody_made_is_found(world: Path, tmp_path: Path, name: str) -> None:
    act = ACTS[name]
    folder = laid(world, act, tmp_path)
    told, _ = kills.do_in_fork(act, folder, None)
    spoil(folder / LIBRARY)
    assert kills.faults_after(act, folder, told)


def test_a_lost_library_and_half_a_backup_are_found(world: Path, tmp_path: Path) -> None:
    act = ACTS["restore"]
    folder = laid(world, act, tmp_path)
    told, _ = kills.do_in_fork(act, folder, None)
    [copy, *_] = (folder / "备份").glob("库 *.anlan")
    copy.write_bytes(copy.read_bytes()[:20000])
    assert kills.faults_after(act, folder, told)
    (folder / LIBRARY).unlink()
    assert kills.faults_after(act, folder, told) == ["no library at its path"]


def test_a_full_disk_is_said_in_words(world: Path, tmp_path: Path) -> None:
    act = ACTS["backup"]
    shutil.copytree(world, tmp_path / "template")
    out = disk._fill(act, tmp_path, disk._small_files, 6, random.Random(1))
    assert isinstance(out, Outcome)
    assert (out.n, out.failures) == (6, [])


def test_edits_stand_after_new_readings_and_a_lost_one_is_found(tmp_path: Path) -> None:
    out = Outcome("edits")
    out.told = {"edits": 0, "readings": 0, "undone": 0, "redone": 0, "looked at": 0}
    history = edits._History(tmp_path / "库.anlan", random.Random(3), out)
    history.play(30)
    assert (out.failures, out.told["edits"]) == ([], 30)
    assert int(str(out.told["readings"])) > 0
    with Library.open(tmp_path / "库.anlan") as history.library:
        key = next(key for key, value in history.so.items() if key[1].startswith("figure/") and value != edits.GONE)
        history.library._db.execute(
            "UPDATE metrics SET indicator = '丢了' WHERE id = ?", (key[1].removeprefix("figure/"),)
        )
        assert key[1] in history._fault()
