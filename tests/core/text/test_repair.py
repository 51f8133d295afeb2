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


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(0, 5))
def test_spans_are_the_runs_of_what_was_printed(offsets: list[int], gap: int) -> None:
    found = Repaired("字" * len(offsets), tuple(offsets)).spans(0, len(offsets), gap)
    runs: list[list[int]] = []
    for at in offsets:
        if runs and 0 <= at - runs[-1][-1] <= gap:
            runs[-1].append(at)
        else:
            runs.append([at])
    assert found == [Span(run[0], run[-1] + 1) for run in runs]
