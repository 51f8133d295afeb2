"""Cases out of the tables: each as it was saved, or with a sentence on what is damaged in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeVar

from core.library import parts, sums
from core.library.conform import FAULTS, conforms
from core.library.parts import CASE, LOG_SINCE, METRIC, OF_A_CASE, OF_AN_OLD_CASE, OF_AN_OLDER_CASE, PLACE, TEXT
from core.records import ArticleKind, Case, Citation, Mechanism, Metric, Part, Place, Span, State

T = TypeVar("T")
Row = tuple[Any, ...]
By = Literal["sums", "form", "nothing"]
"""What tells a whole case: its check sums; where a file has none, that every field has its form; nothing is asked."""
_NAMES = {
    "cases": "题头",
    "case_texts": "文字",
    "metrics": "数据",
    "case_mechanisms": "机制",
    "citations": "出处",
    "case_marks": "备注和标签",
}
_NO_MARKS: Row = ("", "[]", 0)
_NO_TEXT: Row = ("", "", "", "", "[]", "[]", "[]", "{}")


def metric_columns(alias: str) -> str:
    """Return the columns that ``metric_from`` reads, of a table under another name."""
    return ", ".join(f"{alias}.{name}" for name in METRIC)


MECHANISM_COLUMNS = ", ".join(OF_A_CASE["case_mechanisms"].columns)
"""The columns that ``mechanism_from`` reads."""


def read(db: sqlite3.Connection, nums: Sequence[int], by: By = "sums") -> dict[int, Case]:
    """Return the whole cases with these numbers; those that are gone are missing.

    What is damaged in a case is left out of it, and said in its ``fault``; the others are as they are.
    """
    try:
        raw = {name: parts.rows(db, part, nums) for name, part in _parts(db, by).items()}
        kept = sums.kept(db, nums, OF_A_CASE) if by == "sums" else {}
    except (sqlite3.DatabaseError, *FAULTS):
        return {num: case for num in nums if (case := _one_of_a_damaged_file(db, num, by)) is not None}
    return {num: _case(num, {n: raw[n].get(num, []) for n in raw}, kept, by) for num in raw["cases"]}


def _parts(db: sqlite3.Connection, by: By) -> Mapping[str, parts.Part]:
    if db.execute("PRAGMA user_version").fetchone()[0] < LOG_SINCE:
        return OF_AN_OLD_CASE if by == "form" else OF_AN_OLDER_CASE
    return OF_A_CASE


def _one_of_a_damaged_file(db: sqlite3.Connection, num: int, by: By) -> Case | None:
    """What of a case can be read where SQLite does not reach all of it."""
    raw, lost = {}, []
    for name, part in _parts(db, by).items():
        try:
            raw[name] = parts.rows(db, part, [num]).get(num, [])
        except (sqlite3.DatabaseError, *FAULTS):
            raw[name] = []
            lost.append(name)
    if not raw["cases"] and "cases" not in lost:
        return None
    return _careful(num, raw, lost)


def _case(num: int, raw: Mapping[str, list[Row]], kept: Mapping[tuple[int, str], int], by: By) -> Case:
    wrong = []
    if by == "sums":
        wrong = [n for n, rows in raw.items() if kept.get((num, n)) != (sums.sum_of(rows) if rows else None)]
    if not wrong:
        try:
            case = _built(num, raw, _Trusting())
            if by != "form" or conforms(case, Case):
                return case
        except FAULTS:
            pass
    return _careful(num, raw, wrong)


def _careful(num: int, raw: Mapping[str, list[Row]], wrong: Sequence[str]) -> Case:
    reader = _Careful()
    case = _built(num, raw, reader)
    said = [f"{'、'.join(_NAMES[name] for name in wrong)}和存下时不一样"] if wrong else []
    said += [f"{'、'.join(reader.faults)}读不出"] if reader.faults else []
    title = case.title or "标题读不出"
    fault = f"「{title}」（第 {num} 号案例）有损坏：{'，'.join(said)}。" if said else ""
    return Case(**{**{name: getattr(case, name) for name in _FIELDS}, "title": title, "fault": fault})


def built(num: int, raw: Mapping[str, list[Row]]) -> Case:
    """Return a case made of its rows by part; what is damaged is left out and said in its ``fault``."""
    return _careful(num, raw, ())


_FIELDS = tuple(name for name in Case.__dataclass_fields__ if name not in ("fault", "said_by"))


class _Trusting:
    """Makes every field out of its cells."""

    def one(self, name: str, make: Callable[[], T], default: T, hint: Any) -> T:
        return make()

    def several(self, name: str, rows: Iterable[Row], make: Callable[[Row], T], hint: Any) -> tuple[T, ...]:
        return tuple(map(make, rows))


class _Careful(_Trusting):
    """Makes every field that can be made, and takes note of the others."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def one(self, name: str, make: Callable[[], T], default: T, hint: Any) -> T:
        try:
            value = make()
        except FAULTS:
            pass
        else:
            if conforms(value, hint):
                return value
        self.faults.append(name)
        return default

    def several(self, name: str, rows: Iterable[Row], make: Callable[[Row], T], hint: Any) -> tuple[T, ...]:
        found = [value for row in rows if (value := self.one("", partial(make, row), None, hint)) is not None]
        lost = self.faults.count("")
        self.faults = [fault for fault in self.faults if fault] + ([f"{name} {lost} 条"] if lost else [])
        return tuple(found)


