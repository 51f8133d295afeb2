"""Version 1: cases with their figures, mechanisms and citations, selections, decisions, the search index."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# A number is never given twice (AUTOINCREMENT), so that a removed case can always come back under its own.
# No STRICT: it needs SQLite 3.37, and the file must open on 3.34. Long texts have a table of their own so that lists,
# counts and sorts read a few hundred bytes a case.
_TABLES = (
    """CREATE TABLE library (
        only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL, created TEXT NOT NULL,
        tokens INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE sources (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('page', 'excerpt')),
        name TEXT NOT NULL, paper TEXT NOT NULL, published TEXT NOT NULL, page_no TEXT NOT NULL,
        format TEXT NOT NULL, encoding TEXT NOT NULL, sha256 TEXT NOT NULL, imported TEXT NOT NULL,
        text TEXT NOT NULL)""",
    """CREATE TABLE places (
        num INTEGER PRIMARY KEY, code TEXT NOT NULL, province TEXT NOT NULL, city TEXT NOT NULL, county TEXT NOT NULL,
        town TEXT NOT NULL, village TEXT NOT NULL, level TEXT NOT NULL, gazetteer TEXT NOT NULL DEFAULT '',
        UNIQUE (code, province, city, county, town, village))""",
    """CREATE TABLE cases (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        source INTEGER REFERENCES sources(num), position INTEGER NOT NULL,
        title TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('case', 'news', 'caption')),
        place INTEGER NOT NULL REFERENCES places(num), themes TEXT NOT NULL,
        published TEXT NOT NULL, figures INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('unchecked', 'checked', 'unsure', 'wrong')), confidence REAL NOT NULL,
        section TEXT NOT NULL, byline TEXT NOT NULL,
        added TEXT NOT NULL, changed TEXT NOT NULL, revision INTEGER NOT NULL)""",
    """CREATE TABLE case_texts (
        num INTEGER PRIMARY KEY REFERENCES cases(num) ON DELETE CASCADE,
        summary TEXT NOT NULL, background TEXT NOT NULL, practice TEXT NOT NULL, result TEXT NOT NULL,
        body TEXT NOT NULL, body_spans TEXT NOT NULL,
        captions TEXT NOT NULL, reading TEXT NOT NULL)""",
    "CREATE TABLE mechanisms (num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE case_mechanisms (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        case_num INTEGER NOT NULL REFERENCES cases(num) ON DELETE CASCADE, position INTEGER NOT NULL,
        mechanism INTEGER NOT NULL REFERENCES mechanisms(num), kind TEXT,
        parts TEXT NOT NULL, participants TEXT NOT NULL,
        note TEXT NOT NULL, spans TEXT NOT NULL, confidence REAL NOT NULL)""",
    """CREATE TABLE metrics (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        case_num INTEGER NOT NULL REFERENCES cases(num) ON DELETE CASCADE, position INTEGER NOT NULL,
        indicator TEXT NOT NULL, value TEXT NOT NULL, value_max TEXT, number REAL NOT NULL, number_max REAL NOT NULL,
        unit TEXT NOT NULL, approx TEXT NOT NULL, subject TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL,
        printed TEXT NOT NULL, start INTEGER, end INTEGER, quote TEXT NOT NULL, quote_start INTEGER,
        quote_end INTEGER, confidence REAL NOT NULL, reason TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('unchecked', 'checked', 'unsure', 'wrong')))""",
    "CREATE TABLE removed (revision INTEGER NOT NULL, case_num INTEGER NOT NULL)",
    """CREATE TABLE indicators (
        name TEXT NOT NULL, unit TEXT NOT NULL, figures INTEGER NOT NULL, PRIMARY KEY (name, unit)) WITHOUT ROWID""",
    """CREATE TABLE citations (
        num INTEGER PRIMARY KEY AUTOINCREMENT, case_num INTEGER NOT NULL REFERENCES cases(num) ON DELETE CASCADE,
        position INTEGER NOT NULL, paper TEXT NOT NULL, published TEXT NOT NULL, page_no TEXT NOT NULL,
        headline TEXT NOT NULL, byline TEXT NOT NULL)""",
    """CREATE TABLE selections (
        num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created TEXT NOT NULL)""",
    """CREATE TABLE selection_items (
        num INTEGER PRIMARY KEY AUTOINCREMENT, selection INTEGER NOT NULL REFERENCES selections(num) ON DELETE CASCADE,
        case_num INTEGER NOT NULL REFERENCES cases(num) ON DELETE CASCADE, position INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT '', UNIQUE (selection, case_num))""",
    """CREATE TABLE decisions (
        num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, who TEXT NOT NULL, at TEXT NOT NULL, case_id TEXT NOT NULL,
        metric_id TEXT, verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'changed', 'rejected', 'unsure')),
        before TEXT, after TEXT)""",
)
_INDEXES = (
    "CREATE UNIQUE INDEX sources_page ON sources(sha256) WHERE kind = 'page'",
    "CREATE INDEX cases_published ON cases(published, title)",
    "CREATE INDEX cases_revision ON cases(revision)",
    "CREATE INDEX removed_revision ON removed(revision)",
    "CREATE INDEX cases_kind ON cases(kind, state, figures)",
    "CREATE INDEX cases_source ON cases(source, position)",
    "CREATE INDEX cases_place ON cases(place)",
    "CREATE INDEX case_mechanisms_case ON case_mechanisms(case_num, position)",
    "CREATE INDEX case_mechanisms_mechanism ON case_mechanisms(mechanism, case_num)",
    "CREATE INDEX metrics_case ON metrics(case_num, position)",
    "CREATE INDEX metrics_indicator ON metrics(indicator, unit, number_max, number, case_num)",
    "CREATE INDEX citations_case ON citations(case_num, position)",
    "CREATE INDEX selection_items_order ON selection_items(selection, position)",
    "CREATE INDEX selection_items_case ON selection_items(case_num)",
    "CREATE INDEX decisions_case ON decisions(case_id, metric_id)",
)
# How many figures each indicator has in each unit is kept, since counting a million figures takes too long.
_ONE_MORE = (
    "INSERT INTO indicators VALUES (NEW.indicator, NEW.unit, 1)"
    " ON CONFLICT (name, unit) DO UPDATE SET figures = figures + 1;"
)
_ONE_LESS = (
    "UPDATE indicators SET figures = figures - 1 WHERE name = OLD.indicator AND unit = OLD.unit;"
    " DELETE FROM indicators WHERE name = OLD.indicator AND unit = OLD.unit AND figures < 1;"
)
_TRIGGERS = (
    f"CREATE TRIGGER metrics_in AFTER INSERT ON metrics BEGIN {_ONE_MORE} END",
    f"CREATE TRIGGER metrics_out AFTER DELETE ON metrics BEGIN {_ONE_LESS} END",
    f"CREATE TRIGGER metrics_renamed AFTER UPDATE OF indicator, unit ON metrics BEGIN {_ONE_LESS} {_ONE_MORE} END",
    """CREATE TRIGGER cases_out AFTER DELETE ON cases
        BEGIN INSERT INTO removed SELECT revision, OLD.num FROM library; END""",
    """CREATE TRIGGER sources_keep_text BEFORE UPDATE OF id, kind, text, sha256, encoding, format ON sources
        BEGIN SELECT RAISE(ABORT, 'a source is never changed'); END""",
    """CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END""",
    """CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END""",
)
# Each index holds what the one before it holds and more, so that the better hits of a word are found in a smaller one.
# Contentless: the texts are in the tables, and what the index holds of them is made again from there.
_SEARCH = tuple(
    statement.format(table)
    for table in ("title_words", "mechanism_words", "figure_words", "case_words")
    for statement in (
        "CREATE VIRTUAL TABLE {0} USING fts5(text, content='', tokenize='ascii', columnsize=0)",
        "INSERT INTO {0}({0}, rank) VALUES ('automerge', 16)",
        "INSERT INTO {0}({0}, rank) VALUES ('crisismerge', 64)",
    )
)
_STATE_WORDS = (
    "CASE {0}.state WHEN 'checked' THEN '已核' WHEN 'unsure' THEN '存疑' WHEN 'wrong' THEN '有误' ELSE '未核' END"
)
_VIEWS = (
    """CREATE VIEW case_themes AS SELECT c.num AS case_num, t.key AS position, t.value AS theme
        FROM cases c, json_each(c.themes) t""",
    f"""CREATE VIEW cases_readable AS SELECT
        c.num AS 序号, c.title AS 标题,
        CASE c.kind WHEN 'case' THEN '案例' WHEN 'news' THEN '新闻' ELSE '图说' END AS 类别,
        p.province AS 省, p.city AS 市, p.county AS 区县, p.town AS 乡镇, p.village AS 村,
        (SELECT group_concat(value, '、') FROM json_each(c.themes)) AS 主题,
        (SELECT group_concat(name, '、') FROM (SELECT m.name FROM case_mechanisms cm JOIN mechanisms m
            ON m.num = cm.mechanism WHERE cm.case_num = c.num ORDER BY cm.position)) AS 做法机制,
        c.published AS 日期, s.paper AS 报纸, s.page_no AS 版次, c.section AS 栏目, c.figures AS 数据条数,
        {_STATE_WORDS.format("c")} AS 状态,
        x.summary AS 摘要, x.background AS 背景, x.practice AS 做法, x.result AS 成效,
        (SELECT group_concat(value, char(10)) FROM json_each(x.body)) AS 正文, c.id AS 编号
        FROM cases c JOIN places p ON p.num = c.place LEFT JOIN case_texts x ON x.num = c.num
        LEFT JOIN sources s ON s.num = c.source""",
    f"""CREATE VIEW metrics_readable AS SELECT
        c.title AS 案例, p.city AS 市, p.county AS 区县, m.indicator AS 指标, m.printed AS 原文数值, m.value AS 数值,
        m.value_max AS 数值上限, m.unit AS 单位,
        CASE m.approx WHEN 'over' THEN '超' WHEN 'about' THEN '约' WHEN 'nearly' THEN '近' WHEN 'under' THEN '不足'
            ELSE '' END AS 约数,
        m.subject AS 主体, m.period AS 时间, m.quote AS 原文, {_STATE_WORDS.format("m")} AS 状态, c.published AS 日期,
        s.paper AS 报纸, s.page_no AS 版次, m.id AS 编号
        FROM metrics m JOIN cases c ON c.num = m.case_num JOIN places p ON p.num = c.place
        LEFT JOIN sources s ON s.num = c.source""",
)


def first(db: Database) -> None:
    """Make the tables of an empty library."""
    for statement in (*_TABLES, *_INDEXES, *_TRIGGERS, *_SEARCH, *_VIEWS):
        db.execute(statement)
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.execute("INSERT INTO library (only, id, created, tokens) VALUES (1, ?, ?, 1)", (str(uuid.uuid4()), now))
    db.execute("PRAGMA application_id = 1095650382")  # ANLN
    db.execute("PRAGMA user_version = 1")
