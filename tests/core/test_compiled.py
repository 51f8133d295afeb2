"""What is compiled says the same as the Python beside it, to the last digit; without it everything runs as well."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import compiled
from core.compiled import build
from core.reading import read_page
from core.reading.page.ngrams import CompiledNGrams, NGrams, ngrams
from core.reading.page.trees import Trees, kinds_of, learnt
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
assert compiled.Sums is None
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        print(repr(read_page(Page(file.read(), "a.txt"))))
"""


def test_whole_pages_are_read_the_same_without_it() -> None:
    command = [sys.executable, "-c", WITHOUT, *map(str, PAGES)]
    read = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert read == [repr(read_page(Page(path.read_text("utf-8"), "a.txt"))) for path in PAGES]
    assert all("Article(" in page for page in read)
