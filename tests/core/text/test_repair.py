"""Places in repaired text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.records import Span
from core.text.repair import Repaired


@given(
    st.lists(st.integers(0, 30), unique=True, max_size=20), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)))
)
def test_many_places_are_those_of_each(offsets: list[int], spans: list[tuple[int, int]]) -> None:
    text = Repaired("字" * len(offsets), tuple(offsets))
    asked = [Span(start, start + length) for start, length in spans]
    assert text.places_of([*asked, None]) == [*map(text.place_of, asked), None]
