"""Misread characters that people put right on a page, as decisions: each is about a stretch of the printed text.

A stretch is a printed line, or a sentence of it. Where it begins and ends follows from the text alone, which is never
changed, so two laptops mean the same by it; two people who put the same stretch right differently differ, even where
they touched other characters of it, since what they typed makes sense only as a whole.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.decisions import TEXT, Decision, Target, frontier, live, ruling
from core.library import deciding, log_rows, source_rows
from core.library.conform import FAULTS, shown
from core.library.deciding import Kept
from core.library.parts import LOG_SINCE
from core.library.source_rows import Edits
from core.library.stamps import new_id, now
from core.records import Span

Fixed = Mapping[int, str]
"""Offset in the page → what stands in the place of that character."""
_STRETCH = re.compile("[^\n。！？；]*[\n。！？；]?")
_DIGITS = 18
"""No text has an offset of so many."""
_OF_TEXT = "part >= 'text/' AND part < 'text0'"


def stretch(text: str, at: int) -> Span:
    """Return the stretch of a page that holds a character. What it is never changes: decisions name its beginning.

    >>> stretch("一二。三四", 1), stretch("一二。三四", 3)
    (Span(start=0, end=3), Span(start=3, end=5))
    """
    found = _STRETCH.finditer(text, text.rfind("\n", 0, at) + 1)
    return next((Span(*one.span()) for one in found if one.end() > at), Span(at, at))


def value_of(text: str, span: Span, fixed: Fixed) -> dict[str, Any]:
    """Return how a stretch is to be read, as the log holds it."""
    own = {at: fixed[at] for at in range(span.start, span.end) if at in fixed and fixed[at] != text[at]}
    words = "".join(own.get(at, text[at]) for at in range(span.start, span.end))
    return {"words": words.strip(), "fixed": [[at, own[at]] for at in sorted(own)]}


def _span_of(text: str, part: str) -> Span | None:
    """The stretch that a part is; None where it is none of this text."""
    start = part.removeprefix(TEXT)
    if not (start.isascii() and start.isdigit() and len(start) < _DIGITS) or int(start) >= len(text):
        return None
    span = stretch(text, int(start))
    return span if part == f"{TEXT}{span.start}" else None


def is_of(text: str, part: str, value: Any) -> bool:
    """Return whether a value of the log is one of this stretch of this page, and says what it does."""
    span = _span_of(text, part)
    try:
        fixed: dict[int, str] = dict(value["fixed"])
        return span is not None and value_of(text, span, fixed) == value
    except FAULTS:
        return False


def fits(text: str, row: Decision) -> bool:
    """Return whether what a decision says of a stretch of a page is so, as far as it says anything."""
    given = [] if row.verdict == "withdrawn" else [row.before, row.after, row.read]
    return all(value is None or is_of(text, row.target.part, value) for value in given)


def page_of(db: sqlite3.Connection, sha256: str) -> tuple[int, str] | None:
    """Return the row and the text of the page with such a text; None when it is not here."""
    row = db.execute("SELECT num, text FROM sources WHERE kind = 'page' AND sha256 = ?", (sha256,)).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def cases_of(db: sqlite3.Connection, sha256: str) -> list[int]:
    """Return the cases that were read from a page."""
    page = page_of(db, sha256)
    return [] if page is None else source_rows.cases_of(db, page[0])


def ids_of(db: sqlite3.Connection, sha256: str) -> set[str]:
    """Return the ids of the cases that were read from a page."""
    query = "SELECT c.id FROM cases c JOIN sources s ON s.num = c.source WHERE s.kind = 'page' AND s.sha256 = ?"
    return {case_id for (case_id,) in db.execute(query, (sha256,))}


def names(db: sqlite3.Connection, pages: Iterable[str]) -> dict[str, str]:
    """Return the names of pages, by the SHA-256 of their texts."""
    query = "SELECT name FROM sources WHERE kind = 'page' AND sha256 = ?"
    found = {sha256: db.execute(query, (sha256,)).fetchone() for sha256 in pages}
    return {sha256: shown(row[0]) for sha256, row in found.items() if row}


def sha256_of(db: sqlite3.Connection, source: int) -> str:
    """Return what a page is known by on every laptop; empty for an excerpt, whose words nobody puts right."""
    row = db.execute("SELECT sha256 FROM sources WHERE kind = 'page' AND num = ?", (source,)).fetchone()
    return str(row[0]) if row else ""


def pages_of(targets: Iterable[Target]) -> set[str]:
    """Return the pages that these targets are stretches of, by the SHA-256 of their texts."""
    return {target.case for target in targets if target.part.startswith(TEXT)}


def kept_of(db: sqlite3.Connection, source: int) -> dict[int, str]:
    """Return what was put right on a page, as it is kept with it."""
    return source_rows.corrections_of(source_rows.edits_of(db, source))


def targets(db: sqlite3.Connection, sha256: str) -> list[Target]:
    """Return the stretches of a page of which anybody ever said anything."""
    query = f"SELECT part FROM rulings WHERE case_id = ? AND {_OF_TEXT} ORDER BY num"
    return [Target(sha256, part) for (part,) in db.execute(query, (sha256,))]


def pages(db: sqlite3.Connection) -> set[str]:
    """Return the pages, by the SHA-256 of their texts, of which a stretch was ever put right."""
    return {sha256 for (sha256,) in db.execute(f"SELECT DISTINCT case_id FROM decisions WHERE {_OF_TEXT}")}


def decided(db: sqlite3.Connection, source: int) -> dict[int, str]:
    """Return what is put right on a page by the log; where nobody decided, as it is kept with the page."""
    out, sha256 = kept_of(db, source), sha256_of(db, source)
    found = targets(db, sha256) if sha256 else []
    if not found:
        return out
    text, log = source_rows.text(db, source), log_rows.of_targets(db, found)
    for target in found:
        had = deciding.kept(db, target)
        value = ruling(log.get(target, ()), had.proposal if had else None).value
        span = _span_of(text, target.part)
        if span is None:
            continue
        for at in range(span.start, span.end):
            out.pop(at, None)
        if value and is_of(text, target.part, value):
            out.update(dict(value["fixed"]))
    return out


def proposal(db: sqlite3.Connection, target: Target) -> dict[str, Any] | None:
    """Return how a stretch reads of which nobody decided; None where its page is not here."""
    page = page_of(db, target.case)
    span = page and _span_of(page[1], target.part)
    return value_of(page[1], span, kept_of(db, page[0])) if page and span else None


def decide(db: sqlite3.Connection, source: int, had: Fixed, fixed: Fixed, who: str) -> list[Decision]:
    """Return what was decided by putting a page right so; what is kept of its stretches is written."""
    text, sha256, at = source_rows.text(db, source), sha256_of(db, source), now()
    spans = {stretch(text, one) for one in {*had, *fixed} if one < len(text) and had.get(one) != fixed.get(one)}
    out = []
    for span in sorted(spans, key=lambda span: span.start):
        before, after = value_of(text, span, had), value_of(text, span, fixed)
        if before == after:
            continue
        target = Target(sha256, f"{TEXT}{span.start}")
        kept = deciding.kept(db, target)
        if kept is None:
            kept = Kept(before, {})
            deciding.keep(db, target, kept)
        seen = frontier(log_rows.of_targets(db, [target]).get(target, ()))
        out.append(Decision(new_id(), target, "changed", who, at, before, after, kept.proposal, "", seen))
    return out


def with_since(text: str, base: Edits, own: Fixed, there: Fixed) -> dict[int, str]:
    """Return what a person put right who began with ``base``, on a page that has ``there`` by now: stretches that were
    put right meanwhile stay so where this person left them alone."""
    out, had = dict(own), source_rows.corrections_of(base)
    for span in {stretch(text, at) for at in {*had, *there} if at < len(text) and had.get(at) != there.get(at)}:
        if value_of(text, span, own) == value_of(text, span, had):
            out = {at: char for at, char in out.items() if not span.start <= at < span.end}
            out.update({at: char for at, char in there.items() if span.start <= at < span.end})
    return out


def is_spoken_of(db: sqlite3.Connection, source: int, one: Fixed, other: Fixed) -> bool:
    """Return whether of each stretch that differs between two ways to put a page right something is decided."""
    text, sha256 = source_rows.text(db, source), sha256_of(db, source)
    spans = {stretch(text, at) for at in {*one, *other} if at < len(text) and one.get(at) != other.get(at)}
    found = [Target(sha256, f"{TEXT}{span.start}") for span in spans]
    log = log_rows.of_targets(db, found)
    return all(live(log.get(target, ())) for target in found)


def ever(db: sqlite3.Connection, source: int) -> dict[int, set[str]]:
    """Return what anybody ever put in the place of characters of a page: a quote may be as it was read then."""
    out: dict[int, set[str]] = defaultdict(set)
    for at, text in kept_of(db, source).items():
        out[at].add(text)
    if db.execute("PRAGMA user_version").fetchone()[0] < LOG_SINCE:
        return out
    query = f"SELECT DISTINCT case_id, part FROM decisions WHERE case_id = ? AND {_OF_TEXT}"
    for rows in log_rows.of_targets(db, [Target(*row) for row in db.execute(query, (sha256_of(db, source),))]).values():
        for value in (value for row in rows for value in _values(row)):
            for at, text in value["fixed"]:
                out[at].add(text)
    return out


def _values(row: Decision) -> Iterator[Mapping[str, Any]]:
    given: Sequence[Any] = (row.before, row.after, row.read)
    return (value for value in given if isinstance(value, dict) and "fixed" in value)
