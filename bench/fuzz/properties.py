"""What must hold for any input: each function takes bytes and raises ``AssertionError`` or the fault itself."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from core.library.query import words_of
from core.reading import read_page
from core.reading.facts.metrics import find_figures
from core.reading.figures.not_figures import is_time
from core.records import Page
from core.sources import SourceError, read_file

SUFFIXES = (".txt", ".html", ".docx", ".pdf", ".md", ".doc", ".ofd", ".rtf", ".eml", ".mht")
PIECES = (
    "清河县 本报讯 （记者 李明） 通讯员 责任编辑： 图为 摄 # ## ** &nbsp; <p> </p> 1551 一核三化 “ ” 《 》 （ "
    "） 、 ， 。 ： ； ！ ？ … —— · 万 亿 千 百 十 一 二 两 几 数 多 余 近 约 超 不足 分之 百分之 % 个百分点 "
    "成 倍 元 万元 亿元 个 家 人次 亩 公里 平方米 小时 年 月 日 年以来 截至目前 今年 去年 同比 增长 下降 占 第 首 "
    "半 每 至 — ~ - . , : / × ^ 第3版 2023年11月22日 36 1,200 3.5 ０ 壹 廿 的 和 等 了 省 市 县 区 镇 村 街道 "
    "即 是指 模式 机制 平台 工作法 建立 目前 我县 全市 衢州 常山 工程 http:// @ + \u200b \u202e \u3000 \t \n \n\n "
    "\r \ufeff \u0301 \ud800"
).split(" ")


def text_of(raw: bytes) -> str:
    """A text of pieces that newspapers print: a byte a piece, those above 200 a character of their own."""
    return "".join(PIECES[b % len(PIECES)] if b < 200 else chr(0x4E00 + 37 * b) for b in raw)


def read_any_file(raw: bytes) -> None:
    """A file of any kind gives pages or a sentence."""
    suffix = SUFFIXES[raw[0] % len(SUFFIXES)] if raw else ".txt"
    body = _docx(raw[1:]) if suffix == ".docx" and raw[1:2] < b"\x80" else raw[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"版{suffix}"
        path.write_bytes(body)
        try:
            pages = read_file(path)
        except SourceError:
            return
    for page in pages:
        assert page.text.strip()
        assert "\r" not in page.text
        page.text.encode()


def _docx(body: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
    return buffer.getvalue()


def read_any_page(raw: bytes) -> None:
    """Any text is read to articles whose spans lie in it."""
    text = text_of(raw)
    for article in read_page(Page(text, "a.txt")):
        spans = [*article.title_spans, *article.byline_spans, *article.captions]
        spans += [s for p in article.paragraphs for s in p.spans]
        spans += [s for m in article.metrics for s in (m.span, m.quote_span) if s]
        spans += [s for m in article.mechanisms for s in m.spans]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)


def find_any_figures(raw: bytes) -> None:
    """Figures are literal, worth the same when they are read alone, in order and apart."""
    text, last = text_of(raw), 0
    for figure in find_figures(text):
        assert last <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.printed
        last = figure.end
        if figure.printed.endswith(figure.unit or "\0"):  # a unit may stand behind a later number of a list
            again = [(f.value, f.value_max) for f in find_figures(figure.printed)]
            is_date_alone = not again and is_time(figure.printed)  # 1551年 is one, 1551年余 lasts
            assert is_date_alone or again == [(figure.value, figure.value_max)], (figure, again)


def read_any_words(raw: bytes) -> None:
    """What is typed gives words without white space, each once, the same when typed again."""
    words = words_of(raw.decode("utf-8", "ignore"))
    assert len(set(words)) == len(words)
    assert all(word and not any(c.isspace() for c in word) for word in words)


PROPERTIES: dict[str, Callable[[bytes], None]] = {
    "files": read_any_file,
    "pages": read_any_page,
    "figures": find_any_figures,
    "words": read_any_words,
}
