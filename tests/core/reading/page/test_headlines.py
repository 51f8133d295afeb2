"""Whether a printed line looks like a headline, by itself and beside its neighbours."""

from __future__ import annotations

import pytest

from core.reading.page.headlines import LIKELY, context_score, headline_score
from core.reading.page.lines import Item, physical_lines

BODY = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里。"
HEADING = "老街食堂暖人心"


def item(text: str, kind: str = "text") -> Item:
    [line] = physical_lines(text)
    return Item(line, kind, headline_score=headline_score(line))  # type: ignore[arg-type]


def beside(before: Item | None, after: Item | None) -> float:
    """What neighbours say of a line that looks like a heading."""
    items = [i for i in (before, item(HEADING, "headline"), after) if i]
    return context_score(items, [float(len(i.text)) for i in items], 0 if before is None else 1)


@pytest.mark.parametrize("text", ["新村修路奔小康", "# 修路", "一、修路", "山水 田园 村庄 人家"])
def test_looks_like_a_headline(text: str) -> None:
    assert headline_score(next(physical_lines(text))) >= LIKELY


@pytest.mark.parametrize(
    "text",
    [BODY, "路", "修路的", "，全村老少齐上阵", "该村修路", "村民说：“好", "本报讯（记者 王一）新村修路", "字" * 57],
)
def test_does_not_look_like_a_headline(text: str) -> None:
    assert headline_score(next(physical_lines(text))) < LIKELY


def test_an_end_above_and_a_byline_below_speak_for_a_headline() -> None:
    body = item(BODY)
    assert beside(item(f"{BODY}（王一 李二）"), body) > beside(body, body)
    assert beside(body, item("王一 李二", "byline")) > beside(body, body)
    assert beside(body, item("本报讯（记者 王一）新村修路。")) > beside(body, body)


def test_a_sentence_that_runs_on_speaks_against_it() -> None:
    assert beside(item("大家都说这"), item("暖了人心。")) < beside(item(BODY), item(BODY))


def test_a_line_among_lines_as_wide_is_body_text() -> None:
    alike = [item(BODY[at : at + 7]) for at in range(0, 28, 7)]
    items = [*alike[:2], item(HEADING, "headline"), *alike[2:]]
    assert context_score(items, [float(len(i.text)) for i in items], 2) < beside(item(BODY), item(BODY))
