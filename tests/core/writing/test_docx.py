"""A Word document: what stands in it, in which styles and fonts, and that its parts are in the order of the schema."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.records import Case, Citation, Mechanism, Metric, Part, Place
from core.writing.compilation import Choices, Compilation, Entry, Fonts, Passage, fonts_from
from core.writing.docx import looks
from core.writing.docx.package import TemplateError
from core.writing.docx.writing import write

W = f"{{{looks.NAMESPACE}}}"
FIGURES = (
    Metric(
        "服务老人", Decimal(1200), "人次", printed="1200余人次", approx="over", quote="服务老人1200余人次", id="a-1"
    ),
    Metric("办结率", Decimal("98.5"), "%", printed="98.5%", quote="办结率98.5%", state="checked", id="a-2"),
    Metric("助餐点", Decimal(12), "个", printed="12个", quote="设助餐点12个", state="unsure", id="a-3"),
)
CASE = Case(
    "1",
    "“一张清单”管到底",
    place=Place("330822", "浙江省", "衢州市", "常山县"),
    themes=("基层治理",),
    background="老人吃饭难。",
    practice="一、设助餐点12个。\n\n二、上门服务。",
    result="服务老人1200余人次，办结率98.5%。",
    published="2023-11-22",
    citations=(Citation("江州日报", "2023-11-22", "3", "“一张清单”管到底", ("甲", "乙")),),
    mechanisms=(Mechanism("一单三办", "work model", (Part("一单", "一张清单"),), note="按单办事。"),),
    metrics=FIGURES,
)


def made(
    entries: Sequence[Entry | Passage], title: str = "汇编", headed: bool = False, **choices: Any
) -> zipfile.ZipFile:
    out, total = io.BytesIO(), sum(isinstance(entry, Entry) for entry in entries)
    done = list(write(out, Compilation(title, entries, total, headed), Choices(**choices)))
    assert sorted({*done} - {0}) == [*range(1, total + 1)]
    return zipfile.ZipFile(out)


def xml(book: zipfile.ZipFile, part: str) -> Any:
    return etree.fromstring(book.read(f"word/{part}.xml"))


def told(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(style, text) of each paragraph, in order."""
    found = []
    for paragraph in xml(book, "document").iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        found.append((paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), text))
    return found


def test_a_case_in_the_styles_of_an_official_document() -> None:
    assert told(made([Entry(CASE, note="请核日期")])) == [
        ("Title", "汇编"),
        ("Heading1", "“一张清单”管到底"),
        ("CaseFacts", "浙江省衢州市常山县　基层治理　2023年11月22日"),
        ("OwnNote", "按：请核日期"),
        ("Heading2", "背景"),
        ("Normal", "老人吃饭难。"),
        ("Heading2", "做法"),
        ("Normal", "一、设助餐点12个〔存疑〕。"),
        ("Normal", "二、上门服务。"),
        ("Heading2", "成效"),
        ("Normal", "服务老人1200余人次〔未核〕，办结率98.5%。"),
        ("Heading2", "机制"),
        ("Mechanism", "一单三办（工作模式）：一单：一张清单。按单办事。"),
        ("Caption", "主要数据"),
        *[("CellHead", head) for head in ("指标", "数据", "口径", "核对")],
        ("CellText", "服务老人"), ("CellNumber", "1200余人次"), ("CellText", ""), ("CellText", "未核"),
        ("CellText", "办结率"), ("CellNumber", "98.5%"), ("CellText", ""), ("CellText", "已核"),
        ("CellText", "助餐点"), ("CellNumber", "12个"), ("CellText", ""), ("CellText", "存疑"),
        ("Source", "出处：《“一张清单”管到底》，《江州日报》2023年11月22日第3版。"),
        ("Heading1", "未核数据清单"),
        ("Normal", "以下 2 个数据还没有核对，或存疑、有误，引用前请核对。"),
        *[("CellHead", head) for head in ("案例", "指标", "数据", "核对")],
        *[("CellText", text) for text in ("“一张清单”管到底", "服务老人", "1200余人次", "未核")],
        *[("CellText", text) for text in ("“一张清单”管到底", "助餐点", "12个", "存疑")],
        ("CellText", ""),
    ]  # fmt: skip


