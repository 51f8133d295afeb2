"""Printed forms in a text: all of them, each alone, as one search a form would find them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.forms import Forms


@pytest.mark.parametrize(
    ("forms", "text", "found"),
    [
        (["110场"], "共110场。", [(1, 5, 0)]),
        (["110场"], "共3110场、1.110场、1，110场。", []),
        (["16"], "第162项、16项", [(6, 8, 0)]),
        (["5.6%", "5.6"], "增5.6%", [(1, 4, 1), (1, 5, 0)]),
        (["两成", "两成"], "占两成", [(1, 3, 0)]),
        (["", "万"], "3万", [(1, 2, 1)]),
        ([], "3万", []),
    ],
)
def test_where_forms_stand(forms: list[str], text: str, found: list[tuple[int, int, int]]) -> None:
    assert sorted(Forms(forms).found(text)) == sorted(found)


PIECES = st.text(alphabet="12.,场万𠮷", max_size=3)


@given(st.lists(PIECES, max_size=4, unique=True), st.text(alphabet="12.,场万𠮷", max_size=12))
def test_one_pass_finds_what_a_search_for_each_form_finds(forms: list[str], text: str) -> None:
    each = []
    for place, form in enumerate(forms):
        before = r"(?<![\d.,，．])" if form[:1].isdigit() else ""
        behind = r"(?!\d)" if form[-1:].isdigit() else ""
        pattern = f"(?={before}{re.escape(form)}{behind})"
        each += [(m.start(), m.start() + len(form), place) for m in re.finditer(pattern, text)] if form else []
    assert sorted(Forms(forms).found(text)) == sorted(each)
