"""The texts that n-grams are counted in, and the pages that lines and seams are learnt from."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.pages.__main__ import pages
from bench.pages.gold import Labels
from bench.pages.sources import Issue, is_reserved, issues_of

KEPT_APART = ("202002",)
"""Months of the newspaper that nothing is learnt from: what is made of them shows what learning reached."""
NEVER_LEARNT = ("guangming", "jiemian", "cctvnews")
"""Papers that nothing is learnt from at all."""
TRIED_ON = ("20190220", "20190225", "20200106", "20200115")
"""Days of the newspaper that nothing is learnt from, to try what is learnt before it is scored."""
HALVES = 2
_HALVED = ("rmrb", "crud")
_TRIED_SHARE = 8
"""One in so many of the other issues is kept for that, too."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some pages of a kind: how they are damaged, how many, from which sources."""

    level: str
    count: int
    sources: tuple[str, ...]


OTHERS = ("crud", "xinhua", "rmrb2026", "gov")
SHARES = (
    Share("plain", 360, ("rmrb",)),
    Share("torn", 450, ("rmrb",)),
    Share("rough", 300, ("rmrb",)),
    Share("torn", 200, (*OTHERS, "xwlb")),
    Share("rough", 150, (*OTHERS, "xwlb")),
    Share("clean", 150, ("rmrb",)),
    Share("mild", 150, ("rmrb",)),
    Share("seed", 250, ("rmrb",)),
    Share("harsh", 250, ("rmrb",)),
    Share("plain", 120, OTHERS),
    Share("mixed", 550, (*OTHERS, "xwlb")),
    Share("county", 250, OTHERS),
    Share("small", 100, ("rmrb",)),
    Share("small", 120, OTHERS),
)
"""What is learnt from: a national paper at all levels of damage, other papers and kinds of text mixed."""
AS_PRINTED = ("plain", "torn", "rough")
"""Levels from which the kinds of lines of a text of few lines are not learnt: they are too sure there."""


def learnt_pages(corpus: Path, seed: int, part: float = 1.0, with_tried: bool = False) -> Iterator[tuple[str, Labels]]:
    """Yield the pages to learn from, with their labels; ``part`` makes fewer of each kind.

    ``with_tried`` takes what is kept for trying, too: for the last learning, when all is decided.
    """
    found = [i for i in issues_of(corpus) if not _is_kept_apart(i.key) and (with_tried or not _is_tried_on(i.key))]
    for share in SHARES:
        yield from pages(_of(found, share.sources), share.level, max(1, round(share.count * part)), seed)


def tried_pages(corpus: Path, level: str, count: int, seed: int) -> Iterator[tuple[str, Labels]]:
    """Yield pages to try what was learnt on: half of the newspaper's days kept for it, half of the other issues."""
    found = [i for i in issues_of(corpus) if not _is_kept_apart(i.key) and _is_tried_on(i.key)]
    yield from pages(_of(found, ("rmrb",)), level, count - count // 2, seed)
    yield from pages(_of(found, OTHERS), level, count // 2, seed)


def unlearnt_pages(corpus: Path, level: str, count: int, seed: int) -> Iterator[tuple[str, Labels]]:
    """Yield pages that nothing was learnt from: half of the months kept apart, half of the papers never learnt from."""
    found = issues_of(corpus)
    yield from pages([i for i in _of(found, ("rmrb",)) if _is_kept_apart(i.key)], level, count - count // 2, seed)
    yield from pages(_of(found, NEVER_LEARNT), level, count // 2, seed)


def _of(issues: Iterable[Issue], sources: Sequence[str]) -> list[Issue]:
    return [i for i in issues if i.source in sources]


def _is_kept_apart(key: str) -> bool:
    return any(f"-{month}" in key for month in KEPT_APART)


def _is_tried_on(key: str) -> bool:
    if key.startswith("rmrb-"):
        return any(f"-{day}-" in key for day in TRIED_ON)
    return zlib.crc32(key.encode()) % _TRIED_SHARE == 0


def half_of(date: str) -> int:
    """Return which half of the texts those of a day belong to (``YYYYMMDD`` or ``YYYY-MM-DD``): 0 or 1."""
    return zlib.crc32(date.replace("-", "").encode()) % HALVES


def texts(corpus: Path, sources: Sequence[str], with_tried: bool = False, without: int | None = None) -> Iterator[str]:
    """Yield the paragraphs of some sources, without reserved days, months kept apart and papers never learnt from.

    ``with_tried`` takes the newspaper's days kept for trying, too; ``without`` leaves out a half of the days
    of the sources that most pages are made from.
    """

    def wanted(date: str, halved: bool) -> bool:
        day = date.replace("-", "")[:8]
        kept = is_reserved(day) or day.startswith(KEPT_APART) or (not with_tried and day in TRIED_ON)
        return not kept and not (halved and half_of(day) == without)

    for source in sources:
        own = partial(wanted, halved=source in _HALVED)
        if (corpus / source).is_dir():
            yield from _files(corpus / source, own)
        else:
            yield from _rows(corpus / f"{source}.jsonl", own)


def _files(folder: Path, wanted: Callable[[str], bool]) -> Iterator[str]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        dated = re.match(r"\d{8}", path.name)
        if dated and not wanted(dated[0]):
            continue
        for row in path.read_text("utf-8", "replace").split("\n"):
            text = row.split("正文：", 1)[-1].strip("\u3000 \r\t\u00a0\ufeff")
            if text and (dated or wanted(row[:10])):
                yield text


def _rows(path: Path, wanted: Callable[[str], bool]) -> Iterator[str]:
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            item = json.loads(row)
            if not wanted(str(item.get("date", ""))):
                continue
            paragraphs = item.get("paragraphs") or str(item.get("text", "")).split("\n")
            titles = item.get("titles") or [re.sub(r"^\[视频\]", "", str(item.get("title", "")))]
            yield from [text.strip() for text in (*titles, *paragraphs) if text.strip()]
