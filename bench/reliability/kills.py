"""Kills at random moments: a forked process does something to a library and is killed; nothing told may be lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from bench.reliability.acts import ACTS, Act, make_world, read
from bench.reliability.outcome import Outcome

SHORT, LONG = 60, 250
"""Kills of each act."""


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Kill every act many times."""
    for name in ("guizhou-brief", "chongqing-markdown"):
        read(name)  # forked processes have it then
    with tempfile.TemporaryDirectory() as place:
        make_world(Path(place) / "template")
        for act in ACTS.values():
            yield _kill_often(act, Path(place), LONG if long else SHORT, random.Random(f"{seed}{act.name}"))


def _kill_often(act: Act, place: Path, count: int, source: random.Random) -> Outcome:
    out = Outcome(f"kills at random: {act.name}", told={"killed": 0, "acknowledged": 0})
    took = 0.0
    for at in range(count + 1):
        folder = place / f"{source.randrange(10**9)}"
        shutil.copytree(place / "template", folder)
        act.prepare(folder)
        # The first runs to its end: it tells how long that takes, and that nothing is wrong without a kill.
        after = source.uniform(0, took * 1.05) if at else None
        began = time.perf_counter()
        told, killed = do_in_fork(act, folder, after)
        took = took or time.perf_counter() - began
        out.n += 1
        out.told["killed"] = int(str(out.told["killed"])) + killed
        out.told["acknowledged"] = int(str(out.told["acknowledged"])) + sum(1 for line in told if line[:4] == "done")
        shutil.copytree(folder, folder.with_name("as it was left"))
        faults = faults_after(act, folder, told)
        out.failures += [f"{act.name} after {after}: {fault}" for fault in faults]
        keep_evidence(folder.with_name("as it was left"), faults)
        shutil.rmtree(folder)
    return out


def keep_evidence(left: Path, faults: list[str]) -> None:
    """Keep what a kill left, for who wants to look at it; nothing where nothing is wrong."""
    if faults:
        shutil.copytree(left, Path(tempfile.mkdtemp(prefix="anlan-evidence-")) / left.name)
    shutil.rmtree(left)


def faults_after(act: Act, folder: Path, told: list[str]) -> list[str]:
    """What is wrong afterwards; an error of the look itself counts, too."""
    try:
        return act.faults(folder, told) + [line for line in told if line.startswith("raised")]
    except Exception:
        return [traceback.format_exc()[-1500:]]


def do_in_fork(act: Act, folder: Path, after: float | None) -> tuple[list[str], bool]:
    """Let a forked process do something and kill it after some seconds; what it told, and whether it was killed."""
    come, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(come)
        try:
            act.do(folder, lambda line: os.write(go, f"{line}\n".encode()))
        except BaseException:
            os.write(go, f"raised {traceback.format_exc()[-1500:]!r}\n".encode())
        finally:
            os._exit(0)
    os.close(go)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(come, "rb") as pipe:
        told = pipe.read().decode("utf-8", "replace").split("\n")
    _, status = os.waitpid(child, 0)
    return told[:-1], os.WIFSIGNALED(status)
