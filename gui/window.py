"""The main window: puts the panes together; the only place where views and library meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.library import LibraryError, Query
from core.start import Folders, build_library, reading_folder
from gui import dialogs, theme
from gui.case_list import CaseList, cells_text
from gui.case_pane import CasePane
from gui.case_tree import ALL, MECHANISMS, OVERVIEW, CaseTree
from gui.faults import FaultLog, trace_of
from gui.filters import Chips, FilterSheet, without_filters
from gui.menus import LINE, MENUS, OTHER_KEYS, Entry
from gui.metrics_table import MetricsTable
from gui.search_bar import SearchBar
from gui.searches import UNASKED, Counted, Listed, Question, answer, is_asking, rows_in_pages
from gui.selections import Selections
from gui.session import Session
from gui.settings import RECENT_LIBRARIES, RECENT_SEARCHES, Settings
from gui.sources import Sources
from gui.widgets import BusyBar, Line

if TYPE_CHECKING:
    from core.library import Hits

SIDE_WIDTH, LIST_WIDTH, DETAIL_WIDTH = 256, 400, 640
CASES_ASKED_ABOUT = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What the list is narrowed to at the left: everything, a node of the tree, a selection, a source."""

    kind: str = "all"
    title: str = ""
    query: Query = UNASKED


