"""How fast the library answers, against a LIKE scan and against ripgrep on the same texts, and whether it finds all.

``python -m bench.search --sizes 1000,10000``: builds a library of each size (kept in ``--folder`` when given), asks
200 seeded queries and prints medians and 95th percentiles in milliseconds of processor time.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import psutil

from bench.corpus import generate
from core.browsing import FIRST_ROWS
from core.library import Library, Query, words_of
from core.library.index import fields_of
from core.library.stopping import Stop
from core.text.folding import fold, stands_in

_BATCH = 1000
_PEERS_ASKED = 40
"""A scan of a large library takes a second: this many queries are enough for its median."""
Times = list[float]


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        for size in map(int, options.sizes.split(",")):
            measure(size, options.folder or Path(spare), options.queries)


def measure(size: int, folder: Path, queries: int) -> None:
    """Build (or find) the library of one size and print what was measured."""
    path, plain, lines = folder / f"{size}.anlan", folder / f"{size}.plain", folder / f"{size}.txt"
    if not lines.exists():
        _report(f"{size} cases: built", _seconds(lambda: _build(size, path, plain, lines)), path)
    rows = [line.rstrip("\n") for line in lines.open(encoding="utf-8")]
    asked = _queries(rows, queries)
    truth = [_scan(rows, words) for words in asked]
    with Library.open(path) as library:
        made = _seconds(lambda: _make_frequent(library, folder))
        kept = sum(file.stat().st_size for file in folder.glob("*.words"))
        print(f"  frequent words: {len(library.search.frequent or ())} made in {made:.0f} s, {kept / 1e6:.1f} MB")
        before = psutil.Process().memory_info().rss
        print(f"  warm up {_seconds(lambda: library.contents.tree('place')) * 1000:.0f} ms (cells), ", end="")
        print(f"{_seconds(lambda: library.search.find(Query(words='议事'))) * 1000:.0f} ms (first search)")
        _times("hits, 50 rows, 50 snippets", [_timed(_first_page, library, words) for words in asked])
        library.search._found.clear()
        screen = [_timed(_first_page, library, words, FIRST_ROWS) for words in asked]
        _times(f"first screen: hits, 50 rows, {FIRST_ROWS} snippets", screen)
        whole = [_timed(_whole, library, words) for words in asked]
        _times("whole interaction", whole)
        _times("tree with hits", [_tree_time(library, words) for words in asked])
        for order in ("title", "place", "figures"):
            first = _seconds(partial(library.search.find, Query(order=order)))
            print(f"  order by {order}: {first * 1000:.0f} ms first")
        first, then = _seconds(library.contents.overview), _seconds(library.contents.overview)
        print(f"  overview {first * 1000:.0f} ms first, {then * 1000:.0f} then")
        used = psutil.Process().memory_info().rss - before
        print(f"  memory grown by {used / 1e6:.0f} MB")
        found = [set(library.search.find(Query(words=_typed(words))).nums) for words in asked]
    print(f"  recall {_share(found, truth):.4f}, precision {_share(truth, found):.4f}, "
          f"hits median {sorted(map(len, truth))[len(truth) // 2]}, most {max(map(len, truth))}")  # fmt: skip
    few = asked[:: max(1, len(asked) // _PEERS_ASKED)]
    mine = [t for t, words in zip(_first_times(path, asked), asked, strict=True) if words in few]
    like = [_timed(_like, sqlite3.connect(plain), words) for words in few]
    _times("same queries, hits, 50 rows, snippets", mine)
    _times("LIKE, ids only", like)
    if shutil.which("rg"):
        _times("ripgrep, ids only", [_timed(_ripgrep, lines, words) for words in few])
    print(f"  LIKE / ours at the median: {_middle(like) / _middle(mine):.0f}")


def _build(size: int, path: Path, plain: Path, lines: Path) -> None:
    cases = generate(size)
    with Library.create(path) as library, lines.open("w", encoding="utf-8") as out:
        while some := list(islice(cases, _BATCH)):
            library.cases.add(some)
            for case in some:
                texts = [fold(text) for fields in fields_of(case) for text in fields]
                out.write("\x1f".join(texts) + "\n")
    db = sqlite3.connect(plain)
    db.execute("CREATE TABLE cases (num INTEGER PRIMARY KEY, text TEXT)")
    db.executemany("INSERT INTO cases (text) VALUES (?)", ((line,) for line in lines.open(encoding="utf-8")))
    db.commit()
    db.close()


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


def _scan(rows: Sequence[str], words: Sequence[str]) -> set[int]:
    return {num for num, row in enumerate(rows, 1) if all(stands_in(word, row) for word in words)}


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


def _first_times(path: Path, asked: Sequence[tuple[str, ...]]) -> Times:
    with Library.open(path) as library:
        _make_frequent(library, path.parent)
        library.cases.rows(library.search.find(Query()).nums[:50])
        return [_timed(_first_page, library, words) for words in asked]


def _tree_time(library: Library, words: Sequence[str]) -> float:
    hits = library.search.find(Query(words=_typed(words)))
    return _timed(library.contents.tree, "place", hits)


def _forget(library: Library) -> None:
    """Let no query profit from the one before."""
    library.search._found.clear()


def _like(db: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    where = " AND ".join(["text LIKE ?"] * len(words))
    return [n for (n,) in db.execute(f"SELECT num FROM cases WHERE {where}", [f"%{word}%" for word in words])]


def _ripgrep(lines: Path, words: Sequence[str]) -> int:
    """Line numbers of the first word; further words would need another run."""
    done = subprocess.run(["rg", "-F", "-n", "-o", "-m", "1000000", "--", words[0], str(lines)], capture_output=True)
    return len({line.split(b":", 1)[0] for line in done.stdout.splitlines()})


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


def _times(what: str, times: Times) -> None:
    last = sorted(times)[int(len(times) * 0.95)]
    print(f"  {what}: p50 {_middle(times) * 1000:.2f}, p95 {last * 1000:.2f}, max {max(times) * 1000:.1f} ms")


def _report(what: str, seconds: float, path: Path) -> None:
    print(f"{what} in {seconds:.0f} s, {path.stat().st_size / 1e6:.0f} MB")


def _share(found: Sequence[set[int]], truth: Sequence[set[int]]) -> float:
    return sum(len(f & t) for f, t in zip(found, truth, strict=True)) / max(1, sum(map(len, truth)))


if __name__ == "__main__":
    main()
