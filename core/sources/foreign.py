"""Files that hold no page that we can read: what each is, told by its own bytes, and what helps instead."""

from __future__ import annotations

import io
import re
import zipfile

from core.sources.compound import MARK, Compound, DamagedError
from core.sources.errors import PASTE, RECOGNISE

WORD = frozenset((".docx", ".doc", ".wps"))
"""What a Word file may be called; a web page saved from an office system may be, too."""
ZIP = b"PK\x03\x04"
HYPERTEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
LETTER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[A-Za-z][\w-]{0,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*?){0,200}?"
    rb"(?i:MIME-Version|Content-Type):[^\n]"
)
"""What a letter's head holds, and no other text."""

_UNPACK = "是压缩包；请先解压，再导入里面的文件"
_HEADS = {
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|8BPS\0"
    rb"|RIFF.{4}WEBP|.{4}ftyp(?:hei[cx]|mif1|avif)": (f"是图片，不是文字文件，图片里的字还不会认；{RECOGNISE}"),
    rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xf1\xf9]|RIFF.{4}WAVE|OggS\0|fLaC|#!AMR|.{4}ftypM4A": (
        "是录音，不是文字文件；请先转成文字，再导入"
    ),
    rb".{4}ftyp|RIFF.{4}AVI |\x1aE\xdf\xa3|\x30\x26\xb2\x75\x8e\x66\xcf\x11|FLV\x01|\0\0\x01[\xba\xb3]": (
        f"是视频，不是文字文件；{PASTE}"
    ),
    rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh\d|\xfd7zXZ\0|\x28\xb5\x2f\xfd|.{257}ustar": _UNPACK,
    rb"SQLite format 3\0.{52}ANLN": "是案例库；请用「打开案例库」打开",
    rb"SQLite format 3\0": f"是数据库文件，不是文字文件；{PASTE}",
    rb"MZ.{56,62}\0|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe": f"是程序，不是文字文件；{PASTE}",
    rb"L\0\0\0\x01\x14\x02\0|\s*\[InternetShortcut\]": "是快捷方式，不是文件本身；请导入它指向的文件或网页",
    rb"CAJ\0|HN\0\0|KDH ": "是知网的 CAJ 文件，读不了；请用 CAJViewer 另存为 PDF",
}
"""How a file begins → what it is; a library carries its own mark in SQLite's head."""
_IN_ZIP = {
    "word/": "",
    "OFD.xml": "",
    "xl/": f"是 Excel 表格，不是文章；{PASTE}",
    "ppt/": f"是 PowerPoint 演示文稿，不是文章；{PASTE}",
    "META-INF/container.xml": f"是 EPUB 电子书，还不能读；{PASTE}",
    "content.xml": "是 OpenDocument 文件，还不能读；请另存为 .docx",
}
"""What a file in the zip is called, or its folder → what the zip is; of what can be read there is nothing to say."""
_OLD_TABLE, _OLD_SLIDES = f"是旧版 Excel 表格，不是文章；{PASTE}", f"是旧版 PowerPoint 演示文稿，不是文章；{PASTE}"
_NAMED = {
    ".et": f"是 WPS 表格，不是文章；{PASTE}",
    ".dps": f"是 WPS 演示文稿，不是文章；{PASTE}",
    ".wps": "是 WPS 文字的旧格式（.wps），读不了；请在 WPS 里另存为 .docx",
    ".xls": _OLD_TABLE,
    ".ppt": _OLD_SLIDES,
}
"""What an old Office file is called → what it is, where its streams do not say more."""
LOCKED = "带有打开密码，读不出来；请在 Word/WPS 里去掉密码，另存为 .docx"
_STREAMS = {
    "EncryptedPackage": LOCKED,
    "WordDocument": "",
    "PowerPoint Document": _OLD_SLIDES,
    "Workbook": _OLD_TABLE,
    "Book": _OLD_TABLE,
}
"""What a stream in an old Office file is called → what the file is."""


def why_not(raw: bytes, suffix: str) -> str:
    """Return what a file is and what helps, in the user's words; empty when there may be a page in it."""
    if raw.startswith(ZIP):
        return _why_not_zip(raw, suffix)
    if raw.startswith(MARK):
        return _why_not_old(raw, suffix)
    return next((why for head, why in _HEADS.items() if re.match(head, raw, re.DOTALL)), "")


def is_fixed(raw: bytes) -> bool:
    """Return whether a zip is an OFD file."""
    return "OFD.xml" in _names_in(raw)


def _names_in(raw: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return archive.namelist()
    except Exception:  # the reader says what is wrong with a broken one
        return []


def _why_not_zip(raw: bytes, suffix: str) -> str:
    names = _names_in(raw)
    for what, why in _IN_ZIP.items():
        if any(name == what or (what.endswith("/") and name.startswith(what)) for name in names):
            return why
    return "" if suffix in {*WORD, ".ofd"} or not names else _UNPACK


def _why_not_old(raw: bytes, suffix: str) -> str:
    try:
        names = Compound(raw).names()
    except DamagedError:
        names = [name for name in _STREAMS if f"{name}\0".encode("utf-16-le") in raw]
        if "WordDocument" in names or (suffix in WORD and not names):
            return ""  # its reader says that it is damaged
    held = next((why for stream, why in _STREAMS.items() if stream in names), None)
    if held is None:
        return _NAMED.get(suffix, "是旧版 Office 文件，还不能读；请在 Office/WPS 里另存为新格式")
    return _NAMED.get(suffix, held) if held not in ("", LOCKED) else held
