"""From chains of pieces to articles: paragraphs, headline and section, byline, captions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from core.reading.page.bylines import Byline
from core.reading.page.captions import is_credit
from core.reading.page.lines import BULLET, MARKUP, without_markup
from core.reading.page.pieces import Piece
from core.reading.page.seams import OPENERS
from core.reading.page.structure import Item, Seam, Structure
from core.records import Article, Paragraph, Span

_PICTURE_WORDS = 0.3
_LONGEST_PICTURE_NEWS = 420
_WIDEST_COLUMN, _SET_IN_SHARE = 62.0, 0.15
"""Full-width characters of a line of a column; the share of lines set in of a page that sets paragraphs in."""
_STUB = 40
_DOUBTFUL = 0.7
_SHOWN = 8
_NEAR_LINES = 12
# ——老区的新日子, 修路——
_DASH = re.compile(r"^[—－\-]{1,3}|[—－]{1,3}$")


_WITHIN = Seam(1.0, "")
"""Between the parts of one printed line."""


@dataclass(slots=True)
class _Draft:
    """An article in the making; numbers are those of the page's pieces and items."""

    headline: int | None
    chain: list[int]
    start: Seam
    title_lines: list[int] = field(default_factory=list)
    section: str = ""
    captions: list[int] = field(default_factory=list)
    bylines: list[tuple[int, Byline]] = field(default_factory=list)
    """Bylines with the offset of the text that they were read from."""