class Window(QMainWindow):
    """The window on one library at a time."""

    library_opened = Signal()
    settled = Signal()
    """The list and the tree show the answer to the last question."""

    def __init__(self, folders: Folders, settings: Settings, log: FaultLog | None = None) -> None:
        super().__init__()
        self._folders, self._settings = folders, settings
        self._log = log or FaultLog(folders.logs)
        self._session: Session | None = None
        self._asked, self._scope, self._by = UNASKED, Scope(), "place"
        self._hits: Hits | None = None
        self._shown: int | None = None
        self._listed_query = UNASKED
        self._found = 0
        self._totals = (0, 0)
        self._actions: dict[str, QAction] = {}
        self._last_selection = ""
        self.setWindowTitle(self.tr("案览"))
        self._make_views()
        self._make_menus()
        self._lay_out()
        self._connect()
        self._restore_look()
        self._enable()

    # ---- opening and closing a library

    def open_first(self, path: Path | None = None) -> None:
        """Open what was asked for, else the last library, else the default one, which a first start builds."""
        last = self._settings.recent_libraries()
        wanted = path or (last[0] if last else self._folders.library)
        self.open(wanted)

    def open(self, path: Path, prepare: Callable[[], object] | None = None) -> None:
        """Open that library in the place of the one that is open; it stays when the other can't be opened."""
        if path == self._folders.library and prepare is None and not path.exists():
            prepare = self._building(path)
        known = [*self._settings.texts("libraries/recent"), str(self._folders.library)]
        session = Session(path, prepare, foreign=prepare is None and str(path) not in known, parent=self)
        session.opened.connect(lambda: self._take_session(session))
        session.failed.connect(lambda error: self._refuse(session, error))
        self._say_busy(self.tr("正在打开 {name}…").format(name=path.stem))
        session.start()

    def session(self) -> Session | None:
        """The open library, None before the first was opened."""
        return self._session

    def _building(self, path: Path) -> Callable[[], object]:
        return lambda: build_library(path, reading_folder("seeds"))

    def _take_session(self, session: Session) -> None:
        if self._session is not None:
            self._remember_place()
            self._session.close()
            self._session.deleteLater()
        self._session = session
        self._settings.keep_first("libraries/recent", str(session.path), RECENT_LIBRARIES)
        session.changed.connect(self._renew)
        self._asked, self._scope, self._shown = UNASKED, Scope(title=self.tr("全部案例")), None
        self.search.set_words("")
        self._say_idle()
        self._name_library()
        self._restore_place()
        self._show_filters()
        self._renew()
        self.library_opened.emit()

    def _refuse(self, session: Session, error: Exception) -> None:
        """Say why it couldn't be opened, and offer what else there is."""
        self._say_idle()
        session.close()
        self._settings.forget("libraries/recent", str(session.path))
        head = self.tr("「{name}」没有打开").format(name=session.path.name)
        words, detail = self._words_of(error)
        actions = [("other", self.tr("打开别的…")), ("default", self.tr("打开默认案例库"))]
        if session.path == self._folders.library:
            actions = [("other", self.tr("打开别的…")), ("rebuild", self.tr("重建默认案例库"))]
        if self._session is not None:
            actions = [("other", self.tr("打开别的…")), ("", self.tr("知道了"))]
        self._answer_refusal(dialogs.ask(self, head, words, actions, detail))

    def _answer_refusal(self, answer: str) -> None:
        if answer == "other":
            self.open_library()
        elif answer == "default":
            self.open(self._folders.library)
        elif answer == "rebuild":
            self.open(self._folders.library, self._rebuilding())
        if self._session is None and not answer:
            self._say_no_library()

    def _rebuilding(self) -> Callable[[], object]:
        """Build the default library anew; what stood there is kept under another name."""
        path = self._folders.library

        def rebuild() -> None:
            if path.exists():
                path.replace(path.with_name(f"{path.stem}（打不开）{path.suffix}"))
            build_library(path, reading_folder("seeds"))

        return rebuild

    def _say_no_library(self) -> None:
        self.list.show_notice(
            "library", self.tr("还没有打开案例库"), self.tr("打开一个案例库，或从默认案例库开始。"),
            self.tr("打开默认案例库"), "default",
        )  # fmt: skip
        self.list.show_cases(self.list.model.nums[:0], lambda nums: [])
        self._pages.setCurrentWidget(self._browse)

    # ---- asking and answering

    def _ask(self) -> None:
        """Search and count in the library thread; only the latest question is answered."""
        if self._session is None:
            return
        self._show_order()
        question = Question(self._asked, self._scope.query, self._by, frozenset(self.tree.fetched_keys()))
        job = self._session.begin(lambda library: answer(library, question), "search")
        job.stepped.connect(self._take_answer)
        job.finished.connect(self.settled)
        job.failed.connect(self._fail)

    def _take_answer(self, part: Listed | Counted) -> None:
        if isinstance(part, Listed):
            self._show_listed(part)
        else:
            self._show_counted(part)

    def _show_listed(self, part: Listed) -> None:
        library = self._library()
        query = self._listed_query = part.query
        marks = (lambda text: library.marks(text, query)) if query.words.strip() else None
        self._found = part.found
        if not part.nums:
            self._show_empty(part)
        self.list.set_ordered(bool(query.selection) and query.order == "rank" and not query.words)
        self.list.show_cases(part.nums, library.rows_of, marks, part.snippets)
        self._show_count(part)
        if self._shown is not None and self.list.chosen_num() == self._shown:
            self._show_case(self._shown)
        elif part.nums and is_asking(self._asked):
            self.list.choose_first()
        elif self.list.chosen_num() is None:
            self._show_case(None)

    def _show_counted(self, part: Counted) -> None:
        self._hits = part.hits
        self.tree.show_tree(part.branches, part.total, None if part.hits is None else len(part.hits), part.mechanisms)

    def _show_count(self, part: Listed) -> None:
        count = f"{len(part.nums):,}"
        if is_asking(self._asked):
            milliseconds = max(1, round(part.seconds * 1000))
            self.search.show_found(self.tr("{n:,} 例 · {ms} 毫秒").format(n=part.found, ms=milliseconds))
            if is_asking(self._scope.query) and part.found != len(part.nums):
                count += f" / {part.found:,}"
        else:
            self.search.show_found("")
        self.list.show_title(self._scope.title or self.tr("全部案例"), self.tr("{n} 例").format(n=count))

    def _show_empty(self, part: Listed) -> None:
        """An empty list says why, and what to do next."""
        if not is_asking(self._asked) and self._scope.kind == "all":
            notice = ("library", self.tr("这个案例库还是空的"), self.tr("可以打开另一个案例库，或看默认案例库里的案例。"),
                      self.tr("打开默认案例库"), "default")  # fmt: skip
        elif part.found and self._scope.kind != "all":
            notice = ("search", self.tr("「{name}」里没有").format(name=self._scope.title),
                      self.tr("整个案例库里有 {n:,} 例符合。").format(n=part.found), self.tr("在全部案例里看"), "all")  # fmt: skip
        elif self._scope.kind == "selection" and not is_asking(self._asked):
            notice = ("bookmark", self.tr("这个汇编还是空的"), self.tr("把案例拖到左边的汇编上，或选中案例按 Ctrl+D。"),
                      self.tr("去选案例"), "all")  # fmt: skip
        elif is_asking(without_filters(self._asked)) and is_asking(replace(self._asked, words="")):
            notice = ("funnel", self.tr("没有同时符合的案例"), self.tr("搜索的字和筛选都要符合。去掉筛选再看看。"),
                      self.tr("去掉筛选"), "unfilter")  # fmt: skip
        elif self._asked.words.strip():
            notice = ("search", self.tr("没有找到「{words}」").format(words=self._asked.words.strip()),
                      self._words_advice(), self.tr("清空搜索"), "clear")  # fmt: skip
        else:
            notice = (
                "funnel",
                self.tr("没有符合筛选的案例"),
                self.tr("去掉几个条件再看看。"),
                self.tr("去掉筛选"),
                "unfilter",
            )
        self.list.show_notice(*notice)

    def _words_advice(self) -> str:
        if len(self._asked.words.split()) > 1:
            return self.tr("几个词要在同一例里都有才算。少写一个词再试。")
        return self.tr("案例库的标题、正文、机制和数据里都没有这几个字。换个说法，或少写几个字再试。")

    def _act(self, act: str) -> None:
        """Do what the button of a notice says."""
        if act == "default":
            self.open(self._folders.library)
        elif act == "all":
            self.show_all()
        elif act == "unfilter":
            self._take_query(without_filters(self._asked))
        elif act == "clear":
            self.search.set_words("")
            self.search.focus()

    def _take_words(self, words: str) -> None:
        self._asked = replace(self._asked, words=words)
        if words.strip():
            self._pages.setCurrentWidget(self._browse)
            if self.tree.chosen_key() in (OVERVIEW, MECHANISMS):
                self.show_all()
                return
        self._ask()

    def _take_query(self, query: Query) -> None:
        """Take new filters, from the chips, the sheet or the overview."""
        self._asked = query
        self._show_filters()
        if is_asking(query) and self.tree.chosen_key() in (OVERVIEW, MECHANISMS):
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
        rank = self.tr("相关程度") if self._asked.words.strip() else ""
        if self._scope.kind == "selection" and not rank:
            rank = self.tr("汇编里的顺序")
        self.list.show_order(self._asked.order, self._asked.descending, rank)

    def _find_places(self, typed: str) -> None:
        if self._session is not None:
            job = self._session.call(lambda library: places_for(typed), "places")
            job.stepped.connect(lambda found: self.sheet.show_places(typed, found))
            job.failed.connect(self._fail)

    def _place_name(self, code: str) -> str:
        if name := self.sheet.name_of(code):
            return name
        from core.gazetteer import place

        names = place(code.rstrip("=")).names
        return names[-1] if names else self.tr("地区未定")

    def _fetch_snippets(self, nums: Sequence[int]) -> None:
        query = self._listed_query
        if self._session is not None:
            job = self._session.call(lambda library: library.snippets(nums, query))
            job.stepped.connect(
                lambda found: self.list.model.show_snippets(found) if query is self._listed_query else None
            )
            job.failed.connect(self._fail)

    def _fetch_children(self, key: tuple[str, ...]) -> None:
        by, hits = self._by, self._hits
        if self._session is not None:
            job = self._session.call(lambda library: library.tree(by, hits, key))
            job.stepped.connect(lambda nodes: self.tree.show_children(key, nodes) if by == self._by else None)
            job.failed.connect(self._fail)

    # ---- choosing at the left

    def _take_node(self, node: Any) -> None:
        self.selections.choose("")
        self.sources.choose("")
        if node.key == OVERVIEW:
            self._show_overview_page()
        elif node.key == MECHANISMS:
            self._show_mechanisms_page()
        else:
            title = self.tree.chosen_title()
            self._take_scope(Scope("all" if node.key == ALL else "node", title, node.query or UNASKED))

    def _take_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._pages.setCurrentWidget(self._browse)
        self._enable()
        self._ask()

    def _take_selection(self, selection_id: str) -> None:
        self.tree.choose_none()
        self.sources.choose("")
        self._last_selection = selection_id
        name = next((row.name for row in self._library().selections() if row.id == selection_id), "")
        self._take_scope(Scope("selection", name, Query(selection=selection_id)))

    def _take_source(self, source_id: str, name: str) -> None:
        self.tree.choose_none()
        self.selections.choose("")
        self._take_scope(Scope("source", name, Query(sources=(source_id,))))

    def _take_by(self, by: str) -> None:
        self._by = by
        self._settings.keep("tree/by", by)
        if self._scope.kind == "node":
            self.tree.forget_choice()
            self._scope = Scope(title=self.tr("全部案例"))
            self.tree.choose(ALL)
        self._ask()

    def swap_tree(self) -> None:
        """By place or by theme, whichever it is not."""
        by = "theme" if self._by == "place" else "place"
        self.tree.segments.choose(by)
        self._take_by(by)

    # ---- showing a case

    def _show_case(self, num: int | None) -> None:
        self._shown = num
        case = None
        if num is not None:
            try:
                case = self._library().case(num)
            except KeyError:
                case = None
        source = self._library().source_text(case.source_id) if case is not None and case.source_id else ""
        self.pane.show_case(case, source, self._marks)
        self.metrics.show_metrics(case.metrics if case else ())
        self._show_figures_pane()
        self._enable()

    def _show_figures_pane(self) -> None:
        self.metrics.setVisible(self._shown is not None and self._actions["show_figures"].isChecked())

    def _marks(self, text: str) -> list[tuple[int, int]]:
        return self._library().marks(text, self._listed_query) if self._listed_query.words.strip() else []

    def show_case(self, num: int) -> None:
        """Show that case in the list and the pane, whatever is chosen at the left."""
        self._pages.setCurrentWidget(self._browse)
        if not self.list.choose(num):
            self._asked = Query(order=self._asked.order, descending=self._asked.descending)
            self._shown = num
            self.search.set_words("")
            self._show_filters()
            self.settled.connect(lambda: self.list.choose(num), Qt.ConnectionType.SingleShotConnection)
            self.show_all()

    def _choose_metric(self, metric: Any) -> None:
        if metric is not None:
            self.metrics.choose(metric.id)

    # ---- overview and mechanisms

    def show_overview(self) -> None:
        self.tree.choose(OVERVIEW)
        self._show_overview_page()

    def show_mechanisms(self) -> None:
        self.tree.choose(MECHANISMS)
        self._show_mechanisms_page()

    def show_all(self) -> None:
        """Every case of the library."""
        self.selections.choose("")
        self.sources.choose("")
        self.tree.choose(ALL)
        self._take_scope(Scope(title=self.tr("全部案例")))

    def _show_overview_page(self) -> None:
        self._scope = Scope(title=self.tr("全部案例"))
        self._pages.setCurrentWidget(self._overview_view())
        self._fetch_overview()
        self._ask()

    def _show_mechanisms_page(self) -> None:
        self._scope = Scope(title=self.tr("全部案例"))
        self._pages.setCurrentWidget(self._mechanism_view())
        self._fetch_mechanisms()
        self._ask()

    def _show_mechanism(self, name: str) -> None:
        """Open the view of mechanisms at this one."""
        self.show_mechanisms()
        self._fetch_mechanism(name)

    def _overview_view(self) -> QWidget:
        """Made when it is first wanted."""
        if self._overview is None:
            from gui.overview import Overview

            self._overview = Overview(self)
            self._overview.narrowed.connect(lambda query: self._take_query(self._with_order(query)))
            self._overview.case_chosen.connect(self.show_case)
            self._pages.addWidget(self._overview)
        return self._overview

    def _mechanism_view(self) -> QWidget:
        """Made when it is first wanted."""
        if self._mechanisms is None:
            from gui.mechanism_view import MechanismView

            self._mechanisms = MechanismView(self)
            self._mechanisms.mechanism_chosen.connect(self._fetch_mechanism)
            self._mechanisms.case_chosen.connect(self.show_case)
            self._mechanisms.search_wanted.connect(self.search.set_words)
            self._pages.addWidget(self._mechanisms)
        return self._mechanisms

    def _with_order(self, query: Query) -> Query:
        return replace(query, order=self._asked.order, descending=self._asked.descending)

    def _fetch_overview(self) -> None:
        if self._session is not None:
            job = self._session.call(lambda library: library.overview(), "overview")
            job.stepped.connect(self._take_overview)
            job.failed.connect(self._fail)

    def _take_overview(self, overview: Any) -> None:
        self._figures.setText(
            self.tr("案例 {cases:,} · 数据 {figures:,} · 机制 {mechanisms:,} · 来源 {sources:,}").format(
                cases=overview.cases, figures=overview.figures, mechanisms=overview.mechanisms, sources=overview.sources
            )
        )
        if self._overview is not None:
            self._overview.show_overview(overview)

    def _fetch_mechanisms(self) -> None:
        if self._session is not None:
            job = self._session.call(lambda library: library.mechanisms(), "mechanisms")
            job.stepped.connect(self._take_mechanisms)
            job.failed.connect(self._fail)

    def _take_mechanisms(self, rows: Sequence[Any]) -> None:
        self.sheet.show_mechanisms([row.name for row in rows])
        if self._mechanisms is not None:
            self._mechanisms.show_mechanisms(rows)

    def _fetch_mechanism(self, name: str) -> None:
        if self._session is not None:
            job = self._session.call(
                lambda library: (name, library.mechanism_cases(name), library.similar_mechanisms(name)), "mechanism"
            )
            job.stepped.connect(self._take_mechanism)
            job.failed.connect(self._fail)

    def _take_mechanism(self, found: tuple[str, Any, Any]) -> None:
        if self._mechanisms is not None:
            self._mechanisms.show_cases_of(*found)

    # ---- changing

    def _renew(self) -> None:
        """Show everything again after a change; what is open and chosen stays so."""
        if self._session is not None:
            self.selections.show_selections(self._library().selections())
            self.sources.show_sources(self._library().sources())
            self._fetch_overview()
            self._fetch_mechanisms()
            self._ask()
            self._enable()

    def undo(self) -> None:
        self._change(lambda library: library.undo(), self.tr("已撤销：{what}"))

    def redo(self) -> None:
        self._change(lambda library: library.redo(), self.tr("已重做：{what}"))

    def _change(self, do: Callable[[Any], Any], said: str = "") -> Any:
        """Change the library; what the world does wrong is said in words."""
        if self._session is None:
            return None
        try:
            what = self._session.change(do)
        except LibraryError as error:
            self._fail(error)
            return None
        if said and (what or "{what}" not in said):
            self._say(said.format(what=what))
        return what

    def remove(self) -> None:
        """Take the chosen cases out of the selection that is shown, else out of the library; both can be undone."""
        if self.selections.view.hasFocus():
            self.remove_selection()
            return
        nums = self.list.chosen_nums()
        if not self.list.table.hasFocus() or not nums:
            return
        if self._scope.kind == "selection":
            self.drop_out()
        else:
            said = self.tr("已删除 {n} 例，按 Ctrl+Z 撤销。").format(n=len(nums))
            self._change(lambda library: library.remove_cases(nums), said)

    def collect(self) -> None:
        """Put the chosen cases into a selection: ask which."""
        nums = self.list.chosen_nums()
        if nums:
            self._collecting_menu(nums).exec(self._under(self.list.table))

    def _collecting_menu(self, nums: Sequence[int]) -> QMenu:
        menu = QMenu(self)
        for row in self._library().selections():
            menu.addAction(theme.icon("bookmark"), row.name.replace("&", "&&"), lambda i=row.id: self._add_to(i, nums))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(theme.icon("plus"), self.tr("新建汇编…"), lambda: self._add_to("", nums))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _add_to(self, selection_id: str, nums: Sequence[int]) -> None:
        """Add to the selection, to a new one without an id."""
        if not selection_id:
            selection_id = self.new_selection()
        if selection_id:
            self._last_selection = selection_id
            new = self._change(lambda library: library.add_to_selection(selection_id, nums))
            if new is not None:
                old = len(nums) - new
                said = self.tr("加入汇编 {n} 例").format(n=new)
                self._say(said + (self.tr("，另有 {n} 例已经在里面").format(n=old) if old else ""))

    def new_selection(self) -> str:
        """Begin a selection; its id, empty when a person gave up."""
        name = dialogs.ask_name(self, self.tr("新建汇编"), self.tr("汇编的名称："))
        return (self._change(lambda library: library.add_selection(name)) or "") if name else ""

    def rename_selection(self) -> None:
        self.selections.rename(self.selections.chosen_id())

    def remove_selection(self) -> None:
        """Remove the chosen selection; its cases stay in the library."""
        self._remove_selection(self.selections.chosen_id())

    def _remove_selection(self, selection_id: str) -> None:
        if not selection_id:
            return
        said = self.tr("已删除汇编，案例还在案例库里。按 Ctrl+Z 撤销。")
        if self._scope.query.selection == selection_id:
            self._scope = Scope(title=self.tr("全部案例"))
            self.tree.choose(ALL)
        self._change(lambda library: library.remove_selection(selection_id), said)

    def drop_out(self) -> None:
        """Take the chosen cases out of the selection that is shown."""
        nums, selection_id = self.list.chosen_nums(), self._scope.query.selection
        said = self.tr("已移出 {n} 例，按 Ctrl+Z 撤销。").format(n=len(nums))
        if selection_id and nums:
            self._change(lambda library: library.remove_from_selection(selection_id, nums), said)

    def move_up(self) -> None:
        self.list.table.move_by(-1)

    def move_down(self) -> None:
        self.list.table.move_by(1)

    def _move(self, nums: Sequence[int], at: int) -> None:
        if selection_id := self._scope.query.selection:
            self._change(lambda library: library.move_in_selection(selection_id, nums, at))

    # ---- files

    def new_library(self) -> None:
        """Make an empty library and open it."""
        path = dialogs.file_to_write(self, self.tr("新建案例库"), self._folders.data / self.tr("新案例库.anlan"))
        if path is not None:
            self.open(path, lambda: make_library(path))

    def open_library(self) -> None:
        folder = self._session.path.parent if self._session else self._folders.data
        path = dialogs.file_to_open(self, self.tr("打开案例库"), folder)
        if path is not None:
            self.open(path)

    def save_as(self) -> None:
        """Copy the library to another file and go on in that one."""
        here = self._library().path
        path = dialogs.file_to_write(self, self.tr("另存为"), here.with_name(f"{here.stem} 副本{here.suffix}"))
        if path is not None:
            self._copy_to(path, lambda: self.open(path))

    def back_up(self) -> None:
        """Copy the library to another file and stay in this one."""
        from datetime import date

        here = self._library().path
        path = dialogs.file_to_write(self, self.tr("备份"), here.with_name(f"{here.stem} {date.today()}{here.suffix}"))
        if path is not None:
            self._copy_to(path, lambda: self._say(self.tr("已备份到 {path}").format(path=path)))

    def _copy_to(self, path: Path, then: Callable[[], object]) -> None:
        if self._session is None:
            return
        self._say_busy(self.tr("正在写 {name}…").format(name=path.name))
        job = self._session.call(lambda library: library.back_up(path))
        job.finished.connect(self._say_idle)
        job.finished.connect(then)
        job.failed.connect(self._fail)

    def restore(self) -> None:
        """Go back to a backup; the file that is replaced stays beside it."""
        if self._session is None:
            return
        dialog = dialogs.RestoreDialog(self, self._library().backups())
        backup = dialog.chosen() if dialog.exec() else None
        if backup is not None:
            self.restore_from(backup)

    def restore_from(self, backup: Path) -> None:
        """Put the backup in the place of the library and open that."""
        from core.library import restore

        if self._session is not None:
            path = self._session.path
            self._remember_place()
            self._session.close()
            self._session = None
            self.open(path, lambda: restore(backup, path))

    def _fill_recent(self) -> None:
        menu = self._recent
        menu.clear()
        here = self._session.path if self._session else None
        for path in self._settings.recent_libraries():
            action = menu.addAction(path.stem.replace("&", "&&"), lambda path=path: self.open(path))
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.setEnabled(path != here)
        menu.addSeparator()
        menu.addAction(self.tr("默认案例库"), lambda: self.open(self._folders.library))

    # ---- copying out

    def copy(self) -> None:
        """Copy from the pane that has the focus."""
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if callable(getattr(widget, "copy", None)):
                widget.copy()  # type: ignore[attr-defined]
                return
            widget = widget.parentWidget()
        self.list.copy()

    def copy_with_source(self) -> None:
        if self.metrics.isAncestorOf(QApplication.focusWidget() or self):
            self.metrics.copy_with_source()
        else:
            self.pane.copy_with_source()

    def select_all(self) -> None:
        widget = QApplication.focusWidget()
        (widget if callable(getattr(widget, "selectAll", None)) else self.list.table).selectAll()  # type: ignore[union-attr]

    def _copy_rows(self, nums: Sequence[int], columns: Sequence[int]) -> None:
        """Put rows on the clipboard as cells; many are read in the library thread."""
        if self._session is None or not nums:
            return
        texts: list[str] = []
        job = self._session.begin(lambda library: rows_in_pages(library, nums), "copy")
        job.stepped.connect(lambda rows: texts.append(cells_text(rows, columns)))
        job.finished.connect(lambda: QGuiApplication.clipboard().setText("\n".join(texts)))
        job.finished.connect(lambda: self._say(self.tr("已复制 {n:,} 行，可以粘贴到表格里").format(n=len(nums))))
        job.failed.connect(self._fail)

    # ---- the look

    def find(self) -> None:
        self.search.focus()

    def filter(self) -> None:
        """Open the sheet of filters, or close it."""
        if self.sheet.isVisible():
            self.sheet.close_sheet()
        else:
            self._place_sheet()
            self.sheet.open()

    def dense(self) -> None:
        self.list.set_dense(self._actions["dense"].isChecked())
        self._keep_list()

    def show_side(self) -> None:
        self._side.setVisible(self._actions["show_side"].isChecked())

    def show_detail(self) -> None:
        self._detail.setVisible(self._actions["show_detail"].isChecked())

    def show_figures(self) -> None:
        self._show_figures_pane()

    def scheme_light(self) -> None:
        self._dress("light")

    def scheme_dark(self) -> None:
        self._dress("dark")

    def scheme_system(self) -> None:
        self._dress("system")

    def _dress(self, scheme: theme.Choice) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._settings.keep("look/scheme", scheme)

    def text_larger(self) -> None:
        self._resize_text(theme.reading_size() + 1)

    def text_smaller(self) -> None:
        self._resize_text(theme.reading_size() - 1)

    def text_usual(self) -> None:
        self._resize_text(16)

    def _resize_text(self, pixels: int) -> None:
        theme.set_reading_size(pixels)
        self._settings.keep("look/reading", theme.reading_size())

    def next_pane(self) -> None:
        self._step_pane(1)

    def previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        """Put the focus into the next pane that is in sight."""
        panes = [pane for pane in self._focus_order() if pane.isVisible()]
        focused = QApplication.focusWidget()
        at = next(
            (i for i, p in enumerate(panes) if focused is not None and (p is focused or p.isAncestorOf(focused))), -1
        )
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_order(self) -> list[QWidget]:
        pages = [self._pages.currentWidget()] if self._pages.currentWidget() is not self._browse else []
        browse = [] if pages else [self.list, self.pane, self.metrics]
        return [self.search, self.tree, *(p for p in pages if p is not None), *browse]

    def show_shortcuts(self) -> None:
        from gui.about import ShortcutList

        ShortcutList(self).exec()

    def show_about(self) -> None:
        from gui.about import AboutDialog

        AboutDialog(self).exec()

    # ---- saying

    def _say(self, text: str) -> None:
        """Say something for a while in the status line."""
        self.statusBar().showMessage(text, 8000)

    def _say_busy(self, text: str, share: float = 0.3) -> None:
        self.busy.show_share(share)
        self._busy_text.setText(text)
        self._busy_text.show()

    def _say_idle(self) -> None:
        self.busy.show_share(None)
        self._busy_text.hide()

    def _fail(self, error: Exception) -> None:
        """Say what went wrong: what the world did in words, a fault of ours with its trace."""
        self._say_idle()
        words, detail = self._words_of(error)
        dialogs.say(self, self.tr("没有做成"), words, detail)

    def _words_of(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, LibraryError):
            return str(error), error.detail
        if isinstance(error, OSError):
            name = Path(error.filename).name if error.filename else ""
            words = self.tr("文件 {name} 读写不了：{why}。原来的文件没有改动。")
            return words.format(name=name, why=error.strerror or error), trace_of(error)
        self._log.write(trace_of(error))
        return self.tr("程序出了意外的错。案例库没有改动，可以接着用。"), trace_of(error)

    def show_fault(self, trace: str) -> None:
        """Say that something unforeseen happened, at most one dialog at a time."""
        if not self._fault_shown:
            self._fault_shown = True
            words = self.tr("程序出了意外的错，这一步可能没有做完。可以接着用；出错的经过记在 {path}。")
            dialogs.say(self, self.tr("出了意外的错"), words.format(path=self._log.path), trace)
            self._fault_shown = False

    def _name_library(self) -> None:
        library = self._library()
        name = library.path.stem
        self.setWindowTitle(self.tr("{name} — 案览").format(name=name))
        words = self.tr("{name}（只读）") if library.read_only else "{name}"
        self._library_name.setText(words.format(name=name))
        self._library_name.setToolTip(str(library.path))
        if library.read_only:
            self._say(self.tr("这个案例库是只读的：可以看、查、复制，不能改。"))

    def _library(self) -> Any:
        if self._session is None:
            raise RuntimeError("no library is open")
        return self._session.library

    def _enable(self) -> None:
        """Offer only what can be done now, and say what undo would undo."""
        here = self._session is not None
        library = self._library() if here else None
        holds = {
            "library": here,
            "writing": here and not library.read_only,
            "cases": here and bool(self.list.table.selectionModel().hasSelection()),
            "selection": self._scope.kind == "selection",
            "undo": here and bool(library.undo_text),
            "redo": here and bool(library.redo_text),
        }
        for entry in _entries():
            if entry.needs:
                self._actions[entry.do].setEnabled(all(holds[need] for need in entry.needs.split()))
        for do, word in (("undo", self.tr("撤销")), ("redo", self.tr("重做"))):
            what = getattr(library, f"{do}_text") if here else ""
            self._actions[do].setText(f"{word}：{what}" if what else word)
        inside = self._scope.kind == "selection"
        self._actions["remove"].setText(self.tr("移出这个汇编") if inside else self.tr("删除案例"))

    # ---- putting together

    def _make_views(self) -> None:
        self.search, self.chips = SearchBar(), Chips()
        self.tree, self.selections, self.sources = CaseTree(), Selections(), Sources()
        self.list, self.pane, self.metrics = CaseList(), CasePane(), MetricsTable()
        self.busy = BusyBar()
        self._overview: Any = None
        self._mechanisms: Any = None
        self._fault_shown = False
        self._figures, self._library_name, self._busy_text = QLabel(), QLabel(), QLabel()
        self._cancel = QPushButton(self.tr("取消"))

    def _make_menus(self) -> None:
        self._groups: dict[str, QActionGroup] = {}
        for title, entries in MENUS:
            menu = self.menuBar().addMenu(QCoreApplication.translate("Menus", title))
            menu.aboutToShow.connect(self._enable)
            for entry in entries:
                self._add_entry(menu, entry)
        for entry in OTHER_KEYS:
            self.addAction(self._action(entry))
        for do in ("show_side", "show_detail", "show_figures"):
            self._actions[do].setChecked(True)

    def _add_entry(self, menu: QMenu, entry: Entry) -> None:
        if entry is LINE:
            menu.addSeparator()
        elif entry.opens:
            self._recent = menu.addMenu(QCoreApplication.translate("Menus", entry.text))
            theme.set_icon(self._recent, entry.icon)
            self._recent.setToolTipsVisible(True)
            self._recent.aboutToShow.connect(self._fill_recent)
        else:
            menu.addAction(self._action(entry))

    def _action(self, entry: Entry) -> QAction:
        action = self._actions[entry.do] = QAction(QCoreApplication.translate("Menus", entry.text), self)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.setCheckable(entry.checkable)
        if entry.icon and not entry.checkable:
            theme.set_icon(action, entry.icon)
        if entry.group:
            self._groups.setdefault(entry.group, QActionGroup(self)).addAction(action)
        slot = getattr(self, entry.do)
        action.triggered.connect(lambda on=False: slot())
        return action

    def _lay_out(self) -> None:
        self._browse = QSplitter(Qt.Orientation.Horizontal)
        self._detail = QSplitter(Qt.Orientation.Vertical)
        self._detail.addWidget(self.pane)
        self._detail.addWidget(self.metrics)
        self._browse.addWidget(self.list)
        self._browse.addWidget(self._detail)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._browse)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.addWidget(self._make_side())
        self._columns.addWidget(self._pages)
        for splitter, sizes in self._sizes():
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
            splitter.setStretchFactor(0, 0)
            splitter.setStretchFactor(1, 1)
        self._detail.setStretchFactor(0, 1)
        self._detail.setStretchFactor(1, 0)
        self._side.setMinimumWidth(200)
        self.list.setMinimumWidth(280)
        self.pane.setMinimumWidth(320)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._make_head(), self.busy, Line(), self._columns):
            column.addWidget(widget)
        column.setStretch(3, 1)
        self.setCentralWidget(centre)
        self.sheet = FilterSheet(centre)
        self._make_status()
        self.resize(1280, 800)

    def _sizes(self) -> tuple[tuple[QSplitter, list[int]], ...]:
        return (
            (self._columns, [SIDE_WIDTH, LIST_WIDTH + DETAIL_WIDTH]),
            (self._browse, [LIST_WIDTH, DETAIL_WIDTH]),
            (self._detail, [480, 240]),
        )

    def _make_head(self) -> QWidget:
        self._head = QWidget()
        self._head.setProperty("ground", "surface")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.search, 1)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.chips)
        return self._head

    def _make_side(self) -> QWidget:
        self._side = QWidget()
        self._side.setProperty("ground", "window")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tree, Line(), self.selections, Line(), self.sources):
            column.addWidget(widget)
        column.setStretch(0, 1)
        return self._side

    def _make_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        self._cancel.setProperty("kind", "flat")
        self._cancel.hide()
        self._busy_text.hide()
        bar.addWidget(self._figures)
        for widget in (self._busy_text, self._cancel, self._library_name):
            bar.addPermanentWidget(widget)

    def _connect(self) -> None:
        self.search.asked.connect(self._take_words)
        self.search.kept.connect(self._keep_search)
        self.search.entered.connect(self._enter_list)
        self.search.filters_wanted.connect(self.filter)
        self.chips.changed.connect(self._take_query)
        self.sheet.changed.connect(self._take_query)
        self.sheet.places_wanted.connect(self._find_places)
        self.sheet.closed.connect(self.search.focus)
        self.tree.node_chosen.connect(self._take_node)
        self.tree.by_chosen.connect(self._take_by)
        self.tree.children_wanted.connect(self._fetch_children)
        self.selections.selection_chosen.connect(self._take_selection)
        self.selections.adding.connect(self.new_selection)
        self.selections.renamed.connect(lambda i, name: self._change(lambda library: library.rename_selection(i, name)))
        self.selections.removed.connect(self._remove_selection)
        self.selections.dropped.connect(self._add_to)
        self.sources.source_chosen.connect(self._take_source)
        for pane in (self.tree, self.selections, self.sources):
            pane.entered.connect(self._enter_list)
        self._connect_list()
        self.pane.search_wanted.connect(self.search.set_words)
        self.pane.metric_chosen.connect(self._choose_metric)
        self.pane.mechanism_chosen.connect(self._show_mechanism)
        self.pane.copied.connect(lambda text: self._say(self.tr("已复制")))
        self.metrics.metric_chosen.connect(self.pane.light_up)
        QApplication.instance().focusChanged.connect(self._leave_sheet)  # type: ignore[union-attr]

    def _connect_list(self) -> None:
        self.list.case_chosen.connect(self._show_case)
        self.list.entered.connect(self.pane.setFocus)
        self.list.order_chosen.connect(self._take_order)
        self.list.copy_wanted.connect(self._copy_rows)
        self.list.moved.connect(self._move)
        self.list.look_changed.connect(self._keep_list)
        self.list.menu_wanted.connect(self._show_list_menu)
        self.list.acted.connect(self._act)
        self.list.selection_changed.connect(self._say_chosen)
        self.list.model.snippets_wanted.connect(self._fetch_snippets)

    def _say_chosen(self, chosen: int) -> None:
        if chosen > CASES_ASKED_ABOUT:
            self._say(self.tr("选中 {n:,} 例").format(n=chosen))
        else:
            self.statusBar().clearMessage()
        self._enable()

    def _show_list_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self._enable()
        for do in ("copy", "collect", "", "move_up", "move_down", "drop_out", "", "remove"):
            if not do:
                menu.addSeparator()
            elif self._actions[do].isEnabled():
                menu.addAction(self._actions[do])
        menu.exec(at)

    def _enter_list(self) -> None:
        if self._pages.currentWidget() is not self._browse:
            page = self._pages.currentWidget()
            if page is not None:
                page.setFocus()
            return
        self.list.table.setFocus()
        if self.list.chosen_num() is None:
            self.list.choose_first()

    def _keep_search(self, words: str) -> None:
        self.search.show_history(self._settings.keep_first("search/history", words, RECENT_SEARCHES))

    def _place_sheet(self) -> None:
        self.sheet.adjustSize()
        room = self.centralWidget().rect()
        beside_list = self.list.mapTo(self.centralWidget(), QPoint(self.list.width(), 0)).x()
        x = beside_list if self.list.isVisible() else self._side.width()
        self.sheet.move(min(x + 8, max(0, room.width() - self.sheet.width() - 8)), self._head.height() + 8)

    def _leave_sheet(self, old: QWidget | None, new: QWidget | None) -> None:
        """The sheet closes when the work goes on elsewhere in the window."""
        stays = new is None or self.sheet is new or self.sheet.isAncestorOf(new) or self.search.isAncestorOf(new)
        if self.sheet.isVisible() and not stays and new is not None and self.isAncestorOf(new):
            self.sheet.hide()

    def _under(self, widget: QWidget) -> QPoint:
        return widget.mapToGlobal(QPoint(16, 16))

    # ---- remembering

    def _restore_look(self) -> None:
        settings = self._settings
        self.search.show_history(settings.texts("search/history"))
        self._by = settings.text("tree/by", "place")
        self.tree.segments.choose(self._by)
        theme.set_reading_size(settings.number("look/reading", 16))
        self._actions[f"scheme_{theme.choice()}"].setChecked(True)
        if columns := settings.texts("list/columns"):
            self.list.restore_columns(columns)
        self.list.set_dense(settings.flag("list/dense", False))
        self._actions["dense"].setChecked(self.list.is_dense())
        self.sources.set_folded(settings.flag("side/sources_folded", True))
        if not settings.bytes("window/geometry").isEmpty():
            self.restoreGeometry(settings.bytes("window/geometry"))
        for name, splitter in self._splitters():
            if not settings.bytes(f"window/{name}").isEmpty():
                splitter.restoreState(settings.bytes(f"window/{name}"))
        for do in ("show_side", "show_detail", "show_figures"):
            self._actions[do].setChecked(settings.flag(f"window/{do}", True))
            getattr(self, do)()

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("columns", self._columns), ("browse", self._browse), ("detail", self._detail))

    def _keep_list(self) -> None:
        self._actions["dense"].setChecked(self.list.is_dense())
        self._settings.keep("list/dense", self.list.is_dense())
        self._settings.keep("list/columns", self.list.shown_columns())

    def _keep_look(self) -> None:
        self._settings.keep("window/geometry", self.saveGeometry())
        for name, splitter in self._splitters():
            self._settings.keep(f"window/{name}", splitter.saveState())
        for do in ("show_side", "show_detail", "show_figures"):
            self._settings.keep(f"window/{do}", self._actions[do].isChecked())
        self._settings.keep("side/sources_folded", self.sources.is_folded())

    def _remember_place(self) -> None:
        """What was open and chosen in this library."""
        library = self._library()
        case_id = ""
        if self._shown is not None:
            rows = library.rows_of([self._shown])
            case_id = rows[0].id if rows else ""
        place = {"by": self._by, "tree": self.tree.state(), "case": case_id}
        self._settings.keep(f"places/{library.id}", json.dumps(place, ensure_ascii=False))

    def _restore_place(self) -> None:
        """Back to where a person was in this library; to the overview the first time."""
        library = self._library()
        order = self._settings.texts("list/order")
        if len(order) == 2:
            self._asked = Query(order=order[0], descending=order[1] == "1")  # type: ignore[arg-type]
        try:
            place = json.loads(self._settings.text(f"places/{library.id}", "{}"))
            state, case_id = place.get("tree"), place.get("case", "")
        except (ValueError, AttributeError):
            state, case_id = None, ""
        if state is None or place.get("by") != self._by:
            state = [[], [list(OVERVIEW)]]
        self.tree.restore_state(state)
        self.settled.connect(lambda: self._return_to(case_id), Qt.ConnectionType.SingleShotConnection)

    def _return_to(self, case_id: str) -> None:
        node = self.tree.chosen_node()
        if node is None:
            self.tree.choose(ALL)
            node = self.tree.chosen_node()
        if node is not None and node.key != ALL:
            self._take_node(node)
        if case_id and node is not None and node.key not in (OVERVIEW, MECHANISMS):
            try:
                num = self._library().num_of(case_id)
            except KeyError:
                return
            if node.key == ALL:
                self.list.choose(num)
            else:
                self.settled.connect(lambda: self.list.choose(num), Qt.ConnectionType.SingleShotConnection)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_look()
        if self._session is not None:
            self._remember_place()
            self._session.close()
            self._session = None
        self._settings.write()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sheet.isVisible():
            self._place_sheet()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            QTimer.singleShot(0, self.update)


def _entries() -> list[Entry]:
    return [entry for _, entries in MENUS for entry in entries if entry is not LINE and not entry.opens]


def places_for(typed: str) -> list[tuple[str, str, str]]:
    """The places that typed text may mean: code, name from the province down, a note on an old name."""
    from core.gazetteer import find_places

    found = find_places(typed) if typed.strip() else []
    return [(c.place.code, " · ".join(c.place.names), c.note) for c in found]


def make_library(path: Path) -> None:
    """Make an empty library; one that stands there is not overwritten."""
    from core.library import Library

    path.parent.mkdir(parents=True, exist_ok=True)
    Library.create(path).close()
