"""A PDF gives a page's text in the order of its columns; what has no text is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.sources import SourceError, read_file

LEFT = ["The first column", "goes on to here."]
RIGHT = ["The second column", "ends the page."]


def pdf(*pages: list[tuple[int, int, str]]) -> bytes:
    """A PDF with text at the given points (x, y, words), one list a page."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, runs in enumerate(pages):
        text = " ".join(f"BT /F 12 Tf {x} {y} Td ({words}) Tj ET" for x, y, words in runs)
        box = "/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {5 + 2 * i} 0 R>>")
        objects.append(f"<</Length {len(text)}>>stream\n{text}\nendstream")
    out, starts = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{n} 0 obj{body}endobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>"
    return out + f"{tail}\nstartxref\n{len(out)}\n%%EOF".encode()


def columns() -> list[tuple[int, int, str]]:
    """Two columns whose lines stand in the file line by line, as typesetting programs write them."""
    lines = zip(LEFT, RIGHT, strict=True)
    return [
        (x, 300 - 16 * row, words) for row, pair in enumerate(lines) for x, words in zip((20, 220), pair, strict=True)
    ]


def test_columns_come_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(columns()))
    [page] = read_file(tmp_path / "a.pdf")
    assert page.text.split("\n") == [*LEFT, *RIGHT, ""]


def test_a_head_across_the_columns_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf([*columns(), (20, 360, "A head that spans both of the columns below it, quite long")])
    )
    [page] = read_file(tmp_path / "a.pdf")
    assert page.text.startswith("A head that spans")
    assert page.text.split("\n")[1:] == [*LEFT, *RIGHT, ""]


def test_each_line_knows_where_it_is_printed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([], columns()))
    [page] = read_file(tmp_path / "a.pdf")
    assert [page.text[box.span.start : box.span.end] for box in page.lines] == [*LEFT, *RIGHT]
    assert {box.page for box in page.lines} == {2}
    assert [round(box.x0 / 10) for box in page.lines] == [2, 2, 22, 22]
    assert all(box.y0 <= base + 1 and base + 5 < box.y1 for box, base in zip(page.lines, (300, 284) * 2, strict=True))


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(columns(), []))
    [page] = read_file(tmp_path / "a.pdf")
    assert (page.name, page.notes) == ("a.pdf 第1页", ("第 2 页是扫描的图像，没有文字，未导入",))


def test_a_scan_gives_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([]))
    with pytest.raises(SourceError, match="是扫描的图像，没有文字；请先用扫描软件识别成文字"):
        read_file(tmp_path / "a.pdf")


def test_a_broken_page_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    raw = pdf(columns(), columns(), columns(), [])
    raw = raw.replace(b"endobj\n6 0 obj<<", b"endobj\n6 0 obj((")
    (tmp_path / "a.pdf").write_bytes(raw)
    first, third = read_file(tmp_path / "a.pdf")
    assert (first.name, third.name) == ("a.pdf 第1页", "a.pdf 第3页")
    assert first.notes == ("第 2 页已损坏，未导入", "第 4 页是扫描的图像，没有文字，未导入")


def test_a_file_of_broken_pages_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.sources.pdf.MAX_CHARS", 5)
    (tmp_path / "a.pdf").write_bytes(pdf([], columns()))
    with pytest.raises(SourceError, match="没有导入：第 2 页的文字多得不正常；请"):
        read_file(tmp_path / "a.pdf")