class _Assembly:
    """Puts the articles of a page together from its structure."""

    def __init__(self, structure: Structure) -> None:
        self.text, self.items, self.pieces = structure.text, structure.items, structure.pieces
        self.titles, self.seams = structure.titles, structure.seams
        self._structure = structure

    def articles(self) -> list[Article]:
        """Return the articles in the order of their headlines on the page, pictures with news of their own last."""
        drafts = [_Draft(c.headline, c.pieces, c.start) for c in self._structure.chains]
        drafts = self._without_stubs(drafts)
        self._name(drafts)
        self._sign(drafts)
        pictures = self._picture_news(drafts)
        self._number_sections(drafts)
        whole = [self._article(d) for d in drafts if d.chain]
        return [a for a in [*whole, *pictures] if a.paragraphs]

    def _without_stubs(self, drafts: list[_Draft]) -> list[_Draft]:
        """Short rests that no headline claims go to the article that they stand behind, marked as doubtful."""
        kept: list[_Draft] = []
        owner: dict[int, _Draft] = {i: d for d in drafts if d.headline is not None for i in d.chain}
        for draft in drafts:
            first = draft.chain[0]
            rest = draft.headline is None and sum(len(self.pieces[i].text) for i in draft.chain) < _STUB
            home = owner.get(first - 1) or owner.get(draft.chain[-1] + 1) if rest else None
            if home is None:
                kept.append(draft)
                continue
            at = home.chain.index(first - 1) + 1 if first - 1 in home.chain else 0
            neighbours = home.chain[at - 1 : at] if at else []
            home.chain[at:at] = draft.chain
            for a in neighbours:
                self.seams[a, first] = Seam(0.3, "上文缺失，暂接于此")
            owner.update(dict.fromkeys(draft.chain, home))
        return kept

    def _name(self, drafts: Sequence[_Draft]) -> None:
        by_headline = {d.headline: d for d in drafts if d.headline is not None}
        for h, headline in enumerate(self.titles):
            draft = by_headline.get(h)
            if draft is None:
                self._section_for_next(h, by_headline)
            else:
                draft.title_lines = list(headline.lines)
                draft.section = self._structure.sections[h] or draft.section

    def _section_for_next(self, h: int, by_headline: dict[int, _Draft]) -> None:
        """A headline without a body headlines the articles behind it, up to the next such headline."""
        words = " ".join(self.items[i].text for i in self.titles[h].lines)
        for k in range(h + 1, len(self.titles)):
            draft = by_headline.get(k)
            if draft is None:
                return
            draft.section = draft.section or words

    def _number_sections(self, drafts: Sequence[_Draft]) -> None:
        """A headline over a short lead without a byline is the section of the signed articles right behind it."""
        titled = [d for d in drafts if d.headline is not None]
        for k, lead in enumerate(titled):
            short = len(lead.chain) == 1 and not lead.bylines and not self.pieces[lead.chain[0]].ends_open
            if not short or lead.headline is None or k + 1 == len(titled):
                continue
            level = self.items[lead.title_lines[0]].line.marks if lead.title_lines else 0
            for draft in titled[k + 1 :]:
                marks = self.items[draft.title_lines[0]].line.marks if draft.title_lines else 0
                if not draft.bylines or (level and marks <= level):
                    break
                draft.section = draft.section or self._title(lead)

    def _title(self, draft: _Draft) -> str:
        lines = [re.sub(r"\s+", " ", self.items[i].text) for i in draft.title_lines]
        out = ""
        for line in lines:
            out += line if not out or out[-1] in "：:" or _DASH.match(line) else " " + line
        return MARKUP.sub("", out)

    def _sign(self, drafts: Sequence[_Draft]) -> None:
        """Bylines below the headline, in the dateline, in brackets at the end, on a line of their own."""
        behind: dict[int, list[int]] = {}
        for i in self._structure.lone_bylines():
            before = self._structure.last_above(i)
            if before is not None:
                behind.setdefault(before, []).append(i)
        for draft in drafts:
            if draft.headline is not None:
                draft.bylines += [self._own_byline(i) for i in self.titles[draft.headline].bylines]
            for n in draft.chain:
                piece = self.pieces[n]
                found = [b for b in (piece.marked.dateline, piece.marked.closes) if b and b.names]
                draft.bylines += [(self._offset(piece, b.start), b) for b in found]
                draft.bylines += [self._own_byline(i) for i in behind.get(n, ())]

    def _own_byline(self, item: int) -> tuple[int, Byline]:
        byline = self.items[item].byline
        return self.items[item].line.start, byline if byline else Byline((), 0, 0, False)

    def _offset(self, piece: Piece, at: int) -> int:
        """Where a character of a piece's text stands on the page."""
        for span in piece.spans:
            if at < span.end - span.start:
                return span.start + at
            at -= span.end - span.start
        return piece.spans[-1].end

    def _picture_news(self, drafts: Sequence[_Draft]) -> list[Article]:
        """Give captions to the articles whose words they share; the others are news of their own."""
        found: list[Article] = []
        self._draft_of = {n: draft for draft in drafts for n in draft.chain}
        for i, item in enumerate(self.items):
            if item.kind != "caption":
                continue
            if is_credit(item.text) and item.byline and found and self.items[i - 1].kind == "caption":
                last = found[-1]
                found[-1] = replace(
                    last, byline=item.byline.names, byline_spans=(Span(item.line.start, item.line.end),)
                )
                continue
            home = self._home_of_caption(i)
            if home is not None:
                home.captions.append(i)
            else:
                found.append(_picture(item))
        return found

    def _home_of_caption(self, item: int) -> _Draft | None:
        text = self.items[item].text
        here = bisect_right(self._structure.item_of, item)
        near = [self._draft_of[n] for n in range(max(0, here - _NEAR_LINES), min(len(self.pieces), here + _NEAR_LINES))]
        shares = {id(d): self._structure.cohesion.covered(text, d.chain) for d in near}
        best = max(near, key=lambda d: shares[id(d)], default=None)
        alone = len(text) > 60 and "图为" in text
        return best if best is not None and shares[id(best)] >= (_PICTURE_WORDS if alone else 0.01) else None

    def _article(self, draft: _Draft) -> Article:
        paragraphs = tuple(self._paragraphs(draft.chain))
        start = draft.start
        seams = [p.confidence for p in paragraphs]
        between = self._weakest_between(draft.chain)
        names = dict.fromkeys(n for _, b in draft.bylines for n in b.names)
        lost = self.pieces[draft.chain[-1]].ends_open
        reasons = {"order": start.reason}
        if between and between[0] < _DOUBTFUL:
            reasons["seam"] = between[1]
        if lost:
            reasons["lost"] = "末尾断在句中，疑有缺文，未补"
        return Article(
            title=self._title(draft),
            paragraphs=paragraphs,
            kind="caption" if self._is_picture_news(draft) else "case",
            title_spans=tuple(Span(self.items[i].line.start, self.items[i].line.end) for i in draft.title_lines),
            section=draft.section,
            byline=tuple(names),
            byline_spans=tuple(Span(at, at + b.end - b.start) for at, b in draft.bylines if b.names),
            captions=tuple(Span(self.items[i].line.start, self.items[i].line.end) for i in draft.captions),
            confidence=min([start.confidence, *seams, *([between[0]] if between else [])]),
            reasons=reasons,
        )

    def _weakest_between(self, chain: Sequence[int]) -> tuple[float, str] | None:
        """How sure the least sure step from one paragraph to the next is, and why."""
        found = [
            (seam.confidence, f"“{self.pieces[b].text[:_SHOWN]}…”一段：{seam.reason}")
            for a, b in pairwise(chain)
            if not self.pieces[a].ends_open and (seam := self.seams.get((a, b)))
        ]
        return min(found, default=None)

    def _is_picture_news(self, draft: _Draft) -> bool:
        """One closed paragraph without a headline: the words to a picture."""
        size = sum(len(self.pieces[i].text) for i in draft.chain)
        return draft.headline is None and len(draft.chain) == 1 and size <= _LONGEST_PICTURE_NEWS

    def _paragraphs(self, chain: Sequence[int]) -> Iterator[Paragraph]:
        group: list[int] = []
        for n in chain:
            if group and not self._is_one_paragraph(group[-1], n):
                yield self._paragraph(group)
                group = []
            group.append(n)
        if group:
            yield self._paragraph(group)

    def _is_one_paragraph(self, a: int, b: int) -> bool:
        """Whether a piece goes on with the paragraph of the one before it in its article."""
        one, other = self.pieces[a], self.pieces[b]
        if one.subhead or other.subhead:
            return False
        return one.ends_open or self._is_set_on(one, other)

    def _is_set_on(self, one: Piece, other: Piece) -> bool:
        """Whether a line stands right below a full line of the same column, so that a sentence ended at its edge."""
        above, line = one.marked, other.marked
        tight = other.item == one.item + 1 and not line.line.blanks and not line.line.indented
        if not tight or max(above.width, line.width) > _WIDEST_COLUMN or above.closes or BULLET.match(line.text):
            return False
        return above.width >= self._edge(one.item) - 2.5 and (self._sets_in or not OPENERS.match(line.text))

    def _edge(self, item: int) -> float:
        """How wide the lines around one are that stand in one column with it."""
        around = [i.marked.width for i in self.items[max(0, item - 3) : item + 4] if i.kind == "text"]
        return max(around, default=0.0)

    @cached_property
    def _sets_in(self) -> bool:
        """Whether the page sets the first lines of paragraphs in."""
        inside = sum(p.marked.line.indented for p in self.pieces)
        return inside >= 2 and inside > _SET_IN_SHARE * len(self.pieces)

    def _paragraph(self, group: Sequence[int]) -> Paragraph:
        spans: list[Span] = []
        seams: list[Seam] = []
        for at, n in enumerate(group):
            own = [s for whole in self.pieces[n].spans for s in without_markup(self.text, whole)]
            if spans and own:
                seams.append(self.seams.get((group[at - 1], n), Seam(0.3, "")))
            seams += [_WITHIN] * (len(own) - 1)
            spans += own
        sure = tuple(seam.confidence for seam in seams)
        return Paragraph(tuple(spans), min(sure, default=1.0), tuple(seam.reason for seam in seams), sure)


def _picture(item: Item) -> Article:
    span = Span(item.line.start, item.line.end)
    names = item.byline.names if item.byline else ()
    return Article("", (Paragraph((span,)),), "caption", byline=names, reasons={"kind": "图片说明自成一篇"})


def articles_in(structure: Structure) -> list[Article]:
    """Return the articles of a page in reading order, without places, themes, mechanisms and figures."""
    return _Assembly(structure).articles()
