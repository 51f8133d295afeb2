"""Libraries for the tests: real files, small cases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from core.decisions import Decision, Target, heads
from core.library import Library, opening, schema
from core.library.index import TABLES
from core.records import Case, Citation, Mechanism, Metric, Part, Place

YUNXI = Case(
    id="11111111-1111-4111-8111-111111111111",
    title="云溪县推行“一核四联”",
    place=Place("430603", "湖南省", "岳阳市", "云溪区"),
    themes=("基层治理", "党建引领"),
    summary="村里建了\n议事亭，有事先来坐一坐。",
    published="2023-11-22",
    citations=(Citation("洞庭周报", "2023-11-22", "3", "云溪县推行“一核四联”", ("王小川",)),),
    mechanisms=(
        Mechanism(
            "一核四联",
            kind="work model",
            parts=(Part("一核", "以支部为核心"), Part("四联", "联心、联户、联事、联产")),
            participants=("街道商会",),
            note="支部把各方连起来。",
        ),
    ),
    metrics=(
        Metric("议事亭数量", Decimal(516), "座", printed="516座", quote="全县建成议事亭516座", period="2023年"),
        Metric("修路里程", Decimal("3.5"), "公里", Decimal("5.10"), printed="3.5至5.1公里", quote="修路3.5至5.1公里"),
    ),
)
QIAOTOU = Case(
    id="22222222-2222-4222-8222-222222222222",
    title="桥头镇的共富账本",
    kind="news",
    place=Place("330822", "浙江省", "衢州市", "常山县", "桥头镇"),
    themes=("乡村振兴与共同富裕",),
    published="2024-05",
    body=("茶园里立起议事亭。", "去年修路3公里，人均增收1.2万元。"),
)
CITY = Case(
    id="33333333-3333-4333-8333-333333333333",
    title="市里办起夜校",
    place=Place("330800", "浙江省", "衢州市"),
    themes=("文化教育", "人才工作"),
    published="2022",
)
NOWHERE = Case(id="44444444-4444-4444-8444-444444444444", title="不知何处的议事亭")
CASES = (YUNXI, QIAOTOU, CITY, NOWHERE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the library of a test lies."""
    return tmp_path / "试验.anlan"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    """A library of four cases, numbered 1 to 4."""
    with Library.create(path) as made:
        made.cases.add(CASES)
        yield made


def _make_version(path: Path, version: int, statements: tuple[str, ...] = ()) -> Path:
    """A file with the tables of an older version, and the rows that these statements put in."""
    db = opening.connect_raw(path, "rwc")
    tables = Database(db, execute_plugins=False, recursive_triggers=False)
    schema.migrations.apply(tables, stop_before=str(version + 1))
    for statement in statements:
        db.execute(statement)
    db.close()
    return path


@pytest.fixture(scope="session")
def make_version() -> Callable[[Path, int, tuple[str, ...]], Path]:
    """Makes files as older versions of the program made them."""
    return _make_version


_UNLIKE = {"revision", "changed"}
"""Columns that tell when something was changed, and rise with every undo, too."""


def _dump_of(library: Library) -> dict[str, list[str]]:
    """Everything in the tables and in the index, but for names that nobody uses any more; of the log what stands."""
    tables = (
        "sources page_edits cases case_texts case_sketches case_marks case_mechanisms metrics indicators citations"
        " selections selection_items selection_texts selection_figures rulings bin"
    )
    by_target: dict[Target, list[Decision]] = {}
    for row in library.decisions.all():
        by_target.setdefault(row.target, []).append(row)
    out = {"decisions": sorted(repr(head) for rows in by_target.values() for head in heads(rows))}
    db = sqlite3.connect(library.path)
    for table in tables.split():
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in _UNLIKE]
        out[table] = sorted(map(repr, db.execute(f"SELECT {', '.join(names)} FROM {table}")))
    for table in TABLES:
        db.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, {table}, 'instance')")
        out[table] = sorted(map(repr, db.execute("SELECT term, doc, col, offset FROM temp.seen")))
        db.execute("DROP TABLE temp.seen")
    db.close()
    return out


@pytest.fixture(scope="session")
def dump_of() -> Callable[[Library], dict[str, list[str]]]:
    """Shows all that a library holds, for comparing."""
    return _dump_of
