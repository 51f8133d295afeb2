"""Articles of a corpus folder, issue by issue. What may lie there:

- folders of files ``YYYYMMDD-PP-NN.txt`` (date, page, article): title lines, an empty line, the text;
- ``NAME.jsonl``, an object a line: ``{"paper", "date", "titles", "paragraphs", "byline"}`` or ``{"date", "title",
  "text"}``, ``date`` among the first keys; other files are left alone;
- folders of files with a line an article, ``DATE TIME，正文：TEXT``, web news without headlines and paragraphs: those
  about counties, towns and villages are taken, paragraphs are cut at ends of sentences to natural lengths, and the
  headline is the first clause of the lead that can stand alone (``clauses``).

Days and months that are reserved for examination are left out everywhere.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.pages.clauses import headline_of, paragraphs_of
from bench.pages.parse import parse
from bench.pages.records import Article

RESERVED_DAYS = frozenset({"07", "09", "16", "21", "23", "26"})
RESERVED_MONTHS = frozenset({"201910", "202005"})
_PAGE = re.compile(r"(\d{8})-(\d\d)-\d\d\.txt")
_ROW_PAPER = re.compile(r'\{"paper": "([^"]+)"')
_ROW_DATE = re.compile(r'"date": "([^"]*)"')
_WEB = re.compile(r"(\d{4}-\d\d-\d\d)[^，]{0,14}，正文：(.+)")
_LOCAL = re.compile(r"[县镇乡村]|我市|我省|全市|社区|街道")
_MARKETS = re.compile(r"股份|主力资金|基金|涨停|收盘|净值|证券|A股|港股|手机|游戏|球队|NBA|网友|明星|演员")
_BROADCAST = re.compile(r"^(?:中国网络电视台|央视网)?消息\s*[（(]新闻联播[）)]\s*[：:]\s*")
_FEW = 5
"""A paper with fewer articles than this shares its issues with the other small ones of its file."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Some articles of one paper that may stand on a page together; ``whole`` says that they are documents."""

    key: str
    source: str
    paper: str
    load: Callable[[], list[Article]]
    whole: bool = False


def is_reserved(date: str) -> bool:
    """Whether a day (``YYYYMMDD`` or ``YYYY-MM-DD``) is kept for examination.

    >>> is_reserved("2020-02-07"), is_reserved("20200208"), is_reserved("20191001"), is_reserved("")
    (True, False, True, False)
    """
    digits = date.replace("-", "")[:8]
    return digits[6:] in RESERVED_DAYS or digits[:6] in RESERVED_MONTHS


def issues_of(corpus: Path, papers: Sequence[str] = ()) -> list[Issue]:
    """The issues of a corpus folder in a fixed order, of some papers (or sources) or of all.

    :raises FileNotFoundError: the folder holds no article that a page could be set from.
    """
    found = [issue for path in sorted(corpus.iterdir()) for issue in _issues_at(path)]
    chosen = [i for i in found if not papers or i.source in papers or i.paper in papers]
    if not chosen:
        raise FileNotFoundError(f"no articles in {corpus}" + (f" of {', '.join(papers)}" if papers else ""))
    return chosen


def _issues_at(path: Path) -> Iterator[Issue]:
    if path.suffix == ".jsonl":
        yield from _rows(path)
    elif path.is_dir():
        pages = sorted(p for p in path.rglob("*.txt") if _PAGE.fullmatch(p.name))
        yield from _files(path.name, pages) if pages else _web(path)


def _files(source: str, paths: Iterable[Path]) -> Iterator[Issue]:
    groups: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in paths:
        found = _PAGE.fullmatch(path.name)
        if found and not is_reserved(found[1]):
            groups[found[1], found[2]].append(path)
    for (date, page), own in sorted(groups.items()):
        if len(own) > 2:
            yield Issue(f"{source}-{date}-{page}", source, source, lambda own=own, date=date: _read(source, date, own))  # type: ignore[misc]


def _read(source: str, date: str, paths: Sequence[Path]) -> list[Article]:
    out = []
    for path in paths:
        lines = [x.strip("\u3000 \r\t\u00a0\ufeff") for x in path.read_text("utf-8", "replace").split("\n")]
        start = next((i for i, line in enumerate(lines) if line), len(lines))
        end = next((i for i in range(start, len(lines)) if not lines[i]), len(lines))
        out.append(parse(path.stem, source, date, lines[start:end], lines[end:]))
    return [a for a in out if a]


def _rows(path: Path) -> Iterator[Issue]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            date = _ROW_DATE.search(line[:200])
            if not date or '"title' not in line:
                continue
            paper = _ROW_PAPER.match(line)
            if not is_reserved(date[1]):
                groups[paper[1] if paper else path.stem].append(line)
    small = [rows for rows in groups.values() if len(rows) < _FEW]
    large = {paper: rows for paper, rows in groups.items() if len(rows) >= _FEW}
    if small:
        large.setdefault(path.stem, []).extend(row for rows in small for row in rows)
    for name, rows in sorted(large.items()):
        whole = '"date": ""' in rows[0][:120]
        yield from _chunks(path.stem, name, rows, lambda row, key: _row(row, key, path.stem), whole)


def _row(row: str, key: str, source: str) -> Article | None:
    item = json.loads(row)
    date = str(item.get("date", ""))
    if "text" in item:
        title = re.sub(r"^\[视频\]|^【[^】]*】", "", item["title"])
        lines = [_BROADCAST.sub("", x.strip()) for x in item["text"].split("\n")]
        return parse(key, source, date, [title], lines)
    return parse(key, item["paper"], date, item["titles"], item["paragraphs"], item.get("byline") or ())


def _web(path: Path) -> Iterator[Issue]:
    rows = []
    for file in sorted(p for p in path.iterdir() if p.is_file()):
        for line in file.read_text("utf-8", "replace").split("\n"):
            head = line[:220]
            if "正文：" in head and "原标题" not in head and _LOCAL.search(head) and not _MARKETS.search(head):
                found = _WEB.match(line)
                if found and not is_reserved(found[1]) and 200 <= len(found[2]) <= 3500:
                    rows.append(line)
    rows.sort()
    yield from _chunks(path.name, path.name, rows, lambda row, key: _web_article(row, key, path.name))


def _web_article(row: str, key: str, source: str) -> Article | None:
    found = _WEB.match(row)
    if not found:
        return None
    text = re.sub(r"\s+", " ", found[2]).strip()
    rnd = random.Random(key)
    title = headline_of(text, rnd)
    return parse(key, source, found[1], [title], paragraphs_of(text, rnd)) if title else None


def _chunks(
    source: str,
    paper: str,
    rows: Sequence[str],
    read: Callable[[str, str], Article | None],
    whole: bool = False,
) -> Iterator[Issue]:
    """Neighbours together, five to nine an issue."""
    rnd = random.Random(f"{source}/{paper}")
    rest = iter(enumerate(rows))
    while own := list(islice(rest, rnd.randint(5, 9))):
        key = f"{source}-{paper}-{own[0][0]:06d}"

        def load(own: list[tuple[int, str]] = own) -> list[Article]:
            parsed = [read(row, f"{source}-{n:06d}") for n, row in own]
            return [a for a in parsed if a]

        if len(own) > 2:
            yield Issue(key, source, paper, load, whole)
