"""The parts around a document's text: our own, or those of an office's template, put together by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import quoteattr

from core.writing.compilation import Fonts
from core.writing.docx import looks
from core.writing.xml_text import whole

_DOCUMENT, _NOTES = "word/document.xml", "word/footnotes.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_HERE = "anlan-text-goes-here"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f'<w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for number, kind, mark in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


class TemplateError(Exception):
    """A template that cannot be used, in the words of the person who chose it."""


class Package(NamedTuple):
    """Everything of a document but its text: the files, what stands before and behind the text, and the notes."""

    files: bytes
    before: bytes
    behind: bytes
    notes: tuple[bytes, bytes]
    ids: Mapping[str, str]
    table: str
    first_note: int
    width: int
    """Of the type area, in twentieths of a point."""

    @contextmanager
    def open(self, target: IO[bytes]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Give two files to write the text and the footnotes to; at the end the document is whole."""
        import tempfile

        with (
            zipfile.ZipFile(io.BytesIO(self.files)) as had,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as made,
            tempfile.TemporaryFile() as notes,
        ):
            for name in had.namelist():
                if name not in (_DOCUMENT, _NOTES):
                    made.writestr(name, had.read(name))
            with made.open(_DOCUMENT, "w", force_zip64=True) as text:
                text.write(self.before)
                yield text, notes
                text.write(self.behind)
            notes.seek(0)
            with made.open(_NOTES, "w", force_zip64=True) as out:
                out.write(self.notes[0])
                while some := notes.read(1 << 20):
                    out.write(some)
                out.write(self.notes[1])


def own(fonts: Fonts, title: str, wide: bool = False) -> Package:
    """Return the package of a document of our own look."""
    import docx
    from docx.opc.packuri import PackURI

    document: Any = docx.Document()
    part = document.part
    _drop(part, ("stylesWithEffects", "webSettings", "theme", "customXml"))
    _drop(part.package, ("thumbnail",))
    _replace(part, "styles", looks.styles_xml(fonts))
    _replace(part, "settings", looks.SETTINGS)
    _replace(part, "numbering", looks.numbering_xml())
    _replace(part, "fontTable", looks.fonts_xml(fonts))
    footers = tuple(
        _add(part, PackURI(f"/word/footer{i}.xml"), "footer", looks.footer_xml(style))
        for i, style in enumerate(("PageOdd", "PageEven"), 1)
    )
    _name(document, title)
    document.element.attrib.pop(_IGNORABLE, None)  # of namespaces that nothing of ours is in
    body = document.element.body
    for child in list(body):
        body.remove(child)
    section = looks.section_xml((footers[0], footers[1]), wide)
    return _parted(document, section, {}, looks.TABLE[0], looks.text_width(wide))


def from_template(path: Path, fonts: Fonts, title: str) -> Package:
    """Return the package of a document that has the page, the text and the named styles of a template.

    Styles that it lacks are added. The text goes where a paragraph says 〔正文〕, else to the end. Raises
    TemplateError.
    """
    import docx
    from lxml import etree

    try:
        document: Any = docx.Document(str(path))
    except OSError:
        raise
    except Exception as error:  # python-docx lets through what zipfile, lxml and its own package reader raise
        raise TemplateError(f"模板“{path.name}”打不开：不是完好的 .docx 文件。没有写任何文件。") from error
    body = document.element.body
    sections = [child for child in body if child.tag == f"{{{looks.NAMESPACE}}}sectPr"]
    if not sections:
        raise TemplateError(f"模板“{path.name}”里没有页面设置。没有写任何文件。")
    had = {style.name: style for style in document.styles}
    lower = {name.lower(): style.style_id for name, style in had.items() if name}
    ids: dict[str, str] = {}
    for style in looks.STYLES:
        found = next((lower[name] for name in _called(style) if name in lower), None)
        if found is None:
            document.styles.element.append(_element(_without_numbers(style), fonts))
        else:
            ids[style.id] = found
    table = lower.get(looks.TABLE[1], looks.TABLE[0])
    if looks.TABLE[1] not in lower:
        if "normal table" not in lower:
            raise TemplateError(f"模板“{path.name}”里没有普通表格的样式。没有写任何文件。")
        document.styles.element.append(_parse(looks.table_style_xml()))
        base = next(s.style_id for n, s in had.items() if n and n.lower() == "normal table")
        document.styles.element[-1].find(f"{{{looks.NAMESPACE}}}basedOn").set(f"{{{looks.NAMESPACE}}}val", base)
    _name(document, title)
    for paragraph in list(body.iterchildren(f"{{{looks.NAMESPACE}}}p")):
        if "".join(t.text for t in paragraph.iter(f"{{{looks.NAMESPACE}}}t")).strip() in ("〔正文〕", "{{正文}}"):
            paragraph.getparent().replace(paragraph, etree.Comment(_HERE))
            break
    section = document.sections[-1]
    width = round((section.page_width - section.left_margin - section.right_margin) / 635)
    return _parted(document, "", ids, table, width)


