"""How the window looks: light or dark, and the size of the text that is read."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from gui import theme
from gui.shell.settings import Settings

USUAL_TEXT = 16


class Look:
    """Changes the look, and remembers it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        theme.set_reading_size(settings.number("look/reading", USUAL_TEXT))

    def dress(self, scheme: theme.Choice) -> None:
        """Show everything light, dark, or as the system does."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._settings.keep("look/scheme", scheme)

    def text_larger(self) -> None:
        """Make the text that is read one pixel larger."""
        self._resize(theme.reading_size() + 1)

    def text_smaller(self) -> None:
        """Make the text that is read one pixel smaller."""
        self._resize(theme.reading_size() - 1)

    def text_usual(self) -> None:
        """Give the text that is read its usual size."""
        self._resize(USUAL_TEXT)

    def _resize(self, pixels: int) -> None:
        theme.set_reading_size(pixels)
        self._settings.keep("look/reading", theme.reading_size())
