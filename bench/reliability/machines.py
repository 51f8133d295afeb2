"""Two machines on one library: each is a process that takes itself for another host and sees a log of its own.

A library in WAL mode keeps an index of its log in memory that programs of one machine share. A small library in C,
loaded before everything else, gives each process a file of its own for it, as two machines on a network folder have.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bench.corpus import generate
from bench.reliability.acts import ROOT
from bench.reliability.outcome import Outcome
from bench.reliability.state import faults_of
from core import machine
from core.library import Library, LibraryError, hosts, media

_SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static const char *own(const char *path, char *room) {
    size_t n = path ? strlen(path) : 0;
    if (n < 4 || n > 3900 || strcmp(path + n - 4, "-shm")) return path;
    snprintf(room, 4096, "%s.%d", path, getpid());
    return room;
}
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        static int (*real)(const char *, int, ...); char room[4096]; mode_t mode = 0; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        if (flags & O_CREAT) { va_list args; va_start(args, flags); mode = va_arg(args, mode_t); va_end(args); } \
        return real(own(path, room), flags, mode); \
    }
OPEN(open)
OPEN(open64)
int unlink(const char *path) {
    static int (*real)(const char *); char room[4096];
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    return real(own(path, room));
}
int access(const char *path, int mode) {
    static int (*real)(const char *, int); char room[4096];
    if (!real) real = dlsym(RTLD_NEXT, "access");
    return real(own(path, room), mode);
}
"""
SHORT, LONG = 6, 30
"""Libraries that two machines work on, each way."""
_SECONDS = 3.0
_WAYS = {
    "in turns": "each opens, changes and closes, over and over",
    "at once": "each keeps the library open and tries again while it may only read",
    "asleep": "each is stopped at random for longer than it takes to be thought dead, and taken over from",
}


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Let two machines work on libraries in every way, then two that know nothing of each other, for comparison."""
    with tempfile.TemporaryDirectory() as place:
        shim = _compiled(Path(place))
        for way in _WAYS:
            yield _work(f"two machines, {way}", way, Path(place), shim, LONG if long else SHORT, seed)
        if shim:
            bare = _work(
                "two machines that know nothing of each other (for comparison)", "bare", Path(place), shim, 3, seed
            )
            bare.told["lost or damaged"] = len(bare.failures)
            bare.failures.clear()
            yield bare


def _compiled(folder: Path) -> Path | None:
    """The library that parts the two; None without a compiler: they share the index of the log then."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    (folder / "shim.c").write_text(_SHIM)
    command = [compiler, "-shared", "-fPIC", "-o", str(folder / "shim.so"), str(folder / "shim.c"), "-ldl"]
    return folder / "shim.so" if subprocess.run(command, check=False).returncode == 0 else None


def _work(test: str, way: str, place: Path, shim: Path | None, count: int, seed: int) -> Outcome:
    out = Outcome(test, told={"acknowledged": 0, "refused": 0, "written by both": 0, "parted": shim is not None})
    for at in range(count):
        folder = place / f"{way}{at}"
        folder.mkdir()
        path = folder / "库.anlan"
        with Library.create(path) as library:
            library.cases.add(generate(4, 5))
        told = _both(path, way, shim, random.Random(f"{seed}{way}{at}"))
        acknowledged = [line.partition(" ")[2] for line in told if line.startswith("done")]
        out.n += 1
        out.told["acknowledged"] = int(str(out.told["acknowledged"])) + len(acknowledged)
        by = {name[:1] for name in acknowledged}
        out.told["written by both"] = int(str(out.told["written by both"])) + (len(by) == 2)
        out.told["refused"] = int(str(out.told["refused"])) + sum(1 for line in told if line == "refused")
        out.failures += [f"{folder.name}: {line}" for line in told if line.startswith("raised")]
        out.failures += [f"{folder.name}: {fault}" for fault in _faults(path, acknowledged)]
        shutil.rmtree(folder)
    return out


def _both(path: Path, way: str, shim: Path | None, source: random.Random) -> list[str]:
    command = [sys.executable, "-m", "bench.reliability.machines", str(path), way]
    environment = {**os.environ, **({"LD_PRELOAD": str(shim)} if shim else {})}
    pipe = subprocess.PIPE
    both = [
        subprocess.Popen([*command, host], cwd=ROOT, stdout=pipe, stderr=pipe, env=environment, encoding="utf-8")
        for host in ("aaaaaaaa", "bbbbbbbb")
    ]
    if way == "asleep":
        _put_to_sleep(both, source)
    told = []
    for program in both:
        out, err = program.communicate()
        told += out.splitlines() + ([f"raised {err[-800:]}"] if program.returncode else [])
    return told


def _put_to_sleep(both: Sequence[subprocess.Popen[str]], source: random.Random) -> None:
    while all(program.poll() is None for program in both):
        time.sleep(source.uniform(0.2, 0.8))
        one = source.choice(both)
        with suppress(ProcessLookupError):
            one.send_signal(signal.SIGSTOP)
            time.sleep(source.uniform(0.3, 1.2))
            one.send_signal(signal.SIGCONT)


def _faults(path: Path, acknowledged: list[str]) -> list[str]:
    """The library must be whole, and hold every name that was acknowledged."""
    for left in path.parent.glob("*-shm.*"):
        left.unlink()
    if wrong := faults_of(path):
        return wrong
    with Library.open(path) as library:
        names = {row.name for row in library.selections.rows()}
    lost = [name for name in acknowledged if name not in names]
    return [f"{len(lost)} of {len(acknowledged)} acknowledged are lost: {lost[:3]}"] if lost else []


# ---- one of the two


def _be_machine(path: Path, way: str, host: str) -> None:
    machine.host = lambda: host  # type: ignore[assignment]
    media.sharing = (lambda path: "") if way == "bare" else (lambda path: "network")
    if way == "asleep":
        hosts.PACE["network"] = (0.05, 0.4)
    source, end, at = random.Random(f"{path}{host}"), time.monotonic() + _SECONDS, 0
    while time.monotonic() < end:
        try:
            with Library.open(path, take_over=way == "asleep") as library:
                while time.monotonic() < end:
                    at += 1
                    library.selections.add(f"{host}-{at}")
                    print(f"done {host}-{at}", flush=True)
                    time.sleep(source.uniform(0, 0.02))
                    if way == "in turns" and source.random() < 0.2:
                        break
        except LibraryError:
            print("refused", flush=True)
            time.sleep(source.uniform(0.01, 0.1))
        if way == "in turns":
            time.sleep(source.uniform(0.02, 0.1))


if __name__ == "__main__":
    _be_machine(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
