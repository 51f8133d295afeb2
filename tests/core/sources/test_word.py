"""Word files give their body as lines, with headings, tables, text boxes and page breaks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.records import Page
from core.sources import SourceError, read_file

WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_NS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(
    folder: Path, body: str, *, styles: str = "", namespace: str = WORD_NS, main: str = "word/document.xml"
) -> Page:
    """The page of a Word file with this body; ``w:`` is the namespace."""
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relation("officeDocument", f"/{main}"))
        archive.writestr(main, part("document", f"<w:body>{body}</w:body>", namespace))
        if styles:
            archive.writestr(f"word/_rels/{main.removeprefix('word/')}.rels", relation("styles", "styles.xml"))
            archive.writestr(
                "word/styles.xml", styles if "<w:style" not in styles else part("styles", styles, namespace)
            )
    [page] = read_file(path)
    return page


def relation(kind: str, target: str) -> str:
    return f'<Relationships><Relationship Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'


def part(name: str, content: str, namespace: str) -> str:
    return f'<w:{name} xmlns:w="{namespace}" xmlns:mc="m">{content}</w:{name}>'


def p(text: str, style: str = "", more: str = "") -> str:
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def box(*paragraphs: str) -> str:
    """A text box as Word writes it, twice: for itself and for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    both = f"<mc:Choice>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


def run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


# body → text
TEXTS = {
    "runs": (
        "<w:p><w:r><w:t>标</w:t></w:r><w:r><w:t>题</w:t></w:r></w:p>" + p("正文&lt;一&gt;。"),
        "标题\n正文<一>。\n",
    ),
    "empty lines stay": (p("甲") + "<w:p/>" + p("乙"), "甲\n\n乙\n"),
    "a table": (f"<w:tbl>{row(p('甲'), p('3'))}{row(p('乙') + p('丙'), p('5'))}</w:tbl>", "甲\t3\n乙 丙\t5\n"),
    "a line break in a cell": (f"<w:tbl>{row(p('甲', more=run('<w:br/>')), p('乙'))}</w:tbl>", "甲\t乙\n"),
    "a text box follows its line": (
        p("后", more=run("<w:t>前</w:t>") + box(p("框内"), p("两行"))),
        "前后\n框内\n两行\n",
    ),
    "a text box in a cell": (f"<w:tbl>{row(p('甲', more=box(p('框内'))), p('乙'))}</w:tbl>", "甲\t乙\n框内\n"),
    "a text box in a text box": (p("外", more=box(p("框", more=box(p("框内"))))), "外\n框\n框内\n"),
    "a content control": (f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>", "甲\n"),
    "what was put in and taken out": (
        p("丙", more="<w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"),
        "甲丙\n",
    ),
    "what was moved stands once": (
        f"<w:p><w:moveFrom>{run('<w:t>甲</w:t>')}</w:moveFrom></w:p><w:p><w:moveTo>{run('<w:t>甲</w:t>')}</w:moveTo></w:p>",
        "\n甲\n",
    ),
    "pinyin above a character": (
        p(
            "字",
            more=f"<w:ruby><w:rt>{run('<w:t>hàn</w:t>')}</w:rt><w:rubyBase>{run('<w:t>汉</w:t>')}</w:rubyBase></w:ruby>",
        ),
        "汉字\n",
    ),
    "tabs and hyphens": (p("乙", more=run("<w:t>甲</w:t><w:tab/><w:t>3</w:t><w:noBreakHyphen/>")), "甲\t3-乙\n"),
    "a tab that is set, not typed": (p("甲", more="<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"), "甲\n"),
}


@pytest.mark.parametrize("why", TEXTS)
def test_the_text_of_a_body(tmp_path: Path, why: str) -> None:
    body, text = TEXTS[why]
    assert read(tmp_path, body).text == text


STYLES = """
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a"><w:name w:val="Title"/></w:style>
<w:style w:styleId="x"><w:name w:val="节名"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="y"><w:name w:val="小节"/><w:basedOn w:val="x"/></w:style>
<w:style w:styleId="z"><w:name w:val="不是"/><w:basedOn w:val="x"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:styleId="c"><w:basedOn w:val="d"/></w:style><w:style w:styleId="d"><w:basedOn w:val="c"/></w:style>
"""


@pytest.mark.parametrize("namespace", [WORD_NS, STRICT_NS])
def test_headings_are_told_by_their_styles(tmp_path: Path, namespace: str) -> None:
    body = "".join(p(f"样式{style}", style) for style in "a1xyzc")
    page = read(tmp_path, body, styles=STYLES, namespace=namespace, main="word/document2.xml")
    told = [(h.level, page.text[h.span.start : h.span.end]) for h in page.headings]
    assert told == [(0, "样式a"), (1, "样式1"), (3, "样式x"), (3, "样式y")]


def test_a_paragraph_may_say_itself_that_it_is_a_heading(tmp_path: Path) -> None:
    page = read(tmp_path, p("甲", more='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + p("乙"))
    assert [(h.level, h.span.start, h.span.end) for h in page.headings] == [(2, 0, 1)]


def test_a_heading_in_a_text_box_stands_where_the_box_stands(tmp_path: Path) -> None:
    page = read(tmp_path, p("前") + p("甲", more=box(p("框名", "1"), p("框文"))), styles=STYLES)
    assert [page.text[h.span.start : h.span.end] for h in page.headings] == ["框名"]


def test_tables_are_told_even_inside_each_other(tmp_path: Path) -> None:
    inner = f"<w:tbl>{row(p('乙'), p('3'))}</w:tbl>"
    page = read(tmp_path, p("前") + f"<w:tbl>{row(p('甲'), inner)}</w:tbl>" + p("后"))
    assert [page.text[t.start : t.end] for t in page.tables] == ["甲\t乙\t3", "甲\t乙\t3"]


def test_page_breaks_are_told_once(tmp_path: Path) -> None:
    broken = p("乙", more='<w:r><w:br w:type="page"/></w:r><w:r><w:lastRenderedPageBreak/></w:r>')
    page = read(tmp_path, p("甲", more=run("<w:lastRenderedPageBreak/>")) + broken)
    assert [page.text[at:] for at in page.breaks] == ["乙\n"]


@pytest.mark.parametrize("styles", ["<w:styles", '<!DOCTYPE a [<!ENTITY b "哈">]><a>&b;</a>'])
def test_damaged_styles_cost_the_headings_alone(tmp_path: Path, styles: str) -> None:
    page = read(tmp_path, p("甲", "1"), styles=styles)
    assert (page.text, page.headings) == ("甲\n", ())


def test_a_main_part_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relation("officeDocument", "word/none.xml"))
        archive.writestr("word/document.xml", part("document", p("甲"), WORD_NS))
    with pytest.raises(SourceError, match="已损坏"):
        read_file(path)
