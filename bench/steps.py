"""Steps of a writer's ten minutes in the real window with real keys: how many keys, how many seconds.

``python -m bench.steps`` on the default library, in whatever screen there is (``xvfb-run`` for a real X). Each key is
a press and its release; a chord counts once. The seconds go from the first key to what the person waits for: a file
that is whole, a page that shows it.
"""

from __future__ import annotations

import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.default_library import build_library
from core.folders import Folders
from core.library import Library, Query
from core.resources import shipped
from gui import theme
from gui.chinese import speak_chinese
from gui.shell.reviewer import NAME
from gui.shell.settings import Settings
from gui.window import Window

Modifiers = Qt.KeyboardModifier
_LONGEST_S = 30.0
THEME = "网格"
MOST_COMPARED = 8


class Hand:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, window: Window) -> None:
        self.window, self.keys = window, 0

    def press(self, key: Qt.Key, modifiers: Modifiers = Modifiers.NoModifier) -> None:
        """Press a key, or a chord."""
        self.keys += 1
        QTest.keyClick(_focused(self.window), key, modifiers)

    def type(self, text: str) -> None:
        """Type a text, a key a character."""
        for character in text:
            self.keys += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Modifiers.NoModifier, character)
                QApplication.sendEvent(_focused(self.window), event)


def _focused(window: QWidget) -> QWidget:
    return QApplication.activeModalWidget() or window.focusWidget() or window


def until(done: Callable[[], bool]) -> None:
    """Let the window work until it is done; TimeoutError when it never is."""
    begun, loop = time.perf_counter(), QEventLoop()
    timer = QTimer()
    timer.setInterval(2)
    timer.timeout.connect(lambda: loop.quit() if done() or time.perf_counter() - begun > _LONGEST_S else None)
    timer.start()
    loop.exec()
    if not done():
        raise TimeoutError


