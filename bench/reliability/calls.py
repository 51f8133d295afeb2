"""Kills at each write-like system call: strace ends the program just there, once for each call that an act makes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.reliability.acts import ACTS, ROOT, TWIN, Act, make_world
from bench.reliability.kills import faults_after, keep_evidence
from bench.reliability.outcome import Outcome

_CALLS = (
    "pwrite64",
    "pwritev",
    "ftruncate",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
)
_ALL = ("restore", "restore with a log")
"""Every call of these, also in the short run."""
_SOME = (
    "save as",
    "backup",
    "migrate",
    "create",
    "daily backup",
    "title",
    "undo",
    "import",
    "merge",
    "withdraw a merge",
    "merge, withdraw, do again",
)
SHORT = 24
"""Calls of each other act in the short run, spread over all that it makes."""


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Kill at each call of the acts; an outcome that says so where there is no strace."""
    if shutil.which("strace") is None:
        yield Outcome("kills at each call", told={"skipped": "no strace here"})
        return
    with tempfile.TemporaryDirectory() as place:
        make_world(Path(place) / "template", small=True)
        for name in (*_ALL, *_SOME):
            yield _kill_at_each(ACTS[name], Path(place), None if long or name in _ALL else SHORT)


def _kill_at_each(act: Act, place: Path, most: int | None) -> Outcome:
    out = Outcome(f"kills at each call: {act.name}", told={"calls": 0, "killed": 0})
    calls = _calls_of(act, place)
    out.told["calls"] = len(calls)
    step = 1 if most is None else max(1, len(calls) // most)
    for call, number in calls[::step]:
        folder = _lay(act, place)
        _, told, code = _do(act, folder, f"--inject={call}:signal=KILL:when={number}")
        out.n += 1
        out.told["killed"] = int(str(out.told["killed"])) + (code != 0)
        shutil.copytree(folder, place / "as it was left")
        faults = faults_after(act, folder, told)
        out.failures += [f"{act.name} at {call} {number}: {fault}" for fault in faults]
        keep_evidence(place / "as it was left", faults)
        shutil.rmtree(folder)
    return out


def _lay(act: Act, place: Path) -> Path:
    folder = place / "world"
    shutil.copytree(place / "template", folder)
    act.prepare(folder)
    return folder


def _calls_of(act: Act, place: Path) -> list[tuple[str, int]]:
    """Each call with its number among those of its name, in the order in which they are made; not those on the twin,
    which only tells what is to come of it."""
    folder = _lay(act, place)
    traced, _, _ = _do(act, folder, "-y")
    shutil.rmtree(folder)
    counted: Counter[str] = Counter()
    out = []
    for line in traced:
        if (found := re.match(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\(", line)) and found[1] in _CALLS:
            counted[found[1]] += 1
            if TWIN not in _readable(line):
                out.append((found[1], counted[found[1]]))
    return out


def _readable(line: str) -> str:
    """A line of strace with the bytes that it writes as octal numbers as the letters that they are."""
    as_bytes = re.sub(r"\\([0-7]{1,3})", lambda found: chr(int(found[1], 8)), line)
    return as_bytes.encode("latin-1", "replace").decode("utf-8", "replace")


def _do(act: Act, folder: Path, *inject: str) -> tuple[Sequence[str], list[str], int]:
    """Do an act in a process of its own under strace: the calls that it made, what it told, how it ended."""
    trace = folder.with_name("trace")
    command = ["strace", "-qq", "-o", str(trace), f"--trace={','.join(_CALLS)}", *inject]
    command += [sys.executable, "-m", "bench.reliability.acts", act.name, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    told = done.stdout.splitlines()
    if done.returncode > 0 and "Traceback" in done.stderr:
        told.append(f"raised {done.stderr[-1500:]}")
    return trace.read_text("utf-8", "replace").splitlines(), told, done.returncode
