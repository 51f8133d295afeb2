"""Damage inside a library: told by the case that it is in, never in the way of the others, never written over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import get_args

import pytest

from bench.corpus import generate
from bench.mutants import run
from core.library import CaseRow, DamagedLibrary, Library, LibraryError, Query, Wish, sums
from core.library.checking import check
from core.library.conform import conforms, shown
from core.library.query import Order
from core.records import Case, Page, Place

DAMAGE = {
    "themes that are no JSON": ("cases", "themes", "不是 JSON"),
    "themes that are a number": ("cases", "themes", "5"),
    "a title of bytes": ("cases", "title", b"\xff\xfe"),
    "a title that is no UTF-8": ("cases", "title", "CAST(x'E4BDFF' AS TEXT)"),
    "a title that is gone": ("cases", "title", ""),
    "another title": ("cases", "title", "别的题"),
    "a section of empty bytes": ("cases", "section", b""),
    "a place that there is not": ("cases", "place", 99),
    "a state that there is not": ("cases", "state", "好"),
    "a date of bytes": ("cases", "published", b"2024"),
    "figures that are no number": ("cases", "figures", "多"),
    "a body that is no JSON": ("case_texts", "body", "["),
    "a body nested without end": ("case_texts", "body", "[" * 100_000),
    "a body of numbers": ("case_texts", "body", "[1, 2]"),
    "spans of words": ("case_texts", "body_spans", '[[["a", "b"]]]'),
    "a value that is no number": ("metrics", "value", "很多"),
    "a value without end": ("metrics", "value", "1E+999999999"),
    "a value that is none": ("metrics", "value", "NaN"),
    "a unit of bytes": ("metrics", "unit", b"\xff"),
    "a printed figure altered": ("metrics", "printed", "517座"),
    "an indicator of a number": ("metrics", "indicator", 7.5),
    "parts that are no pairs": ("case_mechanisms", "parts", "[1]"),
    "a kind that there is not": ("case_mechanisms", "kind", "别的"),
    "a byline that is no JSON": ("citations", "byline", "王小川"),
    "a mechanism's name of bytes": ("mechanisms", "name", b"\xfe"),
    "a place's name of bytes": ("places", "city", b"\xfe"),
}
OTHERS = (2, 3, 4)


@pytest.fixture
def damaged(library: Library, path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    """The library of four cases, the first of which has one cell of another content; opened again."""
    table, column, value = DAMAGE[request.param]
    library.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        shown = value if str(value).startswith("CAST") else "?"
        own = {"cases": "num", "case_texts": "num", "mechanisms": "num", "places": "num"}.get(table, "case_num")
        db.execute(f"UPDATE {table} SET {column} = {shown} WHERE {own} = 1", () if shown != "?" else (value,))
        db.commit()
    with Library.open(path) as opened:
        yield opened


every_damage = pytest.mark.parametrize("damaged", DAMAGE, indirect=True)


@every_damage
def test_the_case_tells_and_the_others_are_right(damaged: Library, request: pytest.FixtureRequest) -> None:
    case = damaged.cases.load(1)
    if request.node.callspec.params["damaged"] != "figures that are no number":  # made anew from the figures
        assert "第 1 号案例" in case.fault
        assert "有损坏" in case.fault
    assert conforms(case, Case)
    assert [damaged.cases.load(num).fault for num in OTHERS] == ["", "", ""]


@every_damage
def test_nothing_stops_for_it(damaged: Library) -> None:
    for order in ("rank", "title", "place", "themes", "published", "figures", "state", "added"):
        hits = damaged.search.find(Query(order=order))  # type: ignore[arg-type]
        rows = damaged.cases.rows(hits.nums)
        assert sorted(row.num for row in rows) == [1, 2, 3, 4]
        assert all(conforms(row, CaseRow) for row in rows)
    query = Query(words="议事亭")
    assert set(damaged.search.snippets(damaged.search.find(query).nums, query)) >= {2, 4}
    assert [node.total for node in damaged.contents.tree("place")]
    assert [node.total for node in damaged.contents.tree("theme")]
    assert damaged.contents.overview().cases == 4
    damaged.figures.find(Query(indicator="里程", value_min=1))  # type: ignore[arg-type]
    assert all(isinstance(row.name, str) for row in damaged.mechanisms.rows())
    damaged.mechanisms.cases("一核四联")


SOME = ["another title", "a body that is no JSON", "a value that is no number"]


@pytest.mark.parametrize("damaged", SOME, indirect=True)
def test_nobody_writes_over_it_but_it_can_be_removed(damaged: Library) -> None:
    with pytest.raises(DamagedLibrary, match=r"第 1 号案例.*没有改动"):
        damaged.cases.set_title(1, "新题")
    damaged.cases.set_title(2, "别的照改")
    damaged.cases.remove([1])
    assert damaged.search.find(Query(words="议事亭")).nums.tolist() == [4, 2]
    assert damaged.undo()
    assert damaged.cases.load(1).fault
    path = damaged.path
    damaged.close()
    with Library.open(path) as again:
        assert again.search.find(Query(words="别的照改")).nums.tolist() == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE library SET revision = 'x'",
        "UPDATE library SET revision = -1",
        "UPDATE library SET tokens = x'00'",
        "UPDATE library SET id = x'00'",
        "UPDATE cases SET num = 1 << 60 WHERE num = 4",
        "UPDATE cases SET num = -4 WHERE num = 4",
        "UPDATE places SET num = 1 << 60 WHERE num = 1",
    ],
)
def test_numbers_that_all_is_counted_by_are_looked_at_first(library: Library, path: Path, statement: str) -> None:
    library.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    before = path.read_bytes()
    with pytest.raises(DamagedLibrary, match=path.name):
        Library.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("edit", ["[", "5", "{}", "[" * 50_000])
def test_an_edit_that_cannot_be_read_names_its_page(library: Library, edit: str) -> None:
    library.pages.add(Page("甲村修了议事亭。", "第三版.txt"), [], [{"do": "confirm", "at": 3}])
    library._db.execute("UPDATE page_edits SET edit = ?", (edit,))
    source = next(row.id for row in library.pages.rows() if row.kind == "page")
    with pytest.raises(DamagedLibrary, match=r"第三版\.txt"):
        library.pages.edits(source)


def test_a_page_of_the_file_that_is_lost_stops_no_other_case(library: Library, path: Path) -> None:
    long = "".join(f"第{n}个村的议事亭里，{n}位老人说起修路的旧事。" for n in range(900))
    (num,) = library.cases.add([Case("", "很长的案例", body=(long,))])
    library.close()
    raw = bytearray(path.read_bytes())
    at = raw.find("第500个村".encode())
    raw[at // 4096 * 4096 : at // 4096 * 4096 + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)
    with Library.open(path) as opened:
        loaded = {n: opened.cases.load(n) for n in (1, 2, 3, 4, num)}
    assert [bool(case.fault) for case in loaded.values()] == [False, False, False, False, True]
    assert loaded[num].title == "很长的案例"


def kept(library: Library) -> list[tuple[object, ...]]:
    return library._db.execute("SELECT num, part, sum FROM sums ORDER BY num, part").fetchall()


def test_sums_follow_every_change_and_its_undo(library: Library) -> None:
    def right() -> bool:
        had = kept(library)
        sums.make_all(library._db)
        return kept(library) == had

    selection = library.selections.add("汇编")
    for change in (
        lambda: library.selections.put(selection, [1, 2]),
        lambda: library.cases.set_title(1, "新题"),
        lambda: library.cases.set_themes([1, 2], ["公共安全"]),
        lambda: library.pages.set_source(library.pages.rows()[0].id, paper="某报"),
        lambda: library.cases.remove([1, 2]),
        library.undo,
        library.undo,
        library.undo,
        library.redo,
        lambda: library.selections.remove(selection),
        library.undo,
    ):
        change()
        assert right()


@pytest.mark.parametrize("seed", [1, 2])
def test_mutants_are_refused_in_words_or_opened_and_right(tmp_path: Path, seed: int) -> None:
    line = run(12, seed, tmp_path)
    assert line["failed"] == []


READING = [
    lambda b: b.pages.rows(),
    lambda b: b.pages.text("x"),
    lambda b: b.cases.count(),
    lambda b: b.cases.num_of("x"),
    lambda b: b.cases.starting_with("1", 5),
    lambda b: b.selections.rows(),
    lambda b: b.selections.remove("x"),
    lambda b: b.log.rows(),
    lambda b: b.pages.set_source("x", paper="某报"),
    lambda b: b.pages.replace("x", [], []),
    lambda b: b.contents.overview(),
    lambda b: b.mechanisms.rows(),
    lambda b: b.cases.set_title(1, "新题"),
    lambda b: b.cases.set_place([1], Place("", "湖南省")),
    lambda b: b.cases.set_themes([1], ["基层治理"]),
    lambda b: b.cases.remove([1]),
    lambda b: b.decisions.decide([Wish(1, "title", "changed", "新题")]),
    lambda b: b.decisions.put_in_bin([1]),
    lambda b: b.selections.add("甲"),
    lambda b: b.selections.put("x", [1]),
    lambda b: b.undo(),
]


@pytest.mark.parametrize("read", READING)
def test_whatever_is_asked_of_a_file_without_its_pages_is_said_in_words(
    library: Library, path: Path, read: Callable[[Library], object]
) -> None:
    library.close()
    with Library.open(path) as opened:
        raw = path.read_bytes()
        path.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
        with pytest.raises(DamagedLibrary):
            opened.contents.tree("place")
        with suppress(LibraryError, KeyError):  # no other error; what SQLite still has in memory is answered
            read(opened)


LOOKUPS: list[tuple[str, Callable[[Library, str], object]]] = [
    ("sources", lambda library, one: library.pages.load(one)),
    ("sources", lambda library, one: library.pages.text(one)),
    ("sources", lambda library, one: library.pages.edits(one)),
    ("cases", lambda library, one: library.cases.num_of(one)),
]


@pytest.mark.parametrize(("table", "look"), LOOKUPS)
def test_an_id_that_its_index_does_not_tell_is_damage_and_not_gone(
    library: Library, path: Path, table: str, look: Callable[[Library, str], object]
) -> None:
    library.close()
    with sqlite3.connect(path) as db:
        num, one = db.execute(f"SELECT num, id FROM {table}").fetchone()
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(f"UPDATE {table} SET id = ? WHERE num = ?", (b"\xff\x00" + one.encode()[2:], num))
        for _, sql in triggers:
            db.execute(sql)
    with Library.open(path) as opened:
        with pytest.raises(DamagedLibrary, match="编号读不出"):
            look(opened, shown(b"\xff\x00" + one.encode()[2:]))
        with pytest.raises(KeyError):
            look(opened, one)


def test_numbers_out_of_their_order_in_a_damaged_table_stop_no_search_and_no_order(path: Path) -> None:
    with Library.create(path) as library:
        library.cases.add(generate(120))
        middle, last = (library.cases.load(num).id.encode() for num in (60, 120))
    raw = path.read_bytes()
    pages = [raw[at : at + 4096] for at in range(0, len(raw), 4096)]
    leaf = 13
    of_middle, of_last = (
        next(i for i, page in enumerate(pages) if page[0] == leaf and one in page) for one in (middle, last)
    )
    assert of_middle != of_last
    pages[of_last] = pages[of_middle]
    path.write_bytes(b"".join(pages))
    with Library.open(path) as damaged:
        answered = []
        for order in get_args(Order):
            with suppress(DamagedLibrary):  # SQLite itself may have seen it
                answered.append(len(damaged.cases.rows(damaged.search.find(Query(order=order)).nums)))
    assert answered
    assert all(answered)
    assert check(path).findings
