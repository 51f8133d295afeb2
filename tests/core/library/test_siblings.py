"""Reprints and near-copies are shown with a case; strangers and the case itself are not."""

from __future__ import annotations

from dataclasses import replace

from bench.corpus import generate
from core.library import Library
from core.records import Article, Case, Page, Paragraph, Span

LONG = [case for case in generate(80, 3) if sum(map(len, case.body)) > 500][:6]


def siblings(library: Library, num: int) -> list[int]:
    return [row.num for row, _ in library.cases.siblings(num)]


def test_reprints_find_each_other(library: Library) -> None:
    body = LONG[0].body
    reprint = Case("", "转载", body=tuple(p.replace("，", ",") for p in body))
    whole = "\n".join(body)
    shortened = Case("", "删节", body=("本报讯" + whole[: len(whole) * 3 // 4],))
    nums = library.cases.add([Case("", "原文", body=body), *(replace(c, id="") for c in LONG[1:]), shortened, reprint])
    assert siblings(library, nums[0]) == [nums[-1], nums[-2]]
    assert nums[0] in siblings(library, nums[-2])
    assert [siblings(library, num) for num in nums[1:6]] == [[]] * 5
    (row, share), _ = library.cases.siblings(nums[0])
    assert (row.title, share) == ("转载", 1.0)


def test_short_and_gone_cases_have_none(library: Library) -> None:
    assert [library.cases.siblings(num) for num in (1, 2, 99)] == [[], [], []]


def test_removed_cases_are_no_siblings_and_come_back(library: Library) -> None:
    one, two = library.cases.add([Case("", "甲", body=LONG[0].body), Case("", "乙", body=LONG[0].body)])
    library.cases.remove([two])
    assert siblings(library, one) == []
    library.undo()
    assert siblings(library, one) == [two]


def test_a_page_put_right_is_compared_as_it_is_now(library: Library) -> None:
    parts = ["\n".join(case.body) for case in LONG[:2]]
    spans = (Span(0, len(parts[0])), Span(len(parts[0]) + 1, len("\n".join(parts))))
    one, two = (Article("题", (Paragraph((span,)),)) for span in spans)
    (other,) = library.cases.add([Case("", "转载", body=LONG[0].body)])
    nums = library.pages.add(Page("\n".join(parts), "页"), [one, two])
    assert siblings(library, other) == [nums[0]]
    library.pages.replace(library.cases.load(nums[0]).source_id, [two], [])
    assert siblings(library, other) == []
    library.undo()
    assert siblings(library, other) == [nums[0]]
