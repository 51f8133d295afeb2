"""Two columns that were copied line by line in turn are taken apart, others are left alone."""

from __future__ import annotations

import pytest

from core.reading.page.columns import woven
from core.records import Span

LEFT = (
    "近年来，县里坚持党建引领，把马铃薯产业作为富民强县的主导产业，"
    "建成标准化种植基地十二万亩，带动农户稳定增收，村集体经济也跟着壮大起来。"
)
RIGHT = (
    "社区的老年食堂每天中午格外热闹，十二张餐桌坐得满满当当，"
    "志愿者轮流帮厨，党员每月捐菜一次，目前已有四十多名老人长期在这里就餐。"
)
WIDTH = 12


def lines(text: str) -> list[str]:
    return [text[i : i + WIDTH] for i in range(0, len(text), WIDTH)]


def laid(rows: list[str]) -> tuple[str, list[Span]]:
    """A text of the rows, and where each stands."""
    starts = [sum(len(row) + 1 for row in rows[:i]) for i in range(len(rows))]
    return "\n".join(rows), [Span(at, at + len(row)) for at, row in zip(starts, rows, strict=True)]


def test_two_columns_in_turn() -> None:
    one, other = lines(LEFT), lines(RIGHT)
    assert len(one) == len(other)
    text, spans = laid([row for pair in zip(one, other, strict=True) for row in pair])
    columns = woven(text, spans)
    assert columns is not None
    assert {"".join(text[s.start : s.end] for s in column) for column in columns} == {LEFT, RIGHT}


@pytest.mark.parametrize(
    "rows",
    [
        lines(LEFT + RIGHT),
        lines(LEFT)[:5],
        [],
        [LEFT, RIGHT] * 3,
    ],
    ids="one-column too-few none too-wide".split(),
)
def test_what_just_follows_is_left_alone(rows: list[str]) -> None:
    assert woven(*laid(rows)) is None
