"""The keys: each usable, none taken twice in the same place, all in the list."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel

from gui.help.shortcut_list import ShortcutList
from gui.kit.keys import Shortcut, key_text
from gui.shortcuts import SHORTCUTS, keys_of

IN_PANES = {"to_hits", "clear_find", "next_row", "next_link", "follow"}
IN_PANES |= {s.id for s in SHORTCUTS if s.id.startswith(("desk_", "review_"))}
"""Keys that a pane hears by itself; all others are heard by the whole window."""


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda s: s.id)
def test_every_key_is_one_that_qt_knows(qapp, shortcut: Shortcut) -> None:
    assert shortcut.keys
    assert all(QKeySequence(key).toString() for key in shortcut.keys)


def test_no_key_is_taken_twice_in_the_window() -> None:
    keys = Counter(key for s in SHORTCUTS if s.id not in IN_PANES for key in s.keys)
    assert not [key for key, times in keys.items() if times > 1]
    assert len({s.id for s in SHORTCUTS}) == len(SHORTCUTS)


@pytest.mark.parametrize(
    ("key", "text"),
    [("Ctrl+Shift+C", "Ctrl+Shift+C"), ("Ctrl++", "Ctrl++"), ("Alt+Up", "Alt+↑"), ("F1", "F1")],
)
def test_a_key_is_written_as_on_the_keyboard(key: str, text: str) -> None:
    assert key_text(key) == text


def test_menus_name_the_keys_as_the_list_does(dressed: QApplication) -> None:
    keys = [key for shortcut in SHORTCUTS for key in shortcut.keys]
    assert [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys] == [
        *map(key_text, keys)
    ]


def test_keys_are_found_by_what_they_do() -> None:
    assert keys_of("copy_with_source") == ("Ctrl+Shift+C",)
    with pytest.raises(KeyError):
        keys_of("fly")


def test_the_list_shows_all_and_narrows(qtbot) -> None:
    listed = ShortcutList(SHORTCUTS)
    qtbot.addWidget(listed)
    listed.show()
    assert len(listed.words()) == len(SHORTCUTS)
    listed._filter.setText("ctrl+shift+c")
    assert listed.words() == ["复制并附出处 Ctrl+Shift+C"]
    listed._filter.setText("飞")
    assert "没有这样的操作或按键。" in [label.text() for label in listed.findChildren(QLabel)]
