"""Cells that leave: a number stays a number, a text is no formula, no date and no other number."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.records import Case, Citation, Metric
from core.writing.case_table import write_case_table, write_figure_table
from core.writing.cells import cell, is_number, not_a_formula
from tests.calc import kinds_in_calc, needs_calc

FORMULAS = (
    "=1+1", "=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "－1+2",
    "- 五", "=cmd|' /C calc'!A0",
)  # fmt: skip
MISREAD = (
    "3-5", "1/3", "10-12", "2024-05", "2024/5/3", "12:30", "5:30:10", "1月3日", "2023年11月", "3月", "1E5", "2e-3",
    "0012", "12345678901234567890", "3.5.2024", "TRUE", "5 Mar", "Mar-24",
)  # fmt: skip
NUMBERS = ("42", "-0.5", "0", "3.14", "200000000", "-7")
TEXTS = ("60余", "3-5个", "第3-5版", "书屋", "5–7", "2024-05-03", "", "五", "98.6%", "1.5万")


@pytest.mark.parametrize("text", [*FORMULAS, *MISREAD])
def test_what_would_be_misread_is_marked_as_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_pasted_text_is_no_formula(text: str) -> None:
    assert not_a_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", [*NUMBERS, *TEXTS])
def test_numbers_and_harmless_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == not_a_formula(text) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_every_number_that_fits_is_a_number(value: Decimal) -> None:
    assert is_number(f"{value:f}")
    assert cell(f"{value:f}") == f"{value:f}"


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert is_number(cell(text)) or not re.match(r"\s*[=+\-@]", cell(text))


def _table(write: object) -> list[list[str]]:
    figure = Metric(
        "=指标", Decimal("-5"), "3-5", subject="+谁", period="10-12", printed="1/3", quote="@引文", id="0012"
    )
    case = Case(
        "1", "=HYPERLINK(1)", themes=("-主题",), summary="\t=1", body=("+1",), published="2024-05", metrics=(figure,),
        citations=(Citation("甲报", "2024-05-03"),),
    )  # fmt: skip
    out = io.StringIO(newline="")
    for _ in write([case], out):  # type: ignore[operator]
        pass
    return list(csv.reader(io.StringIO(out.getvalue(), newline="")))


@pytest.mark.parametrize("write", [write_case_table, write_figure_table])
def test_no_cell_of_a_table_is_a_formula_or_a_date(write: object) -> None:
    for text in _table(write)[1]:
        assert cell(text) == text


def test_the_true_value_stays_a_number() -> None:
    head, row = _table(write_figure_table)
    assert row[head.index("归一值")] == "-5"
    assert row[head.index("数值（原文）")] == "'1/3"


CHINESE_CSV = "CSV:44,34,76,1,,2052,false,true"
"""Commas, UTF-8, Chinese, and everything that looks special is taken for what it looks like."""


@needs_calc
def test_calc_takes_no_cell_of_a_csv_for_a_formula_or_a_date(tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell(text)] for text in (*FORMULAS, *MISREAD, *NUMBERS)])
    kinds = kinds_in_calc(tmp_path, "t.csv", out.getvalue(), CHINESE_CSV)
    texts = len(FORMULAS) + len(MISREAD)
    assert kinds == [("string", False)] * texts + [("float", False)] * len(NUMBERS)


@needs_calc
def test_calc_would_take_bare_cells_for_formulas_and_dates(tmp_path: Path) -> None:
    kinds = kinds_in_calc(tmp_path, "t.csv", "3-5\r\n=1+1\r\n", CHINESE_CSV)
    assert kinds == [("date", False), ("float", True)]
