"""The keys of checking as one table, and which of them was pressed, whatever the input method makes of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from gui.kit.words import QT_TRANSLATE_NOOP

_C = "ReviewKeys"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that is done by a key: ``keys`` any of which does it, ``words`` for the legend and screen readers."""

    do: str
    keys: tuple[str, ...]
    words: str


KEYS: tuple[Key, ...] = (
    Key("accepted", ("1", "Return"), QT_TRANSLATE_NOOP(_C, "对")),
    Key("changed", ("2",), QT_TRANSLATE_NOOP(_C, "改")),
    Key("rejected", ("3",), QT_TRANSLATE_NOOP(_C, "错")),
    Key("unsure", ("4",), QT_TRANSLATE_NOOP(_C, "存疑")),
    Key("note", ("5",), QT_TRANSLATE_NOOP(_C, "备注")),
    Key("unset", ("0",), QT_TRANSLATE_NOOP(_C, "改回未核")),
    Key("skip", ("Space",), QT_TRANSLATE_NOOP(_C, "跳过")),
    Key("back", ("Backspace",), QT_TRANSLATE_NOOP(_C, "上一个")),
    Key("leave", ("Esc",), QT_TRANSLATE_NOOP(_C, "离开")),
)
VERDICTS = ("accepted", "rejected", "unsure")
_DIGITS = {"1": "accepted", "2": "changed", "3": "rejected", "4": "unsure", "5": "note", "0": "unset"}
_NAMED = {
    Qt.Key.Key_Return: "accepted",
    Qt.Key.Key_Enter: "accepted",
    Qt.Key.Key_Space: "skip",
    Qt.Key.Key_Backspace: "back",
    Qt.Key.Key_Escape: "leave",
}
# The pad without Num Lock.
_PAD = {
    Qt.Key.Key_End: "accepted",
    Qt.Key.Key_Down: "changed",
    Qt.Key.Key_PageDown: "rejected",
    Qt.Key.Key_Left: "unsure",
    Qt.Key.Key_Clear: "note",
    Qt.Key.Key_Insert: "unset",
}
# Where the digits 1 to 5 and 0 lie: the row, then the pad. Linux counts eight more than a PC keyboard.
_ROW, _PAD_CODES = (2, 3, 4, 5, 6, 11), (79, 80, 81, 75, 76, 82)
_POSITIONS = {code: do for codes in (_ROW, _PAD_CODES) for code, do in zip(codes, _DIGITS.values(), strict=True)}
_LINUX = 8


def pressed(event: QKeyEvent) -> str:
    """Return what a key press asks for, empty for none of ours; with Ctrl, Alt or Meta it is never ours."""
    modifiers = event.modifiers()
    flags = Qt.KeyboardModifier
    if modifiers & (flags.ControlModifier | flags.AltModifier | flags.MetaModifier):
        return ""
    if modifiers & flags.KeypadModifier and (do := _PAD.get(Qt.Key(event.key()))):
        return do
    if do := _NAMED.get(Qt.Key(event.key())):
        return do
    if modifiers & flags.ShiftModifier:
        return ""
    typed = unicodedata.normalize("NFKC", event.text() or _character(event.key()))
    return _DIGITS.get(typed) or _POSITIONS.get(_position(event.nativeScanCode()), "")


def _character(key: int) -> str:
    return chr(key) if 0 < key < 0x10000 else ""


def _position(code: int) -> int:
    """The place on a PC keyboard; 0 where the platform does not tell."""
    platform = QGuiApplication.platformName()
    if platform == "windows":
        return code
    return code - _LINUX if platform in ("xcb", "wayland", "wayland-egl") else 0


def words(key: Key) -> str:
    """Return what the key does, in words."""
    return QCoreApplication.translate(_C, key.words)
