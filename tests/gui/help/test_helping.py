"""The first start, a run that broke off, the manual."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library
from gui.help.manual import Manual, read_pages
from gui.help.welcome import Welcome
from gui.kit.basics import IconButton
from gui.kit.keys import key_text
from gui.shell.faults import FaultLog
from gui.shell.runs import Run
from gui.shell.settings import Settings
from gui.shortcuts import SHORTCUTS
from gui.window import Window
from tests.gui.conftest import open_in

ROOT = Path(__file__).resolve().parents[3]


def welcomes(window: Window) -> list[Welcome]:
    return [w for w in window.findChildren(Welcome) if not w.isHidden()]


def test_the_first_start_says_what_this_is_and_where_the_library_lies(window: Window, library_path: Path) -> None:
    [welcome] = welcomes(window)
    assert str(library_path) in " ".join(label.text() for label in welcome.findChildren(type(welcome.what)))


def test_it_stays_until_it_is_closed_and_is_said_again_when_asked(
    qtbot: QtBot, window: Window, new_window: Callable[[], Window], library_path: Path
) -> None:
    window.close()
    again = new_window()
    open_in(qtbot, again, library_path)
    again.browse.choosing.show_overview()
    [welcome] = welcomes(again)
    qtbot.mouseClick(next(b for b in welcome.findChildren(IconButton)), Qt.MouseButton.LeftButton)
    assert welcomes(again) == []
    again.close()
    third = new_window()
    open_in(qtbot, third, library_path)
    third.browse.choosing.show_overview()
    assert welcomes(third) == []
    third.helping.show_welcome()
    assert len(welcomes(third)) == 1


def test_whoever_has_libraries_already_is_not_greeted(
    qtbot: QtBot, folders: Folders, new_window: Callable[[], Window], library_path: Path
) -> None:
    settings = Settings(folders.settings)
    settings.keep("libraries/recent", [str(library_path)])
    settings.write()
    window = new_window()
    open_in(qtbot, window, library_path)
    assert welcomes(window) == []


# ---- runs that broke off

RUN = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.shell.runs import Run
app = QCoreApplication([])
run = Run(Path(sys.argv[1]))
print(len(run.begin()), flush=True)
{then}
"""


def start_run(folder: Path, then: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN.format(then=then), str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_run_that_ended_leaves_nothing(tmp_path: Path) -> None:
    with start_run(tmp_path, "run.end()") as run:
        run.wait(30)
    after = Run(tmp_path)
    assert after.begin() == []
    after.end()
    assert [p.name for p in tmp_path.iterdir() if "1" in p.name] == []


def test_a_killed_run_is_noticed_once(tmp_path: Path) -> None:
    with start_run(tmp_path, "time.sleep(60)") as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "0\n"
        run.kill()
    first, second = Run(tmp_path), Run(tmp_path)
    assert first.begin() == [""]
    first.end()
    assert second.begin() == []
    second.end()


def test_a_run_beside_this_one_is_no_crash(tmp_path: Path) -> None:
    with start_run(tmp_path, "time.sleep(60)") as run:
        assert run.stdout is not None
        run.stdout.readline()
        beside = Run(tmp_path)
        assert beside.begin() == []
        beside.end()
        run.kill()


@pytest.mark.skipif(os.name != "posix", reason="needs a signal that takes the process down")
def test_a_hard_fault_leaves_where_it_was(tmp_path: Path) -> None:
    with start_run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)") as run:
        run.wait(30)
    assert run.returncode == -signal.SIGSEGV
    after = Run(tmp_path)
    [trace] = after.begin()
    after.end()
    assert "Segmentation fault" in trace


