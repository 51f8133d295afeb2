"""The main window; the only place where views and library meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from core.default_library import build_library
from core.folders import Folders
from core.library import LibraryError, Query
from core.library.asking import (
    UNASKED,
    Apart,
    Counted,
    Listed,
    Question,
    answer,
    is_asking,
    moved,
    places_for,
    rows_in_pages,
)
from core.resources import shipped
from gui.browse.case_tree import ALL, MECHANISMS, OVERVIEW
from gui.browse.collecting import Collecting
from gui.browse.filters import without_filters
from gui.desk.importing import Importing
from gui.frame import Frame
from gui.help.helping import Helping
from gui.kit.notices import Empty, no_library, notice_apart, notice_for
from gui.library_files import LibraryFiles
from gui.menus import entries_of_menus
from gui.shell.faults import FaultLog, trace_of
from gui.shell.session import Session
from gui.shell.settings import RECENT_LIBRARIES, RECENT_SEARCHES, Settings

if TYPE_CHECKING:
    from core.library import Hits, Library
    from gui.browse.case_list import CaseList
    from gui.browse.panes import Browsing

QUIET_MS = 400
"""How long after the first page is there what a person is likely to want next is made."""
LIST_MENU = ("copy", "collect", "", "move_up", "move_down", "drop_out", "", "remove")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the list is narrowed to at the left: everything, a node of the tree, a selection, a source."""

    kind: str = "all"
    title: str = ""
    query: Query = UNASKED


