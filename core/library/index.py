"""The full-text index in step with the rows: what it holds of a case, put in, taken out, made anew."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pyroaring import BitMap

from core.library import case_reading, source_rows
from core.library.errors import DamagedLibrary
from core.records import Case
from core.text.folding import fold_each, tokens_of
from core.text.values import VALUE_EDGE, values_of

TOKENS = 6
"""Which ``fields_of``, ``values_of`` and ``tokens_of`` made the index; a file with another number gets a new one."""
TABLES = ("title_words", "mechanism_words", "figure_words", "case_words")
"""The full-text tables, one for each kind of fields."""

_COMPARED = 4_000
"""So many texts of a case are compared with each other: above that the time would grow with their square."""


_IN = "INSERT INTO {0}(rowid, text) VALUES (?, ?)"
_OUT = "INSERT INTO {0}({0}, rowid, text) VALUES ('delete', ?, ?)"


class Fields(NamedTuple):
    """The searchable texts of a case by rank; a word has to stand inside one of them."""

    title: tuple[str, ...]
    mechanism: tuple[str, ...]
    figure: tuple[str, ...]
    body: tuple[str, ...]


def fields_of(case: Case, captions: Sequence[str] = ()) -> Fields:
    """Return every text of a case that a search looks into; ``captions`` are the printed texts under its pictures."""
    mechanisms = [
        text
        for m in case.mechanisms
        for text in (m.name, m.note, *(t for p in m.parts for t in (p.label, p.meaning)), *m.participants)
    ]
    figures = [t for m in case.metrics for t in (m.indicator, m.subject, m.printed, m.quote, m.period)]
    texts = ("\n".join(case.body), case.summary, case.background, case.practice, case.result, case.section)
    own = (case.note, *case.tags)
    printed = [t for c in case.citations for t in (c.headline, c.paper, *c.byline)]
    return Fields(
        (case.title,),
        _each_once(mechanisms),
        _each_once(figures),
        _each_once((*texts, *own, *captions, *case.byline, *printed, *case.place.names)),
    )


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t))


def put_in(db: sqlite3.Connection, num: int, case: Case) -> None:
    """Index a new case that has no captions."""
    _put_in(db, [(num, fields_of(case))])


def put_in_again(db: sqlite3.Connection, nums: Sequence[int]) -> None:
    """Index the cases with these numbers as they stand in the tables now."""
    _put_in(db, stored_fields(db, nums).items())


def held(db: sqlite3.Connection, nums: Sequence[int], damaged: list[int] | None = None) -> dict[int, Fields]:
    """Return what the index holds of cases whose rows are about to change.

    Where one is damaged nobody knows any more what the index holds of it: DamagedLibrary. With a list of ``damaged``,
    of cases that are to go for good, it is put there, and the index is made anew at the next opening.
    """
    out: dict[int, Fields] = {}
    for num, case in case_reading.read(db, nums).items():
        if case.fault and damaged is not None:
            damaged.append(num)
            continue
        refuse(case.fault)
        out[num] = _fields(db, case)
    if damaged:
        db.execute("UPDATE library SET tokens = 0")
    return out


def exchange(db: sqlite3.Connection, before: Mapping[int, Fields]) -> None:
    """Let the index hold what cases say now, of which it holds what ``held`` gave; of those that are gone nothing.

    Only what differs is written: a figure that says something else leaves the words of the body as they are.
    """
    after = stored_fields(db, [*before])
    for num, old in before.items():
        new = after.get(num)
        if new == old:
            continue
        folded: dict[str, str] = {}
        entries = _entries(new, folded) if new else [None] * len(TABLES)
        for table, had, has in zip(TABLES, _entries(old, folded), entries, strict=True):
            if has != had:
                db.execute(_OUT.format(table), (num, tokens_of(*had)))
                if has is not None:
                    db.execute(_IN.format(table), (num, tokens_of(*has)))


def rebuild(db: sqlite3.Connection) -> None:
    """Make the whole index anew from the tables."""
    for table in TABLES:
        db.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    nums = [num for (num,) in db.execute("SELECT num FROM cases ORDER BY num")]
    for at in range(0, len(nums), 500):
        put_in_again(db, nums[at : at + 500])
    for table in TABLES:
        db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
    db.execute("UPDATE library SET tokens = ?", (TOKENS,))


def matching(db: sqlite3.Connection, table: str, words: str, among: Iterable[int] | None = None) -> BitMap:
    """Return the cases that a table of the index has for words in the language of FTS5.

    As JSON their numbers come in two thirds of the time that rows, or numbers joined by blanks, take.
    """
    only = "" if among is None else f" AND rowid IN ({','.join(map(str, among))})"
    sql = f"SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH ?{only}"
    nums = json.loads(db.execute(sql, (words,)).fetchone()[0])
    try:
        return BitMap(array("I", nums))
    except OverflowError:  # of a damaged index: the others are right
        return BitMap(num for num in nums if 0 < num < 1 << 32)


def stored_fields(db: sqlite3.Connection, nums: Sequence[int]) -> dict[int, Fields]:
    """Return the searchable texts of cases as the tables have them."""
    return {num: _fields(db, case) for num, case in case_reading.read(db, nums, "nothing").items()}


def refuse(fault: str) -> None:
    """Raise DamagedLibrary where a case is damaged: what is written over it could not be told from what was there."""
    if fault:
        raise DamagedLibrary(f"{fault}没有改动；可以删除它，或从备份里找回。", fault)


def _fields(db: sqlite3.Connection, case: Case) -> Fields:
    return fields_of(case, _captions(db, case))


def _captions(db: sqlite3.Connection, case: Case) -> Sequence[str]:
    if not (case.captions and case.source_id):
        return ()
    return source_rows.printed(db, source_rows.num_of(db, case.source_id), case.captions)


def tokens(db: sqlite3.Connection, case: Case) -> Iterator[str]:
    """Return what each of the tables of the index holds of a case, in their order."""
    return (tokens_of(*entry) for entry in _entries(_fields(db, case), {}))


def _entries(fields: Fields, known: dict[str, str]) -> Iterator[tuple[list[str], list[str]]]:
    """What each table holds: folded texts, and values; ``known`` are texts that were folded before, and gets more."""
    unknown = [text for text in dict.fromkeys(chain(*fields)) if text not in known]
    known.update(zip(unknown, fold_each(unknown), strict=True))
    for texts in fields:
        folded = [known[text] for text in texts]
        yield _without_parts(folded), _without_parts(values_of(VALUE_EDGE.join(folded)))


def _put_in(db: sqlite3.Connection, rows: Iterable[tuple[int, Fields]]) -> None:
    for num, fields in rows:
        for table, entry in zip(TABLES, _entries(fields, {}), strict=True):
            db.execute(_IN.format(table), (num, tokens_of(*entry)))


def _without_parts(folded: Sequence[str]) -> list[str]:
    """Without the texts that stand in another one: who finds the whole finds the part. Longest first.

    Each text is looked for in all longer ones. Of a case with very many texts only equal ones are left out, so that
    the cost stays linear; its entry is longer and finds the same.
    """
    if len(folded) > _COMPARED:
        return sorted(dict.fromkeys(filter(None, folded)), key=len, reverse=True)
    kept: list[str] = []
    joined = ""
    for text in sorted(folded, key=len, reverse=True):
        if text and text not in joined:
            kept.append(text)
            joined += "\n" + text
    return kept
