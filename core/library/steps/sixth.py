"""Version 6: one log of what people decided, and what a reading proposed there; a bin; notes, tags and stars."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

# A decision is a row that is never changed; its values are JSON, ``after`` and ``read`` are NULL where they are as
# ``before``. ``rulings`` has a row for each target that was ever decided: what the
# reading proposes there now (NULL: nothing), what of it no person decides (rest), and what follows from the log.
# ``bin`` keeps cases whole, with all their rows, until they are put back.
_SIXTH = (
    "DROP TRIGGER decisions_no_update",
    "DROP TRIGGER decisions_no_delete",
    "DROP TABLE decisions",
    """CREATE TABLE decisions (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, part TEXT NOT NULL,
        verdict TEXT NOT NULL
        CHECK (verdict IN ('accepted', 'changed', 'rejected', 'unsure', 'added', 'withdrawn')),
        before TEXT NOT NULL, after TEXT, read TEXT, note TEXT NOT NULL, seen TEXT NOT NULL,
        who TEXT NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX decisions_part ON decisions(part, case_id)",
    "CREATE INDEX decisions_case ON decisions(case_id)",
    """CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END""",
    """CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END""",
    """CREATE TABLE rulings (
        num INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL, part TEXT NOT NULL, proposal TEXT,
        rest TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('unchecked', 'checked', 'unsure', 'wrong')),
        mark TEXT NOT NULL CHECK (mark IN ('', 'conflict', 'stale')), UNIQUE (case_id, part))""",
    "CREATE INDEX rulings_mark ON rulings(mark, case_id) WHERE mark != ''",
    """CREATE TABLE case_marks (
        num INTEGER PRIMARY KEY REFERENCES cases(num) ON DELETE CASCADE, note TEXT NOT NULL, tags TEXT NOT NULL,
        starred INTEGER NOT NULL CHECK (starred IN (0, 1)))""",
    """CREATE TABLE bin (
        num INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL UNIQUE, source INTEGER, title TEXT NOT NULL,
        at TEXT NOT NULL, content TEXT NOT NULL)""",
    "CREATE INDEX bin_source ON bin(source)",
)
_ROW = (
    "INSERT INTO decisions (id, case_id, part, verdict, before, after, read, note, seen, who, at)"
    " VALUES (?, ?, ?, ?, ?, NULL, NULL, '', '[]', ?, ?)"
)
_RULING = "INSERT INTO rulings (case_id, part, proposal, rest, state, mark) VALUES (?, ?, ?, ?, ?, '')"
_VERDICTS = {"checked": "accepted", "unsure": "unsure", "wrong": "rejected"}


def sixth(db: Database) -> None:
    """Make the tables, and write down as decisions what the older ones say that a person decided."""
    old = db.execute("SELECT id, case_id, metric_id, verdict, who, at FROM decisions ORDER BY num").fetchall()
    for statement in _SIXTH:
        db.execute(statement)
    named = {(case_id, figure): (id_, verdict, who, at) for id_, case_id, figure, verdict, who, at in old}
    _fields(db)
    _figures(db, named)
    _wholes(db)
    for (case_id, figure), (id_, verdict, who, at) in named.items():
        db.execute(_ROW, (id_, case_id, f"figure/{figure}" if figure else "case", verdict, "null", who, at))
    db.execute("PRAGMA user_version = 6")


def _fields(db: Database) -> None:
    """The fields that a person set; what the reading had said there is not known any more."""
    query = (
        "SELECT c.id, c.changed, c.decided, c.title, c.themes, p.code, p.province, p.city, p.county, p.town, p.village"
        " FROM cases c LEFT JOIN places p ON p.num = c.place WHERE c.decided NOT IN ('', '[]')"
    )
    for case_id, at, decided, title, themes, *place in db.execute(query).fetchall():
        values = {"title": title, "themes": _loaded(themes), "place": place}
        for part in _loaded(decided) or ():
            if part in values and None not in place:
                value = _json(values[part])
                db.execute(_ROW, (_id(case_id, part, value, at), case_id, part, "changed", value, "", at))
                db.execute(_RULING, (case_id, part, value, "{}", "checked"))


def _figures(db: Database, named: dict[tuple[str, str | None], tuple[str, str, str, str]]) -> None:
    """The figures that a person judged; ``named`` are the judgements whose author is known."""
    query = (
        "SELECT c.id, c.changed, m.id, m.state, m.position, m.confidence, m.reason, m.indicator, m.value, m.unit,"
        " m.value_max, m.approx, m.subject, m.period, m.kind, m.printed, m.quote, m.start, m.end, m.quote_start,"
        " m.quote_end FROM metrics m JOIN cases c ON c.num = m.case_num WHERE m.state != 'unchecked'"
    )
    for case_id, at, figure, state, position, confidence, reason, *value in db.execute(query).fetchall():
        part, said = f"figure/{figure}", _json(_figure(*value))
        rest = _json({"position": position, "confidence": confidence, "reason": reason})
        row = named.pop((case_id, figure), (_id(case_id, part, said, state, at), _VERDICTS[state], "", at))
        db.execute(_ROW, (row[0], case_id, part, _VERDICTS[state], said, *row[2:]))
        db.execute(_RULING, (case_id, part, said, rest, state))


def _wholes(db: Database) -> None:
    """The cases that a person judged as a whole."""
    for case_id, at, state in db.execute("SELECT id, changed, state FROM cases WHERE state != 'unchecked'").fetchall():
        row = (_id(case_id, "case", state, at), case_id, "case", _VERDICTS[state], "null", "", at)
        db.execute(_ROW, row)
        db.execute(_RULING, (case_id, "case", None, "{}", state))


def _id(*said: str) -> str:
    """The id of a decision that had none: the same wherever a copy of the same file is brought up, so that two laptops
    that did so have one decision, not two."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, _json(said)))


def _figure(
    indicator: str, value: str, unit: str, most: str | None, approx: str, subject: str, period: str, kind: str,
    printed: str, quote: str, start: int | None, end: int | None, quote_start: int | None, quote_end: int | None,
) -> dict[str, Any]:  # fmt: skip
    out: dict[str, Any] = {"indicator": indicator, "value": value, "unit": unit}
    out |= {} if most is None else {"value_max": most}
    out |= {} if approx == "exact" else {"approx": approx}
    out |= {name: text for name, text in (("subject", subject), ("period", period)) if text}
    out |= {} if kind == "count" else {"kind": kind}
    out |= {name: text for name, text in (("printed", printed), ("quote", quote)) if text}
    out |= {} if start is None else {"span": [start, end]}
    out |= {} if quote_start is None else {"quote_span": [quote_start, quote_end]}
    return out


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _loaded(cell: Any) -> Any:
    try:
        return json.loads(cell)
    except (TypeError, ValueError):
        return None
