"""Whatever is opened, nothing becomes a window of its own for a moment and takes the focus away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.window import Window
from tests.gui.conftest import open_in

PAGES = sorted((Path(__file__).resolve().parents[1] / "pages" / "learnt" / "first").glob("*.txt"))[:2]


class Watch(QObject):
    """Notes every widget that is shown without a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    watch = Watch()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_opening_the_window_shows_one_window(
    qtbot: QtBot, watch: Watch, new_window: Callable[[], Window], library_path: Path
) -> None:
    window = new_window()
    open_in(qtbot, window, library_path)
    assert watch.seen == [f"{type(window).__name__} "]


def test_no_page_of_it_is_a_window(qtbot: QtBot, window: Window, watch: Watch) -> None:
    for show in (
        window.browse.choosing.show_overview,
        window.browse.choosing.show_mechanisms,
        window.browse.choosing.show_all,
    ):
        with qtbot.waitSignal(window.browse.settled):
            show()
        qtbot.wait(50)
    window.views.list.choose_first()
    window.frame.show_filters()
    qtbot.wait(50)
    assert watch.seen == []


def test_no_part_of_the_desk_is_a_window(qtbot: QtBot, window: Window, watch: Watch) -> None:
    window.importing.take(PAGES)
    queue = window.importing.queue()
    qtbot.waitUntil(lambda: queue.count("ready") == len(PAGES), timeout=60_000)
    for row in (1, 0, 1):
        queue.view.setCurrentIndex(queue.model.index(row))
        qtbot.wait(100)
    assert watch.seen == []