BUSY = """
import sys, time
from PySide6.QtCore import QCoreApplication
from gui.shell.runs import close_when_told
app = QCoreApplication([])
close_when_told(app, patience=1)
print("ready", flush=True)
while True:
    sum(range(1000))
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows tells its programs otherwise")
def test_a_program_that_hangs_ends_all_the_same_when_it_is_told() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.terminate()
        assert program.wait(30) == 128 + signal.SIGTERM


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    assert true()


@pytest.mark.skipif(os.name != "posix", reason="kills the program as only these systems can")
def test_the_killed_program_tells_its_next_start(tmp_path: Path) -> None:
    home = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **home, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    begin = [sys.executable, "-m", "gui"]
    for left in ("默认案例库.anlan-wal", "anlan.log"):
        with subprocess.Popen(begin, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as program:
            wait_for(lambda left=left: any(tmp_path.rglob(left)))
            program.kill()
    [log] = tmp_path.rglob("anlan.log")
    assert "没有正常结束" in log.read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Windows tells its programs otherwise")
def test_the_end_of_the_session_is_no_crash(tmp_path: Path) -> None:
    home = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **home, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-m", "gui"], cwd=ROOT, env=environment) as program:
        wait_for(lambda: any(tmp_path.rglob("默认案例库.anlan-wal")))
        time.sleep(1)
        program.terminate()
        program.wait(30)
    assert program.returncode == 0
    assert not any(tmp_path.rglob("run-*"))
    assert not any(tmp_path.rglob("*-wal"))


def test_the_bar_says_that_the_library_is_whole(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    window = new_window()
    window.helping.tell_of_crash(["Fatal Python error: Aborted"])
    open_in(qtbot, window, library_path)
    bar = window.helping.bar
    assert bar is not None
    qtbot.waitUntil(lambda: "完整" in bar.words())
    window.helping.copy_log()
    assert "Fatal Python error: Aborted" in window.helping._log.tail()


def test_the_bar_says_that_the_library_is_damaged(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    whole = bytearray(library_path.read_bytes())
    whole[len(whole) // 2 :] = b"\xff" * (len(whole) - len(whole) // 2)
    window = new_window()
    window.helping.tell_of_crash([""])
    open_in(qtbot, window, library_path)
    bar = window.helping.bar
    assert bar is not None
    library_path.write_bytes(whole)
    window.helping._check()
    qtbot.waitUntil(lambda: "已损坏" in bar.words())


def test_the_bar_names_what_is_wrong_and_makes_anew_what_it_can(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    with closing(sqlite3.connect(library_path)) as db:
        db.execute("UPDATE cases SET figures = 99 WHERE num = 2")
        db.commit()
    window = new_window()
    open_in(qtbot, window, library_path)
    window.helping.check_library()
    bar = window.helping.bar
    assert bar is not None
    qtbot.waitUntil(lambda: "案例的数据条数有 1 处不对" in bar.words())
    [button] = [b for b in bar.findChildren(QPushButton) if b.text() == "重建"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "完整" in bar.words())
    with Library.open(library_path, read_only=True) as library:
        assert library.cases.rows([2])[0].figures == 0


def test_the_log_names_the_versions(tmp_path: Path, qapp: object) -> None:
    log = FaultLog(tmp_path)
    log.write("出了错")
    head = log.path.read_text("utf-8").splitlines()[0]
    assert all(word in head for word in ("案览", "Python 3.", "Qt 6.", "SQLite 3."))


# ---- the manual

MANUAL = """# 手册

序。

## 查找

按 Ctrl+F。

![窗口](pictures/窗.png)

## 备份

文件菜单。

### 恢复

也在那里。
"""


@pytest.fixture
def manual(qtbot: QtBot, dressed: object, tmp_path: Path) -> Manual:
    (tmp_path / "使用手册.md").write_text(MANUAL, "utf-8")
    out = Manual(folder=tmp_path)
    qtbot.addWidget(out)
    out.show()
    return out


def test_a_page_a_head(manual: Manual) -> None:
    assert manual.shown() == ["查找", "备份"]
    manual.contents.setCurrentRow(1)
    assert "也在那里。" in manual.sheet.toPlainText()
    assert "Ctrl+F" not in manual.sheet.toPlainText()


@pytest.mark.parametrize(
    ("typed", "titles"), [("恢复", ["备份"]), ("ctrl+f", ["查找"]), ("绝无", []), ("", ["查找", "备份"])]
)
def test_typing_narrows_the_contents(manual: Manual, typed: str, titles: list[str]) -> None:
    manual.box.setText(typed)
    assert manual.shown() == titles


def test_what_was_found_is_marked(manual: Manual) -> None:
    manual.box.setText("恢复")
    assert [mark.cursor.selectedText() for mark in manual.sheet.extraSelections()] == ["恢复"]


def test_only_pictures_beside_the_manual_are_shown(manual: Manual, tmp_path: Path) -> None:
    assert manual.sheet._image("../../etc/passwd").isNull()
    assert manual.sheet._image("/usr/share/pixmaps/debian-logo.png").isNull()


def test_a_manual_that_was_taken_away_is_missed_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    out = Manual(folder=tmp_path)
    qtbot.addWidget(out)
    assert "手册文件不在程序文件夹里" in out.sheet.toPlainText()


def test_every_picture_of_our_manual_is_there() -> None:
    import re

    text = (ROOT / "docs" / "使用手册.md").read_text("utf-8")
    names = re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)
    assert len(names) > 5
    assert [name for name in names if not (ROOT / "docs" / name).is_file()] == []


def test_our_manual_has_a_page_a_task() -> None:
    titles = [page.title for page in read_pages((ROOT / "docs" / "使用手册.md").read_text("utf-8"))]
    assert len(titles) == len(set(titles)) >= 14


def test_the_list_of_keys_in_the_manual_is_the_programs() -> None:
    text = (ROOT / "docs" / "使用手册.md").read_text("utf-8")
    lines = [f"| {s.words} | {'，'.join(key_text(key) for key in s.keys)} |" for s in SHORTCUTS]
    assert [line for line in lines if line not in text] == []
