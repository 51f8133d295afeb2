"""The desk never forgets: closed, killed, another library, another window; taken off, put back, read again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.desk import SetTitle
from core.desk.work import Accepted
from core.intake.desk import put_in
from core.library import Library, Query
from core.library.answers import DeskRow
from gui.desk import importing
from gui.kit import dialogs
from gui.window import Window
from tests.gui.conftest import open_in
from tests.gui.desk.test_importing import BRIEF, CLEAN, JUMPS, PAGES, drop, press_all, states, wait_for

ROOT = Path(__file__).resolve().parents[3]
TEXT = "清河日报  2024年5月3日  第3版\n\n村头开起共享菜园\n\n清河县在村头开出共享菜园{0}块，村民按号认领。\n"
NewWindow = Callable[[], Window]


def names(window: Window) -> list[str]:
    return [row.name for row in window.importing.queue().model.rows]


def rows_in(path: Path) -> list[tuple[str, str]]:
    """What waits in a library, as another program sees it."""
    with Library.open(path, read_only=True) as library:
        query = "SELECT name, state FROM desk_rows WHERE NOT removed ORDER BY place, part"
        return library._db.execute(query).fetchall()


def bar(window: Window) -> str:
    return window.importing.left.bar.words() if window.importing.left.bar is not None else ""


def reopen(qtbot: QtBot, window: Window, new_window: NewWindow, path: Path) -> Window:
    """As at the next start."""
    window.close()
    again = new_window()
    open_in(qtbot, again, path)
    return again


def select(window: Window, *at: int) -> None:
    view = window.importing.queue().view
    view.setFocus()
    chosen = view.selectionModel()
    chosen.setCurrentIndex(view.model().index(at[0], 0), chosen.SelectionFlag.ClearAndSelect)
    for more in at[1:]:
        chosen.select(view.model().index(more, 0), chosen.SelectionFlag.Select)


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "版面"
    folder.mkdir()
    files = [folder / f"{at:02}.txt" for at in range(12)]
    for at, file in enumerate(files):
        file.write_text(TEXT.format(at + 2), "utf-8")
    return files


# ---- closed and opened again


def test_a_page_that_was_put_right_is_there_again(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_text("")
    drop(window, PAGES / CLEAN, tmp_path / "空.txt", PAGES / BRIEF)
    wait_for(qtbot, window, "ready", "failed", "ready")
    desk = window.importing.desk()
    desk._edit(SetTitle(desk.work.desk.anchor(1), "另起的题"))
    desk._fields["paper"].setText("山地晨报")
    desk._keep_citation()
    desk.page.set_caret(40)
    before = (desk.work.page, desk.work.desk.edits, desk.work.desk.articles)

    again = reopen(qtbot, window, new_window, library_path)
    wait_for(qtbot, again, "ready", "failed", "ready")
    assert bar(again) == "上次还有 2 页没接受，都在导入台上。"
    assert names(again) == [CLEAN, "空.txt", BRIEF]
    assert again.importing.queue().model.rows[1].note == "是空的"
    again.importing.show_desk()
    assert again.importing.left.bar is None
    desk = again.importing.desk()
    qtbot.waitUntil(lambda: desk.work is not None)
    assert (desk.work.page, desk.work.desk.edits, desk.work.desk.articles) == before
    assert (desk.work.caret, desk.page.caret()) == (40, 40)
    assert desk._fields["paper"].text() == "山地晨报"


def test_pages_left_on_the_desk_are_accepted_together(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN, PAGES / BRIEF, PAGES / JUMPS)
    wait_for(qtbot, window, "ready", "ready", "ready")
    titles = [a.title for r in window.importing.queue().model.rows for a in r.work.desk.articles]
    again = reopen(qtbot, window, new_window, library_path)
    wait_for(qtbot, again, "ready", "ready", "ready")
    again.importing.show_desk()
    press_all(qtbot, again)
    assert again.shell.library.cases.count() == 5 + len(titles)
    again.close()
    assert rows_in(library_path) == []


def test_closed_while_it_reads_it_goes_on_the_next_time(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path, pages: list[Path]
) -> None:
    drop(window, pages[0].parent)
    qtbot.waitUntil(lambda: "ready" in states(window), timeout=60_000)
    read = states(window).count("ready")
    window.close()
    left = rows_in(library_path)
    assert [name for name, _ in left] == [file.name for file in pages]
    assert [state for _, state in left].count("ready") >= read
    again = new_window()
    open_in(qtbot, again, library_path)
    qtbot.waitUntil(lambda: states(again) == ["ready"] * len(pages), timeout=60_000)
    waiting = [state for _, state in left].count("waiting")
    pages_read = len(pages) - waiting
    assert bar(again) == f"上次还有 {waiting} 个文件没读完、{pages_read} 页没接受，接着读。"


def test_closed_while_it_looks_for_files_it_goes_on_the_next_time(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path, pages: list[Path]
) -> None:
    window.importing.take([pages[0].parent])
    window.close()
    again = new_window()
    open_in(qtbot, again, library_path)
    qtbot.waitUntil(lambda: states(again) == ["ready"] * len(pages), timeout=120_000)
    assert names(again) == [page.name for page in pages]
    again.close()
    assert len(rows_in(library_path)) == len(pages)


def test_a_pasted_text_and_a_page_of_the_library_are_there_again(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    window.importing.desk().accept()
    wait_for(qtbot, window, "added")
    source = next(s for s in window.shell.library.pages.rows() if s.name == CLEAN)
    window.importing.take_source(source.id)
    wait_for(qtbot, window, "added", "ready")
    desk = window.importing.desk()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "改过的题"))
    QGuiApplication.clipboard().setText((PAGES / BRIEF).read_text("utf-8"))
    window.importing.paste_page()
    wait_for(qtbot, window, "added", "ready", "ready")

    again = reopen(qtbot, window, new_window, library_path)
    wait_for(qtbot, again, "ready", "ready")
    again.importing.show_desk()
    count = again.shell.library.cases.count()
    again.importing._show_row(0)
    desk = again.importing.desk()
    qtbot.waitUntil(lambda: desk.work is not None and desk.work.source_id == source.id)
    assert desk._accept.text() == "改好了"
    desk.accept()
    wait_for(qtbot, again, "added", "ready")
    assert again.shell.library.cases.count() == count
    assert "改过的题" in {
        again.shell.library.cases.load(n).title
        for n in again.shell.library.search.find(importing_query(source.id)).nums
    }


def importing_query(source: str) -> object:
    from core.library import Query

    return Query(sources=(source,))


def test_a_page_that_cannot_be_read_again_says_so_and_stays(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    window.close()
    with Library.open(library_path) as library:
        library._db.execute("UPDATE desk_rows SET hand = '{\"form\": 99}'")
        kept = library._db.execute("SELECT page FROM desk_pages").fetchall()
    again = new_window()
    open_in(qtbot, again, library_path)
    again.importing.show_desk()
    wait_for(qtbot, again, "failed")
    assert (
        again.importing.desk().notice.words()
        == f"{CLEAN}\n没有导入：是更新版本的案览存下的，升级程序以后才能接着整理。"
    )
    again.importing.desk().notice.press()  # 再读一次
    wait_for(qtbot, again, "failed")
    again.close()
    with Library.open(library_path) as library:
        assert library._db.execute("SELECT page, hand FROM desk_pages JOIN desk_rows USING (num)").fetchall() == [
            (*kept[0], '{"form": 99}')
        ]


def test_many_files_that_go_in_at_once_go_on_the_next_time(
    qtbot: QtBot,
    window: Window,
    new_window: NewWindow,
    library_path: Path,
    pages: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "MANY_FILES", 2)
    monkeypatch.setattr(dialogs, "ask", lambda *args, **more: "all")  # a dialog waits for a person
    pages[11].write_text("", "utf-8")
    drop(window, pages[0].parent)
    qtbot.waitUntil(lambda: window.shell.library.cases.count() > 6, timeout=60_000)
    window.close()
    left = rows_in(library_path)
    assert 0 < len(left) < len(pages)
    again = new_window()
    open_in(qtbot, again, library_path)
    qtbot.waitUntil(lambda: states(again) == ["failed"], timeout=60_000)
    qtbot.waitUntil(lambda: again.shell.library.cases.count() == 5 + 11)
    assert bar(again) == f"上次还有 {len(left)} 个文件没读完，接着读。"
    qtbot.waitUntil(lambda: again.status.said().startswith("导入完了"))
    assert len(again.shell.library.log.rows()) == len(pages)


def test_a_window_without_anything_on_its_desk_says_nothing(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    again = reopen(qtbot, window, new_window, library_path)
    qtbot.wait(100)
    assert bar(again) == ""
    assert [p.name for p in library_path.parent.iterdir() if "desk" in p.name] == []


# ---- accepted while the last of it is still to be written


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Until it is set what is on the desk cannot be written."""
    gate = threading.Event()
    yield gate
    gate.set()