def settle(ms: int = 600) -> None:
    """Let the window come to rest; that is not counted."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def export_list(hand: Hand, folder: Path) -> None:
    """What the list shows, to Word: the key of 导出, then Enter in its dialog."""
    _to_file(
        hand, folder, ".docx", lambda: hand.press(Qt.Key.Key_E, Modifiers.ControlModifier | Modifiers.ShiftModifier)
    )


def export_three(hand: Hand, folder: Path) -> None:
    """Three cases that are chosen in the list, to Word."""

    def choose() -> None:
        for _ in range(2):
            hand.press(Qt.Key.Key_Down, Modifiers.ShiftModifier)
        hand.press(Qt.Key.Key_E, Modifiers.ControlModifier | Modifiers.ShiftModifier)

    _to_file(hand, folder, ".docx", choose)


def _to_file(hand: Hand, folder: Path, ending: str, begin: Callable[[], None]) -> None:
    before = set(folder.glob(f"*{ending}"))

    def answer() -> None:
        """Press Enter in the dialog, which holds the loop, as soon as it is there."""
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(2, answer)
        else:
            hand.press(Qt.Key.Key_Return)

    answer()
    begin()
    until(lambda: bool(set(folder.glob(f"*{ending}")) - before))
    [made] = set(folder.glob(f"*{ending}")) - before
    with zipfile.ZipFile(made) as whole:
        if whole.testzip() is not None or b"<w:footnote " not in whole.read("word/footnotes.xml"):
            raise ValueError(made)


def print_list(hand: Hand, folder: Path) -> None:
    """What the list shows, set as pages and opened."""
    opened: list[Path] = []
    hand.window.exporting.open_file = opened.append
    hand.press(Qt.Key.Key_P, Modifiers.ControlModifier)
    until(lambda: bool(opened))


def put_in_order(hand: Hand, folder: Path) -> None:
    """A 汇编 opened for writing, a case moved up, a heading put over it."""
    page = hand.window.arranging
    hand.press(Qt.Key.Key_7, Modifiers.ControlModifier)
    until(page.is_shown)
    lines = page.page.list.lines
    hand.press(Qt.Key.Key_Down)
    before = [line.key for line in lines.lines]
    hand.press(Qt.Key.Key_Up, Modifiers.AltModifier)
    until(lambda: [line.key for line in lines.lines] != before)
    hand.press(Qt.Key.Key_Insert)
    hand.type("heading")
    hand.press(Qt.Key.Key_Return)
    until(lambda: len(lines.lines) > len(before) and "" not in [line.key for line in lines.lines])


def first_figure(hand: Hand, folder: Path) -> None:
    """The whole list to be checked, until the first figure can be decided."""
    hand.press(Qt.Key.Key_F7)
    until(lambda: hand.window.reviewing.current() is not None)


def first_case(hand: Hand, folder: Path) -> None:
    """The same of whole cases."""
    hand.press(Qt.Key.Key_F7, Modifiers.ShiftModifier)
    until(lambda: hand.window.reviewing.current() is not None)


def ten_decided(hand: Hand, folder: Path) -> None:
    """Ten figures, or ten cases: one key each, the next as soon as it is there."""
    reviewing, path = hand.window.reviewing, hand.window.shell.library.path
    with Library.open(path, read_only=True) as library:
        had = len(library.decisions.all())
        for key in [Qt.Key.Key_1] * 5 + [Qt.Key.Key_Return] * 3 + [Qt.Key.Key_3, Qt.Key.Key_4]:
            until(lambda: reviewing.current() is not None)
            hand.press(key)
        until(lambda: len(library.decisions.all()) == had + 10)


def compare_theme(hand: Hand, folder: Path) -> None:
    """Cases of one theme found by two characters, and compared; places side by side with their figures."""
    comparing = hand.window.comparing
    before = comparing.page.sheet
    hand.press(Qt.Key.Key_F, Modifiers.ControlModifier)
    hand.type(THEME)
    until(lambda: 1 < len(hand.window.views.list.model.nums) <= MOST_COMPARED)
    hand.press(Qt.Key.Key_M, Modifiers.ControlModifier)
    until(lambda: comparing.is_shown() and comparing.has_sheet() and comparing.page.sheet is not before)


STEPS: Sequence[tuple[str, Callable[[Hand, Path], None]]] = (
    ("5 first figure", first_figure),
    ("5 ten figures", ten_decided),
    ("5 first case", first_case),
    ("5 ten cases", ten_decided),
    ("7 export the list to Word", export_list),
    ("7 choose three, export them", export_three),
    ("7 print the list", print_list),
    ("7 a compilation: open, move, heading", put_in_order),
    ("7 export the compilation to Word", export_list),
    ("6 find a theme, compare its places", compare_theme),
)


def main() -> int:
    """Play the steps twice, and print keys and seconds of the second time; the first loads what is loaded once."""
    app = QApplication(sys.argv[:1])
    speak_chinese(app)
    theme.apply(app, "light")
    home = Path(tempfile.mkdtemp())
    path = home / "案例库.anlan"
    build_library(path, shipped("seeds"))
    with Library.open(path) as library:
        made = library.selections.add("三地做法")
        library.selections.put(made, library.search.find(Query()).nums.tolist()[:4])
    settings = Settings(home / "anlan.ini")
    settings.keep("help/welcomed", True)
    settings.keep("export/folder", str(home))
    settings.keep(NAME, "甲")
    window = Window(Folders(home, home, home, home), settings)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    window.files.open(path)
    settle(1500)
    for turn in ("first", "again"):
        print(f"{turn}:")
        for name, step in STEPS:
            begin(window, made, name)
            hand, begun, spent = Hand(window), time.perf_counter(), time.thread_time()
            step(hand, home)
            own = time.thread_time() - spent
            print(
                f"  {name:40} {hand.keys:3} keys  {time.perf_counter() - begun:6.2f} s (window's thread {own:5.2f} s)"
            )
    window.close()
    return 0


def begin(window: Window, selection: str, name: str) -> None:
    """Bring the window to where a step begins: in the list of all cases, of the 汇编, or where the last step ended."""
    if name.startswith("5 ten") or name.endswith("the compilation to Word"):
        settle()
        return
    window.reviewing.leave()
    window.views.search.set_words("")
    if "a compilation" in name:
        window.views.selections.choose(selection)
        window.views.selections.selection_chosen.emit(selection)
    else:
        window.browse.choosing.show_all()
    settle()
    window.views.list.choose_first()
    window.views.list.table.setFocus()
    settle(200)


if __name__ == "__main__":
    sys.exit(main())
