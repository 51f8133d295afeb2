"""Files that hold no page that we can read: what each is, told by its own bytes, and what helps instead."""

from __future__ import annotations

import io
import re
import zipfile

from core.sources.errors import PASTE, RECOGNISE

WORD = frozenset((".docx", ".doc", ".wps"))
"""What a Word file may be called; a web page saved from an office system may be, too."""
_HEADS = {
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei[cx]|mif1|avif)": (
        f"是图片，不是文字文件，图片里的字还不会认；{RECOGNISE}"
    ),
    rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh\d|\xfd7zXZ\0": "是压缩包；请先解压，再导入里面的文件",
    rb"SQLite format 3\0.{52}ANLN": "是案例库；请用「打开案例库」打开",
    rb"SQLite format 3\0": "是数据库文件，不是文字文件",
    rb"\s*\{\\rtf": "是 RTF 文件，还不能读；请在 Word/WPS 里另存为 .docx",
    rb"(?s:(?:From|Subject|Date|MIME-Version):.{0,999}?multipart/related)": (
        "是单个文件的网页（MHT），还不能读；请在浏览器里另存为 .html"
    ),
}
"""How a file begins → what it is; a library carries its own mark in SQLite's head."""
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_IN_ZIP = {
    "word/": "",
    "xl/": f"是 Excel 表格，不是文章；{PASTE}",
    "ppt/": f"是 PowerPoint 演示文稿，不是文章；{PASTE}",
    "OFD.xml": f"是 OFD 版式文件，还不能读；请另存为 PDF，或{PASTE.removeprefix('请')}",
    "META-INF/container.xml": f"是 EPUB 电子书，还不能读；{PASTE}",
    "content.xml": "是 OpenDocument 文件，还不能读；请另存为 .docx",
}
"""What a file in the zip is called, or its folder → what the zip is; of Word files there is nothing to say."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = {
    ".doc": "是旧版 Word 文件（.doc），还不能读；请在 Word/WPS 里另存为 .docx",
    ".wps": "是 WPS 文字的旧格式（.wps），还不能读；请在 WPS 里另存为 .docx",
    ".xls": f"是旧版 Excel 表格，不是文章；{PASTE}",
    ".ppt": f"是旧版 PowerPoint 演示文稿，不是文章；{PASTE}",
}
_LOCKED = "带有打开密码，读不出来；请在 Word/WPS 里去掉密码，另存为 .docx"
_STREAMS = {
    "WordDocument": _OLD[".doc"],
    "PowerPoint Document": _OLD[".ppt"],
    "Workbook": _OLD[".xls"],
    "Book": _OLD[".xls"],
    "EncryptedPackage": _LOCKED,
}
"""What a stream in an old Office file is called → what the file is."""


def why_not(raw: bytes, suffix: str) -> str:
    """Return what a file is and what helps, in the user's words; empty when there may be a page in it."""
    if raw.startswith(_ZIP):
        return _why_not_zip(raw, suffix)
    if raw.startswith(_OLE):
        return _why_not_old(raw, suffix)
    if suffix in WORD and _HTML.match(raw):
        return f"其实是网页，不是 Word 文件；请把名字里的 {suffix} 改成 .html"
    return next((why for head, why in _HEADS.items() if re.match(head, raw, re.DOTALL)), "")


def _why_not_zip(raw: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except Exception:  # the reader says what is wrong with a broken one
        return ""
    for what, why in _IN_ZIP.items():
        if any(name == what or (what.endswith("/") and name.startswith(what)) for name in names):
            return why
    return "" if suffix in WORD else "是压缩包；请先解压，再导入里面的文件"


def _why_not_old(raw: bytes, suffix: str) -> str:
    held = next((why for stream, why in _STREAMS.items() if f"{stream}\0".encode("utf-16-le") in raw), "")
    if suffix == ".wps" and held in ("", _OLD[".doc"]):
        return _OLD[".wps"]
    return held or _OLD.get(suffix, "是旧版 Office 文件，还不能读；请在 Office/WPS 里另存为新格式")
