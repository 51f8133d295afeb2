"""A page read again: what people decided in its cases stands, and what the reading proposes there is kept beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from core.decisions import PARTS, Decision, Target, frontier, ruling
from core.decisions.log import FIGURE, MECHANISM
from core.decisions.values import field_of
from core.library import case_reading, case_rows, deciding, log_rows
from core.library.deciding import Kept
from core.library.succession import Old, decided_on, overlap
from core.records import Article, Case, Metric, Span

Rulings = Mapping[str, Kept]


def as_read(db: sqlite3.Connection, nums: Sequence[int]) -> list[Old]:
    """Return these cases as they were read, without what people made of them."""
    cases = case_reading.read(db, nums).values()
    return [Old(_as_read(c, deciding.kept_of_case(db, c.id)), case_rows.title_spans(db, c.num)) for c in cases]


def _as_read(case: Case, kept: Rulings) -> Case:
    fields = {p: field_of(p, k.proposal) for p, k in kept.items() if p in PARTS and k.proposal is not None}
    there = {FIGURE + m.id: m for m in case.metrics}
    metrics = [m for part, m in there.items() if part not in kept]
    metrics += [
        deciding.figure_from(part.removeprefix(FIGURE), k.proposal, k.rest, "unchecked")
        for part, k in kept.items()
        if part.startswith(FIGURE) and k.proposal is not None
    ]
    mechanisms = [m for m in case.mechanisms if MECHANISM + m.id not in kept]
    mechanisms += [
        deciding.mechanism_from(part.removeprefix(MECHANISM), k.proposal, k.rest)
        for part, k in kept.items()
        if part.startswith(MECHANISM) and k.proposal is not None
    ]
    return replace(case, state="unchecked", metrics=tuple(metrics), mechanisms=tuple(mechanisms), **fields)


def move(db: sqlite3.Connection, new: Sequence[Case]) -> None:
    """Let what was decided of a figure go with the figure to another case of its page: by its id, or by its words."""
    by_id = {FIGURE + m.id: case.id for case in new for m in case.metrics if m.id}
    for case in new:
        for part, kept in deciding.kept_of_case(db, case.id).items():
            if not part.startswith(FIGURE):
                continue
            owner = by_id.get(part) or _owner_of_words(db, Target(case.id, part), kept, new)
            if owner != case.id:
                where = "UPDATE rulings SET case_id = ?1 WHERE case_id = ?2 AND part = ?3"
                db.execute(where, (owner, case.id, part))


def _owner_of_words(db: sqlite3.Connection, target: Target, kept: Kept, new: Sequence[Case]) -> str:
    """The case in whose text a figure is printed that was not read again."""
    value = ruling(log_rows.of_targets(db, [target]).get(target, ()), kept.proposal).value or kept.proposal
    if span := (value or {}).get("span"):
        for case in new:
            if any(s.start <= span[0] < s.end for s in chain(*case.body_spans, case.captions)):
                return case.id
    return target.case


def as_decided(db: sqlite3.Connection, case: Case) -> Case:
    """Return a case, as it was read now, with what people decided of it; what is read there now is kept beside it."""
    kept = deciding.kept_of_case(db, case.id)
    log = log_rows.of_targets(db, [Target(case.id, part) for part in kept])
    values: dict[str, Any] = {}
    for part, had in kept.items():
        read, rest = deciding.now_in(case, part), deciding.rest_of(case, part) or had.rest
        found = ruling(log.get(Target(case.id, part), ()), read)
        deciding.keep(db, Target(case.id, part), Kept(read, rest, found.state, found.mark))
        if part in PARTS:
            values[part] = field_of(part, found.value)
    return replace(case, **values, **_items(db, case, log))


def _items(db: sqlite3.Connection, case: Case, log: Mapping[Target, Sequence[Decision]]) -> dict[str, Any]:
    """The figures and mechanisms of a case as people decided them; what was added or not found again comes last."""
    metrics: dict[str, Metric | None] = {m.id or str(at): m for at, m in enumerate(case.metrics)}
    mechanisms = {m.id or str(at): m for at, m in enumerate(case.mechanisms)}
    hand: list[Metric] = []
    for part, kept in deciding.kept_of_case(db, case.id).items():
        found = ruling(log.get(Target(case.id, part), ()), kept.proposal)
        if part.startswith(FIGURE):
            one = part.removeprefix(FIGURE)
            metric = found.value and deciding.figure_from(one, found.value, kept.rest, found.state)
            metrics[one] = metric or None
            hand += [metric] if metric and found.heads else []
        elif part.startswith(MECHANISM):
            one = part.removeprefix(MECHANISM)
            mechanisms.pop(one, None) if found.value is None or found.state == "wrong" else mechanisms.update(
                {one: deciding.mechanism_from(one, found.value, kept.rest)}
            )
    told = [m for m in metrics.values() if m and (m.id or not any(overlap(m.span, h.span) for h in hand))]
    told.sort(key=lambda m: m.span.start if m.span else -1)
    return {"metrics": tuple(told), "mechanisms": tuple(mechanisms.values())}


def decided_now(
    db: sqlite3.Connection,
    article: Article,
    case: Case,
    fresh: Sequence[Mapping[str, Any]],
    stamp: tuple[str, str, str],
) -> list[Decision]:
    """Return the decisions that fresh edits of a page are about the fields of a case that it goes on with.

    ``stamp`` is the beginning of each new id, who decides and when. What the library decided before is then overruled.
    """
    out = []
    for part in sorted(decided_on(article, fresh)):
        target = Target(case.id, part)
        kept = deciding.kept(db, target)
        if kept is None:  # the edit itself stays with the page, and is laid over every later reading
            continue
        value = deciding.now_in(case, part)
        rows = log_rows.of_targets(db, [target]).get(target, ())
        new, who, at = stamp
        before = ruling(rows, kept.proposal).value
        if before != value:
            out.append(Decision(f"{new}{part}", target, "changed", who, at, before, value, value, "", frontier(rows)))
    return out


def thrown_away(article: Article, case: Case, binned: Sequence[Sequence[Span]]) -> bool:
    """Return whether an article is mostly one of those that a person put into the bin."""
    own = {at for span in chain(*case.body_spans, case.captions, article.title_spans) for at in _range(span)}
    gone = ({at for span in spans for at in _range(span)} for spans in binned)
    return any(2 * len(own & there) > len(own) for there in gone) if own else False


def _range(span: Span) -> range:
    return range(span.start, span.end)
