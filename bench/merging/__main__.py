"""How long merges of very many decisions take: ``python -m bench.merging [--cases 10000] [--decisions 100000]``.

A library of cases is handed out to five laptops, which decide on its figures and hand back; it takes in one file after
the other, withdraws the second and does it again. With ``--shape shares`` each laptop has its share of the cases and a
fourth of it that another one has, too; with ``all`` each has all cases. The same is done with a tenth and with a
hundredth of both numbers, each in a process of its own, so that growth and peak of memory are seen. One line of JSON;
seconds as the clock has them and of processor time, megabytes at the peak.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench.corpus import generate
from bench.merging.laptops import NAMES
from core.decisions import Decision, Target, Verdict, figure_value
from core.library import Library, log_rows, packets, settling
from core.library.case_reading import metric_columns, metric_from
from core.library.checking import check
from core.library.stamps import new_id, now
from core.records import Case

T = TypeVar("T")
_FIGURES = 10
"""Figures of a case at most; some have five."""
_LAPTOPS = 5
_SHARES: tuple[tuple[Verdict, str, float], ...] = (
    ("accepted", "", 0.88),
    ("changed", "value", 0.03),
    ("changed", "indicator", 0.02),
    ("rejected", "", 0.04),
    ("unsure", "", 0.02),
    ("changed", "summary", 0.01),
)
"""What people decide: a verdict, what they change, how often."""


def main() -> None:
    """Measure three sizes, print a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--shape", choices=("shares", "all"), default="shares")
    parser.add_argument("--part", nargs=2, metavar=("WHAT", "FOLDER"), help="of one size: make it, or measure it")
    options = parser.parse_args()
    if options.part:
        what, folder = options.part
        if what == "make":
            _make(Path(folder), options.cases, options.decisions, options.shape)
        else:
            print(json.dumps(_measured(Path(folder))))
        return
    sizes = []
    for less in (100, 10, 1):
        own = (str(options.cases // less), str(options.decisions // less))
        with tempfile.TemporaryDirectory() as folder:
            _in_a_process("make", folder, *own, options.shape)
            sizes.append(json.loads(_in_a_process("measure", folder, *own, options.shape)))
    line = {"test": "merging", "shape": options.shape, "load": os.getloadavg()[0], "sizes": sizes}
    print(json.dumps(line, ensure_ascii=False))


def _in_a_process(what: str, folder: str, cases: str, decisions: str, shape: str) -> str:
    options = ["--cases", cases, "--decisions", decisions, "--shape", shape, "--part", what, folder]
    command = [sys.executable, "-m", "bench.merging", *options]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


# ---- what is merged


def _make(folder: Path, cases: int, decisions: int, shape: str) -> None:
    with Library.create(folder / "库.anlan") as library:
        library.decisions.reviewer = NAMES[0]
        library.cases.add(_cases(cases))
        nums = [num for (num,) in library._db.execute("SELECT num FROM cases ORDER BY num")]
        for laptop in range(1, _LAPTOPS + 1):
            packet = folder / "给.anlan"
            own = nums if shape == "all" else _share(nums, laptop)
            library.merging.hand_out(own, packet, NAMES[laptop % len(NAMES)])
            _work(folder, packet, laptop, decisions // _LAPTOPS)
            packet.unlink()


def _share(nums: Sequence[int], laptop: int) -> list[int]:
    """A fifth of the cases, and a fourth of the next one's."""
    size = len(nums) // _LAPTOPS
    first = size * (laptop - 1)
    return [nums[at % len(nums)] for at in range(first, first + size + size // 4)]


def _cases(number: int) -> Iterator[Case]:
    for case in generate(number, 3):
        yield replace(case, metrics=case.metrics[:_FIGURES])


def _work(folder: Path, packet: Path, laptop: int, decisions: int) -> None:
    """Decide so much on a laptop, and hand back."""
    own = folder / f"{laptop}.anlan"
    packets.unpack(packet, own)
    source = Random(laptop)
    with Library.open(own) as library:
        library.decisions.reviewer = NAMES[laptop % len(NAMES)] + str(laptop)
        ids = dict(library._db.execute("SELECT num, id FROM cases"))
        figures = library._db.execute("SELECT case_num, id FROM metrics ORDER BY num").fetchall()
        some = source.sample(figures, min(decisions, len(figures)))
        with library._file.transaction():
            rows = [_decision(library, ids[num], figure, source) for num, figure in some]
            settling.add_rows(library._db, [log_rows.row_of(row) for row in rows])
            settling.settle(library._db, [row.target for row in rows])
        library.merging.hand_back(folder / f"交{laptop}.anlan")
    own.unlink()


def _decision(library: Library, case: str, figure: str, source: Random) -> Decision:
    query = f"SELECT {metric_columns('m')} FROM metrics m WHERE m.id = ?"
    value: dict[str, Any] = figure_value(metric_from(library._db.execute(query, (figure,)).fetchone()))
    [(verdict, what, _)] = source.choices(_SHARES, [share for *_, share in _SHARES])
    stamp = (library.decisions.reviewer, now())
    if what == "summary":
        had = library._db.execute("SELECT summary FROM case_texts x JOIN cases c USING (num) WHERE c.id = ?", (case,))
        (before,) = had.fetchone()
        return Decision(new_id(), Target(case, what), verdict, *stamp, before, f"{before}（核过）", before)
    after = dict(value)
    if what == "value":
        after[what] = f"{Decimal(value[what]) + 1:f}"
    elif what == "indicator":
        after[what] += "（全县）"
    return Decision(new_id(), Target(case, f"figure/{figure}"), verdict, *stamp, value, after, value)


# ---- how long it takes


class Clock:
    """Takes how long things take."""

    def __init__(self) -> None:
        self.told: dict[str, list[tuple[float, float]]] = {}

    def told_of(self, what: str, do: Callable[[], T]) -> T:
        """Do something, and keep its seconds: by the clock, of processor time."""
        began, cpu = time.perf_counter(), time.process_time()
        out = do()
        took = round(time.perf_counter() - began, 2), round(time.process_time() - cpu, 2)
        self.told.setdefault(what, []).append(took)
        return out


def _measured(folder: Path) -> dict[str, object]:
    """Merge what was handed back; the numbers."""
    clock = Clock()
    with Library.open(folder / "库.anlan") as library:
        library.decisions.reviewer = NAMES[0]
        nums = [num for (num,) in library._db.execute("SELECT num FROM cases ORDER BY num LIMIT 500")]
        few = folder / "五百.anlan"
        clock.told_of("packet of 500 cases", lambda: library.merging.hand_out(nums, few, "王芳"))
        files = [folder / f"交{laptop}.anlan" for laptop in range(1, _LAPTOPS + 1)]
        made, decisions, conflicts = [], 0, 0
        for file in files:
            preview = clock.told_of("preview", lambda file=file: library.merging.preview(file))  # type: ignore[misc]
            decisions, conflicts = decisions + preview.decisions, conflicts + len(preview.conflicts)
            del preview
            made.append(clock.told_of("merge", lambda file=file: library.merging.merge(file)))  # type: ignore[misc]
        clock.told_of("preview of the last again", lambda: library.merging.preview(files[-1]))
        before = library.decisions.digest()
        gone = clock.told_of("withdrawal", lambda: library.merging.withdraw(made[1].id))
        clock.told_of("done again", lambda: library.merging.withdraw(gone.id))
        same = library.decisions.digest() == before
        clock.told_of("list of what was handed out", library.merging.handed)
        (cases,) = library._db.execute("SELECT count(*) FROM cases").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cases": cases, "decisions": decisions, "conflicts": conflicts, "seconds": clock.told,
        "peak MB": round(peak), "packet of 500 cases MB": round(few.stat().st_size / 1e6, 1),
        "same after done again": same, "findings": len(check(folder / "库.anlan").findings),
    }  # fmt: skip


if __name__ == "__main__":
    main()
