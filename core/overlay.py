"""Repaired text over a source that is never changed: every repaired character still knows where it was printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.records import Span

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_LAYOUT_SPACE = re.compile(rf"(?:\s+(?=[{_WIDE}])|(?<=[{_WIDE}“”‘’])\s+|^\s+|\s+$|\s*\n\s*(?=\d)|(?<=\d)\s*\n\s*)")


@dataclass(frozen=True, slots=True)
class Repaired:
    """Readable text and, for each of its characters, the offset in the source where it was printed."""

    text: str
    offsets: tuple[int, ...]

    def place_of(self, span: Span) -> tuple[int, int] | None:
        """Where the printed span stands in this text (half open), or None when no character of it is here."""
        inside = [i for i, at in enumerate(self.offsets) if span.start <= at < span.end]
        return (inside[0], inside[-1] + 1) if inside else None


def repair(source: str, spans: Sequence[Span], corrections: Mapping[int, str] | None = None) -> Repaired:
    """Join the pieces of a paragraph into readable text.

    Line breaks and layout spaces that touch a Chinese character or stand at the ends of a piece are dropped, other
    white space becomes one space. ``corrections`` are single misread characters put right by a person: offset →
    character.
    """
    fixed = corrections or {}
    out: list[str] = []
    offsets: list[int] = []
    for span in spans:
        piece = source[span.start : span.end]
        gone = {i for m in _LAYOUT_SPACE.finditer(piece) for i in range(*m.span())}
        previous_space = False
        for i, char in enumerate(piece):
            if i in gone or (char.isspace() and previous_space):
                continue
            previous_space = char.isspace()
            out.append(" " if previous_space else fixed.get(span.start + i, char))
            offsets.append(span.start + i)
    return Repaired("".join(out), tuple(offsets))
