"""What is compiled says the same as the Python beside it, to the last digit; without it everything runs as well."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import compiled
from core.compiled import build
from core.reading import read_page
from core.reading.page.cohesion import pairs_of, plain_neighbours
from core.reading.page.joins import CompiledJoins, Joins, joins_of
from core.reading.page.likeness import CompiledLikeness, Likeness, likeness_of
from core.reading.page.ngrams import CompiledNGrams, NGrams, ngrams
from core.reading.page.order import cut
from core.reading.page.signs import plainly_counted
from core.reading.page.stretches import Lines
from core.reading.page.structure import Marks, kinds_on, text_lines
from core.reading.page.trees import Table, Trees, kinds_of, learnt
from core.records import Page
from core.resources import shipped
from core.text.lexicon import Lexicon
from core.text.words import word_model

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "tests" / "pages").rglob("*.txt"))[::3]
TABLES = json.loads(shipped("resources", "order", "trees.json").read_text("utf-8"))["sums"]
TEXT = st.text(alphabet="全县村民食堂老人，。0a鿕经济社会发展清河县的𠀀é \n", max_size=24)
ROW = st.integers(0, 1 << 32).map(lambda seed: [Random(seed + n).uniform(-12, 40) for n in range(300)])
needs_module = pytest.mark.skipif(compiled.Sums is None, reason="not compiled here: no C compiler or no Python.h")


@needs_module
@pytest.mark.parametrize("name", [name for name, several in TABLES.items() if len(several) == 1])
@given(row=ROW)
def test_a_sum_of_trees_is_the_same(name: str, row: list[float]) -> None:
    assert learnt()[name][0].chance(row) == Trees(TABLES[name][0], None).chance(row)


@needs_module
@given(rows=st.lists(ROW, max_size=5), at=st.integers(0, 60))
def test_sums_of_many_rows_are_those_of_each_even_where_a_sign_is_no_number(rows: list[list[float]], at: int) -> None:
    trees, plain = learnt()["joins"][0], Trees(TABLES["joins"][0], None)
    rows += [[*row[:at], math.nan, *row[at + 1 :]] for row in rows]
    assert trees.chances(rows) == plain.chances(rows) == [plain.chance(row) for row in rows]


@needs_module
@pytest.mark.parametrize("name", [name for name, several in TABLES.items() if len(several) > 1])
@given(row=ROW)
def test_the_sums_of_several_kinds_are_the_same(name: str, row: list[float]) -> None:
    assert kinds_of(learnt()[name], row) == kinds_of([Trees(table, None) for table in TABLES[name]], row)


@needs_module
@given(TEXT, TEXT, st.integers(0, 24), st.integers(0, 6))
def test_n_grams_are_the_same(text: str, other: str, at: int, longest: int) -> None:
    quick, plain = ngrams(), NGrams(ngrams().data)
    assert isinstance(quick, CompiledNGrams)
    at = min(at, len(text))
    for grams in (plain, quick):
        assert grams.seen("的" + text[at : at + 4]) == plain.seen("的" + text[at : at + 4])
        assert grams.table(text, at - 1, longest) == plain.table(text, at - 1, longest)
        assert grams.chances(text, at) == plain.chances(text, at)
        assert grams.gain(text, other) == plain.gain(text, other)
        assert grams.closing(text) == plain.closing(text)
        assert grams.opening(text, 3) == plain.opening(text, 3)


@needs_module
@given(TEXT)
def test_words_are_the_same(text: str) -> None:
    quick, plain = word_model(), replace(word_model(), lattice=None, _known_runs={}, _known_starts={})
    assert quick.lattice is not None
    assert quick.best(text, len(text) // 2) == plain.best(text, len(text) // 2)
    assert quick.cut(text) == plain.cut(text)
    assert quick.scores(text) == plain.scores(text)
    places = range(len(text) + 6)
    assert [quick.crosses(text, at) for at in places] == [plain.crosses(text, at) for at in places]


@needs_module
@given(TEXT, st.integers(0, 12))
def test_marks_and_digits_of_a_line_are_counted_the_same(text: str, first: int) -> None:
    assert compiled.counted is not None
    for line in (text, text + "①²３，、0\ud800"):
        assert compiled.counted(line, ("，,、", "。\n", ""), first) == plainly_counted(
            line, ("，,、", "。\n", ""), first
        )


@needs_module
@given(TEXT, st.integers(-1, 30))
def test_pairs_of_characters_are_the_same(text: str, most: int) -> None:
    assert compiled.neighbours is not None
    assert compiled.neighbours(text, max(0, most)) == plain_neighbours(text, max(0, most))


@needs_module
@given(st.lists(st.text(alphabet="全县村民食堂老人，经济", max_size=30), max_size=30), st.data())
def test_what_lines_share_is_the_same(texts: list[str], data: st.DataObject) -> None:
    pairs = [pairs_of(text) for text in texts]
    quick, plain = likeness_of(pairs, ngrams()), Likeness(pairs, ngrams())
    assert isinstance(quick, CompiledLikeness)
    lines = range(len(texts))
    assert quick.sizes == plain.sizes
    assert [[*quick.row(a).items()] for a in lines] == [[*plain.row(a).items()] for a in lines]
    assert [quick.between(a, b) for a in lines for b in lines] == [plain.between(a, b) for a in lines for b in lines]
    groups = st.lists(st.sampled_from(lines), max_size=5) if texts else st.just([])
    left, right = data.draw(groups), data.draw(groups)
    assert quick.together(left, right) == plain.together(left, right)


@needs_module
@pytest.mark.parametrize("sure", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_steps_of_a_page_and_their_signs_are_the_same(path: Path, sure: float) -> None:
    marks = Marks(path.read_text("utf-8"))
    chances = kinds_on(marks, learnt())
    lines = Lines(marks.marked, chances, text_lines(chances), marks.like, marks.grams)
    stretches = cut(lines.count, [Random(n).random() + sure for n in range(lines.count)])
    quick, plain = joins_of(lines, stretches), Joins(lines, stretches)
    assert isinstance(quick, CompiledJoins)
    (pairs, rows), (plain_pairs, plain_rows) = quick.steps(), plain.steps()
    assert (pairs, as_lists(rows)) == (plain_pairs, plain_rows)
    assert as_lists(quick.end_rows()) == plain.end_rows()
    assert as_lists(quick.start_rows()) == plain.start_rows()
    random = Random(path.stem)
    first = [random.random() for _ in as_lists(plain_rows)]
    behind: list[int | None] = [*[k + 1 if random.random() < 0.6 else None for k in range(quick.count)][:-1], None]
    again, plain_again = quick.steps_again(first, behind, 0.3), plain.steps_again(first, behind, 0.3)
    assert (again[0], as_lists(again[1])) == (plain_again[0], plain_again[1])


def as_lists(table: Table) -> list[list[float]]:
    return table if isinstance(table, list) else table.lists()


@needs_module
@given(TEXT, st.sets(st.text(alphabet="全县村民食堂老人𠀀é", min_size=2, max_size=4), max_size=12))
def test_places_of_words_are_the_same(text: str, words: set[str]) -> None:
    assert Lexicon(words).starts(text) == Lexicon(words, None).starts(text)
    assert [*Lexicon(words).find(text)] == [*Lexicon(words, None).find(text)]


STUMP = ([0], [1], [0.5], [-1], [-2], [-2.0, 3.0])


@needs_module
@pytest.mark.parametrize(
    "table",
    [
        ([1], *STUMP[1:]),  # no such node
        ([-3], *STUMP[1:]),  # no such leaf
        ([0], [-1], *STUMP[2:]),  # no such sign
        ([0], [1], [0.5], [0], [-2], STUMP[5]),  # without end
        ([0], [1], [0.5], [-1], [-3], STUMP[5]),
        ([0], [1, 1], *STUMP[2:]),
        ([0], [1, 1, 1, 1], [0.5] * 4, [1, 2, 3, -1], [1, 2, 3, -2], STUMP[5]),  # both ways to the same node
        ([math.nan], *STUMP[1:]),
        ([0], [math.nan], *STUMP[2:]),
    ],
)
def test_what_is_no_tree_is_refused(table: tuple[list[float], ...]) -> None:
    assert compiled.Sums is not None
    assert compiled.Sums([STUMP], 20, -9.0, 12.0).sum([0.0, 1.0]) == 3.0
    with pytest.raises(ValueError, match="no trees"):
        compiled.Sums([table], 20, -9.0, 12.0)  # type: ignore[list-item]


@needs_module
def test_a_row_of_too_few_signs_and_a_table_cut_short_are_refused() -> None:
    assert compiled.Sums is not None
    assert compiled.Grams is not None
    with pytest.raises(ValueError, match="all signs"):
        compiled.Sums([STUMP], 20, -9.0, 12.0).sum([0.0])
    with pytest.raises(TypeError):
        compiled.Sums([STUMP], 20, -9.0, 12.0).sum([0.0, "1"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="not a table"):
        compiled.Grams(bytes(1000), 10, 24, 100, 8.0, -1.0, 20.0)


@needs_module
def test_what_are_no_pairs_no_lines_and_no_steps_of_a_page_is_refused() -> None:
    assert compiled.Likes is not None
    assert compiled.Steps is not None
    grams = ngrams()
    assert isinstance(grams, CompiledNGrams)
    for pairs in ([{"全县"}], [frozenset({"全县村"})], [frozenset({1})], [None]):
        with pytest.raises((TypeError, ValueError)):
            compiled.Likes(pairs, grams.grams, [0.0, 1.0, 1.0], 1.0)  # type: ignore[arg-type]
    likes = compiled.Likes([frozenset({"全县"}), frozenset({"全县", "县村"})], grams.grams, [0.0, 1.0, 1.0], 1.0)
    for a, b in ((-1, 0), (0, 2), (2, 0)):
        with pytest.raises(IndexError):
            likes.between(a, b)
        with pytest.raises(IndexError):
            likes.together([a], [b])
    with pytest.raises(IndexError):
        likes.row(2)
    fits: dict[str, Any] = {
        "nodes": [0, 1], "low": [0, 1], "high": [0, 1], "tails": ["全", ""], "heads": ["\ud800", "县"],
        "ends": [[1.0], [2.0]], "starts": [[], []], "page": [], "lists": ([0.0, 1.0],) * 7, "limits": (2, 7, 5, 4, 3),
    }  # fmt: skip
    steps = compiled.Steps(likes, grams.grams, *fits.values())
    assert steps.seams() == ([0, 1], [1, 0])
    for wrong in (
        {"nodes": [0, 2]}, {"low": [1, 0]}, {"high": [0, 2]}, {"low": [0]}, {"tails": ["全"]}, {"heads": ["全", None]},
        {"ends": [[1.0]]}, {"ends": [[1.0], []]}, {"starts": [None, None]},
        {"lists": ([0.0],) * 7}, {"limits": (2, 99, 5, 4, 3)},
        {"page": None}, {"low": [0, 0]},
    ):  # fmt: skip
        with pytest.raises((TypeError, ValueError, IndexError)):
            compiled.Steps(likes, grams.grams, *{**fits, **wrong}.values())
    with pytest.raises(ValueError, match="not so many"):
        steps.rows([0.0], [0.0, 0.0])
    rows = steps.rows([0.0, 0.0], [0.0, 0.0])
    for chains in ([[0]], [[0], [2]], [[0], []], None):
        with pytest.raises((TypeError, ValueError, IndexError)):
            steps.again(rows, [0.5, 0.5], chains, [[0], [1]], [1.0, 1.0], [1.0, 1.0], 0.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="all signs"):
        compiled.Sums([([0], [40], [0.5], [-1], [-2], [-2.0, 3.0])], 20, -9.0, 12.0).each(rows)
    with pytest.raises(TypeError):
        type(rows)()


def test_a_module_of_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "VERSION", compiled.VERSION + 1)
    assert compiled.found() is None


def test_the_version_is_that_of_the_source() -> None:
    source = (ROOT / "core" / "compiled" / "_compiled.c").read_text("utf-8")
    assert f"#define VERSION {compiled.VERSION} " in source


def test_without_a_header_of_python_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    assert build.build() is None


@pytest.mark.parametrize("linker", ["", "no-such-compiler -shared", "false"])
def test_without_a_compiler_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, linker: str) -> None:
    (tmp_path / "Python.h").touch()
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: linker)
    monkeypatch.setattr(build, "HERE", tmp_path)
    assert build.build() is None
    assert [*tmp_path.iterdir()] == [tmp_path / "Python.h"]


WITHOUT = """
import sys
sys.modules["core.compiled._compiled"] = None
from core import compiled
from core.reading import read_page
from core.records import Page
assert compiled.Sums is None and compiled.Steps is None and compiled.counted is None
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        print(repr(read_page(Page(file.read(), "a.txt"))))
"""


def test_whole_pages_are_read_the_same_without_it() -> None:
    command = [sys.executable, "-c", WITHOUT, *map(str, PAGES)]
    read = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert read == [repr(read_page(Page(path.read_text("utf-8"), "a.txt"))) for path in PAGES]
    assert all("Article(" in page for page in read)
