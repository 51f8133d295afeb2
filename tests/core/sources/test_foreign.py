"""A file that holds no page is called what it is, and the person is told what helps."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from core.library import Library
from core.sources import SourceError, read_file
from tests.compound import compound


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


def old(*streams: str) -> bytes:
    """An old Office file with streams of these names."""
    return compound(dict.fromkeys(streams, b""))


# name → bytes, what the file is, and what helps
FOREIGN = {
    "表.xlsx": (packed("[Content_Types].xml", "xl/workbook.xml"), "是 Excel 表格", "复制后粘贴"),
    "表.docx": (packed("xl/workbook.xml"), "是 Excel 表格", "复制后粘贴"),
    "片.pptx": (packed("ppt/presentation.xml"), "是 PowerPoint 演示文稿", "复制后粘贴"),
    "文.odt": (packed("mimetype", "content.xml"), "是 OpenDocument 文件", "另存为 .docx"),
    "书.epub": (packed("mimetype", "META-INF/container.xml", "content.xml"), "是 EPUB 电子书", "复制后粘贴"),
    "包.zip": (packed("甲.txt"), "是压缩包", "先解压"),
    "包.rar": (b"Rar!\x1a\x07\0" + bytes(99), "是压缩包", "先解压"),
    "包.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "是压缩包", "先解压"),
    "更旧.wps": (old("Contents"), "是 WPS 文字的旧格式", "另存为 .docx"),
    "表.et": (old("Workbook"), "是 WPS 表格", "复制后粘贴"),
    "片.dps": (old("PowerPoint Document"), "是 WPS 演示文稿", "复制后粘贴"),
    "表里有文.xls": (old("Workbook") + "WordDocument\0".encode("utf-16-le"), "是旧版 Excel 表格", "复制后粘贴"),
    "旧.xls": (old("Workbook"), "是旧版 Excel 表格", "复制后粘贴"),
    "旧.ppt": (old("PowerPoint Document"), "是旧版 PowerPoint", "复制后粘贴"),
    "旧.msi": (old("Property"), "是旧版 Office 文件", "另存为新格式"),
    "锁.docx": (old("EncryptionInfo", "EncryptedPackage"), "带有打开密码", "去掉密码"),
    "锁.wps": (old("EncryptedPackage"), "带有打开密码", "去掉密码"),
    "程序.exe": (b"MZ\x90" + bytes(99), "是程序", "复制后粘贴"),
    "程序.txt": (b"\x7fELF\x02" + bytes(99), "是程序", "复制后粘贴"),
    "会.mp4": (b"\0\0\0\x20ftypisom" + bytes(99), "是视频", "复制后粘贴"),
    "会.avi": (b"RIFF\0\0\0\0AVI LIST" + bytes(99), "是视频", "复制后粘贴"),
    "会.mp3": (b"ID3\x03\0" + bytes(99), "是录音", "转成文字"),
    "会.wav": (b"RIFF\0\0\0\0WAVEfmt " + bytes(99), "是录音", "转成文字"),
    "去.lnk": (b"L\0\0\0\x01\x14\x02\0" + bytes(99), "是快捷方式", "它指向的"),
    "去.url": (b"[InternetShortcut]\r\nURL=http://x/", "是快捷方式", "它指向的"),
    "论文.caj": (b"CAJ\0" + bytes(99), "是知网的 CAJ 文件", "另存为 PDF"),
    "图.jpg": (b"\xff\xd8\xff\xe0" + bytes(99), "是图片", "识别成文字"),
    "图.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "是图片", "识别成文字"),
    "图.bmp": (b"BM" + bytes(99), "是图片", "识别成文字"),
    "图.heic": (b"\0\0\0\x18ftypheic" + bytes(99), "是图片", "识别成文字"),
    "图.docx": (b"\xff\xd8\xff\xe0" + bytes(99), "是图片", "识别成文字"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_a_file_is_comes_first_then_what_helps(tmp_path: Path, name: str) -> None:
    raw, what, helps = FOREIGN[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(SourceError) as refused:
        read_file(tmp_path / name)
    assert refused.value.reason.startswith(what)
    assert helps in refused.value.reason.partition("；")[2]
    assert "损坏" not in refused.value.reason


def test_a_library_is_opened_not_imported(tmp_path: Path) -> None:
    Library.create(tmp_path / "甲.anlan").close()
    with pytest.raises(SourceError, match="是案例库；请用「打开案例库」打开"):
        read_file(tmp_path / "甲.anlan")


def test_another_database_is_no_library(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "乙.anlan")) as other:
        other.execute("VACUUM")
    with pytest.raises(SourceError, match="是数据库文件"):
        read_file(tmp_path / "乙.anlan")


def test_a_web_page_under_the_name_of_a_word_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "页.doc").write_bytes("\ufeff\n<HTML><body><p>村里开会46场。".encode())
    [page] = read_file(tmp_path / "页.doc")
    assert (page.text, page.format) == ("村里开会46场。\n", "html")


@pytest.mark.parametrize("text", ["BMW 在县里建厂", "GIF 是什么", "From: 甲地\n寄来的信", "Date: 今天，县里建成食堂。"])
def test_text_that_begins_like_something_else(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read_file(tmp_path / "a.txt")[0].text == text
