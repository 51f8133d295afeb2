"""Texts that come from elsewhere shown as what they are: never markup, never turned round.

Titles, places, themes, names of files: whoever wrote them may have written ``<img src=…>`` or a character that
turns the direction of all that follows. Qt shows a tool tip or a label as a page of HTML as soon as it looks like one,
and then reads the files that it names. Every tool tip goes through ``tip``, every label is a ``Label``, every entry of
a menu made of such a text goes through ``entry``, and what is painted through ``level``.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The characters that show nothing and turn the direction of others; Chinese needs none of them."""
NOTHING = "\u2060"
"""Shows nothing and turns nothing; it takes their place, so that every other character keeps its own."""


def level(text: str) -> str:
    """Return a text that reads from left to right, as many characters long as before.

    >>> level("报告\\u202etxt.exe") == "报告\\u2060txt.exe"
    True
    """
    return _TURNS.sub(NOTHING, text) if _TURNS.search(text) else text


def tip(text: str) -> str:
    """Return a text as a tool tip that shows it as it is, its lines as lines; empty for none.

    >>> tip("<b>甲\\n乙")
    '<qt>&lt;b&gt;甲<br>乙</qt>'
    """
    from html import escape

    return f"<qt>{escape(level(text)).replace(chr(10), '<br>')}</qt>" if text else ""


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a tool tip of a widget at a point of the screen; take the one that is shown away where there is no text."""
    QToolTip.showText(at, tip(text), widget)


def entry(text: str) -> str:
    """Return a text as an entry of a menu: no letter of it is underlined, nothing of it moves to the keys' column.

    >>> entry("甲&乙\\t丙")
    '甲&&乙 丙'
    """
    return level(text).replace("&", "&&").replace("\t", " ")


class Label(QLabel):
    """A label whose text is a text, whatever stands in it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", "PlainText")
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(level(text))
