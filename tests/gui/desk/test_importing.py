"""Files come in through the real window: dropped, pasted, from folders; bad ones say why; the rest goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import Library, Query
from gui.desk import importing, row_reader
from gui.kit import dialogs
from gui.kit.widgets import Chip
from gui.window import Window

PAGES = Path(__file__).resolve().parents[2] / "pages" / "learnt" / "first"
CLEAN, BRIEF, JUMPS = "heilongjiang-clean.txt", "guizhou-brief.txt", "jiangsu-column-jumps.txt"


def drop(window: Window, *paths: Path) -> None:
    """As a file manager drops files on the window."""
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    args = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(window.rect().center(), *args)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), *args))


def states(window: Window) -> list[str]:
    return [row.state for row in window.importing.queue().model.rows]


def wait_for(qtbot: QtBot, window: Window, *wanted: str) -> None:
    """Until the rows of the list are in these states."""
    qtbot.waitUntil(lambda: states(window) == list(wanted), timeout=60_000)


@pytest.fixture
def with_page(qtbot: QtBot, window: Window) -> Window:
    """The window with one page on the desk."""
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    return window


def test_dropped_files_come_to_the_desk_and_a_bad_one_says_why(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    bad = tmp_path / "坏的 版面.docx"
    bad.write_bytes(b"PK\x03\x04" + b"\0" * 60)
    drop(window, PAGES / CLEAN, bad, PAGES / BRIEF)
    wait_for(qtbot, window, "ready", "failed", "ready")
    row = window.importing.queue().model.rows[1]
    assert row.note.startswith("已损坏")
    assert window.importing.queue().model.state_text(row) == row.note
    qtbot.waitUntil(lambda: [(e.outcome, e.reason) for e in window.shell.library.log.rows()] == [("failed", row.note)])
    assert window.importing.desk().work is window.importing.queue().model.rows[0].work
    assert window.importing.queue().words().startswith("共 2 页 · 数据 ")


def test_where_else_a_text_may_go_on_comes_behind_the_page(qtbot: QtBot, window: Window) -> None:
    drop(window, PAGES / JUMPS)
    wait_for(qtbot, window, "ready")
    desk = window.importing.desk()
    for _ in range(desk.doubts()):
        if desk._doubt is not None and desk._doubt.seam is not None:
            break
        desk.next_doubt()
    qtbot.waitUntil(lambda: bool(desk.work is not None and desk.work.offers))
    for _ in range(desk.doubts()):
        if desk.choice_line.words():
            break
        desk.next_doubt()
    assert desk.choice_line.words()


def test_a_failed_file_is_never_shown_as_success(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("")
    before = window.shell.library.cases.count()
    drop(window, tmp_path / "空.txt")
    wait_for(qtbot, window, "failed")
    window.importing.queue().view.setCurrentIndex(window.importing.queue().model.index(0))
    assert window.importing.desk().notice.words() == "空.txt\n没有导入：是空的。"
    assert window.importing.desk().work is None
    assert window.shell.library.cases.count() == before


def test_accepting_puts_the_articles_into_the_library_unchecked(qtbot: QtBot, with_page: Window) -> None:
    window, before = with_page, with_page.shell.library.cases.count()
    articles = len(window.importing.desk().work.desk.articles)
    qtbot.keyClick(window.importing.desk().page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, window, "added")
    assert window.shell.library.cases.count() == before + articles
    nums = window.shell.library.search.find(Query(words="科技小院")).nums
    assert window.shell.library.cases.load(nums[0]).state == "unchecked"
    assert "看完了" in window.importing.desk().notice.words()
    with qtbot.waitSignal(window.importing.cases_wanted):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # the button of the notice has the focus


def test_what_was_put_right_stands_in_the_library(qtbot: QtBot, with_page: Window) -> None:
    desk = with_page.importing.desk()
    desk.page.set_caret(desk.work.desk.anchor(2))
    qtbot.keyClick(desk.page, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    expected = [a.title for a in desk.work.desk.articles]
    desk.accept()
    wait_for(qtbot, with_page, "added")
    source = next(s for s in with_page.shell.library.pages.rows() if s.name == CLEAN)
    nums = with_page.shell.library.search.find(Query(sources=(source.id,))).nums
    assert sorted(with_page.shell.library.cases.load(num).title for num in nums) == sorted(expected)


def test_the_same_page_twice_is_known(qtbot: QtBot, with_page: Window) -> None:
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added")
    count = with_page.shell.library.cases.count()
    drop(with_page, PAGES / CLEAN)
    wait_for(qtbot, with_page, "added", "ready")
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added", "known")
    assert "已经导入过" in with_page.importing.queue().model.rows[1].note
    assert with_page.shell.library.cases.count() == count


def press_all(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.importing.queue()._all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "ready" not in states(window), timeout=60_000)
    qtbot.waitUntil(lambda: "看完了" in window.importing.desk().notice.words())


def listed(window: Window) -> set[str]:
    """The titles in the list."""
    return {window.shell.library.cases.load(num).title for num in window.views.list.model.nums}


def titles_on_desk(window: Window) -> set[str]:
    works = [row.work for row in window.importing.queue().model.rows if row.work]
    return {article.title for work in works for article in work.desk.articles}


def test_what_came_in_is_shown_from_its_first_case_on(qtbot: QtBot, window: Window) -> None:
    drop(window, PAGES / CLEAN, PAGES / BRIEF)
    wait_for(qtbot, window, "ready", "ready")
    titles = titles_on_desk(window)
    press_all(qtbot, window)
    count = window.shell.library.cases.count() - 5
    assert window.status.said() == f"已收进 2 页、{count} 个案例，标为未核。"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # the button of the notice has the focus
    qtbot.waitUntil(lambda: listed(window) == titles)
    assert window.views.chips.texts() == [f"刚收进的 {count} 个案例"]
    assert window.views.list.chosen_num() == window.views.list.model.nums[0]
    assert window.views.list.table.hasFocus()
    assert window.views.list.table.verticalScrollBar().value() == 0


def test_the_filter_of_what_came_in_is_taken_away_like_others(qtbot: QtBot, with_page: Window) -> None:
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added")
    cases, shown = with_page.shell.library.cases, with_page.views.list.model
    with_page.importing.desk().notice.press()
    qtbot.waitUntil(lambda: len(shown.nums) == cases.count() - 5)
    qtbot.waitUntil(with_page.menus.actions["remove"].isEnabled)  # Delete is its key, too
    chip = next(c for c in with_page.views.chips.findChildren(Chip) if c.isVisible())
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(shown.nums) == cases.count())
    assert with_page.views.chips.texts() == []


def test_a_page_that_came_in_shows_its_own_cases(qtbot: QtBot, window: Window) -> None:
    drop(window, PAGES / CLEAN, PAGES / BRIEF)
    wait_for(qtbot, window, "ready", "ready")
    first = {article.title for article in window.importing.queue().model.rows[0].work.desk.articles}
    press_all(qtbot, window)
    window.importing.queue().view.setCurrentIndex(window.importing.queue().model.index(0))
    window.importing.desk().notice.press()
    qtbot.waitUntil(lambda: listed(window) == first)
    assert window.views.chips.texts() == [CLEAN]


def test_a_later_run_does_not_count_the_one_before(qtbot: QtBot, with_page: Window) -> None:
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added")
    before = with_page.shell.library.cases.count()
    drop(with_page, PAGES / BRIEF)
    wait_for(qtbot, with_page, "added", "ready")
    press_all(qtbot, with_page)
    count = with_page.shell.library.cases.count() - before
    assert with_page.status.said() == f"已收进 1 页、{count} 个案例，标为未核。"


def test_the_focus_stays_where_a_person_went_meanwhile(qtbot: QtBot, with_page: Window) -> None:
    qtbot.mouseClick(with_page.importing.queue()._all, Qt.MouseButton.LeftButton)
    with_page.views.search.box.setFocus()
    wait_for(qtbot, with_page, "added")
    qtbot.waitUntil(lambda: "看完了" in with_page.importing.desk().notice.words())
    assert with_page.views.search.box.hasFocus()


def test_pages_are_shown_as_they_are_read(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for at in range(9):
        (tmp_path / f"{at}.txt").write_text((PAGES / BRIEF).read_text("utf-8") + f"\n第{at}份\n", "utf-8")
    said: list[str] = []
    window.importing.queue().model.dataChanged.connect(lambda *at: said.append(window.importing.queue().words()))
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: states(window) == ["waiting"] * 9, timeout=10_000)
    assert window.importing.desk().notice.words().startswith("正在读 9 个文件…")
    qtbot.waitUntil(lambda: states(window) == ["ready"] * 9, timeout=60_000)
    read = [words.partition(" 个文件")[0] for words in said]
    assert read == [f"已读 {n} / 9" for n in range(9)]  # what stood above the list when the next page came


def test_accepting_all_takes_every_page_that_was_read(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for name in (CLEAN, BRIEF, JUMPS):
        shutil.copy(PAGES / name, tmp_path / name)
    (tmp_path / "不是版面.pdf").write_bytes(b"%PDF-1.4 nothing")
    before = window.shell.library.cases.count()
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: states(window).count("ready") == 3 and "failed" in states(window), timeout=60_000)
    window.importing.queue()._all.click()
    qtbot.waitUntil(lambda: states(window).count("added") == 3, timeout=60_000)
    assert window.shell.library.cases.count() > before + 10


def test_cancelling_keeps_what_was_read_and_leaves_nothing_half(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for at in range(12):
        (tmp_path / f"{at:02}.txt").write_text((PAGES / BRIEF).read_text("utf-8") + f"\n第{at}份\n", "utf-8")
    before = window.shell.library.cases.count()
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: "ready" in states(window), timeout=60_000)
    window.importing.queue().cancelled.emit()
    assert set(states(window)) == {"ready"}
    kept = len(states(window))
    assert window.shell.library.cases.count() == before
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, *["ready"] * (kept + 1))


def test_many_files_are_taken_in_at_once(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MANY_FILES", 2)
    monkeypatch.setattr(dialogs, "ask", lambda *args, **more: "all")  # a dialog waits for a person
    for name in (CLEAN, BRIEF, JUMPS):
        shutil.copy(PAGES / name, tmp_path / name)
    (tmp_path / "空.txt").write_text("")
    before = window.shell.library.cases.count()
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: "已读 4 / 4 个文件" in window.importing.queue().words(), timeout=60_000)
    qtbot.waitUntil(lambda: window.shell.library.cases.count() > before + 10, timeout=10_000)
    assert states(window) == ["failed"]
    qtbot.waitUntil(lambda: window.status.said().startswith("导入完了：收进 3 页、"))
    told = {(row.outcome, row.reason) for row in window.shell.library.log.rows()}
    assert told == {("added", ""), ("failed", "是空的")}
    assert window.status.said().endswith("，没有读成 1 个。")
    window.importing.desk().notice.press()
    qtbot.waitUntil(lambda: len(window.views.list.model.nums) == window.shell.library.cases.count() - before)
    assert "数据" in window.importing.queue().words()


def test_text_is_pasted_as_a_page(qtbot: QtBot, window: Window) -> None:
    QGuiApplication.clipboard().setText((PAGES / BRIEF).read_text("utf-8"))
    window.importing.paste_page()
    wait_for(qtbot, window, "ready")
    assert len(window.importing.desk().work.desk.articles) > 2


def test_a_pasted_page_is_shown_while_another_waits(qtbot: QtBot, with_page: Window) -> None:
    QGuiApplication.clipboard().setText((PAGES / BRIEF).read_text("utf-8"))
    with_page.importing.paste_page()
    wait_for(qtbot, with_page, "ready", "ready")
    assert_shown(with_page, 1)


def assert_shown(window: Window, at: int) -> None:
    """The page is on the desk, and its row is chosen and in sight."""
    queue = window.importing.queue()
    assert window.importing.desk().work is queue.model.rows[at].work
    assert queue.chosen() == at
    assert queue.view.viewport().rect().intersects(queue.view.visualRect(queue.model.index(at)))


def test_the_page_asked_for_is_shown_while_another_waits(qtbot: QtBot, with_page: Window) -> None:
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added")
    drop(with_page, PAGES / BRIEF)
    wait_for(qtbot, with_page, "added", "ready")
    source = next(s for s in with_page.shell.library.pages.rows() if s.name == CLEAN)
    with_page.importing.take_source(source.id)
    wait_for(qtbot, with_page, "added", "ready", "ready")
    assert_shown(with_page, 2)


def test_the_desk_says_that_it_reads_while_rows_wait(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.importing.desk(), "say_nothing_here", lambda icon, head, *rest: said.append(head))
    QGuiApplication.clipboard().setText((PAGES / BRIEF).read_text("utf-8"))
    window.importing.paste_page()
    assert said[-1] == "正在读「粘贴的版面」…"
    wait_for(qtbot, window, "ready")


def test_what_is_none_is_not_counted_at_the_end(
    qtbot: QtBot, with_page: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    articles = len(with_page.importing.desk().work.desk.articles)
    monkeypatch.setattr(with_page.importing.desk(), "say_nothing_here", lambda *words: said.append(words[2]))
    with_page.importing.desk().accept()
    wait_for(qtbot, with_page, "added")
    qtbot.waitUntil(lambda: said[-1:] == [f"收进 1 页、{articles} 个案例。"])


def test_nothing_to_paste_is_said(window: Window) -> None:
    QGuiApplication.clipboard().clear()
    window.importing.paste_page()
    assert window.status.said() == "剪贴板里没有文字，也没有文件。"


def test_copied_files_are_pasted_as_files(qtbot: QtBot, window: Window) -> None:
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(PAGES / CLEAN))])
    QGuiApplication.clipboard().setMimeData(copied)
    window.importing.paste_page()
    wait_for(qtbot, window, "ready")


def test_a_folder_without_pages_says_so(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x")
    (tmp_path / "夹").mkdir()
    drop(window, tmp_path / "夹")
    qtbot.waitUntil(lambda: "没有找到可以导入的文件" in window.status.said(), timeout=10_000)


def test_undo_on_the_desk_leaves_the_library_alone(qtbot: QtBot, with_page: Window) -> None:
    with_page.shell.change(lambda library: library.selections.add("甲"))
    desk = with_page.importing.desk()
    desk.page.set_caret(desk.work.desk.anchor(2))
    qtbot.keyClick(desk.page, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    with_page.undo()
    assert desk.work.desk.edits == ()
    qtbot.waitUntil(lambda: len(with_page.shell.library.selections.rows()) == 1)


def test_the_tree_gives_its_room_and_takes_it_back(with_page: Window) -> None:
    assert not with_page.views.tree.isVisible()
    with_page.browse.choosing.show_all()
    assert with_page.views.tree.isVisible()
    with_page.importing.show_desk()
    assert with_page.importing.desk().isVisible()


def test_paper_and_date_are_filled_in_for_all(qtbot: QtBot, window: Window) -> None:
    drop(window, PAGES / BRIEF, PAGES / JUMPS)
    wait_for(qtbot, window, "ready", "ready")
    desk = window.importing.desk()
    desk._fields["paper"].setText("山地晨报")
    desk._fields["published"].setText("2024-03")
    desk._all.click()
    pages = [row.work.page for row in window.importing.queue().model.rows]
    assert [(p.paper, p.published) for p in pages] == [("山地晨报", "2024-03"), ("江海观察报", "2023-12-12")]


def test_a_read_only_library_takes_nothing(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path, with_page: Window
) -> None:
    session = with_page.shell.session
    session._library.close()
    session._library = Library.open(library_path, read_only=True)
    drop(with_page, PAGES / BRIEF)
    qtbot.waitUntil(lambda: "不能改，没有导入" in with_page.status.said(), timeout=10_000)
    assert states(with_page) == ["ready"]
    with_page.importing.paste_page()
    assert states(with_page) == ["ready"]


def test_a_page_of_the_library_is_put_right_later(qtbot: QtBot, with_page: Window) -> None:
    window, desk = with_page, with_page.importing.desk()
    desk.page.set_caret(desk.work.desk.anchor(2))
    qtbot.keyClick(desk.page, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    desk.accept()
    wait_for(qtbot, window, "added")
    count = window.shell.library.cases.count()
    source = next(s for s in window.shell.library.pages.rows() if s.name == CLEAN)
    window.importing.take_source(source.id)
    wait_for(qtbot, window, "added", "ready")
    assert len(desk.work.desk.edits) == 1
    desk.undo()
    desk.accept()
    wait_for(qtbot, window, "added", "added")
    assert window.shell.library.cases.count() == count + 1


def test_a_source_without_a_page_cannot_be_put_right(window: Window) -> None:
    window.importing.tidy_source()
    assert "来源" in window.status.said()


def test_an_excerpt_is_refused_before_any_work_on_it(qtbot: QtBot, new_window: Callable[[], Window]) -> None:
    window = new_window()
    with qtbot.waitSignals([window.shell.library_opened, window.browse.settled], order="strict", timeout=30_000):
        window.files.open_default()
    with qtbot.waitSignal(window.browse.settled):  # the overview
        pass
    window.browse.choosing.show_all()
    qtbot.waitUntil(lambda: len(window.views.list.model.nums) == 31)
    window.views.list.choose_first()
    qtbot.keyClick(window.views.list.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert window.status.said() == "来源是摘录，没有整版原文，不能整理版面。导入登它的那一版，就能整理那一版。"
    assert window.views.is_browsing()
    assert states(window) == []


def test_looking_for_files_that_breaks_is_over(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(paths: object) -> None:
        raise OSError("gone")

    failed: list[Exception] = []
    monkeypatch.setattr(row_reader, "_found_files", broken)
    monkeypatch.setattr(window.reports, "fail", failed.append)  # a dialog waits for a person
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert window.importing.desk().notice.words().startswith("还没有要整理的版面")


def test_files_dropped_before_a_library_is_open_are_refused(qtbot: QtBot, new_window: Callable[[], Window]) -> None:
    window = new_window()
    drop(window, PAGES / CLEAN)
    said = "还没有打开案例库，没有导入。先打开一个案例库，再导入版面。"
    qtbot.waitUntil(lambda: window.status.said() == said)
    assert not window.importing.is_shown()


@pytest.mark.parametrize(("answer", "opened"), [("open", "小王的"), ("", "清河案例")])
def test_a_dropped_library_is_opened_if_a_person_says_so(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, opened: str
) -> None:
    Library.create(tmp_path / "小王的.anlan").close()
    asked: list[str] = []
    monkeypatch.setattr(dialogs, "ask", lambda parent, head, *rest: asked.append(head) or answer)
    drop(window, tmp_path / "小王的.anlan")
    qtbot.waitUntil(lambda: asked == ["「小王的.anlan」：打开，还是收进来？"])
    qtbot.waitUntil(lambda: window.shell.session is not None and window.shell.session.path.stem == opened)
    assert states(window) == []


def test_pages_dropped_with_a_library_are_read(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    drop(window, window.shell.library.path, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    assert window.status.said() == "「清河案例」正打开着。"


def test_a_pasted_library_is_offered(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dialogs, "ask", lambda parent, head, *rest: asked.append(head) or "")
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(tmp_path / "乙.anlan"))])
    QGuiApplication.clipboard().setMimeData(copied)
    window.importing.paste_page()
    assert asked == ["「乙.anlan」：打开，还是收进来？"]
