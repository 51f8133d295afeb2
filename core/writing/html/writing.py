"""Writes a compilation as one HTML file, case by case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from core.comparing.sheet import Sheet
from core.writing.compilation import FALLBACKS, Choices, Compilation, Fonts
from core.writing.content import body_of
from core.writing.content.comparison import comparison
from core.writing.html.text import PageText
from core.writing.xml_text import escaped

_NOT_IN_A_NAME = re.compile(r"[^\w .-]")
_STYLE = """
@page {{ size: A4{turned}; margin: 37mm 26mm 35mm 28mm; }}
body {{ font: 16pt/28pt {text}; max-width: {width}mm; margin: 10mm auto; padding: 0 5mm; color: #000; background: #fff;
  text-align: justify; }}
h1 {{ font: 22pt/35pt {title}; text-align: center; margin: 0 0 28pt; }}
h2, h3, h4 {{ font-size: 16pt; line-height: 28pt; font-weight: normal; margin: 0; text-indent: 2em;
  break-after: avoid; text-align: left; }}
h2 {{ font-family: {head}; }} h3 {{ font-family: {second}; }} h4 {{ font-weight: bold; }}
p {{ margin: 0; text-indent: 2em; orphans: 2; widows: 2; }}
.facts, .source {{ font: 14pt/28pt {second}; }} .own {{ font-family: {second}; }}
.caption {{ font: 14pt/28pt {head}; text-align: center; text-indent: 0; margin-top: 6pt; break-after: avoid; }}
table {{ border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 1.3; text-align: left; }}
thead {{ display: table-header-group; }} tr {{ break-inside: avoid; }}
th, td {{ border: .5pt solid #000; padding: 1.5pt 4pt; vertical-align: top; overflow-wrap: anywhere; }}
th {{ font-family: {head}; font-weight: normal; text-align: center; }} .number {{ text-align: right; }}
sup {{ font-size: 60%; line-height: 0; }} .state {{ font-family: {second}; }}
a {{ color: inherit; text-decoration: none; }}
.notes {{ margin: 6pt 0 14pt; border-top: .5pt solid #000; }}
.note {{ font-size: 9pt; line-height: 1.4; text-indent: 0; }}
.reference {{ font-size: 14pt; text-indent: -2em; padding-left: 2em; text-align: left; }}
@media print {{ body {{ max-width: none; margin: 0; padding: 0; }} }}
"""


def write(out: TextIO, compilation: Compilation, choices: Choices) -> Iterator[int]:
    """Write an HTML file that needs nothing else, and yield how many cases are written after each."""
    out.write(_begun(compilation.title, choices, wide=choices.kind == "figures"))
    out.write(f"<h1>{escaped(' '.join(compilation.title.split()))}</h1>\n")
    body = body_of(PageText(), compilation, choices)
    for done, entry in compilation.counted():
        out.writelines(body.of(entry))
        yield done
    out.writelines(body.end())
    out.write("</body></html>\n")


def write_comparison(out: TextIO, sheet: Sheet, choices: Choices) -> Iterator[None]:
    """Write a comparison as one HTML file, on pages turned sideways where it is printed; yield as it goes on."""
    out.write(_begun(sheet.title, choices, wide=True))
    for piece in comparison(PageText(), sheet, choices):
        out.write(piece)
        yield
    out.write("</body></html>\n")


def _begun(title: str, choices: Choices, wide: bool) -> str:
    """What stands before the text: the file loads nothing from anywhere."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"/>'
        '<meta name="viewport" content="width=device-width"/>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        f"<title>{escaped(' '.join(title.split()))}</title><style>{_style(choices, wide)}</style></head><body>\n"
    )


def _style(choices: Choices, wide: bool) -> str:
    names = {role: _family(choices.fonts, role) for role in ("title", "head", "second", "text")}
    return _STYLE.format(turned=" landscape" if wide else "", width=225 if wide else 156, **names)


def _family(fonts: Fonts, role: str) -> str:
    """The font and those that may stand for it, the Latin one before where there is one."""
    names = [fonts.latin, getattr(fonts, role), *FALLBACKS[role]]
    return ", ".join(dict.fromkeys(f"'{_NOT_IN_A_NAME.sub('', name)}'" for name in names if name))
