"""What is to be written up: cases in an order, each with what a person put to it, and how it is to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from core.records import STATE_WORDS, Case, Metric

Kind = Literal["cases", "figures"]
Sources = Literal["footnotes", "list", "none"]
KIND_WORDS: dict[Kind, str] = {"cases": "典型案例汇编", "figures": "数据清单"}
SOURCE_WORDS: dict[Sources, str] = {"footnotes": "脚注", "list": "文末来源表（GB/T 7714）", "none": "不注"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as it stands in what is written, with a note of one's own.

    ``figures`` are the ids of those that were chosen; None for all.
    """

    case: Case
    note: str = ""
    figures: frozenset[str] | None = None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Return the figures that are written, in the order of the case."""
        return tuple(m for m in self.case.metrics if self.figures is None or m.id in self.figures)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person wrote between cases: a heading under which the following ones stand, or a note of paragraphs."""

    kind: Literal["heading", "note"]
    text: str


@dataclass(frozen=True, slots=True)
class Compilation:
    """A title and its cases with what stands between, taken one after the other; they may be made as they are wanted.

    ``total`` counts the cases; ``headed`` says whether there are headings between them, so that the levels of all
    headings are known before.
    """

    title: str
    entries: Iterable[Entry | Passage]
    total: int
    headed: bool = False

    def counted(self) -> Iterator[tuple[int, Entry | Passage]]:
        """Return each with how many cases there are up to it, itself among them."""
        done = 0
        for entry in self.entries:
            done += isinstance(entry, Entry)
            yield done, entry

    def cases(self) -> Iterator[Entry]:
        """Return the cases without what stands between them."""
        return (entry for entry in self.entries if isinstance(entry, Entry))


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of an official document by role (GB/T 9704-2012); an empty ``latin`` is that of the Chinese."""

    title: str = "方正小标宋简体"
    head: str = "黑体"
    second: str = "楷体"
    text: str = "仿宋"
    page: str = "宋体"
    latin: str = ""


FALLBACKS: dict[str, tuple[str, ...]] = {
    "title": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "宋体", "SimSun"),
    "head": ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体"),
    "second": ("楷体", "KaiTi", "楷体_GB2312", "方正楷体_GBK", "方正楷体简体"),
    "text": ("仿宋", "FangSong", "仿宋_GB2312", "方正仿宋_GBK", "方正仿宋简体"),
    "page": ("宋体", "SimSun", "方正书宋_GBK"),
}
"""For each role the fonts that may stand for it, the one of the standard first."""


def fonts_from(installed: Iterable[str]) -> tuple[Fonts, tuple[str, ...]]:
    """Return for each role the first font that is installed, and the names of the standard that are not.

    A role for which none is installed keeps the name of the standard: the file may be read elsewhere.

    >>> fonts_from(["华文中宋", "黑体", "KaiTi", "仿宋", "宋体"])[1]
    ('方正小标宋简体', '楷体')
    """
    there = frozenset(installed)
    found = {role: next((n for n in names if n in there), names[0]) for role, names in FALLBACKS.items()}
    missing = tuple(names[0] for names in FALLBACKS.values() if names[0] not in there)
    return Fonts(**found), missing


@dataclass(frozen=True, slots=True)
class Choices:
    """How a document is written."""

    kind: Kind = "cases"
    sources: Sources = "footnotes"
    states: bool = True
    """Whether figures that nobody has checked are marked, and listed at the end."""
    figures: bool = True
    """Whether each case has a table of its figures."""
    fonts: Fonts = field(default_factory=Fonts)
    template: Path | None = None
    """The office's own .docx, whose styles and page are taken."""


def state_mark(metric: Metric) -> str:
    """Return what is written behind a figure that is not checked: 〔未核〕; empty for a checked one."""
    return "" if metric.state == "checked" else f"〔{STATE_WORDS[metric.state]}〕"
