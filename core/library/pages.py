"""The pages of a library: their text, where they were printed, and what a person put right in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core import edit_tags
from core.decisions import EDITS, Decision, Target, Verdict, frontier, pair_target, ruling
from core.library import (
    adding,
    bin_rows,
    case_reading,
    case_rows,
    corrections,
    deciding,
    joining,
    log_rows,
    rereading,
    rewording,
    source_rows,
    succession,
)
from core.library.answers import SourceRow
from core.library.articles import case_of, reading_of
from core.library.conform import shown
from core.library.errors import LibraryError
from core.library.file import LibraryPart, in_one_snapshot, said_in_words
from core.library.source_rows import Edits
from core.library.stamps import new_id, now
from core.records import Article, Case, Page
from core.text.storable import storable


class Pages(LibraryPart):
    """Pages, and excerpts (摘录) of pages, by the ids of their sources."""

    @in_one_snapshot
    def rows(self) -> list[SourceRow]:
        """Return all sources, the newest first."""
        rows = self._db.execute(
            "SELECT s.id, s.name, s.paper, s.published, s.page_no, s.kind, s.imported, count(c.num), s.num"
            " FROM sources s LEFT JOIN cases c ON c.source = s.num GROUP BY s.num"
            " ORDER BY s.published DESC, s.paper, s.page_no, s.num"
        )
        more = joining.counts(self._db)
        return [_row_of(cases + more[num], *row) for *row, cases, num in rows]

    @in_one_snapshot
    def with_case(self, num: int) -> list[SourceRow]:
        """Return the pages, besides its own, on which a case is printed."""
        sources = joining.sources_of(self._db, num)
        query = "SELECT id, name, paper, published, page_no, kind, imported FROM sources WHERE num = ?"
        return [_row_of(1, *self._db.execute(query, (source,)).fetchone()) for source in sources]

    @in_one_snapshot
    def id_of(self, page: Page) -> str:
        """Return the id of the source that has the text of a page; empty when none has."""
        sha256 = page.sha256 or adding.sha256_of(page.text)
        row = self._db.execute("SELECT id FROM sources WHERE sha256 = ? AND kind = 'page'", (sha256,)).fetchone()
        return str(row[0]) if row else ""

    @in_one_snapshot
    def text(self, source_id: str) -> str:
        """Return the text of a source as it was imported; KeyError when there is no such source."""
        return source_rows.text(self._db, source_rows.num_of(self._db, source_id))

    @in_one_snapshot
    def load(self, source_id: str) -> Page:
        """Return a source as a page: its text as imported, and where it was printed; KeyError when it is gone."""
        return source_rows.load(self._db, source_rows.num_of(self._db, source_id))

    @in_one_snapshot
    def is_whole(self, source_id: str) -> bool:
        """Return whether a source is a page as it was printed, not an excerpt; KeyError when there is no such source.

        Only what was read from a whole page can be read again.
        """
        return source_rows.is_page(self._db, source_rows.num_of(self._db, source_id))

    @in_one_snapshot
    def edits(self, source_id: str) -> list[dict[str, Any]]:
        """Return what was put right on a page, in order, as it was handed in."""
        return source_rows.edits_of(self._db, source_rows.num_of(self._db, source_id))

    @in_one_snapshot
    def of_stretch(self, target: Target) -> tuple[str, list[int]]:
        """Return the name of the page that words were put right on, and its cases; without any when it is not here."""
        page = corrections.page_of(self._db, target.case)
        if page is None:
            return "", []
        return source_rows.load(self._db, page[0]).name, source_rows.cases_of(self._db, page[0])

    @in_one_snapshot
    def has(self, source_id: str, edits: Edits) -> bool:
        """Return whether a page was put right just so, but for words of which something is decided since.

        KeyError when it is gone.
        """
        source = source_rows.num_of(self._db, source_id)
        there: Edits = source_rows.edits_of(self._db, source)
        own: Edits = json.loads(log_rows.as_json([dict(edit) for edit in edits]))
        others = [[edit for edit in some if edit.get("do") != edit_tags.CORRECT] for some in (there, own)]
        words = map(source_rows.corrections_of, (there, own))
        return there == own or (others[0] == others[1] and corrections.is_spoken_of(self._db, source, *words))

    # ---- changing: each is one transaction, whole or not there

    def add(self, page: Page, articles: Sequence[Article], edits: Edits = ()) -> list[int]:
        """Add a page and its articles; their numbers. AlreadyImported when the same text is here already.

        ``edits`` are what was put right on the page to make these articles; those that correct characters count here,
        and those that say that an article is a case of the library: that has one source more, and no case is added.
        """
        fixed = source_rows.corrections_of(edits)
        known = joining.known(self._db, articles, edits)
        if known or joining.others(edits):
            return self._add_decided(page, articles, edits, known)
        with self._file.transaction() as revision:
            source = adding.add_page(self._db, page)
            if edits:
                source_rows.write_edits(self._db, source, edits)
            nums = [
                adding.add_case(self._db, case_of(page, article, fixed), source, at, reading_of(article), revision)
                for at, article in enumerate(articles)
            ]
            adding.sum_up(self._db, nums, source)
            rewording.lay_new(self._db, source, self._file.reviewer)
            way_back = adding.way_back(self._db, nums, source)
        self._file.remember_added(way_back, nums, revision)
        return nums

    @said_in_words
    def _add_decided(
        self, page: Page, articles: Sequence[Article], edits: Edits, known: Mapping[int, int]
    ) -> list[int]:
        """Add a page of whose articles a person said that they are cases of the library, or that they are not."""
        db, fixed, added = self._db, source_rows.corrections_of(edits), list[int]()

        def add() -> list[int]:
            source = adding.add_page(db, page)
            source_rows.write_edits(db, source, edits)
            for at, article in enumerate(articles):
                if at in known:
                    joining.cite(db, known[at], page, article)
                else:
                    case = case_rows.with_ids(case_of(page, article, fixed))
                    added.append(adding.add_case(db, case, source, at, reading_of(article), self._file.revision))
                    self._say_other(case.id, joining.said_of(article, edits, edit_tags.OTHER))
            rewording.lay_new(db, source, self._file.reviewer)
            return added

        text = f"导入 {len(articles) - len(known)} 例，合并 {len(known)} 例"
        return self._file.change(text, add, [*known.values()], added=added)

    @said_in_words
    def replace(
        self, source_id: str, articles: Sequence[Article], edits: Edits, known: Edits | None = None
    ) -> list[int]:
        """Put a page right: its cases become these articles; their numbers. KeyError when the page is gone.

        An article goes on with the case that it shares most of its body with: number, id, selections and whatever a
        person decided there stay; what the reading proposes now is kept beside it. Figures keep their ids by where
        they are printed. Other cases of the page are removed, other articles added, but for those in the bin and those
        that are cases of other pages. ``known`` is what was put right in it as far as this person knew: words that were
        put right since, as a merge does it, stay so where the ``edits`` leave them alone.
        """
        source = source_rows.num_of(self._db, source_id)
        page = source_rows.load(self._db, source)
        if not source_rows.is_page(self._db, source):
            raise LibraryError(f"「{page.name}」是摘录，没有整版原文，不能重新整理。案例库没有改动。", source_id)
        added: list[int] = []
        return self._file.change(
            f"整理版面「{page.name}」",
            lambda: self._replace(source, page, articles, edits, known, added),
            [
                *source_rows.cases_of(self._db, source),
                *joining.cases_of(self._db, source),
                *joining.known(self._db, articles, edits).values(),
            ],
            added=added,
        )

    @said_in_words
    def set_source(
        self, source_id: str, *, paper: str | None = None, published: str | None = None, page_no: str | None = None
    ) -> None:
        """Say where a page was printed, for itself and its cases; None leaves as it is. KeyError when it is gone."""
        source = source_rows.num_of(self._db, source_id)
        given: Mapping[str, str | None] = {"paper": paper, "published": published, "page_no": page_no}
        known = {name: storable(value) for name, value in given.items() if value is not None}
        text = f"填写「{source_rows.load(self._db, source).name}」的出处"
        cases = [*source_rows.cases_of(self._db, source), *joining.cases_of(self._db, source)]
        self._file.change(text, lambda: source_rows.cite(self._db, source, known), cases)

    @said_in_words
    def decide_words(self, target: Target, value: Any, text: str) -> None:
        """Say how a stretch of a page is to be read, by a value of the log; with None it is unsure, as it stands.

        KeyError when the page is gone.
        """
        _, nums = self.of_stretch(target)
        rows = log_rows.of_targets(self._db, [target]).get(target, ())
        had = deciding.kept(self._db, target)
        if had is None or corrections.page_of(self._db, target.case) is None:
            raise KeyError(target.part)
        stands = ruling(rows, had.proposal).value
        verdict: Verdict = "unsure" if value is None else "changed"
        stamp = (self._file.reviewer, now(), stands, stands if value is None else value, had.proposal, "")
        row = Decision(new_id(), target, verdict, *stamp, frontier(rows))

        def write() -> None:
            self._file.decide([row])
            deciding.settle(self._db, [target])
            rewording.lay(self._db, [target.case], indexed=False)

        self._file.change(text, write, nums)

    def _replace(
        self, source: int, page: Page, articles: Sequence[Article], edits: Edits, base: Edits | None, added: list[int]
    ) -> list[int]:
        """Make the cases of a page these articles; ``added`` takes the numbers of new ones."""
        db = self._db
        known = joining.known(db, articles, edits)
        joining.uncite(db, joining.cases_of(db, source), page)
        for at, num in known.items():
            joining.cite(db, num, page, articles[at])
        articles = [article for at, article in enumerate(articles) if at not in known]
        had, own = source_rows.edits_of(db, source), source_rows.corrections_of(edits)
        before = source_rows.corrections_of(had)
        fixed = corrections.with_since(page.text, had if base is None else base, own, before)
        edits = edits if fixed == own else source_rows.with_corrections(edits, fixed)
        fresh = source_rows.write_edits(db, source, edits)
        self._log_edits(source, had, edits)

        def as_case(article: Article) -> Case:
            return rewording.reworded(case_of(page, article, own), reading_of(article), page.text, own, fixed)

        loaded = case_reading.read(db, source_rows.cases_of(db, source))
        binned = bin_rows.spans_of_binned(db, source)
        kept = [a for a in articles if not rereading.thrown_away(a, as_case(a), binned)]
        read = [(a, as_case(a)) for a in kept]
        old = rereading.as_read(db, list(loaded))
        new = [replace(case, id=case.id or new_id()) for case in succession.succeed(old, read)]
        of = {one.case.num: one for one in old}
        for at, ((article, _), case) in enumerate(zip(read, new, strict=True)):
            if not case.num:
                continue
            if rewording.only_words(of[case.num], article, before, fixed):
                was = rewording.of_case(db, of[case.num].case, page.text, before, fixed)
                self._file.decide(rewording.read_otherwise(db, was, article, case, fresh, self._file.reviewer))
                new[at] = was
            else:
                stamp = (f"{new_id()}-", self._file.reviewer, now())
                self._file.decide(rereading.decided_now(db, article, case, fresh, stamp))
        rereading.move(db, new)
        new = [rereading.as_decided(db, case) for case in new]
        case_rows.delete(db, loaded.keys() - {case.num for case in new})
        changed = {case.num for case in new if case.num and case != loaded[case.num]}
        case_rows.clear(db, sorted(changed))
        out = []
        for position, (article, case) in enumerate(zip(kept, new, strict=True)):
            num = case.num or adding.add_case(db, case, source, position, reading_of(article), self._file.revision)
            if case.num in changed:
                case_rows.overwrite(db, case_rows.with_ids(case))
            case_rows.place_on_page(db, num, position, reading_of(article))
            added += [] if case.num else [num]
            out.append(num)
        for case in new:
            deciding.sum_up(db, case.id)
        return out

    def _say_other(self, case_id: str, others: Sequence[str]) -> None:
        """Write down that a case is another than these, though it is much like them."""
        targets = [pair_target(case_id, other) for other in others]
        log, stamp = log_rows.of_targets(self._db, targets), (self._file.reviewer, now())
        seen = {target: frontier(log.get(target, ())) for target in targets}
        self._file.decide([Decision(new_id(), target, "rejected", *stamp, seen=seen[target]) for target in targets])
        deciding.settle(self._db, targets)

    def _log_edits(self, source: int, had: Edits, edits: Edits) -> None:
        """Write down that a person put the page right: each stretch whose characters were, all other edits as one."""
        db, who = self._db, self._file.reviewer
        before, after = map(source_rows.corrections_of, (had, edits))
        rows = corrections.decide(db, source, before, after, who)
        self._file.decide(rows)
        deciding.settle(db, [row.target for row in rows])
        old, new = ([dict(e) for e in some if e.get("do") != edit_tags.CORRECT] for some in (had, edits))
        if old != new:
            target = Target(source_rows.id_of(db, source), EDITS)
            seen = frontier(log_rows.of_targets(db, [target]).get(target, ()))
            self._file.decide([Decision(new_id(), target, "changed", who, now(), old, new, [], "", seen)])


def _row_of(
    cases: int, id_: str, name: str, paper: str, published: str, page_no: str, kind: str, imported: str
) -> SourceRow:
    where = (shown(published), shown(page_no))
    return SourceRow(shown(id_), shown(name), shown(paper), *where, cases, shown(kind), shown(imported))
