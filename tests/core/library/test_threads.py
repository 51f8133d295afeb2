"""A library belongs to its thread; another thread has one of its own on the same file, each sees the other's work."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from core.library import Library, Query
from core.records import Case


def in_a_thread(action: object) -> list[BaseException]:
    """Run something in another thread; what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            action()  # type: ignore[operator]
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised


def test_another_thread_may_not_use_it(library: Library) -> None:
    (error,) = in_a_thread(lambda: library.cases.count())
    assert isinstance(error, sqlite3.ProgrammingError)


def test_what_another_thread_writes_is_noticed(library: Library, path: Path) -> None:
    before = library.changed
    assert [n.total for n in library.contents.tree("place")] == [2, 1, 1]

    def write() -> None:
        with Library.open(path) as own:
            own.cases.add([Case("", f"第{n}座议事亭") for n in range(3)])
            own.cases.remove([2])

    assert in_a_thread(write) == []
    assert library.changed > before
    assert len(library.search.find(Query(words="议事亭"))) == 5
    assert [n.total for n in library.contents.tree("place")] == [1, 1, 4]
    assert [row.num for row in library.cases.rows([1, 2, 5])] == [1, 5]


def test_reading_goes_on_while_another_writes(library: Library, path: Path) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def cases() -> object:
        yield Case("", "写到一半")
        inside.set()
        assert go_on.wait(10)

    def write() -> None:
        with Library.open(path) as own:
            own.cases.add(cases())  # type: ignore[arg-type]

    thread = threading.Thread(target=write)
    thread.start()
    assert inside.wait(10)
    assert len(library.search.find(Query())) == 4
    go_on.set()
    thread.join()
    assert len(library.search.find(Query(words="写到一半"))) == 1


def test_changed_rises_with_each_change(library: Library) -> None:
    seen = [library.changed]
    library.cases.set_title(1, "甲")
    seen.append(library.changed)
    library.undo()
    seen.append(library.changed)
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("query", [Query(), Query(words="议事亭"), Query(order="figures"), Query(themes=("基层治理",))])
def test_answers_do_not_grow_stale(library: Library, path: Path, query: Query) -> None:
    library.search.find(query)
    library.contents.tree("theme", library.search.find(query))
    with Library.open(path) as other:
        other.cases.set_title(3, "议事亭夜校")
        other.cases.set_themes([3], ["基层治理"])
    with Library.open(path) as fresh:
        assert list(library.search.find(query).nums) == list(fresh.search.find(query).nums)
        mine = library.contents.tree("theme", library.search.find(query))
        assert mine == fresh.contents.tree("theme", fresh.search.find(query))
