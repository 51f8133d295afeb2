"""Looks a library over, of any version and without changing it: the file, every case, and what is made from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from core.library import derived, literal, opening, parts, sums
from core.library.case_reading import By
from core.library.conform import FAULTS
from core.library.errors import LibraryError, ReadOnlyLibrary

_SHOWN = 20
"""So many lines of SQLite's own check are kept."""
_NAMED = 3
"""So many quotes of a case are named that are not where they point."""
_SUMS_SINCE = 5
_TAGS_SINCE = 3
"""From this version on the edits of a page are under the tags of ``core.edit_tags``."""
_KINDS = {"sources": "来源", "source_names": "来源的出处", "page_edits": "版面上的改动"}
_KINDS |= {"selections": "汇编", "selection_items": "汇编里的案例"}
_KINDS |= {"selection_texts": "汇编里的文字", "selection_figures": "汇编里选的数据"}
_KINDS |= {"decisions": "决定", "rulings": "决定的结果", "bin": "回收站里的案例", "merges": "分发和合并"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was saved; ``rebuilds`` says whether it can be made anew from the rest.

    ``num`` is the case that it is about, 0 where it is about none.
    """

    text: str
    rebuilds: bool = False
    num: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and found: a library of ``version`` (an older one than ours opens after an upgrade)."""

    version: int
    cases: int
    findings: tuple[Finding, ...]
    quotes: int = 0
    """So many quotes of figures stand in their source to the letter, where they point."""

    @property
    def can_rebuild(self) -> bool:
        """Whether some of what was found can be made anew in the file as it is."""
        return self.version == opening.VERSION and any(finding.rebuilds for finding in self.findings)

    def words(self) -> str:
        """Return in a sentence what came of it."""
        old = f"（第 {self.version} 版的文件，没有升级它）" if self.version < opening.VERSION else ""
        if not self.findings:
            proven = f"，{self.quotes} 条数据的原话逐字在原文里" if self.quotes else ""
            return f"完好：{self.cases} 例{proven}{old}"
        rebuilds = sum(finding.rebuilds for finding in self.findings)
        can = f"，其中 {rebuilds} 处可以重建" if rebuilds else ""
        return f"{self.cases} 例，{len(self.findings)} 处不对{can}{old}"


def check(path: Path) -> Report:
    """Look over a library or a backup, reading only; raises the errors of ``core.library.errors``."""
    with closing(opening.connect_to_look(path)) as db:
        try:
            version = opening.version_of(db)
            proofs: list[literal.Proof] = []
            findings = tuple(_findings(db, version, proofs))
            cases = 0
            with suppress(sqlite3.DatabaseError):
                cases = int(db.execute("SELECT count(*) FROM cases").fetchone()[0])
            return Report(version, cases, findings, sum(proof.literal for proof in proofs))
        except sqlite3.Error as error:
            raise opening.in_words(path, error) from error


def rebuild(path: Path) -> tuple[str, ...]:
    """Make anew what can be made from the rest and is wrong, all or nothing; the names of what was made.

    A library of an older version has to be opened first. Raises the errors of ``core.library.errors``.
    """
    with closing(opening.connect_to_look(path)) as db:
        old = opening.version_of(db) != opening.VERSION
    if old:
        raise LibraryError(f"「{path.name}」没有重建：它是旧版本的，打开一次就升级。文件没有改动。", str(path))
    db, only_read = opening.connect(path)
    with closing(db):
        if only_read:
            raise ReadOnlyLibrary(f"「{path.name}」没有重建：只能读，不能写。文件没有改动。", str(path))
        try:
            db.execute("BEGIN IMMEDIATE")
            made = [*_made_anew(db)]
            if made:
                db.execute("UPDATE library SET revision = revision + 1")
                db.execute("UPDATE cases SET revision = (SELECT revision FROM library)")
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise opening.in_words(path, error) from error
        finally:
            if db.in_transaction:
                db.rollback()
    return tuple(made)


def _made_anew(db: sqlite3.Connection) -> Iterator[str]:
    if _of_the_file(db):
        db.execute("REINDEX")
        yield "表的索引"
    for thing in derived.ALL:
        if thing.wrong(db):
            thing.make(db)
            yield thing.name


def _findings(db: sqlite3.Connection, version: int, proofs: list[literal.Proof]) -> Iterator[Finding]:
    """What is wrong; ``proofs`` takes what came of each case's quotes."""
    by: By = "sums" if version >= _SUMS_SINCE and _sums_are_ours(db) else "form"
    if said := _of_the_file(db):
        indexes = all("index" in line for line in said)
        text = "表的索引和内容不一致" if indexes else "文件已损坏，有的页读不出，可从「备份」文件夹恢复"
        yield Finding(text, indexes, detail="\n".join(said))
    looks = [_lost(db), _cases(db, by, version, proofs), *([_others(db)] if by == "sums" else [])]
    for look in (*looks, *(_derived(db, thing) for thing in derived.ALL)):
        try:
            yield from look
        except (sqlite3.DatabaseError, *FAULTS) as error:
            yield Finding("有一部分内容读不出", detail=repr(error))


def _sums_are_ours(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT sums FROM library").fetchone()[0] == sums.SUMS)


def _of_the_file(db: sqlite3.Connection) -> Sequence[str]:
    found = [str(line) for (line,) in db.execute(f"PRAGMA integrity_check({_SHOWN})")]
    return [] if found == ["ok"] else found


def _lost(db: sqlite3.Connection) -> Iterator[Finding]:
    for table, row, of, _ in db.execute("PRAGMA foreign_key_check").fetchall()[:_SHOWN]:
        yield Finding("有内容找不到它所属的案例或来源", detail=f"row {row} of {table} belongs to no {of}")


def _cases(db: sqlite3.Connection, by: By, version: int, proofs: list[literal.Proof]) -> Iterator[Finding]:
    there = set()
    for case in derived.cases(db, by):
        there.add(case.num)
        if case.fault:
            yield Finding(case.fault, num=case.num)
            continue
        proof = literal.prove(db, case, version >= _TAGS_SINCE)
        proofs.append(proof)
        whose = f"「{case.title}」（第 {case.num} 号案例）"
        if proof.outside:
            yield Finding(f"{whose}有 {proof.outside} 条数据指到原文外面。", num=case.num)
        if proof.others:
            words = "、".join(f"「{words}」" for words in proof.others[:_NAMED]) + "等" * (len(proof.others) > _NAMED)
            yield Finding(f"{whose}有 {len(proof.others)} 条数据的原话不在它指的地方：{words}。", num=case.num)
    if by == "sums":
        kept = {num for (num,) in db.execute("SELECT num FROM sums WHERE part = 'cases'")}
        for num in sorted(kept - there):
            yield Finding(f"第 {num} 号案例不见了。", num=num)


def _others(db: sqlite3.Connection) -> Iterator[Finding]:
    """Sources, edits and selections that are not as they were saved, or gone."""
    version = opening.version_of(db)
    for name, words in _KINDS.items():
        if version < parts.SINCE.get(name, 0):
            continue
        there = sums.owners(db, parts.OF_ALL[name])
        kept = {num for (num,) in db.execute("SELECT num FROM sums WHERE part = ?", (name,))}
        for num in sorted({*there, *kept}):
            if sums.wrong(db, [num], [name]):
                yield Finding(f"第 {num} 号{words}和存下时不一样。")


def _derived(db: sqlite3.Connection, thing: derived.Derived) -> Iterator[Finding]:
    if count := thing.wrong(db):
        yield Finding(f"{thing.name}有 {count} 处不对", rebuilds=True)
