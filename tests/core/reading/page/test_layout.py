"""What each printed line was taken for, by itself and among its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.page.layout import lay_out
from core.reading.page.lines import physical_lines

BODY = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里。"


def kinds(*lines: str) -> list[str]:
    return [item.kind for item in lay_out("\n\n".join(lines))]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["新村修路奔小康", "王一 李二", BODY], ["headline", "byline", "text"]),
        (["新村修路奔小康", "——老区人民的新日子", BODY], ["headline", "headline", "text"]),
        ([BODY, "图为村民在修路。王一 摄", BODY], ["text", "caption", "text"]),
        (["2023年11月22日 星期三 第3版", "新村修路奔小康", BODY], ["sheet", "headline", "text"]),
        ([BODY, BODY], ["text", "text"]),
    ],
)
def test_kinds_of_lines(lines: list[str], kind: list[str]) -> None:
    assert kinds(*lines) == kind


def test_a_list_of_contents_is_part_of_the_sheet() -> None:
    assert kinds("新村修路奔小康", "老街食堂暖人心", "新村修路奔小康", BODY, "老街食堂暖人心", BODY) == [
        "sheet",
        "sheet",
        "headline",
        "text",
        "headline",
        "text",
    ]


def test_a_bare_name_in_the_middle_of_nowhere_is_no_byline() -> None:
    assert kinds("新村修路奔小康", "王一", BODY)[1] == "byline"
    assert kinds(BODY, "王一", BODY)[1] != "byline"


@given(st.lists(st.sampled_from([BODY, BODY[:17], "新村修路奔小康", "王一 李二", "图为修路。", "", "第3版", "# 路"])))
def test_every_line_with_words_is_one_item(lines: list[str]) -> None:
    text = "\n".join(lines)
    items = lay_out(text)
    assert [item.line for item in items] == list(physical_lines(text))
    assert all(text[i.line.start : i.line.end] == i.text for i in items)
