"""Excel: no cell becomes another thing, and what a person changed comes back as proposals, all of it and only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.records import Case, Citation, Metric, Place
from core.writing.compilation import Choices, Compilation, Entry
from core.writing.xlsx import columns
from core.writing.xlsx.back import SheetError, TakenBack, take_back
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS, LONGEST, cell_text
from core.writing.xlsx.kept import read
from core.writing.xlsx.writing import write

HOSTILE = "=HYPERLINK(1)|+1|-5|@SUM(A1)|3-5|2024-05|1/3|0012|1E5|TRUE|https://example.org|{=1}|'单引号".split("|")
CASES = [
    Case(
        str(n), f"第{n}例", place=Place(province="浙江省", city="衢州市"), themes=("人才工作",), practice="办法\n\n二",
        published="2024-05", citations=(Citation("甲报", "2024-05-03", "2", "题"),),
        metrics=tuple(
            Metric(f"指标{n}{i}", Decimal("1200.5") + i, "户", printed=f"{i}户", quote="原文", id=f"{n}-{i}")
            for i in range(3)
        ),
    )
    for n in range(1, 4)
]  # fmt: skip
HEADS = {"案例": [c.head for c in CASE_COLUMNS], "数据": [c.head for c in FIGURE_COLUMNS]}


def written(path: Path, cases: list[Case]) -> Path:
    entries = [Entry(case) for case in cases]
    assert [*write(path, Compilation("t", entries, len(entries)), Choices(), "库")] == [*range(1, len(cases) + 1)]
    return path


def back(path: Path, cases: list[Case] = CASES) -> TakenBack:
    by_id = {case.id: case for case in cases}
    *_, found = take_back(path, by_id.get)
    return found


def edited(path: Path, edit: Callable[[Any], object]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def at(sheet: str, head: str, row: int) -> str:
    return f"{openpyxl.utils.get_column_letter(HEADS[sheet].index(head) + 1)}{row}"


def test_every_text_is_a_text_and_every_number_a_number(tmp_path: Path) -> None:
    figures = tuple(Metric(text, Decimal("-5"), text, printed=text, quote=text, id=text) for text in HOSTILE)
    path = written(tmp_path / "表.xlsx", [Case("0012", "=1+1", practice="+1", published="2024-05", metrics=figures)])
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in "sn", cell.coordinate
                number = sheet.title in HEADS and HEADS[sheet.title][cell.column - 1] in (
                    "数值",
                    "数值上限",
                    "数据条数",
                )
                assert cell.value is None or isinstance(cell.value, float | int) == number
    sheet = book["数据"]
    assert sheet[at("数据", "数值", 2)].value == -5
    assert [sheet[at("数据", "原文", row)].value for row in range(2, 2 + len(HOSTILE))] == HOSTILE


def test_the_sheets_are_made_to_work_in(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "表.xlsx", CASES))
    assert book.sheetnames == ["案例", "数据", "出处", "案览"]
    assert [s.sheet_state for s in book.worksheets] == ["visible"] * 3 + ["veryHidden"]
    for name in ("案例", "数据"):
        assert book[name].freeze_panes
        assert book[name].auto_filter.ref
        assert book[name].column_dimensions["A"].hidden
    link = book["数据"][at("数据", "出处", 2)].hyperlink
    assert link.location == "'出处'!B2"
    assert book["出处"]["C2"].value == "甲报"


def test_a_number_that_no_spreadsheet_keeps_stays_a_text(tmp_path: Path) -> None:
    case = Case("1", "题", metrics=(Metric("长", Decimal("12345678901234567.5"), "元", id="m"),))
    book = openpyxl.load_workbook(written(tmp_path / "表.xlsx", [case]))
    assert book["数据"][at("数据", "数值", 2)].value == "12345678901234567.5"
    assert back(tmp_path / "表.xlsx", [case]) == TakenBack(rows=2, library_id="库")


def test_what_was_not_changed_comes_back_as_nothing(tmp_path: Path) -> None:
    path = edited(written(tmp_path / "表.xlsx", CASES), lambda book: None)
    assert back(path) == TakenBack(rows=12, library_id="库")


def test_what_only_the_library_changed_is_no_proposal(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xlsx", CASES)
    now = [replace(CASES[0], title="改过的题"), *CASES[1:]]
    assert not back(path, now).changes
    edited(path, lambda book: book["案例"].__setitem__(at("案例", "标题", 2), "表里的题"))
    [change] = back(path, now).changes
    assert (change.old, change.new, change.also_changed) == ("改过的题", "表里的题", True)


def test_sorted_rows_and_moved_columns_are_still_known(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["数据"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.move_range(f"N1:N{sheet.max_row}", cols=10)
        sheet.cell(2, HEADS["数据"].index("单位") + 1).value = "人"

    found = back(edited(written(tmp_path / "表.xlsx", CASES), edit))
    assert [(c.metric_id, c.field, c.old, c.new) for c in found.changes] == [("3-2", "unit", "户", "人")]
    assert not found.missing


REFUSED = [
    ("数值", "=1+1", "公式"),
    ("数值", "很多", "不是数值"),
    ("数值", None, "不是数值"),
    ("数值", datetime(2024, 3, 5), "变成了日期"),
    ("指标", None, "不能空着"),
    ("约数", "大概吧", "约数"),
    ("核对", "看过", "核对"),
    ("案例", "别的题", "由案例库得出"),
    ("编号", "没有的", "没有这个编号"),
    ("编号", "1-1", "编号重复 2 次"),
]


@pytest.mark.parametrize(("head", "value", "why"), REFUSED, ids=[f"{head}-{why}" for head, _, why in REFUSED])
def test_what_cannot_be_taken_is_told_and_not_taken(tmp_path: Path, head: str, value: object, why: str) -> None:
    path = edited(
        written(tmp_path / "表.xlsx", CASES), lambda book: setattr(book["数据"][at("数据", head, 2)], "value", value)
    )
    found = back(path)
    assert not found.changes
    assert any(why in one.reason for one in found.unmatched)


def test_a_percent_typed_as_one_is_the_number_that_is_seen(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        cell = book["数据"][at("数据", "数值", 2)]
        cell.value, cell.number_format = 0.813, "0.0%"

    [change] = back(edited(written(tmp_path / "表.xlsx", CASES), edit)).changes
    assert (change.old, change.new) == ("1200.5", "81.3")


def test_new_rows_are_new_figures_of_a_case_that_is_known(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for title, value in (("第2例", 7), ("没有的例", 8)):
            row = {"案例": title, "指标": "新的", "数值": value, "单位": "个"}
            book["数据"].append([row.get(head) for head in HEADS["数据"]])
        book["案例"].append([None, "新案例"])
        book["数据"].delete_rows(2)

    found = back(edited(written(tmp_path / "表.xlsx", CASES), edit))
    assert [(f.case_id, dict(f.values)) for f in found.new] == [
        ("2", {"indicator": "新的", "value": "7", "unit": "个"})
    ]
    assert len(found.unmatched) == 2
    assert found.missing == [("数据", "1-0")]


def test_a_cell_that_holds_less_than_the_text_is_no_proposal(tmp_path: Path) -> None:
    long = [replace(CASES[0], practice="字" * (LONGEST + 1))]
    path = written(tmp_path / "表.xlsx", long)
    assert back(path, long) == TakenBack(rows=4, library_id="库")
    edited(path, lambda book: setattr(book["案例"][at("案例", "做法", 2)], "value", "短"))
    found = back(path, long)
    assert not found.changes
    assert "不是全文" in found.unmatched[0].reason


@pytest.mark.parametrize("what", [b"", b"PK\x03\x04", b"words"])
def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, what: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(what)
    with pytest.raises(SheetError, match=r"坏.xlsx.*案例库没有改动"):
        back(path)


def test_a_file_of_other_sheets_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(SheetError, match="收不回"):
        back(tmp_path / "别的.xlsx")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FREE = [c.head for c in FIGURE_COLUMNS if c.field in ("printed", "unit", "subject", "period", "quote")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, TEXTS)
@example("_x0041_", "_x005F_", "a_x000D_b")
@example("<r>题</r>", "<r><t>户</t></r>", " <b>&amp;\n ")
def test_any_text_goes_out_and_comes_back_the_same(tmp_path: Path, title: str, unit: str, quote: str) -> None:
    case = Case("1", title, practice=quote, metrics=(Metric("指标", Decimal(1), unit, quote=quote, id="m"),))
    path = written(tmp_path / "表.xlsx", [case])
    assert back(path, [case]) == TakenBack(rows=2, library_id="库")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.sampled_from(FREE), st.integers(2, 10)), st.text("甲乙丙12=-/ ", max_size=5)))
def test_every_changed_cell_is_listed_and_no_other(tmp_path: Path, edits: dict[tuple[str, int], str]) -> None:
    path = written(tmp_path / "表.xlsx", CASES)
    was: dict[str, str] = {}

    def edit(book: Any) -> None:
        for (head, row), text in edits.items():
            cell = book["数据"][at("数据", head, row)]
            was[cell.coordinate] = cell_text(cell.value)
            cell.value = text or None
            cell.data_type = "s" if text else "n"

    found = back(edited(path, edit))
    wanted = {at("数据", head, row): text.strip() for (head, row), text in edits.items()}
    assert {c.cell: c.new for c in found.changes} == {c: text for c, text in wanted.items() if text != was[c]}
    assert not found.unmatched


EDITS = st.dictionaries(
    st.tuples(st.sampled_from(FREE), st.integers(0, 8)), st.text("甲乙丙", min_size=1, max_size=3), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, st.sets(st.integers(0, 8), max_size=4), st.integers(0, 3), st.randoms(use_true_random=False))
def test_changed_deleted_added_and_shuffled_rows_are_all_told(
    tmp_path: Path, edits: dict[tuple[str, int], str], deleted: set[int], added: int, dice: Any
) -> None:
    path = written(tmp_path / "表.xlsx", CASES)
    metrics = [(case, metric) for case in CASES for metric in case.metrics]

    def edit(book: Any) -> None:
        sheet = book["数据"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for (head, row), text in edits.items():
            rows[row][HEADS["数据"].index(head)] = text
        left = [row for at, row in enumerate(rows) if at not in deleted]
        for n in range(added):
            new = dict.fromkeys(HEADS["数据"]) | {"案例编号": "1", "指标": f"新{n}", "数值": n + 1, "单位": "个"}
            left.append([new[head] for head in HEADS["数据"]])
        dice.shuffle(left)
        sheet.delete_rows(2, len(rows))
        for row in left:
            sheet.append(row)

    found = back(edited(path, edit))
    was = {column.head: column.value for column in FIGURE_COLUMNS}
    wanted = {
        (metrics[row][1].id, head, text)
        for (head, row), text in edits.items()
        if row not in deleted and text != (was[head](*metrics[row]) or "")
    }
    assert {(c.metric_id, c.head, c.new) for c in found.changes} == wanted
    assert {figure.values["indicator"] for figure in found.new} == {f"新{n}" for n in range(added)}
    assert {row_id for _, row_id in found.missing} == {metrics[row][1].id for row in deleted}
    assert (found.unmatched, found.rows) == ([], 3 + 9 - len(deleted) + added)


def test_a_file_of_the_first_form_is_taken_back(tmp_path: Path) -> None:
    """The hidden sheet had a row for each row, and its sums in sixteens."""
    path = written(tmp_path / "表.xlsx", CASES)

    def to_first(book: Any) -> None:
        kept = book[columns.KEPT]
        rows = []
        for sheet, ids in read(kept)[1].items():
            for row_id, sums in ids.items():
                told = " ".join(f"{one:08x}" if one else "-" for one in sums)
                rows.append("\n".join((sheet, told, row_id)))
        kept.delete_rows(2, kept.max_row)
        kept.cell(1, 2).value = "1"
        for at_, row in enumerate(rows, 2):
            kept.cell(at_, 1).value = row

    now = [replace(CASES[0], title="改过的题"), *CASES[1:]]
    assert back(edited(path, to_first), now) == TakenBack(rows=12, library_id="库")


def test_a_hidden_sheet_that_somebody_wrote_into_hinders_nothing(tmp_path: Path) -> None:
    def garble(book: Any) -> None:
        book[columns.KEPT].cell(2, 1).value = "案例\t???\t1\n数据\n\n\t\t\t"
        book["数据"][at("数据", "单位", 2)] = "桩"

    [change] = back(edited(written(tmp_path / "表.xlsx", CASES), garble)).changes
    assert change.new == "桩"


def test_columns_know_their_fields() -> None:
    assert {c.head for c in CASE_COLUMNS if not c.field} == {
        *(columns.ID, "机制", "数据条数", "出处", "正文", "核对人")
    }