def hold(window: Window, gate: threading.Event) -> None:
    window.importing.left.keeper()._ask(lambda queue: gate.wait(60))


def test_a_page_that_is_accepted_at_once_does_not_come_back(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path, held: threading.Event
) -> None:
    hold(window, held)
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    window.importing.desk().accept()
    qtbot.wait(50)
    held.set()
    wait_for(qtbot, window, "added")
    again = reopen(qtbot, window, new_window, library_path)
    again.importing.show_desk()
    qtbot.wait(100)
    assert (states(again), rows_in(library_path)) == ([], [])


def test_a_page_that_is_put_right_and_accepted_at_once_does_not_come_back(
    qtbot: QtBot, window: Window, library_path: Path, held: threading.Event
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    hold(window, held)
    desk = window.importing.desk()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "刚改的题"))
    desk.accept()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "太晚的题"))  # it goes in as it was accepted
    desk.undo()
    qtbot.wait(50)
    held.set()
    wait_for(qtbot, window, "added")
    kept: list[object] = []
    window.importing.left.keeper().came_back(kept.append)
    qtbot.waitUntil(lambda: kept == [[]])
    assert rows_in(library_path) == [(CLEAN, "added")]
    query = Query(sources=(window.importing.queue().model.rows[0].came_as,))
    titles = [window.shell.library.cases.load(n).title for n in window.shell.library.search.find(query).nums]
    assert "刚改的题" in titles
    assert "太晚的题" not in titles


