"""One library: a SQLite file of cases, opened, read, changed, undone and backed up."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from core.library import (
    answers,
    backup,
    cases,
    figures,
    importlog,
    index,
    mechanisms,
    opening,
    pages,
    selections,
    sketches,
    succession,
)
from core.library.articles import case_of, reading_of
from core.library.cells import Cells
from core.library.errors import AlreadyImported, LibraryError, ReadOnlyLibrary
from core.library.orders import Orders
from core.library.query import Query, words_of
from core.library.search import Hits, Search
from core.library.search import figures as figures_found
from core.library.stamps import now
from core.library.tree import By, Tree
from core.library.undo import Step, UndoLog
from core.places.areas import label_of
from core.records import Article, Case, Citation, Mechanism, Page, Place, State
from core.text.folding import places_of

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
P = ParamSpec("P")


def _in_one_snapshot(read: Callable[Concatenate[Library, P], T]) -> Callable[Concatenate[Library, P], T]:
    """Let a method see the file as it was at one moment, whatever another thread commits meanwhile."""

    @wraps(read)
    def reading(library: Library, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if library._db.in_transaction:
            return read(library, *args, **kwargs)
        library._db.execute("BEGIN")
        try:
            return read(library, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            if opening.of_the_world(error):
                raise opening.in_words(library.path, error) from error
            raise
        finally:
            library._db.rollback()

    return reading


class Library:
    """A library belongs to the thread that opened it; another thread opens one of its own on the same file."""

    path: Path
    read_only: bool

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._db = connection
        self._cells = Cells(connection)
        self._orders = Orders(connection, self._cells)
        self._search = Search(connection, self._cells, self._orders)
        self._tree = Tree(self._cells)
        self.backup_failed = ""
        """Why no copy could be made on opening; the library is open all the same."""
        self._overview: tuple[int, answers.Overview] | None = None
        self.id = str(connection.execute("SELECT id FROM library").fetchone()[0])

    # ---- opening

    @classmethod
    def create(cls, path: Path) -> Library:
        """A new, empty library; LibraryError when there is a file already or the folder cannot be written."""
        from core.library import schema

        if path.exists():
            raise LibraryError(f"「{path.name}」已经存在，没有覆盖。", str(path))
        new = path.with_name(f".{path.name}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            connection = opening.connect_raw(new, "rwc")
            try:
                schema.bring_up(connection)
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
            os.replace(new, path)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"建不了案例库「{path}」：文件夹不能写或磁盘已满。", str(error)) from error
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backup: bool = False, foreign: bool = False) -> Library:
        """Open a library; ``backup`` keeps a copy in 备份/ when one is due, ``foreign`` checks the whole file first.

        A file of an older version is backed up and brought up to date. Raises the errors of ``core.library.errors``;
        a file that is refused is not touched.
        """
        connection, only_read = opening.connect(path, read_only=read_only, foreign=foreign)
        try:
            _bring_up_to_date(connection, path, only_read)
            library = cls(path, connection, only_read)
            if backup and not only_read:
                library._back_up_on_opening()
        except sqlite3.Error as error:
            connection.close()
            raise opening.in_words(path, error) from error
        except LibraryError:
            connection.close()
            raise
        return library

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- reading

    @property
    def changed(self) -> int:
        """A number that rises with every committed change, whoever made it."""
        return int(self._db.execute("SELECT revision FROM library").fetchone()[0])

    def count(self) -> int:
        """How many cases there are."""
        return int(self._db.execute("SELECT count(*) FROM cases").fetchone()[0])

    @_in_one_snapshot
    def rows_of(self, nums: Sequence[int]) -> list[answers.CaseRow]:
        """The rows of the list for these cases, in that order; those that are gone are left out."""
        found = self._db.execute(
            "SELECT c.num, c.id, c.title, c.published, c.figures, c.state, c.kind, c.themes,"
            " p.province, p.city, p.county FROM cases c JOIN places p ON p.num = c.place"
            f" WHERE c.num IN ({','.join(str(int(num)) for num in nums)})"
        )
        rows = {row[0]: _row_of(*row) for row in found}
        return [rows[num] for num in nums if num in rows]

    @_in_one_snapshot
    def case(self, num: int) -> Case:
        """A whole case; KeyError when it is gone."""
        return cases.load(self._db, [num])[num]

    def num_of(self, case_id: str) -> int:
        """The number of a case in this file; KeyError when it is not here."""
        row = self._db.execute("SELECT num FROM cases WHERE id = ?", (case_id,)).fetchone()
        if row is None:
            raise KeyError(case_id)
        return int(row[0])

    def source_text(self, source_id: str) -> str:
        """The text of a source as it was imported; KeyError when there is no such source."""
        row = self._db.execute("SELECT text FROM sources WHERE id = ?", (source_id,)).fetchone()
        if row is None:
            raise KeyError(source_id)
        return str(row[0])

    @_in_one_snapshot
    def page_of(self, source_id: str) -> Page:
        """A source as a page: its text as it was imported, and where it was printed; KeyError when it is gone."""
        return pages.page(self._db, pages.row_of(self._db, source_id))

    @_in_one_snapshot
    def edits_of(self, source_id: str) -> list[dict[str, Any]]:
        """What was put right on a page, in order, as it was handed in."""
        return pages.edits_of(self._db, pages.row_of(self._db, source_id))

    @_in_one_snapshot
    def siblings_of(self, num: int) -> list[tuple[answers.CaseRow, float]]:
        """Reprints and near-copies of a case, the most alike first, with the share of the text in common (0–1)."""
        found = dict(sketches.like(self._db, num))
        return [(row, found[row.num]) for row in self.rows_of([*found])]

    def log(self, limit: int = 1000) -> list[answers.LogRow]:
        """What became of the files of past imports, the newest first."""
        return importlog.read(self._db, limit)

    def sources(self) -> list[answers.SourceRow]:
        """All sources, the newest first."""
        rows = self._db.execute(
            "SELECT s.id, s.name, s.paper, s.published, s.page_no, count(c.num), s.kind, s.imported"
            " FROM sources s LEFT JOIN cases c ON c.source = s.num GROUP BY s.num"
            " ORDER BY s.published DESC, s.paper, s.page_no, s.num"
        )
        return [answers.SourceRow(*row) for row in rows]

    @_in_one_snapshot
    def mechanisms(self, words: str = "") -> list[answers.MechanismRow]:
        """The mechanisms, those of most cases first; with words those whose name, note or parts hold them all."""
        return mechanisms.all_rows(self._db, self._cells, words)

    @_in_one_snapshot
    def mechanism_cases(self, name: str) -> list[tuple[int, Mechanism, str, str]]:
        """(number, the mechanism as that case tells it, title, place) of every case that has it."""
        return mechanisms.of_name(self._db, self._cells, name)

    @_in_one_snapshot
    def similar_mechanisms(self, name: str) -> list[answers.MechanismRow]:
        """Who else has one like it, the most alike first; ``why`` says by what."""
        return mechanisms.similar(self._db, self._cells, name)

    @_in_one_snapshot
    def search(self, query: Query) -> Hits:
        """All cases that fulfil a query, in its order."""
        return self._search.hits(query)

    @_in_one_snapshot
    def snippets(self, nums: Sequence[int], query: Query) -> dict[int, answers.Snippet]:
        """A few words around the best hit of each of these cases; empty without words."""
        return self._search.snippets(nums, query)

    def marks(self, text: str, query: Query) -> list[tuple[int, int]]:
        """Where the words of a query stand in any text: half-open spans in order, none overlapping."""
        return places_of(text, words_of(query.words))

    @_in_one_snapshot
    def tree(self, by: By, hits: Hits | None = None, parent: tuple[str, ...] = ()) -> list[answers.TreeNode]:
        """The nodes below ``parent`` of the tree by place or by theme."""
        return self._tree.nodes(by, hits, parent)

    @_in_one_snapshot
    def overview(self) -> answers.Overview:
        """What is in the library."""
        revision = self._cells.refresh()
        if self._overview is None or self._overview[0] != revision:
            self._overview = (revision, figures.overview(self._db, self._cells))
        return self._overview[1]

    @_in_one_snapshot
    def figures(self, query: Query) -> list[answers.FigureRow]:
        """The figures of the hits that fulfil indicator, unit and value, in the order of the hits."""
        hits = self.search(query)
        order = {num: rank for rank, num in enumerate(hits.nums)}
        found = sorted((order[case], num) for case, num in figures_found(self._db, query) if case in order)
        return figures.rows(self._db, self._cells, [num for _, num in found])

    def selections(self) -> list[answers.SelectionRow]:
        """The selections in the order they were made."""
        return selections.rows(self._db)

    # ---- changing: each is one transaction, whole or not there

    def add_cases(self, cases: Iterable[Case], page: Page | None = None) -> list[int]:
        """Add cases, with ``page`` as their source; their numbers.

        A case whose id is here already is left as it is. One without source and body gets an excerpt (摘录) of the
        printed words of its figures, into which their spans point.
        """
        with self._transaction() as revision:
            source = self._add_page(page) if page else None
            nums, new = [], []
            for position, case in enumerate(cases):
                num = self._num_or_none(case.id)
                if num is None:
                    num = self._add_case(case, source, position, {}, revision)
                    new.append(num)
                nums.append(num)
            step = self._added(new, source)
        self._remember(step)
        return nums

    def add_page(self, page: Page, articles: Sequence[Article], edits: pages.Edits = ()) -> list[int]:
        """Add a page and its articles; their numbers. AlreadyImported when the same text is here already.

        ``edits`` are what was put right on the page to make these articles; those that correct characters count here.
        """
        fixed = pages.corrections_of(edits)
        with self._transaction() as revision:
            source = self._add_page(page)
            if edits:
                pages.write_edits(self._db, source, edits)
            nums = [
                self._add_case(case_of(page, article, fixed), source, position, reading_of(article), revision)
                for position, article in enumerate(articles)
            ]
            step = self._added(nums, source)
        self._remember(step)
        return nums

    def replace_page(self, source_id: str, articles: Sequence[Article], edits: pages.Edits) -> list[int]:
        """Put a page right: its cases become these articles; their numbers. KeyError when the page is gone.

        An article goes on with the case that it shares most of its body with: number, id, state, selections and what a
        person set in the library stay. Figures keep id and state by where they are printed. Other cases of the page
        are removed, other articles added.
        """
        source = pages.row_of(self._db, source_id)
        page = pages.page(self._db, source)
        if not pages.is_page(self._db, source):
            raise LibraryError(f"「{page.name}」是摘录，没有整版原文，不能重新整理。案例库没有改动。", source_id)
        added: list[int] = []
        return self._change(
            f"整理版面「{page.name}」",
            lambda: self._replace(source, page, articles, edits, added),
            pages.cases_of(self._db, source),
            added=added,
        )

    def set_source(
        self, source_id: str, *, paper: str | None = None, published: str | None = None, page_no: str | None = None
    ) -> None:
        """Say where a page was printed, for itself and its cases; None leaves as it is. KeyError when it is gone."""
        source = pages.row_of(self._db, source_id)
        given = {"paper": paper, "published": published, "page_no": page_no}
        known = {name: value for name, value in given.items() if value is not None}
        text = f"填写「{pages.page(self._db, source).name}」的出处"
        self._change(text, lambda: pages.cite(self._db, source, known), pages.cases_of(self._db, source))

    def write_log(self, entries: Iterable[answers.LogRow | Mapping[str, Any]]) -> None:
        """Keep what became of files of an import; this is no change to take back, and no view need look again."""
        rows = [entry if isinstance(entry, answers.LogRow) else answers.LogRow(**entry) for entry in entries]
        with self._writing():
            importlog.write(self._db, rows)

    def add_selection(self, name: str) -> str:
        """A new, empty selection; its id."""
        return self._change(f"新建汇编「{name}」", lambda: selections.add(self._db, name))

    def rename_selection(self, selection_id: str, name: str) -> None:
        """Give a selection another name; KeyError when it is gone, as in all that follow."""
        self._change(f"汇编改名为「{name}」", lambda: selections.rename(self._db, selection_id, name))

    def remove_selection(self, selection_id: str) -> None:
        """Remove a selection; its cases stay in the library."""
        name = selections.name_of(self._db, selection_id)
        self._change(f"删除汇编「{name}」", lambda: selections.remove(self._db, selection_id))

    def add_to_selection(self, selection_id: str, nums: Sequence[int], at: int | None = None) -> int:
        """Add cases before position ``at``, at the end when None; how many were new."""
        return self._change(f"加入汇编 {len(nums)} 例", lambda: selections.put(self._db, selection_id, nums, at))

    def remove_from_selection(self, selection_id: str, nums: Sequence[int]) -> None:
        """Take cases out of a selection."""
        self._change(f"移出汇编 {len(nums)} 例", lambda: selections.take(self._db, selection_id, nums))

    def move_in_selection(self, selection_id: str, nums: Sequence[int], at: int) -> None:
        """Move cases of a selection before the one that stands at position ``at`` now."""
        self._change(f"调整汇编顺序 {len(nums)} 例", lambda: selections.move(self._db, selection_id, nums, at))

    def set_place(self, nums: Sequence[int], place: Place) -> None:
        """Say where cases belong."""
        words = f"地区改为{place.names[-1] if place.names else '未定'} {len(nums)} 例"
        self._change(words, lambda: self._set_place(nums, place), nums)

    def set_themes(self, nums: Sequence[int], themes: Sequence[str]) -> None:
        """Give cases other themes, the main one first."""
        text = f"主题改为{'、'.join(themes) or '未定'} {len(nums)} 例"
        self._change(text, lambda: self._update("themes", cases.themes_json(themes), nums), nums, words=False)

    def set_title(self, num: int, title: str) -> None:
        """Give a case another title."""
        self._change(f"标题改为「{title}」", lambda: self._update("title", title, [num]), [num])

    def remove_cases(self, nums: Sequence[int]) -> None:
        """Remove cases, and their sources when nothing else was read from them."""
        self._change(f"删除案例 {len(nums)} 例", lambda: self._remove(nums), nums)

    # ---- undo

    @property
    def undo_text(self) -> str:
        """What ``undo`` would take back; empty when there is nothing."""
        return self._log.done[-1].text if self._log.done else ""

    @property
    def redo_text(self) -> str:
        """What ``redo`` would do again; empty when there is nothing."""
        return self._log.undone[-1].text if self._log.undone else ""

    def undo(self) -> str:
        """Take the last change back; what it was, empty when there was none."""
        return self._take_back(self._log.done, self._log.undone)

    def redo(self) -> str:
        """Do again what was taken back last; what it was, empty when there was none."""
        return self._take_back(self._log.undone, self._log.done)

    # ---- safety

    def back_up(self, target: Path) -> None:
        """Copy the library, as it is now, to another file."""
        backup.copy(self._db, target)

    def back_up_when_due(self) -> Path | None:
        """Keep a copy in 备份/ unless the newest is of today or nothing was changed since; the copy, if made."""
        return backup.keep(self._db, self.path)

    def _back_up_on_opening(self) -> None:
        try:
            self.back_up_when_due()
        except LibraryError as error:
            self.backup_failed = str(error)

    def backups(self) -> list[Path]:
        """The copies in 备份/, newest first."""
        return backup.of_library(self.path)

    def rebuild_index(self) -> None:
        """Make the search index anew, after another program has changed the file."""
        with self._transaction():
            index.rebuild(self._db)

    # ---- how a change is made

    @cached_property
    def _writer(self) -> Database:
        from sqlite_utils import Database  # late: a tenth of a second that reading does not need

        return Database(self._db, execute_plugins=False, recursive_triggers=False)

    @cached_property
    def _log(self) -> UndoLog:
        return UndoLog(self._db)

    @contextmanager
    def _transaction(self) -> Iterator[int]:
        """A transaction that every reader will notice; gives the number of the change."""
        with self._writing():
            self._db.execute("UPDATE library SET revision = revision + 1")
            yield self.changed

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction that has the right to write from its start."""
        if self.read_only:
            raise ReadOnlyLibrary(f"「{self.path.name}」以只读方式打开，不能改动。", str(self.path))
        _ = self._log
        try:
            with self._writer.atomic():
                yield
        except sqlite3.DatabaseError as error:
            if opening.of_the_world(error):
                raise opening.in_words(self.path, error) from error
            raise

    def _change(
        self,
        text: str,
        action: Callable[[], T],
        nums: Sequence[int] = (),
        *,
        words: bool = True,
        added: Sequence[int] = (),
    ) -> T:
        """Do what a person asked for, with the index in step and the way back written down.

        ``nums`` are the cases that it may change or remove, ``added`` those that it will have added (with the index);
        ``words`` says whether what a search looks into changes.
        """
        with self._transaction() as revision:
            nums = self._existing(nums)
            with self._in_step(nums, revision, words=words):
                first = self._log.start()
                result = action()
                last = self._log.stop()
        if last > first:
            self._remember(Step(text, first, last, (*nums, *added), words))
        return result

    @contextmanager
    def _in_step(self, nums: Sequence[int], revision: int, *, words: bool) -> Iterator[None]:
        """Take cases out of the index, let them be changed, index them as they are then; every reader will notice."""
        if words:
            index.take_out(self._db, self._existing(nums))
        yield
        left = self._existing(nums)
        if words:
            index.put_in_again(self._db, left)
        self._db.executemany("UPDATE cases SET revision = ? WHERE num = ?", [(revision, num) for num in left])

    def _remember(self, step: Step | None) -> None:
        if step:
            self._log.remember(step)

    def _take_back(self, steps: list[Step], other: list[Step]) -> str:
        if not steps:
            return ""
        step = steps[-1]
        try:
            with self._transaction() as revision, self._in_step(step.nums, revision, words=step.words):
                self._db.execute("PRAGMA defer_foreign_keys = ON")
                first = self._log.start()
                self._log.take_back(step)
                last = self._log.stop()
        except sqlite3.IntegrityError as error:
            self._log.forget()
            raise LibraryError(f"撤销不了「{step.text}」：之后又有别的改动。案例库没有改动。", str(error)) from error
        steps.pop()
        other.append(Step(step.text, first, last, step.nums, step.words))
        return step.text

    def _existing(self, nums: Sequence[int]) -> list[int]:
        return [
            num
            for num in dict.fromkeys(nums)
            if self._db.execute("SELECT 1 FROM cases WHERE num = ?", (num,)).fetchone()
        ]

    def _num_or_none(self, case_id: str) -> int | None:
        row = self._db.execute("SELECT num FROM cases WHERE id = ?", (case_id,)).fetchone() if case_id else None
        return int(row[0]) if row else None

    def _add_page(self, page: Page) -> int:
        sha256 = page.sha256 or _sha256(page.text)
        row = self._db.execute("SELECT id FROM sources WHERE sha256 = ? AND kind = 'page'", (sha256,)).fetchone()
        if row:
            raise AlreadyImported(f"「{page.name}」的内容已经导入过，没有重复导入。", str(row[0]))
        return cases.store_source(self._db, page, "page", sha256)

    def _add_case(self, case: Case, source: int | None, position: int, reading: object, revision: int) -> int:
        case = cases.with_ids(case)
        if source is None and case.source_id:
            row = self._db.execute("SELECT num FROM sources WHERE id = ?", (case.source_id,)).fetchone()
            source = int(row[0]) if row else None
        if source is None and not case.body:
            case, source = self._add_excerpt(case)
        num = cases.store(self._db, case, source, position, reading, revision)
        if case.captions:
            index.put_in_again(self._db, [num])
        else:
            index.put_in(self._db, num, case)
        return num

    def _replace(
        self, source: int, page: Page, articles: Sequence[Article], edits: pages.Edits, added: list[int]
    ) -> list[int]:
        """Make the cases of a page these articles; ``added`` takes the numbers of new ones."""
        fixed, fresh = pages.corrections_of(edits), pages.write_edits(self._db, source, edits)
        loaded = cases.load(self._db, pages.cases_of(self._db, source))
        old = [succession.Old(case, *cases.remembered(self._db, num)) for num, case in loaded.items()]
        new = succession.succeed(old, [(a, case_of(page, a, fixed)) for a in articles], fresh)
        for num in loaded.keys() - {case.num for case in new}:
            self._db.execute("DELETE FROM cases WHERE num = ?", (num,))
        changed = {case.num for case in new if case.num and case != loaded[case.num]}
        cases.clear(self._db, sorted(changed))
        out = []
        for position, (article, case) in enumerate(zip(articles, new, strict=True)):
            num = case.num or self._add_case(case, source, position, reading_of(article), self.changed)
            if case.num in changed:
                cases.overwrite(self._db, cases.with_ids(case))
            cases.place_on_page(self._db, num, position, reading_of(article))
            added += [] if case.num else [num]
            out.append(num)
        return out

    def _add_excerpt(self, case: Case) -> tuple[Case, int | None]:
        case, text = cases.with_excerpt(case)
        if not text:
            return case, None
        printed = case.citations[0] if case.citations else Citation()
        page = Page(
            text=text,
            name=printed.headline or case.title,
            format="excerpt",
            paper=printed.paper,
            published=printed.published or case.published,
            page_no=printed.page_no,
        )
        return case, cases.store_source(self._db, page, "excerpt", _sha256(text))

    def _added(self, nums: Sequence[int], source: int | None) -> Step | None:
        """The step that takes added cases back: their numbers and sources follow one another."""
        if not nums and source is None:
            return None
        statements = [f"DELETE FROM sources WHERE num = {source}"] if source is not None else []
        if nums:
            span = f"{nums[0]} AND {nums[-1]}"
            if source is None:
                own = f"SELECT min(source), max(source) FROM cases NOT INDEXED WHERE num BETWEEN {span}"
                first, last = self._db.execute(own).fetchone()
                if first is not None:
                    statements.append(f"DELETE FROM sources WHERE num BETWEEN {first} AND {last} AND kind = 'excerpt'")
            statements.append(f"DELETE FROM cases WHERE num BETWEEN {span}")
        first, last = self._log.write_down(statements)
        return Step(f"导入 {len(nums)} 例", first, last, tuple(nums), True)

    def _update(self, column: str, value: object, nums: Sequence[int]) -> None:
        """Set a field of cases, and remember that a person did."""
        time = now()
        self._db.executemany(
            f"UPDATE cases SET {column} = ?1, changed = ?2, decided = (SELECT json_group_array(value) FROM"
            f" (SELECT value FROM json_each(decided) UNION SELECT ?4)) WHERE num = ?3 AND {column} IS NOT ?1",
            [(value, time, num, column) for num in nums],
        )

    def _set_place(self, nums: Sequence[int], place: Place) -> None:
        self._update("place", cases.place_num(self._db, place), nums)

    def _remove(self, nums: Sequence[int]) -> None:
        for num in self._existing(nums):
            (source,) = self._db.execute("SELECT source FROM cases WHERE num = ?", (num,)).fetchone()
            self._db.execute("DELETE FROM cases WHERE num = ?", (num,))
            self._db.execute(
                "DELETE FROM sources WHERE num = ?1 AND NOT EXISTS (SELECT 1 FROM cases WHERE source = ?1)", (source,)
            )


