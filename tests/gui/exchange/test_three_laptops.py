"""Three copies of the default library, reviewed by a script and by keys, come back together through the window.

Under a real X server (``QT_QPA_PLATFORM=xcb``, tests/screen.py) as well as offscreen; with ``SHOTS=FOLDER`` a picture
of each step is left there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.default_library import build_library
from core.folders import Folders
from core.library import Library, Query, packets
from core.library.checking import check
from core.resources import shipped
from gui.exchange.preview import MergePreview
from gui.kit.dialogs import Message
from gui.shell.settings import Settings
from gui.window import Window
from tests.gui.conftest import open_in

CTRL = Qt.KeyboardModifier.ControlModifier
FIGURES = 6
"""So many figures are checked by keys."""


def shoot(widget: QWidget, name: str) -> None:
    """Leave a picture of a step where one is asked for."""
    if folder := os.environ.get("SHOTS"):
        QApplication.processEvents()
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def keys(qtbot: QtBot, *pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys in whatever has the focus."""
    for key in pressed:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClick(target, key, modifier)


def in_turn(*steps: tuple[type[QDialog], Callable[[QDialog], object]]) -> None:
    """In each of these dialogs, as they come up one after the other and have the focus, do something."""
    left = [*steps]

    def look() -> None:
        dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
        if isinstance(dialog, left[0][0]) and focus is not None and dialog.isAncestorOf(focus):
            _, do = left.pop(0)
            do(dialog)
        if left:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def to_the_front(qtbot: QtBot, window: Window, focus: QWidget) -> None:
    """Let a window be the active one, and something in it have the focus."""
    window.activateWindow()
    focus.setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


@pytest.fixture
def colleague(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Window]:
    """The window of 王芳, who sits at another computer."""
    own = tmp_path / "王芳的电脑"
    own.mkdir()
    folders = Folders(own, own, own / "日志", own / "缓存")
    window = Window(folders, Settings(folders.settings))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.reviewer.take("王芳", "民政局")
    yield window
    window.close()


@pytest.fixture
def home(qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path) -> Window:
    """The window of 陈立, who puts the work together, on the default library."""
    build_library(tmp_path / "汇总.anlan", shipped("seeds"))
    window = new_window()
    window.reviewer.take("陈立", "县委办")
    open_in(qtbot, window, tmp_path / "汇总.anlan")
    return window


def handed_out(qtbot: QtBot, home: Window, to: str) -> Path:
    target = home.shell.library.path.with_name(f"给{to}.anlan")
    with qtbot.waitSignal(home.shell.library_changed):
        home.exchange.write_out(None, target, to, "请核对数据")
    return target


def checked_by_keys(qtbot: QtBot, window: Window, packet: Path) -> list[str]:
    """王芳 double-clicks the packet, calls six figures right with six keys, and hands back; the ids of the figures."""
    with qtbot.waitSignal(window.browse.settled):
        window.files.open_first(packet)
    qtbot.waitUntil(lambda: window.exchange.bar is not None)
    shoot(window, "1_packet_open")
    window.menus.actions["review_all"].trigger()
    out: list[str] = []
    for _ in range(FIGURES):
        qtbot.waitUntil(lambda: (now := window.reviewing.current()) is not None and now.metric.id not in out)
        current = window.reviewing.current()
        assert current is not None
        out.append(current.metric.id)
        target = QApplication.focusWidget()
        qtbot.keyClick(target if target is not None else window.reviewing.page(), Qt.Key.Key_1)
    shoot(window, "2_checked_by_keys")
    library = window.shell.library
    qtbot.waitUntil(lambda: library.decisions.progress()["checked"] == FIGURES)
    with qtbot.waitSignal(window.shell.library_changed):
        window.exchange.write_back(packet.with_name("王芳交回.anlan"))
    return out


def checked_by_script(packet: Path, figures: list[str]) -> Path:
    """李强 calls the same figures right but one wrong and one otherwise, and changes a title; what he hands back."""
    own, back = packet.with_name("李强.anlan"), packet.with_name("李强交回.anlan")
    packets.unpack(packet, own)
    with Library.open(own) as library:
        library.decisions.reviewer = "李强"
        nums = [int(num) for num in library.search.find(Query()).nums]
        of = {metric.id: (num, metric) for num in nums for metric in library.cases.load(num).metrics}
        for at, figure in enumerate(figures):
            num, metric = of[figure]
            if at == 3:
                value = {"indicator": metric.indicator, "value": "7", "unit": metric.unit, "quote": metric.quote}
                library.decisions.figure(num, figure, "changed", value)
            else:
                library.decisions.figure(
                    num, figure, "rejected" if at == 2 else "accepted", note="说的是全县"[: 5 * (at == 2)]
                )
        library.cases.set_title(nums[-1], "李强改的标题")
        library.merging.hand_back(back)
    return back


