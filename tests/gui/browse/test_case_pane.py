"""The case pane: what the page says, where the figures' printed words light up, links, copying, safety."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from pytestqt.qtbot import QtBot

from core.library import CaseRow, Library
from core.records import Case, Citation, Mechanism, Metric, Part, Place, Span
from core.text.repair import repair
from gui import theme
from gui.browse.case_pane import CasePane
from gui.window import Window
from tests.gui.conftest import open_in

# A page in the manner of a paper: a break inside a sentence and inside a figure.
PAGE = """\
山里来了议事亭
　　云岭县石桥镇把凉亭改成议事亭，去年开会110场，
议定修路、护林等事62
0件。吉祥（𠮷）村的老人也常来坐。
　　镇里还请来96位乡贤，捐资近5000万元。
"""


def span_of(words: str) -> Span:
    at = PAGE.index(words)
    return Span(at, at + len(words))


def figure(indicator: str, value: str, unit: str, printed: str, quote: str) -> Metric:
    return Metric(indicator, Decimal(value), unit, printed=printed.replace("\n", ""), span=span_of(printed),
                  quote=quote.replace("\n", ""), quote_span=span_of(quote), id=indicator)  # fmt: skip


FIGURES = (
    figure("议事会", "110", "场", "110场", "去年开会110场"),
    figure("议定事项", "620", "件", "62\n0件", "护林等事62\n0件"),
    figure("乡贤", "96", "位", "96位", "请来96位乡贤"),
    Metric("想象出来的", Decimal(7), "个", printed="7个", id="none"),
)
PARAGRAPHS = (
    (Span(PAGE.index("　　云"), PAGE.index("　　镇")),),
    (Span(PAGE.index("　　镇"), len(PAGE)),),
)
PARTS_TOLD = (Part("一亭", "议事亭"), Part("三议", "提议、商议、决议"))
CASE = Case(
    id="c1",
    title="山里来了议事亭",
    section="乡村新事",
    byline=("江一帆",),
    place=Place("", "云南省", "云岭市", "云岭县", "石桥镇"),
    themes=("基层治理", "乡村振兴与共同富裕"),
    summary="石桥镇把凉亭改成议事亭，去年开会110场。",
    background="山路远，开会难。",
    practice="一、改亭。\n二、请人。",
    result="议定620件事。",
    body=tuple(repair(PAGE, spans).text for spans in PARAGRAPHS),
    body_spans=PARAGRAPHS,
    citations=(Citation("云岭日报", "2024-05-06", "2", "山里来了议事亭"),),
    mechanisms=(
        Mechanism("一亭三议", "work model", PARTS_TOLD, ("村民",), "亭里议事。"),
        Mechanism("乡贤会", "organisation"),
    ),
    metrics=FIGURES,
)


def marks(text: str) -> list[tuple[int, int]]:
    return [(i, i + 3) for i in range(len(text)) if text.startswith("议事亭", i)]


@pytest.fixture
def pane(qtbot) -> CasePane:
    out = CasePane()
    qtbot.addWidget(out)
    out.resize(640, 500)
    out.show()
    out.show_case(CASE, PAGE, marks)
    return out


def click(pane: CasePane, link: str) -> None:
    pane.page.anchorClicked.emit(QUrl(f"#{link}"))


def test_the_page_says_everything_in_order(pane: CasePane) -> None:
    text = pane.page.plain_text()
    said = "乡村新事|山里来了议事亭|未核|云南省云岭市云岭县石桥镇|基层治理、乡村振兴与共同富裕"
    said += "|《云岭日报》2024年5月6日第2版|署名：江一帆|石桥镇把凉亭改成|背景|山路远|做法|一、改亭。|成效|机制"
    said += "|一亭三议|正文|云岭县石桥镇把凉亭"
    places = [text.find(words) for words in said.split("|")]
    assert -1 not in places
    assert places[1:] == sorted(places[1:])


def test_a_damaged_case_says_so_under_its_title(pane: CasePane) -> None:
    fault = "「山里来了议事亭」（第 1 号案例）有损坏：数据 1 条读不出。"
    assert "有损坏" not in pane.page.plain_text()
    pane.show_case(replace(CASE, fault=fault), PAGE, marks)
    text = pane.page.plain_text()
    assert text.find("署名：江一帆") < text.find(fault) < text.find("石桥镇把凉亭改成")


def test_hits_are_marked_in_title_summary_and_body(pane: CasePane) -> None:
    assert pane.page.grounds("hit") == ["议事亭"] * 3


@pytest.mark.parametrize(
    ("at", "lit"),
    [
        (0, ["去年开会110场", "110场"]),
        (1, ["护林等事620件", "620件"]),
        (2, ["请来96位乡贤", "96位"]),
    ],
)
def test_the_printed_words_light_up_across_a_line_break(pane: CasePane, at: int, lit: list[str]) -> None:
    pane.light_up(FIGURES[at])
    assert pane.page.lit() == lit
    assert pane._missing.isHidden()


def test_words_after_a_rare_character_light_up_in_their_place(pane: CasePane) -> None:
    page = "𠮷𠮷村有亭3座。"
    metric = Metric("亭", Decimal(3), "座", printed="3座", span=Span(5, 7), quote="有亭3座", quote_span=Span(3, 7))
    pane.show_case(replace(CASE, id="c2", body=(page,), body_spans=((Span(0, 8),),), metrics=(metric,)), page, marks)
    pane.light_up(metric)
    assert pane.page.lit() == ["有亭3座", "3座"]


def test_a_figure_without_proof_is_said_to_have_none(pane: CasePane) -> None:
    pane.light_up(FIGURES[3])
    assert not pane.page.lit()
    assert not pane._missing.isHidden()
    assert "未找到出处：「7个」" in pane._missing.text()
    pane.light_up(None)
    assert pane._missing.isHidden()


def test_our_own_summary_is_no_proof(pane: CasePane) -> None:
    pane.show_case(replace(CASE, id="c3", body=(), body_spans=()), "", marks)
    pane.light_up(FIGURES[0])
    assert not pane.page.lit()
    assert not pane._missing.isHidden()


def test_reprints_are_named_at_the_foot_and_open(pane: CasePane, qtbot) -> None:
    rows = [
        CaseRow(num, f"id{num}", title, "云岭市 · 云岭县", (), date, 0, "unchecked", "case")
        for num, title, date in ((17, "凉亭成了议事亭", "2024-05-08"), (3, "", ""))
    ]
    pane.show_case(CASE, PAGE, marks, [(rows[0], 1.0), (rows[1], 0.734)])
    foot = pane.page.plain_text()[-90:]
    assert "相同或相近的文章 2 篇" in foot
    assert "凉亭成了议事亭 · 云岭市 · 云岭县 · 2024年5月8日 · 几乎相同" in foot
    assert "（无标题） · 云岭市 · 云岭县 · 相近 73%" in foot
    with qtbot.waitSignal(pane.case_chosen) as chosen:
        click(pane, "sibling-0")
    assert chosen.args == [17]


def test_a_reprint_opens_in_the_window(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path, library: Library
) -> None:
    body = ("".join(f"第{n}户人家的门前种了{n * 3}棵果树，树下摆着{n}张凳子。" for n in range(30)),)
    one, two = library.cases.add([Case("", "门前果树", body=body), Case("", "果树进院", body=body)])
    window = new_window()
    open_in(qtbot, window, library_path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    window.browse.showing.show_case(one)
    qtbot.waitUntil(lambda: "相同或相近的文章 1 篇" in window.views.pane.page.plain_text())
    click(window.views.pane, "sibling-0")
    qtbot.waitUntil(lambda: window.views.list.chosen_num() == two)


def test_a_case_without_reprints_has_no_such_foot(pane: CasePane) -> None:
    assert "相近的文章" not in pane.page.plain_text()


def test_a_case_of_the_default_library_shows_its_quotes(pane: CasePane) -> None:
    source = "去年开会110场\n请来96位乡贤"
    one = replace(FIGURES[0], span=Span(4, 8), quote_span=Span(0, 8))
    two = replace(FIGURES[2], span=Span(11, 14), quote_span=Span(9, 16))
    pane.show_case(replace(CASE, id="c4", body=(), body_spans=(), metrics=(one, two)), source, marks)
    assert "原文摘录\n去年开会110场\n请来96位乡贤" in pane.page.plain_text()
    pane.light_up(two)
    assert pane.page.lit() == ["请来96位乡贤", "96位"]


def test_a_line_without_end_is_shown_around_its_figure_only(pane: CasePane) -> None:
    source = "山路弯弯" * 500 + "去年开会110场" + "水流潺潺" * 500
    metric = replace(FIGURES[0], span=Span(2004, 2008), quote_span=Span(2000, 2008))
    pane.show_case(replace(CASE, id="c9", body=(), body_spans=(), metrics=(metric,)), source, marks)
    pane.light_up(metric)
    assert pane.page.lit() == ["去年开会110场", "110场"]
    assert len(pane.page.plain_text()) < 400


def test_figures_in_captions_light_up(pane: CasePane) -> None:
    caption = span_of("　　镇里还请来96位乡贤，捐资近5000万元。")
    pane.show_case(replace(CASE, id="c10", body=(), body_spans=(), captions=(caption,)), PAGE, marks)
    assert "图说\n镇里还请来96位乡贤" in pane.page.plain_text()
    pane.light_up(FIGURES[2])
    assert pane.page.lit() == ["请来96位乡贤", "96位"]


def test_lit_words_come_into_view(pane: CasePane) -> None:
    pane.resize(420, 260)
    pane.page.verticalScrollBar().setValue(0)
    pane.light_up(FIGURES[2])
    box = pane.page.boxes(pane.page._lit[0].start, pane.page._lit[0].end)[0]
    top = pane.page.verticalScrollBar().value()
    assert top <= box.top() <= box.bottom() <= top + pane.page.viewport().height()


def test_a_figure_in_the_text_chooses_it(pane: CasePane, qtbot) -> None:
    with qtbot.waitSignal(pane.metric_chosen) as told:
        click(pane, "figure-1")
    assert told.args == [FIGURES[1]]
    assert pane.page.lit() == ["护林等事620件", "620件"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [("共110场。", ["110场"]), ("共3110场、1.110场。", []), ("110场，又110场", ["110场"] * 2)],
)
def test_a_figure_is_not_found_inside_another(pane: CasePane, text: str, marked: list[str]) -> None:
    case = replace(CASE, id="c5", summary=text, background="", practice="", result="", body=(), metrics=FIGURES[:1])
    pane.show_case(case, "", marks)
    assert dotted(pane) == marked


def dotted(pane: CasePane) -> list[str]:
    out = []
    block = pane.page.document().begin()
    while block.isValid():
        out += [f.fragment().text() for f in block if f.fragment().charFormat().anchorHref().startswith("#figure")]
        block = block.next()
    return out


def test_a_chip_unfolds_and_folds(pane: CasePane) -> None:
    assert "提议、商议、决议" not in pane.page.plain_text()
    click(pane, "chip-0")
    assert "三议\t提议、商议、决议" in pane.page.plain_text()
    assert "参与\t村民" in pane.page.plain_text()
    click(pane, "chip-0")
    assert "提议、商议、决议" not in pane.page.plain_text()


def test_an_unfolded_mechanism_searches_and_leads_to_the_others(pane: CasePane, qtbot) -> None:
    click(pane, "chip-0")
    with qtbot.waitSignals([pane.search_wanted, pane.mechanism_chosen]):
        click(pane, "search-0")
        click(pane, "mechanism-0")


def test_links_that_are_not_ours_do_nothing(pane: CasePane, qtbot) -> None:
    with qtbot.assertNotEmitted(pane.metric_chosen):
        click(pane, "figure-99999x")
        pane.page.anchorClicked.emit(QUrl("https://example.com/#x"))


def test_text_is_text_and_nothing_is_loaded(pane: CasePane) -> None:
    bad = '<img src="file:///etc/passwd"> <b>粗</b> & </p>'
    pane.show_case(replace(CASE, id="c6", title=bad, summary=bad), PAGE, marks)
    assert pane.page.plain_text().count(bad) == 2
    assert pane.page.document().resource(QTextDocument.ResourceType.ImageResource, QUrl("file:///etc/passwd")) is None


def test_copied_text_has_no_blanks_of_the_layout(pane: CasePane) -> None:
    pane.page.selectAll()
    text = pane.copy()
    assert QGuiApplication.clipboard().text() == text
    assert not set("\u2003\u2060\xa0\ufffc\u2029") & set(text)
    assert "\n一亭三议、乡贤会\n" in text


def test_copied_with_its_source(pane: CasePane, qtbot) -> None:
    cursor = pane.page.document().find("山路远，开会难。")
    pane.page.setTextCursor(cursor)
    with qtbot.waitSignal(pane.copied):
        pane.copy_with_source()
    assert QGuiApplication.clipboard().text() == "山路远，开会难。\n" + (
        "（出处：《山里来了议事亭》，《云岭日报》2024年5月6日第2版）"
    )


def test_the_clipboard_holds_plain_text_only(pane: CasePane) -> None:
    pane.page.selectAll()
    assert pane.page.createMimeDataFromSelection().formats() == ["text/plain"]


def test_the_menu_searches_what_is_chosen(pane: CasePane, qtbot) -> None:
    assert not pane.menu().actions()[0].isEnabled()
    pane.page.setTextCursor(pane.page.document().find("山路远"))
    action = next(a for a in pane.menu().actions() if a.text().startswith("查找"))
    with qtbot.waitSignal(pane.search_wanted) as told:
        action.trigger()
    assert told.args == ["山路远"]


def test_the_reader_stays_where_they_were_when_the_theme_changes(pane: CasePane, qapp) -> None:
    pane.resize(420, 260)
    pane.light_up(FIGURES[2])
    at = pane.page.verticalScrollBar().value()
    theme.apply(qapp, "dark")
    assert pane.page.verticalScrollBar().value() == at
    assert pane.page.lit() == ["请来96位乡贤", "96位"]
    theme.apply(qapp, "light")


def test_text_grows(pane: CasePane) -> None:
    before = pane.page.document().size().height()
    theme.set_reading_size(24)
    after = pane.page.document().size().height()
    theme.set_reading_size(16)
    assert after > before


def test_no_case_says_what_to_do(pane: CasePane) -> None:
    pane.show_case(None, "", marks)
    assert "Ctrl+F" in pane._nothing.words()
    assert pane.copy_with_source() == ""


def test_a_bare_case_says_what_is_not_known(pane: CasePane) -> None:
    pane.show_case(Case("c7", "光有题目"), "", marks)
    text = pane.page.plain_text()
    assert all(words in text for words in ("地区未定", "主题未定", "还没有正文"))


def test_a_span_beyond_the_source_breaks_nothing(pane: CasePane) -> None:
    wild = replace(FIGURES[0], span=Span(9000, 9004), quote_span=Span(9000, 9010))
    pane.show_case(replace(CASE, id="c8", metrics=(wild,)), PAGE, marks)
    pane.light_up(wild)
    assert not pane.page.lit()


def test_chips_are_copied_as_a_list(pane: CasePane) -> None:
    names = ("一亭三议", "两 代表", "三本账")
    pane.show_case(replace(CASE, id="c7", mechanisms=tuple(Mechanism(name) for name in names)), PAGE, marks)
    pane.page.selectAll()
    assert "\n机制\n一亭三议、两 代表、三本账\n" in pane.page.plain_text()
    assert "\n机制\n一亭三议、两 代表、三本账\n" in pane.copy()


@pytest.mark.parametrize(
    ("title", "hangs"),
    [("“童”行消防", True), ("《村规》上墙", True), ("一亭三议", False), ("童叟无欺", False), ("", False)],
)
def test_an_opening_mark_leaves_no_hole_before_a_title(pane: CasePane, title: str, hangs: bool) -> None:
    pane.show_case(replace(CASE, title=title), PAGE, marks)
    assert (pane.page.document().findBlockByNumber(1).blockFormat().textIndent() < 0) is hangs


def test_no_line_of_the_meta_ends_inside_a_date_or_begins_with_a_dot(pane: CasePane) -> None:
    for width in range(300, 640, 7):
        pane.resize(width, 500)
        block = pane.page.document().findBlockByNumber(2)
        layout, text = block.layout(), block.text()
        lines = [layout.lineAt(i) for i in range(layout.lineCount())]
        starts = [line.textStart() for line in lines]
        date = text.index("》") + 1
        assert not any(text[at:].lstrip().startswith("·") for at in starts)
        assert not any(date < at < text.index("查出处") for at in starts)


@pytest.mark.parametrize(
    ("summary", "practice", "told"),
    [
        ("镇里改亭。村民来议。", "镇里改亭。", "村民来议。"),
        ("镇里改亭。“好！”村民 说。", "镇里改亭。\n“好！”村民说。", ""),
        ("镇里改亭", "镇里改亭。", ""),
        ("我们的概要。\n又一段。", "镇里改亭。", "我们的概要。\n又一段。"),
        ("只有概要。", "", "只有概要。"),
        ("", "镇里改亭。", ""),
    ],
)
def test_the_summary_does_not_say_what_the_parts_say(pane: CasePane, summary: str, practice: str, told: str) -> None:
    bare = Case(id="c9", title="题", summary=summary, practice=practice)
    pane.show_case(bare, "", lambda text: [])
    lines = pane.page.plain_text().split("\n")
    assert lines[2 : lines.index("做法") if "做法" in lines else None] == [line for line in told.split("\n") if line]


def test_a_page_that_was_replaced_is_gone(qtbot: QtBot) -> None:
    pane = CasePane()
    qtbot.addWidget(pane)
    for at in range(30):
        pane.show_case(Case(str(at), f"第{at}例", body=("晒谷场上开会。" * 50,)), "", lambda text: [])
        qtbot.wait(1)
    assert len(pane.page.findChildren(QTextDocument)) <= 2  # the one shown, and the one that Qt began with
