"""The real window on a real library: browsing, searching, filtering, collecting, undoing, remembering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library, Query
from gui.browse.case_tree import ALL, MECHANISMS, OVERVIEW
from gui.kit import dialogs
from gui.shell.session import Session
from gui.shell.settings import Settings
from gui.shortcuts import SHORTCUTS
from gui.window import LATER, Window
from tests.gui.conftest import CASES, open_in


def titles(window: Window) -> list[str]:
    return [window.views.list.model.index(at, 0).data() for at in range(window.views.list.model.rowCount())]


def search(qtbot: QtBot, window: Window, words: str) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.views.search.set_words(words)


def narrow(qtbot: QtBot, window: Window, query: Query) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.browse.asking.take_query(query)


def choose_node(qtbot: QtBot, window: Window, label: str) -> None:
    model = window.views.tree.model
    index = next(model.index(at, 0) for at in range(model.rowCount()) if model.index(at, 0).data() == label)
    with qtbot.waitSignal(window.browse.settled):
        window.views.tree.view.setCurrentIndex(index)


def test_all_cases_are_listed_and_counted(window: Window) -> None:
    assert sorted(titles(window)) == sorted(case.title for case in CASES)
    assert window.views.tree.chosen_node().total == len(CASES)
    assert window.windowTitle() == "清河案例 — 案览"


def test_a_first_look_is_the_overview(qtbot: QtBot, new_window: Callable[[], Window], library_path: Path) -> None:
    window = new_window()
    open_in(qtbot, window, library_path)
    assert window.views.tree.chosen_key() == OVERVIEW
    assert window.shell._pages.currentWidget() is window.views.overview
    assert window.status.said() == "案例 5 · 数据 18 · 机制 1 · 来源 4"


def test_a_search_finds_marks_and_shows_the_first_hit(qtbot: QtBot, window: Window) -> None:
    search(qtbot, window, "邻里")
    assert sorted(titles(window)) == ["小巷里的修补铺", "村口办起议事亭"]
    assert window.views.search._found.text().startswith("2 例")
    assert window.views.list.chosen_num() is not None
    assert window.views.tree.chosen_node().hits == 2


def test_a_node_of_the_tree_narrows_the_list(qtbot: QtBot, window: Window) -> None:
    choose_node(qtbot, window, "潍坊市")
    assert sorted(titles(window)) == ["古城里的志愿导览", "窗口前移到车间"]
    assert window.views.list._title.text() == "潍坊市"


def test_opening_a_node_brings_its_children(qtbot: QtBot, window: Window) -> None:
    model = window.views.tree.model
    city = next(model.index(at, 0) for at in range(model.rowCount()) if model.index(at, 0).data() == "邢台市")
    window.views.tree.view.expand(city)
    qtbot.waitUntil(lambda: model.rowCount(city) == 2)
    assert {model.index(at, 0, city).data() for at in range(2)} == {"清河县", "襄都区"}


def test_the_tree_turns_to_themes_and_back(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.swap_tree()
    assert window.views.tree.model.index_of(("theme", "基层治理")).isValid()
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.swap_tree()
    assert window.views.tree.by() == "place"


def test_a_search_inside_a_node_says_what_is_elsewhere(qtbot: QtBot, window: Window) -> None:
    choose_node(qtbot, window, "潍坊市")
    search(qtbot, window, "邻里")
    assert window.views.list.notice.words() == "「潍坊市」里没有\n整个案例库里有 2 例符合。"
    with qtbot.waitSignal(window.browse.settled):
        window.views.list.notice.press()
    assert len(titles(window)) == 2


def test_a_filter_and_a_node_of_the_same_kind_both_hold(qtbot: QtBot, window: Window) -> None:
    narrow(qtbot, window, Query(places=("130534",)))
    choose_node(qtbot, window, "邢台市")
    assert sorted(titles(window)) == ["夜校请来种粮能手", "村口办起议事亭"]
    narrow(qtbot, window, Query(places=("370781",)))
    assert titles(window) == []


def test_chips_take_filters_away(qtbot: QtBot, window: Window) -> None:
    narrow(qtbot, window, Query(themes=("营商环境",), places=("370781",)))
    assert window.views.chips.texts() == ["青州市", "营商环境"]
    assert titles(window) == ["窗口前移到车间"]
    with qtbot.waitSignal(window.browse.settled):
        window.views.chips.changed.emit(replace(window.browse.asking.asked, themes=()))
    assert window.views.chips.texts() == ["青州市"]
    assert len(titles(window)) == 2


def test_a_place_is_found_by_pinyin_through_the_library_thread(qtbot: QtBot, window: Window) -> None:
    window.frame.show_filters()
    window.views.sheet._place.setText("qingzhou")
    window.views.sheet.places_wanted.emit("qingzhou")
    qtbot.waitUntil(lambda: window.views.sheet._found.count() > 0)
    assert "青州市" in window.views.sheet._found.item(0).text()


@pytest.mark.parametrize(
    ("query", "head"),
    [
        (Query(words="绝无此词"), "没有找到「绝无此词」"),
        (Query(themes=("廉政监督",)), "没有符合筛选的案例"),
        (Query(words="邻里", themes=("廉政监督",)), "没有同时符合的案例"),
    ],
)
def test_an_empty_list_says_why(qtbot: QtBot, window: Window, query: Query, head: str) -> None:
    narrow(qtbot, window, query)
    assert window.views.list.notice.isVisible()
    assert window.views.list.notice.words().splitlines()[0] == head


def test_an_empty_library_says_what_to_do(qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path) -> None:
    Library.create(tmp_path / "空.anlan").close()
    window = new_window()
    open_in(qtbot, window, tmp_path / "空.anlan")
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    assert window.views.list.notice.words().startswith("这个案例库还是空的")


def test_a_head_sorts_the_whole_list(qtbot: QtBot, window: Window) -> None:
    window.views.list.set_dense(True)
    with qtbot.waitSignal(window.browse.settled):
        window.views.list.table.horizontalHeader().sectionClicked.emit(4)
    assert titles(window)[:2] == ["古城里的志愿导览", "村口办起议事亭"]


def test_a_chosen_case_is_shown_with_its_figures(window: Window, library: Library) -> None:
    window.views.list.choose(library.cases.num_of(CASES[3].id))
    assert "古城里的志愿导览" in window.views.pane.page.plain_text()
    assert window.views.metrics.isVisible()
    assert window.views.metrics.copy().count("帮办事项") == 12


def test_a_case_is_shown_from_anywhere(qtbot: QtBot, window: Window, library: Library) -> None:
    search(qtbot, window, "修补铺")
    num = library.cases.num_of(CASES[4].id)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.showing.show_case(num)
    assert window.views.list.chosen_num() == num
    assert window.views.search.words() == ""


def test_a_mechanism_opens_its_view(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_mechanism("三问三办")
    assert window.views.tree.chosen_key() == MECHANISMS
    assert window.shell._pages.currentWidget() is window.views.mechanisms


def test_a_search_on_the_overview_goes_to_the_list(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_overview()
    search(qtbot, window, "邻里")
    assert window.views.is_browsing()
    assert window.views.tree.chosen_key() == ALL


def test_rows_are_copied_as_cells(qtbot: QtBot, window: Window) -> None:
    narrow(qtbot, window, Query(order="title"))
    window.views.list.table.select_rows(0, [0, 1])
    window.views.list.table.setFocus()
    window.frame.copy()
    qtbot.waitUntil(lambda: titles(window)[0] in QGuiApplication.clipboard().text())
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "标题\t地区\t主题\t日期\t数据\t状态\t星标\t标签"
    assert [len(line.split("\t")) for line in lines] == [8, 8, 8]
    assert QGuiApplication.clipboard().mimeData().html().count("<tr>") == 3


# ---- selections


@pytest.fixture
def selection(qtbot: QtBot, window: Window) -> str:
    """A selection of the first two cases, by title."""
    window.browse.asking.asked = Query(order="title")
    nums = [window.shell.library.cases.num_of(case.id) for case in CASES[:2]]
    made: list[str] = []
    window.shell.change(lambda library: library.selections.add("三季度专报"), then=made.append)
    with qtbot.waitSignal(window.browse.settled):
        window.shell.change(lambda library: library.selections.put(library.selections.rows()[0].id, nums))
    qtbot.waitUntil(lambda: bool(made) and window.views.selections.model.rowCount() == 1)
    return made[0]


def show_selection(qtbot: QtBot, window: Window, selection: str) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.views.selections.selection_chosen.emit(selection)


def test_a_selection_lists_its_cases_in_its_order(qtbot: QtBot, window: Window, selection: str) -> None:
    window.browse.asking.asked = Query()
    show_selection(qtbot, window, selection)
    assert titles(window) == [CASES[0].title, CASES[1].title]
    window.views.list.table.select_rows(1, [1])
    with qtbot.waitSignal(window.browse.settled):
        window.browse.collecting.move_up()
    assert titles(window) == [CASES[1].title, CASES[0].title]


def test_cases_dropped_on_a_selection_are_added_once(qtbot: QtBot, window: Window, selection: str) -> None:
    model = window.views.selections.model
    nums = [window.shell.library.cases.num_of(case.id) for case in CASES[1:4]]
    rows = [window.views.list.model.index(window.views.list.model.row_of(num), 0) for num in nums]
    with qtbot.waitSignal(window.browse.settled):
        model.dropMimeData(window.views.list.model.mimeData(rows), Qt.DropAction.CopyAction, -1, -1, model.index(0))
    assert [row.cases for row in window.shell.library.selections.rows()] == [4]
    assert "加入汇编 2 例，另有 1 例已经在里面" in window.status.said()


def test_leaving_a_selection_can_be_undone(qtbot: QtBot, window: Window, selection: str) -> None:
    show_selection(qtbot, window, selection)
    window.views.list.choose_first()
    with qtbot.waitSignal(window.browse.settled):
        window.browse.collecting.drop_out()
    assert len(titles(window)) == 1
    with qtbot.waitSignal(window.browse.settled):
        window.undo()
    assert len(titles(window)) == 2


def test_a_selection_that_is_removed_gives_way_to_all_cases(qtbot: QtBot, window: Window, selection: str) -> None:
    show_selection(qtbot, window, selection)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.collecting.remove(selection)
    qtbot.waitUntil(lambda: len(titles(window)) == len(CASES))
    qtbot.waitUntil(lambda: window.views.selections.model.rowCount() == 0)
    assert not window.menus.actions["drop_out"].isEnabled()


def test_a_selection_is_renamed_by_f2_and_asks(
    qtbot: QtBot, window: Window, selection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def answer(parent: object, title: str, verb: str, refusal: dialogs.Refusal, name: str) -> str:
        asked.append((verb, name, refusal(name)))
        return "年终专报"

    monkeypatch.setattr(dialogs, "ask_name", answer)
    window.views.selections.choose(selection)
    before = window.views.selections.model.index(0).data()
    qtbot.keyClick(window.views.selections.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: window.views.selections.model.index(0).data() == "年终专报")
    assert asked == [("改名", before, "")]


def test_a_new_selection_asks_for_its_name(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_name", lambda *words: "新专报")
    window.views.list.choose_first()
    window.browse.collecting.menu_for(window.views.list.chosen_nums()).actions()[-1].trigger()
    kept = window.shell.library.selections
    qtbot.waitUntil(lambda: [(row.name, row.cases) for row in kept.rows()] == [("新专报", 1)])


# ---- changing and undoing


def test_deleted_cases_come_back_with_undo_and_go_with_redo(qtbot: QtBot, window: Window) -> None:
    window.views.list.table.select_rows(0, [0, 1])
    window.views.list.table.setFocus()
    with qtbot.waitSignal(window.browse.settled):
        window.browse.remove()
    assert len(titles(window)) == 3
    assert window.menus.actions["undo"].text().startswith("撤销：")
    with qtbot.waitSignal(window.browse.settled):
        window.undo()
    assert len(titles(window)) == 5
    with qtbot.waitSignal(window.browse.settled):
        window.redo()
    assert len(titles(window)) == 3


def test_the_delete_key_away_from_the_list_deletes_nothing(qtbot: QtBot, window: Window) -> None:
    window.views.list.choose_first()
    window.views.search.focus()
    window.browse.remove()
    assert window.shell.library.cases.count() == len(CASES)


def test_a_read_only_library_offers_no_changes(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    library_path.chmod(0o444)
    library_path.parent.chmod(0o555)
    try:
        window = new_window()
        open_in(qtbot, window, library_path)
        if not window.shell.library.read_only:
            pytest.skip("root writes everywhere")
        assert not window.menus.actions["new_selection"].isEnabled()
        assert window.status.library_name() == "清河案例（只读）"
    finally:
        library_path.parent.chmod(0o755)


# ---- the keyboard, names, menus


def test_f6_goes_through_the_panes_and_round(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.views.list.choose_first()
    window.views.search.focus()
    seen = []
    for _ in range(5):
        window.frame.next_pane()
        focused = QApplication.focusWidget()
        seen.append(next(p for p in window.frame.focus_order() if p is focused or p.isAncestorOf(focused)))
    assert seen == [window.views.tree, window.views.list, window.views.pane, window.views.metrics, window.views.search]


def test_enter_in_the_search_box_goes_to_the_first_hit(qtbot: QtBot, window: Window) -> None:
    window.views.search.focus()
    qtbot.keyClick(window.views.search.box, Qt.Key.Key_Return)
    assert window.views.list.table.hasFocus()
    assert window.views.list.chosen_num() is not None


def test_escape_empties_the_search_box(qtbot: QtBot, window: Window) -> None:
    search(qtbot, window, "邻里")
    with qtbot.waitSignal(window.browse.settled):
        qtbot.keyClick(window.views.search.box, Qt.Key.Key_Escape)
    assert len(titles(window)) == len(CASES)


def test_what_was_searched_is_remembered(qtbot: QtBot, window: Window, folders: Folders) -> None:
    search(qtbot, window, "邻里")
    qtbot.keyClick(window.views.search.box, Qt.Key.Key_Return)
    assert Settings(folders.settings).texts("search/history") == ["邻里"] or window.views.search._history == ["邻里"]


def test_every_key_is_bound_once(window: Window) -> None:
    bound = [key.toString() for action in window.menus.actions.values() for key in action.shortcuts()]
    assert len(bound) == len(set(bound))


def test_the_list_of_keys_names_what_the_window_does(window: Window) -> None:
    told = {shortcut.id: shortcut.keys for shortcut in SHORTCUTS}
    done = {do: tuple(k.toString() for k in action.shortcuts()) for do, action in window.menus.actions.items()}
    assert {do: keys for do, keys in done.items() if keys} == {do: told[do] for do, keys in done.items() if keys}


def test_menus_have_no_mnemonic_twice(window: Window) -> None:
    titles_of_menus = [menu.title() for menu in window.menuBar().findChildren(QMenu) if "&" in menu.title()]
    keys = [title[title.index("&") + 1] for title in titles_of_menus]
    assert len(keys) >= 5
    assert len(keys) == len(set(keys))


def test_every_widget_that_takes_the_focus_has_a_name(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_overview()
    window.frame.show_filters()
    reached = [w for w in window.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit)
    assert [type(w).__name__ for w in reached if isinstance(w, kinds) and not _name(w)] == []


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


# ---- remembering


def test_the_next_session_goes_on_where_this_one_ended(
    qtbot: QtBot, window: Window, new_window: Callable[[], Window], library: Library
) -> None:
    num = library.cases.num_of(CASES[4].id)
    choose_node(qtbot, window, "潍坊市")
    window.views.list.choose(num)
    window.menus.actions["dense"].trigger()
    window.menus.actions["show_side"].trigger()
    window.close()
    again = new_window()
    with qtbot.waitSignal(again.shell.library_opened):
        again.files.open_first()
    qtbot.waitUntil(lambda: again.views.list.chosen_num() == num)
    assert again.views.tree.chosen_title() == "潍坊市"
    assert again.views.list.is_dense()
    assert not again.frame._side.isVisible()


def test_recent_libraries_stand_in_the_menu(window: Window, library_path: Path) -> None:
    menu = QMenu(window)
    window.files.fill_recent(menu)
    assert [a.text() for a in menu.actions() if a.text()] == [library_path.stem, "默认案例库"]


# ---- sizes


def test_a_narrow_window_shows_two_columns_at_a_time(qtbot: QtBot, window: Window) -> None:
    window.resize(683, 384)
    assert (window.frame._side.isVisible(), window.views.panes.detail.isVisible()) == (False, True)
    window.menus.actions["show_side"].trigger()
    assert (window.frame._side.isVisible(), window.views.panes.detail.isVisible()) == (True, False)
    window.views.list.entered.emit()
    assert (window.frame._side.isVisible(), window.views.panes.detail.isVisible()) == (False, True)
    window.resize(1280, 800)
    assert (window.frame._side.isVisible(), window.views.panes.detail.isVisible()) == (True, True)


def test_the_window_fits_a_small_screen_at_double_scale(qtbot: QtBot, window: Window) -> None:
    window.views.list.choose_first()
    window.resize(683, 384)
    assert (window.width(), window.height()) == (683, 384)
    window.frame.show_filters()
    assert window.views.sheet.geometry().bottom() <= window.centralWidget().height()


def test_a_first_window_is_whole_on_its_screen(qtbot: QtBot, dressed: QApplication, folders: Folders) -> None:
    window = Window(folders, Settings(folders.settings))
    qtbot.addWidget(window)
    window.appear()
    qtbot.waitExposed(window)
    room = window.screen().availableGeometry()
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
    window.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_schemes_paint_and_are_remembered(qtbot: QtBot, window: Window, folders: Folders, scheme: str) -> None:
    window.menus.actions[f"scheme_{scheme}"].trigger()
    ground = window.grab().toImage().pixelColor(window.width() - 4, window.height() // 2)
    assert (ground.lightness() < 128) == (scheme == "dark")
    window._settings.write()
    assert Settings(folders.settings).text("look/scheme") == scheme


def test_a_list_with_columns_takes_width_and_gives_it_back(qtbot: QtBot, window: Window) -> None:
    before = window.views.list.width()
    window.menus.actions["dense"].trigger()
    assert window.views.list.width() > before
    window.menus.actions["dense"].trigger()
    assert window.views.list.width() == before


def test_closing_while_a_library_opens_ends_its_thread(new_window: Callable[[], Window], library_path: Path) -> None:
    window = new_window()
    window.files.open(library_path)
    (session,) = window.findChildren(Session)
    window.close()
    assert session.thread_.isFinished()


def test_a_run_that_stands_nowhere_is_taken_apart(qtbot: QtBot, window: Window) -> None:
    search(qtbot, window, "古城志愿学生游客")
    assert titles(window) == []
    with qtbot.waitSignal(window.browse.settled):
        window.browse._act("apart")
    assert titles(window) == ["古城里的志愿导览"]
    assert window.views.search.words() == "古城 志愿 学生 游客"


def test_quick_changes_keep_their_order(qtbot: QtBot, window: Window, selection: str, library_path: Path) -> None:
    window.browse.asking.asked = Query()
    window.browse.collecting.add_to(selection, list(window.views.list.model.nums))
    show_selection(qtbot, window, selection)
    last = titles(window)[-1]
    window.views.list.table.select_rows(4, [4])
    for _ in range(4):
        window.browse.collecting.move_up()
    assert titles(window)[0] == last
    window.close()
    with Library.open(library_path) as library:
        first = library.search.find(Query(selection=selection)).nums[0]
        assert library.cases.load(first).title == last


def test_two_selections_made_at_once_are_both_there(qtbot: QtBot, window: Window) -> None:
    for name in ("甲", "乙", "丙"):
        window.shell.change(lambda library, name=name: library.selections.add(name))
    window.undo()
    qtbot.waitUntil(lambda: window.status.said() == "已撤销：新建汇编「丙」")
    assert [row.name for row in window.shell.library.selections.rows()] == ["甲", "乙"]


def test_a_copy_that_could_not_be_made_is_said(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    (library_path.parent / "备份").write_text("a file where the folder should be")
    window = new_window()
    open_in(qtbot, window, library_path)
    qtbot.waitUntil(lambda: "没有自动备份" in window.status.said())  # the copy is made behind the opening


def test_what_is_typed_before_the_library_is_there_is_searched_for(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    window, words = new_window(), CASES[0].title[:4]
    window.views.search.box.insert(words)
    window.files.open(library_path)
    qtbot.waitUntil(lambda: window.views.is_browsing() and titles(window) == [CASES[0].title])
    assert window.views.search.words() == words


def test_a_key_of_the_window_is_taken_as_soon_as_the_frame_is_there(new_window: Callable[[], Window]) -> None:
    window = new_window()
    assert not window.has("menus")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, override)  # Qt asks this before it looks for a shortcut
    assert window.menus.actions["show_side"].shortcuts()
    assert not window._missing


def test_a_menu_that_is_opened_at_once_has_its_entries(new_window: Callable[[], Window]) -> None:
    menu = new_window()._menus[0]
    menu.aboutToShow.emit()
    assert len(menu.actions()) > 15


def test_a_window_that_is_closed_at_once_makes_nothing_more(qtbot: QtBot, new_window: Callable[[], Window]) -> None:
    window = new_window()
    qtbot.waitUntil(lambda: window._painted)
    window.close()
    qtbot.wait(50)
    assert not window._turn.isActive()
    assert window._missing


def test_every_area_is_made_in_idle_moments(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: all(window.has(area) for area in LATER))