def test_own_headings_push_the_others_down() -> None:
    entries = [
        Passage("note", "前言。\n\n第二段。"),
        Passage("heading", "养\n老"),
        Passage("heading", " "),
        Entry(CASE),
    ]
    found = told(made(entries, headed=True, states=False))
    styles = [style for style, _ in found]
    assert found[1:4] == [("Normal", "前言。"), ("Normal", "第二段。"), ("Heading1", "养 老")]
    assert styles[4] == "Heading2"
    assert styles.count("Heading3") == 4


def test_only_chosen_figures_are_written_and_marked() -> None:
    book = made([Entry(CASE, figures=frozenset(("a-2",)))])
    text = "".join(text for _, text in told(book))
    assert "98.5%" in text
    assert "〔存疑〕" not in text
    assert "未核数据清单" not in text
    assert {m.get(f"{W}name").split("_", 2)[2] for m in xml(book, "document").iter(f"{W}bookmarkStart")} == {"a_2"}


def test_each_figure_carries_a_real_footnote_with_paper_date_page_and_quote() -> None:
    book = made([Entry(CASE)])
    notes = {note.get(f"{W}id"): "".join(note.itertext()) for note in xml(book, "footnotes")}
    refer = [r.get(f"{W}id") for r in xml(book, "document").iter(f"{W}footnoteReference")]
    assert [*notes] == ["-1", "0", "1", "2", "3"]
    assert refer == ["1", "2", "3"]
    assert notes["1"] == " 《“一张清单”管到底》，《江州日报》2023年11月22日第3版，原文：设助餐点12个。"
    settings_ = xml(book, "settings").find(f"{W}footnotePr")
    assert [note.get(f"{W}id") for note in settings_] == ["-1", "0"]


def test_sources_as_a_list_of_the_standard() -> None:
    book = made([Entry(CASE), Entry(CASE)], sources="list", states=False)
    [entry] = [text for style, text in told(book) if style == "Reference"]
    assert entry == "[1] 甲, 乙. “一张清单”管到底[N]. 江州日报, 2023-11-22(3)."
    anchors = {a.get(f"{W}anchor") for a in xml(book, "document").iter(f"{W}hyperlink")}
    assert anchors <= {b.get(f"{W}name") for b in xml(book, "document").iter(f"{W}bookmarkStart")}
    assert not list(xml(book, "document").iter(f"{W}footnoteReference"))


def test_fonts_by_role_and_none_of_a_theme() -> None:
    book = made([Entry(CASE)])
    styles = xml(book, "styles")
    font = {s.get(f"{W}styleId"): s.find(f"{W}rPr/{W}rFonts") for s in styles.iter(f"{W}style")}
    east = {name: fonts.get(f"{W}eastAsia") for name, fonts in font.items() if fonts is not None}
    wanted = {"Normal": "仿宋", "Title": "方正小标宋简体", "Heading1": "黑体", "Heading2": "楷体", "Heading3": "仿宋"}
    assert wanted.items() <= east.items()
    for name in book.namelist():
        assert b"Theme=" not in book.read(name), name
        assert "theme" not in name
    assert all(f.get(f"{W}ascii") == f.get(f"{W}eastAsia") for f in styles.iter(f"{W}rFonts"))


def test_quotation_marks_stay_in_the_chinese_font_beside_a_latin_one() -> None:
    book = made([Entry(CASE)], fonts=Fonts(latin="Times New Roman"))
    marks = re.compile("[“”—…·]")
    styles = {s.get(f"{W}styleId"): s.find(f"{W}rPr/{W}rFonts") for s in xml(book, "styles").iter(f"{W}style")}
    seen = 0
    for run in xml(book, "document").iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        if marks.search(text) and (style is None or style.get(f"{W}val").startswith("Marks")):
            seen += 1
            fonts = styles[style.get(f"{W}val")]
            assert fonts.get(f"{W}ascii") == fonts.get(f"{W}eastAsia") != "Times New Roman"
    assert seen
    assert styles["Normal"].get(f"{W}ascii") == "Times New Roman"


def test_the_page_of_the_standard_and_its_numbers() -> None:
    document = docx.Document(io.BytesIO(_bytes(made([Entry(CASE)]))))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in (*sizes, section.left_margin, section.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
    normal = document.styles["Normal"].paragraph_format
    assert normal.line_spacing.pt == 28


def _bytes(book: zipfile.ZipFile) -> bytes:
    assert book.fp is not None
    book.fp.seek(0)
    return book.fp.read()


def test_heads_of_tables_repeat_and_widths_are_said_three_times() -> None:
    for kind in ("cases", "figures"):
        for table in xml(made([Entry(CASE)], kind=kind), "document").iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
            grid = [int(g.get(f"{W}w")) for g in table.iter(f"{W}gridCol")]
            assert sum(grid) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
            for row in rows:
                assert [int(c.get(f"{W}w")) for c in row.iter(f"{W}tcW")] == grid


# The order of what may stand in each (ECMA-376 Part 1, 17), as far as we write it: another order makes Word repair.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl numPr snapToGrid spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "sectPr": "footerReference pgSz pgMar cols",
    "tbl": "tblPr tblGrid tr",
    "p": "pPr",
    "tc": "tcPr p",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders"
    " drawingGridVerticalSpacing characterSpacingControl footnotePr compat decimalSymbol listSeparator",
}


