"""Broken and hostile files: each ends in a clear line of the log, nothing of it comes in, and the rest goes on."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.intake import reading
from core.intake.importing import import_files
from core.intake.reading import ReadingPool, find_pages, read_one
from core.library import Library
from core.sources import SourceError, read_file

GOOD = """清河县办起村民食堂

本报讯（记者 李明）今年以来，清河县办起村民食堂36个，服务老人1200余人，每餐只收5元。

县民政局牵头，村里出场地，企业捐桌椅，志愿者轮流掌勺，“一元助餐”模式很快在全县推开。
"""
SENTENCE = "清河县建成便民服务点36个，"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def word_xml(text: str, before: str = "") -> str:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'{before}<w:document xmlns:w="{WORD_NS}">{body}</w:document>'


def docx(xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out, starts = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{n} 0 obj{body}endobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    tail = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{tail}".encode()


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
EMPTY_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
LOCK = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
DRAWS = "BT /F 12 Tf 20 20 Td (hello) Tj ET /X Do /X Do"
RESOURCES = "/Resources<</XObject<</X 4 0 R>>/Font<</F 5 0 R>>>>"
# A drawing that draws itself, twice each time: PDFium goes on for ever.
ENDLESS_PDF = pdf(
    CATALOGUE,
    ONE_PAGE,
    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]{RESOURCES}/Contents 4 0 R>>",
    f"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]{RESOURCES}/Length {len(DRAWS)}>>stream\n{DRAWS}\nendstream",
    FONT,
)
WHOLE = docx(word_xml(GOOD * 40))

# name → bytes, and words of the sentence that refuses them
REFUSED = {
    "空.txt": (b"", "是空的"),
    "空.html": (b"", "是空的"),
    "空.docx": (b"", "已损坏"),
    "空.pdf": (b"", "已损坏"),
    "只有零宽字符.txt": ("\u200b\u202e\ufeff\u2066".encode() * 999, "是空的"),
    "二进制.txt": (bytes(range(256)) * 999, "不是文字文件"),
    "程序.txt": (b"\x7fELF\x02\x01\x01" + bytes(9999), "是程序，不是文字文件"),
    "一百万行.txt": ("字\n".encode() * 1_000_000, "个字，不像版面"),
    "二十万行.txt": ("字\n".encode() * 200_000, "行，不像版面"),
    "一行到底.txt": (SENTENCE.encode() * 100_000, "个字，不像版面"),
    "炸弹.docx": (docx(word_xml("a" * (65 << 20))), "大得不正常"),
    "十亿笑.docx": (docx(word_xml("&l11;", f'<!DOCTYPE a [<!ENTITY l0 "哈哈">{LAUGHS}]>')), "外部引用"),
    "外部实体.docx": (docx('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'), "外部引用"),
    "外部定义.docx": (docx('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'), "外部引用"),
    "截断.docx": (WHOLE[:-200], "已损坏"),
    "截断一半.docx": (WHOLE[: len(WHOLE) // 2], "已损坏"),
    "截断的正文.docx": (docx(word_xml(GOOD)[:-60]), "已损坏"),
    "旧版.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "已损坏或不是 Word 文件"),
    "截断.pdf": (pdf(CATALOGUE, ONE_PAGE, EMPTY_PAGE)[:60], "已损坏"),
    "有密码.pdf": (pdf(CATALOGUE, ONE_PAGE, EMPTY_PAGE, trailer=LOCK), "密码"),
    "页树成环.pdf": (pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 5>>"), "已损坏"),
    "互为父子.pdf": (pdf(CATALOGUE, ONE_PAGE, "<</Type/Pages/Kids[2 0 R]/Count 5>>"), "已损坏|扫描"),
    "指向自己.pdf": (pdf(CATALOGUE, "2 0 R"), "已损坏"),
    "两千页.pdf": (pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1999>>", EMPTY_PAGE), "已损坏"),
    "二十亿页.pdf": (pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", EMPTY_PAGE), "扫描|上限|已损坏"),
    "没有文字.pdf": (pdf(CATALOGUE, ONE_PAGE, EMPTY_PAGE), "扫描"),
    "没完的注释.html": (b"<!--" * 200_000, "没有看得见的文字"),
    "没完的声明.html": (b"<![CDATA[" * 100_000, "没有看得见的文字"),
    "一层套一层.html": (b"<nav>" * 200_000 + b"</svg>" * 200_000 + GOOD.encode(), "一层套一层"),
}

# What may be read, and what made earlier versions take a minute or more; sizes at which that would be felt.
LONG = {
    "没完的标签.html": b"<a " * 100_000,
    "没完的结尾.html": b"</" * 100_000,
    "没完的引号.html": b"<a b='c\" " * 50_000 + b">" * 9,
    "套得不多.html": b"<div>" * 500 + b"</svg>" * 50_000 + GOOD.encode(),
    "属性.html": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + GOOD.encode(),
    "没完的段落.html": b"<p><b>x" * 50_000,
    "没完的实体.html": b"<p>&#" + b"9" * 99_999 + b";" + b"&a" * 50_000,
    "数字.txt": b"1234567890" * 5_000,
    "万.txt": "1万".encode() * 5_000,
    "百分之.txt": "百分之".encode() * 5_000,
    "逗号.txt": b"1," * 5_000,
    "记者.txt": "本报讯（记者 ".encode() * 2_000,
    "引号.txt": "“".encode() * 50_000,
    "括号.md": b"[" * 50_000 + b"](" * 50_000,
    "空格.txt": ("清" + " " * 100_000 + "河").encode(),
    "空行.txt": ("清" + "\n" * 90_000 + "河").encode(),
    "短行.txt": "清河县办食堂\n".encode() * 5_000,
    "标题.txt": "# 清河县办食堂\n\n正文在这里，没有完\n\n".encode() * 300,
    "双向.txt": "\u202e清\u200b河\u2066县\u2069建成服务点3\u200b6个。\n".encode() * 300,
    "组合.txt": ("清" + "\u0301" * 100_000).encode(),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.create(tmp_path / "a.anlan")) as made:
        yield made


def write(path: Path, raw: bytes = GOOD.encode()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str) -> None:
    raw, words = REFUSED[name]
    with pytest.raises(SourceError, match=words) as refused:
        read_file(write(tmp_path / name, raw))
    assert str(refused.value) == f"《{name}》没有导入：{refused.value.reason}"


@pytest.mark.parametrize("name", LONG)
def test_what_is_long_and_strange_is_read_to_its_end(tmp_path: Path, name: str) -> None:
    reading = read_one(write(tmp_path / name, LONG[name]))
    assert not reading.detail
    for page, articles in reading.pages:
        assert all(0 <= s.start < s.end <= len(page.text) for a in articles for p in a.paragraphs for s in p.spans)
        assert all(m.span and m.span.end <= len(page.text) for a in articles for m in a.metrics)


def test_a_folder_of_traps_comes_in_without_them(library: Library, tmp_path: Path) -> None:
    for name, (raw, _) in REFUSED.items():
        write(tmp_path / "夹" / name, raw)
    write(tmp_path / "夹" / "好.txt")
    with ReadingPool(2) as pool:
        steps = {step.path.name: step for step in import_files(library, [tmp_path / "夹"], pool)}
    assert [name for name, step in steps.items() if not step.problem] == ["好.txt"]
    assert library.cases.count() == len(steps["好.txt"].added) == 1
    assert all(f"《{name}》" in step.problem for name, step in steps.items() if name != "好.txt")


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(200 << 20)
    assert "有 200 MB，不像版面" in read_one(tmp_path / "大.txt").problem


def test_a_page_without_articles_is_no_success(library: Library, tmp_path: Path) -> None:
    [step] = import_files(library, [write(tmp_path / "星.txt", b"*" * 999)])
    assert (step.problem, step.pages) == ("《星.txt》没有导入：没有读出文章", 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_text_cut_inside_a_character_loses_no_more_than_that(tmp_path: Path, encoding: str, cut: int) -> None:
    text = "這個村來了新的書記，大家說好。\n" * 30 if encoding == "big5hkscs" else GOOD * 4
    [page] = read_file(write(tmp_path / "断.txt", text.encode(encoding)[:-cut]))
    assert page.text.startswith(text[:-4])


def test_letters_line_by_line_are_no_utf16(tmp_path: Path) -> None:
    [page] = read_file(write(tmp_path / "a.txt", b"a\nb\n" * 999))
    assert page.text.startswith("a\nb\na\n")


@pytest.mark.parametrize("said", ["undefined", "idna", "unicode_escape", "utf-7", "hex", "iso-8859-1", "utf-16"])
def test_html_that_lies_about_its_encoding(tmp_path: Path, said: str) -> None:
    raw = f'<meta charset="{said}"><p>{GOOD}</p>'.encode()
    [page] = read_file(write(tmp_path / "a.html", raw))
    assert page.text.startswith("清河县办起村民食堂")


@pytest.mark.parametrize(
    "name",
    ["有 空格 .txt", "中文，标点（一）.txt", "😀👨‍👩‍👧.txt", "长" * 83 + ".txt", "'\";--%s{}.txt", "换\n行.txt"],
)
def test_any_name_is_kept(library: Library, tmp_path: Path, name: str) -> None:
    [step] = import_files(library, [write(tmp_path / name)])
    assert not step.problem
    assert library.cases.load(step.added[0]).source_id


def test_a_path_of_many_hundred_characters(library: Library, tmp_path: Path) -> None:
    write(tmp_path.joinpath(*["很深的文件夹" * 10] * 8, "版.txt"))
    [step] = import_files(library, [tmp_path])
    assert len(str(step.path)) > 400
    assert step.added


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
@pytest.mark.parametrize("raw", [GOOD.encode(), b""])
def test_a_name_left_in_gbk_is_read(library: Library, tmp_path: Path, raw: bytes) -> None:
    path = write(tmp_path / os.fsdecode("清河日报.txt".encode("gbk")), raw)
    [step] = import_files(library, [path])
    assert step.problem == ("" if raw else "《清河日报.txt》没有导入：是空的")
    assert not raw or library.cases.load(step.added[0]).citations[0].paper == "清河日报"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    (tmp_path / "零.pdf").symlink_to("/dev/zero")
    (tmp_path / "夹.txt").mkdir()
    paths = [*find_pages([tmp_path]), tmp_path / "夹.txt"]
    assert [read_one(path).reason for path in paths] == ["不是文件"] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's files are Linux's")
@pytest.mark.parametrize("where", ["/proc/kmsg", "/dev/tty", "/proc/self/mem", "/proc/self/environ", "/dev/zero"])
def test_files_that_never_answer_are_not_waited_for(library: Library, tmp_path: Path, where: str) -> None:
    (tmp_path / "链接.txt").symlink_to(where)
    steps = list(import_files(library, [tmp_path / "链接.txt"]))
    assert steps[0].problem.startswith("《链接.txt》没有导入：")


def test_folders_and_files_that_hold_themselves(tmp_path: Path) -> None:
    write(tmp_path / "夹" / "版.txt")
    (tmp_path / "夹" / "又").symlink_to(tmp_path / "夹", target_is_directory=True)
    (tmp_path / "夹" / "圈.txt").symlink_to(tmp_path / "夹" / "圈.txt")
    assert [(path.name, bool(read_one(path).problem)) for path in find_pages([tmp_path])] == [
        ("圈.txt", True),
        ("版.txt", False),
    ]


def test_a_file_that_vanishes(library: Library, tmp_path: Path) -> None:
    paths = find_pages([write(tmp_path / "a.txt"), write(tmp_path / "b.txt", (GOOD + "又").encode())])
    paths[0].unlink()
    gone, read = import_files(library, paths)
    assert (gone.problem, read.problem) == (f"《a.txt》没有导入：{gone.reason}", "")
    assert gone.reason.startswith("找不到")


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who owns nothing, where the tests run as root."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no rights of this kind here")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "密.txt")
    path.chmod(0)
    with nobody():
        reason = read_one(path).reason
    assert reason == "没有读取的权限；请复制到自己的文件夹，再导入"


def test_a_pdf_that_never_ends_is_given_up(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TIME_LIMIT", 2)
    [step] = import_files(library, [write(tmp_path / "无底.pdf", ENDLESS_PDF)])
    assert step.problem == "《无底.pdf》没有导入：读了 2 秒还没有读完；请把要的文字复制后粘贴进来"
    assert library.cases.count() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit here")
def test_a_reading_process_cannot_eat_the_machine() -> None:
    with ReadingPool(1) as pool, pytest.raises(MemoryError):
        pool.submit(bytearray, 2 << 30).result(60)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address: asked.append(address))
    page = '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1/a.dtd"><link href="http://127.0.0.1/a.css">'
    read_one(write(tmp_path / "a.html", (page + f'<img src="http://127.0.0.1/a.png">{GOOD}').encode()))
    read_one(write(tmp_path / "a.docx", REFUSED["外部定义.docx"][0]))
    assert asked == []
