"""Every kind of file gives its text as found, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources import SourceError, is_readable, read_file, read_pasted
from core.sources.plain import VISIBLE
from tests.answers import answer_of

TEXT = "为进一步加强基层工作，全县建成便民服务点 36 个。\n\n“村村通”了，大家都说好。\n"
TRADITIONAL = "為進一步加強和改進基層工作,我們要充分發揮作用。\n這個村來了新的書記。\n"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(folder: Path, name: str, raw: bytes) -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


def docx(xml: str, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return buffer.getvalue()


def word_xml(body: str) -> str:
    return f'<?xml version="1.0"?><w:document xmlns:w="{WORD_NS}"><w:body>{body}</w:body></w:document>'


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(tmp_path: Path, encoding: str, newline: str) -> None:
    raw = (TEXT * 3).replace("\n", newline).encode(encoding)
    [page] = read_file(write(tmp_path, "版面 一😀.txt", raw))
    assert page.text == TEXT * 3
    assert page.sha256 == hashlib.sha256(raw).hexdigest()


def test_big5_is_told_from_gbk(tmp_path: Path) -> None:
    [page] = read_file(write(tmp_path, "a.txt", TRADITIONAL.encode("big5")))
    assert (page.text, page.encoding) == (TRADITIONAL, "big5")


PRINTED = st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Co", "Cn"])


@given(st.text(PRINTED, min_size=1).filter(str.strip))
def test_what_is_pasted_is_kept(text: str) -> None:
    try:
        assert read_pasted(text).text == text.replace("\r\n", "\n").replace("\r", "\n")
    except SourceError:
        assert not VISIBLE.search(text)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".doc", ".pdf", ".md", ".ofd", ".rtf", ".eml", ".mht"])
@given(raw=st.binary(max_size=400))
def test_no_bytes_bring_a_reader_down(tmp_path_factory: pytest.TempPathFactory, suffix: str, raw: bytes) -> None:
    assert answer_of(write(tmp_path_factory.mktemp("bytes"), "a" + suffix, raw)).strip()


# name → bytes, what is wrong, and what helps; of an empty file there is nothing to do
BAD = {
    "空.txt": (b"", "是空的", ""),
    "白.txt": (" \n\u3000\n".encode(), "是空的", ""),
    "图.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "是图片，不是文字文件", "识别成文字"),
    "乱.txt": (bytes(range(128, 256)) * 40, "不是文字文件", "复制后粘贴"),
    "零.txt": (b"NZ\0" + bytes(range(256)) * 8, "不是文字文件", "复制后粘贴"),
    "大.txt": (b"a" * (17 << 20), "上限 16 MB", "拆成几个小些的"),
    "旧.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏或不是 Word 文件", "另存为 .docx"),
    "坏.docx": (b"PK\x03\x04" + bytes(50), "已损坏", "另存为新的 .docx"),
    "无文.docx": (docx("<x/>", "other.xml"), "已损坏", "另存为新的 .docx"),
    "空文.docx": (docx(word_xml("<w:p/>")), "没有文字", "识别成文字"),
    "炸弹.docx": (docx(word_xml(paragraph("a" * (65 << 20)))), "大得不正常", "复制后粘贴"),
    "截断.docx": (docx(word_xml(paragraph("正文" * 5000)))[:-120], "已损坏", "另存为新的 .docx"),
    "实体.docx": (docx('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), "外部引用", "另存为"),
    "坏.pdf": (b"%PDF-1.4\n1 0 obj", "已损坏", "重新下载"),
    "脚本.html": (b"<script>alert(1)</script>", "没有看得见的文字", "浏览器里打开"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_words(tmp_path: Path, name: str) -> None:
    raw, words, helps = BAD[name]
    with pytest.raises(SourceError) as refused:
        read_file(write(tmp_path, name, raw))
    what, _, way_out = refused.value.reason.partition("；")
    assert (words in what, helps in way_out, bool(helps)) == (True, True, bool(way_out))
    assert str(refused.value) == f"《{name}》没有导入：{refused.value.reason}"
    assert (tmp_path / name).read_bytes() == raw


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="找不到"):
        read_file(tmp_path / "没有.txt")
    with pytest.raises(SourceError, match="不是文件"):
        read_file(tmp_path)


def test_a_few_unreadable_bytes_are_said(tmp_path: Path) -> None:
    [page] = read_file(write(tmp_path, "a.txt", (TEXT * 20).encode()[:-2]))
    assert page.text.startswith(TEXT)
    assert page.notes == ("有 1 个字读不出，留作 \ufffd",)


def test_a_nul_is_shown_and_said_and_moves_nothing(tmp_path: Path) -> None:
    raw = (TEXT * 999).encode()
    [page] = read_file(write(tmp_path, "a.txt", raw + b"\0" + TEXT.encode()))
    assert page.text == f"{TEXT * 999}\u2400{TEXT}"
    assert page.notes == ("有 1 个空字符（NUL），写作 ␀",)
    assert read_pasted(f"{TEXT}\0").text == f"{TEXT}\u2400"


@pytest.mark.parametrize(
    ("name", "promises"), [("a.TXT", True), ("~$a.docx", False), (".a.txt", False), ("a.exe", False)]
)
def test_which_names_promise_a_page(name: str, promises: bool) -> None:
    assert is_readable(Path(name)) is promises
