"""Where clauses and sentences end, and which texts and lines break off before one does."""

from __future__ import annotations

import pytest

from core.text.clauses import REACH, Clauses, breaks_off, ends_open

TEXT = "去年，全村修路1,200米；今年9:30开工。老人都说好！"


@pytest.mark.parametrize(
    ("word", "clause"), [("1,2", "全村修路1,200米"), ("9:3", "今年9:30开工"), ("好", "老人都说好"), ("去", "去年")]
)
def test_the_clause_around_a_place(word: str, clause: str) -> None:
    start, end = Clauses(TEXT).clause(TEXT.index(word))
    assert TEXT[start:end] == clause


@pytest.mark.parametrize(("word", "begin"), [("今年", "去年"), ("好", "老人")])
def test_where_its_sentence_begins(word: str, begin: str) -> None:
    assert Clauses(TEXT).sentence(TEXT.index(word)) == TEXT.index(begin)


def test_no_clause_reaches_further_than_is_looked_at() -> None:
    assert Clauses("路" * 500).clause(300) == (300 - REACH, 300 + REACH)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("村里修了路。", False),
        ("他说：“修路。”", False),
        ("有三项做法：", False),
        ("修了一条（水泥路）", True),
        ("村里修了", True),
        ("村里修了，", True),
        ("”", True),
        ("", True),
    ],
)
def test_a_text_that_stops_in_mid_sentence(text: str, is_open: bool) -> None:
    assert ends_open(text) is is_open


@pytest.mark.parametrize(
    ("line", "breaks"),
    [("全村老少", True), ("修路，", True), ("修路。", False), ("“修路”", False), ("（文/图）", False)],
)
def test_a_line_without_a_mark_that_may_end_a_sentence(line: str, breaks: bool) -> None:
    assert breaks_off(line) is breaks
