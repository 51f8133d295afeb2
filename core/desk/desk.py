"""The desk on which a page that was read wrongly is put right: what a person decides, over what the reader said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.desk.edits import (
    Confirm,
    Correct,
    Cut,
    Edit,
    Join,
    Mark,
    Move,
    Other,
    Role,
    Same,
    SetKind,
    SetPlace,
    SetThemes,
    SetTitle,
)
from core.records import Article, Page, Paragraph, Span
from core.text.clauses import breaks_off
from core.text.repair import printed_line, repair
from core.text.writers import writers_of

FindFacts = Callable[[Page, Article, Mapping[int, str]], Article]
"""Finds place, themes, mechanisms and figures of an article whose text was settled."""

DOUBTFUL = 0.7
"""An article below this confidence is shown to a person first."""
UNSURE = 0.85
"""A seam below this confidence is. Measured in docs/reading-evidence.md."""
CITED = ("paper", "published", "page_no")
"""The fields of a page that say where it was printed."""
PRINTED = re.compile(r"\S(?:.*\S)?")
"""A printed line without the white around it."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Where two pieces of the page were joined: the end of one, the start of the other, and how sure that is."""

    end: int
    start: int
    confidence: float
    reason: str
    confirmed: bool = False

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < UNSURE and not self.confirmed


@dataclass(slots=True)
class _Draft:
    """An article on the desk."""

    read: Article | None
    title: list[Span] = field(default_factory=list)
    section: str = ""
    byline: list[Span] = field(default_factory=list)
    names: tuple[str, ...] = ()
    body: list[list[Span]] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    decided: dict[str, Any] = field(default_factory=dict)
    """Fields of the article that a person set."""

    def holds(self, at: int) -> bool:
        return any(s.start <= at < s.end for s in self.spans())

    def spans(self) -> Iterator[Span]:
        yield from self.title
        yield from self.byline
        for paragraph in self.body:
            yield from paragraph
        yield from self.captions

    def is_empty(self) -> bool:
        return not self.body and not self.title and not self.captions


