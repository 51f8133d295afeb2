"""The colours of the program by role, light and dark in one table, and which of the two holds now."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

Scheme = Literal["light", "dark"]
Choice = Literal["light", "dark", "system"]

# role: (light, dark). Text on its ground is held to 4.5 : 1 and text-3 to 3 : 1 by tests/gui/test_theme.py.
COLOURS: dict[str, tuple[str, str]] = {
    "window": ("#F5F6F8", "#17191C"),
    "surface": ("#FFFFFF", "#1F2226"),
    "raised": ("#EEF0F3", "#2A2E33"),
    "border": ("#E3E6EA", "#33373D"),
    "control": ("#C4CAD2", "#4A5059"),
    "text": ("#1F2329", "#E6E8EB"),
    "text-2": ("#5A616B", "#A3AAB4"),
    "text-3": ("#7F8792", "#7D8590"),
    "accent": ("#1F5FBF", "#6EA8FE"),
    "on-accent": ("#FFFFFF", "#0F1F38"),
    "accent-soft": ("#E9F0FB", "#233349"),
    "selection": ("#DEE9FA", "#2A3E5D"),
    "selection-pale": ("#EAEEF4", "#2A313B"),
    "hit": ("#FFE79A", "#5E4A0C"),
    "proof": ("#BFE9E4", "#12504F"),
    "proof-bar": ("#0B7A75", "#4FD1C5"),
    "success": ("#1A7439", "#5CC98B"),
    "warning": ("#945800", "#E3A93C"),
    "danger": ("#BF2C2C", "#FF8C82"),
}

# What may stand on what, and how strong its contrast must be at least.
GROUNDS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("text", ("window", "surface", "raised", "accent-soft", "selection", "selection-pale", "hit", "proof"), 4.5),
    ("text-2", ("window", "surface", "raised", "accent-soft", "selection", "selection-pale"), 4.5),
    ("text-3", ("window", "surface", "raised", "selection-pale"), 3.0),
    ("accent", ("window", "surface", "raised", "accent-soft"), 4.5),
    ("on-accent", ("accent",), 4.5),
    ("success", ("window", "surface", "selection"), 4.5),
    ("warning", ("window", "surface", "selection"), 4.5),
    ("danger", ("window", "surface", "selection"), 4.5),
    ("proof-bar", ("surface", "proof"), 3.0),
)


class Notifier(QObject):
    """Says when colours or fonts became others, so that what paints by itself can paint again."""

    changed = Signal()


notifier = Notifier()
_now: list[Scheme] = ["light"]


def scheme() -> Scheme:
    """Which of the two themes holds now."""
    return _now[0]


def set_scheme(wanted: Scheme) -> None:
    """Make one of the two themes hold; ``gui.theme.apply`` calls this and then tells everybody."""
    _now[0] = wanted


def system_scheme() -> Scheme:
    """What the system asks for; light where it does not say."""
    # Fusion's own palette follows Qt's colorScheme(), which cannot be read without PySide's making all enums of Qt.
    return "dark" if QApplication.style().standardPalette().window().color().lightness() < 128 else "light"


def color(role: str) -> QColor:
    """The colour of a role in the theme that holds now; KeyError for a role that is not in the table."""
    return QColor(COLOURS[role][scheme() == "dark"])


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours after WCAG 2.1, between 1 and 21."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def parts(of: QColor) -> tuple[float, float, float]:
    """Return how much red, green and blue are in a colour, each between 0 and 1."""
    return of.redF(), of.greenF(), of.blueF()


def _luminance(of: QColor) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts(of))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "window"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "danger"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "text-3"),
    (QPalette.ColorRole.Highlight, "selection"),
    (QPalette.ColorRole.HighlightedText, "text"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Light, "raised"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "control"),
    (QPalette.ColorRole.Dark, "text-3"),
    (QPalette.ColorRole.Shadow, "border"),
)
_PALE = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette() -> QPalette:
    """The palette of the theme that holds now."""
    out = QPalette()
    for place, role in _PALETTE:
        out.setColor(place, color(role))
    for place in _PALE:
        out.setColor(QPalette.ColorGroup.Disabled, place, color("text-3"))
    return out
