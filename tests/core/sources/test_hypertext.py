"""HTML gives what a reader would see, with its headings and tables; what a browser mends is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.records import Page
from core.sources import SourceError, read_file


def read(folder: Path, source: str | bytes) -> Page:
    (folder / "a.html").write_bytes(source.encode() if isinstance(source, str) else source)
    [page] = read_file(folder / "a.html")
    return page


def test_html_shows_what_a_reader_sees(tmp_path: Path) -> None:
    raw = (
        '<html><head><meta charset="gb2312"><title>不要</title><style>p{}</style></head><body><nav>首页</nav>'
        "<h1>标题</h1><p>第一段，&ldquo;好&rdquo;<br>换行。</p><script>alert(1)</script><div>第二段</div></body></html>"
    ).encode("gb18030")
    assert read(tmp_path, raw).text.split() == ["标题", "第一段，“好”", "换行。", "第二段"]


# HTML → the lines of its text that are not empty
SHOWN = {
    "white space is drawn together across elements": ("<p>甲 <b> 乙</b>\n丙</p>", ["甲 乙 丙"]),
    "an end tag may be left out": ("<ul><li>甲<li>乙</ul><p>丙<p>丁", ["甲", "乙", "丙", "丁"]),
    "what hides ends with what holds it": ("<div><nav>首页<a>甲</div><p>乙", ["乙"]),
    "options and buttons": ("<p>甲<select><option>乙<option>丙</select><button>丁</button>戊", ["甲戊"]),
    "a remark ends as browsers end it": ("<p>甲<!-- 乙 --!>丙<!-->丁", ["甲丙丁"]),
    "a script that writes a script": ("<p>甲<script>w('<script><\\/script>');</script>乙", ["甲乙"]),
    "an unknown element": ("<o:p>甲</o:p><founder-title>乙</founder-title>丙", ["甲", "乙", "丙"]),
    "references": ("<p>&lt;甲&gt; &#20057; &nix; &amp", ["<甲> 乙 &nix; &"]),
    "behind the end": ("<body><p>甲</body></html>乙", ["甲", "乙"]),
    "a row": ("<table><tr><td>甲<td>乙<tr><th>丙<th>丁</table>", ["甲\t乙", "丙\t丁"]),
    "a lone bracket": ("<p>3 < 5 <", ["3 < 5 <"]),
}


@pytest.mark.parametrize("why", SHOWN)
def test_what_is_seen(tmp_path: Path, why: str) -> None:
    source, lines = SHOWN[why]
    assert [line for line in read(tmp_path, source).text.split("\n") if line] == lines


# HTML → the lines of its text, rows of links left out
LINKS = {
    "a row to choose from": ("<div><a>首页</a> | <a>要闻</a></div><p>甲。</p>", ["甲。"]),
    "a list of other articles": ("<p>甲。</p><ul><li><a>乙</a><li><a>丙</a><li><a>丁</a></ul>", ["甲。"]),
    "a single link": ("<p><a>甲</a></p><p>乙。</p>", ["甲", "乙。"]),
    "links in a sentence": ("<p>见<a>甲</a>和<a>乙</a>。</p>", ["见甲和乙。"]),
    "sentences that are links": ("<p><a>甲。</a><p><a>乙。</a><p><a>丙。</a>", ["甲。", "乙。", "丙。"]),
    "nothing but links": ("<a>甲</a> <a>乙</a>", ["甲 乙"]),
    "headings between": ("<a>甲</a> <a>乙</a><h1>丙</h1><p>丁。<table><tr><td>3<td>5</table>", ["丙", "丁。", "3\t5"]),
}


@pytest.mark.parametrize("why", LINKS)
def test_rows_of_links_are_left_out(tmp_path: Path, why: str) -> None:
    source, lines = LINKS[why]
    page = read(tmp_path, source)
    assert [line for line in page.text.split("\n") if line] == lines
    assert [page.text[h.span.start : h.span.end] for h in page.headings] == ["丙"] * (
        "丙" in lines and "<h1>" in source
    )
    assert [page.text[t.start : t.end] for t in page.tables] == ["3\t5"] * ("3\t5" in lines)


def test_one_empty_line_at_most_and_none_at_the_ends(tmp_path: Path) -> None:
    assert read(tmp_path, "<br><br><div><p>甲</p></div><br><br><br><div><p>乙</div><br>").text == "甲\n\n乙\n"


def test_headings_are_told(tmp_path: Path) -> None:
    page = read(tmp_path, "<nav><h1>站</h1></nav><h1> 甲<br>乙 </h1><p>丙</p><h3></h3><h2><b>丁</b></h2>戊")
    assert [(h.level, page.text[h.span.start : h.span.end]) for h in page.headings] == [(1, "甲\n乙"), (2, "丁")]


def test_tables_of_facts_are_told_from_those_that_lay_out(tmp_path: Path) -> None:
    facts = "<table><tr><td>甲<td>3<tr><td>乙<td>5</table>"
    page = read(tmp_path, f"<table><tr><td>左<td>{facts}</table><table><tr><td>丙<tr><td>丁</table>")
    assert [page.text[t.start : t.end].split() for t in page.tables] == [["甲", "3", "乙", "5"]]


def test_elements_without_end_inside_each_other_are_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "<div>" * 900 + "甲").text == "甲\n"
    with pytest.raises(SourceError, match="一层套一层"):
        read(tmp_path, "<div>" * 1100 + "甲")
