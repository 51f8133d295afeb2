"""``python -m bench.mutants N SEED``: N damaged copies of a real library, each refused in words, or opened and right.

A library of the default cases, some imported pages and made-up ones is damaged in its bytes (bits, runs, pages, ends,
the header) or in its content (cells of another kind, rows taken away, tables changed), opened as every day, and asked
everything that the window asks. Wrong is: an error that is no sentence; a case that is not as it was and told by
nobody, neither by itself nor by the check; a refused file that was touched. Prints one line of JSON.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.corpus import generate
from core.default_library import build_library
from core.library import Library, LibraryError, Query, checking
from core.records import Article, Case, Page, Paragraph, Place, Span
from core.resources import shipped

Mutation = Callable[[Path, random.Random], str]
_PAGE = 4096
_WORDS = ("议事", "食堂", "党建", "“共同富裕”", "12")
_HOSTILE: tuple[object, ...] = (
    None, "", "x", b"\xff\xfe", "[", "[1]", "{}", "null", '["a", 1]', -1, 0, 2**62, -(2**63), 1e308, float("inf"),
    "1E+999999999", "NaN", "\ud800".encode("utf-8", "surrogatepass"), "\0", "[" * 5000, "长" * 100_000, 3.5, "2024-13",
)  # fmt: skip


def main() -> None:
    """Damage, open, compare, and print what came of it."""
    n, seed = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        line = run(n, seed, Path(folder))
    print(json.dumps(line, ensure_ascii=False))
    sys.exit(1 if line["failures"] else 0)


def run(n: int, seed: int, folder: Path) -> dict[str, Any]:
    """Return the counts of N mutants, and what failed."""
    whole = folder / "原件.anlan"
    make(whole)
    right, raw = contents(whole), whole.read_bytes()
    became: Counter[str] = Counter()
    failed: list[str] = []
    slowest, began = 0.0, time.perf_counter()
    for at in range(n):
        at_start = time.process_time()
        outcome, how = one(raw, right, folder, random.Random(f"{seed}/{at}"))
        took = time.process_time() - at_start
        slowest = max(slowest, took)
        if took > _SLOW:
            print(f"{seed}/{at} {outcome} took {took:.1f} s of the processor: {how}", file=sys.stderr)
        became[outcome] += 1
        if outcome in _FAILURES:
            failed.append(f"{seed}/{at} {outcome}: {how}")
    return {
        "test": "mutants",
        "n": n,
        "failures": len(failed),
        "seed": seed,
        **became,
        "slowest_s": round(slowest, 1),
        "seconds": round(time.perf_counter() - began),
        "failed": failed[:20],
    }


_SLOW = 5.0
_FAILURES = {"uncaught", "silent", "touched", "silent list"}


def make(path: Path) -> None:
    """A library with rows in every table."""
    build_library(path, shipped("seeds"))
    with Library.open(path) as library:
        text = "甲村修了议事亭12座。\n乙村也修了议事亭3座，花去5万元。\n" + "丙村的食堂里，老人说起修路的旧事。" * 40
        spans = (Span(0, 10), Span(11, 28))
        article = Article("两个村的议事亭", (Paragraph((spans[0],)), Paragraph(spans[1:])), captions=(Span(29, 40),))
        library.pages.add(Page(text, "第三版.txt", paper="清河日报"), [article], [{"do": "confirm", "at": 3}])
        library.cases.add(generate(60, 5))
        selection = library.selections.add("三季度专报")
        library.selections.put(selection, [3, 1, 2, 8])
        library.cases.set_title(2, "改过的题")
        library.cases.set_place([4], Place("330822", "浙江省", "衢州市", "常山县"))
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def contents(path: Path) -> dict[int, Case]:
    """Every case of a library that is whole."""
    with Library.open(path, read_only=True) as library:
        return {num: library.cases.load(num) for num in library.search.find(Query()).nums}


def one(raw: bytes, right: dict[int, Case], folder: Path, dice: random.Random) -> tuple[str, str]:
    """Damage a copy, open it and compare; what became of it, and how it was damaged."""
    path = folder / "副本" / "案例库.anlan"
    path.parent.mkdir(exist_ok=True)
    for old in path.parent.iterdir():
        old.unlink()
    path.write_bytes(raw)
    how = ""
    try:
        how = dice.choice(MUTATIONS)(path, dice)
        bytes_before = path.read_bytes()
        return _judged(path, right, bytes_before), how
    except LibraryError as error:
        return "uncaught", f"{how}: {error!r}"
    except Exception as error:  # whatever it is, it is no sentence
        return "uncaught", f"{how}: {type(error).__name__} {error} {_where(error)}"


def _where(error: BaseException) -> str:
    frames = []
    trace = error.__traceback__
    while trace:
        frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(frames[-4:])


def _judged(path: Path, right: dict[int, Case], before: bytes) -> str:
    try:
        library = Library.open(path)
    except LibraryError as error:
        untouched = path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == [path.name]
        return "refused" if str(error) and path.name in str(error) and untouched else "touched"
    with library:
        wrong = _different(library, right)
        told = _ask_everything(library)
    try:
        findings = checking.check(path).findings
    except LibraryError:
        return "refused by the check"
    named = {finding.num for finding in findings if finding.num}
    general = [finding for finding in findings if not finding.num]
    if wrong - named and not general:
        return "silent"
    if told or findings:
        return "told"
    return "right" if not wrong else "told by the case"


def _different(library: Library, right: dict[int, Case]) -> set[int]:
    """The cases that are not as they were and do not say so."""
    out = set()
    for num, case in right.items():
        try:
            found = library.cases.load(num)
        except KeyError:
            out.add(num)
            continue
        except LibraryError:
            continue
        if not found.fault and found != case:
            out.add(num)
    return out


def _ask_everything(library: Library) -> bool:
    """Ask what the window asks; whether anything was answered by a sentence."""
    told = False
    for ask in _asked(library):
        try:
            ask()
        except LibraryError as error:
            told = True
            if not str(error):
                raise
    return told


def _asked(library: Library) -> Iterator[Callable[[], object]]:
    for order in ("rank", "title", "place", "themes", "published", "figures", "state", "added"):
        yield lambda order=order: library.cases.rows(library.search.find(Query(order=order)).nums)  # type: ignore[misc]
    for words in _WORDS:
        query = Query(words=words)
        yield lambda q=query: library.search.snippets(library.search.find(q).nums, q)  # type: ignore[misc]
    yield lambda: library.figures.find(Query(indicator="人"))
    yield lambda: library.figures.find(Query(value_min=Decimal(100), unit="人"))
    yield lambda: library.search.find(Query(mechanisms=("一核四联",), since="2020", places=("330000",), themes=("",)))
    for by in ("place", "theme"):
        yield lambda by=by: [library.contents.tree(by, None, node.key) for node in library.contents.tree(by)]  # type: ignore[misc]
    yield library.contents.overview
    yield lambda: [library.mechanisms.cases(row.name) for row in library.mechanisms.rows()]
    yield lambda: library.mechanisms.like("一核四联")
    yield lambda: [library.search.find(Query(selection=row.id)).nums for row in library.selections.rows()]
    yield lambda: [library.pages.load(row.id) for row in library.pages.rows()]
    yield lambda: [library.pages.edits(row.id) for row in library.pages.rows()]
    yield library.log.rows
    for num in (1, 2, 32):
        yield lambda num=num: library.cases.siblings(num)  # type: ignore[misc]
        yield lambda num=num: library.cases.set_title(num, "新题")  # type: ignore[misc]
    yield library.undo
    yield library.redo


# ---- damage


def flip_bit(path: Path, dice: random.Random) -> str:
    """One bit, as a disk or a memory loses one."""
    raw = bytearray(path.read_bytes())
    at = dice.randrange(len(raw))
    raw[at] ^= 1 << dice.randrange(8)
    path.write_bytes(raw)
    return f"bit at {at}"


def rubbish(path: Path, dice: random.Random) -> str:
    """A run of bytes."""
    raw = bytearray(path.read_bytes())
    at, length = dice.randrange(len(raw)), dice.choice((1, 4, 64, 512))
    raw[at : at + length] = dice.randbytes(len(raw[at : at + length]))
    path.write_bytes(raw)
    return f"{length} bytes at {at}"


def page(path: Path, dice: random.Random) -> str:
    """A page zeroed, or in the place of another."""
    raw = bytearray(path.read_bytes())
    one, other = (dice.randrange(1, len(raw) // _PAGE) for _ in "ab")
    content = bytes(_PAGE) if dice.random() < 0.5 else raw[other * _PAGE : (other + 1) * _PAGE]
    raw[one * _PAGE : (one + 1) * _PAGE] = content
    path.write_bytes(raw)
    return f"page {one} from {other}"


def cut(path: Path, dice: random.Random) -> str:
    """A copy that broke off."""
    raw = path.read_bytes()
    at = dice.randrange(len(raw))
    path.write_bytes(raw[:at])
    return f"cut at {at}"


def head(path: Path, dice: random.Random) -> str:
    """A byte of the header."""
    raw = bytearray(path.read_bytes())
    at = dice.randrange(100)
    raw[at] = dice.randrange(256)
    path.write_bytes(raw)
    return f"header byte {at}"


def _tables(db: sqlite3.Connection) -> list[str]:
    return [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    ]


def _changed(
    path: Path, dice: random.Random, statement: Callable[[sqlite3.Connection, str], tuple[str, tuple[Any, ...]]]
) -> str:
    with closing(sqlite3.connect(path)) as db:
        triggers = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for name in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA writable_schema = ON")
        said = ""
        for _ in range(20):
            sql, values = statement(db, dice.choice(_tables(db)))
            try:
                if db.execute(sql, values).rowcount > 0:
                    said = f"{sql} {values!r}"[:200]
                    break
            except sqlite3.Error:
                continue
        for made in triggers.values():
            db.execute(made)
        db.commit()
    return said


def cell(path: Path, dice: random.Random) -> str:
    """A cell of another kind."""

    def statement(db: sqlite3.Connection, table: str) -> tuple[str, tuple[Any, ...]]:
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        chosen = f'SELECT "{columns[0]}" FROM "{table}" ORDER BY random() LIMIT 1'
        row = db.execute(chosen).fetchone() or (0,)
        value = dice.choice(_HOSTILE)
        as_text = "CAST(? AS TEXT)" if isinstance(value, bytes) and dice.random() < 0.5 else "?"
        return f'UPDATE "{table}" SET "{dice.choice(columns)}" = {as_text} WHERE "{columns[0]}" = ?', (value, row[0])

    return _changed(path, dice, statement)


def row(path: Path, dice: random.Random) -> str:
    """A row taken away."""

    def statement(db: sqlite3.Connection, table: str) -> tuple[str, tuple[Any, ...]]:
        first = db.execute(f'PRAGMA table_info("{table}")').fetchone()[1]
        return (
            f'DELETE FROM "{table}" WHERE "{first}" IN (SELECT "{first}" FROM "{table}" ORDER BY random() LIMIT 1)',
            (),
        )

    return _changed(path, dice, statement)


def schema(path: Path, dice: random.Random) -> str:
    """The tables themselves changed."""
    statement = dice.choice(
        (
            "DROP TABLE {}", "ALTER TABLE {} ADD COLUMN x", "CREATE TRIGGER x AFTER UPDATE ON {} BEGIN SELECT 1; END",
            "CREATE INDEX x ON {}(num)", "ALTER TABLE {} RENAME TO y", "CREATE VIEW x AS SELECT * FROM {}", "ANALYZE",
        )
    )  # fmt: skip
    with closing(sqlite3.connect(path)) as db:
        table = dice.choice(("cases", "metrics", "case_texts", "selections", "library", "indicators", "places"))
        try:
            db.execute(statement.format(table))
        except sqlite3.Error:
            db.execute("CREATE TABLE x (y)")
        db.commit()
    return statement.format(table)


MUTATIONS: tuple[Mutation, ...] = (flip_bit, rubbish, page, cut, head, cell, cell, cell, row, schema)

if __name__ == "__main__":
    main()
