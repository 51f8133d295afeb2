"""The figures table: what its cells say, sorting by true value, filtering, heads, copying as cells, choosing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from core.records import Metric, Span
from core.writing.figure_text import normal_text, value_text
from gui import theme
from gui.browse.metrics_table import COLUMNS, NORMAL, QUOTE, SCOPE, VALUE, MetricsModel, MetricsTable


def figure(indicator: str, value: str, unit: str, printed: str, **more: object) -> Metric:
    more = {"quote": f"有{printed}", "quote_span": Span(0, 9), "id": indicator, "subject": "云岭县", **more}
    return Metric(indicator, Decimal(value), unit, printed=printed, **more)


FIGURES = (
    figure("志愿服务时长", "62000", "小时", "6.2万小时"),
    figure("粮食增产", "500000", "公斤", "50多万公斤", approx="over", period="去年"),
    figure("驿站", "9", "个", "9个"),
    figure("议事会", "110", "场", "110场", state="wrong"),
    figure("覆盖率", "99.20", "%", "99.2%", quote="", quote_span=None),
)


@pytest.fixture
def table(qtbot) -> MetricsTable:
    out = MetricsTable()
    qtbot.addWidget(out)
    out.resize(900, 400)
    out.show()
    out.show_metrics(FIGURES, "（出处：《云岭日报》2024年5月6日第2版）")
    return out


def column(table: MetricsTable, at: int) -> list[str]:
    return [table.model.index(row, at).data() for row in range(table.model.rowCount())]


@pytest.mark.parametrize(
    ("metric", "value", "normal"),
    [
        (FIGURES[0], "6.2万", "62\u2005000"),
        (FIGURES[1], "50多万", "500\u2005000多"),
        (FIGURES[4], "99.2", "99.2"),
        (figure("年份", "2023", "年", "2023年"), "2023", "2023"),
        (figure("亩产", "300", "斤", "300至500斤", value_max=Decimal(500)), "300至500", "300–500"),
        (figure("支出", "5E+7", "元", "近5000万元", approx="nearly"), "近5000万", "近 50\u2005000\u2005000"),
        (figure("没有印法", "12", "家", ""), "12", "12"),
    ],
)
def test_a_value_is_told_as_printed_and_as_true(metric: Metric, value: str, normal: str) -> None:
    assert (value_text(metric), normal_text(metric)) == (value, normal)


def test_the_space_between_digits_is_in_the_font(qapp) -> None:
    theme.load_fonts()
    assert QFontMetrics(theme.font("interface")).inFont("\u2005")


def test_the_model_keeps_qts_rules(qapp, caplog, qtlog) -> None:
    model = MetricsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_records(FIGURES)
    model.set_records((*FIGURES, figure("别县的", "1", "家", "1家", subject="青禾县")))
    model.sort(NORMAL, Qt.SortOrder.DescendingOrder)
    model.set_filter("家")
    assert tester.model() is model
    assert not [r for r in qtlog.records if "FAIL" in r.message]


def test_sorted_by_true_value_not_by_letters(table: MetricsTable) -> None:
    table.view.horizontalHeader().setSortIndicator(NORMAL, Qt.SortOrder.AscendingOrder)
    assert column(table, VALUE) == ["9", "99.2", "110", "6.2万", "50多万"]
    table.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert column(table, VALUE) == ["6.2万", "50多万", "9", "110", "99.2"]


def test_the_filter_asks_for_all_words_in_any_cell(table: MetricsTable) -> None:
    table.filter.setText("62000 时长")
    assert column(table, VALUE) == ["6.2万"]
    table.filter.setText("没有这样的字")
    assert table.model.counts() == (0, 5)
    assert "没有符合" in table._nothing.words()


def test_several_subjects_stand_under_heads_until_sorted(table: MetricsTable) -> None:
    table.show_metrics((*FIGURES, figure("驿站", "3", "个", "3个", subject="", id="x")))
    assert len(table.model.heads()) == 2
    assert [table.model.index(row, 0).data() for row in table.model.heads()] == ["云岭县　5", "未写明是谁的　1"]
    assert "云岭县" not in column(table, SCOPE)
    table.model.sort(VALUE)
    assert not table.model.heads()
    assert "云岭县" in column(table, SCOPE)


def test_subjects_with_few_figures_stand_in_their_column(table: MetricsTable) -> None:
    table.show_metrics([replace(f, subject=f"第{i}村") for i, f in enumerate(FIGURES)])
    assert not table.model.heads()
    assert column(table, SCOPE)[0] == "第0村"


@pytest.mark.parametrize("width", [420, 620, 1200])
def test_a_figure_is_never_cut_short(table: MetricsTable, qtbot, width: int) -> None:
    table.show_metrics((*FIGURES, figure("产值", "5319000000", "元", "53.19亿元")))
    table.resize(width, 400)
    qtbot.waitUntil(lambda: table.width() == width)
    room = table.view.columnWidth(NORMAL) - 8
    assert QFontMetrics(theme.font("interface")).horizontalAdvance("5\u2005319\u2005000\u2005000") < room


def test_a_figure_without_proof_says_so(table: MetricsTable) -> None:
    assert column(table, QUOTE)[-1] == "未找到出处"


def test_copied_as_cells_with_numbers_as_numbers(table: MetricsTable) -> None:
    table.choose("粮食增产")
    table.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "\t".join(c.title for c in COLUMNS)
    assert lines[1:] == ["粮食增产\t50多万\t公斤\t500000\t云岭县 · 去年\t有50多万公斤"]


def test_copied_with_the_source_line(table: MetricsTable) -> None:
    assert table.copy_with_source().split("\n")[-1] == "（出处：《云岭日报》2024年5月6日第2版）"
    assert len(QGuiApplication.clipboard().text().split("\n")) == len(FIGURES) + 2


def test_ctrl_c_copies_cells(table: MetricsTable, qtbot) -> None:
    table.choose("驿站")
    with qtbot.waitSignal(table.copied):
        qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_a_chosen_row_is_told_also_when_the_filter_hid_it(table: MetricsTable, qtbot) -> None:
    table.filter.setText("驿站")
    with qtbot.waitSignal(table.metric_chosen) as told:
        table.choose("议事会")
    assert told.args == [FIGURES[3]]


def test_choosing_what_is_chosen_says_nothing(table: MetricsTable, qtbot) -> None:
    table.choose("驿站")
    with qtbot.assertNotEmitted(table.metric_chosen):
        table.choose("驿站")
        table.choose("没有这个")


def test_arrow_keys_go_over_heads(table: MetricsTable, qtbot) -> None:
    table.show_metrics((*FIGURES, figure("驿站", "3", "个", "3个", subject="", id="x")))
    table.choose("覆盖率")
    with qtbot.waitSignal(table.metric_chosen) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_Down)
    assert told.args[0].id == "x"


def test_widths_are_remembered(table: MetricsTable) -> None:
    table.view.horizontalHeader().resizeSection(0, 321)
    kept = table.state()
    other = MetricsTable()
    other.restore(kept)
    other.resize(700, 300)
    assert other.view.horizontalHeader().sectionSize(0) == 321
    other.restore(QByteArray(b"nonsense"))
    assert other.view.horizontalHeader().count() == len(COLUMNS)


def test_tips_take_no_markup(table: MetricsTable) -> None:
    table.show_metrics((figure("<b>驿站</b>", "1", "个", "1个"),))
    assert "<b>" not in table.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_nothing_to_show_says_what_to_do(table: MetricsTable) -> None:
    table.show_metrics(())
    assert "选一个案例" in table._nothing.words()
    assert table.filter.isHidden()