def test_what_a_person_did_is_written_before_what_is_asked_later(
    qtbot: QtBot, window: Window, library_path: Path, held: threading.Event
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    hold(window, held)
    [row], desk = window.importing.queue().model.rows, window.importing.desk()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "刚改的题"))
    came_back: list[object] = []
    with Library.open(library_path) as library:
        put_in(library, Accepted(row.work.page, row.work.desk.articles, row.work.desk.edits), row.id)
    window.importing.left.keeper().came_back(came_back.append)
    held.set()
    qtbot.waitUntil(lambda: bool(came_back))
    assert came_back == [[]]


def test_a_page_that_is_accepted_is_in_though_the_window_closes_at_once(
    qtbot: QtBot, window: Window, library_path: Path, held: threading.Event
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    hold(window, held)
    desk = window.importing.desk()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "最后的题"))
    desk.accept()
    threading.Timer(0.1, held.set).start()
    window.close()
    assert rows_in(library_path) == [(CLEAN, "added")]
    with Library.open(library_path) as library:
        assert library.search.find(Query("最后的题")).nums


# ---- killed


CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from core.desk import SetTitle
from core.desk.work import Accepted
from core.intake.desk import put_in
from core.folders import Folders
from gui.shell.settings import Settings
from gui.window import Window

def say(*what):
    print(*what, flush=True)

def look():
    queue = window.importing.queue()
    ready = queue.count("ready")
    if ready and not edited:
        desk = window.importing.desk()
        desk._edit(SetTitle(desk.work.desk.anchor(0), "没来得及接受的题"))
        edited.append(1)
        window.importing.left.keeper().came_back(lambda rows: say("kept"))  # behind what was to be written
    say("ready", ready)

