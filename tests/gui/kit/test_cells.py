"""A table on the clipboard: text for a field, a real table for Word, cells that a spreadsheet does not misread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QTextDocument

from gui.kit import cells
from tests.calc import kinds_in_calc, needs_calc

TEXTS = ("=1+1", "+1+1", "@SUM(A1)", "-1+1", "3-5", "1/3", "10-12", "2024-05", "12:30", "1月3日", "0012", "1E5", "60余")
NUMBERS = ("42", "-0.5", "200000000")


def test_both_forms_hold_every_cell(dressed: object) -> None:
    text = cells.put(["甲", "乙"], [["=1", "3-5"], ["上\t下", "42"]], [False, True])
    assert text == "甲\t乙\n'=1\t3-5\n上 下\t42"
    page = QTextDocument()
    page.setHtml(QGuiApplication.clipboard().mimeData().html())
    assert page.toPlainText().split() == ["甲", "乙", "=1", "3-5", "上", "下", "42"]


def test_in_a_column_of_numbers_only_numbers_are_no_text() -> None:
    html = cells.rows_of([["42"], ["3-5"]], [True])
    assert html.count("mso-number-format") == 1
    assert html.count('align="right"') == 2


@needs_calc
def test_calc_takes_a_copied_table_as_it_is(tmp_path: Path) -> None:
    rows = cells.rows_of([[text, text] for text in TEXTS], [False, True])
    rows += cells.rows_of([[number] for number in NUMBERS], [True])
    html = f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'
    kinds = kinds_in_calc(tmp_path, "t.html", html, "HTML (StarCalc)")
    assert kinds == [("string", False)] * 2 * len(TEXTS) + [("float", False)] * len(NUMBERS)
