"""Whether a printed line looks like a headline, by itself."""

from __future__ import annotations

import pytest

from core.reading.page.headlines import headline_score
from core.reading.page.lines import physical_lines

BODY = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里。"


@pytest.mark.parametrize("text", ["新村修路奔小康", "# 修路", "一、修路", "山水 田园 村庄 人家"])
def test_looks_like_a_headline(text: str) -> None:
    assert headline_score(next(physical_lines(text))) >= 1


@pytest.mark.parametrize(
    "text",
    [BODY, "路", "修路的", "，全村老少齐上阵", "该村修路", "村民说：“好", "本报讯（记者 王一）新村修路", "字" * 57],
)
def test_does_not_look_like_a_headline(text: str) -> None:
    assert headline_score(next(physical_lines(text))) < 1
