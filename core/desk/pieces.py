"""What the desk paints, worked out of a ``core.desk.Desk``: which characters belong to what, and in which order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.desk.desk import DOUBTFUL, PRINTED, Desk, Seam
from core.desk.edits import Confirm, Role
from core.records import Article, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the page (half open) that belong to one article; ``run`` counts from 1, 0 for what is not body."""

    start: int
    end: int
    article: int
    role: Role
    run: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """A number at the margin: which article begins here, and where its text jumps, as which part of it."""

    at: int
    article: int
    label: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: a seam, or an article as a whole."""

    at: int
    article: int
    confidence: float
    reason: str
    seam: Seam | None = None


class Pieces:
    """The pieces of a page in printed order, with their tags and seams."""

    def __init__(self, desk: Desk) -> None:
        self.text = desk.page.text
        self.articles = desk.articles
        printed = sorted(s.start for article in desk.articles for p in article.paragraphs for s in p.spans)
        order = {start: at for at, start in enumerate(printed)}
        runs = [_runs(article, order) for article in desk.articles]
        found = [p for number, article in enumerate(desk.articles) for p in _pieces(article, number, runs[number])]
        self.left_over = desk.left_over()
        found += self._sections()
        self.all = sorted(found, key=lambda p: p.start)
        self._starts = [p.start for p in self.all]
        self.seams = [_calmed(seam, self.text) for seam in desk.seams()]
        self._by_start = sorted(self.seams, key=lambda s: s.start)
        self._by_end = sorted(self.seams, key=lambda s: s.end)
        self.tags = list(_tags(self.all, [max(r, default=0) for r in runs]))
        self.doubts = sorted(_doubts(desk, self), key=lambda d: d.at)

    def between(self, start: int, end: int) -> Sequence[Piece]:
        """Return the pieces that have a character in a stretch of the page."""
        first = bisect_left(self._starts, start)
        while first and self.all[first - 1].end > start:
            first -= 1
        return self.all[first : bisect_left(self._starts, end)]

    def at(self, at: int) -> Piece | None:
        """Return the piece that holds a character."""
        first = bisect_right(self._starts, at) - 1
        return self.all[first] if first >= 0 and self.all[first].end > at else None

    def near(self, at: int) -> Piece | None:
        """Return the piece at a caret, which may stand behind the last character of a line or in the white of it."""
        line = line_at(self.text, at)
        here = self.at(at) or (self.at(at - 1) if at > line.start else None)
        inside = self.between(line.start, line.end)
        return here or min(inside, key=lambda p: min(abs(p.start - at), abs(p.end - at)), default=None)

    def seams_within(self, start: int, end: int) -> Sequence[Seam]:
        """Return the seams whose second piece begins in a stretch of the page."""
        return _within(self._by_start, lambda s: s.start, start, end)

    def seams_left(self, start: int, end: int) -> Sequence[Seam]:
        """Return the seams whose first piece ends in a stretch of the page."""
        return _within(self._by_end, lambda s: s.end, start, end)

    def tags_within(self, start: int, end: int) -> Sequence[Tag]:
        """Return the tags that stand in a stretch of the page."""
        return _within(self.tags, lambda t: t.at, start, end)

    def bridges(self, at: int) -> Piece | None:
        """Return the piece that goes on across white lines at this place, so that they are its own too."""
        first = bisect_right(self._starts, at) - 1
        if first < 0 or first + 1 >= len(self.all):
            return None
        one, other = self.all[first], self.all[first + 1]
        white = not self.text[one.end : other.start].strip()
        return one if white and one.article == other.article and one.run in (other.run, 0) else None

    def body(self, article: int) -> list[Span]:
        """Return the pieces of an article's body in reading order."""
        return [s for p in self.articles[article].paragraphs for s in p.spans]

    def span_of(self, start: int, end: int) -> Span | None:
        """Return the selection without the white around it; for an empty one the printed line at that place.

        Where several articles share the line it is the part of it that belongs to the one at that place.
        """
        if start == end:
            line, piece = line_at(self.text, start), self.near(start)
            start, end = line.start, line.end
            if piece is not None and any(p.article != piece.article for p in self.between(start, end)):
                start, end = max(start, piece.start), min(end, piece.end)
        printed = self.text[start:end]
        start += len(printed) - len(printed.lstrip())
        return Span(start, start + len(printed.strip())) if printed.strip() else None

    def lines_in(self, span: Span) -> list[Span]:
        """Return the printed lines of a stretch, each without the white around it."""
        return [Span(*found.span()) for found in PRINTED.finditer(self.text, span.start, span.end)]

    def _sections(self) -> Iterator[Piece]:
        """The names of sections: no article's spans hold them, but they stand on the page word for word."""
        lines = {_bare(self.text[s.start : s.end]): s for s in reversed(self.left_over)}
        for number, article in enumerate(self.articles):
            span = lines.pop(_bare(article.section), None) if article.section else None
            if span:
                yield Piece(span.start, span.end, number, "section")


