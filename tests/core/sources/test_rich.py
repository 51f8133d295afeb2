"""RTF: a file that another program wrote, small ones of our own making, and broken ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.sources import SourceError, read_file
from tests.answers import answer_of

FILES = Path(__file__).parent / "files"


def rtf(body: str | bytes) -> bytes:
    raw = body if isinstance(body, bytes) else body.encode()
    return rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}" + raw + b"}"


def read(folder: Path, raw: bytes, name: str = "a.rtf") -> str:
    (folder / name).write_bytes(raw)
    [page] = read_file(folder / name)
    return page.text


def test_a_file_that_another_program_wrote() -> None:
    [page] = read_file(FILES / "灯下会.rtf")
    assert page.text.split("\n") == [
        "晒谷场上开起“灯下会”", "本报记者 方禾", "六月的夜里，秋口镇亮起一盏灯。𠮷村也来人了。ABC 12.5%",
        "来信看链接为证。", "框里的字", "指标\t数值\t说明", "开会\t\t上 下", "小标题",
        "甲\t乙", "丙", "第二页的字。", "",
    ]  # fmt: skip
    assert [(page.text[h.span.start : h.span.end], h.level) for h in page.headings] == [
        ("晒谷场上开起“灯下会”", 1),
        ("小标题", 2),
    ]
    assert [page.text[table.start : table.end] for table in page.tables] == ["指标\t数值\t说明\n开会\t\t上 下"]
    assert [page.text[at : at + 3] for at in page.breaks] == ["第二页"]


# what is written → body, text
WRITTEN = {
    "bytes of the code page": (rb"\'b4\'e5\'c0\'ef\'bf\'aa\'bb\'e1\par", "村里开会\n"),
    "bytes that were not escaped": ("村里开会".encode("gbk") + rb"\par", "村里开会\n"),
    "half a character escaped": (rb"\'81@\par", "丂\n"),
    "another font's bytes": (rb"{\f1 \'b4\'e5}\par", "村\n"),
    "numbers with a sign to stand in": (rb"\u26449?\u-28364 ?x\par", "村鄴x\n"),
    "no sign to stand in": (rb"{\uc0\u26449 A}B\par", "村AB\n"),
    "two signs to stand in": (rb"{\uc2\u26449 \'b4\'e5C}\par", "村C\n"),
    "a rare character": (rb"\u-10174?\u-8265?\par", "𠮷\n"),
    "signs by name": (rb"\ldblquote A\rdblquote\emdash B\~C\_D\-E\tab F\par", "“A”—B\xa0C-DE\tF\n"),
    "escaped braces": (rb"\{A\}\\\par", "{A}\\\n"),
    "what is not understood is left out": (rb"{\*\unknown hidden}{\pict 00ff}A{\info{\title T}}\par", "A\n"),
    "a field is what it shows": (rb'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt here}}\par', "here\n"),
    "deleted words": (rb"A{\deleted B}C\par", "AC\n"),
    "binary data": (rb"A{\pict\bin5 }{\x}}B\par", "AB\n"),
    "a line without an end": (rb"A\line B", "A\nB\n"),
    "a box in the midst of a line": (
        rb"A{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt IN\par}}}B\par C\par",
        "AB\nIN\nC\n",
    ),
    "a row": (rb"\trowd\intbl A\cell B\par C\cell\row\pard D\par", "A\tB C\nD\n"),
    "too many ends": (rb"A}}}}B\par", "AB\n"),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_written_is_read(tmp_path: Path, what: str) -> None:
    body, text = WRITTEN[what]
    assert read(tmp_path, rtf(body)) == text


def test_the_bytes_tell_whatever_the_name_is(tmp_path: Path) -> None:
    assert read(tmp_path, rtf(rb"A\par"), "a.doc") == "A\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", "没有文字"), (b"{" * 2000, "一层套一层"), (b"{\\pict " + b"00" * 9999 + b"}", "没有文字")],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(tmp_path, rtf(body))


@pytest.mark.parametrize(
    "piece", [b"\\", b"\\'", b"\\u1", b"\\bin9999999999 ", b"{}", b"\\par", b"{\\*", b"a\n", b"\\'ff"]
)
def test_long_files_of_one_kind_end(tmp_path: Path, piece: bytes) -> None:
    (tmp_path / "a.rtf").write_bytes(rtf(piece * (2_000_000 // len(piece))))
    assert answer_of(tmp_path / "a.rtf")


@pytest.mark.parametrize("seed", range(40))
def test_broken_bytes_bring_nothing_down(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    raw = bytearray((FILES / "灯下会.rtf").read_bytes())
    for _ in range(source.choice((1, 8, 64))):
        raw[source.randrange(len(raw))] = source.choice(b"{}\\'\0\xff9a")
    (tmp_path / "a.rtf").write_bytes(raw)
    assert answer_of(tmp_path / "a.rtf")
