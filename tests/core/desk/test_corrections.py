"""Words put in, left out and replaced on a page: the text reads as a person typed it, and every anchor stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.desk import Correct, corrections_of
from core.records import Span
from core.text.repair import repair

CHARS = st.text(st.sampled_from("土地成果一二十"), min_size=1, max_size=8)
MADE = [
    ("土成", "土地成", [(0, "土地")]),
    ("成", "土成", [(0, "土成")]),
    ("二十二名", "十二名", [(0, "")]),
    ("未然", "末然", [(0, "末")]),
    ("三名代表", "", [(0, ""), (1, ""), (2, ""), (3, "")]),
    ("三名代表", "三十名村民代表", [(1, "十名村民")]),
    ("土地", "土地", []),
]


@pytest.mark.parametrize(("printed", "typed", "made"), MADE)
def test_as_little_as_possible_is_changed(printed: str, typed: str, made: list[tuple[int, str]]) -> None:
    assert [(c.at, c.char) for c in corrections_of(0, list(printed), typed)] == made


@given(CHARS, CHARS | st.just(""), CHARS | st.just(""))
def test_what_was_typed_is_what_is_read(printed: str, first: str, second: str) -> None:
    source = f"前{printed}后"
    fixed: dict[int, str] = {}
    for typed in (first, second):
        cells = [fixed.get(at, source[at]) for at in range(1, len(printed) + 1)]
        fixed.update({c.at: c.char for c in corrections_of(1, cells, typed)})
        read = repair(source, [Span(0, len(source))], fixed)
        assert read.text == f"前{typed}后"
        assert [read.text[i] for i, at in enumerate(read.offsets) if at in (0, len(source) - 1)] == ["前", "后"]


def test_anchors_stay_where_words_were_put_in_or_left_out() -> None:
    source = "全县建成议亭12座，惠及三千户户。"
    fixed = {c.at: c.char for c in (Correct(4, "议事"), Correct(14, ""))}
    read = repair(source, [Span(0, len(source))], fixed)
    assert read.text == "全县建成议事亭12座，惠及三千户。"
    assert read.place_of(Span(4, 6)) == (4, 7)
    assert read.places_of([Span(6, 9), Span(14, 15), Span(13, 14)]) == [(7, 10), None, (14, 15)]
    assert read.spans(0, len(read.text)) == [Span(0, len(source))]
