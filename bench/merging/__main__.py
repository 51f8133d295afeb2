"""How long a merge of very many decisions takes: ``python -m bench.merging [--cases 10000] [--decisions 100000]``.

A library of cases; five laptops that each decided a share of its figures and fields, some of them the same. Printed are
the seconds and the peak memory of writing a packet, of the preview and of the merge of each, and of the withdrawal.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench.corpus import generate
from bench.merging.laptops import NAMES
from core.decisions import Decision, Target, Verdict, figure_value
from core.library import Library, log_rows, packets, settling
from core.library.checking import check
from core.library.stamps import new_id, now
from core.records import Case, Metric

T = TypeVar("T")
_FIGURES = 8
"""Figures of a case."""
_SHARES: tuple[tuple[Verdict, float], ...] = (
    ("accepted", 0.9), ("changed", 0.04), ("rejected", 0.04), ("unsure", 0.02),
)  # fmt: skip


def main() -> None:
    """Make the libraries, merge, print numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--laptops", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Library.create(folder / "库.anlan") as library:
            library.decisions.reviewer = NAMES[0]
            library.cases.add(_cases(options.cases))
            nums = [num for (num,) in library._db.execute("SELECT num FROM cases")]
            some, few = nums[:500], folder / "五百.anlan"
            told("packet of 500 cases", lambda: library.merging.hand_out(some, few, "王芳"))
            print(f"  {few.stat().st_size / 1e6:.1f} MB")
            whole = folder / "全部.anlan"
            told(f"packet of {len(nums)} cases", lambda: library.merging.hand_out(nums, whole, "王芳"))
            files = [
                _worked(folder, whole, n, options.decisions // options.laptops) for n in range(1, options.laptops + 1)
            ]
            made = []
            for file in files:
                preview = told("preview", lambda file=file: library.merging.preview(file))  # type: ignore[misc]
                print(f"  {preview.decisions} decisions, {len(preview.conflicts)} conflicts, {dict(preview.counts)}")
                made.append(told("merge", lambda file=file: library.merging.merge(file)))  # type: ignore[misc]
            told("preview of the last again", lambda: library.merging.preview(files[-1]))
            told("withdrawal of the second", lambda: library.merging.withdraw(made[min(1, len(made) - 1)].id))
            told("list of what was handed out", library.merging.handed)
        print("check:", check(folder / "库.anlan").words())


def told(what: str, do: Callable[[], T]) -> T:
    """Do something, and print how long it took and the most memory that the process had so far."""
    began, cpu = time.perf_counter(), time.process_time()
    out = do()
    took, worked = time.perf_counter() - began, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:32} {took:7.2f} s ({worked:.2f} s of processor time)  {most:6.0f} MB", flush=True)
    return out


def _cases(number: int) -> Iterator[Case]:
    from dataclasses import replace

    for case in generate(number, 3):
        yield replace(case, metrics=case.metrics[:_FIGURES])


def _worked(folder: Path, packet: Path, laptop: int, decisions: int) -> Path:
    """What a laptop hands back that decided so much."""
    own, back = folder / f"{laptop}.anlan", folder / f"交{laptop}.anlan"
    packets.unpack(packet, own)
    source = Random(laptop)
    with Library.open(own) as library:
        library.decisions.reviewer = NAMES[laptop % len(NAMES)] + str(laptop)
        ids = dict(library._db.execute("SELECT num, id FROM cases"))
        figures = library._db.execute("SELECT case_num, id FROM metrics ORDER BY num").fetchall()
        with library._file.transaction():
            rows = [_decision(library, ids[num], figure, source) for num, figure in source.sample(figures, decisions)]
            settling.add_rows(library._db, [log_rows.row_of(row) for row in rows])
            settling.settle(library._db, [row.target for row in rows])
        library.merging.hand_back(back)
    return back


def _decision(library: Library, case: str, figure: str, source: Random) -> Decision:
    from core.library.case_reading import metric_columns, metric_from

    query = f"SELECT {metric_columns('m')} FROM metrics m WHERE m.id = ?"
    metric: Metric = metric_from(library._db.execute(query, (figure,)).fetchone())
    value: dict[str, Any] = figure_value(metric)
    (verdict,) = source.choices([v for v, _ in _SHARES], [share for _, share in _SHARES])
    after = {**value, "value": f"{metric.value + Decimal(1):f}"} if verdict == "changed" else value
    target = Target(case, f"figure/{figure}")
    return Decision(new_id(), target, verdict, library.decisions.reviewer, now(), value, after, value)


if __name__ == "__main__":
    main()
