"""The look of an official document (GB/T 9704-2012) as Word's styles, numbering, page and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.writing.compilation import FALLBACKS, Fonts
from core.writing.xml_text import escaped

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{{0}} xmlns:w="{NAMESPACE}">'
_MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
PAGE = (210, 297)
MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28}
"""Millimetres (5.2.1); the type area is 156 × 225."""
_FOOTER = 23
"""From the lower edge of the page to the page number, whose dashes stand 7 mm under the type area (7.5)."""
_LINE = 560
"""28 pt in twentieths: 22 lines on 225 mm."""
LIST = 1
"""The numbering of the headings."""


class Style(NamedTuple):
    """A style: id, name, role of its font, size in half points, and what it says of paragraph and character."""

    id: str
    name: str
    role: str
    size: int
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    next: str = ""
    kind: str = "paragraph"


def _spacing(before: int = 0, after: int = 0, line: int = _LINE, rule: str = "exact") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_ASIDE = '<w:ind w:{0}="280" w:firstLineChars="0" w:firstLine="0"/>'
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="{0}"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"
_SINGLE = _spacing(line=240, rule="auto")


def _heading(level: int) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{LIST}"/></w:numPr>'
    return f'{_KEEP}{number}{_spacing()}{_TWO.format(640)}<w:outlineLvl w:val="{level}"/>'


STYLES: tuple[Style, ...] = (
    Style(
        "Normal",
        "Normal",
        "text",
        32,
        f'<w:widowControl w:val="0"/>{_spacing()}{_TWO.format(640)}<w:jc w:val="both"/>',
        based_on="",
    ),
    Style("Title", "Title", "title", 44, f'{_KEEP}{_spacing(0, 560, 700)}{_NO_INDENT}<w:jc w:val="center"/>'),
    Style("Heading1", "heading 1", "head", 32, _heading(0), next="Normal"),
    Style("Heading2", "heading 2", "second", 32, _heading(1), next="Normal"),
    Style("Heading3", "heading 3", "text", 32, _heading(2), "<w:b/>", next="Normal"),
    Style("CaseFacts", "案例信息", "second", 28),
    Style("OwnNote", "编者按", "second", 32),
    Style("Mechanism", "机制", "text", 32),
    Style("MechanismName", "机制名称", "", 0, run="<w:b/>", based_on="", kind="character"),
    Style("Caption", "caption", "head", 28, f'<w:keepNext/>{_spacing(120, 0)}{_NO_INDENT}<w:jc w:val="center"/>'),
    Style("CellText", "表格文字", "text", 21, f'{_SINGLE}{_NO_INDENT}<w:jc w:val="left"/>'),
    Style("CellNumber", "表格数字", "text", 21, f'{_SINGLE}{_NO_INDENT}<w:jc w:val="right"/>'),
    Style("CellHead", "表头", "head", 21, f'<w:keepNext/>{_SINGLE}{_NO_INDENT}<w:jc w:val="center"/>'),
    Style("Source", "出处", "second", 28, f"{_spacing(120)}{_TWO.format(560)}"),
    Style("Reference", "参考文献", "text", 28, '<w:ind w:left="560" w:hanging="560" w:firstLineChars="0"/>'),
    Style("ReferenceMark", "引文编号", "", 0, run='<w:vertAlign w:val="superscript"/>', based_on="", kind="character"),
    Style(
        "Unchecked", "未核标记", "second", 0, run='<w:vertAlign w:val="superscript"/>', based_on="", kind="character"
    ),
    Style("FootnoteText", "footnote text", "text", 18, f'<w:snapToGrid w:val="0"/>{_SINGLE}{_NO_INDENT}'),
    Style(
        "FootnoteReference",
        "footnote reference",
        "",
        0,
        run='<w:vertAlign w:val="superscript"/>',
        based_on="",
        kind="character",
    ),
    Style("Footer", "footer", "page", 28, f"{_SINGLE}{_NO_INDENT}"),
    Style(
        "PageOdd",
        "页码（单页）",
        "page",
        28,
        f'{_SINGLE}{_ASIDE.format("right")}<w:jc w:val="right"/>',
        based_on="Footer",
    ),
    Style(
        "PageEven",
        "页码（双页）",
        "page",
        28,
        f'{_SINGLE}{_ASIDE.format("left")}<w:jc w:val="left"/>',
        based_on="Footer",
    ),
)
NAMES = {style.id: style.name for style in STYLES}
TABLE = ("FigureTable", "数据表")
MARKS = {"text": "MarksText", "head": "MarksHead", "second": "MarksSecond", "title": "MarksTitle"}
"""Styles of quotation marks and dashes, which would else stand in the Latin font."""
ROLES = {style.id: style.role for style in STYLES}


def styles_xml(fonts: Fonts) -> str:
    """Return the part of styles: no theme font anywhere, each font by the role that it has."""
    return "".join((_OPEN.format("styles"), _defaults(fonts), *(_each(fonts)), "</w:styles>"))


def _defaults(fonts: Fonts) -> str:
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(fonts, "text")}<w:sz w:val="32"/><w:szCs w:val="32"/>{language}'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _each(fonts: Fonts) -> Iterator[str]:
    for style in STYLES:
        yield style_xml(style, fonts)
    for role, style_id in MARKS.items():
        name = f"中文标点（{ {'text': '正文', 'head': '一级标题', 'second': '二级标题', 'title': '标题'}[role] }）"
        yield style_xml(Style(style_id, name, role, 0, based_on="", kind="character"), fonts, marks=True)
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield table_style_xml()
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )


def table_style_xml() -> str:
    """Return the style of tables: thin lines, narrow cells."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE[0]}"><w:name w:val="{TABLE[1]}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
    )