class Desk:
    """A page on the desk: a reading, and the edits laid over it one after the other.

    ``find_facts`` finds anew what the text of a changed article tells; articles that no edit touched stay as they
    were read. ``cited`` says otherwise than the page where it was printed.
    """

    def __init__(
        self,
        page: Page,
        articles: Sequence[Article],
        find_facts: FindFacts,
        edits: Sequence[Edit] = (),
        cited: Mapping[str, str] | None = None,
    ) -> None:
        self.printed = page
        """The page as it came; ``page`` says where it was printed as a person knows it."""
        self.page = replace(page, **(cited or {}))  # type: ignore[arg-type]
        self._read = tuple(articles)
        self._find_facts = find_facts
        self._edits: list[Edit] = list(edits)
        self._undone: list[Edit] = []
        self._found: dict[Any, Article] = {}
        self._lay()

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles as they stand now."""
        return self._articles

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return the edits so far, in order."""
        return tuple(self._edits)

    @property
    def corrections(self) -> dict[int, str]:
        """The misread characters that were put right: offset in the page → character."""
        return {e.at: e.char for e in self._edits if isinstance(e, Correct)}

    @property
    def cited(self) -> dict[str, str]:
        """What a person knows of where the page was printed, as far as the page says otherwise."""
        return {n: getattr(self.page, n) for n in CITED if getattr(self.page, n) != getattr(self.printed, n)}

    def cite(self, known: Mapping[str, str]) -> None:
        """Say where the page was printed: values of ``CITED``; what edits changed is found anew with that."""
        page = replace(self.page, **known)  # type: ignore[arg-type]
        if page != self.page:
            self.page = page
            self._lay()

    def do(self, edit: Edit) -> bool:
        """Lay one more edit over the page; False when it changes nothing (it is not kept then)."""
        before = (self._articles, self.corrections, self._said())
        self._edits.append(edit)
        self._lay()
        if (self._articles, self.corrections, self._said()) == before:
            self._edits.pop()
            return False
        self._undone.clear()
        return True

    def undo(self) -> Edit | None:
        """Take the last edit back; None when there is none."""
        return self._step(self._edits, self._undone)

    def redo(self) -> Edit | None:
        """Lay the edit that was taken back last over the page again."""
        return self._step(self._undone, self._edits)

    def seams(self) -> list[Seam]:
        """Return every place where pieces were joined inside a paragraph, the doubtful ones first."""
        confirmed = self._confirmed()
        found = [
            Seam(one.end, other.start, *_judgement(paragraph, i), other.start in confirmed)
            for article in self._articles
            for paragraph in article.paragraphs
            for i, (one, other) in enumerate(zip(paragraph.spans, paragraph.spans[1:], strict=False))
        ]
        return sorted(found, key=lambda s: (not s.is_doubtful, s.confidence, s.start))

    def anchor(self, number: int) -> int:
        """Return a character of the page that stands for this article in edits."""
        return next(self._drafts[number].spans()).start

    def left_over(self) -> list[Span]:
        """Return the printed lines and their parts that stand in no article."""
        covered = bytearray(len(self.page.text))
        for span in (s for draft in self._drafts for s in draft.spans()):
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
        free = "".join("\n" if taken else char for taken, char in zip(covered, self.page.text, strict=True))
        return [Span(*found.span()) for found in PRINTED.finditer(free)]

    def _step(self, source: list[Edit], target: list[Edit]) -> Edit | None:
        if not source:
            return None
        target.append(source.pop())
        self._lay()
        return target[-1]

    def _confirmed(self) -> frozenset[int]:
        return frozenset(e.at for e in self._edits if isinstance(e, Confirm))

    def _said(self) -> frozenset[Edit]:
        """What was said of the page that changes nothing on it."""
        return frozenset(e for e in self._edits if isinstance(e, (Confirm, Same, Other)))

    def _lay(self) -> None:
        drafts = [_draft_of(article) for article in self._read]
        for edit in self._edits:
            lay = _LAY.get(type(edit))
            if lay:
                lay(self.page.text, drafts, edit)
                drafts[:] = [d for d in drafts if not d.is_empty()]
        self._drafts = drafts
        self._articles = tuple(self._article(draft) for draft in drafts)

    def _article(self, draft: _Draft) -> Article:
        fixed = {at: char for at, char in self.corrections.items() if draft.holds(at)}
        if draft.read is not None and _draft_of(draft.read) == _undecided(draft) and not fixed:
            return replace(draft.read, **draft.decided)
        key = (repr(_undecided(draft)), tuple(sorted(fixed.items())), *(getattr(self.page, name) for name in CITED))
        if key not in self._found:
            self._found[key] = self._find_facts(self.page, self._settled(draft, fixed), fixed)
        return replace(self._found[key], **draft.decided)

    def _settled(self, draft: _Draft, fixed: Mapping[int, str]) -> Article:
        """The article with its text as it stands, before anything was found in it."""
        known = {p.spans: p for p in draft.read.paragraphs} if draft.read else {}
        paragraphs = tuple(known.get(tuple(p)) or Paragraph(tuple(p)) for p in draft.body)
        title = " ".join(printed_line(self.page.text, span, fixed) for span in draft.title)
        if (
            draft.read is not None
            and list(draft.read.title_spans) == draft.title
            and not any(span.start <= at < span.end for span in draft.title for at in fixed)
        ):
            title = draft.read.title
        return Article(
            title=title,
            paragraphs=paragraphs,
            title_spans=tuple(draft.title),
            section=draft.section,
            byline=draft.names or _writers(self.page.text, draft.byline, fixed),
            byline_spans=tuple(draft.byline),
            captions=tuple(draft.captions),
        )


def _judgement(paragraph: Paragraph, i: int) -> tuple[float, str]:
    """How sure a seam of a paragraph is, and why."""
    reason = paragraph.reasons[i] if i < len(paragraph.reasons) else ""
    return paragraph.seams[i] if i < len(paragraph.seams) else paragraph.confidence, reason


