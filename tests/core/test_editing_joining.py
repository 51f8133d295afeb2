"""Two cases made one: what is chosen of each stays, nothing else changes, and one step takes it all back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.editing.joining import FIGURES, MECHANISMS, differing, join
from core.library import Library
from core.library.checking import check
from core.records import Case, Citation, Mechanism, Metric, Place

SHARED = Metric("接待", Decimal(36), "人次", printed="36人次", quote="接待36人次", period="去年")
THIS = Case(
    "a", "邻里亭", place=Place("130534", "河北省", "邢台市", "清河县"), themes=("基层治理",), summary="说事。",
    citations=(Citation("清溪报", "2024-05", "1", "邻里亭"),), metrics=(SHARED,), tags=("甲",),
    mechanisms=(Mechanism("有事亭里说"),),
)  # fmt: skip
OTHER = Case(
    "b", "邻里亭又一篇", themes=("民生服务", "基层治理"), summary="说事、办事。", note="转载。",
    citations=(Citation("清溪晚报", "2024-06", "2", "邻里亭又一篇"),), tags=("乙",),
    metrics=(SHARED, Metric("调解", Decimal(15), "件", printed="15件", quote="调解15件")),
    mechanisms=(Mechanism("有事亭里说"), Mechanism("亭长轮值")),
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "库.anlan") as made:
        made.cases.add([THIS, OTHER])
        yield made


def test_the_fields_that_differ_are_told_and_nothing_else(library: Library) -> None:
    told = {one.part: one for one in differing(library.cases.load(1), library.cases.load(2))}
    assert told.keys() == {"title", "themes", "summary", "citations", "note", "tags", FIGURES, MECHANISMS}
    assert told["note"].choices[0] == "other"
    assert told["themes"].choices[0] == "both"
    assert told["title"].choices[0] == "this"
    assert told[FIGURES].other == "另有 1 个"


def test_two_cases_become_one_and_part_again(library: Library) -> None:
    before = library.decisions.digest()
    chosen = {one.part: one.choices[0] for one in differing(library.cases.load(1), library.cases.load(2))}
    join(library, 1, 2, chosen | {"summary": "both"})
    case = library.cases.load(1)
    assert (case.title, case.themes, case.tags) == ("邻里亭", ("基层治理", "民生服务"), ("甲", "乙"))
    assert (case.summary, case.note) == ("说事。\n说事、办事。", "转载。")
    assert [c.paper for c in case.citations] == ["清溪报", "清溪晚报"]
    assert [m.name for m in case.mechanisms] == ["有事亭里说", "亭长轮值"]
    assert [row.id for row in library.decisions.binned()] == ["b"]
    assert not check(library.path).findings
    library.undo()
    assert library.decisions.digest() == before
    assert library.cases.count() == 2


@pytest.mark.parametrize(("checked", "state"), [(False, "unsure"), (True, "checked")])
def test_a_figure_that_nobody_checked_does_not_come_as_checked(library: Library, checked: bool, state: str) -> None:
    if checked:
        library.decisions.figure(2, library.cases.load(2).metrics[1].id, "accepted")
    join(library, 1, 2, {FIGURES: "both"})
    had, new = library.cases.load(1).metrics
    assert (had.state, new.state, new.value) == ("unchecked", state, Decimal(15))
    assert new.quote == "调解15件"
    assert new.quote_span is None


def test_what_is_kept_is_not_decided(library: Library) -> None:
    case = library.cases.load(1)
    join(library, 1, 2, {one.part: "this" for one in differing(case, library.cases.load(2))})
    assert replace(library.cases.load(1), num=0) == replace(case, num=0)
    assert library.decisions.of_case(1) == {}
