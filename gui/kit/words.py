"""Words that stand in tables and are translated where they are shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text as it is; the call marks it for Qt's lupdate, which looks for calls of this very name.

    Qt's own function does the same, but PySide6's stub gives its result as ``object``, which fits no table of words.
    """
    return text
