"""A key of the program, and how a person reads it."""

from __future__ import annotations

from typing import NamedTuple

from gui.chinese import KEY_NAMES


class Shortcut(NamedTuple):
    """What is done, by which keys (any of them), in words, and where the list shows it."""

    id: str
    keys: tuple[str, ...]
    words: str
    group: str


def key_text(key: str) -> str:
    """A key as a user reads it, here and in menus.

    >>> key_text("Ctrl+Return"), key_text("Ctrl++")
    ('Ctrl+回车', 'Ctrl++')
    """
    parts = [p or "+" for p in key.replace("++", "+\0").split("+")]
    return "+".join(KEY_NAMES.get(p.replace("\0", "+"), p.replace("\0", "+")) for p in parts)