def _built(num: int, raw: Mapping[str, list[Row]], reader: _Trusting) -> Case:
    case = raw["cases"][0] if raw["cases"] else (None,) * len(OF_A_CASE["cases"].columns)
    head = dict(zip(CASE, case, strict=False))
    text = dict(zip(TEXT, raw["case_texts"][0] if raw["case_texts"] else _NO_TEXT, strict=False))
    note, tags, starred = raw["case_marks"][0] if raw.get("case_marks") else _NO_MARKS
    place, source = case[len(CASE) : len(CASE) + len(PLACE)], case[len(CASE) + len(PLACE)]

    def plain(name: str, value: Any) -> str:
        return reader.one(name, lambda: value, "", str)

    def listed(name: str, value: Any) -> tuple[str, ...]:
        return reader.one(name, lambda: tuple(json.loads(value)), (), tuple[str, ...])

    return Case(
        num=num,
        id=plain("编号", head["id"]),
        title=plain("标题", head["title"]),
        kind=reader.one("类别", lambda: head["kind"], "case", ArticleKind),
        section=plain("栏目", head["section"]),
        byline=listed("署名", head["byline"]),
        published=plain("日期", head["published"]),
        state=reader.one("状态", lambda: head["state"], "unchecked", State),
        confidence=reader.one("把握", lambda: head["confidence"], 0.0, float),
        source_id=plain("来源", source or ""),
        place=reader.one("地区", lambda: Place(*place), Place(), Place),
        summary=plain("摘要", text["summary"]),
        background=plain("背景", text["background"]),
        practice=plain("做法", text["practice"]),
        result=plain("成效", text["result"]),
        body=listed("正文", text["body"]),
        body_spans=reader.one(
            "正文的位置",
            lambda: tuple(map(spans_of, json.loads(text["body_spans"]))),
            (),
            tuple[tuple[Span, ...], ...],
        ),
        captions=reader.one("图说的位置", lambda: spans_of(json.loads(text["captions"])), (), tuple[Span, ...]),
        themes=listed("主题", head["themes"]),
        mechanisms=reader.several("机制", raw["case_mechanisms"], mechanism_from, Mechanism),
        metrics=reader.several("数据", raw["metrics"], metric_from, Metric),
        note=plain("备注", note),
        tags=listed("标签", tags),
        starred=reader.one("星标", lambda: bool(starred), False, bool),
        citations=reader.several("出处", raw["citations"], _citation_from, Citation),
    )


def metric_from(row: Sequence[Any]) -> Metric:
    """Return a row of ``metrics`` (in the order of its columns) as a record."""
    return Metric(
        id=row[0],
        indicator=row[1],
        value=Decimal(row[2]),
        unit=row[3],
        value_max=None if row[4] is None else Decimal(row[4]),
        approx=row[5],
        subject=row[6],
        period=row[7],
        kind=row[8],
        printed=row[9],
        span=None if row[10] is None else Span(row[10], row[11]),
        quote=row[12],
        quote_span=None if row[13] is None else Span(row[13], row[14]),
        confidence=row[15],
        reason=row[16],
        state=row[17],
    )


def metric_if_whole(row: Sequence[Any]) -> Metric | None:
    """Return a row of ``metrics`` as a record; None where it holds something else than we write."""
    try:
        metric = metric_from(row)
    except FAULTS:
        return None
    return metric if conforms(metric, Metric) else None


def mechanism_if_whole(row: Sequence[Any]) -> Mechanism | None:
    """Return a row of ``MECHANISM_COLUMNS`` as a record; None where it holds something else than we write."""
    try:
        mechanism = mechanism_from(row)
    except FAULTS:
        return None
    return mechanism if conforms(mechanism, Mechanism) else None


def mechanism_from(row: Sequence[Any]) -> Mechanism:
    """Return a row of ``MECHANISM_COLUMNS`` as a record."""
    name, kind, meanings, participants, note, spans, confidence, row_id = row
    return Mechanism(
        name=name,
        kind=kind,
        parts=tuple(Part(*p) for p in json.loads(meanings)),
        participants=tuple(json.loads(participants)),
        note=note,
        spans=spans_of(json.loads(spans)),
        confidence=confidence,
        id=row_id,
    )


def _citation_from(row: Row) -> Citation:
    paper, published, page_no, headline, byline = row
    return Citation(paper, published, page_no, headline, tuple(json.loads(byline)))


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return pairs of numbers as spans."""
    return tuple(Span(start, end) for start, end in pairs)
