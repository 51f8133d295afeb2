"""A key of the program, and how a person reads it."""

from __future__ import annotations

from typing import NamedTuple


class Shortcut(NamedTuple):
    """What is done, by which keys (any of them), in words, and where the list shows it."""

    id: str
    keys: tuple[str, ...]
    words: str
    group: str


# What the keys are called on Chinese keyboards and in Chinese software.
KEY_NAMES = {"Return": "回车", "Up": "↑", "Down": "↓", "Del": "Delete"}


def key_text(key: str) -> str:
    """A key as a user reads it: Ctrl+Shift+C → Ctrl + Shift + C."""
    parts = [p or "+" for p in key.replace("++", "+\0").split("+")]
    return " + ".join(KEY_NAMES.get(p.replace("\0", "+"), p.replace("\0", "+")) for p in parts)
