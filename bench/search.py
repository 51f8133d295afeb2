"""How fast the library answers, against LIKE, ripgrep and tantivy on the same texts, and whether it finds all.

``python -m bench.search --sizes 1000,10000``: builds a library of each size (kept in ``--folder`` when given), asks
200 seeded queries and prints medians and 95th percentiles in milliseconds of processor time, all sizes in one table.
A million cases need 45 GB of disk with the peers' files, and an hour.
"""

from __future__ import annotations

import argparse
import mmap
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TextIO, overload

import psutil
from pyroaring import BitMap

from bench import bulk, peers, table
from bench.corpus import generate
from core.browsing import FIRST_ROWS
from core.library import Library, Query, index, words_of
from core.library.index import fields_of
from core.library.stopping import Stop
from core.records import Case
from core.text.folding import fold_each
from core.text.values import value_form, values_of

_BATCH = 1000
_PEERS_ASKED = 40
"""A scan of a large library takes a second: this many queries are enough for its median."""
_LARGE = 100_000
"""Of a larger library only those queries are held against a scan, and a fourth of them asked of the peers."""
_MADE_ANEW = 10_000
"""Up to so many cases the index is also made anew, on a copy."""
_ADDED = 10_000
"""Up to so many cases the library is made by adding them, as a person would; above by ``bench.bulk``."""
Times = list[float]


class Measured(NamedTuple):
    """What came of one size: seconds by ``_TIMED``, and the numbers of ``_SAID``."""

    times: dict[str, Times]
    numbers: dict[str, float]


