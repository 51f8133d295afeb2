"""What the measurements stand on: libraries made in bulk are those that are made by adding, and the table adds up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from bench import bulk, table
from bench.corpus import generate
from bench.search import Lines
from core.library import Library, Query, index
from core.library.checking import check

_SOME = 520
"""More than one batch."""
_OF_ANOTHER_KIND = (*index.TABLES, "_sqlite", "sqlite")
_MADE_ONCE = ("added", "changed", "revision")
"""Columns that say when, and in the how manieth change."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same cases added, and made in bulk and opened once."""
    folder = tmp_path_factory.mktemp("both")
    added, made = folder / "added.anlan", folder / "made.anlan"
    with Library.create(added) as library:
        cases = bulk.with_ids(generate(_SOME))
        while some := [*islice(cases, 500)]:
            library.cases.add(some)
    bulk.build(made, generate(_SOME))
    Library.open(made).close()
    return added, made


def test_made_in_bulk_is_the_same_row_by_row(both: tuple[Path, Path]) -> None:
    rows: list[dict[str, list[tuple[object, ...]]]] = []
    for path in both:
        with closing(sqlite3.connect(path)) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows.append({name: _rows(db, name) for name in tables if not name.startswith(_OF_ANOTHER_KIND)})
    assert len(rows[0]["metrics"]) > 5 * _SOME
    for name, found in rows[0].items():
        assert rows[1][name] == found, name


def _rows(db: sqlite3.Connection, name: str) -> list[tuple[object, ...]]:
    """The rows of a table, without what is another at every making: times, ids of the library and of mechanisms."""
    if name in ("library", "mechanisms"):
        column = "tokens" if name == "library" else "name"
        return db.execute(f"SELECT {column} FROM {name} ORDER BY 1").fetchall()
    if name == "sums":  # that of a case's own row is over its times, too; whether it is right says the check
        return db.execute("SELECT * FROM sums WHERE part != 'cases' ORDER BY num, part").fetchall()
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})") if row[1] not in _MADE_ONCE]
    return db.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {', '.join(columns)}").fetchall()


def test_made_in_bulk_has_the_indexes_of_every_library_and_is_whole(both: tuple[Path, Path]) -> None:
    made = []
    for path in both:
        assert not check(path).findings
        with closing(sqlite3.connect(path)) as db:
            made.append(db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())
    assert made[0] == made[1]


def test_made_in_bulk_finds_the_same(both: tuple[Path, Path]) -> None:
    answers = []
    for path in both:
        with Library.open(path) as library:
            answers.append(
                [[*library.search.find(Query(words=words)).nums] for words in ("议事", "村", "2021年", "网格")]
            )
    assert answers[0] == answers[1]
    assert all(answers[0][:3])


def test_the_maker_makes_the_same_again(tmp_path: Path) -> None:
    one, two = ([*bulk.with_ids(islice(generate(50), 20))] for _ in range(2))
    assert one == two
    assert all(m.id for case in one for m in case.mechanisms)


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    wanted = ["村里", "", "a\x1fb", "最后"]
    path.write_text("".join(line + "\n" for line in wanted), "utf-8")
    lines = Lines(path)
    assert [*lines] == wanted == [lines[at] for at in range(len(lines))]
    assert lines[1:3] == wanted[1:3]
    with pytest.raises(IndexError):
        lines[len(wanted)]


_ROW = table.Row("search", "1 case", "ms", 3.0)


@pytest.mark.parametrize(
    ("row", "share"),
    [
        (_ROW, None),
        (_ROW._replace(limit=6.0), 0.5),
        (_ROW._replace(limit=2.0), 1.5),
        (_ROW._replace(limit=2.0, peer=2.0, of_ratio=True), 0.75),
        (_ROW._replace(limit=2.0, of_ratio=True), None),
        (_ROW._replace(limit=6.0, at_least=True), 2.0),
        (_ROW._replace(limit=1.5, peer=1.0, of_ratio=True, at_least=True), 0.5),
    ],
)
def test_how_much_of_a_limit_is_used(row: table.Row, share: float | None) -> None:
    assert row.share == share


def test_rows_are_gathered_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows"
    table.report([_ROW])
    monkeypatch.setenv(table.GATHERED, str(path))
    rows = [_ROW._replace(limit=2.0, peer_name="空窗口"), _ROW]
    for row in rows:
        table.report([row])
    assert table.gathered(path) == rows
