"""A clock that jumps: every day that brought a change has a copy, the newest is the newest, the last one stays."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bench.corpus import generate
from bench.reliability.outcome import Outcome
from core.library import Library, backups, copies

SHORT, LONG = 12, 100
_STEPS = 12
"""Openings of one library."""


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Open libraries under clocks that go forth and back by hours, days, years."""
    out = Outcome("clock jumps", told={"copies": 0})
    real = backups.clock
    try:
        for at in range(LONG if long else SHORT):
            with tempfile.TemporaryDirectory() as place:
                _live(Path(place) / "库.anlan", random.Random(f"{seed}{at}"), out)
    finally:
        backups.clock = real
    yield out


def _live(path: Path, source: random.Random, out: Outcome) -> None:
    now = datetime(2026, 11, 29, 9)
    made: list[Path] = []
    with Library.create(path) as library:
        library.cases.add(generate(2, 5))
    for step in range(_STEPS):
        now = _moved(now, source)
        backups.clock = partial(_moved, now, None)
        with Library.open(path) as library:
            title = f"第{step}步"
            library.cases.set_title(1, title)
            newest = library.backups.all()[:1]
            due = not newest or f" {now:%Y-%m-%d} " not in newest[0].name
            copy = library.backups.keep_when_due()
            out.n += 1
            if due != (copy is not None):
                out.failures.append(f"{path.parent.name} step {step} at {now}: due {due}, made {copy}")
            if copy is not None:
                made.append(copy)
                out.told["copies"] = int(str(out.told["copies"])) + 1
                out.failures += [f"step {step} at {now}: {fault}" for fault in _faults(library, copy, title, made)]


def _faults(library: Library, copy: Path, title: str, made: list[Path]) -> Iterator[str]:
    there = library.backups.all()
    if there[:1] != [copy]:
        yield f"{copy.name} is not the newest of {[p.name for p in there]}"
    if fault := copies.fault_of(copy):
        yield fault
    with Library.open(copy, read_only=True) as opened:
        if opened.cases.load(1).title != title:
            yield "an older state"
    days = list(dict.fromkeys(path.stem[-17:-7] for path in reversed(made)))[:5]
    if {path.stem[-17:-7] for path in there[:5]} != set(days):
        yield f"not the last five days {days}: {[p.name for p in there]}"


def _moved(now: datetime, source: random.Random | None) -> datetime:
    """The time after a jump, within what Python and files can tell; the same time without a source."""
    if source is None:
        return now
    jump = source.choice((1, 1, 1, 1, 1, 0.2, 0.3, -1, -3, 40, 3650, -3650, 0))
    return min(max(now + timedelta(days=jump), datetime(1980, 1, 1)), datetime(2090, 1, 1))
