"""What importing does: files are read beside the window, put right on the desk, and go into the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.library import AlreadyImported, LibraryError
from core.library.answers import LogRow, Outcome
from core.writing.figure_text import grouped
from gui.desk.dropping import Dropping, Refusal, files_of, is_library
from gui.desk.run import Run
from gui.shell.jobs import Job, LibraryThread

if TYPE_CHECKING:
    from core.desk.work import Accepted, Work
    from core.intake.importing import Progress
    from core.intake.reading import Reading
    from core.library import Library
    from core.records import Place
    from gui.desk.desk import ImportDesk
    from gui.desk.queue import ImportQueue, QueueRow
    from gui.shell.shell import Shell

MANY_FILES, TOO_MANY_FILES = 60, 600
"""More files than this can be taken in at once; more than the second number are, so that memory stays bounded."""
PLACES_OFFERED = 8


class _NoLibrary:
    """What the reader's thread has in the place of a library: reading needs none."""

    def close(self) -> None:
        """Nothing to close."""


class Importing(QObject):
    """Takes files, folders, pasted text and pages of the library to the desk, and from there into the library."""

    cases_wanted = Signal(object, str)
    """A person wants to see the cases of these sources (their ids), and what these are called together."""
    library_wanted = Signal(object)
    """A library was dropped or pasted where pages are taken in (its path)."""
    desk_shown = Signal()
    """The desk came into sight."""

    def __init__(self, shell: Shell, source_shown: Callable[[], str]) -> None:
        super().__init__(shell)
        self._shell, self._source_shown = shell, source_shown
        self._reader: LibraryThread | None = None
        self._jobs: list[Job] = []
        self._desk: ImportDesk | None = None
        self._queue: ImportQueue | None = None
        self._accepting_all = False
        self._run = Run()
        self._doing = ""
        """What goes on while nothing waits in the list, in words."""
        self._offered: tuple[Sequence[str], str] = ((), "")
        """The sources whose cases the button of the desk shows, and what these are called."""
        self._asked: QueueRow | None = None
        """The page that a person asked for by name; it is shown when it is read, whatever the desk shows then."""
        self._adding: list[QueueRow] = []
        """What the library thread is writing now."""
        dropping = Dropping(shell.window, self._why_not, self)
        dropping.dropped.connect(self.take)
        dropping.refused.connect(self._say_refused)
        shell.library_opened.connect(self._change_library)

    # ---- what the menus do

    def import_files(self) -> None:
        """Ask for files and read them."""
        from core.sources import SUFFIXES

        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        words = self.tr("版面 ({0});;所有文件 (*)").format(kinds)
        chosen, _ = QFileDialog.getOpenFileNames(self._shell.window, self.tr("导入版面"), "", words)
        self.take([Path(name) for name in chosen])

    def import_folder(self) -> None:
        """Ask for a folder and read all the pages in it and below."""
        chosen = QFileDialog.getExistingDirectory(self._shell.window, self.tr("导入文件夹"))
        self.take([Path(chosen)] if chosen else [])

    def paste_page(self) -> None:
        """Read what is on the clipboard: files that were copied there, else its text as one page."""
        clip = QGuiApplication.clipboard().mimeData() or QMimeData()
        if files := files_of(clip):
            self.take(files)
        elif clip.hasText() and clip.text().strip():
            self.take_text(clip.text())
        else:
            self._shell.say(self.tr("剪贴板里没有文字，也没有文件。"))

    def tidy_source(self) -> None:
        """Put the page right that is chosen among the sources, or that the case shown was read from."""
        source_id = self._source_shown()
        if source_id:
            self.take_source(source_id)
        else:
            self._shell.say(self.tr("先在「来源」里选一个版面，或选一个从版面读来的案例。"))

    def show_desk(self) -> None:
        """Go to the desk."""
        self._shell.show_page(self.desk())
        self.desk_shown.emit()
        if self.desk().work is None:
            self._show_open_page(-1)
        self.desk().setFocus()

    def show_import_log(self) -> None:
        """Show what became of the files of past imports."""
        from gui.desk.log import ImportLog

        ImportLog(self._shell.library.log.rows(), self._shell.window).exec()

    # ---- what comes in

    def take(self, paths: Sequence[Path]) -> None:
        """Read these files, and all pages below these folders."""
        paths = self._without_libraries(paths)
        if not paths or not self._can_write():
            return
        self._doing = self.tr("正在找文件…")
        job = self._read(lambda nothing: _found_files(paths))
        job.stepped.connect(self._take_files)
        job.failed.connect(lambda error: self._say_progress())
        self.show_desk()
        self._say(self._doing, 0.02)

    def _without_libraries(self, paths: Sequence[Path]) -> list[Path]:
        """Hand on a library among the files, which is to be opened; the others may hold pages."""
        libraries = [path for path in paths if is_library(path)]
        if libraries:
            self.library_wanted.emit(libraries[0])
        return [path for path in paths if path not in libraries]

    def take_text(self, text: str) -> None:
        """Read a text as one page."""
        if self._can_write():
            self.show_desk()
            row = self._row(self.tr("粘贴的版面"))
            self._add_rows([row])
            self._asked = row
            self._read_rows([row], lambda nothing: _reader().read_text(text, row.name))

    def take_source(self, source_id: str) -> None:
        """Read a page of the library again, with what was put right by hand in it."""
        if not self._can_write():
            return
        library = self._shell.library
        try:
            page, edits = library.pages.load(source_id), library.pages.edits(source_id)
            whole = library.pages.is_whole(source_id)
        except (KeyError, LibraryError):
            self._shell.say(self.tr("这个来源没有版面原文，不能整理。"))
            return
        if not whole:
            self._shell.say(self.tr("来源是摘录，没有整版原文，不能整理版面。导入登它的那一版，就能整理那一版。"))
            return
        self.show_desk()
        open_rows = (r for r in self.queue().model.rows if r.work and r.work.source_id == source_id)
        if row := next(open_rows, None):
            self._show_row(self._at(row))
            return
        row = self._row(page.name)
        self._add_rows([row])
        self._asked = row
        self._read_rows([row], lambda nothing: _reader().read_again(page, edits, source_id))

    def _add_rows(self, rows: list[QueueRow]) -> None:
        """Let rows wait in the list; where no other page is open a new run begins."""
        queue = self.queue()
        if not (queue.count("waiting") or queue.count("ready") or self._adding):
            self._run = Run()
        self._run.files += len(rows)
        queue.model.add(rows)

    def _take_files(self, files: list[Path]) -> None:
        from core.sources import KINDS

        self._doing = ""
        if not files:
            self._say("", None)
            self._shell.say(self.tr("没有找到可以导入的文件（{kinds}）。").format(kinds=KINDS))
            self._show_open_page(-1)
            return
        way = self._ask_way(len(files)) if len(files) > MANY_FILES else "desk"
        if way == "all":
            self._import_at_once(files)
        elif way == "desk":
            rows = [self._row(path.name, path) for path in files]
            self._add_rows(rows)
            self._read_rows(rows, lambda nothing: _reader().read_pages(files))
        else:
            self._say_progress()

    def _ask_way(self, count: int) -> str:
        """Many files: all into the library at once, or page by page over the desk; empty for neither."""
        head = self.tr("共 {0} 个文件").format(grouped(count))
        words = self.tr(
            "可以直接全部收进案例库，标为未核，以后再从「来源」里逐页整理；也可以现在先逐页看过再收。"
            if count <= TOO_MANY_FILES
            else "文件很多，会直接收进案例库，标为未核；以后可以从「来源」里逐页整理。"
        )
        all_at_once = ("all", self.tr("直接导入 {0} 个文件").format(grouped(count)))
        other = ("desk", self.tr("先逐页看")) if count <= TOO_MANY_FILES else ("", self.tr("不导入"))
        from gui.kit import dialogs

        return dialogs.ask(self._shell.window, head, words, [other, all_at_once])

    # ---- reading for the desk

    def _read_rows(self, rows: list[QueueRow], work: Callable[[Any], Iterator[tuple[Reading, list[Work]]]]) -> None:
        """Let the reader work, and put each of its readings into the place of its row."""
        waiting = list(rows)
        job = self._read(work)
        job.stepped.connect(lambda read: self._take_reading(waiting.pop(0), *read))
        job.finished.connect(self._say_progress)
        job.failed.connect(lambda error: self._fail_rows(waiting))
        self._say_progress()
        if self.desk().work is None:
            self._say_nothing_open()

    def _fail_rows(self, rows: Sequence[QueueRow]) -> None:
        """Reading itself broke: what was not read is said not to be."""
        for row in rows:
            self._fail_row(row, self.tr("读的时候程序出了错"))
        self._say_progress()

    def _fail_row(self, row: QueueRow, reason: str) -> None:
        """A file gave no page."""
        row.state, row.note = "failed", reason
        self._run.failed += 1
        self.queue().model.say_changed(self._at(row))
        self._write_log(row)

    def _take_reading(self, row: QueueRow, reading: Reading, works: list[Work]) -> None:
        queue, at = self.queue(), self._at(row)
        if at < 0:
            return
        if works:
            queue.model.put(at, [self._read_row(row, reading, work, len(works)) for work in works])
        else:
            self._fail_row(row, reading.reason or self.tr("没有读出文章"))
        self._say_progress()
        asked = row is self._asked
        if asked:
            self._asked = None
        if asked or (works and self.desk().work is None):
            self._show_row(at)

    def _read_row(self, row: QueueRow, reading: Reading, work: Work, count: int) -> QueueRow:
        name = row.name if count == 1 else self.tr("{0} 第 {1} 页").format(row.name, work.page.page_no or "?")
        out = replace(row, name=work.page.name or name, state="ready", work=work)
        out.note = "；".join(work.page.notes)
        self._count(out)
        return out

    def _say_progress(self) -> None:
        """How far reading is: 已读 12 / 340 个文件 · 数据 1 024."""
        rows = self.queue().model.rows
        waiting, figures = self.queue().count("waiting"), sum(row.figures for row in rows)
        if waiting:
            total = max(waiting, self._run.files)
            words = self.tr("已读 {0} / {1} 个文件 · 数据 {2}")
            words = words.format(grouped(total - waiting), grouped(total), grouped(figures))
            self._say(words, max(0.02, (total - waiting) / total))
        else:
            words = self.tr("共 {0} 页 · 数据 {1}").format(
                grouped(len(rows) - self.queue().count("failed")), grouped(figures)
            )
            self._say(words if rows else "", None)
            if self.desk().work is None:
                self._show_open_page(-1)

    def cancel(self) -> None:
        """Stop what is being read or imported; pages that were read or added stay, whole."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._accepting_all = False
        if self._queue is not None:
            self._run.files -= self._queue.count("waiting")
            self._queue.model.drop(["waiting"])
            self._say_progress()
            self._shell.say(self.tr("已停止。读好的版面留着，没有读的没有导入。"))
        self._shell.say_idle()

    # ---- all at once

    def _import_at_once(self, files: list[Path]) -> None:
        """Let the library thread add everything, a page at a time; only failures are listed."""
        job = self._shell.begin(lambda library: _import(library, files), patient=True)
        if job is None:
            return
        self._jobs.append(job)
        self._run = run = Run(len(files))
        self._doing = self.tr("正在导入 {0} 个文件…").format(grouped(len(files)))
        job.stepped.connect(lambda step: self._take_progress(run, step))
        job.finished.connect(lambda: self._end_import(job, run))
        job.failed.connect(lambda error: self._end_import(job, run))
        self._say(self.tr("已读 {0} / {1} 个文件").format(0, grouped(len(files))), 0.02)
        self._show_open_page(-1)

    def _take_progress(self, run: Run, step: Progress) -> None:
        if step.problem:
            row = replace(self._row(step.path.name, step.path), state=step.outcome, note=step.reason)
            self.queue().model.add([row])
            run.failed, run.known = run.failed + (not step.known), run.known + step.known
        else:
            run.take(self._source_of(step.added), len(step.added))
        words = self.tr("已读 {0} / {1} 个文件 · 案例 {2} · 数据 {3}")
        counts = (grouped(n) for n in (step.done, step.total, step.cases, step.figures))
        self._say(words.format(*counts), step.done / max(1, step.total))
        if step.done % 50 == 0:
            self._renew_library()

    def _end_import(self, job: Job, run: Run) -> None:
        self._forget(job)
        self._doing = ""
        self._say(self.queue().words(), None)
        self._shell.say(self.tr("导入完了：{0}").format(run.told()))
        self._renew_library()
        self._show_open_page(-1)

    def _source_of(self, cases: Sequence[int]) -> str:
        """The id of the page that cases were just read from; empty where there are none."""
        return self._shell.library.cases.load(cases[0]).source_id if cases else ""

    def _renew_library(self) -> None:
        session = self._shell.session
        if session is not None:
            session.renew()

    # ---- from the desk into the library

    def _accept(self, page: Accepted) -> None:
        """Put a page into the library and go on to the next."""
        at = self._at_work()
        row = self.queue().model.rows[at]
        self._add(row, page, lambda: self._show_open_page(at))

    def _add(self, row: QueueRow, page: Accepted, then: Callable[[], object]) -> None:
        """Put a page into the library, whole or not at all; a page that is there already is said to be."""
        session = self._shell.session
        if session is None or any(row is other for other in self._adding):
            return
        self._adding.append(row)
        job = session.change(
            lambda library: _reader().put_in(library, page), lambda cases: self._end_adding(row, cases, then)
        )
        job.failed.connect(lambda error: self._refuse(row, error, then))

    def _end_adding(self, row: QueueRow, cases: Sequence[int], then: Callable[[], object]) -> None:
        row.state, row.articles, row.note = "added", len(cases), ""
        row.source = self._source_of(cases)
        self._run.take(row.source, len(cases))
        self._shell.say(self.tr("已收进 {0}，标为未核。").format(self._run.arrived()))
        self._clear(row, then)

    def _refuse(self, row: QueueRow, error: Exception, then: Callable[[], object]) -> None:
        """The page is in the library already, or could not be written; then it stays on the desk."""
        if isinstance(error, AlreadyImported):
            row.state, row.note, row.source = "known", error.reason, error.source_id
            self._run.known += 1
            self._clear(row, then)
            return
        self._adding = [other for other in self._adding if other is not row]
        self._accepting_all = False
        self._say_progress()
        self._shell.fail(error)

    def _clear(self, row: QueueRow, then: Callable[[], object]) -> None:
        """The page has left the desk."""
        self._adding = [other for other in self._adding if other is not row]
        row.work, row.doubts = None, 0
        self.queue().model.say_changed(self._at(row))
        self.queue().renew()
        self._write_log(row)
        then()

    def _accept_all(self) -> None:
        """Put every page that is read into the library, one a turn, so that the window stays alive."""
        self._accepting_all = True
        self.queue().view.setFocus()  # the button that has it cannot be pressed again
        self.desk().show_work(None)
        self._accept_one_of_all()

    def _accept_one_of_all(self) -> None:
        from core.desk.work import Accepted

        queue = self.queue()
        at = queue.next_open(-1)
        if at < 0 or not self._accepting_all:
            self._accepting_all = False
            self._say_progress()
            self._show_open_page(-1)
            return
        row = queue.model.rows[at]
        desk = row.work.desk
        left = queue.count("ready")
        self._say(self.tr("还剩 {0} 页").format(grouped(left)), 1 - left / max(1, len(queue.model.rows)))
        self._add(row, Accepted(desk.page, desk.articles, desk.edits, row.work.source_id), self._accept_one_of_all)

    # ---- which page is shown

    def _show_row(self, at: int) -> None:
        """Show a page of the list on the desk; a failed one says why."""
        row = self.queue().model.rows[at]
        self.queue().choose(at)
        if row.work is not None:
            self.desk().show_work(row.work, row.name)
            if self._shell.is_shown(self.desk()):
                self.desk().begin()
        elif row.state == "failed":
            self.desk().say_nothing_here("triangle-alert", row.name, self.tr("没有导入：{0}。").format(row.note))
            self.desk().show_work(None)
        elif row.state in ("added", "known"):
            self._offered = ((row.source,) if row.source else (), row.name)
            self._say_cases("circle-check", row.name, self.queue().model.state_text(row))
            self.desk().show_work(None)

    def _say_cases(self, icon: str, head: str, words: str) -> None:
        """Say what came in, with the button that shows it; without the button where nothing did."""
        button = (self.tr("去看案例"), "cases") if self._offered[0] else ()
        self.desk().say_nothing_here(icon, head, words, *button)

    def _show_open_page(self, after: int, step: int = 1) -> None:
        """The next page that waits for a person; where there is none, what to do then."""
        at = self.queue().next_open(after, step)
        if at >= 0:
            self._show_row(at)
        else:
            self._say_nothing_open()

    def _say_nothing_open(self) -> None:
        """Say in the place of a page why there is none, and what to do; a focus on the desk goes there."""
        desk, waiting = self.desk(), self.queue().count("waiting")
        held = self.is_shown() and desk.holds_focus()
        self.queue().choose(-1)
        if waiting or self._jobs:
            words = self.tr("读好一页，这里就显示一页。可以先去看别的。")
            desk.say_nothing_here("newspaper", self._reading_words() if waiting else self._doing, words)
        elif self._run.pages or self._run.known:
            self._offered = (tuple(self._run.sources), self._run.called())
            self._say_cases("circle-check", self.tr("这一批都看完了"), self._run.told())
        else:
            words = self.tr("把版面文件或文件夹拖到窗口里，或按 Ctrl+Shift+V 粘贴。TXT、网页、Word、PDF、OFD 都可以。")
            desk.say_nothing_here("upload", self.tr("还没有要整理的版面"), words, self.tr("选择文件…"), "files")
        desk.show_work(None)
        if held:
            desk.focus_notice()

    def _reading_words(self) -> str:
        """What is being read: one file by its name, several by their number."""
        waiting = [row for row in self.queue().model.rows if row.state == "waiting"]
        if self._run.files == len(waiting) == 1:
            return self.tr("正在读「{0}」…").format(waiting[0].name)
        return self.tr("正在读 {0} 个文件…").format(grouped(max(self._run.files, len(waiting))))

    def _act(self, act: str) -> None:
        if act == "cases":
            self.cases_wanted.emit(*self._offered)
        else:
            self.import_files()

    def _step_page(self, step: int) -> None:
        self._show_open_page(self.queue().chosen(), step)

    def _cite_all(self, known: dict[str, str]) -> None:
        """Fill in paper and date on every other page that lacks them."""
        changed = 0
        for row in self.queue().model.rows:
            missing = {name: value for name, value in known.items() if row.work and not getattr(row.work.page, name)}
            if any(missing.values()):
                row.work.cite(**missing)
                changed += 1
        self._shell.say(self.tr("另有 {0} 页填上了。").format(changed))

    def _take_change(self) -> None:
        at = self._at_work()
        if at >= 0:
            self._count(self.queue().model.rows[at])
            self.queue().model.say_changed(at)

    # ---- the parts

    def desk(self) -> ImportDesk:
        """The desk; made when it is first wanted."""
        if self._desk is None:
            from gui.desk.desk import ImportDesk

            self._desk = desk = ImportDesk(find_places, self.queue())
            desk.accepted.connect(self._accept)
            desk.page_wanted.connect(self._step_page)
            desk.cited_all.connect(self._cite_all)
            desk.changed.connect(self._take_change)
            desk.acted.connect(self._act)
            desk.said.connect(self._shell.say)
            self._shell.add_page(desk)
            self._say_nothing_open()
        return self._desk

    def queue(self) -> ImportQueue:
        """The list beside the desk."""
        if self._queue is None:
            from gui.desk.queue import ImportQueue

            self._queue = queue = ImportQueue()
            queue.row_chosen.connect(self._show_row)
            queue.cancelled.connect(self.cancel)
            queue.accept_all_wanted.connect(self._accept_all)
        return self._queue

    def undo(self) -> bool:
        """Undo on the desk while it is shown; False when the library should undo."""
        if shown := self.is_shown():
            self.desk().undo()
        return shown

    def redo(self) -> bool:
        """Redo on the desk while it is shown; False when the library should."""
        if shown := self.is_shown():
            self.desk().redo()
        return shown

    def close(self) -> None:
        """Stop reading."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def is_shown(self) -> bool:
        """Whether the desk is what is shown."""
        return self._shell.is_shown(self._desk)

    def _read(self, work: Callable[[Any], Iterator[object]]) -> Job:
        if self._reader is None:
            self._reader = LibraryThread(_NoLibrary, self)
            self._reader.start()
        job = self._reader.begin(work)
        self._jobs.append(job)
        job.finished.connect(lambda: self._forget(job))
        job.failed.connect(lambda error: self._forget(job))
        job.failed.connect(self._shell.fail)
        return job

    def _forget(self, job: Job) -> None:
        self._jobs = [other for other in self._jobs if other is not job]

    def _can_write(self) -> bool:
        why, then = self._why_not()
        if why:
            self._say_refused(why, then)
        return not why

    def _why_not(self) -> Refusal:
        """Why nothing can be taken in now, and what to do."""
        if self._shell.session is None:
            return self.tr("还没有打开案例库"), self.tr("先打开一个案例库，再导入版面。")
        if not self._shell.can_write():
            return self.tr("这个案例库只能看，不能改"), self.tr("先打开一个能写的案例库，再导入版面。")
        return "", ""

    def _say_refused(self, why: str, then: str) -> None:
        self._shell.say(self.tr("{0}，没有导入。{1}").format(why, then))

    def _say(self, words: str, share: float | None) -> None:
        self.queue().show_progress(words, share)
        if share is None:
            self._shell.say_idle()
        else:
            self._shell.say_busy(words, share)

    def _row(self, name: str, path: Path | None = None) -> QueueRow:
        from gui.desk.queue import QueueRow

        return QueueRow(name, path=path)

    def _count(self, row: QueueRow) -> None:
        row.articles, row.figures = len(row.work.desk.articles), row.work.figures()
        row.doubts = row.work.doubts()

    def _at(self, row: QueueRow) -> int:
        return next((at for at, other in enumerate(self.queue().model.rows) if other is row), -1)

    def _at_work(self) -> int:
        rows = self.queue().model.rows
        return next((at for at, r in enumerate(rows) if r.work is not None and r.work is self.desk().work), -1)

    def _change_library(self) -> None:
        """What was put right in another library does not belong here."""
        if self._queue is not None:
            rows = self._queue.model.rows
            for row in rows:
                row.state = "known" if row.work is not None and row.work.source_id else row.state
            self._queue.model.drop(["known", "added", "failed"])
            self._run = Run()
            self.desk().show_work(None)
            self._show_open_page(-1)

    def _write_log(self, row: QueueRow) -> None:
        """Keep in the library what became of a file."""
        counts = (1, row.articles, row.figures) if row.state == "added" else (0, 0, 0)
        entry = LogRow("", str(row.path or row.name), cast(Outcome, row.state), *counts, row.note)
        if session := self._shell.session:
            session.call(lambda library: library.log.write([entry])).failed.connect(self._shell.fail)


def find_places(typed: str) -> list[tuple[Place, str]]:
    """The places that typed text may mean, best first, each with a note on an old name."""
    from core.places.gazetteer import find_places as find

    return [(found.place, found.note) for found in find(typed, PLACES_OFFERED)]


# ---- what the threads do; what they need of the reader is loaded there, not in the window


def _reader() -> ModuleType:
    from core.intake import desk

    return desk


def _import(library: Library, files: list[Path]) -> Iterator[Progress]:
    from core.intake.importing import import_logged

    return import_logged(library, files)


def _found_files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    from core.intake.reading import find_pages

    yield find_pages(paths)
