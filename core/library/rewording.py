"""Words of a page put right, carried into everything that was read there: texts, titles, the quotes of figures.

Nothing is read anew for it, so what comes of it is the same on every laptop: the spans stay, and the words at them are
those of the page as people put it right. What people decided stands; what the reading proposes beside it follows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from core.decisions import PARTS, Decision, Target, Verdict, frontier, live, ruling
from core.decisions.log import FIGURE, MECHANISM
from core.library import (
    bin_rows,
    case_rows,
    corrections,
    deciding,
    index,
    log_rows,
    parts,
    rereading,
    source_rows,
    sums,
)
from core.library.case_reading import spans_of
from core.library.corrections import Fixed
from core.library.deciding import Kept
from core.library.stamps import new_id, now
from core.library.succession import Old, decided_on, overlap
from core.records import Article, Case, Metric, Span
from core.text.repair import printed_line, repair

_PASSAGES = ("summary", "background", "practice", "result")
_READ = ("title", "place", "themes", "kind", "section", *_PASSAGES)
"""Fields that a page tells."""
NOTE = "改字以后重新读出的"


def lay(db: sqlite3.Connection, pages: Iterable[str], *, indexed: bool = True) -> set[int]:
    """Let pages, by the SHA-256 of their texts, be put right as the log says; the cases that were looked at.

    ``indexed`` false leaves the index, and the check sums of cases, to who called.
    """
    out: set[int] = set()
    for sha256 in sorted(pages):
        page = corrections.page_of(db, sha256)
        if page is None:
            continue
        source, text = page
        had, fixed = corrections.kept_of(db, source), corrections.decided(db, source)
        if had == fixed:
            continue
        nums = source_rows.cases_of(db, source)
        searched = index.held(db, nums) if indexed else {}
        edits = source_rows.with_corrections(source_rows.edits_of(db, source), fixed)
        source_rows.write_edits(db, source, edits)
        reword(db, nums, text, had, fixed)
        for (case_id,) in db.execute("SELECT case_id FROM bin WHERE source = ? ORDER BY num", (source,)).fetchall():
            if num := bin_rows.put_back(db, case_id, indexed=False):
                reword(db, [num], text, had, fixed)
                bin_rows.put(db, num)
        if indexed:
            index.exchange(db, searched)
            sums.renew(db, dict.fromkeys(parts.OF_A_CASE, nums))
        _sum_up(db, source, nums)
        out.update(nums)
    return out


def lay_new(db: sqlite3.Connection, source: int, who: str) -> None:
    """Let a page that was taken in read as the log says, where somebody put words of it right that was here before, or
    is on another laptop; what is put right on it already has seen all that."""
    sha256, nums = corrections.sha256_of(db, source), source_rows.cases_of(db, source)
    if not corrections.targets(db, sha256):
        return
    had, own = corrections.decided(db, source), corrections.kept_of(db, source)
    rows = corrections.decide(db, source, had, {**had, **own}, who)
    log_rows.add(db, rows)
    deciding.settle(db, [row.target for row in rows])
    before = index.stored_fields(db, nums)
    lay(db, [sha256], indexed=False)
    index.exchange(db, before)
    sums.renew(db, dict.fromkeys(parts.OF_A_CASE, nums))
    _sum_up(db, source, nums)


def reword(db: sqlite3.Connection, nums: Sequence[int], text: str, had: Fixed, fixed: Fixed) -> None:
    """Let cases say what their page says now; it said before what ``had`` put right."""
    for old in rereading.as_read(db, nums):
        new = of_case(db, old.case, text, had, fixed)
        if new == old.case:
            continue
        case = rereading.as_decided(db, new)
        case_rows.clear(db, [case.num])
        case_rows.overwrite(db, case_rows.with_ids(case))
        deciding.sum_up(db, case.id)


def reworded(case: Case, reading: Mapping[str, Any], text: str, had: Fixed, fixed: Fixed) -> Case:
    """Return a case as it was read, with its words as a page says them now; ``reading`` says where they are printed."""
    other = sorted(at for at in {*had, *fixed} if had.get(at) != fixed.get(at))

    def touches(spans: Iterable[Span]) -> bool:
        return any(span.start <= at < span.end for span in spans for at in other)

    def words(spans: Sequence[Span], by: Fixed) -> str:
        return repair(text, spans, by).text

    def told(old: str, span: Span | None) -> str:
        if span is None or not touches([span]):
            return old
        before = words([span], had)
        return old.replace(before, words([span], fixed), 1) if before else old

    values: dict[str, Any] = {
        name: words(spans, fixed)
        for name in _PASSAGES
        if touches(spans := spans_of(reading.get(name, ()))) and getattr(case, name) == words(spans, had)
    }
    if len(case.body) == len(case.body_spans):
        pairs = zip(case.body, case.body_spans, strict=True)
        values["body"] = tuple(words(spans, fixed) if touches(spans) else was for was, spans in pairs)
    title = spans_of(reading.get("title", ()))
    if touches(title):
        values["title"] = " ".join(printed_line(text, span, fixed) for span in title) or case.title
        first = [replace(c, headline=values["title"]) for c in case.citations[:1] if c.headline == case.title]
        values["citations"] = (*(first or case.citations[:1]), *case.citations[1:])
    values["metrics"] = tuple(
        replace(m, printed=told(m.printed, m.span), quote=told(m.quote, m.quote_span)) for m in case.metrics
    )
    return replace(case, **values)


def of_case(db: sqlite3.Connection, case: Case, text: str, had: Fixed, fixed: Fixed) -> Case:
    """Return a case of this library as ``reworded``."""
    (cell,) = db.execute("SELECT reading FROM case_texts WHERE num = ?", (case.num,)).fetchone()
    return reworded(case, json.loads(cell), text, had, fixed)


def _sum_up(db: sqlite3.Connection, source: int, nums: Sequence[int]) -> None:
    """Write the check sums of what belongs to no case here: edits of the page, the bin, what was decided."""
    rows = [
        row
        for num in nums
        for (row,) in db.execute("SELECT r.num FROM rulings r JOIN cases c ON c.id = r.case_id WHERE c.num = ?", (num,))
    ]
    binned = "SELECT b.num, r.num FROM bin b LEFT JOIN rulings r USING (case_id) WHERE b.source = ?"
    found = db.execute(binned, (source,)).fetchall()
    rows += [row for _, row in found if row is not None]
    there = {num for (num,) in db.execute("SELECT num FROM bin")}
    gone = [num for (num,) in db.execute("SELECT num FROM sums WHERE part = 'bin'") if num not in there]
    sums.renew(db, {"page_edits": [source], "rulings": rows, "bin": [*{num for num, _ in found}, *gone]})


# ---- what is read otherwise after words were put right


def only_words(old: Old, article: Article, had: Fixed, fixed: Fixed) -> bool:
    """Return whether an article stands where a case stood, to the character, and other words of it are put right."""
    spans = (tuple(p.spans for p in article.paragraphs), article.captions, tuple(article.title_spans))
    if spans != (old.case.body_spans, old.case.captions, tuple(old.title)):
        return False
    other = [at for at in {*had, *fixed} if had.get(at) != fixed.get(at)]
    own = [*chain(*old.case.body_spans), *old.case.captions, *old.title]
    return any(span.start <= at < span.end for at in other for span in own)


def read_otherwise(
    db: sqlite3.Connection, was: Case, article: Article, read: Case, fresh: Sequence[Mapping[str, Any]], who: str
) -> list[Decision]:
    """Return as decisions what is read in a case after words of it were put right, where that is more than the words.

    ``was`` is the case with its words put right, ``read`` as it was read anew. Nobody has looked at it, so it is
    unsure, unless one of the ``fresh`` edits says so; what people decided stays. So it goes from laptop to laptop with
    the words that brought it.
    """
    said, at, out = decided_on(article, fresh), now(), []
    for part, before, after, rest in _otherwise(was, read, lambda part: _is_decided(db, was.id, part)):
        target = Target(was.id, part)
        rows = log_rows.of_targets(db, [target]).get(target, ())
        if before == after or (live(rows) and part not in said):
            continue
        if deciding.kept(db, target) is None:
            deciding.keep(db, target, Kept(before, rest))
        stands = ruling(rows, before).value
        how: tuple[Verdict, str] = ("changed", "") if part in said else ("unsure", NOTE)
        out.append(Decision(new_id(), target, how[0], who, at, stands, after, before, how[1], frontier(rows)))
    return out


def _is_decided(db: sqlite3.Connection, case_id: str, part: str) -> bool:
    target = Target(case_id, part)
    return bool(live(log_rows.of_targets(db, [target]).get(target, ())))


def _otherwise(was: Case, read: Case, decided: Callable[[str], bool]) -> Iterator[tuple[str, Any, Any, dict[str, Any]]]:
    """Part, value before, value now, and what no person decides of it."""
    for part in (part for part in PARTS if part in _READ):
        yield part, deciding.now_in(was, part), deciding.now_in(read, part), {}
    gone = [m for m in was.metrics if m.id not in {new.id for new in read.metrics}]
    hands = [m for m in was.metrics if decided(FIGURE + m.id)]
    found = [m if m.id else _in_the_place_of(m, gone, hands) for m in read.metrics]
    there = replace(read, metrics=tuple(m for m in found if m is not None))
    for one in {m.id: m for m in (*was.metrics, *there.metrics)}:
        part = FIGURE + one
        rest = deciding.rest_of(was, part) or deciding.rest_of(there, part)
        yield part, deciding.now_in(was, part), deciding.now_in(there, part), rest
    there = replace(read, mechanisms=tuple(m if m.id else replace(m, id=new_id()) for m in read.mechanisms))
    for one in {m.id: m for m in (*was.mechanisms, *there.mechanisms)}:
        part = MECHANISM + one
        rest = deciding.rest_of(was, part) or deciding.rest_of(there, part)
        yield part, deciding.now_in(was, part), deciding.now_in(there, part), rest


def _in_the_place_of(new: Metric, gone: list[Metric], hands: Sequence[Metric]) -> Metric | None:
    """A figure that is new, under the id of one that is not read there any more; None where a person's stands there."""
    if any(overlap(new.span, hand.span) for hand in hands):
        return None
    old = next((m for m in gone if overlap(new.span, m.span)), None)
    if old is not None:
        gone.remove(old)
    return replace(new, id=old.id if old else new_id())
