"""The table of n-grams: what is known of the press, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.page import ngrams as module
from core.reading.page.ngrams import EDGE, NGrams, ngrams

PRINTED = st.text(alphabet="全县村民食堂老人，。0a鿕", max_size=12)


def test_words_of_the_press_go_on_in_themselves() -> None:
    grams = ngrams()
    assert grams.gain("推进乡村振", "兴战略") > 3 > grams.gain("推进乡村振", "民族村和")
    assert grams.gain("全市经济社", "会发展") > grams.gain("全市经济社", "路桥梁")


def test_a_paragraph_begins_with_near_days_and_not_with_a_comma() -> None:
    grams = ngrams()
    begins = [grams.chances(EDGE + text, 1)[0] - grams.chances(text)[0] for text in ("近", "，")]
    assert begins[0] > begins[1]
    assert grams.chances("。" + EDGE, 1)[0] > grams.chances("的" + EDGE, 1)[0]


def test_what_was_never_seen_is_told() -> None:
    grams = ngrams()
    assert grams.seen("鿕鿕") == -1.0
    assert grams.seen("中国") > grams.seen("国中") >= -1.0


@given(PRINTED, st.integers(0, 4))
def test_chances_are_chances(text: str, known: int) -> None:
    found = ngrams().chances(text, min(known, len(text)))
    assert len(found) == len(text) - min(known, len(text))
    assert all(chance <= 0 for chance in found)


@given(PRINTED, PRINTED)
def test_only_the_last_and_first_four_characters_tell(tail: str, head: str) -> None:
    grams = ngrams()
    assert grams.gain("县食堂民" + tail[-4:], head) == grams.gain(tail[-4:].rjust(4, "民")[-4:], head) or len(tail) < 4


@given(PRINTED)
def test_what_is_remembered_is_what_stands_in_the_table(text: str) -> None:
    grams = ngrams()
    first = grams.chances(text)
    assert grams.chances(text) == first == NGrams(grams.data).chances(text)


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    grams = NGrams(ngrams().data)
    monkeypatch.setattr(module, "MOST_KNOWN", 3)
    assert [grams.seen(pair) for pair in ("中国", "国中", "中国")] == [
        ngrams().seen(p) for p in ("中国", "国中", "中国")
    ]
    assert grams.remembered <= 4
