"""How fast pages are read, on one core: MB/s of page text through the full reading, its growth with the page's length,
where the time goes, and figures alone.

``python -m bench.reading [FOLDER …] [--rounds 5]`` reads every ``.txt`` below the folders (``tests/pages/learnt/first``
when none is named). Times are those of the processor, so that a busy machine doesn't spoil them.
The aim is .8 MB/s. Peers, as measured by others: Microsoft's recognizers read some 5 000 characters/s for figures.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from bench import table
from core.reading import read_page
from core.reading.facts.metrics import find_figures
from core.records import Page

OURS = Path(__file__).resolve().parents[1] / "tests" / "pages" / "learnt" / "first"
AIM = 0.8
LENGTHS = (1, 10, 100)
SHORT = 5000
"""Bytes of the page that is made 10 and 100 times as long: a small newspaper page."""
STAGES = (
    ("lines marked", ("marking:mark_lines",)),
    ("words in common", ("likeness:__init__",)),
    ("kinds of lines", ("structure:kinds_on",)),
    ("ends of lines", ("stretches:__init__",)),
    ("order", ("order:find_steps",)),
    ("articles", ("articles:articles",)),
    ("documents", ("documents:read_documents",)),
    ("repair", ("repair:repair",)),
    ("place", ("place:find_place", "place:find_page_place")),
    ("themes", ("themes:rank_themes",)),
    ("mechanisms", ("find:find_mechanisms",)),
    ("figures and periods", ("metrics:find_metrics",)),
    ("kind and parts", ("kinds:find_kind", "passages:divide")),
)
"""A stage of the reading and the functions (module:name) that do it; none calls another of the list."""


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if absent := gone():
        raise SystemExit(f"STAGES names what is gone: {', '.join(absent)}")
    first = Page("清河县建成便民服务点36个。", "a")
    print(f"first page, tables loaded with it: {_seconds(lambda: read_page(first)):.2f} s")
    every = []
    for folder in options.folders or [OURS]:
        pages = pages_of(folder)
        every += pages
        print(f"\n{folder}: {len(pages)} pages, {sum(map(size_of, pages)) / 1000:.0f} kB")
        speeds(pages, options.rounds)
    growth(every)
    shares(every)
    figures(every, options.rounds)


def gone() -> list[str]:
    """The functions of ``STAGES`` that no module defines any more."""
    defined = set()
    for path in (Path(__file__).resolve().parents[1] / "core").rglob("*.py"):
        defined |= {
            f"{path.stem}:{name}" for name in re.findall(r"^ *def (\w+)\(", path.read_text("utf-8"), re.MULTILINE)
        }
    return [f for _, functions in STAGES for f in functions if f not in defined]


def pages_of(folder: Path) -> list[Page]:
    """The pages of a folder."""
    return [Page(path.read_text("utf-8"), path.name) for path in sorted(folder.rglob("*.txt"))]


def size_of(page: Page) -> int:
    """Bytes of a page's text in UTF-8."""
    return len(page.text.encode())


def speeds(pages: Sequence[Page], rounds: int) -> None:
    """MB/s of each page, the median of some rounds, and of all together."""
    times = [median(_seconds(lambda p=page: read_page(p)) for _ in range(rounds)) for page in pages]  # type: ignore[misc]
    for page, seconds in zip(pages, times, strict=True):
        print(f"  {page.name:32} {size_of(page) / 1000:6.1f} kB {1000 * seconds:7.1f} ms {_rate(page, seconds)} MB/s")
    whole = sum(map(size_of, pages)) / 1e6 / sum(times)
    table.report([table.Row("reading", f"{len(pages)} pages", "MB/s a core", whole, AIM, at_least=True)])
    print(f"  all {whole:.3f} MB/s, a page {1000 * median(times):.0f} ms in the median (the aim is {AIM} MB/s)")


def growth(pages: Sequence[Page]) -> None:
    """What a page costs that is 10 and 100 times as long; the figures alone and the rest."""
    print("\none page, made longer of the others' text:")
    for times in LENGTHS:
        page = long_page(pages, times * SHORT)
        seconds = _seconds(lambda p=page: read_page(p))  # type: ignore[misc]
        alone = _seconds(lambda p=page: find_figures(p.text))  # type: ignore[misc]
        per = 1e6 * seconds / size_of(page)
        print(
            f"  {times:4}× {size_of(page) / 1000:7.1f} kB {seconds:7.3f} s {_rate(page, seconds)} MB/s, "
            f"{per:.2f} s/MB; figures alone {alone:.3f} s"
        )


def long_page(pages: Sequence[Page], size: int) -> Page:
    """A page of some size in bytes from the lines of many, in turns."""
    lines: list[str] = []
    room = size
    for line in cycle([line for page in pages for line in [*page.text.split("\n"), ""]]):
        lines.append(line)
        room -= len(line.encode()) + 1
        if room <= 0:
            break
    return Page("\n".join(lines), f"{size}.txt")


def shares(pages: Sequence[Page]) -> None:
    """The share of time by stage, as a profiler sees it, and the functions that cost most by themselves."""
    profile = cProfile.Profile()
    for page in islice(cycle(pages), 3 * len(pages)):
        profile.runcall(read_page, page)
    profiled = pstats.Stats(profile)
    rows = profiled.stats  # type: ignore[attr-defined]
    total = profiled.total_tt  # type: ignore[attr-defined]
    spent: defaultdict[str, float] = defaultdict(float)
    for (file, _, name), (_, _, _, whole, _) in rows.items():
        spent[f"{Path(file).stem}:{name}"] += whole
    print("\nshare of time by stage (profiled):")
    known = 0.0
    whole_reading = spent["__init__:read_page"]
    for stage, functions in STAGES:
        share = sum(spent[f] for f in functions) / whole_reading
        known += share
        print(f"  {stage:26} {share:6.1%}")
    print(f"  {'other':26} {1 - known:6.1%}")
    print("costliest by themselves:")
    own = sorted(rows.items(), key=lambda row: -row[1][2])[:12]
    for (file, line, name), (_, calls, alone, _, _) in own:
        print(f"  {alone / total:6.1%} {calls:8} calls  {Path(file).stem}:{line} {name}")


def figures(pages: Sequence[Page], rounds: int) -> None:
    """Characters a second for figures alone."""
    texts = ["".join(page.text.split()) for page in pages]
    seconds = median(_seconds(lambda: [find_figures(text) for text in texts]) for _ in range(rounds))
    found = sum(len(find_figures(text)) for text in texts)
    size = sum(map(len, texts))
    print(f"\nfigures alone: {size} characters, {found} figures, {size / seconds:,.0f} characters/s")


def _rate(page: Page, seconds: float) -> str:
    return f"{size_of(page) / 1e6 / seconds:.3f}"


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
