"""Who wrote: the names in a byline."""

from __future__ import annotations

import pytest

from core.text.writers import names_of, writers_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报记者 张一凡 通讯员 赵小六", ("张一凡", "赵小六")),
        ("陈 默 李小满", ("陈默", "李小满")),
        ("李昕俞琳/文", ("李昕", "俞琳")),
        ("王红 梅 李小满", ("王红梅", "李小满")),
        ("王小明 县委宣传部", ("王小明",)),
        ("王小明、王小明", ("王小明",)),
        ("县委宣传部 供稿", ()),
        ("强党性 重实践 建新功", None),
        ("王小明说：路好走了", None),
    ],
)
def test_names_among_nothing_else(text: str, names: tuple[str, ...] | None) -> None:
    assert names_of(text) == names


@pytest.mark.parametrize(
    ("byline", "writers"),
    [
        ("（王小明 文/图）", ("王小明",)),
        ("【记者 陈大文】", ("陈大文",)),
        ("县委宣传部 供稿", ("县委宣传部",)),
        ("采写：幸福村的老党员", ("采写", "幸福村的老党员")),
        ("记者", ()),
    ],
)
def test_a_byline_that_is_surely_one_keeps_its_words(byline: str, writers: tuple[str, ...]) -> None:
    assert writers_of(byline) == writers
