"""The named ways of working of an article: quoted or coined names of systems, platforms and work models.

Not every quoted phrase is one: slogans, quoted speech, honours and words used with irony are left out. What speaks
for and against a name stands in ``resources/mechanisms.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import exp

from core.reading.facts.mechanisms.coined import coined_names
from core.reading.facts.mechanisms.cues import CODE, SHORT_CODE, Phrase
from core.reading.facts.mechanisms.explained import find_parts
from core.reading.facts.mechanisms.quoted import Said, quoted_names
from core.records import Mechanism, Span
from core.text.repair import Repaired

THRESHOLD = 1.6
"""Points from which a phrase counts as a mechanism."""
MOST = 60
"""Names kept for one article, the best; real ones have under thirty."""
LONGEST_TAIL = 6


def find_mechanisms(paragraphs: Sequence[Repaired], *, title: str) -> list[Mechanism]:
    """Return the mechanisms of an article in the order of their first mention, with spans in the source and parts.

    A name that stands in the title only has no spans.
    """
    texts = [p.text for p in paragraphs]
    said = Said(title, texts)
    phrases: list[Phrase] = []
    for i, text in ((-1, title), *enumerate(texts)):
        phrases += quoted_names(i, text, said)
        phrases += coined_names(i, text) if i >= 0 else ()
    return [_mechanism(found, paragraphs, texts) for found in _grouped(phrases).values()]


def _grouped(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Names that reach the threshold → their phrases, in the order of the first mention."""
    out: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        out.setdefault(_fold(phrase.name), []).append(phrase)
    good = {key: found for key, found in out.items() if max(p.points for p in found) >= THRESHOLD}
    if len(good) > MOST:
        best = set(sorted(good, key=lambda k: -max(p.points for p in good[k]))[:MOST])
        good = {key: found for key, found in good.items() if key in best}
    good = {k: found for k, found in good.items() if any(p.kind for p in found) or not _segment_of(k, good)}
    inside = {key for key in good if any(key != k and key in k for k in good)}
    titled = {key for key in inside if all(p.paragraph < 0 for p in good[key])}
    return {k: found for k, found in good.items() if k not in titled and not _part_of_other(found[0], good)}


def _segment_of(key: str, keys: Iterable[str]) -> bool:
    """Whether a short code (三化) is one segment of a longer one (一核三化多元)."""
    return bool(SHORT_CODE.fullmatch(key)) and any(key != k and key in k and CODE.fullmatch(k) for k in keys)


def _fold(name: str) -> str:
    return re.sub(r"[\s，,、·+＋‘’'\"“”—\-]", "", name)


def _part_of_other(phrase: Phrase, good: dict[str, list[Phrase]]) -> bool:
    """Whether a phrase lies inside a longer accepted one at the same place."""
    return any(
        p.paragraph == phrase.paragraph and p.start <= phrase.start and phrase.end <= p.end and p.name != phrase.name
        for found in good.values()
        for p in found
        if len(p.name) > len(phrase.name) and p.points >= THRESHOLD
    )


def _mechanism(found: Sequence[Phrase], paragraphs: Sequence[Repaired], texts: Sequence[str]) -> Mechanism:
    """The record of one name from all phrases that hold it."""
    best = max(found, key=lambda p: p.points)
    named = replace(best, tail=next((p.tail for p in found if 0 < len(p.tail) <= LONGEST_TAIL), ""))
    kind = next((p.kind for p in (best, *found) if p.kind), None)
    spans = tuple(s for i, p in enumerate(paragraphs) for s in _spans_of(best.name, p))
    confidence = round(1 / (1 + exp(1.2 - 0.9 * (best.points - THRESHOLD + 1.2))), 2)
    parts, participants = find_parts(best.name, texts)
    return Mechanism(_full_name(named), kind or "work model", parts, participants, "", spans, confidence)


def _full_name(phrase: Phrase) -> str:
    """A bare code with the noun behind it (1551 → 1551工作体系); other names as they stand."""
    bare = phrase.name.isdigit()
    return phrase.name + phrase.tail if bare else phrase.name


def _spans_of(name: str, paragraph: Repaired) -> Iterator[Span]:
    """Where a name was printed, one span a mention (its first to its last character when it runs on unbroken)."""
    at = paragraph.text.find(name)
    while at >= 0:
        yield from paragraph.spans(at, at + len(name))
        at = paragraph.text.find(name, at + len(name))
