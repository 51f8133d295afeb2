"""One run of the desk: what became of the files that came to it together, from the first until no page is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from core.writing.figure_text import grouped
from gui.kit.words import QT_TRANSLATE_NOOP

_R = "ImportRun"
_PARTS = {
    "failed": QT_TRANSLATE_NOOP(_R, "没有读成 {0} 个"),
    "joined": QT_TRANSLATE_NOOP(_R, "合并 {0} 篇"),
    "known": QT_TRANSLATE_NOOP(_R, "以前导入过 {0} 页"),
}


@dataclass
class Run:
    """How many files came, what of them is in the library now, and what is not."""

    files: int = 0
    pages: int = 0
    cases: int = 0
    failed: int = 0
    known: int = 0
    joined: int = 0
    """How many articles were cases of the library already."""
    sources: list[str] = field(default_factory=list)
    """The ids of the pages that came in."""

    def take(self, source: str, cases: int, joined: int = 0) -> None:
        """Count a page that came in with so many cases, and so many articles that were there already."""
        self.pages += 1
        self.cases += cases
        self.joined += joined
        if source:
            self.sources.append(source)

    def arrived(self) -> str:
        """Return how much came in: 15 页、23 个案例."""
        return _tr("{0} 页、{1} 个案例").format(grouped(self.pages), grouped(self.cases))

    def called(self) -> str:
        """Return what the cases that came in are called together."""
        return _tr("刚收进的 {0} 个案例").format(grouped(self.cases))

    def told(self) -> str:
        """Return what became of all files, in a sentence; what is none is not counted."""
        parts = [_tr("收进 {0}").format(self.arrived())] if self.pages else []
        parts += [_tr(text).format(grouped(n)) for name, text in _PARTS.items() if (n := getattr(self, name))]
        return "，".join(parts) + "。"


def _tr(text: str) -> str:
    return QCoreApplication.translate(_R, text)
