"""OFD: the text of each page in the order in which it is read, from a zip of parts that may be traps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from core.records import Page
from core.sources import SourceError, read_file

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(x: float, y: float, words: str, size: float = 4, more: str = "", code: str = "") -> str:
    steps = code or f'DeltaX="g {max(0, len(words) - 1)} {size}"'
    box = f"{x} {y} {size * len(words)} {size}"
    inner = f'<ofd:TextCode X="0" Y="{size}" {steps}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Font="1" Size="{size}" Boundary="{box}" {more}>{inner}</ofd:TextObject>'


def page_xml(*objects: str, template: str = "") -> str:
    layer = f'<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content>'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}>{template}{layer}</ofd:Page>'


def ofd(*pages: str, root: str = "Doc_0/Document.xml", templates: str = "", **parts: str) -> bytes:
    """An OFD file of these pages; ``parts`` are put in the place of its own, or beside them."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    own = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData>{templates}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": xml for n, xml in enumerate(pages)},
        **{name.replace("__", "/").replace("_xml", ".xml"): xml for name, xml in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in own.items():
            archive.writestr(name, xml)
    return buffer.getvalue()


def read(folder: Path, raw: bytes, name: str = "a.ofd") -> list[Page]:
    (folder / name).write_bytes(raw)
    return read_file(folder / name)


COLUMNS = [
    text_object(x, 60 + 8 * row, words)
    for row, pair in enumerate((("左边第一行字", "右边第一行字"), ("左边第二行", "右边第二行")))
    for x, words in zip((20, 110), pair, strict=True)
]


def test_columns_come_one_after_the_other(tmp_path: Path) -> None:
    [page] = read(
        tmp_path, ofd(page_xml(text_object(20, 20, "灯下会开到村口的晒谷场上大家都来说事说事说事说事", 6), *COLUMNS))
    )
    assert page.text.split("\n")[1:] == ["左边第一行字", "左边第二行", "右边第一行字", "右边第二行", ""]
    assert page.text.startswith("灯下会")
    assert page.format == "ofd"


def test_each_line_knows_where_it_is_printed(tmp_path: Path) -> None:
    [page] = read(tmp_path, ofd(page_xml(*COLUMNS)))
    first = page.lines[0]
    assert page.text[first.span.start : first.span.end] == "左边第一行字"
    assert [round(v / 72 * 25.4) for v in (first.x0, first.x1, -first.y1, -first.y0)] == [20, 44, 60, 64]


def test_pages_in_their_order_and_scans_are_named(tmp_path: Path) -> None:
    pages = read(tmp_path, ofd(page_xml(*COLUMNS), page_xml(), page_xml(text_object(9, 9, "末页"))))
    assert [page.name for page in pages] == ["a.ofd 第1页", "a.ofd 第3页"]
    assert pages[0].notes == ("第 2 页是扫描的图像，没有文字，未导入",)


# what is said → object, text
SAID = {
    "turned and enlarged": (text_object(10, 10, "转过来", more='CTM="2 0 0 2 5 5"'), "转过来\n"),
    "unseen": (text_object(10, 10, "看不见", more='Visible="false"') + text_object(10, 30, "看得见"), "看得见\n"),
    "from top to bottom": (text_object(10, 10, "竖着写", code='DeltaY="g 2 4"'), "竖着写\n"),
    "steps without their number": (text_object(10, 10, "错了", code='DeltaX="g"'), "错了\n"),
    "steps that are no numbers": (text_object(10, 10, "错了", code='DeltaX="g 9999999 1e400 nan x"'), "错了\n"),
    "places that are no numbers": (text_object(10, 10, "错了", more='CTM="a b"').replace('"10 10', '"x y'), "错了\n"),
}


@pytest.mark.parametrize("what", SAID)
def test_what_is_said_of_a_text(tmp_path: Path, what: str) -> None:
    xml, text = SAID[what]
    [page] = read(tmp_path, ofd(page_xml(xml)))
    assert page.text == text


def test_a_template_lies_under_its_pages(tmp_path: Path) -> None:
    templates = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>'
    page = page_xml(text_object(10, 30, "第三版"), template='<ofd:Template TemplateID="7"/>')
    raw = ofd(page, templates=templates, Doc_0__Tpls__T_xml=page_xml(text_object(10, 10, "清河日报")))
    [read_page] = read(tmp_path, raw)
    assert read_page.text == "清河日报\n第三版\n"


@pytest.mark.parametrize("root", ["/Doc_0/Document.xml", " Doc_0/Document.xml\n", "./Doc_0/Document.xml"])
def test_parts_are_found_from_the_root(tmp_path: Path, root: str) -> None:
    assert read(tmp_path, ofd(page_xml(*COLUMNS), root=root))


def document(*pages: str) -> str:
    """A list of pages, each from one of the parts."""
    listed = "".join(f'<ofd:Page BaseLoc="{page}"/>' for page in pages)
    return f"<ofd:Document {NS}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"


LAUGHS = '<!DOCTYPE a [<!ENTITY b "哈">]>'
BAD = {
    "no document": (ofd(root="Doc_9/Document.xml"), "已损坏或不是 OFD 文件"),
    "a way out of the zip": (ofd(root="../../../../etc/passwd"), "已损坏或不是 OFD 文件"),
    "no pages": (ofd(), "是扫描的图像"),
    "a page that is no XML": (ofd("<a"), "第 1 页已损坏"),
    "a page that refers outside": (ofd(LAUGHS + page_xml()), "第 1 页已损坏"),
    "a bomb": (ofd(page_xml(text_object(1, 1, "a" * (65 << 20), code="X='1'"))), "第 1 页已损坏"),
    "more pages than there can be": (ofd(Doc_0__Document_xml=document(*["x"] * 2001)), "有 2001 页，超出上限"),
    "more runs than there can be": (ofd(page_xml(*[text_object(1, 1, "字")] * 20_001)), "第 1 页的文字多得不正常"),
    "cut": (ofd(page_xml(*COLUMNS))[:-80], "已损坏或不是 OFD 文件"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_says_why(tmp_path: Path, what: str) -> None:
    raw, reason = BAD[what]
    with pytest.raises(SourceError) as refused:
        read(tmp_path, raw)
    assert refused.value.reason.startswith(reason)


def test_many_copies_of_one_bomb_are_bounded(tmp_path: Path) -> None:
    many = page_xml(*[text_object(1, 1, "a" * 2_000_000, code='X="1"')])
    raw = ofd(many, Doc_0__Document_xml=document(*["Pages/Page_0/Content.xml"] * 1500))
    with pytest.raises(SourceError, match="第 1 页"):
        read(tmp_path, raw)