if __name__ == "__main__":
    app = QApplication([])
    library, home, *files = map(Path, sys.argv[1:])
    window = Window(Folders(home, home, home, home), Settings(home / "anlan.ini"))
    edited = []
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    def begin():
        window.importing.take(files)
        timer.start()
    window.shell.library_opened.connect(lambda: QTimer.singleShot(0, begin))
    window.show()
    window.files.open(library)
    app.exec()
"""


def first_title(window: Window) -> str:
    """The title of the first article of what the desk shows; empty while it shows nothing."""
    work = window.importing.desk().work
    return work.desk.articles[0].title if work and work.desk.articles else ""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_in_the_middle_of_an_import_it_goes_on(
    qtbot: QtBot, new_window: NewWindow, library_path: Path, tmp_path: Path, pages: list[Path]
) -> None:
    script, home = tmp_path / "child.py", tmp_path / "用户"
    script.write_text(CHILD, "utf-8")
    (tmp_path / "大.docx").write_bytes(b"PK\x03\x04")
    command = [
        sys.executable,
        str(script),
        str(library_path),
        str(home),
        *map(str, pages[:3]),
        str(tmp_path / "大.docx"),
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line == "kept\n":
                child.kill()
                break
    left = rows_in(library_path)
    assert [name for name, _ in left] == [*(p.name for p in pages[:3]), "大.docx"]
    window = new_window()
    open_in(qtbot, window, library_path)
    wait_for(qtbot, window, "ready", "ready", "ready", "failed")
    assert bar(window).startswith("上次还有 ")
    window.importing.show_desk()
    titles = set()
    for at, row in enumerate(window.importing.queue().model.rows[:3]):  # whichever page was read first was put right
        window.importing._show_row(at)
        qtbot.waitUntil(lambda row=row: row.work is not None and window.importing.desk().work is row.work)
        titles.add(first_title(window))
    assert "没来得及接受的题" in titles
    assert [p for p in library_path.parent.iterdir() if ".desk-" in p.name and "-wal" not in p.name] != []
    window.close()
    assert [p for p in library_path.parent.iterdir() if ".desk-" in p.name] == []


# ---- another library, another window


@pytest.fixture
def other_path(tmp_path: Path) -> Path:
    Library.create(tmp_path / "别的.anlan").close()
    return tmp_path / "别的.anlan"


def test_a_page_belongs_to_the_library_that_it_was_dropped_for(
    qtbot: QtBot, window: Window, library_path: Path, other_path: Path, pages: list[Path]
) -> None:
    drop(window, *pages[:6])
    qtbot.waitUntil(lambda: "ready" in states(window), timeout=60_000)
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.open(other_path)
    assert (states(window), window.importing.desk().work) == ([], None)
    assert window.importing.desk().notice.words().startswith("还没有要整理的版面")
    drop(window, PAGES / BRIEF)
    wait_for(qtbot, window, "ready")
    assert names(window) == [BRIEF]
    assert [name for name, _ in rows_in(library_path)] == [p.name for p in pages[:6]]
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.open(library_path)
    qtbot.waitUntil(lambda: states(window) == ["ready"] * 6, timeout=60_000)
    assert names(window) == [p.name for p in pages[:6]]
    assert rows_in(other_path) == [(BRIEF, "ready")]


def test_a_second_window_shares_no_row_and_takes_over_when_the_first_is_closed(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    second = new_window()
    open_in(qtbot, second, library_path)
    second.importing.show_desk()
    qtbot.wait(200)
    assert (states(second), bar(second)) == ([], "")
    assert "另一个窗口的导入台上还有 1 个" in second.importing.desk().notice.words()
    drop(second, PAGES / BRIEF)
    wait_for(qtbot, second, "ready")
    assert (names(window), names(second)) == ([CLEAN], [BRIEF])
    window.close()
    second.importing.show_desk()
    wait_for(qtbot, second, "ready", "ready")
    assert names(second) == [BRIEF, CLEAN]


def test_the_list_of_cases_does_not_notice_what_is_done_on_the_desk(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    second = new_window()
    open_in(qtbot, second, library_path)
    changes: list[int] = []
    for one in (window, second):
        one.shell.library_changed.connect(lambda: changes.append(1))
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    desk = window.importing.desk()
    for n in range(5):
        desk._edit(SetTitle(desk.work.desk.anchor(0), f"题{n}"))
    second.shell.look_for_others()
    qtbot.wait(300)
    assert changes == []


def test_a_library_that_is_only_read_says_so_on_the_desk(
    qtbot: QtBot, window: Window, other_path: Path, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    session = window.shell.session
    window.importing._leave_library()
    session._library.close()
    session._library = Library.open(library_path, read_only=True)
    window.importing.show_desk()
    assert window.importing.desk().notice.words() == "这个案例库只能看，不能改\n先打开一个能写的案例库，再导入版面。"
    assert states(window) == []


# ---- taken off and put back


@pytest.fixture
def mixed(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """The window with a page that came in, two that failed, and two that wait for a person."""
    for name in ("空.txt", "没.txt"):
        (tmp_path / name).write_text("")
    drop(window, PAGES / CLEAN, tmp_path / "空.txt", PAGES / BRIEF)  # so few are read without processes
    wait_for(qtbot, window, "ready", "failed", "ready")
    drop(window, tmp_path / "没.txt", PAGES / JUMPS)
    wait_for(qtbot, window, "ready", "failed", "ready", "failed", "ready")
    window.importing._show_row(0)
    window.importing.desk().accept()
    wait_for(qtbot, window, "added", "failed", "ready", "failed", "ready")
    return window


def press(window: Window, text: str) -> None:
    """Do what an entry of the list's menu says."""
    menu = window.importing.queue().menu()
    next(a for a in menu.actions() if a.text().split("\t")[0] == text).trigger()
    menu.deleteLater()