def _writers(text: str, byline: Sequence[Span], fixed: Mapping[int, str]) -> tuple[str, ...]:
    """The names in the lines of a byline, each once."""
    return tuple(dict.fromkeys(name for span in byline for name in writers_of(printed_line(text, span, fixed))))


def _draft_of(article: Article) -> _Draft:
    return _Draft(
        read=article,
        title=list(article.title_spans),
        section=article.section,
        byline=list(article.byline_spans),
        names=article.byline,
        body=[list(p.spans) for p in article.paragraphs],
        captions=list(article.captions),
    )


def _undecided(draft: _Draft) -> _Draft:
    return replace(draft, decided={})


def _holder(drafts: Sequence[_Draft], at: int) -> _Draft | None:
    return next((draft for draft in drafts if draft.holds(at)), None)


def _split(spans: Sequence[Span], at: int) -> tuple[list[Span], list[Span]] | None:
    """The spans before and from a character on, in reading order; None when it is not among them."""
    for i, span in enumerate(spans):
        if span.start <= at < span.end:
            before = [*spans[:i], *([Span(span.start, at)] if at > span.start else [])]
            return before, [Span(at, span.end), *spans[i + 1 :]]
    return None


def _split_body(body: Sequence[list[Span]], at: int) -> tuple[list[list[Span]], list[list[Span]]] | None:
    for i, paragraph in enumerate(body):
        parts = _split(paragraph, at)
        if parts:
            before, behind = parts
            return [*body[:i], *([before] if before else [])], [behind, *body[i + 1 :]]
    return None


