"""A page on the desk is kept as JSON and is the same afterwards, whatever a person did to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.desk import Confirm, Correct, Cut, Edit, Join, Mark, Move, SetKind, SetPlace, SetThemes, SetTitle
from core.desk.pieces import Pieces
from core.desk.saved import (
    NOTHING_DONE,
    Hand,
    NotKept,
    hand_as_json,
    hand_of,
    hand_of_json,
    page_as_json,
    page_of_json,
    pasted_as_json,
    pasted_of_json,
)
from core.desk.work import Work
from core.intake.desk import work_of
from core.intake.reading import read_one
from core.reading import read_page
from core.records import THEMES, Article, Box, Heading, Page, Place, Span

PAGES = Path(__file__).resolve().parents[2] / "pages" / "learnt" / "first"
NAMES = ("heilongjiang-clean.txt", "jiangsu-column-jumps.txt", "guizhou-brief.txt")
PLACE = Place("130534", "河北省", "邢台市", "清河县")


@cache
def read(name: str) -> tuple[Page, tuple[Article, ...]]:
    [page] = read_one(PAGES / name).pages
    return page


at = st.integers(0, 1200)
text = st.text(max_size=12)
edits = st.one_of(
    st.builds(Cut, at),
    st.builds(Join, at, at, st.booleans()),
    st.builds(lambda a, n, to, before: Move(a, a + n, to, before), at, st.integers(1, 200), at, st.none() | at),
    st.builds(lambda a, n, r: Mark(a, a + n, r), at, st.integers(1, 60), st.sampled_from(("title", "body", "nothing"))),
    st.builds(Confirm, at),
    st.builds(Correct, at, st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    st.builds(SetPlace, at, st.just(PLACE)),
    st.builds(SetThemes, at, st.lists(st.sampled_from(THEMES), max_size=3, unique=True).map(tuple)),
    st.builds(SetTitle, at, text),
    st.builds(SetKind, at, st.sampled_from(("case", "news"))),
)
cites = st.fixed_dictionaries({}, optional={"paper": text, "published": st.just("2023-11-22"), "page_no": text})


def told(work: Work) -> tuple[object, ...]:
    """Everything that a person sees of a page."""
    pieces = Pieces(work.desk)
    return (work.page, work.desk.edits, work.desk.articles, work.caret, pieces.all, pieces.seams, pieces.doubts)


def kept(work: Work) -> Work:
    """The page as it comes back from what is kept of it."""
    page = page_of_json(page_as_json(work.desk.printed))
    return work_of(page, read_page(page), hand_of_json(hand_as_json(hand_of(work))), work.source_id)


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.lists(edits | cites, max_size=6), st.integers(0, 2), at)
def test_any_state_comes_back(name: str, done: Sequence[Edit | dict[str, str]], undone: int, caret: int) -> None:
    work = work_of(*read(name))
    for step in done:
        if isinstance(step, dict):
            work.cite(**step)
        else:
            work.do([step])
    for _ in range(undone):
        work.undo()
    work.caret = caret
    assert told(kept(work)) == told(work)


spans = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda pair: Span(*pair))
floats = st.floats(allow_nan=False, allow_infinity=False)
any_text = st.text(st.characters(exclude_categories=()), max_size=40)


@given(
    st.builds(
        Page,
        **dict.fromkeys(("text", "name", "sha256", "encoding", "format", "paper", "published", "page_no"), any_text),
        notes=st.lists(any_text, max_size=2).map(tuple),
        headings=st.lists(st.builds(Heading, spans, st.integers(0, 6)), max_size=3).map(tuple),
        tables=st.lists(spans, max_size=3).map(tuple),
        breaks=st.lists(st.integers(0, 90), max_size=3).map(tuple),
        lines=st.lists(st.builds(Box, spans, st.integers(0, 9), floats, floats, floats, floats), max_size=3).map(tuple),
    )
)
def test_any_page_comes_back(page: Page) -> None:
    assert page_of_json(page_as_json(page)) == page


@given(any_text)
def test_what_was_pasted_comes_back(pasted: str) -> None:
    assert pasted_of_json(pasted_as_json(pasted)) == pasted


def test_what_is_written_stays_readable() -> None:
    """As the first version wrote it; whoever changes this writes another ``FORM`` and still reads this one."""
    hand = Hand({"paper": "清河日报"}, (Cut(7), SetPlace(3, PLACE), Mark(1, 4, "title")), 12, 99)
    made = (
        '{"form":1,"cited":{"paper":"清河日报"},"edits":[{"do":"cut","at":7},{"do":"place","at":3,"place":{"code":"130534",'
        '"province":"河北省","city":"邢台市","county":"清河县","town":"","village":""}},'
        '{"do":"mark","start":1,"end":4,"role":"title"}],"caret":12,"seen":99}'
    )
    assert hand_as_json(hand) == made
    assert hand_of_json(made) == hand
    page = Page("字\n", "a.txt", "x", headings=(Heading(Span(0, 1), 2),), lines=(Box(Span(0, 1), 0, 1.5, 2, 3, 4),))
    written = (
        '{"form":1,"text":"字\\n","name":"a.txt","sha256":"x","encoding":"utf-8","format":"txt","paper":"","published":"",'
        '"page_no":"","notes":[],"headings":[[0,1,2]],"tables":[],"breaks":[],"lines":[[0,1,0,1.5,2,3,4]]}'
    )
    assert page_as_json(page) == written
    assert page_of_json(written) == page


def test_what_a_page_of_the_library_had_comes_back() -> None:
    for had in (None, (), (Cut(7), Correct(3, "交"))):
        assert hand_of_json(hand_as_json(Hand(edits=(Cut(7),), had=had))).had == had


def test_nothing_kept_is_nothing_done() -> None:
    assert hand_of_json("") == NOTHING_DONE
    assert pasted_of_json("") == ""


GOOD = json.loads(hand_as_json(NOTHING_DONE))


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"form":1}',
        json.dumps({**GOOD, "edits": [{"do": "sing"}]}),
        json.dumps({**GOOD, "edits": [{"do": "cut"}]}),
        json.dumps({**GOOD, "edits": 7}),
        json.dumps({**GOOD, "cited": ["paper"]}),
        json.dumps({**GOOD, "cited": {"paper": 7}}),
        json.dumps({**GOOD, "caret": "x"}),
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_said(kept: str) -> None:
    if kept:
        with pytest.raises(NotKept):
            hand_of_json(kept)
    with pytest.raises(NotKept):
        page_of_json(kept)


def test_what_a_newer_program_wrote_is_not_guessed_at() -> None:
    newer = json.dumps({**GOOD, "form": 2})
    with pytest.raises(NotKept, match="更新版本"):
        hand_of_json(newer)