class Lines(Sequence[str]):
    """The folded texts of the cases, one a line of a file, of which a million need not lie in memory."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts = array("Q", [0])
        while (end := self._text.find(b"\n", self._starts[-1])) >= 0:
            self._starts.append(end + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._text[self._starts[at] : self._starts[at + 1] - 1].decode()


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
    "LIKE / ours, same queries": {"ratio": ".0f"},
    "recall / precision": {"recall": ".4f", "precision": ".4f"},
    "opened, s / memory with all that was asked, MB": {"opened": ".2f", "memory": ".0f"},
    "first sort by title, ms": {"title": ".0f"},
    "kB a case, file / index": {"file": ".1f", "index": ".1f"},
    "index made anew, s a thousand cases": {"anew": ".2f"},
    "log beside the file meanwhile, kB a case": {"log": ".1f"},
}
"""The other rows of the table, each with its numbers and how they are printed."""
_IN_TABLE = {
    "recall": ("search, recall", "of all hits", 1.0),
    "opened": ("library opened", "s", None),
    "memory": ("library opened, memory with all that was asked", "MB", None),
    "title": ("search, first sort by title", "ms", None),
    "file": ("library, file", "kB a case", None),
    "index": ("library, index in it", "kB a case", None),
    "anew": ("library, index made anew", "s a thousand cases", None),
}
"""What the table of all measurements says of a size beside the times: its name there, its unit, its limit."""


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--peers", default="like,rg,tantivy", help="an index of tantivy takes longer to make than ours")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        sizes = [*map(int, options.sizes.split(","))]
        wanted = options.peers.split(",")
        measured = [measure(size, options.folder or Path(spare), options.queries, wanted) for size in sizes]
    _table(sizes, measured)
    table.report(_rows(sizes, measured))


def measure(size: int, folder: Path, queries: int, wanted: Sequence[str]) -> Measured:
    """Build (or find) the library of one size, and return and print what was measured."""
    path, lines = folder / f"{size}.anlan", folder / f"{size}.txt"
    numbers: dict[str, float] = {}
    if not lines.exists():
        print(f"{size} cases: built in {_seconds(lambda: _build(size, path, lines)):.0f} s")
    if not _has_index(path):
        taken, log = _indexed_by_opening(path)
        numbers["anew"], numbers["log"] = taken * 1000 / size, log / size
        print(f"  index made by the opening in {taken:.0f} s, {log / 1000:.0f} MB of log beside the file")
    rows = Lines(lines)
    asked = _queries(rows, queries)
    few = range(0, len(asked), max(1, len(asked) // _PEERS_ASKED))
    held = few if size > _LARGE else range(len(asked))
    out: dict[str, Times] = {}
    before = psutil.Process().memory_info().rss
    opening = _spent()
    with Library.open(path) as library:
        opening = _spent() - opening
        made = _seconds(lambda: library.search.merge_index(Stop()))
        print(f"  parts of the index merged in {made:.1f} s")
        made = _seconds(lambda: _make_frequent(library, folder))
        taken = sum(file.stat().st_size for file in folder.glob("*.words")) / 1e6
        print(f"  {len(library.search.frequent or ())} frequent words made ready in {made:.0f} s, {taken:.0f} MB")
        print(f"  warm up {_seconds(lambda: library.contents.tree('place')) * 1000:.0f} ms (cells), ", end="")
        print(f"{_seconds(lambda: library.search.find(Query(words='议事'))) * 1000:.0f} ms (first search)")
        out["first page"] = [_timed(_first_page, library, words) for words in asked]
        _forget(library)
        out["first screen"] = [_timed(_first_page, library, words, FIRST_ROWS) for words in asked]
        out["whole"] = [_timed(_whole, library, words) for words in asked]
        out["tree"] = [_tree_time(library, words) for words in asked]
        for order in ("title", "place", "figures"):
            taken = _timed(library.search.find, Query(order=order)) * 1000
            print(f"  order by {order}: {taken:.0f} ms first")
            numbers.setdefault(order, taken)
        first, then = _seconds(library.contents.overview), _seconds(library.contents.overview)
        print(f"  overview {first * 1000:.0f} ms first, {then * 1000:.0f} then")
        numbers["opened"] = opening
        numbers["memory"] = (psutil.Process().memory_info().rss - before) / 1e6
        found = [BitMap(library.search.find(Query(words=_typed(asked[at]))).nums) for at in held]
    print(f"  first page {_cell(out['first page'], None)} ms, whole interaction {_cell(out['whole'], None)} ms")
    truth = _scan(rows, [asked[at] for at in held])
    numbers["recall"], numbers["precision"] = _share(found, truth), _share(truth, found)
    print(f"  hits median {sorted(map(len, truth))[len(truth) // 2]}, most {max(map(len, truth))}")
    if size > _LARGE:
        few = few[::4]
    for name, ask in _peers(size, folder, rows, wanted):
        out[name] = [_timed(ask, asked[at]) for at in few]
    mine = [out["first page"][at] for at in few]
    if "like" in out:
        numbers["ratio"] = _middle(out["like"]) / _middle(mine)
    numbers["file"], numbers["index"] = (each / size / 1000 for each in (path.stat().st_size, _index_size(path)))
    if size <= _MADE_ANEW:
        numbers["anew"] = _made_anew(path, folder) * 1000 / size
    return Measured(out, numbers)


def _peers(size: int, folder: Path, rows: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, peers.Ask]]:
    """One after the other: each is asked before the next one's files are made."""
    makers: dict[str, Callable[[], peers.Ask | None]] = {
        "like": lambda: peers.like(folder / f"{size}.plain", rows),
        "rg": lambda: peers.ripgrep(folder / f"{size}.txt"),
        "tantivy": lambda: peers.tantivy(folder / f"{size}.tantivy", rows),
    }
    for name in wanted:
        if ask := makers[name]():
            yield name, ask


def _rows(sizes: Sequence[int], measured: Sequence[Measured]) -> Iterator[table.Row]:
    """The rows of the table of all measurements."""
    every = [(_spaced(size) + " cases", _LIMITS.get(size, {}), one) for size, one in zip(sizes, measured, strict=True)]
    for key, share, peer in (
        ("first page", 95, "like"),
        ("first page", 50, "tantivy"),
        ("whole", 50, ""),
        ("whole", 95, ""),
    ):
        for size, limits, one in every:
            limit = limits.get(key, (None, None))[share == 95]
            other = _share_of(one.times[peer], share) if peer in one.times else None
            ours = _share_of(one.times[key], share)
            yield table.Row(f"search, {key}, p{share}", size, "CPU ms", ours, limit, other, peer)
    for key, (what, unit, least) in _IN_TABLE.items():
        for size, _, one in every:
            if key in one.numbers:
                yield table.Row(what, size, unit, one.numbers[key], least, at_least=least is not None)


