"""What the library keeps for speed and can make again from the rest: whether it is right, and made anew."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.decisions import Target
from core.library import case_reading, case_rows, corrections, deciding, index, parts, rewording, sketches, sums
from core.library.case_reading import By
from core.library.conform import FAULTS
from core.library.errors import LibraryError
from core.records import Case

_CHUNK = 500
_COUNTS = "SELECT num FROM cases c WHERE figures IS NOT (SELECT count(*) FROM metrics WHERE case_num = c.num)"
_INDICATORS = "SELECT indicator, unit, count(*) FROM metrics GROUP BY indicator, unit"
_BIG = 1 << 61
_TOKEN = re.compile("[0-9A-Za-z\x80-\U0010ffff]+")
"""What the tokenizer ``ascii`` of FTS5 takes for a token."""


class Derived(NamedTuple):
    """Something that can be made anew: its name, how many are wrong (in a library of any version), how it is made."""

    name: str
    wrong: Callable[[sqlite3.Connection], int]
    make: Callable[[sqlite3.Connection], object]


def cases(db: sqlite3.Connection, by: By) -> Iterator[Case]:
    """Return every case, damaged or not, in the order of their numbers."""
    nums = [num for (num,) in db.execute("SELECT num FROM cases ORDER BY num")]
    for at in range(0, len(nums), _CHUNK):
        yield from case_reading.read(db, nums[at : at + _CHUNK], by).values()


def _by(db: sqlite3.Connection) -> By:
    """How the cases are read of which nothing more is to be found out."""
    return "form" if db.execute("PRAGMA user_version").fetchone()[0] < 2 else "nothing"


# ---- counts


def _wrong_counts(db: sqlite3.Connection) -> int:
    return len(db.execute(_COUNTS).fetchall())


def _count(db: sqlite3.Connection) -> None:
    db.execute(
        f"UPDATE cases SET figures = (SELECT count(*) FROM metrics WHERE case_num = cases.num) WHERE num IN ({_COUNTS})"
    )


def _wrong_indicators(db: sqlite3.Connection) -> int:
    return len({*db.execute("SELECT name, unit, figures FROM indicators")} ^ {*db.execute(_INDICATORS)})


def _list_indicators(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM indicators")
    db.execute(f"INSERT INTO indicators {_INDICATORS}")


# ---- numbers that figures are sorted by


def _other_numbers(db: sqlite3.Connection) -> Iterator[tuple[int, float, float]]:
    """The rows whose numbers are not those of their values, with what they should be."""
    for num, value, most, number, number_max in db.execute(
        "SELECT num, value, coalesce(value_max, value), number, number_max FROM metrics"
    ):
        try:
            right = float(Decimal(value)), float(Decimal(most))
        except FAULTS:
            continue  # the case is told as damaged
        if right != (number, number_max):
            yield num, *right


def _wrong_numbers(db: sqlite3.Connection) -> int:
    return sum(1 for _ in _other_numbers(db))


def _number(db: sqlite3.Connection) -> None:
    rows = [(low, high, num) for num, low, high in _other_numbers(db)]
    db.executemany("UPDATE metrics SET number = ?, number_max = ? WHERE num = ?", rows)


# ---- sketches of texts


def _has_sketches(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'case_sketches'").fetchone())


def _wrong_sketches(db: sqlite3.Connection) -> int:
    if not _has_sketches(db):
        return 0
    kept: dict[int, bytes] = dict(db.execute("SELECT num, sketch FROM case_sketches"))
    wrong = [kept.pop(case.num, b"") != sketches.packed(case.body) for case in cases(db, _by(db))]
    return sum(wrong) + len(kept)


def _sketch(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM case_sketches WHERE num NOT IN (SELECT num FROM cases)")
    for case in cases(db, _by(db)):
        sketches.write(db, case.num, case.body)


# ---- the index


def _wrong_index(db: sqlite3.Connection) -> int:
    """How many of the tables of the index do not hold what the texts say, term by term and case by case."""
    (tokens,) = db.execute("SELECT tokens FROM library").fetchone()
    if tokens != index.TOKENS:
        return 0  # made anew at the next opening in any case
    wanted = [[0, 0] for _ in index.TABLES]
    for case in cases(db, _by(db)):
        for total, text in zip(wanted, index.tokens(db, case), strict=True):
            terms = sum(zlib.crc32(token.encode()) for token in _TOKEN.findall(text))
            total[0] = (total[0] + terms) % _BIG
            total[1] = (total[1] + terms * case.num) % _BIG
    return sum(found != total for found, total in zip(map(_held, [db] * 4, index.TABLES), wanted, strict=True))


def _held(db: sqlite3.Connection, table: str) -> list[int]:
    """The sums of the terms of a table of the index: each as often as it stands there, and by the numbers of cases."""
    db.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, {table}, 'instance')")
    total = [0, 0]
    try:
        for term, count, docs in db.execute("SELECT term, count(*), sum(doc) FROM temp.held GROUP BY term"):
            mark = zlib.crc32(term.encode("utf-8", "surrogateescape"))
            total = [(total[0] + mark * count) % _BIG, (total[1] + mark * docs) % _BIG]
    except sqlite3.DatabaseError:
        total = [-1, -1]
    finally:
        db.execute("DROP TABLE temp.held")
    return total


# ---- what follows from the log of decisions


def _other_rulings(db: sqlite3.Connection) -> Iterator[Target]:
    """The targets where the rows do not hold what follows from the log."""
    if db.execute("PRAGMA user_version").fetchone()[0] < parts.LOG_SINCE:
        return
    for (case_id,) in db.execute("SELECT DISTINCT case_id FROM rulings ORDER BY case_id").fetchall():
        try:
            found = deciding.is_settled(db, case_id)
        except (*FAULTS, LibraryError):
            continue  # damaged rows are told as such
        yield from (Target(case_id, part) for part, right in found.items() if not right)


def _wrong_rulings(db: sqlite3.Connection) -> int:
    return sum(1 for _ in _other_rulings(db))


def _settle(db: sqlite3.Connection) -> None:
    """Write what follows; where a sum said before that rows were damaged, it still says what then is not as it was."""
    wrong = [*_other_rulings(db)]
    nums = [num for t in wrong if (num := case_rows.num_of(db, t.case)) is not None]
    damaged = sums.wrong(db, nums, parts.OF_A_CASE)
    rows = sums.owners(db, parts.OF_ALL["rulings"])
    lost = sums.wrong(db, rows, ["rulings"])
    deciding.settle(db, wrong)
    sums.renew(db, {name: [n for n in nums if name not in damaged.get(n, ())] for name in parts.OF_A_CASE})
    sums.renew(db, {"rulings": [row for row in rows if row not in lost]})


# ---- words of pages put right


def _other_pages(db: sqlite3.Connection) -> Iterator[str]:
    """The pages on which other characters are put right than the log says."""
    if db.execute("PRAGMA user_version").fetchone()[0] < parts.LOG_SINCE:
        return
    for sha256 in sorted(corrections.pages(db)):
        page = corrections.page_of(db, sha256)
        if page is None or sums.wrong(db, [page[0]], ["page_edits"]):
            continue  # damaged rows are told as such
        nums = corrections.cases_of(db, sha256)
        try:
            right = corrections.kept_of(db, page[0]) == corrections.decided(db, page[0])
        except (*FAULTS, LibraryError):
            continue
        if not right and not sums.wrong(db, nums, parts.OF_A_CASE):
            yield sha256


def _wrong_pages(db: sqlite3.Connection) -> int:
    return sum(1 for _ in _other_pages(db))


def _lay(db: sqlite3.Connection) -> None:
    """Put them right; the index is made anew afterwards."""
    nums = rewording.lay(db, [*_other_pages(db)], indexed=False)
    sums.renew(db, dict.fromkeys(parts.OF_A_CASE, sorted(nums)))


ALL: Sequence[Derived] = (
    Derived("按决定得出的内容", _wrong_rulings, _settle),
    Derived("版面上改的字", _wrong_pages, _lay),
    Derived("案例的数据条数", _wrong_counts, _count),
    Derived("指标的条数", _wrong_indicators, _list_indicators),
    Derived("数据排序用的数值", _wrong_numbers, _number),
    Derived("找转载用的摘录", _wrong_sketches, _sketch),
    Derived("检索用的索引", _wrong_index, index.rebuild),
)
"""In the order in which they are made: the index comes last, and takes longest."""
