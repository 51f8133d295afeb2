"""What importing does: files are read beside the window, put right on the desk, and go into the library."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.library import LibraryError
from core.writing.figure_text import grouped
from gui.desk.accepting import Accepting
from gui.desk.at_once import AtOnce
from gui.desk.dropping import Dropping, Refusal, files_of, is_library
from gui.desk.left import TOO_MANY_FILES, Left
from gui.desk.row_reader import RowReader
from gui.desk.run import Run
from gui.desk.taken_off import TakenOff

if TYPE_CHECKING:
    from core.desk.work import Accepted
    from core.intake.desk import Arrived
    from core.intake.importing import Progress
    from core.library.answers import DeskRow
    from core.records import Place
    from gui.desk.desk import ImportDesk
    from gui.desk.queue import ImportQueue
    from gui.desk.queue_rows import QueueRow
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell

MANY_FILES = 60
"""More files than this can be taken in at once."""
PLACES_OFFERED = 8


class Importing(QObject):
    """Takes files, folders, pasted text and pages of the library to the desk, and from there into the library.

    What is on the desk belongs to the library that was open when it came, and is kept there until it is accepted.
    """

    cases_wanted = Signal(object, str)
    """A person wants to see the cases of these sources (their ids), and what these are called together."""
    library_wanted = Signal(object)
    """A library was dropped or pasted where pages are taken in (its path)."""
    desk_shown = Signal()
    """The desk came into sight."""

    def __init__(self, shell: Shell, source_shown: Callable[[], str], settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._source_shown = shell, source_shown
        self.left = Left(shell, settings)
        self._reader = RowReader(self.queue, self.left.keeper, self)
        self._accepting, self._at_once = Accepting(shell, self.left.keeper), AtOnce(shell)
        self._desk: ImportDesk | None = None
        self._queue: ImportQueue | None = None
        self._run = Run()
        self._doing = ""
        """What goes on while nothing waits in the list, in words."""
        self._offered: tuple[Sequence[str], str] = ((), "")
        """The sources whose cases the button of the desk shows, and what these are called."""
        self._asked: QueueRow | None = None
        """The page that a person asked for by name; it is shown when it is read, whatever the desk shows then."""
        self._looked_through: list[DeskRow] = []
        """What was dropped, files and folders, as long as the files in it are looked for."""
        self._off = TakenOff(self.queue, self.left.keeper)
        self._accepted: list[QueueRow] = []
        """The pages that came in, the last one at the end."""
        self._just_accepted = False
        """Whether accepting a page is what a person did last on the desk."""
        self._connect()

    def _connect(self) -> None:
        dropping = Dropping(self._shell.window, self._why_not, self)
        dropping.dropped.connect(self.take)
        dropping.refused.connect(self._say_refused)
        self.left.found.connect(self._take_left)
        self._reader.read.connect(self._take_read)
        self._reader.failed.connect(self._take_failed)
        self._reader.went_on.connect(self._say_progress)
        self._reader.broke.connect(self._shell.fail)
        self._accepting.came_in.connect(self._take_in)
        self._accepting.was_there.connect(self._take_known)
        self._accepting.refused.connect(self._keep_refused)
        self._accepting.decided.connect(self._keep_hand)
        self._accepting.stayed.connect(self._show_stayed)
        self._accepting.all_taken.connect(self._end_accepting)
        self._at_once.stepped.connect(self._take_progress)
        self._at_once.ended.connect(self._end_import)
        self._shell.library_opened.connect(self._begin_library)
        self._shell.library_closing.connect(self._leave_library)
        self._shell.library_changed.connect(self._look_back)

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
            self._shell.say(
                self.tr("没有版面可以整理：这个案例没有原文。先在「来源」里选一个版面，或选一个从版面读来的案例。")
            )

    def show_desk(self) -> None:
        """Go to the desk."""
        self._shell.show_page(self.desk())
        self.desk_shown.emit()
        self.left.drop_bar()
        if self.desk().work is None:
            self._show_seen_last()
        self.desk().setFocus()
        self.left.look(again=True)

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
        from core.sources import name_of

        self._doing = self.tr("正在找文件…")
        dropped = [self._row(name_of(path), path).kept() for path in paths]
        self._looked_through += dropped
        self.left.keeper().add(dropped)
        job = self._reader.find(paths)
        job.stepped.connect(self._take_files)
        job.finished.connect(lambda: self._forget_dropped(dropped))
        job.failed.connect(lambda error: self._forget_dropped(dropped))
        job.failed.connect(lambda error: self._say_progress())
        self.show_desk()
        self._say(self._doing, 0.02)

    def _forget_dropped(self, dropped: Sequence[DeskRow]) -> None:
        """What was dropped has become the files that were found."""
        if dropped:
            self.left.keeper().remove([row.id for row in dropped])
            self._looked_through = [row for row in self._looked_through if row not in dropped]

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
            self._add_rows([row], {row.id: text})
            self._asked = row
            self._reader.read_text(row, text)
            self._say_reading()

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
        open_rows = (r for r in self.queue().model.rows if r.state in ("ready", "waiting") and r.source == source_id)
        if row := next(open_rows, None):
            self._asked = row
            self._show_row(self._at(row))
            return
        row = self._row(page.name)
        row.source = source_id
        self._add_rows([row])
        self._asked = row
        self._reader.read_source(row, page, edits)
        self._say_reading()

    def _add_rows(self, rows: list[QueueRow], pasted: dict[str, str] | None = None) -> None:
        """Let rows wait in the list, and in the library; where no other page is open a new run begins."""
        queue = self.queue()
        if not (queue.count("waiting") or queue.count("ready") or self._accepting.is_busy()):
            self._run = Run()
        self._run.files += len(rows)
        queue.model.add(rows)
        self.left.keeper().add([row.kept() for row in rows], pasted)

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
            self.left.keeper().add_files(files, self._import_at_once)
        elif way == "desk":
            from core.sources import name_of

            rows = [self._row(name_of(path), path) for path in files]
            self._add_rows(rows)
            self._reader.read_files(rows)
            self._say_reading()
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

    def _say_reading(self) -> None:
        """Say that something is read now."""
        self._say_progress()
        if self._shows_nothing():
            self._say_nothing_open()

    def _shows_nothing(self) -> bool:
        """Whether the desk is there and has no page on it."""
        return self._desk is not None and self._desk.work is None

    def _take_read(self, row: QueueRow) -> None:
        """A page was read: it is shown when a person asked for it, or nothing else is."""
        asked = row is self._asked
        if asked:
            self._asked = None
        if asked or (self._shows_nothing() and not self._accepting.takes_all and not self._opens()):
            self._show_row(self._at(row))

    def _opens(self) -> bool:
        """Whether a page that was left on the desk is chosen, and being opened."""
        row = self._chosen()
        return row is not None and row.state == "ready" and row.work is None

    def _chosen(self) -> QueueRow | None:
        """The row that is chosen in the list."""
        at = self.queue().chosen()
        return self.queue().model.rows[at] if at >= 0 else None

    def _take_failed(self, row: QueueRow) -> None:
        self._run.failed += 1
        self._write_log(row)
        if row is self._asked or (self._shows_nothing() and row is self._chosen()):
            self._asked = None
            self._show_row(self._at(row))

    def _say_progress(self) -> None:
        """How far reading is: 已读 12 / 340 个文件 · 数据 1 024."""
        rows = self.queue().model.rows
        waiting, figures = self.queue().count("waiting"), sum(row.figures for row in rows)
        if waiting:
            total = max(waiting, self._run.files)
            words = self.tr("已读 {0} / {1} 个文件 · 数据 {2}")
            words = words.format(grouped(total - waiting), grouped(total), grouped(figures))
            self._say(words, max(0.02, (total - waiting) / total))
        elif not self._at_once.is_busy():
            words = self.tr("共 {0} 页 · 数据 {1}").format(
                grouped(len(rows) - self.queue().count("failed")), grouped(figures)
            )
            self._say(words if rows else "", None)
            if self._shows_nothing() and self._chosen() is None:
                self._show_open_page(-1)

    def cancel(self) -> None:
        """Stop what is being read or imported; pages that were read or added stay, whole.

        What was not read leaves the desk, and can be put back.
        """
        self._reader.cancel()
        self._forget_dropped(self._looked_through)
        self._accepting.stop()
        self._doing = ""
        at_once = self._at_once.cancel()
        if self._queue is None:
            return
        waiting = [row for row in self._queue.model.rows if row.state == "waiting"]
        self._run.files -= len(waiting)
        self._take_off(waiting, at_once)
        self._say_progress()
        self._shell.say(self.tr("已停止。读好的版面留着，没有读的没有导入。"))

    # ---- all at once

    def _import_at_once(self, rows: Sequence[DeskRow]) -> None:
        """Let the library thread add everything, a page at a time; only failures are listed."""
        if not self._at_once.is_busy():
            self._run = Run()
        self._run.files += len(rows)
        self._at_once.begin(rows)
        if self._at_once.is_busy():
            self._doing = self.tr("正在导入 {0} 个文件…").format(grouped(self._run.files))
            self._say(self.tr("已读 {0} / {1} 个文件").format(0, grouped(self._run.files)), 0.02)
            if self._shows_nothing():
                self._show_open_page(-1)

    def _take_progress(self, file: DeskRow, step: Progress) -> None:
        run = self._run
        if step.problem:
            from gui.desk.queue_rows import QueueRow

            row = QueueRow.of(replace(file, state=step.outcome, note=step.reason, direct=False))
            self.queue().model.add([row])
            run.failed, run.known = run.failed + (not step.known), run.known + step.known
        else:
            cases = self._shell.library.cases
            run.take(cases.load(step.added[0]).source_id if step.added else "", len(step.added), step.joined)
        words = self.tr("已读 {0} / {1} 个文件 · 案例 {2} · 数据 {3}")
        counts = (grouped(n) for n in (step.done, step.total, step.cases, step.figures))
        self._say(words.format(*counts), step.done / max(1, step.total))

    def _end_import(self) -> None:
        self._doing = ""
        self._say(self.queue().words(), None)
        if self._run.pages or self._run.known or self._run.failed:
            self._shell.say(self.tr("导入完了：{0}").format(self._run.told()))
        if self._shows_nothing():
            self._show_open_page(-1)

    # ---- from the desk into the library

    def _accept(self, page: Accepted) -> None:
        """Put a page into the library and go on to the next."""
        at = self._at_work()
        row = self.queue().model.rows[at]
        self._accepting.take(row, page, lambda: self._show_open_page(at))

    def _take_in(self, row: QueueRow, arrived: Arrived) -> None:
        self._run.take(row.came_as, len(arrived.cases), arrived.joined)
        self._accepted.append(row)
        self._just_accepted = True
        joined = self.tr("，合并 {0} 篇").format(grouped(self._run.joined)) if self._run.joined else ""
        self._shell.say(self.tr("已收进 {0}{1}，标为未核。").format(self._run.arrived(), joined))
        self._end_row(row)

    def _take_known(self, row: QueueRow) -> None:
        self._run.known += 1
        self.left.keeper().turn(row.id, "known", row.note)
        self._end_row(row)

    def _keep_refused(self, row: QueueRow, error: Exception) -> None:
        """The page could not be written; it stays on the desk."""
        self._say_progress()
        self._shell.fail(error)

    def _show_stayed(self, row: QueueRow) -> None:
        """The page is to be looked at again before it goes in."""
        self._say_progress()
        self._show_row(self._at(row))

    def _end_row(self, row: QueueRow) -> None:
        """The page has left the desk."""
        if (at := self._at(row)) >= 0:
            self.queue().model.say_changed(at)
        self.queue().renew()
        self._write_log(row)

    def _accept_all(self) -> None:
        """Put every page that is read into the library."""
        self.queue().view.setFocus()  # the button that has it cannot be pressed again
        self.desk().show_work(None)
        self._accepting.take_all(self._next_of_all, self._reader.with_work)

    def _next_of_all(self) -> QueueRow | None:
        """The next page to go in; says how many are left."""
        queue = self.queue()
        at, left = queue.next_open(-1), queue.count("ready")
        if at < 0:
            return None
        self._say(self.tr("还剩 {0} 页").format(grouped(left)), 1 - left / max(1, len(queue.model.rows)))
        return queue.model.rows[at]

    def _end_accepting(self) -> None:
        self._say_progress()
        self._show_open_page(-1)

    # ---- which page is shown

    def _show_row(self, at: int) -> None:
        """Show a page of the list on the desk; a failed one says why."""
        row = self.queue().model.rows[at]
        self.queue().choose(at)
        if row.work is not None:
            self._show_work(row)
        elif row.state == "ready":
            self.desk().say_nothing_here("newspaper", row.name, self.tr("正在打开…"))
            self.desk().show_work(None)
            self._reader.with_work(row, lambda: self._show_if_chosen(row), lambda: None)
        elif row.state == "failed":
            words = self.tr("没有导入：{0}。").format(row.note.rstrip("。"))
            self.desk().say_nothing_here("triangle-alert", row.name, words, self.tr("再读一次"), "retry")
            self.desk().show_work(None)
        elif row.state in ("added", "known"):
            self._offered = ((row.came_as,) if row.came_as else (), row.name)
            self._say_cases("circle-check", row.name, self.queue().model.state_text(row))
            self.desk().show_work(None)

    def _show_if_chosen(self, row: QueueRow) -> None:
        """Show a page that was read meanwhile, unless a person went elsewhere."""
        if self.queue().chosen() == self._at(row) >= 0:
            self._show_row(self._at(row))

    def _show_work(self, row: QueueRow) -> None:
        self._asked = None if self._asked is row else self._asked
        self.desk().show_work(row.work, row.name)
        if self._shell.is_shown(self.desk()):
            self.desk().begin()

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
        focused = self.is_shown() and desk.holds_focus()
        why, then = self._why_not()
        self.queue().choose(-1)
        if why:
            desk.say_nothing_here("library", why, then)
        elif waiting or self._at_once.is_busy() or self._reader.is_busy():
            words = self.tr("读好一页，这里就显示一页。可以先去看别的。")
            desk.say_nothing_here("newspaper", self._reading_words() if waiting else self._doing, words)
        elif self._run.pages or self._run.known:
            self._offered = (tuple(self._run.sources), self._run.called())
            self._say_cases("circle-check", self.tr("这一批都看完了"), self._run.told())
        else:
            words = self.tr("把版面文件或文件夹拖到窗口里，或按 Ctrl+Shift+V 粘贴。TXT、网页、Word、PDF、OFD 都可以。")
            held = 0 if self.queue().model.rows else self._shell.library.desk.held()
            if held:
                elsewhere = self.tr("另一个窗口的导入台上还有 {0} 个；那个窗口关上以后，接到这里来。")
                words = f"{elsewhere.format(grouped(held))}\n{words}"
            desk.say_nothing_here("upload", self.tr("还没有要整理的版面"), words, self.tr("选择文件…"), "files")
        desk.show_work(None)
        if focused:
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
        elif act == "retry":
            self._retry([row for row in (self._chosen(),) if row])
        else:
            self.import_files()

    def _step_page(self, step: int) -> None:
        self._show_open_page(self.queue().chosen(), step)

    def _cite_all(self, known: dict[str, str]) -> None:
        """Fill in paper and date on every other page that lacks them."""
        changed, unseen = 0, []
        for row in self.queue().model.rows:
            missing = {name: value for name, value in known.items() if row.work and not getattr(row.work.page, name)}
            if row.work is not None and any(missing.values()):
                row.work.cite(**missing)
                self._keep_hand(row)
                changed += 1
            elif row.work is None and row.state == "ready":
                unseen.append(row)
        if unseen:
            self.left.keeper().cite([row.kept() for row in unseen], known, lambda rows: self._take_cited(changed, rows))
        else:
            self._shell.say(self.tr("另有 {0} 页填上了。").format(changed))

    def _take_cited(self, changed: int, cited: Sequence[DeskRow]) -> None:
        """Pages that nobody looked at yet were filled in, too."""
        hands = {row.id: row.hand for row in cited}
        for row in self.queue().model.rows:
            row.hand = hands.get(row.id, row.hand)
        self._shell.say(self.tr("另有 {0} 页填上了。").format(changed + len(cited)))

    def _take_change(self) -> None:
        at = self._at_work()
        if at >= 0:
            row = self.queue().model.rows[at]
            row.count()
            self._just_accepted = False
            self.queue().model.say_changed(at)
            self._keep_hand(row)

    # ---- what is taken off the desk, and put back

    def _take_off(self, rows: Sequence[QueueRow], at_once: Sequence[DeskRow] = ()) -> None:
        """Take rows off the desk; they can be put back as long as the library is open."""
        rows = [row for row in rows if not self._accepting.holds(row)]
        if not rows and not at_once:
            return
        model, chosen, shown = self.queue().model, self.queue().chosen(), self._chosen()
        self._off.take(rows, at_once)
        self._say_progress()
        if shown is None or model.at(shown) < 0:
            self.desk().show_work(None)
            self._show_after(chosen)
        else:
            self.queue().choose(model.at(shown))

    def _show_after(self, at: int) -> None:
        """What stood at a place is gone: what stands there now is chosen, else what can be done is said."""
        count = len(self.queue().model.rows)
        if at >= 0 and count:
            self._show_row(min(at, count - 1))
        else:
            self._show_open_page(-1)

    def _put_back(self) -> None:
        """Put back what was taken off last, and go on with it."""
        if self._off:
            listed, at_once = self._off.give_back()
            if at_once:
                self._import_at_once(at_once)
            self._reader.read_on(listed, self._load_source)
            self._say_progress()
            self._shell.say(self.tr("已放回 {0} 个。").format(grouped(len(listed) + len(at_once))))

    def _retry(self, rows: Sequence[QueueRow]) -> None:
        """Read files again that gave no page, or pages that could not be read again."""
        failed = [row for row in rows if row.state == "failed"]
        self._run.failed = max(0, self._run.failed - len(failed))
        self._run.files = max(self._run.files, len(failed))
        self._asked = failed[0] if len(failed) == 1 else None
        for row in failed:
            self._reader.read_again(row, self._load_source)
        self._say_reading()

    def _load_source(self, row: QueueRow) -> None:
        """Read a page of the library again that waits under a row of the desk."""
        pages = self._shell.library.pages
        try:
            page, edits = pages.load(row.source), pages.edits(row.source)
        except (KeyError, LibraryError):
            self._reader.fail(row, self.tr("这一版已经不在案例库里"))
            self._say_progress()
        else:
            self._reader.read_source(row, page, edits)

    # ---- what the library keeps of the desk

    def _keep_hand(self, row: QueueRow) -> None:
        """Keep what a person did to a page, where it is another than what is kept."""
        from core.desk.saved import hand_as_json, hand_of

        if row.work is not None and row.state == "ready":
            hand = hand_of(row.work, int(time.time()))
            row.hand = hand_as_json(hand)
            self.left.keeper().keep(row.kept(), hand)

    def _take_left(self, left: Sequence[DeskRow]) -> None:
        """What was left on the desk is on it again; files are read on."""
        from gui.desk.queue_rows import QueueRow

        at_once = [row for row in left if row.direct]
        rows = [QueueRow.of(row) for row in left if not row.direct]
        self.queue().model.add(rows)
        waiting = [row for row in rows if row.state == "waiting"]
        self._run.files += len(waiting)
        if not self.is_shown():
            files, pages = len(waiting) + len(at_once), sum(row.state == "ready" for row in rows)
            self.left.say(files, pages, self.show_desk)
        self._reader.read_on(waiting, self._load_source, beside=True)
        self._say_progress()
        if at_once:
            self._import_at_once(at_once)
        if self._shows_nothing():
            self._show_seen_last()

    def _show_seen_last(self) -> None:
        """Show the page that a person looked at last, else the first that waits."""
        seen = [(row.seen(), at) for at, row in enumerate(self.queue().model.rows) if row.state == "ready"]
        last, at = max(seen, default=(0, -1))
        self._show_open_page(at - 1 if last else -1)

    def _look_back(self) -> None:
        """The library was changed, perhaps by undo: a page that is not in it any more waits on the desk again."""
        if self._queue is not None and any(row.came_as for row in self._queue.model.rows):
            self.left.keeper().came_back(self._take_back)

    def _take_back(self, changed: Sequence[DeskRow]) -> None:
        rows = {row.id: row for row in self.queue().model.rows}
        back = [row for row in changed if row.id in rows and rows[row.id].state != row.state]
        for kept in back:
            row = rows[kept.id]
            row.state, row.hand, row.work = kept.state, kept.hand, None
            row.articles, row.doubts = kept.articles, kept.doubts
            self.queue().model.say_changed(self._at(row))
        if back:
            self._say_progress()
            last = rows[back[-1].id]
            if self.is_shown() and last.state == "ready":
                self._show_row(self._at(last))
            elif self._shows_nothing():
                self._show_open_page(-1)

    def _begin_library(self) -> None:
        """What was left on the desk of this library comes when its first screen is there."""
        if self._desk is not None:
            self._show_open_page(-1)

    def _leave_library(self) -> None:
        """What is on the desk stays in its library, and goes on when that is opened again."""
        self._reader.cancel()
        self._at_once.cancel()
        self._accepting.clear()
        self._accepted.clear()
        self._looked_through.clear()
        self._doing, self._run = "", Run()
        self._asked, self._just_accepted = None, False
        if self._desk is not None:
            self._keep_seen()
            self._desk.show_work(None)
        if self._queue is not None:
            self._queue.take(self._queue.model.rows)
            self._off.clear()
            self._say("", None)
        self.left.close()

    def _keep_seen(self) -> None:
        """Keep where a person was on the page that is shown."""
        at = self._at_work()
        if at >= 0:
            self.desk().keep_caret()
            self._keep_hand(self.queue().model.rows[at])

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
            desk.offers_wanted.connect(lambda work: self._reader.find_offers(work, lambda: desk.take_offers(work)))
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
            queue.removal_wanted.connect(self._take_off)
            queue.retry_wanted.connect(self._retry)
            queue.back_wanted.connect(self._put_back)
            queue.cases_wanted.connect(self._show_cases_of)
        return self._queue

    def _show_cases_of(self, rows: Sequence[QueueRow]) -> None:
        sources = [row.came_as for row in rows if row.came_as]
        self.cases_wanted.emit(sources, rows[0].name if len(rows) == 1 else self.tr("选中的版面"))

    def undo(self) -> bool:
        """Undo on the desk while it is shown; False when the library should undo."""
        if not self.is_shown():
            return False
        work, just = self.desk().work, self._just_accepted
        self._just_accepted = False
        if self._off and (work is None or self.queue().view.hasFocus()):
            self._put_back()
        elif (just or work is None or not work.desk.edits) and self._came_in_last():
            return False
        else:
            self.desk().undo()
        return True

    def _came_in_last(self) -> bool:
        """Whether the last change of the library brought in a page of this desk, so that its undo gives it back."""
        session, came = self._shell.session, [row for row in self._accepted if row.state == "added"]
        return session is not None and bool(came) and {*came[-1].cases} <= {*session.undo_cases}

    def redo(self) -> bool:
        """Redo on the desk while it is shown; False when the library should."""
        if shown := self.is_shown():
            self.desk().redo()
        return shown

    def close(self) -> None:
        """Stop reading."""
        self._reader.close()

    def is_shown(self) -> bool:
        """Whether the desk is what is shown."""
        return self._shell.is_shown(self._desk)

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
        from gui.desk.queue_rows import QueueRow

        return QueueRow(name, path=path)

    def _at(self, row: QueueRow) -> int:
        return self.queue().model.at(row)

    def _at_work(self) -> int:
        rows = self.queue().model.rows
        return next((at for at, r in enumerate(rows) if r.work is not None and r.work is self.desk().work), -1)

    def _write_log(self, row: QueueRow) -> None:
        """Keep in the library what became of a file."""
        from core.library.answers import LogRow

        counts = (1, row.articles, row.figures) if row.state == "added" else (0, 0, 0)
        entry = LogRow("", str(row.path or row.name), row.state, *counts, row.note)  # type: ignore[arg-type]
        if session := self._shell.session:
            session.call(lambda library: library.log.write([entry])).failed.connect(self._shell.fail)


def find_places(typed: str) -> list[tuple[Place, str]]:
    """The places that typed text may mean, best first, each with a note on an old name."""
    from core.places.gazetteer import find_places as find

    return [(found.place, found.note) for found in find(typed, PLACES_OFFERED)]
