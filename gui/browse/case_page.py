"""A case set on a page: what it says, where it was printed, the hits of a search and the words of its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from core.places.areas import NO_PLACE
from core.records import MECHANISM_KINDS, STATE_WORDS, Case, Mechanism, Span, date_text
from core.text.forms import Forms
from core.text.repair import Repaired, repair
from gui import theme
from gui.browse.printed import LONGEST_STRETCH, Printed, repaired, starts_of, units
from gui.kit.page import BLANK, JOINER, NARROW, Block, Ground, Page, Style, hung, label_room
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.library import CaseRow
    from core.library.answers import SourceRow

    Siblings = Sequence[tuple[CaseRow, float]]
    """Reprints and near-copies with their likeness (0–1)."""

Marks = Callable[[str], list[tuple[int, int]]]
Found = tuple[int, int, int]
"""Where a figure stands in a text (half open), and its place among the figures of the case."""

TITLE = Block(above=0, below=6, line=1.4, size=1.25)
META = Block(below=2, line=1.7, size=0.8125)
HEAD = Block(above=14, below=2, line=1.8, size=0.875)
PARAGRAPH = Block(below=6)
BODY = Block(below=6, first=2)
CHIPS = Block(above=2, below=6, line=2.3, size=0.875)
UNFOLDED = Block(below=4, line=1.6, indent=1.2, size=0.9375)
EXCERPT = Block(below=2, line=1.65, indent=1, size=0.9375)
LONGEST_EXCERPT, AROUND = 200, 40
"""A line of more characters is shown only so far around its figure."""
SMALL = Style("text-2", 0.8125)
HEADING = Style("text-2", 0.875, bold=True)
LINK = Style("accent", 0.875)
SEPARATOR = f"{NARROW}· "
"""No line begins with the dot."""
SENTENCE = re.compile(r"[^。！？]*(?:[。！？]+[”’」』）]*|$)\n*")
SENTENCE_END = re.compile(r"[。！？][”’」』）]*")
DATE = re.compile(r"\d{4}年\d{1,2}月(\d{1,2}日)?(第\d+版)?")

# field of the case: its head
PARTS: tuple[tuple[str, str], ...] = (
    ("background", QT_TRANSLATE_NOOP("CasePane", "背景")),
    ("practice", QT_TRANSLATE_NOOP("CasePane", "做法")),
    ("result", QT_TRANSLATE_NOOP("CasePane", "成效")),
)
KINDS = {"news": QT_TRANSLATE_NOOP("CasePane", "新闻"), "caption": QT_TRANSLATE_NOOP("CasePane", "图说")}


@dataclass
class CasePage:
    """Sets one case on a page and remembers where its figures stand in what was printed."""

    page: Page
    case: Case
    source: str
    marks: Marks
    tr: Callable[[str], str]
    opened: set[str]
    siblings: Siblings = ()
    also: Sequence[SourceRow] = ()
    """The pages, besides its own, on which it is printed."""
    evidence: dict[int, list[Ground]] = field(default_factory=dict)
    runs: list[Printed] = field(default_factory=list)
    """What of the page was printed, in the order of the page."""

    def set(self) -> Iterator[None]:
        """Write the page from the title to the captions; a step a paragraph, so that a long page can be shown early."""
        self._title()
        self._meta()
        yield from self._prose(self._told_once(), PARAGRAPH)
        for name, head in PARTS:
            yield from self._part(self.tr(head), getattr(self.case, name))
        self._mechanisms()
        yield from self._body()
        yield from self._captions()
        yield from self._excerpts()
        if not (self.case.summary or self.case.practice or self.case.body or self.evidence):
            self.page.block(PARAGRAPH)
            self.page.say(self.tr("这个案例还没有正文。"), Style("text-3"))
        self._also()
        self._siblings()

    # head

    def _title(self) -> None:
        above = "　".join(x for x in (self.case.section, self.tr(KINDS.get(self.case.kind, ""))) if x)
        if above:
            self.page.block(META)
            self.page.say(above, Style("accent", 0.8125))
        self.page.block(hung(TITLE, self.case.title))
        struck = self.case.state == "wrong"
        self._run(self.case.title, (), Style("text", 1.25, bold=True, struck=struck))

    def _meta(self) -> None:
        case = self.case
        self.page.block(META)
        start, end = self.page.say(BLANK, SMALL)
        self.page.ground(start, end, "picture", case.state)
        self.page.say(f" {self.tr(STATE_WORDS[case.state])}", Style(theme.STATE_ROLES[case.state], 0.8125))
        place = "".join(case.place.names) or NO_PLACE
        themes = "、".join(case.themes) or self.tr("主题未定")
        for text in (place, themes, *map(unbroken, _printed_where(case, self.tr("报名不详")))):
            self.page.say(SEPARATOR, Style("text-3", 0.8125))
            self._run(text, (), SMALL)
        self.page.say(SEPARATOR, Style("text-3", 0.8125))
        tip = self.tr("标题、地区、主题、机制、数据各印在哪里")
        self.page.say(self.tr("查出处"), Style("accent", 0.8125), "proof-0", tip)
        self._own_marks()
        if case.byline:
            self.page.block(META)
            self.page.say(self.tr("署名：") + "、".join(case.byline), Style("text-3", 0.8125))
        if case.fault:
            self.page.block(META)
            self.page.say(case.fault, Style(theme.STATE_ROLES["wrong"], 0.875))
        self.page.space(10)

    def _own_marks(self) -> None:
        """The star, the tags and the note that a person gave it."""
        case = self.case
        if case.starred or case.tags:
            self.page.block(META)
            self.page.say("★ " if case.starred else "", Style("warning", 0.8125))
            self.page.say(self.tr("标签：") + "、".join(case.tags) if case.tags else self.tr("星标"), SMALL)
        if case.note:
            self.page.block(META)
            self.page.say(self.tr("备注：") + case.note, SMALL)

    # what we say of it

    def _part(self, head: str, text: str) -> Iterator[None]:
        if text.strip():
            self._head(head)
            yield from self._prose(text, PARAGRAPH)

    def _told_once(self) -> str:
        """Return the summary without the sentences that 背景, 做法 or 成效 say again, in a case that a program read."""
        parts = "".join("".join(getattr(self.case, name).split()) for name, _ in PARTS)
        sentences = SENTENCE.findall(self.case.summary)
        return "".join(s for s in sentences if "".join(s.split()) not in parts).strip("\n")

    def _prose(self, text: str, block: Block) -> Iterator[None]:
        for paragraph in filter(None, (p.strip() for p in text.split("\n"))):
            yield from self._plain(paragraph, block)

    def _plain(self, paragraph: str, block: Block) -> Iterator[None]:
        """Write a paragraph in which figures are known by their printed form."""
        for start, end in stretches(paragraph):
            self.page.block(part_of(block, paragraph, start, end))
            piece = paragraph[start:end]
            self._run(piece, self._named(piece), Style())
            yield

    def _head(self, text: str) -> None:
        self.page.block(HEAD)
        self.page.say(text, HEADING)

    # mechanisms

    def _mechanisms(self) -> None:
        if not self.case.mechanisms:
            return
        self._head(self.tr("机制"))
        self.page.block(CHIPS)
        for i, mechanism in enumerate(self.case.mechanisms):
            self._chip(i, mechanism)
        for i, mechanism in enumerate(self.case.mechanisms):
            if mechanism.name in self.opened:
                self._unfolded(i, mechanism)

    def _chip(self, at: int, mechanism: Mechanism) -> None:
        opened = mechanism.name in self.opened
        if at:
            self.page.say(BLANK)
        label = f"{NARROW * 3}{mechanism.name}{NARROW * 7}"
        tip = self.tr("收起") if opened else self.tr("展开：它由什么组成，谁参与")
        start, end = self.page.say(JOINER.join(label), Style("accent", 0.875), f"chip-{at}", tip)
        self.page.ground(start, end, "chip", "chevron-up" if opened else "chevron-down")

    def _unfolded(self, at: int, mechanism: Mechanism) -> None:
        page = self.page
        page.space(12)
        page.block(UNFOLDED)
        start, _ = self._run(mechanism.name, (), Style("text", 0.9375, bold=True))
        if mechanism.kind:
            page.say("　" + self.tr(MECHANISM_KINDS[mechanism.kind]), SMALL)
        if mechanism.note:
            page.block(UNFOLDED)
            self._run(mechanism.note, (), Style("text", 0.9375))
        participants = self.tr("参与")
        hanging = replace(UNFOLDED, hang=label_room([participants, *(p.label for p in mechanism.parts)]))
        for part in mechanism.parts:
            page.block(hanging)
            page.say(part.label, Style("accent", 0.9375, bold=True))
            page.say("\t")
            self._run(part.meaning, (), Style("text", 0.9375))
        if mechanism.participants:
            page.block(hanging)
            page.say(f"{participants}\t", SMALL)
            self._run("、".join(mechanism.participants), (), Style("text", 0.9375))
        page.block(UNFOLDED)
        page.say(self.tr("查找这一机制"), LINK, f"search-{at}")
        page.say("　　")
        page.say(self.tr("谁还有相近的做法"), LINK, f"mechanism-{at}")
        page.say("　　")
        _, end = page.say(self.tr("印在哪里"), LINK, f"printed-{at}")
        page.ground(start, end, "panel")
        page.space(20)

    # what was printed

    def _body(self) -> Iterator[None]:
        case = self.case
        if not case.body:
            return
        self._head(self.tr("正文"))
        for i, paragraph in enumerate(case.body):
            spans = case.body_spans[i] if i < len(case.body_spans) else ()
            printed = repaired(self.source, spans) if self.source and spans else None
            if printed is not None and len(printed.text) == len(paragraph):
                yield from self._laid_out(paragraph, printed, spans)
            else:
                yield from self._plain(paragraph, BODY)

    def _laid_out(self, paragraph: str, printed: Repaired, spans: tuple[Span, ...]) -> Iterator[None]:
        """Write a paragraph whose characters are known where they were printed."""
        for start, end in stretches(paragraph):
            piece = Repaired(printed.text[start:end], printed.offsets[start:end])
            run = self._printed(paragraph[start:end], piece, part_of(BODY, paragraph, start, end), Style())
            self.runs.append((*run, spans, start))
            yield

    def _captions(self) -> Iterator[None]:
        if self.case.captions and self.source:
            self._head(self.tr("图说"))
            for span in self.case.captions:
                printed = repair(self.source, (span,))
                run = self._printed(printed.text, printed, PARAGRAPH, Style("text-2", 0.9375))
                self.runs.append((*run, (span,), 0))
                yield

    def _excerpts(self) -> Iterator[None]:
        """The lines of the source that hold figures which stand nowhere else on this page."""
        lines = _joined(_line_around(self.source, at) for at in self._unseen())
        if not lines:
            return
        self._head(self.tr("原文摘录"))
        first = last = None
        for line in lines:
            printed = repair(self.source, (line,))
            begun = line.start == 0 or self.source[line.start - 1] == "\n"
            ended = line.end == len(self.source) or self.source[line.end] == "\n"
            run = self._printed(printed.text, printed, EXCERPT, Style("text", 0.9375), "" if begun else "……")
            self.runs.append((*run, (line,), 0))
            if not ended:
                self.page.say("……", Style("text", 0.9375))
            first, last = first or run, run
            yield
        if first and last:
            self.page.ground(first[0], last[1], "quote")
        self.page.space(8)

    def _also(self) -> None:
        """The foot: the other pages on which the case is printed, each a way to it."""
        if self.also:
            from gui.browse.sources import source_text

            self._head(self.tr("也登在 {0} 处").format(len(self.also)))
            for i, row in enumerate(self.also):
                self.page.block(META)
                self.page.say(source_text(row) or self.tr("（没有名字）"), LINK, f"also-{i}", self.tr("到这一版去"))
                if row.name and row.paper:
                    self.page.say(SEPARATOR + row.name, Style("text-3", 0.8125))

    def _siblings(self) -> None:
        """The foot: where the same was printed, too."""
        if not self.siblings:
            return
        self._head(self.tr("相同或相近的文章 {0} 篇").format(len(self.siblings)))
        for i, (row, share) in enumerate(self.siblings):
            self.page.block(META)
            self.page.say(row.title or self.tr("（无标题）"), LINK, f"sibling-{i}", self.tr("打开这一篇"))
            alike = self.tr("几乎相同") if share >= 1 else self.tr("相近 {0:.0%}").format(share)
            for text in filter(None, (row.place, date_text(row.published), alike)):
                self.page.say(SEPARATOR + text, Style("text-3", 0.8125))

    def _unseen(self) -> list[Span]:
        spans = ((i, m.quote_span or m.span) for i, m in enumerate(self.case.metrics) if i not in self.evidence)
        return [s for _, s in spans if s is not None and 0 <= s.start < s.end <= len(self.source)]

    def _printed(self, text: str, printed: Repaired, block: Block, style: Style, before: str = "") -> tuple[int, int]:
        """Write a printed text and remember where its figures and their quotes stand."""
        found = self._spanned(printed)
        self.page.block(block)
        self.page.say(before, style)
        start, end = self._run(text, [(a, b, i) for i, (a, b), _ in found], style)
        for i, (a, b), quote in found:
            kept = self.evidence.setdefault(i, [])
            if quote:
                kept.append(Ground(start + units(text, quote[0]), start + units(text, quote[1]), "evidence"))
            kept.append(Ground(start + units(text, a), start + units(text, b), "proof"))
        return start, end

    def _spanned(self, printed: Repaired) -> list[tuple[int, tuple[int, int], tuple[int, int] | None]]:
        """The figures printed here: which, where, and where their quote stands."""
        if not printed.offsets:
            return []
        near = self._figures_in(min(printed.offsets), max(printed.offsets))
        metrics = [self.case.metrics[i] for i in near]
        places = printed.places_of(m.span or m.quote_span for m in metrics)
        quotes = printed.places_of(m.quote_span for m in metrics)
        found = zip(near, places, quotes, strict=True)
        return [(i, place, quote) for i, place, quote in found if place]

    def _figures_in(self, low: int, high: int) -> list[int]:
        """The figures that may stand between two offsets of the source, in the order of the case."""
        starts = starts_of(self.case.metrics)
        first = bisect_left(starts.at, (low - starts.longest, -1))
        last = bisect_right(starts.at, (high, len(self.case.metrics)))
        return sorted(i for _, i in starts.at[first:last])

    @cached_property
    def _forms(self) -> Forms:
        return Forms(m.printed for m in self.case.metrics)

    def _named(self, text: str) -> list[Found]:
        """The figures that a text of our own names in their printed form."""
        return list(self._forms.found(text))

    # a run of text with everything in it

    def _run(self, text: str, figures: Iterable[Found], style: Style) -> tuple[int, int]:
        """Add a text, its figures as links, and the grounds of the search's hits in it."""
        at = start = self.page.here()
        done = 0
        for a, b, i in _apart(figures):
            self.page.say(text[done:a], style)
            tip = self.tr("{0}：在数据表中查看").format(self.case.metrics[i].indicator)
            at = self.page.say(text[a:b], replace(style, dotted=True), f"figure-{i}", tip)[1]
            done = b
        at = self.page.say(text[done:], style)[1]
        for a, b in self.marks(text) if text else ():
            self.page.ground(start + units(text, a), start + units(text, b), "hit")
        return start, at


