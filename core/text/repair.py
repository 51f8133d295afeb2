"""Repaired text over a source that is never changed: every repaired character still knows where it was printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.records import Span

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SPACE_RUN = re.compile(rf"[\s{_INVISIBLE}]+")
_WIDE_CHAR = re.compile(f"[{_WIDE}]")
_WIDE_OR_QUOTE = re.compile(f"[{_WIDE}“”‘’]")
_WHITE = re.compile(r"\s")
_WORD = re.compile(r"\S+")

# Radicals that stand for whole characters in text copied from PDF and that Unicode does not fold by itself
# (EquivalentUnifiedIdeograph.txt, simplified forms in daily use).
_RADICALS = (
    "⺟母⺠民⺮竹⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻑長⻗雨⻟食⻊足⻂衣"
)


def _fold_table() -> dict[int, str]:
    """Kangxi radicals and compatibility characters → the characters that they look like, one for one."""
    table = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF), 0x2E9F, 0x2EF3):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


LINE_BREAK = 4
"""Characters at most so far apart on the page run on: nothing but a line break, perhaps with an indent, parts them."""
LOOK_ALIKES = _fold_table()
"""For ``str.translate``: one character for one, so that offsets stay what they are."""
_ANY_LOOK_ALIKE = re.compile(f"[{''.join(map(chr, LOOK_ALIKES))}]")
"""Most texts hold none, and to look for one takes a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Readable text and, for each of its characters, the offset in the source where it was printed."""

    text: str
    offsets: tuple[int, ...]

    def place_of(self, span: Span) -> tuple[int, int] | None:
        """Return where the printed span stands in this text (half open), or None when no character of it is here."""
        inside = [i for i, at in enumerate(self.offsets) if span.start <= at < span.end]
        return (inside[0], inside[-1] + 1) if inside else None

    def places_of(self, spans: Iterable[Span | None]) -> list[tuple[int, int] | None]:
        """Return ``place_of`` for many spans, None for None; the cost grows with text and spans, not their product."""
        last = {at: i for i, at in enumerate(self.offsets)}
        first = dict(zip(reversed(self.offsets), range(len(self.offsets) - 1, -1, -1), strict=True))
        found = ([at for at in range(span.start, span.end) if at in last] if span else [] for span in spans)
        return [(min(first[at] for at in here), max(last[at] for at in here) + 1) if here else None for here in found]

    def spans(self, start: int, end: int, gap: int = LINE_BREAK) -> list[Span]:
        """Return where a stretch of this text (half open) was printed: a span for each unbroken run, in reading order.

        Characters up to ``gap`` apart on the page are one run; a longer jump, or one backwards, begins another.
        """
        offsets = self.offsets[start:end]
        if not offsets:
            return []
        first = last = offsets[0]
        if offsets[-1] - first == len(offsets) - 1 and offsets == tuple(range(first, first + len(offsets))):
            return [Span(first, offsets[-1] + 1)]
        found: list[Span] = []
        for at in offsets[1:]:
            if not 0 <= at - last <= gap:
                found.append(Span(first, last + 1))
                first = at
            last = at
        found.append(Span(first, last + 1))
        return found


def repair(source: str, spans: Sequence[Span], corrections: Mapping[int, str] | None = None) -> Repaired:
    """Join the pieces of a paragraph into readable text.

    Line breaks and layout spaces that touch a Chinese character or stand at the ends of a piece are dropped, other
    white space becomes one space; invisible characters are dropped; radicals and compatibility characters become the
    characters that they look like. ``corrections`` are misread characters put right by a person: offset → what stands
    in the place of that character: another one, several, or nothing.
    """
    fixed = corrections or {}
    out: list[str] = []
    offsets: list[int] = []
    for span in spans:
        odd = _ANY_LOOK_ALIKE.search(source, span.start, span.end) is not None
        for start, end in _kept(source, span):
            piece = source[start:end]
            if odd:
                piece = piece.translate(LOOK_ALIKES)
            if fixed and any(start <= at < end for at in fixed):
                for at, char in enumerate(piece, start):
                    out.append(fixed.get(at, char))
                    offsets.extend([at] * len(out[-1]))
                continue
            out.append(piece)
            offsets.extend(range(start, end))
    return Repaired(_WHITE.sub(" ", "".join(out)), tuple(offsets))


def printed_line(source: str, span: Span, corrections: Mapping[int, str] | None = None) -> str:
    """Return a printed line of a title or byline; the spaces inside it are the layout's own pauses and stay."""
    words = (repair(source, [Span(*w.span())], corrections).text for w in _WORD.finditer(source, span.start, span.end))
    return " ".join(words)


def _kept(source: str, span: Span) -> Iterator[tuple[int, int]]:
    """The stretches of a piece that are read: without layout spaces, other white space cut down to one character."""
    start = span.start
    for run in _SPACE_RUN.finditer(source, span.start, span.end):
        space = None if _is_layout(source, span, run) else _WHITE.search(source, run.start(), run.end())
        keep = space.start() if space else run.end()
        if run.start() > start:
            yield start, run.start()
        if space:
            yield keep, keep + 1
        start = run.end()
    if start < span.end:
        yield start, span.end


def _is_layout(source: str, span: Span, run: re.Match[str]) -> bool:
    """Whether a run of white space was only made by setting the page."""
    if run.start() == span.start or run.end() == span.end:
        return True
    before, after = source[run.start() - 1], source[run.end()]
    if _WIDE_CHAR.match(after) or _WIDE_OR_QUOTE.match(before):
        return True
    return "\n" in run.group() and (before.isdigit() or after.isdigit())
