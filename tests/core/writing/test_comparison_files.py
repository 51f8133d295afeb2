"""A comparison as a file: what was picked, in its order, with numbers that are numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core.comparing.compare import compare, groups_of_cases
from core.comparing.sheet import Sheet
from core.exporting import ExportError
from core.exporting_comparison import WRITERS, export_comparison
from core.records import Case, Citation, Metric, Place
from core.writing.compilation import Choices


def metric(name: str, printed: str, value: str, unit: str, **more: object) -> Metric:
    quote = f"2022年{name}{printed}"
    return Metric(name, Decimal(value), unit, printed=printed, period="2022年", quote=quote, **more)  # type: ignore[arg-type]


def case(at: int, county: str, *metrics: Metric) -> Case:
    return Case(
        id=f"{at}0000000-0000-4000-8000-000000000000",
        title=f"=第{at}例",
        place=Place("", "浙江省", "衢州市", county),
        practice="一步步做。",
        published="2023-03",
        citations=(Citation("青禾日报", "2023-03-02", "2"),),
        metrics=metrics,
    )


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    saplings = metric("苗木", "3—5株", "3", "株", value_max=Decimal(5))
    over = metric("茶园面积", "1800余公顷", "1800", "公顷", approx="over")
    square = metric("茶园面积", "3平方公里", "3", "平方公里")
    cases = (
        case(1, "常山县", metric("茶园面积", "3.2万亩", "32000", "亩"), saplings),
        case(2, "开化县", over, metric("苗木", "7株", "7", "株")),
        case(3, "龙游县", square, metric("平均亩产", "100公斤", "100", "公斤")),
    )
    return compare(groups_of_cases(cases))


def written(sheet: Sheet, form: str, folder: Path) -> Path:
    target = folder / f"对比.{form}"
    steps = list(export_comparison(sheet, Choices(), form, target))  # type: ignore[arg-type]
    assert (steps[0].done, steps[-1].done) == (0, len(sheet.rows))
    return target


def test_a_value_is_a_number_whatever_its_end_and_a_range_is_words(sheet: Sheet, tmp_path: Path) -> None:
    book = load_workbook(written(sheet, "xlsx", tmp_path))
    rows = {row[0].value: row for row in book["对比"].iter_rows(min_row=2)}
    area = rows["茶园面积"]
    assert [area[2].value, area[3].value, area[5].value, area[7].value] == ["亩", 32000, 27000, 4500]
    assert area[5].number_format.startswith('"≥"')
    assert (area[3].number_format, area[6].value) == ("#,##0", "1800余公顷（2022年）")
    assert rows["苗木"][3].value == "3–5"
    assert book["对比"]["D1"].value == "1 =第1例"
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    figures = book["数据"]
    ids = [at for at in range(1, 17) if figures.cell(1, at).value in ("编号", "案例编号")]
    assert figures.column_dimensions[get_column_letter(ids[0])].hidden


def test_rows_and_columns_go_out_as_they_were_picked(sheet: Sheet, tmp_path: Path) -> None:
    at = [row.name for row in sheet.rows].index("茶园面积")
    picked = sheet.picked([at], [2, 0])
    with written(picked, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines] == ["指标", "茶园面积"]
    assert lines[0][3::2][:2] == ["'=第3例", "'=第1例"]
    assert lines[1][3] == "3平方公里（2022年）"
    [pair] = picked.pairs_of(0)
    assert (pair.left, pair.right) == ((0, 0), (1, 0))


@pytest.mark.parametrize("form", list(WRITERS))
def test_what_cannot_be_written_leaves_what_was_there(sheet: Sheet, tmp_path: Path, form: str) -> None:
    target = written(sheet, form, tmp_path)
    before = target.read_bytes()
    (tmp_path / f"~${target.name}").touch()  # Word has it open
    with pytest.raises(ExportError, match="没有改动"):
        list(export_comparison(sheet, Choices(), form, target))  # type: ignore[arg-type]
    assert target.read_bytes() == before


def test_an_export_that_is_left_writes_nothing(sheet: Sheet, tmp_path: Path) -> None:
    work = export_comparison(sheet, Choices(), "docx", tmp_path / "对比.docx")
    next(work)
    next(work)
    work.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []
