"""Headlines with all their lines and bylines, and headings that only stand inside an article."""

from __future__ import annotations

import pytest

from core.reading.page.layout import lay_out
from core.reading.page.lines import Item
from core.reading.page.titles import Headline, headlines_of, judge_headlines

BODY = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里。"
OPEN = BODY.removesuffix("。")
ALIKE, STRANGE, UNKNOWN = 0.2, 0.0, -1.0


def laid(*lines: str) -> list[Item]:
    return lay_out("\n\n".join(lines))


def judged(*lines: str, likeness: float = UNKNOWN) -> list[tuple[str, bool]]:
    """Each headline's words and whether it begins an article."""
    items = laid(*lines)
    heads = headlines_of(items)
    judge_headlines(items, heads, [likeness] * len(heads))
    return [("".join(items[i].text for i in head.lines), head.title) for head in heads]


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        (["新村修路奔小康", "——老区的新日子", "王一 李二", BODY], [([0, 1], [2])]),
        (["新村修路奔小康", BODY, "老街食堂暖人心", BODY], [([0], []), ([2], [])]),
        (["新村修路奔小康", "一、全村齐上阵", BODY], [([0], []), ([1], [])]),
        (["【乡村振兴】", "新村修路奔小康", BODY], [([0], []), ([1], [])]),
        ([BODY], []),
    ],
    ids="rows two numbered section none".split(),
)
def test_lines_of_headlines(lines: list[str], heads: list[tuple[list[int], list[int]]]) -> None:
    assert [(h.lines, h.bylines) for h in headlines_of(laid(*lines))] == heads


def test_first_and_last_line() -> None:
    assert [(h.first, h.last) for h in (Headline([2, 3], []), Headline([2], [3, 4]))] == [(2, 3), (2, 4)]


def test_a_signed_headline_begins_an_article_and_a_numbered_one_none() -> None:
    lines = ["新村修路奔小康", "王一 李二", BODY, "一、全村齐上阵", BODY, "老街食堂暖人心", "张立 李思", BODY]
    found = judged(*lines)
    assert found == [("新村修路奔小康", True), ("一、全村齐上阵", False), ("老街食堂暖人心", True)]


def test_a_number_weighs_more_than_other_words_around() -> None:
    lines = ["全村老少齐上阵", BODY, "一、全村齐上阵", BODY]
    assert [title for _, title in judged(*lines, likeness=STRANGE)] == [True, False]


def test_a_closing_byline_ends_an_article() -> None:
    assert judged("新村修路奔小康", f"{BODY}（王一 李二）", "老街食堂暖人心", BODY, likeness=ALIKE)[1][1] is True


@pytest.mark.parametrize(("likeness", "title"), [(ALIKE, False), (STRANGE, True)])
def test_without_signs_the_words_around_decide(likeness: float, title: bool) -> None:
    assert judged("新村修路奔小康", BODY, "全村老少齐上阵", BODY, likeness=likeness)[1] == ("全村老少齐上阵", title)


def test_the_name_of_a_section_heads_what_follows() -> None:
    assert judged("新村修路奔小康", "王一 李二", BODY, "【一线】", BODY, likeness=ALIKE)[1] == ("【一线】", True)


def test_why_is_told_in_words() -> None:
    items = laid("新村修路奔小康", "王一 李二", BODY)
    heads = headlines_of(items)
    judge_headlines(items, heads, [UNKNOWN])
    assert heads[0].reason.startswith("下有署名、版面开头")
