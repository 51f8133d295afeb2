"""What is written up of a selection: cases, headings, notes in one order, chosen figures; all of it can be undone."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.library import Library, Query, checking, packets
from core.library.outlines import Key
from core.library.selections import Selections
from tests.core.library.conftest import CASES

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def made(library: Library) -> str:
    """「一」, case 1, case 2, 「二」, case 3, a note, under keys h, 1, 2, k, 3, n as ``told`` shows them."""
    selection = library.selections.add("春季汇编")
    library.selections.put(selection, [1, 2, 3])
    library.selections.write(selection, "heading", "一", 0)
    library.selections.write(selection, "heading", "二", 3)
    library.selections.write(selection, "note", "完")
    return selection


def told(library: Library, selection: str) -> list[int | str]:
    return [one.key if isinstance(one.key, int) else one.text for one in library.selections.outline(selection).lines]


def keys(library: Library, selection: str, words: list[int | str]) -> list[Key]:
    named: dict[int | str, Key] = {one.text: one.key for one in library.selections.outline(selection).lines}
    return [word if isinstance(word, int) else named.get(word, word) for word in words]


@pytest.mark.parametrize(
    ("moved", "at", "order"),
    [(["一"], 6, [1, 2, "二", 3, "完", "一"]), ([3], 0, [3, "一", 1, 2, "二", "完"]),
     (["二", 3], 1, ["一", "二", 3, 1, 2, "完"]), ([1], 3, ["一", 2, 1, "二", 3, "完"]),
     ([1, "完"], -4, [1, "完", "一", 2, "二", 3]), ([9, "没有的"], 0, ["一", 1, 2, "二", 3, "完"])],
)  # fmt: skip
def test_lines_of_any_kind_move(
    library: Library, made: str, moved: list[int | str], at: int, order: list[int | str]
) -> None:
    library.selections.move_lines(made, keys(library, made, moved), at)
    assert told(library, made) == order


@pytest.mark.parametrize(
    ("change", "order"),
    [(lambda s, m: s.put(m, [4]), ["一", 1, 2, "二", 3, "完", 4]),
     (lambda s, m: s.put(m, [4], at=2), ["一", 1, 2, "二", 4, 3, "完"]),
     (lambda s, m: s.put(m, [4], at=0), ["一", 4, 1, 2, "二", 3, "完"]),
     (lambda s, m: s.move(m, [3], 0), ["一", 3, 1, 2, "二", "完"]),
     (lambda s, m: s.move(m, [1], 9), ["一", 2, "二", 3, "完", 1]),
     (lambda s, m: s.take(m, [1, 3]), ["一", 2, "二", "完"])],
)  # fmt: skip
def test_a_list_of_cases_orders_them_between_the_texts(
    library: Library, made: str, change: Callable[[Selections, str], object], order: list[int | str]
) -> None:
    change(library.selections, made)
    assert told(library, made) == order
    nums = [word for word in order if isinstance(word, int)]
    assert library.search.find(Query(selection=made, order="rank")).nums.tolist() == nums
    assert library.undo()
    assert told(library, made) == ["一", 1, 2, "二", 3, "完"]


def test_what_is_written_stands_there_and_goes_with_its_case(library: Library, made: str) -> None:
    figure = library.cases.load(1).metrics[0].id
    library.selections.entitle(made, " 三地怎么办 ")
    library.selections.annotate(made, 1, "先看这一例")
    library.selections.choose_figures(made, 1, [figure])
    outline = library.selections.outline(made)
    [line] = [line for line in outline.lines if line.key == 1]
    assert (outline.title, outline.name, outline.nums) == ("三地怎么办", "春季汇编", (1, 2, 3))
    assert (line.note, line.figures, line.has_figures) == ("先看这一例", {figure}, 2)
    library.selections.take(made, [1])
    library.selections.put(made, [1])
    assert library.selections.outline(made).lines[-1].figures is None


def test_all_figures_again_and_no_title_any_more(library: Library, made: str) -> None:
    for figures in ([], None):
        library.selections.choose_figures(made, 1, figures)
    for title in ("题", "另一题", ""):
        library.selections.entitle(made, title)
    outline = library.selections.outline(made)
    assert (outline.title, outline.lines[1].figures) == ("", None)


def test_a_case_in_the_bin_comes_back_to_its_place_with_its_words(library: Library, made: str) -> None:
    library.selections.annotate(made, 2, "按语")
    library.selections.choose_figures(made, 2, ["m"])
    library.decisions.put_in_bin([2])
    assert told(library, made) == ["一", 1, "二", 3, "完"]
    library.decisions.put_back([library.decisions.binned()[0].id])
    assert told(library, made) == ["一", 1, 2, "二", 3, "完"]
    line = library.selections.outline(made).lines[2]
    assert (line.note, line.figures) == ("按语", {"m"})


def test_what_one_writes_is_in_no_packet(library: Library, made: str, tmp_path: Path) -> None:
    library.decisions.reviewer = "汇总"
    library.merging.hand_out([1, 2, 3], tmp_path / "给王芳.anlan", "王芳")
    packets.unpack(tmp_path / "给王芳.anlan", tmp_path / "王芳.anlan")
    with Library.open(tmp_path / "王芳.anlan") as other:
        other.decisions.reviewer = "王芳"
        own = other.selections.add("自己的汇编")
        other.selections.put(own, [1, 2])
        other.selections.annotate(own, 2, "只给自己看的按语")
        other.decisions.put_in_bin([2])
        other.merging.hand_back(tmp_path / "交回.anlan")
    packets.unpack(tmp_path / "交回.anlan", tmp_path / "看.anlan")
    assert "只给自己看".encode() in (tmp_path / "王芳.anlan").read_bytes()
    assert "只给自己看".encode() not in (tmp_path / "看.anlan").read_bytes()
    assert checking.check(tmp_path / "看.anlan").findings == ()


def test_a_case_binned_by_an_older_program_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "旧.anlan"
    path.write_bytes(lzma.decompress((ROOT / "tests/libraries/schema-7.anlan.xz").read_bytes()))
    with Library.open(path) as library:
        [binned] = library.decisions.binned()
        library.decisions.put_back([binned.id])
        assert library.selections.outline(library.selections.rows()[0].id).nums == (3, 1, 2, 5)
    assert checking.check(path).findings == ()


@pytest.mark.parametrize(
    "change",
    [lambda s, m: s.outline("gone"), lambda s, m: s.rewrite(m, "gone", "x"), lambda s, m: s.annotate(m, 4, "x"),
     lambda s, m: s.choose_figures(m, 4, []), lambda s, m: s.entitle("gone", "x"),
     lambda s, m: s.write("gone", "note", "x"), lambda s, m: s.move_lines("gone", [1], 0)],
)  # fmt: skip
def test_what_is_gone(library: Library, made: str, change: Callable[[Selections, str], object]) -> None:
    before = library.undo_text
    with pytest.raises(KeyError):
        change(library.selections, made)
    assert library.undo_text == before


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
ACTS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["heading", "note"]), TEXTS, st.integers(0, 9)),
    st.tuples(st.just("move"), st.lists(st.integers(0, 9), max_size=3, unique=True), st.integers(0, 9)),
    st.tuples(st.just("take"), st.lists(st.integers(0, 9), max_size=2, unique=True)),
    st.tuples(st.just("put"), st.lists(st.integers(1, 4), max_size=3), st.integers(0, 4)),
)


def play(library: Library, selection: str, act: tuple[Any, ...], model: list[Key]) -> list[Key]:
    """Do it, and return what the lines must be then, reckoned by plain lists."""
    name, *rest = act
    some = [model[i] for i in rest[0] if i < len(model)] if name in ("move", "take") else []
    if name == "write":
        made = library.selections.write(selection, *rest)
        return [*model[: rest[2]], made, *model[rest[2] :]]
    if name == "take":
        library.selections.take(selection, some)
        return [key for key in model if key not in some]
    if name == "move":
        library.selections.move_lines(selection, some, rest[1])
        anchor = next((key for key in model[rest[1] :] if key not in some), None)
        left = [key for key in model if key not in some]
        at = len(left) if anchor is None else left.index(anchor)
        return [*left[:at], *some, *left[at:]]
    library.selections.put(selection, rest[0], rest[1])
    new = [num for num in dict.fromkeys(rest[0]) if num not in model]
    cases = [place for place, key in enumerate(model) if isinstance(key, int)]
    at = cases[rest[1]] if rest[1] < len(cases) else len(model)
    return [*model[:at], *new, *model[at:]]


@settings(max_examples=15)
@given(acts=st.lists(ACTS, max_size=12))
def test_any_history_is_as_plain_lists_say_and_can_be_taken_back(acts: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "库.anlan") as library:
        library.cases.add(CASES)
        selection = library.selections.add("汇编")
        states: list[list[Key]] = [[]]
        steps = len(library._file._log.done)
        for act in acts:
            before = library._file._log.done[-1]
            now = play(library, selection, act, states[-1])
            assert [line.key for line in library.selections.outline(selection).lines] == now
            states += [now] if library._file._log.done[-1] is not before else []
        for state in states[-2::-1]:
            assert library.undo()
            assert [line.key for line in library.selections.outline(selection).lines] == state
        assert len(library._file._log.done) == steps
        assert checking.check(library.path).findings == ()
