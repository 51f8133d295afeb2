"""Importing many pages: pages a second, memory over time, size of the library; in processes and one after the other.

``python -m bench.importing [--pages 10000] [--serial 500] [--workers 2] [--folder DIR]`` writes seeded pages that are
all different (two articles each, some 2 000 characters) and reads them into a new library. Memory is that of the
importing process and of its reading processes; it must not grow with the number of pages.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing, nullcontext
from itertools import islice
from pathlib import Path

import psutil

from bench import table
from bench.corpus import generate
from core.intake.importing import import_files
from core.intake.reading import ReadingPool
from core.library import Library
from core.records import Case

A_FOLDER = 500
"""Pages in one folder."""
LIMIT = 1.8
"""So many times the pages that one process reads, two must."""
LINES = 8
"""Rows of numbers printed for one import."""


def main() -> None:
    """Write the pages, import them both ways, print numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--serial", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory() as spare:
        folder = Path(spare)
        files = write_pages(folder / "pages", options.pages)
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} pages, {size / 1e6:.1f} MB")
        few = files[: options.serial]
        alone = measure(f"one after the other, {len(few)} pages", few, folder / "serial.anlan", None)
        with ReadingPool(options.workers) as pool:
            shared = measure(f"{options.workers} processes, {len(files)} pages", files, folder / "pool.anlan", pool)
    table.report(
        [
            table.Row(
                f"importing, {options.workers} processes", f"{len(files)} pages", "pages/s", shared, LIMIT, alone,
                "one after the other", of_ratio=True, at_least=True,
            )
        ]
    )  # fmt: skip


def write_pages(folder: Path, count: int) -> list[Path]:
    """Seeded pages as files, in folders; those that are there already stay."""
    paths = [folder / f"{n // A_FOLDER:03}" / f"河谷日报20230{n % 9 + 1}15_{n:06}.txt" for n in range(count)]
    if not paths[-1].exists():
        for path, text in zip(paths, _pages(), strict=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return paths


def _pages() -> Iterator[str]:
    cases = generate(1 << 30, seed=7)
    while two := list(islice(cases, 2)):
        yield "\n\n".join(_article(case) for case in two) + "\n"


def _article(case: Case) -> str:
    lead = f"本报讯（记者 李明）今年以来，{case.place.city}{case.place.county}"
    return f"{case.title}\n\n{lead}{case.body[0]}\n\n" + "\n\n".join(case.body[1:])


def measure(what: str, files: list[Path], path: Path, executor: Executor | None) -> float:
    """Import files into a new library and print how it went; pages a second."""
    path.unlink(missing_ok=True)
    heads = ("pages", "cases", "figures", "pages/s", "RSS MB", "readers", "library")
    print(f"\n{what}:\n" + " ".join(f"{head:>8}" for head in heads))
    start = last = time.perf_counter()
    failed, row = 0, max(1, len(files) // LINES)
    mine, cpu = psutil.Process(), _cpu()
    with closing(Library.create(path)) as library:
        for step in import_files(library, files, executor):
            failed += bool(step.problem)
            if step.done % row == 0 or step.done == step.total:
                now = time.perf_counter()
                readers = sum(child.memory_info().rss for child in mine.children(recursive=True))
                sizes = (mine.memory_info().rss, readers, path.stat().st_size)
                print(f"{step.done:8} {step.cases:8} {step.figures:8} {row / (now - last):8.1f}", end=" ")
                print(" ".join(f"{size / 1e6:8.1f}" for size in sizes), flush=True)
                last = now
        used = _cpu() - cpu
    whole = time.perf_counter() - start
    print(f"{len(files) / whole:.1f} pages/s; processor time of all processes {1000 * used / len(files):.1f} ms a page")
    print(f"{failed} files failed; library {path.stat().st_size / len(files) / 1000:.1f} kB a page")
    return len(files) / whole


def _cpu() -> float:
    """Seconds that this process and its children have worked."""
    mine = psutil.Process()
    times = [mine.cpu_times(), *(child.cpu_times() for child in mine.children(recursive=True))]
    return float(sum(t.user + t.system for t in times))


if __name__ == "__main__":
    main()
