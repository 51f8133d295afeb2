"""A disk that fills up in the middle: what was acknowledged stays, the rest says that there is no room."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench.reliability.acts import ACTS, Act, make_world, read
from bench.reliability.kills import faults_after
from bench.reliability.outcome import Outcome
from core.library import LibraryError

_ACTS = (
    *("title", "import", "accept", "replace page", "selections", "remove", "undo", "backup", "save as", "daily backup"),
    *("restore", "migrate", "create", "build"),
)
_WORDS = ("磁盘已满", "空间不够", "文件太大")
SHORT, LONG = 12, 80
"""Disks of each act."""
Disk = Callable[[Path, int], AbstractContextManager[Callable[[], object]]]
"""Takes a folder and some bytes; the folder holds no more until what it gives is called."""


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Do each act on disks of many sizes: a small file system of its own as root, else a limit on the size of files."""
    for name in ("guizhou-brief", "chongqing-markdown"):
        read(name)
    with tempfile.TemporaryDirectory() as place:
        make_world(Path(place) / "template")
        disk = _small_disk if os.getuid() == 0 and shutil.which("mount") else _small_files
        for name in _ACTS:
            yield _fill(ACTS[name], Path(place), disk, LONG if long else SHORT, random.Random(f"{seed}{name}"))


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[Callable[[], object]]:
    def mount(options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)

    mount(f"size={size}")
    try:
        yield lambda: mount(f"remount,size={size * 20}")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def _small_files(folder: Path, size: int) -> Iterator[Callable[[], object]]:
    import resource

    had = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 3, had[1]))
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, had)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, had)


def _fill(act: Act, place: Path, disk: Disk, count: int, source: random.Random) -> Outcome:
    out = Outcome(f"full disk: {act.name}", told={"refused": 0})
    ready, folder = place / f"ready for {act.name}", place / "disk"
    shutil.copytree(place / "template", ready)
    act.prepare(ready)
    used = sum(-(-file.stat().st_size // 4096) * 4096 for file in ready.rglob("*") if file.is_file())
    for _ in range(count):
        folder.mkdir()
        room = int(used * 1.05 + 300_000 + used * 1.5 * source.random() ** 2)
        with disk(folder, room) as make_room:
            world, told = folder / f"{source.randrange(10**9)}", list[str]()
            shutil.copytree(ready, world)
            refused = _do(act, world, told)
            make_room()
            faults = faults_after(act, world, told)
        shutil.rmtree(folder)
        out.n += 1
        out.told["refused"] = int(str(out.told["refused"])) + (refused is not None)
        if refused and not ("「" in refused and any(words in refused for words in _WORDS)):
            faults.append(f"not said in words: {refused}")
        out.failures += [f"{act.name} on {room}: {fault}" for fault in faults]
    return out


def _do(act: Act, world: Path, told: list[str]) -> str | None:
    """Do it; what was said where there was no room, None when there was."""
    try:
        act.do(world, told.append)
    except LibraryError as error:
        return str(error)
    except Exception:
        return traceback.format_exc()[-1500:]
    return None