def _table(sizes: Sequence[int], measured: Sequence[Measured]) -> None:
    """Print everything as the rows of docs/performance.md."""
    print(f"\n| CPU ms, p50 / p95 | {' | '.join(map(_spaced, sizes))} |")
    print("|---" * (len(sizes) + 1) + "|")
    for key, what in _TIMED.items():
        if any(key in one.times for one in measured):
            limits = [_LIMITS.get(size, {}).get(key) for size in sizes]
            cells = (_cell(one.times.get(key, []), limit) for one, limit in zip(measured, limits, strict=True))
            print(f"| {what} | {' | '.join(cells)} |")
    for what, form in _SAID.items():
        print(f"| {what} | {' | '.join(_said(one.numbers, form) for one in measured)} |")


def _spaced(size: int) -> str:
    return f"{size:,}".replace(",", " ")


def _said(numbers: Mapping[str, float], form: Mapping[str, str]) -> str:
    return " / ".join(format(numbers[key], how) for key, how in form.items()) if form.keys() <= numbers.keys() else ""


def _cell(times: Times, limits: tuple[float | None, float] | None) -> str:
    if not times:
        return ""
    found = [_share_of(times, 50), _share_of(times, 95)]
    text = " / ".join(f"{ms:.1f}" if ms < 100 else f"{ms:.0f}" for ms in found)
    if limits is None:
        return text
    met = all(most is None or ms <= most for ms, most in zip(found, limits, strict=True))
    asked = " / ".join("–" if most is None else f"{most}" for most in limits)
    return f"{text} (limit {asked}, {'met' if met else 'MISSED'})"


def _build(size: int, path: Path, lines: Path) -> None:
    with lines.open("w", encoding="utf-8") as out:
        cases = _told(generate(size), out)
        if size > _ADDED:
            bulk.build(path, cases)
            return
        with Library.create(path) as library:
            while some := list(islice(cases, _BATCH)):
                library.cases.add(some)


def _told(cases: Iterable[Case], out: TextIO) -> Iterator[Case]:
    """The cases, each written down on its way as the line that the peers and the scan look at."""
    for case in cases:
        out.write(peers.SEP.join(fold_each([*chain(*fields_of(case))])) + "\n")
        yield case


def _has_index(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("SELECT tokens FROM library").fetchone()[0])


def _indexed_by_opening(path: Path) -> tuple[float, float]:
    """Make the index by opening the library; seconds, and kilobytes of the log that lies beside it then."""
    start = _spent()
    with Library.open(path):
        return _spent() - start, path.with_name(path.name + "-wal").stat().st_size / 1000


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


def _scan(rows: Iterable[str], asked: Sequence[Sequence[str]]) -> list[BitMap]:
    """What ``stands_in`` says of each row for each query, with the numbers of a row worked out once."""
    forms = [[(word, value_form(word)) for word in words] for words in asked]
    found = [BitMap() for _ in asked]
    for num, row in enumerate(rows, 1):
        numbers = "\n".join(values_of(row))
        for hits, words in zip(found, forms, strict=True):
            if all(word in row or (form and form in numbers) for word, form in words):
                hits.add(num)
    return found


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


def _share_of(times: Times, share: int) -> float:
    """The milliseconds within which so many of a hundred were done."""
    return sorted(times)[len(times) * share // 100] * 1000


def _middle(times: Times) -> float:
    return sorted(times)[len(times) // 2]


def _share(found: Sequence[BitMap], truth: Sequence[BitMap]) -> float:
    return sum(len(f & t) for f, t in zip(found, truth, strict=True)) / max(1, sum(map(len, truth)))


if __name__ == "__main__":
    main()