def _row_of(
    num: int, id_: str, title: str, published: str, count: int, state: State, kind: str, themes: str, *place: str
) -> answers.CaseRow:
    return answers.CaseRow(num, id_, title, label_of(*place), tuple(json.loads(themes)), published, count, state, kind)


def _sha256(text: str) -> str:
    import hashlib  # late: it brings OpenSSL along

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, only_read: bool) -> None:
    """Back up and migrate an older file; make the index anew when its tokens are of another making."""
    (tokens,) = connection.execute("SELECT tokens FROM library").fetchone()
    old = opening.version_of(connection) < opening.VERSION
    if not old and tokens == index.TOKENS:
        return
    if only_read:
        raise ReadOnlyLibrary(
            f"「{path.name}」由较旧的版本写成，要升级才能打开，但它只读。请复制到可写的文件夹。", str(path)
        )
    if old:
        from core.library import schema

        backup.keep(connection, path, due=True)
        schema.bring_up(connection)
    if tokens != index.TOKENS:
        connection.execute("BEGIN IMMEDIATE")
        index.rebuild(connection)
        connection.execute("COMMIT")


def restore(backup_file: Path, path: Path) -> Path | None:
    """Put a backup in the place of a closed library; where the replaced file was kept, if there was one."""
    return backup.restore(backup_file, path)
