"""Which paper, which day, which page: from the file's name or from the lines that a page carries at its edges.

Nothing is guessed from the articles: 11月22日 in a dateline is the day of an event, not of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.records import Page
from core.text.marks import SENTENCE_ENDS

_HAN = "\u4e00-\u9fff"
_YEAR, _MONTH_NO, _DAY = r"(?<!\d)((?:19|20)\d\d)", r"(1[0-2]|0?[1-9])(?!\d)", r"(3[01]|[12]\d|0?[1-9])(?!\d)"
_DATE = re.compile(
    rf"{_YEAR}\s*[-年./_]\s*{_MONTH_NO}\s*[-月./_]\s*{_DAY}\s*日?"
    rf"|{_YEAR}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)"
)
_MONTH = re.compile(rf"{_YEAR}\s*[-年./_]\s*{_MONTH_NO}\s*月?")
_PAGE_NO = re.compile(
    r"第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|(?<![A-Za-z0-9])([A-Z]\d{1,2})(?![A-Za-z0-9])"
)
_NAME_PAGE_NO = re.compile(r"(?<=\d)[-_. ]+([A-Z]?0?\d{1,2})(?=\.|$|[-_. ])")
_KINDS = "日报|晚报|早报|时报|晨报|商报|都市报|快报|周报|新闻|(?<![汇简通海情预申上举填播公年月季])报"
_PAPER = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{1,8}}(?:{_KINDS}))(?![{_HAN}])")
_TODAY_PAPER = re.compile(rf"(?<![{_HAN}])(今日[{_HAN}]{{2,4}})(?![{_HAN}])")
_EDGE_WORDS = re.compile(
    r"星期|周[一二三四五六日]|农历|责任编辑|责编|版式|校对|电话|邮箱|编辑|国内统一|刊号|总第|第?\s*[A-Z]?\d+\s*版|要闻|综合"
)
_EDGE = 8
"""How many printed lines at either end of a page may be its head or foot."""
_SHORT = 60
_TELLING = tuple(SENTENCE_ENDS + "，；")
"""What a line of an article ends with; a colon stands behind 责任编辑 as well."""


def with_masthead(page: Page) -> Page:
    """Return the page with paper, date and page number filled in where its name or its edges tell them."""
    stem = page.name.rsplit(".", 1)[0]
    edges = [line for line in _edge_lines(page.text) if _is_masthead(line)]
    return replace(
        page,
        paper=page.paper or _paper(stem) or _first(_paper, edges),
        published=page.published or _published(stem) or _first(_published, edges),
        page_no=page.page_no or _page_no_of_name(stem) or _first(_page_no, edges),
    )


def _edge_lines(text: str) -> list[str]:
    head = [line.strip() for line in text[:4000].split("\n") if line.strip()][:_EDGE]
    tail = [line.strip() for line in text[-4000:].split("\n") if line.strip()][-_EDGE:]
    return [*head, *tail]


def _is_masthead(line: str) -> bool:
    """A short line that is little but date, page number, paper or the editors' names."""
    if len(line) > _SHORT or line.endswith(_TELLING):
        return False
    rest = line
    for pattern in (_DATE, _MONTH, _PAGE_NO, _PAPER, _TODAY_PAPER):
        rest = pattern.sub("", rest)
    return len(rest) < len(line) and (len(rest.strip(" 　·|—-/:：")) <= 6 or bool(_EDGE_WORDS.search(line)))


def _first(find: Callable[[str], str], lines: list[str]) -> str:
    return next((found for line in lines if (found := find(line))), "")


def _published(text: str) -> str:
    for found in _DATE.finditer(text):
        year, month, day = (g for g in found.groups() if g)
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    month_only = _MONTH.search(text)
    return f"{month_only[1]}-{int(month_only[2]):02}" if month_only else ""


def _paper(text: str) -> str:
    text = text.replace("_", " ")
    found = _PAPER.search(text) or _TODAY_PAPER.search(text)
    return found[1] if found else ""


def _page_no(text: str) -> str:
    found = _PAGE_NO.search(text)
    return (found[1] or found[2]).lstrip("0") if found else ""


def _page_no_of_name(stem: str) -> str:
    if found := _page_no(stem):
        return found
    after_date = _NAME_PAGE_NO.search(stem) if _DATE.search(stem) else None
    return after_date[1].lstrip("0") if after_date else ""