def taken_in(qtbot: QtBot, home: Window, path: Path, do: Callable[[MergePreview], object]) -> None:
    """A file is dropped on the window, taken in by Enter, and merged as is done in its preview."""
    before = home.shell.library.decisions.digest()

    def take(dialog: QDialog) -> None:
        shoot(dialog, f"3_dropped_{path.stem}")
        keys(qtbot, Qt.Key.Key_Return)

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, MergePreview)
        shoot(dialog, f"4_preview_{path.stem}")
        do(dialog)
        shoot(dialog, f"5_decided_{path.stem}")
        assert home.shell.library.decisions.digest() == before
        keys(qtbot, Qt.Key.Key_Return, modifier=CTRL)

    in_turn((Message, take), (MergePreview, decide))
    with qtbot.waitSignal(home.shell.library_changed, timeout=10_000):
        home.importing.library_wanted.emit(path)


def test_three_laptops(qtbot: QtBot, home: Window, colleague: Window, tmp_path: Path) -> None:
    library = home.shell.library
    for_hers, for_his = (handed_out(qtbot, home, to) for to in ("王芳", "李强"))
    library.backups.copy_to(tmp_path / "第四台.anlan")
    figures = checked_by_keys(qtbot, colleague, for_hers)
    his = checked_by_script(for_his, figures)
    with qtbot.waitSignal(home.shell.library_changed):  # the third copy is reviewed, too
        home.shell.change(lambda one: one.decisions.put_in_bin([one.search.find(Query()).nums.tolist()[0]]))
    at_first = library.decisions.digest()

    to_the_front(qtbot, home, home)
    taken_in(qtbot, home, tmp_path / "王芳交回.anlan", lambda dialog: None)
    assert library.decisions.progress()["checked"] == FIGURES
    hers_in = library.decisions.digest()

    def decide(dialog: MergePreview) -> None:
        assert {row.item.target.part for row in dialog.differ} == {f"figure/{figures[at]}" for at in (2, 3)}
        keys(qtbot, Qt.Key.Key_Home, Qt.Key.Key_3, Qt.Key.Key_4)  # ours for the first, theirs for the second
        assert [row.choice for row in dialog.differ] == ["ours", "theirs"]

    taken_in(qtbot, home, his, decide)
    both_in = library.decisions.digest()
    assert not library.decisions.marked()
    assert len({at_first, hers_in, both_in}) == 3

    page = home.exchange.page
    home.exchange.show_merges("merges")
    qtbot.waitUntil(lambda: page.merges.model().rowCount() == 4)
    shoot(home, "6_merges")
    hers = page.merges.model().row_where(lambda row: row.name.startswith("王芳") and row.kind == "in")
    assert hers == 1  # his came later
    page.merges.choose(hers)
    to_the_front(qtbot, home, page.back)
    with qtbot.waitSignal(home.shell.library_changed):
        keys(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.merges.model().rowCount() == 5)
    shoot(home, "7_withdrawn")
    assert library.decisions.digest() not in (both_in, hers_in, at_first)
    assert {row.who for row in library.decisions.all() if row.verdict == "withdrawn"} == {"陈立·县委办"}
    page.merges.choose(0)
    assert page.back.text() == "恢复合并"
    to_the_front(qtbot, home, page.back)
    with qtbot.waitSignal(home.shell.library_changed):
        keys(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.merges.model().rowCount() == 6)
    assert library.decisions.digest() == both_in
    for part in ("handed", "pairs", "overruled"):
        page.show_part(part)
        shoot(home, f"8_{part}")
    [pair] = page.pairs.model().records
    assert (pair.figures, pair.equal) == (FIGURES, FIGURES - 2)
    assert {row.mine.who for row in page.overruled.model().records} == {"李强", "王芳·民政局"}

    # another laptop takes the files in another order, and then what was decided here
    with Library.open(tmp_path / "第四台.anlan") as other:
        for path in (his, tmp_path / "王芳交回.anlan", library.path):
            other.merging.merge(path)
        assert other.decisions.digest() == both_in
    assert not check(library.path).findings
