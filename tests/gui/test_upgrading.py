"""A new version with the settings of an old one: whatever stands in the file, the window opens and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library
from gui.shell.settings import Settings
from gui.window import Window
from tests.gui.conftest import open_in

KNOWN = (
    "help/welcomed",
    "libraries/recent",
    "list/columns",
    "list/dense",
    "list/order",
    "look/reading",
    "look/scheme",
    "search/history",
    "side/sources_folded",
    "tree/by",
    "window/browse",
    "window/columns",
    "window/detail",
    "window/figures",
    "window/geometry",
    "window/show_detail",
    "window/show_figures",
    "window/show_side",
)
ODD = (
    "",
    "nan",
    "-1",
    "99999999999999999999",
    '["a", 7, null]',
    '["曾", "x"]',
    '{"a": [',
    "@ByteArray(\\0\\xff)",
    "@Invalid()",
    "曾",
)


def write(path: Path, values: dict[str, str]) -> None:
    file = QSettings(str(path), QSettings.Format.IniFormat)
    for key, value in values.items():
        file.setValue(key, value)
    file.sync()


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_do_no_harm(
    qtbot: QtBot, folders: Folders, new_window: Callable[[], Window], library_path: Path, odd: str
) -> None:
    write(folders.settings, dict.fromkeys(KNOWN, odd))
    window = new_window()
    open_in(qtbot, window, library_path)
    window.browse.choosing.show_all()
    qtbot.waitUntil(lambda: len(window.views.list.model.nums) == 5)
    assert window.views.tree.isVisible()


def test_keys_that_we_do_not_know_are_left_alone(
    qtbot: QtBot, folders: Folders, new_window: Callable[[], Window], library_path: Path
) -> None:
    write(folders.settings, {"review/key": "空格", "look/reading": "19"})
    window = new_window()
    open_in(qtbot, window, library_path)
    window.close()
    settings = Settings(folders.settings)
    assert settings.text("review/key") == "空格"
    assert settings.number("look/reading", 16) == 19


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00[", b"[window\ngeometry", b"\x00" * 4096])
def test_a_file_that_is_no_settings_file(
    qtbot: QtBot, folders: Folders, new_window: Callable[[], Window], library_path: Path, content: bytes
) -> None:
    folders.settings.write_bytes(content)
    window = new_window()
    open_in(qtbot, window, library_path)
    assert window.isVisible()


def test_two_windows_on_one_library_see_each_others_changes(
    qtbot: QtBot, window: Window, new_window: Callable[[], Window], library_path: Path
) -> None:
    other = new_window()
    open_in(qtbot, other, library_path)
    window.shell.change(lambda library: library.selections.add("甲"))
    other.shell.change(lambda library: library.selections.add("乙"))
    qtbot.waitUntil(lambda: {row.name for row in window.shell.library.selections.rows()} == {"甲", "乙"})


@pytest.mark.parametrize(
    "place",
    [
        "[]",
        '"x"',
        '{"by": "place"}',
        '{"by": "place", "tree": 7, "case": []}',
        '{"by": "place", "tree": [[1, {}], [[null]]]}',
        '{"by": "place", "tree": [[["旧地名"]], [["旧地名", "x"]]], "case": "0"}',
    ],
)
def test_a_place_that_is_no_more(
    qtbot: QtBot, folders: Folders, new_window: Callable[[], Window], library_path: Path, place: str
) -> None:
    with Library.open(library_path) as library:
        write(folders.settings, {f"places/{library.id}": place, "help/welcomed": "1"})
    window = new_window()
    open_in(qtbot, window, library_path)
    assert window.views.tree.chosen_node() is not None