def stretches(paragraph: str) -> list[tuple[int, int]]:
    """Return a paragraph as stretches (half open) that can be laid out one by one: sentences of some screens' length.

    A text of a million characters without a line break is one paragraph; laying it out at once takes seconds.
    """
    cuts = [0]
    while len(paragraph) - cuts[-1] > LONGEST_STRETCH:
        end = SENTENCE_END.search(paragraph, cuts[-1] + LONGEST_STRETCH // 2, cuts[-1] + LONGEST_STRETCH)
        cuts.append(end.end() if end else cuts[-1] + LONGEST_STRETCH)
    return list(pairwise([*cuts, len(paragraph)]))


def part_of(block: Block, paragraph: str, start: int, end: int) -> Block:
    """Return how a stretch of a paragraph is set, so that the stretches look like one."""
    first, below = (0 if start else block.first), (0 if end < len(paragraph) else block.below)
    return replace(block, first=first, below=below)


def _printed_where(case: Case, unknown: str) -> list[str]:
    """Paper, date and page of each citation; the headline is the title already. That no paper is known is said."""
    texts = (
        "，".join(t for t in ("" if c.paper else unknown, replace(c, headline="").text()) if t) for c in case.citations
    )
    return list(dict.fromkeys(texts))


def unbroken(text: str) -> str:
    """Return the text with its dates joined, so that no line ends inside 2024年3月12日第3版."""
    return DATE.sub(lambda date: JOINER.join(date[0]), text)


def _line_around(source: str, span: Span) -> Span:
    """The printed line or lines that hold a span; of a line without end only what stands around it."""
    start = source.rfind("\n", 0, span.start) + 1
    end = source.find("\n", span.end)
    end = len(source) if end < 0 else end
    if end - start > LONGEST_EXCERPT:
        start, end = max(start, span.start - AROUND), min(end, span.end + AROUND)
    return Span(start, end)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _apart(figures: Iterable[Found]) -> list[Found]:
    """The figures in order, the longest first where they overlap, each character in one of them only."""
    out: list[Found] = []
    for a, b, i in sorted(figures, key=lambda f: (f[0], -f[1])):
        if not out or a >= out[-1][1]:
            out.append((a, b, i))
    return out
