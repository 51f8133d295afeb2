"""Cases as wholes: into the bin, written anew by hand, copied."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.decisions import NotAValue, checked
from core.decisions.values import field_of
from core.editing.words import Words
from core.records import Case, Metric, Span

if TYPE_CHECKING:
    from core.library import Library


@dataclass(frozen=True, slots=True)
class Binned:
    """What became of cases that were to go into the bin."""

    count: int
    """So many lie in it now."""
    damaged: Mapping[int, str]
    """Those that stay where they are, since the bin keeps whole cases only: number → what is damaged, in words."""


def to_bin(library: Library, nums: Sequence[int]) -> Generator[int, None, Binned]:
    """Move cases into the bin as one change, yielding how many are done; damaged ones are left alone."""
    damaged = library.cases.faults(nums)
    sound = [num for num in nums if num not in damaged]
    yield from library.decisions.put_in_bin_in_steps(sound)
    return Binned(len(sound), damaged)


def written(values: Mapping[str, Any], text: str = "") -> Case:
    """Return a case that a person wrote, out of its fields by part; ``text`` is what was printed, a line a paragraph.

    NotAValue when a field is none; a case has a title at least.
    """
    told = {part: field_of(part, checked(part, value)) for part, value in values.items()}
    if not told.get("title"):
        raise NotAValue("标题不能空着")
    spans, paragraphs, at = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((Span(at, at + len(line)),))
            paragraphs.append(line.strip())
        at += len(line) + 1
    return Case(id="", body=tuple(paragraphs), body_spans=tuple(spans), **told)


def copied(case: Case, source: str) -> tuple[Case, str]:
    """Return a case like another under ids of its own, and the text that its spans count in.

    The text is the printed words of that case alone, so that the copy stays when the page is read anew. Nobody has
    checked a copy.
    """
    words = Words(case, source)
    lines = words.text.split("\n") if source else []
    body = tuple(lines[: len(lines) - len(case.captions)]) if case.body else ()
    spans: list[tuple[Span, ...]] = []
    at = 0
    for line in lines:
        spans.append((Span(at, at + len(line)),))
        at += len(line) + 1
    new = replace(
        case,
        id="", title=f"{case.title}（副本）", source_id="", num=0, state="unchecked", starred=False, fault="",
        body=body or case.body, body_spans=tuple(spans[: len(body)]),
        captions=tuple(span for some in spans[len(body) :] for span in some) if case.body else (),
        metrics=tuple(_copied(metric, words) for metric in case.metrics),
        mechanisms=tuple(replace(one, id="", spans=_moved(one.spans, words)) for one in case.mechanisms),
    )  # fmt: skip
    return new, "\n".join(lines)


def _copied(metric: Metric, words: Words) -> Metric:
    span, quote = (next(iter(_moved((one,), words)), None) for one in (metric.span, metric.quote_span))
    return replace(metric, id="", state="unchecked", span=span, quote_span=quote)


def _moved(spans: Sequence[Span | None], words: Words) -> tuple[Span, ...]:
    places = (words.place_of(span) for span in spans)
    return tuple(Span(*place) for place in places if place is not None)
