"""Where a text goes on, as a person decides it: the choices at a doubtful seam, and the edits that make one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.desk.desk import Desk, Seam
from core.desk.edits import Confirm, Cut, Edit, Join
from core.records import Offer, Span

MOST_CHOICES = 2
_RATHER = 0.5


def choices(desk: Desk, seam: Seam, offers: Mapping[int, Sequence[Offer]]) -> list[Offer]:
    """Return the likeliest other places where the text before a seam may go on, at most two.

    Left out are the place where it goes on now, what stands before it in its own article, and the first text below a
    headline that has one.
    """
    bodies = [_body(desk, number) for number in range(len(desk.articles))]
    own = _holder(bodies, seam.end - 1)
    found = []
    for offer in offers.get(seam.end, ()):
        home = _holder(bodies, offer.start)
        if offer.start == seam.start or own is None or home is None:
            continue
        at = _place(bodies[home], offer.start)
        before = home == own and at <= _place(bodies[own], seam.end - 1)
        headed = at == 0 and bool(desk.articles[home].title_spans)
        if not before and not headed and bodies[home][at].start == offer.start:
            found.append(offer)
    return found[:MOST_CHOICES]


def go_on(desk: Desk, seam: Seam, start: int, offers: Mapping[int, Sequence[Offer]]) -> list[Edit]:
    """Return the edits after which the text before a seam goes on at ``start``.

    What stood behind the seam follows at the end where ``start`` was in the same article; else it takes the place of
    what was taken away where that is likelier than not, and is an article of its own otherwise.
    """
    bodies = [_body(desk, number) for number in range(len(desk.articles))]
    own, home = _holder(bodies, seam.end - 1), _holder(bodies, start)
    if own is None or home is None:
        return []
    last, at = seam.end - 1, _place(bodies[home], start)
    edits: list[Edit] = [Cut(seam.start), Cut(start), Join(start, last)]
    if own == home:
        edits.append(Join(seam.start, last))
    elif at:
        left = bodies[home][at - 1].end
        if any(o.start == seam.start and o.chance >= _RATHER for o in offers.get(left, ())):
            edits.append(Join(seam.start, left - 1))
    return [*edits, Confirm(start)]


def _body(desk: Desk, number: int) -> list[Span]:
    """The pieces of an article's text in reading order."""
    return [span for paragraph in desk.articles[number].paragraphs for span in paragraph.spans]


def _holder(bodies: Sequence[Sequence[Span]], at: int) -> int | None:
    """The article whose text holds a character."""
    return next((n for n, body in enumerate(bodies) if any(s.start <= at < s.end for s in body)), None)


def _place(body: Sequence[Span], at: int) -> int:
    """Which piece of a text holds a character."""
    return next(i for i, span in enumerate(body) if span.start <= at < span.end)