class Window(Frame):
    """The window on one library at a time."""

    library_opened = Signal()
    settled = Signal()
    """The list and the tree show the answer to the last question."""

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog | None = None) -> None:
        super().__init__(settings)
        self._folders = folders
        self._log = log or FaultLog(folders.logs)
        self._session: Session | None = None
        self._asked, self._scope = UNASKED, Scope()
        self._listed_query = UNASKED
        self._hits: Hits | None = None
        self._listed: Listed | None = None
        self._shown: int | None = None
        self._apart = ""
        self._wanted: int | None = None
        self._several = self._fault_shown = False
        self.files, self.collecting = LibraryFiles(self, folders, settings), Collecting(self)
        self.importing, self.helping = Importing(self), Helping(self, folders, settings, self._log)
        doers = (self, self.files, self.collecting, self.importing, self.helping)
        self.make_menus(doers, {"recent": self.files.fill_recent})
        self._connect()
        self.restore_look()
        self.enable_actions()

    # ---- opening and closing a library

    def open_first(self, path: Path | None = None) -> None:
        """Open what was asked for, else the last library, else the default one, which a first start builds."""
        last = self._settings.recent_libraries()
        self.open(path or (last[0] if last else self._folders.library))

    def open(self, path: Path, prepare: Callable[[], object] | None = None) -> None:
        """Open that library in the place of the one that is open; this one stays when the other can't be opened.

        ``prepare`` runs before, in the library thread: it builds the file or puts another in its place.
        """
        if path == self._folders.library and prepare is None and not path.exists():
            prepare = lambda: build_library(path, shipped("seeds"))  # noqa: E731
        known = {*self._settings.texts("libraries/recent"), str(self._folders.library)}
        session = Session(path, prepare, foreign=prepare is None and str(path) not in known, parent=self)
        session.opened.connect(lambda: self._take_session(session))
        session.failed.connect(lambda error: self._refuse(session, error))
        self.say_busy(self.tr("正在打开 {name}…").format(name=path.stem))
        session.start()

    def session(self) -> Session | None:
        """The open library with its thread, None before the first was opened."""
        return self._session

    def library(self) -> Library:
        """The library that is open."""
        if self._session is None:
            raise RuntimeError("no library is open")
        return self._session.library

    def close_library(self) -> None:
        """Close it, and remember what was open and chosen in it."""
        if self._session is not None:
            self._remember_place()
            self._session.close()
            self._session.deleteLater()
            self._session = self._listed = None

    def _take_session(self, session: Session) -> None:
        self.close_library()
        self._session = session
        session.changed.connect(self._renew)
        self._settings.keep_first("libraries/recent", str(session.path), RECENT_LIBRARIES)
        self._asked, self._scope, self._shown, self._hits = UNASKED, self._everything(), None, None
        self._listed = self._wanted = None
        if self._browsing is not None:
            self.list.choose_none()
        self.search.set_words("")
        self.say_idle()
        self._name_library()
        self._restore_place()
        self._show_filters()
        self._renew()
        if session.backup_failed:
            self.say(session.backup_failed)
        self.library_opened.emit()

    def _refuse(self, session: Session, error: Exception) -> None:
        """Say why it couldn't be opened, and offer what else there is."""
        from gui.kit import dialogs

        self.say_idle()
        session.close()
        head = self.tr("「{name}」没有打开").format(name=session.path.name)
        if session.prepared and session.path.exists() and self._session is None:
            dialogs.say(self, head, *self._words_of(error))
            self.open(session.path)
            return
        self._settings.forget("libraries/recent", str(session.path))
        words, detail = self._words_of(error)
        self._go_on(dialogs.ask(self, head, words, self._ways_on(session.path), detail))

    def _ways_on(self, path: Path) -> list[tuple[str, str]]:
        """What can be done where a library was not opened; the last is the main one."""
        other = ("other", self.tr("打开别的…"))
        if self._session is not None:
            return [other, ("", self.tr("知道了"))]
        if path == self._folders.library:
            return [other, ("rebuild", self.tr("重建默认案例库"))]
        return [other, ("default", self.tr("打开默认案例库"))]

    def _go_on(self, answer: str) -> None:
        ways = {"other": self.files.open_library, "default": self.files.open_default}
        ways["rebuild"] = self.files.rebuild_default
        if answer in ways:
            ways[answer]()
        elif self._session is None:
            self.list.show_notice(*no_library())
            self.show_browsing()

    # ---- asking and answering

    def _ask(self) -> None:
        """Search and count in the library thread; only the latest question is answered."""
        if self._session is None:
            return
        self._show_order()
        question = Question(self._asked, self._scope.query, self.tree.by(), frozenset(self.tree.fetched_keys()))
        job = self._session.begin(lambda library: answer(library, question, self._folders.cache), "search")
        job.stepped.connect(self._take_answer)
        job.finished.connect(self.settled)
        job.failed.connect(self.fail)

    def _work_out(self, do: Callable[[Any], object], show: Callable[[Any], object], kind: str = "") -> None:
        """Let the library thread work something out, then show it; of one ``kind`` only the latest."""
        if self._session is not None:
            job = self._session.call(do, kind)
            job.stepped.connect(show)
            job.failed.connect(self.fail)

    def _take_answer(self, part: Listed | Counted | Apart) -> None:
        if isinstance(part, Listed):
            self._listed, self._listed_query = part, part.query
            self._show_found(part)
            if self._browsing is not None:
                self._show_listed(part)
        elif isinstance(part, Apart):
            self._apart = part.words
            self.list.show_notice(*notice_apart(part.question.asked.words, part.words, part.found))
        else:
            self._hits = part.hits
            hits = None if part.hits is None else len(part.hits)
            self.tree.show_tree(part.branches, part.total, hits, part.mechanisms)

    def _show_listed(self, part: Listed) -> None:
        library, query = self.library(), part.query
        marks = (lambda text: library.marks(text, query)) if query.words.strip() else None
        if not part.nums:
            words, filtered = self._asked.words, is_asking(replace(self._asked, words=""))
            self.list.show_notice(*notice_for(Empty(words, filtered, self._scope.kind, self._scope.title, part.found)))
        self.list.set_ordered(bool(query.selection) and query.order == "rank" and not query.words)
        self.list.show_cases(part.nums, library.rows_of, marks, part.snippets)
        self._show_count(part)
        self._keep_case_in_sight(part)

    def _keep_case_in_sight(self, part: Listed) -> None:
        """Show the case that was wanted, else the one that is shown again, else the first hit of a search."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.list.choose(wanted):
            return
        if self._shown is not None and self.list.chosen_num() == self._shown:
            self._show_case(self._shown)
        elif part.nums and is_asking(self._asked):
            self.list.choose_first()
        elif self.list.chosen_num() is None:
            self._show_case(None)

    def _show_found(self, part: Listed) -> None:
        """Say beside the search box what was found, and how fast."""
        found = ""
        if is_asking(self._asked):
            milliseconds = max(1, round(part.seconds * 1000))
            found = self.tr("{n:,} 例 · {ms} 毫秒").format(n=part.found, ms=milliseconds)
        self.search.show_found(found)

    def _show_count(self, part: Listed) -> None:
        count = f"{len(part.nums):,}"
        if is_asking(self._asked) and is_asking(self._scope.query) and part.found != len(part.nums):
            count += f" / {part.found:,}"
        self.list.show_title(self._scope.title or self.tr("全部案例"), self.tr("{n} 例").format(n=count))

    def _act(self, act: str) -> None:
        """Do what the button of a notice says."""
        if act == "default":
            self.files.open_default()
        elif act == "import":
            self.importing.import_files()
        elif act == "all":
            self.show_all()
        elif act == "unfilter":
            self._take_query(without_filters(self._asked))
        elif act == "apart":
            self.search.set_words(self._apart)
            self.search.focus()
        elif act == "clear":
            self.search.set_words("")
            self.search.focus()

    def _take_words(self, words: str) -> None:
        self._asked = replace(self._asked, words=words)
        self._leave_pages(bool(words.strip()))

    def _take_query(self, query: Query) -> None:
        """Take new filters, from the chips, the sheet or the overview."""
        self._asked = query
        self._show_filters()
        self._leave_pages(is_asking(query))

    def _leave_pages(self, asking: bool) -> None:
        """Ask; a search begun on the overview goes through all cases."""
        if asking and not self.is_browsing():
            self.show_all()
        else:
            self._ask()

    def _show_filters(self) -> None:
        self.sheet.show_query(self._asked)
        self.search.show_filters(self.chips.show_query(self._asked, self._place_name))

    def _take_order(self, order: str, descending: bool) -> None:
        self._asked = replace(self._asked, order=order, descending=descending)  # type: ignore[arg-type]
        self._settings.keep("list/order", [order, "1" if descending else "0"])
        self._ask()

    def _show_order(self) -> None:
        if self._browsing is None:
            return
        rank = self.tr("相关程度") if self._asked.words.strip() else ""
        if self._scope.kind == "selection" and not rank:
            rank = self.tr("汇编里的顺序")
        self.list.show_order(self._asked.order, self._asked.descending, rank)

    def _find_places(self, typed: str) -> None:
        self._work_out(lambda library: places_for(typed), lambda found: self.sheet.show_places(typed, found), "places")

    def _place_name(self, code: str) -> str:
        if name := self.sheet.name_of(code):
            return name
        if "/" in code:
            return code.rstrip("=").split("/")[-1]
        from core.places.gazetteer import place

        names = place(code.rstrip("=")).names
        return names[-1] if names else code.rstrip("=") or self.tr("地区未定")

    def _fetch_snippets(self, nums: Sequence[int]) -> None:
        query = self._listed_query

        def show(found: Any) -> None:
            if query is self._listed_query:
                self.list.model.show_snippets(found)

        self._work_out(lambda library: library.snippets(nums, query), show)

    def _fetch_children(self, key: tuple[str, ...]) -> None:
        by, hits = self.tree.by(), self._hits

        def show(nodes: Any) -> None:
            if by == self.tree.by() and hits is self._hits:
                self.tree.show_children(key, nodes)

        self._work_out(lambda library: library.tree(by, hits, key), show)

    # ---- choosing at the left

    def _take_node(self, node: Any) -> None:
        self.selections.choose("")
        self.sources.choose("")
        if node.key == OVERVIEW:
            self._show_page(self._overview_view())
        elif node.key == MECHANISMS:
            self._show_page(self._mechanism_view())
        elif node.key == ALL:
            self._take_scope(self._everything())
        else:
            self._take_scope(Scope("node", self.tree.chosen_title(), node.query))

    def _take_scope(self, scope: Scope) -> None:
        self._scope = scope
        self.show_browsing()
        self.enable_actions()
        self._ask()

    def _take_selection(self, selection_id: str) -> None:
        self.tree.choose_none()
        self.sources.choose("")
        name = next((row.name for row in self.library().selections() if row.id == selection_id), "")
        self._take_scope(Scope("selection", name, Query(selection=selection_id)))

    def _take_source(self, source_id: str, name: str) -> None:
        self.tree.choose_none()
        self.selections.choose("")
        self._take_scope(Scope("source", name, Query(sources=(source_id,))))

    def _take_by(self, by: str) -> None:
        self._settings.keep("tree/by", by)
        if self._scope.kind == "node":
            self.tree.choose(ALL)
            self._scope = self._everything()
        self._ask()

    def swap_tree(self) -> None:
        """By place or by theme, whichever it is not."""
        self.tree.segments.choose("theme" if self.tree.by() == "place" else "place")
        self._take_by(self.tree.by())

    def show_all(self) -> None:
        """Every case of the library."""
        self.selections.choose("")
        self.sources.choose("")
        self.tree.choose(ALL)
        self._take_scope(self._everything())

    def selection_shown(self) -> str:
        """The selection whose cases are listed, empty for none."""
        return self._scope.query.selection

    def _everything(self) -> Scope:
        return Scope(title=self.tr("全部案例"))

    # ---- showing a case

    def source_shown(self) -> str:
        """The source that is chosen, else the one of the case that is shown; empty for none."""
        shown = self.library().case(self._shown).source_id if self._shown is not None and self._session else ""
        return self.sources.chosen_id() or shown

    def has_case(self) -> bool:
        return self._shown is not None

    def show_case(self, num: int) -> None:
        """Show that case in the list and the pane, whatever is asked and chosen now."""
        self.show_browsing()
        if not self.list.choose(num, focus=True):
            self._wanted = num
            self._asked = Query(order=self._asked.order, descending=self._asked.descending)
            self.search.set_words("")
            self._show_filters()
            self.show_all()

    def _show_case(self, num: int | None) -> None:
        case = None
        if num is not None:
            try:
                case = self.library().case(num)
            except KeyError:  # another window took it out meanwhile
                num = None
        self._shown = num
        source = self.library().source_text(case.source_id) if case is not None and case.source_id else ""
        siblings = self.library().siblings_of(case.num) if case is not None else ()
        self.pane.show_case(case, source, self._marks, siblings)
        self.metrics.show_metrics(case.metrics if case else (), self.pane.source_line())
        self.show_figures()
        self.enable_actions()

    def _marks(self, text: str) -> list[tuple[int, int]]:
        query = self._listed_query
        return self.library().marks(text, query) if query.words.strip() and self._session is not None else []

    def _choose_metric(self, metric: Any) -> None:
        if metric is not None:
            self.metrics.choose(metric.id)

    # ---- overview and mechanisms

    def show_overview(self) -> None:
        """What is in the library."""
        self.tree.choose(OVERVIEW)
        self._show_page(self._overview_view())

    def show_mechanisms(self) -> None:
        """All mechanisms and what they stand for."""
        self.tree.choose(MECHANISMS)
        self._show_page(self._mechanism_view())

    def show_mechanism(self, name: str) -> None:
        """Open the view of mechanisms at this one."""
        self.show_mechanisms()
        self._fetch_mechanism(name)

    def _show_page(self, page: QWidget) -> None:
        self.selections.choose("")
        self.sources.choose("")
        self._scope = self._everything()
        self.pages.setCurrentWidget(page)
        self._fetch_pages()
        self._ask()

    def _overview_view(self) -> QWidget:
        """Made when it is first wanted."""
        if self.overview is None:
            from gui.browse.overview import Overview

            self.overview = Overview(self)
            self.overview.narrowed.connect(self._take_narrowing)
            self.overview.case_chosen.connect(self.show_case)
            self.pages.addWidget(self.overview)
        return self.overview

    def _mechanism_view(self) -> QWidget:
        """Made when it is first wanted."""
        if self.mechanisms is None:
            from gui.browse.mechanism_view import MechanismView

            self.mechanisms = MechanismView(self)
            self.mechanisms.mechanism_chosen.connect(self._fetch_mechanism)
            self.mechanisms.case_chosen.connect(self.show_case)
            self.mechanisms.search_wanted.connect(self.search.set_words)
            self.pages.addWidget(self.mechanisms)
        return self.mechanisms

    def _take_narrowing(self, query: Query) -> None:
        """The overview narrows by what was pressed in it, whatever was asked before."""
        self.search.set_words(query.words)
        self._take_query(replace(query, order=self._asked.order, descending=self._asked.descending))

    def _fetch_pages(self) -> None:
        self._work_out(lambda library: library.overview(), self._take_overview, "overview")
        self._work_out(lambda library: library.mechanisms(), self._take_mechanisms, "mechanisms")

    def _take_overview(self, overview: Any) -> None:
        text = self.tr("案例 {cases:,} · 数据 {figures:,} · 机制 {mechanisms:,} · 来源 {sources:,}")
        counts = {name: getattr(overview, name) for name in ("figures", "mechanisms", "sources")}
        self.say_figures(text.format(cases=self.library().count(), **counts))
        if self.overview is not None:
            self.overview.show_overview(overview)

    def _take_mechanisms(self, rows: Sequence[Any]) -> None:
        self.sheet.show_mechanisms([row.name for row in rows])
        if self.mechanisms is not None:
            self.mechanisms.show_mechanisms(rows)

    def _fetch_mechanism(self, name: str) -> None:
        def find(library: Any) -> tuple[str, Any, Any]:
            return name, library.mechanism_cases(name), library.similar_mechanisms(name)

        self._work_out(find, lambda found: self.mechanisms.show_cases_of(*found), "mechanism")

    # ---- changing

    def change(self, do: Callable[[Any], object], said: str = "", then: Callable[[Any], object] | None = None) -> None:
        """Let the library thread change the library, then say so; what couldn't be done is said in words."""

        def show(what: object) -> None:
            if said and (what or "{what}" not in said):
                self.say(said.format(what=what))
            if then is not None:
                then(what)

        if self._session is not None:
            self._session.change(do, show).failed.connect(self.fail)

    def show_moved(self, nums: Sequence[int], at: int) -> None:
        """Show at once the order that is being written, so that the next move goes on from there."""
        if self._listed is not None:
            order = moved(self._listed.nums, nums, at)
            self._listed = replace(self._listed, nums=order)
            self.list.show_cases(order, self.library().rows_of)

    def undo(self) -> None:
        """Take back the last change; on the desk the last one of its page."""
        if self.importing.undo():
            return
        self.change(lambda library: library.undo(), self.tr("已撤销：{what}"))

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.importing.redo():
            return
        self.change(lambda library: library.redo(), self.tr("已重做：{what}"))

    def remove(self) -> None:
        """Take the chosen cases out of the selection that is shown, else out of the library; both can be undone."""
        nums = self.list.chosen_nums()
        if self.selections.view.hasFocus():
            self.collecting.remove_selection()
        elif self.list.table.hasFocus() and nums and self.selection_shown():
            self.collecting.drop_out()
        elif self.list.table.hasFocus() and nums:
            said = self.tr("已删除 {n} 例，按 Ctrl+Z 撤销。").format(n=len(nums))
            self.change(lambda library: library.remove_cases(nums), said)

    def _renew(self) -> None:
        """Show everything again after a change; what is open and chosen stays so."""
        if self._session is not None:
            self.selections.show_selections(self.library().selections())
            self.sources.show_sources(self.library().sources())
            if self._scope.kind == "selection":
                self._follow_selection()
            self._fetch_pages()
            self._ask()
            self.enable_actions()

    def _follow_selection(self) -> None:
        """Take over a new name; go to all cases when the selection is gone."""
        row = next((r for r in self.library().selections() if r.id == self.selection_shown()), None)
        self._scope = replace(self._scope, title=row.name) if row else self._everything()
        if row is None:
            self.tree.choose(ALL)

    # ---- copying out

    def copy_with_source(self) -> None:
        """Copy from the pane or the figures, with the line that says where it was printed."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.metrics.isAncestorOf(focused)
        (self.metrics if inside else self.pane).copy_with_source()

    def _copy_rows(self, nums: Sequence[int], columns: Sequence[int]) -> None:
        """Put rows on the clipboard as cells; they are read in the library thread."""
        if self._session is None or not nums:
            return
        from gui.browse.case_list import cells_text

        texts: list[str] = []

        def finish() -> None:
            QGuiApplication.clipboard().setText("\n".join(texts))
            self.say(self.tr("已复制 {n:,} 行，可以粘贴到表格里").format(n=len(nums)))

        job = self._session.begin(lambda library: rows_in_pages(library, nums), "copy")
        job.stepped.connect(lambda rows: texts.append(cells_text(rows, columns)))
        job.finished.connect(finish)
        job.failed.connect(self.fail)

    # ---- saying

    def show_shortcuts(self) -> None:
        """All keys, under F1."""
        from gui.help.shortcut_list import ShortcutList

        ShortcutList(self).exec()

    def show_import_log(self) -> None:
        """What became of the files of past imports."""
        from gui.desk.log import ImportLog

        ImportLog(self.library().log(), self).exec()

    def show_about(self) -> None:
        """Version and licences."""
        from gui.help.about import AboutDialog

        AboutDialog(self).exec()

    def fail(self, error: Exception) -> None:
        """Say what went wrong, one dialog at a time: what the world did in words, a fault of ours with its trace."""
        self.say_idle()
        words, detail = self._words_of(error)
        if not self._fault_shown:
            self._tell(self.tr("没有做成"), words, detail)

    def show_fault(self, trace: str) -> None:
        """Say that something unforeseen happened, one dialog at a time."""
        if not self._fault_shown:
            words = self.tr("程序出了意外的错，这一步可能没有做完。可以接着用；出错的经过记在 {path}。")
            self._tell(self.tr("出了意外的错"), words.format(path=self._log.path), trace)

    def _tell(self, head: str, words: str, detail: str) -> None:
        from gui.kit import dialogs

        self._fault_shown = True
        dialogs.say(self, head, words, detail)
        self._fault_shown = False

    def _words_of(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, LibraryError):
            return str(error), error.detail
        if isinstance(error, OSError):
            words = self.tr("文件 {name} 读写不了：{why}。原来的文件没有改动。")
            name = Path(error.filename).name if error.filename else ""
            return words.format(name=name, why=error.strerror or error), trace_of(error)
        self._log.write(trace_of(error))
        return self.tr("程序出了意外的错，已经记下。案例库没有改动，可以接着用。"), trace_of(error)

    def _name_library(self) -> None:
        library = self.library()
        name = library.path.stem
        self.setWindowTitle(self.tr("{name} — 案览").format(name=name))
        words = self.tr("{name}（只读）") if library.read_only else "{name}"
        self._library_name.setText(words.format(name=name))
        self._library_name.setToolTip(str(library.path))
        if library.read_only:
            self.say(self.tr("这个案例库是只读的：可以看、查、复制，不能改。"))

    def enable_actions(self) -> None:
        """Offer only what can be done now, and say what undo would undo."""
        library = self.library() if self._session is not None else None
        holds = {
            "library": library is not None,
            "writing": library is not None and not library.read_only,
            "cases": self._browsing is not None and self.list.table.selectionModel().hasSelection(),
            "selection": bool(self.selection_shown()),
            "undo": self._session is not None and bool(self._session.undo_text),
            "redo": self._session is not None and bool(self._session.redo_text),
        }
        for entry in entries_of_menus():
            self._actions[entry.do].setEnabled(all(holds[need] for need in entry.needs.split()))
        for do, word in (("undo", self.tr("撤销")), ("redo", self.tr("重做"))):
            what = getattr(self._session, f"{do}_text", "")
            self._actions[do].setText(f"{word}：{what}" if what else word)
        self._actions["remove"].setText(self.tr("移出这个汇编") if self.selection_shown() else self.tr("删除案例"))

    # ---- joining the views

    def _connect(self) -> None:
        self.search.asked.connect(self._take_words)
        self.search.kept.connect(self._keep_search)
        self.search.entered.connect(self._enter_page)
        self.search.filters_wanted.connect(self.filter)
        self.chips.changed.connect(self._take_query)
        self.sheet.changed.connect(self._take_query)
        self.sheet.places_wanted.connect(self._find_places)
        self.sheet.closed.connect(self.search.focus)
        self._connect_side()

    def _connect_side(self) -> None:
        self.tree.node_chosen.connect(self._take_node)
        self.tree.by_chosen.connect(self._take_by)
        self.tree.children_wanted.connect(self._fetch_children)
        self.selections.selection_chosen.connect(self._take_selection)
        self.selections.adding.connect(self.collecting.new_selection)
        self.selections.renamed.connect(self.collecting.rename)
        self.selections.removed.connect(self.collecting.remove)
        self.selections.dropped.connect(self.collecting.add_to)
        self.sources.source_chosen.connect(self._take_source)
        self.sources.view.addAction(self._actions["tidy_source"])
        self.sources.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for pane in (self.tree, self.selections, self.sources):
            pane.entered.connect(self._enter_page)

    def join_browsing(self, browsing: Browsing) -> None:
        """Join list, case and figures with each other and the rest, and show what was asked for last."""
        self._connect_list(browsing.list)
        browsing.pane.search_wanted.connect(self.search.set_words)
        browsing.pane.metric_chosen.connect(self._choose_metric)
        browsing.pane.mechanism_chosen.connect(self.show_mechanism)
        browsing.pane.case_chosen.connect(self.show_case)
        browsing.pane.copied.connect(lambda text: self.say(self.tr("已复制")))
        browsing.metrics.metric_chosen.connect(browsing.pane.light_up)
        browsing.metrics.copied.connect(lambda text: self.say(self.tr("已复制，可以粘贴到表格里")))
        self._show_order()
        if self._listed is not None:
            self._show_listed(self._listed)

    def _connect_list(self, cases: CaseList) -> None:
        cases.case_chosen.connect(self._show_case)
        cases.selection_changed.connect(self._say_chosen)
        cases.entered.connect(self._enter_case)
        cases.order_chosen.connect(self._take_order)
        cases.copy_wanted.connect(self._copy_rows)
        cases.moved.connect(self.collecting.move)
        cases.look_changed.connect(self._keep_list)
        cases.menu_wanted.connect(lambda at: self.list_menu().exec(at))
        cases.acted.connect(self._act)
        cases.model.snippets_wanted.connect(self._fetch_snippets)

    def _say_chosen(self, chosen: int) -> None:
        if chosen > 1:
            self.say(self.tr("选中 {n:,} 例").format(n=chosen))
        elif self._several:
            self.say_figures()
        self._several = chosen > 1

    def list_menu(self) -> QMenu:
        """What can be done with the chosen cases."""
        menu = QMenu(self)
        self._dress_actions()
        self.enable_actions()
        for do in LIST_MENU:
            if not do:
                menu.addSeparator()
            elif self._actions[do].isEnabled():
                menu.addAction(self._actions[do])
        return menu

    def _enter_page(self) -> None:
        """From the search box or the tree into what they lead to."""
        page = self.pages.currentWidget()
        if page is not None and not self.is_browsing():
            page.setFocus()
            return
        self.list.table.setFocus()
        if self.list.chosen_num() is None:
            self.list.choose_first()

    def _enter_case(self) -> None:
        """From the list into the case; a narrow window makes room for it."""
        if self._side_first and self._is_narrow():
            self.show_side()
        self.pane.setFocus()

    def _keep_search(self, words: str) -> None:
        self.search.show_history(self._settings.keep_first("search/history", words, RECENT_SEARCHES))

    # ---- remembering

    def _remember_place(self) -> None:
        """What was open and chosen in this library."""
        library = self.library()
        shown = self._shown if self._browsing is not None else self._wanted
        rows = library.rows_of([shown]) if shown is not None else []
        place = {"by": self.tree.by(), "tree": self.tree.state(), "case": rows[0].id if rows else ""}
        self._settings.keep(f"places/{library.id}", json.dumps(place, ensure_ascii=False))

    def _restore_place(self) -> None:
        """Back to where a person was in this library; to the overview the first time."""
        order = self._settings.texts("list/order")
        if len(order) == 2:
            self._asked = Query(order=order[0], descending=order[1] == "1")  # type: ignore[arg-type]
        try:
            place = json.loads(self._settings.text(f"places/{self.library().id}", "{}"))
            known = place.get("by") == self.tree.by()
            state, case_id = place.get("tree"), str(place.get("case", ""))
        except (ValueError, AttributeError):
            known, state, case_id = False, None, ""
        self.tree.restore_state(state if known else [[], [list(OVERVIEW)]])
        self.settled.connect(lambda: self._return_to(case_id), Qt.ConnectionType.SingleShotConnection)

    def _return_to(self, case_id: str) -> None:
        """Now that the tree is there: choose what was chosen, and the case again."""
        try:
            self._wanted = self.library().num_of(case_id) if case_id else None
        except KeyError:
            self._wanted = None
        if self.tree.chosen_node() is None:
            self.tree.choose(ALL)
        self._take_node(self.tree.chosen_node())
        QTimer.singleShot(QUIET_MS, self, self.make_browsing)  # so that the first click on a place is quick

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_look()
        self.importing.close()
        self.helping.close()
        self.close_library()
        for session in self.findChildren(Session):  # one that is still opening
            session.close()
        self._settings.write()
        super().closeEvent(event)