def entries(window: Window) -> list[str]:
    menu = window.importing.queue().menu()
    out = [a.text().split("\t")[0] for a in menu.actions() if not a.isSeparator()]
    menu.deleteLater()
    return out


def test_delete_takes_a_page_off_and_undo_puts_it_back(qtbot: QtBot, mixed: Window, library_path: Path) -> None:
    cases = mixed.shell.library.cases.count()
    select(mixed, 2)
    qtbot.waitUntil(lambda: mixed.importing.desk().work is not None)
    mixed.importing.queue().view.setFocus()
    qtbot.keyClick(mixed.importing.queue().view, Qt.Key.Key_Delete)
    assert names(mixed) == [CLEAN, "空.txt", "没.txt", JUMPS]
    qtbot.waitUntil(lambda: len(rows_in(library_path)) == 4)
    button = mixed.importing.queue()._back
    assert (button.isVisible(), button.text()) == (True, "撤销：移出 1 个")
    mixed.importing.queue().view.setFocus()
    qtbot.keyClick(mixed.importing.queue().view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(mixed) == [CLEAN, "空.txt", BRIEF, "没.txt", JUMPS]
    qtbot.waitUntil(lambda: len(rows_in(library_path)) == 5)
    assert not button.isVisible()
    assert mixed.shell.library.cases.count() == cases


def test_what_is_done_or_failed_is_cleared(qtbot: QtBot, mixed: Window, library_path: Path) -> None:
    select(mixed, 2)
    assert entries(mixed) == [
        "移出导入台",
        "再读没有读成的 2 个",
        "清掉没有读成的 2 个",
        "清掉已经收进的 1 页",
        "复制清单",
    ]
    press(mixed, "清掉没有读成的 2 个")
    press(mixed, "清掉已经收进的 1 页")
    assert names(mixed) == [BRIEF, JUMPS]
    assert not mixed.importing.queue()._failed.isVisible()
    mixed.close()
    assert rows_in(library_path) == [(BRIEF, "ready"), (JUMPS, "ready")]


def test_several_are_taken_off_together(mixed: Window) -> None:
    select(mixed, 1, 2, 4)
    assert "移出这 3 个" in entries(mixed)
    press(mixed, "移出这 3 个")
    assert names(mixed) == [CLEAN, "没.txt"]
    mixed.importing.queue()._back.click()
    assert names(mixed) == [CLEAN, "空.txt", BRIEF, "没.txt", JUMPS]


def test_a_failed_file_is_read_again(qtbot: QtBot, mixed: Window, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(TEXT.format(7), "utf-8")
    select(mixed, 1)
    assert mixed.importing.desk().notice.findChildren(QPushButton)[0].text() == "再读一次"
    mixed.importing.desk().notice.press()
    wait_for(qtbot, mixed, "added", "ready", "ready", "failed", "ready")
    assert mixed.importing.desk().work is mixed.importing.queue().model.rows[1].work
    press(mixed, "再读没有读成的 1 个")
    wait_for(qtbot, mixed, "added", "ready", "ready", "failed", "ready")  # it is empty still


def test_stopping_takes_off_what_waits_and_can_be_undone(
    qtbot: QtBot, window: Window, library_path: Path, pages: list[Path]
) -> None:
    drop(window, pages[0].parent)
    qtbot.waitUntil(lambda: "ready" in states(window), timeout=60_000)
    window.importing.queue().cancelled.emit()
    assert set(states(window)) == {"ready"}
    read = len(states(window))
    qtbot.waitUntil(lambda: len(rows_in(library_path)) == read)
    if read < len(pages):
        window.importing.queue()._back.click()
        qtbot.waitUntil(lambda: states(window) == ["ready"] * len(pages), timeout=60_000)
        assert names(window) == [p.name for p in pages]


def test_undo_on_the_desk_takes_back_what_was_just_accepted(qtbot: QtBot, mixed: Window) -> None:
    mixed.importing._show_row(2)
    desk, before = mixed.importing.desk(), mixed.shell.library.cases.count()
    desk._edit(SetTitle(desk.work.desk.anchor(0), "收进又撤回的题"))
    desk.accept()
    wait_for(qtbot, mixed, "added", "failed", "added", "failed", "ready")
    qtbot.keyClick(desk.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    mixed.undo()
    wait_for(qtbot, mixed, "added", "failed", "ready", "failed", "ready")
    assert mixed.shell.library.cases.count() == before
    qtbot.waitUntil(lambda: desk.work is not None and desk.work.desk.articles[0].title == "收进又撤回的题")
    assert mixed.importing.queue().chosen() == 2
    desk.accept()
    wait_for(qtbot, mixed, "added", "failed", "added", "failed", "ready")
    assert mixed.shell.library.cases.count() > before


# ---- the page asked for


def test_the_page_asked_for_is_opened_though_another_waits_to_be(
    qtbot: QtBot, window: Window, new_window: NewWindow, library_path: Path
) -> None:
    drop(window, PAGES / CLEAN)
    wait_for(qtbot, window, "ready")
    window.importing.desk().accept()
    wait_for(qtbot, window, "added")
    source = next(s for s in window.shell.library.pages.rows() if s.name == CLEAN)
    drop(window, PAGES / BRIEF, PAGES / JUMPS)
    wait_for(qtbot, window, "added", "ready", "ready")
    again = reopen(qtbot, window, new_window, library_path)
    wait_for(qtbot, again, "ready", "ready")
    again.importing.take_source(source.id)
    wait_for(qtbot, again, "ready", "ready", "ready")
    desk = again.importing.desk()
    qtbot.waitUntil(lambda: desk.work is not None and desk.work.source_id == source.id)
    again.browse.choosing.show_all()
    again.importing._show_row(0)
    again.importing.take_source(source.id)
    assert desk.work.source_id == source.id
    assert again.importing.queue().chosen() == 2
    QTest.qWait(300)
    assert desk.work.source_id == source.id
    assert QApplication.focusWidget() is desk.page


def test_rows_from_elsewhere_are_shown_and_not_read(
    qtbot: QtBot, new_window: NewWindow, library_path: Path, pages: list[Path]
) -> None:
    with Library.open(library_path) as library:
        library.desk.add("", [DeskRow("一", "机密.txt", file=str(pages[0]), seal="假的")])
    window = new_window()
    open_in(qtbot, window, library_path)
    wait_for(qtbot, window, "failed")
    assert bar(window) == ""
    window.importing.show_desk()
    select(window, 0)
    assert "别的电脑" in window.importing.desk().notice.words()
    window.importing.desk().notice.press()
    wait_for(qtbot, window, "ready")