def _without(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    left = (part for s in spans for part in (Span(s.start, min(s.end, start)), Span(max(s.start, end), s.end)))
    return [s for s in left if s.start < s.end]


def _take_out(drafts: Sequence[_Draft], start: int, end: int) -> None:
    for draft in drafts:
        title, byline = list(draft.title), list(draft.byline)
        draft.title = _without(draft.title, start, end)
        draft.byline = _without(draft.byline, start, end)
        draft.captions = _without(draft.captions, start, end)
        draft.body = [kept for p in draft.body if (kept := _without(p, start, end))]
        if draft.title != title:
            draft.decided.pop("title", None)
        if draft.byline != byline:
            draft.names = ()


def _linked(text: str, body: list[list[Span]], more: list[list[Span]]) -> list[list[Span]]:
    """Paragraphs behind paragraphs; a sentence that breaks off goes on in the next one."""
    last = text[body[-1][-1].start : body[-1][-1].end].rstrip() if body else ""
    if last and more and breaks_off(last):
        return [*body[:-1], [*body[-1], *more[0]], *more[1:]]
    return [*body, *more]


def _cut(text: str, drafts: list[_Draft], edit: Cut) -> None:
    draft = _holder(drafts, edit.at)
    parts = _split_body(draft.body, edit.at) if draft else None
    if draft and parts and parts[0]:
        draft.body = parts[0]
        drafts.insert(_position(drafts, draft) + 1, _Draft(None, body=parts[1]))


def _join(text: str, drafts: list[_Draft], edit: Join) -> None:
    moved, home = _holder(drafts, edit.at), _holder(drafts, edit.to)
    if moved is None or home is None or moved is home:
        return
    heading = [moved.title] if moved.title and home.title else []  # a second title goes on as a heading of the body
    first, then = (moved.body, home.body) if edit.before else (home.body, moved.body)
    if edit.before:
        home.body = [*heading, *_linked(text, first, then)]
    else:
        home.body = [*first, *heading, *then] if heading else _linked(text, first, then)
    home.title = home.title or moved.title
    home.section = home.section or moved.section
    home.byline = [*home.byline, *moved.byline]
    home.names = tuple(dict.fromkeys((*home.names, *moved.names)))
    home.captions = [*home.captions, *moved.captions]
    del drafts[_position(drafts, moved)]


def _move(text: str, drafts: list[_Draft], edit: Move) -> None:
    home = _holder(drafts, edit.to)
    if home is None or edit.start <= edit.to < edit.end or edit.start >= edit.end:
        return
    pieces = _pieces(drafts, edit.start, edit.end) or [Span(edit.start, edit.end)]
    _take_out(drafts, edit.start, edit.end)
    parts = _split_body(home.body, edit.before) if edit.before is not None else None
    before, behind = parts or (home.body, [])
    home.body = _linked(text, _linked(text, before, [pieces]), behind)


def _pieces(drafts: Sequence[_Draft], start: int, end: int) -> list[Span]:
    """The parts of a run of characters that stand in articles, in the order of the page."""
    spans = (Span(max(s.start, start), min(s.end, end)) for draft in drafts for s in draft.spans())
    return sorted((s for s in spans if s.start < s.end), key=lambda s: s.start)


def _mark(text: str, drafts: list[_Draft], edit: Mark) -> None:
    span = Span(edit.start, edit.end)
    if span.start >= span.end:
        return
    home = _holder(drafts, span.start)
    if edit.role == "title" and home is not None:
        parts = _split_body(home.body, span.start)
        if parts and parts[0]:  # body stands before it: a new article begins here
            home.body, begun = parts[0], _Draft(None, body=parts[1])
            drafts.insert(_position(drafts, home) + 1, begun)
            home = begun
    _take_out(drafts, span.start, span.end)
    if edit.role == "nothing":
        return
    if home is None or home.is_empty():
        home = _next_below(drafts, span.end)
    if home is None:
        home = _Draft(None)
        drafts.append(home)
    _MARK[edit.role](home, span, text)


def _position(drafts: Sequence[_Draft], wanted: _Draft) -> int:
    return next(i for i, draft in enumerate(drafts) if draft is wanted)


def _next_below(drafts: Sequence[_Draft], at: int) -> _Draft | None:
    """The article whose text begins next below a place that belongs to none; else the last above it."""
    starts = sorted(((next(d.spans()).start, i) for i, d in enumerate(drafts) if not d.is_empty()))
    below = [i for start, i in starts if start >= at]
    return drafts[below[0] if below else starts[-1][1]] if starts else None


def _as_title(draft: _Draft, span: Span, text: str) -> None:
    draft.title = sorted([*draft.title, span], key=lambda s: s.start)
    draft.decided.pop("title", None)


def _as_section(draft: _Draft, span: Span, text: str) -> None:
    draft.section = repair(text, [span]).text


def _as_byline(draft: _Draft, span: Span, text: str) -> None:
    draft.byline = sorted([*draft.byline, span], key=lambda s: s.start)
    draft.names = tuple(dict.fromkeys((*draft.names, *_writers(text, [span], {}))))


def _as_caption(draft: _Draft, span: Span, text: str) -> None:
    draft.captions = sorted([*draft.captions, span], key=lambda s: s.start)


def _as_body(draft: _Draft, span: Span, text: str) -> None:
    before = [p for p in draft.body if p[0].start < span.start]
    behind = [p for p in draft.body if p[0].start >= span.start]
    draft.body = [*before, [span], *behind]


_MARK: dict[Role, Callable[[_Draft, Span, str], None]] = {
    "title": _as_title,
    "section": _as_section,
    "byline": _as_byline,
    "caption": _as_caption,
    "body": _as_body,
}


def _decide(field_name: str, value_of: Callable[[Any], Any]) -> Callable[[str, list[_Draft], Any], None]:
    def lay(text: str, drafts: list[_Draft], edit: Any) -> None:
        draft = _holder(drafts, edit.at)
        if draft is not None:
            draft.decided[field_name] = value_of(edit)

    return lay


_LAY: dict[type[Any], Callable[[str, list[_Draft], Any], None]] = {
    Cut: _cut,
    Join: _join,
    Move: _move,
    Mark: _mark,
    SetPlace: _decide("place", lambda edit: edit.place),
    SetThemes: _decide("themes", lambda edit: edit.themes),
    SetTitle: _decide("title", lambda edit: edit.title),
    SetKind: _decide("kind", lambda edit: edit.kind),
}
