"""How the program looks: colours by role in two themes, one font, icons, and the style sheet made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from gui.theme.colours import Choice, color, contrast, notifier, palette, parts, scheme, set_scheme, system_scheme
from gui.theme.fonts import (
    LINE_HEIGHT,
    RESOURCES,
    font,
    load_fonts,
    reading_serif,
    reading_size,
    set_reading_serif,
    set_reading_size,
    system_serif,
)
from gui.theme.icons import icon, pixmap, set_icon
from gui.theme.sheet import style_sheet

if TYPE_CHECKING:
    from gui.theme.signs import paint_parts, paint_star, star_icon
    from gui.theme.states import ROLES as STATE_ROLES
    from gui.theme.states import paint_state, state_icon

__all__ = [
    "GAP",
    "GAP_L",
    "GAP_M",
    "GAP_S",
    "GAP_XL",
    "GAP_XS",
    "LINE_HEIGHT",
    "RESOURCES",
    "ROW",
    "STATE_ROLES",
    "Choice",
    "apply",
    "choice",
    "choice_in",
    "color",
    "contrast",
    "font",
    "icon",
    "is_dressing",
    "load_fonts",
    "notifier",
    "paint_parts",
    "paint_star",
    "paint_state",
    "parts",
    "pixmap",
    "reading_serif",
    "reading_size",
    "scheme",
    "set_icon",
    "set_property",
    "set_reading_serif",
    "set_reading_size",
    "star_icon",
    "state_icon",
    "system_serif",
]

GAP_XS, GAP_S, GAP_M, GAP_L, GAP_XL = GAP = (4, 8, 12, 16, 24)
ROW = 28
"""The height of a row in a dense table."""
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")
"""In the order of Qt's own ``ColorScheme``."""


_SIGNS, _STATES = ("paint_parts", "paint_star", "star_icon"), ("STATE_ROLES", "paint_state", "state_icon")


def __getattr__(name: str) -> object:
    """Load what paints signs and states when it is first wanted; AttributeError for other names."""
    if name in _SIGNS:
        from gui.theme import signs

        return getattr(signs, name)
    if name in _STATES:
        from gui.theme import states

        return states.ROLES if name == "STATE_ROLES" else getattr(states, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Chosen:
    """What a person chose, and whether we listen to the system already."""

    choice: Choice = "system"
    listening = False
    busy = False
    dressing = False


def apply(app: QApplication, scheme: Choice = "system") -> None:
    """Dress the whole application; with ``system`` it follows the system's light and dark as they change."""
    _Chosen.choice = scheme
    load_fonts()
    QDir.setSearchPaths("anlanicons", [str(RESOURCES / "icons")])
    if not _Chosen.listening:
        QGuiApplication.styleHints().colorSchemeChanged.connect(_follow)
        _Chosen.listening = True
        app.setStyle("Fusion")
    _ask_system(scheme)
    _dress(app)


def choice_in(text: str) -> Choice:
    """Return the look that a text names; the system's for any other text.

    >>> choice_in("dark"), choice_in("purple")
    ('dark', 'system')
    """
    return next((look for look in CHOICES if look == text), "system")


def choice() -> Choice:
    """What a person chose: light, dark or as the system has it."""
    return _Chosen.choice


def is_dressing() -> bool:
    """Whether the look is just being changed: what is resized now is so only until the new look is there."""
    return _Chosen.dressing


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _ask_system(scheme: Choice) -> None:
    """Let the platform know too, for title bars and file dialogs."""
    _Chosen.busy = True
    QGuiApplication.styleHints().setProperty("colorScheme", CHOICES.index(scheme))
    _Chosen.busy = False


def _follow() -> None:
    app = QApplication.instance()
    if _Chosen.choice == "system" and not _Chosen.busy and isinstance(app, QApplication):
        _dress(app)


def _dress(app: QApplication) -> None:
    wanted = system_scheme() if _Chosen.choice == "system" else _Chosen.choice
    set_scheme("dark" if wanted == "dark" else "light")
    _Chosen.dressing = True
    app.setStyleSheet("")  # Qt takes one sheet off and puts another on in a third of the time of changing one
    app.setPalette(palette())
    app.setFont(font("interface"))
    app.setStyleSheet(style_sheet())
    _Chosen.dressing = False
    notifier.changed.emit()
