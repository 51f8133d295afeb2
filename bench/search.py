"""How fast the library answers, against LIKE, ripgrep and tantivy on the same texts, and whether it finds all.

``python -m bench.search --sizes 1000,10000``: builds a library of each size (kept in ``--folder`` when given), asks
200 seeded queries and prints medians and 95th percentiles in milliseconds of processor time, all sizes in one table.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import psutil

from bench import peers
from bench.corpus import generate
from core.browsing import FIRST_ROWS
from core.library import Library, Query, index, words_of
from core.library.index import fields_of
from core.library.stopping import Stop
from core.text.folding import fold_each
from core.text.values import value_form, values_of

_BATCH = 1000
_PEERS_ASKED = 40
"""A scan of a large library takes a second: this many queries are enough for its median."""
_MADE_ANEW = 10_000
"""Up to so many cases the index is also made anew, on a copy."""
Times = list[float]


class Measured(NamedTuple):
    """What came of one size: seconds by ``_TIMED``, and the other rows of the table as they are printed."""

    times: dict[str, Times]
    said: dict[str, str]


_LIMITS: dict[int, dict[str, tuple[float | None, float]]] = {
    10_000: {"first page": (None, 6), "first screen": (None, 6)},
    100_000: {"first page": (None, 20), "whole": (12, 50)},
    1_000_000: {"first page": (None, 150)},
}
"""Milliseconds, median and 95th percentile, that are asked for."""
_TIMED = {
    "first page": "first page: 50 rows, 50 snippets",
    "first screen": f"first screen: 50 rows, {FIRST_ROWS} snippets",
    "whole": "whole interaction",
    "tree": "tree with hits",
    "like": "LIKE, ids",
    "rg": "ripgrep, ids of one word",
    "tantivy": "tantivy, number and best 50",
}
_SAID = {
    "ratio": "LIKE / ours, same queries",
    "recall": "recall / precision",
    "kB": "kB a case, file / index",
    "anew": "index made anew, s a thousand cases",
}


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        sizes = [*map(int, options.sizes.split(","))]
        measured = [measure(size, options.folder or Path(spare), options.queries) for size in sizes]
    _table(sizes, measured)


def measure(size: int, folder: Path, queries: int) -> Measured:
    """Build (or find) the library of one size, and return and print what was measured."""
    path, lines = folder / f"{size}.anlan", folder / f"{size}.txt"
    if not lines.exists():
        print(f"{size} cases: built in {_seconds(lambda: _build(size, path, lines)):.0f} s")
    rows = [line.rstrip("\n") for line in lines.open(encoding="utf-8")]
    asked = _queries(rows, queries)
    values = ["\n".join(values_of(row)) for row in rows]
    truth = [_scan(rows, values, words) for words in asked]
    out: dict[str, Times] = {}
    said: dict[str, str] = {}
    with Library.open(path) as library:
        made = _seconds(lambda: library.search.merge_index(Stop()))
        print(f"  parts of the index merged in {made:.1f} s")
        made = _seconds(lambda: _make_frequent(library, folder))
        taken = sum(file.stat().st_size for file in folder.glob("*.words")) / 1e6
        print(f"  {len(library.search.frequent or ())} frequent words made ready in {made:.0f} s, {taken:.0f} MB")
        before = psutil.Process().memory_info().rss
        print(f"  warm up {_seconds(lambda: library.contents.tree('place')) * 1000:.0f} ms (cells), ", end="")
        print(f"{_seconds(lambda: library.search.find(Query(words='议事'))) * 1000:.0f} ms (first search)")
        out["first page"] = [_timed(_first_page, library, words) for words in asked]
        _forget(library)
        out["first screen"] = [_timed(_first_page, library, words, FIRST_ROWS) for words in asked]
        out["whole"] = [_timed(_whole, library, words) for words in asked]
        out["tree"] = [_tree_time(library, words) for words in asked]
        for order in ("title", "place", "figures"):
            print(f"  order by {order}: {_timed(library.search.find, Query(order=order)) * 1000:.0f} ms first")
        first, then = _seconds(library.contents.overview), _seconds(library.contents.overview)
        print(f"  overview {first * 1000:.0f} ms first, {then * 1000:.0f} then")
        used = psutil.Process().memory_info().rss - before
        print(f"  memory grown by {used / 1e6:.0f} MB")
        found = [set(library.search.find(Query(words=_typed(words))).nums) for words in asked]
    recall, precision = _share(found, truth), _share(truth, found)
    print(f"  hits median {sorted(map(len, truth))[len(truth) // 2]}, most {max(map(len, truth))}")
    few = range(0, len(asked), max(1, len(asked) // _PEERS_ASKED))
    for name, ask in _peers(size, folder, rows):
        out[name] = [_timed(ask, asked[at]) for at in few]
    mine = [out["first page"][at] for at in few]
    said["ratio"] = f"{_middle(out['like']) / _middle(mine):.0f}"
    said["recall"] = f"{recall:.4f} / {precision:.4f}"
    said["kB"] = f"{path.stat().st_size / size / 1000:.1f} / {_index_size(path) / size / 1000:.1f}"
    if size <= _MADE_ANEW:
        said["anew"] = f"{_made_anew(path, folder) * 1000 / size:.2f}"
    return Measured(out, said)


def _peers(size: int, folder: Path, rows: Sequence[str]) -> Iterable[tuple[str, peers.Ask]]:
    made = {
        "like": peers.like(folder / f"{size}.plain", rows),
        "rg": peers.ripgrep(folder / f"{size}.txt"),
        "tantivy": peers.tantivy(folder / f"{size}.tantivy", rows),
    }
    return [(name, ask) for name, ask in made.items() if ask]


def _table(sizes: Sequence[int], measured: Sequence[Measured]) -> None:
    """Print everything as the rows of docs/performance.md."""
    print(f"\n| CPU ms, p50 / p95 | {' | '.join(f'{size:,}'.replace(',', ' ') for size in sizes)} |")
    print("|---" * (len(sizes) + 1) + "|")
    for key, what in _TIMED.items():
        if any(key in one.times for one in measured):
            limits = [_LIMITS.get(size, {}).get(key) for size in sizes]
            cells = (_cell(one.times.get(key, []), limit) for one, limit in zip(measured, limits, strict=True))
            print(f"| {what} | {' | '.join(cells)} |")
    for key, what in _SAID.items():
        print(f"| {what} | {' | '.join(one.said.get(key, '') for one in measured)} |")


def _cell(times: Times, limits: tuple[float | None, float] | None) -> str:
    if not times:
        return ""
    found = [_middle(times) * 1000, sorted(times)[int(len(times) * 0.95)] * 1000]
    text = " / ".join(f"{ms:.1f}" if ms < 100 else f"{ms:.0f}" for ms in found)
    if limits is None:
        return text
    met = all(most is None or ms <= most for ms, most in zip(found, limits, strict=True))
    asked = " / ".join("–" if most is None else f"{most}" for most in limits)
    return f"{text} (limit {asked}, {'met' if met else 'MISSED'})"


def _build(size: int, path: Path, lines: Path) -> None:
    cases = generate(size)
    with Library.create(path) as library, lines.open("w", encoding="utf-8") as out:
        while some := list(islice(cases, _BATCH)):
            library.cases.add(some)
            for case in some:
                out.write(peers.SEP.join(fold_each([*chain(*fields_of(case))])) + "\n")


def _index_size(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        sizes = (db.execute(f"SELECT sum(length(block)) FROM {table}_data").fetchone()[0] for table in index.TABLES)
        return sum(sizes)


def _made_anew(path: Path, folder: Path) -> float:
    """How long it takes to make the whole index anew, as for a library of an older program."""
    copy = folder / "anew.anlan"
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("BEGIN")
        taken = _timed(index.rebuild, db)
        db.rollback()
    copy.unlink()
    return taken


def _queries(rows: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """Pieces of the texts: one in twenty of one character, most of two to eight, one in seven two of them."""
    source = random.Random(7)

    def piece(length: int) -> str:
        row = source.choice(rows)
        at = source.randrange(max(1, len(row) - length))
        return row[at : at + length].split("\x1f")[0] or "村"

    lengths = [1] * 10 + [2] * 70 + [3] * 40 + [4] * 40 + [6] * 25 + [8] * 15
    out = []
    for _ in range(count):
        words = [piece(source.choice(lengths))]
        if source.random() < 1 / 7:
            words.append(piece(2))
        out.append(words_of(_typed(words)))
    return out


def _typed(words: Iterable[str]) -> str:
    return " ".join(words)


def _scan(rows: Sequence[str], values: Sequence[str], words: Sequence[str]) -> set[int]:
    """What ``stands_in`` says of each row, with the numbers of a row worked out once and not for every word."""
    forms = [(word, value_form(word)) for word in words]
    return {
        num
        for num, (row, numbers) in enumerate(zip(rows, values, strict=True), 1)
        if all(word in row or (form and form in numbers) for word, form in forms)
    }


def _make_frequent(library: Library, folder: Path) -> None:
    """What the window does behind the opening."""
    library.search.frequent = library.search.ready_frequent(folder, Stop())


def _first_page(library: Library, words: Sequence[str], snippets: int = 50) -> None:
    query = Query(words=_typed(words))
    nums = library.search.find(query).nums[:50]
    library.cases.rows(nums)
    library.search.snippets(nums[:snippets], query)


def _whole(library: Library, words: Sequence[str]) -> None:
    """What a person sets off by typing: the page, the counts, the tree; then a filter and another order."""
    _forget(library)
    query = Query(words=_typed(words))
    hits = library.search.find(query)
    nums = hits.nums[:50]
    library.cases.rows(nums)
    library.search.snippets(nums, query)
    library.contents.tree("place", hits)
    for other in (replace(query, places=("330000",), themes=("基层治理",)), replace(query, order="figures")):
        library.cases.rows(library.search.find(other).nums[:50])


def _tree_time(library: Library, words: Sequence[str]) -> float:
    hits = library.search.find(Query(words=_typed(words)))
    return _timed(library.contents.tree, "place", hits)


def _forget(library: Library) -> None:
    """Let no query profit from the one before."""
    library.search._found.clear()


def _seconds(action: Callable[[], object]) -> float:
    start = _spent()
    action()
    return _spent() - start


def _spent() -> float:
    """Processor time of this process and of the programs that it has run: others on the machine don't count."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _timed(action: Callable[..., object], *values: object) -> float:
    return _seconds(lambda: action(*values))


def _middle(times: Times) -> float:
    return sorted(times)[len(times) // 2]


def _share(found: Sequence[set[int]], truth: Sequence[set[int]]) -> float:
    return sum(len(f & t) for f, t in zip(found, truth, strict=True)) / max(1, sum(map(len, truth)))


if __name__ == "__main__":
    main()