_CALLED = {
    "Normal": ("公文正文", "正文文本", "normal", "正文"),
    "Title": ("公文标题", "title", "标题"),
    "Heading1": ("一级标题", "heading 1", "标题 1"),
    "Heading2": ("二级标题", "heading 2", "标题 2"),
    "Heading3": ("三级标题", "heading 3", "标题 3"),
}
"""What an office may have called the styles that we mean; the first that is there is taken."""


def _called(style: looks.Style) -> tuple[str, ...]:
    return _CALLED.get(style.id, (style.name.lower(), style.id.lower()))


def _without_numbers(style: looks.Style) -> looks.Style:
    """A heading that is added to a template has no numbering: the list would be another's."""
    import re

    return style._replace(paragraph=re.sub(r"<w:numPr>.*?</w:numPr>", "", style.paragraph))


def _parse(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml.replace("<w:style ", f'<w:style xmlns:w="{looks.NAMESPACE}" ', 1))


def _element(style: looks.Style, fonts: Fonts) -> Any:
    return _parse(looks.style_xml(style, fonts))


def _drop(part: Any, kinds: tuple[str, ...]) -> None:
    for relation_id, relation in list(part.rels.items()):
        if relation.reltype.rpartition("/")[2] in kinds:
            del part.rels[relation_id]


def _replace(part: Any, kind: str, xml: str) -> None:
    """Give a part that is there another content."""
    from docx.oxml import parse_xml

    target = part.part_related_by(_RELATION + kind)
    if hasattr(target, "_element"):
        target._element = parse_xml(xml.encode())
    else:
        target._blob = xml.encode()


def _add(part: Any, name: Any, kind: str, xml: str) -> str:
    """Add a part, and return its relation."""
    from docx.opc.part import Part

    new = Part(name, f"{_TYPE}{kind}+xml", xml.encode(), part.package)
    return str(part.relate_to(new, _RELATION + kind))


def _name(document: Any, title: str) -> None:
    from datetime import datetime, timezone

    about = document.core_properties
    about.title, about.author, about.comments, about.last_modified_by = whole(title)[:255], "", "", ""
    about.created = about.modified = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)


def _parted(document: Any, section: str, ids: Mapping[str, str], table: str, width: int) -> Package:
    """The package as files, with its text parted where ours goes."""
    from docx.opc.packuri import PackURI

    first, notes = _notes_of(document)
    if notes is None:
        empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{looks.NAMESPACE}">'
        _add(document.part, PackURI(f"/{_NOTES}"), "footnotes", f"{empty}{_SEPARATORS}</w:footnotes>")
        notes = (f"{empty}{_SEPARATORS}".encode(), b"</w:footnotes>")
        _let_settings_know(document)
    files = io.BytesIO()
    document.save(files)
    with zipfile.ZipFile(files) as made:
        whole_text = made.read(_DOCUMENT)
    mark = f"<!--{_HERE}-->".encode()
    if section:
        before, _, behind = whole_text.partition(b"<w:body/>")
        return Package(
            files.getvalue(),
            before + b"<w:body>",
            section.encode() + b"</w:body>" + behind,
            notes,
            ids,
            table,
            first,
            width,
        )
    if mark in whole_text:
        before, _, behind = whole_text.partition(mark)
    else:
        at = whole_text.rindex(b"<w:sectPr")
        before, behind = whole_text[:at], whole_text[at:]
    return Package(files.getvalue(), before, behind, notes, ids, table, first, width)


def _notes_of(document: Any) -> tuple[int, tuple[bytes, bytes] | None]:
    """The first number that is free for a footnote, and the footnotes that are there, parted where ours go."""
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype == _RELATION + "footnotes":
            blob = relation.target_part.blob
            root = etree.fromstring(blob)
            numbers = [int(note.get(f"{{{looks.NAMESPACE}}}id", "0")) for note in root]
            text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            at = text.rindex(b"</") if root.getchildren() else len(text)
            return max([*numbers, 0]) + 1, (text[:at], text[at:])
    return 1, None


def _let_settings_know(document: Any) -> None:
    """Name the two separators in the settings, in the place that the schema wants."""
    settings = document.settings.element
    name = f"{{{looks.NAMESPACE}}}footnotePr"
    if settings.find(name) is not None:
        return
    new = _parse_any('<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    behind = [f"{{{looks.NAMESPACE}}}{tag}" for tag in _BEHIND_NOTES]
    place = next((child for child in settings if child.tag in behind), None)
    if place is None:
        settings.append(new)
    else:
        place.addprevious(new)


_BEHIND_NOTES = (
    "endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults "
    "doNotEmbedSmartTags decimalSymbol listSeparator"
).split()


def _parse_any(xml: str) -> Any:
    from docx.oxml import parse_xml

    tag = xml[1 : xml.index(">")]
    return parse_xml(xml.replace(tag, f"{tag} xmlns:w={quoteattr(looks.NAMESPACE)}", 1))
