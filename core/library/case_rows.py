"""Cases into the tables, and what a person changes of them there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.library import joining, sketches
from core.library.case_reading import spans_of
from core.library.parts import CITATION, MARKS, MECHANISM, METRIC, PLACE
from core.library.rows import insert, insert_all, update
from core.library.stamps import new_id, now
from core.records import Case, Citation, Mechanism, Metric, Place, Span

_AT_ONCE = 500
_LEVELS = PLACE[:0:-1]
_PLACE_NUM = f"SELECT num FROM places WHERE ({', '.join(PLACE)}) = (?, ?, ?, ?, ?, ?)"


def _spans_json(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def store(db: sqlite3.Connection, case: Case, source: int | None, position: int, reading: Any, revision: int) -> int:
    """Write a new case with everything that belongs to it; its number."""
    time = now()
    born = {"id": case.id, "source": source, "position": position}
    stamps = {"added": time, "changed": time, "revision": revision}
    num = insert(db, "cases", {**born, **_case_row(db, case), **stamps})
    insert(db, "case_texts", {"num": num, **_text_row(case), "reading": _json(reading)})
    _mark(db, num, case.note, case.tags, case.starred)
    _store_parts(db, num, case)
    return num


def _case_row(db: sqlite3.Connection, case: Case) -> dict[str, object]:
    return {
        "title": case.title,
        "kind": case.kind,
        "place": place_num(db, case.place),
        "themes": themes_json(case.themes),
        "published": case.published,
        "figures": len(case.metrics),
        "state": case.state,
        "confidence": case.confidence,
        "section": case.section,
        "byline": _json(case.byline),
    }


def _text_row(case: Case) -> dict[str, object]:
    return {
        "summary": case.summary,
        "background": case.background,
        "practice": case.practice,
        "result": case.result,
        "body": _json(case.body),
        "body_spans": _json([_spans_json(p) for p in case.body_spans]),
        "captions": _json(_spans_json(case.captions)),
    }


def clear(db: sqlite3.Connection, nums: Sequence[int]) -> None:
    """Take away the figures, mechanisms and citations of cases that are about to be overwritten."""
    for table in ("metrics", "case_mechanisms", "citations"):
        db.executemany(f"DELETE FROM {table} WHERE case_num = ?", [(num,) for num in nums])


def overwrite(db: sqlite3.Connection, case: Case) -> None:
    """Write a case that was cleared as it is now; when it was added, its place on the page and its source stay."""
    update(db, "cases", case.num, {**_case_row(db, case), "changed": now()})
    update(db, "case_texts", case.num, _text_row(case))
    _store_parts(db, case.num, case)


def title_spans(db: sqlite3.Connection, num: int) -> tuple[Span, ...]:
    """Return where the title of a case is printed."""
    (reading,) = db.execute("SELECT reading FROM case_texts WHERE num = ?", (num,)).fetchone()
    return spans_of(json.loads(reading).get("title", ()))


def place_on_page(db: sqlite3.Connection, num: int, position: int, reading: Any) -> None:
    """Say which article of its page a case is, and what else was found when it was read."""
    db.execute("UPDATE cases SET position = ?2 WHERE num = ?1 AND position != ?2", (num, position))
    db.execute("UPDATE case_texts SET reading = ?2 WHERE num = ?1 AND reading != ?2", (num, _json(reading)))


def _store_parts(db: sqlite3.Connection, num: int, case: Case) -> None:
    """Write the sketch, citations, mechanisms and figures of a case."""
    sketches.write(db, num, case.body)
    _store_citations(db, num, case.citations)
    mechanisms = [(num, i, _mechanism_num(db, m.name), *_mechanism_values(m)) for i, m in enumerate(case.mechanisms)]
    insert_all(db, "case_mechanisms", ("case_num", "position", "mechanism", *MECHANISM), mechanisms)
    metrics = [(num, i, *_numbers(m), *_metric_values(m)) for i, m in enumerate(case.metrics)]
    insert_all(db, "metrics", ("case_num", "position", "number", "number_max", *METRIC), metrics)


def _store_citations(db: sqlite3.Connection, num: int, citations: Sequence[Citation]) -> None:
    insert_all(db, "citations", ("case_num", "position", *CITATION), _citation_rows(num, citations))


def _citation_rows(num: int, citations: Sequence[Citation]) -> list[tuple[object, ...]]:
    return [(num, i, c.paper, c.published, c.page_no, c.headline, _json(c.byline)) for i, c in enumerate(citations)]


def metric_row(metric: Metric) -> dict[str, object]:
    """Return the columns of a figure, without those that say whose it is."""
    columns = ("number", "number_max", *METRIC)
    return dict(zip(columns, (*_numbers(metric), *_metric_values(metric)), strict=True))


def mechanism_row(db: sqlite3.Connection, mechanism: Mechanism) -> dict[str, object]:
    """Return the columns of a mechanism of a case, without those that say whose it is."""
    own = dict(zip(MECHANISM, _mechanism_values(mechanism), strict=True))
    return {"mechanism": _mechanism_num(db, mechanism.name), **own}


def _mechanism_values(m: Mechanism) -> tuple[object, ...]:
    """Return the values of ``MECHANISM``, in its order."""
    parts = _json([[p.label, p.meaning] for p in m.parts])
    return m.kind, parts, _json(m.participants), m.note, _json(_spans_json(m.spans)), m.confidence, m.id


def _numbers(m: Metric) -> tuple[float, float]:
    """Return the numbers that are sorted and searched by: near the exact values, not equal to them."""
    return float(m.value), float(m.value if m.value_max is None else m.value_max)


def _metric_values(m: Metric) -> tuple[object, ...]:
    """Return the values of ``METRIC``, in its order."""
    return (
        m.id, m.indicator, _exact(m.value), m.unit, None if m.value_max is None else _exact(m.value_max), m.approx,
        m.subject, m.period, m.kind, m.printed, m.span and m.span.start, m.span and m.span.end, m.quote,
        m.quote_span and m.quote_span.start, m.quote_span and m.quote_span.end, m.confidence, m.reason, m.state,
    )  # fmt: skip


def _exact(value: Decimal) -> str:
    """A decimal as text without an exponent, exactly as many digits as it has."""
    return f"{value:f}"


def themes_json(themes: Sequence[str]) -> str:
    """Themes as the table holds them: each once, the main one first."""
    return _json(list(dict.fromkeys(themes)))


def place_num(db: sqlite3.Connection, place: Place) -> int:
    """Return the row of a place, made when it is new."""
    row = {name: getattr(place, name) for name in PLACE}
    if had := db.execute(_PLACE_NUM, tuple(row.values())).fetchone():
        return int(had[0])
    level = next((name for name in _LEVELS if row[name]), "")
    return insert(db, "places", {**row, "level": level})


def _mechanism_num(db: sqlite3.Connection, name: str) -> int:
    if row := db.execute("SELECT num FROM mechanisms WHERE name = ?", (name,)).fetchone():
        return int(row[0])
    return insert(db, "mechanisms", {"id": new_id(), "name": name})


def with_ids(case: Case) -> Case:
    """Return the case with an id of its own for itself and for each of its figures and mechanisms that has none."""
    return replace(
        case,
        id=case.id or new_id(),
        themes=tuple(dict.fromkeys(case.themes)),
        mechanisms=tuple(replace(m, id=m.id or new_id()) for m in case.mechanisms),
        metrics=tuple(replace(m, id=m.id or new_id()) for m in case.metrics),
    )


def with_excerpt(case: Case) -> tuple[Case, str]:
    """Return a case without a body, its figures pointing into an excerpt (摘录), and the text of that excerpt.

    The excerpt is the printed words of the figures, one quote a line, each once.
    """
    lines: dict[str, int] = {}
    length = 0
    metrics = []
    for metric in case.metrics:
        quote = metric.quote or metric.printed
        if quote and quote not in lines:
            lines[quote] = length
            length += len(quote) + 1
        metrics.append(_pointing(metric, quote, lines.get(quote, 0)))
    return replace(case, metrics=tuple(metrics)), "\n".join(lines)


def _pointing(metric: Metric, quote: str, at: int) -> Metric:
    if not quote:
        return replace(metric, span=None, quote_span=None)
    inside = quote.find(metric.printed) if metric.printed else -1
    span = Span(at + inside, at + inside + len(metric.printed)) if inside >= 0 else None
    return replace(metric, span=span, quote_span=Span(at, at + len(quote)))


def num_of(db: sqlite3.Connection, case_id: str) -> int | None:
    """Return the number of a case in this file; None when it is not here."""
    row = db.execute("SELECT num FROM cases WHERE id = ?", (case_id,)).fetchone()
    return int(row[0]) if row else None


def existing(db: sqlite3.Connection, nums: Iterable[int]) -> list[int]:
    """Return those of the numbers that there are cases of, each once, in the same order."""
    wanted = [*dict.fromkeys(nums)]
    found: set[int] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        found.update(
            n for (n,) in db.execute(f"SELECT num FROM cases WHERE num IN ({','.join('?' * len(some))})", some)
        )
    return [num for num in wanted if num in found]


def write_field(db: sqlite3.Connection, num: int, part: str, value: Any) -> None:
    """Write a field of a case, by its tag in the log of decisions."""
    if part == "citations":
        query = f"SELECT position, {', '.join(CITATION)} FROM citations WHERE case_num = ? ORDER BY position, num"
        if db.execute(query, (num,)).fetchall() == [row[1:] for row in _citation_rows(num, value)]:
            return
        db.execute("DELETE FROM citations WHERE case_num = ?", (num,))
        _store_citations(db, num, value)
    elif part in MARKS:
        had = db.execute(f"SELECT {', '.join(MARKS)} FROM case_marks WHERE num = ?", (num,)).fetchone()
        note, tags, starred = had or ("", "[]", 0)
        marks: dict[str, Any] = {"note": note, "tags": json.loads(tags), "starred": bool(starred)}
        _mark(db, num, **{**marks, part: value})
    elif part in ("summary", "background", "practice", "result"):
        db.execute(f"UPDATE case_texts SET {part} = ?1 WHERE num = ?2 AND {part} IS NOT ?1", (value, num))
    else:
        column = {"themes": themes_json, "byline": _json}.get(part, lambda v: v)(value)
        if part == "place":
            column = place_num(db, value)
        db.execute(f"UPDATE cases SET {part} = ?1 WHERE num = ?2 AND {part} IS NOT ?1", (column, num))
    db.execute("UPDATE cases SET changed = ? WHERE num = ?", (now(), num))


def _mark(db: sqlite3.Connection, num: int, note: str, tags: Sequence[str], starred: bool) -> None:
    """Keep what a person put on a case; most cases have nothing."""
    if not (note or tags or starred):
        db.execute("DELETE FROM case_marks WHERE num = ?", (num,))
        return
    db.execute(
        "INSERT INTO case_marks (num, note, tags, starred) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (num) DO UPDATE SET note = ?2, tags = ?3, starred = ?4",
        (num, note, _json(list(dict.fromkeys(tags))), int(starred)),
    )


def delete(db: sqlite3.Connection, nums: Iterable[int]) -> None:
    """Take cases out of the tables; their sources stay."""
    db.executemany("DELETE FROM cases WHERE num = ?", [(num,) for num in nums])


def remove(db: sqlite3.Connection, nums: Iterable[int]) -> None:
    """Take cases out of the tables, and the pages that they are printed on when nothing else was read from them."""
    for num in existing(db, nums):
        (source,) = db.execute("SELECT source FROM cases WHERE num = ?", (num,)).fetchone()
        sources = [source, *joining.sources_of(db, num)]
        delete(db, [num])
        joining.forget_unused(db, sources)
