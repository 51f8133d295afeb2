"""What is equal for a search, and where it stands in the text as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.library import words_of
from core.text.folding import first_place, fold, places_of, plain_place, stands_in

TABLE = json.loads((Path(__file__).parents[2] / "cases" / "folding.json").read_text("utf-8"))
TEXT = st.text(st.one_of(st.sampled_from("常山县的ab AＢ１1㎡½éﬁ\n\u3000\u200b\ufe0f𠮷ｶﾞ\u0301각"), st.characters()))


@pytest.mark.parametrize(("text", "word", "spans"), TABLE["places"])
def test_a_word_is_found_where_it_stands(text: str, word: str, spans: list[list[int]]) -> None:
    assert places_of(text, [fold(word)]) == [tuple(span) for span in spans]


@pytest.mark.parametrize(("typed", "words"), TABLE["words"])
def test_what_is_typed_is_cut_into_words(typed: str, words: list[str]) -> None:
    assert list(words_of(typed)) == words


@given(TEXT, TEXT)
@example("\u1100\u1161\u11a8", "각")
def test_first_place_is_exact(text: str, word: str) -> None:
    folded = fold(word)
    found = first_place(text, folded) if folded else None
    assert (found is not None) == (bool(folded) and stands_in(folded, fold(text)))


@given(TEXT, TEXT)
def test_the_fast_way_never_finds_too_much(text: str, word: str) -> None:
    found = plain_place(text, fold(word)) if fold(word) else None
    assert found is None or fold(word) in fold(text)


@given(TEXT)
def test_folding_leaves_nothing_to_fold_in_case_and_width(text: str) -> None:
    assert not any(c.isspace() or "！" <= c <= "～" or "A" <= c <= "Z" for c in fold(text))
