"""Pages of one PDF that are set in one column are one document, without running heads and page numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.records import Box, Span
from core.sources import read_file
from core.sources.leaves import Leaf, are_of_one, bind
from tests.core.sources.test_pdf import columns, pdf

HEAD = "Bulletin of the county"
LINES = [[f"Line {n} of page {page} is as wide as the others" for n in range(1, 6)] for page in range(1, 4)]


def leaf(*lines: str) -> Leaf:
    """A printed page whose lines stand below each other; an empty one leaves white."""
    boxes, text = [], ""
    for n, line in enumerate(lines):
        if line:
            boxes.append(Box(Span(len(text), len(text) + len(line)), 1, 20, 700 - 20 * n, 380, 714 - 20 * n))
            text += line + "\n"
    return Leaf(text, tuple(boxes))


def printed(lines: list[str], number: str) -> list[tuple[int, int, str]]:
    body = [(20, 340 - 16 * n, line) for n, line in enumerate(lines)]
    return [(20, 380, HEAD), *body, (190, 10, number)]


def test_the_pages_of_a_document_are_one_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*(printed(lines, f"- {n} -") for n, lines in enumerate(LINES, 1))))
    [page] = read_file(tmp_path / "a.pdf")
    assert page.name == "a.pdf"
    assert page.text.split("\n") == [*LINES[0], *LINES[1], *LINES[2], ""]
    assert [page.text[at:].split("\n")[0] for at in page.breaks] == [LINES[1][0], LINES[2][0]]
    assert [page.text[box.span.start : box.span.end] for box in page.lines] == [*LINES[0], *LINES[1], *LINES[2]]


def test_pages_in_columns_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(columns(), columns()))
    assert [page.name for page in read_file(tmp_path / "a.pdf")] == ["a.pdf 第1页", "a.pdf 第2页"]


@pytest.mark.parametrize("number", ["3", "- 3 -", "— 3 —", "第3页", "第 3 页 共 12 页", "3 / 12"])
def test_page_numbers_are_left_out(number: str) -> None:
    assert (
        bind([leaf("修路", "修了", "好了", "", number), leaf("修桥", "修了", "", number)])[0]
        == "修路\n修了\n好了\n修桥\n修了\n"
    )


def test_running_heads_are_left_out_and_what_stands_once_or_close_stays() -> None:
    first = leaf("简报 第1期", "", "修路", "第1季度", "好了")
    second = leaf("简报 第2期", "", "2024年", "", "修桥", "第2季度", "好了")
    text, _, breaks = bind([first, second])
    assert text == "修路\n第1季度\n好了\n2024年\n修桥\n第2季度\n好了\n"
    assert breaks == (len("修路\n第1季度\n好了\n"),)


def test_a_single_page_is_no_collection_of_leaves() -> None:
    assert not are_of_one([leaf("修路", "修了")])
