"""A sheet that came back: what is accepted becomes decisions, as one change; what is not stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from core.exporting import Wanted, export
from core.library import Library
from core.records import Case, Metric, Place
from core.taking_back import can_take, finder, take
from core.writing.xlsx.back import TakenBack, take_back
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS

HEADS = {"案例": [c.head for c in CASE_COLUMNS], "数据": [c.head for c in FIGURE_COLUMNS]}
EDITS = (
    ("案例", "标题", "改过的题"),
    ("案例", "区县", "常山县"),
    ("案例", "主题", "人才工作；营商环境"),
    ("数据", "数值", 1500),
    ("数据", "单位", "人"),
    ("数据", "核对", "已核"),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "库.anlan") as made:
        metric = Metric("培训", Decimal(1200), "人次", printed="1200人次", quote="培训1200人次")
        made.cases.add([Case("", "题", place=Place("330800", "浙江省", "衢州市"), metrics=(metric,))])
        yield made


@pytest.fixture
def found(library: Library, tmp_path: Path) -> TakenBack:
    path = tmp_path / "表.xlsx"
    list(export(library, Wanted([1]), "xlsx", path))
    book = openpyxl.load_workbook(path)
    for sheet, head, value in EDITS:
        book[sheet].cell(2, HEADS[sheet].index(head) + 1).value = value
    row = {"案例": "题", "指标": "新的", "数值": 3, "单位": "个"}
    book["数据"].append([row.get(head) for head in HEADS["数据"]])
    book.save(path)
    *_, found = take_back(path, finder(library))
    assert not found.unmatched
    return found


def test_nothing_is_changed_by_reading(library: Library, found: TakenBack) -> None:
    assert len(found.changes) == len(EDITS)
    assert library.cases.load(1).title == "题"
    assert library.decisions.all() == []


def test_what_is_accepted_is_decided_and_taken_back_by_one_undo(library: Library, found: TakenBack) -> None:
    before = library.cases.load(1)
    assert take(library, found.changes, found.new, "表.xlsx") == 5
    case = library.cases.load(1)
    assert (case.title, case.place.county, case.place.code) == ("改过的题", "常山县", "330822")
    assert case.themes == ("人才工作", "营商环境")
    first, second = case.metrics
    assert (first.value, first.unit, first.state) == (Decimal(1500), "人", "checked")
    assert (second.indicator, second.value, second.unit) == ("新的", Decimal(3), "个")
    assert library.undo_text == "从表格收回 7 处"
    library.undo()
    assert library.cases.load(1) == before


def test_one_change_alone(library: Library, found: TakenBack) -> None:
    take(library, [c for c in found.changes if c.field == "unit"])
    case = library.cases.load(1)
    assert (case.title, case.metrics[0].unit, case.metrics[0].value) == ("题", "人", Decimal(1200))
    assert len(case.metrics) == 1


def test_a_sheet_that_was_taken_has_nothing_more_to_say(library: Library, found: TakenBack, tmp_path: Path) -> None:
    take(library, found.changes)
    *_, again = take_back(tmp_path / "表.xlsx", finder(library))
    assert again.changes == []


def test_unchecked_is_no_verdict(library: Library, found: TakenBack) -> None:
    change = replace(next(c for c in found.changes if c.field == "state"), new="unchecked")
    assert not can_take(change)
    assert take(library, [change]) == 0
    assert library.decisions.all() == []