def style_xml(style: Style, fonts: Fonts, marks: bool = False) -> str:
    """Return one style in the order that the schema wants."""
    default = ' w:default="1"' if style.id == "Normal" else ""
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    head = f'<w:style w:type="{style.kind}"{default}{custom} w:styleId="{style.id}">'
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    font = _fonts(fonts, style.role, marks) if style.role else ""
    run = (
        f"<w:rPr>{font}{_before_size(style.run)}{size}{_after_size(style.run)}</w:rPr>"
        if font or size or style.run
        else ""
    )
    return "".join(
        (
            head,
            f'<w:name w:val="{escaped(style.name)}"/>',
            f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "",
            f'<w:next w:val="{style.next}"/>' if style.next else "",
            "<w:qFormat/>",
            f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "",
            run,
            "</w:style>",
        )
    )


def _before_size(run: str) -> str:
    return run if run.startswith("<w:b/>") else ""


def _after_size(run: str) -> str:
    return "" if run.startswith("<w:b/>") else run


def _fonts(fonts: Fonts, role: str, marks: bool = False) -> str:
    chinese = escaped(getattr(fonts, role))
    latin = chinese if marks or not fonts.latin else escaped(fonts.latin)
    hint = ' w:hint="eastAsia"' if marks else ""
    return f'<w:rFonts{hint} w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{latin}"/>'


_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))


def numbering_xml() -> str:
    """Return the numbering of the headings: 一、 （一） 1. (7.3.3)."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{i + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_TWO.format(640)}</w:pPr></w:lvl>"
        for i, (form, text) in enumerate(_LEVELS)
    )
    return (
        f'{_OPEN.format("numbering")}<w:abstractNum w:abstractNumId="{LIST}"><w:multiLevelType w:val="multilevel"/>'
        f'{levels}</w:abstractNum><w:num w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num></w:numbering>'
    )


def fonts_xml(fonts: Fonts) -> str:
    """Return the table of fonts; each names what may stand in its place."""
    rows = []
    for role, names in FALLBACKS.items():
        font = getattr(fonts, role)
        other = next((name for name in names[1:] if name != font), "")
        rows.append(
            f'<w:font w:name="{escaped(font)}">'
            + (f'<w:altName w:val="{escaped(other)}"/>' if other else "")
            + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
    return f"{_OPEN.format('fonts')}{''.join(dict.fromkeys(rows))}</w:fonts>"


SETTINGS = (
    f"{_OPEN.format('settings')}"
    '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    "</w:settings>"
)


def section_xml(footers: tuple[str, str], wide: bool = False) -> str:
    """Return the page; ``footers`` are the relations of the odd and the even one, ``wide`` turns it."""
    width, height = reversed(PAGE) if wide else PAGE
    margins = dict(MARGINS)
    if wide:
        margins = {"top": 28, "right": 35, "bottom": 26, "left": 37}
    sides = " ".join(f'w:{side}="{round(mm * _MM)}"' for side, mm in margins.items())
    turned = ' w:orient="landscape"' if wide else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footers[0]}"/>'
        f'<w:footerReference w:type="even" r:id="{footers[1]}"/>'
        f'<w:pgSz w:w="{round(width * _MM)}" w:h="{round(height * _MM)}"{turned}/>'
        f'<w:pgMar {sides} w:header="851" w:footer="{round((16 if wide else _FOOTER) * _MM)}" w:gutter="0"/>'
        '<w:cols w:space="425"/></w:sectPr>'
    )


def text_width(wide: bool = False) -> int:
    """Return the width of the type area in twentieths of a point."""
    mm = PAGE[1] - 37 - 35 if wide else PAGE[0] - MARGINS["left"] - MARGINS["right"]
    return round(mm * _MM)


def footer_xml(style_id: str) -> str:
    """Return a footer with the number of the page between dashes: — 1 — (7.5)."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'{_OPEN.format("ftr")}<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{field}</w:p></w:ftr>'