def _within(found: Sequence[T], place: Callable[[T], int], start: int, end: int) -> Sequence[T]:
    """Those of an ordered list that stand in a stretch."""
    return found[bisect_left(found, start, key=place) : bisect_left(found, end, key=place)]


def line_at(text: str, at: int) -> Span:
    """Return the printed line that holds a place, without its end."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _calmed(seam: Seam, text: str) -> Seam:
    """A mere end of line without a word against it is not doubtful because another seam of its paragraph is."""
    follows = seam.end <= seam.start and not text[seam.end : seam.start].strip()
    return replace(seam, confidence=1.0) if follows and not seam.reason and seam.is_doubtful else seam


def _runs(article: Article, order: Mapping[int, int]) -> list[int]:
    """For each piece of the body the number of the unbroken run that it is part of; ``order`` is that of the print."""
    out: list[int] = []
    run, last = 1, -1
    for span in (s for p in article.paragraphs for s in p.spans):
        at = order[span.start]
        run += bool(out) and at != last + 1
        out.append(run)
        last = at
    return out


def _pieces(article: Article, number: int, runs: Sequence[int]) -> Iterator[Piece]:
    marked: tuple[tuple[Role, tuple[Span, ...]], ...] = (
        ("title", article.title_spans),
        ("byline", article.byline_spans),
        ("caption", article.captions),
    )
    for role, spans in marked:
        yield from (Piece(s.start, s.end, number, role) for s in spans)
    body = (s for p in article.paragraphs for s in p.spans)
    yield from (Piece(s.start, s.end, number, "body", run) for s, run in zip(body, runs, strict=True))


def _tags(pieces: Sequence[Piece], most: Sequence[int]) -> Iterator[Tag]:
    """A tag where an article begins or goes on behind another one, and where its own order jumps."""
    article, run = -1, 0
    for at, piece in enumerate(pieces):
        fresh = piece.article != article
        if fresh or (piece.run and run and piece.run != run):
            following = (p for p in pieces[at:] if p.article != piece.article or p.run)
            first = next(following, piece)
            part = first.run if first.article == piece.article else 0
            numbered = most[piece.article] > 1 and part
            yield Tag(piece.start, piece.article, f"{piece.article + 1}·{part}" if numbered else f"{piece.article + 1}")
            run = part
        article, run = piece.article, piece.run or run


def _doubts(desk: Desk, pieces: Pieces) -> Iterator[Doubt]:
    """The doubtful seams, and the articles that are doubtful without one or have no title."""
    settled = {e.at for e in desk.edits if isinstance(e, Confirm)}
    shown = set()
    for seam in pieces.seams:
        piece = pieces.at(seam.start)
        number = piece.article if piece else -1
        if seam.is_doubtful:
            shown.add(number)
            yield Doubt(seam.start, number, seam.confidence, seam.reason, seam)
        elif seam.confirmed:
            shown.add(number)
    for number, article in enumerate(desk.articles):
        at = desk.anchor(number)
        untitled = not article.title.strip() and article.kind != "caption"
        if at not in settled and (untitled or (article.confidence < DOUBTFUL and number not in shown)):
            why = article.reasons
            reason = "没有标题" if untitled else why.get("seam", "") or why.get("kind", "") or why.get("title", "")
            yield Doubt(at, number, article.confidence, reason)


def _least_used(taken: dict[int, int], most: int) -> int:
    """The colour that the fewest articles have."""
    used = list(taken.values())
    return min(range(most), key=lambda c: (used.count(c), c))


def colors_of(desk: Desk, before: dict[int, int], most: int) -> tuple[list[int], dict[int, int]]:
    """Return a colour for each article, its own from edit to edit; ``before`` is what this gave the last time.

    The second part is for the next time: the first character of every piece → its colour.
    """
    wanted: dict[int, int | None] = {}
    for number, article in enumerate(desk.articles):
        starts = [desk.anchor(number), *(s.start for p in article.paragraphs for s in p.spans)]
        wanted[number] = next((before[s] for s in starts if s in before), None)
    own: dict[int, int] = {}
    for number, color in wanted.items():
        if color is not None and color not in own.values():
            own[number] = color
    for number in wanted:
        if number not in own:
            own[number] = _least_used(own, most)
    spread = {
        s.start: own[number]
        for number, article in enumerate(desk.articles)
        for s in (*article.title_spans, *(s for p in article.paragraphs for s in p.spans))
    }
    return [own[n] for n in range(len(desk.articles))], {**spread, **{desk.anchor(n): own[n] for n in own}}


def confirmations(desk: Desk, article: int) -> list[Confirm]:
    """Return the edits that confirm every seam of an article, and the article itself."""
    held = [s for p in desk.articles[article].paragraphs for s in p.spans[1:]]
    known = {e.at for e in desk.edits if isinstance(e, Confirm)}
    return [Confirm(at) for at in dict.fromkeys((desk.anchor(article), *(s.start for s in held))) if at not in known]
