"""The full-text index in step with the rows: what it holds of a case, put in, taken out, made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from core.library import case_reading, source_rows
from core.library.errors import DamagedLibrary
from core.records import Case
from core.text.folding import fold_each, tokens_of
from core.text.values import values_of

TOKENS = 4
"""Which ``fields_of``, ``values_of`` and ``tokens_of`` made the index; a file with another number gets a new one."""
TABLES = ("title_words", "mechanism_words", "figure_words", "case_words")
"""The full-text tables; each holds the fields of the one before it and one kind more."""

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
    _write(db, [(num, fields_of(case))], "")


def put_in_again(db: sqlite3.Connection, nums: Sequence[int]) -> None:
    """Index the cases with these numbers as they stand in the tables now."""
    _write(db, stored_fields(db, nums).items(), "")


def take_out(db: sqlite3.Connection, nums: Sequence[int], *, for_good: bool = False) -> list[int]:
    """Take cases out of the index; those that are damaged. It must be called while their rows are what was indexed.

    Where one is damaged nobody knows any more what the index holds of it: DamagedLibrary; when it is to go ``for_good``
    it goes, and the index is made anew at the next opening.
    """
    cases = case_reading.read(db, nums)
    damaged = [num for num, case in cases.items() if case.fault]
    if damaged and for_good:
        db.execute("UPDATE library SET tokens = 0")
    elif damaged:
        refuse(cases[damaged[0]].fault)
    sound = ((num, _fields(db, case)) for num, case in cases.items() if not case.fault)
    _write(db, sound, "delete")
    return damaged


def held(db: sqlite3.Connection, nums: Sequence[int]) -> dict[int, Fields]:
    """Return what the index holds of cases whose rows are about to change; DamagedLibrary as for ``take_out``."""
    cases = case_reading.read(db, nums)
    for case in cases.values():
        refuse(case.fault)
    return {num: _fields(db, case) for num, case in cases.items()}


def exchange(db: sqlite3.Connection, before: Mapping[int, Fields]) -> None:
    """Let the index hold what cases say now, of which it holds what ``held`` gave; of those that are gone nothing.

    Only what differs is written: a figure that says something else leaves the words of the title as they are.
    """
    after = stored_fields(db, [*before])
    for num, old in before.items():
        folded: dict[str, list[str]] = {}
        entries: dict[str, tuple[str, str]] = {}
        new = [*_folded(after[num], folded)] if num in after else None
        for at, had in enumerate(_folded(old, folded)):
            if new and new[at] == had:
                continue
            db.execute(_OUT.format(TABLES[at]), (num, tokens_of(had, entries)))
            if new:
                db.execute(_IN.format(TABLES[at]), (num, tokens_of(new[at], entries)))


def rebuild(db: sqlite3.Connection) -> None:
    """Make the whole index anew from the tables."""
    for table in TABLES:
        db.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    nums = [num for (num,) in db.execute("SELECT num FROM cases ORDER BY num")]
    for at in range(0, len(nums), 500):
        put_in_again(db, nums[at : at + 500])
    db.execute("UPDATE library SET tokens = ?", (TOKENS,))


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
    return _tokens(_fields(db, case))


def _tokens(fields: Fields) -> Iterator[str]:
    entries: dict[str, tuple[str, str]] = {}
    return (tokens_of(folded, entries) for folded in _folded(fields, {}))


def _folded(fields: Fields, known: dict[str, list[str]]) -> Iterator[list[str]]:
    """The texts that each table holds; ``known`` are those of single texts that were folded before, and gets more."""
    folded: list[str] = []
    unknown = [text for text in dict.fromkeys(chain(*fields)) if text not in known]
    known.update((text, [own, *values_of(own)]) for text, own in zip(unknown, fold_each(unknown), strict=True))
    for texts in fields:
        new = [known[text] for text in texts]
        folded = _without_parts([*folded, *(own[0] for own in new), *(value for own in new for value in own[1:])])
        yield folded


def _write(db: sqlite3.Connection, rows: Iterable[tuple[int, Fields]], command: str) -> None:
    sql = _OUT if command else _IN
    for num, fields in rows:
        for table, text in zip(TABLES, _tokens(fields), strict=True):
            db.execute(sql.format(table), (num, text))


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
