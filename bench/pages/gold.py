"""A page's text file and its labels, line by line and character by character."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.pages.habits import Style
from bench.pages.records import Block, Piece, Story
from bench.pages.typeset import Slice
from bench.pages.wear import worn

Labels = dict[str, Any]
"""A page's labels as JSON has them; ``docs/reading-evidence.md`` describes the keys."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A piece where it was printed: its characters and its line (counted from 1)."""

    piece: Piece
    start: int
    end: int
    line: int


@dataclass(slots=True)
class Printer:
    """Writes blocks down and remembers where every piece went."""

    style: Style
    rnd: random.Random
    lines: list[str] = field(default_factory=list)
    found: list[_Printed] = field(default_factory=list)
    size: int = 0

    def text_of(self, blocks: Sequence[Block]) -> str:
        """The page's text."""
        for block in blocks:
            for i, line in enumerate(block.lines):
                self._write(line)
                after = block.lines[i + 1] if i + 1 < len(block.lines) else None
                if self._blank_after(line, after):
                    self._end("")
            if self.style.blank != "none" and self.lines and self.lines[-1]:
                self._end("")
        return "\n".join(self.lines) + "\n"

    def _write(self, line: Sequence[Piece]) -> None:
        printed = ""
        number = len(self.lines) + 1
        digits = self.style.digits and self.rnd.random() < 0.5
        for piece in line:
            printed += piece.before + piece.prefix
            text = worn(piece.text, self.style, self.rnd, digits)
            start = self.size + len(printed)
            self.found.append(_Printed(piece, start, start + len(text), number))
            printed += text + piece.suffix
        self._end(printed)

    def _end(self, printed: str) -> None:
        self.lines.append(printed)
        self.size += len(printed) + 1

    def _blank_after(self, line: Sequence[Piece], after: Sequence[Piece] | None) -> bool:
        if self.style.blank not in ("all", "some"):
            return False
        runs_on = (
            after is not None and line[-1].kind == after[0].kind == "body" and line[-1].rank[0] == after[0].rank[0]
        )
        if self.style.printed and runs_on and line[-1].article == after[0].article:  # type: ignore[index]
            return self.rnd.random() < 0.08
        return self.style.blank == "all" or self.rnd.random() < 0.7


def labels(printer: Printer, stories: Sequence[Story], lost: dict[int, list[Slice]], damage: Counter[str]) -> Labels:
    """The labels of a page that was printed."""
    by_line: defaultdict[int, list[_Printed]] = defaultdict(list)
    by_story: defaultdict[int, list[_Printed]] = defaultdict(list)
    for printed in printer.found:
        by_line[printed.line].append(printed)
        if printed.piece.article is not None:
            by_story[printed.piece.article].append(printed)
    chief = {n: max(own, key=lambda p: len(p.piece.text)) for n, own in by_line.items()}
    sections = {p.piece.text: p.line for p in printer.found if p.piece.role == "section"}
    shared = {
        n: [[p.start, p.end, p.piece.kind, p.piece.article] for p in own]
        for n, own in by_line.items()
        if len({(p.piece.kind, p.piece.article) for p in own}) > 1 or any(p.piece.before for p in own)
    }
    return {
        "doc": "",
        "articles": [_article(story, by_story[i], chief, sections, lost.get(i, [])) for i, story in enumerate(stories)],
        "line_kinds": {n: p.piece.kind for n, p in chief.items()},
        "line_articles": {n: p.piece.article for n, p in chief.items() if p.piece.article is not None},
        "line_roles": {n: p.piece.role for n, p in chief.items() if p.piece.role},
        "shared_lines": shared,
        "damage": dict(sorted(damage.items())),
        "style": asdict(printer.style),
    }


def _article(
    story: Story,
    own: Sequence[_Printed],
    chief: dict[int, _Printed],
    sections: dict[str, int],
    lost: Sequence[Slice],
) -> Labels:
    text = sorted((p for p in own if p.piece.kind in ("body", "subhead")), key=lambda p: p.piece.rank)
    ranges, continues = _ranges(text, chief)
    section = next((n for words, n in sections.items() if story.section and story.section in words), None)
    return {
        "id": story.key,
        "kind": story.kind,
        "role": story.role,
        "title": " ".join(story.titles),
        "title_lines": _lines(own, "title"),
        "section": story.section,
        "section_lines": [section] if section else [],
        "byline": list(dict.fromkeys(story.byline)),
        "byline_lines": _lines(own, "byline"),
        "paragraphs": ranges,
        "continues": continues,
        "subhead_lines": sorted({p.line for p in text if p.piece.kind == "subhead"}),
        "spans": [[p.start, p.end] for p in text],
        "span_paragraphs": [p.piece.rank[0] for p in text],
        "lost": [list(s) for s in lost],
        "begins_elsewhere": story.begins_elsewhere,
        "ends_elsewhere": story.ends_elsewhere,
        "captions": [[n, n] for n in _lines(own, "caption")],
        "place": {},
        "themes": [""],
        "mechanisms": [],
        "metrics": [],
    }


def _lines(own: Sequence[_Printed], kind: str) -> list[int]:
    return sorted({p.line for p in own if p.piece.kind == kind})


def _ranges(text: Sequence[_Printed], chief: dict[int, _Printed]) -> tuple[list[list[int]], list[int]]:
    """Runs of lines in reading order, and which of them go on with the same paragraph in the next.

    A line with words of several articles belongs to the one that has most of it.
    """
    ranges: list[list[int]] = []
    continues: list[int] = []
    seen: set[int] = set()
    last: _Printed | None = None
    for printed in text:
        n = printed.line
        if chief[n].piece.article != printed.piece.article:
            continue
        same = last is not None and last.piece.rank[0] == printed.piece.rank[0]
        if n in seen:
            last = printed if last and last.line == n else last
            continue
        seen.add(n)
        if same and ranges and n > ranges[-1][1] and all(k not in chief for k in range(ranges[-1][1] + 1, n)):
            ranges[-1][1] = n
        else:
            if same:
                continues.append(len(ranges) - 1)
            ranges.append([n, n])
        last = printed
    return ranges, continues
