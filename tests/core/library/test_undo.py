"""Everything a person changes can be taken back and done again, with the index in step."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.corpus import generate
from core.library import Library, LibraryError, Query, index
from core.library.undo import LOGGED
from core.records import Article, Case, Metric, Page, Paragraph, Place, Span
from tests.core.library.conftest import YUNXI

Dump = Callable[[Library], dict[str, list[str]]]
PAGE = Page("甲村修了议事亭12座。\n乙村也修了议事停3座，花去5万元。\n丙村还没有修。", "页.txt")
EDITS = ({"do": "correct", "at": 20, "char": "亭"}, {"do": "confirm", "at": 3})


def _article(*lines: int) -> Article:
    spans = [Span(m.start(), m.end()) for m in re.finditer(".+", PAGE.text)]
    figures = [
        Metric("数", Decimal(m[1]), m[2], printed=m[0], span=Span(*m.span()))
        for m in re.finditer(r"(\d+)([座万])", PAGE.text)
        if any(spans[n].start <= m.start() < spans[n].end for n in lines)
    ]
    return Article("题", tuple(Paragraph((spans[n],)) for n in lines), captions=(spans[2],), metrics=tuple(figures))


ARTICLES = st.sampled_from(
    [[_article(0, 1)], [_article(0), _article(1)], [_article(1), _article(2), _article(0)], [_article(2)], []]
)
NUMS = st.lists(st.integers(1, 9), max_size=4)
STEPS = st.one_of(
    st.tuples(st.just("cases.set_title"), st.integers(1, 6), st.sampled_from(["议事亭", "新\n题", "另题"])),
    st.tuples(st.just("cases.set_themes"), NUMS, st.sampled_from([(), ("基层治理",), ("公共安全", "基层治理")])),
    st.tuples(
        st.just("cases.set_place"), NUMS, st.sampled_from([Place(), Place("330822", "浙江省", "衢州市", "常山县")])
    ),
    st.tuples(st.just("cases.remove"), NUMS),
    st.tuples(st.just("cases.add"), st.sampled_from([list(generate(2, 8)), list(generate(1, 9))])),
    st.tuples(st.just("selections.add"), st.just("汇编")),
    st.tuples(st.sampled_from(["selections.put", "selections.take"]), st.just("*"), NUMS),
    st.tuples(st.just("selections.move"), st.just("*"), NUMS, st.integers(0, 5)),
    st.tuples(st.just("selections.rename"), st.just("*"), st.just("改名")),
    st.tuples(st.just("selections.remove"), st.just("*")),
    st.tuples(st.just("pages.add"), st.just(PAGE), ARTICLES, st.sampled_from([(), EDITS])),
    st.tuples(st.just("pages.replace"), st.just("@"), ARTICLES, st.sampled_from([(), EDITS, EDITS[:1]])),
    st.tuples(st.just("pages.set_source")),
    st.tuples(st.sampled_from(["undo", "redo"])),
)


def do(library: Library, step: tuple[Any, ...]) -> None:
    """Carry out a step; ``*`` stands for the first selection, ``@`` for the page, which is there once at most."""
    name, *values = step
    pages = [source.id for source in library.pages.rows() if source.kind == "page"]
    if (name == "pages.add" and pages) or (name in ("pages.replace", "pages.set_source") and not pages):
        return
    if name == "pages.set_source":
        library.pages.set_source(pages[0], paper="某报", published="2024")
        return
    values = [pages[0] if value == "@" else value for value in values]
    if "*" in values:
        if not library.selections.rows():
            return
        values[0] = library.selections.rows()[0].id
    if name == "cases.set_title" and values[0] > library.cases.count():
        return
    attrgetter(name)(library)(*values)


@settings(max_examples=40)
@given(steps=st.lists(STEPS, max_size=12))
def test_undoing_all_gives_what_was_and_redoing_all_what_is(dump_of: Dump, steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "a.anlan") as library:
        for step in steps:
            do(library, step)
        while library.redo():
            pass
        after = dump_of(library)
        index.rebuild(library._db)
        assert dump_of(library) == after
        done = 0
        while library.undo_text:
            assert library.undo()
            done += 1
        assert not any(dump_of(library).values())
        for _ in range(done):
            assert library.redo()
        assert dump_of(library) == after
        assert library.redo() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: b.cases.set_title(2, "新题"), "标题改为「新题」"),
        (lambda b: b.cases.set_place([1, 2], Place("330822", "浙江省", "衢州市", "常山县")), "地区改为常山县 2 例"),
        (lambda b: b.cases.set_place([2], Place()), "地区改为未定 1 例"),
        (lambda b: b.cases.set_themes([1, 2], ["公共安全"]), "主题改为公共安全 2 例"),
        (lambda b: b.cases.remove([1, 2, 3]), "删除案例 3 例"),
        (lambda b: b.cases.add([Case("", "新")]), "导入 1 例"),
        (lambda b: b.pages.add(Page("一页", "页"), []), "导入 0 例"),
        (lambda b: b.selections.add("春季"), "新建汇编「春季」"),
    ],
)
def test_one_undo_a_change_in_words(
    library: Library, dump_of: Dump, change: Callable[[Library], object], words: str
) -> None:
    before = dump_of(library)
    change(library)
    after = dump_of(library)
    assert library.undo_text == words
    assert library.undo() == words
    assert dump_of(library) == before
    assert library.redo_text == words
    assert library.redo() == words
    assert dump_of(library) == after


def test_a_change_that_changes_nothing_is_no_step(library: Library) -> None:
    library.cases.set_title(1, library.cases.load(1).title)
    library.cases.remove([99])
    assert library.undo_text == "导入 4 例"


def test_a_new_change_ends_redoing(library: Library) -> None:
    library.cases.set_title(1, "甲")
    library.undo()
    library.cases.set_title(1, "乙")
    assert (library.redo_text, library.redo()) == ("", "")


def test_nothing_to_undo(library: Library, path: Path) -> None:
    library.close()
    with Library.open(path) as again:
        assert (again.undo_text, again.undo(), again.redo()) == ("", "", "")


def test_a_removed_page_can_be_imported_again(library: Library) -> None:
    page = Page("一页的文字", "页.txt")
    nums = library.cases.add([Case("", "页上的"), Case("", "也是")], page)
    library.cases.remove(nums[:1])
    assert len([s for s in library.pages.rows() if s.kind == "page"]) == 1
    library.cases.remove(nums[1:])
    assert not [s for s in library.pages.rows() if s.kind == "page"]
    assert library.cases.add([Case("", "又来")], page)


def test_undo_beside_a_writer_elsewhere(library: Library, path: Path) -> None:
    library.cases.remove([4])
    with Library.open(path) as other:
        (num,) = other.cases.add([Case("", "别处写的议事亭")])
    assert library.undo() == "删除案例 1 例"
    assert {4, num} <= set(library.search.find(Query(words="议事亭")).nums)


def test_undo_that_cannot_be_says_so_and_changes_nothing(library: Library, path: Path, dump_of: Dump) -> None:
    library.cases.remove([4])
    with Library.open(path) as other:
        other.cases.add([Case("44444444-4444-4444-8444-444444444444", "同一个编号")])
    before = dump_of(library)
    with pytest.raises(LibraryError, match="撤销不了"):
        library.undo()
    assert dump_of(library) == before


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (lambda b: b.cases.set_title(2, "甲题"), lambda b: b.cases.set_title(2, "乙题")),
        (lambda b: b.cases.set_title(2, "甲题"), lambda b: b.cases.remove([2])),
        (lambda b: b.cases.add([Case("", "新")]), lambda b: b.cases.set_title(5, "乙题")),
        (lambda b: b.cases.add([Case("", "新")]), lambda b: b.selections.put(b.selections.add("乙"), [5])),
        (lambda b: b.selections.add("甲"), lambda b: b.selections.rename(b.selections.rows()[0].id, "乙")),
        (lambda b: b.selections.add("甲"), lambda b: b.selections.put(b.selections.rows()[0].id, [1])),
        (lambda b: b.selections.put(b.selections.add("甲"), [1]), lambda b: swap_item(b)),
        (lambda b: b.pages.add(PAGE, [_article(0)]), lambda b: b.pages.replace(page_id(b), [], EDITS)),
        (lambda b: b.pages.add(PAGE, [_article(0)]), lambda b: b.pages.set_source(page_id(b), paper="某报")),
    ],
)
def test_undo_leaves_alone_what_somebody_else_changed_meanwhile(
    library: Library, path: Path, dump_of: Dump, mine: Callable[[Library], object], theirs: Callable[[Library], object]
) -> None:
    mine(library)
    with Library.open(path) as other:
        theirs(other)
    before = dump_of(library)
    with pytest.raises(LibraryError, match="撤销不了"):
        library.undo()
    assert dump_of(library) == before


def page_id(library: Library) -> str:
    return next(row.id for row in library.pages.rows() if row.kind == "page")


def swap_item(library: Library) -> None:
    """Take the one case out of the first selection and put another in: as many rows as before."""
    (selection, *_) = library.selections.rows()
    library.selections.take(selection.id, [1])
    library.selections.put(selection.id, [3])


def test_undo_of_mine_keeps_theirs_in_other_cases(library: Library, path: Path) -> None:
    library.cases.set_title(1, "甲题")
    nums = library.cases.add([Case("", "新")])
    with Library.open(path) as other:
        other.cases.set_title(2, "乙题")
    assert library.undo() == "导入 1 例"
    assert library.undo() == "标题改为「甲题」"
    assert [library.cases.rows([num]) for num in nums] == [[]]
    assert library.cases.load(2).title == "乙题"


def test_my_changes_on_top_of_theirs_do_not_make_theirs_mine(library: Library, path: Path) -> None:
    (num,) = library.cases.add([Case("", "新")])
    with Library.open(path) as other:
        other.cases.set_title(num, "乙题")
    library.cases.set_title(num, "甲题")
    assert library.undo()
    with pytest.raises(LibraryError, match="撤销不了"):
        library.undo()
    assert library.cases.load(num).title == "乙题"


# ---- values, not text: what a cell holds comes back to the last character

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: text + "\0后面")
CELLS = {
    "text": ANY,
    "whole": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(allow_nan=False),
    "bytes": st.binary(max_size=12),
    "none": st.none(),
}
CHANGED = [
    ("sources", "name", "text"),
    ("page_edits", "edit", "text"),
    ("cases", "title", "text"),
    ("cases", "confidence", "real"),
    ("cases", "published", "bytes"),
    ("case_texts", "body", "text"),
    ("case_sketches", "sketch", "bytes"),
    ("case_mechanisms", "kind", "none"),
    ("case_mechanisms", "note", "text"),
    ("metrics", "value_max", "none"),
    ("metrics", "quote", "text"),
    ("metrics", "start", "whole"),
    ("citations", "headline", "text"),
    ("selections", "name", "text"),
    ("selection_items", "note", "text"),
    ("selection_texts", "text", "text"),
    ("selection_figures", "figures", "text"),
]
"""One column of each kind of value at least in each table that is logged."""


UNLIKE = {"changed", "revision"}


def rows_of(library: Library) -> dict[str, list[tuple[object, ...]]]:
    told = {table: ", ".join(c for c in columns if c not in UNLIKE) for table, columns in LOGGED.items()}
    return {t: library._db.execute(f"SELECT {columns} FROM {t}").fetchall() for t, columns in told.items()}


def full(folder: str) -> Library:
    """A library with rows in every table that is logged."""
    library = Library.create(Path(folder) / "库.anlan")
    library.cases.add([*generate(3)])
    library.pages.add(PAGE, [_article(0, 1)], EDITS)
    library.cases.add([replace(YUNXI, body=("很长的一段话，说的是村里的事。" * 40,))])
    library.pages.add(Page("没有文章的一页", "空页"), [])
    made = library.selections.add("汇编")
    library.selections.put(made, [1, 2])
    library.selections.write(made, "heading", "一")
    library.selections.choose_figures(made, 1, [])
    return library


@pytest.mark.parametrize(("table", "column", "kind"), CHANGED)
@settings(max_examples=4)
@given(data=st.data())
def test_every_cell_comes_back_as_it_was(table: str, column: str, kind: str, data: st.DataObject) -> None:
    first, second = data.draw(CELLS[kind]), data.draw(CELLS[kind])
    assume(kind == "none" or first != second)
    with tempfile.TemporaryDirectory() as folder, full(folder) as library:
        file, db = library._file, library._db
        (num,) = db.execute(f"SELECT max(num) FROM {table}").fetchone()
        db.execute(f"UPDATE {table} SET {column} = ?", ("原来的" if kind == "none" else first,))
        states = [rows_of(library)]
        for change, values in (
            (f"UPDATE {table} SET {column} = ? WHERE num = ?", (second, num)),
            (f"DELETE FROM {table} WHERE num = ?", (num,)),
        ):
            file.change("改", partial(db.execute, change, values), words=False)
            states.append(rows_of(library))
        for go, expected in ((library.undo, states[::-1][1:]), (library.redo, states[1:]), (library.undo, [states[1]])):
            for state in expected:
                assert go() == "改"
                assert rows_of(library) == state


@settings(max_examples=6)
@given(text=ANY, other=ANY)
def test_any_text_that_a_person_or_a_page_brings_comes_back(text: str, other: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "库.anlan") as library:
        (num,) = library.cases.add([Case("", text)], Page(text + other, other))
        selection = library.selections.add(text)
        source = library.pages.rows()[0].id
        states = [rows_of(library)]
        for change in (
            lambda: library.cases.set_title(num, other + "题"),
            lambda: library.selections.rename(selection, other + "名"),
            lambda: library.cases.set_place([num], Place(city=text)),
            lambda: library.cases.set_themes([num], [text, other]),
            lambda: library.pages.set_source(source, paper=other),
            lambda: library.pages.replace(source, [_article(0)], [{"do": "correct", "at": 0, "char": text}]),
            lambda: library.pages.replace(source, [], []),
        ):
            change()
            states.append(rows_of(library))
        for state in states[-2::-1]:
            assert library.undo()
            assert rows_of(library) == state
        for state in states[1:]:
            assert library.redo()
            assert rows_of(library) == state


def test_the_log_names_every_column_there_is(library: Library) -> None:
    for table, columns in LOGGED.items():
        there = [row[1] for row in library._db.execute(f"PRAGMA table_info({table})")]
        assert sorted(columns) == sorted(there)
        assert columns[0] == "num"