def out_of_order(root: Any) -> list[str]:
    wrong = []
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ORDER:
            order = ORDER[name].split()
            tags = [etree.QName(child).localname for child in element]
            known = [order.index(tag) for tag in tags if tag in order]
            if known != sorted(known) or (name not in ("p",) and len(known) != len(tags)):
                wrong.append(f"{name}: {tags}")
    return wrong


@pytest.mark.parametrize("kind", ["cases", "figures"])
@pytest.mark.parametrize("sources", ["footnotes", "list", "none"])
def test_every_part_is_in_the_order_of_the_schema(kind: str, sources: str) -> None:
    book = made([Entry(CASE, note="注")], kind=kind, sources=sources, fonts=Fonts(latin="Arial"))
    for part in ("document", "styles", "settings", "numbering", "footnotes", "footer1", "footer2"):
        assert out_of_order(xml(book, part)) == []
    marks = [m.get(f"{W}name") for m in xml(book, "document").iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_comes_out_whole(title: str, body: str) -> None:
    case = Case(
        "1", title, practice=body, metrics=(Metric(title, Decimal(1), body, printed=body, quote=title, id=body),)
    )
    book = made([Entry(case, note=title)], title=title)
    assert book.testzip() is None
    document = docx.Document(io.BytesIO(_bytes(book)))
    assert document.paragraphs


# ---- an office's own template


def template(path: Path, *paragraphs: str, name: str = "") -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if name:
        style = document.styles.add_style(name, 1)
        style.font.name = "Arial"
    document.save(str(path))
    return path


def test_the_text_goes_where_a_template_says(tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx", "某县文件", "〔正文〕", "抄送：各科室", name="公文标题")
    book = made([Entry(CASE)], template=path)
    document = docx.Document(io.BytesIO(_bytes(book)))
    texts = [p.text for p in document.paragraphs]
    assert (texts[0], texts[1], texts[-1]) == ("某县文件", "汇编", "抄送：各科室")
    assert "〔正文〕" not in texts
    assert document.paragraphs[1].style.name == "公文标题"
    assert document.paragraphs[2].style.name == "Heading 1"
    used = {s for s, _ in told_by_style(book)}
    assert used <= {style.style_id for style in document.styles}


def told_by_style(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    found = [(s.get(f"{W}val"), "") for s in xml(book, "document").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")]
    return found + [(s.get(f"{W}val"), "") for s in xml(book, "footnotes").iter(f"{W}pStyle", f"{W}rStyle")]


def test_a_template_with_footnotes_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(_bytes(made([Entry(CASE)], title="从前的")))
    book = made([Entry(CASE)], title="现在的", template=path)
    numbers = [int(note.get(f"{W}id")) for note in xml(book, "footnotes")]
    assert numbers == [-1, 0, *range(1, 7)]
    refer = [int(r.get(f"{W}id")) for r in xml(book, "document").iter(f"{W}footnoteReference")]
    assert refer == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("what", [b"", b"PK\x03\x04 not a document", b"plain words"])
def test_a_template_that_is_none_is_refused_in_words(tmp_path: Path, what: bytes) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(what)
    with pytest.raises(TemplateError, match=r"坏.docx.*没有写任何文件"):
        made([Entry(CASE)], template=path)


@pytest.mark.parametrize(
    ("installed", "title", "missing"),
    [
        (["方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"], "方正小标宋简体", ()),
        (["华文中宋", "黑体", "楷体", "仿宋", "宋体"], "华文中宋", ("方正小标宋简体",)),
        ([], "方正小标宋简体", ("方正小标宋简体", "黑体", "楷体", "仿宋", "宋体")),
    ],
)
def test_fonts_that_a_machine_has(installed: list[str], title: str, missing: tuple[str, ...]) -> None:
    fonts, lacking = fonts_from(installed)
    assert (fonts.title, lacking) == (title, missing)
