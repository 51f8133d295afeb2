"""A sheet that came back: what is accepted becomes decisions, as one change; what is not stays as it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from core.decisions import CASE, figure_part
from core.exporting import Wanted, export
from core.library import Library, Wish
from core.records import Case, Metric, Place
from core.taking_back import can_take, finder, take
from core.writing.xlsx.back import TakenBack, take_back
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS

HEADS = {"案例": [c.head for c in CASE_COLUMNS], "数据": [c.head for c in FIGURE_COLUMNS]}
EDITS = (
    ("案例", "标题", "改过的题"),
    ("案例", "区县", "常山县"),
    ("案例", "主题", "人才工作；营商环境"),
    ("案例", "标签", "年报、急用"),
    ("案例", "星标", "是"),
    ("案例", "备注", "电话问过"),
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
    assert take(library, found.changes, found.new, "表.xlsx") == 8
    case = library.cases.load(1)
    assert (case.title, case.place.county, case.place.code) == ("改过的题", "常山县", "330822")
    assert case.themes == ("人才工作", "营商环境")
    assert (case.tags, case.starred, case.note) == (("年报", "急用"), True, "电话问过")
    first, second = case.metrics
    assert (first.value, first.unit, first.state) == (Decimal(1500), "人", "checked")
    assert (second.indicator, second.value, second.unit) == ("新的", Decimal(3), "个")
    assert library.undo_text == "从表格收回 10 处"
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


def test_marks_and_who_checked_go_out_and_what_is_no_star_is_told(library: Library, tmp_path: Path) -> None:
    library.decisions.reviewer = "王芳·县委办"
    wishes = {"tags": ["急用", "年报"], "starred": True, "note": "记一笔"}
    library.decisions.decide([Wish(1, part, "changed", value) for part, value in wishes.items()])
    library.decisions.decide(
        [Wish(1, CASE, "accepted"), Wish(1, figure_part(library.cases.load(1).metrics[0].id), "rejected")]
    )
    for form, name in (("xlsx", "表.xlsx"), ("csv", "例.csv"), ("figures", "数.csv"), ("json", "例.json")):
        list(export(library, Wanted([1]), form, tmp_path / name))  # type: ignore[arg-type]
    with (tmp_path / "例.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert [row[head] for head in ("状态", "核对人", "标签", "星标", "备注")] == [
        *("已核", "王芳·县委办", "急用；年报", "★", "记一笔"),
    ]
    with (tmp_path / "数.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["状态"], row["核对人"]) == ("有误", "王芳·县委办")
    [case] = json.loads((tmp_path / "例.json").read_text("utf-8"))
    assert (case["tags"], case["starred"], case["note"], case["said_by"]) == (
        ["急用", "年报"],
        True,
        "记一笔",
        "王芳·县委办",
    )
    assert case["metrics"][0]["said_by"] == "王芳·县委办"
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    told = {head: book["案例"].cell(2, at + 1).value for at, head in enumerate(HEADS["案例"])}
    assert [told[head] for head in ("标签", "星标", "备注", "核对人")] == ["急用；年报", "★", "记一笔", "王芳·县委办"]
    for head, value in (("标签", None), ("星标", "三颗"), ("核对人", "李强")):
        book["案例"].cell(2, HEADS["案例"].index(head) + 1).value = value
    book.save(tmp_path / "表.xlsx")
    *_, found = take_back(tmp_path / "表.xlsx", finder(library))
    assert [(one.head, one.old, one.new) for one in found.changes] == [("标签", "急用；年报", "")]
    assert [one.reason.partition("，")[0] for one in found.unmatched] == [
        "星标：“三颗”不是星标",
        "核对人：这一列由案例库得出",
    ]
    take(library, found.changes)
    assert library.cases.load(1).tags == ()


def test_a_sheet_from_before_there_were_marks_comes_back(library: Library, tmp_path: Path) -> None:
    list(export(library, Wanted([1]), "xlsx", tmp_path / "表.xlsx"))
    library.decisions.decide([Wish(1, "tags", "changed", ["急用"])])
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book["案例"].delete_cols(HEADS["案例"].index("标签") + 1, 4)
    book["案例"].cell(2, HEADS["案例"].index("标题") + 1).value = "新题"
    book.save(tmp_path / "表.xlsx")
    *_, found = take_back(tmp_path / "表.xlsx", finder(library))
    assert [(one.head, one.new) for one in found.changes] == [("标题", "新题")]
    assert not found.unmatched
