"""A whole comparison: columns, mechanisms, rows of one unit, pairs, and its table of texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core.comparing.compare import Group, compare, groups_of_cases
from core.comparing.indicators import Ruling
from core.comparing.sheet import MOST
from core.comparing.table import figure_table, row_unit, value_words, verdict_words, way_words
from core.records import Case, Citation, Mechanism, Metric, Place

QINGHE = Place(county="青禾县")
LIUHE = Place(county="柳河县")


def metric(
    name: str, printed: str, value: str, unit: str, period: str = "2022年", quote: str = "", **more: object
) -> Metric:
    return Metric(name, Decimal(value), unit, printed=printed, period=period, quote=quote or f"{name}{printed}", **more)  # type: ignore[arg-type]


ONE = Case(
    "a" * 8,
    "青禾县办起邻里食堂",
    place=QINGHE,
    themes=("民生服务", "基层治理"),
    background="老人做饭难。",
    practice="村里办食堂。",
    published="2023-03",
    citations=(Citation("青禾日报", "2023-03-02", "2", "青禾县办起邻里食堂"),),
    mechanisms=(Mechanism("邻里食堂"), Mechanism("一勺暖")),
    metrics=(
        metric("茶园面积", "3.2万亩", "32000", "亩"),
        metric("老年食堂数", "26家", "26", "家"),
        metric("粮食产量", "12.6万吨", "126000", "吨"),
        metric("财政投入资金", "近1.2亿元", "120000000", "元", approx="nearly"),
        metric("志愿者数", "2000人", "2000", "人"),
        metric("只有这里有的数", "5座", "5", "座"),
        metric("误读的数", "5座", "5", "座", state="wrong"),
    ),
)
TWO = Case(
    "b" * 8,
    "柳河县的长者饭堂",
    place=LIUHE,
    themes=("民生服务",),
    practice="镇里办饭堂。",
    published="2023-05",
    mechanisms=(Mechanism("“邻里食堂”"), Mechanism("银龄席")),
    metrics=(
        metric("茶园面积", "1800公顷", "1800", "公顷"),
        metric("长者食堂数", "31个", "31", "个"),
        metric("粮食产量增速", "2.1%", "2.1", "%", kind="growth"),
        metric("财政投入", "7000万—8000万元", "70000000", "元", value_max=Decimal(80_000_000)),
        metric("志愿服务人次", "2万人次", "20000", "人次"),
    ),
)


def sheet(*cases: Case, ruling: Ruling | None = None):  # type: ignore[no-untyped-def]
    return compare(groups_of_cases(cases or (ONE, TWO)), ruling=ruling or Ruling())


def row_of(made, name: str) -> int:  # type: ignore[no-untyped-def]
    return next(at for at, row in enumerate(made.rows) if name in row.names)


def test_a_row_is_in_one_unit_and_keeps_what_was_printed() -> None:
    made = sheet()
    row = made.rows[row_of(made, "茶园面积")]
    assert (row.unit, [c[0].value for c in row.cells]) == ("亩", [Fraction(32000), Fraction(27000)])
    assert [c[0].metric.printed for c in row.cells] == ["3.2万亩", "1800公顷"]
    assert row_unit(row) == ("万亩", 10000)
    assert verdict_words(made, row_of(made, "茶园面积")) == "可比"


def test_ranges_and_approximations_are_carried() -> None:
    made = sheet()
    row = made.rows[row_of(made, "财政投入")]
    unit, by = row_unit(row)
    assert unit == "万元"
    assert [value_words(cell[0], by).replace("\u2005", "") for cell in row.cells] == ["≤12000", "7000–8000"]


def test_names_that_a_machine_joined_say_so_and_hide_nothing() -> None:
    made = sheet()
    row = made.rows[row_of(made, "长者食堂数")]
    assert row.names == ("老年食堂数", "长者食堂数")
    assert way_words(row) == "同义 90%"


def test_a_total_and_its_growth_are_a_family_in_two_rows_with_a_verdict_between() -> None:
    made = sheet()
    total, growth = row_of(made, "粮食产量"), row_of(made, "粮食产量增速")
    assert total != growth
    assert made.rows[total].family == made.rows[growth].family
    (pair,) = [p for p in made.pairs if {p.row, p.other_row} == {total, growth}]
    assert pair.verdict == "share"


def test_人_and_人次_stay_two_rows() -> None:
    made = sheet()
    assert row_of(made, "志愿者数") != row_of(made, "志愿服务人次")


def test_what_a_person_called_wrong_is_not_compared() -> None:
    assert not any("误读的数" in row.names for row in sheet().rows)


def test_rows_of_several_columns_come_first() -> None:
    made = sheet()
    assert [row.is_shared for row in made.rows][:3] == [True] * 3
    assert not made.rows[row_of(made, "只有这里有的数")].is_shared


def test_a_joining_by_hand_makes_one_row_and_a_parting_two() -> None:
    parted = sheet(ruling=Ruling({frozenset(("老年食堂数", "长者食堂数")): False}))
    assert row_of(parted, "老年食堂数") != row_of(parted, "长者食堂数")
    joint = sheet(ruling=Ruling({frozenset(("只有这里有的数", "长者食堂数")): True}))
    assert joint.rows[row_of(joint, "只有这里有的数")].way in ("hand", "synonym")
    assert "长者食堂数" in joint.rows[row_of(joint, "只有这里有的数")].names


def test_mechanisms_that_are_shared_come_first_whatever_marks_they_wear() -> None:
    rows = sheet().mechanisms
    assert [(row.name, row.is_shared) for row in rows] == [("邻里食堂", True), ("一勺暖", False), ("银龄席", False)]


def test_columns_tell_their_parts_and_what_is_shared() -> None:
    made = sheet()
    assert [column.label for column in made.columns] == ["青禾县办起邻里食堂", "柳河县的长者饭堂"]
    assert [told.text for told in made.columns[0].background] == ["老人做饭难。"]
    assert made.columns[1].background == ()
    assert made.shared_themes == ("民生服务",)
    assert made.columns[0].cases[0].citation == "《青禾县办起邻里食堂》，《青禾日报》2023年3月2日第2版"


def test_a_place_is_a_column_of_several_cases_and_the_same_figure_stands_there_once() -> None:
    again = Case("c" * 8, "再说食堂", place=QINGHE, published="2023-03", metrics=ONE.metrics[:1])
    made = compare((Group("x", "青禾县", (ONE, again)), Group("y", "柳河县", (TWO,))))
    assert [len(cell) for cell in made.rows[row_of(made, "茶园面积")].cells] == [1, 1]
    assert [head.id for head in made.columns[0].cases] == [ONE.id, again.id]


@pytest.mark.parametrize("count", [0, 1, MOST + 1])
def test_two_to_eight_are_compared(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        compare(groups_of_cases([ONE] * count))


def test_the_table_has_a_line_a_row_and_every_printed_form() -> None:
    made = sheet()
    table = figure_table(made)
    assert len(table) == len(made.rows) + 1
    assert {len(line) for line in table} == {len(table[0])}
    text = "\n".join("\t".join(line) for line in table)
    assert all(cell.metric.printed in text for row in made.rows for figures in row.cells for cell in figures)
